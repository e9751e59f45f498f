/* A list with bold keys: `- **Status**: Accepted`. */
#include "model/record.h"

static int evidence(const struct md *md)
{
	return fields_evidence(md, IN(PLACE_BOLD_BULLET), 68);
}

static void read(struct arena *arena, const struct md *md, struct dialect_reading *reading)
{
	fields_read(arena, md, IN(PLACE_BOLD_BULLET), reading);
}

const struct dialect dialect_bold_bullet = {.name = "bold-bullet", .evidence = evidence, .read = read};
