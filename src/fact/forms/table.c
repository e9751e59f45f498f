/* Tables: entities as rows, entities as columns, and tables of keys and values. */
#include "fact/fact_parts.h"

struct table_row table_row(const struct md *md, uint32_t row)
{
	struct table_row cells = {.n = 0};
	for (uint32_t i = md_first(md, row); i && cells.n < TABLE_COLUMNS; i = md_next(md, i, md->nodes[row].end))
		cells.node[cells.n++] = i;
	return cells;
}

struct word table_cell(struct fact_sink *sink, uint32_t cell)
{
	const struct md *md = sink->page->md;
	uint32_t end = md->nodes[cell].end, first = cell + 1;
	struct span span = md_span(md, &md->nodes[cell]);
	if (first == end)
		return (struct word){STR_NONE, span};
	for (uint32_t i = first; i < end; i++)
		if (is_html_break(md, i))
			return (struct word){str_trim(run_read(sink, cell).text), span};
	bool plain = first + 1 == end && (md->nodes[first].kind == MD_TEXT || md->nodes[first].kind == MD_CODE);
	struct str text = plain ? md_text(md, &md->nodes[first]) : md_plain(sink->arena, md, cell);
	return (struct word){str_trim(text), span};
}

bool is_struck(const struct md *md, uint32_t node)
{
	for (uint32_t i = node; i < md->nodes[node].end; i++)
		if (md->nodes[i].kind == MD_STRIKE)
			return true;
	return false;
}

/* What a column's head says; looked up once per kind of subject. */
struct column {
	struct word head;
	struct entity *subject; /* the head names it: entities as columns */
	struct word unbound;    /* the head names something undeclared */
	const char *why;
	unsigned looked; /* bits of kinds */
	struct label labels[ENTITY_KINDS];
	bool has_component;     /* looked for */
	struct label component; /* of a node: the version of a component that a cluster declares */
};

struct table {
	struct fact_sink *sink;
	uint32_t node;
	struct context context;
	struct column columns[TABLE_COLUMNS];
	size_t n;
	size_t name_column;
	unsigned kinds; /* the name column's */
	bool head_asks; /* its head asks for a kind of thing */
	bool by_column;
	enum entity_kind unbound_kind; /* of undeclared names; ENTITY_KINDS: none */
	struct entity *sole; /* the estate's only cluster, when a table of keys and values is about it; else NULL */
	/* of the row that is read */
	struct table_row row;
	size_t bound_column; /* that names the row's subject */
	struct word cells[TABLE_COLUMNS];
	bool have[TABLE_COLUMNS];
};

static struct word cell(struct table *table, size_t column)
{
	if (!table->have[column]) {
		table->cells[column] = table_cell(table->sink, table->row.node[column]);
		table->have[column] = true;
	}
	return table->cells[column];
}

static const struct label *column_label(struct table *table, size_t column, enum entity_kind kind)
{
	struct column *of = &table->columns[column];
	if (!(of->looked & KIND_BIT(kind))) {
		of->labels[kind] = label_find(table->sink, of->head.str, kind);
		of->looked |= KIND_BIT(kind);
	}
	return &of->labels[kind];
}

/* "Talos" over versions of nodes. */
static const struct label *component_label(struct table *table, size_t column)
{
	struct column *of = &table->columns[column];
	const struct estate *estate = table->sink->page->estate;
	if (!of->has_component && estate) {
		bool several = false;
		struct str component = version_component(table->sink->arena, of->head.str);
		const struct entity *entity = declared_component(estate, component, &several);
		if ((entity && entity->kind == ENTITY_CLUSTER) || several)
			of->component = (struct label){.attribute = attribute_named("version"), .detail = component};
	}
	of->has_component = true;
	return &of->component;
}

/* ---- statements ---- */

struct about {
	struct entity *subject;
	struct word unbound;
};

/* A machine that the row names beside its subject under "Host" carries it: the row's address is not its own. */
static bool is_carrier(const struct table *table, size_t column, const struct entity *subject,
		       const struct entity *other)
{
	return subject->kind == ENTITY_NODE && other->kind == ENTITY_DEVICE && column > table->name_column &&
	       str_is_listed(str_trim(table->columns[column].head.str),
			     "host|hypervisor|physical host|proxmox host|proxmox node|pve|pve host|pve node|node");
}

static void state_cell(struct table *table, const struct about *about, const struct label *label, size_t column,
		       const char *why)
{
	if (!label->attribute || column >= table->row.n)
		return;
	struct word value = label_value(table->sink, label, cell(table, column));
	if (!value.str.size)
		return;
	if (is_struck(table->sink->page->md, table->row.node[column]))
		why = "struck through";
	struct statement statement = {.subject = about->subject,
				      .subject_text = about->unbound,
				      .attribute = label->attribute,
				      .detail = label->detail,
				      .value = value,
				      .form = FORM_TABLE,
				      .why = why,
				      .block = table->node};
	state_value(table->sink, &statement);
}

static bool has_address(struct fact_sink *sink, const struct entity *entity)
{
	const struct attribute *address = attribute_find(STR("address"), entity->kind);
	return address && fact_declared(sink->arena, sink->model, entity, address).values.n > 0;
}

/* True when another cell of the row names an entity whose address stands in `column`: a second machine, or the host of a
 * service. */
static bool names_another(struct table *table, const struct entity *subject, size_t column)
{
	bool is_of_host = str_starts_nocase(table->columns[column].head.str, STR("host")) ||
			  str_starts_nocase(table->columns[column].head.str, STR("node"));
	unsigned kinds = KIND_BIT(ENTITY_NODE) | KIND_BIT(ENTITY_DEVICE) |
			 (subject->kind == ENTITY_SERVICE ? KIND_BIT(ENTITY_SERVICE) : 0);
	for (size_t i = 0; i < table->row.n; i++) {
		const struct entity *other =
			i == table->name_column ? NULL : subject_named(table->sink, cell(table, i).str, kinds);
		if (other && other != subject && (is_of_host || !is_carrier(table, i, subject, other)) &&
		    has_address(table->sink, other))
			return true;
	}
	return false;
}

/* ---- entities as rows ---- */

/* True of what may declare more than the attributes that all of its kind have. */
static bool declares_more(const struct entity *subject)
{
	return subject && (subject->kind == ENTITY_CLUSTER || (subject->estate && subject->estate->facts.n));
}

/* `| fern | 4 cores, 16 GB RAM |` under "Node" and "Specs". */
static void state_specs_cell(struct table *table, const struct about *about, size_t column)
{
	struct run run = run_read(table->sink, table->row.node[column]);
	struct statement of = {.subject = about->subject,
			       .form = FORM_TABLE,
			       .why = table->context.why ? table->context.why : table->columns[column].why,
			       .block = table->node};
	state_specs(table->sink, &of, table->columns[column].head.str, &run, 0, run.text.size);
}

static void state_row(struct table *table, const struct about *about, enum entity_kind kind)
{
	for (size_t i = 0; i < table->row.n && i < table->n; i++) {
		const struct label *label = i == table->bound_column ? NULL : column_label(table, i, kind);
		struct label own = {0};
		bool is_node = about->subject && kind == ENTITY_NODE;
		if (is_node && label && !label->attribute)
			label = component_label(table, i);
		if (is_node && i != table->bound_column && is_specs_word(table->columns[i].head.str))
			state_specs_cell(table, about, i);
		if (label && !label->attribute && declares_more(about->subject)) {
			own = label_find_for(table->sink, table->columns[i].head.str, about->subject);
			label = &own;
		}
		if (!label || !label->attribute)
			continue;
		const char *why = table->context.why ? table->context.why : table->columns[i].why;
		if (!why && about->subject && label->attribute->type == TYPE_ADDRESS &&
		    names_another(table, about->subject, i))
			why = "the row names several that have addresses";
		state_cell(table, about, label, i, why);
	}
}

/* `| Whisper | elminster |` under "Model" and "Node": the row is about the node, and says what runs on it. */
static void state_placement(struct table *table)
{
	struct column *column = &table->columns[0];
	struct word name = cell(table, 0);
	if (!table->name_column || !table->head_asks || attribute_find(column->head.str, ENTITY_NODE))
		return;
	struct about about = {.subject = subject_named(table->sink, name.str, KIND_BIT(ENTITY_SERVICE))};
	if (!about.subject || is_struck(table->sink->page->md, table->row.node[0]))
		return;
	const char *why = table->context.why ? table->context.why : column->why;
	for (size_t i = 1; i < table->row.n && i < table->n; i++) {
		const struct label *label = column_label(table, i, ENTITY_SERVICE);
		const char *attribute = label->attribute ? label->attribute->name : "";
		if (strcmp(attribute, "runs on") == 0 || strcmp(attribute, "host") == 0)
			state_cell(table, &about, label, i, why ? why : table->columns[i].why);
	}
}

/* A row of a table of networks that names none: the network is known by its prefix or its VLAN. */
static struct entity *find_network(struct table *table)
{
	const struct attribute *first = attribute_find(table->columns[0].head.str, ENTITY_NETWORK);
	struct entity *found = NULL;
	if (table->head_asks ? table->kinds != KIND_BIT(ENTITY_NETWORK)
			     : !first || (first->type != TYPE_PREFIX && first->type != TYPE_NUMBER &&
					  strcmp(first->name, "bridge") != 0))
		return NULL;
	for (size_t i = 0; i < table->row.n && i < table->n && !found; i++) {
		bool names = subject_kinds(table->columns[i].head.str) ||
			     str_eq_nocase(table->columns[i].head.str, STR("name"));
		found = names ? subject_named(table->sink, cell(table, i).str, KIND_BIT(ENTITY_NETWORK)) : NULL;
		table->bound_column = i;
	}
	for (size_t i = 0; i < table->row.n && i < table->n && !found; i++) {
		found = network_by_value(table->sink, table->columns[i].head.str, cell(table, i).str);
		table->bound_column = i;
	}
	return found;
}

/* `| Talos | v1.12.1 |` under "Component" and "Version": of the section's cluster, or of what declares that version. */
static void read_component(struct table *table)
{
	bool several = false;
	const struct estate *estate = table->sink->page->estate;
	struct str name = bare_name(cell(table, table->name_column).str);
	struct entity *section = table->context.subject;
	struct about about = {0};
	if (!estate || !name.size || name.size > 40)
		return;
	struct label label = {.attribute = attribute_named("version"),
			      .detail = version_component(table->sink->arena, name)};
	about.subject = declared_component(estate, label.detail, &several);
	if (section && section->kind == ENTITY_CLUSTER && (several || about.subject))
		about.subject = section;
	for (size_t i = 0; about.subject && i < table->row.n && i < table->n; i++) {
		const struct label *column = column_label(table, i, ENTITY_CLUSTER);
		if (i != table->name_column && column->attribute == label.attribute && !column->detail.size)
			state_cell(table, &about, &label, i,
				   table->context.why ? table->context.why : table->columns[i].why);
	}
}

static void read_row(struct table *table)
{
	if (table->name_column >= table->row.n)
		return;
	struct word name = cell(table, table->name_column);
	struct about about = {.subject = subject_named(table->sink, name.str, table->kinds)};
	table->bound_column = table->name_column;
	if (!about.subject && table->sink->page->estate)
		about.subject = find_network(table);
	if (!about.subject && table->unbound_kind != ENTITY_KINDS)
		about.unbound = unbound_name(table->sink, name, table->unbound_kind);
	state_placement(table);
	if (!about.subject)
		read_component(table);
	if ((!about.subject && !about.unbound.str.size) ||
	    is_struck(table->sink->page->md, table->row.node[table->name_column]))
		return;
	state_row(table, &about, about.subject ? about.subject->kind : table->unbound_kind);
}

/* ---- keys and values ---- */

/* What a cluster has once; said without a subject, it is of the only cluster. */
static bool is_of_sole_cluster(const struct attribute *attribute)
{
	static const char *const names[] = {"vip", "dns", "pod cidr", "service cidr"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(attribute->name, names[i]) == 0)
			return true;
	return false;
}

/* A row whose first cell names an attribute of the section's subject, or of the estate; false: it does not. */
static bool read_pair(struct table *table)
{
	if (table->row.n < 2 || table->row.n > 3 || table->head_asks)
		return false;
	const struct estate *estate = table->sink->page->estate;
	struct word key = cell(table, 0);
	struct about about = {.subject = table->context.subject};
	struct label label = {0};
	if (about.subject) {
		label = label_find_for(table->sink, key.str, about.subject);
	} else if (estate) {
		label = label_find(table->sink, key.str, ENTITY_ESTATE);
		about.subject = label.attribute ? &table->sink->page->estate->entity : NULL;
		if (!label.attribute && estate->clusters.n == 1) {
			label = label_find(table->sink, key.str, ENTITY_CLUSTER);
			if (label.attribute && !label.detail.size && is_of_sole_cluster(label.attribute))
				about.subject = &estate->clusters.data[0]->entity;
		}
	}
	if (!label.attribute && table->sole) {
		label = label_find_for(table->sink, key.str, table->sole);
		about.subject = table->sole;
	}
	if (!label.attribute || !about.subject)
		return false;
	const char *why = table->context.why ? table->context.why : context_why(key.str);
	if (!why && label.attribute->type == TYPE_COUNT && about.subject == table->context.subject &&
	    section_strays(table->sink, table->node))
		why = "in a section about something else";
	state_cell(table, &about, &label, 1, why);
	return true;
}

/* `| LAN | 10.0.0.0/24 |` under heads that say nothing. */
static void read_named_value(struct table *table)
{
	struct word name = cell(table, 0);
	struct statement statement = {.subject = subject_named(table->sink, name.str, table->kinds),
				      .value = cell(table, 1),
				      .form = FORM_TABLE,
				      .why = table->context.why,
				      .block = table->node};
	if (statement.subject && !is_struck(table->sink->page->md, table->row.node[0]))
		state_by_form(table->sink, &statement);
}

/* ---- entities as columns ---- */

static void read_column_row(struct table *table)
{
	struct word key = cell(table, 0);
	const char *why = table->context.why ? table->context.why : context_why(key.str);
	for (size_t i = 1; i < table->row.n && i < table->n; i++) {
		const struct column *column = &table->columns[i];
		struct about about = {column->subject, column->unbound};
		if (!about.subject && !about.unbound.str.size)
			continue;
		struct label label = about.subject ? label_find_for(table->sink, key.str, about.subject)
						   : label_find(table->sink, key.str, table->unbound_kind);
		state_cell(table, &about, &label, i, why ? why : column->why);
	}
}

/* True when at least two heads behind the first, and half of all, name clusters, nodes, devices or networks. */
static bool has_entity_heads(struct table *table)
{
	unsigned kinds =
		KIND_BIT(ENTITY_CLUSTER) | KIND_BIT(ENTITY_NODE) | KIND_BIT(ENTITY_DEVICE) | KIND_BIT(ENTITY_NETWORK);
	size_t named = 0;
	for (size_t i = 1; i < table->n; i++) {
		table->columns[i].subject = subject_named(table->sink, table->columns[i].head.str, kinds);
		named += table->columns[i].subject != NULL;
	}
	return named >= 2 && named * 2 >= table->n - 1;
}

static bool holds_word(struct str text, const char *word)
{
	size_t at = str_find_nocase(text, str_from(word)), end = at + strlen(word);
	return at != SIZE_MAX && (at == 0 || !isalpha((unsigned char)text.data[at - 1])) &&
	       (end >= text.size || !isalpha((unsigned char)text.data[end]) || text.data[end] == 's');
}

/* Kind of thing that the heading above a table speaks of: "Cluster comparison". ENTITY_KINDS: none, or several. */
static enum entity_kind heading_kind(const struct table *table)
{
	const struct md *md = table->sink->page->md;
	const struct md_heading *heading = NULL;
	for (size_t i = 0; i < md->headings.n && md->headings.data[i].node < table->node; i++)
		heading = &md->headings.data[i];
	if (!heading)
		return ENTITY_KINDS;
	bool cluster = holds_word(heading->text, "cluster"), node = holds_word(heading->text, "node");
	return cluster == node ? ENTITY_KINDS : cluster ? ENTITY_CLUSTER : ENTITY_NODE;
}

/* Heads that name undeclared things: beside a head like "Aspect", under a heading that says what they are. */
static bool has_unbound_heads(struct table *table)
{
	if (table->n < 3 ||
	    !str_is_listed(table->columns[0].head.str,
			   "aspect|attribute|property|feature|spec|specification|parameter|item|setting"))
		return false;
	enum entity_kind kind = heading_kind(table);
	if (kind == ENTITY_KINDS)
		return false;
	for (size_t i = 1; i < table->n; i++) {
		struct word head = table->columns[i].head;
		table->columns[i].unbound = unbound_name(table->sink, head, kind);
		if (!table->columns[i].unbound.str.size || attribute_find(head.str, kind))
			return false;
	}
	table->unbound_kind = kind;
	return true;
}

/* ---- heads ---- */

/* True when what stands before the name column does not claim the row for itself. */
static bool may_lead(const struct table *table, size_t column)
{
	for (size_t i = 0; i < column; i++)
		if (!str_is_listed(str_trim(table->columns[i].head.str), "#|no|no.|nr|id|role|zone|rack|vlan"))
			return false;
	return true;
}

/* Things without a declaration are told apart only under a head that says what they are. */
static enum entity_kind unbound_kind(const struct table *table)
{
	struct str head = table->columns[table->name_column].head.str;
	if (!table->head_asks || !may_lead(table, table->name_column))
		return ENTITY_KINDS;
	if (str_is_listed(head, "node|nodes|host|hosts|hostname|host name|machine|server|servers|node name"))
		return ENTITY_NODE;
	if (str_is_listed(head, "cluster|clusters|cluster name"))
		return ENTITY_CLUSTER;
	if (str_is_listed(head, "network|networks|network name"))
		return ENTITY_NETWORK;
	return str_is_listed(head, "service|services") ? ENTITY_SERVICE : ENTITY_KINDS;
}

/* In a table of addresses, the column that says whose each is: `| Address | Network | Held by |`; n when there is none. */
static size_t holder_column(const struct table *table)
{
	const struct attribute *first = table->n ? attribute_find(table->columns[0].head.str, ENTITY_NODE) : NULL;
	size_t i = first && first->type == TYPE_ADDRESS ? 1 : table->n;
	while (i < table->n &&
	       !str_is_listed(str_trim(table->columns[i].head.str),
			      "held by|holder|owner|owned by|assigned to|used by|belongs to|assignment"))
		i++;
	return i;
}

/* "Name", first or behind a column of numbers: `| VMID | Name | Host |`; else "ID" where it is first; n when there is none. */
static size_t plain_name_column(const struct table *table)
{
	size_t i = 0;
	while (i < table->n && str_is_listed(str_trim(table->columns[i].head.str),
					     "#|no|no.|nr|nr.|id|vmid|vm id|ctid|vlan|vlan id|vid"))
		i++;
	if (i < table->n && str_is_listed(str_trim(table->columns[i].head.str), "name|vm|vm name"))
		return i;
	return table->n && str_is_listed(str_trim(table->columns[0].head.str), "name|id") ? 0 : table->n;
}

/* The column that names the rows' entities: of a table of addresses the one that says whose they are, else the first whose
 * head asks for a kind, else the first. */
static void find_name_column(struct table *table)
{
	size_t holder = holder_column(table);
	table->name_column = 0;
	if (holder < table->n) {
		table->name_column = holder;
		table->head_asks = true;
		table->kinds = KIND_BIT(ENTITY_NODE) | KIND_BIT(ENTITY_DEVICE) | KIND_BIT(ENTITY_SERVICE);
		table->unbound_kind = ENTITY_KINDS;
		return;
	}
	size_t names = plain_name_column(table);
	if (names < table->n)
		table->name_column = names;
	for (size_t i = 0; i < table->n && !table->head_asks && names == table->n; i++) {
		table->kinds = subject_kinds(table->columns[i].head.str);
		table->head_asks = table->kinds != 0;
		table->name_column = table->head_asks ? i : 0;
	}
	if (!table->head_asks)
		table->kinds = ANY_KIND & ~KIND_BIT(ENTITY_ESTATE) & ~KIND_BIT(ENTITY_GROUP);
	table->unbound_kind = unbound_kind(table);
}

static void read_heads(struct table *table, uint32_t row)
{
	struct table_row cells = table_row(table->sink->page->md, row);
	table->n = cells.n;
	for (size_t i = 0; i < cells.n; i++) {
		table->columns[i] = (struct column){.head = table_cell(table->sink, cells.node[i])};
		table->columns[i].why = context_why(table->columns[i].head.str);
	}
	find_name_column(table);
	table->by_column = has_entity_heads(table) || has_unbound_heads(table);
}

enum { SOLE_KEYS = 3 };

/* The only cluster of the estate, when a table of keys and values in a section of the estate or of nobody has three keys that
 * name attributes of a cluster, and no heading names something undeclared. */
static struct entity *sole_cluster(const struct table *table)
{
	const struct md *md = table->sink->page->md;
	const struct estate *estate = table->sink->page->estate;
	const struct entity *subject = table->context.subject;
	enum entity_kind kind = ENTITY_KINDS;
	if (!estate || estate->clusters.n != 1 || (subject && subject->kind != ENTITY_ESTATE) || table->head_asks ||
	    table->n != 2)
		return NULL;
	struct entity *cluster = &estate->clusters.data[0]->entity;
	size_t n = 0;
	for (uint32_t row = md_first(md, table->node); row; row = md_next(md, row, md->nodes[table->node].end)) {
		uint32_t first = md->nodes[row].flags & MD_HEADER ? 0 : md_first(md, row);
		struct str key = first ? str_trim(md_plain(table->sink->arena, md, first)) : STR_NONE;
		n += key.size && label_find_for(table->sink, key, cluster).attribute;
	}
	bool is_foreign = !subject && unbound_section(table->sink, table->node, &kind).str.size > 0;
	return n >= SOLE_KEYS && !is_foreign ? cluster : NULL;
}

/* `table` is room that the tables of a page share; read_heads sets the columns that a table has. */
static void read_table(struct table *table, uint32_t node)
{
	struct fact_sink *sink = table->sink;
	const struct md *md = sink->page->md;
	table->node = node;
	table->n = table->name_column = 0;
	table->kinds = 0;
	table->head_asks = table->by_column = false;
	table->unbound_kind = ENTITY_ESTATE;
	table->sole = NULL;
	table->context = context_at(sink, node);
	for (uint32_t row = md_first(md, node); row; row = md_next(md, row, md->nodes[node].end)) {
		if (md->nodes[row].flags & MD_HEADER) {
			read_heads(table, row);
			table->sole = sole_cluster(table);
			continue;
		}
		table->row = table_row(md, row);
		for (size_t i = 0; i < table->row.n; i++)
			table->have[i] = false;
		if (!table->row.n)
			continue;
		if (table->by_column)
			read_column_row(table);
		else if (!read_pair(table)) {
			read_row(table);
			if (table->row.n == 2 && !table->head_asks)
				read_named_value(table);
		}
	}
}

static void find(struct fact_sink *sink, const struct model *model, struct page *page)
{
	(void)model;
	if (!page->md->has_table)
		return;
	struct table *table = NEW(sink->arena, struct table);
	table->sink = sink;
	for (uint32_t i = 0; i < page->md->n; i++)
		if (page->md->nodes[i].kind == MD_TABLE)
			read_table(table, i);
}

const struct form form_table = {.name = "table", .find = find, .without_estate = true};
