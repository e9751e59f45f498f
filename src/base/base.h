/* What every other folder stands on. Knows nothing of documents.
 * The one header of base/ that other folders include. */
#ifndef LINTEL_BASE_H
#define LINTEL_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/banned.h"
#include "base/str.h"
#include "base/arena.h"
#include "base/vec.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/path.h"
#include "base/file.h"
#include "base/utf8.h"
#include "base/date.h"
#include "base/json.h"
#include "base/regex.h"
#include "base/pool.h"
#include "base/net.h"
#include "base/nearest.h"
#include "base/hash.h"
#include "base/world.h"

#endif
