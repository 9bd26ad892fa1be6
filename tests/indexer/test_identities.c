/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Identities of an archive: the same whatever the order of articles and the number of runs, and after
 * articles have gone. */
#include "archive/dossier.h"
#include "inputs.h"

#include "support/support.h"

#include <glib/gstdio.h>

ONR_SUITE(identities);

/* Invented people. The skipper goes by three names, the name of the violinist is borne by a judge too. */
static const char *const articles[][2] = {
    {"a1.txt", "Herring\n\nThe trawler skipper William Orlovec landed herring at the quay of Sandhythe. “The "
               "catch was good,” Orlovec said, and sold "
               "the herring at the auction beside the quay."},
    {"a2.txt", "Nets\n\nThe trawler skipper Bill Orlovec mended his nets at the quay of Sandhythe before the "
               "auction. “Herring is dear,” Orlovec said."},
    {"a3.txt", "Quay\n\nThe quay of Sandhythe is too short for the trawler of skipper William Orlovec. “We "
               "wait for the tide with our herring,” Orlovec "
               "said at the auction."},
    {"a4.txt", "Auction\n\nThe skipper W. Orlovec sold herring from his trawler at the auction beside the "
               "quay of Sandhythe. “Prices are low,” Orlovec said."},
    {"b1.txt", "Concert\n\nThe violinist John Smith played Brahms with the orchestra of Marenport. “The hall "
               "is cold,” Smith said after the concerto."},
    {"b2.txt", "Orchestra\n\nThe orchestra of Marenport played Brahms with the violinist John Smith. “I love "
               "this concerto,” Smith said in the concert hall."},
    {"b3.txt", "Verdict\n\nJudge John Smith sent a smuggler of tobacco to prison in Brask. “The law is "
               "plain,” Smith said in the courtroom."},
    {"b4.txt", "Appeal\n\nThe smuggler of tobacco appealed against the prison sentence of Judge John Smith. "
               "“I have read the brief,” Smith said in Brask."},
    {"a5.txt",
     "Tide\n\nThe trawler skipper William Orlobec landed herring at the quay of Sandhythe and sold the catch "
     "at the auction beside the quay. “The herring waits for no tide,” Orlobec said."},
    {"d1.txt",
     "Letter\n\nThe harbour pilot Marit Sandvold-Brekke brought a tanker into Sandhythe. “The fog was "
     "thick at the quay,” the pilot said of the tanker."},
    {"d2.txt",
     "Pilot\n\nThe harbour pilot Marit Sandvold brought a ferry into Sandhythe in the fog. “The quay is "
     "short for a tanker,” Sandvold said."},
    {"d3.txt",
     "Fog\n\nThe harbour pilot Marit Sandvold waited for the fog to lift at the quay of Sandhythe. “A "
     "tanker is no ferry,” Sandvold said."},
    {"c1.txt", "Council\n\nThe treaty was signed by the North Atlantic Treaty Organization (NATO). “It is "
               "done,” Ada Quill said."},
    {"c2.txt", "Talks\n\nNATO met in Brask. “It was long,” Ada Quill said."},
};

static void put(OnrTestArchive *t, guint i) {
  g_free(onr_test_write(t->input, articles[i][0], articles[i][1], -1));
}

static gboolean add_names(const OnrIdentity *identity, const GPtrArray *aliases, const GPtrArray *roles,
                          gpointer out) {
  (void)roles;
  g_string_append_printf(out, "%s %s %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, identity->id, identity->name,
                         identity->n_quotes, identity->n_articles);
  for (guint i = 0; i < aliases->len; i++)
    g_string_append_printf(out, " | %s", (char *)aliases->pdata[i]);
  g_string_append_c(out, '\n');
  return TRUE;
}

/* All identities with their names, quotes and articles. */
static char *identities(OnrTestArchive *t) {
  GString *out = g_string_new(NULL);
  cr_assert_neq(onr_record_each_identity(onr_archive_record(t->archive), add_names, out, NULL), FALSE);
  return g_string_free(out, FALSE);
}

static void expect_line(const char *all, const char *line) {
  cr_expect_not_null(strstr(all, line), "no '%s' in:\n%s", line, all);
}

static char *in_one_run(void) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  for (guint i = 0; i < G_N_ELEMENTS(articles); i++)
    put(t, i);
  onr_test_index(t, NULL);
  onr_test_check(t);
  return identities(t);
}

Test(identities, are_one_whatever_the_name) {
  g_autofree char *all = in_one_run();
  expect_line(all, "person:william-orlovec William Orlovec 6 5 ");
  expect_line(all, "person:marit-sandvold Marit Sandvold 3 3 ");
  expect_line(all, "person:john-smith John Smith 2 2 ");
  expect_line(all, "\nperson:john-smith~");
  expect_line(all, "org:nato NATO 0 2 ");
  cr_expect_null(strstr(all, "person:bill-orlovec "));
  cr_expect_null(strstr(all, "org:north-atlantic"));
}

Test(identities, do_not_depend_on_order_and_runs) {
  g_autofree char *wanted = in_one_run();
  for (guint step = 1; step < G_N_ELEMENTS(articles);
       step += 2) { /* but 7, those of fourteen go round through all */
    g_autoptr(OnrTestArchive) t = onr_test_archive_new();
    if (step == 7)
      continue;
    for (guint i = 0; i < G_N_ELEMENTS(articles); i++) {
      put(t, (i + 1) * step % G_N_ELEMENTS(articles));
      if (i % step == 0)
        onr_test_index(t, NULL);
    }
    onr_test_index(t, NULL);
    onr_test_check(t);
    g_autofree char *got = identities(t);
    cr_expect_str_eq(got, wanted, "step %u: %s", step, got);
  }
}

Test(identities, are_resolved_again_when_articles_go) {
  g_autofree char *wanted = in_one_run();
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  for (guint i = 0; i < G_N_ELEMENTS(articles); i++)
    put(t, i);
  onr_test_index(t, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(articles); i++) {
    guint64 n;
    g_autofree char *path = g_build_filename(t->input, articles[i][0], NULL);
    cr_assert_neq(onr_forget(t->archive, path, &n, NULL), FALSE);
    onr_test_check(t);
    onr_test_index(t, NULL);
    g_autofree char *got = identities(t);
    cr_expect_str_eq(got, wanted, "without and with %s again: %s", articles[i][0], got);
  }
}

/* A name in text number I of FOLDER, beside the quay. */
static char *put_skipper(OnrTestArchive *t, const char *prefix, guint i, const char *name) {
  g_autofree char *file = g_strdup_printf("%s%u.txt", prefix, i);
  g_autofree char *text = g_strdup_printf("Herring\n\nThe trawler skipper %s landed herring at the quay of "
                                          "Sandhythe, and sold %u boxes at the auction. “The catch "
                                          "was good,” %s said.",
                                          name, 10 + i, name);
  return onr_test_write(t->input, file, text, -1);
}

/* A name leaves the block of another when that has gone: it is then as if the other had never been. */
Test(identities, a_variant_is_a_name_of_its_own_when_what_it_was_a_variant_of_goes) {
  g_autofree char *wanted = NULL;
  for (guint with_other = 0; with_other < 2; with_other++) {
    g_autoptr(OnrTestArchive) t = onr_test_archive_new();
    g_autoptr(GPtrArray) others = g_ptr_array_new_with_free_func(g_free);
    g_free(put_skipper(t, "v", 0, "Linda Zasovik"));
    for (guint i = 0; with_other && i < 4; i++)
      g_ptr_array_add(others, put_skipper(t, "w", i, "Linda Zarsovik"));
    onr_test_index(t, NULL);
    if (with_other) {
      g_autofree char *joined = identities(t);
      expect_line(joined, "person:linda-zarsovik Linda Zarsovik 5 5 ");
    }
    for (guint i = 0; i < others->len; i++) {
      guint64 n;
      cr_assert_neq(onr_forget(t->archive, others->pdata[i], &n, NULL), FALSE);
      g_unlink(others->pdata[i]);
    }
    onr_test_index(t, NULL);
    g_free(put_skipper(t, "v", 1, "Linda M. Zasovik"));
    onr_test_index(t, NULL);
    onr_test_check(t);
    g_autofree char *got = identities(t);
    if (with_other)
      cr_expect_str_eq(got, wanted, "%s", got);
    else
      wanted = g_steal_pointer(&got);
  }
}

Test(identities, a_name_and_its_variant_go_together) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  guint64 n;
  for (guint i = 0; i < 4; i++)
    g_free(put_skipper(t, "a", i, "Linda Zarsovik"));
  for (guint i = 0; i < 3; i++)
    g_free(put_skipper(t, "b", i, i ? "Linda Zasovik" : "Linda Zarsovk"));
  onr_test_index(t, NULL);
  cr_assert_neq(onr_forget(t->archive, t->input, &n, NULL), FALSE);
  onr_test_check(t);
  g_autofree char *none = identities(t);
  cr_expect_str_eq(none, "", "%s", none);
}

static gboolean print_entry(const OnrAuthorityEntry *entry, gpointer out) {
  onr_authority_print(entry, ONR_AUTHORITY_TSV, out);
  return TRUE;
}

/* Surnames alone and parts of names as well. */
Test(identities, stay_as_they_are_when_they_are_listed_as_they_are) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  g_autoptr(GString) list = g_string_new(ONR_AUTHORITY_HEADER);
  guint64 n;
  for (guint i = 0; i < G_N_ELEMENTS(articles); i++)
    put(t, i);
  onr_test_index(t, NULL);
  g_autofree char *wanted = identities(t);
  cr_assert_neq(onr_record_each_authority(onr_archive_record(t->archive), FALSE, print_entry, list, NULL),
                FALSE);
  g_autofree char *file = onr_test_write(t->input, "who.list", list->str, (gssize)list->len);
  cr_assert_neq(onr_authority_import(t->archive, file, FALSE, NULL, NULL, &n, NULL), FALSE);
  cr_expect_gt(n, 8);
  onr_test_check(t);
  g_autofree char *got = identities(t);
  cr_expect_str_eq(got, wanted, "%s", got);
}

Test(identities, are_found_by_any_of_their_names) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  for (guint i = 0; i < G_N_ELEMENTS(articles); i++)
    put(t, i);
  onr_test_index(t, NULL);
  OnrRecord *record = onr_archive_record(t->archive);
  g_auto(OnrNameSet) set;
  onr_name_set_init(&set);
  cr_assert_neq(onr_record_find_identities(record, "Bill Orlovec", 1u << ONR_ENTITY_PERSON, &set, NULL),
                FALSE);
  onr_name_set_tidy(&set);
  cr_assert_gt(set.names->len, 2);
  cr_expect_str_eq(set.names->pdata[0], "person:bill-orlovec");
  cr_expect_str_eq(set.names->pdata[set.names->len - 1], "person:william-orlovec");
  onr_name_set_clear(&set);
  onr_name_set_init(&set);
  cr_assert_neq(onr_record_find_identities(record, "person:john-smith", 1u << ONR_ENTITY_PERSON, &set, NULL),
                FALSE);
  onr_name_set_tidy(&set);
  cr_assert_eq(set.names->len, 1);
  cr_expect_eq(set.but->len, 2, "the two articles of the other bearer, not %u", set.but->len);
}

Test(identities, have_a_dossier) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  for (guint i = 0; i < G_N_ELEMENTS(articles); i++)
    put(t, i);
  onr_test_index(t, NULL);
  OnrRecord *record = onr_archive_record(t->archive);
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  cr_assert_neq(onr_record_find_bearers(record, "orlovec", 1u << ONR_ENTITY_PERSON, rows, NULL), FALSE);
  cr_assert_eq(rows->len, 1);
  g_auto(OnrDossier) one = {0};
  cr_assert_neq(onr_record_load_dossier(record, g_array_index(rows, gint64, 0), &one, NULL), FALSE);
  cr_expect_str_eq(one.identity.id, "person:william-orlovec");
  cr_assert_eq(one.names->len, 4);
  const OnrDossierName *first = &g_array_index(one.names, OnrDossierName, 0),
                       *second = &g_array_index(one.names, OnrDossierName, 1);
  cr_expect_str_eq(first->name, "William Orlovec");
  cr_expect_eq(first->n_articles, 2);
  cr_expect_null(first->reason);
  cr_expect_str_eq(second->name, "Bill Orlovec");
  cr_expect_str_eq(second->reason, "nickname");
  cr_expect_gt(second->odds, 1);
  g_array_set_size(rows, 0);
  cr_assert_neq(onr_record_find_bearers(record, "John Smith", 1u << ONR_ENTITY_PERSON, rows, NULL), FALSE);
  cr_expect_eq(rows->len, 2, "both who bear the name");
  g_auto(OnrDossier) quill = {0};
  g_array_set_size(rows, 0);
  cr_assert_neq(onr_record_find_bearers(record, "org:nato", 1u << ONR_ENTITY_ORG, rows, NULL), FALSE);
  cr_assert_neq(onr_record_load_dossier(record, g_array_index(rows, gint64, 0), &quill, NULL), FALSE);
  cr_expect_eq(quill.company->len, 0);
  cr_expect_eq(quill.identity.n_articles, 2);
}
