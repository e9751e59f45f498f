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

/* "prod.tfvars" is given to Terraform by hand, for one environment; others are read always. */
static struct str values_scope(struct str path)
{
	struct str name = path_base(path);

	return str_ends(name, STR(".tfvars")) && !str_ends(name, STR(".auto.tfvars")) &&
			       !str_is(name, "terraform.tfvars")
		       ? path_stem(path)
		       : STR("");
}

static struct str joined(struct arena *arena, struct str scope, struct str name)
{
	if (scope.size == 0 || name.size == 0)
		return scope.size > 0 ? scope : name;
	return str_format(arena, STR_FMT "/" STR_FMT, STR_ARG(scope), STR_ARG(name));
}

struct str machine_scope(struct arena *arena, struct str path)
{
	static const char *const parents[] = {"clusters", "overlays", "environments", "environment", "envs",
					      "env",      "stages",   "stage",        "inventories", "inventory",
					      "tenants",  "sites",    "regions",      "workspaces",  NULL};
	static const char *const environments[] = {"dev",     "development", "staging", "stg", "prod",    "production",
						   "preprod", "pre-prod",    "qa",      "uat", "sandbox", "nonprod",
						   "live",    "preview",     "local",   NULL};
	static const char *const variables[] = {"group_vars", "host_vars", NULL};
	struct str rest = path_dir(path), scope = STR("");
	bool below = false;

	while (rest.data && rest.size > 0) {
		struct str name = str_cut(&rest, '/');

		if (is_one_of(name, variables)) /* of the inventory that they stand beside; below are names of groups */
			break;
		if (below || (is_one_of(name, environments) && !is_one_of(name, parents)))
			scope = joined(arena, scope, name);
		below = !below && is_one_of(name, parents);
	}
	return joined(arena, scope, values_scope(path));
}

size_t machine_nearness(struct str a, struct str b)
{
	size_t n = 0;

	for (a = path_dir(a), b = path_dir(b); a.size > 0 && b.size > 0 && str_eq(str_cut(&a, '/'), str_cut(&b, '/'));)
		n++;
	return n;
}
