/* address-invalid: what stands as an address is none. */
#include "check/address_home.h"

/* An address with something behind it, or with leading zeros: what is left without that; empty: anyone's guess. */
static struct str likely(struct arena *arena, struct str text, enum net_error error)
{
	static const char *const marks = "/%:";
	struct str bare = STR("");

	for (const char *mark = marks; *mark; mark++) {
		size_t at = str_find_char(text, *mark);

		if (at != SIZE_MAX && address_parse(str_sub(text, 0, at)).error == NET_OK)
			return str_sub(text, 0, at);
	}
	for (size_t n = 0; error == NET_LEADING_ZERO && text.data; n++) {
		struct str part = str_cut(&text, '.');

		while (part.size > 1 && part.data[0] == '0')
			part = str_from_off(part, 1);
		bare = str_format(arena, STR_FMT "%s" STR_FMT, STR_ARG(bare), n > 0 ? "." : "", STR_ARG(part));
	}
	return address_parse(bare).error == NET_OK ? bare : STR("");
}

static void report(struct check *check, struct str phrase, struct word word, enum net_error error)
{
	struct str near = likely(check->arena, word.str, error);
	struct diag *diag =
		check_report(check, word.span, STR_FMT " is no address: %s", STR_ARG(phrase), net_error_text(error));

	if (near.size > 0)
		check_help(check, diag, "write " STR_FMT, STR_ARG(near));
	else
		check_help(check, diag, "write an address such as 10.0.0.25 or fd00:1::25, or leave it out");
}

static void check_end(struct check *check, const struct network *network, const struct range_value *range,
		      struct word end)
{
	enum net_error error = address_parse(end.str).error;

	struct str text = range_text(check->arena, range, network);

	if (error != NET_OK)
		report(check,
		       str_format(check->arena, STR_FMT ", an end of " STR_FMT ",", STR_ARG(end.str), STR_ARG(text)),
		       end, error);
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate) {
		struct address_uses uses = estate_addresses(check->arena, estate);

		for (size_t i = 0; i < uses.list.n; i++) {
			const struct address_use *use = &uses.list.data[i];

			if (!use->value->valid)
				report(check, address_phrase(check->arena, use), use->value->word, use->value->error);
		}
		for (size_t i = 0; i < estate->networks.n; i++)
			for (size_t k = 0; k < estate->networks.data[i]->ranges.n; k++) {
				const struct range_value *range = &estate->networks.data[i]->ranges.data[k];

				check_end(check, estate->networks.data[i], range, range->from);
				check_end(check, estate->networks.data[i], range, range->to);
			}
	}
}

const struct rule rule_address_invalid = {
	.name = "address-invalid",
	.severity = SEVERITY_ERROR,
	.group = "topology",
	.summary = "an address that is none",
	.explain =
		"Addresses of nodes, devices, services, VIPs, gateways, cluster DNS and the ends of ranges are IPv4 addresses of four "
		"parts from 0 to 255, or IPv6 addresses as in RFC 4291, without length, port or zone. A part with a leading zero "
		"is octal to some programs and decimal to others, so it is no address.",
	.example = "storm: {address: 192.168.1.256}",
	.cure = "Write the address, or leave the key out while it is not known.",
	.run = run,
};
