/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/shapes.h"

#include <string.h>

/* A longer head is no name; the bound is that of a buffer. */
#define HEAD_MAX 48
/* Letters before an inner capital that a name may have: McKay, DeSantis, FitzRoy. */
#define PREFIX_MAX 4
/* Letters of a shouted word that is a word rather than an acronym. */
#define SHOUT_MIN 4

static const char *start_of(const OnrReading *r, guint32 i) {
  return r->doc->text + onr_reading_token(r, i)->begin;
}

static guint32 length_of(const OnrReading *r, guint32 i) {
  const OnrToken *t = onr_reading_token(r, i);
  return onr_token_bare_end(t) - t->begin;
}

/* Letters of the second half of a Korean or Chinese given name: Geun-hye, Jae-in, Kai-shek. */
#define SYLLABLE_MAX 5

/* A second half that is no English word: N letters at P. */
static gboolean is_syllable(const OnrReading *r, const char *p, gsize n) {
  static const char *const both[] = {"in", "un", "young"}; /* syllables that are words as well */
  if (n > SYLLABLE_MAX)
    return FALSE;
  for (guint k = 0; k < G_N_ELEMENTS(both); k++)
    if (strlen(both[k]) == n && strncmp(p, both[k], n) == 0)
      return TRUE;
  for (gsize k = 0; k < n; k++)
    if (!g_ascii_islower(p[k]))
      return FALSE;
  const OnrLexeme *entry = onr_lexicon_find(r->lexicon, onr_word_key(p, n));
  return !entry || (!entry->forms && entry->classes & ONR_WORD_GIVEN);
}

/* Behind a surname: the head is no place or body that the tail says something of. */
static gboolean is_given_pair(const OnrReading *r, guint32 i, guint32 head, guint32 length) {
  if (i == 0 || !onr_reading_is_capital(r, i - 1))
    return FALSE;
  const OnrLexeme *entry = onr_lexicon_find(r->lexicon, onr_shape_head_key(r, i, head));
  gboolean is_named = entry && entry->classes & (ONR_WORD_PLACE | ONR_WORD_ORG | ONR_WORD_DEMONYM);
  return !is_named &&
         is_syllable(r, r->doc->text + onr_reading_token(r, i)->begin + head + 1, length - head - 1);
}

guint32 onr_shape_head(const OnrReading *r, guint32 i) {
  const OnrToken *t = onr_reading_token(r, i);
  if (!(t->flags & ONR_TOKEN_JOINED) || !onr_reading_is_capital(r, i) ||
      r->words[i].classes & (ONR_WORD_PLACE | ONR_WORD_ORG | ONR_WORD_GIVEN))
    return 0;
  const char *p = start_of(r, i);
  guint32 n = length_of(r, i);
  const char *slash = memchr(p, '/', n);
  const char *dash = slash ? slash : g_strrstr_len(p, n, "-");
  if (!dash || dash + 1 >= p + n || dash - p < 2 || dash - p > HEAD_MAX)
    return 0;
  gboolean is_tail = slash || g_ascii_islower(dash[1]);
  gboolean is_name = dash - p > 2 || g_ascii_isupper(p[1]);
  if (!slash && is_given_pair(r, i, (guint32)(dash - p), n))
    return 0;
  return is_tail && is_name ? (guint32)(dash - p) : 0;
}

guint64 onr_shape_head_key(const OnrReading *r, guint32 i, guint32 head) {
  char folded[HEAD_MAX];
  const char *p = start_of(r, i);
  if (head > 1 && p[head - 1] == '.') /* U.S.-led */
    head--;
  for (guint32 k = 0; k < head; k++)
    folded[k] = g_ascii_tolower(p[k]);
  return onr_word_key(folded, head);
}

/* anti-Halden, Post-Dorn: the prefix says that the whole is an adjective. */
static gboolean has_prefix(const OnrReading *r, guint32 i) {
  static const char *const prefixes[] = {"anti-",  "pro-",   "non-",   "pre-",  "post-", "mid-",  "ex-",
                                         "un-",    "co-",    "neo-",   "self-", "all-",  "half-", "semi-",
                                         "multi-", "inter-", "trans-", "then-", "sub-",  "re-"};
  for (guint k = 0; k < G_N_ELEMENTS(prefixes); k++) {
    gsize n = strlen(prefixes[k]);
    if (length_of(r, i) > n && g_ascii_strncasecmp(start_of(r, i), prefixes[k], n) == 0)
      return TRUE;
  }
  return FALSE;
}

/* NEVER, WATCH: a word that the lexicon has, in capitals for its loudness. */
static gboolean is_loud_word(const OnrReading *r, guint32 i) {
  const guint64 named = ONR_WORD_PLACE | ONR_WORD_ORG | ONR_WORD_DEMONYM | ONR_WORD_GIVEN | ONR_WORD_SUFFIX |
                        ONR_WORD_TITLE | ONR_WORD_BODY | ONR_WORD_STARTS_PHRASE;
  const guint64 ordinary = ONR_WORD_COMMON | ONR_WORD_ADVERB | ONR_WORD_VERB | ONR_WORD_CUE_NOUN |
                           ONR_WORD_PEOPLE | ONR_WORD_TIME | ONR_WORD_NUMBER | ONR_WORD_GREETING |
                           ONR_WORD_SMALL;
  const OnrWord *w = &r->words[i];
  return onr_reading_token(r, i)->flags & ONR_TOKEN_ALL_CAPS && length_of(r, i) >= SHOUT_MIN &&
         !(w->classes & named) && (w->classes & ordinary || w->forms);
}

gboolean onr_shape_is_no_name(const OnrReading *r, guint32 i) {
  const OnrToken *t = onr_reading_token(r, i);
  if (i > 0 && !(t->flags & (ONR_TOKEN_SPACE_BEFORE | ONR_TOKEN_LINE_BEFORE)) &&
      (onr_reading_is_mark(r, i - 1, '@') || onr_reading_is_mark(r, i - 1, '#')))
    return TRUE;
  return (t->flags & ONR_TOKEN_JOINED && has_prefix(r, i)) || is_loud_word(r, i);
}

gboolean onr_shape_is_glued(const OnrReading *r, guint32 i) {
  if (onr_reading_token(r, i)->flags & (ONR_TOKEN_JOINED | ONR_TOKEN_ALL_CAPS))
    return FALSE;
  const char *p = start_of(r, i);
  guint32 n = length_of(r, i);
  for (guint32 k = PREFIX_MAX + 1; k < n; k++)
    if (g_ascii_isupper(p[k]) && g_ascii_islower(p[k - 1]))
      return TRUE;
  return FALSE;
}
