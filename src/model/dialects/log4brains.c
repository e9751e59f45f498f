/* log4brains: MADR 2 in files named by date, without numbers. */
#include "model/record.h"

static int evidence(const struct md *md)
{
	return record_name_read(md->source->path).date_text.size == 8 ? fields_evidence(md, IN(PLACE_BULLET), 75) : 0;
}

static void read(struct arena *arena, const struct md *md, struct dialect_reading *reading)
{
	fields_read(arena, md, IN(PLACE_BULLET), reading);
}

const struct dialect dialect_log4brains = {.name = "log4brains", .evidence = evidence, .read = read};
