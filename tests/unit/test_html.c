/* Escaping: what goes into a page as text, attribute or URL. */
#include <setjmp.h>
#include <stdarg.h>

#include "render/render.h"

#include <cmocka.h>

struct escape_case {
	const char *in, *out;
};

static void check_cases(void (*write)(struct buf *, struct str), const struct escape_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct buf out = {0};
		write(&out, str_from(cases[i].in));
		assert_string_equal(out.data ? out.data : "", cases[i].out);
		buf_free(&out);
	}
}

static void test_text(void **state)
{
	static const struct escape_case cases[] = {
		{"", ""},
		{"plain text", "plain text"},
		{"a < b & c > \"d\"", "a &lt; b &amp; c &gt; &quot;d&quot;"},
		{"<script>", "&lt;script&gt;"},
		{"&amp;", "&amp;amp;"},
		{"Žluťoučký", "Žluťoučký"},
		{"tab\tline\n", "tab\tline\n"},
		{"bell\x07", "bell\xef\xbf\xbd"},
		{"cr\r\n", "cr\n"},
	};
	(void)state;
	check_cases(html_text, cases, sizeof cases / sizeof *cases);
}

static void test_attr(void **state)
{
	static const struct escape_case cases[] = {
		{"\" onclick=\"x", "&quot; onclick=&quot;x"},
		{"it's", "it's"},
	};
	(void)state;
	check_cases(html_attr, cases, sizeof cases / sizeof *cases);
}

static void test_url(void **state)
{
	static const struct escape_case cases[] = {
		{"https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&amp;c=2#d"},
		{"a b.html", "a%20b.html"},
		{"a%20b.html", "a%20b.html"},
		{"100%.html", "100%25.html"},
		{"ž.html", "%C5%BE.html"},
		{"x\"y", "x%22y"},
		{"it's", "it&#x27;s"},
		{"mailto:a@example.org", "mailto:a@example.org"},
		{"vscode:extension/x", "vscode:extension/x"},
		{"javascript:alert(1)", "#"},
		{" JavaScript:alert(1)", "#"},
		{"java\nscript:alert(1)", "#"},
		{"\x01javascript:alert(1)", "#"},
		{"vbscript:x", "#"},
		{"data:text/html,x", "#"},
		{"file:///etc/passwd", "#"},
		{"dir/javascript:x", "dir/javascript:x"},
		{"#javascript:x", "#javascript:x"},
	};
	(void)state;
	check_cases(html_url, cases, sizeof cases / sizeof *cases);
}

static void test_raw(void **state)
{
	static const struct escape_case cases[] = {{"<b>&", "<b>&"}};
	(void)state;
	check_cases(html_raw, cases, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_attr),
		cmocka_unit_test(test_url),
		cmocka_unit_test(test_raw),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
