/* The words of attributes.def by hash: a key is looked up in one step, however many words there are. */
#include "fact/fact_parts.h"

#include <assert.h>

enum { SLOTS = 4096, WORDS = 1024 };

/* One word of one attribute. Words that several attributes have stand one behind the other, in the table's order. */
struct named {
	struct str word;
	uint16_t attribute;
};

/* Made once in a process, from constants only. */
static struct {
	bool made;
	struct named entries[WORDS];
	uint16_t n;
	uint16_t slots[SLOTS]; /* index + 1 of an entry */
} table;

static size_t slot_of(struct str word)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < word.size; i++)
		hash = (hash ^ (unsigned char)word.data[i]) * 16777619u;
	return (hash ^ (hash >> 15)) % SLOTS;
}

static void make(void)
{
	for (size_t i = 0; i < n_attributes; i++) {
		struct str rest = str_from(attributes[i].words);
		while (rest.size) {
			struct named named = {str_cut(&rest, '|'), (uint16_t)i};
			size_t slot = slot_of(named.word);
			assert(table.n < WORDS);
			table.entries[table.n++] = named;
			while (table.slots[slot])
				slot = (slot + 1) % SLOTS;
			table.slots[slot] = table.n;
		}
	}
	table.made = true;
}

const struct attribute *attribute_by_word(struct str word, enum entity_kind subject)
{
	if (!table.made)
		make();
	for (size_t slot = slot_of(word); table.slots[slot]; slot = (slot + 1) % SLOTS) {
		const struct named *named = &table.entries[table.slots[slot] - 1];
		if ((attributes[named->attribute].subjects & KIND_BIT(subject)) && str_eq(named->word, word))
			return &attributes[named->attribute];
	}
	return NULL;
}
