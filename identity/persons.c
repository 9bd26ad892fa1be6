/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "identity/persons.h"

#include "text/distance.h"
#include "text/name.h"
#include "text/tables/tables.h"

#include <string.h>

static const char particles[] =
    "bin ibn abu ben van von der den ter de del della di da dos du la le st mac mc";

/* Where the surname begins: the last word, with the particles before it. A name of particles and one word
 * more is a surname alone, unless the one particle is a given name too: Ben Carson. */
static guint surname_begin(const GPtrArray *words) {
  guint begin = words->len - 1;
  while (begin && onr_is_listed(particles, words->pdata[begin - 1]))
    begin--;
  if (!begin && words->len == 2 && !strcmp(words->pdata[0], "ben"))
    begin = 1;
  return begin;
}

/* Words FROM to the last as one. */
static void run_together(OnrPersonName *parts, guint from) {
  g_autoptr(GString) all = g_string_new(NULL);
  for (guint i = from; i < parts->words->len; i++)
    g_string_append(all, parts->words->pdata[i]);
  g_ptr_array_set_size(parts->words, (gint)from);
  g_ptr_array_set_size(parts->keys, (gint)from);
  g_ptr_array_add(parts->words, g_strdup(all->str));
  g_ptr_array_add(parts->keys, onr_name_word_key(all->str, (gssize)all->len));
}

/* Titles that are no given names, and that text/name.h leaves: Crown Prince, Mullah Omar. */
static const char titles[] =
    "crown pro tem prince grand mullah sultan emir maulana baroness baron duchess first lady comrade "
    "whip crooked counselor congressmen congresswomen administrator controller comptroller emeritus vp photo reuters landov";

static void drop_first(OnrPersonName *parts) {
  g_ptr_array_remove_index(parts->words, 0);
  g_ptr_array_remove_index(parts->keys, 0);
}

/* Prince Fielder has a given name, Crown Prince Salman has none. */
static void drop_titles(OnrPersonName *parts) {
  while (parts->words->len > 1 && onr_is_listed(titles, parts->words->pdata[0]) &&
         (strcmp(parts->words->pdata[0], "prince") != 0 || parts->words->len > 2))
    drop_first(parts);
}

/* "Marco Dorn Dorn" of a table, or of a page's links. */
static void drop_repeated(OnrPersonName *parts) {
  while (parts->words->len > 2 &&
         !strcmp(parts->words->pdata[parts->words->len - 1], parts->words->pdata[parts->words->len - 2])) {
    g_ptr_array_set_size(parts->words, (gint)parts->words->len - 1);
    g_ptr_array_set_size(parts->keys, (gint)parts->keys->len - 1);
  }
}

void onr_person_set(OnrPerson *out, const char *name) {
  OnrPersonName *parts = &out->parts;
  onr_person_name_set(parts, name);
  drop_titles(parts);
  drop_repeated(parts);
  out->surname = "";
  out->given = NULL;
  if (!parts->words->len)
    return;
  guint begin = surname_begin(parts->words);
  if (begin + 1 < parts->words->len)
    run_together(parts, begin);
  out->surname = parts->words->pdata[parts->words->len - 1];
  out->given = parts->words->len > 1 ? parts->words->pdata[0] : NULL;
}

void onr_person_clear(OnrPerson *person) {
  onr_person_name_clear(&person->parts);
  person->surname = person->given = NULL;
}

/* --- skeletons --- */

static const struct {
  const char *from, *to;
} sounds[] = {
    /* clang-format off */
    {"tch", "s"}, {"sch", "s"}, {"sh", "s"}, {"ch", "s"}, {"cz", "s"}, {"ts", "s"}, {"tz", "s"}, {"zz", "s"},
    {"kh", "k"}, {"gh", "k"}, {"ck", "k"}, {"q", "k"}, {"g", "k"}, {"ce", "s"}, {"ci", "s"}, {"cy", "s"}, {"c", "k"}, {"x", "ks"},
    {"dh", "t"}, {"th", "t"}, {"dt", "t"}, {"d", "t"}, {"ph", "f"}, {"ff", "f"}, {"v", "f"}, {"w", "f"}, {"z", "s"},
    /* clang-format on */
};

static gboolean is_silent(char c) {
  return strchr("aeiouyjh", c) != NULL;
}

char *onr_skeleton(const char *word) {
  g_autoptr(GString) all = g_string_new(NULL);
  for (const char *p = word; *p;) {
    guint k = 0;
    while (k < G_N_ELEMENTS(sounds) && (*p != *sounds[k].from || !g_str_has_prefix(p, sounds[k].from)))
      k++;
    if (k < G_N_ELEMENTS(sounds)) {
      g_string_append(all, sounds[k].to);
      p += strlen(sounds[k].from);
    } else {
      g_string_append_c(all, *p++);
    }
  }
  GString *bones = g_string_new(NULL);
  for (gsize i = 0; i < all->len; i++) {
    char c = all->str[i];
    if (i == 0 && c != 'h' && is_silent(c))
      c = 'a';
    if ((i == 0 || !is_silent(c)) && (!bones->len || bones->str[bones->len - 1] != c))
      g_string_append_c(bones, c);
  }
  return g_string_free(bones, FALSE);
}

/* --- comparing --- */

/* Letters of a word that transliterations may have otherwise: no more than half, and of a short word one. */
#define MAX_RESPELLED 3
#define SHORT_WORD 5

static gboolean is_respelled(const char *a, const char *b) {
  gsize n = strlen(a), m = strlen(b);
  guint limit = MAX(n, m) <= SHORT_WORD ? 1 : (guint)MIN(MAX_RESPELLED, MAX(n, m) / 2);
  if (MIN(n, m) < 3 || onr_edit_distance(a, n, b, m, limit) > limit)
    return FALSE;
  g_autofree char *x = onr_skeleton(a), *y = onr_skeleton(b);
  return !strcmp(x, y);
}

/* A with word I, and its key, as B has its word K. */
static OnrLikeness compare_with(const OnrPerson *a, guint i, const OnrPerson *b, guint k) {
  gpointer word = a->parts.words->pdata[i], key = a->parts.keys->pdata[i];
  a->parts.words->pdata[i] = b->parts.words->pdata[k];
  a->parts.keys->pdata[i] = b->parts.keys->pdata[k];
  OnrLikeness likeness = onr_person_name_compare(&a->parts, &b->parts);
  a->parts.words->pdata[i] = word;
  a->parts.keys->pdata[i] = key;
  return likeness;
}

/* A begins with an initial that B leaves out: C. Boyden Gray, Boyden Gray. */
static gboolean is_longer_by_initial(const OnrPerson *a, const OnrPerson *b) {
  const GPtrArray *x = a->parts.keys, *y = b->parts.keys;
  const char *first = a->parts.words->pdata[0];
  return x->len == y->len + 1 && x->len > 2 && !first[1] && !strcmp(x->pdata[1], y->pdata[0]) &&
         !strcmp(x->pdata[x->len - 1], y->pdata[y->len - 1]);
}

OnrLikeness onr_person_compare(const OnrPerson *a, const OnrPerson *b) {
  OnrLikeness likeness = onr_person_name_compare(&a->parts, &b->parts);
  if (!a->given || !b->given)
    return likeness;
  if (likeness <= ONR_LIKENESS_PART && (is_longer_by_initial(a, b) || is_longer_by_initial(b, a)))
    return ONR_LIKENESS_LONGER;
  if (likeness)
    return likeness;
  if (strcmp(a->surname, b->surname) != 0 && is_respelled(a->surname, b->surname))
    likeness = compare_with(a, a->parts.words->len - 1, b, b->parts.words->len - 1);
  if (likeness == ONR_LIKENESS_INITIAL || likeness == ONR_LIKENESS_NICKNAME)
    return ONR_LIKENESS_NONE; /* two doubts are one too many */
  if (likeness)
    return MIN(likeness, ONR_LIKENESS_NEAR_SURNAME);
  if (is_respelled(a->given, b->given))
    likeness = compare_with(a, 0, b, 0);
  return likeness == ONR_LIKENESS_NEAR_SURNAME ? ONR_LIKENESS_NONE /* two doubts are one too many */
                                               : MIN(likeness, ONR_LIKENESS_NEAR_GIVEN);
}
