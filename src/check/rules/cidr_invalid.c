/* cidr-invalid: what stands as a network's prefix is none. */
#include "check/check.h"

static bool is_prefix(struct str text)
{
	return prefix_parse(text).error == NET_OK;
}

/* The prefix that was most likely meant: zeros for missing parts, no leading zeros; empty: anyone's guess. */
static struct str likely(struct arena *arena, const struct prefix_value *cidr)
{
	struct str bits = cidr->word.str, parts = str_cut(&bits, '/');
	struct str text = STR("");
	size_t n = 0;

	if (str_find_char(parts, ':') != SIZE_MAX || (cidr->error != NET_PART_COUNT && cidr->error != NET_LEADING_ZERO))
		return STR("");
	while (parts.data && n < 4) {
		struct str part = str_cut(&parts, '.');

		while (part.size > 1 && part.data[0] == '0')
			part = str_from_off(part, 1);
		text = str_format(arena, STR_FMT "%s" STR_FMT, STR_ARG(text), n > 0 ? "." : "", STR_ARG(part));
		n++;
	}
	for (; n < 4; n++)
		text = str_format(arena, STR_FMT ".0", STR_ARG(text));
	text = str_format(arena, STR_FMT "/" STR_FMT, STR_ARG(text), STR_ARG(bits));
	return is_prefix(text) ? text : STR("");
}

static void report(struct check *check, const struct network *network, const struct prefix_value *cidr)
{
	struct str near = likely(check->arena, cidr);
	struct diag *diag =
		check_report(check, cidr->word.span, "the prefix of " STR_FMT ", " STR_FMT ", cannot be read: %s",
			     STR_ARG(network->entity.id.str), STR_ARG(cidr->word.str), net_error_text(cidr->error));

	if (near.size > 0)
		check_help(check, diag, "write " STR_FMT, STR_ARG(near));
	else if (cidr->error == NET_BITS_MISSING)
		check_help(check, diag, "write the length behind it, such as " STR_FMT "%s",
			   STR_ARG(str_sub(cidr->word.str, 0, str_find_char(cidr->word.str, '/'))),
			   str_find_char(cidr->word.str, ':') == SIZE_MAX ? "/24" : "/64");
	else
		check_help(check, diag, "write an address, a slash and a length, such as 10.0.0.0/24 or fd00:1::/64");
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate)
		for (size_t i = 0; i < estate->networks.n; i++)
			for (size_t k = 0; k < estate->networks.data[i]->cidrs.n; k++)
				if (!estate->networks.data[i]->cidrs.data[k].valid)
					report(check, estate->networks.data[i],
					       &estate->networks.data[i]->cidrs.data[k]);
}

const struct rule rule_cidr_invalid = {
	.name = "cidr-invalid",
	.severity = SEVERITY_ERROR,
	.group = "topology",
	.summary = "the prefix of a network that is none",
	.explain =
		"A prefix is an address, a slash and a length: IPv4 as four parts from 0 to 255 and a length up to 32, IPv6 as in RFC "
		"4291 and a length up to 128. A part with a leading zero is octal to some programs and decimal to others, so it is "
		"no address. What would be checked against an unreadable prefix is left alone.",
	.example = "lan: {cidr: 10.0.0.0/33}",
	.cure = "Write the prefix in full.",
	.run = run,
};
