/* Text as a YAML scalar: plain where every reader takes it for that text, also in [ ] and { }, else in double quotes. */
#include "parse/parse.h"

static bool is_reserved(struct str text)
{
	static const char *const words[] = {"null", "true", "false", "yes", "no", "on", "off", "y", "n", NULL};

	for (size_t i = 0; words[i]; i++)
		if (str_eq_nocase(text, str_from(words[i])))
			return true;
	return false;
}

/* 1.30 would be read as 1.3, 007 as 7, 1e3 as 1000; 12 is 12. */
static bool is_odd_number(struct str text)
{
	size_t digits = 0, dots = 0;

	for (size_t i = 0; i < text.size; i++) {
		bool is_digit = isdigit((unsigned char)text.data[i]);

		if (!is_digit && !strchr(".eExXob_+-", text.data[i]) &&
		    !(i > 1 && isxdigit((unsigned char)text.data[i])))
			return false;
		digits += is_digit;
		dots += text.data[i] == '.';
	}
	return dots < 2 && (digits < text.size || (text.size > 1 && text.data[0] == '0'));
}

static bool is_plain(struct str text)
{
	size_t off = 0;

	if (text.size == 0 || is_reserved(text) || text.data[text.size - 1] == ' ')
		return false;
	while (off < text.size) {
		size_t at = off;
		uint32_t c = utf8_next(text, &off);
		bool letter = c < 128 ? isalnum((int)c) : utf8_is_letter(c);

		if (!letter && (at == 0 ? c != '/' && c != '_' : c > 127 || !strchr("/_.+- ()@=", (int)c)))
			return false;
	}
	return !isdigit((unsigned char)text.data[0]) || !is_odd_number(text);
}

void yaml_add_scalar(struct buf *out, struct str text)
{
	size_t off = 0;

	if (is_plain(text)) {
		buf_add(out, text);
		return;
	}
	buf_addc(out, '"');
	while (off < text.size) {
		size_t at = off;
		uint32_t c = utf8_next(text, &off);

		if (c == '"' || c == '\\')
			buf_addf(out, "\\%c", (char)c);
		else if (c == UTF8_BAD)
			buf_addc(out, '?');
		else if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff)
			buf_addf(out, "\\u%04x", (unsigned)c);
		else
			buf_add(out, str_sub(text, at, off - at));
	}
	buf_addc(out, '"');
}
