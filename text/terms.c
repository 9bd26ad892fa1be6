/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/terms.h"

#include "text/chars.h"
#include "text/fold.h"
#include "text/word_key.h"

#include <string.h>
#include <utf8proc.h>

#define HASH_DIGITS 16 /* what a cut term ends in: 64 bits in hexadecimal */
#define MAX_POSTING (2 + ONR_TERM_MAX)
#define BUFFER_SIZE (32 * 1024)

G_STATIC_ASSERT(ONR_TERM_MAX <= G_MAXUINT8);

/* Postings gather in BUFFER and are moved to the caller's array when it is full. */
struct OnrTermMaker {
  OnrStemmer *stemmer;
  GString *form;  /* of a word, or of all parts of one, one after the other */
  GString *whole; /* parts with their joints */
  GString *stem;  /* of a joined word */
  GArray *parts;  /* of Part */
  const char *prefix;
  gsize prefix_length;
  OnrPostings *out;
  gsize n_used;
  char buffer[BUFFER_SIZE];
};

/* A part of a joined word: its bytes in the text and those of its form. */
typedef struct {
  OnrSpan span;
  OnrSpan form;
} Part;

OnrTermMaker *onr_term_maker_new(const char *language, GError **error) {
  OnrStemmer *stemmer = onr_stemmer_new(language, error);
  if (!stemmer)
    return NULL;
  OnrTermMaker *maker = g_new0(OnrTermMaker, 1);
  maker->stemmer = stemmer;
  maker->form = g_string_new(NULL);
  maker->whole = g_string_new(NULL);
  maker->stem = g_string_new(NULL);
  maker->parts = g_array_new(FALSE, FALSE, sizeof(Part));
  return maker;
}

void onr_term_maker_free(OnrTermMaker *maker) {
  if (!maker)
    return;
  onr_stemmer_free(maker->stemmer);
  g_string_free(maker->form, TRUE);
  g_string_free(maker->whole, TRUE);
  g_string_free(maker->stem, TRUE);
  g_array_unref(maker->parts);
  g_free(maker);
}

void onr_postings_reset(OnrPostings *postings) {
  if (postings->bytes)
    g_byte_array_set_size(postings->bytes, 0);
  postings->n_forms = 0;
}

void onr_postings_clear(OnrPostings *postings) {
  if (postings->bytes)
    g_byte_array_unref(postings->bytes);
  *postings = (OnrPostings){0};
}

/* FNV-1a: plain, and the same on every machine. */
static guint64 hash_bytes(const char *bytes, gsize length) {
  guint64 h = 0xcbf29ce484222325u;
  for (gsize i = 0; i < length; i++)
    h = (h ^ (guchar)bytes[i]) * 0x100000001b3u;
  return h;
}

static void cut_term(GString *term) {
  if (term->len <= ONR_TERM_MAX)
    return;
  guint64 hash = hash_bytes(term->str, term->len);
  gsize keep = ONR_TERM_MAX - HASH_DIGITS;
  while (keep > 0 && ((guchar)term->str[keep] & 0xc0) == 0x80)
    keep--;
  g_string_truncate(term, keep);
  g_string_append_printf(term, "%016" G_GINT64_MODIFIER "x", hash);
}

static GString *compose_term(const char *prefix, gboolean is_stem, const char *word, gsize length) {
  GString *term = g_string_new(prefix);
  if (is_stem)
    g_string_append(term, ONR_TERM_STEM);
  g_string_append_len(term, word, (gssize)length);
  cut_term(term);
  return term;
}

char *onr_term_compose(const char *prefix, gboolean is_stem, const char *word) {
  return g_string_free(compose_term(prefix, is_stem, word, strlen(word)), FALSE);
}

/* Bytes of a form up to its last part: "ex-" of ex-ministers. */
static gsize last_part(const char *form, gsize length) {
  while (length > 0 && form[length - 1] != '-' && form[length - 1] != '/')
    length--;
  return length;
}

/* The stem of a form is that of its last part: ex-ministers, ex-minist. Numbers and initialisms are their own
   stems, since an ending is no ending there. Borrowed until the next call. */
static const char *stem_of(OnrTermMaker *maker, const char *form, gsize length, gsize *stem_length) {
  gsize from = last_part(form, length);
  const char *part = form + from;
  *stem_length = length;
  if (length - from < 2 || g_ascii_isdigit(part[0]) || part[1] == '.')
    return form;
  const char *stem = onr_stem(maker->stemmer, part, length - from, stem_length);
  if (from == 0)
    return stem;
  g_string_truncate(maker->stem, 0);
  g_string_append_len(maker->stem, form, (gssize)from);
  g_string_append_len(maker->stem, stem, (gssize)*stem_length);
  *stem_length = maker->stem->len;
  return maker->stem->str;
}

static void flush(OnrTermMaker *maker) {
  g_byte_array_append(maker->out->bytes, (const guint8 *)maker->buffer, (guint)maker->n_used);
  maker->n_used = 0;
}

static void begin(OnrTermMaker *maker, const char *prefix, OnrPostings *out) {
  if (!out->bytes)
    out->bytes = g_byte_array_new();
  maker->out = out;
  maker->prefix = prefix;
  maker->prefix_length = strlen(prefix);
}

/* Flags, length and prefix of a posting for a word of LENGTH bytes that fits. Returns where the word goes;
 * room for it is there. */
static inline char *put_head(OnrTermMaker *maker, guint8 flags, gsize length) {
  char *p = maker->buffer + maker->n_used;
  *p++ = (char)flags;
  gboolean is_stem = (flags & ONR_POSTING_STEM) != 0;
  gsize total = maker->prefix_length + (is_stem ? 1 : 0) + length;
  *p++ = (char)total;
  if (maker->prefix_length > 0)
    p = (char *)memcpy(p, maker->prefix, maker->prefix_length) + maker->prefix_length;
  if (is_stem)
    *p++ = ONR_TERM_STEM[0];
  maker->n_used += 2 + total;
  return p;
}

static void put_long(OnrTermMaker *maker, guint8 flags, const char *word, gsize length) {
  GString *term = compose_term(maker->prefix, (flags & ONR_POSTING_STEM) != 0, word, length);
  char *p = maker->buffer + maker->n_used;
  p[0] = (char)flags;
  p[1] = (char)term->len;
  memcpy(p + 2, term->str, term->len);
  maker->n_used += 2 + term->len;
  g_string_free(term, TRUE);
}

/* One posting; room for it is there. */
static void put(OnrTermMaker *maker, guint8 flags, const char *word, gsize length) {
  if (maker->prefix_length + 1 + length <= ONR_TERM_MAX)
    memcpy(put_head(maker, flags, length), word, length);
  else
    put_long(maker, flags, word, length);
}

/* A form and its stem. */
static void post(OnrTermMaker *maker, gboolean is_colocated, const char *form, gsize length,
                 gboolean is_stemmed) {
  if (maker->n_used + 2 * MAX_POSTING > BUFFER_SIZE)
    flush(maker);
  gsize stem_length = length;
  const char *stem = is_stemmed ? stem_of(maker, form, length, &stem_length) : form;
  put(maker, is_colocated ? ONR_POSTING_COLOCATED : 0, form, length);
  put(maker, ONR_POSTING_COLOCATED | ONR_POSTING_STEM, stem, stem_length);
  maker->out->n_forms++;
}

/* The bytes of [begin, END) of TEXT without a final 's. */
static guint32 cut_possessive(const char *text, guint32 begin_at, guint32 end) {
  static const char *const endings[] = {"'s", "'S", "’s", "’S", "ʼs", "ʼS"};
  for (guint i = 0; i < G_N_ELEMENTS(endings); i++) {
    gsize n = strlen(endings[i]);
    if (end - begin_at > n && !memcmp(text + end - n, endings[i], n))
      return end - (guint32)n;
  }
  return end;
}

/* Appends the form of one word to OUT; the full stop that ends an initialism is no part of it, so that U.S.
 * and U.S meet. */
static void append_form(const char *text, OnrSpan span, GString *out) {
  gsize at = out->len;
  onr_fold(text + span.begin, onr_span_length(span), out);
  if (out->len > at + 1 && out->str[out->len - 1] == '.')
    g_string_truncate(out, out->len - 1);
}

/* Bytes of the hyphen or slash at P, else 0. */
static guint32 joint_length(const char *p, const char *end) {
  if (*p == '-' || *p == '/')
    return 1;
  if (end - p >= 3 && (!memcmp(p, "\xe2\x80\x90", 3) || !memcmp(p, "\xe2\x80\x91", 3)))
    return 3;
  return 0;
}

static void add_part(OnrTermMaker *maker, const char *text, guint32 begin_at, guint32 end) {
  Part part = {.span = {begin_at, cut_possessive(text, begin_at, end)}};
  part.form.begin = (guint32)maker->form->len;
  append_form(text, part.span, maker->form);
  part.form.end = (guint32)maker->form->len;
  if (onr_span_length(part.form) > 0)
    g_array_append_val(maker->parts, part);
}

/* Cuts a joined token at its hyphens and slashes into maker->parts, their forms in maker->form, and puts them
   together again in maker->whole: ex-ministers' becomes ex, ministers, ex-ministers. */
static void cut_parts(OnrTermMaker *maker, const char *text, const OnrToken *t) {
  g_string_truncate(maker->form, 0);
  g_string_truncate(maker->whole, 0);
  g_array_set_size(maker->parts, 0);
  guint32 bare_end = onr_token_bare_end(t), begin_at = t->begin;
  for (guint32 i = t->begin; i < bare_end;) {
    guint32 n = joint_length(text + i, text + bare_end);
    if (n > 0) {
      add_part(maker, text, begin_at, i);
      begin_at = i + n;
    }
    i += MAX(n, 1);
  }
  add_part(maker, text, begin_at, bare_end);
  for (guint i = 0; i < maker->parts->len; i++) {
    const Part *part = &g_array_index(maker->parts, Part, i);
    if (i > 0) /* a slash stays a slash: and/or is not and-or */
      g_string_append_c(maker->whole, text[part->span.begin - 1] == '/' ? '/' : '-');
    g_string_append_len(maker->whole, maker->form->str + part->form.begin, onr_span_length(part->form));
  }
}

static void post_joined(OnrTermMaker *maker, const char *text, const OnrToken *t) {
  cut_parts(maker, text, t);
  for (guint i = 0; i < maker->parts->len; i++) {
    const Part *part = &g_array_index(maker->parts, Part, i);
    post(maker, FALSE, maker->form->str + part->form.begin, onr_span_length(part->form), TRUE);
    if (i == 0 && maker->parts->len > 1)
      post(maker, TRUE, maker->whole->str, maker->whole->len, TRUE);
  }
}

/* The end of the character at P with the marks that stand on it. */
static const char *cluster_end(const char *p, const char *end) {
  guint n;
  onr_utf8_get(p, end, &n);
  for (p += n; p < end; p += n) {
    gint32 c = onr_utf8_get(p, end, &n);
    utf8proc_category_t category = utf8proc_category(c);
    if (category != UTF8PROC_CATEGORY_MN && category != UTF8PROC_CATEGORY_MC)
      break;
  }
  return p;
}

/* Steps through the overlapping pairs of characters of a folded run; a single one is itself. */
typedef struct {
  const char *at;
  const char *middle;
  const char *end;
} Bigrams;

static Bigrams bigrams_begin(const GString *run) {
  const char *end = run->str + run->len;
  return (Bigrams){run->str, run->len ? cluster_end(run->str, end) : end, end};
}

/* The next pair into [*BEGIN, *LAST). */
static gboolean bigrams_next(Bigrams *b, const char **from, const char **to) {
  if (b->at >= b->end)
    return FALSE;
  *from = b->at;
  *to = b->middle < b->end ? cluster_end(b->middle, b->end) : b->end;
  b->at = *to < b->end ? b->middle : b->end;
  b->middle = *to;
  return TRUE;
}

static void fold_run(OnrTermMaker *maker, const char *text, const OnrToken *t) {
  g_string_truncate(maker->form, 0);
  onr_fold(text + t->begin, t->end - t->begin, maker->form);
}

static void post_unspaced(OnrTermMaker *maker, const char *text, const OnrToken *t) {
  fold_run(maker, text, t);
  Bigrams b = bigrams_begin(maker->form);
  const char *from, *to;
  while (bigrams_next(&b, &from, &to))
    post(maker, FALSE, from, (gsize)(to - from), FALSE);
}

static void post_word(OnrTermMaker *maker, const char *text, const OnrToken *t) {
  g_string_truncate(maker->form, 0);
  append_form(text, (OnrSpan){t->begin, onr_token_bare_end(t)}, maker->form);
  if (maker->form->len > 0)
    post(maker, FALSE, maker->form->str, maker->form->len, TRUE);
}

/* The key of a short ASCII word in small letters. */
static inline OnrWordKey folded_key(const char *word, gsize length) {
  OnrWordKey key = onr_word_key(word, length);
  for (guint i = 0; i < G_N_ELEMENTS(key.part); i++)
    key.part[i] = onr_lower8(key.part[i]);
  return key;
}

/* The common case, without a copy on the way: a short ASCII word folds as its key does, straight into the
   buffer, and its stem lands beside it. */
static inline void post_plain(OnrTermMaker *maker, const char *word, gsize length, gboolean is_stemmed) {
  if (maker->n_used + 2 * MAX_POSTING > BUFFER_SIZE)
    flush(maker);
  char *form = put_head(maker, 0, length);
  OnrWordKey key = folded_key(word, length);
  for (guint i = 0; i < G_N_ELEMENTS(key.part); i++) /* padding too, which the stem overwrites */
    onr_store8(form + 8 * i, key.part[i]);
  char *stem = put_head(maker, ONR_POSTING_COLOCATED | ONR_POSTING_STEM, length);
  gsize stem_length = length;
  if (is_stemmed)
    stem_length = onr_stem_keyed(maker->stemmer, &key, form, length, stem);
  else
    memcpy(stem, form, length);
  /* the head and the place of what follows were set for a stem as long as its word */
  char *head = stem - maker->prefix_length - 3;
  head[1] = (char)(maker->prefix_length + 1 + stem_length);
  maker->n_used = (gsize)(stem + stem_length - maker->buffer);
  maker->out->n_forms++;
}

static inline gboolean is_plain(const OnrToken *t) {
  const guint8 special = ONR_TOKEN_NON_ASCII | ONR_TOKEN_JOINED | ONR_TOKEN_DOTTED | ONR_TOKEN_UNSPACED;
  return t->kind != ONR_TOKEN_MARK && !(t->flags & special) &&
         onr_token_bare_end(t) - t->begin <= ONR_WORD_KEY_MAX;
}

/* The stem of a plain word is looked up so many tokens after it is asked for. */
#define AHEAD 4

static inline void fetch_stem(const OnrTermMaker *maker, const char *text, const OnrToken *t) {
  if (!is_plain(t) || t->kind != ONR_TOKEN_WORD)
    return;
  OnrWordKey key = folded_key(text + t->begin, onr_token_bare_end(t) - t->begin);
  onr_stem_fetch(maker->stemmer, &key);
}

void onr_terms_post(OnrTermMaker *maker, const char *text, const OnrTokens *tokens, guint32 first,
                    guint32 end, const char *prefix, OnrPostings *out) {
  begin(maker, prefix, out);
  gboolean is_prefix_short = maker->prefix_length < ONR_TERM_MAX - ONR_STEM_ROOM;
  for (guint32 i = first; i < end; i++) {
    const OnrToken *t = &tokens->items[i];
    if (i + AHEAD < end)
      fetch_stem(maker, text, &tokens->items[i + AHEAD]);
    if (t->kind == ONR_TOKEN_MARK)
      continue;
    if (is_plain(t) && is_prefix_short)
      post_plain(maker, text + t->begin, onr_token_bare_end(t) - t->begin, t->kind == ONR_TOKEN_WORD);
    else if (t->flags & ONR_TOKEN_UNSPACED)
      post_unspaced(maker, text, t);
    else if (t->flags & ONR_TOKEN_JOINED)
      post_joined(maker, text, t);
    else
      post_word(maker, text, t);
  }
  flush(maker);
}

void onr_terms_post_text(OnrTermMaker *maker, const char *text, gsize length, const char *prefix,
                         OnrPostings *out) {
  g_auto(OnrTokens) tokens = {0};
  onr_tokens_scan(text, length, &tokens);
  onr_terms_post(maker, text, &tokens, 0, tokens.n, prefix, out);
}

static void query_term_clear(gpointer p) {
  OnrQueryTerm *term = p;
  g_free(term->form);
  g_free(term->stem);
}

static void add_query_term(OnrTermMaker *maker, GArray *terms, const char *form, gsize length,
                           gboolean is_stemmed, OnrSpan span) {
  gsize stem_length = length;
  const char *stem = is_stemmed ? stem_of(maker, form, length, &stem_length) : form;
  OnrQueryTerm term = {.form = g_strndup(form, length), .stem = g_strndup(stem, stem_length), .span = span};
  g_array_append_val(terms, term);
}

static void query_parts(OnrTermMaker *maker, GArray *terms) {
  for (guint i = 0; i < maker->parts->len; i++) {
    const Part *part = &g_array_index(maker->parts, Part, i);
    add_query_term(maker, terms, maker->form->str + part->form.begin, onr_span_length(part->form), TRUE,
                   part->span);
  }
}

static void query_unspaced(OnrTermMaker *maker, GArray *terms, OnrSpan span) {
  Bigrams b = bigrams_begin(maker->form);
  const char *from, *to;
  while (bigrams_next(&b, &from, &to))
    add_query_term(maker, terms, from, (gsize)(to - from), FALSE, span);
}

GArray *onr_terms_query(OnrTermMaker *maker, const char *text, gsize length, gboolean whole) {
  GArray *terms = g_array_new(FALSE, FALSE, sizeof(OnrQueryTerm));
  g_array_set_clear_func(terms, query_term_clear);
  g_auto(OnrTokens) tokens = {0};
  onr_tokens_scan(text, length, &tokens);
  for (guint32 i = 0; i < tokens.n; i++) {
    const OnrToken *t = &tokens.items[i];
    if (t->kind == ONR_TOKEN_MARK)
      continue;
    if (t->flags & ONR_TOKEN_UNSPACED) {
      fold_run(maker, text, t);
      query_unspaced(maker, terms, (OnrSpan){t->begin, t->end});
    } else if (t->flags & ONR_TOKEN_JOINED && !whole) {
      cut_parts(maker, text, t);
      query_parts(maker, terms);
    } else {
      g_autoptr(GString) form = g_string_new(NULL);
      if (onr_terms_token_form(maker, text, t, form, NULL))
        add_query_term(maker, terms, form->str, form->len, TRUE, (OnrSpan){t->begin, t->end});
    }
  }
  return terms;
}

gboolean onr_terms_token_form(OnrTermMaker *maker, const char *text, const OnrToken *token, GString *form,
                              GString *stem) {
  if (token->kind == ONR_TOKEN_MARK)
    return FALSE;
  g_string_truncate(form, 0);
  gboolean is_unspaced = (token->flags & ONR_TOKEN_UNSPACED) != 0;
  if (is_unspaced) {
    onr_fold(text + token->begin, token->end - token->begin, form);
  } else if (token->flags & ONR_TOKEN_JOINED) {
    cut_parts(maker, text, token);
    g_string_append_len(form, maker->whole->str, (gssize)maker->whole->len);
  } else {
    append_form(text, (OnrSpan){token->begin, onr_token_bare_end(token)}, form);
  }
  if (stem) {
    gsize length = form->len;
    const char *s = is_unspaced ? form->str : stem_of(maker, form->str, form->len, &length);
    g_string_truncate(stem, 0);
    g_string_append_len(stem, s, (gssize)length);
  }
  return form->len > 0;
}
