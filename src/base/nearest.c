/* "Did you mean": three rows of the optimal string alignment table. */
#include "base/nearest.h"

#include "base/banned.h"

#include <stdint.h>

#include "base/utf8.h"
#include "base/world.h"

struct code_points {
	uint32_t *data;
	size_t n;
};

static struct code_points decode(struct str s)
{
	struct code_points word = {world_alloc((s.size + 1) * sizeof(uint32_t)), 0};
	size_t off = 0;

	while (off < s.size) {
		uint32_t c = utf8_next(s, &off);

		word.data[word.n++] = c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
	}
	return word;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* rows: three of b.n + 1 numbers, used in turn. */
static size_t align(struct code_points a, struct code_points b, size_t limit, size_t *rows)
{
	size_t width = b.n + 1;
	size_t *before = rows;
	size_t *above = rows + width;
	size_t *row = rows + 2 * width;

	for (size_t j = 0; j <= b.n; j++)
		above[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t best = i;
		size_t *free_row = before;

		row[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			size_t cost = a.data[i - 1] != b.data[j - 1];

			row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + cost);
			if (i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] && a.data[i - 2] == b.data[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
			best = least(best, row[j]);
		}
		/* A transposition steps over a row, but costs no less than that row's best. */
		if (best > limit)
			return limit + 1;
		before = above;
		above = row;
		row = free_row;
	}
	return least(above[b.n], limit + 1);
}

size_t nearest_distance(struct str a, struct str b, size_t limit)
{
	struct code_points x = decode(a);
	struct code_points y = decode(b);
	size_t difference = x.n > y.n ? x.n - y.n : y.n - x.n;
	size_t distance = limit + 1;

	if (limit > a.size + b.size)
		limit = a.size + b.size;
	if (difference <= limit) {
		size_t *rows = world_alloc(3 * (y.n + 1) * sizeof(size_t));

		distance = align(x, y, limit, rows);
		free(rows);
	}
	free(x.data);
	free(y.data);
	return distance;
}

struct str nearest_find(struct str word, const struct str *candidates, size_t n)
{
	size_t third = utf8_count(word) / 3;
	size_t limit = third < 1 ? 1 : least(third, 3);
	struct str best = STR_NONE;

	for (size_t i = 0; i < n; i++) {
		size_t distance = nearest_distance(word, candidates[i], limit);

		if (distance > limit)
			continue;
		best = candidates[i];
		if (distance == 0)
			break;
		limit = distance - 1;
	}
	return best;
}
