/* text-mojibake: UTF-8 that was read as a Windows code page and written again. */
#include "check/check.h"

/* What Windows-1252 shows for the bytes 80 to 9F; 0 where it has nothing and the byte stands as a control character. */
static const uint16_t shown[32] = {
	0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
	0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
	0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

/* The letters in which Windows-1254 differs. */
static const struct {
	uint16_t code;
	unsigned char byte;
} turkish[] = {
	{0x011E, 0xD0}, {0x0130, 0xDD}, {0x015E, 0xDE}, {0x011F, 0xF0}, {0x0131, 0xFD}, {0x015F, 0xFE},
};

/* The byte from 80 to FF that a code page showed as this character, or 0. *turkish_seen: only 1254 does. */
static unsigned char byte_of(uint32_t code, bool *turkish_seen)
{
	if (code >= 0x80 && code <= 0xFF)
		return (unsigned char)code;
	if (code < 0x80 || code > 0x2200)
		return 0;
	for (size_t i = 0; i < 32; i++)
		if (shown[i] == code)
			return (unsigned char)(0x80 + i);
	for (size_t i = 0; i < sizeof turkish / sizeof *turkish; i++)
		if (turkish[i].code == code) {
			*turkish_seen = true;
			return turkish[i].byte;
		}
	return 0;
}

/* A run of characters that each stand for a byte. `clean`: all of it is UTF-8. */
struct run {
	size_t off, end; /* in the source */
	char bytes[256];
	size_t size;
	bool turkish;
	bool bad, clean;
};

static size_t sequence_size(unsigned char lead)
{
	return lead >= 0xF0 && lead < 0xF5 ? 4 : lead >= 0xE0 ? lead < 0xF0 ? 3 : 0 : lead >= 0xC2 ? 2 : 0;
}

/* Leads that hardly ever stand before such marks in real text: arrows, boxes and quotes, emoji, accented letters. */
static bool is_sure(struct str bytes)
{
	unsigned char first = (unsigned char)bytes.data[0], second = (unsigned char)bytes.data[1];
	if (first == 0xF0)
		return second >= 0x9F;
	if (first == 0xEF)
		return second == 0xB8 || second == 0xBB;
	return first == 0xE2 || first == 0xC2 || first == 0xC3;
}

/* A damaged one begins like an arrow, a box or an emoji, and bytes are missing from it. */
static bool is_torn(struct str bytes)
{
	if (bytes.size < 2)
		return false;
	unsigned char first = (unsigned char)bytes.data[0], second = (unsigned char)bytes.data[1];
	return (first == 0xF0 && second == 0x9F) ||
	       (first == 0xE2 && (second == 0x80 || second == 0x94 || second == 0x95 || second == 0x86));
}

/* `easily`: the file is damaged elsewhere, or letters stand beside the run, so an accented one alone counts. */
static void judge_run(struct run *run, bool easily)
{
	struct str bytes = {run->bytes, run->size};
	size_t sure = 0, others = 0, torn = 0, at = 0;
	while (at < bytes.size) {
		struct str rest = str_from_off(bytes, at);
		size_t off = 0, size = sequence_size((unsigned char)rest.data[0]);
		bool whole = size && size <= rest.size && utf8_next(rest, &off) != UTF8_BAD;
		if (!whole) {
			torn += is_torn(rest);
			run->clean = false;
			at++;
			continue;
		}
		bool accented = (unsigned char)rest.data[0] == 0xC3;
		if (is_sure(rest) && (!accented || easily || bytes.size > 2))
			sure++;
		else
			others++;
		at += size;
	}
	run->bad = sure || others >= 3 || torn;
	run->clean &= run->bad;
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

/* The next run at or after *off; size 0 at the end. Runs longer than the buffer are cut. */
static struct run next_run(struct str text, size_t *off, bool is_damaged)
{
	struct run run = {.clean = true};
	while (*off < text.size) {
		size_t at = *off;
		if ((unsigned char)text.data[at] < 128) {
			++*off;
			if (run.size)
				break;
			continue;
		}
		uint32_t code = utf8_next(text, off);
		unsigned char byte = code == UTF8_BAD ? 0 : byte_of(code, &run.turkish);
		bool begins = sequence_size(byte) > 0;
		if (!byte || (run.size > sizeof run.bytes - 8 && begins)) {
			if (run.size) {
				*off = byte ? at : *off;
				break;
			}
			continue;
		}
		if (!run.size)
			run.off = at;
		run.bytes[run.size++] = (char)byte;
		run.end = *off;
		if (run.size == sizeof run.bytes)
			break;
	}
	if (run.size) {
		bool before = run.off && is_lower(text.data[run.off - 1]),
		     after = run.end < text.size && is_lower(text.data[run.end]);
		judge_run(&run, is_damaged || before || after);
	}
	return run;
}

struct damage {
	size_t n, n_clean;
	struct run first;
	size_t fix_off, fix_end;
	struct buf fixed; /* text of [fix_off, fix_end) */
	bool turkish;
};

static void add_damage(struct damage *damage, struct str text, const struct run *run)
{
	if (!damage->n)
		damage->first = *run;
	damage->n++;
	damage->turkish |= run->turkish;
	if (!run->clean)
		return;
	if (!damage->n_clean++)
		damage->fix_off = damage->fix_end = run->off;
	buf_add(&damage->fixed, str_sub(text, damage->fix_end, run->off - damage->fix_end));
	buf_add(&damage->fixed, (struct str){run->bytes, run->size});
	damage->fix_end = run->end;
}

/* Bytes of the run's first characters, as many as the eye takes in; whole sequences where it is clean. */
static size_t shown_size(const struct run *run)
{
	struct str bytes = {run->bytes, run->size};
	size_t off = 0;
	if (!run->clean)
		return run->size < 8 ? run->size : 8;
	for (int n = 0; n < 4 && off < bytes.size; n++)
		utf8_next(bytes, &off);
	return off;
}

static void report(struct check *check, const struct source *source, struct damage *damage)
{
	const struct run *first = &damage->first;
	size_t size = shown_size(first), end = first->off;
	for (size_t i = 0; i < size; i++)
		utf8_next(source->text, &end);
	struct span span = {source->id, (uint32_t)first->off, (uint32_t)(end - first->off)};
	struct str written = str_sub(source->text, first->off, end - first->off);
	struct str meant = str_dup(check->arena, (struct str){first->bytes, size});
	const char *page = damage->turkish ? "1254" : "1252";
	struct diag *diag = first->clean
				    ? check_report(check, span,
						   "\"" STR_FMT "\" stands for \"" STR_FMT
						   "\": UTF-8 was read as Windows-%s and written again",
						   STR_ARG(written), STR_ARG(meant), page)
				    : check_report(check, span,
						   "\"" STR_FMT
						   "\" is damaged text: UTF-8 was read as Windows-%s and written again",
						   STR_ARG(written), page);
	check_key(check, diag, STR("mojibake"));
	if (damage->n_clean < damage->n && damage->n == 1)
		check_help(check, diag, "take the file from its source again: bytes are missing here");
	else if (damage->n_clean < damage->n)
		check_help(check, diag, "take the file from its source again: at %zu of %zu places bytes are missing",
			   damage->n - damage->n_clean, damage->n);
	else if (damage->n > 1)
		check_help(check, diag, "write \"" STR_FMT "\", and what was meant at %zu more place%s of this file",
			   STR_ARG(meant), damage->n - 1, damage->n > 2 ? "s" : "");
	else
		check_help(check, diag, "write \"" STR_FMT "\"", STR_ARG(meant));
	if (damage->n_clean)
		check_fix(check, diag,
			  (struct span){source->id, (uint32_t)damage->fix_off,
					(uint32_t)(damage->fix_end - damage->fix_off)},
			  buf_dup(check->arena, &damage->fixed));
}

static bool is_damaged(const struct source *source, const struct md *md)
{
	uint32_t node = 0;
	for (size_t off = 0; off < source->text.size;) {
		struct run run = next_run(source->text, &off, false);
		if (run.bad && !(md && md_stands_in(md, MD_CODE, &node, run.off)))
			return true;
	}
	return false;
}

/* Code spans may show what mojibake looks like. */
static void look(struct check *check, const struct source *source, const struct md *md)
{
	struct damage damage = {0};
	uint32_t node = 0;
	if (source->is_ascii || !is_damaged(source, md))
		return;
	for (size_t off = 0; off < source->text.size;) {
		struct run run = next_run(source->text, &off, true);
		if (run.bad && !(md && md_stands_in(md, MD_CODE, &node, run.off)))
			add_damage(&damage, source->text, &run);
	}
	report(check, source, &damage);
	buf_free(&damage.fixed);
}

static void run(struct check *check)
{
	const struct sources *sources = check->sources;
	for (size_t i = 0; i < sources->list.n; i++) {
		const struct source *source = sources->list.data[i];
		const struct page *page = map_find(&check->model->page_by_path, source->path);
		if (source->kind != SOURCE_TEMPLATE && source->kind != SOURCE_OTHER)
			look(check, source, page ? page->md : NULL);
	}
}

const struct rule rule_text_mojibake = {
	.name = "text-mojibake",
	.severity = SEVERITY_WARNING,
	.group = "text",
	.summary = "UTF-8 that was read as a Windows code page and written again",
	.explain = "An editor or a clipboard that takes UTF-8 for Windows-1252 or Windows-1254 turns an arrow into "
		   "three characters, an emoji into four. One finding tells of a file, at the first place, with "
		   "what was meant wherever the bytes are all still there. Characters that stand side by "
		   "side in real text (an accented letter before a quotation mark) are left alone, and so are code "
		   "spans.",
	.example = "Internet \u00e2\u2020\u2019 Cloudflare, for Internet \u2192 Cloudflare",
	.cure = "Write what was meant, or take the file from its source again and save it as UTF-8.",
	.run = run,
};
