/* Calendar dates and the forms in which people write them. */
#include "base/date.h"

#include "base/banned.h"

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_of_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return days[month - 1] + (month == 2 && is_leap(year));
}

bool date_is_valid(struct date date)
{
	return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
	       date.day <= days_of_month(date.year, date.month);
}

int date_cmp(struct date a, struct date b)
{
	if (a.year != b.year)
		return a.year < b.year ? -1 : 1;
	if (a.month != b.month)
		return a.month < b.month ? -1 : 1;
	return (a.day > b.day) - (a.day < b.day);
}

/* Both conversions count years from March, so that the leap day is a year's last, in eras of 400 years
 * (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
long date_days(struct date date)
{
	long year = date.year - (date.month <= 2);
	long era = (year >= 0 ? year : year - 399) / 400;
	long year_of_era = year - era * 400;
	long day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
	long day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 719468;
}

struct date date_from_epoch(long long seconds)
{
	long long days = seconds / 86400 - (seconds % 86400 < 0) + 719468;
	long long era = (days >= 0 ? days : days - 146096) / 146097;
	long long day_of_era = days - era * 146097;
	long long year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	long long day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	long long month = (5 * day_of_year + 2) / 153;
	long long year = year_of_era + era * 400 + (month >= 10);

	if (year < 1 || year > 9999)
		return (struct date){0};
	return (struct date){
		.year = (int)year,
		.month = (int)(month < 10 ? month + 3 : month - 9),
		.day = (int)(day_of_year - (153 * month + 2) / 5 + 1),
	};
}

/* Takes min to max digits off *s; false, and *s as it was, when there are fewer or more. */
static bool take_digits(struct str *s, size_t min, size_t max, int *number)
{
	size_t n = 0;
	int value = 0;

	while (n < s->size && s->data[n] >= '0' && s->data[n] <= '9') {
		if (n == max)
			return false;
		value = value * 10 + (s->data[n++] - '0');
	}
	if (n < min)
		return false;
	*number = value;
	*s = str_from_off(*s, n);
	return true;
}

static bool take_char(struct str *s, char c)
{
	if (s->size == 0 || s->data[0] != c)
		return false;
	*s = str_from_off(*s, 1);
	return true;
}

static bool take_blanks(struct str *s)
{
	bool any = false;

	while (take_char(s, ' '))
		any = true;
	return any;
}

struct date date_parse_iso(struct str s)
{
	struct date date;

	if (take_digits(&s, 4, 4, &date.year) && take_char(&s, '-') && take_digits(&s, 2, 2, &date.month) &&
	    take_char(&s, '-') && take_digits(&s, 2, 2, &date.day))
		return date;
	return (struct date){0};
}

struct str date_format(struct arena *arena, struct date date)
{
	return str_format(arena, "%04d-%02d-%02d", date.year, date.month, date.day);
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* English, then German, French, Spanish, Portuguese, Italian, Dutch and Russian, where they differ. */
static const char *const month_names[] = {
	"january|jan|januar|janvier|enero|ene|janeiro|gennaio|januari|января",
	"february|feb|februar|février|febrero|fevereiro|febbraio|februari|февраля",
	"march|mar|märz|mars|marzo|março|maart|марта",
	"april|apr|avril|abril|aprile|апреля",
	"may|mai|mayo|maio|maggio|mei|мая",
	"june|jun|juni|juin|junio|junho|giugno|июня",
	"july|jul|juli|juillet|julio|julho|luglio|июля",
	"august|aug|août|agosto|augustus|августа",
	"september|sep|sept|septembre|septiembre|setembro|settembre|сентября",
	"october|oct|oktober|okt|octobre|octubre|outubro|ottobre|октября",
	"november|nov|novembre|noviembre|novembro|ноября",
	"december|dec|dezember|dez|décembre|diciembre|dezembro|dicembre|декабря",
};

/* A month's name, whole or short; a short one may end in a dot. */
static bool take_month(struct str *s, int *month)
{
	struct str word = *s;
	size_t n = 0;

	while (n < s->size && is_letter(s->data[n]))
		n++;
	word.size = n;
	for (int i = 0; n > 2 && i < 12; i++) {
		for (struct str rest = str_from(month_names[i]); rest.data;) {
			if (!str_eq_nocase(word, str_cut(&rest, '|')))
				continue;
			*month = i + 1;
			*s = str_from_off(*s, n);
			if (n < 5)
				take_char(s, '.');
			return true;
		}
	}
	return false;
}

/* "de", "del" between the parts of a date. */
static bool take_of(struct str *s)
{
	if (str_starts(*s, STR("de ")) || str_starts(*s, STR("del ")))
		*s = str_from_off(*s, str_find_char(*s, ' ') + 1);
	return true;
}

/* 1 to 31 with an ordinal ending or none. */
static bool take_day(struct str *s, int *day)
{
	static const char *const endings[] = {"st", "nd", "rd", "th", "er"};

	if (!take_digits(s, 1, 2, day))
		return false;
	for (size_t i = 0; i < 5; i++) {
		struct str ending = str_from(endings[i]);

		if (str_starts_nocase(*s, ending) && (s->size == 2 || !is_letter(s->data[2]))) {
			*s = str_from_off(*s, 2);
			break;
		}
	}
	return true;
}

static struct date_found found(enum date_form form, struct date date, struct str rest)
{
	return (struct date_found){date_is_valid(date) ? form : DATE_INVALID, date, rest};
}

static const struct date_found nothing = {.form = DATE_NONE};

/* YYYY-MM-DD, YYYY/MM/DD, YYYY-MM; a month or day of one digit is met too, but is not ISO. */
static struct date_found find_year_first(struct str s)
{
	struct date date;
	struct str part;
	size_t month_size;
	size_t day_size;
	char separator;

	if (!take_digits(&s, 4, 4, &date.year) || s.size == 0 ||
	    (s.data[0] != '-' && s.data[0] != '/' && s.data[0] != '.'))
		return nothing;
	separator = s.data[0];
	part = s = str_from_off(s, 1);
	if (!take_digits(&s, 1, 2, &date.month))
		return nothing;
	month_size = part.size - s.size;
	part = s;
	if (!take_char(&s, separator) || !take_digits(&s, 1, 2, &date.day)) {
		bool is_more = part.size > 1 && part.data[0] == separator && part.data[1] >= '0' && part.data[1] <= '9';

		date.day = 1;
		return separator == '-' && month_size == 2 && !is_more ? found(DATE_OTHER, date, part) : nothing;
	}
	day_size = part.size - s.size - 1;
	return found(separator == '-' && month_size == 2 && day_size == 2 ? DATE_ISO : DATE_OTHER, date, s);
}

/* Two digits are a year of this century, where nothing follows that makes them a version or an address. */
static bool take_short_year(struct str *s, char separator, int *year)
{
	struct str rest = *s;
	int number;

	if (separator == '-' || !take_digits(&rest, 2, 2, &number))
		return false;
	if (rest.size && (is_letter(rest.data[0]) || rest.data[0] == separator))
		return false;
	*year = 2000 + number;
	*s = rest;
	return true;
}

/* YYYY Month D */
static struct date_found find_year_month(struct str s)
{
	struct date date;

	if (!take_digits(&s, 4, 4, &date.year) || !take_blanks(&s) || !take_month(&s, &date.month) ||
	    !take_blanks(&s) || !take_day(&s, &date.day))
		return nothing;
	return found(DATE_OTHER, date, s);
}

/* DD.MM.YYYY, DD-MM-YYYY, NN/NN/YYYY, also with two digits for the year. Where both numbers may be the month the day
 * is taken to stand first, as it does almost everywhere. */
static struct date_found find_year_last(struct str s)
{
	struct date date;
	char separator;
	bool is_short;

	if (!take_digits(&s, 1, 2, &date.day) || s.size == 0)
		return nothing;
	separator = s.data[0];
	if ((separator != '.' && separator != '-' && separator != '/') || !take_char(&s, separator) ||
	    !take_digits(&s, 1, 2, &date.month) || !take_char(&s, separator))
		return nothing;
	is_short = !take_digits(&s, 4, 4, &date.year);
	if (is_short && !take_short_year(&s, separator, &date.year))
		return nothing;
	if (separator != '.' && date.day <= 12 && date.month > 12 && date.month <= 31) {
		int swap = date.day;

		date.day = date.month;
		date.month = swap;
	} else if (separator == '/' && date.day <= 12 && date.day != date.month && date_is_valid(date)) {
		return found(DATE_AMBIGUOUS, date, s);
	}
	return is_short && !date_is_valid(date) ? nothing : found(DATE_OTHER, date, s);
}

/* D Month YYYY, D. Month YYYY, DD-Mon-YYYY. */
static struct date_found find_day_month(struct str s)
{
	struct date date;
	bool dashes;

	if (!take_day(&s, &date.day))
		return nothing;
	dashes = take_char(&s, '-');
	if (!dashes) {
		take_char(&s, '.');
		if (!take_blanks(&s))
			return nothing;
	}
	if (!dashes)
		take_of(&s);
	if (!take_month(&s, &date.month))
		return nothing;
	if (dashes ? !take_char(&s, '-') : (take_char(&s, ','), !take_blanks(&s)))
		return nothing;
	take_of(&s);
	return take_digits(&s, 4, 4, &date.year) ? found(DATE_OTHER, date, s) : nothing;
}

/* Month D, YYYY and Month YYYY; Mon/DD/YYYY. */
static struct date_found find_month_first(struct str s)
{
	struct date date = {.day = 1};
	struct str after_month;

	if (!take_month(&s, &date.month))
		return nothing;
	if (take_char(&s, '/'))
		return take_digits(&s, 1, 2, &date.day) && take_char(&s, '/') && take_digits(&s, 4, 4, &date.year)
			       ? found(DATE_OTHER, date, s)
			       : nothing;
	take_char(&s, ',');
	if (!take_blanks(&s))
		return nothing;
	take_of(&s);
	after_month = s;
	if (take_digits(&s, 4, 4, &date.year))
		return found(DATE_OTHER, date, s);
	s = after_month;
	if (!take_day(&s, &date.day))
		return nothing;
	take_char(&s, ',');
	if (!take_blanks(&s) || !take_digits(&s, 4, 4, &date.year))
		return nothing;
	return found(DATE_OTHER, date, s);
}

static bool take_text(struct str *s, const char *text)
{
	if (!str_starts(*s, str_from(text)))
		return false;
	*s = str_from_off(*s, strlen(text));
	return true;
}

/* 2026年3月1日 */
static struct date_found find_by_signs(struct str s)
{
	struct date date;

	if (!take_digits(&s, 4, 4, &date.year) || !take_text(&s, "年") || !take_digits(&s, 1, 2, &date.month) ||
	    !take_text(&s, "月") || !take_digits(&s, 1, 2, &date.day) || !take_text(&s, "日"))
		return nothing;
	return found(DATE_OTHER, date, s);
}

/* 20260301 */
static struct date_found find_compact(struct str s)
{
	struct date date;
	struct str rest = str_from_off(s, s.size < 8 ? s.size : 8);
	int number;

	if (!take_digits(&s, 8, 8, &number))
		return nothing;
	date = (struct date){number / 10000, number / 100 % 100, number % 100};
	return date_is_valid(date) && date.year >= 1990 && date.year < 2100 ? found(DATE_OTHER, date, rest) : nothing;
}

struct date_found date_find(struct str s)
{
	static struct date_found (*const forms[])(struct str) = {
		find_year_first, find_year_last,  find_day_month, find_month_first,
		find_by_signs,   find_year_month, find_compact,
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		struct date_found date = forms[i](s);

		if (date.form != DATE_NONE)
			return date;
	}
	return nothing;
}
