/* fact-watch-lost: the sentence that a watch counts on is gone, or says another value. */
#include "check/check.h"

/* What one watch is looked for with. */
struct search {
	struct check *check;
	const struct estate *estate;
	const struct watch *watch;
	const struct regex *regex;
	struct query query;
	size_t n_files, n_lines; /* looked at; that match */
};

static bool versions_agree(struct str a, struct str b)
{
	struct str longer = a.size > b.size ? a : b, shorter = a.size > b.size ? b : a;
	return str_starts_nocase(longer, shorter) && (longer.size == shorter.size || longer.data[shorter.size] == '.');
}

static bool addresses_agree(const struct fact_value *a, const struct fact_value *b)
{
	for (size_t i = 0; i < a->addresses.n; i++)
		for (size_t k = 0; k < b->addresses.n; k++)
			if (address_eq(a->addresses.data[i], b->addresses.data[k]))
				return true;
	return false;
}

static bool prefixes_agree(const struct fact_value *a, const struct fact_value *b)
{
	for (size_t i = 0; i < a->prefixes.n; i++)
		for (size_t k = 0; k < b->prefixes.n; k++)
			if (prefix_eq(a->prefixes.data[i], b->prefixes.data[k]))
				return true;
	return false;
}

/* By value, not by spelling. */
static bool agrees(struct arena *arena, const struct query *query, struct str said)
{
	struct fact_value a = fact_value_parse(arena, query->type, said);
	struct fact_value b = fact_value_parse(arena, query->type, query->text);
	if (str_eq_nocase(str_trim(said), str_trim(query->text)))
		return true;
	if (!a.valid || !b.valid)
		return false;
	switch (query->type) {
	case TYPE_COUNT: return a.min <= b.max && b.min <= a.max;
	case TYPE_ADDRESS: return addresses_agree(&a, &b);
	case TYPE_PREFIX: return prefixes_agree(&a, &b);
	case TYPE_QUANTITY:
		return a.quantities.n && b.quantities.n &&
		       quantity_agrees(&a.quantities.data[0], &b.quantities.data[0]);
	case TYPE_VERSION: return versions_agree(a.text, b.text);
	default: return str_eq(fact_value_key(arena, &a), fact_value_key(arena, &b));
	}
}

static bool is_number(struct str text)
{
	long long number;
	return str_to_number(text, &number);
}

/* True when a rule about facts tells of this place already. */
static bool is_told(const struct check *check, struct span span)
{
	for (size_t i = 0; i < check->facts->list.n; i++) {
		const struct fact *fact = check->facts->list.data[i];
		struct span value = fact->value.span;
		if (fact->verdict == VERDICT_CONTRADICTS && value.source == span.source &&
		    value.off < span.off + span.size && span.off < value.off + value.size)
			return true;
	}
	return false;
}

static void report_value(struct search *search, const struct source *source, struct str said)
{
	struct check *check = search->check;
	const struct query *query = &search->query;
	struct span span = span_of(source, said);
	struct str name = search->watch->equals.str;
	if (is_told(check, span))
		return;
	struct diag *diag = check_report(check, span, "says " STR_FMT ", " STR_FMT " is " STR_FMT, STR_ARG(said),
					 STR_ARG(name), STR_ARG(query->text));
	check_note(check, diag, query->declared, "declared here");
	check_note(check, diag, search->watch->span, "watched by this entry");
	check_help(check, diag, "write " STR_FMT ", or change the topology", STR_ARG(query->text));
	if (is_number(said) && is_number(query->text))
		check_fix(check, diag, span, query->text);
}

static void search_file(struct search *search, const struct source *source)
{
	struct str rest = source->text;
	search->n_files++;
	if (str_starts(rest, STR("\xef\xbb\xbf")))
		rest = str_from_off(rest, 3);
	while (rest.data) {
		struct regex_match match = regex_find(search->regex, str_cut_line(&rest), 0);
		if (!match.n)
			continue;
		search->n_lines++;
		if (match.n > 1 && match.group[1].size && search->query.found &&
		    !agrees(search->check->arena, &search->query, match.group[1]))
			report_value(search, source, match.group[1]);
	}
}

static bool has_wildcard(struct str pattern)
{
	for (size_t i = 0; i < pattern.size; i++)
		if (strchr("*?[{", pattern.data[i]))
			return true;
	return false;
}

/* A pattern without '/' is one for the topology's own folder, not for names at any depth. */
static bool file_matches(struct str path, struct str pattern)
{
	bool own_folder = str_find_char(pattern, '/') == SIZE_MAX;
	return !(own_folder && str_find_char(path, '/') != SIZE_MAX) && path_matches(path, pattern);
}

static void search_files(struct search *search)
{
	const struct sources *sources = search->check->sources;
	struct str folder = path_dir(span_path(sources, search->watch->span));
	struct str wanted = path_join(search->check->arena, folder, search->watch->file.str);
	if (!has_wildcard(wanted)) {
		const struct source *source = source_find(sources, wanted);
		if (source)
			search_file(search, source);
		return;
	}
	for (size_t i = 0; i < sources->list.n; i++)
		if (file_matches(sources->list.data[i]->path, wanted))
			search_file(search, sources->list.data[i]);
}

static void look_for(struct check *check, const struct estate *estate, const struct watch *watch)
{
	struct str error = STR_NONE;
	struct search search = {.check = check, .estate = estate, .watch = watch};
	search.regex = regex_compile(check->arena, watch->pattern.str, &error);
	if (!search.regex) {
		struct diag *diag = check_report(check, watch->pattern.span, "this pattern cannot be read: " STR_FMT,
						 STR_ARG(error));
		check_help(check, diag, "patterns are those of PCRE2; the first group is the value");
		return;
	}
	search.query = query_ask(check->arena, check->model, estate, watch->equals.str);
	search_files(&search);
	if (!search.n_files) {
		struct diag *diag =
			check_report(check, watch->file.span, "no file that is read here is called " STR_FMT,
				     STR_ARG(watch->file.str));
		check_help(check, diag, "write the path of a document, from the folder of the topology");
	} else if (!search.n_lines) {
		struct diag *diag =
			check_report(check, watch->pattern.span, "no line of " STR_FMT " matches " STR_FMT " any more",
				     STR_ARG(watch->file.str), STR_ARG(watch->pattern.str));
		check_help(check, diag, "change the pattern to what the file says now, or take the entry out");
	}
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate)
		for (size_t i = 0; i < estate->watches.n; i++)
			look_for(check, estate, &estate->watches.data[i]);
}

const struct rule rule_fact_watch_lost = {
	.name = "fact-watch-lost",
	.severity = SEVERITY_ERROR,
	.group = "facts",
	.summary = "a sentence that a watch: entry counts on is gone, or says another value",
	.explain =
		"A number in a sentence is easily missed, and a check that looks for the sentence goes silent when somebody "
		"rewords it. A watch: entry of topology.yaml names a file, a pattern and a value: at least one line of the file must "
		"match the pattern, and where it does, its first group must be the value. Values are compared as everywhere: six is 6, "
		"3-6 holds 4, 16GB is 16 GB.\n\n"
		"Both ways of failing are findings of this rule: the lost words at the watch entry, the other value where the "
		"document says it, with the entry as second place. Where a rule about facts tells of that place, it is left to "
		"that rule. The file is relative to the folder of the topology and may be a glob; with several files one matching "
		"line is enough. A pattern that cannot be read, and a file that is not there, are findings too.",
	.example = "watch:\n  - {file: index.md, pattern: \"runs on (\\\\d+) nodes\", equals: main.nodes.count}\n"
		   "index.md now says: a cluster of seven machines",
	.cure = "Change the pattern to what the document says now, or write the declared value in the document.",
	.run = run,
};
