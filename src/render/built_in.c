/* The files of templates/, compiled in. */
#include "render/pages.h"

#include "templates.inc"

const struct built_in *const built_ins = built_in;
const size_t n_built_ins = sizeof built_in / sizeof *built_in;
