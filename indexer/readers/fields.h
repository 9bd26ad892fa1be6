/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Header fields under their many names. One table for all formats says that `headline` is a title and
   `pubDate` a date; a reader offers each member that it finds, and of several names for one field the
   earliest in the table wins, whatever their order in the file.

     OnrFields fields;
     onr_fields_init(&fields, article);
     onr_fields_offer(&fields, "pubDate", -1, "Sun, 06 Feb 2022 10:15:00 GMT", -1);   // × n
     onr_fields_finish(&fields);                                                     // article has its header
 */
#pragma once

#include "indexer/reader.h"

G_BEGIN_DECLS

typedef enum {
  ONR_HEADER_ID,
  ONR_HEADER_TITLE,
  ONR_HEADER_TEXT,
  ONR_HEADER_BYLINE,
  ONR_HEADER_DATELINE,
  ONR_HEADER_DATE,
  ONR_HEADER_PUBLISHER,
  ONR_HEADER_SECTION,
  ONR_HEADER_LANGUAGE,
  ONR_HEADER_URL,
  ONR_N_HEADERS
} OnrHeaderField;

/* Among the names of a text those from here on say that it is HTML or comes in parts … */
#define ONR_RANK_MARKUP 13
/* … and these that it is a summary, which is the text where there is no other. */
#define ONR_RANK_SUMMARY 19

/* The field that NAME (LENGTH bytes, -1 up to the NUL) stands for, or -1; compared without case, '_', '-',
   ':' and spaces. *RANK gets its place among the field's names, 0 the best. */
int onr_header_find(const char *name, gssize length, guint *rank);

typedef struct {
  OnrArticle *article;
  const char *values[ONR_N_HEADERS]; /* cleaned; in the article's own strings. TEXT is left to the reader */
  guint ranks[ONR_N_HEADERS];
  gint32 day;
} OnrFields;

void onr_fields_init(OnrFields *fields, OnrArticle *article);
/* FALSE where NAME is no field's, a better name came before, or VALUE is none for it (an impossible date, a
 * language that is no code). */
gboolean onr_fields_offer(OnrFields *fields, const char *name, gssize name_length, const char *value,
                          gssize length);
/* The same for a known field. */
gboolean onr_fields_set(OnrFields *fields, OnrHeaderField field, guint rank, const char *value,
                        gssize length);
/* Moves the values into the article. */
void onr_fields_finish(OnrFields *fields);

/* VALUE on one line: white space and control characters become single spaces, both ends trimmed, cut to
   ONR_MAX_FIELD_BYTES at a character. NULL where nothing is left. Into the article's own strings. */
const char *onr_header_clean(OnrArticle *article, const char *value, gssize length);

/* Copies TEXT (valid UTF-8) into the article's own strings as its text; CRLF and CR become LF and NUL becomes
 * U+FFFD, counted in *N_REPLACED. */
void onr_article_set_text(OnrArticle *article, const char *text, gsize length, guint32 *n_replaced);

G_END_DECLS
