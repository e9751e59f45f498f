/* Every offset stays: a bad byte becomes one '?'. Text without fault is not copied. */
#include "load/encoding.h"

enum fault { FAULT_UTF8, FAULT_NUL, FAULT_CONTROL, FAULTS };

static const char *const fault_kinds[FAULTS] = {"utf8", "nul", "control"};

struct faults {
	size_t first[FAULTS];
	size_t n[FAULTS];
	char *repaired; /* NULL: nothing to repair */
};

bool encoding_is_utf16(struct str text)
{
	return str_starts(text, STR("\xff\xfe")) || str_starts(text, STR("\xfe\xff"));
}

enum { CONTROL = 1, NOT_ASCII = 2 };
static const unsigned char byte_class[256] = {
	[0 ... 8] = CONTROL, [11] = CONTROL, [14 ... 31] = CONTROL, [127] = CONTROL, [128 ... 255] = NOT_ASCII,
};

static unsigned classes_in(struct str text)
{
	unsigned found = 0;
	for (size_t i = 0; i < text.size; i++)
		found |= byte_class[(unsigned char)text.data[i]];
	return found;
}

static void add_fault(struct arena *arena, struct faults *faults, const struct source *source, enum fault fault,
		      size_t off)
{
	bool yaml = source->kind == SOURCE_TOPOLOGY || source->kind == SOURCE_CONFIG;
	if (faults->n[fault]++ == 0)
		faults->first[fault] = off;
	if (fault == FAULT_CONTROL && !yaml)
		return;
	if (!faults->repaired)
		faults->repaired = arena_copy(arena, source->text.data, source->text.size);
	faults->repaired[off] = '?';
}

void encoding_check(struct arena *arena, struct source *source, struct troubles *troubles)
{
	struct str text = source->text;
	struct faults faults = {0};
	unsigned classes = classes_in(text);
	source->is_ascii = !(classes & NOT_ASCII);
	/* Most texts: no fault at all. */
	if (!(classes & CONTROL) && (source->is_ascii || utf8_invalid_at(text) == SIZE_MAX))
		return;
	for (size_t off = 0; off < text.size;) {
		size_t at = off;
		uint32_t code_point = utf8_next(text, &off);
		if (code_point == UTF8_BAD)
			add_fault(arena, &faults, source, FAULT_UTF8, at);
		else if (code_point == 0)
			add_fault(arena, &faults, source, FAULT_NUL, at);
		else if (code_point < 0x80 && byte_class[code_point] == CONTROL)
			add_fault(arena, &faults, source, FAULT_CONTROL, at);
	}
	for (int fault = 0; fault < FAULTS; fault++) {
		if (faults.n[fault] == 0)
			continue;
		struct str more = faults.n[fault] > 1 ? str_format(arena, "%zu", faults.n[fault] - 1) : STR("");
		trouble_add(arena, troubles,
			    (struct trouble){.rule = "text-encoding",
					     .kind = fault_kinds[fault],
					     .span = {source->id, (uint32_t)faults.first[fault], 1},
					     .text = str_sub(text, faults.first[fault], 1),
					     .extra = more,
					     .other = SPAN_NONE});
	}
	if (faults.repaired)
		source->text.data = faults.repaired;
}
