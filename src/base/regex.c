/* PCRE2, the only user. A pattern may be hostile: JIT, all three limits, and a subject of bounded size. */
#include "base/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/banned.h"

#include <stdint.h>

#include "base/arena.h"
#include "base/pool.h"

#define PATTERN_MAX_BYTES ((size_t)16 << 10)
#define SUBJECT_MAX_BYTES ((size_t)64 << 10)
/* Where the system forbids JIT: the interpreter is a thousand times slower on patterns of quadratic cost. */
#define SUBJECT_MAX_BYTES_SLOW ((size_t)1 << 10)
#define MATCH_LIMIT 100000
#define DEPTH_LIMIT 1000
#define HEAP_LIMIT_KIB (16 << 10)
/* The library starts its count anew at every position of the subject; this bounds the sum. */
#define TOTAL_LIMIT 1000000000

struct regex {
	pcre2_code *code;
	pcre2_match_data *found;
	pcre2_match_context *limits;
	size_t subject_max; /* bytes */
};

static void regex_free(void *object)
{
	struct regex *regex = object;

	pcre2_match_context_free(regex->limits);
	pcre2_match_data_free(regex->found);
	pcre2_code_free(regex->code);
}

static pcre2_code *compile(struct str pattern, int *error, size_t *off)
{
	pcre2_compile_context *context = pcre2_compile_context_create(NULL);
	/* MATCH_INVALID_UTF: subjects are whatever stands in a file; malformed bytes match nothing. */
	uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C;
	pcre2_code *code;

	if (!context)
		pool_out_of_memory();
	pcre2_set_max_pattern_length(context, PATTERN_MAX_BYTES);
	code = pcre2_compile((PCRE2_SPTR)(pattern.data ? pattern.data : ""), pattern.size, options, error, off,
			     context);
	pcre2_compile_context_free(context);
	return code;
}

static bool is_jit_compiled(pcre2_code *code)
{
	size_t size = 0;

	pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	return pcre2_pattern_info(code, PCRE2_INFO_JITSIZE, &size) == 0 && size > 0;
}

struct regex *regex_compile(struct arena *arena, struct str pattern, struct str *error)
{
	struct regex *regex;
	int number = 0;
	size_t off = 0;
	pcre2_code *code;

	if (str_find(pattern, STR("(*NO_JIT)")) != SIZE_MAX) {
		*error = STR("(*NO_JIT) is not allowed");
		return NULL;
	}
	code = compile(pattern, &number, &off);
	if (!code) {
		char message[256];

		pcre2_get_error_message(number, (PCRE2_UCHAR *)message, sizeof(message));
		*error = str_format(arena, "%s at offset %zu", message, off);
		return NULL;
	}
	regex = NEW(arena, struct regex);
	regex->code = code;
	arena_defer(arena, regex_free, regex);
	regex->subject_max = is_jit_compiled(code) ? SUBJECT_MAX_BYTES : SUBJECT_MAX_BYTES_SLOW;
	regex->found = pcre2_match_data_create(10, NULL);
	regex->limits = pcre2_match_context_create(NULL);
	if (!regex->found || !regex->limits)
		pool_out_of_memory();
	pcre2_set_depth_limit(regex->limits, DEPTH_LIMIT);
	pcre2_set_heap_limit(regex->limits, HEAP_LIMIT_KIB);
	return regex;
}

static uint32_t match_limit_for(size_t size)
{
	size_t share = TOTAL_LIMIT / (size + 1);

	return share < MATCH_LIMIT ? (uint32_t)share : MATCH_LIMIT;
}

struct regex_match regex_find(const struct regex *regex, struct str subject, size_t from)
{
	struct regex_match match = {0};
	const size_t *pairs = pcre2_get_ovector_pointer(regex->found);
	int n;

	subject = subject.data ? str_sub(subject, 0, regex->subject_max) : STR("");
	if (from > subject.size)
		return match;
	pcre2_set_match_limit(regex->limits, match_limit_for(subject.size - from));
	n = pcre2_match(regex->code, (PCRE2_SPTR)subject.data, subject.size, from, 0, regex->found, regex->limits);
	if (n < 0)
		return match;
	/* 0: more groups took part than there is room for. */
	match.n = n == 0 ? 10 : (size_t)n;
	for (size_t i = 0; i < match.n; i++) {
		/* \K in a lookahead can put the start behind the end. */
		if (pairs[2 * i] != PCRE2_UNSET && pairs[2 * i] <= pairs[2 * i + 1])
			match.group[i] = str_sub(subject, pairs[2 * i], pairs[2 * i + 1] - pairs[2 * i]);
	}
	return match;
}
