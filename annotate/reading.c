/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/reading.h"

#include "text/fold.h"

#include <string.h>

/* Longer words are in no list; they get a key, but are not looked up. */
#define LISTED_WORD_MAX 48
/* A word this long is no word: its key is made of its beginning alone, so that a text of one word costs no
 * more than any other. */
#define KEYED_BYTES_MAX ONR_READING_FOLD_BYTES

void onr_reading_init(OnrReading *reading, const OnrLexicon *lexicon) {
  memset(reading, 0, sizeof *reading);
  reading->lexicon = lexicon;
  reading->quoted = g_array_new(FALSE, FALSE, sizeof(OnrQuoted));
  reading->fold = g_string_sized_new(256);
}

void onr_reading_clear(OnrReading *reading) {
  g_free(reading->words);
  g_free(reading->headlines);
  if (reading->quoted)
    g_array_unref(reading->quoted);
  if (reading->fold)
    g_string_free(reading->fold, TRUE);
  memset(reading, 0, sizeof *reading);
}

/* A word folded: its bytes, borrowed until the next one, and their key. */
typedef struct {
  const char *bytes;
  gsize length;
  guint64 key;
} Folded;

static gsize keyed_length(const char *p, gsize n) {
  if (n > 1 && p[n - 1] == '.')
    n--;
  if (n > KEYED_BYTES_MAX) {
    n = KEYED_BYTES_MAX;
    while (n && (p[n] & 0xc0) == 0x80)
      n--;
  }
  return n;
}

/* LENGTH bytes of ASCII, eight at a time; OUT has room for a multiple of eight. */
static Folded fold_ascii(const char *p, gsize length, char *out) {
  guint64 hash = onr_word_key_begin(length);
  for (gsize i = 0; i < length; i += 8) {
    guint64 bytes = onr_lower8(onr_load_up_to_8(p + i, length - i));
    onr_store8(out + i, bytes);
    hash = onr_word_key_add(hash, bytes);
  }
  return (Folded){out, length, hash | 1};
}

/* The bare form of a word. */
static Folded fold(OnrReading *r, const OnrToken *t) {
  const char *p = r->doc->text + t->begin;
  gsize n = keyed_length(p, onr_token_bare_end(t) - t->begin);
  if (!(t->flags & ONR_TOKEN_NON_ASCII))
    return fold_ascii(p, n, r->ascii);
  g_string_truncate(r->fold, 0);
  onr_fold(p, n, r->fold);
  return (Folded){r->fold->str, r->fold->len, onr_word_key(r->fold->str, r->fold->len)};
}

/* front-runner, then-president, 42-year-old: what the last part is, the whole is. */
static void look_up_last_part(OnrReading *r, const char *word, gsize length, OnrWord *w) {
  const char *dash = g_strrstr_len(word, (gssize)length, "-");
  if (!dash)
    return;
  const OnrLexeme *entry =
      onr_lexicon_find(r->lexicon, onr_word_key(dash + 1, length - (gsize)(dash + 1 - word)));
  if (entry)
    w->classes |=
        entry->classes & (ONR_WORD_ROLE | ONR_WORD_PEOPLE | ONR_WORD_PLURAL | ONR_WORD_DOCUMENT |
                          ONR_WORD_BODY | ONR_WORD_TITLE | ONR_WORD_MALE | ONR_WORD_FEMALE | ONR_WORD_TIME);
}

/* What the form of a word that no list has says of it. */
static void guess(OnrReading *r, const OnrToken *t, OnrWord *w) {
  const Folded folded = fold(r, t);
  const char *word = folded.bytes;
  gsize length = folded.length;
  if (length > LISTED_WORD_MAX)
    return;
  if (t->flags & ONR_TOKEN_JOINED) {
    look_up_last_part(r, word, length, w);
  } else if (length > 3 && memcmp(word + length - 2, "ly", 2) == 0) {
    w->classes = ONR_WORD_ADVERB;
  } else if (length > 4 && memcmp(word + length - 3, "ing", 3) == 0) {
    w->forms = ONR_FORM_ING;
  } else if (length > 4 && memcmp(word + length - 2, "ed", 2) == 0) {
    w->forms = ONR_FORM_PAST | ONR_FORM_PARTICIPLE;
  }
}

static void look_up(OnrReading *r, const OnrToken *t, OnrWord *w) {
  const OnrLexeme *entry = onr_lexicon_find(r->lexicon, w->key);
  if (entry) {
    w->classes = entry->n_words == 1 ? entry->classes : 0;
    w->cue = entry->cue;
    w->forms = entry->forms;
  } else {
    guess(r, t, w);
  }
  if (t->possessive && w->classes & (ONR_WORD_PRONOUN | ONR_WORD_WH | ONR_WORD_THAT))
    w->classes |= ONR_WORD_CONTRACTED; /* he's, who's: not his, whose */
}

/* All keys first, so that their entries are there when they are looked up. */
static void look_up_all(OnrReading *r) {
  const OnrToken *tokens = r->doc->tokens.items;
  for (guint32 i = 0; i < r->n; i++) {
    if (tokens[i].kind == ONR_TOKEN_MARK)
      continue;
    r->words[i].key = fold(r, &tokens[i]).key;
    onr_lexicon_fetch(r->lexicon, r->words[i].key);
  }
  for (guint32 i = 0; i < r->n; i++)
    if (tokens[i].kind != ONR_TOKEN_MARK)
      look_up(r, &tokens[i], &r->words[i]);
}

static gboolean same_line(const char *a, gsize a_length, const char *b, gsize b_length) {
  while (a_length && strchr(" .\t\n", a[a_length - 1]))
    a_length--;
  while (b_length && strchr(" .\t\n", b[b_length - 1]))
    b_length--;
  if (!a_length || a_length != b_length)
    return FALSE;
  g_autofree char *x = onr_fold_dup(a, (gssize)a_length), *y = onr_fold_dup(b, (gssize)b_length);
  return strcmp(x, y) == 0;
}

static guint32 headline_tokens(const OnrReading *r) {
  const char *title = r->header ? r->header->title : NULL;
  if (!title || !r->doc->n_paragraphs)
    return 0;
  const OnrParagraph *first = &r->doc->paragraphs[0];
  title += strspn(title, " \t\n");
  return same_line(r->doc->text + first->span.begin, onr_span_length(first->span), title, strlen(title))
             ? first->end_token
             : 0;
}

void onr_reading_set(OnrReading *r, const OnrDocument *doc, const OnrArticleHeader *header) {
  r->doc = doc;
  r->header = header;
  r->n = doc->tokens.n;
  if (r->n > r->capacity) {
    r->capacity = r->n + r->n / 2;
    g_free(r->words);
    r->words = g_new(OnrWord, r->capacity);
  }
  if (r->n)
    memset(r->words, 0, r->n * sizeof *r->words);
  look_up_all(r);
  r->n_headline = headline_tokens(r);
  onr_reading_find_marks(r);
  onr_reading_tag(r);
}

guint32 onr_reading_token_from(const OnrReading *r, guint32 offset) {
  guint32 low = 0, high = r->n;
  while (low < high) {
    guint32 mid = (low + high) / 2;
    if (onr_reading_token(r, mid)->begin < offset)
      low = mid + 1;
    else
      high = mid;
  }
  return low;
}

const char *onr_reading_text(const OnrReading *r, OnrSpan tokens, GStringChunk *chunk) {
  g_autoptr(GString) s = g_string_new(NULL);
  for (guint32 i = tokens.begin; i < tokens.end; i++) {
    const OnrToken *t = onr_reading_token(r, i);
    if (i > tokens.begin && t->flags & (ONR_TOKEN_SPACE_BEFORE | ONR_TOKEN_LINE_BEFORE))
      g_string_append_c(s, ' ');
    guint32 end = i + 1 == tokens.end ? onr_token_bare_end(t) : t->end;
    g_string_append_len(s, r->doc->text + t->begin, (gssize)(end - t->begin));
  }
  return g_string_chunk_insert_len(chunk, s->str, (gssize)s->len);
}

guint32 onr_reading_match(const OnrReading *r, guint32 i, guint32 end, guint64 classes,
                          const OnrLexeme **entry) {
  guint32 best = 0;
  guint64 key = 0;
  guint32 n_words = 0;
  for (guint32 j = i; j < end && n_words < ONR_PHRASE_MAX; j++) {
    if (n_words && n_words < 3 && onr_reading_is_mark(r, j, '.') &&
        r->doc->tokens.items[j - 1].end - r->doc->tokens.items[j - 1].begin <= 4)
      continue; /* St. Louis */
    if (!r->words[j].key)
      break;
    key = n_words++ ? onr_phrase_key(key, r->words[j].key) : r->words[j].key;
    const OnrLexeme *found = onr_lexicon_find(r->lexicon, key);
    if (!found || found->n_words != n_words)
      break;
    if (found->classes & classes) {
      best = j + 1 - i;
      if (entry)
        *entry = found;
    }
    if (!(found->classes & ONR_WORD_STARTS_PHRASE) || r->doc->tokens.items[j].possessive)
      break;
  }
  return best;
}
