/* Fenced samples of shells and host files: an address beside a name. Output and comments are stated, never judged. */
#include "fact/box.h"

enum { LINE_BYTES = 1000, TOKENS_MAX = 24 };

#define MACHINES (KIND_BIT(ENTITY_NODE) | KIND_BIT(ENTITY_DEVICE))

static const char sample_why[] = "sample";

struct sample {
	struct fact_sink *sink;
	uint32_t node;
	struct str text;     /* of the block */
	const char *why;     /* of the block */
	struct entity *host; /* of the last `Host name` line of an ssh configuration */
};

static bool is_sample(struct str info)
{
	static const char *const words[] = {"bash",          "sh",       "shell", "zsh",   "fish", "console",
					    "shell-session", "text",     "txt",   "hosts", "conf", "ssh-config",
					    "sshconfig",     "terminal", "ini"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq_nocase(info, str_from(words[i])))
			return true;
	return !info.size;
}

/* The parts of a line between blanks, quotes, '=', '@', ',' and the marks of a URL. */
struct tokens {
	struct str of[TOKENS_MAX];
	size_t n;
};

static struct tokens tokens_of(struct str line)
{
	static const char separators[] = " \t=@,'\"/()[]<>;`|";
	struct tokens tokens = {.n = 0};
	for (size_t i = 0; i < line.size && tokens.n < TOKENS_MAX;) {
		size_t from = i;
		while (i < line.size && !strchr(separators, line.data[i]))
			i++;
		if (i > from)
			tokens.of[tokens.n++] = str_sub(line, from, i - from);
		i++;
	}
	return tokens;
}

/* An address, with or without the port behind it; empty: none. */
static struct str address_in(struct str token)
{
	size_t colon = str_find_char(token, ':');
	if (address_parse(token).error == NET_OK && token.size > 3)
		return token;
	struct str host = colon == SIZE_MAX ? STR_NONE : str_sub(token, 0, colon);
	bool is_quad = host.size && str_find_char(host, '.') != SIZE_MAX && address_parse(host).error == NET_OK;
	return is_quad ? host : STR_NONE;
}

/* The only address of a line; empty: none, or several. */
static struct str only_address(struct str line)
{
	struct tokens tokens = tokens_of(line);
	struct str found = STR_NONE;
	for (size_t i = 0; i < tokens.n; i++) {
		struct str address = address_in(tokens.of[i]);
		if (!address.size)
			continue;
		if (found.size)
			return STR_NONE;
		found = address;
	}
	return tokens.n < TOKENS_MAX ? found : STR_NONE;
}

/* The only machine that a word of a line names. */
static struct entity *only_machine(const struct sample *sample, struct str line)
{
	struct tokens tokens = tokens_of(line);
	struct entity *found = NULL;
	for (size_t i = 0; i < tokens.n; i++) {
		struct entity *entity = subject_named(sample->sink, tokens.of[i], MACHINES);
		if (entity && found && found != entity)
			return NULL;
		found = entity ? entity : found;
	}
	return found;
}

static void state(struct sample *sample, struct entity *subject, const char *name, struct str value, const char *why)
{
	const struct md *md = sample->sink->page->md;
	const struct attribute *attribute = attribute_named(name);
	size_t at = (size_t)(value.data - sample->text.data);
	struct statement statement = {.subject = subject,
				      .attribute = attribute,
				      .value = {value, md_text_span(md, &md->nodes[sample->node], at, value.size)},
				      .form = FORM_SAMPLE,
				      .why = sample->why ? sample->why : why};
	if (subject && value.size && attribute->subjects & KIND_BIT(subject->kind))
		fact_state(sample->sink, &statement);
}

/* Words of a command whose address is that of a way, not of the machine named beside it. */
static bool speaks_of_ways(struct str command)
{
	static const char *const words[] = {"route", "gateway", " via ", "nameserver",
					    "dns",   "proxy",   "vip",   "endpoint"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_find_nocase(command, str_from(words[i])) != SIZE_MAX)
			return true;
	return false;
}

/* `talosctl -n 10.0.0.25 reboot # storm` and `ssh storm # 10.0.0.25`. */
static void read_remark(struct sample *sample, struct str command, struct str remark)
{
	struct str address = only_address(command);
	struct entity *subject = subject_named(sample->sink, remark, MACHINES);
	if (speaks_of_ways(command))
		return;
	if (subject && address.size) {
		state(sample, subject, "address", address, NULL);
	} else if (!address.size && str_eq(only_address(remark), remark)) {
		subject = only_machine(sample, command);
		state(sample, subject, "address", remark, NULL);
	}
}

/* The machine that a variable is named after: STORM, STORM_IP, NODE_STORM. */
static struct entity *machine_of_variable(const struct sample *sample, struct str name)
{
	static const char *const suffixes[] = {"", "_ip", "_addr", "_address", "_host", "_node"};
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		struct str suffix = str_from(suffixes[i]);
		if (!str_ends_nocase(name, suffix) || name.size <= suffix.size)
			continue;
		struct str stem = str_sub(name, 0, name.size - suffix.size);
		struct str dashed = str_replace(sample->sink->arena, stem, STR("_"), STR("-"));
		struct entity *entity = subject_named(sample->sink, stem, MACHINES);
		if (!entity)
			entity = subject_named(sample->sink, dashed, MACHINES);
		if (entity)
			return entity;
	}
	return NULL;
}

/* `STORM_IP=10.0.0.25`, with or without export. True: it is an assignment. */
static bool read_assignment(struct sample *sample, struct str line)
{
	if (str_starts(line, STR("export ")))
		line = str_trim_left(str_from_off(line, 7));
	size_t equals = str_find_char(line, '=');
	if (equals == SIZE_MAX || !equals)
		return false;
	struct str name = str_sub(line, 0, equals), value = str_from_off(line, equals + 1);
	for (size_t i = 0; i < name.size; i++)
		if (!isalnum((unsigned char)name.data[i]) && name.data[i] != '_')
			return false;
	while (value.size && strchr("'\"", value.data[0]))
		value = str_from_off(value, 1);
	while (value.size && strchr("'\"", value.data[value.size - 1]))
		value.size--;
	if (!str_eq(address_in(value), value))
		return true;
	struct estate *estate = sample->sink->page->estate;
	bool is_vip = str_eq_nocase(name, STR("vip")) || str_ends_nocase(name, STR("_vip"));
	if (is_vip && estate->clusters.n == 1 && estate->clusters.data[0]->vips.n)
		state(sample, &estate->clusters.data[0]->entity, "vip", value, NULL);
	else
		state(sample, machine_of_variable(sample, name), "address", value, NULL);
	return true;
}

/* `10.0.0.25 storm storm.lan` of a hosts file, `HostName 10.0.0.25` below `Host storm`, and rows of output. */
static void read_row(struct sample *sample, struct str line)
{
	struct tokens tokens = tokens_of(line);
	if (tokens.n < 2)
		return;
	struct str first = tokens.of[0], second = tokens.of[1];
	if (str_eq_nocase(first, STR("host")) || str_eq_nocase(first, STR("hostname"))) {
		bool is_host = first.size == 4;
		if (!is_host && sample->host && str_eq(address_in(second), second))
			state(sample, sample->host, "address", second, NULL);
		sample->host = is_host && tokens.n == 2 ? subject_named(sample->sink, second, MACHINES) : NULL;
		return;
	}
	struct entity *subject = subject_named(sample->sink, second, MACHINES);
	bool begins = line.data == first.data;
	if (begins && subject && tokens.n <= 4 && str_eq(address_in(first), first)) {
		state(sample, subject, "address", first, NULL);
		return;
	}
	subject = begins ? subject_named(sample->sink, first, MACHINES) : NULL;
	if (subject)
		state(sample, subject, "address", only_address(line), sample_why);
}

/* "All 6 Pi nodes are healthy": a number, the name of a cluster or nothing, and "nodes". */
static void read_comment(struct sample *sample, struct str comment)
{
	struct tokens tokens = tokens_of(comment);
	for (size_t i = 0; i < tokens.n; i++) {
		long long number;
		if (!str_to_number(tokens.of[i], &number))
			continue;
		for (size_t k = i + 1; k < tokens.n && k <= i + 3; k++) {
			if (!str_eq_nocase(tokens.of[k], STR("nodes")))
				continue;
			const char *from = tokens.of[i].data + tokens.of[i].size;
			struct str between = str_trim((struct str){from, (size_t)(tokens.of[k].data - from)});
			struct entity *subject =
				between.size ? subject_named(sample->sink, between, KIND_BIT(ENTITY_CLUSTER))
					     : context_at(sample->sink, sample->node).subject;
			state(sample, subject, "node count", tokens.of[i], sample_why);
			return;
		}
	}
}

/* Where a remark begins: '#' behind a blank, outside of quotes. */
static size_t remark_at(struct str line)
{
	char quote = '\0';
	for (size_t i = 0; i < line.size; i++) {
		char c = line.data[i];
		if (quote ? c == quote : c == '"' || c == '\'')
			quote = quote ? '\0' : c;
		else if (!quote && c == '#' && i > 0 && (line.data[i - 1] == ' ' || line.data[i - 1] == '\t'))
			return i;
	}
	return SIZE_MAX;
}

/* "https://grafana.lab.example.net:3000": the port of the service whose host it is. */
static void read_ports(struct sample *sample, struct str command)
{
	struct tokens tokens = tokens_of(command);
	for (size_t i = 1; i < tokens.n; i++) {
		struct str token = tokens.of[i], scheme = tokens.of[i - 1];
		size_t colon = str_find_char(token, ':');
		bool is_url = str_eq_nocase(scheme, STR("http:")) || str_eq_nocase(scheme, STR("https:"));
		if (!is_url || colon == SIZE_MAX)
			continue;
		struct str host = str_lower_ascii(sample->sink->arena, str_sub(token, 0, colon));
		const struct service *service = declared_host(sample->sink->page->estate, host);
		struct entity *entity =
			service ? estate_find(sample->sink->page->estate, service->entity.id.str, ENTITY_SERVICE)
				: NULL;
		if (entity)
			state(sample, entity, "port", str_from_off(token, colon + 1), NULL);
	}
}

static void read_line(struct sample *sample, struct str line)
{
	line = str_trim(line);
	if (!line.size || line.size > LINE_BYTES)
		return;
	if (str_starts(line, STR("$ ")))
		line = str_trim_left(str_from_off(line, 2));
	if (line.size && line.data[0] == '#') {
		read_comment(sample, line);
		return;
	}
	size_t at = remark_at(line);
	read_ports(sample, line);
	struct str command = at == SIZE_MAX ? line : str_trim_right(str_sub(line, 0, at));
	if (!command.size || read_assignment(sample, command))
		return;
	if (at != SIZE_MAX)
		read_remark(sample, command, str_trim(str_from_off(line, at + 1)));
	else
		read_row(sample, line);
}

static void find(struct fact_sink *sink, const struct model *model, struct page *page)
{
	(void)model;
	const struct md *md = page->md;
	for (uint32_t i = 1; md->has_code && i < md->n; i++) {
		if (md->nodes[i].kind != MD_CODE_BLOCK || !is_sample(md_info(md, &md->nodes[i])))
			continue;
		struct sample sample = {.sink = sink, .node = i, .text = md_text(md, &md->nodes[i])};
		sample.why = box_block_why(sink, i);
		struct str rest = sample.text;
		while (rest.size)
			read_line(&sample, str_cut_line(&rest));
	}
}

const struct form form_sample = {.name = "sample", .find = find};
