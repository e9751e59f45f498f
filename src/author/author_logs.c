/* Which log and which record an author means. */
#include "author/author.h"

#include <assert.h>

static struct str printable(const struct author *author, struct str text)
{
	return utf8_printable(author->arena, text);
}

/* ---- logs ---- */

static const struct decision_log *log_at(const struct author *author, struct str folder)
{
	for (size_t i = 0; i < author->model->logs.n; i++)
		if (str_eq(author->model->logs.data[i]->folder, folder))
			return author->model->logs.data[i];
	return NULL;
}

/* Names of logs for a message: "a, b and 3 more". */
static struct str listed(const struct author *author, const struct str *names, size_t n)
{
	enum { MOST = 8 };
	struct buf out = {0};
	for (size_t i = 0; i < n && i < MOST; i++)
		buf_addf(&out, "%s" STR_FMT, i ? ", " : "", STR_ARG(printable(author, names[i])));
	if (n > MOST)
		buf_addf(&out, " and %zu more", n - MOST);
	struct str text = buf_dup(author->arena, &out);
	buf_free(&out);
	return text;
}

static _Noreturn void several_logs(const struct author *author, const struct str *folders, size_t n)
{
	world_usage("there are several decision logs: " STR_FMT "; choose one with --log DIR",
		    STR_ARG(listed(author, folders, n)));
}

static _Noreturn void no_such_log(const struct author *author, const char *given)
{
	size_t n = author->model->logs.n;
	struct str *folders = NEW_ARRAY(author->arena, struct str, n + 1);
	for (size_t i = 0; i < n; i++)
		folders[i] = author->model->logs.data[i]->folder;
	if (n == 0)
		world_usage(
			"'%s' is no folder that is read as a decision log; call it decisions, or name it in lintel.yaml",
			given);
	world_usage("'%s' is no decision log; they are: " STR_FMT, given, STR_ARG(listed(author, folders, n)));
}

/* A path as the user gives it, from the current folder; data NULL: it leaves the workspace. */
static struct str given_path(const struct author *author, const char *given)
{
	struct str path = author->here.data ? path_join(author->arena, author->here, str_from(given)) : STR_NONE;
	return path.data && !path_is_outside(path) ? path : STR_NONE;
}

static struct author_log named_log(const struct author *author)
{
	struct str paths[] = {given_path(author, author->log), path_normal(author->arena, str_from(author->log))};
	for (size_t i = 0; i < 2; i++) {
		const struct decision_log *log = paths[i].data ? log_at(author, paths[i]) : NULL;
		if (log)
			return (struct author_log){paths[i], log};
	}
	struct str path = paths[0].data ? paths[0] : paths[1];
	if (path_is_outside(path) || !decisions_folder_is_log(author->model, path))
		no_such_log(author, author->log);
	return (struct author_log){path, NULL};
}

/* Where the first record of a workspace belongs. */
static struct str first_folder(const struct author *author)
{
	struct log_folders named = decisions_named_folders(author->model);
	const struct config_globs *configured = &author->model->config->decisions;
	if (configured->list.n) {
		struct str folder = configured->list.data[0].str;
		size_t end = 0;
		while (end < folder.size && !strchr("*?[{", folder.data[end]))
			end++;
		folder = path_normal(author->arena, end < folder.size ? path_dir(str_sub(folder, 0, end)) : folder);
		return str_ends(folder, STR(".md")) ? path_dir(folder) : folder;
	}
	if (configured->set)
		world_usage("lintel.yaml says that there are no decisions (decisions: [])");
	return named.list.n ? named.list.data[0] : STR("decisions");
}

/* The logs below the nearest folder, from the current one upwards, that has any; no files that hold several records. */
static size_t nearest_logs(const struct author *author, struct str *folders)
{
	for (struct str at = author->here.data ? author->here : STR("");; at = path_dir(at)) {
		size_t n = 0;
		const struct decision_log *own = NULL;
		for (size_t i = 0; i < author->model->logs.n; i++) {
			const struct decision_log *log = author->model->logs.data[i];
			if (log->decisions.n && log->decisions.data[0]->anchor.size)
				continue;
			if (str_eq(log->folder, at))
				own = log;
			if (path_is_under(log->folder, at))
				folders[n++] = log->folder;
		}
		if (own)
			folders[0] = own->folder;
		if (own || n || at.size == 0)
			return own ? 1 : n;
	}
}

struct author_log author_log(const struct author *author)
{
	if (author->log)
		return named_log(author);
	struct str *folders = NEW_ARRAY(author->arena, struct str, author->model->logs.n + 1);
	size_t n = nearest_logs(author, folders);
	if (n > 1)
		several_logs(author, folders, n);
	struct str folder = n ? folders[0] : first_folder(author);
	return (struct author_log){folder, log_at(author, folder)};
}

struct author_log author_log_of(const struct decision *decision)
{
	return (struct author_log){decision->log->folder, decision->log};
}

/* ---- records ---- */

struct answers {
	VEC(struct decision *) list;
};

/* What stands behind the number or date of a file name. */
static struct str slug_of(const struct decision *decision)
{
	struct str stem = decision->stem;
	size_t at = decision->number >= 0 ? str_find(stem, decision->id) : 0;
	size_t size = decision->number >= 0 ? decision->id.size : 0;
	if (decision->number < 0 && decision->date.year)
		while (size < stem.size && strchr("0123456789-", stem.data[size]))
			size++;
	if (at == SIZE_MAX || at + size >= stem.size)
		return stem;
	struct str slug = str_from_off(stem, at + size);
	while (slug.size && strchr("-_. ", slug.data[0]))
		slug = str_from_off(slug, 1);
	return slug;
}

enum how { BY_NAME, BY_NUMBER, BY_PART, HOWS };

static bool answers_to(const struct decision *decision, struct str name, enum how how)
{
	struct str stem = decision->stem;
	switch (how) {
	case BY_NAME:
		return str_eq(stem, name) || str_eq(path_base(decision->source->path), name) ||
		       str_eq_nocase(decision->id, name) || str_eq(slug_of(decision), name);
	case BY_NUMBER: return decision->number >= 0 && decision->number == decision_number(name);
	default: return str_find_nocase(stem, name) != SIZE_MAX;
	}
}

/* "7" and "0007" are one number, also where a file is called 7-x; so an id in a name counts only as a number. */
static bool is_number(struct str name)
{
	long long number;
	return str_to_number(name, &number);
}

static struct answers answers_in(const struct author *author, const struct decision_log *log, struct str name)
{
	struct answers answers = {0};
	for (enum how how = is_number(name) ? BY_NUMBER : BY_NAME; how < HOWS && !answers.list.n; how++) {
		if (how == BY_PART && (is_number(name) || decision_number(name) >= 0))
			break;
		for (size_t i = 0; i < author->model->decisions.n; i++) {
			struct decision *decision = author->model->decisions.data[i];
			if ((!log || decision->log == log) && answers_to(decision, name, how))
				vec_add(author->arena, &answers.list, decision);
		}
	}
	return answers;
}

static _Noreturn void no_record(const struct author *author, const char *name)
{
	size_t n = author->model->decisions.n;
	struct str *names = NEW_ARRAY(author->arena, struct str, n + 1);
	if (n == 0)
		world_usage("there are no decision records here; `lintel adr new TITLE` writes the first");
	for (size_t i = 0; i < n; i++)
		names[i] = slug_of(author->model->decisions.data[i]);
	struct str near = nearest_find(str_from(name), names, n);
	if (near.size)
		world_usage("no record is called '%s'; did you mean '" STR_FMT "'?", name,
			    STR_ARG(printable(author, near)));
	world_usage("no record is called '%s'; `lintel adr list` shows what there is", name);
}

static struct decision *find_record(const struct author *author, const char *name)
{
	struct str given = given_path(author, name), text = str_trim(str_from(name));
	struct decision *decision = given.data ? map_find(&author->model->decision_by_path, given) : NULL;
	if (!text.size)
		world_usage("the name of a record is empty");
	if (!decision)
		decision = map_find(&author->model->decision_by_path, path_normal(author->arena, text));
	if (decision)
		return decision;
	struct str *folders = NEW_ARRAY(author->arena, struct str, author->model->logs.n + 1);
	const struct decision_log *scope = author->log ? named_log(author).log : NULL;
	if (!scope && nearest_logs(author, folders) == 1)
		scope = log_at(author, folders[0]);
	struct answers answers = answers_in(author, scope, text);
	if (!answers.list.n && scope && !author->log)
		answers = answers_in(author, NULL, text);
	if (answers.list.n == 1)
		return answers.list.data[0];
	if (!answers.list.n)
		no_record(author, name);
	struct str *paths = NEW_ARRAY(author->arena, struct str, answers.list.n);
	for (size_t i = 0; i < answers.list.n; i++)
		paths[i] = answers.list.data[i]->source->path;
	world_usage("'%s' may be %zu records: " STR_FMT "; give the path of one", name, answers.list.n,
		    STR_ARG(listed(author, paths, answers.list.n)));
}

struct decision *author_record(const struct author *author, const char *name)
{
	struct decision *decision = find_record(author, name);
	if (decision->anchor.size)
		world_usage("%s stands in a file with other records, " STR_FMT "; change it there", name,
			    STR_ARG(utf8_printable(author->arena, decision->source->path)));
	return decision;
}
