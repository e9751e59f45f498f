/* Private to draw/: where the parts of a sequence stand. */
#ifndef LINTEL_SEQUENCE_H
#define LINTEL_SEQUENCE_H

#include "draw/drawing.h"

#define MESSAGE_SIZE 12.0 /* pixels of the font; CSS class g-message */
#define MESSAGE_LINE 15.0
#define LOOP_WIDTH 34.0 /* of a message to oneself */
#define LOOP_HEIGHT 22.0
#define TAB_HEIGHT 19.0 /* of the corner that names a block */
#define NOTE_PAD 8.0

struct placed_column {
	double x;              /* of the lifeline */
	struct placed_box box; /* of the participant's name */
	double from, to;       /* of the lifeline, y */
	bool is_destroyed;
};

/* By step. A message: from x to x2 at y. A note, a block at its opening: a box. The next part of a block: its line at y from
 * x to x2. */
struct placed_step {
	double x, x2, y;
	struct placed_box box;
	double text_width; /* what its text may take */
};

struct placed_bar {
	int column;
	unsigned level;
	double from, to;
};

/* In points, from 0,0; `left` is to be added to every x. */
struct sequence_layout {
	double left;
	struct placed_column *columns; /* by participant */
	struct placed_step *steps;
	VEC(struct placed_bar) bars;
	struct placed_box *groups; /* by cluster; width 0: nothing in it */
	double feet;               /* y of the middle of the names below; 0: none */
};

/* The text of a message or a part of a block. */
struct text_block sequence_text(struct arena *arena, struct str text, double width);
/* Width of the corner that names a block. */
double sequence_tab(struct str word);
/* What stands in brackets beside the name of a block, empty for none. */
struct str sequence_condition(struct arena *arena, const struct graph_step *step);

#endif
