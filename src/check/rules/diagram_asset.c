/* diagram-asset: a drawing that would read a file or run something. */
#include "check/check.h"

static void report(struct check *check, const struct trouble *trouble)
{
	struct diag *diag;
	if (strcmp(trouble->kind, "script") == 0) {
		diag = check_report(check, trouble->span, "`" STR_FMT "` leads to what a browser may run: " STR_FMT,
				    STR_ARG(trouble->extra), STR_ARG(trouble->text));
		check_help(check, diag, "link to a page, or to an http or https address; this link is left out");
	} else if (strcmp(trouble->kind, "engine") == 0) {
		diag = check_report(check, trouble->span,
				    "`" STR_FMT "` names a layout engine that is not graphviz's: " STR_FMT,
				    STR_ARG(trouble->extra), STR_ARG(trouble->text));
		check_help(check, diag, "remove the attribute; it has no effect here");
	} else {
		diag = check_report(check, trouble->span, "`" STR_FMT "` would read a file: " STR_FMT,
				    STR_ARG(trouble->extra), STR_ARG(trouble->text));
		check_help(check, diag, "remove the attribute; it has no effect here");
	}
	check_key(check, diag,
		  str_format(check->arena, STR_FMT " " STR_FMT, STR_ARG(trouble->extra), STR_ARG(trouble->text)));
}

static void run(struct check *check)
{
	size_t cursor = 0;
	for (const struct trouble *trouble; (trouble = check_trouble(check, &cursor));)
		report(check, trouble);
}

const struct rule rule_diagram_asset = {
	.name = "diagram-asset",
	.severity = SEVERITY_ERROR,
	.group = "diagrams",
	.summary = "a drawing that would read a file or run something",
	.explain =
		"Tools that draw dot files open the files that image, shapefile, stylesheet, imagepath, fontpath, _background and <IMG SRC> "
		"name, and hand links such as javascript: on to the page. A pull request could use that to read a file of the "
		"machine, or to run a script in the reader's browser. Nothing of it is followed here, and the drawing is made "
		"without it; but the next tool may be less careful. Links of mermaid's click lines are looked at too. Attributes that "
		"only shape the drawing are left alone.",
	.example = "logo [image=\"/etc/passwd\"]",
	.cure = "Remove the attribute. Draw a box with a label in place of an image.",
	.run = run,
};
