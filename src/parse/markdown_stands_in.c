/* Which places of a source stand in code, for readers of its lines. */
#include "parse/parse.h"

bool md_stands_in(const struct md *md, enum md_kind kind, uint32_t *cursor, size_t off)
{
	for (; *cursor < md->n; ++*cursor) {
		const struct md_node *node = &md->nodes[*cursor];
		if (node->kind == kind && node->off + node->size > off)
			return node->off <= off;
	}
	return false;
}
