/* Names of things that nothing declares, so that two places that speak of one can be compared. */
#include "fact/fact_parts.h"

/* Words that stand where a name stands and name nobody. */
static const char no_names[] =
	"all|any|both|each|every|total|totals|sum|name|names|none|n/a|na|tbd|todo|other|others|default|example|new|old|"
	"node|nodes|host|hosts|server|servers|machine|cluster|clusters|network|networks|service|services|the|this|that|a|an|"
	"master|masters|worker|workers|control plane|control-plane|controlplane|single|multi|per|average|avg|min|max|"
	"kubernetes|k8s|k3s|talos|kind|local|remote|test|your|my|our|same|one|two|three|four|five|first|second|third|"
	"management|target|source|ha|high|bare metal|bare-metal|virtual|physical|production|overview|about|create|creating|"
	"upgrade|upgrading|deploy|deploying|install|installing|configure|configuring|destroy|bootstrap|bootstrapping|"
	"access|multi-node|single-node|minimum|recommended|supported|required|expected|home|homelab|how|why|what|add|remove|"
	"adding|removing|replace|replacing|restore|setup|set up|in|for|with|of|to|from|on|join|reset";

/* "node1", "worker-2", "cp 3": names that every other guide gives its machines. */
static bool is_generic(struct str name)
{
	while (name.size &&
	       (isdigit((unsigned char)name.data[name.size - 1]) || strchr("-_ .", name.data[name.size - 1])))
		name.size--;
	return str_is_listed(
		name, "node|host|worker|master|server|controlplane|control-plane|control plane|cp|controller|vm|"
		      "k8s|k3s|kube|k8s-node|k8s-worker|k8s-master|k3s-node|cluster|cluster-a|cluster-b|network|vlan|"
		      "service|app|agent|machine|foo|bar|example|my-cluster|mycluster|my-node|demo|test|");
}

struct word unbound_name(struct fact_sink *sink, struct word name, enum entity_kind kind)
{
	struct word none = {STR_NONE, name.span};
	struct str text = bare_name(name.str);
	size_t letters = 0, blanks = 0;
	for (size_t i = 0; i < text.size; i++) {
		letters += isalpha((unsigned char)text.data[i]) != 0;
		blanks += text.data[i] == ' ';
		if (strchr("<>{}$*/\\|=,;:?\n", text.data[i]))
			return none;
	}
	if (letters < 2 || text.size > 40 || blanks > 2 || str_is_listed(text, no_names) || is_generic(text))
		return none;
	struct str lower = str_lower_ascii(sink->arena, text);
	return (struct word){str_format(sink->arena, "%s " STR_FMT, entity_kind_name(kind), STR_ARG(lower)), name.span};
}

static const struct {
	const char *word;
	enum entity_kind kind;
} kinds[] = {{"cluster", ENTITY_CLUSTER}, {"node", ENTITY_NODE}, {"network", ENTITY_NETWORK}};

/* Leading numbers, emoji and marks off: "2.1 ☸ Studio" is "Studio". */
static struct str without_lead(struct str text)
{
	while (text.size && !isalpha((unsigned char)text.data[0]))
		text = str_from_off(text, 1);
	return text;
}

/* "Studio Cluster" and "Cluster: studio", with a name of one word. */
static struct word name_in_heading(struct fact_sink *sink, struct str heading, struct span span, enum entity_kind *kind)
{
	struct str text = bare_name(without_lead(heading));
	while (text.size && (unsigned char)text.data[text.size - 1] >= 0x80)
		text.size--;
	text = str_trim(text);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct str word = str_from(kinds[i].word), name = STR_NONE;
		if (str_ends_nocase(text, word) && text.size > word.size + 1 &&
		    text.data[text.size - word.size - 1] == ' ')
			name = str_trim(str_sub(text, 0, text.size - word.size));
		else if (str_starts_nocase(text, word) && text.size > word.size + 2 && text.data[word.size] == ':')
			name = str_trim(str_from_off(text, word.size + 1));
		if (!name.size || str_find_char(name, ' ') != SIZE_MAX)
			continue;
		*kind = kinds[i].kind;
		return unbound_name(sink, (struct word){name, span}, kinds[i].kind);
	}
	return (struct word){STR_NONE, span};
}

/* Headings that divide what is said of one thing, and name no other. */
static bool only_divides(struct str heading)
{
	static const char words[] =
		"overview|summary|nodes|node|architecture|hardware|network|networking|details|specs|specification|"
		"specifications|cluster|kubernetes|configuration|info|information|at|a|glance|basics|facts|key|resources|"
		"topology|general|introduction|the|and|of|status|current|infrastructure|design|setup|compute|inventory|size|"
		"physical|layout|control|plane|worker|workers|capacity|quick|reference|layer|platform|properties";
	while (heading.size) {
		size_t n = 0;
		while (n < heading.size && isalpha((unsigned char)heading.data[n]))
			n++;
		if (n && !str_is_listed(str_sub(heading, 0, n), words))
			return false;
		heading = str_from_off(heading, n ? n : 1);
	}
	return true;
}

/* Index of the last heading at or before a node, or -1. */
static int heading_before(const struct md *md, uint32_t node)
{
	size_t low = 0, high = md->headings.n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (md->headings.data[middle].node <= node)
			low = middle + 1;
		else
			high = middle;
	}
	return (int)low - 1;
}

bool section_strays(const struct fact_sink *sink, uint32_t node)
{
	const struct md *md = sink->page->md;
	int i = heading_before(md, node);
	return i >= 0 && (size_t)i < sink->sections.n && sink->sections.data[i].parent >= 0 &&
	       !sink->sections.data[i].subject && !only_divides(md->headings.data[i].text);
}

static struct word find_unbound(struct fact_sink *sink, int section, enum entity_kind *kind)
{
	const struct md *md = sink->page->md;
	struct word none = {STR_NONE, sink->page->title.span};
	for (int i = section; i >= 0 && (size_t)i < sink->sections.n; i = sink->sections.data[i].parent) {
		const struct md_heading *heading = &md->headings.data[i];
		struct word name = name_in_heading(sink, heading->text, md_span(md, &md->nodes[heading->node]), kind);
		if (name.str.size)
			return name;
		if (heading->level == 1 || !only_divides(heading->text))
			return none;
	}
	return name_in_heading(sink, sink->page->title.str, sink->page->title.span, kind);
}

struct word unbound_section(struct fact_sink *sink, uint32_t node, enum entity_kind *kind)
{
	int i = heading_before(sink->page->md, node);
	if (i < 0 || (size_t)i >= sink->sections.n)
		return find_unbound(sink, i, kind);
	struct section *section = &sink->sections.data[i];
	if (!section->is_looked) {
		section->unbound_kind = ENTITY_KINDS;
		section->unbound = find_unbound(sink, i, &section->unbound_kind);
		section->is_looked = true;
	}
	if (section->unbound_kind != ENTITY_KINDS)
		*kind = section->unbound_kind;
	return section->unbound;
}
