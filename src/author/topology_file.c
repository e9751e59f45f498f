/* A topology.yaml that is made, or that gets what it lacks. */
#include "author/topology_want.h"

/* The new text must be YAML, or nothing is written. */
static void check_text(const struct author *author, struct str path, struct str text)
{
	const struct config_limits *limits = &author->model->config->limits;
	struct yaml_limits yaml_limits = {limits->yaml_depth, limits->yaml_aliases, limits->yaml_nodes};
	struct source source = {.kind = SOURCE_TOPOLOGY, .path = path, .text = text};
	struct troubles troubles = {0};
	struct yaml_stream yaml = yaml_parse(author->arena, &source, (struct span){0, 0, (uint32_t)text.size},
					     &yaml_limits, "topology-syntax", &troubles);

	if (yaml.failed || troubles.list.n > 0)
		world_fail("cannot add to " STR_FMT ": it would be no valid YAML; nothing was written",
			   STR_ARG(utf8_printable(author->arena, path)));
}

static void new_file(const struct author *author, const struct estate *estate, const struct want *want, struct str path,
		     struct str schema, struct author_import *import, struct author_changes *changes)
{
	struct buf out = {0};
	struct str text;

	buf_add(&out, schema);
	buf_adds(
		&out,
		"# Written from these files. It is yours now: `lintel import` adds what they gain and changes no line.\n");
	for (size_t i = 0; i < author->model->machines.n; i++)
		if (author->model->machines.data[i].estate == estate)
			buf_addf(&out, "#   " STR_FMT "\n",
				 STR_ARG(utf8_printable(author->arena, author->model->machines.data[i].source->path)));
	buf_adds(&out, "estate: ");
	yaml_add_scalar(&out, estate->entity.id.str);
	if (estate->entity.title.str.size && !str_eq(estate->entity.title.str, estate->entity.id.str)) {
		buf_adds(&out, "\ntitle: ");
		yaml_add_scalar(&out, str_trim(estate->entity.title.str));
	}
	want_add_file(&out, want);
	text = buf_dup(author->arena, &out);
	buf_free(&out);
	check_text(author, path, text);
	author_add_file(author, changes, path, text);
	for (size_t i = 0; i < want->entries.n; i++)
		for (size_t k = 0; k < want->entries.data[i]->entries.n; k++) {
			const struct want *thing = want->entries.data[i]->entries.data[k];
			struct author_addition addition = {str_format(author->arena, STR_FMT "." STR_FMT,
								      STR_ARG(want->entries.data[i]->key),
								      STR_ARG(thing->key)),
							   thing->from};

			vec_add(author->arena, &import->added, addition);
		}
}

struct author_import author_topology(const struct author *author, const struct estate *estate, struct str path,
				     struct str schema, struct author_changes *changes)
{
	struct author_import import = {0};
	struct want *want = topology_want(author, estate, &import);
	struct edits edits = {0};
	size_t skipped;

	if (!estate->topology) {
		if (want->entries.n > 0)
			new_file(author, estate, want, path, schema, &import, changes);
		return import;
	}
	want_graft(author, want, estate->topology, &edits, &import);
	if (edits.list.n > 0) {
		check_text(author, estate->topology->path,
			   edits_apply(author->arena, estate->topology, &edits, &skipped));
		author_add_edits(author, changes, estate->topology, &edits, STR_NONE);
	}
	return import;
}
