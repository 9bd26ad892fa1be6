/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Named values in order: what a record's shape (shapes.h) says once, and what becomes a JSON object or a CSV
   row. Shapes call the functions below and know no format; each format is one OnrEmitterClass.

     onr_emit_begin(e, NULL);                  // a record
     onr_emit_text(e, "id", row->id);
     onr_emit_begin(e, "article"); … onr_emit_end(e);
     onr_emit_end(e); */
#pragma once

#include "text/span.h"

G_BEGIN_DECLS

typedef struct OnrEmitter OnrEmitter;

#define ONR_REAL_EXACT (-1) /* as many digits as it takes to read the same number back */

typedef struct {
  void (*text)(OnrEmitter *e, const char *name, const char *value, gssize length);
  void (*number)(OnrEmitter *e, const char *name, gint64 value);
  void (*real)(OnrEmitter *e, const char *name, double value, int decimals);
  void (*null)(OnrEmitter *e, const char *name);
  void (*spans)(OnrEmitter *e, const char *name, const OnrSpan *spans, guint n);
  void (*begin)(OnrEmitter *e, const char *name);
  void (*end)(OnrEmitter *e);
  void (*begin_list)(OnrEmitter *e, const char *name);
  void (*end_list)(OnrEmitter *e);
  void (*tally)(OnrEmitter *e, const char *name, const char *label, const GPtrArray *lines);
} OnrEmitterClass;

/* The head of each format's own struct. */
struct OnrEmitter {
  const OnrEmitterClass *class;
};

/* NAME is NULL for what stands in a list. A NULL text is null. */
static inline void onr_emit_text(OnrEmitter *e, const char *name, const char *value) {
  e->class->text(e, name, value, -1);
}
static inline void onr_emit_text_length(OnrEmitter *e, const char *name, const char *value, gsize length) {
  e->class->text(e, name, value, (gssize)length);
}
static inline void onr_emit_number(OnrEmitter *e, const char *name, gint64 value) {
  e->class->number(e, name, value);
}
static inline void onr_emit_count(OnrEmitter *e, const char *name, guint64 value) {
  e->class->number(e, name, (gint64)MIN(value, (guint64)G_MAXINT64));
}
static inline void onr_emit_real(OnrEmitter *e, const char *name, double value, int decimals) {
  e->class->real(e, name, value, decimals);
}
static inline void onr_emit_null(OnrEmitter *e, const char *name) {
  e->class->null(e, name);
}
/* SPANS: OnrSpan; NULL is an empty list. */
static inline void onr_emit_spans(OnrEmitter *e, const char *name, const GArray *spans) {
  e->class->spans(e, name, spans ? (const OnrSpan *)(const void *)spans->data : NULL, spans ? spans->len : 0);
}
/* An object inside the record; in rows its values are columns named NAME_value. */
static inline void onr_emit_begin(OnrEmitter *e, const char *name) {
  e->class->begin(e, name);
}
static inline void onr_emit_end(OnrEmitter *e) {
  e->class->end(e);
}
/* A list of objects; left out of rows. */
static inline void onr_emit_begin_list(OnrEmitter *e, const char *name) {
  e->class->begin_list(e, name);
}
static inline void onr_emit_end_list(OnrEmitter *e) {
  e->class->end_list(e);
}
/* LINES ("text\tcount"): a list of {LABEL, "count"}; in rows one cell, "text (count); text (count)". */
static inline void onr_emit_tally(OnrEmitter *e, const char *name, const char *label,
                                  const GPtrArray *lines) {
  e->class->tally(e, name, label, lines);
}

/* VALUE in C notation with DECIMALS after the point, or ONR_REAL_EXACT; NaN and infinities, which JSON lacks,
 * are "null". */
void onr_real_append(GString *out, double value, int decimals);

/* --- JSON --- */

typedef struct {
  OnrEmitter head;
  GString *out;
  gboolean is_pretty; /* two blanks a level */
  guint depth;
  gboolean has_items; /* of the innermost object or list */
} OnrJson;

/* Appends to OUT, which is borrowed. */
void onr_json_init(OnrJson *json, GString *out, gboolean is_pretty);
/* TEXT as a JSON string: bytes that are no UTF-8 become U+FFFD; controls (C0, DEL, C1), U+2028 and U+2029 are
 * escaped. */
void onr_json_append_string(GString *out, const char *text, gssize length);

/* --- rows: CSV by RFC 4180, TSV with \t \n \r \\ --- */

typedef struct {
  OnrEmitter head;
  GString *names, *cells; /* the header line and the row as far as emitted, without line ends */
  GString *prefix;        /* of names: "article_" */
  GArray *prefix_lengths; /* to go back to at end; gsize */
  guint list_depth;       /* inside lists nothing is written */
  gboolean is_tsv, is_first, is_visible;
} OnrRows;

/* VISIBLE: for a terminal, controls are pictured (visible.h). */
void onr_rows_init(OnrRows *rows, gboolean is_tsv, gboolean is_visible);
void onr_rows_clear(OnrRows *rows);
/* Appends the names, or the cells, with their line end to OUT, and begins a new row. */
void onr_rows_take_names(OnrRows *rows, GString *out);
void onr_rows_take_cells(OnrRows *rows, GString *out);

G_END_DECLS
