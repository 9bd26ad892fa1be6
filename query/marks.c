/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "query/marks.h"

#include "text/utf8.h"

#include <string.h>
#include <utf8proc.h>

/* Where a term stands. */
typedef struct {
  guint32 position;
  OnrSpan span;
} Place;

typedef struct {
  char *term;     /* as posted, without the marker's prefix */
  GArray *places; /* Place, by position; of the text at hand */
} Term;

/* A TERM, PHRASE or NEAR of the plan. */
typedef struct {
  OnrPlanKind kind;
  guint window;
  guint group;
  double weight;
  GArray *terms; /* guint, into the marker's terms */
} Unit;

struct OnrMarker {
  OnrTermMaker *maker;
  const char *prefix;
  OnrWeightFunc weigh;
  gpointer data;
  GArray *terms;     /* Term */
  GHashTable *index; /* term → its number plus one */
  GArray *units;     /* Unit */
  guint n_groups;
  GString *form, *stem, *scratch;
};

static void term_clear(gpointer p) {
  Term *term = p;
  g_free(term->term);
  g_array_unref(term->places);
}

static void unit_clear(gpointer p) {
  g_array_unref(((Unit *)p)->terms);
}

/* --- what to look for --- */

/* What follows the marker's prefix; NULL where TERM is posted elsewhere. */
static const char *own_part(const OnrMarker *marker, const char *term) {
  if (!g_str_has_prefix(term, marker->prefix))
    return NULL;
  const char *rest = term + strlen(marker->prefix);
  return g_ascii_isupper(rest[0]) && rest[0] != ONR_TERM_STEM[0] ? NULL : rest;
}

static guint add_term(OnrMarker *marker, const char *word) {
  guint known = GPOINTER_TO_UINT(g_hash_table_lookup(marker->index, word));
  if (known)
    return known - 1;
  Term term = {.term = g_strdup(word), .places = g_array_new(FALSE, FALSE, sizeof(Place))};
  g_array_append_val(marker->terms, term);
  g_hash_table_insert(marker->index, term.term, GUINT_TO_POINTER(marker->terms->len));
  return marker->terms->len - 1;
}

static double weight_of(const OnrMarker *marker, const char *term) {
  return marker->weigh ? marker->weigh(term, marker->data) : 1;
}

static void unit_add_term(OnrMarker *marker, Unit *unit, const OnrPlan *term) {
  guint number = add_term(marker, own_part(marker, term->term));
  g_array_append_val(unit->terms, number);
  unit->weight += weight_of(marker, term->term);
}

static void add_unit(OnrMarker *marker, const OnrPlan *plan, guint group) {
  const OnrPlan *first = plan->kind == ONR_PLAN_TERM ? plan : plan->children->pdata[0];
  if (!own_part(marker, first->term))
    return;
  Unit unit = {.kind = plan->kind,
               .window = plan->window,
               .group = group,
               .terms = g_array_new(FALSE, FALSE, sizeof(guint))};
  if (plan->kind == ONR_PLAN_TERM)
    unit_add_term(marker, &unit, plan);
  for (guint i = 0; plan->children && i < plan->children->len; i++)
    unit_add_term(marker, &unit, plan->children->pdata[i]);
  g_array_append_val(marker->units, unit);
}

#define NO_GROUP G_MAXUINT

/* GROUP: of a FILTER that PLAN stands in, NO_GROUP outside. */
static void add_units(OnrMarker *marker, const OnrPlan *plan, guint group) {
  switch (plan->kind) {
  case ONR_PLAN_TERM:
  case ONR_PLAN_PHRASE:
  case ONR_PLAN_NEAR:
    add_unit(marker, plan, group == NO_GROUP ? marker->n_groups++ : group);
    break;
  case ONR_PLAN_AND:
  case ONR_PLAN_OR:
    for (guint i = 0; i < plan->children->len; i++)
      add_units(marker, plan->children->pdata[i], group);
    break;
  case ONR_PLAN_NOT:
    add_units(marker, plan->children->pdata[0], group);
    break;
  case ONR_PLAN_FILTER:
    add_units(marker, plan->children->pdata[0], group == NO_GROUP ? marker->n_groups++ : group);
    break;
  default:
    break;
  }
}

OnrMarker *onr_marker_new(OnrTermMaker *maker, const OnrPlan *plan, const char *prefix, OnrWeightFunc weigh,
                          gpointer data) {
  OnrMarker *marker = g_new0(OnrMarker, 1);
  *marker = (OnrMarker){.maker = maker,
                        .prefix = prefix,
                        .weigh = weigh,
                        .data = data,
                        .terms = g_array_new(FALSE, FALSE, sizeof(Term)),
                        .index = g_hash_table_new(g_str_hash, g_str_equal),
                        .units = g_array_new(FALSE, FALSE, sizeof(Unit)),
                        .form = g_string_new(NULL),
                        .stem = g_string_new(NULL),
                        .scratch = g_string_new(NULL)};
  g_array_set_clear_func(marker->terms, term_clear);
  g_array_set_clear_func(marker->units, unit_clear);
  add_units(marker, plan, NO_GROUP);
  return marker;
}

void onr_marker_free(OnrMarker *marker) {
  if (!marker)
    return;
  g_array_unref(marker->units);
  g_array_unref(marker->terms);
  g_hash_table_unref(marker->index);
  g_string_free(marker->form, TRUE);
  g_string_free(marker->stem, TRUE);
  g_string_free(marker->scratch, TRUE);
  g_free(marker);
}

guint onr_marker_groups(const OnrMarker *marker) {
  return marker->n_groups;
}

/* --- where it stands --- */

static void note_word(OnrMarker *marker, const char *word, Place place) {
  guint number = GPOINTER_TO_UINT(g_hash_table_lookup(marker->index, word));
  if (number)
    g_array_append_val(g_array_index(marker->terms, Term, number - 1).places, place);
}

/* A word that is short enough is posted as it is. */
static void note_term(OnrMarker *marker, gboolean is_stem, const char *word, Place place) {
  g_string_assign(marker->scratch, is_stem ? ONR_TERM_STEM : "");
  g_string_append(marker->scratch, word);
  if (marker->scratch->len <= ONR_TERM_MAX) {
    note_word(marker, marker->scratch->str, place);
    return;
  }
  g_autofree char *posted = onr_term_compose("", is_stem, word);
  note_word(marker, posted, place);
}

static void note_posting(OnrMarker *marker, const char *form, const char *stem, Place place) {
  note_term(marker, FALSE, form, place);
  note_term(marker, TRUE, stem, place);
}

/* Ends of the characters of [BEGIN, END), each with the marks that stand on it. */
static void character_ends(const char *text, OnrSpan span, GArray *ends) {
  const char *p = text + span.begin, *end = text + span.end;
  while (p < end) {
    guint n;
    gint32 c = onr_utf8_get(p, end, &n);
    utf8proc_category_t category = utf8proc_category(c);
    gboolean is_mark = category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC;
    guint32 here = (guint32)(p + n - text);
    if (is_mark && ends->len)
      g_array_index(ends, guint32, ends->len - 1) = here;
    else
      g_array_append_val(ends, here);
    p += n;
  }
}

/* A run without spaces is posted as pairs of characters; where folding keeps their number, a pair's place is
 * exact, else it is the run. */
static guint32 note_pairs(OnrMarker *marker, const char *text, const OnrToken *token, guint32 position) {
  OnrSpan run = {token->begin, token->end};
  g_autoptr(GArray) pairs = onr_terms_query(marker->maker, text + run.begin, onr_span_length(run), FALSE);
  g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(guint32));
  character_ends(text, run, ends);
  gboolean is_exact = ends->len == pairs->len + 1;
  for (guint i = 0; i < pairs->len; i++) {
    const OnrQueryTerm *pair = &g_array_index(pairs, OnrQueryTerm, i);
    OnrSpan span = run;
    if (is_exact)
      span =
          (OnrSpan){i ? g_array_index(ends, guint32, i - 1) : run.begin, g_array_index(ends, guint32, i + 1)};
    note_posting(marker, pair->form, pair->stem, (Place){position + i, span});
  }
  return pairs->len;
}

/* The parts of a hyphenated word stand at positions of their own. */
static guint32 note_parts(OnrMarker *marker, const char *text, const OnrToken *token, guint32 position) {
  guint32 end = onr_token_bare_end(token);
  g_autoptr(GArray) parts = onr_terms_query(marker->maker, text + token->begin, end - token->begin, FALSE);
  for (guint i = 0; i < parts->len; i++) {
    const OnrQueryTerm *part = &g_array_index(parts, OnrQueryTerm, i);
    OnrSpan span = {part->span.begin + token->begin, part->span.end + token->begin};
    note_posting(marker, part->form, part->stem, (Place){position + i, span});
  }
  return parts->len;
}

/* Notes a token's postings; returns how many positions it takes. */
static guint32 note_token(OnrMarker *marker, const char *text, const OnrToken *token, guint32 position) {
  if (token->flags & ONR_TOKEN_UNSPACED)
    return note_pairs(marker, text, token, position);
  if (!onr_terms_token_form(marker->maker, text, token, marker->form, marker->stem))
    return 0;
  OnrSpan span = {token->begin, onr_token_bare_end(token)};
  guint32 n_parts = token->flags & ONR_TOKEN_JOINED ? note_parts(marker, text, token, position) : 0;
  if (n_parts != 1) /* a single part is the whole */
    note_posting(marker, marker->form->str, marker->stem->str, (Place){position, span});
  return MAX(n_parts, 1);
}

static void note_places(OnrMarker *marker, const char *text, const OnrTokens *tokens) {
  for (guint i = 0; i < marker->terms->len; i++)
    g_array_set_size(g_array_index(marker->terms, Term, i).places, 0);
  guint32 position = 0;
  for (guint32 i = 0; i < tokens->n; i++)
    if (tokens->items[i].kind != ONR_TOKEN_MARK)
      position += note_token(marker, text, &tokens->items[i], position);
}

/* --- what matched --- */

static const GArray *places_of(const OnrMarker *marker, const Unit *unit, guint i) {
  guint number = g_array_index(unit->terms, guint, i);
  return g_array_index(marker->terms, Term, number).places;
}

static void add_mark(const Unit *unit, OnrSpan span, GArray *marks) {
  OnrMark mark = {.span = span, .group = unit->group, .weight = unit->weight};
  g_array_append_val(marks, mark);
}

/* Index of the first place at POSITION or behind it. */
static guint place_from(const GArray *places, gint64 position) {
  guint low = 0, high = places->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if ((gint64)g_array_index(places, Place, middle).position < position)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* The place at POSITION, or NULL. */
static const Place *place_at(const GArray *places, guint32 position) {
  guint i = place_from(places, position);
  const Place *place = i < places->len ? &g_array_index(places, Place, i) : NULL;
  return place && place->position == position ? place : NULL;
}

static void mark_phrase(const OnrMarker *marker, const Unit *unit, GArray *marks) {
  const GArray *first = places_of(marker, unit, 0);
  for (guint i = 0; i < first->len; i++) {
    const Place *begin = &g_array_index(first, Place, i), *end = begin;
    for (guint j = 1; end && j < unit->terms->len; j++)
      end = place_at(places_of(marker, unit, j), begin->position + j);
    if (end)
      add_mark(unit, (OnrSpan){begin->span.begin, end->span.end}, marks);
  }
}

/* TRUE where OTHERS has a place with at most WINDOW words between it and PLACE. */
static gboolean is_near(const Place *place, const GArray *others, guint window) {
  gint64 reach = (gint64)window + 1, at = place->position;
  for (guint i = place_from(others, at - reach); i < others->len; i++) {
    gint64 other = g_array_index(others, Place, i).position;
    if (other > at + reach)
      break;
    if (other != at)
      return TRUE;
  }
  return FALSE;
}

static void mark_near_side(const Unit *unit, const GArray *side, const GArray *others, GArray *marks) {
  for (guint i = 0; i < side->len; i++) {
    const Place *place = &g_array_index(side, Place, i);
    if (is_near(place, others, unit->window))
      add_mark(unit, place->span, marks);
  }
}

static void mark_unit(const OnrMarker *marker, const Unit *unit, GArray *marks) {
  const GArray *first = places_of(marker, unit, 0);
  if (unit->kind == ONR_PLAN_PHRASE) {
    mark_phrase(marker, unit, marks);
  } else if (unit->kind == ONR_PLAN_NEAR) {
    const GArray *second = places_of(marker, unit, 1);
    mark_near_side(unit, first, second, marks);
    mark_near_side(unit, second, first, marks);
  } else {
    for (guint i = 0; i < first->len; i++)
      add_mark(unit, g_array_index(first, Place, i).span, marks);
  }
}

void onr_marker_find(OnrMarker *marker, const char *text, const OnrTokens *tokens, GArray *marks) {
  if (!marker->units->len)
    return;
  note_places(marker, text, tokens);
  for (guint i = 0; i < marker->units->len; i++)
    mark_unit(marker, &g_array_index(marker->units, Unit, i), marks);
}

void onr_marker_find_in(OnrMarker *marker, const char *text, GArray *marks) {
  g_auto(OnrTokens) tokens = {0};
  onr_tokens_scan(text, strlen(text), &tokens);
  onr_marker_find(marker, text, &tokens, marks);
}

static int compare_marks(gconstpointer a, gconstpointer b) {
  const OnrMark *x = a, *y = b;
  if (x->span.begin != y->span.begin)
    return x->span.begin < y->span.begin ? -1 : 1;
  if (x->span.end != y->span.end)
    return x->span.end < y->span.end ? -1 : 1;
  return x->group < y->group ? -1 : x->group > y->group;
}

void onr_marks_sort(GArray *marks) {
  g_array_sort(marks, compare_marks);
  guint n = 0;
  for (guint i = 0; i < marks->len; i++) {
    OnrMark mark = g_array_index(marks, OnrMark, i);
    if (n && !compare_marks(&g_array_index(marks, OnrMark, n - 1), &mark))
      continue;
    g_array_index(marks, OnrMark, n++) = mark;
  }
  g_array_set_size(marks, n);
}

GArray *onr_marks_spans(const GArray *marks) {
  GArray *spans = g_array_new(FALSE, FALSE, sizeof(OnrSpan));
  for (guint i = 0; i < marks->len; i++) {
    OnrSpan span = g_array_index(marks, OnrMark, i).span;
    OnrSpan *last = spans->len ? &g_array_index(spans, OnrSpan, spans->len - 1) : NULL;
    if (last && span.begin <= last->end)
      last->end = MAX(last->end, span.end);
    else
      g_array_append_val(spans, span);
  }
  return spans;
}
