/* Emoji by the names that forges know: `:rocket:`. A name that is unknown stays as it is written. */
#include "render/markdown_html.h"

struct emoji {
	const char *name, *characters;
};

static const struct emoji emojis[] = {
#define EMOJI(name, characters) {name, characters},
#include "render/emoji.def"
#undef EMOJI
};

enum { NAME_BYTES = 40 };

static int emoji_cmp(const void *name, const void *emoji)
{
	return str_cmp(*(const struct str *)name, str_from(((const struct emoji *)emoji)->name));
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '+' || c == '-';
}

/* Within a word, such as an address of IPv6, a colon begins no name. */
static bool stands_apart(struct str text, size_t from, size_t end)
{
	char before = from ? text.data[from - 1] : ' ', after = end < text.size ? text.data[end] : ' ';
	return !isalnum((unsigned char)before) && !isalnum((unsigned char)after);
}

struct emoji_found emoji_find(struct str text, size_t from)
{
	for (size_t at = from; at < text.size;) {
		size_t colon = str_find_char(str_from_off(text, at), ':');
		if (colon == SIZE_MAX)
			break;
		colon += at;
		size_t end = colon + 1;
		while (end < text.size && end - colon <= NAME_BYTES && is_name_char(text.data[end]))
			end++;
		struct str name = str_sub(text, colon + 1, end - colon - 1);
		bool closed =
			name.size && end < text.size && text.data[end] == ':' && stands_apart(text, colon, end + 1);
		const struct emoji *emoji =
			closed ? bsearch(&name, emojis, sizeof emojis / sizeof *emojis, sizeof *emojis, emoji_cmp)
			       : NULL;
		if (emoji)
			return (struct emoji_found){colon, end + 1, emoji->characters};
		at = end;
	}
	return (struct emoji_found){0};
}

struct str emoji_print(struct arena *arena, struct str text)
{
	struct emoji_found found = emoji_find(text, 0);
	if (!found.characters)
		return text;
	struct buf out = {0};
	size_t at = 0;
	for (; found.characters; found = emoji_find(text, at)) {
		buf_add(&out, str_sub(text, at, found.from - at));
		buf_adds(&out, found.characters);
		at = found.to;
	}
	buf_add(&out, str_from_off(text, at));
	struct str printed = buf_dup(arena, &out);
	buf_free(&out);
	return printed;
}
