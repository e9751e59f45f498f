/* Nygard's form, as adr-tools writes it: a Status section, a Date line below the title. */
#include "model/record.h"

static int evidence(const struct md *md)
{
	return fields_evidence(md, IN(PLACE_SECTION), 80);
}

static void read(struct arena *arena, const struct md *md, struct dialect_reading *reading)
{
	fields_read(arena, md, IN(PLACE_SECTION), reading);
}

const struct dialect dialect_nygard = {.name = "nygard", .evidence = evidence, .read = read};
