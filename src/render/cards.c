/* Cards: what a mention tells of its thing without a click. They are titles of links, so that they need no script. */
#include "render/pages.h"

bool take_card(struct writer *writer, const void *of)
{
	static char card[] = "card";
	struct str key = {(const char *)&of, sizeof of};
	if (map_has(&writer->cards, key))
		return false;
	map_put(&writer->cards, (struct str){arena_copy(writer->arena, &of, sizeof of), sizeof of}, card);
	return true;
}

static void line(struct buf *out, const char *label, struct str text)
{
	enum { LONGEST = 160 };
	if (!text.size)
		return;
	buf_addc(out, '\n');
	buf_adds(out, label);
	buf_adds(out, ": ");
	struct str shown = str_sub(text, 0, LONGEST);
	while (shown.size < text.size && ((unsigned char)text.data[shown.size] & 0xc0) == 0x80)
		shown.size--;
	for (size_t i = 0, from = 0; i <= shown.size; i++)
		if (i == shown.size || shown.data[i] == '\n' || shown.data[i] == '\t') {
			html_attr(out, str_sub(shown, from, i - from));
			buf_adds(out, i < shown.size ? " " : "");
			from = i + 1;
		}
	buf_adds(out, shown.size < text.size ? "\xe2\x80\xa6" : "");
}

static void address_lines(struct buf *out, const struct address_value *values, size_t n)
{
	enum { SHOWN = 4 };
	if (!n)
		return;
	buf_adds(out, n == 1 ? "\nAddress: " : "\nAddresses: ");
	for (size_t i = 0; i < n && i < SHOWN; i++) {
		buf_adds(out, i ? ", " : "");
		html_attr(out, values[i].word.str);
	}
	if (n > SHOWN)
		buf_addf(out, " and %zu more", n - SHOWN);
}

static void node_lines(struct buf *out, const struct node *node)
{
	line(out, "Role", node->role.str);
	address_lines(out, node->addresses.data, node->addresses.n);
	if (node->cluster)
		line(out, "Cluster", entity_title(&node->cluster->entity));
}

static void cluster_lines(struct buf *out, const struct cluster *cluster)
{
	struct count_value count = cluster_count(cluster);
	line(out, "Platform", cluster->platform.str);
	if (count.min >= 0)
		buf_addf(out, count.min == count.max ? "\nNodes: %lld" : "\nNodes: %lld to %lld", count.min, count.max);
	address_lines(out, cluster->vips.data, cluster->vips.n);
}

static void network_lines(struct buf *out, const struct network *network)
{
	for (size_t i = 0; i < network->cidrs.n && i < 4; i++)
		line(out, "Prefix", network->cidrs.data[i].word.str);
	line(out, "Purpose", network->purpose.str);
	line(out, "VLAN", network->vlan.str);
}

static void service_lines(struct buf *out, const struct service *service)
{
	for (size_t i = 0; i < service->runs_on.n && i < 4; i++)
		line(out, "Runs on",
		     service->runs_on.data[i].entity ? entity_title(service->runs_on.data[i].entity)
						     : service->runs_on.data[i].word.str);
	line(out, "Version", service->version.str);
	address_lines(out, service->addresses.data, service->addresses.n);
	if (service->hosts.n)
		line(out, "Host", service->hosts.data[0].str);
}

static void place_line(struct writer *writer, struct buf *out, struct span span)
{
	if (span_is_none(span))
		return;
	line(out, "Declared in", span_path(writer->site->model->sources, span));
	buf_addc(out, ':');
	buf_add_number(out, site_line(writer->site, span));
}

void entity_card(struct writer *writer, struct buf *out, const struct entity *entity)
{
	buf_adds(out, entity_kind_name(entity->kind));
	buf_addc(out, ' ');
	html_attr(out, entity_title(entity));
	switch (entity->kind) {
	case ENTITY_NODE: node_lines(out, (const struct node *)entity); break;
	case ENTITY_CLUSTER: cluster_lines(out, (const struct cluster *)entity); break;
	case ENTITY_NETWORK: network_lines(out, (const struct network *)entity); break;
	case ENTITY_SERVICE: service_lines(out, (const struct service *)entity); break;
	case ENTITY_DEVICE:
		line(out, "Kind", ((const struct device *)entity)->device_kind.str);
		address_lines(out, ((const struct device *)entity)->addresses.data,
			      ((const struct device *)entity)->addresses.n);
		break;
	default: break;
	}
	line(out, "About", entity->description.str);
	place_line(writer, out, entity->id.span);
}

void decision_card(struct writer *writer, struct buf *out, const struct decision *decision)
{
	const char *status = status_name(decision->effective_status);
	buf_adds(out, "decision ");
	html_attr(out, decision->number >= 0 ? decision->id : STR(""));
	line(out, "Title", decision->title.str.size ? decision->title.str : page_title(decision->page));
	line(out, "Status", status ? str_from(status) : STR(""));
	if (decision->date.year)
		line(out, "Date", date_format(writer->arena, decision->date));
}

void write_legend(struct writer *writer)
{
	if (!writer->has_agreeing && !writer->has_contradicted)
		return;
	buf_adds(writer->out, "<p class=\"legend\">");
	if (writer->has_agreeing)
		buf_adds(writer->out, "<span class=\"fact ok\">Underlined</span>: compared with what is declared, and "
				      "it agrees. ");
	if (writer->has_contradicted)
		buf_adds(writer->out, "<span class=\"fact bad\">Marked</span>: something else is declared. ");
	buf_adds(writer->out, "</p>\n");
}
