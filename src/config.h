/* lintel.yaml and the command line's settings as plain data. */
#ifndef LINTEL_CONFIG_H
#define LINTEL_CONFIG_H

#include "diag/diag.h"

struct config_globs {
	VEC(struct word) list;
	bool set;
}; /* set: the key stands in lintel.yaml, even as [] */

struct config_severity {
	struct word rule;
	enum severity severity;
	struct config_globs paths; /* empty: everywhere */
};

struct config_limits {
	size_t file_bytes;       /* one source, default 8 MiB */
	size_t total_bytes;      /* all sources together, default 2 GiB */
	size_t files;            /* paths walked, default 200000 */
	size_t yaml_depth;       /* default 64 */
	size_t yaml_aliases;     /* default 1000 */
	size_t yaml_nodes;       /* nodes after aliases are followed, default 2000000 */
	size_t md_depth;         /* nesting of blocks kept, default 100 */
	size_t md_bytes;         /* memory of cmark for one document, default 512 MiB */
	unsigned md_seconds;     /* CPU for one document, default 10 */
	size_t graph_nodes;      /* laid out in one drawing, default 400 */
	size_t graph_edges;      /* default 1200 */
	unsigned layout_seconds; /* wall clock for one drawing, default 10 */
};

/* An entry of `sources:`: what is known of the machine files that it names. Absent words have no text. */
struct config_source {
	struct word file;    /* path, folder or pattern */
	struct word as;      /* kind of machine file; absent: recognised by its content */
	struct word cluster; /* what it describes, where the file does not say it */
	struct word estate;
};

/* Names of YAML files that hold the fields of the record beside them. */
#define RECORD_SIDE_FILES                                                                                       \
	"kep.yaml", "kep.yml", "adr.yaml", "adr.yml", "metadata.yaml", "metadata.yml", "meta.yaml", "meta.yml", \
		"decision.yaml", "decision.yml", "rfc.yaml", "rfc.yml", "proposal.yaml", "proposal.yml"

struct config {
	struct str config_path; /* set by the caller: --config FILE on disk; empty: lintel.yaml of the workspace */
	/* Set by the caller: gives the name itself when a rule of that name exists, else the nearest name that exists,
	 * else an empty str. NULL: rule names are not judged. */
	struct str (*nearest_rule)(struct arena *arena, struct str name);
	/* Set by the caller: true for a file that may be a machine file, by its path alone where text.data is NULL. NULL:
	 * there are none. */
	bool (*may_be_machine)(const struct config *config, struct str path, struct str text);
	struct str file; /* path of lintel.yaml as shown, empty: none */
	struct word title;
	struct word base_url;
	struct word repository;
	struct config_globs content; /* folders or globs of documents; the first folder is the content root of URLs */
	struct config_globs decisions;
	struct config_globs diagrams;
	struct config_globs topology;
	VEC(struct config_source) sources; /* machine files, in file order */
	bool only_sources;                 /* no others are used: `sources:` lists them, if only as [] */
	struct config_globs sources_exclude;
	struct word templates;
	struct word output; /* default "site" */
	struct config_globs history;
	struct config_globs terms;
	struct word baseline;
	struct word anchors;
	struct map statuses;                    /* word (lower case) -> struct word * of the normalised status */
	VEC(struct config_severity) severities; /* rules: first, then overrides in order; the last that matches wins */
	long stale_after_days;                  /* text-date-stale, default 180 */
	long proposed_stale_days;               /* default 180 */
	struct config_limits limits;
	struct troubles troubles; /* config-unknown-key and the like, spans in the config source */
};

/* Defaults only. */
void config_init(struct config *config);
/* Reads the text of lintel.yaml over the defaults. What cannot be read as configuration (no mapping, a value of the
 * wrong shape) ends in world_usage with file, line and column. Troubles are of rule "config-unknown-key", with the
 * nearest known word in extra: kinds "key", "rule", "severity", "status", and "duplicate-key". `nearest_rule` is as in
 * struct config. */
void config_read(struct arena *arena, struct config *config, const struct source *source,
		 struct str (*nearest_rule)(struct arena *arena, struct str name));
/* Severity of a rule at a path: `standard` unless configuration says otherwise. */
enum severity config_severity_of(const struct config *config, const char *rule, struct str path,
				 enum severity standard);
/* True when one of the entries is the path, a folder above it, or a pattern that matches it or (patterns with '/') a
 * folder above it. */
bool config_matches(const struct config_globs *globs, struct str path);
/* The last entry of `sources:` that names the file, or NULL. */
const struct config_source *config_source_of(const struct config *config, struct str path);
/* "adr", "decision-records": a folder that is named as logs are. */
bool config_is_log_name(struct str name);
/* True for a workspace path in a folder of decision records, by configuration or by a folder name of custom. */
bool config_in_decisions(const struct config *config, struct str path);

#endif
