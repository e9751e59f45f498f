/* Documents to the inverted index that MiniSearch 7 would have built of them. */
#include "emit/search_index.h"

enum { FIELDS = 4 };
static const char *const field_names[FIELDS] = {"names", "title", "page", "text"};

struct posting {
	uint32_t document, field, n;
};

struct term {
	struct str text;
	unsigned fields; /* bit set of those that hold it */
	VEC(struct posting) postings;
};

struct indexed {
	const struct search_document *document;
	uint32_t lengths[FIELDS]; /* different terms in each field */
};

struct search_index {
	struct arena *arena;
	struct map terms; /* -> struct term * */
	VEC(struct indexed) documents;
	double averages[FIELDS];
	uint32_t field; /* that is being read */
};

struct search_index *search_index_new(struct arena *arena)
{
	struct search_index *index = NEW(arena, struct search_index);
	index->arena = index->terms.arena = arena;
	return index;
}

static void add_term(void *context, struct str text)
{
	struct search_index *index = context;
	uint32_t number = (uint32_t)index->documents.n - 1, field = index->field;
	struct term *term = map_find(&index->terms, text);
	if (!term) {
		term = NEW(index->arena, struct term);
		term->text = str_dup(index->arena, text);
		map_put(&index->terms, term->text, term);
	}
	struct posting *last = term->postings.n ? &term->postings.data[term->postings.n - 1] : NULL;
	if (last && last->document == number && last->field == field) {
		last->n++;
		return;
	}
	vec_add(index->arena, &term->postings, (struct posting){number, field, 1});
	term->fields |= 1u << field;
	index->documents.data[number].lengths[field]++;
}

/* The averages are run on in doubles, one document after the other, as MiniSearch does it: the same bits come out. */
void search_index_add(struct search_index *index, const struct search_document *document)
{
	const struct str texts[FIELDS] = {document->names, document->title, document->page, document->text};
	struct indexed *indexed = vec_add(index->arena, &index->documents, (struct indexed){.document = document});
	double before = (double)(index->documents.n - 1);
	for (uint32_t i = 0; i < FIELDS; i++) {
		index->field = i;
		search_terms(index->arena, texts[i], add_term, index);
		double total = index->averages[i] * before + indexed->lengths[i];
		index->averages[i] = total / (before + 1);
	}
}

static int term_cmp(const void *a, const void *b)
{
	const struct term *const *x = a, *const *y = b;
	return str_cmp((*x)->text, (*y)->text);
}

/* {"0":{"12":1,"14":2},"3":{...}}: how often each document has it in each field. */
static void write_postings(const struct term *term, struct buf *out)
{
	const char *before = "{\"";
	for (uint32_t field = 0; field < FIELDS; field++) {
		if (!(term->fields & 1u << field))
			continue;
		buf_adds(out, before);
		buf_add_number(out, field);
		before = "\":{\"";
		for (size_t i = 0; i < term->postings.n; i++) {
			const struct posting *posting = &term->postings.data[i];
			if (posting->field != field)
				continue;
			buf_adds(out, before);
			buf_add_number(out, posting->document);
			buf_adds(out, "\":");
			buf_add_number(out, posting->n);
			before = ",\"";
		}
		buf_addc(out, '}');
		before = ",\"";
	}
	buf_addc(out, '}');
}

static void write_terms(struct search_index *index, struct buf *out)
{
	size_t n = index->terms.n;
	const struct term **terms = NEW_ARRAY(index->arena, const struct term *, n + 1);
	for (size_t i = 0; i < n; i++)
		terms[i] = index->terms.items[i].value;
	qsort(terms, n, sizeof *terms, term_cmp);
	for (size_t i = 0; i < n; i++) {
		struct json json = {.out = out};
		buf_adds(out, i ? ",[" : "[");
		json_string(&json, terms[i]->text);
		buf_addc(out, ',');
		write_postings(terms[i], out);
		buf_addc(out, ']');
	}
}

static void write_stored(const struct search_document *document, struct buf *out)
{
	struct json json = {.out = out};
	json_begin_object(&json);
	json_key_string(&json, "kind", str_from(document->kind));
	json_key_string(&json, "title", document->title);
	json_key_string(&json, "page", document->page);
	json_key_string(&json, "url", document->url);
	json_key_string(&json, "names", document->names);
	json_key_string(&json, "hint", document->hint);
	json_end_object(&json);
}

/* Writes `"0":...,"1":...`, one item a document. */
static void write_each(struct search_index *index, const char *key, struct buf *out,
		       void (*write)(const struct indexed *indexed, size_t number, struct buf *out))
{
	buf_addf(out, ",\"%s\":{", key);
	for (size_t i = 0; i < index->documents.n; i++) {
		buf_addf(out, "%s\"%zu\":", i ? "," : "", i);
		write(&index->documents.data[i], i, out);
	}
	buf_addc(out, '}');
}

static void write_id(const struct indexed *indexed, size_t number, struct buf *out)
{
	(void)indexed;
	buf_add_number(out, number);
}

static void write_lengths(const struct indexed *indexed, size_t number, struct buf *out)
{
	(void)number;
	for (size_t i = 0; i < FIELDS; i++) {
		buf_addc(out, i ? ',' : '[');
		buf_add_number(out, indexed->lengths[i]);
	}
	buf_addc(out, ']');
}

static void write_fields(const struct indexed *indexed, size_t number, struct buf *out)
{
	(void)number;
	write_stored(indexed->document, out);
}

void search_index_write(struct search_index *index, struct buf *out)
{
	buf_addf(out, "{\"documentCount\":%zu,\"nextId\":%zu", index->documents.n, index->documents.n);
	write_each(index, "documentIds", out, write_id);
	buf_adds(out, ",\"fieldIds\":{");
	for (size_t i = 0; i < FIELDS; i++)
		buf_addf(out, "%s\"%s\":%zu", i ? "," : "", field_names[i], i);
	buf_addc(out, '}');
	write_each(index, "fieldLength", out, write_lengths);
	buf_adds(out, ",\"averageFieldLength\":[");
	for (size_t i = 0; i < FIELDS; i++)
		buf_addf(out, "%s%.17g", i ? "," : "", index->averages[i]);
	buf_addc(out, ']');
	write_each(index, "storedFields", out, write_fields);
	buf_adds(out, ",\"dirtCount\":0,\"index\":[");
	write_terms(index, out);
	buf_adds(out, "],\"serializationVersion\":2}");
}
