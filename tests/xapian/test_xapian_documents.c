/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a document is made of comes back as it went in. */
#include "fixture.h"

#include <string.h>

ONR_SUITE(xapian_documents);

Test(xapian_documents, version_is_of_the_library) {
  cr_assert_eq(g_str_has_prefix(onr_xap_version(), "1.4."), TRUE, "%s", onr_xap_version());
}

Test(xapian_documents, what_is_put_is_read) {
  g_autoptr(Fixture) fixture = fixture_new();
  fixture_build(fixture->one, 3, 4, (const char *[]){"the war the end", "1914", "", "", "end", "", NULL});
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, NULL);
  g_autofree char *printed = fixture_print(db);
  cr_assert_str_eq(printed, "3 documents of 5, last 11\n"
                            "3 [the war the end] =1914 4: end:1@4 the:2@1,3 war:1@2\n"
                            "7 [] = 0:\n"
                            "11 [end] = 1: end:1@1\n"
                            "end in 2, 2 times\n"
                            "the in 1, 2 times\n"
                            "war in 1, 1 times\n");
}

static gboolean append_term(const char *term, gsize length, guint32 wdf, const guint32 *positions, guint n,
                            gpointer data) {
  g_string_append_len(data, term, (gssize)length);
  g_string_append_printf(data, "/%u/%u/%u ", wdf, n, n ? positions[0] : 0);
  return TRUE;
}

/* A frequency of 0, a position without it, a filter: each leaves its own trace in the length. */
Test(xapian_documents, postings_without_frequency_and_filters) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  g_autoptr(OnrXapDocument) doc = onr_xap_document_new(&error);
  onr_xap_document_add_posting(doc, "war", 3, 9, 0, &error);
  onr_xap_document_add_posting(doc, "war", 3, 5, 7, &error);
  onr_xap_document_add_posting(doc, "late", 4, G_MAXUINT32, 0, &error);
  onr_xap_document_add_term(doc, "Kx", 2, 0, &error);
  fixture_no_error(error);
  g_autoptr(OnrXapWriter) writer = fixture_writer(fixture->one, ONR_XAP_CREATE);
  onr_xap_writer_put(writer, 1, doc, &error);
  fixture_no_error(error);
  fixture_commit(writer);
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, NULL);
  g_autoptr(GString) text = g_string_new(NULL);
  cr_assert_eq(onr_xap_database_document_terms(db, 1, append_term, text, &error), TRUE);
  cr_assert_str_eq(text->str, "Kx/0/0/0 late/0/1/4294967295 war/7/2/5 ");
  guint64 length = 0;
  cr_assert_eq(onr_xap_database_length(db, 1, &length, &error), TRUE);
  cr_assert_eq(length, 7);
}

static gboolean stop_at_second(const char *term, gsize length, guint32 wdf, const guint32 *positions, guint n,
                               gpointer data) {
  (void)term, (void)length, (void)wdf, (void)positions, (void)n;
  guint *n_seen = data;
  return ++*n_seen < 2;
}

Test(xapian_documents, a_walk_over_terms_can_be_stopped) {
  g_autoptr(Fixture) fixture = fixture_new();
  fixture_build(fixture->one, 1, 1, (const char *[]){"a b c d", "", NULL});
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, NULL);
  GError *error = NULL;
  guint n_seen = 0;
  cr_assert_eq(onr_xap_database_document_terms(db, 1, stop_at_second, &n_seen, &error), TRUE);
  cr_assert_eq(n_seen, 2);
}

Test(xapian_documents, any_bytes_are_kept) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  g_autoptr(OnrXapDocument) doc = onr_xap_document_new(&error);
  onr_xap_document_add_posting(doc, "a\0b\xff", 4, 1, 1, &error);
  onr_xap_document_set_value(doc, 4000000000u, "\0\1", 2, &error);
  onr_xap_document_set_data(doc, "x\0y\n", 4, &error);
  fixture_no_error(error);
  g_autoptr(OnrXapWriter) writer = fixture_writer(fixture->one, ONR_XAP_CREATE);
  onr_xap_writer_put(writer, 1, doc, &error);
  onr_xap_writer_set_metadata(writer, "key", "\0m", 2, &error);
  fixture_no_error(error);
  fixture_commit(writer);
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, NULL);
  g_autoptr(GString) out = g_string_new("before");
  cr_assert_eq(onr_xap_database_data(db, 1, out, &error), TRUE);
  cr_assert_eq(out->len == 4 && !memcmp(out->str, "x\0y\n", 4), TRUE);
  cr_assert_eq(onr_xap_database_value(db, 1, 4000000000u, out, &error), TRUE);
  cr_assert_eq(out->len == 2 && !memcmp(out->str, "\0\1", 2), TRUE);
  cr_assert_eq(onr_xap_database_metadata(db, "key", out, &error), TRUE);
  cr_assert_eq(out->len == 2 && !memcmp(out->str, "\0m", 2), TRUE);
  guint64 n_documents = 0, n_occurrences = 0;
  cr_assert_eq(onr_xap_database_term(db, "a\0b\xff", 4, &n_documents, &n_occurrences, &error), TRUE);
  cr_assert_eq(n_documents, 1);
  g_autoptr(OnrXapQuery) query = onr_xap_query_term("a\0b\xff", 4, 1, &error);
  g_auto(OnrXapMatches) matches = {0};
  OnrXapSpec spec = fixture_spec(ONR_XAP_BY_DOCID);
  fixture_search(db, query, &spec, &matches);
  cr_assert_eq(matches.n_matches, 1);
}

Test(xapian_documents, a_document_is_used_again_after_reset) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  g_autoptr(OnrXapDocument) doc = fixture_document("war and peace", "1869");
  g_autoptr(OnrXapWriter) writer = fixture_writer(fixture->one, ONR_XAP_CREATE);
  onr_xap_writer_put(writer, 1, doc, &error);
  cr_assert_eq(onr_xap_document_reset(doc, &error), TRUE);
  onr_xap_document_add_posting(doc, "new", 3, 1, 1, &error);
  onr_xap_writer_put(writer, 2, doc, &error);
  fixture_no_error(error);
  fixture_commit(writer);
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, NULL);
  g_autofree char *printed = fixture_print(db);
  cr_assert_eq(g_str_has_prefix(printed, "2 documents of 4, last 2\n"
                                         "1 [war and peace] =1869 3: and:1@2 peace:1@3 war:1@1\n"
                                         "2 [] = 1: new:1@1\n"),
               TRUE, "%s", printed);
}

/* 245 bytes, of which a NUL takes two; the longest of both kinds is really stored. */
Test(xapian_documents, the_length_of_terms) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  char term[ONR_XAP_TERM_MAX + 1], nuls[ONR_XAP_TERM_MAX / 2 + 1] = {0};
  memset(term, 'x', sizeof term);
  g_autoptr(OnrXapDocument) doc = onr_xap_document_new(&error);
  cr_assert_eq(onr_xap_document_add_posting(doc, term, ONR_XAP_TERM_MAX, 1, 1, &error), TRUE);
  cr_assert_eq(onr_xap_document_add_term(doc, nuls, sizeof nuls - 1, 0, &error), TRUE);
  cr_assert_eq(onr_xap_document_add_posting(doc, term, sizeof term, 1, 1, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_LIMIT, "xxx…\": a term has at most 245 bytes");
  cr_assert_eq(onr_xap_document_add_term(doc, nuls, sizeof nuls, 0, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_LIMIT, "a term has at most 245 bytes");
  cr_assert_eq(onr_xap_document_add_term(doc, "", 0, 0, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_USAGE, "a term is not empty");
  g_autoptr(OnrXapWriter) writer = fixture_writer(fixture->one, ONR_XAP_CREATE);
  onr_xap_writer_put(writer, G_MAXUINT32 - 1, doc, &error);
  fixture_no_error(error);
  fixture_commit(writer);
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, NULL);
  guint64 n_documents = 0, n_occurrences = 0;
  cr_assert_eq(onr_xap_database_term(db, term, ONR_XAP_TERM_MAX, &n_documents, &n_occurrences, &error), TRUE);
  cr_assert_eq(n_documents, 1);
  cr_assert_eq(onr_xap_database_term(db, nuls, sizeof nuls - 1, &n_documents, &n_occurrences, &error), TRUE);
  cr_assert_eq(n_documents, 1);
  cr_assert_eq(onr_xap_database_term(db, "", 0, &n_documents, &n_occurrences, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_USAGE, "a term is not empty");
}

Test(xapian_documents, terms_are_listed_by_prefix) {
  g_autoptr(Fixture) fixture = fixture_new();
  fixture_build(fixture->one, 1, 1, (const char *[]){"b ba bb bc c", "", "a bab", "", NULL});
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, NULL);
  GError *error = NULL;
  g_autoptr(GPtrArray) terms = g_ptr_array_new_with_free_func(g_free);
  cr_assert_eq(onr_xap_database_terms(db, "b", 4, terms, &error), TRUE);
  cr_assert_eq(onr_xap_database_terms(db, "a", 0, terms, &error), TRUE);
  cr_assert_eq(onr_xap_database_terms(db, "none", 9, terms, &error), TRUE);
  g_ptr_array_add(terms, NULL);
  g_autofree char *joined = g_strjoinv(" ", (char **)terms->pdata);
  cr_assert_str_eq(joined, "b ba bab bb");
}

Test(xapian_documents, what_is_not_there) {
  g_autoptr(Fixture) fixture = fixture_new();
  fixture_build(fixture->one, 1, 2, (const char *[]){"a", "", "b", "", NULL});
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, NULL);
  GError *error = NULL;
  g_autoptr(GString) out = g_string_new("before");
  guint64 length;
  for (guint32 docid = 0; docid <= 4; docid += 2) {
    cr_assert_eq(onr_xap_database_data(db, docid, out, &error), FALSE);
    fixture_expect(&error, ONR_ERROR_NOT_FOUND, fixture->one);
    cr_assert_eq(onr_xap_database_value(db, docid, 0, out, &error), FALSE);
    fixture_expect(&error, ONR_ERROR_NOT_FOUND, fixture->one);
    cr_assert_eq(onr_xap_database_length(db, docid, &length, &error), FALSE);
    fixture_expect(&error, ONR_ERROR_NOT_FOUND, fixture->one);
    cr_assert_eq(onr_xap_database_document_terms(db, docid, append_term, out, &error), FALSE);
    fixture_expect(&error, ONR_ERROR_NOT_FOUND, fixture->one);
  }
  cr_assert_str_eq(out->str, "before");
  cr_assert_eq(onr_xap_database_value(db, 1, 99, out, &error), TRUE);
  cr_assert_str_eq(out->str, "");
  g_string_assign(out, "before");
  cr_assert_eq(onr_xap_database_metadata(db, "none", out, &error), TRUE);
  cr_assert_str_eq(out->str, "");
  cr_assert_eq(onr_xap_database_metadata(db, "", out, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_USAGE, "a key is not empty");
  guint64 n_documents = 9, n_occurrences = 9;
  cr_assert_eq(onr_xap_database_term(db, "none", 4, &n_documents, &n_occurrences, &error), TRUE);
  cr_assert_eq(n_documents + n_occurrences, 0);
}
