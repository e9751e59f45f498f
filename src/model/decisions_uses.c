/* Every `decision:` of an estate. */
#include "model/model.h"

static void add_refs(struct arena *arena, struct decision_uses *uses, const struct entity *entity)
{
	for (size_t i = 0; i < entity->decisions.n; i++) {
		struct decision_use use = {&entity->decisions.data[i], entity};
		vec_add(arena, &uses->list, use);
	}
}

#define ADD_ALL(kind)                               \
	for (size_t i = 0; i < estate->kind.n; i++) \
	add_refs(arena, &uses, &estate->kind.data[i]->entity)

struct decision_uses estate_decisions(struct arena *arena, const struct estate *estate)
{
	struct decision_uses uses = {0};
	add_refs(arena, &uses, &estate->entity);
	ADD_ALL(zones);
	ADD_ALL(networks);
	for (size_t i = 0; i < estate->clusters.n; i++) {
		const struct cluster *cluster = estate->clusters.data[i];
		add_refs(arena, &uses, &cluster->entity);
		for (size_t k = 0; k < cluster->nodes.n; k++)
			add_refs(arena, &uses, &cluster->nodes.data[k]->entity);
	}
	ADD_ALL(devices);
	ADD_ALL(services);
	ADD_ALL(retired);
	ADD_ALL(groups);
	for (size_t i = 0; i < estate->facts.n; i++)
		for (size_t k = 0; k < estate->facts.data[i].decisions.n; k++) {
			struct decision_use use = {&estate->facts.data[i].decisions.data[k], NULL};
			vec_add(arena, &uses.list, use);
		}
	return uses;
}
