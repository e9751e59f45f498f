/* Nodes below a heading or a line that says what they are: "### Workers", "**Control plane:**", "Zone a", a cluster's name. */
#include "fact/fact_parts.h"

/* A node as it is listed. */
struct member {
	struct node *node;
	struct word name;
	bool struck;
};

/* Nodes listed together. */
struct together {
	struct fact_sink *sink;
	uint32_t block; /* table or list */
	enum fact_form form;
	const char *why;
	VEC(struct member) members;
	bool has_role, has_zone, has_cluster; /* a column says it of each */
	bool loose;                           /* something else stands between the nodes */
};

enum { CAPTION_MAX = 60 };

/* ---- what a heading says ---- */

struct str role_said(struct fact_sink *sink, struct str words)
{
	static const char allowed[] =
		"control|plane|planes|control-plane|controlplane|worker|workers|master|masters|node|"
		"nodes|the|gpu|kubernetes|k8s|k3s|talos|cluster|all|bare-metal|virtual|machines";
	struct str text = bare_name(words), rest;
	while (text.size && !isalpha((unsigned char)text.data[0]))
		text = str_from_off(text, 1);
	rest = text;
	while (rest.size)
		if (!str_is_listed(str_cut(&rest, ' '), allowed))
			return STR_NONE;
	struct fact_value value = fact_value_parse(sink->arena, TYPE_ROLE, text);
	if (!value.valid || value.weak)
		return STR_NONE;
	return value.set == ROLE_WORKER          ? STR("worker")
	       : value.set == ROLE_CONTROL_PLANE ? STR("control plane")
						 : STR_NONE;
}

/* "us-east-1a" of "Zone us-east-1a", when a member is declared there. */
static struct str zone_said(const struct together *group, struct str words)
{
	static const char *const leads[] = {"availability zone ", "zone ", "az "};
	struct str text = bare_name(words);
	for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
		if (str_starts_nocase(text, str_from(leads[i])))
			text = bare_name(str_from_off(text, strlen(leads[i])));
	for (size_t i = 0; i < group->members.n; i++)
		if (text.size && str_eq_nocase(group->members.data[i].node->zone.str, text))
			return text;
	return STR_NONE;
}

/* A line that is nothing but bold text, or ends with a colon. */
static struct str caption(struct fact_sink *sink, uint32_t previous)
{
	const struct md *md = sink->page->md;
	if (!previous || md->nodes[previous].kind != MD_PARAGRAPH || md->nodes[previous].size > CAPTION_MAX)
		return STR_NONE;
	uint32_t first = previous + 1, end = md->nodes[previous].end;
	bool bold = first < end && md->nodes[first].kind == MD_STRONG && md->nodes[first].end == end;
	struct str text = md_plain(sink->arena, md, previous);
	return bold || str_ends(text, STR(":")) ? text : STR_NONE;
}

/* ---- stating ---- */

enum of { OF_ROLE, OF_ZONE, OF_CLUSTER };

/* 1: the member is declared so; -1: it is declared otherwise; 0: neither. */
static int agrees(const struct together *group, const struct member *member, enum of of, struct str value)
{
	const struct node *node = member->node;
	struct fact_value one, two;
	switch (of) {
	case OF_CLUSTER: return str_eq(node->cluster->entity.id.str, value) ? 1 : -1;
	case OF_ZONE: return !node->zone.str.size ? 0 : str_eq_nocase(node->zone.str, value) ? 1 : -1;
	case OF_ROLE: break;
	}
	one = fact_value_parse(group->sink->arena, TYPE_ROLE, node->role.str);
	two = fact_value_parse(group->sink->arena, TYPE_ROLE, value);
	return !one.valid ? 0 : one.set & two.set ? 1 : -1;
}

/* A group that holds more others than its own says something else of them than the words above it. */
static void state(const struct together *group, enum of of, struct str value)
{
	static const char *const names[] = {"role", "zone", "cluster"};
	size_t same = 0, other = 0;
	for (size_t i = 0; i < group->members.n; i++) {
		int one = agrees(group, &group->members.data[i], of, value);
		same += one > 0;
		other += one < 0;
	}
	bool firm = !group->loose && (other < same || (other == 1 && !same && of == OF_ROLE));
	for (size_t i = 0; i < group->members.n; i++) {
		const struct member *member = &group->members.data[i];
		struct statement statement = {.subject = &member->node->entity,
					      .attribute = attribute_named(names[of]),
					      .value = {value, member->name.span},
					      .form = group->form,
					      .why = member->struck ? "struck through" : group->why,
					      .block = group->form == FORM_TABLE ? group->block : 0};
		if (!statement.why && !firm && agrees(group, member, of, value) < 0)
			statement.why = "listed together with others";
		fact_state(group->sink, &statement);
	}
}

static void state_group(const struct together *group, uint32_t previous)
{
	struct fact_sink *sink = group->sink;
	struct str above = caption(sink, previous), heading = context_heading(sink, group->block);
	struct str role = role_said(sink, above), zone = zone_said(group, above);
	const struct entity *about = context_at(sink, group->block).subject;
	if (!role.size && !above.size)
		role = role_said(sink, heading);
	if (!zone.size && !above.size)
		zone = zone_said(group, heading);
	if (role.size && !group->has_role)
		state(group, OF_ROLE, role);
	if (zone.size && !group->has_zone)
		state(group, OF_ZONE, zone);
	if (about && about->kind == ENTITY_CLUSTER && !group->has_cluster && !section_strays(sink, group->block))
		state(group, OF_CLUSTER, about->id.str);
}

static void add_member(struct together *group, struct word name, bool struck)
{
	struct entity *entity = subject_named(group->sink, name.str, KIND_BIT(ENTITY_NODE));
	if (entity)
		vec_add(group->sink->arena, &group->members, (struct member){(struct node *)entity, name, struck});
}

/* ---- where nodes are listed ---- */

/* The rows' first cells, under a head that asks for nodes or says nothing. */
static void read_table(struct fact_sink *sink, uint32_t table, uint32_t previous)
{
	const struct md *md = sink->page->md;
	struct together group = {.sink = sink, .block = table, .form = FORM_TABLE, .why = context_at(sink, table).why};
	uint32_t header = md_first(md, table), end = md->nodes[table].end;
	struct table_row heads = table_row(md, header);
	struct str first = heads.n ? bare_name(table_cell(sink, heads.node[0]).str) : STR_NONE;
	size_t column = str_is_listed(first, "#|no|no.|nr|id") && heads.n > 1 ? 1 : 0;
	if (column)
		first = bare_name(table_cell(sink, heads.node[column]).str);
	if (!(subject_kinds(first) & KIND_BIT(ENTITY_NODE)) && !str_is_listed(first, "name|") && first.size)
		return;
	for (size_t i = column + 1; i < heads.n; i++) {
		struct str head = table_cell(sink, heads.node[i]).str;
		const struct attribute *attribute = attribute_find(head, ENTITY_NODE);
		const char *name = attribute ? attribute->name : "";
		group.has_role |= strcmp(name, "role") == 0;
		group.has_zone |= strcmp(name, "zone") == 0;
		group.has_cluster |= strcmp(name, "cluster") == 0;
		if (subject_named(sink, head, ANY_KIND))
			return;
	}
	for (uint32_t row = md_next(md, header, end); row; row = md_next(md, row, end)) {
		struct table_row cells = table_row(md, row);
		if (column < cells.n)
			add_member(&group, table_cell(sink, cells.node[column]), is_struck(md, cells.node[column]));
	}
	if (group.members.n)
		state_group(&group, previous);
}

/* "fern: 4 cores, 16 GB RAM" */
static void state_item_specs(const struct together *group, const struct run *run, size_t from)
{
	const struct member *member = &group->members.data[group->members.n - 1];
	struct statement of = {.subject = &member->node->entity,
			       .form = group->form,
			       .why = member->struck ? "struck through" : group->why};
	static const char *const leads[] = {":", " - ", " – ", " — "};
	if (!of.why && section_strays(group->sink, group->block))
		of.why = "in a section about something else";
	for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
		if (str_starts(str_from_off(run->text, from), str_from(leads[i]))) {
			from += strlen(leads[i]);
			state_specs(group->sink, &of, STR_NONE, run, from, run->text.size);
			return;
		}
}

/* Items that lead with the name of a node. */
static void read_list(struct fact_sink *sink, uint32_t list, uint32_t previous)
{
	const struct md *md = sink->page->md;
	struct together group = {.sink = sink, .block = list, .form = FORM_FIELD, .why = context_at(sink, list).why};
	for (uint32_t item = md_first(md, list); item; item = md_next(md, item, md->nodes[list].end)) {
		uint32_t first = item + 1;
		if (first >= md->nodes[item].end || md->nodes[first].kind != MD_PARAGRAPH)
			continue;
		struct run run = run_read(sink, first);
		size_t to = item_lead(&run), before = group.members.n;
		if (to)
			add_member(&group, run_word(sink, &run, 0, to), run_marks(&run, 0, to) & RUN_STRUCK);
		if (group.members.n > before)
			state_item_specs(&group, &run, to);
	}
	if (group.members.n)
		state_group(&group, previous);
}

void state_role_list(struct fact_sink *sink, const struct runs_list *list, struct str role, const struct run *run,
		     size_t from, size_t to)
{
	struct together group = {.sink = sink, .block = list->block, .form = list->form, .why = list->why};
	struct list_item item;
	while (list_item_next(sink, run, &from, to, &item)) {
		size_t before = group.members.n;
		add_member(&group, item.word, item.struck);
		group.loose |= group.members.n == before;
	}
	if (group.members.n)
		state(&group, OF_ROLE, role);
}

static void find(struct fact_sink *sink, const struct model *model, struct page *page)
{
	(void)model;
	const struct md *md = page->md;
	uint32_t previous = 0;
	for (uint32_t i = md_first(md, 0); i; previous = i, i = md_next(md, i, md->nodes[0].end))
		if (md->nodes[i].kind == MD_TABLE)
			read_table(sink, i, previous);
		else if (md->nodes[i].kind == MD_LIST)
			read_list(sink, i, previous);
}

const struct form form_node_group = {.name = "node group", .find = find};
