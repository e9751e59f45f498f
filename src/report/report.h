/* Findings to text for people and programs. */
#ifndef LINTEL_REPORT_H
#define LINTEL_REPORT_H

#include "compile.h"

struct report {
	const struct compilation *compilation;
	bool color;
	bool quiet; /* no summary */
	bool verbose;
	unsigned width; /* columns to fit in, 0: no terminal */
	struct arena *arena;
};

/* One format, a file in report/formats/ that registers by existing. */
struct report_format {
	const char *name;
	const char *summary;
	void (*write)(const struct report *report, struct buf *out);
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

#endif
