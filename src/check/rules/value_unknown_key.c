/* value-unknown-key: a document or a watch asks for a value that nothing declares. */
#include "check/check.h"

static void report(struct check *check, struct span span, struct str question, const struct query *query)
{
	const struct entity *entity = query->entity;
	struct diag *diag;
	if (!entity) {
		diag = check_report(check, span, "nothing declared answers to " STR_FMT, STR_ARG(question));
		check_help(check, diag, "write the id of something in the topology and a field: main.nodes.count");
		return;
	}
	diag = check_report(check, span, STR_FMT " names nothing: the %s " STR_FMT " has no field " STR_FMT,
			    STR_ARG(question), entity_kind_name(entity->kind), STR_ARG(entity->id.str),
			    STR_ARG(query->rest));
	check_note(check, diag, entity->id.span, STR_FMT " is declared here", STR_ARG(entity->id.str));
	if (query->near.size)
		check_help(check, diag, "write " STR_FMT, STR_ARG(query->near));
	else
		check_help(check, diag, "declare it in the topology, or ask for a field that is declared");
}

static void look_at_pages(struct check *check)
{
	for (size_t i = 0; i < check->model->pages.n; i++) {
		const struct page *page = check->model->pages.data[i];
		struct value_uses uses = values_find(check->arena, check->model, page);
		for (size_t k = 0; k < uses.list.n; k++)
			if (!uses.list.data[k].query->found)
				report(check, uses.list.data[k].span, uses.list.data[k].question,
				       uses.list.data[k].query);
	}
}

static void run(struct check *check)
{
	look_at_pages(check);
	FOR_ESTATES (check->model, estate)
		for (size_t i = 0; i < estate->watches.n; i++) {
			const struct word *equals = &estate->watches.data[i].equals;
			struct query query = query_ask(check->arena, check->model, estate, equals->str);
			if (!query.found)
				report(check, equals->span, equals->str, &query);
		}
}

const struct rule rule_value_unknown_key = {
	.name = "value-unknown-key",
	.severity = SEVERITY_ERROR,
	.group = "facts",
	.summary = "{{ name.field }} asks for something that nothing declares",
	.explain =
		"A document may print what is declared: {{ main.nodes.count }}, {{ storm.address }}, {{ main.versions.talos }}. The "
		"name is an id or alias of the page's estate, or the id of an estate; the fields are those of topology.yaml, "
		"and nodes.count, control_planes.count, workers.count, members.count, and of an estate clusters.count, nodes.count, "
		"networks.count, services.count, decisions.count and decisions.accepted.count. On the site the value stands there.\n\n"
		"Braces whose first part is no declared name belong to another tool and are left alone, and so is all that stands "
		"in code or holds more than names and dots. `equals:` of a watch is asked in the same way.",
	.example = "The cluster has {{ main.nodes.cuont }} nodes.     main has nodes.count",
	.cure = "Write a field that is declared, or declare it in the topology.",
	.run = run,
};
