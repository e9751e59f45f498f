/* output-collision: two sources that want one output path. */
#include "check/check.h"

struct claims {
	struct check *check;
	struct map by_url; /* lower case -> struct claim * */
};

struct claim {
	struct str url;
	struct str what;
	struct span span;
};

/* Pages that every site has. */
static const char *const own[] = {"404.html", "findings.html", "onboarding.html", "search.html", "diagrams.html"};

static void add(struct claims *claims, struct str url, struct str what, struct span span)
{
	struct check *check = claims->check;
	if (!url.size)
		return;
	struct str key = utf8_lower(check->arena, url);
	const struct claim *other = map_find(&claims->by_url, key);
	if (!other) {
		struct claim *claim = NEW(check->arena, struct claim);
		*claim = (struct claim){url, what, span};
		map_put(&claims->by_url, key, claim);
		return;
	}
	bool same = str_eq(other->url, url);
	struct diag *diag =
		check_report(check, span, STR_FMT " and " STR_FMT " both become " STR_FMT "%s", STR_ARG(what),
			     STR_ARG(other->what), STR_ARG(url), same ? "" : ", but for letter case");
	if (!span_is_none(other->span))
		check_note(check, diag, other->span, "the other one");
	check_help(check, diag, "rename one of them");
	check_key(check, diag, key);
}

static void add_entity(struct claims *claims, const struct entity *entity)
{
	struct check *check = claims->check;
	struct str what =
		str_format(check->arena, "%s " STR_FMT, entity_kind_name(entity->kind), STR_ARG(entity->id.str));
	const struct claim *other = map_find(&claims->by_url, utf8_lower(check->arena, entity->url));
	if (other && str_eq_nocase(other->what, what))
		return; /* topology-duplicate-id tells of it */
	add(claims, entity->url, what, entity->id.span);
}

static void add_estate(struct claims *claims, const struct estate *estate)
{
	add_entity(claims, &estate->entity);
	for (size_t i = 0; i < estate->networks.n; i++)
		add_entity(claims, &estate->networks.data[i]->entity);
	for (size_t i = 0; i < estate->clusters.n; i++) {
		const struct cluster *cluster = estate->clusters.data[i];
		add_entity(claims, &cluster->entity);
		for (size_t k = 0; k < cluster->nodes.n; k++)
			add_entity(claims, &cluster->nodes.data[k]->entity);
	}
	for (size_t i = 0; i < estate->devices.n; i++)
		add_entity(claims, &estate->devices.data[i]->entity);
	for (size_t i = 0; i < estate->services.n; i++)
		add_entity(claims, &estate->services.data[i]->entity);
}

static void run(struct check *check)
{
	const struct model *model = check->model;
	struct claims claims = {.check = check, .by_url = {.arena = check->arena}};
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		add(&claims, str_from(own[i]), STR("the site's own page"), SPAN_NONE);
	for (size_t i = 0; i < model->pages.n; i++) {
		const struct page *page = model->pages.data[i];
		add(&claims, page->url, page->source->path, (struct span){page->source->id, 0, 0});
	}
	for (size_t i = 0; i < model->estates.n; i++)
		add_estate(&claims, model->estates.data[i]);
}

const struct rule rule_output_collision = {
	.name = "output-collision",
	.severity = SEVERITY_ERROR,
	.group = "text",
	.summary = "two sources that become one file of the site",
	.explain = "Paths of the site mirror the sources, so two sources can want one path: content/a.md and a.md, "
		   "Setup.md and setup.md, two ids that differ in a character that file names do not have, a "
		   "document named as one of the site's own pages. Letter case does not tell them apart, because on "
		   "many file systems it does not. A README.md beside an index.md is fine.",
	.example = "docs/Setup.md and docs/setup.md",
	.cure = "Rename one of them.",
	.run = run,
};
