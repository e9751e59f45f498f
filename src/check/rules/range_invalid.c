/* range-invalid: a range runs backwards, leaves its network, or has another size than it says. */
#include "check/address_home.h"

static void check_order(struct check *check, const struct network *network, const struct range_value *range)
{
	struct diag *diag = check_report(
		check, range->to.span, STR_FMT " ends at " STR_FMT ", before it begins at " STR_FMT,
		STR_ARG(range_text(check->arena, range, network)), STR_ARG(range->to.str), STR_ARG(range->from.str));

	check_note(check, diag, range->from.span, "it begins here");
	check_help(check, diag, "write the lower address as from");
}

/* Returns false when an end lies outside. */
static bool check_end(struct check *check, const struct network *network, const struct range_value *range,
		      struct word end, struct address address)
{
	const char *verb = address_eq(address, range->range.from) ? "begins" : "ends";
	struct diag *diag;

	if (network_holds(network, address))
		return true;
	diag = check_report(check, end.span, STR_FMT " %s at " STR_FMT ", which is not in " STR_FMT,
			    STR_ARG(range_text(check->arena, range, network)), verb, STR_ARG(end.str),
			    STR_ARG(network_text(check->arena, network)));
	check_note(check, diag, network->cidrs.data[0].word.span, "the prefix is declared here");
	check_help(check, diag, "write an address of the network");
	return false;
}

static void check_size(struct check *check, const struct network *network, const struct range_value *range)
{
	uint64_t size = address_distance(range->range.from, range->range.to);
	struct str text = range_text(check->arena, range, network), said = range->size_word.str;
	long long number;
	struct diag *diag;

	if (said.size == 0)
		return;
	if (!str_to_number(said, &number)) {
		diag = check_report(check, range->size_word.span, "the size of " STR_FMT ", " STR_FMT ", is no number",
				    STR_ARG(text), STR_ARG(said));
	} else if ((uint64_t)number != size) {
		diag = check_report(check, range->size_word.span,
				    STR_FMT " holds %llu addresses, " STR_FMT " to " STR_FMT ", not " STR_FMT,
				    STR_ARG(text), (unsigned long long)size, STR_ARG(range->from.str),
				    STR_ARG(range->to.str), STR_ARG(said));
		check_note(check, diag, range->to.span, "it ends here, and both ends count");
	} else {
		return;
	}
	check_help(check, diag, "write %llu, or correct an end", (unsigned long long)size);
}

/* Ends that are no address, or of two families, are told of by other rules. */
static void check_range(struct check *check, const struct network *network, const struct range_value *range)
{
	struct address from = range->range.from, to = range->range.to;
	bool is_judged = network_is_readable(network) && network_has_family(network, from.family);

	if (!range->valid) {
		if (from.family && from.family == to.family && address_cmp(from, to) > 0)
			check_order(check, network, range);
		return;
	}
	if (is_judged &&
	    (!check_end(check, network, range, range->from, from) || !check_end(check, network, range, range->to, to)))
		return;
	check_size(check, network, range);
}

static void run(struct check *check)
{
	FOR_ESTATES (check->model, estate)
		for (size_t i = 0; i < estate->networks.n; i++)
			for (size_t k = 0; k < estate->networks.data[i]->ranges.n; k++)
				check_range(check, estate->networks.data[i], &estate->networks.data[i]->ranges.data[k]);
}

const struct rule rule_range_invalid = {
	.name = "range-invalid",
	.severity = SEVERITY_ERROR,
	.group = "topology",
	.summary = "a range that is reversed, leaves its network, or has another size than it says",
	.explain =
		"A range holds both of its ends: 10.10.0.200 to 10.10.0.250 are 51 addresses. size: is optional and is there to be "
		"checked. An end that cannot be read is address-invalid, ends of two families are address-family.",
	.example = "dhcp: {from: 10.10.0.250, to: 10.10.0.200}",
	.cure = "Correct the end or the size that the finding names.",
	.run = run,
};
