/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <math.h>
#include <string.h>

ONR_SUITE(signatures);

static const char text[] =
    "The trawler skipper Ada Kolm landed herring at the quay of Sandhythe. Kolm mends her nets herself.";

static gsize sign(const OnrIdentityModel *model, const char *words, const char *name, const char *role,
                  guint8 *out) {
  g_autoptr(OnrSignatureMaker) maker = onr_signature_maker_new(model);
  g_autoptr(OnrDocument) doc = onr_document_new();
  onr_document_set_text(doc, words, strlen(words));
  onr_signature_read(maker, doc);
  const char *at = strstr(words, name);
  OnrSpan span = {(guint32)(at - words), (guint32)(at - words + (gssize)strlen(name))};
  return onr_signature_name(maker, &span, 1, role, 7, out);
}

static gboolean has(const guint16 *buckets, int n, const char *word) {
  guint16 wanted = onr_bucket(word, strlen(word));
  for (int i = 0; i < n; i++)
    if (buckets[i] == wanted)
      return TRUE;
  return FALSE;
}

Test(signatures, hold_the_rare_words_round_a_name_and_not_its_own) {
  g_autoptr(OnrIdentityModel) model = fixture_model();
  guint8 bytes[ONR_SIGNATURE_NAME_MAX];
  gsize n = sign(model, text, "Ada Kolm", "skipper", bytes);
  const guint8 *at = bytes + ONR_SIGNATURE_LOT_BYTES, *end = bytes + n;
  guint16 near[G_MAXUINT8], close[G_MAXUINT8], role[G_MAXUINT8];
  int n_near = onr_signature_next(&at, end, near), n_close = onr_signature_next(&at, end, close),
      n_role = onr_signature_next(&at, end, role);
  cr_expect_neq(has(near, n_near, "herring"), FALSE);
  cr_expect_neq(has(near, n_near, "nets"), FALSE);
  cr_expect_neq(has(close, n_close, "trawler"), FALSE);
  cr_expect_eq(has(close, n_close, "nets"), FALSE);
  cr_expect_eq(has(near, n_near, "ada"), FALSE);
  cr_expect_eq(has(near, n_near, "the"), FALSE);
  cr_expect_eq(n_role, 1);
  cr_expect_neq(has(role, n_role, "skipper"), FALSE);
  cr_expect_eq(onr_signature_next(&at, end, role), -1);
}

Test(signatures, are_bounded_however_long_the_text) {
  g_autoptr(OnrIdentityModel) model = fixture_model();
  g_autoptr(OnrSignatureMaker) maker = onr_signature_maker_new(model);
  g_autoptr(OnrDocument) doc = onr_document_new();
  g_autoptr(GString) words = g_string_new(NULL);
  g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(OnrSpan));
  for (guint i = 0; i < 5000; i++) {
    OnrSpan span = {(guint32)words->len, (guint32)words->len + 4};
    g_array_append_val(spans, span);
    g_string_append_printf(words, "Kolm w%uzq ", i);
  }
  onr_document_set_text(doc, words->str, words->len);
  onr_signature_read(maker, doc);
  guint8 bytes[ONR_SIGNATURE_NAME_MAX], topic[ONR_SIGNATURE_ARTICLE_MAX];
  const char *const ids[] = {"person:kolm"};
  cr_expect_eq(
      onr_signature_name(maker, (const OnrSpan *)(gconstpointer)spans->data, spans->len, NULL, 1, bytes),
      ONR_SIGNATURE_NAME_MAX - 2 * ONR_SIGNATURE_ROLE);
  cr_expect_leq(onr_signature_article(maker, ids, 1, 0, topic), ONR_SIGNATURE_ARTICLE_MAX);
}

Test(signatures, cut_short_add_what_can_be_read) {
  g_autoptr(OnrIdentityModel) model = fixture_model();
  guint8 bytes[ONR_SIGNATURE_NAME_MAX];
  gsize n = sign(model, text, "Ada Kolm", "skipper", bytes);
  for (gsize cut = 0; cut <= n; cut++) {
    g_autofree guint8 *exact = g_memdup2(bytes, cut ? cut : 1); /* sanitizers see a byte beyond */
    g_autoptr(OnrProfile) profile = onr_profile_new();
    onr_profile_add(profile, model, exact, cut, NULL, 0, NULL, 0);
    onr_profile_settle(profile);
    cr_expect_eq(profile->n_items, 1);
  }
}

Test(signatures, alike_texts_speak_for_one_bearer_and_others_against) {
  g_autoptr(OnrIdentityModel) model = fixture_model();
  static const char *const texts[] = {
      "The trawler skipper Ada Kolm landed herring at the quay of Sandhythe, the harbour master said.",
      "Herring is scarce off Sandhythe, says trawler skipper Ada Kolm, who mends her nets at the quay.",
      "The violinist Ada Kolm played Brahms in the concert hall and drew applause from the orchestra."};
  OnrProfile *profiles[3];
  for (guint i = 0; i < 3; i++) {
    guint8 bytes[ONR_SIGNATURE_NAME_MAX];
    gsize n = sign(model, texts[i], "Ada Kolm", NULL, bytes);
    profiles[i] = onr_profile_new();
    onr_profile_add(profiles[i], model, bytes, n, NULL, 0, NULL, 0);
    onr_profile_settle(profiles[i]);
  }
  double same = onr_evidence_weigh(model, profiles[0], profiles[1]),
         other = onr_evidence_weigh(model, profiles[0], profiles[2]);
  cr_expect_gt(same, 0, "%g", same);
  cr_expect_lt(other, 0, "%g", other);
  cr_expect_lt(fabs(same - onr_evidence_weigh(model, profiles[1], profiles[0])), 1e-12);
  for (guint i = 0; i < 3; i++)
    onr_profile_free(profiles[i]);
}
