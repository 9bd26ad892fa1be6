/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs of words that stand once in each text anchor the two to each other (the longest chain of them that is
   in order in both, as patience diff has it); what lies between two anchors is small, and is laid out by
   longest common subsequence. */
#include "text/likeness.h"

#include "text/distance.h"

#include <string.h>

#define ANCHOR_WORDS 4
#define GAP_MOST 96 /* words a side of a gap that is laid out; a longer one is a stretch of its own */
#define STRETCH_WORDS                                                                                        \
  8                     /* so many words in a row of one side alone are a cut, or an addition, not an edit   \
                         */
#define KEPT_OF_GAP 0.5 /* a gap with less in common has only its small words in common */
#define STRETCH_EDITS 2 /* what a stretch inside the text counts for as an edit */

#define LEAST_SHARED 8 /* words */
#define LEAST_CONTAINED                                                                                      \
  0.8 /* of the shorter text, which a paper may have cut: what it has of its own is another article's */
#define LEAST_SIMILAR 0.7   /* the same where facts differ, which are not shared */
#define LEAST_RESEMBLED 0.2 /* of the longer one: a paragraph is not the article that has it among others */
#define LEAST_OF_LEAD 0.5
#define MOSTLY_FACTS 0.5    /* of what was changed, facts that are gone, or … */
#define NEARLY_FACTS 0.8    /* … facts for facts */
#define FACTS_OF_WORDS 0.03 /* so many facts changed, whatever else was */
#define SHORT_EDITS 0.1     /* of the words of a short text */
#define SPELLING_BYTES 5    /* from here on a name may be misspelt */

typedef struct {
  guint32 a, b; /* positions */
} Anchor;

typedef struct {
  const OnrWordingWord *a, *b;
  const OnrWording *of_a, *of_b;
  guint32 n_a, n_b;
  guint lead_a, lead_b;      /* of their first words, those in common */
  GHashTable *all_a, *all_b; /* sets of hashes, made when first asked for */
  OnrLikenessFigures figures;
} Comparison;

static inline gboolean is_equal(const Comparison *c, guint32 i, guint32 k) {
  return c->a[i].hash == c->b[k].hash;
}

static void share(Comparison *c, guint32 i, guint32 k) {
  c->figures.n_shared++;
  c->lead_a += i < ONR_LIKENESS_LEAD ? 1 : 0;
  c->lead_b += k < ONR_LIKENESS_LEAD ? 1 : 0;
}

/* --- anchors --- */

static guint64 hash_run(const OnrWordingWord *words) {
  guint64 h = 0;
  for (guint i = 0; i < ANCHOR_WORDS; i++)
    h = ((h << 17 | h >> 47) ^ words[i].hash) * 0x9e3779b97f4a7c15u;
  return h;
}

typedef struct {
  guint64 hash;
  guint32 at_a;     /* from 1; 0: an empty place */
  guint32 n_a, n_b; /* how often it was met; of the first one only */
} Run;

typedef struct {
  Run *runs;
  gsize mask;
} Runs;

/* The place of HASH; NULL where it has none and is not to get one. */
static Run *run_of(const Runs *runs, guint64 hash, gboolean is_added) {
  for (gsize at = hash >> 7 & runs->mask;; at = (at + 1) & runs->mask) {
    Run *run = &runs->runs[at];
    if (run->at_a && run->hash == hash)
      return run;
    if (run->at_a)
      continue;
    run->hash = hash;
    return is_added ? run : NULL;
  }
}

/* Pages have texts twice: what is met again is another run. */
static guint64 hash_again(guint64 hash, guint32 n_before) {
  return hash + n_before * 0xd6e8feb86659fd93u;
}

static void note_runs(const Comparison *c, Runs *runs) {
  for (guint32 i = 0; i + ANCHOR_WORDS <= c->n_a; i++) {
    guint64 hash = hash_run(c->a + i);
    Run *run = run_of(runs, hash, TRUE);
    guint32 n_before = run->at_a ? run->n_a++ + 1 : 0;
    if (n_before)
      run = run_of(runs, hash_again(hash, n_before), TRUE);
    run->at_a = i + 1;
  }
}

/* Runs that are in both texts, each time they are there, in b's order. */
static GArray *gather_anchors(const Comparison *c) {
  Runs runs = {.mask = 63};
  while (runs.mask < 2 * (gsize)c->n_a)
    runs.mask = 2 * runs.mask + 1;
  runs.runs = g_new0(Run, runs.mask + 1);
  note_runs(c, &runs);
  GArray *anchors = g_array_new(FALSE, FALSE, sizeof(Anchor));
  for (guint32 k = 0; k + ANCHOR_WORDS <= c->n_b; k++) {
    guint64 hash = hash_run(c->b + k);
    Run *run = run_of(&runs, hash, FALSE);
    guint32 n_before = run ? run->n_b++ : 0;
    if (n_before)
      run = run_of(&runs, hash_again(hash, n_before), FALSE);
    if (run)
      g_array_append_vals(anchors, &(Anchor){run->at_a - 1, k}, 1);
  }
  g_free(runs.runs);
  return anchors;
}

/* The longest chain of ANCHORS that rises in a too (Fredman 1975), in order, in their place. */
static void keep_chain(GArray *anchors) {
  guint n = anchors->len, longest = 0;
  g_autofree guint32 *ends = g_new(guint32, n + 1), *before = g_new(guint32, n + 1);
  const Anchor *all = (const Anchor *)(gconstpointer)anchors->data;
  for (guint i = 0; i < n; i++) {
    guint low = 0, high = longest;
    while (low < high) {
      guint middle = low + (high - low) / 2;
      if (all[ends[middle]].a < all[i].a)
        low = middle + 1;
      else
        high = middle;
    }
    before[i] = low ? ends[low - 1] : G_MAXUINT32;
    ends[low] = i;
    longest = MAX(longest, low + 1);
  }
  g_autofree Anchor *chain = g_new(Anchor, longest + 1);
  for (guint k = longest, at = longest ? ends[longest - 1] : 0; k-- > 0; at = before[at])
    chain[k] = all[at];
  g_array_set_size(anchors, longest);
  if (longest)
    memcpy(anchors->data, chain, longest * sizeof *chain);
}

/* --- what differs --- */

static GHashTable *hashes_of(const OnrWordingWord *words, guint32 n) {
  GHashTable *all = g_hash_table_new(g_int64_hash, g_int64_equal);
  for (guint32 i = 0; i < n; i++)
    g_hash_table_add(all, (gpointer)&words[i].hash);
  return all;
}

static gboolean stands_in_a(Comparison *c, const OnrWordingWord *word) {
  if (!c->all_a)
    c->all_a = hashes_of(c->a, c->n_a);
  return g_hash_table_contains(c->all_a, &word->hash);
}

static gboolean stands_in_b(Comparison *c, const OnrWordingWord *word) {
  if (!c->all_b)
    c->all_b = hashes_of(c->b, c->n_b);
  return g_hash_table_contains(c->all_b, &word->hash);
}

/* Two spellings of one name are no two facts. */
static gboolean is_spelling(const Comparison *c, const OnrWordingWord *x, const OnrWordingWord *y) {
  if (x->fact != ONR_FACT_NAME || MIN(x->length, y->length) < SPELLING_BYTES)
    return FALSE;
  guint limit = MIN(x->length, y->length) < 8 ? 1 : 2;
  return onr_edit_distance(c->of_a->forms->str + x->begin, x->length, c->of_b->forms->str + y->begin,
                           y->length, limit) <= limit;
}

/* What stands in one text for what stands in the other: words A to END_A, B to END_B, none of them in common.
 */
typedef struct {
  guint32 a, end_a, b, end_b;
} Block;

/* How many words [BEGIN, END) are facts; KINDS gets a bit for each kind. */
static guint count_facts(const OnrWordingWord *words, guint32 begin, guint32 end, guint *kinds) {
  guint n = 0;
  *kinds = 0;
  for (guint32 i = begin; i < end; i++) {
    *kinds |= words[i].fact ? 1u << words[i].fact : 0;
    n += words[i].fact != ONR_FACT_NONE ? 1 : 0;
  }
  return n;
}

/* A fact that is elsewhere in the other text was left out or put in here, not changed into another one. */
static gboolean is_gone(Comparison *c, const Block *block) {
  gboolean is_of_a = FALSE, is_of_b = FALSE;
  for (guint32 i = block->a; i < block->end_a; i++)
    is_of_a |= c->a[i].fact && !stands_in_b(c, &c->a[i]);
  for (guint32 k = block->b; k < block->end_b; k++)
    is_of_b |= c->b[k].fact && !stands_in_a(c, &c->b[k]);
  return is_of_a && is_of_b;
}

/* As many facts as both sides have were changed into each other; the other words are edits. */
static void count_change(Comparison *c, const Block *block) {
  guint n_a = block->end_a - block->a, n_b = block->end_b - block->b, of_a, of_b;
  guint n_facts =
      MIN(count_facts(c->a, block->a, block->end_a, &of_a), count_facts(c->b, block->b, block->end_b, &of_b));
  if (!(of_a & of_b) || (n_a == 1 && n_b == 1 && is_spelling(c, &c->a[block->a], &c->b[block->b])))
    n_facts = 0;
  c->figures.n_facts += n_facts;
  c->figures.n_gone += n_facts && is_gone(c, block) ? n_facts : 0;
  c->figures.n_edits += MAX(n_a, n_b) - n_facts;
}

/* Word for word where there are as many, since each of them may be changed for a reason of its own. */
static void count_block(Comparison *c, const Block *block) {
  guint n_a = block->end_a - block->a, n_b = block->end_b - block->b;
  if (!n_a && !n_b)
    return;
  if (MAX(n_a, n_b) >= STRETCH_WORDS) {
    c->figures.n_cut += n_a + n_b;
    gboolean is_inside = block->a > 0 && block->b > 0 && block->end_a < c->n_a && block->end_b < c->n_b;
    c->figures.n_edits +=
        is_inside || (n_a && n_b && block->end_a < c->n_a && block->end_b < c->n_b) ? STRETCH_EDITS : 0;
    return;
  }
  if (n_a != n_b) {
    count_change(c, block);
    return;
  }
  for (guint i = 0; i < n_a; i++)
    count_change(c, &(Block){block->a + i, block->a + i + 1, block->b + i, block->b + i + 1});
}

/* --- gaps between anchors --- */

#define LAYOUT_SIDE (GAP_MOST + 1)
typedef guint8 Layout[LAYOUT_SIDE][LAYOUT_SIDE];

/* LAYOUT[i][k]: longest common subsequence of what is from word i and word k of the gap on. */
static guint lay_out(const Comparison *c, const Block *gap, Layout layout) {
  guint n_a = gap->end_a - gap->a, n_b = gap->end_b - gap->b;
  for (guint i = n_a + 1; i-- > 0;)
    for (guint k = n_b + 1; k-- > 0;) {
      if (i == n_a || k == n_b)
        layout[i][k] = 0;
      else if (is_equal(c, gap->a + i, gap->b + k))
        layout[i][k] = (guint8)(layout[i + 1][k + 1] + 1);
      else
        layout[i][k] = MAX(layout[i + 1][k], layout[i][k + 1]);
    }
  return layout[0][0];
}

static void walk_layout(Comparison *c, const Block *gap, Layout layout) {
  guint n_a = gap->end_a - gap->a, n_b = gap->end_b - gap->b, i = 0, k = 0;
  Block block = {gap->a, gap->a, gap->b, gap->b};
  while (i < n_a && k < n_b) {
    if (is_equal(c, gap->a + i, gap->b + k)) {
      count_block(c, &block);
      share(c, gap->a + i, gap->b + k);
      i++, k++;
      block = (Block){gap->a + i, gap->a + i, gap->b + k, gap->b + k};
    } else if (layout[i + 1][k] >= layout[i][k + 1]) {
      block.end_a = gap->a + ++i;
    } else {
      block.end_b = gap->b + ++k;
    }
  }
  block.end_a = gap->end_a;
  block.end_b = gap->end_b;
  count_block(c, &block);
}

/* What is equal at the ends of a gap goes with its neighbours. */
static void trim_gap(Comparison *c, Block *gap) {
  while (gap->a < gap->end_a && gap->b < gap->end_b && is_equal(c, gap->a, gap->b)) {
    share(c, gap->a++, gap->b++);
  }
  while (gap->a < gap->end_a && gap->b < gap->end_b && is_equal(c, gap->end_a - 1, gap->end_b - 1)) {
    share(c, --gap->end_a, --gap->end_b);
  }
}

static void count_gap(Comparison *c, Block gap) {
  trim_gap(c, &gap);
  guint n_a = gap.end_a - gap.a, n_b = gap.end_b - gap.b;
  if (!n_a || !n_b || n_a > GAP_MOST || n_b > GAP_MOST) {
    count_block(c, &gap);
    return;
  }
  Layout layout;
  guint n_common = lay_out(c, &gap, layout);
  if (MAX(n_a, n_b) >= STRETCH_WORDS && n_common < KEPT_OF_GAP * MIN(n_a, n_b))
    count_block(c, &gap);
  else
    walk_layout(c, &gap, layout);
}

static void compare(Comparison *c) {
  g_autoptr(GArray) anchors = gather_anchors(c);
  guint32 a = 0, b = 0;
  keep_chain(anchors);
  for (guint i = 0; i < anchors->len; i++) {
    Anchor anchor = g_array_index(anchors, Anchor, i);
    if (anchor.a < a || anchor.b < b)
      continue; /* inside the last run */
    count_gap(c, (Block){a, anchor.a, b, anchor.b});
    for (a = anchor.a, b = anchor.b; a < c->n_a && b < c->n_b && is_equal(c, a, b); a++, b++)
      share(c, a, b);
  }
  count_gap(c, (Block){a, c->n_a, b, c->n_b});
}

/* --- */

/* Is it one form filled in twice? Of words that are changed at random few are facts on both sides. */
static gboolean is_form(const OnrLikenessFigures *f) {
  guint n_changes = f->n_facts + f->n_edits;
  return f->n_facts && (f->n_facts >= NEARLY_FACTS * n_changes || f->n_gone >= MOSTLY_FACTS * n_changes ||
                        f->n_facts >= MAX(2, FACTS_OF_WORDS * (f->n_shared + n_changes)));
}

/* Of few words each counts. */
static gboolean is_too_short(const OnrLikenessFigures *f) {
  return f->n_shorter < ONR_WORDING_TITLED && (f->n_facts || f->n_edits > SHORT_EDITS * f->n_shorter);
}

static OnrLikeness decide(const OnrLikenessFigures *f, guint n_days) {
  if (f->n_shared < LEAST_SHARED || f->n_shared < LEAST_SIMILAR * f->n_shorter ||
      f->n_shared < LEAST_RESEMBLED * f->n_longer ||
      f->n_lead < LEAST_OF_LEAD * MIN(f->n_shorter, ONR_LIKENESS_LEAD))
    return ONR_LIKENESS_NONE;
  gboolean is_again = f->n_shorter < ONR_LIKENESS_BRIEF && n_days > ONR_LIKENESS_DAYS;
  if (is_form(f) || is_too_short(f) || is_again)
    return ONR_LIKENESS_SIMILAR;
  return f->n_shared < LEAST_CONTAINED * f->n_shorter ? ONR_LIKENESS_NONE : ONR_LIKENESS_SAME;
}

static int compare_order(const OnrWording *a, const OnrWording *b) {
  if (a->words->len != b->words->len)
    return a->words->len < b->words->len ? -1 : 1;
  gsize length = MIN(a->forms->len, b->forms->len);
  return length ? memcmp(a->forms->str, b->forms->str, length) : 0;
}

OnrLikeness onr_likeness(const OnrWording *a, const OnrWording *b, guint n_days,
                         OnrLikenessFigures *figures) {
  if (compare_order(a, b) > 0) { /* the chain of anchors is one of several where these are as long */
    const OnrWording *other = a;
    a = b;
    b = other;
  }
  Comparison c = {.a = (const OnrWordingWord *)(gconstpointer)a->words->data,
                  .b = (const OnrWordingWord *)(gconstpointer)b->words->data,
                  .of_a = a,
                  .of_b = b,
                  .n_a = a->words->len,
                  .n_b = b->words->len,
                  .figures = {.n_shorter = a->words->len, .n_longer = b->words->len}};
  compare(&c);
  c.figures.n_lead = MAX(c.lead_a, c.lead_b);
  g_clear_pointer(&c.all_a, g_hash_table_unref);
  g_clear_pointer(&c.all_b, g_hash_table_unref);
  if (figures)
    *figures = c.figures;
  return decide(&c.figures, n_days);
}

guint onr_likeness_shared(const OnrLikenessFigures *figures) {
  return figures->n_shorter ? (guint)((guint64)figures->n_shared * 1000 / figures->n_shorter) : 0;
}
