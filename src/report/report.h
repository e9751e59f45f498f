/* Findings to text for people and programs. */
#ifndef LINTEL_REPORT_H
#define LINTEL_REPORT_H

#include "compile.h"

struct report {
	const struct compilation *compilation;
	bool color;
	bool quiet; /* no summary */
	bool verbose;
	unsigned width;    /* columns to fit in, 0: no terminal */
	struct str prefix; /* the workspace's folder in its repository; "" the top, or no repository */
	struct arena *arena;
};

/* One format, a file in report/formats/ that registers by existing. */
struct report_format {
	const char *name;
	const char *summary;
	void (*write)(const struct report *report, struct buf *out);
	/* What is added to the file that the environment variable `page_variable` names; NULL: nothing. */
	void (*write_page)(const struct report *report, struct buf *out);
	const char *page_variable;
};
extern const struct report_format *const report_formats[];
extern const size_t n_report_formats;
const struct report_format *report_format_find(struct str name);

/* What was looked at, counted once for every format. */
struct summary {
	size_t errors, warnings, infos;
	size_t pages, decisions, nodes, networks, clusters, services, links, estates, machines, diagrams;
	const struct facts *facts;
};
struct summary report_summary(const struct compilation *c);
/* What a machine file declares, " (5 nodes, 1 VIP)"; nothing where that is nothing. */
void report_machine_counts(struct buf *out, const struct machine_use *use);

/* A path as programs read it: bytes that are no UTF-8 are written as \\xNN, so that two names stay two. */
struct str report_path(struct arena *arena, struct str path);
/* The same, from the top of the repository. A finding without a place stands at the configuration, else at the first
 * source: the readers of these formats want a file. */
struct str report_repository_path(const struct report *report, struct span span);
/* Lines, and columns in code points, from 1, end exclusive; of no place: 1:1. */
struct place report_points(const struct report *report, struct span span);
/* One a finding: diag_fingerprint, told apart by a number where one file has several of the same. In report->arena. */
struct str *report_fingerprints(const struct report *report);
/* Places of the findings in the order error, warning, info; within each as they are. In report->arena. */
size_t *report_by_severity(const struct report *report);

#endif
