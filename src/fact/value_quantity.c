/* Quantities with units: bytes, cores and threads. */
#include "fact/value_parts.h"

static const struct {
	const char *words;
	enum fact_unit unit;
	int scale;
} units[] = {
	{"kb|kib|ki", UNIT_BYTES, 1},
	{"mb|mib|mi|mbyte|mbytes|megabyte|megabytes", UNIT_BYTES, 2},
	{"gb|gib|gi|g|gig|gigs|gbyte|gbytes|gigabyte|gigabytes", UNIT_BYTES, 3},
	{"tb|tib|ti|t|tbyte|tbytes|terabyte|terabytes", UNIT_BYTES, 4},
	{"pb|pib|pi", UNIT_BYTES, 5},
	{"c|core|cores|vcpu|vcpus|vcore|vcores|cpu|cpus", UNIT_CORES, 0},
	{"thread|threads", UNIT_THREADS, 0},
};

/* What the words "~", "up to", "at least" before a number, and '+' behind it, make of it. */
static bool is_bound_before(struct str before)
{
	static const char *const words[] = {"~",     "<",     ">",       "≤",     "≥",      "=",       "≈",
					    "up to", "least", "minimum", "about", "around", "approx.", "approx",
					    "under", "over",  "max",     "up-to", "most",   "than",    "min"};
	before = str_trim_right(before);
	for (size_t i = 0; before.size && i < sizeof words / sizeof *words; i++)
		if (str_ends_nocase(before, str_from(words[i])))
			return true;
	return false;
}

/* Digits with a decimal point or thousands' commas. -1: none. */
static double take_decimal(struct str *rest)
{
	double number = 0, place = 0;
	size_t n = 0;
	if (!rest->size || !isdigit((unsigned char)rest->data[0]))
		return -1;
	for (; n < rest->size && n < 24; n++) {
		char c = rest->data[n];
		bool digit_next = n + 1 < rest->size && isdigit((unsigned char)rest->data[n + 1]);
		if (isdigit((unsigned char)c)) {
			number = place > 0 ? number + (c - '0') * place : number * 10 + (c - '0');
			place /= 10;
		} else if (c == '.' && digit_next && place == 0) {
			place = 0.1;
		} else if (c == ',' && digit_next && place == 0 && n + 3 < rest->size &&
			   value_is_digits(str_sub(*rest, n + 1, 3)) &&
			   !(n + 4 < rest->size && isdigit((unsigned char)rest->data[n + 4]))) {
			continue;
		} else {
			break;
		}
	}
	*rest = str_from_off(*rest, n);
	return number;
}

static size_t letters(struct str text)
{
	size_t n = 0;
	while (n < text.size && isalpha((unsigned char)text.data[n]))
		n++;
	return n;
}

/* Takes a unit off, with one blank or hyphen before it. False: none, or a rate. */
static bool take_unit(struct str *rest, struct quantity *quantity)
{
	struct str tail = *rest;
	if (tail.size > 1 && (tail.data[0] == ' ' || tail.data[0] == '-'))
		tail = str_from_off(tail, 1);
	else if (str_starts(tail, STR("\xc2\xa0")))
		tail = str_from_off(tail, 2);
	size_t n = letters(tail);
	if (!n)
		return false;
	struct str word = str_sub(tail, 0, n), behind = str_from_off(tail, n);
	if (behind.size && (isdigit((unsigned char)behind.data[0]) || str_starts_nocase(behind, STR("/s"))))
		return false;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (!str_is_listed(word, units[i].words))
			continue;
		quantity->unit = units[i].unit;
		quantity->scale = units[i].scale;
		*rest = behind;
		return true;
	}
	return false;
}

/* "2 ×", "2x": how often what follows is there. 1: no such thing. */
static double take_factor(struct str *rest)
{
	static const char *const signs[] = {"×", "x", "X", "*"};
	struct str tail = *rest;
	double factor = take_decimal(&tail);
	if (factor < 1)
		return 1;
	tail = str_trim_left(tail);
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		if (!str_starts(tail, str_from(signs[i])))
			continue;
		tail = str_trim_left(str_from_off(tail, strlen(signs[i])));
		if (!tail.size || !isdigit((unsigned char)tail.data[0]))
			return 1;
		*rest = tail;
		return factor;
	}
	return 1;
}

/* One quantity at the front of *rest, which moves behind what was read. */
static bool take_quantity(struct str *rest, struct quantity *quantity)
{
	double factor = take_factor(rest);
	quantity->number = take_decimal(rest);
	quantity->max = quantity->number;
	struct str tail = str_trim_left(*rest);
	size_t dash = value_dash(tail);
	tail = str_trim_left(str_from_off(tail, dash));
	double max = dash ? take_decimal(&tail) : -1;
	struct str behind = max > quantity->number ? tail : *rest;
	if (!take_unit(&behind, quantity))
		return false;
	if (max > quantity->number)
		quantity->max = max;
	*rest = behind;
	quantity->number *= factor;
	quantity->max *= factor;
	return true;
}

static struct str bare(struct str text)
{
	text = str_trim(text);
	while (text.size && strchr("*`_", text.data[0]))
		text = str_from_off(text, 1);
	while (text.size && strchr("*`_", text.data[text.size - 1]))
		text.size--;
	return text;
}

/* The whole text is one number. */
static bool read_bare(struct arena *arena, struct str text, struct fact_value *value)
{
	struct str whole = bare(text), rest = whole;
	double number = take_decimal(&rest);
	if (number < 0 || rest.size)
		return false;
	vec_add(arena, &value->quantities, (struct quantity){UNIT_NONE, number, number, 0});
	value->part = whole;
	return true;
}

/* A bound is no quantity: then the text holds no value. */
void value_read_quantities(struct arena *arena, struct str text, struct fact_value *value)
{
	struct str rest = text;
	bool bound = false;
	value->valid = read_bare(arena, text, value);
	while (!value->valid && rest.size) {
		size_t at = (size_t)(rest.data - text.data);
		bool begins = isdigit((unsigned char)rest.data[0]) &&
			      (!at || !(isalnum((unsigned char)text.data[at - 1]) || strchr("-._", text.data[at - 1])));
		struct str tail = rest;
		struct quantity quantity = {0};
		if (!begins || !take_quantity(&tail, &quantity)) {
			rest = str_from_off(rest, 1);
			continue;
		}
		/* "8c/16t" */
		size_t n = value->quantities.n;
		if (n && value->quantities.data[n - 1].unit == UNIT_CORES &&
		    str_ends_nocase(str_sub(rest, 0, rest.size - tail.size), STR("t")))
			quantity = (struct quantity){UNIT_THREADS, quantity.number, quantity.max, 0};
		bound |= is_bound_before(str_sub(text, 0, at)) || str_starts(tail, STR("+"));
		value->part = str_sub(rest, 0, rest.size - tail.size);
		vec_add(arena, &value->quantities, quantity);
		rest = tail;
	}
	value->valid = value->quantities.n && !bound;
	if (value->quantities.n != 1)
		value->part = STR_NONE;
}

/* Number of the first in the scale of the second, by one step of 1000 or 1024 for each. */
static double scaled(double number, int steps, double step)
{
	while (steps-- > 0)
		number *= step;
	return number;
}

static bool agrees_by(const struct quantity *large, const struct quantity *small, double step)
{
	int steps = large->scale - small->scale;
	double slack = 1e-6 * small->max;
	return scaled(large->number, steps, step) <= small->max + slack &&
	       small->number <= scaled(large->max, steps, step) + slack;
}

bool quantity_agrees(const struct quantity *a, const struct quantity *b)
{
	if (a->unit == UNIT_NONE || b->unit == UNIT_NONE)
		return a->number <= b->max && b->number <= a->max;
	if (a->unit != b->unit)
		return false;
	if (a->scale < b->scale)
		return quantity_agrees(b, a);
	return agrees_by(a, b, 1000) || agrees_by(a, b, 1024);
}
