/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "identity/signature.h"

#include "text/fold.h"

#include <string.h>

#define NEAR 25 /* tokens either side */
#define CLOSE 6
#define TELLING 30  /* rarity of words that say what a text is about: in 15 % of articles at most */
#define MAX_TIMES 3 /* more often a word counts no more */
#define MAX_WEIGHT (MAX_TIMES * 255)

/* A token's: RARITY is the bucket's in the model's table, 0 where it is no word that tells anything. */
typedef struct {
  guint16 bucket;
  guint8 rarity;
} Word;

struct OnrSignatureMaker {
  const OnrIdentityModel *model;
  const OnrDocument *doc;
  GArray *words;    /* Word: by token */
  GArray *mentions; /* OnrSpan: the tokens of a name's mentions */
  guint8 *times;    /* by bucket; all 0 between calls */
  guint n_touched;
  guint16 *touched, *equals;               /* buckets whose times are not 0, and some of them; room for all */
  guint64 members[ONR_N_BUCKETS / 64];     /* scratch: a bit a bucket … */
  guint64 filled[ONR_N_BUCKETS / 64 / 64]; /* … and one for each of these that is not 0 */
  GString *folded;
};

OnrSignatureMaker *onr_signature_maker_new(const OnrIdentityModel *model) {
  OnrSignatureMaker *maker = g_new0(OnrSignatureMaker, 1);
  maker->model = model;
  maker->words = g_array_new(FALSE, FALSE, sizeof(Word));
  maker->times = g_new0(guint8, ONR_N_BUCKETS);
  maker->mentions = g_array_new(FALSE, FALSE, sizeof(OnrSpan));
  maker->touched = g_new(guint16, ONR_N_BUCKETS);
  maker->equals = g_new(guint16, ONR_N_BUCKETS);
  maker->folded = g_string_new(NULL);
  return maker;
}

void onr_signature_maker_free(OnrSignatureMaker *maker) {
  if (!maker)
    return;
  g_array_unref(maker->words);
  g_array_unref(maker->mentions);
  g_free(maker->touched);
  g_free(maker->times);
  g_free(maker->equals);
  g_string_free(maker->folded, TRUE);
  g_free(maker);
}

/* --- words --- */

static guint16 bucket_of(const char *text, gsize length, gboolean is_ascii, GString *folded) {
  g_string_set_size(folded, length);
  if (is_ascii) {
    onr_fold_ascii(text, length, folded->str);
  } else {
    g_string_truncate(folded, 0);
    onr_fold(text, length, folded);
  }
  return onr_bucket(folded->str, folded->len);
}

gboolean onr_signature_word(const char *text, const OnrToken *t, GString *scratch, guint16 *bucket) {
  gsize length = onr_token_bare_end(t) - t->begin;
  if (t->kind != ONR_TOKEN_WORD || length < 2)
    return FALSE;
  *bucket = bucket_of(text + t->begin, length, !(t->flags & ONR_TOKEN_NON_ASCII), scratch);
  return TRUE;
}

static Word word_of(const OnrSignatureMaker *maker, const char *text, const OnrToken *t) {
  Word word = {0};
  if (onr_signature_word(text, t, maker->folded, &word.bucket))
    word.rarity = maker->model->tables->words[word.bucket];
  return word;
}

void onr_signature_read(OnrSignatureMaker *maker, const OnrDocument *doc) {
  maker->doc = doc;
  g_array_set_size(maker->words, doc->tokens.n);
  for (guint32 i = 0; i < doc->tokens.n; i++)
    g_array_index(maker->words, Word, i) = word_of(maker, doc->text, &doc->tokens.items[i]);
}

static void count(OnrSignatureMaker *maker, guint16 bucket) {
  if (!maker->times[bucket])
    maker->touched[maker->n_touched++] = bucket;
  if (maker->times[bucket] < MAX_TIMES)
    maker->times[bucket]++;
}

/* The words of tokens BEGIN to END of at least LEAST rarity. */
static void count_words(OnrSignatureMaker *maker, guint32 begin, guint32 end, guint8 least) {
  const Word *words = (const Word *)(gconstpointer)maker->words->data;
  for (guint32 i = begin; i < end; i++)
    if (words[i].rarity && words[i].rarity >= least)
      count(maker, words[i].bucket);
}

static void forget_counts(OnrSignatureMaker *maker) {
  for (guint i = 0; i < maker->n_touched; i++)
    maker->times[maker->touched[i]] = 0;
  maker->n_touched = 0;
}

/* --- choosing --- */

static guint weight_of(const OnrSignatureMaker *maker, const guint8 *table, guint16 bucket) {
  return (guint)maker->times[bucket] * table[bucket];
}

/* The weight that MOST buckets at most are above. */
static guint least_weight(const OnrSignatureMaker *maker, const guint8 *table, guint most) {
  if (maker->n_touched <= most)
    return 0;
  guint n_of[MAX_WEIGHT + 1] = {0}, n = 0, weight = MAX_WEIGHT;
  for (guint i = 0; i < maker->n_touched; i++)
    n_of[weight_of(maker, table, maker->touched[i])]++;
  while (weight > 1 && n + n_of[weight] <= most)
    n += n_of[weight--];
  return weight;
}

/* BUCKETS, no two of which are the same, in order: each sets its bit, and the bits are read. */
static void sort_buckets(OnrSignatureMaker *maker, guint16 *buckets, guint n) {
  for (guint i = 0; i < n; i++) {
    guint member = buckets[i] / 64u;
    maker->members[member] |= (guint64)1 << buckets[i] % 64;
    maker->filled[member / 64] |= (guint64)1 << member % 64;
  }
  n = 0;
  for (guint k = 0; k < G_N_ELEMENTS(maker->filled); k++)
    for (guint64 *filled = &maker->filled[k]; *filled; *filled &= *filled - 1) {
      guint member = k * 64 + (guint)__builtin_ctzll(*filled);
      for (guint64 *bits = &maker->members[member]; *bits; *bits &= *bits - 1)
        buckets[n++] = (guint16)(member * 64 + (guint)__builtin_ctzll(*bits));
    }
}

/* Of the buckets that were counted the MOST with the highest weight in TABLE, of equals the lowest, as a list
   at OUT. Returns its bytes; the counts are gone. */
static gsize choose(OnrSignatureMaker *maker, const guint8 *table, guint most, guint8 *out) {
  const guint16 *all = maker->touched;
  guint16 chosen[G_MAXUINT8];
  guint n = 0, n_equals = 0, least = least_weight(maker, table, most);
  for (guint i = 0; i < maker->n_touched; i++) {
    guint weight = weight_of(maker, table, all[i]);
    if (weight > least)
      chosen[n++] = all[i];
    else if (weight == least && weight)
      maker->equals[n_equals++] = all[i];
  }
  if (n < most)
    sort_buckets(maker, maker->equals, n_equals);
  for (guint i = 0; i < n_equals && n < most; i++)
    chosen[n++] = maker->equals[i];
  sort_buckets(maker, chosen, n);
  out[0] = (guint8)n;
  for (guint i = 0; i < n; i++) {
    out[1 + 2 * i] = (guint8)chosen[i];
    out[2 + 2 * i] = (guint8)(chosen[i] >> 8);
  }
  forget_counts(maker);
  return 1 + 2 * n;
}

/* --- names --- */

static guint32 token_after(const OnrDocument *doc, guint32 offset) {
  guint32 low = 0, high = doc->tokens.n;
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (doc->tokens.items[middle].end <= offset)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* The tokens of SPANS, in maker->mentions. */
static void find_mentions(OnrSignatureMaker *maker, const OnrSpan *spans, guint n) {
  g_array_set_size(maker->mentions, n);
  for (guint i = 0; i < n; i++)
    g_array_index(maker->mentions, OnrSpan, i) =
        (OnrSpan){token_after(maker->doc, spans[i].begin), token_after(maker->doc, spans[i].end)};
}

/* Words of at least LEAST rarity within WINDOW tokens of the mentions of SPANS; windows that
 * overlap count once. */
static void count_around(OnrSignatureMaker *maker, const OnrSpan *spans, guint32 window, guint8 least) {
  const OnrTokens *tokens = &maker->doc->tokens;
  const OnrSpan *mentions = (const OnrSpan *)(gconstpointer)maker->mentions->data;
  guint32 done = 0; /* tokens before it were counted */
  for (guint i = 0; i < maker->mentions->len; i++) {
    guint32 begin = mentions[i].begin > window ? mentions[i].begin - window : 0,
            end = MIN(mentions[i].end + window, tokens->n);
    count_words(maker, MAX(begin, done), end, least);
    done = MAX(done, end);
  }
  for (guint i = 0; i < maker->mentions->len; i++) /* its own words */
    for (guint32 k = mentions[i].begin; k < tokens->n && tokens->items[k].begin < spans[i].end; k++)
      if (g_array_index(maker->words, Word, k).rarity)
        maker->times[g_array_index(maker->words, Word, k).bucket] = 0;
}

static void count_role(OnrSignatureMaker *maker, const char *role) {
  for (const char *p = role; *p;) {
    gsize length = strcspn(p, " ,.;-/");
    gboolean is_ascii = TRUE;
    for (gsize i = 0; i < length; i++)
      is_ascii = is_ascii && !((guint8)p[i] & 0x80);
    guint16 bucket = bucket_of(p, length, is_ascii, maker->folded);
    if (length >= 2 && maker->model->tables->words[bucket])
      count(maker, bucket);
    p += length + (p[length] ? 1 : 0);
  }
}

gsize onr_signature_name(OnrSignatureMaker *maker, const OnrSpan *spans, guint n, const char *role,
                         guint32 lot, guint8 out[ONR_SIGNATURE_NAME_MAX]) {
  gsize length = ONR_SIGNATURE_LOT_BYTES;
  guint32 little = GUINT32_TO_LE(lot);
  memcpy(out, &little, sizeof little);
  find_mentions(maker, spans, n);
  count_around(maker, spans, NEAR, TELLING);
  length += choose(maker, maker->model->tables->words, ONR_SIGNATURE_NEAR, out + length);
  count_around(maker, spans, CLOSE, 0);
  length += choose(maker, maker->model->tables->words, ONR_SIGNATURE_CLOSE, out + length);
  if (role)
    count_role(maker, role);
  return length + choose(maker, maker->model->tables->words, ONR_SIGNATURE_ROLE, out + length);
}

gsize onr_signature_article(OnrSignatureMaker *maker, const char *const *ids, guint n, gint32 day,
                            guint8 out[ONR_SIGNATURE_ARTICLE_MAX]) {
  const OnrIdentityTables *tables = maker->model->tables;
  count_words(maker, 0, maker->words->len, TELLING);
  guint16 known = day > 0 && day <= G_MAXUINT16 ? (guint16)day : 0; /* to 2149 */
  out[0] = (guint8)known;
  out[1] = (guint8)(known >> 8);
  gsize length = ONR_SIGNATURE_DAY_BYTES;
  length += choose(maker, tables->words, ONR_SIGNATURE_TOPIC, out + length);
  for (guint i = 0; i < n; i++)
    count(maker, onr_bucket(ids[i], strlen(ids[i])));
  return length + choose(maker, tables->names, ONR_SIGNATURE_NAMES, out + length);
}

/* --- reading --- */

int onr_signature_next(const guint8 **at, const guint8 *end, guint16 *out) {
  if (*at >= end)
    return -1;
  int n = *(*at)++;
  if (end - *at < 2 * n)
    return -1;
  for (int i = 0; i < n; i++, *at += 2)
    out[i] = (guint16)((*at)[0] | (*at)[1] << 8);
  return n;
}

guint onr_signature_own(const char *id, const char *name, guint16 out[ONR_OWN_BUCKETS]) {
  g_auto(OnrTokens) tokens = {0};
  guint n = 0;
  out[n++] = onr_bucket(id, strlen(id));
  onr_tokens_scan(name, strlen(name), &tokens);
  for (guint32 i = 0; i < tokens.n && n < ONR_OWN_BUCKETS; i++) {
    const OnrToken *t = &tokens.items[i];
    g_autofree char *folded = onr_fold_dup(name + t->begin, (gssize)(onr_token_bare_end(t) - t->begin));
    if (t->kind == ONR_TOKEN_WORD)
      out[n++] = onr_bucket(folded, strlen(folded));
  }
  return n;
}

guint32 onr_signature_lot(const char *article_id) {
  guint32 hash = onr_hash32(article_id, strlen(article_id));
  /* The finaliser of MurmurHash3 (Austin Appleby, public domain): ids that differ in their last letter only
   * are spread too. */
  hash = (hash ^ (hash >> 16)) * 0x85ebca6bu;
  hash = (hash ^ (hash >> 13)) * 0xc2b2ae35u;
  return hash ^ (hash >> 16);
}
