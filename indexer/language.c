/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/language.h"

#include "text/bytes.h"

#define MAX_TOKENS 600 /* looked at, from the beginning */
#define MIN_FOREIGN 6  /* places of other languages' words that show something */
#define MIN_LETTERS 20 /* words in another script that do */
#define WORD_SIZE 8    /* bytes; no word of the lists is longer than 7 */

/* The commonest words of English, and such of French, German, Spanish, Portuguese, Italian, Dutch, Swedish,
   Danish, Norwegian, Polish, Czech, Hungarian, Romanian, Turkish, Finnish and Indonesian that are no English
   words. Sorted, since they are searched by halves. */
static const char ENGLISH[][WORD_SIZE] = {
    "a",   "and",  "are",  "as", "at",  "be",   "by",    "for", "from", "had",  "has",   "have",
    "he",  "his",  "in",   "is", "it",  "not",  "of",    "on",  "or",   "said", "she",   "that",
    "the", "they", "this", "to", "was", "were", "which", "who", "will", "with", "would", "you"};
static const char FOREIGN[][WORD_SIZE] = {
    "aan", "als",  "att",  "auf", "av",    "bir",  "bu",   "che", "como", "con",  "cu",    "da",  "dans",
    "das", "de",   "dei",  "del", "della", "dem",  "der",  "des", "det",  "di",   "du",    "een", "egy",
    "ein", "eine", "el",   "en",  "er",    "est",  "et",   "fra", "het",  "hogy", "il",    "ist", "ja",
    "je",  "jest", "la",   "las", "le",    "les",  "los",  "med", "mit",  "na",   "nicht", "nie", "och",
    "og",  "os",   "para", "por", "pour",  "que",  "qui",  "se",  "som",  "sono", "sur",   "til", "um",
    "una", "und",  "une",  "ve",  "von",   "yang", "zijn", "zu"};

/* A number that sorts as the zero-padded bytes of WORD do. */
static inline guint64 number_of(const char *word) {
  return GUINT64_FROM_BE(onr_load8(word));
}

static gboolean is_among(guint64 word, const char (*words)[WORD_SIZE], gsize n_words) {
  while (n_words > 1) {
    gsize half = n_words / 2;
    words = number_of(words[half]) <= word ? words + half : words;
    n_words -= half;
  }
  return number_of(*words) == word;
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
    if (length >= WORD_SIZE || token->flags & ONR_TOKEN_NON_ASCII)
      continue;
    char padded[WORD_SIZE];
    onr_store8(padded, onr_lower8(onr_load_up_to_8(doc->text + token->begin, length)));
    guint64 word = number_of(padded);
    n_english += is_among(word, ENGLISH, G_N_ELEMENTS(ENGLISH)) ? 1 : 0;
    n_foreign += is_among(word, FOREIGN, G_N_ELEMENTS(FOREIGN)) ? 1 : 0;
  }
  gboolean is_other_script = n_other_script >= MIN_LETTERS && n_other_script * 2 > n_words;
  return !is_other_script && (n_foreign < MIN_FOREIGN || n_foreign <= n_english);
}
