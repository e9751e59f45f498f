/* A YAML file beside the document holds the status, as kep.yaml does. */
#include "model/record.h"

static int evidence(const struct md *md, const struct fields *fields)
{
	(void)md;
	return fields_evidence(fields, IN(PLACE_SIDE), 88);
}

static void read(struct arena *arena, const struct md *md, const struct fields *fields, struct dialect_reading *reading)
{
	fields_read(arena, md, fields, IN(PLACE_SIDE), reading);
}

const struct dialect dialect_side_file = {.name = "side-file", .evidence = evidence, .read = read};
