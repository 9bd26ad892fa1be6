/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <stdarg.h>
#include <string.h>

Fixture *fixture_new(void) {
  Fixture *fixture = g_new0(Fixture, 1);
  fixture->dir = onr_test_make_dir();
  fixture->one = g_build_filename(fixture->dir, "one", NULL);
  fixture->two = g_build_filename(fixture->dir, "two", NULL);
  fixture->three = g_build_filename(fixture->dir, "three", NULL);
  return fixture;
}

void fixture_free(Fixture *fixture) {
  onr_test_remove_dir(fixture->dir);
  g_free(fixture->dir);
  g_free(fixture->one);
  g_free(fixture->two);
  g_free(fixture->three);
  g_free(fixture);
}

void fixture_no_error(GError *error) {
  cr_assert_null(error, "%s", error ? error->message : "");
}

void fixture_expect(GError **error, OnrErrorCode code, const char *part) {
  cr_assert_not_null(*error, "no error, and one with \"%s\" was expected", part);
  const char *message = (*error)->message;
  cr_assert_eq((*error)->domain == ONR_ERROR, TRUE);
  cr_assert_eq((*error)->code, (int)code, "code %d: %s", (*error)->code, message);
  cr_assert_not_null(strstr(message, part), "no \"%s\" in: %s", part, message);
  cr_assert_null(strchr(message, '\n'), "%s", message);
  cr_assert_eq(g_utf8_validate(message, -1, NULL), TRUE);
  g_clear_error(error);
}

OnrXapWriter *fixture_writer(const char *path, OnrXapWriteMode mode) {
  GError *error = NULL;
  OnrXapWriter *writer = onr_xap_writer_open(path, mode, &error);
  fixture_no_error(error);
  return writer;
}

static void add_words(OnrXapDocument *doc, const char *words) {
  g_auto(GStrv) places = g_strsplit(words, " ", -1);
  GError *error = NULL;
  for (guint i = 0; places[i]; i++) {
    g_auto(GStrv) terms = g_strsplit(places[i], "|", -1);
    for (guint t = 0; terms[t]; t++)
      onr_xap_document_add_posting(doc, terms[t], strlen(terms[t]), i + 1, 1, &error);
  }
  fixture_no_error(error);
}

OnrXapDocument *fixture_document(const char *words, const char *value) {
  GError *error = NULL;
  OnrXapDocument *doc = onr_xap_document_new(&error);
  fixture_no_error(error);
  if (*words)
    add_words(doc, words);
  if (value && *value)
    onr_xap_document_set_value(doc, FIXTURE_SLOT, value, strlen(value), &error);
  fixture_no_error(error);
  onr_xap_document_set_data(doc, words, strlen(words), &error);
  fixture_no_error(error);
  return doc;
}

void fixture_put(OnrXapWriter *writer, guint32 docid, const char *words, const char *value) {
  GError *error = NULL;
  g_autoptr(OnrXapDocument) doc = fixture_document(words, value);
  onr_xap_writer_put(writer, docid, doc, &error);
  fixture_no_error(error);
}

void fixture_commit(OnrXapWriter *writer) {
  GError *error = NULL;
  onr_xap_writer_commit(writer, &error);
  fixture_no_error(error);
}

void fixture_build(const char *path, guint32 first, guint32 step, const char *const *texts) {
  g_autoptr(OnrXapWriter) writer = fixture_writer(path, ONR_XAP_CREATE);
  for (guint i = 0; texts[i]; i += 2)
    fixture_put(writer, first + i / 2 * step, texts[i], texts[i + 1]);
  fixture_commit(writer);
}

OnrXapDatabase *fixture_open(const char *path, ...) {
  GError *error = NULL;
  OnrXapDatabase *db = onr_xap_database_new(&error);
  va_list paths;
  va_start(paths, path);
  for (; path; path = va_arg(paths, const char *)) {
    onr_xap_database_add(db, path, &error);
    fixture_no_error(error);
  }
  va_end(paths);
  return db;
}

OnrXapQuery *fixture_term(const char *term) {
  GError *error = NULL;
  OnrXapQuery *query = onr_xap_query_term(term, strlen(term), 1, &error);
  fixture_no_error(error);
  return query;
}

/* Splits TERMS at SEPARATOR; MAKE makes a query of each piece. */
static OnrXapQuery *group_of(OnrXapOperator op, const char *terms, const char *separator, guint window,
                             OnrXapQuery *(*make)(const char *)) {
  g_auto(GStrv) pieces = g_strsplit(terms, separator, -1);
  g_autoptr(GPtrArray) children = g_ptr_array_new();
  for (guint i = 0; pieces[i]; i++)
    g_ptr_array_add(children, make(pieces[i]));
  GError *error = NULL;
  OnrXapQuery *query =
      onr_xap_query_group(op, (OnrXapQuery *const *)children->pdata, children->len, window, &error);
  fixture_no_error(error);
  return query;
}

static OnrXapQuery *either(const char *terms) {
  return group_of(ONR_XAP_OR, terms, "|", 0, fixture_term);
}

OnrXapQuery *fixture_group(OnrXapOperator op, const char *terms, guint window) {
  return group_of(op, terms, " ", window, either);
}

OnrXapSpec fixture_spec(OnrXapOrder order) {
  return (OnrXapSpec){.k1 = 1,
                      .k3 = 1,
                      .b = 0.5,
                      .min_normlen = 0.5,
                      .order = order,
                      .slot = FIXTURE_SLOT,
                      .n = G_MAXUINT32,
                      .is_exact = TRUE};
}

void fixture_search(OnrXapDatabase *db, const OnrXapQuery *query, const OnrXapSpec *spec,
                    OnrXapMatches *out) {
  GError *error = NULL;
  onr_xap_database_search(db, query, spec, out, &error);
  fixture_no_error(error);
}

char *fixture_found(OnrXapDatabase *db, OnrXapQuery *query, OnrXapOrder order) {
  g_auto(OnrXapMatches) matches = {0};
  OnrXapSpec spec = fixture_spec(order);
  fixture_search(db, query, &spec, &matches);
  onr_xap_query_free(query);
  cr_assert_eq(matches.n_matches, matches.items->len);
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < matches.items->len; i++)
    g_string_append_printf(text, "%s%u", i ? " " : "", g_array_index(matches.items, OnrXapMatch, i).docid);
  return g_string_free(text, FALSE);
}

void fixture_finds(OnrXapDatabase *db, OnrXapQuery *query, OnrXapOrder order, const char *expected) {
  g_autofree char *found = fixture_found(db, query, order);
  cr_assert_str_eq(found, expected);
}

char *fixture_docids(OnrXapDatabase *db) {
  GError *error = NULL;
  g_autoptr(GArray) docids = g_array_new(FALSE, FALSE, sizeof(guint32));
  onr_xap_database_docids(db, docids, &error);
  fixture_no_error(error);
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < docids->len; i++)
    g_string_append_printf(text, "%s%u", i ? " " : "", g_array_index(docids, guint32, i));
  return g_string_free(text, FALSE);
}

static gboolean print_term(const char *term, gsize length, guint32 wdf, const guint32 *positions, guint n,
                           gpointer data) {
  g_string_append_printf(data, " %.*s:%u", (int)length, term, wdf);
  for (guint i = 0; i < n; i++)
    g_string_append_printf(data, "%c%u", i ? ',' : '@', positions[i]);
  return TRUE;
}

static void print_document(OnrXapDatabase *db, guint32 docid, GString *out) {
  GError *error = NULL;
  g_autoptr(GString) data = g_string_new(NULL);
  g_autoptr(GString) value = g_string_new(NULL);
  guint64 length = 0;
  onr_xap_database_data(db, docid, data, &error);
  fixture_no_error(error);
  onr_xap_database_value(db, docid, FIXTURE_SLOT, value, &error);
  fixture_no_error(error);
  onr_xap_database_length(db, docid, &length, &error);
  fixture_no_error(error);
  g_string_append_printf(out, "%u [%s] =%s %" G_GUINT64_FORMAT ":", docid, data->str, value->str, length);
  onr_xap_database_document_terms(db, docid, print_term, out, &error);
  fixture_no_error(error);
  g_string_append_c(out, '\n');
}

static void print_terms(OnrXapDatabase *db, GString *out) {
  GError *error = NULL;
  g_autoptr(GPtrArray) terms = g_ptr_array_new_with_free_func(g_free);
  onr_xap_database_terms(db, "", G_MAXUINT, terms, &error);
  fixture_no_error(error);
  for (guint i = 0; i < terms->len; i++) {
    const char *term = terms->pdata[i];
    guint64 n_documents = 0, n_occurrences = 0;
    onr_xap_database_term(db, term, strlen(term), &n_documents, &n_occurrences, &error);
    fixture_no_error(error);
    g_string_append_printf(out, "%s in %" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT " times\n", term,
                           n_documents, n_occurrences);
  }
}

char *fixture_print(OnrXapDatabase *db) {
  GError *error = NULL;
  GString *out = g_string_new(NULL);
  OnrXapCounts counts = {0};
  onr_xap_database_count(db, &counts, &error);
  fixture_no_error(error);
  g_string_append_printf(out, "%" G_GUINT64_FORMAT " documents of %" G_GUINT64_FORMAT ", last %u\n",
                         counts.n_documents, counts.total_length, counts.last_docid);
  g_autoptr(GArray) docids = g_array_new(FALSE, FALSE, sizeof(guint32));
  onr_xap_database_docids(db, docids, &error);
  fixture_no_error(error);
  for (guint i = 0; i < docids->len; i++)
    print_document(db, g_array_index(docids, guint32, i), out);
  print_terms(db, out);
  return g_string_free(out, FALSE);
}
