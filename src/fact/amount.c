/* Numbers with units in running text, and expressions of them. */
#include "fact/amount.h"

#include <math.h>

static const struct {
	const char *name;
	double scale;
} scales[] = {
	{"kb", 1e3},
	{"mb", 1e6},
	{"gb", 1e9},
	{"tb", 1e12},
	{"pb", 1e15},
	{"kib", 1024.0},
	{"mib", 1048576.0},
	{"gib", 1073741824.0},
	{"tib", 1099511627776.0},
	{"ki", 1024.0},
	{"mi", 1048576.0},
	{"gi", 1073741824.0},
	{"ti", 1099511627776.0},
};

static double scale_of(struct str unit)
{
	for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
		if (str_eq_nocase(unit, str_from(scales[i].name)))
			return scales[i].scale;
	return 0;
}

static bool is_word_byte(char c)
{
	return isalpha((unsigned char)c) || (unsigned char)c >= 0x80 || c == '/' || c == '-' || c == '\'';
}

static bool is_cross(struct str text, size_t at)
{
	return str_starts(str_from_off(text, at), STR("×")) || str_starts(str_from_off(text, at), STR("·"));
}

/* A letter x that stands for a cross: a number follows it. */
static bool is_letter_cross(struct str text, size_t at, size_t end)
{
	if (at >= end || (text.data[at] != 'x' && text.data[at] != 'X'))
		return false;
	at++;
	while (at < end && text.data[at] == ' ')
		at++;
	return at < end && isdigit((unsigned char)text.data[at]);
}

/* Digits with commas between groups of three, and a fraction. */
static size_t read_number(struct str text, size_t at, size_t end, struct amount *amount)
{
	double value = 0, place = 0.5;
	size_t digits = 0, zeros = 0, group = 0;
	bool fraction = false, grouped = false;
	for (; at < end; at++) {
		char c = text.data[at];
		bool more = at + 1 < end && isdigit((unsigned char)text.data[at + 1]);
		if (c == ',' && more && !fraction && digits && (!grouped || group == 3)) {
			grouped = true;
			group = 0;
			continue;
		}
		if (c == '.' && more && !fraction && digits) {
			fraction = true;
			continue;
		}
		if (!isdigit((unsigned char)c))
			break;
		value = value * 10 + (c - '0');
		place = fraction ? place / 10 : place;
		zeros = c == '0' ? zeros + 1 : 0;
		digits++;
		group++;
	}
	if (!digits || digits > 15 || (grouped && group != 3))
		return SIZE_MAX;
	amount->last_place = place;
	amount->value = value * (place * 2);
	if (!fraction && zeros >= 2 && digits > zeros)
		amount->last_place = fmin(0.5 * pow(10, (double)zeros), 0.05 * amount->value);
	return at;
}

struct amount amount_read(struct str text, size_t at, size_t end)
{
	struct amount amount = {0};
	while (at < end && text.data[at] == ' ')
		at++;
	amount.from = at;
	if (at < end && (text.data[at] == '~' || str_starts(str_from_off(text, at), STR("≈")))) {
		amount.approximate = true;
		at += text.data[at] == '~' ? 1 : strlen("≈");
		while (at < end && text.data[at] == ' ')
			at++;
	}
	if (at >= end || !isdigit((unsigned char)text.data[at]))
		return amount;
	at = read_number(text, at, end, &amount);
	if (at == SIZE_MAX)
		return amount;
	amount.number_end = at;
	size_t words_from = at;
	for (size_t words = 0; words < 4; words++) {
		size_t start = at;
		while (start < end && text.data[start] == ' ')
			start++;
		size_t stop = start;
		while (stop < end && is_word_byte(text.data[stop]) && !is_cross(text, stop) &&
		       !is_letter_cross(text, stop, end) && text.data[stop] != '*' &&
		       !str_starts(str_from_off(text, stop), STR("≈")))
			stop++;
		if (stop < end && text.data[stop] == '%')
			stop++;
		if (stop == start)
			break;
		if (words == 3)
			return amount;
		if (!words) {
			amount.unit = str_sub(text, start, stop - start);
			if (start == at || scale_of(amount.unit) > 0)
				amount.number_end = stop;
		}
		at = stop;
	}
	amount.words = str_trim(str_sub(text, words_from, at - words_from));
	amount.unit_scale = scale_of(amount.unit);
	amount.to = at;
	amount.valid = true;
	return amount;
}

double amount_scaled(const struct amount *amount)
{
	return amount->value * (amount->unit_scale > 0 ? amount->unit_scale : 1);
}

double amount_tolerance(const struct amount *amount)
{
	double scale = amount->unit_scale > 0 ? amount->unit_scale : 1;
	double tolerance = amount->last_place * scale * 1.01;
	if (amount->unit_scale > 0)
		tolerance =
			fmax(tolerance, amount->value * scale * 0.11); /* 1000 and 1024 are written alike, up to TB */
	return amount->approximate ? fmax(tolerance, amount->value * scale * 0.15) : tolerance;
}

bool amount_converts(const struct amount *amount)
{
	static const char *const units[] = {
		"s",     "sec",    "secs", "second", "seconds", "ms",   "min",   "mins",   "minute", "minutes", "h",
		"hr",    "hrs",    "hour", "hours",  "d",       "day",  "days",  "w",      "week",   "weeks",   "mo",
		"month", "months", "y",    "year",   "years",   "kw",   "wh",    "kwh",    "v",      "a",       "%",
		"b",     "kb/s",   "mb/s", "gb/s",   "mbps",    "gbps", "mbit",  "gbit",   "mhz",    "ghz",     "bits",
		"bytes", "bit",    "byte", "gbe",    "g",       "k",    "m",     "rpm",    "iops",   "eur",     "usd",
		"cents", "u",      "mm",   "cm",     "inch",    "watt", "watts", "threads"};
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (str_eq_nocase(amount->unit, str_from(units[i])))
			return true;
	return false;
}

bool amount_same_unit(struct str a, struct str b)
{
	if (a.size && tolower((unsigned char)a.data[a.size - 1]) == 's')
		a.size--;
	if (b.size && tolower((unsigned char)b.data[b.size - 1]) == 's')
		b.size--;
	return str_eq_nocase(a, b);
}

/* ---- expressions ---- */

static size_t operator_at(struct str text, size_t at, size_t end, char *op)
{
	*op = 0;
	if (at >= end)
		return at;
	if (is_cross(text, at))
		*op = '*';
	else if (text.data[at] == '*' || text.data[at] == '+' || is_letter_cross(text, at, end))
		*op = text.data[at] == '+' ? '+' : '*';
	return !*op ? at : at + (is_cross(text, at) ? 2 : 1);
}

/* The product of two amounts; not valid when both are of bytes. */
static struct amount product(struct amount a, struct amount b)
{
	struct amount unit = b.unit.size && a.unit_scale <= 0 ? b : a;
	struct amount product = unit;
	product.valid = a.unit_scale <= 0 || b.unit_scale <= 0;
	product.value = a.value * b.value;
	product.approximate = a.approximate || b.approximate;
	bool exact = a.last_place >= 0.5 && b.last_place >= 0.5;
	product.last_place = exact ? 0.5 : fmin(0.49, fmax(a.last_place * b.value, b.last_place * a.value));
	product.from = a.from;
	product.to = b.to;
	return product;
}

/* The factors of a product as the first term of a sum. */
static void fold(struct expression *expression)
{
	struct amount *terms = expression->terms.data;
	for (size_t i = 1; i < expression->terms.n; i++)
		terms[0] = product(terms[0], terms[i]);
	expression->terms.n = 1;
}

struct expression expression_read(struct arena *arena, struct str text, size_t from, size_t to)
{
	struct expression expression = {0}, none = {0};
	enum { TERMS = 32 };
	bool is_mixed = false;
	char op = 0;
	while (expression.terms.n < TERMS) {
		struct amount amount = amount_read(text, from, to);
		if (!amount.valid)
			return none;
		struct amount *last = expression.terms.n ? &expression.terms.data[expression.terms.n - 1] : NULL;
		is_mixed |= op && expression.op && op != expression.op;
		if (is_mixed && op == '*') {
			*last = product(*last, amount);
		} else {
			if (is_mixed && expression.op == '*')
				fold(&expression);
			vec_add(arena, &expression.terms, amount);
			expression.op = op ? op : expression.op;
		}
		if (last && !expression.terms.data[expression.terms.n - 1].valid)
			return none;
		from = amount.to;
		while (from < to && text.data[from] == ' ')
			from++;
		if (from >= to)
			return expression.op && expression.terms.data[0].valid ? expression : none;
		from = operator_at(text, from, to, &op);
		if (!op)
			return none;
	}
	return none;
}

double expression_value(const struct expression *expression)
{
	double value = expression->op == '*' ? 1 : 0;
	for (size_t i = 0; i < expression->terms.n; i++) {
		double term = amount_scaled(&expression->terms.data[i]);
		value = expression->op == '*' ? value * term : value + term;
	}
	return value;
}

/* True when the units of the terms and of the stated value let them be compared as they stand. */
static bool comparable(const struct expression *expression, const struct amount *stated)
{
	size_t scaled = 0, same = 0, converts = 0;
	for (size_t i = 0; i < expression->terms.n; i++) {
		const struct amount *term = &expression->terms.data[i];
		scaled += term->unit_scale > 0;
		same += term->unit.size && amount_same_unit(term->unit, stated->unit);
		converts += amount_converts(term);
	}
	if (amount_converts(stated) ? (expression->op == '*' ? same != 1 : same != expression->terms.n) : converts > 0)
		return false;
	if (!scaled || stated->unit_scale <= 0)
		return !scaled && stated->unit_scale <= 0;
	return expression->op == '*' ? scaled == 1 : scaled == expression->terms.n;
}

bool expression_gives(const struct expression *expression, const struct amount *stated)
{
	if (!expression->op || !stated->valid || !comparable(expression, stated))
		return true;
	double value = expression_value(expression), slack = amount_tolerance(stated);
	for (size_t i = 0; i < expression->terms.n; i++) {
		const struct amount *term = &expression->terms.data[i];
		double own = term->last_place < 0.5 || term->approximate ? amount_tolerance(term) : 0;
		if (own > 0 && expression->op == '*' && amount_scaled(term) > 0)
			own *= value / amount_scaled(term);
		slack += own;
	}
	return fabs(value - amount_scaled(stated)) <= slack;
}

struct str amount_format(struct arena *arena, double value, const struct amount *like)
{
	double shown = like->unit_scale > 0 ? value / like->unit_scale : value;
	struct str number = str_format(arena, "%.10g", round(shown * 100) / 100);
	if (!like->unit.size)
		return number;
	return str_format(arena, STR_FMT " " STR_FMT, STR_ARG(number), STR_ARG(like->unit));
}
