/* Plain lines in the head: `Status: Accepted`. A Date line alone is no mark of it: Nygard's form has one too. */
#include "model/record.h"

static int evidence(const struct md *md, const struct fields *fields)
{
	(void)md;
	int found = fields_evidence(fields, IN(PLACE_LINE), 64);
	return found == 64 ? found : found / 4;
}

static void read(struct arena *arena, const struct md *md, const struct fields *fields, struct dialect_reading *reading)
{
	fields_read(arena, md, fields, IN(PLACE_LINE), reading);
}

const struct dialect dialect_header_line = {.name = "header-line", .evidence = evidence, .read = read};
