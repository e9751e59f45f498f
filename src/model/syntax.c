/* Every source to syntax, in parallel: one job a source. */
#include "model/machine.h"

struct parse_job {
	const struct config *config;
	const struct sources *sources;
	struct machine_settings settings;
};

/* The lines of a fenced block in the source; in a list item with their indentation. Lines of a quote begin with a mark
 * that no drawing has: such a block has no place. */
static bool block_place(const struct md *md, const struct md_node *node, bool in_quote, struct span *place)
{
	if (!node->text_size || (in_quote && !(node->flags & MD_IN_SOURCE)))
		return false;
	uint32_t from = md_text_offset(md, node, 0), to = md_text_offset(md, node, node->text_size - 1);
	if (to < from)
		return false;
	*place = (struct span){md->source->id, from, to + 1 - from};
	return true;
}

static void find_diagrams(struct arena *arena, struct parsed *parsed)
{
	const struct md *md = parsed->md;
	uint32_t quote_end = 0;
	for (uint32_t i = 0; i < md->n; i++) {
		const struct md_node *node = &md->nodes[i];
		if (node->kind == MD_QUOTE && node->end > quote_end)
			quote_end = node->end;
		if (node->kind != MD_CODE_BLOCK)
			continue;
		struct str info = md_info(md, node);
		bool mermaid = str_is(info, "mermaid");
		struct span place;
		if ((!mermaid && !str_is(info, "dot") && !str_is(info, "graphviz")) ||
		    !block_place(md, node, i < quote_end, &place))
			continue;
		struct graph *graph = mermaid ? mermaid_parse(arena, md->source, place, &parsed->troubles)
					      : dot_parse(arena, md->source, place, &parsed->troubles);
		vec_add(arena, &parsed->diagrams, (struct block_diagram){i, graph});
	}
}

/* Index of the first suppression at or behind an offset; they are in text order. */
static size_t suppression_from(const struct suppressions *suppressions, uint32_t off)
{
	size_t low = 0, high = suppressions->list.n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (suppressions->list.data[middle].span.off < off)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* What stands in code shows how a comment is written, and is none. */
static void drop_in_code(struct arena *arena, struct parsed *parsed)
{
	const struct md *md = parsed->md;
	struct suppressions *all = &parsed->suppressions;
	bool *in_code = NEW_ARRAY(arena, bool, all->list.n);
	size_t kept = 0;
	for (uint32_t i = 0; i < md->n; i++) {
		const struct md_node *node = &md->nodes[i];
		if (node->kind != MD_CODE && node->kind != MD_CODE_BLOCK)
			continue;
		for (size_t k = suppression_from(all, node->off); k < all->list.n; k++) {
			if (all->list.data[k].span.off >= node->off + node->size)
				break;
			in_code[k] = true;
		}
	}
	for (size_t k = 0; k < all->list.n; k++)
		if (!in_code[k])
			all->list.data[kept++] = all->list.data[k];
	all->list.n = kept;
}

/* Memory for one document grows with its size, up to the limit: a few bytes that blow up (a long address behind many
 * references, a wide table with short rows) would end as a page of hundreds of megabytes. Dense tables take 200 bytes
 * for one of text. */
static size_t memory_for(const struct config *config, size_t size)
{
	size_t bytes = ((size_t)16 << 20) + size * 512;
	return bytes < config->limits.md_bytes ? bytes : config->limits.md_bytes;
}

static void *parse_one(void *context, size_t index, struct arena *arena)
{
	const struct parse_job *job = context;
	const struct source *source = job->sources->list.data[index];
	struct parsed *parsed = NEW(arena, struct parsed);
	struct span whole = {source->id, 0, (uint32_t)source->text.size};
	struct md_limits limits = {job->config->limits.md_depth, memory_for(job->config, source->text.size)};
	switch (source->kind) {
	case SOURCE_MARKDOWN:
		parsed->md = md_parse(arena, source, &limits);
		find_diagrams(arena, parsed);
		break;
	case SOURCE_DOT: parsed->graph = dot_parse(arena, source, whole, &parsed->troubles); break;
	case SOURCE_MERMAID: parsed->graph = mermaid_parse(arena, source, whole, &parsed->troubles); break;
	case SOURCE_MACHINE:
		parsed->machine = machine_read(arena, job->config, job->sources, &job->settings, source);
		break;
	default: break;
	}
	suppressions_find(arena, source, &parsed->suppressions);
	if (parsed->md && parsed->suppressions.list.n)
		drop_in_code(arena, parsed);
	return parsed;
}

struct syntax *syntax_parse(struct arena *arena, const struct config *config, struct loaded *loaded,
			    const struct pool *pool)
{
	struct parse_job job = {config, &loaded->sources, machine_settings_find(arena, &loaded->sources)};
	struct pool workers = *pool;
	workers.cpu_seconds = config->limits.md_seconds;
	size_t n = loaded->sources.list.n;
	struct pool_result *results = pool_each(&workers, arena, n, parse_one, &job);
	struct syntax *syntax = NEW(arena, struct syntax);
	syntax->of = NEW_ARRAY(arena, struct parsed, n);
	syntax->n = n;
	for (size_t i = 0; i < n; i++) {
		if (results[i].end == POOL_DONE) {
			syntax->of[i] = *(struct parsed *)results[i].value;
			continue;
		}
		if (loaded->sources.list.data[i]->kind == SOURCE_MACHINE) {
			syntax->of[i].machine = machine_lost(arena, loaded->sources.list.data[i], results[i].end);
			continue;
		}
		const char *kind = results[i].end == POOL_TIMEOUT  ? "md-timeout"
				   : results[i].end == POOL_MEMORY ? "md-memory"
								   : "md-crashed";
		struct trouble trouble = {
			.rule = "limit-reached", .kind = kind, .span = {(uint32_t)i, 0, 0}, .other = SPAN_NONE};
		trouble.text = loaded->sources.list.data[i]->path;
		trouble_add(arena, &syntax->troubles, trouble);
	}
	return syntax;
}
