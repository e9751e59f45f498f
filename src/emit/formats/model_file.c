/* model.json: the same bytes as `lintel model`. */
#include "emit/emit.h"

static void write_model(const struct site *site, const struct output *output, struct arena *scratch, struct buf *out)
{
	(void)output;
	(void)scratch;
	emit_model_json(out, site->model, site->facts);
}

static void plan(struct site *site)
{
	site_add(site, STR("model.json"), write_model, NULL);
}

const struct format format_model_file = {"model_file", plan};
