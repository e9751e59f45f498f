/* The target that was likely meant by a link that leads nowhere. */
#include "resolve/links.h"

/* Folders larger than this are not searched for a similar name. */
#define MAX_FOLDER 3000
/* Names compared in all: a workspace of dead links costs no more than this. */
#define MAX_COMPARED 4000000

static struct names *names_of(struct arena *arena, struct map *map, struct str key)
{
	struct names *names = map_find(map, key);
	if (!names) {
		names = NEW(arena, struct names);
		map_put(map, key, names);
	}
	return names;
}

static void make_names(struct linker *linker)
{
	struct arena *arena = linker->index;
	linker->has_names = true;
	linker->by_base.arena = arena;
	linker->by_folder.arena = arena;
	for (size_t i = 0; i < linker->listing->list.n; i++) {
		const struct entry *entry = &linker->listing->list.data[i];
		struct str base = path_base(entry->path);
		struct names *same = names_of(arena, &linker->by_base, str_lower_ascii(arena, base));
		struct names *folder = names_of(arena, &linker->by_folder, path_dir(entry->path));
		vec_add(arena, &same->entries, entry);
		vec_add(arena, &folder->list, base);
		vec_add(arena, &folder->entries, entry);
	}
}

bool links_in_empty_folder(struct linker *linker, struct str path)
{
	struct str folder = path_dir(path);
	while (folder.size && !linker_entry(linker, folder))
		folder = path_dir(folder);
	if (!folder.size || linker_entry(linker, folder)->kind != ENTRY_DIR)
		return false;
	if (!linker->has_names)
		make_names(linker);
	return !map_has(&linker->by_folder, folder);
}

static bool is_plain(char c)
{
	return (unsigned char)c > ' ' && (unsigned char)c != 127 && !strchr("()<>\"%?#\\", c);
}

struct str links_write(struct arena *arena, const struct page *from, struct str to, struct str behind)
{
	struct str relative = path_relative(arena, path_dir(from->source->path), to);
	struct buf out = {0};
	for (size_t i = 0; i < relative.size; i++) {
		if (is_plain(relative.data[i]))
			buf_addc(&out, relative.data[i]);
		else
			buf_addf(&out, "%%%02X", (unsigned)(unsigned char)relative.data[i]);
	}
	buf_add(&out, behind);
	struct str text = buf_dup(arena, &out);
	buf_free(&out);
	return text;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "0007-x.md" -> "0007"; "adr-12-x.md" -> "adr-12"; empty without a number. */
static struct str number_part(struct str base)
{
	size_t i = 0;
	while (i < base.size && !is_digit(base.data[i]) && base.data[i] != '.')
		i++;
	size_t start = i;
	while (i < base.size && is_digit(base.data[i]))
		i++;
	bool ends = i < base.size && (base.data[i] == '-' || base.data[i] == '_');
	return i - start >= 2 && ends && (start == 0 || start <= 5) ? str_sub(base, 0, i) : STR_NONE;
}

/* The one file of the folder that has the same number, whatever its title became. */
static const struct entry *find_numbered(const struct names *names, struct str base)
{
	struct str number = number_part(base);
	const struct entry *found = NULL;
	if (!number.size)
		return NULL;
	for (size_t i = 0; i < names->list.n; i++) {
		if (!str_eq_nocase(number_part(names->list.data[i]), number))
			continue;
		if (found)
			return NULL;
		found = names->entries.data[i];
	}
	return found;
}

static const struct entry *find_similar(const struct names *names, struct str base)
{
	struct str near = nearest_find(base, names->list.data, names->list.n);
	for (size_t i = 0; near.size && i < names->list.n; i++)
		if (str_eq(names->list.data[i], near))
			return names->entries.data[i];
	return NULL;
}

static bool is_index_name(struct str base)
{
	return str_eq_nocase(base, STR("readme.md")) || str_eq_nocase(base, STR("index.md"));
}

/* Of the files of that name: the only one, or the only one whose path ends as the target does. */
static const struct entry *find_elsewhere(const struct names *same, struct str wanted)
{
	const struct entry *found = NULL;
	if (same->entries.n == 1)
		return same->entries.data[0];
	struct str tail = wanted;
	while (str_starts(tail, STR("../")))
		tail = str_from_off(tail, 3);
	if (str_find_char(tail, '/') == SIZE_MAX)
		return NULL;
	for (size_t i = 0; i < same->entries.n && i < MAX_FOLDER; i++) {
		if (!str_ends(same->entries.data[i]->path, tail))
			continue;
		if (found)
			return NULL;
		found = same->entries.data[i];
	}
	return found;
}

static const struct entry *find_meant(struct linker *linker, const struct target *target)
{
	struct arena *arena = linker->scratch;
	struct str wanted = path_normal(arena, target->decoded);
	struct str file = path_join(arena, path_dir(target->from->source->path), wanted);
	struct str base = path_base(file);
	const struct entry *entry = linker_entry(linker, wanted); /* written from the top of the workspace */
	if (!entry)
		entry = linker_entry(linker, str_format(arena, STR_FMT ".md", STR_ARG(file)));
	if (!entry && str_find_char(target->decoded, '\\') != SIZE_MAX) {
		struct str slashes = str_replace(arena, target->decoded, STR("\\"), STR("/"));
		entry = linker_entry(linker, path_join(arena, path_dir(target->from->source->path), slashes));
	}
	if (entry)
		return entry;
	if (!linker->has_names)
		make_names(linker);
	if (linker->compared > MAX_COMPARED)
		return NULL;
	const struct names *same = map_find(&linker->by_base, str_lower_ascii(arena, base));
	linker->compared += same ? same->entries.n : 0;
	if (same && !is_index_name(base))
		entry = find_elsewhere(same, wanted);
	const struct names *folder = map_find(&linker->by_folder, path_dir(file));
	if (entry || !folder || folder->list.n > MAX_FOLDER)
		return entry;
	linker->compared += folder->list.n;
	entry = find_numbered(folder, base);
	return entry ? entry : find_similar(folder, base);
}

struct str links_suggest(struct linker *linker, const struct target *target)
{
	const struct entry *entry = target->decoded.size ? find_meant(linker, target) : NULL;
	if (!entry || !entry->path.size || str_eq(entry->path, target->from->source->path))
		return STR_NONE;
	return links_write(linker->arena, target->from, entry->path, target->behind);
}
