/* What each pass made, as text: for people who work on the passes, and for tests. */
#include "compile.h"

static void add_place(const struct compilation *c, struct buf *out, struct span span)
{
	if (span_is_none(span))
		return;
	struct place place = span_place(&c->loaded->sources, span);
	buf_addf(out, "%u:%u", place.line, place.col);
}

void dump_load(const struct compilation *c, struct buf *out)
{
	static const char *const kinds[] = {"markdown", "topology", "dot",     "mermaid",
					    "config",   "template", "machine", "other"};
	const struct sources *sources = &c->loaded->sources;
	for (size_t i = 0; i < sources->list.n; i++)
		buf_addf(out, "%s " STR_FMT " %zu\n", kinds[sources->list.data[i]->kind],
			 STR_ARG(sources->list.data[i]->path), sources->list.data[i]->text.size);
	buf_addf(out, "listed %zu\n", c->loaded->listing->list.n);
}

static const char *const md_names[] = {
	"document", "paragraph", "heading", "quote",  "admonition", "list",  "item",         "code-block", "html-block",
	"rule",     "table",     "row",     "cell",   "footnote",   "text",  "soft-break",   "line-break", "code",
	"html",     "emphasis",  "strong",  "strike", "link",       "image", "footnote-ref",
};

static void dump_md(const struct compilation *c, const struct md *md, struct buf *out)
{
	uint32_t ends[256];
	size_t depth = 0;
	for (uint32_t i = 0; i < md->n; i++) {
		while (depth && i >= ends[depth - 1])
			depth--;
		const struct md_node *node = &md->nodes[i];
		buf_addf(out, "%*s%s ", (int)depth * 2, "", md_names[node->kind]);
		add_place(c, out, md_span(md, node));
		struct str text = md_text(md, node);
		if (text.size) {
			struct arena *scratch = arena_new();
			struct str shown = utf8_printable(scratch, str_sub(text, 0, 60));
			buf_addf(out, " \"" STR_FMT "\"%s", STR_ARG(shown), node->flags & MD_PLACE_EXACT ? "" : " ~");
			arena_free(scratch);
		}
		buf_addc(out, '\n');
		if (node->end > i + 1 && depth < 256)
			ends[depth++] = node->end;
	}
}

void dump_parse(const struct compilation *c, struct buf *out)
{
	for (size_t i = 0; i < c->syntax->n; i++) {
		const struct parsed *parsed = &c->syntax->of[i];
		buf_addf(out, "# " STR_FMT "\n", STR_ARG(c->loaded->sources.list.data[i]->path));
		if (parsed->md)
			dump_md(c, parsed->md, out);
		if (parsed->graph)
			buf_addf(out, STR_FMT ": %zu nodes, %zu edges, %zu clusters\n", STR_ARG(parsed->graph->kind),
				 parsed->graph->nodes.n, parsed->graph->edges.n, parsed->graph->clusters.n);
	}
}

void dump_model(const struct compilation *c, struct buf *out)
{
	emit_model_json(out, c->model, NULL);
}

static void add_link(const struct compilation *c, struct buf *out, const struct link *link)
{
	static const char *const states[] = {"external", "ok",     "missing-file", "missing-anchor", "case",
					     "outside",  "unsafe", "route",        "ignored"};
	buf_add(out, span_path(&c->loaded->sources, link->span));
	buf_addc(out, ':');
	add_place(c, out, link->span);
	buf_addf(out, "\t" STR_FMT "\t%s\n", STR_ARG(link->target), states[link->state]);
}

void dump_links(const struct compilation *c, struct buf *out)
{
	for (size_t i = 0; i < c->model->pages.n; i++)
		for (size_t k = 0; k < c->model->pages.data[i]->links.n; k++)
			add_link(c, out, &c->model->pages.data[i]->links.data[k]);
}

static void add_mention(const struct compilation *c, struct buf *out, const struct mention *mention)
{
	buf_add(out, span_path(&c->loaded->sources, mention->span));
	buf_addc(out, ':');
	add_place(c, out, mention->span);
	if (mention->entity)
		buf_addf(out, "\tmentions %s " STR_FMT "\n", entity_kind_name(mention->entity->kind),
			 STR_ARG(mention->entity->id.str));
	else
		buf_addf(out, "\tmentions decision %lld%s\n", mention->number, mention->decision ? "" : " (unknown)");
}

void dump_resolve(const struct compilation *c, struct buf *out)
{
	dump_links(c, out);
	for (size_t i = 0; i < c->model->pages.n; i++)
		for (size_t k = 0; k < c->model->pages.data[i]->mentions.n; k++)
			add_mention(c, out, &c->model->pages.data[i]->mentions.data[k]);
}

/* How a fact came to its verdict, for `lintel facts --verbose`. */
static void add_steps(const struct compilation *c, struct buf *out, const struct fact *fact)
{
	static const char *const types[] = {[TYPE_ADDRESS] = "address",
					    [TYPE_PREFIX] = "prefix",
					    [TYPE_COUNT] = "count",
					    [TYPE_QUANTITY] = "quantity",
					    [TYPE_VERSION] = "version"};
	size_t type = fact->attribute ? (size_t)fact->attribute->type : SIZE_MAX;
	if (fact->subject)
		buf_addf(out, "\tsubject: the %s " STR_FMT ", declared at " STR_FMT ":",
			 entity_kind_name(fact->subject->kind), STR_ARG(fact->subject->id.str),
			 STR_ARG(span_path(&c->loaded->sources, fact->subject->id.span)));
	else
		buf_addf(out, "\tsubject: " STR_FMT ", which nothing declares", STR_ARG(fact->subject_text.str));
	if (fact->subject)
		add_place(c, out, fact->subject->id.span);
	if (fact->attribute)
		buf_addf(out, "\n\tattribute: " STR_FMT ", compared as %s by %s\n",
			 STR_ARG(fact_attribute_text(c->arena, fact)),
			 type < sizeof types / sizeof *types && types[type] ? types[type] : "words",
			 fact->attribute->rule);
	if (fact->declared.str.size) {
		buf_addf(out, "\tdeclared: " STR_FMT " at " STR_FMT ":", STR_ARG(fact->declared.str),
			 STR_ARG(span_path(&c->loaded->sources, fact->declared.span)));
		add_place(c, out, fact->declared.span);
		buf_addc(out, '\n');
	}
}

void dump_fact(const struct compilation *c, struct buf *out)
{
	for (size_t i = 0; i < c->facts->list.n; i++) {
		const struct fact *fact = c->facts->list.data[i];
		struct str path = span_path(&c->loaded->sources, fact->value.span);
		buf_addf(out, STR_FMT ":", STR_ARG(path));
		add_place(c, out, fact->value.span);
		struct str subject = fact->subject ? fact->subject->id.str : fact->subject_text.str;
		buf_addf(out, "\t%s\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\t%s", fact_form_name(fact->form),
			 STR_ARG(subject), STR_ARG(fact_attribute_text(c->arena, fact)), STR_ARG(fact->value.str),
			 verdict_name(fact->verdict));
		if (fact->why.size)
			buf_addf(out, "\t" STR_FMT, STR_ARG(fact->why));
		buf_addc(out, '\n');
		if (c->verbose)
			add_steps(c, out, fact);
	}
}

void dump_check(const struct compilation *c, struct buf *out)
{
	for (size_t i = 0; i < c->diags->list.n; i++) {
		const struct diag *diag = &c->diags->list.data[i];
		buf_addf(out, STR_FMT ":", STR_ARG(span_path(&c->loaded->sources, diag->span)));
		add_place(c, out, diag->span);
		buf_addf(out, " %s %s\n", severity_name(diag->severity), diag->rule);
	}
}

void dump_draw(const struct compilation *c, struct buf *out)
{
	const struct map *map = &c->drawings->by_key;
	for (size_t i = 0; i < map->n; i++) {
		const struct drawing *drawing = map->items[i].value;
		buf_addf(out, STR_FMT ": %zu nodes, %zu edges, %s" STR_FMT "\n", STR_ARG(map->items[i].key),
			 drawing->graph->nodes.n, drawing->graph->edges.n,
			 drawing->layout ? "laid out " : "not laid out ", STR_ARG(drawing->why));
	}
}

void dump_render(const struct compilation *c, struct buf *out)
{
	for (size_t i = 0; i < c->site->outputs.n; i++)
		buf_addf(out, STR_FMT "\n", STR_ARG(c->site->outputs.data[i].path));
}

void dump_emit(const struct compilation *c, struct buf *out)
{
	buf_addf(out, "%zu files, %zu written, %zu unchanged, %zu removed, %llu bytes\n", c->emitted.files,
		 c->emitted.written, c->emitted.unchanged, c->emitted.removed, (unsigned long long)c->emitted.bytes);
}
