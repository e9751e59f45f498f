/* UTF-8 by the Unicode standard's table 3-7; properties from utf8proc (Unicode 15.0), which only this file uses. */
#include "base/utf8.h"

#include <utf8proc.h>

#include "base/banned.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/pool.h"

#define DOT_ABOVE 0x307u

uint32_t utf8_next(struct str s, size_t *off)
{
	const unsigned char *p = (const unsigned char *)s.data + *off;
	size_t left = s.size - *off;
	uint32_t c = p[0];
	size_t more = c < 0xC2 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : c < 0xF5 ? 3 : 0;

	*off += 1;
	if (c < 0x80)
		return c;
	if (more == 0 || left <= more)
		return UTF8_BAD;
	c &= 0x3Fu >> more;
	for (size_t i = 1; i <= more; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return UTF8_BAD;
		c = c << 6 | (p[i] & 0x3F);
	}
	if ((more == 2 && c < 0x800) || (more == 3 && c < 0x10000) || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		return UTF8_BAD;
	*off += more;
	return c;
}

size_t utf8_invalid_at(struct str s)
{
	size_t off = 0;

	while (off < s.size) {
		size_t at = off;

		if (utf8_next(s, &off) == UTF8_BAD)
			return at;
	}
	return SIZE_MAX;
}

size_t utf8_encode(uint32_t code_point, char out[4])
{
	if (code_point < 0x80) {
		out[0] = (char)code_point;
		return 1;
	}
	if (code_point < 0x800) {
		out[0] = (char)(0xC0 | code_point >> 6);
		out[1] = (char)(0x80 | (code_point & 0x3F));
		return 2;
	}
	if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF))
		code_point = 0xFFFD;
	if (code_point < 0x10000) {
		out[0] = (char)(0xE0 | code_point >> 12);
		out[1] = (char)(0x80 | (code_point >> 6 & 0x3F));
		out[2] = (char)(0x80 | (code_point & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | code_point >> 18);
	out[1] = (char)(0x80 | (code_point >> 12 & 0x3F));
	out[2] = (char)(0x80 | (code_point >> 6 & 0x3F));
	out[3] = (char)(0x80 | (code_point & 0x3F));
	return 4;
}

static void add_code_point(struct buf *out, uint32_t c)
{
	char bytes[4];

	buf_add(out, (struct str){bytes, utf8_encode(c, bytes)});
}

/* Gives the text of the buffer to the arena and frees the buffer. */
static struct str buf_finish(struct arena *arena, struct buf *buf)
{
	struct str s = buf_dup(arena, buf);

	buf_free(buf);
	return s;
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.size; i++) {
		if ((unsigned char)s.data[i] >= 0x80)
			return false;
	}
	return true;
}

static utf8proc_category_t category_of(uint32_t c)
{
	return c > 0x10FFFF ? UTF8PROC_CATEGORY_CN : utf8proc_category((utf8proc_int32_t)c);
}

size_t utf8_count(struct str s)
{
	size_t n = 0;

	for (size_t off = 0; off < s.size; n++)
		utf8_next(s, &off);
	return n;
}

size_t utf8_width(struct str s)
{
	size_t width = 0;
	size_t off = 0;

	while (off < s.size) {
		uint32_t c = utf8_next(s, &off);
		int columns = c == UTF8_BAD ? 1 : utf8proc_charwidth((utf8proc_int32_t)c);

		width += columns > 0 ? (size_t)columns : 0;
	}
	return width;
}

/* SpecialCasing.txt has one unconditional lower-case form of two code points: U+0130. */
static void add_lower(struct buf *out, uint32_t c)
{
	if (c == 0x130) {
		buf_addc(out, 'i');
		add_code_point(out, DOT_ABOVE);
	} else {
		add_code_point(out, (uint32_t)utf8proc_tolower((utf8proc_int32_t)c));
	}
}

struct str utf8_lower(struct arena *arena, struct str s)
{
	struct buf out = {0};
	size_t off = 0;

	if (is_ascii(s))
		return str_lower_ascii(arena, s);
	while (off < s.size) {
		uint32_t c = utf8_next(s, &off);

		if (c == UTF8_BAD)
			buf_addc(&out, s.data[off - 1]);
		else
			add_lower(&out, c);
	}
	return buf_finish(arena, &out);
}

static bool is_mark(uint32_t c)
{
	utf8proc_category_t category = category_of(c);

	return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

/* Other_Alphabetic of PropList.txt, as far as it is neither letter nor mark: circled, squared and the like. */
static bool is_enclosed_letter(uint32_t c)
{
	return (c >= 0x24B6 && c <= 0x24E9) || (c >= 0x1F130 && c <= 0x1F149) || (c >= 0x1F150 && c <= 0x1F169) ||
	       (c >= 0x1F170 && c <= 0x1F189);
}

bool utf8_is_word(uint32_t code_point)
{
	if (code_point < 0x80) {
		uint32_t lower = code_point | 0x20;

		return (lower >= 'a' && lower <= 'z') || (code_point >= '0' && code_point <= '9') || code_point == '_';
	}
	switch (category_of(code_point)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_PC: return true;
	default: return is_enclosed_letter(code_point);
	}
}

bool utf8_is_letter(uint32_t code_point)
{
	utf8proc_category_t category = category_of(code_point);

	return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) || is_enclosed_letter(code_point);
}

bool utf8_is_upper(uint32_t code_point)
{
	utf8proc_category_t category = category_of(code_point);

	return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

bool utf8_is_space(uint32_t code_point)
{
	utf8proc_category_t category = category_of(code_point);

	return (code_point >= '\t' && code_point <= '\r') || code_point == 0x85 || category == UTF8PROC_CATEGORY_ZS ||
	       category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

bool utf8_is_punctuation(uint32_t code_point)
{
	utf8proc_category_t category = category_of(code_point);

	if (category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_PO)
		return true;
	/* CommonMark's ASCII punctuation holds nine symbols too. */
	return code_point < 0x80 && category >= UTF8PROC_CATEGORY_SM && category <= UTF8PROC_CATEGORY_SO;
}

/* With U+FFFD for malformed bytes: utf8proc refuses those. */
static void add_well_formed(struct buf *out, struct str s)
{
	size_t off = 0;

	while (off < s.size)
		add_code_point(out, utf8_next(s, &off));
}

struct str utf8_fold(struct arena *arena, struct str s)
{
	/* STRIPMARK drops marks before they are put in order, so long runs of them cost nothing. */
	utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_STRIPMARK;
	struct buf clean = {0};
	struct buf out = {0};
	utf8proc_uint8_t *composed = NULL;
	utf8proc_ssize_t size;
	struct str text;
	size_t off = 0;

	if (is_ascii(s))
		return str_lower_ascii(arena, s);
	add_well_formed(&clean, s);
	size = utf8proc_map((const utf8proc_uint8_t *)clean.data, (utf8proc_ssize_t)clean.size, &composed, options);
	if (size < 0)
		pool_out_of_memory();
	buf_free(&clean);
	text = (struct str){(const char *)composed, (size_t)size};
	while (off < text.size) {
		uint32_t c = (uint32_t)utf8proc_tolower((utf8proc_int32_t)utf8_next(text, &off));

		if (!is_mark(c))
			add_code_point(&out, c);
	}
	free(composed);
	return buf_finish(arena, &out);
}

/* Letters drawn like a Latin one in common fonts, by code point (from Unicode's confusables.txt). */
static const struct lookalike {
	uint32_t code_point;
	char latin;
} lookalikes[] = {
	{0x37F, 'J'}, {0x391, 'A'}, {0x392, 'B'}, {0x395, 'E'}, {0x396, 'Z'}, {0x397, 'H'}, {0x399, 'I'}, {0x39A, 'K'},
	{0x39C, 'M'}, {0x39D, 'N'}, {0x39F, 'O'}, {0x3A1, 'P'}, {0x3A4, 'T'}, {0x3A5, 'Y'}, {0x3A7, 'X'}, {0x3B1, 'a'},
	{0x3B3, 'y'}, {0x3B9, 'i'}, {0x3BD, 'v'}, {0x3BF, 'o'}, {0x3C1, 'p'}, {0x3C5, 'u'}, {0x3F2, 'c'}, {0x3F3, 'j'},
	{0x3F9, 'C'}, {0x405, 'S'}, {0x406, 'I'}, {0x408, 'J'}, {0x410, 'A'}, {0x412, 'B'}, {0x415, 'E'}, {0x41A, 'K'},
	{0x41C, 'M'}, {0x41D, 'H'}, {0x41E, 'O'}, {0x420, 'P'}, {0x421, 'C'}, {0x422, 'T'}, {0x423, 'Y'}, {0x425, 'X'},
	{0x430, 'a'}, {0x433, 'r'}, {0x435, 'e'}, {0x43E, 'o'}, {0x440, 'p'}, {0x441, 'c'}, {0x443, 'y'}, {0x445, 'x'},
	{0x455, 's'}, {0x456, 'i'}, {0x458, 'j'}, {0x474, 'V'}, {0x475, 'v'}, {0x4AE, 'Y'}, {0x4AF, 'y'}, {0x4BB, 'h'},
	{0x4C0, 'I'}, {0x4CF, 'l'}, {0x501, 'd'}, {0x51A, 'Q'}, {0x51B, 'q'}, {0x51C, 'W'}, {0x51D, 'w'},
};

char utf8_lookalike(uint32_t code_point)
{
	size_t low = 0;
	size_t high = sizeof(lookalikes) / sizeof(lookalikes[0]);

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (lookalikes[middle].code_point == code_point)
			return lookalikes[middle].latin;
		if (lookalikes[middle].code_point < code_point)
			low = middle + 1;
		else
			high = middle;
	}
	return 0;
}

struct str utf8_slug(struct arena *arena, struct str text)
{
	struct buf lower = {0};
	struct buf out = {0};
	size_t off = 0;

	/* Lower case first: what is kept is asked of the lower-case form. */
	while (off < text.size) {
		uint32_t c = utf8_next(text, &off);

		if (c != UTF8_BAD)
			add_lower(&lower, c);
	}
	off = 0;
	while (off < lower.size) {
		uint32_t c = utf8_next(buf_str(&lower), &off);

		if (c == ' ')
			buf_addc(&out, '-');
		else if (c == '-' || utf8_is_word(c))
			add_code_point(&out, c);
	}
	buf_free(&lower);
	return buf_finish(arena, &out);
}

/* Controls, line separators and invisible format characters; the two joiners stay, scripts and emoji need them. */
static bool is_unprintable(uint32_t c)
{
	switch (category_of(c)) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP: return true;
	case UTF8PROC_CATEGORY_CF: return c != 0x200C && c != 0x200D;
	default: return false;
	}
}

static void add_visible(struct buf *out, uint32_t c)
{
	if (c == '\n')
		buf_adds(out, "\\n");
	else if (c == '\r')
		buf_adds(out, "\\r");
	else if (c == '\t')
		buf_adds(out, "\\t");
	else if (c < 0x80)
		buf_addf(out, "\\x%02x", (unsigned)c);
	else
		buf_addf(out, "U+%04X", (unsigned)c);
}

struct str utf8_printable(struct arena *arena, struct str s)
{
	struct buf out = {0};
	size_t off = 0;

	while (off < s.size) {
		size_t at = off;
		uint32_t c = utf8_next(s, &off);

		if (c == UTF8_BAD)
			buf_addf(&out, "\\x%02x", (unsigned)(unsigned char)s.data[at]);
		else if (is_unprintable(c))
			add_visible(&out, c);
		else
			buf_add(&out, str_sub(s, at, off - at));
	}
	return buf_finish(arena, &out);
}
