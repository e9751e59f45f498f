/* The tokens of code, language by language; time that is linear whatever the text. */
#include <setjmp.h>
#include <stdarg.h>

#include "render/highlight.h"

#include <cmocka.h>

struct highlight_case {
	const char *language, *code;
	const char *tokens; /* "class:text|..." */
};

static const struct highlight_case cases[] = {
	{"yaml", "a: 1 # x\nb: [true, no]\n", "a:a|n:1|c:# x|a:b|n:true|n:no|"},
	{"YML", "run: |\n  echo 'a'\n\n  b\nc: d\n", "a:run|s:  echo 'a'\n\n  b|a:c|"},
	{"yaml", "note: it's don't\nv: v1.12.1\nip: 10.0.0.1:80\n", "a:note|a:v|a:ip|n:10.0.0.1|n:80|"},
	{"yaml", "url: http://a/#b\n- k: {{ .x }}\n", "a:url|a:k|v:{{ .x }}|"},
	{"json", "{\"a\": \"b\", \"c\" : -1}", "a:\"a\"|s:\"b\"|a:\"c\"|n:1|"},
	{"json", "{\"a", ""},
	{"toml", "[a.b]\nc = '''x\ny''' # z", "k:[a.b]|a:c|s:'''x\ny'''|c:# z|"},
	{"ini", "; c\nA=it's\nb = 2", "c:; c|a:A|a:b|n:2|"},
	{"bash", "if [ -n \"$a\" ]; then ls --all; fi", "k:if|a:-n|s:\"$a\"|k:then|a:--all|k:fi|"},
	{"bash", "cat <<'END'\nit's\nEND\necho $HOME ${x}", "s:'END'|s:it's\nEND|k:echo|v:$HOME|v:${x}|"},
	{"bash", "cat <<END\nis lost\necho", "k:echo|"},
	{"sh", "$ cd x\nin if\n$ ls", "p:$ |k:cd|p:$ |"},
	{"console", "me@h:~$ sudo x \\\n  -l\nREADY for\n# why", "p:me@h:~$ |k:sudo|a:-l|c:# why|"},
	{"hcl", "resource \"a\" \"b\" {\n  c = 3\n}", "k:resource|s:\"a\"|s:\"b\"|a:c|n:3|"},
	{"dockerfile", "FROM a AS run\nRUN x", "k:FROM|k:RUN|"},
	{"go", "func f() { return `a\nb` } // c", "k:func|f:f|k:return|s:`a\nb`|c:// c|"},
	{"python", "@d\ndef f(): '''a\nb''' # c", "v:@d|k:def|f:f|s:'''a\nb'''|c:# c|"},
	{"ts", "const a = 'b' /* c\nd */ + e.if", "k:const|s:'b'|c:/* c\nd */|"},
	{"c", "#include <a.h>\nint x = 0x1f;", "k:#include|n:int|n:0x1f|"},
	{"sql", "SELECT a FROM b -- c", "k:SELECT|k:FROM|c:-- c|"},
	{"xml", "<!-- a --><b c=\"d\">it's 3</b>", "c:<!-- a -->|k:<b|a:c|s:\"d\"|k:</b|"},
	{"css", "a {\n  color: red;\n}", "a:color|"},
	{"diff", "--- a\n+++ b\n@@ -1 @@\n c\n-d\n+e", "d:--- a|i:+++ b|k:@@ -1 @@|d:-d|i:+e|"},
	{"make", "all: b\n\t@echo $@ # c", "a:all|v:$@|c:# c|"},
	{"nix", "{ a.b = true; } # c", "n:true|c:# c|"},
	{"promql", "rate(x{a=\"b\"}[5m])", "k:rate|s:\"b\"|n:5m|"},
};

static void tokens_are_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct code_reader reader = {.language = language_find(str_from(cases[i].language)),
					     .text = str_from(cases[i].code)};
		struct code_token token;
		struct buf found = {0};
		size_t at = 0;
		assert_non_null(reader.language);
		buf_adds(&found, "");
		while (code_next(&reader, &token)) {
			assert_true(token.from >= at && token.to > token.from && token.to <= reader.text.size);
			at = token.to;
			buf_addf(&found, "%s:" STR_FMT "|", token.class,
				 STR_ARG(str_sub(reader.text, token.from, token.to - token.from)));
		}
		assert_string_equal(found.data, cases[i].tokens);
		buf_free(&found);
	}
}

static void unknown_languages_have_none(void **state)
{
	(void)state;
	assert_null(language_find(STR("")));
	assert_null(language_find(STR("text")));
	assert_null(language_find(STR("mermaid")));
}

/* Each piece is repeated to some hundred kilobytes: what is opened and never closed must not be sought again. */
static void no_text_is_slow(void **state)
{
	static const char *const languages[] = {"yaml", "json", "toml", "bash", "console", "hcl",
						"go",   "xml",  "diff", "nix",  "sql",     "python"};
	static const char *const pieces[] = {"\"\\\"",  "'",   "<<A\n", "a: |\n", "/*", "{{", "${", "`",  "- - ",
					     "<!--<a ", "'''", "[a",    "#",      " ",  "a",  "1",  "\n", "\\"};
	(void)state;
	for (size_t k = 0; k < sizeof pieces / sizeof *pieces; k++) {
		struct buf text = {0};
		while (text.size < 300000)
			buf_adds(&text, pieces[k]);
		for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
			struct code_reader reader = {.language = language_find(str_from(languages[i])),
						     .text = buf_str(&text)};
			struct code_token token;
			size_t n = 0;
			while (code_next(&reader, &token))
				assert_true(++n <= text.size);
		}
		buf_free(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tokens_are_found),
		cmocka_unit_test(unknown_languages_have_none),
		cmocka_unit_test(no_text_is_slow),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
