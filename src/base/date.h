/* Calendar dates, Gregorian, no time zone. */
#ifndef LINTEL_DATE_H
#define LINTEL_DATE_H

#include "base/str.h"

struct date {
	int year; /* 0: no date */
	int month;
	int day;
};

bool date_is_valid(struct date date);
/* <0, 0, >0 */
int date_cmp(struct date a, struct date b);
/* Days since 1970-01-01. */
long date_days(struct date date);
/* From seconds since the epoch, UTC. */
struct date date_from_epoch(long long seconds);
/* Reads YYYY-MM-DD at the start of s, without asking whether such a day exists; year 0 when it is not of that form. */
struct date date_parse_iso(struct str s);
/* "2026-03-01". */
struct str date_format(struct arena *arena, struct date date);

enum date_form { DATE_NONE, DATE_ISO, DATE_AMBIGUOUS, DATE_OTHER, DATE_INVALID };
struct date_found {
	enum date_form form; /* DATE_INVALID: a known form with no such day */
	struct date date;
	struct str rest; /* what follows the date in s */
};
/* Reads the forms met in decision records at the start of s: ISO, YYYY/MM/DD, YYYY.MM.DD, YYYYMMDD, DD.MM.YYYY,
 * DD-MM-YYYY, DD.MM.YY, Month D, YYYY, D Month YYYY in eight languages, DD-Mon-YYYY, Mon/DD/YYYY, NN/NN/YYYY and
 * NN/NN/YY (ambiguous when both are under 13 and differ: then the day is taken first), YYYY-MM, Month YYYY, 年月日. */
struct date_found date_find(struct str s);

#endif
