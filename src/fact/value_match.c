/* Words compared: versions, platforms, models, abbreviations. */
#include "fact/value_parts.h"

static bool has_word(struct str words, struct str word)
{
	while (words.size)
		if (str_eq(str_cut(&words, ' '), word))
			return true;
	return false;
}

bool words_within(struct str few, struct str many)
{
	if (!few.size)
		return false;
	while (few.size)
		if (!has_word(many, str_cut(&few, ' ')))
			return false;
	return true;
}

bool words_share(struct str a, struct str b)
{
	while (a.size)
		if (has_word(b, str_cut(&a, ' ')))
			return true;
	return false;
}

/* Every word gives at least its first letter, in order, and nothing is left. */
static bool is_abbreviation(struct str word, struct str words)
{
	size_t used = 0;
	if (str_find_char(word, ' ') != SIZE_MAX || str_find_char(words, ' ') == SIZE_MAX)
		return false;
	while (words.size) {
		struct str full = str_cut(&words, ' ');
		size_t n = 0;
		while (n < full.size && used + n < word.size && full.data[n] == word.data[used + n])
			n++;
		if (!n)
			return false;
		used += n;
	}
	return used == word.size;
}

bool words_abbreviate(struct str a, struct str b)
{
	return is_abbreviation(a, b) || is_abbreviation(b, a);
}

/* ---- versions ---- */

static struct str version_core(struct str text)
{
	size_t n = 0;
	if (str_starts(text, STR("v")) || str_starts(text, STR("V")))
		text = str_from_off(text, 1);
	while (n < text.size && (isdigit((unsigned char)text.data[n]) || text.data[n] == '.' || text.data[n] == 'x'))
		n++;
	return str_sub(text, 0, n);
}

enum match versions_match(struct str a, struct str b)
{
	struct str left = version_core(a), right = version_core(b);
	if (!left.size || !right.size || left.data[0] == 'x' || right.data[0] == 'x')
		return MATCH_UNSURE;
	while (left.size && right.size) {
		struct str x = str_cut(&left, '.'), y = str_cut(&right, '.');
		long long m = 0, n = 0;
		if (str_is(x, "x") || str_is(y, "x"))
			return MATCH_SAME;
		if (!str_to_number(x, &m) || !str_to_number(y, &n))
			return MATCH_UNSURE;
		if (m != n)
			return MATCH_DIFFERS;
	}
	return MATCH_SAME;
}

/* ---- platforms ---- */

enum { OF_SYSTEM = 1, OF_KUBERNETES = 2, OF_MACHINES = 4 };

static const struct {
	const char *words;
	unsigned family;
} platforms[] = {
	{"talos", OF_SYSTEM | OF_KUBERNETES},
	{"ubuntu", OF_SYSTEM},
	{"debian", OF_SYSTEM},
	{"raspbian", OF_SYSTEM},
	{"fedora", OF_SYSTEM},
	{"flatcar", OF_SYSTEM},
	{"nixos", OF_SYSTEM},
	{"arch", OF_SYSTEM},
	{"alpine", OF_SYSTEM},
	{"rocky", OF_SYSTEM},
	{"alma|almalinux", OF_SYSTEM},
	{"centos", OF_SYSTEM},
	{"rhel", OF_SYSTEM},
	{"opensuse|suse|sles", OF_SYSTEM},
	{"bottlerocket", OF_SYSTEM},
	{"windows", OF_SYSTEM},
	{"macos|osx", OF_SYSTEM},
	{"freebsd", OF_SYSTEM},
	{"k3s|k3d", OF_KUBERNETES},
	{"k0s", OF_KUBERNETES},
	{"rke2|rke", OF_KUBERNETES},
	{"kubeadm", OF_KUBERNETES},
	{"kind", OF_KUBERNETES},
	{"minikube", OF_KUBERNETES},
	{"microk8s", OF_KUBERNETES},
	{"openshift|okd", OF_KUBERNETES},
	{"eks", OF_KUBERNETES},
	{"gke", OF_KUBERNETES},
	{"aks", OF_KUBERNETES},
	{"proxmox|pve", OF_MACHINES},
	{"esxi|vmware|vsphere", OF_MACHINES},
	{"xcp-ng|xenserver", OF_MACHINES},
	{"unraid", OF_MACHINES},
};

/* Bits of the rows that the words name. */
static unsigned long long platforms_named(struct str words)
{
	unsigned long long named = 0;
	while (words.size) {
		struct str word = str_cut(&words, ' ');
		for (size_t i = 0; i < sizeof platforms / sizeof *platforms; i++) {
			struct str rest = str_from(platforms[i].words);
			while (rest.size)
				if (str_eq(str_cut(&rest, '|'), word))
					named |= 1ULL << i;
		}
	}
	return named;
}

static unsigned families(unsigned long long named)
{
	unsigned all = 0;
	for (size_t i = 0; i < sizeof platforms / sizeof *platforms; i++)
		all |= named & (1ULL << i) ? platforms[i].family : 0;
	return all;
}

/* The one word that is a version; empty: none, or several. */
static struct str only_version(struct str words)
{
	struct str found = STR_NONE;
	while (words.size) {
		struct str word = str_cut(&words, ' ');
		size_t v = word.data[0] == 'v' ? 1 : 0;
		if (v >= word.size || !isdigit((unsigned char)word.data[v]))
			continue;
		if (found.size)
			return STR_NONE;
		found = word;
	}
	return found;
}

enum match platforms_match(struct str a, struct str b)
{
	unsigned long long left = platforms_named(a), right = platforms_named(b);
	if (left & right) {
		struct str x = only_version(a), y = only_version(b);
		return x.size && y.size && versions_match(x, y) == MATCH_DIFFERS ? MATCH_DIFFERS : MATCH_SAME;
	}
	if (left && right)
		return families(left) & families(right) ? MATCH_DIFFERS : MATCH_UNSURE;
	return words_within(a, b) || words_within(b, a) ? MATCH_SAME : MATCH_UNSURE;
}

/* ---- models ---- */

static const struct {
	const char *words;
	const char *maker;
} makers[] = {
	{"intel|xeon|celeron|pentium|arc|i3|i5|i7|i9", "intel"},
	{"amd|ryzen|epyc|radeon|threadripper", "amd"},
	{"nvidia|geforce|rtx|gtx|quadro|tesla", "nvidia"},
	{"apple|m1|m2|m3|m4|m5", "apple"},
	{"broadcom|bcm2711|bcm2712", "broadcom"},
	{"rockchip|rk3588", "rockchip"},
	{"ampere|altra", "ampere"},
};

static const char *maker_of(struct str word)
{
	for (size_t i = 0; i < sizeof makers / sizeof *makers; i++) {
		struct str rest = str_from(makers[i].words);
		while (rest.size)
			if (str_eq(str_cut(&rest, '|'), word))
				return makers[i].maker;
	}
	return NULL;
}

/* What a text says of a model. Hyphens part its words. */
struct reading {
	unsigned makers;   /* bits by row */
	struct str number; /* the first word with three digits in a row */
};

static bool has_model_number(struct str word)
{
	size_t digits = 0;
	for (size_t i = 0; i < word.size; i++) {
		digits = isdigit((unsigned char)word.data[i]) ? digits + 1 : 0;
		if (digits >= 3)
			return !(str_ends(word, STR("gb")) || str_ends(word, STR("hz")) || str_ends(word, STR("tb")));
	}
	return false;
}

static struct str next_part(struct str *words)
{
	size_t n = 0;
	while (n < words->size && words->data[n] != ' ' && words->data[n] != '-')
		n++;
	struct str part = str_sub(*words, 0, n);
	*words = str_from_off(*words, n + (n < words->size));
	return part;
}

static struct reading read_model(struct str words)
{
	struct reading reading = {0};
	while (words.size) {
		struct str part = next_part(&words);
		const char *maker = maker_of(part);
		for (size_t i = 0; maker && i < sizeof makers / sizeof *makers; i++)
			reading.makers |= strcmp(makers[i].maker, maker) == 0 ? 1u << i : 0;
		if (!reading.number.size && has_model_number(part))
			reading.number = part;
	}
	return reading;
}

/* A word of a series ("rtx", "ryzen", "i5") that both hold. */
static bool share_series(struct str a, struct str b)
{
	while (a.size) {
		struct str part = next_part(&a), rest = b;
		const char *maker = maker_of(part);
		if (!maker || str_is(part, maker))
			continue;
		while (rest.size)
			if (str_eq(next_part(&rest), part))
				return true;
	}
	return false;
}

enum match models_match(struct str a, struct str b)
{
	struct reading left = read_model(a), right = read_model(b);
	if (left.number.size && right.number.size && str_eq(left.number, right.number))
		return MATCH_SAME;
	if (left.makers && right.makers && !(left.makers & right.makers))
		return MATCH_DIFFERS;
	if (left.number.size && right.number.size)
		return share_series(a, b) ? MATCH_DIFFERS : MATCH_UNSURE;
	return words_within(a, b) || words_within(b, a) ? MATCH_SAME : MATCH_UNSURE;
}
