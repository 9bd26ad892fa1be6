/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/language.h"

#include <string.h>

#define MAX_TOKENS 600 /* looked at, from the beginning */
#define MIN_FOREIGN 6  /* places of other languages' words that show something */
#define MIN_LETTERS 20 /* words in another script that do */
#define MAX_WORD_BYTES 8

/* The commonest words of English, and such of French, German, Spanish, Portuguese, Italian, Dutch, Swedish,
   Danish, Norwegian, Polish, Czech, Hungarian, Romanian, Turkish, Finnish and Indonesian that are no English
   words. Sorted for bsearch. */
static const char *const ENGLISH[] = {"a",   "and", "are",  "as",    "at",  "be",   "by",   "for",   "from",
                                      "had", "has", "have", "he",    "his", "in",   "is",   "it",    "not",
                                      "of",  "on",  "or",   "said",  "she", "that", "the",  "they",  "this",
                                      "to",  "was", "were", "which", "who", "will", "with", "would", "you"};
static const char *const FOREIGN[] = {
    "aan", "als",  "att",  "auf", "av",    "bir",  "bu",   "che", "como", "con",  "cu",    "da",  "dans",
    "das", "de",   "dei",  "del", "della", "dem",  "der",  "des", "det",  "di",   "du",    "een", "egy",
    "ein", "eine", "el",   "en",  "er",    "est",  "et",   "fra", "het",  "hogy", "il",    "ist", "ja",
    "je",  "jest", "la",   "las", "le",    "les",  "los",  "med", "mit",  "na",   "nicht", "nie", "och",
    "og",  "os",   "para", "por", "pour",  "que",  "qui",  "se",  "som",  "sono", "sur",   "til", "um",
    "una", "und",  "une",  "ve",  "von",   "yang", "zijn", "zu"};

static int compare_word(gconstpointer key, gconstpointer element) {
  return strcmp(key, *(const char *const *)element);
}

static gboolean is_among(const char *word, const char *const *words, gsize n_words) {
  return bsearch(word, words, n_words, sizeof *words, compare_word) != NULL;
}

gboolean onr_language_is_english(const OnrDocument *doc) {
  guint n_english = 0, n_foreign = 0, n_words = 0, n_other_script = 0;
  for (guint32 i = 0; i < MIN(doc->tokens.n, MAX_TOKENS); i++) {
    const OnrToken *token = &doc->tokens.items[i];
    gsize length = onr_token_bare_end(token) - token->begin;
    if (token->kind != ONR_TOKEN_WORD)
      continue;
    n_words++;
    if ((guchar)doc->text[token->begin] >= 0xc8) { /* from U+0200: beyond Latin letters */
      n_other_script++;
      continue;
    }
    if (length >= MAX_WORD_BYTES || token->flags & ONR_TOKEN_NON_ASCII)
      continue;
    char word[MAX_WORD_BYTES] = "";
    for (gsize k = 0; k < length; k++)
      word[k] = g_ascii_tolower(doc->text[token->begin + k]);
    n_english += is_among(word, ENGLISH, G_N_ELEMENTS(ENGLISH)) ? 1 : 0;
    n_foreign += is_among(word, FOREIGN, G_N_ELEMENTS(FOREIGN)) ? 1 : 0;
  }
  gboolean is_other_script = n_other_script >= MIN_LETTERS && n_other_script * 2 > n_words;
  return !is_other_script && (n_foreign < MIN_FOREIGN || n_foreign <= n_english);
}
