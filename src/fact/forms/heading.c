/* Headings: "## Studio (6 nodes)", "(Optimized 6-Node Design)" below a cluster's heading, "### Workers (4)". */
#include "fact/phrase.h"

/* "Workers (4)", "Studio nodes (6)": the noun and a number alone in parentheses. */
static void read_counted(struct phrase *phrase)
{
	for (size_t i = 0; i < phrase->n; i++) {
		struct tally tally = {0};
		size_t end = 0;
		tally.attribute = counted_noun(phrase, i, &end);
		bool fits = tally.attribute && phrase_has_mark(phrase, end, '(') && end + 2 < phrase->n &&
			    phrase->token[end + 1].kind == TOKEN_NUMBER && phrase_has_mark(phrase, end + 2, ')');
		bool is_label = i == 0 || (i == 1 && phrase->token[0].kind == TOKEN_NAME);
		if (!fits || !is_label)
			continue;
		tally.value_to = end + 2;
		struct entity *subject = i ? phrase->token[0].entity : phrase->context.subject;
		tally_state(phrase, end + 1, &tally, subject ? subject : cluster_at(phrase), NULL);
		return;
	}
}

/* "6-Node Design" anywhere in a heading of a cluster's section. */
static void read_joined(struct phrase *phrase)
{
	for (size_t i = 0; i < phrase->n; i++) {
		struct tally tally = tally_at(phrase, i);
		bool is_own = tally.of && tally.of != cluster_at(phrase);
		if (!tally.end || (!tally.joined && i) || (tally.of && is_own))
			continue;
		if (tally.joined || tally.end == phrase->n)
			tally_state(phrase, i, &tally, cluster_at(phrase), NULL);
		i = tally.end - 1;
	}
}

static void find(struct fact_sink *sink, const struct model *model, struct page *page)
{
	(void)model;
	for (size_t i = 0; i < page->md->headings.n; i++) {
		uint32_t node = page->md->headings.data[i].node;
		struct run run = run_read(sink, node);
		struct tokens tokens = phrase_tokens(sink->arena, &run);
		struct phrase phrase = {.sink = sink,
					.run = &run,
					.token = tokens.list.data,
					.n = tokens.list.n,
					.context = context_at(sink, node),
					.form = FORM_HEADING};
		phrase.why = phrase.context.why;
		read_parentheses(&phrase);
		read_vips(&phrase);
		read_counted(&phrase);
		read_joined(&phrase);
	}
}

const struct form form_heading = {.name = "heading", .find = find};
