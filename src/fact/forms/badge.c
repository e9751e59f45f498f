/* Static badges of shields.io and badgen: counts of nodes, clusters and records, and versions. */
#include "fact/fact_parts.h"

/* One badge: what stands left and right, escapes undone, and the right part as it is written in the URL. */
struct badge {
	struct str label, message;
	struct str written;
	bool found;
};

static int hex_of(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

/* Percent escapes, "__", "--", "_" (a blank) of a path; "+" too of a query. */
static struct str undone(struct arena *arena, struct str text, bool in_query)
{
	char *out = NEW_ARRAY(arena, char, text.size + 1);
	size_t n = 0;
	for (size_t i = 0; i < text.size; i++) {
		char c = text.data[i], next = i + 1 < text.size ? text.data[i + 1] : '\0';
		if (c == '%' && i + 2 < text.size && hex_of(next) >= 0 && hex_of(text.data[i + 2]) >= 0) {
			out[n++] = (char)(hex_of(next) * 16 + hex_of(text.data[i + 2]));
			i += 2;
		} else if (!in_query && (c == '_' || c == '-') && next == c) {
			out[n++] = c;
			i++;
		} else {
			out[n++] = (!in_query && c == '_') || (in_query && c == '+') ? ' ' : c;
		}
	}
	return str_trim((struct str){out, n});
}

/* Takes the part before the next single '-' off. */
static struct str take_part(struct str *rest)
{
	size_t i = 0;
	while (i < rest->size && rest->data[i] != '-')
		i++;
	while (i + 1 < rest->size && rest->data[i] == '-' && rest->data[i + 1] == '-') {
		i += 2;
		while (i < rest->size && rest->data[i] != '-')
			i++;
	}
	struct str part = str_sub(*rest, 0, i);
	*rest = i < rest->size ? str_from_off(*rest, i + 1) : STR_NONE;
	return part;
}

/* label-message-color; message-color says no label. */
static struct badge of_path(struct arena *arena, struct str path)
{
	struct badge badge = {0};
	struct str rest = str_ends(path, STR(".svg")) ? str_sub(path, 0, path.size - 4) : path;
	struct str label = take_part(&rest), message = take_part(&rest);
	if (!rest.size || str_find_char(rest, '/') != SIZE_MAX)
		return badge;
	badge = (struct badge){undone(arena, label, false), undone(arena, message, false), message, true};
	return badge;
}

static struct str query_value(struct str query, struct str key)
{
	while (query.size) {
		struct str pair = str_cut(&query, '&');
		if (str_starts(pair, key) && pair.size > key.size && pair.data[key.size] == '=')
			return str_from_off(pair, key.size + 1);
	}
	return STR_NONE;
}

static struct badge badge_read(struct arena *arena, struct str url)
{
	struct badge badge = {0};
	static const char *const heads[] = {"shields.io/badge/", "badgen.net/badge/", "shields.io/static/v1"};
	size_t at = SIZE_MAX, which = 0;
	for (; which < 3 && at == SIZE_MAX; which++)
		at = str_find(url, str_from(heads[which]));
	if (at == SIZE_MAX || at > 20)
		return badge;
	struct str rest = str_from_off(url, at + strlen(heads[which - 1]));
	struct str fragmentless = str_cut(&rest, '#'), query = fragmentless;
	struct str path = str_cut(&query, '?');
	if (which == 1)
		return of_path(arena, path);
	if (which == 2) {
		struct str label = str_cut(&path, '/'), message = str_cut(&path, '/');
		return (struct badge){undone(arena, label, true), undone(arena, message, true), message,
				      message.size > 0};
	}
	struct str label = query_value(query, STR("label")), message = query_value(query, STR("message"));
	return (struct badge){undone(arena, label, true), undone(arena, message, true), message, message.size > 0};
}

/* ---- what it says ---- */

/* The cluster that the page is about, or the only one. */
static struct entity *cluster_of(const struct fact_sink *sink)
{
	const struct estate *estate = sink->page->estate;
	if (sink->page_subject && sink->page_subject->kind == ENTITY_CLUSTER)
		return sink->page_subject;
	return estate->clusters.n == 1 ? &estate->clusters.data[0]->entity : NULL;
}

static void state(struct fact_sink *sink, struct entity *subject, const struct attribute *attribute, struct str detail,
		  struct word value, const char *why)
{
	struct statement statement = {.subject = subject,
				      .attribute = attribute,
				      .detail = detail,
				      .value = value,
				      .form = FORM_BADGE,
				      .why = why};
	if (subject && attribute)
		fact_state(sink, &statement);
}

/* "ADRs | 62 total", "ADRs | 58 accepted", "accepted | 58". False: it counts no records. */
static bool state_decisions(struct fact_sink *sink, const struct badge *badge, struct span span, const char *why)
{
	static const char statuses[] = "accepted|proposed|superseded|rejected|deprecated|draft|withdrawn";
	struct entity *estate = &sink->page->estate->entity;
	struct str number = badge->message, word = STR_NONE;
	size_t blank = str_find_char(number, ' ');
	if (blank != SIZE_MAX) {
		word = str_trim(str_from_off(number, blank));
		number = str_sub(number, 0, blank);
	}
	bool counts =
		str_is_listed(badge->label, "adr|adrs|adr count|decisions|decision records|architecture decisions|"
					    "architecture decision records|total adrs|total decisions");
	struct str status = str_is_listed(badge->label, statuses) ? badge->label
			    : str_is_listed(word, statuses)       ? word
								  : STR_NONE;
	if (str_ends_nocase(badge->label, STR(" adrs")) || str_ends_nocase(badge->label, STR(" decisions"))) {
		struct str first = str_sub(badge->label, 0, str_find_char(badge->label, ' '));
		status = str_is_listed(first, statuses) ? first : status;
		counts |= status.size > 0;
	}
	bool is_known = counts || (str_is_listed(badge->label, statuses) && sink->model->decisions.n > 0);
	if (!is_known ||
	    (word.size && !str_is_listed(word, statuses) && !str_is_listed(word, "total|adrs|records|decisions")))
		return counts;
	state(sink, estate, attribute_named("decision count"), str_lower_ascii(sink->arena, status),
	      (struct word){number, span}, why);
	return true;
}

/* One version: "1.30+", "1.30-1.35" and "≥1.30" say what is supported. */
static bool is_version(struct str text)
{
	if (text.size && (text.data[0] == 'v' || text.data[0] == 'V'))
		text = str_from_off(text, 1);
	if (!text.size || !isdigit((unsigned char)text.data[0]) || str_find_char(text, '.') == SIZE_MAX)
		return false;
	for (size_t i = 0; i < text.size; i++) {
		bool is_range = text.data[i] == '-' && i + 1 < text.size && strchr("v0123456789", text.data[i + 1]);
		if (is_range || (!isalnum((unsigned char)text.data[i]) && !strchr(".-+_", text.data[i])))
			return false;
	}
	return isalnum((unsigned char)text.data[text.size - 1]) != 0;
}

/* The one cluster that declares a version of that component; of several the page's. */
static struct entity *versioned(const struct fact_sink *sink, struct str component)
{
	const struct estate *estate = sink->page->estate;
	struct entity *found = NULL;
	for (size_t i = 0; i < estate->clusters.n; i++)
		for (size_t k = 0; k < estate->clusters.data[i]->versions.n; k++) {
			struct entity *entity = &estate->clusters.data[i]->entity;
			struct str own = estate->clusters.data[i]->versions.data[k].component.str;
			if (!str_eq(version_component(sink->arena, own), component))
				continue;
			if (found && found != entity)
				return cluster_of(sink);
			found = entity;
		}
	return found;
}

static void state_version(struct fact_sink *sink, const struct badge *badge, struct word value, const char *why)
{
	struct entity *service = subject_named(sink, badge->label, KIND_BIT(ENTITY_SERVICE));
	struct str component = version_component(sink->arena, badge->label);
	struct entity *cluster = component.size ? versioned(sink, component) : NULL;
	if (cluster)
		state(sink, cluster, attribute_named("version"), component, value, why);
	else if (service)
		state(sink, service, attribute_named("version"), STR_NONE, value, why);
}

static void state_badge(struct fact_sink *sink, const struct badge *badge, struct span span, const char *why)
{
	struct entity *estate = &sink->page->estate->entity, *cluster = cluster_of(sink);
	struct word value = {badge->message, span};
	struct str label = badge->label;
	if (str_ends_nocase(label, STR(" count")))
		label.size -= 6;
	if (is_version(value.str)) {
		state_version(sink, badge, value, why);
	} else if (state_decisions(sink, badge, span, why)) {
		return;
	} else if (str_is_listed(label, "node|nodes|total nodes|cluster nodes|number of nodes")) {
		state(sink, cluster ? cluster : estate, attribute_named(cluster ? "node count" : "total node count"),
		      STR_NONE, value, why);
	} else if (str_is_listed(label, "workers|worker nodes")) {
		state(sink, cluster, attribute_named("worker count"), STR_NONE, value, why);
	} else if (str_is_listed(
			   label,
			   "control planes|control plane nodes|control-plane nodes|masters|master nodes|controllers")) {
		state(sink, cluster, attribute_named("control plane count"), STR_NONE, value, why);
	} else if (str_is_listed(label, "clusters|total clusters|kubernetes clusters|k8s clusters")) {
		state(sink, estate, attribute_named("cluster count"), STR_NONE, value, why);
	} else {
		struct entity *group = subject_named(sink, label, KIND_BIT(ENTITY_GROUP));
		state(sink, group, attribute_named("member count"), STR_NONE, value, why);
	}
}

/* `place` holds the URL somewhere. */
static void read_url(struct fact_sink *sink, struct str url, struct span place, const char *why)
{
	struct badge badge = badge_read(sink->arena, url);
	if (!badge.found || !badge.label.size)
		return;
	struct str text = span_text(sink->model->sources, place);
	size_t at = str_find(text, url), in = (size_t)(badge.written.data - url.data);
	if (at != SIZE_MAX)
		place = (struct span){place.source, place.off + (uint32_t)(at + in), (uint32_t)badge.written.size};
	state_badge(sink, &badge, place, why);
}

/* The addresses of images in raw HTML. */
static void read_html(struct fact_sink *sink, uint32_t node, const char *why)
{
	const struct md *md = sink->page->md;
	struct str html = md_text(md, &md->nodes[node]);
	for (size_t at = 0; (at = str_find_from(html, STR("src="), at)) != SIZE_MAX;) {
		at += 4;
		char quote = at < html.size ? html.data[at] : '\0';
		if (quote != '"' && quote != '\'')
			continue;
		struct str rest = str_from_off(html, at + 1);
		struct str url = str_cut(&rest, quote);
		if (str_find(url, STR("/badge/")) != SIZE_MAX || str_find(url, STR("/static/v1")) != SIZE_MAX)
			read_url(sink, url,
				 md_text_span(md, &md->nodes[node], (size_t)(url.data - html.data), url.size), why);
		at += url.size + 1;
	}
}

static void find(struct fact_sink *sink, const struct model *model, struct page *page)
{
	(void)model;
	const struct md *md = page->md;
	for (uint32_t i = 1; i < md->n; i++) {
		const struct md_node *node = &md->nodes[i];
		if (node->kind == MD_IMAGE && str_find(md_text(md, node), STR("/badge/")) != SIZE_MAX)
			read_url(sink, md_text(md, node), md_link_target_span(md, node), context_at(sink, i).why);
		else if (node->kind == MD_IMAGE && str_find(md_text(md, node), STR("/static/v1")) != SIZE_MAX)
			read_url(sink, md_text(md, node), md_link_target_span(md, node), context_at(sink, i).why);
		else if (node->kind == MD_HTML_BLOCK || node->kind == MD_HTML)
			read_html(sink, i, context_at(sink, i).why);
	}
}

const struct form form_badge = {.name = "badge", .find = find};
