/* A table of keys in HTML: `<tr><td>Status</td><td>Accepted</td></tr>`. */
#include "model/record.h"

static int evidence(const struct md *md, const struct fields *fields)
{
	(void)md;
	return fields_evidence(fields, IN(PLACE_HTML), 58);
}

static void read(struct arena *arena, const struct md *md, const struct fields *fields, struct dialect_reading *reading)
{
	fields_read(arena, md, fields, IN(PLACE_HTML), reading);
}

const struct dialect dialect_html_table = {.name = "html-table", .evidence = evidence, .read = read};
