/* Between the rules about records named by number: whether "ADR-12" means a record of the workspace. */
#ifndef LINTEL_NAMED_RECORDS_H
#define LINTEL_NAMED_RECORDS_H

#include "check/check.h"

/* What the words around a name say. */
enum naming {
	NAMING_PLAIN,
	NAMING_FOREIGN, /* a record of another project: "Cosmos ADR-33", "ADR-33 of Cosmos", a link that leads elsewhere */
	NAMING_EXAMPLE, /* how records are named: "such as ADR-0123", a name in quotes, 1234 */
	NAMING_ABSENT   /* a record that is planned, or gone: "the upcoming ADR-64" */
};
enum naming mention_naming(const struct mention *mention);
/* The text tells of something that is planned, reserved or gone. */
bool says_absent(struct str text);

/* True for a page that shows how records are written: a template, by what the model says of it. */
bool page_is_template(const struct model *model, const struct page *page);

#endif
