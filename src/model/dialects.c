/* The ADR dialects, one file each in model/dialects/. */
#include "model/model.h"

#define X(name) extern const struct dialect dialect_##name;
#include "dialects.inc"
#undef X

#define X(name) &dialect_##name,
const struct dialect *const dialects[] = {
#include "dialects.inc"
};
const size_t n_dialects = sizeof dialects / sizeof *dialects;
