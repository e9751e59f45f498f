/* Lines with a bold key: `**Status:** Accepted`, also several on one line. */
#include "model/record.h"

static int evidence(const struct md *md, const struct fields *fields)
{
	(void)md;
	return fields_evidence(fields, IN(PLACE_BOLD), 66);
}

static void read(struct arena *arena, const struct md *md, const struct fields *fields, struct dialect_reading *reading)
{
	fields_read(arena, md, fields, IN(PLACE_BOLD), reading);
}

const struct dialect dialect_bold_line = {.name = "bold-line", .evidence = evidence, .read = read};
