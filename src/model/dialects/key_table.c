/* A table of keys: `| Status | Accepted |`, or the keys as columns over one row. */
#include "model/record.h"

static int evidence(const struct md *md)
{
	return fields_evidence(md, IN(PLACE_TABLE), 60);
}

static void read(struct arena *arena, const struct md *md, struct dialect_reading *reading)
{
	fields_read(arena, md, IN(PLACE_TABLE), reading);
}

const struct dialect dialect_key_table = {.name = "table", .evidence = evidence, .read = read};
