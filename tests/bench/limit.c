/* The bare loop: read each file, parse with cmark-gfm and all extensions, render, write; N forked workers.
 * Usage: limit LIST OUT [WORKERS [check]]   LIST names one file a line; with `check` nothing is rendered or written. */
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char **names;
static size_t n_names;

static void read_list(const char *path)
{
	FILE *file = fopen(path, "r");
	char line[4096];
	if (!file)
		exit(3);
	while (fgets(line, sizeof line, file)) {
		line[strcspn(line, "\n")] = '\0';
		names = realloc(names, (n_names + 1) * sizeof *names);
		names[n_names++] = strdup(line);
	}
	fclose(file);
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

static void convert(const char *path, const char *out, size_t index, int check_only)
{
	static const char *const extensions[] = {"table", "strikethrough", "autolink", "tasklist"};
	size_t size;
	char *text = read_file(path, &size);
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES);
	for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
		cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extensions[i]));
	cmark_parser_feed(parser, text, size);
	cmark_node *document = cmark_parser_finish(parser);
	if (!check_only) {
		char *html =
			cmark_render_html(document, CMARK_OPT_FOOTNOTES, cmark_parser_get_syntax_extensions(parser));
		char target[4096];
		snprintf(target, sizeof target, "%s/%zu.html", out, index);
		FILE *file = fopen(target, "wb");
		if (!file || fwrite(html, 1, strlen(html), file) != strlen(html) || fclose(file))
			exit(3);
		free(html);
	}
	cmark_node_free(document);
	cmark_parser_free(parser);
	free(text);
}

int main(int argc, char **argv)
{
	if (argc < 3)
		return 2;
	int workers = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 2;
	int check_only = argc > 4;
	read_list(argv[1]);
	for (int w = 0; w < workers; w++)
		if (fork() == 0) {
			cmark_gfm_core_extensions_ensure_registered();
			for (size_t i = (size_t)w; i < n_names; i += (size_t)workers)
				convert(names[i], argv[2], i, check_only);
			_exit(0);
		}
	int status, failed = 0;
	while (wait(&status) > 0)
		failed |= status;
	return failed ? 3 : 0;
}
