/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How results leave: a command hands over records and never asks in which format. Each format is one
   OnrWriterClass (writer_json.c, writer_rows.c, writer_text.c, writer_trec.c).

     OnrWriter *w = onr_writer_new(format, ONR_RECORD_QUOTE_HIT, FALSE, out);
     onr_writer_begin_query(w, &count);                       // hits, facets and counts only
     onr_writer_put(w, &(OnrHitRecord){.row = row, .rank = 1}); // × n
     onr_writer_end_query(w);
     onr_writer_close(w);                                     // ends the document and frees */
#pragma once

#include "cli/output.h"
#include "cli/records.h"

G_BEGIN_DECLS

typedef struct OnrWriter OnrWriter;

typedef struct {
  gboolean (*can_write)(OnrRecordKind kind);
  gboolean has_explanations; /* shows OnrCountRecord.explain and OnrHitRecord.explain */
  gboolean needs_rows;       /* FALSE: a hit's id, score and rank are enough */
  OnrWriter *(*open)(void);  /* its own struct, OnrWriter first */
  void (*begin)(OnrWriter *w);
  void (*begin_query)(OnrWriter *w, const OnrCountRecord *count);
  void (*put)(OnrWriter *w, gconstpointer record);
  void (*end_query)(OnrWriter *w, const OnrCountRecord *count);
  void (*end)(OnrWriter *w);
  void (*free)(OnrWriter *w);
} OnrWriterClass;

struct OnrWriter {
  const OnrWriterClass *class;
  OnrOutput *out; /* borrowed */
  OnrRecordKind kind;
  gboolean is_batch, is_quiet;
  gboolean is_verbose; /* text shows what it else leaves out; set by the command */
  guint64 n_put;        /* records of the query so far */
  OnrCountRecord count; /* of the query under way */
};

/* KIND is what put takes. IS_BATCH: many queries, each with an id. IS_QUIET: text leaves out what is no
 * result. */
OnrWriter *onr_writer_new(OnrFormat format, OnrRecordKind kind, gboolean is_batch, gboolean is_quiet,
                          OnrOutput *out);
/* "jsonl". */
const char *onr_format_name(OnrFormat format);
/* Whether FORMAT knows records of KIND. */
gboolean onr_writer_can_write(OnrFormat format, OnrRecordKind kind);
gboolean onr_writer_has_explanations(OnrFormat format);
gboolean onr_writer_needs_rows(OnrFormat format);

/* COUNT's strings are borrowed until end_query. A COUNT writer takes no records: begin_query says all. */
void onr_writer_begin_query(OnrWriter *w, const OnrCountRecord *count);
void onr_writer_put(OnrWriter *w, gconstpointer record);
void onr_writer_end_query(OnrWriter *w);
void onr_writer_close(OnrWriter *w);

extern const OnrWriterClass ONR_WRITER_TEXT, ONR_WRITER_JSON, ONR_WRITER_JSONL, ONR_WRITER_CSV,
    ONR_WRITER_TSV, ONR_WRITER_TREC;

G_END_DECLS
