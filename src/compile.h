/* The pipeline: what every command runs, and what is left of each pass. */
#ifndef LINTEL_COMPILE_H
#define LINTEL_COMPILE_H

#include "emit/emit.h"

/* One run over one workspace. Set the first part, call compile(), read the rest. */
struct compilation {
	const char *root;       /* folder of the workspace */
	const char *revision;   /* a commit of its repository to read instead of the disk; NULL: the disk */
	const char *merged;     /* and a commit that is merged into it; NULL: none */
	struct str config_path; /* --config; empty: lintel.yaml of the root */
	const char *out_dir;    /* of the site; NULL: what the configuration says, below root */
	struct pool pool;
	bool strict;   /* with errors: emit nothing */
	bool with_git; /* read history */
	bool verbose;  /* time and memory of each pass on stderr; more in dumps */

	bool writes_site; /* emit is among the passes */

	struct base_revision *base; /* what it is compared with; NULL: nothing */
	size_t n_known;             /* findings that are left out, as the base had them */

	bool with_baseline;   /* findings of a baseline are left out */
	const char *baseline; /* its file; NULL: what the configuration names, if anything */
	size_t n_accepted;    /* findings that are left out, as the baseline has them */

	struct arena *arena;
	struct config config;
	struct loaded *loaded;
	struct git_history *git;
	struct syntax *syntax;
	struct model *model;
	struct facts *facts;
	struct diags *diags;
	struct drawings *drawings;
	struct site *site;
	struct emitted emitted;
	bool has_emitted;
};

struct pass {
	const char *name;
	void (*run)(struct compilation *c);
	void (*dump)(const struct compilation *c, struct buf *out); /* for `lintel dump --after=NAME` */
	bool after_errors;                                          /* runs under --strict although there are errors */
};

extern const struct pass passes[];
extern const size_t n_passes;

/* Runs the passes up to and including `last`. Findings are in c->diags once `check` has run. */
void compile(struct compilation *c, const char *last);
/* Frees what compile made. */
void compilation_free(struct compilation *c);

/* What a revision had already, read from git: in base_revision.c. Findings are those of the newest commit that HEAD and the
 * revision have in common, records those of the revision. A revision that cannot be read ends with status 2. */
struct base_revision *base_read(const struct compilation *like, const char *revision);
void base_free(struct base_revision *base);
/* Fills model->taken. */
void base_mark_taken(const struct base_revision *base, struct model *model);
/* Takes the findings out that the base had; gives how many. A finding of a file that was renamed is one of them. */
size_t base_keep_new(struct base_revision *base, struct compilation *c);

/* Takes out the findings that the baseline accepts, and tells of its rows that accept nothing; in baseline.c. A baseline
 * that cannot be read ends with status 2. */
void baseline_apply(struct compilation *c);

struct baseline_counts {
	size_t accepted;
	size_t gone;     /* were accepted, and are no longer found */
	size_t left_out; /* are found, and the file that was there did not accept them */
};
/* Accepts the findings of c in a new file; of one that is there, keeps what is still found and takes in nothing new. */
struct baseline_counts baseline_write(const struct compilation *c, const char *file);

/* The dumps, in dump.c. */
void dump_load(const struct compilation *c, struct buf *out);
void dump_parse(const struct compilation *c, struct buf *out);
void dump_model(const struct compilation *c, struct buf *out);
/* One line a link; also `lintel links`. */
void dump_links(const struct compilation *c, struct buf *out);
void dump_resolve(const struct compilation *c, struct buf *out);
void dump_fact(const struct compilation *c, struct buf *out);
void dump_check(const struct compilation *c, struct buf *out);
void dump_draw(const struct compilation *c, struct buf *out);
void dump_render(const struct compilation *c, struct buf *out);
void dump_emit(const struct compilation *c, struct buf *out);

#endif
