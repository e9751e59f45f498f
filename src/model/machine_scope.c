/* What a path says about a machine file: that it is an example or a test, and which environment it belongs to. */
#include "model/machine.h"

static bool is_one_of(struct str name, const char *const *words)
{
	for (; *words; words++)
		if (str_eq_nocase(name, str_from(*words)))
			return true;
	return false;
}

bool machine_is_aside(struct str path)
{
	static const char *const folders[] = {
		"template", "templates",     "example",    "examples", "sample",   "samples",    "demo",     "demos",
		"test",     "tests",         "testing",    "testdata", "fixtures", "e2e",        "molecule", "mock",
		"mocks",    "docs",          "doc",        "archive",  "archived", "attic",      "old",      "disabled",
		"unused",   "backup",        "deprecated", "vendor",   "charts",   "dashboards", ".github",  ".gitlab",
		".vscode",  ".devcontainer", ".terraform", "crds",     "schema",   "schemas",    NULL};
	static const char *const marks[] = {"example", "sample", "template", NULL};
	struct str rest = path_dir(path), stem = path_stem(path);

	while (rest.data && rest.size > 0)
		if (is_one_of(str_cut(&rest, '/'), folders))
			return true;
	while (stem.data && stem.size > 0)
		if (is_one_of(str_cut(&stem, '.'), marks))
			return true;
	return false;
}

struct str machine_scope(struct arena *arena, struct str path)
{
	static const char *const parents[] = {"clusters", "overlays", "environments", "environment", "envs",
					      "env",      "stages",   "stage",        "inventories", "tenants",
					      "sites",    "regions",  "workspaces",   NULL};
	static const char *const environments[] = {"dev",     "development", "staging", "stg", "prod",    "production",
						   "preprod", "pre-prod",    "qa",      "uat", "sandbox", "nonprod",
						   "live",    "preview",     "local",   NULL};
	struct str rest = path_dir(path), scope = STR("");
	bool below = false;

	while (rest.data && rest.size > 0) {
		struct str name = str_cut(&rest, '/');

		if (below || (is_one_of(name, environments) && !is_one_of(name, parents)))
			scope = scope.size > 0 ? str_format(arena, STR_FMT "/" STR_FMT, STR_ARG(scope), STR_ARG(name))
					       : name;
		below = !below && is_one_of(name, parents);
	}
	return scope;
}
