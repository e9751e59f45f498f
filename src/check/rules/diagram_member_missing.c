/* diagram-member-missing: a drawing that claims a whole cluster leaves nodes out. */
#include "check/check.h"

/* Frames that are looked at in one drawing. */
enum { FRAMES_MAX = 32, DEPTH_MAX = 64, NAMED_MAX = 3 };

/* A drawing, or one frame of it, against one cluster. */
struct claim {
	struct check *check;
	const struct sketch *drawing;
	const struct cluster *cluster;
	int frame;         /* -1: the whole drawing */
	struct map shown;  /* address of a node's entity -> itself */
	struct span first; /* of the first node shown */
	size_t n_shown, n_unknown;
};

static struct str key_of(struct entity *const *entity)
{
	return (struct str){(const char *)entity, sizeof *entity};
}

static bool is_inside(const struct sketch *drawing, int item, int frame)
{
	for (int depth = 0; item >= 0 && depth < DEPTH_MAX; depth++) {
		if (item == frame)
			return true;
		item = drawing->items.data[item].parent;
	}
	return frame < 0;
}

/* Words with which a drawing says that it shows some only, or how many there are. */
static bool is_open(struct str text)
{
	static const char *const marks[] = {"...", "…", "etc",  "e.g",  " more", "others",
					    "*",   "×", " to ", " of ", "each",  "any"};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (str_find_nocase(text, str_from(marks[i])) != SIZE_MAX)
			return true;
	for (size_t i = 0; i < text.size; i++) {
		bool is_start = isdigit((unsigned char)text.data[i]) && (i == 0 || strchr(" (x", text.data[i - 1]));
		struct str rest = is_start ? str_from_off(text, i) : STR_NONE;
		while (rest.size && isdigit((unsigned char)rest.data[0]))
			rest = str_from_off(rest, 1);
		bool is_times = is_start && i > 0 && text.data[i - 1] == 'x';
		bool counts = is_start && (is_times || str_starts(rest, STR("x ")) || str_starts(rest, STR(")")) ||
					   str_find_nocase(str_sub(rest, 0, 24), STR("node")) != SIZE_MAX ||
					   str_find_nocase(str_sub(rest, 0, 24), STR("worker")) != SIZE_MAX);
		if (counts)
			return true;
	}
	return false;
}

static void take_item(struct claim *claim, const struct drawn *item)
{
	claim->n_unknown += item->unknown.str.size > 0;
	struct entity *const *names = item->names.data;
	size_t n = item->names.n;
	if (!n && item->entity) {
		names = &item->entity;
		n = 1;
	}
	for (size_t i = 0; i < n; i++) {
		if (names[i]->kind != ENTITY_NODE || ((const struct node *)names[i])->cluster != claim->cluster ||
		    map_has(&claim->shown, key_of(&names[i])))
			continue;
		map_put(&claim->shown, key_of(&names[i]), names[i]);
		if (!claim->n_shown++)
			claim->first = item->lines.n ? item->lines.data[0].word.span : SPAN_NONE;
	}
}

/* False when what is drawn says that it is not all. */
static bool collect(struct claim *claim)
{
	const struct sketch *drawing = claim->drawing;
	claim->shown.arena = claim->check->arena;
	for (size_t i = 0; i < drawing->items.n; i++) {
		const struct drawn *item = &drawing->items.data[i];
		bool counts = is_inside(drawing, (int)i, claim->frame) || (item->is_loose && item->parent < 0);
		if (!counts)
			continue;
		for (size_t k = 0; k < item->lines.n; k++)
			if (is_open(item->lines.data[k].word.str))
				return false;
		if (item->why)
			return false;
		take_item(claim, item);
	}
	return true;
}

/* A drawing of one role only leaves the others out on purpose. */
static bool is_role_shown(const struct claim *claim, struct str role)
{
	const struct cluster *cluster = claim->cluster;
	for (size_t i = 0; i < cluster->nodes.n; i++) {
		struct entity *entity = &cluster->nodes.data[i]->entity;
		if (map_has(&claim->shown, key_of(&entity)) && str_eq_nocase(cluster->nodes.data[i]->role.str, role))
			return true;
	}
	return false;
}

/* Its id or title stands somewhere in the drawing, if only as part of a label. */
static bool is_written(const struct claim *claim, const struct entity *entity)
{
	const struct sketch *drawing = claim->drawing;
	for (size_t i = 0; i < drawing->items.n; i++)
		for (size_t k = 0; k < drawing->items.data[i].lines.n; k++) {
			struct str text = drawing->items.data[i].lines.data[k].word.str;
			if (str_find_nocase(text, entity->id.str) != SIZE_MAX ||
			    str_find_nocase(text, entity_title(entity)) != SIZE_MAX)
				return true;
		}
	return false;
}

static void report(struct claim *claim, const struct node *const *missing, size_t n)
{
	struct check *check = claim->check;
	const struct sketch *drawing = claim->drawing;
	struct span span = claim->frame < 0 ? claim->first : drawing->items.data[claim->frame].lines.data[0].word.span;
	struct buf names = {0};
	for (size_t i = 0; i < n && i < NAMED_MAX; i++) {
		buf_adds(&names, i == 0 ? "" : i + 1 == n ? " and " : ", ");
		buf_add(&names, missing[i]->entity.id.str);
	}
	if (n > NAMED_MAX)
		buf_addf(&names, " and %zu more", n - NAMED_MAX);
	struct diag *diag =
		check_report(check, span, "this drawing shows %zu nodes of " STR_FMT " and leaves out " STR_FMT,
			     claim->n_shown, STR_ARG(entity_title(&claim->cluster->entity)), STR_ARG(buf_str(&names)));
	for (size_t i = 0; i < n && i < NAMED_MAX; i++)
		check_note(check, diag, missing[i]->entity.id.span, STR_FMT " is declared here",
			   STR_ARG(missing[i]->entity.id.str));
	check_help(check, diag, "draw what is missing, or say that only some are shown: a label \"...\" is enough");
	buf_free(&names);
}

static bool check_claim(struct claim *claim)
{
	const struct cluster *cluster = claim->cluster;
	VEC(const struct node *) missing = {0};
	size_t min = claim->frame < 0 ? 3 : 2;
	if (!collect(claim) || claim->n_shown < min)
		return false;
	for (size_t i = 0; i < cluster->nodes.n; i++) {
		const struct node *node = cluster->nodes.data[i];
		struct entity *entity = &cluster->nodes.data[i]->entity;
		if (map_has(&claim->shown, key_of(&entity)) || !is_role_shown(claim, node->role.str))
			continue;
		vec_add(claim->check->arena, &missing, node);
	}
	bool is_excerpt =
		claim->frame < 0 ? missing.n > 2 || claim->n_shown <= 2 * missing.n : claim->n_shown < missing.n;
	/* A name that nothing declares stands in place of a missing one: diagram-name-unknown tells of it. */
	if (!missing.n || is_excerpt || claim->n_unknown >= missing.n)
		return false;
	for (size_t i = 0; i < missing.n; i++)
		if (is_written(claim, &missing.data[i]->entity))
			return false;
	report(claim, missing.data, missing.n);
	return true;
}

static void check_drawing(struct check *check, const struct sketch *drawing)
{
	const struct estate *estate = drawing->page->estate;
	struct map framed = {.arena = check->arena};
	size_t frames = 0;
	for (size_t i = 0; i < drawing->items.n && frames < FRAMES_MAX; i++) {
		const struct drawn *item = &drawing->items.data[i];
		struct entity *entity = item->entity;
		if (!entity || entity->kind != ENTITY_CLUSTER || !item->lines.n)
			continue;
		struct claim claim = {
			.check = check, .drawing = drawing, .cluster = (const struct cluster *)entity, .frame = (int)i};
		check_claim(&claim);
		if (claim.n_shown > 0)
			map_put(&framed, key_of(&item->entity), entity);
		frames++;
	}
	for (size_t i = 0; i < estate->clusters.n && i < FRAMES_MAX; i++) {
		struct entity *entity = &estate->clusters.data[i]->entity;
		struct claim claim = {
			.check = check, .drawing = drawing, .cluster = estate->clusters.data[i], .frame = -1};
		if (!map_has(&framed, key_of(&entity)))
			check_claim(&claim);
	}
}

static void run(struct check *check)
{
	const struct sketches *drawings = check_drawings(check);
	for (size_t i = 0; i < drawings->list.n; i++)
		if (!drawings->list.data[i]->why && !drawings->list.data[i]->page->decision)
			check_drawing(check, drawings->list.data[i]);
}

const struct rule rule_diagram_member_missing = {
	.name = "diagram-member-missing",
	.severity = SEVERITY_WARNING,
	.group = "diagrams",
	.summary = "a drawing that claims a whole cluster leaves nodes out",
	.explain =
		"A frame that bears the name of a cluster and holds at least half of its nodes is read as the cluster, and so is a "
		"drawing with all but one or two of them. A node that joined later is then missing in it. A drawing may leave out a "
		"whole role, and it may say that it shows some only: with \"...\", \"etc.\", \"e.g.\", a number of nodes, or a "
		"pattern of names. Drawings in decision records and drawings of plans or of the past are left alone.",
	.example = "subgraph prod     holds prod-worker-1 and prod-worker-2, and prod-worker-3 is declared",
	.cure = "Draw the nodes that are missing, or say that only some are shown.",
	.run = run,
};
