/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/inflect.h"

#include <string.h>

static gboolean is_vowel(char c) {
  return c && strchr("aeiou", c) != NULL;
}

/* One syllable that ends in a single vowel and a single consonant: plan, stop, sit; not say, fix, clean. */
static gboolean is_short(const char *lemma) {
  gsize n = strlen(lemma);
  if (n < 3 || is_vowel(lemma[n - 1]) || strchr("wxy", lemma[n - 1]) || !is_vowel(lemma[n - 2]))
    return FALSE;
  for (gsize i = 0; i + 2 < n; i++)
    if (is_vowel(lemma[i]))
      return FALSE;
  return TRUE;
}

static gboolean ends_in_consonant_y(const char *lemma) {
  gsize n = strlen(lemma);
  return n > 1 && lemma[n - 1] == 'y' && !is_vowel(lemma[n - 2]);
}

static char *regular_past(const OnrVerb *verb) {
  const char *lemma = verb->lemma;
  gsize n = strlen(lemma);
  if (lemma[n - 1] == 'e')
    return g_strconcat(lemma, "d", NULL);
  if (ends_in_consonant_y(lemma))
    return g_strdup_printf("%.*sied", (int)n - 1, lemma);
  return verb->doubles ? g_strdup_printf("%s%ced", lemma, lemma[n - 1]) : g_strconcat(lemma, "ed", NULL);
}

gboolean onr_verb_parse(const char *entry, OnrVerb *out) {
  g_auto(GStrv) parts = g_strsplit(entry, "/", 3);
  if (!parts[0] || !*parts[0])
    return FALSE;
  gsize n = strcspn(parts[0], "+*");
  if (!n)
    return FALSE;
  const char *marks = parts[0] + n;
  out->lemma = g_strndup(parts[0], n);
  out->doubles = strchr(marks, '+') || is_short(out->lemma);
  out->is_noun = strchr(marks, '*') != NULL;
  out->past = parts[1] ? g_strdup(parts[1]) : regular_past(out);
  out->participle = parts[1] && parts[2] ? g_strdup(parts[2]) : g_strdup(out->past);
  return TRUE;
}

void onr_verb_clear(OnrVerb *verb) {
  g_free(verb->lemma);
  g_free(verb->past);
  g_free(verb->participle);
}

char *onr_verb_s_form(const OnrVerb *verb) {
  const char *lemma = verb->lemma;
  gsize n = strlen(lemma);
  if (ends_in_consonant_y(lemma))
    return g_strdup_printf("%.*sies", (int)n - 1, lemma);
  gboolean hisses =
      strchr("sxzo", lemma[n - 1]) || g_str_has_suffix(lemma, "ch") || g_str_has_suffix(lemma, "sh");
  return g_strconcat(lemma, hisses ? "es" : "s", NULL);
}

char *onr_verb_ing_form(const OnrVerb *verb) {
  const char *lemma = verb->lemma;
  gsize n = strlen(lemma);
  if (g_str_has_suffix(lemma, "ie"))
    return g_strdup_printf("%.*sying", (int)n - 2, lemma);
  if (n > 2 && lemma[n - 1] == 'e' && !strchr("eoy", lemma[n - 2]))
    return g_strdup_printf("%.*sing", (int)n - 1, lemma);
  return verb->doubles ? g_strdup_printf("%s%cing", lemma, lemma[n - 1]) : g_strconcat(lemma, "ing", NULL);
}
