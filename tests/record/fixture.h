/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Small articles of invented people, made in a line each, and the whole content of a record as text, to
 * compare. */
#pragma once

#include "archive/archive.h"
#include "support/support.h"

/* Fails the test with the error's message where IS_OK is FALSE; frees nothing on success. */
void require(gboolean is_ok, GError *error);
/* Fails unless ERROR is of CODE and its message holds PART; frees it. */
void require_error(GError *error, OnrErrorCode code, const char *part);

/* A fresh folder, removed by fixture_end with all that is in it. */
#define NOBODY G_MAXUINT32 /* no entity speaks */

char *fixture_begin(void);
void fixture_end(char *dir);

/* An article with id, title and text, of file PATH. */
OnrArticle *article_of(const char *id, const char *path, const char *title, const char *text);
/* Every place where FORM stands in the text is a mention of the entity NAME of TYPE, added when it is not
 * there yet. */
guint mention(OnrArticle *article, OnrEntityType type, const char *name, const char *form);
/* A direct quote of the words CONTENT (which stand in the text), said by entity SPEAKER (NOBODY:
 * unnamed). */
OnrQuoteRow *quote(OnrArticle *article, const char *content, guint speaker);

/* Three articles from two files: "a1" and "a2" of /news/a.jsonl, "b1" of /news/b.txt. All with quotes and
 * mentions. */
OnrArticle *sample_article(guint i);
#define N_SAMPLES 3
/* A record with the samples in it, open for writing. */
OnrRecord *sample_record(const char *dir);

/* Puts within its own transaction. */
void put_alone(OnrRecord *record, OnrArticle *article);
void remove_alone(OnrRecord *record, const char *id);

/* All that exports show, by id, as text. The caller frees it. */
char *dump(OnrRecord *record);
/* One article, as far as a record keeps it. */
void dump_article(const OnrArticle *article, GString *out);

/* Runs SQL on FILE behind the record's back. */
void vandalise(const char *file, const char *sql);
