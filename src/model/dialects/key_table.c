/* A table of keys: `| Status | Accepted |`, or the keys as columns over one row. */
#include "model/record.h"

static int evidence(const struct md *md, const struct fields *fields)
{
	(void)md;
	return fields_evidence(fields, IN(PLACE_TABLE), 60);
}

static void read(struct arena *arena, const struct md *md, const struct fields *fields, struct dialect_reading *reading)
{
	fields_read(arena, md, fields, IN(PLACE_TABLE), reading);
}

const struct dialect dialect_key_table = {.name = "table", .evidence = evidence, .read = read};
