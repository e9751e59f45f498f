/* decision-number-duplicate: one number twice in a log. */
#include "check/check.h"

/* The letter of "040a", or 0: letters tell records of one number apart. */
static char letter_of(const struct decision *decision)
{
	char last = decision->id.size ? decision->id.data[decision->id.size - 1] : '\0';
	if (last >= 'A' && last <= 'Z')
		last = (char)(last - 'A' + 'a');
	return last >= 'a' && last <= 'z' ? last : '\0';
}

static struct span place_of(const struct decision *decision)
{
	if (decision->title_number == decision->number)
		return decision->title_number_span;
	return decision->title.span;
}

static long long next_free(const struct decision_log *log)
{
	size_t i = log->decisions.n;
	while (i && log->decisions.data[i - 1]->number < 0)
		i--;
	return i ? log->decisions.data[i - 1]->number + 1 : 1;
}

static void check_log(struct check *check, const struct decision_log *log)
{
	/* Records stand by number: those of one number are neighbours. First of the number by letter: */
	const struct decision *first[27] = {0};
	long long number = -1, free_number = next_free(log);
	for (size_t i = 0; i < log->decisions.n; i++) {
		const struct decision *decision = log->decisions.data[i];
		if (decision->number < 0)
			continue;
		if (decision->number != number)
			memset(first, 0, sizeof first);
		number = decision->number;
		size_t letter = letter_of(decision) ? (size_t)(letter_of(decision) - 'a' + 1) : 0;
		if (!first[letter]) {
			first[letter] = decision;
			continue;
		}
		struct diag *diag = check_report(check, place_of(decision),
						 "number %lld is taken twice in " STR_FMT ": " STR_FMT " has it too",
						 number, STR_ARG(log->name), STR_ARG(path_base(first[letter]->path)));
		check_note(check, diag, place_of(first[letter]), "the other record with this number");
		check_help(check, diag, "give the newer record the next free number, %lld", free_number++);
	}
}

static void run(struct check *check)
{
	for (size_t i = 0; i < check->model->logs.n; i++)
		check_log(check, check->model->logs.data[i]);
}

const struct rule rule_decision_number_duplicate = {
	.name = "decision-number-duplicate",
	.severity = SEVERITY_ERROR,
	.group = "decisions",
	.summary = "one number twice in a decision log",
	.explain = "Two branches that each add \"the next\" record end in two files with one number, and every "
		   "ADR-0104 in prose becomes ambiguous. A letter behind the number (040a) tells records apart, "
		   "numbers start anew in each folder, and records named by date have none.",
	.example = "0016-structured-output.md beside 0016-python-context-middleware.md",
	.cure = "Renumber the newer record and what refers to it.",
	.run = run,
};
