/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <string.h>

ONR_SUITE(entities);

#define ALL_TYPES ((1u << ONR_N_ENTITY_TYPES) - 1)

/* The ids of what NAME finds, with blanks between. */
static char *found(OnrRecord *record, const char *name, guint types) {
  g_auto(OnrNameSet) set;
  GError *error = NULL;
  onr_name_set_init(&set);
  require(onr_record_find_identities(record, name, types, &set, &error), error);
  onr_name_set_tidy(&set);
  cr_expect_eq(set.only->len, 0);
  cr_expect_eq(set.but->len, 0);
  g_ptr_array_add(set.names, NULL);
  return g_strjoinv(" ", (char **)set.names->pdata);
}

static void expect(OnrRecord *record, const char *name, guint types, const char *expected) {
  g_autofree char *got = found(record, name, types);
  cr_expect_str_eq(got, expected, "%s: %s", name, got);
}

Test(entities, are_found_by_any_word_of_any_alias_in_any_spelling) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  expect(record, "quellmann", ALL_TYPES, "person:dario-quellmann");
  expect(record, "DÁRIO", ALL_TYPES, "person:dario-quellmann");
  expect(record, "Quelmann", ALL_TYPES, "person:dario-quellmann");
  expect(record, "Zelenskaia", ALL_TYPES, "person:mira-zelenskaya");
  expect(record, "Lindahl", ALL_TYPES, "org:port-authority-of-lindahl place:lindahl");
  expect(record, "nobody", ALL_TYPES, "");
  expect(record, "", ALL_TYPES, "");
  expect(record, "…", ALL_TYPES, "");
  fixture_end(dir);
}

Test(entities, are_found_by_words_in_order_and_side_by_side) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  expect(record, "Dario Quellmann", ALL_TYPES, "person:dario-quellmann");
  expect(record, "dario quelmann", ALL_TYPES, "person:dario-quellmann");
  expect(record, "Quellmann Dario", ALL_TYPES, "");
  expect(record, "Mira Quellmann", ALL_TYPES, "");
  expect(record, "authority of lindahl", ALL_TYPES, "org:port-authority-of-lindahl");
  expect(record, "port lindahl", ALL_TYPES, "");
  expect(record, "Mr Quellmann", ALL_TYPES, "person:dario-quellmann");
  fixture_end(dir);
}

Test(entities, are_found_by_the_beginning_of_the_last_word) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  expect(record, "quell*", ALL_TYPES, "person:dario-quellmann");
  expect(record, "Dario Qu*", ALL_TYPES, "person:dario-quellmann");
  expect(record, "Mira Qu*", ALL_TYPES, "");
  expect(record, "lind*", ALL_TYPES, "org:port-authority-of-lindahl place:lindahl");
  expect(record, "uellmann*", ALL_TYPES, "");
  fixture_end(dir);
}

Test(entities, are_found_by_type) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  expect(record, "lindahl", 1u << ONR_ENTITY_PLACE, "place:lindahl");
  expect(record, "lindahl", 1u << ONR_ENTITY_ORG | 1u << ONR_ENTITY_PERSON, "org:port-authority-of-lindahl");
  expect(record, "lind*", 1u << ONR_ENTITY_ORG, "org:port-authority-of-lindahl");
  expect(record, "port authority", 1u << ONR_ENTITY_PLACE, "");
  expect(record, "lindahl", 0, "");
  fixture_end(dir);
}

/* NAMES is full names, one an article. */
static void put_names(OnrRecord *record, const char *const *names) {
  for (guint i = 0; names[i]; i++) {
    g_autofree char *id = g_strdup_printf("n%u", i);
    g_autoptr(OnrArticle) a = article_of(id, "/n", NULL, names[i]);
    mention(a, ONR_ENTITY_PERSON, names[i], names[i]);
    put_alone(record, a);
  }
}

Test(entities, are_found_in_the_order_of_their_ids_whatever_that_of_their_rows) {
  static const char *const names[] = {"Zora Varga", "Olen Varga", "Ada Varga", "Varga Ada", "Ada Olen", NULL};
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  put_names(record, names);
  expect(record, "varga", ALL_TYPES, "person:ada-varga person:olen-varga person:varga-ada person:zora-varga");
  expect(record, "ada*", ALL_TYPES, "person:ada-olen person:ada-varga person:varga-ada");
  expect(record, "olen varga", ALL_TYPES, "person:olen-varga");
  expect(record, "ada varga", ALL_TYPES, "person:ada-varga");
  fixture_end(dir);
}

Test(entities, are_found_before_the_batch_ends) {
  char *dir = fixture_begin();
  GError *error = NULL;
  g_autoptr(OnrRecord) record = sample_record(dir);
  require(onr_record_begin(record, &error), error);
  g_autoptr(OnrArticle) a = article_of("n", "/n", NULL, "Olen Varga came.");
  mention(a, ONR_ENTITY_PERSON, "Olen Varga", "Olen Varga");
  require(onr_record_put_article(record, a, NULL, &error), error);
  expect(record, "varga", ALL_TYPES, "person:olen-varga");
  require(onr_record_remove_article(record, a->row, &error), error);
  expect(record, "varga", ALL_TYPES, "");
  require(onr_record_commit(record, &error), error);
  fixture_end(dir);
}

static OnrIdentity identity_of(OnrRecord *record, const char *id) {
  OnrIdentity identity;
  GError *error = NULL;
  require(onr_record_load_identity(record, onr_record_find_entity(record, id), &identity, &error), error);
  return identity;
}

Test(entities, know_how_often_they_speak_and_where_they_are_mentioned) {
  char *dir = fixture_begin();
  GError *error = NULL;
  g_autoptr(OnrRecord) record = sample_record(dir);
  OnrIdentity identity = identity_of(record, "person:dario-quellmann");
  cr_expect_eq(identity.n_quotes, 2);
  cr_expect_eq(identity.n_articles, 2);
  cr_expect_eq(identity.type, ONR_ENTITY_PERSON);
  onr_identity_clear(&identity);
  identity = identity_of(record, "place:lindahl");
  cr_expect_eq(identity.n_quotes, 0);
  cr_expect_eq(identity.n_articles, 3);
  onr_identity_clear(&identity);
  cr_expect_eq(onr_record_find_entity(record, "person:nobody"), 0);
  cr_expect_eq(onr_record_load_identity(record, 0, &identity, &error), FALSE);
  require_error(error, ONR_ERROR_NOT_FOUND, "no entity in row 0");
  fixture_end(dir);
}

Test(entities, bear_the_name_that_most_articles_give_in_full) {
  static const char *const names[] = {"OLEN VARGA", "Ólen Varga", "Olen Varga", "Olen Varga", NULL};
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  put_names(record, names);
  OnrIdentity identity = identity_of(record, "person:olen-varga");
  cr_expect_str_eq(identity.name, "Olen Varga");
  onr_identity_clear(&identity);
  remove_alone(record, "n2");
  remove_alone(record, "n3"); /* two names, once each: the first in byte order */
  identity = identity_of(record, "person:olen-varga");
  cr_expect_str_eq(identity.name, "OLEN VARGA");
  onr_identity_clear(&identity);
  remove_alone(record, "n0");
  identity = identity_of(record, "person:olen-varga");
  cr_expect_str_eq(identity.name, "Ólen Varga");
  onr_identity_clear(&identity);
  expect(record, "olen", ALL_TYPES, "person:olen-varga");
  remove_alone(record, "n1");
  expect(record, "olen", ALL_TYPES, "");
  fixture_end(dir);
}

static gboolean list(const OnrIdentity *identity, const GPtrArray *aliases, const GPtrArray *roles,
                     gpointer data) {
  GString *out = data;
  g_string_append(out, identity->id);
  for (guint i = 0; i < aliases->len; i++)
    g_string_append_printf(out, "|%s", (char *)aliases->pdata[i]);
  for (guint i = 0; i < roles->len; i++)
    g_string_append_printf(out, "|role %s", (char *)roles->pdata[i]);
  g_string_append_c(out, '\n');
  return TRUE;
}

Test(entities, are_exported_by_id_with_aliases_and_roles) {
  char *dir = fixture_begin();
  GError *error = NULL;
  g_autoptr(OnrRecord) record = sample_record(dir);
  g_autoptr(GString) got = g_string_new(NULL);
  require(onr_record_each_identity(record, list, got, &error), error);
  cr_expect_str_eq(
      got->str,
      "org:port-authority-of-lindahl|Port Authority of Lindahl\t1\n"
      "person:dario-quellmann|Dario Quellmann\t1|Mr. Quellmann\t1|Quellmann\t1|Dário Quellmann\t0"
      "|role mayor of Lindahl\t1\n"
      "person:mira-zelenskaya|Mira Zelenskaya\t2\n"
      "place:lindahl|Lindahl\t2|Lindahl,\t1\n",
      "%s", got->str);
  fixture_end(dir);
}

Test(entities, given_twice_by_one_article_count_once) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  g_autofree char *before = dump(record);
  g_autoptr(OnrArticle) a = article_of("twice", "/n", NULL, "Olen Varga met OLEN VARGA: “Hello,” he said.");
  mention(a, ONR_ENTITY_PERSON, "Olen Varga", "Olen Varga");
  OnrEntityRow again = {.id = "person:olen-varga", .name = "OLEN VARGA", .type = ONR_ENTITY_PERSON};
  g_array_append_val(a->entities, again);
  OnrMentionRow second = {.span = {15, 25}, .entity = 1};
  g_array_append_val(a->mentions, second);
  quote(a, "“Hello,”", 1);
  put_alone(record, a);
  OnrIdentity identity = identity_of(record, "person:olen-varga");
  cr_expect_eq(identity.n_articles, 1);
  cr_expect_eq(identity.n_quotes, 1);
  cr_expect_str_eq(identity.name, "Olen Varga");
  onr_identity_clear(&identity);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);
  cr_expect_eq(onr_record_check(record, findings, NULL), TRUE);
  cr_expect_eq(findings->len, 0, "%s", findings->len ? (char *)findings->pdata[0] : "");
  remove_alone(record, "twice");
  g_autofree char *after = dump(record);
  cr_expect_str_eq(after, before);
  fixture_end(dir);
}

Test(entities, have_names_of_bounded_length_on_one_line) {
  char *dir = fixture_begin();
  GError *error = NULL;
  g_autoptr(OnrRecord) record = sample_record(dir);
  g_autoptr(GString) name = g_string_new("Olen\n \tVarga ");
  for (guint i = 0; i < 200; i++)
    g_string_append(name, "ééé");
  g_autoptr(OnrArticle) a = article_of("long", "/n", NULL, name->str);
  OnrEntityRow entity = {
      .id = "person:long", .name = name->str, .type = ONR_ENTITY_PERSON, .role = name->str};
  g_array_append_val(a->entities, entity);
  OnrMentionRow mention_row = {.span = {0, 600}, .entity = 0};
  g_array_append_val(a->mentions, mention_row);
  put_alone(record, a);
  OnrIdentity identity = identity_of(record, "person:long");
  cr_expect_eq(g_str_has_prefix(identity.name, "Olen Varga éé"), TRUE, "%s", identity.name);
  cr_expect_leq(strlen(identity.name), 256);
  cr_expect_eq(g_utf8_validate(identity.name, -1, NULL), TRUE);
  onr_identity_clear(&identity);
  require(onr_record_begin(record, &error), error);
  require(onr_record_remove_article(record, a->row, &error), error);
  require(onr_record_commit(record, &error), error);
  cr_expect_eq(onr_record_find_entity(record, "person:long"), 0);
  fixture_end(dir);
}

/* --- what is near --- */

static char *nearest(OnrRecord *record, const char *name, guint types, guint limit) {
  g_autoptr(GArray) out = g_array_new(FALSE, FALSE, sizeof(OnrIdentity));
  GError *error = NULL;
  require(onr_record_nearest_identities(record, name, types, limit, out, &error), error);
  GString *names = g_string_new(NULL);
  for (guint i = 0; i < out->len; i++) {
    OnrIdentity *identity = &g_array_index(out, OnrIdentity, i);
    g_string_append_printf(names, "%s%s %" G_GUINT64_FORMAT, i ? ", " : "", identity->name,
                           identity->n_quotes);
    onr_identity_clear(identity);
  }
  return g_string_free(names, FALSE);
}

static void expect_near(OnrRecord *record, const char *name, guint types, guint limit, const char *expected) {
  g_autofree char *got = nearest(record, name, types, limit);
  cr_expect_str_eq(got, expected, "%s: %s", name, got);
}

Test(entities, that_are_near_are_offered_nearest_and_most_quoted_first) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  expect_near(record, "Qellman", ALL_TYPES, 5, "Dario Quellmann 2");
  expect_near(record, "Dairo Kuellmann", ALL_TYPES, 5, "Dario Quellmann 2");
  expect_near(record, "Mira Kuellmann", ALL_TYPES, 5, "");
  expect_near(record, "Lindal", ALL_TYPES, 5, "Lindahl 0, Port Authority of Lindahl 0");
  expect_near(record, "Lindal", ALL_TYPES, 1, "Lindahl 0");
  expect_near(record, "Lindal", 1u << ONR_ENTITY_ORG, 5, "Port Authority of Lindahl 0");
  expect_near(record, "Mirra", ALL_TYPES, 5, "Mira Zelenskaya 1");
  expect_near(record, "Xqzwvk", ALL_TYPES, 5, "");
  expect_near(record, "", ALL_TYPES, 5, "");
  fixture_end(dir);
}
