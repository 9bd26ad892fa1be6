/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Damage of every kind that the check knows, done by hand; each must be found and named. */
#include "fixture.h"

#include <string.h>

ONR_SUITE(check);

static char *findings_of(OnrRecord *record) {
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);
  GError *error = NULL;
  require(onr_record_check(record, findings, &error), error);
  GString *all = g_string_new(NULL);
  for (guint i = 0; i < findings->len; i++)
    g_string_append_printf(all, "%s\n", (char *)findings->pdata[i]);
  return g_string_free(all, FALSE);
}

Test(check, finds_nothing_in_a_whole_record) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  g_autofree char *found = findings_of(record);
  cr_expect_str_eq(found, "");
  fixture_end(dir);
}

static const struct {
  const char *sql, *finding;
} damages[] = {
    {"UPDATE article_text SET text = 'short' WHERE article = 1", "length of text is wrong for article a1"},
    {"UPDATE article_text SET text = 'short' WHERE article = 1", "article 'a1': mentions are damaged"},
    {"UPDATE article_text SET text = CAST(x'c3' AS TEXT), article = 2 WHERE article = 2",
     "article 'a2': text is damaged"},
    {"DELETE FROM article_text WHERE article = 3", "no text for article b1"},
    {"UPDATE quote SET content_spans = '[[0,9999]]' WHERE row = 1", "article 'a1': quotes are damaged"},
    {"UPDATE quote SET content_spans = '[[9,3]]' WHERE row = 1", "article 'a1': quotes are damaged"},
    {"UPDATE quote SET cue_spans = '[[1,2]' WHERE row = 1", "article 'a1': quotes are damaged"},
    {"UPDATE quote SET content_spans = '[]' WHERE row = 1", "article 'a1': quotes are damaged"},
    {"UPDATE quote SET speakers = (SELECT '[' || row || ']' FROM entity WHERE id = 'person:mira-zelenskaya') WHERE row = 1",
     "article 'a1': quotes are damaged"},
    {"PRAGMA ignore_check_constraints = 1; UPDATE quote SET speaker_confidence = 101 WHERE row = 1",
     "article 'a1': quotes are damaged"},
    {"UPDATE quote SET number = 1 WHERE row = 2", "quotes are not numbered in the order of their rows, in a row, in article a1"},
    {"DELETE FROM quote WHERE row = 1", "total of quotes is 4, there are 3"},
    {"DELETE FROM quote WHERE row = 1", "speaker_quote row"},
    {"UPDATE article SET source = 99 WHERE row = 1", "article row 1 refers to a missing source"},
    {"UPDATE article_mentions SET entities = '[[1,1,0,[[0,15]],9]]' WHERE article = 1",
     "article 'a1': mentions are damaged"},
    {"UPDATE article_mentions SET entities = '[[77,1,0,[]]]' WHERE article = 1",
     "article 'a1': entities are damaged"},
    {"INSERT INTO source (path, member, size_bytes, mtime_ns, status, n_articles, n_replaced) VALUES ('/k', '4', 0, 0, 3, 0, 0)",
     "has no id, or another row has one: /k:4"},
    {"INSERT INTO source (path, member, size_bytes, mtime_ns, status, n_articles, n_replaced, article_id) VALUES ('/k', '4', 0, 0, 4, 0, 0, 'x')",
     "killed, but by nothing: /k:4"},
    {"INSERT INTO source (path, member, size_bytes, mtime_ns, status, n_articles, n_replaced, article_id, notice) "
     "VALUES ('/k', '4', 0, 0, 5, 0, 0, 'a1', 'kill')",
     "killed and yet stored: article a1"},
    {"UPDATE alias SET n_full = 9 WHERE name = 'Lindahl'", "miscounted for alias"},
    {"UPDATE role SET n = 9", "miscounted for role"},
    {"DELETE FROM speaker_quote WHERE quote = 1", "speaker_quote and quotes differ"},
    {"INSERT INTO entity_quote VALUES (1, 1)", "entity_quote and quotes differ"},
    {"DELETE FROM entity_article WHERE article = 3", "entity_article and mentions differ"},
    {"INSERT INTO entity (id, name, type, identity, block) VALUES ('person:x', 'X', 0, 1, 7)", "no article names entity person:x"},
    {"INSERT INTO entity (id, name, type, identity, block) VALUES ('person:x', 'X', 0, 1, 7)", "no alias for entity person:x"},
    {"INSERT INTO entity (id, name, type, identity) VALUES ('Q7', 'X', 0, 1)", "no name is Q7"},
    {"INSERT INTO entity (id, name, type, identity, part_of) VALUES ('person:x~1', 'X', 0, 1, 1)", "no article has part person:x~1"},
    {"UPDATE entity SET identity = 2 WHERE row = 1; UPDATE entity SET identity = 3 WHERE row = 2", "stands for another, but not for itself"},
    {"INSERT INTO sense VALUES (1, 3, 2)", "a sense of no mention, entity and article 1: 3"},
    {"UPDATE entity SET identity = 99 WHERE row = 1", "article 'a1': identities are damaged"},
    {"UPDATE total SET n = 3 WHERE name = 'mentions'", "total of mentions is 3, there are"},
    {"DROP INDEX article_day; DELETE FROM article_mentions; DROP TABLE article_mentions", "no such table"},
};

Test(check, finds_each_kind_of_damage) {
  char *dir = fixture_begin();
  g_autofree char *file = g_build_filename(dir, ONR_RECORD_FILE, NULL);
  onr_record_close(sample_record(dir));
  g_autofree char *bytes = NULL;
  gsize length;
  cr_assert_eq(g_file_get_contents(file, &bytes, &length, NULL), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS(damages); i++) {
    g_autofree char *copy = onr_test_write(dir, "damaged.sqlite", bytes, (gssize)length);
    vandalise(copy, damages[i].sql);
    GError *error = NULL;
    g_autoptr(OnrRecord) record = onr_record_open(copy, ONR_OPEN_READ, &error);
    require(record != NULL, error);
    g_autofree char *found = findings_of(record);
    cr_expect_not_null(strstr(found, damages[i].finding), "%s\nwanted: %s\nfound: %s", damages[i].sql,
                       damages[i].finding, found);
  }
  fixture_end(dir);
}

/* Reading meets the same damage without a check before it: an error, never a crash. */
Test(check, damage_is_an_error_to_whoever_reads) {
  char *dir = fixture_begin();
  g_autofree char *file = g_build_filename(dir, ONR_RECORD_FILE, NULL);
  onr_record_close(sample_record(dir));
  g_autofree char *bytes = NULL;
  gsize length;
  cr_assert_eq(g_file_get_contents(file, &bytes, &length, NULL), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS(damages); i++) {
    g_autofree char *copy = onr_test_write(dir, "damaged.sqlite", bytes, (gssize)length);
    vandalise(copy, damages[i].sql);
    g_autoptr(OnrRecord) record = onr_record_open(copy, ONR_OPEN_WRITE, NULL);
    g_autoptr(OnrArticle) article = onr_article_new();
    for (gint64 row = 1; row <= N_SAMPLES; row++) {
      g_autoptr(GError) error = NULL;
      if (!onr_record_load_article(record, row, TRUE, article, &error))
        cr_expect_eq((int)error->code, (int)ONR_ERROR_CORRUPT, "%s", error->message);
    }
    for (OnrFacetKind what = ONR_FACET_SPEAKER; what <= ONR_FACET_KIND; what++) {
      g_autoptr(GArray) facets = g_array_new(FALSE, FALSE, sizeof(OnrFacet));
      g_autoptr(GError) error = NULL;
      if (!onr_record_facets(record, what, TRUE, NULL, 0, 0, facets, NULL, &error))
        cr_expect_eq((int)error->code, (int)ONR_ERROR_CORRUPT, "%s", error->message);
      for (guint f = 0; f < facets->len; f++)
        onr_facet_clear(&g_array_index(facets, OnrFacet, f));
    }
    g_autoptr(GError) error = NULL;
    cr_assert_eq(onr_record_begin(record, NULL), TRUE);
    if (!onr_record_remove_article(record, 1, &error))
      cr_expect_eq((int)error->code, (int)ONR_ERROR_CORRUPT, "%s", error->message);
    onr_record_rollback(record);
  }
  fixture_end(dir);
}
