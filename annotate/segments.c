/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/segments.h"

#include "annotate/subject.h"

#include <stdlib.h>
#include <string.h>

static const OnrLabel label_of[ONR_N_ROLES] = {ONR_LABEL_CONTENT, ONR_LABEL_SOURCE, ONR_LABEL_CUE};

void onr_segments_init(OnrSegments *s) {
  memset(s, 0, sizeof *s);
  for (guint role = 0; role < ONR_N_ROLES; role++)
    s->of[role] = g_array_new(FALSE, FALSE, sizeof(OnrSegment));
}

void onr_segments_clear(OnrSegments *s) {
  for (guint role = 0; role < ONR_N_ROLES; role++) {
    if (s->of[role])
      g_array_unref(s->of[role]);
    g_free(s->rule_at[role]);
    g_free(s->begun[role]);
  }
  memset(s, 0, sizeof *s);
}

static void grow(OnrSegments *s, guint32 n) {
  if (n < s->capacity)
    return;
  s->capacity = n + n / 2 + 1;
  for (guint role = 0; role < ONR_N_ROLES; role++) {
    s->rule_at[role] = g_renew(guint32, s->rule_at[role], s->capacity);
    s->begun[role] = g_renew(guint32, s->begun[role], s->capacity);
  }
}

static void put(guint32 *at, OnrSpan span, guint32 value) {
  for (guint32 i = span.begin; i < span.end; i++)
    at[i] = value;
}

static void set_rules(OnrSegments *s, const OnrAttributions *rules) {
  for (guint role = 0; role < ONR_N_ROLES; role++)
    memset(s->rule_at[role], 0, sizeof(guint32) * rules->reading->n);
  for (guint32 k = 0; k < rules->pieces->len; k++) {
    const OnrPiece *piece = &g_array_index(rules->pieces, OnrPiece, k);
    put(s->rule_at[ONR_ROLE_CONTENT], piece->tokens, 1 + piece->attribution);
  }
  for (guint32 k = 0; k < rules->items->len; k++) {
    const OnrAttribution *item = onr_attributions_get(rules, k);
    put(s->rule_at[ONR_ROLE_SOURCE], item->source, 1 + k);
    put(s->rule_at[ONR_ROLE_CUE], item->cue, 1 + k);
  }
}

/* The run of one attribution in ROLE around token I. */
static OnrSpan run_at(const guint32 *rule_at, guint32 n, guint32 i) {
  OnrSpan run = {i, i + 1};
  while (run.begin > 0 && rule_at[run.begin - 1] == rule_at[i])
    run.begin--;
  while (run.end < n && rule_at[run.end] == rule_at[i])
    run.end++;
  return run;
}

static void find_rule(const OnrSegments *s, OnrRole role, OnrSegment *segment) {
  const guint32 *rule_at = s->rule_at[role];
  guint32 n = s->rules->reading->n, most = 0;
  for (guint32 i = segment->tokens.begin; i < segment->tokens.end;) {
    if (!rule_at[i]) {
      i++;
      continue;
    }
    OnrSpan run = run_at(rule_at, n, i);
    guint32 shared = MIN(run.end, segment->tokens.end) - i;
    if (shared > most) {
      most = shared;
      segment->rule = rule_at[i];
      segment->rule_tokens = run;
    }
    i += shared;
  }
}

static gboolean is_separator(const OnrReading *r, guint32 i) {
  OnrTag tag = onr_tag(r, i);
  return !r->words[i].quoted &&
         (tag == ONR_TAG_COMMA || tag == ONR_TAG_COLON || tag == ONR_TAG_STOP || tag == ONR_TAG_DASH);
}

/* Its paragraphs are whole: the last full stop belongs to them. */
static gboolean is_transcript(const OnrSegments *s, guint32 rule) {
  return rule && onr_attributions_get(s->rules, rule - 1)->construction == ONR_CONSTRUCTION_TRANSCRIPT;
}

/* Without the commas and colons at its ends, which belong to no part, unless it is nothing else. */
static OnrSpan trimmed(const OnrReading *r, OnrSpan span) {
  OnrSpan inner = span;
  while (inner.begin < inner.end && is_separator(r, inner.begin))
    inner.begin++;
  while (inner.begin < inner.end && is_separator(r, inner.end - 1))
    inner.end--;
  return inner.begin < inner.end ? inner : span;
}

static guint32 end_of_part(const guint8 *labels, guint32 begin, guint32 n) {
  guint32 end = begin + 1;
  while (end < n && labels[end] == labels[begin] + 1)
    end++;
  return end;
}

static gboolean is_free(const guint8 *labels, OnrSpan span, OnrRole role) {
  for (guint32 i = span.begin; i < span.end; i++)
    if (labels[i] == label_of[role] || labels[i] == label_of[role] + 1)
      return FALSE;
  return TRUE;
}

/* Cues and sources of the rules inside a content are what somebody else quotes: the tagger knows no such
   nesting, and the corpus hardly any. */
static gboolean is_wanted(const guint8 *labels, OnrSpan span, OnrRole role) {
  return is_free(labels, span, role) && (role == ONR_ROLE_CONTENT || is_free(labels, span, ONR_ROLE_CONTENT));
}

static void set_role(OnrSegments *s, OnrRole role, const guint8 *labels) {
  guint32 n = s->rules->reading->n;
  const guint32 *rule_at = s->rule_at[role];
  g_array_set_size(s->of[role], 0);
  for (guint32 i = 0; i < n;) {
    OnrSegment segment = {.tokens = {i, i + 1}};
    guint32 next = i + 1;
    if (labels[i] == label_of[role]) {
      next = end_of_part(labels, i, n);
      segment.tokens = (OnrSpan){i, next};
      if (!is_transcript(s, rule_at[i]))
        segment.tokens = trimmed(s->rules->reading, segment.tokens);
      find_rule(s, role, &segment);
    } else if (rule_at[i] && (i == 0 || rule_at[i - 1] != rule_at[i])) {
      segment.tokens = segment.rule_tokens = run_at(rule_at, n, i);
      segment.rule = rule_at[i];
      segment.is_rule = TRUE;
    }
    if (labels[i] == label_of[role] || (segment.is_rule && is_wanted(labels, segment.tokens, role))) {
      g_array_append_val(s->of[role], segment);
      next = MAX(next, segment.tokens.end);
    }
    i = next;
  }
}

/* --- subjects --- */

static gint by_place(gconstpointer x, gconstpointer y) {
  const OnrSegment *a = x, *b = y;
  return a->tokens.begin < b->tokens.begin ? -1 : a->tokens.begin > b->tokens.begin;
}

/* The subject of cue CUE, as the rules would have it had they known the cue. */
static OnrSpan subject_of(const OnrSegments *s, const OnrFeatures *f, const guint8 *labels, OnrSpan cue) {
  const OnrSentence *sentence = &s->rules->reading->doc->sentences[f->sentence[cue.begin]];
  guint32 lower = sentence->first_token, end = MIN(sentence->end_token, cue.begin + ONR_SENTENCE_REACH);
  lower = cue.begin - lower > ONR_SENTENCE_REACH ? cue.begin - ONR_SENTENCE_REACH : lower;
  guint32 free_from = cue.begin;
  while (free_from > lower && labels[free_from - 1] != ONR_LABEL_CONTENT &&
         labels[free_from - 1] != ONR_LABEL_CONTENT_ON)
    free_from--;
  OnrSubjectScope scope = {lower, free_from, end};
  OnrSubject subject;
  if (cue.begin == lower)
    return (OnrSpan){0, 0};
  OnrTag tag = onr_tag(s->rules->reading, cue.begin);
  gboolean is_found = tag == ONR_TAG_ING  ? onr_subject_of_participle(s->rules, &scope, cue.begin, &subject)
                      : tag == ONR_TAG_TO ? onr_subject_of_infinitive(s->rules, &scope, cue.begin, &subject)
                                          : onr_subject_before(s->rules, &scope, cue.begin, &subject);
  return is_found ? subject.source : (OnrSpan){0, 0};
}

/* Adds the subjects of the tagged cues where nothing is a source yet. */
static void add_subjects(OnrSegments *s, const OnrFeatures *f, const guint8 *labels) {
  GArray *sources = s->of[ONR_ROLE_SOURCE];
  guint n_tagged = sources->len;
  for (guint32 k = 0; k < s->of[ONR_ROLE_CUE]->len; k++) {
    const OnrSegment *cue = onr_segments_get(s, ONR_ROLE_CUE, k);
    OnrSegment segment = {
        .tokens = subject_of(s, f, labels, cue->tokens), .rule = cue->rule, .is_rule = TRUE};
    gboolean is_new = segment.tokens.begin < segment.tokens.end &&
                      is_wanted(labels, segment.tokens, ONR_ROLE_SOURCE) &&
                      is_free(labels, segment.tokens, ONR_ROLE_CUE);
    for (guint32 i = segment.tokens.begin; i < segment.tokens.end && is_new; i++)
      is_new = !s->rule_at[ONR_ROLE_SOURCE][i];
    if (is_new && sources->len > n_tagged)
      is_new = onr_segments_get(s, ONR_ROLE_SOURCE, sources->len - 1)->tokens.end <= segment.tokens.begin;
    if (is_new)
      g_array_append_val(sources, segment);
  }
  if (sources->len > n_tagged)
    qsort(sources->data, sources->len, sizeof(OnrSegment), by_place);
}

void onr_segments_count(OnrSegments *s) {
  guint32 n = s->rules->reading->n;
  for (guint role = 0; role < ONR_N_ROLES; role++) {
    guint32 k = 0;
    for (guint32 i = 0; i <= n; i++) {
      s->begun[role][i] = k;
      while (k < s->of[role]->len && onr_segments_get(s, role, k)->tokens.begin == i)
        k++;
    }
  }
}

void onr_segments_set(OnrSegments *s, const guint8 *labels, const OnrFeatures *f,
                      const OnrAttributions *rules) {
  s->rules = rules;
  grow(s, rules->reading->n);
  set_rules(s, rules);
  for (OnrRole role = 0; role < ONR_N_ROLES; role++)
    set_role(s, role, labels);
  add_subjects(s, f, labels);
  onr_segments_count(s);
}
