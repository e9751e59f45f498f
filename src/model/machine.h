/* What kinds of machine file are, and what they use to read one. Only for model/. */
#ifndef LINTEL_MACHINE_H
#define LINTEL_MACHINE_H

#include "model/model.h"

/* What one machine file declares. Its entities belong to no estate yet; machine_merge() puts them into one. */
struct machine_part {
	const struct source *source;
	const struct machine_kind *kind;
	const char *why;  /* the file is not read, and why; NULL: it is read */
	struct str scope; /* environment that the path names ("staging"); empty: none. Two scopes do not disagree. */
	size_t unread;    /* values that a template or variable stands for */
	VEC(struct cluster *) clusters; /* one without id: the cluster that the file does not name */
	VEC(struct network *) networks;
	VEC(struct device *) devices;
	VEC(struct service *) services;
	VEC(struct range_value) pools; /* before it is known which network holds them; cluster: of the part */
};

/* Files with the settings of clusters. */
struct machine_settings {
	VEC(const struct source *) list;
};

/* One machine file being read. */
struct machine {
	struct arena *arena;   /* for what the part keeps */
	struct arena *scratch; /* freed when the file is read; the YAML lives here */
	const struct config *config;
	const struct sources *sources; /* the machine files beside it are among them */
	const struct source *source;
	const struct machine_settings *settings; /* of the workspace */
	struct yaml_stream yaml;                 /* of kinds in YAML, JSON included */
	struct map variables; /* name -> struct word *: what stands for ${name}; filled by kinds that have such files */
	struct map declared;  /* nodes, services and devices of the part by name, for machine_build.c */
	struct machine_part *part;
};

enum machine_syntax { MACHINE_YAML, MACHINE_TEXT };

/* One kind of machine file, a file in model/sources/ that registers by existing. */
struct machine_kind {
	const char *name; /* as in lintel.yaml: "talhelper" */
	enum machine_syntax syntax;
	/* Cheap, of every file that has a fitting name: false for what cannot be of this kind. */
	bool (*may_be)(struct str path, struct str text);
	/* Evidence from the content, from 0 (not this kind) to 100. The kind with the most reads the file. */
	int (*evidence)(const struct machine *machine);
	/* Adds what the file declares to machine->part. */
	void (*read)(struct machine *machine);
};
extern const struct machine_kind *const machine_kinds[];
extern const size_t n_machine_kinds;

/* ---- what kinds ask ---- */

/* True when the text holds a line that begins, after blanks and "- ", with one of the keys and a colon; JSON's quoted
 * keys count. For may_be. */
bool machine_has_key(struct str text, const char *key);
/* Text of a scalar without blanks around it, kept in machine->arena. ${name} is replaced where it is known. Empty for
 * NULL, for what is no scalar or null, and for a template expression, which is counted. */
struct word machine_word(struct machine *machine, const struct yaml *scalar);
/* machine_word() of a key's value. */
struct word machine_get(struct machine *machine, const struct yaml *map, const char *key);
/* The key of a pair as a name, under the same rules as machine_word(). */
struct word machine_key(struct machine *machine, const struct yaml_pair *pair);
/* A part of a word's text, with its place where that stands in the source as it is. */
struct word machine_part_word(const struct machine *machine, struct word word, struct str part);
/* Value behind several keys, NULL where one is missing: machine_find(doc, "cluster", "network", NULL). */
const struct yaml *machine_find(const struct yaml *map, ...) __attribute__((sentinel));
/* A word of ours at the place of a value: {"control-plane"} for `controlPlane: true`. */
struct word machine_say(const char *text, struct span place);
/* True for a scalar true, yes or on. */
bool machine_is_true(const struct yaml *scalar);
/* The sibling file of that name, or NULL. */
const struct source *machine_sibling(const struct machine *machine, const char *name);
/* The YAML of another source, in machine->scratch; without documents when it is not valid. */
struct yaml_stream machine_parse(struct machine *machine, const struct source *source);

/* Fills machine->variables with what the nearest settings of the workspace say, where these agree. */
void machine_use_settings(struct machine *machine);

/* ---- what kinds declare ---- */

/* The cluster of that id in the part; without id the one that the file does not name. Made when it is new. */
struct cluster *machine_cluster(struct machine *machine, struct word id);
/* The node of that name in the cluster, made when it is new. NULL for an empty name: the cluster is then
 * incomplete. A kind whose file lists all nodes of the cluster sets has_nodes. */
struct node *machine_node(struct machine *machine, struct cluster *cluster, struct word name);
/* The cluster has so many nodes of which only addresses are known: they are counted. */
void machine_nameless(struct cluster *cluster, struct word place, size_t n);
/* NULL for an empty name. `cluster` may be NULL, `space` (namespace) empty. */
struct service *machine_service(struct machine *machine, struct cluster *cluster, struct word name, struct str space);
struct device *machine_device(struct machine *machine, struct word name);
/* A network of that prefix, by `id` or where that is NULL by the prefix; NULL when the word is no prefix. Host bits
 * may be set ("10.0.0.20/24"). `cluster` may be NULL; else it is one of the cluster's networks. */
struct network *machine_network(struct machine *machine, struct cluster *cluster, enum network_kind kind,
				const char *id, struct word cidr);
/* The same for each item of a list, or for each between the commas of a scalar. */
void machine_networks(struct machine *machine, struct cluster *cluster, enum network_kind kind, const char *id,
		      const struct yaml *list);
/* The `gateway` of routes, where the network holds it. The network may be NULL. */
void machine_gateways(struct machine *machine, struct network *network, const struct yaml *routes);
/* "10.0.0.50-10.0.0.99", "10.0.0.64/26" or one address. False when it is none of them. */
bool machine_pool(struct machine *machine, struct cluster *cluster, struct word id, struct word text);
/* The same with both ends. */
bool machine_pool_between(struct machine *machine, struct cluster *cluster, struct word id, struct word from,
			  struct word to);
/* "v1.35.0" of "talos". Once per component: further ones are left out. */
void machine_version(struct machine *machine, struct cluster *cluster, const char *component, struct word version);
/* "v1.30.4+k3s1" of k3s, and what it says of Kubernetes. "latest" and what is no version says nothing. */
void machine_k3s_version(struct machine *machine, struct cluster *cluster, struct word version);
/* True for a number with dots, "v" before it or not, and whatever stands behind it. */
bool machine_is_version(struct str text);
/* Adds what is an address to a list, once, without the prefix length behind it ("10.0.0.20/24"). False when it is none.
 * An empty label: none. */
bool machine_address(struct machine *machine, struct address_values *list, struct str label, struct word word);
/* The same for several, with commas or blanks between. True when one was an address. */
bool machine_addresses(struct machine *machine, struct address_values *list, struct str label, struct word word);
/* A container image: "ghcr.io/grafana/grafana:11.2.0-ubuntu@sha256:..". */
struct machine_image {
	struct str name;     /* grafana */
	struct word version; /* 11.2.0; empty for a tag that is no version */
};
struct machine_image machine_image(struct machine *machine, const struct yaml *value);
/* Host of an URL or of "host:port": "https://10.0.0.25:6443" -> 10.0.0.25. */
struct word machine_url_host(const struct machine *machine, struct word url);
/* True when a thing of that name is called after its image: shop-postgres, immich of immich-server, home-assistant of
 * homeassistant. The maker of cp-kafka counts otherwise than Kafka. */
bool machine_is_akin(struct str image, struct str name);
/* The API of the cluster, "https://10.0.0.25:6443": an address that no node has so far is the VIP. */
void machine_endpoint(struct machine *machine, struct cluster *cluster, struct word endpoint);
/* Adds a host name of a service, lower case, once; a wildcard and what is no host name are left out. */
void machine_host(struct machine *machine, struct service *service, struct word host);
/* Ports of a service, once. */
void machine_port(struct machine *machine, struct service *service, struct word port);

/* ---- the passes ---- */

/* Reads one file in a worker. NULL: of no kind that is known, or it declares nothing. */
struct machine_part *machine_read(struct arena *arena, const struct config *config, const struct sources *sources,
				  const struct machine_settings *settings, const struct source *source);
/* True for a ConfigMap that may hold settings. */
bool machine_may_be_settings(struct str text);
struct machine_settings machine_settings_find(struct arena *arena, const struct sources *sources);
/* Folders that two paths share, from the left. */
size_t machine_nearness(struct str a, struct str b);
/* What is left of a file whose worker was ended: it declares nothing, and why. */
struct machine_part *machine_lost(struct arena *arena, const struct source *source, enum pool_end end);
/* True for folders of templates, examples, tests and documents. */
bool machine_is_aside(struct str path);
/* Puts every part into its estate, which is made where there is none. The pages stand already. */
void machine_merge(struct model *model, const struct syntax *syntax);

#endif
