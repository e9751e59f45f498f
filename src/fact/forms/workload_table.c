/* What runs where, in tables and lists: a column or row of workloads, services below a cluster's heading, "monit hosts:". */
#include "fact/fact_parts.h"

struct reader {
	struct fact_sink *sink;
	uint32_t block;
	const char *why; /* of all that the block states */
	struct table_row heads;
	struct entity *places[TABLE_COLUMNS]; /* that the heads name */
	const char *whys[TABLE_COLUMNS];      /* of the heads */
	bool runs[TABLE_COLUMNS];             /* heads that say what runs */
	size_t n_runs, n_places;
	size_t name_column;
};

static struct str cell_text(const struct reader *reader, uint32_t cell)
{
	return table_cell(reader->sink, cell).str;
}

static void state_cell(const struct reader *reader, struct entity *place, uint32_t cell, const char *why)
{
	struct runs_list list = {place, FORM_TABLE, reader->why ? reader->why : why, reader->block};
	struct run run = run_read(reader->sink, cell);
	state_runs(reader->sink, &list, &run, 0, run.text.size);
}

/* ---- tables ---- */

static void read_heads(struct reader *reader, uint32_t row)
{
	bool asks = false;
	reader->heads = table_row(reader->sink->page->md, row);
	for (size_t i = 0; i < reader->heads.n; i++) {
		struct str head = cell_text(reader, reader->heads.node[i]);
		reader->runs[i] = i && is_runs_word(head);
		reader->whys[i] = context_why(head);
		reader->places[i] = i ? subject_named(reader->sink, head, RUNNING_KINDS) : NULL;
		reader->n_runs += reader->runs[i];
		reader->n_places += reader->places[i] != NULL;
		if (!asks && (subject_kinds(head) & RUNNING_KINDS)) {
			asks = true;
			reader->name_column = i;
		}
	}
}

/* `| studio-4 | Grafana, Loki |` under "Runs". */
static void read_row(const struct reader *reader, const struct table_row *row)
{
	if (reader->name_column >= row->n)
		return;
	uint32_t name = row->node[reader->name_column];
	struct entity *place = subject_named(reader->sink, cell_text(reader, name), RUNNING_KINDS);
	if (!place || is_struck(reader->sink->page->md, name))
		return;
	for (size_t i = 0; i < row->n && i < reader->heads.n; i++)
		if (reader->runs[i])
			state_cell(reader, place, row->node[i], reader->whys[i]);
}

/* `| Workloads | Grafana | vLLM |` under heads that name clusters; `| Runs | Grafana |` in the section of one; `| Workers | elm,
 * ash |`. */
static void read_key_row(const struct reader *reader, const struct table_row *row)
{
	struct entity *section = context_at(reader->sink, reader->block).subject;
	struct str key = row->n > 1 ? cell_text(reader, row->node[0]) : STR_NONE;
	struct str role = role_said(reader->sink, key);
	if (role.size) {
		struct runs_list list = {NULL, FORM_TABLE, reader->why, reader->block};
		struct run run = run_read(reader->sink, row->node[1]);
		state_role_list(reader->sink, &list, role, &run, 0, run.text.size);
	}
	if (!is_runs_word(key))
		return;
	for (size_t i = 1; i < row->n && i < reader->heads.n; i++)
		if (reader->places[i])
			state_cell(reader, reader->places[i], row->node[i], reader->whys[i]);
	if (!reader->n_places && row->n == 2 && section && (KIND_BIT(section->kind) & RUNNING_KINDS))
		state_cell(reader, section, row->node[1], NULL);
}

/* ---- services below a cluster's heading ---- */

/* A table of services that says nowhere what each runs on. */
static bool lists_services(const struct reader *reader)
{
	struct str first = reader->heads.n ? cell_text(reader, reader->heads.node[0]) : STR_NONE;
	if (!(subject_kinds(first) & KIND_BIT(ENTITY_SERVICE)) && !is_runs_word(first))
		return false;
	for (size_t i = 1; i < reader->heads.n; i++) {
		struct str head = cell_text(reader, reader->heads.node[i]);
		const struct attribute *attribute = attribute_find(head, ENTITY_SERVICE);
		if ((attribute && strcmp(attribute->name, "runs on") == 0) || (subject_kinds(head) & RUNNING_KINDS))
			return false;
	}
	return true;
}

/* Services named in the section of a cluster or node: those that run there are stated to; of others it may say anything. */
static void read_service_row(const struct reader *reader, struct entity *place, uint32_t cell)
{
	struct word name = table_cell(reader->sink, cell);
	struct entity *service = subject_named(reader->sink, name.str, KIND_BIT(ENTITY_SERVICE));
	if (!service || is_struck(reader->sink->page->md, cell))
		return;
	struct statement statement = {.subject = service,
				      .attribute = attribute_named("runs on"),
				      .value = {place->id.str, name.span},
				      .form = FORM_TABLE,
				      .why = reader->why,
				      .block = reader->block};
	if (!statement.why && ((const struct service *)service)->runs_on.n &&
	    !service_runs_on((const struct service *)service, place))
		statement.why = "named in a section about another place";
	fact_state(reader->sink, &statement);
}

static void read_table(struct fact_sink *sink, uint32_t table)
{
	const struct md *md = sink->page->md;
	struct context context = context_at(sink, table);
	struct reader reader = {.sink = sink, .block = table, .why = context.why};
	uint32_t end = md->nodes[table].end;
	for (uint32_t node = md_first(md, table); node; node = md_next(md, node, end)) {
		struct table_row row = table_row(md, node);
		if (md->nodes[node].flags & MD_HEADER)
			read_heads(&reader, node);
		else if (reader.n_runs)
			read_row(&reader, &row);
		else
			read_key_row(&reader, &row);
	}
	if (!context.subject || !(KIND_BIT(context.subject->kind) & RUNNING_KINDS) || reader.n_runs ||
	    !lists_services(&reader))
		return;
	for (uint32_t node = md_next(md, md_first(md, table), end); node; node = md_next(md, node, end)) {
		struct table_row row = table_row(md, node);
		if (row.n)
			read_service_row(&reader, context.subject, row.node[0]);
	}
}

/* ---- lists below "monit hosts the observability stack:" ---- */

/* The place that the paragraph begins with, when it says that what follows runs there; NULL: it does not. */
static struct entity *intro_place(struct fact_sink *sink, uint32_t paragraph)
{
	static const char *const verbs[] = {"runs", "hosts", "is running", "is home to", "carries"};
	struct str text = span_text(sink->model->sources, md_span(sink->page->md, &sink->page->md->nodes[paragraph]));
	if (!str_ends(str_trim(text), STR(":")))
		return NULL;
	struct run run = run_read(sink, paragraph);
	if (!run.names.n || !(KIND_BIT(run.names.data[0].entity->kind) & RUNNING_KINDS) ||
	    context_sentence_why(run.text))
		return NULL;
	struct str before = str_trim(str_sub(run.text, 0, run.names.data[0].from));
	struct str behind = str_trim_left(str_from_off(run.text, run.names.data[0].to));
	if (before.size && !str_eq_nocase(before, STR("the")) && !str_eq_nocase(before, STR("node")))
		return NULL;
	if (str_starts_nocase(behind, STR("cluster ")) || str_starts_nocase(behind, STR("node ")))
		str_cut(&behind, ' ');
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (str_starts_nocase(behind, str_from(verbs[i])) && behind.size > strlen(verbs[i]) &&
		    strchr(" :", behind.data[strlen(verbs[i])]))
			return run.names.data[0].entity;
	return NULL;
}

static void read_list(struct fact_sink *sink, uint32_t list, struct entity *place)
{
	const struct md *md = sink->page->md;
	struct runs_list runs = {place, FORM_FIELD, context_at(sink, list).why, 0};
	for (uint32_t item = md_first(md, list); item; item = md_next(md, item, md->nodes[list].end)) {
		uint32_t first = item + 1;
		if (first >= md->nodes[item].end || md->nodes[first].kind != MD_PARAGRAPH)
			continue;
		struct run run = run_read(sink, first);
		size_t end = item_lead(&run);
		if (subject_named(sink, str_sub(run.text, 0, end), KIND_BIT(ENTITY_SERVICE)))
			state_runs(sink, &runs, &run, 0, end);
	}
}

static void find(struct fact_sink *sink, const struct model *model, struct page *page)
{
	(void)model;
	const struct md *md = page->md;
	uint32_t previous = 0;
	for (uint32_t i = 0; md->has_table && i < md->n; i++)
		if (md->nodes[i].kind == MD_TABLE)
			read_table(sink, i);
	for (uint32_t i = md_first(md, 0); i; previous = i, i = md_next(md, i, md->nodes[0].end)) {
		bool listed = md->nodes[i].kind == MD_LIST && previous && md->nodes[previous].kind == MD_PARAGRAPH;
		struct entity *place = listed ? intro_place(sink, previous) : NULL;
		if (place)
			read_list(sink, i, place);
	}
}

const struct form form_workload_table = {.name = "workloads", .find = find};
