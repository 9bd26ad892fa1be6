/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The features of the linker's candidates. Templates are numbered apart from those of the tagger; a base of
   its own for each kind of choice keeps their weights apart. */
#include "annotate/linking.h"

#include "annotate/phrases.h"

#include <string.h>

enum { BASE_EDGES = 1000, BASE_PARTNERS = 1200, BASE_NONE = 1500, BASE_JUDGE = 1600, BASE_STEP = 40 };

#define TAG_OUTSIDE 31
#define MOST_COUNTED 3u
/* Tokens between two segments whose tags are a feature as a whole. */
#define BETWEEN_REACH 4
/* Parts of an outline that are a feature together. */
#define OUTLINE_REACH 10

static void put(OnrCandidate *c, guint32 template, guint64 a, guint64 b) {
  c->rows[c->n++] = onr_feature_row(template, a, b, ONR_RANK_BITS);
}

static guint32 bit(gboolean is_set) {
  return is_set ? 1 : 0;
}

static guint32 tag_at(const OnrReading *r, gint64 i) {
  return i < 0 || i >= (gint64)r->n ? TAG_OUTSIDE : r->words[i].tag;
}

static guint32 sentence_at(const OnrLinker *l, guint32 i) {
  return l->tagger->features.sentence[i];
}

static guint32 construction_of(const OnrLinker *l, const OnrSegment *s) {
  return s->rule ? 1u + onr_attributions_get(l->segments.rules, s->rule - 1)->construction : 0;
}

/* Whether first and last token stand in marks: 0 to 3. */
static guint32 marks_of(const OnrReading *r, OnrSpan span) {
  return bit(r->words[span.begin].quoted != 0) + 2 * bit(r->words[span.end - 1].quoted != 0);
}

/* A number of either sign, not beyond MOST. */
static guint32 clipped(gint64 x, gint64 most) {
  return (guint32)(CLAMP(x, -most, most) + most);
}

/* Sign and size of a score, in powers of two. */
static guint32 score_step(gint32 score) {
  guint32 bits = score ? g_bit_storage((gulong)ABS(score)) : 0;
  return score < 0 ? 32 + bits : bits;
}

/* By how much the labels of ROLE win against all others, on average over SPAN. */
static gint32 margin_of(const OnrLinker *l, OnrRole role, OnrSpan span) {
  guint first = 1 + 2 * (guint)role;
  gint64 sum = 0;
  for (guint32 i = span.begin; i < span.end; i++) {
    const gint32 *scores = l->tagger->run.scores[ONR_LABEL_PASSES - 1][i];
    gint32 own = MAX(scores[first], scores[first + 1]), other = G_MININT32;
    for (guint label = 0; label < ONR_N_LABELS; label++)
      if (label != first && label != first + 1)
        other = MAX(other, scores[label]);
    sum += own - other;
  }
  return (gint32)(sum / (gint64)onr_span_length(span));
}

/* --- edges --- */

/* Of the tokens by which two places differ: the sum of what the tagger would rather have inside. */
static gint32 score_between(const OnrLinker *l, OnrRole role, guint32 a, guint32 b) {
  OnrSpan span = {MIN(a, b), MAX(a, b)};
  return span.begin < span.end ? margin_of(l, role, span) : 0;
}

static guint64 two_keys(const OnrReading *r, guint32 i) {
  guint64 first = i < r->n ? r->words[i].key : 0, second = i + 1 < r->n ? r->words[i + 1].tag : TAG_OUTSIDE;
  return first ^ (second << 57);
}

static void put_edge(OnrCandidate *c, const OnrLinker *l, guint32 base, guint32 place, guint32 origin) {
  const OnrReading *r = l->reading;
  gint64 before = (gint64)place - 1;
  guint32 tags = tag_at(r, before) * 32 + tag_at(r, place);
  guint64 key_before = before >= 0 ? r->words[before].key : 0, key = place < r->n ? r->words[place].key : 0;
  put(c, base, tags, 0);
  put(c, base + 1, tags, 1 + origin);
  put(c, base + 2, tag_at(r, before - 1) * 32 + tag_at(r, place + 1), tags);
  put(c, base + 3, key_before, origin);
  put(c, base + 4, key, origin);
  put(c, base + 5, key, 8 + tag_at(r, before));
}

static void edge_features(const OnrLinker *l, OnrRole role, const OnrSegment *s, OnrCandidate *c) {
  const OnrReading *r = l->reading;
  guint32 base = BASE_EDGES + BASE_STEP * (guint32)role, construction = construction_of(l, s);
  guint32 left = bit(c->tokens.begin == s->tokens.begin) + 2 * bit(c->tokens.begin == s->rule_tokens.begin);
  guint32 right = bit(c->tokens.end == s->tokens.end) + 2 * bit(c->tokens.end == s->rule_tokens.end);
  guint32 origin = left * 4 + right, marks = marks_of(r, c->tokens);
  c->n = 0;
  put(c, base, origin, 0);
  put(c, base + 1, origin, 1 + construction);
  put(c, base + 2, origin, 64 + marks);
  put_edge(c, l, base + 3, c->tokens.begin, left);
  put_edge(c, l, base + 9, c->tokens.end, right);
  put(c, base + 15, marks, origin);
  gint32 at_left = score_between(l, role, c->tokens.begin, s->tokens.begin),
         at_right = score_between(l, role, c->tokens.end, s->tokens.end);
  put(c, base + 16, score_step(at_left), bit(c->tokens.begin < s->tokens.begin));
  put(c, base + 17, score_step(at_right), bit(c->tokens.end > s->tokens.end));
  put(c, base + 18, clipped((gint64)c->tokens.begin - s->tokens.begin, 12), left);
  put(c, base + 19, clipped((gint64)c->tokens.end - s->tokens.end, 12), right);
  guint32 first = l->tagger->features.sentence[c->tokens.begin];
  const OnrSentence *sentence = &r->doc->sentences[first];
  put(c, base + 20, bit(sentence->first_token == c->tokens.begin), left);
  put(c, base + 21, clipped((gint64)sentence->end_token - c->tokens.end, 2), right);
  put(c, base + 22, construction, left * 32 + tag_at(r, c->tokens.begin));
  put(c, base + 23, construction,
      right * 1024 + tag_at(r, c->tokens.end) * 32 + tag_at(r, (gint64)c->tokens.end - 1));
}

/* How the piece by which the candidate is shorter or longer than the segment reads, and whether the whole is
 * a clause. */
static void put_piece(OnrCandidate *c, const OnrLinker *l, guint32 base, const OnrSegment *s) {
  const OnrReading *r = l->reading;
  OnrSpan piece = {MIN(c->tokens.end, s->tokens.end), MAX(c->tokens.end, s->tokens.end)};
  guint32 change = c->tokens.end < s->tokens.end ? 1 : c->tokens.end > s->tokens.end ? 2 : 0;
  gboolean is_clause = onr_has_finite_verb(r, c->tokens.begin, c->tokens.end);
  gboolean piece_is_clause = change && onr_has_finite_verb(r, piece.begin, piece.end);
  guint32 last = c->tokens.begin > 0 ? l->segments.begun[ONR_ROLE_CUE][c->tokens.begin] : 0;
  OnrSpan cue = last ? onr_segments_get(&l->segments, ONR_ROLE_CUE, last - 1)->tokens : (OnrSpan){0, 0};
  guint16 word = cue.end == c->tokens.begin && cue.end ? r->words[cue.begin].cue : 0;
  put(c, base, change * 2 + bit(piece_is_clause), 0);
  put(c, base + 1, change * 4 + bit(piece_is_clause) * 2 + bit(is_clause), tag_at(r, piece.begin));
  put(c, base + 2, change, two_keys(r, piece.begin));
  put(c, base + 3, word, change * 2 + bit(is_clause));
  put(c, base + 4, word, 8 + tag_at(r, c->tokens.begin));
  gboolean ends_in_marks = r->words[c->tokens.end - 1].quoted != 0;
  gboolean goes_on_in_marks =
      c->tokens.end < r->n && r->words[c->tokens.end].quoted == r->words[c->tokens.end - 1].quoted;
  put(c, base + 5, 2u * bit(ends_in_marks) + bit(goes_on_in_marks), change);
  put(c, base + 6, onr_distance_step(onr_span_length(piece)), change * 2 + bit(piece_is_clause));
  put(c, base + 7, change * 4 + 2u * bit(ends_in_marks) + bit(is_clause), tag_at(r, c->tokens.end));
}

static void add_edges(const OnrLinker *l, OnrRole role, const OnrSegment *s, OnrSpan tokens, OnrChoice *out) {
  if (tokens.begin >= tokens.end || out->n == ONR_CANDIDATES_MAX)
    return;
  for (guint32 k = 0; k < out->n; k++)
    if (out->items[k].tokens.begin == tokens.begin && out->items[k].tokens.end == tokens.end)
      return;
  OnrCandidate *c = &out->items[out->n++];
  c->tokens = tokens;
  c->segment = ONR_NO_SEGMENT;
  edge_features(l, role, s, c);
  if (role == ONR_ROLE_CONTENT)
    put_piece(c, l, BASE_EDGES + 3 * BASE_STEP, s);
}

void onr_linker_edges(const OnrLinker *l, OnrRole role, guint32 k, OnrChoice *out) {
  const OnrSegment *s = onr_segments_get(&l->segments, role, k);
  out->n = 0;
  add_edges(l, role, s, s->tokens, out);
  if (!s->rule || s->is_rule)
    return;
  add_edges(l, role, s, s->rule_tokens, out);
  add_edges(l, role, s, (OnrSpan){s->tokens.begin, s->rule_tokens.end}, out);
  add_edges(l, role, s, (OnrSpan){s->rule_tokens.begin, s->tokens.end}, out);
}

/* --- partners --- */

typedef struct {
  guint32 side; /* the partner stands 0 before, 1 in, 2 behind */
  OnrSpan between;
  guint32 step; /* of the distance */
} Geometry;

static Geometry geometry_of(OnrSpan a, OnrSpan partner) {
  Geometry g = {1, {partner.begin, partner.begin}, 0};
  if (partner.begin >= a.end) {
    g.side = 2;
    g.between = (OnrSpan){a.end, partner.begin};
  } else if (partner.end <= a.begin) {
    g.side = 0;
    g.between = (OnrSpan){partner.end, a.begin};
  }
  g.step = onr_distance_step(onr_span_length(g.between));
  return g;
}

static guint64 tags_between(const OnrReading *r, OnrSpan between) {
  if (onr_span_length(between) > BETWEEN_REACH)
    return 0;
  guint64 tags = 1;
  for (guint32 i = between.begin; i < between.end; i++)
    tags = tags * 32 + r->words[i].tag;
  return tags;
}

/* What stands between, in outline: noun phrases as one, adverbs and marks of quotation left out; 0 where that
 * is long. */
static guint64 outline_between(const OnrReading *r, OnrSpan between) {
  guint64 outline = 1;
  guint32 n = 0, last = TAG_OUTSIDE;
  for (guint32 i = between.begin; i < between.end; i++) {
    guint32 tag = r->words[i].tag;
    gboolean is_noun = tag == ONR_TAG_NOUN || tag == ONR_TAG_NAME || tag == ONR_TAG_NUMBER ||
                       tag == ONR_TAG_DETERMINER || tag == ONR_TAG_POSSESSIVE;
    tag = is_noun ? ONR_TAG_NOUN : tag;
    if (tag == ONR_TAG_ADVERB || tag == ONR_TAG_QUOTE || (tag == last && is_noun))
      continue;
    if (++n > OUTLINE_REACH)
      return 0;
    outline = outline * 32 + tag;
    last = tag;
  }
  return outline;
}

static guint32 counted(const OnrLinker *l, OnrRole role, OnrSpan between) {
  return MIN(onr_segments_between(&l->segments, role, between.begin, between.end), MOST_COUNTED);
}

/* Distance of PARTNER to the nearest segment of ROLE but K. */
static guint32 rival_step(const OnrLinker *l, OnrRole role, guint32 k, OnrSpan partner) {
  guint32 next = onr_segments_from(&l->segments, role, partner.end), step = 9;
  next += next == k;
  if (next < onr_segments_n(&l->segments, role))
    step = onr_distance_step(onr_segments_get(&l->segments, role, next)->tokens.begin - partner.end);
  guint32 last = onr_segments_from(&l->segments, role, partner.begin);
  last -= last > 0 && last - 1 == k;
  if (last > 0) {
    OnrSpan before = onr_segments_get(&l->segments, role, last - 1)->tokens;
    step = MIN(step, onr_distance_step(before.end < partner.begin ? partner.begin - before.end : 0));
  }
  return step;
}

/* What the rules say of the pair: 1 they are partners, 2 the partner has another, 0 it has none. */
static guint32 rules_of_pair(const OnrSegment *s, const OnrSegment *partner) {
  if (!partner->rule)
    return 0;
  return partner->rule == s->rule ? 1 : 2;
}

/* Whether the later of two contents takes up what the earlier has left open. */
static void join_features(const OnrReading *r, OnrSpan later, OnrSpan earlier, guint32 base,
                          OnrCandidate *c) {
  guint32 k = r->words[later.begin].quoted, last = r->words[earlier.end - 1].quoted;
  const OnrQuoted *q = k ? &g_array_index(r->quoted, OnrQuoted, k - 1) : NULL;
  guint32 state = q ? 1 + bit(q->is_continued) + 2 * bit(q->begin == later.begin) : 0;
  put(c, base, state, bit(k == last));
  put(c, base + 1, state, last ? 1 + bit(g_array_index(r->quoted, OnrQuoted, last - 1).is_open) : 0);
  put(c, base + 2, r->words[later.begin].key, r->words[earlier.end - 1].tag);
}

static void pair_features(const OnrLinker *l, OnrRole role, guint32 k, OnrRole with, OnrCandidate *c) {
  const OnrReading *r = l->reading;
  const OnrSegment *s = onr_segments_get(&l->segments, role, k),
                   *p = onr_segments_get(&l->segments, with, c->segment);
  guint32 base = BASE_PARTNERS + BASE_STEP * ((guint32)role * ONR_N_ROLES + (guint32)with);
  OnrSpan a = s->tokens, b = p->tokens;
  Geometry g = geometry_of(a, b);
  gint64 nearest = g.side == 2 ? a.end - 1 : a.begin;
  guint32 sentences = clipped((gint64)sentence_at(l, b.begin) - sentence_at(l, (guint32)nearest), 4);
  guint32 paragraphs =
      clipped((gint64)onr_linker_paragraph(l, b.begin) - onr_linker_paragraph(l, a.begin), 2);
  guint32 contents = counted(l, ONR_ROLE_CONTENT, g.between),
          sources = counted(l, ONR_ROLE_SOURCE, g.between), cues = counted(l, ONR_ROLE_CUE, g.between);
  guint32 marks = marks_of(r, a), rules = rules_of_pair(s, p), place = g.side * 16 + g.step;
  guint32 has_rule = bit(s->rule != 0) + 2 * bit(s->is_rule) + 4 * bit(p->is_rule);
  c->n = 0;
  put(c, base, place, 0);
  put(c, base + 1, g.side * 16 + sentences, marks);
  put(c, base + 2, g.side * 16 + paragraphs, marks);
  put(c, base + 3, g.side * 64 + cues * 16 + contents, marks);
  put(c, base + 4, g.side * 64 + sources * 16 + cues, g.step);
  put(c, base + 5, rules, g.side * 8 + has_rule);
  put(c, base + 6, rules * 4 + cues, place);
  put(c, base + 7, tags_between(r, g.between), g.side);
  put(c, base + 8, r->words[b.begin].cue, g.side * 4 + marks);
  put(c, base + 9, r->words[b.begin].key, g.side);
  put(c, base + 10, tag_at(r, b.begin), place);
  put(c, base + 11, tag_at(r, (gint64)b.begin - 1), place);
  put(c, base + 12, tag_at(r, b.end), place);
  put(c, base + 13, sentences, cues * 16 + contents * 4 + sources);
  put(c, base + 14, g.side * 16 + sentences, g.step);
  put(c, base + 15, rules, sentences * 4 + marks);
  put(c, base + 16, rival_step(l, role, k, b), place);
  put(c, base + 17, onr_distance_step(onr_span_length(a)), g.side * 4 + marks);
  gboolean opens = a.begin == 0 || onr_linker_paragraph(l, a.begin - 1) != onr_linker_paragraph(l, a.begin);
  gboolean closes = a.end >= r->n || onr_linker_paragraph(l, a.end) != onr_linker_paragraph(l, a.end - 1);
  put(c, base + 18, 2 * bit(opens) + bit(closes), g.side * 16 + sentences);
  put(c, base + 19, r->words[a.begin].cue, place);
  put(c, base + 20, tag_at(r, a.begin) * 32 + tag_at(r, b.begin), place);
  put(c, base + 21, tag_at(r, a.end), place);
  put(c, base + 22, tag_at(r, (gint64)a.begin - 1), place);
  put(c, base + 23, score_step(margin_of(l, with, b)), bit(p->is_rule));
  put(c, base + 24, construction_of(l, s), rules * 64 + g.side * 16 + sentences);
  put(c, base + 25, marks_of(r, b) * 4 + marks, g.side);
  put(c, base + 26, has_rule, place);
  guint64 outline = outline_between(r, g.between);
  put(c, base + 30, outline, g.side);
  put(c, base + 31, outline, 4 + g.side * 1024 + tag_at(r, a.begin) * 32 + tag_at(r, b.begin));
  if (role == with)
    join_features(r, a, b, base + 27, c);
}

static void none_features(const OnrLinker *l, OnrRole role, guint32 k, OnrRole with, OnrCandidate *c) {
  const OnrReading *r = l->reading;
  const OnrSegment *s = onr_segments_get(&l->segments, role, k);
  OnrSpan a = s->tokens;
  guint32 base = BASE_NONE + 10 * ((guint32)role * ONR_N_ROLES + (guint32)with);
  const OnrSentence *sentence = &r->doc->sentences[sentence_at(l, a.begin)];
  guint32 near = counted(l, with, (OnrSpan){sentence->first_token, sentence->end_token});
  guint32 marks = marks_of(r, a), construction = construction_of(l, s);
  c->n = 0;
  put(c, base, near, marks);
  put(c, base + 1, construction, near);
  put(c, base + 2, onr_distance_step(onr_span_length(a)), marks);
  put(c, base + 3, r->words[a.begin].cue, 0);
  put(c, base + 4, r->words[a.begin].key, 0);
  put(c, base + 5, tag_at(r, a.begin) * 32 + tag_at(r, a.end - 1), near);
  put(c, base + 6, tag_at(r, (gint64)a.begin - 1) * 32 + tag_at(r, a.end), 0);
}

/* Sentences and paragraphs that a partner may stand away. */
static void reach_of(OnrRole role, guint32 *before, guint32 *behind, guint32 *paragraphs) {
  gboolean is_cue = role == ONR_ROLE_CUE;
  *before = is_cue ? 1 : 4;
  *behind = is_cue ? 1 : 3;
  *paragraphs = is_cue ? 0 : 1;
}

void onr_linker_partners(const OnrLinker *l, OnrRole role, guint32 k, OnrRole with, OnrChoice *out) {
  OnrSpan a = onr_segments_get(&l->segments, role, k)->tokens;
  const OnrDocument *doc = l->reading->doc;
  guint32 before, behind, paragraphs;
  reach_of(role, &before, &behind, &paragraphs);
  guint32 first = sentence_at(l, a.begin), last = sentence_at(l, a.end - 1);
  guint32 low = doc->sentences[first > before ? first - before : 0].first_token;
  guint32 high = doc->sentences[MIN(last + behind, doc->n_sentences - 1)].end_token;
  out->n = 1;
  out->items[0].segment = ONR_NO_SEGMENT;
  none_features(l, role, k, with, &out->items[0]);
  if (role == with) {
    OnrCandidate *c = &out->items[out->n++];
    c->segment = k - 1;
    pair_features(l, role, k, with, c);
    return;
  }
  guint32 from = onr_segments_from(&l->segments, with, low), to = onr_segments_from(&l->segments, with, high);
  guint32 middle = onr_segments_from(&l->segments, with, a.begin), half = (ONR_CANDIDATES_MAX - 1) / 2;
  from = middle > from + half ? middle - half : from; /* the nearest, where there are too many */
  to = MIN(to, from + ONR_CANDIDATES_MAX - 1);
  for (guint32 j = from; j < to; j++) {
    guint32 paragraph = onr_linker_paragraph(l, onr_segments_get(&l->segments, with, j)->tokens.begin);
    if (paragraph + paragraphs < onr_linker_paragraph(l, a.begin) ||
        paragraph > onr_linker_paragraph(l, a.end - 1) + paragraphs)
      continue;
    OnrCandidate *c = &out->items[out->n++];
    c->segment = j;
    pair_features(l, role, k, with, c);
  }
}

/* --- the judge --- */

static void put_part(const OnrLinker *l, OnrRole role, const OnrSegment *part, const OnrSegment *content,
                     OnrCandidate *c) {
  guint32 base = BASE_JUDGE + 40 + 20 * (guint32)role;
  const OnrReading *r = l->reading;
  OnrSpan b = part->tokens;
  Geometry g = geometry_of(content->tokens, b);
  guint32 rules = rules_of_pair(content, part);
  gint32 margin = margin_of(l, role, b);
  put(c, base, rules, construction_of(l, content));
  put(c, base + 1, score_step(margin), bit(part->is_rule));
  put(c, base + 2, g.side * 16 + g.step, marks_of(r, content->tokens));
  put(c, base + 3, clipped((gint64)sentence_at(l, b.begin) - sentence_at(l, content->tokens.begin), 3),
      g.side);
  put(c, base + 4, r->words[b.begin].key, 0);
  put(c, base + 5, r->words[b.begin].cue, marks_of(r, content->tokens));
  put(c, base + 6, tag_at(r, b.begin) * 32 + tag_at(r, b.end - 1), 0);
  put(c, base + 7, r->words[b.end - 1].mention ? 1u + r->words[b.end - 1].entity_type : 0,
      onr_distance_step(onr_span_length(b)));
  put(c, base + 8,
      bit(part->tokens.begin == part->rule_tokens.begin && part->tokens.end == part->rule_tokens.end), rules);
  put(c, base + 9, bit(r->words[b.begin].quoted != 0), g.side);
}

void onr_linker_judged(const OnrLinker *l, const OnrLink *link, OnrCandidate *c) {
  const OnrReading *r = l->reading;
  const OnrSegment *content = onr_segments_get(&l->segments, ONR_ROLE_CONTENT, link->content);
  OnrSpan a = content->tokens;
  guint32 marks = marks_of(r, a), construction = construction_of(l, content);
  guint32 parts = bit(link->cue != ONR_NO_SEGMENT) + 2 * bit(link->source != ONR_NO_SEGMENT);
  gboolean same = a.begin == content->rule_tokens.begin && a.end == content->rule_tokens.end;
  guint32 base = BASE_JUDGE, length = onr_distance_step(onr_span_length(a));
  gint32 margin = margin_of(l, ONR_ROLE_CONTENT, a);
  c->segment = ONR_NO_SEGMENT;
  c->n = 0;
  put(c, base, 0, 0);
  put(c, base + 1, parts, marks);
  put(c, base + 2, construction, bit(content->is_rule));
  put(c, base + 3, construction, 4u + parts);
  put(c, base + 4, score_step(margin), bit(content->is_rule));
  put(c, base + 5, score_step(l->tagger->run.scores[ONR_LABEL_PASSES - 1][a.begin][ONR_LABEL_CONTENT]),
      marks);
  put(c, base + 6, length, marks);
  put(c, base + 7, bit(same), bit(content->rule != 0));
  put(c, base + 8, tag_at(r, a.begin), tag_at(r, (gint64)a.begin - 1));
  put(c, base + 9, tag_at(r, (gint64)a.end - 1), tag_at(r, a.end));
  put(c, base + 10, MIN(link->n_contents, MOST_COUNTED), parts);
  put(c, base + 11, bit(r->n_headline > a.begin), marks);
  put(c, base + 12, r->words[a.begin].key, 0);
  put(c, base + 13, length, score_step(margin));
  if (link->cue != ONR_NO_SEGMENT)
    put_part(l, ONR_ROLE_CUE, onr_segments_get(&l->segments, ONR_ROLE_CUE, link->cue), content, c);
  if (link->source != ONR_NO_SEGMENT)
    put_part(l, ONR_ROLE_SOURCE, onr_segments_get(&l->segments, ONR_ROLE_SOURCE, link->source), content, c);
}
