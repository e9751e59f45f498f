/* log4brains: MADR 2 in files named by date, without numbers. */
#include "model/record.h"

static int evidence(const struct md *md, const struct fields *fields)
{
	return record_name_read(md->source->path).date_text.size == 8 ? fields_evidence(fields, IN(PLACE_BULLET), 75)
								      : 0;
}

static void read(struct arena *arena, const struct md *md, const struct fields *fields, struct dialect_reading *reading)
{
	fields_read(arena, md, fields, IN(PLACE_BULLET), reading);
}

const struct dialect dialect_log4brains = {.name = "log4brains", .evidence = evidence, .read = read};
