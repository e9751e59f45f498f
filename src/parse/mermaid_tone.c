/* Colours that a mermaid diagram writes, as tones that the theme knows in light and in dark. */
#include "parse/mermaid_scan.h"

struct colour {
	int red, green, blue; /* 0 to 255 */
};

static const struct {
	const char *name, *tone;
} names[] = {
	{"red", "red"},
	{"crimson", "red"},
	{"salmon", "red"},
	{"lightsalmon", "red"},
	{"tomato", "red"},
	{"coral", "red"},
	{"lightcoral", "red"},
	{"indianred", "red"},
	{"pink", "red"},
	{"lightpink", "red"},
	{"mistyrose", "red"},
	{"firebrick", "red"},
	{"darkred", "red"},
	{"maroon", "red"},
	{"orange", "orange"},
	{"darkorange", "orange"},
	{"gold", "orange"},
	{"yellow", "orange"},
	{"lightyellow", "orange"},
	{"khaki", "orange"},
	{"moccasin", "orange"},
	{"wheat", "orange"},
	{"beige", "orange"},
	{"bisque", "orange"},
	{"green", "green"},
	{"lime", "green"},
	{"lightgreen", "green"},
	{"palegreen", "green"},
	{"limegreen", "green"},
	{"seagreen", "green"},
	{"darkgreen", "green"},
	{"honeydew", "green"},
	{"forestgreen", "green"},
	{"teal", "teal"},
	{"cyan", "teal"},
	{"aqua", "teal"},
	{"lightcyan", "teal"},
	{"turquoise", "teal"},
	{"aquamarine", "teal"},
	{"blue", "blue"},
	{"lightblue", "blue"},
	{"skyblue", "blue"},
	{"lightskyblue", "blue"},
	{"steelblue", "blue"},
	{"dodgerblue", "blue"},
	{"royalblue", "blue"},
	{"navy", "blue"},
	{"aliceblue", "blue"},
	{"lavender", "purple"},
	{"purple", "purple"},
	{"violet", "purple"},
	{"plum", "purple"},
	{"magenta", "purple"},
	{"fuchsia", "purple"},
	{"orchid", "purple"},
	{"indigo", "purple"},
	{"gray", "grey"},
	{"grey", "grey"},
	{"lightgray", "grey"},
	{"lightgrey", "grey"},
	{"silver", "grey"},
	{"gainsboro", "grey"},
	{"darkgray", "grey"},
	{"darkgrey", "grey"},
	{"white", ""},
	{"black", ""},
	{"transparent", ""},
	{"whitesmoke", ""},
};

static int hex_digit(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

static bool read_hex(struct str digits, struct colour *colour)
{
	int values[6];
	bool is_short = digits.size == 3 || digits.size == 4;
	if (!is_short && digits.size != 6 && digits.size != 8)
		return false;
	for (size_t i = 0; i < 6; i++) {
		values[i] = hex_digit(digits.data[is_short ? i / 2 : i]);
		if (values[i] < 0)
			return false;
	}
	*colour = (struct colour){values[0] * 16 + values[1], values[2] * 16 + values[3], values[4] * 16 + values[5]};
	return true;
}

/* `200, 220, 255, 0.3)` */
static bool read_parts(struct str parts, struct colour *colour)
{
	int values[3];
	for (size_t i = 0; i < 3; i++) {
		struct str part = str_trim_left(parts);
		int value = 0;
		size_t n = 0;
		while (n < part.size && n < 4 && part.data[n] >= '0' && part.data[n] <= '9')
			value = value * 10 + (part.data[n++] - '0');
		if (n == 0)
			return false;
		values[i] = value;
		size_t next = n;
		while (next < part.size && part.data[next] != ',' && part.data[next] != ' ' && part.data[next] != ')')
			next++;
		parts = str_from_off(part, next + 1);
	}
	*colour = (struct colour){values[0], values[1], values[2]};
	return true;
}

/* The tone of a hue in degrees. */
static const char *hue_tone(int hue)
{
	return hue < 18 || hue >= 335 ? "red"
	       : hue < 70             ? "orange"
	       : hue < 155            ? "green"
	       : hue < 190            ? "teal"
	       : hue < 245            ? "blue"
	       : hue < 300            ? "purple"
				      : "red";
}

static const char *colour_tone(struct colour it)
{
	int most = it.red > it.green ? it.red : it.green;
	int least = it.red < it.green ? it.red : it.green;
	most = most > it.blue ? most : it.blue;
	least = least < it.blue ? least : it.blue;
	int range = most - least;
	if (range < 14)
		return most > 244 || most < 20 ? "" : "grey";
	int hue = most == it.red     ? 60 * (it.green - it.blue) / range
		  : most == it.green ? 120 + 60 * (it.blue - it.red) / range
				     : 240 + 60 * (it.red - it.green) / range;
	return hue_tone(hue < 0 ? hue + 360 : hue);
}

bool mermaid_tone(struct str text, struct str *tone)
{
	struct colour colour;
	text = str_trim(text);
	if (str_starts(text, STR("#")) && read_hex(str_from_off(text, 1), &colour)) {
		*tone = str_from(colour_tone(colour));
		return true;
	}
	if (str_starts_nocase(text, STR("rgb"))) {
		size_t open = str_find_char(text, '(');
		if (open == SIZE_MAX || !read_parts(str_from_off(text, open + 1), &colour))
			return false;
		*tone = str_from(colour_tone(colour));
		return true;
	}
	if (str_starts_nocase(text, STR("hsl"))) {
		size_t open = str_find_char(text, '(');
		if (open == SIZE_MAX || !read_parts(str_from_off(text, open + 1), &colour))
			return false;
		*tone = colour.green < 10 ? STR("grey") : str_from(hue_tone(colour.red));
		return true;
	}
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_eq_nocase(text, str_from(names[i].name))) {
			*tone = str_from(names[i].tone);
			return true;
		}
	return false;
}
