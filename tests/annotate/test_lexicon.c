/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/cues.h"
#include "annotate/inflect.h"
#include "annotate/lexicon.h"
#include "support/support.h"

#include <string.h>

ONR_SUITE(lexicon);

static const OnrLexeme *find(const OnrLexicon *lexicon, const char *word) {
  return onr_lexicon_find(lexicon, onr_word_key(word, strlen(word)));
}

Test(lexicon, inflects) {
  static const struct {
    const char *entry, *past, *participle, *s, *ing;
  } verbs[] = {
      {"walk", "walked", "walked", "walks", "walking"},
      {"plan", "planned", "planned", "plans", "planning"},
      {"refer+", "referred", "referred", "refers", "referring"},
      {"offer", "offered", "offered", "offers", "offering"},
      {"write/wrote/written", "wrote", "written", "writes", "writing"},
      {"deny", "denied", "denied", "denies", "denying"},
      {"say/said/said", "said", "said", "says", "saying"},
      {"lie*/lay/lain", "lay", "lain", "lies", "lying"},
      {"agree", "agreed", "agreed", "agrees", "agreeing"},
      {"go/went/gone", "went", "gone", "goes", "going"},
      {"preach", "preached", "preached", "preaches", "preaching"},
      {"fix", "fixed", "fixed", "fixes", "fixing"},
      {"argue", "argued", "argued", "argues", "arguing"},
      {"quit+/quit/quit", "quit", "quit", "quits", "quitting"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(verbs); i++) {
    g_auto(OnrVerb) verb = {0};
    cr_assert_eq(onr_verb_parse(verbs[i].entry, &verb), TRUE);
    g_autofree char *s = onr_verb_s_form(&verb), *ing = onr_verb_ing_form(&verb);
    cr_expect_str_eq(verb.past, verbs[i].past);
    cr_expect_str_eq(verb.participle, verbs[i].participle);
    cr_expect_str_eq(s, verbs[i].s);
    cr_expect_str_eq(ing, verbs[i].ing);
  }
  g_auto(OnrVerb) none = {0};
  cr_assert_eq(onr_verb_parse("", &none), FALSE);
  cr_assert_eq(onr_verb_parse("*", &none), FALSE);
}

Test(lexicon, knows_words_phrases_and_cues) {
  g_autoptr(OnrLexicon) lexicon = onr_lexicon_new();
  cr_assert_not_null(find(lexicon, "denouncing"));
  cr_assert_neq(find(lexicon, "denouncing")->cue, 0);
  cr_assert_neq(find(lexicon, "said")->forms & ONR_FORM_PAST, 0);
  cr_assert_eq(find(lexicon, "walked")->cue, 0);
  cr_assert_null(find(lexicon, "xyzzyx"));
  const OnrLexeme *united = find(lexicon, "united");
  cr_assert_neq((united->classes & ONR_WORD_STARTS_PHRASE) != 0, 0);
  const OnrLexeme *states = onr_lexicon_find(lexicon, onr_phrase_key(united->key, onr_word_key("states", 6)));
  cr_assert_not_null(states);
  cr_assert_eq(states->n_words, 2);
  cr_assert_neq((states->classes & ONR_WORD_STATE) != 0, 0);
}

/* Rows are found by the lemma's first row, nouns and adjectives by bisection; a letter that is no frame would
 * be lost in silence. */
static void check_rows(const OnrCueRow *rows, guint n, gboolean sorted) {
  g_autoptr(GHashTable) done = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < n; i++) {
    if (sorted && i)
      cr_expect_lt(strcmp(rows[i - 1].lemma, rows[i].lemma), 0, "%s", rows[i].lemma);
    if (i && strcmp(rows[i].lemma, rows[i - 1].lemma) != 0)
      g_hash_table_add(done, (gpointer)rows[i - 1].lemma);
    cr_expect_eq(g_hash_table_contains(done, rows[i].lemma), FALSE, "rows of \"%s\" stand apart",
                 rows[i].lemma);
    cr_expect_eq(strspn(rows[i].frames, "ctnwgoOpqx"), strlen(rows[i].frames), "%s", rows[i].lemma);
    cr_expect_neq((*rows[i].frames || rows[i].prepositions), 0, "\"%s\" can govern nothing", rows[i].lemma);
    gboolean last = i + 1 == n || strcmp(rows[i + 1].lemma, rows[i].lemma) != 0;
    cr_expect_neq((rows[i].particle || last), 0, "\"%s\": the row without a particle hides those after it",
                  rows[i].lemma);
  }
}

Test(lexicon, cue_tables_hold_their_promises) {
  check_rows(onr_cue_verbs, onr_n_cue_verbs, FALSE);
  check_rows(onr_cue_nouns, onr_n_cue_nouns, TRUE);
  check_rows(onr_cue_adjectives, onr_n_cue_adjectives, TRUE);
}
