/* Reads the mermaid kinds whose statements are lines: the next line, its first word, titles that every kind has. */
#include "parse/mermaid_scan.h"

bool mermaid_next_line(struct mermaid *mermaid, struct str *line)
{
	mermaid_skip_space(mermaid);
	if (mermaid->at >= mermaid->text.size)
		return false;
	size_t start = mermaid->at;
	mermaid_skip_line(mermaid);
	*line = str_trim(mermaid_from(mermaid, start));
	return true;
}

struct str mermaid_first_word(struct str line)
{
	size_t n = 0;
	while (n < line.size && !strchr(" \t:;{}(", line.data[n]))
		n++;
	return str_sub(line, 0, n);
}

struct word mermaid_word(const struct mermaid *mermaid, struct str text)
{
	return (struct word){text, span_of(mermaid->build.source, text)};
}

struct word mermaid_shown(struct mermaid *mermaid, struct str raw)
{
	raw = str_trim(raw);
	if (raw.size >= 2 && raw.data[0] == '"' && raw.data[raw.size - 1] == '"')
		raw = str_sub(raw, 1, raw.size - 2);
	return (struct word){mermaid_label(mermaid, raw), span_of(mermaid->build.source, raw)};
}

/* `accDescr { long text }`, over several lines. */
static void skip_braces(struct mermaid *mermaid, struct str line)
{
	size_t from = (size_t)(line.data - mermaid->text.data);
	size_t end = str_find_from(mermaid->text, STR("}"), from);
	if (end == SIZE_MAX)
		return;
	mermaid->at = end + 1;
	mermaid_skip_line(mermaid);
}

bool mermaid_take_heading(struct mermaid *mermaid, struct str line)
{
	struct str word = mermaid_first_word(line);
	struct str rest = str_trim_left(str_from_off(line, word.size));
	bool colon = str_starts(rest, STR(":"));
	bool is_title = str_eq_nocase(word, STR("title"));
	if (str_is(word, "accDescr") && (colon || str_starts(rest, STR("{")))) {
		if (!colon)
			skip_braces(mermaid, line);
		return true;
	}
	if (!is_title && (!str_is(word, "accTitle") || !colon))
		return false;
	if (colon)
		rest = str_trim_left(str_from_off(rest, 1));
	if (rest.size && (is_title || !mermaid->build.graph->title.str.size))
		mermaid->build.graph->title = mermaid_shown(mermaid, rest);
	return true;
}

void mermaid_not_understood(struct mermaid *mermaid, struct str line)
{
	struct str text = str_sub(line, 0, 60);
	if (!mermaid->build.graph->supported)
		return;
	mermaid->build.graph->supported = false;
	build_trouble(&mermaid->build, "diagram-unsupported", "statement", span_of(mermaid->build.source, text), text,
		      STR_NONE);
}
