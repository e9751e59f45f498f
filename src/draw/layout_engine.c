/* The only file that knows graphviz: numbers in, positions out. Runs in a child that may die. */
#include "draw/drawing.h"

#include <dlfcn.h>
#include <graphviz/gvc.h>
#include <graphviz/gvplugin.h>
#include <math.h>

#ifndef GVDIR
#define GVDIR "/usr/lib/x86_64-linux-gnu/graphviz"
#endif

enum { LENGTH_MAX = 12 }; /* longer ones break graphviz */

static GVC_t *engine;
static bool engine_tried;

/* ---- loading ---- */

static void *open_plugin(const char *folder, const char *name)
{
	char path[512];
	int n = snprintf(path, sizeof path, "%s/%s", folder, name);
	return n > 0 && (size_t)n < sizeof path ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : NULL;
}

/* The core and dot plugins alone: no configuration file, no fonts, no search. */
static bool add_plugin(GVC_t *context, const char *name, const char *symbol)
{
	static const char *const folders[] = {GVDIR,
					      "/usr/lib/x86_64-linux-gnu/graphviz",
					      "/usr/lib/aarch64-linux-gnu/graphviz",
					      "/usr/lib64/graphviz",
					      "/usr/lib/graphviz",
					      "/usr/local/lib/graphviz"};
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		void *handle = open_plugin(folders[i], name);
		gvplugin_library_t *library = handle ? dlsym(handle, symbol) : NULL;
		if (!library)
			continue;
		gvAddLibrary(context, library);
		return true;
	}
	return false;
}

static int drop_message(char *message)
{
	(void)message;
	return 0;
}

bool engine_start(void)
{
	static lt_symlist_t none[] = {{0, 0}};
	if (engine_tried)
		return engine != NULL;
	engine_tried = true;
	GVC_t *context = gvContextPlugins(none, 0);
	if (!context || !add_plugin(context, "libgvplugin_core.so.6", "gvplugin_core_LTX_library") ||
	    !add_plugin(context, "libgvplugin_dot_layout.so.6", "gvplugin_dot_layout_LTX_library"))
		return false;
	agseterrf(drop_message);
	engine = context;
	return true;
}

/* ---- names ---- */

/* Names to numbers by order of making. The library's own numbers are addresses, and it walks subgraphs by number: a
 * layout would depend on where memory happens to lie. Named things are even, nameless ones odd, 0 is nothing. */
struct ids {
	struct arena *arena;
	struct map by_name;
	VEC(char *) names;
	IDTYPE nameless;
};

static void *ids_open(Agraph_t *graph, Agdisc_t *discipline)
{
	(void)graph;
	(void)discipline;
	struct arena *arena = arena_new();
	struct ids *ids = NEW(arena, struct ids);
	ids->arena = arena;
	ids->by_name.arena = arena;
	return ids;
}

static long ids_map(void *state, int type, char *name, IDTYPE *id, int create)
{
	struct ids *ids = state;
	(void)type;
	if (!name) {
		ids->nameless += 2;
		*id = ids->nameless - 1;
		return 1;
	}
	struct str key = str_from(name);
	const void *found = map_find(&ids->by_name, key);
	*id = 2 * (IDTYPE)(uintptr_t)found;
	if (!found && create) {
		struct str copy = str_dup(ids->arena, key);
		char *text = arena_copy(ids->arena, copy.data, copy.size + 1);
		vec_add(ids->arena, &ids->names, text);
		map_put(&ids->by_name, copy, (void *)(uintptr_t)ids->names.n);
		*id = 2 * (IDTYPE)ids->names.n;
	}
	return 1;
}

static long ids_alloc(void *state, int type, IDTYPE id)
{
	(void)state;
	(void)type;
	(void)id;
	return 0;
}

static void ids_free(void *state, int type, IDTYPE id)
{
	(void)state;
	(void)type;
	(void)id;
}

static char *ids_print(void *state, int type, IDTYPE id)
{
	struct ids *ids = state;
	(void)type;
	return id % 2 == 0 && id > 0 && id / 2 <= ids->names.n ? ids->names.data[id / 2 - 1] : NULL;
}

static void ids_close(void *state)
{
	struct ids *ids = state;
	arena_free(ids->arena);
}

static void ids_register(void *state, int type, void *object)
{
	(void)state;
	(void)type;
	(void)object;
}

static Agiddisc_t id_discipline = {ids_open, ids_map, ids_alloc, ids_free, ids_print, ids_close, ids_register};

/* ---- the graph ---- */

/* cgraph takes its names and values as char *, and changes none. */
static char *plain(const char *text)
{
	union {
		const char *in;
		char *out;
	} cast = {.in = text};
	return cast.out;
}

static void set(void *object, const char *name, const char *value)
{
	agsafeset(object, plain(name), plain(value), plain(""));
}

static void set_inches(void *object, const char *name, double points)
{
	char text[32];
	snprintf(text, sizeof text, "%.4f", points / 72);
	set(object, name, text);
}

/* A label of a fixed size that shows nothing: keeps the room for ours. */
static void set_room(Agraph_t *root, void *object, double width, double height)
{
	char text[160];
	snprintf(text, sizeof text,
		 "<TABLE BORDER=\"0\" FIXEDSIZE=\"TRUE\" WIDTH=\"%d\" HEIGHT=\"%d\"><TR><TD></TD></TR></TABLE>",
		 (int)ceil(width), (int)ceil(height));
	/* Known to be HTML first; setting it then finds the same string. */
	char *html = agstrdup_html(root, text);
	agsafeset(object, plain("label"), html, plain(""));
}

static void set_defaults(Agraph_t *root, const struct layout_request *request)
{
	bool sideways = request->direction[0] == 'L' || request->direction[0] == 'R';
	agattr(root, AGRAPH, plain("rankdir"), plain(request->direction));
	agattr(root, AGRAPH, plain("compound"), plain("true"));
	agattr(root, AGRAPH, plain("nodesep"), plain(sideways ? "0.24" : "0.32"));
	agattr(root, AGRAPH, plain("ranksep"), plain(sideways ? "0.62" : "0.5"));
	agattr(root, AGRAPH, plain("margin"), plain("14"));
	agattr(root, AGRAPH, plain("label"), plain(""));
	agattr(root, AGRAPH, plain("labeljust"), plain("l"));
	if (request->nodes.n > 150) {
		agattr(root, AGRAPH, plain("mclimit"), plain("0.4"));
		agattr(root, AGRAPH, plain("nslimit"), plain("2"));
		agattr(root, AGRAPH, plain("nslimit1"), plain("2"));
	}
	agattr(root, AGNODE, plain("label"), plain(""));
	agattr(root, AGNODE, plain("shape"), plain("box"));
	agattr(root, AGNODE, plain("fixedsize"), plain("true"));
	agattr(root, AGEDGE, plain("arrowsize"), plain("0.85"));
	agattr(root, AGEDGE, plain("arrowhead"), plain("none"));
	agattr(root, AGEDGE, plain("arrowtail"), plain("none"));
	agattr(root, AGEDGE, plain("dir"), plain("both"));
	agattr(root, AGEDGE, plain("label"), plain(""));
	agattr(root, AGEDGE, plain("style"), plain(""));
	agattr(root, AGEDGE, plain("minlen"), plain("1"));
	agattr(root, AGEDGE, plain("lhead"), plain(""));
	agattr(root, AGEDGE, plain("ltail"), plain(""));
}

struct built {
	Agraph_t *root;
	Agnode_t **nodes;
	Agraph_t **clusters;
	Agedge_t **edges;
};

static void build_clusters(struct built *built, const struct layout_request *request)
{
	for (size_t i = 0; i < request->clusters.n; i++) {
		const struct layout_cluster *cluster = &request->clusters.data[i];
		char name[32];
		snprintf(name, sizeof name, "cluster%zu", i);
		built->clusters[i] =
			agsubg(cluster->parent < 0 ? built->root : built->clusters[cluster->parent], name, 1);
		if (cluster->label_width > 0)
			set_room(built->root, built->clusters[i], cluster->label_width, cluster->label_height);
	}
}

static void build_nodes(struct built *built, const struct layout_request *request)
{
	for (size_t i = 0; i < request->nodes.n; i++) {
		const struct layout_node *node = &request->nodes.data[i];
		Agraph_t *home = node->cluster < 0 ? built->root : built->clusters[node->cluster];
		char name[32];
		snprintf(name, sizeof name, "n%zu", i);
		built->nodes[i] = agnode(home, name, 1);
		set(built->nodes[i], "shape", node->shape);
		set_inches(built->nodes[i], "width", node->width);
		set_inches(built->nodes[i], "height", node->height);
	}
}

static void build_edges(struct built *built, const struct layout_request *request)
{
	for (size_t i = 0; i < request->edges.n; i++) {
		const struct layout_edge *edge = &request->edges.data[i];
		char name[32];
		snprintf(name, sizeof name, "e%zu", i);
		Agedge_t *it = agedge(built->root, built->nodes[edge->from], built->nodes[edge->to], name, 1);
		built->edges[i] = it;
		if (edge->hidden)
			set(it, "style", "invis");
		set(it, "arrowhead", edge->head ? "normal" : "none");
		set(it, "arrowtail", edge->tail ? "normal" : "none");
		if (edge->length > 1 && edge->length <= LENGTH_MAX) {
			snprintf(name, sizeof name, "%u", edge->length);
			set(it, "minlen", name);
		}
		if (edge->label_width > 0)
			set_room(built->root, it, edge->label_width, edge->label_height);
		if (edge->tail_cluster) {
			snprintf(name, sizeof name, "cluster%d", edge->tail_cluster - 1);
			set(it, "ltail", name);
		}
		if (edge->head_cluster) {
			snprintf(name, sizeof name, "cluster%d", edge->head_cluster - 1);
			set(it, "lhead", name);
		}
	}
}

/* ---- positions ---- */

static void put(struct buf *out, double number)
{
	buf_add(out, (struct str){(const char *)&number, sizeof number});
}

static void put_point(struct buf *out, pointf point, double top)
{
	put(out, point.x);
	put(out, top - point.y);
}

/* has_label x y, has_tail x y, has_head x y, number of points, points */
static void put_edge(struct buf *out, Agedge_t *edge, bool hidden, double top)
{
	const splines *line = hidden ? NULL : ED_spl(edge);
	const textlabel_t *label = ED_label(edge);
	bool drawn = line && line->size > 0 && line->list[0].size > 0;
	const bezier *first = drawn ? &line->list[0] : NULL;
	const bezier *last = drawn ? &line->list[line->size - 1] : NULL;
	pointf none = {0, top};
	put(out, label && label->set && !hidden);
	put_point(out, label && label->set ? label->pos : none, top);
	put(out, drawn && first->sflag);
	put_point(out, drawn && first->sflag ? first->sp : none, top);
	put(out, drawn && last->eflag);
	put_point(out, drawn && last->eflag ? last->ep : none, top);
	put(out, drawn ? first->size : 0);
	for (int i = 0; drawn && i < first->size; i++)
		put_point(out, first->list[i], top);
}

static void put_layout(struct buf *out, const struct built *built, const struct layout_request *request)
{
	boxf frame = GD_bb(built->root);
	double top = frame.UR.y;
	put(out, frame.UR.x - frame.LL.x);
	put(out, frame.UR.y - frame.LL.y);
	for (size_t i = 0; i < request->nodes.n; i++)
		put_point(out, ND_coord(built->nodes[i]), top);
	for (size_t i = 0; i < request->clusters.n; i++) {
		boxf box = GD_bb(built->clusters[i]);
		put(out, (box.LL.x + box.UR.x) / 2);
		put(out, top - (box.LL.y + box.UR.y) / 2);
		put(out, agnnodes(built->clusters[i]) ? box.UR.x - box.LL.x : 0);
		put(out, box.UR.y - box.LL.y);
	}
	for (size_t i = 0; i < request->edges.n; i++)
		put_edge(out, built->edges[i], request->edges.data[i].hidden, top);
}

int engine_layout(const struct layout_request *request, struct buf *out)
{
	Agdisc_t discipline = {&AgMemDisc, &id_discipline, &AgIoDisc};
	struct built built = {.root = agopen(plain("g"), Agdirected, &discipline)};
	built.nodes = world_alloc((request->nodes.n + 1) * sizeof(Agnode_t *));
	built.clusters = world_alloc((request->clusters.n + 1) * sizeof(Agraph_t *));
	built.edges = world_alloc((request->edges.n + 1) * sizeof(Agedge_t *));
	agreseterrors();
	set_defaults(built.root, request);
	build_clusters(&built, request);
	build_nodes(&built, request);
	build_edges(&built, request);
	if (gvLayout(engine, built.root, "dot") != 0 || agerrors() > 0)
		return 1;
	put_layout(out, &built, request);
	return 0;
}
