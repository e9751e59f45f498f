/* What the files of a Terraform folder say together: variables, and which defaults another file replaces. */
#ifndef LINTEL_TERRAFORM_FOLDER_H
#define LINTEL_TERRAFORM_FOLDER_H

#include "model/machine.h"

/* The file as a mapping, in machine->scratch; NULL: it is not valid. */
struct yaml *terraform_parse(struct machine *machine, const struct source *source);
/* True when the folder is a module of another one, which gives its variables their values. */
bool terraform_is_module(const struct machine *machine);
/* Puts var.x and local.x, as far as literals give them, into machine->variables, from all files of the folder. `given`
 * gets the names of variables that a .tfvars file sets. */
void terraform_variables(struct machine *machine, struct map *given);
/* Replaces each cidrhost() in a value whose arguments are known by the address. */
void terraform_fold(struct machine *machine, struct yaml *value);

#endif
