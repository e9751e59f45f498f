/* What a revision had already: its findings, so that only those that a change brings are told of, and its records, so that
 * no number is given twice. The revision is read from git and never checked out. */
#include "compile.h"

/* Findings that are equal share one count. */
struct known {
	size_t n;
};

struct base_revision {
	struct arena *arena;
	const char *name;                 /* as asked for */
	struct map known;                 /* fingerprint -> struct known * */
	struct map moved;                 /* path, rule and words of a finding -> struct known * */
	struct map paths;                 /* files of the common ancestor */
	struct map theirs;                /* files of the revision itself */
	VEC(struct taken_number) records; /* that were added to the revision since the common ancestor */
};

static struct str words_of(struct arena *arena, const struct diag *diag)
{
	return str_format(arena, "%s\n" STR_FMT, diag->rule, STR_ARG(diag->key.size ? diag->key : diag->message));
}

static struct known *count(struct arena *arena, struct map *map, struct str key)
{
	struct known *known = map_find(map, key);
	if (!known) {
		known = NEW(arena, struct known);
		map_put(map, key, known);
	}
	known->n++;
	return known;
}

static struct compilation same_as(const struct compilation *like, const char *revision)
{
	return (struct compilation){.root = like->root,
				    .revision = revision,
				    .config_path = like->config_path,
				    .pool = like->pool,
				    .with_git = like->with_git};
}

static void copy_paths(struct base_revision *base, struct map *paths, const struct compilation *c)
{
	paths->arena = base->arena;
	for (size_t i = 0; i < c->loaded->listing->list.n; i++)
		map_put(paths, str_dup(base->arena, c->loaded->listing->list.data[i].path), paths);
}

/* The findings of the common ancestor. */
static void read_findings(struct base_revision *base, const struct compilation *like, const char *revision)
{
	struct compilation old = same_as(like, revision);
	compile(&old, "check");
	copy_paths(base, &base->paths, &old);
	for (size_t i = 0; i < old.diags->list.n; i++) {
		const struct diag *diag = &old.diags->list.data[i];
		count(base->arena, &base->known, diag_fingerprint(base->arena, &old.loaded->sources, diag));
		struct str path = span_path(&old.loaded->sources, diag->span);
		struct str key = str_format(base->arena, STR_FMT "\n" STR_FMT, STR_ARG(path),
					    STR_ARG(words_of(base->arena, diag)));
		count(base->arena, &base->moved, key);
	}
	compilation_free(&old);
}

/* 40 and 40a are two numbers, and a letter is seldom given twice. */
static bool has_number(const struct decision *decision)
{
	char last = decision->id.size ? decision->id.data[decision->id.size - 1] : '\0';
	return decision->number >= 0 && last >= '0' && last <= '9';
}

static void read_records(struct base_revision *base, const struct compilation *like, const char *revision)
{
	struct compilation theirs = same_as(like, revision);
	theirs.with_git = false;
	compile(&theirs, "model");
	copy_paths(base, &base->theirs, &theirs);
	for (size_t i = 0; i < theirs.model->decisions.n; i++) {
		const struct decision *decision = theirs.model->decisions.data[i];
		if (!has_number(decision) || map_has(&base->paths, decision->source->path))
			continue;
		struct taken_number taken = {.number = decision->number,
					     .folder = str_dup(base->arena, decision->log->folder),
					     .path = str_dup(base->arena, decision->path),
					     .title = str_dup(base->arena, decision->title.str),
					     .revision = str_from(base->name)};
		vec_add(base->arena, &base->records, taken);
	}
	compilation_free(&theirs);
}

struct base_revision *base_read(const struct compilation *like, const char *revision)
{
	struct arena *arena = arena_new();
	struct base_revision *base = NEW(arena, struct base_revision);
	struct str repository, prefix;
	base->arena = base->known.arena = base->moved.arena = arena;
	base->name = revision;
	if (!git_find(arena, like->root, &repository, &prefix))
		world_usage("there is no git repository to read %s from", revision);
	struct str common = commit_common(arena, str_to_c(arena, repository), "HEAD", revision);
	read_findings(base, like, common.size ? str_to_c(arena, common) : revision);
	if (common.size)
		read_records(base, like, revision);
	return base;
}

void base_free(struct base_revision *base)
{
	if (base)
		arena_free(base->arena);
}

void base_mark_taken(const struct base_revision *base, struct model *model)
{
	struct map by_number = {.arena = model->arena};
	for (size_t i = 0; i < base->records.n; i++) {
		struct taken_number *taken = &base->records.data[i];
		map_put(&by_number, str_format(model->arena, STR_FMT "\n%lld", STR_ARG(taken->folder), taken->number),
			taken);
	}
	for (size_t i = 0; i < model->decisions.n && by_number.n; i++) {
		const struct decision *decision = model->decisions.data[i];
		struct str key =
			str_format(model->arena, STR_FMT "\n%lld", STR_ARG(decision->log->folder), decision->number);
		const struct taken_number *taken = map_find(&by_number, key);
		if (!taken || !has_number(decision) || map_has(&base->paths, decision->source->path) ||
		    map_has(&base->theirs, decision->source->path))
			continue;
		struct taken_number of = *taken;
		of.decision = decision;
		vec_add(model->arena, &model->taken, of);
	}
}

/* A finding of a file that is new, in the words of one of a file that has gone. */
static bool was_moved(struct base_revision *base, const struct compilation *c, struct map *gone,
		      const struct diag *diag)
{
	if (map_has(&base->paths, span_path(&c->loaded->sources, diag->span)))
		return false;
	struct known *known = map_find(gone, words_of(c->arena, diag));
	if (!known || !known->n)
		return false;
	known->n--;
	return true;
}

static struct map gone_findings(const struct base_revision *base, const struct compilation *c)
{
	struct map gone = {.arena = c->arena};
	for (size_t i = 0; i < base->moved.n; i++) {
		struct str words = base->moved.items[i].key;
		struct str path = str_cut(&words, '\n');
		const struct known *known = base->moved.items[i].value;
		for (size_t k = 0; k < known->n && !map_has(&c->loaded->listing->by_path, path); k++)
			count(c->arena, &gone, words);
	}
	return gone;
}

size_t base_keep_new(struct base_revision *base, struct compilation *c)
{
	struct map gone = gone_findings(base, c), met = {.arena = c->arena};
	size_t kept = 0, n = c->diags->list.n;
	for (size_t i = 0; i < n; i++) {
		const struct diag *diag = &c->diags->list.data[i];
		struct str print = diag_fingerprint(c->arena, &c->loaded->sources, diag);
		const struct known *known = map_find(&base->known, print);
		bool is_known = known && count(c->arena, &met, print)->n <= known->n;
		if (!is_known && !was_moved(base, c, &gone, diag))
			c->diags->list.data[kept++] = *diag;
	}
	c->diags->list.n = kept;
	return n - kept;
}
