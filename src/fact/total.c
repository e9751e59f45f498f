/* Totals in running text that do not follow from their parts: "a × b = c", "N = a + b", "N (a + b)". */
#include "fact/amount.h"

struct wrong_total *total_add(struct fact_sink *sink, struct wrong_total total)
{
	struct wrong_total *kept = NEW(sink->kept, struct wrong_total);
	*kept = total;
	kept->stated.str = str_dup(sink->kept, total.stated.str);
	kept->computed = str_dup(sink->kept, total.computed);
	kept->how = str_dup(sink->kept, total.how);
	kept->places.data = NULL;
	kept->places.n = kept->places.cap = 0;
	for (size_t i = 0; i < total.places.n; i++) {
		struct note note = total.places.data[i];
		note.message = str_dup(sink->kept, note.message);
		vec_add(sink->kept, &kept->places, note);
	}
	vec_add(sink->arena, &sink->totals, kept);
	return kept;
}

/* Words that say that a sum is not meant to be exact, or that parts are lost: usable space, mirrors. */
static bool loses_parts(struct str text)
{
	static const char *const words[] = {"usable",    "mirror",   "raid",   "effective", "raidz",   "reserved",
					    "available", "overhead", "rather", "instead",   "wrong",   "parity",
					    "replica",   "ceph",     "spare",  "about",     "roughly", "around",
					    "nearly",    "almost",   "zfs"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_find_nocase(text, str_from(words[i])) != SIZE_MAX)
			return true;
	return false;
}

/* Where the clause that ends at `end` begins. */
static size_t clause_begin(struct str text, size_t end)
{
	while (end > 0) {
		char c = text.data[end - 1];
		bool spaced = end < text.size && text.data[end] == ' ';
		if (strchr("(;:|\n=[\"", c) || (spaced && strchr(".,!?", c)))
			break;
		end--;
	}
	return end;
}

/* True when an expression may begin at `at`: nothing before it belongs to it. */
static bool begins_at(struct str text, size_t begin, size_t at)
{
	if (!isdigit((unsigned char)text.data[at]) && text.data[at] != '~')
		return false;
	if (at == begin)
		return true;
	if (text.data[at - 1] != ' ')
		return false;
	while (at > begin && text.data[at - 1] == ' ')
		at--;
	if (at == begin)
		return true;
	char c = text.data[at - 1];
	bool cross = at - begin >= 2 && (unsigned char)c >= 0x80;
	return !strchr("+-*/x^~=<>$%", c) && !cross;
}

/* The expression that ends at `end`, at the latest place where one begins that no operator stands before. */
static struct expression expression_before(struct fact_sink *sink, struct str text, size_t end)
{
	size_t begin = clause_begin(text, end);
	for (size_t at = begin; at < end; at++) {
		if (!begins_at(text, begin, at))
			continue;
		struct expression expression = expression_read(sink->arena, text, at, end);
		if (expression.op)
			return expression;
	}
	return (struct expression){0};
}

/* The single amount that ends at `end`. */
static struct amount amount_before(struct str text, size_t end)
{
	size_t begin = clause_begin(text, end);
	struct amount none = {0};
	for (size_t at = begin; at < end; at++) {
		if (!begins_at(text, begin, at))
			continue;
		struct amount amount = amount_read(text, at, end);
		if (amount.valid && str_trim(str_sub(text, amount.to, end - amount.to)).size == 0)
			return amount;
	}
	return none;
}

/* True when what follows an amount goes on with it: another operator, a range, a rate. */
static bool goes_on(struct str text, size_t at)
{
	while (at < text.size && text.data[at] == ' ')
		at++;
	if (at >= text.size)
		return false;
	unsigned char c = (unsigned char)text.data[at];
	return strchr("+*/^=<>%&$x-", c) || isdigit(c) || c >= 0x80;
}

static size_t clause_end(struct str text, size_t at)
{
	while (at < text.size && !strchr("\n;|", text.data[at]))
		at++;
	return at;
}

static bool in_code(const struct run *run, size_t from, size_t to)
{
	return run_marks(run, from, to) & (RUN_CODE | RUN_STRUCK);
}

static void report(struct fact_sink *sink, const struct run *run, const struct expression *expression,
		   const struct amount *stated)
{
	const struct amount *first = &expression->terms.data[0];
	const struct amount *last = &expression->terms.data[expression->terms.n - 1];
	struct wrong_total total = {.stated = run_word(sink, run, stated->from, stated->number_end)};
	total.how = str_trim(str_sub(run->text, first->from, last->to - first->from));
	total.computed = amount_format(sink->arena, expression_value(expression), stated);
	total_add(sink, total);
}

/* True when nothing but marks stands before an amount: the value of a field or a cell. */
static bool stands_alone(struct str text, size_t from)
{
	size_t begin = clause_begin(text, from);
	return str_trim(str_sub(text, begin, from - begin)).size == 0;
}

/* Around a '=': an expression on one side, one amount on the other. */
static void read_equation(struct fact_sink *sink, const struct run *run, size_t at)
{
	struct str text = run->text;
	size_t left_end = at;
	while (left_end && text.data[left_end - 1] == ' ')
		left_end--;
	struct amount right = amount_read(text, at + 1, text.size);
	struct expression left = expression_before(sink, text, left_end);
	struct amount stated = right;
	struct expression parts = left;
	if (!right.valid)
		return;
	if (!left.op) {
		stated = amount_before(text, left_end);
		stated.valid = stated.valid && (stated.unit.size || stands_alone(text, stated.from));
		size_t end = right.to;
		while (end < text.size && !strchr(".,;:()|\n=", text.data[end]))
			end++;
		parts = expression_read(sink->arena, text, right.from, end);
	} else if (goes_on(text, right.to)) {
		return;
	}
	if (!parts.op || !stated.valid || expression_gives(&parts, &stated))
		return;
	size_t begin = clause_begin(text, left_end);
	if (!in_code(run, begin, right.to) && !loses_parts(str_sub(text, begin, clause_end(text, at) - begin)))
		report(sink, run, &parts, &stated);
}

/* Things that are counted one by one. */
static bool is_countable(struct str unit)
{
	static const char *const units[] = {"node",    "host",    "server",   "machine", "cluster", "agent",
					    "service", "member",  "instance", "vm",      "total",   "disk",
					    "drive",   "gpu",     "app",      "device",  "worker",  "decision",
					    "adr",     "record",  "box",      "boxes",   "user",    "gb",
					    "tb",      "network", "vlan",     "zone",    "switch",  "switches"};
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (amount_same_unit(unit, str_from(units[i])))
			return true;
	return !unit.size;
}

/* At a '(': "6 nodes (1 control plane + 5 workers)", "64 GB (2 × 32 GB)". */
static void read_parenthesis(struct fact_sink *sink, const struct run *run, size_t open)
{
	struct str text = run->text;
	size_t close = open;
	while (close < text.size && text.data[close] != ')' && text.data[close] != '\n')
		close++;
	struct expression parts = expression_read(sink->arena, text, open + 1, close);
	size_t end = open;
	while (end && text.data[end - 1] == ' ')
		end--;
	if (!parts.op || end == open)
		return;
	struct amount stated = amount_before(text, end);
	if (!stated.valid || !is_countable(stated.unit) || (!stated.unit.size && !stands_alone(text, stated.from)))
		return;
	bool same = stated.unit_scale > 0, worded = stated.unit.size > 0;
	for (size_t i = 0; i < parts.terms.n; i++) {
		same |= amount_same_unit(parts.terms.data[i].unit, stated.unit);
		worded |= parts.terms.data[i].unit.size > 0;
	}
	if (!worded || (parts.op == '*' && !same) || expression_gives(&parts, &stated))
		return;
	size_t begin = clause_begin(text, end);
	if (!in_code(run, begin, close) && !loses_parts(str_sub(text, begin, clause_end(text, open) - begin)))
		report(sink, run, &parts, &stated);
}

static void read_run(struct fact_sink *sink, const struct run *run)
{
	for (size_t at = 0; at < run->text.size; at++) {
		if (run->text.data[at] == '=')
			read_equation(sink, run, at);
		else if (run->text.data[at] == '(')
			read_parenthesis(sink, run, at);
	}
}

/* True when the block has a digit and an operator in one of its text nodes: costs little, and most blocks have not. */
/* True when a text of the block has one of the bytes. */
static bool holds_any(const struct md *md, uint32_t block, const char *bytes)
{
	for (uint32_t i = block + 1; i < md->nodes[block].end; i++) {
		if (md->nodes[i].kind != MD_TEXT)
			continue;
		struct str text = md_text(md, &md->nodes[i]);
		for (const char *byte = bytes; *byte; byte++)
			if (str_find_char(text, *byte) != SIZE_MAX)
				return true;
	}
	return false;
}

static bool may_hold_sum(const struct md *md, uint32_t block)
{
	return holds_any(md, block, "=(") && holds_any(md, block, "+\xc3*x");
}

void totals_find(struct fact_sink *sink)
{
	const struct md *md = sink->page->md;
	for (uint32_t i = 0; i < md->n; i++) {
		enum md_kind kind = (enum md_kind)md->nodes[i].kind;
		if ((kind != MD_PARAGRAPH && kind != MD_CELL && kind != MD_HEADING) || !may_hold_sum(md, i))
			continue;
		if (context_at(sink, i).why)
			continue;
		struct run run = run_read(sink, i);
		read_run(sink, &run);
	}
	if (md->has_table)
		totals_of_tables(sink);
	totals_of_fields(sink);
	totals_of_columns(sink);
}
