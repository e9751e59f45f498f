/* Writing decision records: which log, which record, which name and number, and what changes on disk. */
#ifndef LINTEL_AUTHOR_H
#define LINTEL_AUTHOR_H

#include "model/model.h"

/* Who writes where. */
struct author {
	struct arena *arena;
	struct model *model;
	const char *root; /* folder of the workspace on disk */
	struct str here;  /* current folder in the workspace; data NULL: outside of it */
	const char *log;  /* --log as given, or NULL */
	bool with_git;
};

/* ---- logs and records ---- */

/* A folder of records, and the log that it is; log NULL: nothing stands there yet. */
struct author_log {
	struct str folder;
	const struct decision_log *log;
};

/* The log that --log names, else the one nearest to the current folder, else where the first one belongs. Several that
 * are as near end with status 2 and their names. */
struct author_log author_log(const struct author *author);
/* The record that a number, path, file name, slug or part of one names. None and several end with status 2. */
struct decision *author_record(const struct author *author, const char *name);
/* The log of a record. */
struct author_log author_log_of(const struct decision *decision);

/* ---- names and numbers ---- */

/* How the files of a log are called. */
struct author_names {
	bool numbered, dated;
	struct str prefix;    /* "adr-" */
	size_t digits;        /* of a number, zero-padded; 0: as it is */
	bool date_dashes;     /* 2026-03-01, not 20260301 */
	struct str behind;    /* between the number or date and the slug: "-" */
	char word_joint;      /* between words of the slug */
	struct str extension; /* ".md"; "/README.md" where each record has a folder of its own */
};
struct author_names author_names(const struct author *author, const struct author_log *log);
/* File name of a record; ends with status 2 when the title holds no letter or digit. */
struct str author_file_name(const struct author *author, const struct author_names *names, long long number,
			    struct str date, struct str title);
/* True for a record like 0001-x/README.md. */
bool author_has_folder(const struct decision *decision);
struct str author_digits(struct arena *arena, const struct author_names *names, long long number);

/* Numbers of a log that are taken, in the workspace and on the base branch. */
struct author_number {
	long long number;
	struct str path;   /* of the file that has it */
	const char *where; /* "origin/main"; NULL: the workspace */
};
struct author_numbers {
	VEC(struct author_number) list;
};
/* Looks into origin/HEAD, origin/main, origin/master, main and master, whichever are there. */
struct author_numbers author_numbers(const struct author *author, struct str folder);
/* Behind the highest one; 1 in an empty log. */
long long author_next(const struct author_numbers *numbers);

/* ---- changes ---- */

/* One file that is made, changed or gets another name. */
struct author_change {
	struct str path, old_path; /* the same, unless it gets another name */
	struct str before, after;
	bool is_new;
	struct edited edited; /* of a file that was there */
};
struct author_changes {
	VEC(struct author_change) list;
};

/* Adds a new file. Ends with status 2 when something stands there. */
void author_add_file(const struct author *author, struct author_changes *changes, struct str path, struct str text);
/* Adds edits of a source. Ends with status 3 when it may not be written. */
void author_add_edits(const struct author *author, struct author_changes *changes, const struct source *source,
		      const struct edits *edits, struct str new_path);
/* A unified diff that git applies. */
void author_diff(const struct author *author, const struct author_changes *changes, struct buf *out);
/* Does it; nothing is written unless all of it may be. Failures end with status 3. */
void author_write(const struct author *author, const struct author_changes *changes);

/* ---- another number ---- */

/* The record under another number, and every reference to it: links, mentions, tables, `decision:`. */
void author_renumber(const struct author *author, const struct decision *decision, long long number,
		     struct author_changes *changes);

/* ---- topology ---- */

/* An entry or key that a topology.yaml gets. */
struct author_addition {
	struct str path;           /* "clusters.main.nodes.storm" */
	const struct source *from; /* the machine file that says it; NULL: several */
};
struct author_import {
	VEC(struct author_addition) added;
	VEC(struct str) left_out; /* "storm's address 10.1.0.5: in no network of lab" */
};
/* Writes what machine files say of an estate into its topology.yaml: a new file at `path`, or what the file that is
 * there lacks. `schema` is the first line of a new file. */
struct author_import author_topology(const struct author *author, const struct estate *estate, struct str path,
				     struct str schema, struct author_changes *changes);

#endif
