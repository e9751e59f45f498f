/* Nygard's form, as adr-tools writes it: a Status section, a Date line below the title. */
#include "model/record.h"

static int evidence(const struct md *md, const struct fields *fields)
{
	(void)md;
	return fields_evidence(fields, IN(PLACE_SECTION), 80);
}

static void read(struct arena *arena, const struct md *md, const struct fields *fields, struct dialect_reading *reading)
{
	fields_read(arena, md, fields, IN(PLACE_SECTION), reading);
}

const struct dialect dialect_nygard = {.name = "nygard", .evidence = evidence, .read = read};
