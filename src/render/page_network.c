/* Pages of networks: what they are, and a map of the addresses used and free. */
#include "render/address_map.h"

enum { ROWS_SHOWN = 600 };

static const char *const use_names[] = {
	[USE_NODE] = "node",     [USE_VIP] = "virtual address", [USE_DNS] = "cluster DNS",
	[USE_DEVICE] = "device", [USE_SERVICE] = "service",     [USE_GATEWAY] = "gateway",
};

/* By start, the wider first. */
static int stretch_cmp(const void *a, const void *b)
{
	const struct stretch *x = a, *y = b;
	int order = address_cmp(x->from, y->from);
	return order ? order : address_cmp(y->to, x->to);
}

static bool is_in(struct prefix prefix, struct address_range range)
{
	return prefix_contains(prefix, range.from) && prefix_contains(prefix, range.to);
}

static struct stretches find_stretches(struct arena *arena, const struct site *site, const struct network *network,
				       struct prefix prefix)
{
	struct stretches found = {0};
	const struct entity_links *links = links_of(site, &network->entity);
	for (size_t i = 0; i < links->addresses.n; i++) {
		const struct address_use *use = &links->addresses.data[i];
		if (prefix_contains(prefix, use->value->address))
			vec_add(arena, &found.list,
				(struct stretch){use->value->address, use->value->address, "address",
						 use->use == USE_VIP ? use->value->label.str : STR_NONE, use->owner,
						 use_names[use->use]});
	}
	for (size_t i = 0; i < network->ranges.n; i++) {
		const struct range_value *range = &network->ranges.data[i];
		if (range->valid && is_in(prefix, range->range))
			vec_add(arena, &found.list,
				(struct stretch){range->range.from, range->range.to, "range",
						 range->kind.str.size ? range->kind.str : range->id.str, NULL,
						 "range"});
	}
	for (size_t i = 0; i < links->networks.n; i++) {
		for (size_t k = 0; k < links->networks.data[i]->cidrs.n; k++) {
			const struct prefix_value *cidr = &links->networks.data[i]->cidrs.data[k];
			struct address_range range = {prefix_first(cidr->prefix), prefix_last(cidr->prefix)};
			if (cidr->valid && is_in(prefix, range))
				vec_add(arena, &found.list,
					(struct stretch){range.from, range.to, "network", cidr->word.str,
							 &links->networks.data[i]->entity, "network"});
		}
	}
	if (prefix.base.family == 4 && prefix.bits < 31) {
		struct address first = prefix_first(prefix), last = prefix_last(prefix);
		vec_add(arena, &found.list,
			(struct stretch){first, first, "reserved", STR_NONE, NULL, "network address"});
		vec_add(arena, &found.list,
			(struct stretch){last, last, "reserved", STR_NONE, NULL, "broadcast address"});
	}
	if (found.list.n)
		qsort(found.list.data, found.list.n, sizeof *found.list.data, stretch_cmp);
	return found;
}

/* ---- the table ---- */

static void write_span(struct writer *writer, struct address from, struct address to)
{
	buf_adds(writer->out, "<code>");
	html_text(writer->out, address_format(writer->arena, from));
	if (!address_eq(from, to)) {
		buf_adds(writer->out, " \xe2\x80\x93 ");
		html_text(writer->out, address_format(writer->arena, to));
	}
	buf_adds(writer->out, "</code>");
}

static void write_count(struct writer *writer, struct address from, struct address to)
{
	uint64_t n = address_distance(from, to);
	if (n == UINT64_MAX)
		buf_adds(writer->out, "<td class=\"number\">over 10<sup>19</sup></td>");
	else
		buf_addf(writer->out, "<td class=\"number\">%llu</td>", (unsigned long long)n);
}

static void write_free(struct writer *writer, struct address from, struct address to)
{
	buf_adds(writer->out, "<tr class=\"free\"><td>");
	write_span(writer, from, to);
	buf_adds(writer->out, "</td>");
	write_count(writer, from, to);
	buf_adds(writer->out, "<td>free</td><td></td></tr>\n");
}

static void write_stretch(struct writer *writer, const struct stretch *stretch, bool is_inside)
{
	buf_addf(writer->out, "<tr class=\"%s%s\"><td>", stretch->kind, is_inside ? " inside" : "");
	write_span(writer, stretch->from, stretch->to);
	buf_adds(writer->out, "</td>");
	write_count(writer, stretch->from, stretch->to);
	buf_addf(writer->out, "<td>%s</td><td>", stretch->use);
	if (stretch->owner)
		write_entity(writer, stretch->owner);
	if (stretch->note.size) {
		buf_adds(writer->out, stretch->owner ? " <span class=\"hint\">" : "<span>");
		html_text(writer->out, stretch->note);
		buf_adds(writer->out, "</span>");
	}
	buf_adds(writer->out, "</td></tr>\n");
}

static void write_map(struct writer *writer, struct prefix prefix, const struct stretches *stretches)
{
	static const char *const heads[] = {"Addresses", "Count", "Use", "Of"};
	struct address next = prefix_first(prefix), last = prefix_last(prefix);
	bool is_full = false;
	/* What is free of an IPv6 network is beyond counting: it is a list of what is used. */
	bool has_free = prefix.base.family == 4 || prefix.bits >= 112;
	size_t i = 0;
	if (!has_free && !stretches->list.n)
		return;
	begin_table(writer, "Address map", heads, sizeof heads / sizeof *heads);
	for (; i < stretches->list.n && i < ROWS_SHOWN; i++) {
		const struct stretch *stretch = &stretches->list.data[i];
		int gap = is_full ? -1 : address_cmp(stretch->from, next);
		if (gap > 0 && has_free) {
			struct address end = next;
			/* The address before `from`: stretches are of one family, so bytes are counted down. */
			end = stretch->from;
			for (int b = end.family == 4 ? 3 : 15; b >= 0 && end.bytes[b]-- == 0; b--)
				continue;
			write_free(writer, next, end);
		}
		write_stretch(writer, stretch, gap < 0);
		if (!is_full && address_cmp(stretch->to, next) >= 0) {
			is_full = address_eq(stretch->to, last);
			next = address_next(stretch->to);
		}
	}
	if (i == stretches->list.n && !is_full && has_free)
		write_free(writer, next, last);
	end_table(writer);
	if (i < stretches->list.n)
		buf_addf(writer->out, "<p class=\"hint\">and %zu more</p>\n", stretches->list.n - i);
}

static void write_summary(struct writer *writer, struct prefix prefix, const struct stretches *stretches)
{
	size_t used = 0, ranges = 0, networks = 0;
	for (size_t i = 0; i < stretches->list.n; i++) {
		const char *kind = stretches->list.data[i].kind;
		bool repeated = i && address_eq(stretches->list.data[i].from, stretches->list.data[i - 1].from);
		used += strcmp(kind, "address") == 0 && !repeated;
		ranges += strcmp(kind, "range") == 0;
		networks += strcmp(kind, "network") == 0;
	}
	uint64_t size = prefix_size(prefix);
	if (size == UINT64_MAX)
		buf_adds(writer->out, "<p>More than 10<sup>19</sup> addresses: ");
	else
		buf_addf(writer->out, "<p>%llu addresses: ", (unsigned long long)size);
	buf_addf(writer->out, "%zu used", used);
	if (ranges)
		buf_addf(writer->out, ", %zu range%s", ranges, ranges == 1 ? "" : "s");
	if (networks)
		buf_addf(writer->out, ", %zu network%s inside", networks, networks == 1 ? "" : "s");
	buf_adds(writer->out, ".</p>\n");
}

static void write_maps(struct writer *writer, const struct network *network)
{
	for (size_t i = 0; i < network->cidrs.n; i++) {
		if (!network->cidrs.data[i].valid)
			continue;
		struct prefix prefix = prefix_network(network->cidrs.data[i].prefix);
		struct stretches stretches = find_stretches(writer->arena, writer->site, network, prefix);
		struct str text = network->cidrs.n == 1 ? STR("Address map")
							: str_format(writer->arena, "Address map of " STR_FMT,
								     STR_ARG(network->cidrs.data[i].word.str));
		write_heading(writer, 2, text, utf8_slug(writer->arena, text));
		write_summary(writer, prefix, &stretches);
		address_map_write(writer, prefix, &stretches);
		write_map(writer, prefix, &stretches);
	}
}

/* ---- the page ---- */

static void write_members(struct writer *writer, const struct network *network)
{
	const struct entity_links *links = links_of(writer->site, &network->entity);
	if (links->clusters.n) {
		begin_fact(writer, links->clusters.n == 1 ? "Cluster" : "Clusters");
		for (size_t i = 0; i < links->clusters.n; i++) {
			buf_adds(writer->out, i ? ", " : "");
			write_entity(writer, &links->clusters.data[i]->entity);
		}
		end_fact(writer);
	}
	if (links->networks.n) {
		begin_fact(writer, "Networks inside");
		for (size_t i = 0; i < links->networks.n; i++) {
			buf_adds(writer->out, i ? ", " : "");
			write_entity(writer, &links->networks.data[i]->entity);
		}
		end_fact(writer);
	}
}

void network_body(struct writer *writer, const void *what)
{
	static const char *const kinds[] = {
		[NETWORK_PLAIN] = "",
		[NETWORK_POD] = "pods",
		[NETWORK_SERVICE] = "services",
		[NETWORK_NODE] = "nodes",
	};
	const struct network *network = what;
	write_title(writer, "Network", entity_title(&network->entity));
	write_description(writer, &network->entity);
	begin_facts(writer);
	if (network->cidrs.n) {
		begin_fact(writer, network->cidrs.n == 1 ? "Prefix" : "Prefixes");
		for (size_t i = 0; i < network->cidrs.n; i++) {
			buf_adds(writer->out, i ? ", <code>" : "<code>");
			html_text(writer->out, network->cidrs.data[i].word.str);
			buf_adds(writer->out, "</code>");
		}
		end_fact(writer);
	}
	write_fact_text(writer, "Purpose", network->purpose.str);
	write_fact_text(writer, "For", str_from(kinds[network->kind]));
	if (network->parent.entity) {
		begin_fact(writer, "Part of");
		write_entity(writer, network->parent.entity);
		end_fact(writer);
	}
	write_members(writer, network);
	write_addresses(writer, network->gateways.n == 1 ? "Gateway" : "Gateways", network->gateways.data,
			network->gateways.n);
	write_fact_text(writer, "VLAN", network->vlan.str);
	write_fact_text(writer, "MTU", network->mtu.str);
	write_fact_text(writer, "Bridge", network->bridge.str);
	write_fact_text(writer, "Site", network->site.str);
	write_entity_facts(writer, &network->entity);
	end_facts(writer);
	write_drawing(writer, site_drawing(writer->site, &network->entity), STR_NONE);
	write_maps(writer, network);
	write_connections(writer, &network->entity);
	write_stated(writer, &network->entity);
}
