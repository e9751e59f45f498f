/* Numbers and file names of new records, as their log has them. */
#include "author/author.h"

#include <assert.h>

enum { SLUG_BYTES = 120 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* ---- the names of a log ---- */

/* What stands between the number or date and the words. */
static struct str joint_at(struct str stem, size_t at)
{
	size_t end = at;
	while (end < stem.size && strchr("-_. ", stem.data[end]))
		end++;
	return str_sub(stem, at, end - at);
}

static void read_slug(struct author_names *names, struct str stem, size_t at)
{
	struct str joint = joint_at(stem, at), slug = str_from_off(stem, at + joint.size);
	if (joint.size)
		names->behind = joint;
	if (str_find_char(slug, '-') == SIZE_MAX && str_find_char(slug, '_') != SIZE_MAX)
		names->word_joint = '_';
}

/* The number that a name is called by: "0007", "adr-0012", the second of "2020-09-24_012-x". */
static void read_numbered(struct author_names *names, const struct decision *decision)
{
	struct str stem = decision->stem, id = decision->id;
	size_t at = str_find(stem, id), digit = 0, end = 0;
	while (digit < id.size && !is_digit(id.data[digit]))
		digit++;
	for (end = digit; end < id.size && is_digit(id.data[end]);)
		end++;
	names->numbered = true;
	names->dated = at != SIZE_MAX && at > 0;
	names->date_dashes = names->dated && stem.size > 4 && stem.data[4] == '-';
	names->prefix = names->dated ? str_sub(stem, at - 1, 1) : str_sub(id, 0, digit);
	names->digits = id.data[digit] == '0' ? end - digit : 0;
	read_slug(names, stem, (at == SIZE_MAX ? 0 : at) + end);
}

static void read_dated(struct author_names *names, const struct decision *decision)
{
	struct str stem = decision->stem;
	size_t size = 0;
	while (size < stem.size && is_digit(stem.data[size]))
		size++;
	names->date_dashes = size == 4;
	names->dated = size == 8 || (size == 4 && date_parse_iso(stem).year);
	read_slug(names, stem, names->date_dashes ? 10 : size);
}

bool author_has_folder(const struct decision *decision)
{
	return !decision->anchor.size && !str_eq(path_stem(decision->source->path), decision->stem);
}

/* ".md", or "/README.md" where the record has a folder of its own. */
static struct str behind_stem(const struct author *author, const struct decision *decision)
{
	struct str path = decision->source->path;
	return author_has_folder(decision) ? str_format(author->arena, "/" STR_FMT, STR_ARG(path_base(path)))
					   : path_extension(path);
}

struct author_names author_names(const struct author *author, const struct author_log *log)
{
	struct author_names names = {
		.numbered = true, .digits = 4, .behind = STR("-"), .word_joint = '-', .extension = STR(".md")};
	size_t numbered = 0, others = 0;
	const struct decision *last = NULL, *padded = NULL, *other = NULL;
	for (size_t i = 0; log->log && i < log->log->decisions.n; i++) {
		const struct decision *decision = log->log->decisions.data[i];
		bool has_number = decision->number >= 0;
		numbered += has_number;
		others += !has_number;
		if (!has_number) {
			other = decision;
			continue;
		}
		last = decision;
		for (size_t k = 0; k + 1 < decision->id.size; k++)
			if (decision->id.data[k] == '0' && (k == 0 || !is_digit(decision->id.data[k - 1])))
				padded = decision;
	}
	if (numbered >= others && last) {
		read_numbered(&names, padded ? padded : last);
		names.extension = behind_stem(author, last);
	} else if (other) {
		names = (struct author_names){.behind = STR("-"), .word_joint = '-'};
		read_dated(&names, other);
		names.extension = behind_stem(author, other);
	}
	return names;
}

struct str author_digits(struct arena *arena, const struct author_names *names, long long number)
{
	return str_format(arena, "%0*lld", (int)names->digits, number);
}

/* Words of a title in small letters; marks on letters are dropped. */
static struct str slug_of(struct arena *arena, struct str title, char joint)
{
	struct str folded = utf8_fold(arena, title);
	struct buf out = {0};
	bool gap = false;
	for (size_t off = 0; off < folded.size && out.size < SLUG_BYTES;) {
		size_t start = off;
		uint32_t code = utf8_next(folded, &off);
		if (code == '_' || code == '\'' || code == UTF8_BAD || !utf8_is_word(code)) {
			gap |= code != '\'';
			continue;
		}
		if (gap && out.size)
			buf_addc(&out, joint);
		gap = false;
		buf_add(&out, str_sub(folded, start, off - start));
	}
	struct str slug = buf_dup(arena, &out);
	buf_free(&out);
	/* The last word of a long title is left out rather than cut. */
	size_t last = slug.size >= SLUG_BYTES ? str_rfind_char(slug, joint) : SIZE_MAX;
	return last == SIZE_MAX || last < SLUG_BYTES / 2 ? slug : str_sub(slug, 0, last);
}

struct str author_file_name(const struct author *author, const struct author_names *names, long long number,
			    struct str date, struct str title)
{
	struct str slug = slug_of(author->arena, title, names->word_joint);
	struct str day = names->date_dashes ? date : str_replace(author->arena, date, STR("-"), STR(""));
	if (!slug.size)
		world_usage("the title '" STR_FMT "' holds no letter or digit to name a file by",
			    STR_ARG(utf8_printable(author->arena, title)));
	struct buf out = {0};
	if (names->dated)
		buf_add(&out, day);
	if (names->numbered)
		buf_addf(&out, STR_FMT STR_FMT, STR_ARG(names->prefix),
			 STR_ARG(author_digits(author->arena, names, number)));
	if (names->dated || names->numbered)
		buf_add(&out, names->behind);
	buf_addf(&out, STR_FMT STR_FMT, STR_ARG(slug), STR_ARG(names->extension));
	struct str name = buf_dup(author->arena, &out);
	buf_free(&out);
	return name;
}

/* ---- numbers ---- */

static bool is_record_file(struct str name)
{
	return str_ends_nocase(name, STR(".md")) || str_ends_nocase(name, STR(".mdx")) ||
	       str_ends_nocase(name, STR(".markdown"));
}

static bool is_index(struct str name)
{
	return str_eq_nocase(path_stem(name), STR("readme")) || str_eq_nocase(path_stem(name), STR("index"));
}

static void add_listing(const struct author *author, const struct listing *listing, struct str folder,
			const char *where, struct author_numbers *numbers)
{
	for (size_t i = 0; i < listing->list.n; i++) {
		const struct entry *entry = &listing->list.data[i];
		struct str path = entry->path, dir = path_dir(path), name = path_base(path);
		if (entry->kind != ENTRY_FILE || !is_record_file(path))
			continue;
		/* 0001-x/README.md */
		bool own_folder = is_index(name) && dir.size && str_eq(path_dir(dir), folder);
		if (!own_folder && !str_eq(dir, folder))
			continue;
		long long number = decision_number(
			own_folder ? str_format(author->arena, STR_FMT ".md", STR_ARG(path_base(dir))) : name);
		if (number >= 0)
			vec_add(author->arena, &numbers->list, (struct author_number){number, path, where});
	}
}

static void add_branches(const struct author *author, struct str folder, struct author_numbers *numbers)
{
	static const char *const branches[] = {"origin/HEAD", "origin/main", "origin/master", "main", "master"};
	struct str repository, prefix, why;
	if (!author->with_git || !git_find(author->arena, author->root, &repository, &prefix))
		return;
	for (size_t i = 0; i < sizeof branches / sizeof *branches; i++) {
		const char *revision = branches[i];
		const char *full =
			str_to_c(author->arena, str_format(author->arena, "refs/%s/%s",
							   strchr(revision, '/') ? "remotes" : "heads", revision));
		struct tree *tree = tree_commit(author->arena, str_to_c(author->arena, repository), full,
						path_join(author->arena, prefix, folder), &why);
		if (tree)
			add_listing(author, tree_list(tree, author->model->config), STR(""), revision, numbers);
	}
}

struct author_numbers author_numbers(const struct author *author, struct str folder)
{
	struct author_numbers numbers = {0};
	add_listing(author, author->model->loaded->listing, folder, NULL, &numbers);
	add_branches(author, folder, &numbers);
	return numbers;
}

long long author_next(const struct author_numbers *numbers)
{
	long long highest = 0;
	for (size_t i = 0; i < numbers->list.n; i++)
		if (numbers->list.data[i].number > highest)
			highest = numbers->list.data[i].number;
	return highest + 1;
}
