/* Pages to bytes on disk: all or nothing, unchanged files kept. */
#ifndef LINTEL_EMIT_H
#define LINTEL_EMIT_H

#include "render/render.h"

struct emitted {
	size_t files, written, unchanged, removed; /* counts */
	uint64_t bytes;
};

/* One output format, a file in emit/formats/ that registers by existing: adds its outputs to the plan. */
struct format {
	const char *name;
	void (*plan)(struct site *site);
};
extern const struct format *const formats[];
extern const size_t n_formats;

/* Ends with status 2 when `out_dir` is a non-empty folder without our manifest. */
void emit_check_target(const char *out_dir);
/* Writes every output into a staging folder beside `out_dir` (in workers), keeps files that are already right, and exchanges the
 * two folders in one step. A failure of the world removes the staging folder and leaves the previous site. */
struct emitted emit(struct site *site, const char *out_dir, const struct pool *pool);
/* The model as JSON, version 1 (schema/model.schema.json): site/model.json and `lintel model`. facts may be NULL. In model_json.c. */
void emit_model_json(struct buf *out, const struct model *model, const struct facts *facts);
/* Parts of it as flat arrays, one line each item: `lintel decisions --format json` and its kin. */
void emit_decisions_json(struct buf *out, const struct model *model);
void emit_nodes_json(struct buf *out, const struct model *model);
void emit_networks_json(struct buf *out, const struct model *model);
void emit_addresses_json(struct buf *out, const struct model *model);
void emit_links_json(struct buf *out, const struct model *model);
void emit_facts_json(struct buf *out, const struct model *model, const struct facts *facts);

#endif
