/* A list with bold keys: `- **Status**: Accepted`. */
#include "model/record.h"

static int evidence(const struct md *md, const struct fields *fields)
{
	(void)md;
	return fields_evidence(fields, IN(PLACE_BOLD_BULLET), 68);
}

static void read(struct arena *arena, const struct md *md, const struct fields *fields, struct dialect_reading *reading)
{
	fields_read(arena, md, fields, IN(PLACE_BOLD_BULLET), reading);
}

const struct dialect dialect_bold_bullet = {.name = "bold-bullet", .evidence = evidence, .read = read};
