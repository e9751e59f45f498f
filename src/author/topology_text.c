/* A tree of keys as YAML: sections in blocks, things on one line where they fit. */
#include "author/topology_want.h"

enum { WIDTH = 110 };

static void add_value(struct buf *out, const struct want *want)
{
	bool is_map = want->kind == WANT_MAP;

	if (want->kind == WANT_SCALAR) {
		yaml_add_scalar(out, want->text);
		return;
	}
	buf_addc(out, is_map ? '{' : '[');
	for (size_t i = 0; i < want->entries.n; i++) {
		buf_adds(out, i ? ", " : "");
		if (is_map)
			want_add_flow(out, want->entries.data[i]);
		else
			add_value(out, want->entries.data[i]);
	}
	buf_addc(out, is_map ? '}' : ']');
}

void want_add_flow(struct buf *out, const struct want *want)
{
	yaml_add_scalar(out, want->key);
	buf_adds(out, ": ");
	add_value(out, want);
}

static void add_line(struct buf *out, struct str eol, size_t indent)
{
	buf_add(out, eol);
	for (size_t i = 0; i < indent; i++)
		buf_addc(out, ' ');
}

static bool fits(const struct want *want, size_t indent)
{
	struct buf line = {0};
	bool result;

	want_add_flow(&line, want);
	result = indent + line.size <= WIDTH;
	buf_free(&line);
	return result;
}

void want_add_entry(struct buf *out, const struct want *want, struct str eol, size_t indent)
{
	add_line(out, eol, indent);
	if (want->kind == WANT_SCALAR || want->entries.n == 0 || (!want->is_block && fits(want, indent))) {
		want_add_flow(out, want);
		return;
	}
	yaml_add_scalar(out, want->key);
	buf_addc(out, ':');
	for (size_t i = 0; i < want->entries.n; i++) {
		if (want->kind == WANT_MAP) {
			want_add_entry(out, want->entries.data[i], eol, indent + 2);
			continue;
		}
		add_line(out, eol, indent + 2);
		buf_adds(out, "- ");
		add_value(out, want->entries.data[i]);
	}
}

void want_add_flow_item(struct buf *out, const struct want *want)
{
	buf_adds(out, "{id: ");
	yaml_add_scalar(out, want->key);
	for (size_t i = 0; i < want->entries.n; i++) {
		buf_adds(out, ", ");
		want_add_flow(out, want->entries.data[i]);
	}
	buf_addc(out, '}');
}

void want_add_item(struct buf *out, const struct want *want, struct str eol, size_t indent)
{
	add_line(out, eol, indent);
	buf_adds(out, "- ");
	want_add_flow_item(out, want);
}

void want_add_file(struct buf *out, const struct want *want)
{
	struct str eol = STR("\n");

	for (size_t i = 0; i < want->entries.n; i++) {
		buf_add(out, eol);
		want_add_entry(out, want->entries.data[i], eol, 0);
	}
	buf_add(out, eol);
}
