/* The search: an index, and the texts it was made of, in scripts that a page loads when they are asked for. */
#include "emit/search_index.h"

/* One script of texts, or with part == plan.n_parts the index. */
struct search_part {
	struct search_plan plan;
	size_t part;
};

/* JSON as a literal of JavaScript: parsed by JSON.parse, which is several times as fast as the script itself. */
static void write_literal(struct str json, struct buf *out)
{
	size_t done = 0;
	buf_addc(out, '\'');
	for (size_t i = 0; i < json.size; i++) {
		if (json.data[i] != '\'' && json.data[i] != '\\')
			continue;
		buf_add(out, str_sub(json, done, i - done));
		buf_addc(out, '\\');
		done = i;
	}
	buf_add(out, str_from_off(json, done));
	buf_addc(out, '\'');
}

static void write_texts(const struct site *site, const struct output *output, struct arena *scratch, struct buf *out)
{
	const struct search_part *part = output->what;
	struct search_documents documents = {0};
	struct buf texts = {0};
	struct json json = {.out = &texts};
	search_documents(site, &part->plan, part->part, scratch, &documents);
	json_begin_array(&json);
	for (size_t i = 0; i < documents.list.n; i++)
		json_string(&json, documents.list.data[i].text);
	json_end_array(&json);
	buf_addf(out, "lintelSearch.texts(%zu, ", part->part);
	write_literal(buf_str(&texts), out);
	buf_adds(out, ");\n");
	buf_free(&texts);
}

static void write_index(const struct site *site, const struct output *output, struct arena *scratch, struct buf *out)
{
	const struct search_part *part = output->what;
	struct search_documents *documents = NEW_ARRAY(scratch, struct search_documents, part->plan.n_parts + 1);
	struct search_index *index = search_index_new(scratch);
	struct buf json = {0};
	size_t n = 0;
	buf_adds(out, "lintelSearch.index([");
	for (size_t i = 0; i <= part->plan.n_parts; i++) {
		if (i < part->plan.n_parts)
			search_documents(site, &part->plan, i, scratch, &documents[i]);
		else
			search_addresses(site, scratch, &documents[i]);
		for (size_t k = 0; k < documents[i].list.n; k++)
			search_index_add(index, &documents[i].list.data[k]);
		buf_addf(out, "%s%zu", i ? "," : "", n);
		n += documents[i].list.n;
	}
	buf_adds(out, "], ");
	search_index_write(index, &json);
	write_literal(buf_str(&json), out);
	buf_adds(out, ");\n");
	buf_free(&json);
}

static void plan(struct site *site)
{
	struct search_plan all = search_plan(site);
	if (!search_is_built_in(site))
		return;
	for (size_t i = 0; i <= all.n_parts; i++) {
		struct search_part *part = NEW(site->arena, struct search_part);
		*part = (struct search_part){all, i};
		if (i < all.n_parts)
			site_add(site, str_format(site->arena, "assets/search/%zu.js", i), write_texts, part);
		else
			site_add(site, STR("assets/search-index.js"), write_index, part);
	}
}

const struct format format_search = {"search", plan};
