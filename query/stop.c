/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "query/stop.h"

#include <stdlib.h>
#include <string.h>

/* Closed-class words, as they fold; in byte order. */
static const char *const words[] = {
    "a",       "about",      "above",     "after",    "again",      "against", "all",       "also",
    "am",      "an",         "and",       "any",      "are",        "aren't",  "as",        "at",
    "be",      "because",    "been",      "before",   "being",      "below",   "between",   "both",
    "but",     "by",         "can",       "can't",    "cannot",     "could",   "couldn't",  "did",
    "didn't",  "do",         "does",      "doesn't",  "doing",      "don't",   "done",      "down",
    "during",  "each",       "few",       "for",      "from",       "further", "had",       "hadn't",
    "has",     "hasn't",     "have",      "haven't",  "having",     "he",      "he'd",      "he'll",
    "he's",    "her",        "here",      "here's",   "hers",       "herself", "him",       "himself",
    "his",     "how",        "how's",     "i",        "i'd",        "i'll",    "i'm",       "i've",
    "if",      "in",         "into",      "is",       "isn't",      "it",      "it's",      "its",
    "itself",  "let's",      "may",       "me",       "might",      "mine",    "more",      "most",
    "must",    "mustn't",    "my",        "myself",   "no",         "nor",     "not",       "of",
    "off",     "on",         "once",      "only",     "onto",       "or",      "other",     "ought",
    "our",     "ours",       "ourselves", "out",      "over",       "own",     "same",      "shall",
    "shan't",  "she",        "she'd",     "she'll",   "she's",      "should",  "shouldn't", "so",
    "some",    "such",       "than",      "that",     "that's",     "the",     "their",     "theirs",
    "them",    "themselves", "then",      "there",    "there's",    "these",   "they",      "they'd",
    "they'll", "they're",    "they've",   "this",     "those",      "through", "to",        "too",
    "under",   "until",      "up",        "upon",     "us",         "very",    "was",       "wasn't",
    "we",      "we'd",       "we'll",     "we're",    "we've",      "were",    "weren't",   "what",
    "what's",  "when",       "when's",    "where",    "where's",    "which",   "while",     "who",
    "who's",   "whom",       "whose",     "why",      "why's",      "will",    "with",      "within",
    "without", "won't",      "would",     "wouldn't", "you",        "you'd",   "you'll",    "you're",
    "you've",  "your",       "yours",     "yourself", "yourselves",
};

static int compare(const void *key, const void *element) {
  return strcmp(key, *(const char *const *)element);
}

gboolean onr_is_stop_word(const char *form) {
  return bsearch(form, words, G_N_ELEMENTS(words), sizeof words[0], compare) != NULL;
}
