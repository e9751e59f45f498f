/* decisions.atom: the records that changed last (RFC 4287). A record of which no date is known is not in it. */
#include "emit/emit.h"

enum { ENTRIES_MAX = 100 };

struct feed_entry {
	const struct decision *decision;
	long long updated;
};

struct feed {
	const struct site *site;
	struct arena *arena;
	struct buf *out;
};

/* Text of an element or attribute. Two code points that are text are no characters of XML. */
static void xml_text(struct feed *feed, struct str text)
{
	const struct str instead = STR("\xef\xbf\xbd");
	text = str_replace(feed->arena, text, STR("\xef\xbf\xbe"), instead);
	html_text(feed->out, str_replace(feed->arena, text, STR("\xef\xbf\xbf"), instead));
}

static void element(struct feed *feed, const char *name, struct str text)
{
	if (!text.size)
		return;
	buf_addf(feed->out, "<%s>", name);
	xml_text(feed, text);
	buf_addf(feed->out, "</%s>\n", name);
}

static struct str time_text(struct arena *arena, long long seconds)
{
	long long in_day = ((seconds % 86400) + 86400) % 86400;
	return str_format(arena, STR_FMT "T%02lld:%02lld:%02lldZ",
			  STR_ARG(date_format(arena, date_from_epoch(seconds))), in_day / 3600, in_day / 60 % 60,
			  in_day % 60);
}

/* ---- addresses ---- */

/* A path of the site as readers of the feed reach it: below base_url where that is known, else beside the feed. */
static void write_address(struct feed *feed, struct str path, struct str anchor)
{
	struct str base = feed->site->config->base_url.str;
	if (base.size) {
		html_url(feed->out, base);
		buf_adds(feed->out, str_ends(base, STR("/")) ? "" : "/");
	}
	html_text(feed->out, site_path_url(feed->arena, path));
	if (anchor.size) {
		buf_addc(feed->out, '#');
		html_text(feed->out, site_path_url(feed->arena, anchor));
	}
}

/* Without base_url a UUID made of the repository, or the title of the site, and the path: it stays when the text
 * changes (RFC 9562, version 8). */
static void write_id(struct feed *feed, struct str path, struct str anchor, struct str identity)
{
	const struct config *config = feed->site->config;
	buf_adds(feed->out, "<id>");
	if (config->base_url.str.size) {
		write_address(feed, path, anchor);
	} else {
		struct str home = config->repository.str.size ? config->repository.str : feed->site->model->title;
		struct str seed = str_format(feed->arena, STR_FMT "\n" STR_FMT, STR_ARG(home), STR_ARG(identity));
		struct str hex = hash_hex(feed->arena, seed);
		buf_addf(feed->out, "urn:uuid:%.8s-%.4s-8%.3s-a%.3s-%.12s", hex.data, hex.data + 8, hex.data + 13,
			 hex.data + 17, hex.data + 20);
	}
	buf_adds(feed->out, "</id>\n");
}

/* ---- entries ---- */

static void write_category(struct feed *feed, struct str term)
{
	buf_adds(feed->out, "<category term=\"");
	xml_text(feed, term);
	buf_adds(feed->out, "\"/>\n");
}

static void write_summary(struct feed *feed, const struct decision *decision)
{
	struct successors successors = successors_of(decision);
	const char *status = status_name(decision->effective_status);
	struct str description = decision->anchor.size ? STR_NONE : decision->page->description;
	buf_adds(feed->out, "<summary>");
	buf_adds(feed->out, status ? status : "without status");
	if (successors.n) {
		buf_adds(feed->out, decision_is_retired(decision) ? " by " : ", superseded in part by ");
		xml_text(feed, decision_name(feed->arena, successors.list[0]));
	}
	if (description.size) {
		buf_adds(feed->out, ": ");
		xml_text(feed, description);
	}
	buf_adds(feed->out, "</summary>\n");
}

static void write_entry(struct feed *feed, const struct feed_entry *entry)
{
	const struct decision *decision = entry->decision;
	const char *status = status_name(decision->effective_status);
	buf_adds(feed->out, "<entry>\n");
	element(feed, "title", decision_text(feed->arena, decision));
	write_id(feed, decision->page->url, decision->anchor, decision->path);
	buf_adds(feed->out, "<link rel=\"alternate\" type=\"text/html\" href=\"");
	write_address(feed, decision->page->url, decision->anchor);
	buf_adds(feed->out, "\"/>\n");
	if (date_is_valid(decision->date))
		element(feed, "published", time_text(feed->arena, date_days(decision->date) * 86400LL));
	element(feed, "updated", time_text(feed->arena, entry->updated));
	for (size_t i = 0; i < decision->deciders.n; i++) {
		if (!str_trim(decision->deciders.data[i].str).size)
			continue;
		buf_adds(feed->out, "<author>");
		element(feed, "name", decision->deciders.data[i].str);
		buf_adds(feed->out, "</author>\n");
	}
	if (status)
		write_category(feed, str_from(status));
	for (size_t i = 0; i < decision->tags.n; i++)
		write_category(feed, decision->tags.data[i].str);
	write_summary(feed, decision);
	buf_adds(feed->out, "</entry>\n");
}

/* The last change first. */
static int entry_cmp(const void *a, const void *b)
{
	const struct feed_entry *x = a, *y = b;
	int order = date_cmp(y->decision->date, x->decision->date);
	if (x->updated != y->updated)
		return x->updated > y->updated ? -1 : 1;
	return order ? order : str_cmp(y->decision->path, x->decision->path);
}

static void write_feed(const struct site *site, const struct output *output, struct arena *scratch, struct buf *out)
{
	const struct model *model = site->model;
	struct feed feed = {site, scratch, out};
	struct feed_entry *entries = NEW_ARRAY(scratch, struct feed_entry, model->decisions.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < model->decisions.n; i++) {
		long long updated = site_decision_updated(site, model->decisions.data[i]);
		if (updated)
			entries[n++] = (struct feed_entry){model->decisions.data[i], updated};
	}
	qsort(entries, n, sizeof *entries, entry_cmp);
	struct str title = model->title.size ? model->title : STR("Documentation");
	buf_adds(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
	element(&feed, "title", str_format(scratch, "Decisions of " STR_FMT, STR_ARG(title)));
	write_id(&feed, output->path, STR_NONE, output->path);
	if (site->config->base_url.str.size) {
		buf_adds(out, "<link rel=\"self\" type=\"application/atom+xml\" href=\"");
		write_address(&feed, output->path, STR_NONE);
		buf_adds(out, "\"/>\n");
	}
	buf_adds(out, "<link rel=\"alternate\" type=\"text/html\" href=\"");
	write_address(&feed, STR("index.html"), STR_NONE);
	buf_adds(out, "\"/>\n");
	element(&feed, "updated", time_text(scratch, n ? entries[0].updated : 0));
	buf_adds(out, "<author>");
	element(&feed, "name", title);
	buf_adds(out, "</author>\n");
	for (size_t i = 0; i < n && i < ENTRIES_MAX; i++)
		write_entry(&feed, &entries[i]);
	buf_adds(out, "</feed>\n");
}

static void plan(struct site *site)
{
	if (site->feed.size)
		site_add(site, site->feed, write_feed, NULL);
}

const struct format format_decision_feed = {"decision_feed", plan};
