/* Templates: read and checked once, then run for each page. A name nobody knows is an error at once. */
#include "render/pages.h"

enum { MAX_DEPTH = 16 };

struct view *view_new(struct arena *arena)
{
	struct view *view = NEW(arena, struct view);
	view->arena = arena;
	return view;
}

/* ---- checking ---- */

struct scopes {
	struct str section[MAX_DEPTH];
	size_t n;
	unsigned partials; /* depth */
};

static const struct template_name *name_find(const struct scopes *scopes, struct str name)
{
	for (size_t s = scopes->n + 1; s-- > 0;)
		for (size_t i = 0; i < n_template_names; i++)
			if (str_is(name, template_names[i].name) &&
			    str_is(s ? scopes->section[s - 1] : STR(""), template_names[i].section))
				return &template_names[i];
	return NULL;
}

static void fail_at(struct site *site, const struct template *template, const struct template_node *node,
		    const char *why)
{
	if (site->error.size)
		return;
	/* A template is no source of the workspace: its place is counted in its own text. */
	struct str text = template_file(site, site->arena, template->name);
	struct str before = str_sub(text, 0, node->span.off);
	unsigned line = 1;
	size_t start = 0;
	for (size_t i = 0; i < before.size; i++)
		if (before.data[i] == '\n') {
			line++;
			start = i + 1;
		}
	site->error = str_format(site->arena, STR_FMT ":%u:%zu: {{" STR_FMT "}}: %s", STR_ARG(template->name), line,
				 before.size - start + 1, STR_ARG(node->text), why);
}

static void check_nodes(struct site *site, const struct template *template, size_t from, size_t to,
			struct scopes scopes);

static void check_section(struct site *site, const struct template *template, size_t at, struct scopes scopes)
{
	const struct template_node *node = &template->nodes[at];
	const struct template_name *name = name_find(&scopes, node->text);
	if (!name) {
		fail_at(site, template, node, "no such name");
		return;
	}
	if (scopes.n == MAX_DEPTH) {
		fail_at(site, template, node, "sections are nested too deep");
		return;
	}
	if (name->kind == FIELD_LIST && node->op == TEMPLATE_SECTION)
		scopes.section[scopes.n++] = node->text;
	check_nodes(site, template, at + 1, node->end, scopes);
}

static void check_partial(struct site *site, const struct template *template, size_t at, struct scopes scopes)
{
	const struct template_node *node = &template->nodes[at];
	struct str file = str_format(site->arena, STR_FMT ".html", STR_ARG(node->text));
	const struct template *partial = map_find(&site->templates, file);
	if (!partial)
		fail_at(site, template, node, "no such template");
	else if (++scopes.partials == MAX_DEPTH)
		fail_at(site, template, node, "templates include each other without end");
	else
		check_nodes(site, partial, 0, partial->n, scopes);
}

static void check_nodes(struct site *site, const struct template *template, size_t from, size_t to,
			struct scopes scopes)
{
	for (size_t i = from; i < to && !site->error.size; i++) {
		const struct template_node *node = &template->nodes[i];
		const struct template_name *name = NULL;
		switch (node->op) {
		case TEMPLATE_TEXT: break;
		case TEMPLATE_SECTION:
		case TEMPLATE_INVERTED:
			check_section(site, template, i, scopes);
			i = node->end - 1;
			break;
		case TEMPLATE_PARTIAL: check_partial(site, template, i, scopes); break;
		case TEMPLATE_VALUE:
		case TEMPLATE_RAW:
			name = name_find(&scopes, node->text);
			if (!name)
				fail_at(site, template, node, "no such name");
			else if (name->kind == FIELD_LIST)
				fail_at(site, template, node, "is a section: write {{#name}} ... {{/name}}");
			else if (name->kind == FIELD_HTML && node->op == TEMPLATE_VALUE)
				fail_at(site, template, node, "is HTML: write it in three braces");
			else if (name->kind == FIELD_TEXT && node->op == TEMPLATE_RAW)
				fail_at(site, template, node, "is text: write it in two braces");
			break;
		}
	}
}

/* ---- reading ---- */

struct str template_file(const struct site *site, struct arena *arena, struct str name)
{
	struct str folder = site->config->templates.str;
	if (folder.size && site->model->loaded && site->model->loaded->tree) {
		struct str path = path_join(arena, folder, name);
		struct file_content content =
			tree_read(site->model->loaded->tree, arena, path, site->config->limits.file_bytes);
		if (content.state == FILE_OK)
			return content.bytes.data ? content.bytes : STR("");
	}
	for (size_t i = 0; i < n_built_ins; i++)
		if (str_is(name, built_ins[i].name))
			return (struct str){(const char *)built_ins[i].data, built_ins[i].size};
	return STR_NONE;
}

static void template_read(struct site *site, struct str name)
{
	struct str error = {0};
	if (map_has(&site->templates, name))
		return;
	struct str text = template_file(site, site->arena, name);
	struct template *template = template_parse(site->arena, name, text, &error);
	if (template)
		map_put(&site->templates, name, template);
	else if (!site->error.size)
		site->error = error;
}

/* Templates that only the workspace has: partials of its own. */
static void read_own_templates(struct site *site)
{
	struct str folder = site->config->templates.str;
	struct listing *listing = folder.size && site->model->loaded ? site->model->loaded->listing : NULL;
	if (!listing)
		return;
	for (size_t i = 0; i < listing->list.n; i++) {
		const struct entry *entry = &listing->list.data[i];
		struct str in = path_normal(site->arena, folder);
		if (entry->kind == ENTRY_FILE && str_eq(path_dir(entry->path), in) &&
		    str_ends(entry->path, STR(".html")))
			template_read(site, path_base(entry->path));
	}
}

void templates_read(struct site *site)
{
	site->templates.arena = site->arena;
	for (size_t i = 0; i < n_built_ins; i++) {
		struct str name = str_from(built_ins[i].name);
		if (str_ends(name, STR(".html")))
			template_read(site, name);
	}
	read_own_templates(site);
	for (size_t i = 0; i < site->templates.n && !site->error.size; i++) {
		const struct template *template = site->templates.items[i].value;
		bool is_page = str_is(template->name, "page.html");
		if (is_page)
			check_nodes(site, template, 0, template->n, (struct scopes){0});
	}
	if (site->error.size && site->config->templates.str.size)
		site->error = str_format(site->arena, STR_FMT "/" STR_FMT, STR_ARG(site->config->templates.str),
					 STR_ARG(site->error));
}

/* ---- running ---- */

struct run {
	const struct site *site;
	struct buf *out;
	const struct view *views[MAX_DEPTH + 1];
	size_t n;
};

static const struct field *field_find(const struct run *run, struct str name)
{
	for (size_t v = run->n; v-- > 0;)
		for (size_t i = 0; i < run->views[v]->fields.n; i++)
			if (str_eq(name, run->views[v]->fields.data[i].name))
				return &run->views[v]->fields.data[i];
	return NULL;
}

static bool field_is_set(const struct field *field)
{
	return field && (field->kind == FIELD_LIST ? field->n > 0 : field->text.size > 0);
}

static void run_nodes(struct run *run, const struct template *template, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const struct template_node *node = &template->nodes[i];
		const struct field *field =
			node->op == TEMPLATE_TEXT || node->op == TEMPLATE_PARTIAL ? NULL : field_find(run, node->text);
		struct str file;
		char room[256];
		switch (node->op) {
		case TEMPLATE_TEXT: html_raw(run->out, node->text); break;
		case TEMPLATE_VALUE: html_text(run->out, field ? field->text : STR_NONE); break;
		case TEMPLATE_RAW: html_raw(run->out, field ? field->text : STR_NONE); break;
		case TEMPLATE_PARTIAL:
			snprintf(room, sizeof room, STR_FMT ".html", STR_ARG(str_sub(node->text, 0, 240)));
			file = str_from(room);
			const struct template *partial = map_find(&run->site->templates, file);
			if (partial)
				run_nodes(run, partial, 0, partial->n);
			break;
		case TEMPLATE_INVERTED:
			if (!field_is_set(field))
				run_nodes(run, template, i + 1, node->end);
			i = node->end - 1;
			break;
		case TEMPLATE_SECTION:
			if (field_is_set(field) && field->kind != FIELD_LIST)
				run_nodes(run, template, i + 1, node->end);
			for (size_t k = 0; field && field->kind == FIELD_LIST && k < field->n && run->n <= MAX_DEPTH;
			     k++) {
				run->views[run->n++] = field->items[k];
				run_nodes(run, template, i + 1, node->end);
				run->n--;
			}
			i = node->end - 1;
			break;
		}
	}
}

void template_run(const struct site *site, const char *name, const struct view *view, struct buf *out)
{
	const struct template *template = map_find(&site->templates, str_from(name));
	struct run run = {.site = site, .out = out, .views = {view}, .n = 1};
	if (template)
		run_nodes(&run, template, 0, template->n);
}
