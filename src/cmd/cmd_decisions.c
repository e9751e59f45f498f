/* lintel decisions: one line a record, or the decisions of the model as JSON. */
#include "cmd/cmd.h"

static struct str or_dash(const char *name)
{
	return name ? str_from(name) : STR("-");
}

static void add_relations(struct buf *out, const struct decision *decision)
{
	const char *last = NULL;
	for (int kind = 0; kind < RELATION_KINDS; kind++)
		for (size_t i = 0; i < decision->relations.n; i++) {
			const struct relation *relation = &decision->relations.data[i];
			if ((int)relation->kind != kind)
				continue;
			buf_addf(out, "%s%s:%s", last ? " " : "", relation_name(relation->kind),
				 relation->partial ? "~" : "");
			if (relation->target)
				buf_add(out, relation->target->path);
			else if (relation->target_number >= 0)
				buf_addf(out, "-#%lld", relation->target_number);
			else
				buf_addf(out, "-" STR_FMT, STR_ARG(relation->target_text));
			last = relation_name(relation->kind);
		}
}

static void add_text(struct buf *out, const struct decision *decision, struct arena *arena)
{
	buf_addf(out, STR_FMT "\t", STR_ARG(decision->path));
	if (decision->number >= 0)
		buf_addf(out, "%lld\t", decision->number);
	else
		buf_adds(out, "-\t");
	struct str date = decision->date.year ? date_format(arena, decision->date) : STR("-");
	buf_addf(out, STR_FMT "\t" STR_FMT "\t" STR_FMT "\t%s\t", STR_ARG(or_dash(status_name(decision->status))),
		 STR_ARG(or_dash(status_name(decision->effective_status))), STR_ARG(date),
		 decision->dialect ? decision->dialect : "-");
	add_relations(out, decision);
	buf_addc(out, '\n');
}

static void write_text(const struct compilation *c, struct buf *out)
{
	for (size_t i = 0; i < c->model->decisions.n; i++)
		add_text(out, c->model->decisions.data[i], c->arena);
}

static void write_json(const struct compilation *c, struct buf *out)
{
	emit_decisions_json(out, c->model);
}

static int run(const struct options *options)
{
	return cmd_list(options, "resolve", write_text, write_json);
}

const struct command cmd_decisions = {
	.name = "decisions",
	.arguments = "",
	.summary = "List the decisions: path, number, status, effective status, date, dialect, relations",
	.takes = TAKES_FORMAT | TAKES_OUTPUT,
	.run = run,
};
