/* Every name that a topology declares, A to Z: what it is, and where it is described. */
#include "render/pages.h"

/* Names on one page; more of them are spread over several. */
enum { NAMES_OF_PAGE = 300 };

struct name {
	struct str text, key; /* key: folded, for the order */
	const struct entity *entity;
	bool is_alias;
};

struct names {
	VEC(struct name) list;
};

/* A stretch of the names, in order. */
struct names_part {
	const struct name *names;
	size_t n;
};

struct names_index {
	struct names_part *parts;
	struct site_page **pages; /* of each part */
	size_t n_parts;
};

static void add_entity(const struct site *site, struct entity_list *entities, const struct entity *entity)
{
	if (entity->url.size)
		vec_add(site->arena, &entities->list, entity);
}

struct entity_list site_entities(const struct site *site)
{
	struct entity_list entities = {0};
	for (size_t i = 0; i < site->model->estates.n; i++) {
		const struct estate *estate = site->model->estates.data[i];
		add_entity(site, &entities, &estate->entity);
		for (size_t k = 0; k < estate->clusters.n; k++) {
			const struct cluster *cluster = estate->clusters.data[k];
			add_entity(site, &entities, &cluster->entity);
			for (size_t m = 0; m < cluster->nodes.n; m++)
				add_entity(site, &entities, &cluster->nodes.data[m]->entity);
		}
		for (size_t k = 0; k < estate->networks.n; k++)
			add_entity(site, &entities, &estate->networks.data[k]->entity);
		for (size_t k = 0; k < estate->devices.n; k++)
			add_entity(site, &entities, &estate->devices.data[k]->entity);
		for (size_t k = 0; k < estate->services.n; k++)
			add_entity(site, &entities, &estate->services.data[k]->entity);
	}
	return entities;
}

static void add_name(struct site *site, struct names *names, struct str text, const struct entity *entity)
{
	bool is_alias = !str_eq(text, entity->id.str);
	if (text.size)
		vec_add(site->arena, &names->list, (struct name){text, utf8_fold(site->arena, text), entity, is_alias});
}

static int name_cmp(const void *a, const void *b)
{
	const struct name *x = a, *y = b;
	int order = str_cmp(x->key, y->key);
	return order ? order : str_cmp(x->entity->url, y->entity->url);
}

/* The letter that a name stands under; empty: a digit or sign. */
static struct str letter_of(struct arena *arena, struct str key)
{
	size_t off = 0;
	uint32_t c = key.size ? utf8_next(key, &off) : 0;
	if (c == UTF8_BAD || !utf8_is_letter(c))
		return STR_NONE;
	return off == 1 ? str_format(arena, "%c", (char)(c & ~0x20u)) : str_sub(key, 0, off);
}

static void write_name(struct writer *writer, const struct name *name)
{
	const struct entity *entity = name->entity;
	buf_adds(writer->out, "<li>");
	write_link(writer, entity->url, name->text);
	buf_adds(writer->out, " <span class=\"hint\">");
	if (name->is_alias || (entity->title.str.size && !str_eq(entity->title.str, name->text))) {
		html_text(writer->out, name->is_alias ? entity->id.str : entity->title.str);
		buf_adds(writer->out, ", ");
	}
	buf_adds(writer->out, entity_kind_name(entity->kind));
	if (writer->site->model->estates.n > 1 && entity->estate) {
		buf_adds(writer->out, ", ");
		html_text(writer->out, entity_title(&entity->estate->entity));
	}
	buf_adds(writer->out, "</span></li>\n");
}

static void write_part(struct writer *writer, const struct names_part *part)
{
	struct str letter = {0};
	bool is_open = false;
	for (size_t i = 0; i < part->n; i++) {
		struct str next = letter_of(writer->arena, part->names[i].key);
		if (!is_open || !str_eq(next, letter)) {
			buf_adds(writer->out, is_open ? "</ul>\n" : "");
			write_heading(writer, 2, next.size ? next : STR("0 to 9"),
				      next.size ? utf8_slug(writer->arena, next) : STR("digits"));
			buf_adds(writer->out, "<ul class=\"section names\">\n");
			is_open = true;
			letter = next;
		}
		write_name(writer, &part->names[i]);
	}
	buf_adds(writer->out, "</ul>\n");
}

static void part_body(struct writer *writer, const void *what)
{
	write_title(writer, "Names", writer->page->title);
	write_part(writer, what);
}

static void names_body(struct writer *writer, const void *what)
{
	const struct names_index *index = what;
	write_title(writer, "", STR("Names"));
	if (index->n_parts == 1) {
		write_part(writer, &index->parts[0]);
		return;
	}
	buf_adds(writer->out, "<ul class=\"section\">\n");
	for (size_t i = 0; i < index->n_parts; i++) {
		if (!index->pages[i])
			continue;
		buf_adds(writer->out, "<li>");
		write_link(writer, index->pages[i]->url, index->pages[i]->title);
		buf_addf(writer->out, " <span class=\"hint\">%zu</span></li>\n", index->parts[i].n);
	}
	buf_adds(writer->out, "</ul>\n");
}

static void plan_part(struct site *site, struct names_index *index, size_t i, const struct name *names, size_t n)
{
	struct arena *arena = site->arena;
	index->parts[i] = (struct names_part){names, n};
	if (index->n_parts == 1)
		return;
	struct str title =
		str_format(arena, STR_FMT " \xe2\x80\x93 " STR_FMT, STR_ARG(names[0].text), STR_ARG(names[n - 1].text));
	index->pages[i] = page_add(site, (struct site_page){.url = str_format(arena, "names/%zu.html", i + 1),
							    .title = title,
							    .kind = "names",
							    .body = part_body,
							    .what = &index->parts[i]});
}

void plan_names(struct site *site)
{
	struct names names = {0};
	struct entity_list entities = site_entities(site);
	for (size_t i = 0; i < entities.list.n; i++) {
		const struct entity *entity = entities.list.data[i];
		add_name(site, &names, entity->id.str, entity);
		for (size_t k = 0; k < entity->aliases.n; k++)
			add_name(site, &names, entity->aliases.data[k].str, entity);
	}
	if (!names.list.n || map_has(&site->nav->page_by_url, STR("names/index.html")))
		return;
	qsort(names.list.data, names.list.n, sizeof *names.list.data, name_cmp);
	struct names_index *index = NEW(site->arena, struct names_index);
	index->n_parts = (names.list.n + NAMES_OF_PAGE - 1) / NAMES_OF_PAGE;
	index->parts = NEW_ARRAY(site->arena, struct names_part, index->n_parts);
	index->pages = NEW_ARRAY(site->arena, struct site_page *, index->n_parts);
	page_add(site, (struct site_page){.url = STR("names/index.html"),
					  .title = STR("Names"),
					  .kind = "names",
					  .description = STR("Every name of the topology, A to Z"),
					  .body = names_body,
					  .what = index});
	for (size_t i = 0; i < index->n_parts; i++) {
		size_t first = i * NAMES_OF_PAGE, left = names.list.n - first;
		plan_part(site, index, i, &names.list.data[first], left < NAMES_OF_PAGE ? left : NAMES_OF_PAGE);
	}
}
