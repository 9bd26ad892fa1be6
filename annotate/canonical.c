/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/canonical.h"

#include "annotate/kinds.h"
#include "annotate/phrases.h"
#include "annotate/tables/words.h"

#include <string.h>

gboolean onr_reading_opens_sentence(const OnrReading *r, guint32 i) {
  if (i == 0)
    return TRUE;
  guint8 before = r->words[i - 1].tag;
  return onr_reading_token(r, i)->flags & ONR_TOKEN_LINE_BEFORE || before == ONR_TAG_STOP ||
         before == ONR_TAG_QUOTE || before == ONR_TAG_COLON || before == ONR_TAG_DASH ||
         before == ONR_TAG_OPEN;
}

guint32 onr_canonical_end(const OnrReading *r, const OnrName *name) {
  const OnrToken *last = onr_reading_token(r, name->end - 1);
  return name->head ? last->begin + name->head : onr_token_bare_end(last);
}

static const char *text_of(const OnrReading *r, const OnrName *name, GStringChunk *chunk) {
  const char *text = onr_reading_text(r, (OnrSpan){name->begin, name->end}, chunk);
  guint32 beyond = onr_token_bare_end(onr_reading_token(r, name->end - 1)) - onr_canonical_end(r, name);
  return beyond ? g_string_chunk_insert_len(chunk, text, (gssize)(strlen(text) - beyond)) : text;
}

const char *onr_canonical_words(const OnrReading *r, OnrSpan name, GStringChunk *chunk) {
  GString *out = g_string_new(NULL);
  for (guint32 i = name.begin; i < name.end; i++) {
    const OnrToken *t = onr_reading_token(r, i);
    const char *word = r->doc->text + t->begin;
    gboolean is_shouted =
        t->flags & ONR_TOKEN_ALL_CAPS && (t->end - t->begin > 2 || onr_reading_equals_any(r, i, "jr sr"));
    gsize first = is_shouted ? (gsize)(g_utf8_next_char(word) - word) : onr_token_bare_end(t) - t->begin;
    g_autofree char *small = g_utf8_strdown(word + first, (gssize)(onr_token_bare_end(t) - t->begin - first));
    for (char *p = small; *p; p++)
      if (*p == '-' || (*p == '\'' && p == small))
        p[1] = g_ascii_toupper(p[1]); /* Jean-Luc, O'Brien */
    if (g_str_has_prefix(small, "’"))
      small[strlen("’")] = g_ascii_toupper(small[strlen("’")]);
    if (g_ascii_toupper(word[0]) == 'M' && small[0] == 'c' && strlen(small) > 3)
      small[1] = g_ascii_toupper(small[1]); /* McCain */
    if (t->kind == ONR_TOKEN_WORD && out->len)
      g_string_append_c(out, ' ');
    g_string_append_len(out, word, (gssize)first);
    g_string_append(out, small);
  }
  const char *kept = g_string_chunk_insert(chunk, out->str);
  g_string_free(out, TRUE);
  return kept;
}

/* JOHN SMITH, but not JFK. */
static gboolean is_shouted(const OnrReading *r, const OnrName *name) {
  const OnrToken *last = onr_reading_token(r, name->end - 1);
  return last->flags & ONR_TOKEN_ALL_CAPS && !name->head &&
         g_utf8_strlen(r->doc->text + last->begin, (gssize)(last->end - last->begin)) > 3;
}

/* News agencies that articles call by their letters alone. */
static const OnrKnownName agencies[] = {{"ap", "Associated Press"},
                                        {"afp", "Agence France-Presse"},
                                        {"upi", "United Press International"},
                                        {NULL, NULL}};

static const char *find_known_name(const OnrKnownName *known, const OnrReading *r, guint32 i) {
  for (; known->surname; known++)
    if (onr_reading_equals(r, i, known->surname))
      return known->name;
  return NULL;
}

/* "Derelict Obama" at a sentence's begin, of whom the rest of the article speaks as Obama. */
static gboolean has_stray_word(const OnrReading *r, const OnrName *name) {
  return name->n_words == 2 && name->type == ONR_ENTITY_PERSON && !name->has_title &&
         onr_reading_opens_sentence(r, name->begin) && !(r->words[name->begin].classes & ONR_WORD_GIVEN) &&
         !onr_reading_is_initial(r, name->begin);
}

/* "President Obama", of whom the article says no more: the name that readers know him by, else NULL. */
static const char *known_name(const OnrReading *r, const OnrName *name, OnrEntityType type,
                              gboolean is_president) {
  if (type == ONR_ENTITY_ORG && name->n_words == 1)
    return find_known_name(agencies, r, name->begin);
  gboolean is_bare = name->n_words == 1 || has_stray_word(r, name);
  return type == ONR_ENTITY_PERSON && is_president && is_bare
             ? find_known_name(onr_presidents, r, name->end - 1)
             : NULL;
}

const char *onr_canonical_name(const OnrReading *r, const OnrName *name, OnrEntityType type,
                               gboolean is_president, GStringChunk *chunk) {
  const char *known = known_name(r, name, type, is_president);
  if (known)
    return g_string_chunk_insert_const(chunk, known);
  return type == ONR_ENTITY_PERSON && is_shouted(r, name)
             ? onr_canonical_words(r, (OnrSpan){name->begin, name->end}, chunk)
             : text_of(r, name, chunk);
}
