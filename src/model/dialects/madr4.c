/* MADR 4: front matter, all of it optional; `decision-makers` where MADR 3 has `deciders`; the sections of MADR. */
#include "model/record.h"

static bool has_section(const struct md *md, const char *name)
{
	for (size_t i = 0; i < md->headings.n; i++)
		if (heading_is(md->headings.data[i].text, name))
			return true;
	return false;
}

static int evidence(const struct md *md, const struct fields *fields)
{
	if (fm_find(&md->front, "decision-makers"))
		return 97;
	if (!has_section(md, "decision outcome") && !has_section(md, "considered options"))
		return 0;
	int found = fields_evidence(fields, IN(PLACE_FRONT), 93);
	return found ? found : 20;
}

static void read(struct arena *arena, const struct md *md, const struct fields *fields, struct dialect_reading *reading)
{
	fields_read(arena, md, fields, IN(PLACE_FRONT), reading);
}

const struct dialect dialect_madr4 = {.name = "madr4", .evidence = evidence, .read = read};
