/* Header lines in a fence or <pre> at the top, as BIPs have. */
#include "model/record.h"

static int evidence(const struct md *md, const struct fields *fields)
{
	(void)md;
	return fields_evidence(fields, IN(PLACE_HEADER), 62);
}

static void read(struct arena *arena, const struct md *md, const struct fields *fields, struct dialect_reading *reading)
{
	fields_read(arena, md, fields, IN(PLACE_HEADER), reading);
}

const struct dialect dialect_header_block = {.name = "header-block", .evidence = evidence, .read = read};
