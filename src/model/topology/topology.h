/* Between the files that read topology.yaml: the shapes values may have, and what reads each section. */
#ifndef LINTEL_TOPOLOGY_H
#define LINTEL_TOPOLOGY_H

#include "model/model.h"

/* One file being read. */
struct topology {
	struct arena *arena;
	const struct source *source;
	struct estate *estate;
	struct troubles *troubles;
	bool broken; /* a section could not be read: names that seem to be missing may stand in it */
};

struct topology_field;

/* Takes the value of a key, which is not null, into `thing`. */
typedef void topology_read_fn(struct topology *topology, void *thing, const struct yaml *value,
			      const struct topology_field *field);

/* One key of a mapping. */
struct topology_field {
	const char *key;
	const char *wanted; /* for a value of another shape: "a mapping of nodes"; NULL: a word */
	size_t word;        /* where `read` is NULL: offset of a struct word */
	topology_read_fn *read;
};

/* A mapping whose keys are known. */
struct topology_shape {
	const char *name;   /* "node" */
	const char *wanted; /* "a mapping that describes the node" */
	const struct topology_field *fields;
	size_t n;
	bool is_entity; /* starts with a struct entity: title, aliases, docs ... are kept, elsewhere only allowed */
};

#define TOPOLOGY_SHAPE(kind, is, table)                                                          \
	{                                                                                        \
		.name = kind, .wanted = "a mapping that describes the " kind, .fields = (table), \
		.n = sizeof(table) / sizeof *(table), .is_entity = (is)                          \
	}

/* One item of a collection keyed by id: `id: body`, `- id`, or `- {id: ..}`. */
struct topology_entry {
	struct word id;
	const struct yaml *body; /* NULL: none */
	bool listed;             /* id and name are keys of the body */
};
struct topology_entries {
	VEC(struct topology_entry) list;
};

/* Text without blanks around it, and its place. */
struct word topology_word(const struct yaml *scalar);
/* Reports topology-wrong-type at `value`, for `key`. */
void topology_wrong_type(struct topology *topology, const struct yaml *value, const char *key, const char *wanted);
/* Reports a mapping that lacks one of the keys it cannot be without (ends with NULL), and returns true. */
bool topology_is_incomplete(struct topology *topology, const struct yaml *map, const char *what,
			    const char *const *keys);
/* Reads the keys of entry->body into thing; reports unknown keys and a body that is no mapping. */
void topology_fields(struct topology *topology, const struct topology_shape *shape, void *thing,
		     const struct topology_entry *entry);
/* Next scalar of a scalar or list, NULL at the end. Start with *cursor = 0. Other items are reported. */
const struct yaml *topology_item(struct topology *topology, const struct yaml *value,
				 const struct topology_field *field, size_t *cursor);
/* Items of a mapping or list keyed by id; another shape is reported and marks the topology broken. */
struct topology_entries topology_entries(struct topology *topology, const struct yaml *value,
					 const struct topology_field *field);
/* Items of a list of mappings (one mapping stands for a list of one); ids are empty. */
struct topology_entries topology_rows(struct topology *topology, const struct yaml *value,
				      const struct topology_field *field);
/* A zeroed entity of `size` bytes with its kind, estate and id. */
void *topology_entity(struct topology *topology, enum entity_kind kind, size_t size,
		      const struct topology_entry *entry);

/* Addresses: scalar, list, or mapping name -> either. */
struct address_list {
	VEC(struct address_value) list;
};
struct address_list topology_addresses(struct topology *topology, const struct yaml *value,
				       const struct topology_field *field);
struct address_value topology_address(const struct yaml *scalar);
struct entity_ref topology_ref(const struct yaml *scalar, enum entity_kind wanted);

/* Sections of the estate; `thing` is the estate. */
topology_read_fn topology_zones, topology_networks, topology_clusters, topology_devices, topology_services,
	topology_groups, topology_retired, topology_connections, topology_facts, topology_watches;

/* Names, references, and where addresses live, when everything is read. */
void topology_bind(struct topology *topology);

#endif
