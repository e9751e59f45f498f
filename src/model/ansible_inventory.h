/* An Ansible inventory, in whatever syntax it was written: hosts, groups and what variables say of a cluster. */
#ifndef LINTEL_ANSIBLE_INVENTORY_H
#define LINTEL_ANSIBLE_INVENTORY_H

#include "model/machine.h"

struct ansible_host {
	struct word name;      /* as the inventory calls it: may be an address */
	struct word real_name; /* where the name is an address; may be empty */
	struct address_values addresses;
	unsigned roles; /* of the groups it is in */
	bool is_range;  /* one of several that one line stands for */
	bool is_local;  /* the computer that runs Ansible */
};

struct ansible_group {
	struct word name;
	unsigned roles;
	VEC(struct ansible_host *) hosts;
	VEC(struct ansible_group *) children;
};

struct ansible {
	struct machine *machine;
	struct cluster *cluster;
	struct map groups;  /* name -> struct ansible_group * */
	struct map hosts;   /* name -> struct ansible_host * */
	size_t n_of_ranges; /* hosts that ranges stand for */
	bool unread;        /* a host's name is not known */
	VEC(struct word) endpoints;
};

struct ansible ansible_start(struct machine *machine);
/* Made when it is new. */
struct ansible_group *ansible_group(struct ansible *ansible, struct word name);
/* The hosts that a name stands for, "node[01:03]" for three, put into the group. */
struct ansible_hosts {
	VEC(struct ansible_host *) list;
};
struct ansible_hosts ansible_add(struct ansible *ansible, struct ansible_group *group, struct word name);
/* True for a variable that tells something of a host. */
bool ansible_is_host_variable(struct str key);
/* A variable of hosts. */
void ansible_host_variable(struct ansible *ansible, const struct ansible_hosts *hosts, struct str key,
			   struct word value);
/* True for a variable that tells something of a cluster. */
bool ansible_is_known(struct str key);
/* A variable of a group, or of all. */
void ansible_variable(struct ansible *ansible, struct str key, const struct yaml *value);
/* Declares the hosts, when all groups stand. */
void ansible_finish(struct ansible *ansible);
/* True for a group whose name says what its hosts are in a cluster. */
bool ansible_is_role(struct str name);

#endif
