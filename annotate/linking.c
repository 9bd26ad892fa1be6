/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/linking.h"

#include "annotate/phrases.h"

#include <string.h>

/* Tokens of a source between a quotation and its cue: “…,” the minister of state for trade said. */
#define CLAUSE_REACH 6
/* Percent: less likely attributions are left out, unless they are quotations. */
#define LEAST_CONFIDENCE 20

void onr_linker_init(OnrLinker *l, const OnrModel *model) {
  memset(l, 0, sizeof *l);
  l->model = model;
  onr_segments_init(&l->segments);
  l->links = g_array_new(FALSE, FALSE, sizeof(OnrLink));
  l->link_of_content = g_array_new(FALSE, FALSE, sizeof(guint32));
  l->source_of_cue = g_array_new(FALSE, FALSE, sizeof(guint32));
  l->contents = g_array_new(FALSE, FALSE, sizeof(OnrSpan));
}

void onr_linker_clear(OnrLinker *l) {
  if (l->links) {
    g_array_unref(l->links);
    g_array_unref(l->link_of_content);
    g_array_unref(l->source_of_cue);
    g_array_unref(l->contents);
    onr_segments_clear(&l->segments);
  }
  memset(l, 0, sizeof *l);
}

gint32 onr_candidate_score(const OnrModel *model, OnrRanker ranker, const OnrCandidate *candidate) {
  gint32 sum = 0;
  for (guint32 k = 0; k < candidate->n; k++)
    sum += (gint16)GINT16_FROM_LE(model->rank_weights[ranker][candidate->rows[k]]);
  return sum;
}

guint32 onr_choice_best(const OnrModel *model, OnrRanker ranker, const OnrChoice *choice) {
  guint32 best = 0;
  gint32 most = G_MININT32;
  for (guint32 k = 0; k < choice->n; k++) {
    gint32 score = onr_candidate_score(model, ranker, &choice->items[k]);
    if (score > most) {
      most = score;
      best = k;
    }
  }
  return best;
}

void onr_linker_begin(OnrLinker *l, const OnrTagger *tagger, const OnrAttributions *rules) {
  l->tagger = tagger;
  l->reading = rules->reading;
  onr_segments_set(&l->segments, tagger->run.labels, &tagger->features, rules);
}

/* A neighbour is not run into. */
static OnrSpan within_neighbours(const OnrSegments *s, OnrRole role, guint32 k, OnrSpan tokens) {
  if (k > 0)
    tokens.begin = MAX(tokens.begin, onr_segments_get(s, role, k - 1)->tokens.end);
  if (k + 1 < onr_segments_n(s, role))
    tokens.end = MIN(tokens.end, onr_segments_get(s, role, k + 1)->tokens.begin);
  return tokens;
}

void onr_linker_choose_edges(OnrLinker *l) {
  for (OnrRole role = 0; role < ONR_N_ROLES; role++) {
    for (guint32 k = 0; k < onr_segments_n(&l->segments, role); k++) {
      onr_linker_edges(l, role, k, &l->choice);
      OnrSpan tokens = l->choice.items[onr_choice_best(l->model, ONR_RANKER_EDGES, &l->choice)].tokens;
      tokens = within_neighbours(&l->segments, role, k, tokens);
      if (tokens.begin < tokens.end)
        onr_segments_get(&l->segments, role, k)->tokens = tokens;
    }
  }
  onr_segments_count(&l->segments);
}

static guint32 best_partner(OnrLinker *l, OnrRole role, guint32 k, OnrRole with) {
  onr_linker_partners(l, role, k, with, &l->choice);
  return l->choice.items[onr_choice_best(l->model, ONR_RANKER_PARTNERS, &l->choice)].segment;
}

static guint32 new_link(OnrLinker *l, guint32 content, guint32 cue) {
  OnrLink link = {.content = content, .cue = cue};
  link.source = cue == ONR_NO_SEGMENT ? best_partner(l, ONR_ROLE_CONTENT, content, ONR_ROLE_SOURCE)
                                      : g_array_index(l->source_of_cue, guint32, cue);
  g_array_append_val(l->links, link);
  return l->links->len - 1;
}

static OnrSegment *content_at(const OnrLinker *l, guint32 k) {
  return onr_segments_get(&l->segments, ONR_ROLE_CONTENT, k);
}

/* The segment of ROLE that shares a token with SPAN. */
static guint32 segment_at(const OnrSegments *s, OnrRole role, OnrSpan span) {
  guint32 k = span.begin < span.end ? onr_segments_from(s, role, span.begin) : onr_segments_n(s, role);
  k -= k > 0 && onr_segments_get(s, role, k - 1)->tokens.end > span.begin ? 1 : 0;
  return k < onr_segments_n(s, role) && onr_span_overlaps(onr_segments_get(s, role, k)->tokens, span)
             ? k
             : ONR_NO_SEGMENT;
}

static const OnrAttribution *rule_of(const OnrLinker *l, const OnrSegment *segment) {
  return segment->rule ? onr_attributions_get(l->segments.rules, segment->rule - 1) : NULL;
}

static gboolean is_transcript(const OnrAttribution *rule) {
  return rule && rule->construction == ONR_CONSTRUCTION_TRANSCRIPT;
}

/* “…,” she said: where the clause that the rules read stands beside the quotation, or a cue right before its
 * content, nothing is to be weighed; nor where a label stands before the words. */
static guint32 ruled_cue(const OnrLinker *l, guint32 k) {
  const OnrSegment *content = content_at(l, k);
  const OnrAttribution *rule = rule_of(l, content);
  if (!rule)
    return ONR_NO_SEGMENT;
  guint32 end = content->tokens.end;
  gboolean is_clause =
      rule->construction == ONR_CONSTRUCTION_DIRECT || rule->construction == ONR_CONSTRUCTION_SIGNATURE;
  gboolean is_behind = is_clause && l->reading->words[end - 1].quoted && rule->cue.begin >= end &&
                       rule->cue.begin <= end + CLAUSE_REACH;
  gboolean is_before = rule->cue.end == content->tokens.begin;
  return is_behind || is_before || is_transcript(rule) ? segment_at(&l->segments, ONR_ROLE_CUE, rule->cue)
                                                       : ONR_NO_SEGMENT;
}

static guint32 source_of(OnrLinker *l, guint32 cue) {
  const OnrAttribution *rule = rule_of(l, onr_segments_get(&l->segments, ONR_ROLE_CUE, cue));
  guint32 source =
      is_transcript(rule) ? segment_at(&l->segments, ONR_ROLE_SOURCE, rule->source) : ONR_NO_SEGMENT;
  return source != ONR_NO_SEGMENT ? source : best_partner(l, ONR_ROLE_CUE, cue, ONR_ROLE_SOURCE);
}

/* May content K be of one attribution with the earlier content BEFORE? Over the end of a paragraph only a
 * quotation goes on with a quotation, and only when it has no clause of its own: RULED is the cue that the
 * rules see for K. */
static gboolean may_join(const OnrLinker *l, guint32 before, guint32 k, guint32 ruled) {
  const OnrSegment *a = content_at(l, before), *b = content_at(l, k);
  guint32 last = a->tokens.end - 1, first = b->tokens.begin;
  if ((b->rule && a->rule == b->rule) || onr_linker_paragraph(l, last) == onr_linker_paragraph(l, first))
    return TRUE;
  return ruled == ONR_NO_SEGMENT && l->reading->words[last].quoted && l->reading->words[first].quoted;
}

/* May content K go on with the one before, whatever its own cue? Not behind a signature, nor right behind
 * that cue. */
static gboolean may_go_on(const OnrLinker *l, guint32 k, guint32 ruled) {
  if (k == 0 || !may_join(l, k - 1, k, ruled))
    return FALSE;
  const OnrSegment *content = content_at(l, k);
  return ruled == ONR_NO_SEGMENT ||
         (rule_of(l, content)->construction != ONR_CONSTRUCTION_SIGNATURE &&
          onr_segments_get(&l->segments, ONR_ROLE_CUE, ruled)->tokens.end != content->tokens.begin);
}

/* The link that content K belongs to: that of the content before, when it goes on with it; that of its cue:
 * contents of one cue are a split quote. LINK_OF_CUE has 1 + index of a link, 0 for none. */
static guint32 link_for(OnrLinker *l, guint32 k, guint32 *link_of_cue) {
  guint32 ruled = ruled_cue(l, k);
  if (may_go_on(l, k, ruled) && best_partner(l, ONR_ROLE_CONTENT, k, ONR_ROLE_CONTENT) != ONR_NO_SEGMENT)
    return g_array_index(l->link_of_content, guint32, k - 1);
  guint32 cue = ruled;
  if (cue == ONR_NO_SEGMENT)
    cue = best_partner(l, ONR_ROLE_CONTENT, k, ONR_ROLE_CUE);
  if (cue == ONR_NO_SEGMENT)
    return new_link(l, k, cue);
  guint32 link = link_of_cue[cue];
  if (!link || !may_join(l, g_array_index(l->links, OnrLink, link - 1).content, k, ruled))
    link = link_of_cue[cue] = 1 + new_link(l, k, cue);
  return link - 1;
}

void onr_linker_choose_partners(OnrLinker *l) {
  guint32 n_contents = onr_segments_n(&l->segments, ONR_ROLE_CONTENT),
          n_cues = onr_segments_n(&l->segments, ONR_ROLE_CUE);
  g_array_set_size(l->link_of_content, n_contents);
  g_array_set_size(l->source_of_cue, n_cues);
  g_array_set_size(l->links, 0);
  for (guint32 k = 0; k < n_cues; k++)
    g_array_index(l->source_of_cue, guint32, k) = source_of(l, k);
  g_autofree guint32 *link_of_cue = g_new0(guint32, n_cues + 1);
  for (guint32 k = 0; k < n_contents; k++) {
    guint32 link = link_for(l, k, link_of_cue);
    g_array_index(l->link_of_content, guint32, k) = link;
    g_array_index(l->links, OnrLink, link).n_contents++;
  }
}

void onr_linker_contents(const OnrLinker *l, guint32 link, GArray *out) {
  const OnrLink *item = &g_array_index(l->links, OnrLink, link);
  g_array_set_size(out, 0);
  for (guint32 k = item->content; out->len < item->n_contents; k++)
    if (g_array_index(l->link_of_content, guint32, k) == link)
      g_array_append_val(out, content_at(l, k)->tokens);
}

/* --- writing attributions --- */

static OnrAct act_of(const OnrReading *r, OnrSpan cue) {
  OnrCueUse use;
  for (guint32 i = cue.begin; i < cue.end; i++)
    if (onr_cue_use_verb(r, i, cue.end, &use) || onr_cue_use_noun(r, i, &use) ||
        onr_cue_use_adjective(r, i, &use))
      return use.act;
  return ONR_ACT_SPEECH;
}

static OnrSpan tokens_of(const OnrLinker *l, OnrRole role, guint32 k) {
  return k == ONR_NO_SEGMENT ? (OnrSpan){0, 0} : onr_segments_get(&l->segments, role, k)->tokens;
}

static OnrAttribution attribution_of(const OnrLinker *l, const OnrLink *link) {
  const OnrSegment *content = content_at(l, link->content);
  const OnrReading *r = l->reading;
  OnrAttribution item = {.source = tokens_of(l, ONR_ROLE_SOURCE, link->source),
                         .cue = tokens_of(l, ONR_ROLE_CUE, link->cue),
                         .paragraph = onr_linker_paragraph(l, content->tokens.begin)};
  const OnrAttribution *rule = rule_of(l, content);
  item.construction = rule                                     ? rule->construction
                      : r->words[content->tokens.begin].quoted ? ONR_CONSTRUCTION_DIRECT
                                                               : ONR_CONSTRUCTION_OTHER;
  if (is_transcript(rule))
    item.source = rule->source;
  item.act = rule && onr_span_overlaps(rule->cue, item.cue) ? rule->act : act_of(r, item.cue);
  return item;
}

static guint8 confidence_of(const OnrModelHeader *h, gint32 score) {
  gint32 from = (gint16)GINT16_FROM_LE(h->confidence_from), step = (gint16)GINT16_FROM_LE(h->confidence_step);
  gint32 k = (score - from) / MAX(step, 1);
  return h->confidences[CLAMP(k, 0, ONR_N_CONFIDENCES - 1)];
}

/* Tokens of SPAN that stand in marks. */
static guint32 n_quoted(const OnrReading *r, OnrSpan span) {
  guint32 n = 0;
  for (guint32 i = span.begin; i < span.end; i++)
    n += r->words[i].quoted ? 1 : 0;
  return n;
}

static gboolean is_quoted(const OnrReading *r, OnrSpan span) {
  return n_quoted(r, span) == onr_span_length(span);
}

/* Is PIECE of CONTENTS no part of what was said: the expletive of "it is believed that", or words without
 * marks that the tagger has beside a quotation (“…,” he said, pulling a face)? */
static gboolean is_stray(const OnrReading *r, const GArray *contents, guint piece) {
  OnrSpan tokens = g_array_index(contents, OnrSpan, piece);
  if (contents->len > 1 && onr_span_length(tokens) == 1 && onr_reading_equals(r, tokens.begin, "it"))
    return TRUE;
  return piece > 0 && is_quoted(r, g_array_index(contents, OnrSpan, 0)) && n_quoted(r, tokens) == 0;
}

/* The begin of a source behind "and" with what it is joined to: "Dorn and | his aides", at the begin of a
 * clause. */
static guint32 joined_begin(const OnrReading *r, OnrSpan source) {
  guint32 lower =
      r->doc->sentences[onr_document_sentence_at(r->doc, onr_reading_token(r, source.begin)->begin)]
          .first_token;
  if (source.begin < lower + 2 || onr_tag(r, source.begin - 1) != ONR_TAG_COORDINATOR ||
      onr_tag(r, source.begin) == ONR_TAG_PRONOUN || !onr_reading_equals(r, source.begin - 1, "and"))
    return source.begin;
  guint32 begin = onr_noun_phrase_begin(r, lower, source.begin - 1);
  return begin < source.begin - 1 && onr_is_clause_edge(r, lower, begin) ? begin : source.begin;
}

/* The end of a piece with the stop that ends its marked words, where no mark closes them. */
static guint32 with_stop(const OnrReading *r, OnrSpan tokens) {
  guint32 end = tokens.end, quoted = r->words[end - 1].quoted;
  gboolean is_last = quoted && end < r->n && r->words[end].quoted == quoted &&
                     onr_tag(r, end) == ONR_TAG_STOP &&
                     (end + 1 == r->n || r->words[end + 1].quoted != quoted);
  return is_last ? end + 1 : end;
}

/* A source that runs into its content, "a poll by the board, most | residents", ends before it. */
static OnrSpan before_content(const OnrReading *r, OnrSpan source, OnrSpan content) {
  if (source.begin >= content.begin || source.end <= content.begin)
    return source;
  source.end = content.begin;
  while (source.end > source.begin + 1 && onr_tag(r, source.end - 1) == ONR_TAG_COMMA)
    source.end--;
  return source;
}

static void write_link(const OnrLinker *l, guint32 k, guint8 confidence, GArray *contents,
                       OnrAttributions *out) {
  OnrAttribution item = attribution_of(l, &g_array_index(l->links, OnrLink, k));
  item.confidence = confidence;
  if (item.source.begin < item.source.end)
    item.source.begin = joined_begin(l->reading, item.source);
  item.source = before_content(l->reading, item.source,
                               content_at(l, g_array_index(l->links, OnrLink, k).content)->tokens);
  guint32 index = onr_attributions_add(out, &item);
  onr_linker_contents(l, k, contents);
  for (guint i = 0; i < contents->len; i++) {
    OnrSpan tokens = g_array_index(contents, OnrSpan, i);
    if (!is_stray(l->reading, contents, i))
      onr_attributions_add_content(out, index, tokens.begin, with_stop(l->reading, tokens));
  }
}

/* Some words in marks are somebody's, even where nobody can be found for them; so is a transcript's
 * paragraph. */
static gboolean is_surely_said(const OnrLinker *l, const OnrLink *link) {
  const OnrSegment *content = content_at(l, link->content);
  guint32 n_words = 0;
  if (is_transcript(rule_of(l, content)))
    return TRUE;
  for (guint32 i = content->tokens.begin; i < content->tokens.end; i++)
    n_words += onr_reading_token(l->reading, i)->kind != ONR_TOKEN_MARK;
  return n_words >= ONR_SPEECH_WORDS && is_quoted(l->reading, content->tokens);
}

void onr_linker_attribute(OnrLinker *l, const OnrTagger *tagger, const OnrAttributions *rules,
                          OnrAttributions *out) {
  onr_attributions_reset(out, rules->reading);
  if (!rules->reading->n)
    return;
  onr_linker_begin(l, tagger, rules);
  onr_linker_choose_edges(l);
  onr_linker_choose_partners(l);
  for (guint32 k = 0; k < l->links->len; k++) {
    const OnrLink *link = &g_array_index(l->links, OnrLink, k);
    OnrCandidate judged;
    onr_linker_judged(l, link, &judged);
    guint8 confidence =
        confidence_of(l->model->header, onr_candidate_score(l->model, ONR_RANKER_JUDGE, &judged));
    if (confidence >= LEAST_CONFIDENCE || is_surely_said(l, link))
      write_link(l, k, confidence, l->contents, out);
  }
}
