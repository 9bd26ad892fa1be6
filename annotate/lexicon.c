/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/lexicon.h"

#include "annotate/cues.h"
#include "annotate/inflect.h"
#include "annotate/tables/words.h"

#include <string.h>

/* Over twice the entries that the lists make, so that probes stay short; growth is checked when entries are
 * added. */
#define INITIAL_SLOTS 65536

struct OnrLexicon {
  OnrLexeme *slots;
  guint32 n_slots; /* a power of two */
  guint32 n;
};

guint64 onr_word_key(const char *folded, gsize length) {
  guint64 hash = onr_word_key_begin(length);
  for (gsize i = 0; i < length; i += 8)
    hash = onr_word_key_add(hash, onr_load_up_to_8(folded + i, length - i));
  return hash | 1;
}

static guint32 first_slot(const OnrLexicon *lexicon, guint64 key) {
  return (guint32)(key * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) >> 32) & (lexicon->n_slots - 1);
}

static guint32 slot_of(const OnrLexicon *lexicon, guint64 key) {
  guint32 mask = lexicon->n_slots - 1, i = first_slot(lexicon, key);
  while (lexicon->slots[i].key && lexicon->slots[i].key != key)
    i = (i + 1) & mask;
  return i;
}

void onr_lexicon_fetch(const OnrLexicon *lexicon, guint64 key) {
  __builtin_prefetch(&lexicon->slots[first_slot(lexicon, key)]);
}

const OnrLexeme *onr_lexicon_find(const OnrLexicon *lexicon, guint64 key) {
  const OnrLexeme *slot = &lexicon->slots[slot_of(lexicon, key)];
  return slot->key ? slot : NULL;
}

static void grow(OnrLexicon *lexicon) {
  OnrLexeme *old = lexicon->slots;
  guint32 n_old = lexicon->n_slots;
  lexicon->n_slots = n_old * 2;
  lexicon->slots = g_new0(OnrLexeme, lexicon->n_slots);
  for (guint32 i = 0; i < n_old; i++)
    if (old[i].key)
      lexicon->slots[slot_of(lexicon, old[i].key)] = old[i];
  g_free(old);
}

static OnrLexeme *put(OnrLexicon *lexicon, guint64 key, guint8 n_words) {
  if (lexicon->n * 3 > lexicon->n_slots * 2)
    grow(lexicon);
  OnrLexeme *slot = &lexicon->slots[slot_of(lexicon, key)];
  if (!slot->key) {
    slot->key = key;
    slot->n_words = n_words;
    lexicon->n++;
  }
  return slot;
}

/* WORD may be a phrase, its words joined by '_'; every beginning of a phrase gets an entry, so that a match
 * can stop at the first word that leads nowhere. */
static OnrLexeme *put_phrase(OnrLexicon *lexicon, const char *word, gsize length) {
  const char *end = word + length;
  guint64 key = 0;
  guint8 n_words = 0;
  OnrLexeme *entry = NULL;
  for (const char *p = word; p < end;) {
    const char *stop = memchr(p, '_', (gsize)(end - p));
    gsize n = (gsize)((stop ? stop : end) - p);
    if (entry)
      entry->classes |= ONR_WORD_STARTS_PHRASE;
    guint64 part = onr_word_key(p, n);
    key = n_words ? onr_phrase_key(key, part) : part;
    entry = put(lexicon, key, ++n_words);
    p += n + 1;
  }
  return entry;
}

static void put_words(OnrLexicon *lexicon, const OnrWordList *list) {
  for (const char *p = list->words; *p;) {
    gsize n = strcspn(p, " ");
    if (n) {
      OnrLexeme *entry = put_phrase(lexicon, p, n);
      if (entry)
        entry->classes |= list->classes;
    }
    p += n;
    p += strspn(p, " ");
  }
}

static void put_form(OnrLexicon *lexicon, const char *form, guint8 forms, gboolean is_noun, guint16 cue) {
  OnrLexeme *entry = put(lexicon, onr_word_key(form, strlen(form)), 1);
  entry->classes |= ONR_WORD_VERB | (is_noun ? ONR_WORD_NOUN : 0);
  entry->forms |= forms;
  if (cue)
    entry->cue = cue;
}

static void put_verb(OnrLexicon *lexicon, const OnrVerb *verb, guint16 cue) {
  g_autofree char *s = onr_verb_s_form(verb), *ing = onr_verb_ing_form(verb);
  put_form(lexicon, verb->lemma, ONR_FORM_BASE, verb->is_noun, cue);
  put_form(lexicon, s, ONR_FORM_S, verb->is_noun, cue);
  put_form(lexicon, verb->past, ONR_FORM_PAST, FALSE, cue);
  put_form(lexicon, verb->participle, ONR_FORM_PARTICIPLE, FALSE, cue);
  put_form(lexicon, ing, ONR_FORM_ING, FALSE, cue);
}

/* Index + 1 of the first cue row of each lemma. */
static GHashTable *cue_rows(void) {
  GHashTable *rows = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = onr_n_cue_verbs; i-- > 0;)
    g_hash_table_insert(rows, (gpointer)onr_cue_verbs[i].lemma, GUINT_TO_POINTER(i + 1));
  return rows;
}

static void put_verbs(OnrLexicon *lexicon) {
  g_autoptr(GHashTable) cues = cue_rows();
  g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; onr_verb_lists[i]; i++) {
    g_auto(GStrv) words = g_strsplit(onr_verb_lists[i], " ", -1);
    for (guint w = 0; words[w]; w++) {
      g_auto(OnrVerb) verb = {0};
      if (!onr_verb_parse(words[w], &verb))
        continue;
      put_verb(lexicon, &verb, (guint16)GPOINTER_TO_UINT(g_hash_table_lookup(cues, verb.lemma)));
      g_hash_table_add(seen, g_strdup(verb.lemma));
    }
  }
  for (guint i = 0; i < onr_n_cue_verbs; i++) {
    const char *lemma = onr_cue_verbs[i].lemma;
    g_auto(OnrVerb) verb = {0};
    if (g_hash_table_add(seen, g_strdup(lemma)) && onr_verb_parse(lemma, &verb))
      put_verb(lexicon, &verb, (guint16)GPOINTER_TO_UINT(g_hash_table_lookup(cues, lemma)));
  }
}

static void put_nouns(OnrLexicon *lexicon) {
  for (guint i = 0; i < onr_n_cue_nouns; i++) {
    const char *lemma = onr_cue_nouns[i].lemma;
    OnrVerb noun = {.lemma = (char *)lemma};
    g_autofree char *plural = onr_verb_s_form(&noun);
    put(lexicon, onr_word_key(lemma, strlen(lemma)), 1)->classes |= ONR_WORD_CUE_NOUN;
    put(lexicon, onr_word_key(plural, strlen(plural)), 1)->classes |= ONR_WORD_CUE_NOUN;
  }
  for (guint i = 0; i < onr_n_cue_adjectives; i++) {
    const char *lemma = onr_cue_adjectives[i].lemma;
    put(lexicon, onr_word_key(lemma, strlen(lemma)), 1)->classes |= ONR_WORD_CUE_ADJECTIVE;
  }
}

OnrLexicon *onr_lexicon_new(void) {
  OnrLexicon *lexicon = g_new0(OnrLexicon, 1);
  lexicon->n_slots = INITIAL_SLOTS;
  lexicon->slots = g_new0(OnrLexeme, INITIAL_SLOTS);
  put_verbs(lexicon);
  put_nouns(lexicon);
  for (guint i = 0; i < onr_n_word_lists; i++)
    put_words(lexicon, &onr_word_lists[i]);
  for (guint i = 0; i < onr_n_common_lists; i++)
    put_words(lexicon, &onr_common_lists[i]);
  for (guint i = 0; i < onr_n_gazetteer; i++)
    put_words(lexicon, &onr_gazetteer[i]);
  for (guint i = 0; i < onr_n_name_lists; i++)
    put_words(lexicon, &onr_name_lists[i]);
  return lexicon;
}

void onr_lexicon_free(OnrLexicon *lexicon) {
  if (!lexicon)
    return;
  g_free(lexicon->slots);
  g_free(lexicon);
}
