/* `nav_order:` of front matter: pages that have one stand first among their siblings, by it; the others stay as they are. */
#include "render/pages.h"

struct sibling {
	uint32_t node, at;
	long long order;
	bool has_order;
};

/* What the generators of sites call it: Just the Docs, Docusaurus, Hugo. */
static const char *const keys[] = {"nav_order", "sidebar_position", "weight"};

static void read_order(const struct site *site, struct sibling *place)
{
	const struct nav_node *node = &site->nav->nodes.data[place->node];
	const struct site_page *page = node->url.size ? map_find(&site->nav->page_by_url, node->url) : NULL;
	const struct md *md = page && page->of ? page->of->md : NULL;
	for (size_t i = 0; md && i < sizeof keys / sizeof *keys && !place->has_order; i++) {
		const struct fm_field *field = fm_find(&md->front, keys[i]);
		place->has_order = field && str_to_number(field->value.str, &place->order);
	}
}

static int sibling_cmp(const void *a, const void *b)
{
	const struct sibling *x = a, *y = b;
	if (x->has_order != y->has_order)
		return x->has_order ? -1 : 1;
	if (x->has_order && x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return x->at < y->at ? -1 : 1;
}

static void link_children(struct site *site, struct nav_node *parent, const struct sibling *places, uint32_t n)
{
	struct nav_node *nodes = site->nav->nodes.data;
	parent->first_child = places[0].node;
	parent->last_child = places[n - 1].node;
	for (uint32_t i = 0; i < n; i++) {
		struct nav_node *node = &nodes[places[i].node];
		node->at = i;
		node->previous_sibling = i ? places[i - 1].node : NAV_NONE;
		node->next_sibling = i + 1 < n ? places[i + 1].node : NAV_NONE;
	}
}

void nav_sort(struct site *site)
{
	struct arena *arena = arena_new();
	for (uint32_t i = 0; i < site->nav->nodes.n; i++) {
		struct nav_node *parent = &site->nav->nodes.data[i];
		struct sibling *places = NEW_ARRAY(arena, struct sibling, parent->n_children + 1);
		uint32_t n = 0;
		bool any = false;
		for (uint32_t k = parent->first_child; k != NAV_NONE; k = site->nav->nodes.data[k].next_sibling) {
			places[n] = (struct sibling){.node = k, .at = n};
			read_order(site, &places[n]);
			any |= places[n++].has_order;
		}
		if (!any)
			continue;
		qsort(places, n, sizeof *places, sibling_cmp);
		link_children(site, parent, places, n);
	}
	arena_free(arena);
}
