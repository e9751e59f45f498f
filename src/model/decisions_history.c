/* What became of records: each is read as its commits had it, in a workspace of its own that holds nothing else. */
#include "model/model_parts.h"

/* Read at most; records behind are not judged by what they were. */
enum { VERSIONS_MAX = 20000 };
#define VERSIONS_BYTES ((size_t)64 << 20)

struct reading {
	struct arena *arena;
	struct model *model;
	VEC(struct tree_file) files;
	size_t bytes;
};

/* One version stands alone in a folder that is a log by its name, under the name of its file. */
static struct str version_path(struct arena *arena, const struct decision *decision, size_t version)
{
	return str_format(arena, "%u/%zu/adr/" STR_FMT, decision->index, version,
			  STR_ARG(path_base(decision->source->path)));
}

static const struct git_versions *versions_of(const struct model *model, const struct decision *decision)
{
	const struct git_versions *versions = map_find(&model->git->versions, decision->source->path);
	bool known = versions && !versions->has_more && versions->list.n > 1 && !decision->log->file;
	return known ? versions : NULL;
}

static bool take(struct reading *reading, const struct decision *decision)
{
	const struct git_versions *versions = versions_of(reading->model, decision);
	for (size_t i = 0; versions && i < versions->list.n; i++) {
		struct tree_file file = {version_path(reading->arena, decision, i), versions->list.data[i].text};
		reading->bytes += file.text.size;
		vec_add(reading->arena, &reading->files, file);
	}
	return reading->files.n < VERSIONS_MAX && reading->bytes < VERSIONS_BYTES;
}

static bool was_accepted(enum status status)
{
	return status == STATUS_ACCEPTED || status == STATUS_SUPERSEDED || status == STATUS_DEPRECATED;
}

/* Days in which a record that was just accepted is finished. */
enum { FINISHING_DAYS = 7 };

static void settle(struct reading *reading, const struct model *past, struct decision *decision)
{
	const struct git_versions *versions = versions_of(reading->model, decision);
	const struct git_version *all = versions ? versions->list.data : NULL;
	const struct decision *same = NULL, *accepted = NULL;
	size_t n = versions ? versions->list.n : 0, since = 0, at = 0;
	/* Back while the status is as it is now: since then it is. */
	for (; since < n; since++) {
		same = map_find(&past->decision_by_path, version_path(reading->arena, decision, since));
		if (!same || same->status != decision->status)
			break;
	}
	if (since && since < n)
		decision->status_since = all[since - 1].commit;
	for (; at < n && was_accepted(decision->status); at++) {
		same = map_find(&past->decision_by_path, version_path(reading->arena, decision, at));
		if (!same || !was_accepted(same->status))
			break;
		accepted = same->status == STATUS_ACCEPTED ? same : accepted;
		decision->accepted_in = same == accepted ? all[at].commit : decision->accepted_in;
	}
	for (size_t i = at; accepted && i-- > 0;) {
		same = map_find(&past->decision_by_path, version_path(reading->arena, decision, i));
		if (all[i].commit->when > decision->accepted_in->when + FINISHING_DAYS * 86400LL)
			break;
		accepted = same->status == STATUS_ACCEPTED ? same : accepted;
	}
	decision->accepted_as = accepted ? accepted->md : NULL;
}

void decisions_read_history(struct model *model, const struct pool *pool)
{
	struct reading reading = {.arena = model->arena, .model = model};
	struct config *config = NEW(model->arena, struct config);
	if (!model->git || !model->git->present || model->git->shallow)
		return;
	for (size_t i = 0; i < model->decisions.n && take(&reading, model->decisions.data[i]); i++)
		;
	if (!reading.files.n)
		return;
	config_init(config);
	config->statuses = model->config->statuses;
	struct tree *tree = tree_memory(model->arena, reading.files.data, reading.files.n);
	struct loaded *loaded = load(model->arena, tree, config);
	const struct model *past =
		model_build(model->arena, config, loaded, syntax_parse(model->arena, config, loaded, pool));
	for (size_t i = 0; i < model->decisions.n; i++)
		settle(&reading, past, model->decisions.data[i]);
}
