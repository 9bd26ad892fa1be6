/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Quotations: a stretch in marks, the clause that gives it to somebody before or behind it, and the stretches
 * that belong together. */
#include "annotate/attribution.h"
#include "annotate/phrases.h"
#include "annotate/subject.h"

/* Tokens between a cue and the quotation it announces: "told reporters at the airport on Tuesday evening:
 * “…”". */
#define ANNOUNCE_REACH 30
/* Tokens of a signature with its dash: — Maria del Carmen García Pérez. */
#define SIGNATURE_REACH 8

typedef struct {
  OnrAttributions *a;
  const OnrReading *r;
  guint32 begin, end; /* of the paragraph */
  guint32 paragraph;
} Scope;

static const OnrQuoted *quoted_at(const OnrReading *r, guint k) {
  return &g_array_index(r->quoted, OnrQuoted, k);
}

static const OnrSentence *sentence_of(const OnrReading *r, guint32 token) {
  return &r->doc->sentences[onr_document_sentence_at(r->doc, onr_reading_token(r, token)->begin)];
}

/* First token of the sentence that ends at or goes on over END, no farther back than rules reach. */
static guint32 sentence_begin(const OnrReading *r, guint32 end) {
  guint32 begin = sentence_of(r, end - 1)->first_token;
  return end - begin > ONR_SENTENCE_REACH ? end - ONR_SENTENCE_REACH : begin;
}

/* Index of the first stretch of PARAGRAPH or after it. */
static guint first_quoted(const OnrReading *r, guint32 paragraph) {
  guint low = 0, high = r->quoted->len;
  while (low < high) {
    guint mid = (low + high) / 2;
    if (quoted_at(r, mid)->paragraph < paragraph)
      low = mid + 1;
    else
      high = mid;
  }
  return low;
}

/* Last token inside the marks. */
static guint32 last_inner(const OnrReading *r, const OnrQuoted *q) {
  guint32 i = q->end - 1;
  while (i > q->begin && onr_tag(r, i) == ONR_TAG_QUOTE)
    i--;
  return i;
}

static guint32 n_words(const OnrReading *r, const OnrQuoted *q) {
  guint32 n = 0;
  for (guint32 i = q->begin; i < q->end && n < 2 * ONR_SPEECH_WORDS; i++)
    n += onr_reading_token(r, i)->kind != ONR_TOKEN_MARK;
  return n;
}

static gboolean ends_in(const OnrReading *r, const OnrQuoted *q, OnrTag tag) {
  return onr_tag(r, last_inner(r, q)) == tag;
}

/* A token of its own sentence stands before the stretch: paragraph's begin, full stop, colon, comma, another
 * quotation. */
static gboolean begins_clause(const Scope *s, const OnrQuoted *q) {
  if (q->begin <= s->begin)
    return TRUE;
  OnrTag before = onr_tag(s->r, q->begin - 1);
  return before == ONR_TAG_STOP || before == ONR_TAG_COLON || before == ONR_TAG_COMMA ||
         before == ONR_TAG_QUOTE || before == ONR_TAG_DASH ||
         sentence_of(s->r, q->begin)->first_token == q->begin;
}

static gboolean is_speech(const Scope *s, const OnrQuoted *q) {
  OnrTag last = onr_tag(s->r, last_inner(s->r, q));
  gboolean stops = last == ONR_TAG_STOP || last == ONR_TAG_COMMA || last == ONR_TAG_DASH || q->is_open;
  return begins_clause(s, q) && (stops || n_words(s->r, q) >= ONR_SPEECH_WORDS);
}

/* --- the clause behind --- */

typedef struct {
  OnrSpan source, cue;
  guint32 end; /* of the clause, adverbials taken in */
  OnrAct act;
  guint32 same_source;
  OnrConstruction construction;
} Clause;

static gboolean allows_quote(const OnrCueUse *use) {
  return (use->frames & (ONR_FRAME_AFTER | ONR_FRAME_QUOTED | ONR_FRAME_CLAUSE | ONR_FRAME_OBJECT_CLAUSE)) !=
         0;
}

static gboolean finite_cue(const OnrReading *r, guint32 v, guint32 upper, OnrCueUse *use) {
  return v < upper &&
         r->words[v].forms & (ONR_FORM_PAST | ONR_FORM_S | ONR_FORM_PARTICIPLE | ONR_FORM_BASE) &&
         onr_tag(r, v) != ONR_TAG_ING && onr_cue_use_verb(r, v, upper, use) && allows_quote(use);
}

static guint32 skip_object(const OnrReading *r, const OnrCueUse *use, guint32 upper) {
  guint32 i = use->end;
  if (use->frames & (ONR_FRAME_OBJECT_CLAUSE | ONR_FRAME_OBJECT_TO | ONR_FRAME_NOUN) && i < upper &&
      !(r->words[i].classes & ONR_WORD_TIME))
    i = onr_noun_phrase_end(r, i, upper);
  return i;
}

static gboolean finish_clause(const OnrReading *r, const OnrCueUse *use, guint32 group, guint32 upper,
                              Clause *out) {
  out->cue = (OnrSpan){group, use->end};
  out->act = use->act;
  out->construction = ONR_CONSTRUCTION_DIRECT;
  out->end = onr_skip_adverbials(r, skip_object(r, use, upper), upper);
  return TRUE;
}

/* “…,” the minister, who …, said */
static gboolean subject_first(const Scope *s, guint32 i, guint32 upper, Clause *out) {
  const OnrReading *r = s->r;
  OnrCueUse use;
  guint32 end = onr_noun_phrase_end(r, i, upper);
  if (end == i || onr_tag(r, i) == ONR_TAG_OBJECT)
    return FALSE;
  for (guint32 v = i + 1; v < end; v++) /* a cue that the tags took for a noun: “…,” Smith tweets */
    if (onr_tag(r, v) == ONR_TAG_NOUN && r->words[v].forms & ONR_FORM_S && finite_cue(r, v, upper, &use) &&
        use.frames & ONR_FRAME_AFTER && onr_tag(r, v - 1) == ONR_TAG_NAME)
      end = v;
  guint32 stop = end;
  if (end < upper && (onr_tag(r, end) == ONR_TAG_COMMA || onr_tag(r, end) == ONR_TAG_WH)) {
    stop = onr_apposition_end(r, end, upper);
    if (stop < upper && onr_tag(r, stop) == ONR_TAG_COMMA)
      stop++;
  }
  guint32 v = stop;
  while (v < upper && (onr_tag(r, v) == ONR_TAG_ADVERB || onr_tag(r, v) == ONR_TAG_AUXILIARY))
    v++;
  if (!finite_cue(r, v, upper, &use)) {
    /* who said: the relative clause itself holds the cue, no attribution of what stands before */
    return FALSE;
  }
  out->source = (OnrSpan){i, stop > end && onr_tag(r, stop - 1) == ONR_TAG_COMMA ? stop - 1 : stop};
  return finish_clause(r, &use, stop, upper, out);
}

/* “…,” said Jane Doe, a farmer */
static gboolean verb_first(const Scope *s, guint32 i, guint32 upper, Clause *out) {
  OnrCueUse use;
  while (i < upper && onr_tag(s->r, i) == ONR_TAG_ADVERB)
    i++;
  if (!finite_cue(s->r, i, upper, &use) || !(use.frames & (ONR_FRAME_AFTER | ONR_FRAME_QUOTED)))
    return FALSE;
  guint32 end = onr_subject_after(s->a, use.end, upper);
  if (end == use.end)
    return FALSE;
  out->source = (OnrSpan){use.end, end};
  finish_clause(s->r, &use, i, upper, out);
  out->end = onr_skip_adverbials(s->r, end, upper);
  return TRUE;
}

static gboolean according_to(const Scope *s, guint32 i, guint32 upper, Clause *out) {
  const OnrReading *r = s->r;
  if (i + 2 >= upper || !onr_reading_equals(r, i, "according") || !onr_reading_equals(r, i + 1, "to"))
    return FALSE;
  guint32 end = onr_subject_after(s->a, i + 2, upper);
  if (end == i + 2)
    return FALSE;
  *out = (Clause){
      .source = {i + 2, end}, .cue = {i, i + 2}, .end = end, .construction = ONR_CONSTRUCTION_ACCORDING};
  return TRUE;
}

/* “We won.” The minister said that …: the clause behind has a content of its own. */
static gboolean announces_more(const Scope *s, const Clause *c, guint32 upper) {
  if (c->end >= upper)
    return FALSE;
  switch (onr_tag(s->r, c->end)) {
  case ONR_TAG_THAT:
  case ONR_TAG_COLON:
  case ONR_TAG_WH:
    return TRUE;
  case ONR_TAG_COMMA:
  case ONR_TAG_STOP:
  case ONR_TAG_PREPOSITION:
  case ONR_TAG_SUBORDINATOR:
  case ONR_TAG_ING:
  case ONR_TAG_QUOTE:
    return FALSE;
  default:
    return onr_has_finite_verb(s->r, c->end, upper);
  }
}

static gboolean clause_behind(const Scope *s, const OnrQuoted *q, Clause *out) {
  const OnrReading *r = s->r;
  guint32 i = q->end;
  if (q->is_open || i >= s->end)
    return FALSE;
  guint32 upper = MIN(MIN(s->end, sentence_of(r, i)->end_token), i + ONR_SENTENCE_REACH);
  gboolean has_comma = onr_tag(r, i) == ONR_TAG_COMMA;
  if (has_comma)
    i++;
  if (i >= upper || r->words[i].quoted)
    return FALSE;
  *out = (Clause){0};
  gboolean found =
      subject_first(s, i, upper, out) || verb_first(s, i, upper, out) || according_to(s, i, upper, out);
  if (!found)
    return FALSE;
  OnrTag last = onr_tag(r, last_inner(r, q));
  if (has_comma || last == ONR_TAG_COMMA || last == ONR_TAG_DASH)
    return TRUE;
  if (last != ONR_TAG_STOP && onr_reading_is_capital(r, i) && onr_tag(r, i) != ONR_TAG_NAME)
    return FALSE;
  return !announces_more(s, out, upper);
}

/* “The bridge is safe.” — Mara Ellison: a signature, on the same line or a line of its own, and nothing
 * behind it. */
static gboolean signature_behind(const Scope *s, const OnrQuoted *q, Clause *out) {
  const OnrReading *r = s->r;
  guint32 dash = q->end, upper = s->end;
  if (dash == s->end && s->paragraph + 1 < r->doc->n_paragraphs)
    upper = r->doc->paragraphs[s->paragraph + 1].end_token;
  upper = MIN(upper, dash + SIGNATURE_REACH);
  if (q->is_open || dash + 1 >= upper || onr_tag(r, dash) != ONR_TAG_DASH ||
      onr_tag(r, dash + 1) != ONR_TAG_NAME)
    return FALSE;
  guint32 end = dash + 2;
  while (end < upper && !(onr_reading_token(r, end)->flags & ONR_TOKEN_LINE_BEFORE) &&
         (onr_tag(r, end) == ONR_TAG_NAME || onr_reading_token(r, end)->flags & ONR_TOKEN_DOTTED ||
          r->words[end].classes & ONR_WORD_PARTICLE))
    end++;
  OnrTag behind = end < r->n ? onr_tag(r, end) : ONR_TAG_STOP;
  gboolean is_line = end >= r->n || onr_reading_token(r, end)->flags & ONR_TOKEN_LINE_BEFORE;
  if (!is_line && behind != ONR_TAG_COMMA && behind != ONR_TAG_STOP && behind != ONR_TAG_OPEN)
    return FALSE;
  *out = (Clause){.source = {dash + 1, end},
                  .cue = {dash, dash + 1},
                  .end = end,
                  .construction = ONR_CONSTRUCTION_SIGNATURE};
  return TRUE;
}

/* --- the clause before --- */

static gboolean is_gap_announcing(const OnrReading *r, const OnrCueUse *use, guint32 upper) {
  guint32 i = onr_skip_adverbials(r, use->end, upper);
  if (i == upper)
    return TRUE;
  i = onr_skip_adverbials(r, skip_object(r, use, upper), upper);
  if (i < upper && onr_tag(r, i) == ONR_TAG_COMMA)
    i = onr_skip_adverbials(r, i + 1, upper);
  return i == upper;
}

static gboolean take_announcement(const Scope *s, const OnrCueUse *use, guint32 lower, Clause *out) {
  OnrSubject subject;
  guint32 group = onr_verb_group_begin(s->r, lower, use->begin);
  OnrSubjectScope scope = {lower, lower, s->end};
  while (scope.free_from < group && onr_attributions_is_claimed(s->a, scope.free_from, group))
    scope.free_from++;
  if (onr_tag(s->r, use->begin) == ONR_TAG_ING && group == use->begin)
    onr_subject_of_participle(s->a, &scope, group, &subject);
  else
    onr_subject_before(s->a, &scope, group, &subject);
  *out = (Clause){.source = subject.source,
                  .same_source = subject.same_source,
                  .cue = {group, use->end},
                  .act = use->act,
                  .construction = ONR_CONSTRUCTION_DIRECT};
  return TRUE;
}

/* The sentence's subject, for a colon without a cue verb. */
static gboolean colon_subject(const Scope *s, guint32 lower, guint32 colon, Clause *out) {
  const OnrReading *r = s->r;
  guint32 v = lower;
  while (v < colon && onr_tag(r, v) != ONR_TAG_VERB && onr_tag(r, v) != ONR_TAG_AUXILIARY)
    v++;
  OnrSubject subject = {{0, 0}, 0};
  OnrSubjectScope scope = {lower, lower, colon};
  if (v < colon)
    onr_subject_before(s->a, &scope, onr_verb_group_begin(r, lower, v), &subject);
  else if (onr_noun_phrase_end(r, lower, colon) == colon)
    subject.source = (OnrSpan){lower, colon};
  if (subject.source.begin == subject.source.end)
    return FALSE;
  *out = (Clause){.source = subject.source,
                  .same_source = subject.same_source,
                  .cue = {colon, colon + 1},
                  .construction = ONR_CONSTRUCTION_COLON};
  return TRUE;
}

static gboolean clause_before(const Scope *s, const OnrQuoted *q, Clause *out) {
  const OnrReading *r = s->r;
  guint32 upper = q->begin;
  if (upper <= s->begin) { /* X responded:¶“…” */
    if (s->paragraph == 0)
      return FALSE;
    const OnrParagraph *before = &r->doc->paragraphs[s->paragraph - 1];
    if (before->end_token != upper || upper == 0 || onr_tag(r, upper - 1) != ONR_TAG_COLON ||
        upper <= r->n_headline)
      return FALSE;
  }
  OnrTag separator = onr_tag(r, upper - 1);
  gboolean is_separated = separator == ONR_TAG_COMMA || separator == ONR_TAG_COLON;
  if (is_separated)
    upper--;
  if (upper == 0)
    return FALSE;
  guint32 lower = sentence_begin(r, upper);
  for (guint32 v = upper; v > lower && upper - v < ANNOUNCE_REACH;) {
    v--;
    OnrTag tag = onr_tag(r, v);
    if (tag == ONR_TAG_STOP || r->words[v].quoted || s->a->claims[v])
      break;
    OnrCueUse use;
    gboolean is_verb = (tag == ONR_TAG_VERB || tag == ONR_TAG_PARTICIPLE || tag == ONR_TAG_ING ||
                        (tag == ONR_TAG_NOUN && v + 1 == upper && r->words[v].forms));
    if (!is_verb || !onr_cue_use_verb(r, v, upper, &use) ||
        !(allows_quote(&use) || use.frames & ONR_FRAME_WH))
      continue;
    if (is_gap_announcing(r, &use, upper) || separator == ONR_TAG_COLON)
      return take_announcement(s, &use, lower, out);
    break;
  }
  return separator == ONR_TAG_COLON && colon_subject(s, lower, upper, out);
}

/* --- stretches --- */

static guint32 add_clause(const Scope *s, const Clause *c) {
  OnrAttribution item = {.construction = c->construction,
                         .act = c->act,
                         .source = c->source,
                         .cue = c->cue,
                         .paragraph = s->paragraph,
                         .same_source = c->same_source};
  return onr_attributions_add(s->a, &item);
}

static void add_stretch(const Scope *s, guint32 index, const OnrQuoted *q) {
  onr_attributions_add_content(s->a, index, q->begin, q->end);
}

/* Does Q go on with the attribution whose clause ends at CLAUSE_END: “…,” he said, “…” or “…,” he said. “…”
 */
static gboolean resumes(const Scope *s, const OnrQuoted *q, guint32 clause_end) {
  if (q->begin < clause_end || !begins_clause(s, q))
    return FALSE;
  if (q->begin == clause_end)
    return TRUE;
  /* Nothing but the rest of the clause's own sentence may stand between. */
  const OnrSentence *clause = sentence_of(s->r, clause_end ? clause_end - 1 : 0);
  return q->begin <= clause->end_token;
}

typedef struct {
  guint32 last;       /* 1 + index of the attribution that may go on */
  guint32 clause_end; /* of its clause, or of its last stretch */
} Running;

static gboolean try_clauses(const Scope *s, const OnrQuoted *q, Clause *c) {
  gboolean comma = ends_in(s->r, q, ONR_TAG_COMMA);
  if (comma && clause_behind(s, q, c))
    return TRUE;
  Clause before;
  if (clause_before(s, q, &before)) {
    *c = before;
    c->end = q->end;
    return TRUE;
  }
  return !comma && clause_behind(s, q, c);
}

/* Voters "want more," she said: the sentence so far is content as well. */
static void add_half_quoted(const Scope *s, const OnrQuoted *q, const Clause *c, Running *running) {
  guint32 begin = MAX(s->begin, sentence_begin(s->r, q->begin + 1));
  for (guint32 i = q->begin; i > begin; i--)
    if (s->a->claims[i - 1]) {
      begin = i;
      break;
    }
  while (begin < q->begin &&
         (onr_tag(s->r, begin) == ONR_TAG_COORDINATOR || onr_tag(s->r, begin) == ONR_TAG_COMMA))
    begin++;
  guint32 index = add_clause(s, c);
  onr_attributions_add_content(s->a, index, begin, q->end);
  *running = (Running){index + 1, MAX(c->end, q->end)};
}

static void find_stretch(const Scope *s, guint k, Running *running) {
  const OnrQuoted *q = quoted_at(s->r, k);
  if (q->end <= s->r->n_headline || onr_attributions_is_claimed(s->a, q->begin, q->begin + 1))
    return;
  if (q->is_continued && running->last) {
    add_stretch(s, running->last - 1, q);
    Clause c;
    OnrAttribution *item = onr_attributions_get(s->a, running->last - 1);
    if (item->cue.begin == item->cue.end && clause_behind(s, q, &c)) {
      item->source = c.source;
      item->cue = c.cue;
      item->construction = c.construction;
      running->clause_end = c.end;
    }
    return;
  }
  Clause c;
  gboolean speech = is_speech(s, q);
  if (speech && signature_behind(s, q, &c)) {
    add_stretch(s, add_clause(s, &c), q);
    running->last = 0;
  } else if (speech && running->last && resumes(s, q, running->clause_end) && !clause_behind(s, q, &c) &&
             !clause_before(s, q, &c)) {
    add_stretch(s, running->last - 1, q);
    running->clause_end = q->end;
  } else if (speech && try_clauses(s, q, &c)) {
    guint32 index = add_clause(s, &c);
    add_stretch(s, index, q);
    *running = (Running){index + 1, MAX(c.end, q->end)};
  } else if (!begins_clause(s, q) && ends_in(s->r, q, ONR_TAG_COMMA) && clause_behind(s, q, &c) &&
             !announces_more(s, &c, s->end)) {
    add_half_quoted(s, q, &c, running);
  } else if (q->is_open) {
    OnrAttribution item = {.construction = ONR_CONSTRUCTION_FOLLOW_ON, .paragraph = s->paragraph};
    guint32 index = onr_attributions_add(s->a, &item);
    add_stretch(s, index, q);
    *running = (Running){index + 1, q->end};
  } else {
    running->last = 0;
  }
}

static Scope scope_of(OnrAttributions *a, guint32 paragraph) {
  const OnrParagraph *p = &a->reading->doc->paragraphs[paragraph];
  return (Scope){
      .a = a, .r = a->reading, .begin = p->first_token, .end = p->end_token, .paragraph = paragraph};
}

void onr_find_direct(OnrAttributions *a, guint32 paragraph) {
  Scope s = scope_of(a, paragraph);
  guint k = first_quoted(s.r, paragraph);
  Running running = {0, s.begin};
  if (k < s.r->quoted->len && quoted_at(s.r, k)->paragraph == paragraph && quoted_at(s.r, k)->is_continued &&
      a->pieces->len)
    running.last = 1 + g_array_index(a->pieces, OnrPiece, a->pieces->len - 1).attribution;
  if (onr_find_transcript(a, paragraph))
    return;
  for (; k < s.r->quoted->len && quoted_at(s.r, k)->paragraph == paragraph; k++)
    find_stretch(&s, k, &running);
}

/* A stretch that is not announced and not in another's content: a full sentence or more. */
static gboolean is_orphan(const Scope *s, const OnrQuoted *q) {
  if (q->end <= s->r->n_headline || onr_attributions_is_claimed(s->a, q->begin, q->end))
    return FALSE;
  OnrTag last = onr_tag(s->r, last_inner(s->r, q));
  gboolean is_whole =
      (last == ONR_TAG_STOP || last == ONR_TAG_COMMA) &&
      (q->begin == s->begin || sentence_of(s->r, q->begin)->first_token == q->begin ||
       onr_tag(s->r, q->begin - 1) == ONR_TAG_COLON || onr_tag(s->r, q->begin - 1) == ONR_TAG_STOP);
  gboolean fills_paragraph = q->begin == s->begin && q->end == s->end;
  return is_whole && n_words(s->r, q) >= (fills_paragraph ? 2 : ONR_SPEECH_WORDS);
}

/* 1 + index of an attribution of speech in the sentence before Q, in the same paragraph: Q goes on with it.
 */
static guint32 attribution_to_join(const Scope *s, const OnrQuoted *q) {
  if (q->begin <= s->begin)
    return 0;
  const OnrSentence *before = sentence_of(s->r, q->begin - 1);
  guint32 found = onr_attribution_before(s->a, MAX(before->first_token, s->begin), q->begin);
  if (!found && s->a->pieces->len) {
    const OnrPiece *last = &g_array_index(s->a->pieces, OnrPiece, s->a->pieces->len - 1);
    if (last->tokens.end <= q->begin && q->begin - last->tokens.end <= 1 && last->tokens.begin >= s->begin)
      found = last->attribution + 1;
  }
  return found && onr_attributions_get(s->a, found - 1)->act == ONR_ACT_SPEECH ? found : 0;
}

void onr_find_follow_on(OnrAttributions *a, guint32 paragraph) {
  Scope s = scope_of(a, paragraph);
  for (guint k = first_quoted(s.r, paragraph);
       k < s.r->quoted->len && quoted_at(s.r, k)->paragraph == paragraph; k++) {
    const OnrQuoted *q = quoted_at(s.r, k);
    if (!is_orphan(&s, q))
      continue;
    guint32 joined = attribution_to_join(&s, q);
    OnrAttribution item = {.construction = ONR_CONSTRUCTION_FOLLOW_ON, .paragraph = paragraph};
    add_stretch(&s, joined ? joined - 1 : onr_attributions_add(a, &item), q);
  }
}
