/* Kinds of link targets by their text alone, and the site generators whose routes are no files. */
#include "resolve/links.h"

static bool is_scheme_char(char c, bool first)
{
	bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	return letter || (!first && ((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'));
}

/* Browsers drop blanks and control characters before and tabs and line ends within a scheme. */
static size_t read_scheme(struct str target, char out[16])
{
	size_t n = 0;
	for (size_t i = 0; i < target.size; i++) {
		char c = target.data[i];
		if (c == ':')
			return n;
		if (c == '\t' || c == '\n' || c == '\r' || (!n && (unsigned char)c <= ' '))
			continue;
		if (n == 15 || !is_scheme_char(c, n == 0))
			return 0;
		out[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
	}
	return 0;
}

static bool holds(struct str s, const char *part)
{
	return str_find(s, str_from(part)) != SIZE_MAX;
}

/* True when a byte of the marks of expressions is in it: most targets have none. */
static bool may_be_expression(struct str target)
{
	static const bool may[256] = {['{'] = true, ['}'] = true, ['%'] = true, ['$'] = true,
				      ['<'] = true, ['>'] = true, ['@'] = true, [0xE2] = true};
	bool found = false;
	for (size_t i = 0; i < target.size; i++)
		found |= may[(unsigned char)target.data[i]];
	return found;
}

static bool is_expression(struct str target)
{
	static const char *const marks[] = {"{{",     "}}",     "{%",  "${",  "<", ">",
					    "%7B%7B", "%7b%7b", "%3C", "%3c", "…", "@ref"};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (holds(target, marks[i]))
			return true;
	size_t open = str_find_char(target, '{');
	return open != SIZE_MAX && str_find_from(target, STR("}"), open) != SIZE_MAX;
}

static enum target_class classify_scheme(struct str scheme, struct str target, bool image)
{
	if (scheme.size == 1)
		return TARGET_OUTSIDE; /* C:\x, C:/x */
	if (str_is(scheme, "file"))
		return TARGET_OUTSIDE;
	if (str_is(scheme, "javascript") || str_is(scheme, "vbscript"))
		return TARGET_UNSAFE;
	if (str_is(scheme, "data"))
		return image && str_starts_nocase(str_trim(target), STR("data:image/")) ? TARGET_EXTERNAL
											: TARGET_UNSAFE;
	return TARGET_EXTERNAL;
}

enum target_class target_classify(struct str target, bool image)
{
	char scheme[16];
	size_t n = read_scheme(target, scheme);
	if (n)
		return classify_scheme((struct str){scheme, n}, target, image);
	if (may_be_expression(target) && is_expression(target))
		return TARGET_EXPRESSION;
	if (str_starts(target, STR("//")))
		return TARGET_EXTERNAL;
	if (str_starts(target, STR("\\\\")) || str_starts(target, STR("~/")))
		return TARGET_OUTSIDE;
	return TARGET_LOCAL;
}

static bool is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* A run of three or more N, X or Y that is a word of its own. */
static bool has_letter_run(struct str s)
{
	for (size_t i = 0; i < s.size;) {
		size_t end = i;
		while (end < s.size && is_word_char(s.data[end]))
			end++;
		struct str word = str_sub(s, i, end - i);
		bool same = word.size >= 3 && strchr("NXY", word.data[0]);
		for (size_t k = 1; same && k < word.size; k++)
			same = word.data[k] == word.data[0];
		if (same || (word.size >= 3 && str_is(word, "xxx")) || str_is(word, "xxxx"))
			return true;
		i = end + 1;
	}
	return false;
}

bool target_is_placeholder(struct str file)
{
	return has_letter_run(file) || str_starts(file, STR("path/to/")) || holds(file, "/path/to/") ||
	       str_is(file, "...") || str_is(file, "url") || str_is(file, "URL") || str_is(file, "link") ||
	       str_ends(file, STR("/..."));
}

static const char *const generator_files[] = {
	"mkdocs.yml",          "mkdocs.yaml",     "zensical.toml", "_config.yml",        "_config.yaml",
	"_config.toml",        "hugo.toml",       "hugo.yaml",     "hugo.json",          "antora.yml",
	"antora-playbook.yml", "book.toml",       "_quarto.yml",   "docfx.json",         "mint.json",
	"docs.json",           ".log4brains.yml", ".eleventy.js",  "eleventy.config.js", "gatsby-config.js",
	"gatsby-config.ts",    "sidebars.js",     "sidebars.ts",
};
static const char *const generator_stems[] = {"docusaurus.config", "astro.config", "next.config", "nuxt.config"};

static bool is_generator_file(const struct listing *listing, struct str path)
{
	struct str base = path_base(path);
	for (size_t i = 0; i < sizeof generator_files / sizeof *generator_files; i++)
		if (str_is(base, generator_files[i]))
			return true;
	for (size_t i = 0; i < sizeof generator_stems / sizeof *generator_stems; i++)
		if (str_starts(base, str_from(generator_stems[i])))
			return true;
	struct str folder = path_base(path_dir(path));
	if (str_starts(base, STR("config.")) && (str_is(folder, ".vitepress") || str_is(folder, ".vuepress")))
		return true;
	if (!str_is(base, "config.toml") && !str_is(base, "config.yaml"))
		return false;
	/* Hugo and Zola: a configuration beside a content folder and one of templates. */
	char beside[512];
	struct str dir = path_dir(path);
	static const char *const siblings[] = {"layouts", "themes", "archetypes"};
	for (size_t i = 0; i < sizeof siblings / sizeof *siblings; i++) {
		int size =
			snprintf(beside, sizeof beside, STR_FMT "%s%s", STR_ARG(dir), dir.size ? "/" : "", siblings[i]);
		if (size > 0 && size < (int)sizeof beside &&
		    map_has(&listing->by_path, (struct str){beside, (size_t)size}))
			return true;
	}
	return false;
}

bool listing_has_generator(const struct listing *listing)
{
	for (size_t i = 0; i < listing->list.n; i++)
		if (listing->list.data[i].kind == ENTRY_FILE && is_generator_file(listing, listing->list.data[i].path))
			return true;
	return false;
}
