/* lintel addresses: every declared address and whose it is. */
#include "cmd/cmd.h"

static void write_text(const struct compilation *c, struct buf *out)
{
	static const char *const uses[] = {"node", "vip", "dns", "device", "service", "gateway"};
	for (size_t i = 0; i < c->model->estates.n; i++) {
		const struct estate *estate = c->model->estates.data[i];
		struct address_uses list = estate_addresses(c->arena, estate);
		for (size_t k = 0; k < list.list.n; k++) {
			const struct address_use *use = &list.list.data[k];
			struct str network = use->value->network ? use->value->network->entity.id.str : STR("-");
			buf_addf(out, STR_FMT "\t" STR_FMT "\t%s\t" STR_FMT "\t" STR_FMT "\n",
				 STR_ARG(estate->entity.id.str), STR_ARG(use->value->word.str), uses[use->use],
				 STR_ARG(use->owner->id.str), STR_ARG(network));
		}
	}
}

static void write_json(const struct compilation *c, struct buf *out)
{
	emit_addresses_json(out, c->model);
}

static int run(const struct options *options)
{
	return cmd_list(options, "resolve", write_text, write_json);
}

const struct command cmd_addresses = {
	.name = "addresses",
	.arguments = "",
	.summary = "List the declared addresses: estate, address, kind, entity, network",
	.takes = TAKES_FORMAT | TAKES_OUTPUT,
	.run = run,
};
