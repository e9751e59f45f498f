/* The bare loop: read each file, parse with cmark-gfm and every extension, render, write; N forked workers.
 * Usage: limit WORKERS LIST [OUT SIZES]   LIST names one file a line. SIZES has one number a line: the sizes of the files
 * to write, at least as many as LIST has names; what is rendered of a file is cut or filled up to its size, and what is
 * left of SIZES is filler. Without OUT nothing is rendered or written. With 0 WORKERS each file is asked for its size and
 * no more. */
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct lines {
	char **text;
	size_t n;
};

static struct lines names, sizes;
static char filler[1 << 16];

static struct lines read_lines(const char *path)
{
	struct lines lines = {0};
	FILE *file = fopen(path, "r");
	char line[4096];
	if (!file)
		exit(3);
	while (fgets(line, sizeof line, file)) {
		line[strcspn(line, "\n")] = '\0';
		lines.text = realloc(lines.text, (lines.n + 1) * sizeof *lines.text);
		lines.text[lines.n++] = strdup(line);
	}
	fclose(file);
	return lines;
}

static char *read_file(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	if (!file)
		exit(3);
	fseek(file, 0, SEEK_END);
	*size = (size_t)ftell(file);
	rewind(file);
	char *text = malloc(*size + 1);
	if (fread(text, 1, *size, file) != *size)
		exit(3);
	fclose(file);
	return text;
}

static void put(FILE *file, const char *bytes, size_t size)
{
	if (fwrite(bytes, 1, size, file) != size)
		exit(3);
}

static void write_file(const char *out, size_t index, const char *html)
{
	char target[4096];
	size_t left = strtoull(sizes.text[index], NULL, 10), used = strlen(html);
	snprintf(target, sizeof target, "%s/%zu.html", out, index);
	FILE *file = fopen(target, "wb");
	if (!file)
		exit(3);
	put(file, html, used < left ? used : left);
	for (left -= used < left ? used : left; left; left -= left < sizeof filler ? left : sizeof filler)
		put(file, filler, left < sizeof filler ? left : sizeof filler);
	if (fclose(file))
		exit(3);
}

static void convert(const char *path, const char *out, size_t index)
{
	static const char *const extensions[] = {"table", "strikethrough", "autolink", "tagfilter", "tasklist"};
	size_t size;
	char *text = read_file(path, &size);
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES);
	for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
		cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extensions[i]));
	cmark_parser_feed(parser, text, size);
	cmark_node *document = cmark_parser_finish(parser);
	if (out) {
		char *html =
			cmark_render_html(document, CMARK_OPT_FOOTNOTES, cmark_parser_get_syntax_extensions(parser));
		write_file(out, index, html);
		free(html);
	}
	cmark_node_free(document);
	cmark_parser_free(parser);
	free(text);
}

static void work(size_t first, size_t step, const char *out)
{
	cmark_gfm_core_extensions_ensure_registered();
	for (size_t i = first; i < names.n; i += step)
		convert(names.text[i], out, i);
	for (size_t i = names.n + first; i < sizes.n; i += step)
		write_file(out, i, "");
}

static int ask_sizes(void)
{
	struct stat info;
	for (size_t i = 0; i < names.n; i++)
		if (stat(names.text[i], &info))
			return 3;
	return 0;
}

int main(int argc, char **argv)
{
	if (argc != 3 && argc != 5)
		return 2;
	size_t workers = strtoull(argv[1], NULL, 10);
	names = read_lines(argv[2]);
	if (!workers)
		return ask_sizes();
	if (argc == 5)
		sizes = read_lines(argv[4]);
	if (argc == 5 && sizes.n < names.n)
		return 2;
	memset(filler, ' ', sizeof filler);
	for (size_t w = 0; w < workers; w++)
		if (fork() == 0) {
			work(w, workers, argc == 5 ? argv[3] : NULL);
			_exit(0);
		}
	int status, failed = 0;
	while (wait(&status) > 0)
		failed |= status;
	return failed ? 3 : 0;
}
