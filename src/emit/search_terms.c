/* Text to terms, by rules that a regular expression of JavaScript can hold too. */
#include "emit/search_index.h"

enum {
	LONGEST = 100, /* code points of a term; longer ones are no words */
	SHORT_NUMBER = 2,
};

enum class { GAP, JOINER, WORD, SINGLE };

struct range {
	uint32_t first, last;
};

/* What ends a word beyond ASCII: punctuation, symbols, arrows, private use, emoji. */
static const struct range gaps[] = {
	{0x80, 0xA9},     {0xAB, 0xB4},     {0xB6, 0xB9},     {0xBB, 0xBF},       {0xD7, 0xD7},     {0xF7, 0xF7},
	{0x2000, 0x206F}, {0x20A0, 0x20CF}, {0x2190, 0x2BFF}, {0x2E00, 0x2E7F},   {0x3000, 0x3004}, {0x3008, 0x3020},
	{0x3030, 0x3030}, {0xE000, 0xF8FF}, {0xFE00, 0xFE0F}, {0xFE30, 0xFE6F},   {0xFF00, 0xFF0F}, {0xFF1A, 0xFF20},
	{0xFF3B, 0xFF40}, {0xFF5B, 0xFF65}, {0xFFF0, 0xFFFF}, {0x1F000, 0x1FAFF},
};
/* Scripts without blanks between words: each character is a term. */
static const struct range singles[] = {
	{0x3040, 0x30FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xF900, 0xFAFF}, {0x20000, 0x3FFFF},
};

static bool is_in(const struct range *ranges, size_t n, uint32_t c)
{
	for (size_t i = 0; i < n; i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	return false;
}

static enum class class_of(uint32_t c) {
	if (c < 0x80){if ((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z')) return WORD;
		      return c == '.' || c == '-' || c == '_' ? JOINER : GAP;}
if (c == UTF8_BAD || is_in(gaps, sizeof gaps / sizeof *gaps, c)) return GAP;
return is_in(singles, sizeof singles / sizeof *singles, c) ? SINGLE : WORD;
}

static bool is_digits(struct str text, bool with_dots)
{
	for (size_t i = 0; i < text.size; i++)
		if ((text.data[i] < '0' || text.data[i] > '9') && !(with_dots && text.data[i] == '.'))
			return false;
	return true;
}

static void take_term(struct str term, search_term_fn *take, void *context)
{
	if (term.size <= LONGEST || utf8_count(term) <= LONGEST)
		take(context, term);
}

static struct str lower(struct arena *scratch, struct str text)
{
	bool changes = false;
	for (size_t i = 0; i < text.size && !changes; i++)
		changes = (unsigned char)text.data[i] >= 0x80 || (text.data[i] >= 'A' && text.data[i] <= 'Z');
	return changes ? utf8_lower(scratch, text) : text;
}

/* A run and its parts; numbers of one or two digits are no part, nor is what an address or a version is made of. */
static void take_run(struct arena *scratch, struct str run, search_term_fn *take, void *context)
{
	run = lower(scratch, run);
	take_term(run, take, context);
	if (is_digits(run, true))
		return;
	for (size_t start = 0, i = 0; i <= run.size; i++) {
		if (i < run.size && class_of((unsigned char)run.data[i]) != JOINER)
			continue;
		struct str part = str_sub(run, start, i - start);
		start = i + 1;
		if (part.size < run.size && !(part.size <= SHORT_NUMBER && is_digits(part, false)))
			take_term(part, take, context);
	}
}

void search_terms(struct arena *scratch, struct str text, search_term_fn *take, void *context)
{
	size_t off = 0, start = SIZE_MAX, end = 0;
	while (off < text.size) {
		size_t at = off;
		enum class class = class_of(utf8_next(text, &off));
		/* One joiner holds two words together; two do not. */
		if (start != SIZE_MAX && class != WORD && !(class == JOINER && at == end)) {
			take_run(scratch, str_sub(text, start, end - start), take, context);
			start = SIZE_MAX;
		}
		if (class == SINGLE)
			take(context, str_sub(text, at, off - at));
		if (class != WORD)
			continue;
		if (start == SIZE_MAX)
			start = at;
		end = off;
	}
	if (start != SIZE_MAX)
		take_run(scratch, str_sub(text, start, end - start), take, context);
}
