/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include "text/name.h"
#include "text/utf8.h"

#include <sqlite3.h>
#include <string.h>

void require(gboolean is_ok, GError *error) {
  cr_assert_neq(is_ok, FALSE, "%s", error ? error->message : "failed without an error");
  cr_assert_null(error, "an error on success: %s", error->message);
}

void require_error(GError *error, OnrErrorCode code, const char *part) {
  cr_assert_not_null(error, "no error where '%s' was expected", part);
  cr_assert_eq((int)error->code, (int)code, "code %d: %s", error->code, error->message);
  cr_assert_not_null(strstr(error->message, part), "'%s' does not hold '%s'", error->message, part);
  cr_assert_null(strchr(error->message, '\n'), "more than one line: %s", error->message);
  g_error_free(error);
}

char *fixture_begin(void) {
  return onr_test_make_dir();
}

void fixture_end(char *dir) {
  onr_test_remove_dir(dir);
  g_free(dir);
}

OnrArticle *article_of(const char *id, const char *path, const char *title, const char *text) {
  OnrArticle *article = onr_article_new();
  article->id = g_string_chunk_insert(article->strings, id);
  article->path = g_string_chunk_insert(article->strings, path);
  article->title = title ? g_string_chunk_insert(article->strings, title) : NULL;
  article->text = g_string_chunk_insert(article->strings, text);
  article->text_length = strlen(text);
  return article;
}

static OnrSpan span_at(const OnrArticle *article, const char *begin, gsize length) {
  OnrSpan bytes = {(guint32)(begin - article->text), (guint32)(begin - article->text + (gssize)length)};
  return onr_offsets_span_to_points(onr_article_offsets(article), bytes);
}

static int by_begin(gconstpointer a, gconstpointer b) {
  const OnrMentionRow *x = a, *y = b;
  return (x->span.begin > y->span.begin) - (x->span.begin < y->span.begin);
}

guint mention(OnrArticle *article, OnrEntityType type, const char *name, const char *form) {
  g_autofree char *id = onr_name_id(onr_entity_type_name(type), name);
  guint i = 0;
  while (i < article->entities->len && strcmp(g_array_index(article->entities, OnrEntityRow, i).id, id))
    i++;
  if (i == article->entities->len) {
    OnrEntityRow entity = {.id = g_string_chunk_insert(article->strings, id),
                           .name = g_string_chunk_insert(article->strings, name),
                           .type = type};
    g_array_append_val(article->entities, entity);
  }
  for (const char *p = article->text; (p = strstr(p, form)); p += strlen(form)) {
    OnrMentionRow row = {.span = span_at(article, p, strlen(form)), .entity = i};
    g_array_append_val(article->mentions, row);
  }
  g_array_sort(article->mentions, by_begin);
  return i;
}

OnrQuoteRow *quote(OnrArticle *article, const char *content, guint speaker) {
  const char *at = strstr(article->text, content);
  cr_assert_not_null(at, "'%s' is not in the text", content);
  OnrQuoteRow *row = onr_article_add_quote(article);
  OnrSpan span = span_at(article, at, strlen(content));
  g_array_append_val(row->content, span);
  row->kind = ONR_QUOTE_DIRECT;
  if (speaker != NOBODY)
    g_array_append_val(row->speakers, speaker);
  row->speaker_type = speaker == NOBODY ? ONR_SPEAKER_UNNAMED : ONR_SPEAKER_PERSON;
  row->confidence = 90;
  row->speaker_confidence = 80;
  return row;
}

static OnrArticle *first_sample(void) {
  OnrArticle *a = article_of("a1", "/news/a.jsonl", "Harbour council meets",
                             "Dario Quellmann said “the harbour stays öpen”.\n\nMr. Quellmann asked the "
                             "Port Authority of Lindahl to wait. “No ship leaves Lindahl,” he added.\n");
  a->member = "1";
  a->published = "2022-02-06T10:15:00Z";
  a->day = onr_date_days(2022, 2, 6);
  a->publisher = "Lindahl Courier";
  a->language = "en";
  a->url = "https://example.org/a1";
  a->byline = "By Ana Prell";
  guint dario = mention(a, ONR_ENTITY_PERSON, "Dario Quellmann", "Dario Quellmann");
  g_array_index(a->entities, OnrEntityRow, dario).role = "mayor of Lindahl";
  mention(a, ONR_ENTITY_PERSON, "Dario Quellmann", "Mr. Quellmann");
  mention(a, ONR_ENTITY_ORG, "Port Authority of Lindahl", "Port Authority of Lindahl");
  mention(a, ONR_ENTITY_PLACE, "Lindahl", "Lindahl,");
  OnrQuoteRow *q = quote(a, "“the harbour stays öpen”", dario);
  OnrSpan source = {0, 15}, cue = {16, 20};
  g_array_append_val(q->source, source);
  g_array_append_val(q->cue, cue);
  q->role = "mayor of Lindahl";
  q = quote(a, "“No ship leaves Lindahl,”", dario);
  q->act = ONR_ACT_ATTITUDE;
  q->kind = ONR_QUOTE_MIXED;
  onr_article_add_note(a, ONR_NOTE_SLUG, "HARBOUR");
  onr_article_add_note(a, ONR_NOTE_SUBJECT, "medtop:11000000");
  onr_article_add_note(a, ONR_NOTE_SUBJECT, "medtop:04000000");
  return a;
}

static OnrArticle *second_sample(void) {
  OnrArticle *a = article_of("a2", "/news/a.jsonl", NULL,
                             "“We wait,” said a clerk. Quellmann and Mira Zelenskaya were in Lindahl.\n");
  a->member = "2";
  a->published = "2022-03-01";
  a->day = onr_date_days(2022, 3, 1);
  a->publisher = "Morning Gull";
  guint dario = mention(a, ONR_ENTITY_PERSON, "Dario Quellmann", "Quellmann");
  g_array_index(a->entities, OnrEntityRow, dario).name = "Dário Quellmann";
  mention(a, ONR_ENTITY_PERSON, "Mira Zelenskaya", "Mira Zelenskaya");
  mention(a, ONR_ENTITY_PLACE, "Lindahl", "Lindahl");
  quote(a, "“We wait,”", NOBODY);
  return a;
}

static OnrArticle *third_sample(void) {
  OnrArticle *a = article_of("b1", "/news/b.txt", "Mira Zelenskaya",
                             "Mira Zelenskaya said: boats come to Lindahl soon.\n");
  a->has_attribution = FALSE;
  guint mira = mention(a, ONR_ENTITY_PERSON, "Mira Zelenskaya", "Mira Zelenskaya");
  mention(a, ONR_ENTITY_PLACE, "Lindahl", "Lindahl");
  OnrQuoteRow *q = quote(a, "boats come", mira);
  OnrSpan rest = span_at(a, strstr(a->text, "soon"), 4);
  g_array_append_val(q->content, rest);
  q->kind = ONR_QUOTE_INDIRECT;
  return a;
}

OnrArticle *sample_article(guint i) {
  return i == 0 ? first_sample() : i == 1 ? second_sample() : third_sample();
}

OnrRecord *sample_record(const char *dir) {
  g_autofree char *file = g_build_filename(dir, ONR_RECORD_FILE, NULL);
  GError *error = NULL;
  OnrRecord *record = onr_record_open(file, ONR_OPEN_CREATE, &error);
  require(record != NULL, error);
  for (guint i = 0; i < N_SAMPLES; i++) {
    g_autoptr(OnrArticle) article = sample_article(i);
    put_alone(record, article);
  }
  return record;
}

void put_alone(OnrRecord *record, OnrArticle *article) {
  GError *error = NULL;
  require(onr_record_begin(record, &error), error);
  require(onr_record_put_article(record, article, NULL, &error), error);
  require(onr_record_commit(record, &error), error);
}

void remove_alone(OnrRecord *record, const char *id) {
  GError *error = NULL;
  require(onr_record_begin(record, &error), error);
  require(onr_record_remove_article(record, onr_record_find_article(record, id, NULL), &error), error);
  require(onr_record_commit(record, &error), error);
}

/* --- dump --- */

static void dump_spans(const GArray *spans, GString *out) {
  for (guint i = 0; i < spans->len; i++) {
    OnrSpan span = g_array_index(spans, OnrSpan, i);
    g_string_append_printf(out, " %u-%u", span.begin, span.end);
  }
}

static void dump_quote(const OnrArticle *article, const OnrQuoteRow *q, GString *out) {
  g_autofree char *words = onr_article_quote_words(article, q);
  g_string_append_printf(out, "  quote %s %s %s", onr_quote_kind_name(q->kind), onr_act_name(q->act),
                         onr_speaker_type_name(q->speaker_type));
  for (guint i = 0; i < q->speakers->len; i++)
    g_string_append_printf(out, " %s", onr_article_speaker(article, q, i)->id);
  g_string_append_printf(out, " role=%s %d %d '%s' source", q->role ? q->role : "-", q->confidence,
                         q->speaker_confidence, words);
  dump_spans(q->source, out);
  g_string_append(out, " cue");
  dump_spans(q->cue, out);
  g_string_append(out, " content");
  dump_spans(q->content, out);
  g_string_append_c(out, '\n');
}

void dump_article(const OnrArticle *a, GString *out) {
  const char *fields[] = {a->title,     a->byline,  a->dateline, a->published,
                          a->publisher, a->section, a->language, a->url};
  g_string_append_printf(out, "article %s path=%s member=%s day=%d attribution=%d", a->id, a->path, a->member,
                         a->day, a->has_attribution);
  for (guint i = 0; i < G_N_ELEMENTS(fields); i++)
    g_string_append_printf(out, "|%s", fields[i] ? fields[i] : "-");
  g_string_append_printf(out, "\n  text %" G_GSIZE_FORMAT " '%s'\n", a->text_length, a->text);
  for (guint i = 0; i < a->notes->len; i++) {
    const OnrNote *note = &g_array_index(a->notes, OnrNote, i);
    g_string_append_printf(out, "  note %s=%s\n", note->name, note->value);
  }
  for (guint i = 0; i < a->entities->len; i++) {
    const OnrEntityRow *e = &g_array_index(a->entities, OnrEntityRow, i);
    g_string_append_printf(out, "  entity %s '%s' %s role=%s\n", e->id, e->name,
                           onr_entity_type_name(e->type), e->role ? e->role : "-");
  }
  for (guint i = 0; i < a->mentions->len; i++) {
    const OnrMentionRow *m = &g_array_index(a->mentions, OnrMentionRow, i);
    g_string_append_printf(out, "  mention %u-%u %s\n", m->span.begin, m->span.end,
                           g_array_index(a->entities, OnrEntityRow, m->entity).id);
  }
  for (guint i = 0; i < a->quotes->len; i++)
    dump_quote(a, &g_array_index(a->quotes, OnrQuoteRow, i), out);
}

static gboolean dump_identity(const OnrIdentity *identity, const GPtrArray *aliases, const GPtrArray *roles,
                              gpointer data) {
  GString *out = data;
  g_string_append_printf(out, "identity %s '%s' %s quotes=%" G_GUINT64_FORMAT " articles=%" G_GUINT64_FORMAT,
                         identity->id, identity->name, onr_entity_type_name(identity->type),
                         identity->n_quotes, identity->n_articles);
  for (guint i = 0; i < aliases->len; i++)
    g_string_append_printf(out, " [%s]", (char *)aliases->pdata[i]);
  for (guint i = 0; i < roles->len; i++)
    g_string_append_printf(out, " {%s}", (char *)roles->pdata[i]);
  g_string_append_c(out, '\n');
  return TRUE;
}

static void dump_counts(OnrRecord *record, GString *out) {
  OnrCounts c;
  GError *error = NULL;
  require(onr_record_count(record, &c, &error), error);
  g_string_append_printf(out,
                         "articles %" G_GUINT64_FORMAT " quotes %" G_GUINT64_FORMAT
                         " entities %" G_GUINT64_FORMAT " mentions %" G_GUINT64_FORMAT
                         " undated %" G_GUINT64_FORMAT " without attribution %" G_GUINT64_FORMAT
                         " bytes %" G_GUINT64_FORMAT " days %d-%d\n",
                         c.n_articles, c.n_quotes, c.n_entities, c.n_mentions, c.n_undated,
                         c.n_without_attribution, c.text_bytes, c.first_day, c.last_day);
}

char *dump(OnrRecord *record) {
  GError *error = NULL;
  GString *out = g_string_new(NULL);
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  g_autoptr(OnrArticle) article = onr_article_new();
  require(onr_record_article_rows_by_id(record, rows, &error), error);
  for (guint i = 0; i < rows->len; i++) {
    require(onr_record_load_article(record, g_array_index(rows, gint64, i), TRUE, article, &error), error);
    dump_article(article, out);
  }
  require(onr_record_each_identity(record, dump_identity, out, &error), error);
  dump_counts(record, out);
  return g_string_free(out, FALSE);
}

void vandalise(const char *file, const char *sql) {
  sqlite3 *db;
  cr_assert_eq(sqlite3_open(file, &db), SQLITE_OK);
  char *message = NULL;
  cr_assert_eq(sqlite3_exec(db, sql, NULL, NULL, &message), SQLITE_OK, "%s", message);
  sqlite3_close(db);
}
