/* anchor-dialect: an anchor that only another renderer's rules would make. */
#include "check/check.h"

/* Anchors as other renderers make them, out of GitHub's for the same heading. Only such as are sure; `anchors:` may
 * name more. */

static struct str collapsed(struct arena *arena, struct str slug, bool keep_ends)
{
	char *out = arena_alloc(arena, slug.size + 1);
	size_t size = 0;
	for (size_t i = 0; i < slug.size; i++)
		if (slug.data[i] != '-' || ((size || keep_ends) && (!size || out[size - 1] != '-')))
			out[size++] = slug.data[i];
	while (!keep_ends && size && out[size - 1] == '-')
		size--;
	return (struct str){out, size};
}

static struct str ascii_only(struct arena *arena, struct str slug)
{
	char *out = arena_alloc(arena, slug.size + 1);
	size_t size = 0;
	for (size_t i = 0; i < slug.size; i++)
		if ((unsigned char)slug.data[i] < 128)
			out[size++] = slug.data[i];
	return (struct str){out, size};
}

static struct str slug_mkdocs(struct arena *arena, struct str slug)
{
	return collapsed(arena, ascii_only(arena, utf8_fold(arena, slug)), false);
}

static struct str slug_jekyll(struct arena *arena, struct str slug)
{
	slug = str_replace(arena, ascii_only(arena, slug), STR("_"), STR(""));
	while (slug.size && !(slug.data[0] >= 'a' && slug.data[0] <= 'z'))
		slug = str_from_off(slug, 1);
	return slug;
}

static struct str slug_gitlab(struct arena *arena, struct str slug)
{
	return collapsed(arena, slug, true);
}

static struct str slug_docsify(struct arena *arena, struct str slug)
{
	bool digit = slug.size && slug.data[0] >= '0' && slug.data[0] <= '9';
	return digit ? str_format(arena, "_" STR_FMT, STR_ARG(slug)) : slug;
}

static struct str slug_maven(struct arena *arena, struct str slug)
{
	return str_replace(arena, slug, STR("-"), STR("_"));
}

static const struct renderer {
	const char *value; /* of `anchors:` */
	const char *name;
	char joint; /* before the number of a repetition */
	struct str (*slug)(struct arena *arena, struct str slug);
} renderers[] = {
	{"mkdocs", "MkDocs", '_', slug_mkdocs}, {"jekyll", "Jekyll", '-', slug_jekyll},
	{"gitlab", "GitLab", '-', slug_gitlab}, {"docsify", "Docsify", '-', slug_docsify},
	{"maven", "Maven", '_', slug_maven},
};

static const struct md_heading *heading_of(const struct link *link)
{
	const struct md *md = link->page ? link->page->md : NULL;
	for (size_t i = 0; md && i < md->headings.n; i++)
		if (str_eq(md->headings.data[i].anchor, link->suggestion))
			return &md->headings.data[i];
	return NULL;
}

/* {#id} behind the heading, which every renderer but GitHub's reads. */
static bool is_explicit(const struct md_heading *heading, struct str anchor)
{
	size_t open = str_rfind_char(heading->text, '{');
	size_t at = open == SIZE_MAX ? open : str_find(str_from_off(heading->text, open), STR("#"));
	return at != SIZE_MAX && str_starts(str_from_off(heading->text, open + at + 1), anchor);
}

/* The renderer that makes this anchor, or NULL when it is not known. */
static const struct renderer *find_renderer(struct check *check, const struct link *link)
{
	const struct md_heading *heading = heading_of(link);
	if (!heading)
		return NULL;
	if (is_explicit(heading, link->anchor))
		return &renderers[0];
	struct str base = utf8_slug(check->arena, heading->text), number = STR_NONE;
	if (str_starts(heading->anchor, base))
		number = str_from_off(heading->anchor, base.size);
	for (size_t i = 0; i < sizeof renderers / sizeof *renderers; i++) {
		struct str slug = renderers[i].slug(check->arena, base);
		if (number.size > 1)
			slug = str_format(check->arena, STR_FMT "%c" STR_FMT, STR_ARG(slug), renderers[i].joint,
					  STR_ARG(str_from_off(number, 1)));
		if (slug.size && str_eq_nocase(slug, link->anchor))
			return &renderers[i];
	}
	return NULL;
}

static void tell_cure(struct check *check, struct diag *diag, const struct link *link)
{
	struct str configured = check->config->anchors.str;
	if (configured.size && !str_eq_nocase(configured, STR("github"))) {
		check_help(check, diag, "write #" STR_FMT, STR_ARG(link->suggestion));
		return;
	}
	const struct renderer *renderer = find_renderer(check, link);
	if (renderer)
		check_help(check, diag,
			   "write #" STR_FMT ", or set `anchors: %s` in lintel.yaml when the site is made by %s",
			   STR_ARG(link->suggestion), renderer->value, renderer->name);
	else
		check_help(check, diag,
			   "write #" STR_FMT ", or set `anchors:` in lintel.yaml to what makes the site: mkdocs, "
			   "mkdocs-unicode, jekyll, gitlab, vitepress, docsify or maven",
			   STR_ARG(link->suggestion));
}

static void report(struct check *check, const struct link *link)
{
	struct diag *diag = check_report(
		check, link->span, "the heading's anchor is #" STR_FMT " on the forge and on this site, not #" STR_FMT,
		STR_ARG(link->suggestion), STR_ARG(link->anchor));
	struct str written = span_text(check->sources, link->span);
	struct str fragment = str_from_off(link->target, str_find_char(link->target, '#') + 1);
	tell_cure(check, diag, link);
	if (str_eq(written, link->target) && utf8_invalid_at(link->suggestion) == SIZE_MAX) {
		uint32_t size = (uint32_t)fragment.size;
		struct span span = {link->span.source, link->span.off + link->span.size - size, size};
		check_fix(check, diag, span, link->suggestion);
	}
	check_key(check, diag, link->target);
}

static void run(struct check *check)
{
	const struct model *model = check->model;
	for (size_t i = 0; i < model->pages.n; i++) {
		const struct page *page = model->pages.data[i];
		for (size_t k = 0; k < page->links.n; k++)
			if (page->links.data[k].state == LINK_MISSING_ANCHOR && page->links.data[k].other_dialect)
				report(check, &page->links.data[k]);
	}
}

const struct rule rule_anchor_dialect = {
	.name = "anchor-dialect",
	.severity = SEVERITY_WARNING,
	.group = "links",
	.summary = "an anchor that only another renderer's rules would make",
	.explain =
		"Python-Markdown (MkDocs), kramdown (Jekyll), GitLab, VitePress, Docsify and Doxia each make "
		"anchors by rules of their own: a row of hyphens becomes one, a leading emoji leaves none behind, "
		"{#id} names the heading. Such a link works in that site and is dead on the forge. With "
		"`anchors:` in lintel.yaml the named dialect is good too. Without it, links between pages below a folder with "
		"mkdocs.yml, _config.yml, docusaurus.config.* or .vitepress/config.* may be those of that renderer.",
	.example = "[Design](#design-goals) for the heading \"Design & goals\", whose anchor is #design--goals",
	.cure = "Write the forge's anchor, or set `anchors: mkdocs` (or the renderer that is used).",
	.run = run,
};
