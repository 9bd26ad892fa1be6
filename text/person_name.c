/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/person_name.h"

#include "text/distance.h"
#include "text/name.h"
#include "text/nicknames.h"

#include <string.h>

/* Letters of a word in which one other letter may be a slip: Holt and Holm are two names. */
#define SLIP_MIN 5
/* The same of a middle name, beside an equal given name and surname: Bazo, Baza. */
#define MIDDLE_SLIP_MIN 4

void onr_person_name_clear(OnrPersonName *name) {
  g_clear_pointer(&name->words, g_ptr_array_unref);
  g_clear_pointer(&name->keys, g_ptr_array_unref);
  name->generation = ONR_GENERATION_NONE;
}

/* George “Jay” Keyworth, Ada Quill (D-Norland): without what is in marks or brackets. */
static char *without_asides(const char *name) {
  static const char *const opens[] = {"“", "\"", "("}, *const closes[] = {"”", "\"", ")"};
  GString *out = g_string_new(NULL);
  for (const char *p = name; *p;) {
    const char *end = NULL;
    for (guint k = 0; k < G_N_ELEMENTS(opens) && !end; k++)
      if (g_str_has_prefix(p, opens[k]) && (end = strstr(p + strlen(opens[k]), closes[k])))
        end += strlen(closes[k]);
    if (end)
      p = end;
    else
      g_string_append_c(out, *p++);
  }
  return g_string_free(out, FALSE);
}

static OnrGeneration generation_of(const char *word) {
  static const struct {
    const char *word;
    OnrGeneration generation;
  } known[] = {{"jr", ONR_GENERATION_JUNIOR}, {"jnr", ONR_GENERATION_JUNIOR}, {"ii", ONR_GENERATION_JUNIOR},
               {"sr", ONR_GENERATION_SENIOR}, {"snr", ONR_GENERATION_SENIOR}, {"iii", ONR_GENERATION_THIRD},
               {"iv", ONR_GENERATION_FOURTH}};
  for (guint k = 0; k < G_N_ELEMENTS(known); k++)
    if (!strcmp(word, known[k].word))
      return known[k].generation;
  return ONR_GENERATION_NONE;
}

static const char *word_at(const OnrPersonName *n, guint i) {
  return n->words->pdata[i];
}

static const char *key_at(const OnrPersonName *n, guint i) {
  return n->keys->pdata[i];
}

static void drop_word(OnrPersonName *n, guint i) {
  g_ptr_array_remove_index(n->words, i);
  g_ptr_array_remove_index(n->keys, i);
}

static gboolean is_article(const char *word) {
  return !strcmp(word, "al") || !strcmp(word, "el");
}

/* "HW" of George H.W. Dorn: initials of two names. */
static gboolean are_initials(const char *word) {
  return word[0] && word[1] && !word[2] && !strpbrk(word, "aeiouy") && strcmp(word, "st") != 0;
}

/* Initials that are run together between the first and the last word, each a word. */
static void part_initials(OnrPersonName *name) {
  for (guint i = 1; i + 1 < name->words->len; i++) {
    char *word = name->words->pdata[i];
    if (!are_initials(word))
      continue;
    g_ptr_array_insert(name->words, (gint)i + 1, g_strdup(word + 1));
    word[1] = '\0';
    g_free(name->keys->pdata[i]);
    name->keys->pdata[i] = g_strdup(word);
    g_ptr_array_insert(name->keys, (gint)i + 1, g_strdup(name->words->pdata[i + 1]));
  }
}

void onr_person_name_set(OnrPersonName *out, const char *name) {
  g_autofree char *bare = without_asides(name);
  out->words = onr_name_words(bare);
  out->keys = onr_name_keys_of(out->words);
  out->generation = ONR_GENERATION_NONE;
  while (out->words->len > 1 && generation_of(word_at(out, out->words->len - 1))) {
    out->generation = generation_of(word_at(out, out->words->len - 1));
    drop_word(out, out->words->len - 1);
  }
  for (guint i = out->words->len; i-- > 1;)
    if (is_article(word_at(out, i - 1)))
      drop_word(out, i - 1);
  part_initials(out);
}

/* Of each word of the table the numbers of its rows, ascending. */
static gpointer make_rows_of(gpointer data) {
  GHashTable *rows_of = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  (void)data;
  for (guint k = 0; onr_nicknames[k]; k++) {
    g_auto(GStrv) words = g_strsplit(onr_nicknames[k], " ", -1);
    for (guint i = 0; words[i]; i++) {
      gint16 row = (gint16)k;
      GArray *rows = g_hash_table_lookup(rows_of, words[i]);
      if (!rows)
        g_hash_table_insert(rows_of, g_strdup(words[i]), rows = g_array_new(FALSE, FALSE, sizeof(gint16)));
      g_array_append_val(rows, row);
    }
  }
  return rows_of;
}

static const GArray *rows_of(const char *word) {
  static GOnce once = G_ONCE_INIT;
  return g_hash_table_lookup(g_once(&once, make_rows_of, NULL), word);
}

gboolean onr_is_nickname(const char *a, const char *b) {
  const GArray *x = rows_of(a), *y = x ? rows_of(b) : NULL;
  for (guint i = 0, k = 0; y && i < x->len && k < y->len;) {
    gint16 p = g_array_index(x, gint16, i), q = g_array_index(y, gint16, k);
    if (p == q)
      return TRUE;
    if (p < q)
      i++;
    else
      k++;
  }
  return FALSE;
}

static gboolean is_initial_of(const char *a, const char *b) {
  return a[0] == b[0] && (!a[1] || !b[1]);
}

/* One letter more, less, other or swapped, the first one not, in words of LEAST letters. */
static gboolean is_slip(const char *a, const char *b, gsize least) {
  gsize n = strlen(a), m = strlen(b);
  return a[0] == b[0] && MIN(n, m) >= least && onr_edit_distance(a, n, b, m, 1) <= 1;
}

#define MIN_SHORT_FORM 3 /* letters of a given name that is another cut short */

/* Is A, its y or ie not counted, how B begins? Jerry and Jerrold; but what ends in a vowel is often a woman's
   form of a man's name: Paul and Pauline. */
static gboolean is_short_form(const char *a, const char *b) {
  gsize n = strlen(a), m = strlen(b);
  if (n > MIN_SHORT_FORM && a[n - 1] == 'y')
    n--;
  else if (n > MIN_SHORT_FORM + 1 && g_str_has_suffix(a, "ie"))
    n -= 2;
  return n >= MIN_SHORT_FORM && m > n && !strchr("aei", b[m - 1]) && !strncmp(a, b, n);
}

static OnrLikeness compare_given(const OnrPersonName *a, const OnrPersonName *b) {
  const char *x = word_at(a, 0), *y = word_at(b, 0);
  if (!strcmp(key_at(a, 0), key_at(b, 0)))
    return ONR_LIKENESS_SAME;
  if (is_initial_of(x, y))
    return ONR_LIKENESS_INITIAL;
  if (onr_is_nickname(x, y) || is_short_form(x, y) || is_short_form(y, x))
    return ONR_LIKENESS_NICKNAME;
  return is_slip(x, y, SLIP_MIN) ? ONR_LIKENESS_NEAR_GIVEN : ONR_LIKENESS_NONE;
}

static OnrLikeness compare_surnames(const OnrPersonName *a, const OnrPersonName *b) {
  guint i = a->words->len - 1, k = b->words->len - 1;
  if (!strcmp(key_at(a, i), key_at(b, k)))
    return ONR_LIKENESS_SAME;
  return is_slip(word_at(a, i), word_at(b, k), SLIP_MIN) ? ONR_LIKENESS_NEAR_SURNAME : ONR_LIKENESS_NONE;
}

/* Middle names: George H. W. and George Walker are two. */
static OnrLikeness compare_middles(const OnrPersonName *a, const OnrPersonName *b) {
  if (a->words->len == 2 && b->words->len == 2)
    return a->generation == b->generation ? ONR_LIKENESS_SAME : ONR_LIKENESS_LONGER;
  if (a->words->len == 2 || b->words->len == 2)
    return ONR_LIKENESS_LONGER;
  guint n = MIN(a->words->len, b->words->len) - 1;
  for (guint i = 1; i < n; i++) {
    const char *x = word_at(a, i), *y = word_at(b, i);
    if (strcmp(key_at(a, i), key_at(b, i)) != 0 && !is_initial_of(x, y) && !onr_is_nickname(x, y) &&
        !is_slip(x, y, MIDDLE_SLIP_MIN))
      return ONR_LIKENESS_NONE;
  }
  return a->words->len == b->words->len && a->generation == b->generation ? ONR_LIKENESS_SAME
                                                                          : ONR_LIKENESS_LONGER;
}

static char *run_together(const OnrPersonName *n) {
  g_ptr_array_add(n->words, NULL);
  char *all = g_strjoinv("", (char **)n->words->pdata);
  g_ptr_array_set_size(n->words, (gint)n->words->len - 1);
  return all;
}

/* Kim Jong-un and Kim Jongun: other gaps between the same letters. */
static gboolean is_run_together(const OnrPersonName *a, const OnrPersonName *b) {
  if (a->words->len == b->words->len)
    return FALSE;
  g_autofree char *x = run_together(a), *y = run_together(b);
  return !strcmp(x, y);
}

/* Are the N keys of A from AT on the first N of B? */
static gboolean have_keys(const OnrPersonName *a, guint at, const OnrPersonName *b, guint n) {
  for (guint i = 0; i < n; i++)
    if (strcmp(key_at(a, at + i), key_at(b, i)) != 0)
      return FALSE;
  return TRUE;
}

/* Is B what A is without its first word, or without its last: Leslie McCrae Dorn and McCrae Dorn, Ana
   Varan-Kolm and Ana Varan? */
static gboolean is_part_of(const OnrPersonName *b, const OnrPersonName *a) {
  guint n = b->words->len;
  return n >= 2 && a->words->len == n + 1 && (have_keys(a, 1, b, n) || have_keys(a, 0, b, n));
}

/* Ines Varan Kolm, Ines Kolm Varan. */
static gboolean is_turned(const OnrPersonName *a, const OnrPersonName *b) {
  guint n = a->words->len;
  return n > 2 && b->words->len == n && have_keys(a, 0, b, n - 2) &&
         !strcmp(key_at(a, n - 2), key_at(b, n - 1)) && !strcmp(key_at(a, n - 1), key_at(b, n - 2));
}

OnrLikeness onr_person_name_compare(const OnrPersonName *a, const OnrPersonName *b) {
  if (a->words->len < 2 || b->words->len < 2 ||
      (a->generation && b->generation && a->generation != b->generation))
    return ONR_LIKENESS_NONE;
  if (is_run_together(a, b))
    return ONR_LIKENESS_SAME;
  OnrLikeness surname = compare_surnames(a, b), given = compare_given(a, b), middle = compare_middles(a, b);
  if (surname == ONR_LIKENESS_NEAR_SURNAME && given != ONR_LIKENESS_SAME)
    surname = ONR_LIKENESS_NONE; /* two doubts are one too many */
  OnrLikeness likeness = MIN(surname, MIN(given, middle));
  gboolean is_part = !likeness && (is_part_of(a, b) || is_part_of(b, a) || is_turned(a, b));
  return is_part ? ONR_LIKENESS_PART : likeness;
}
