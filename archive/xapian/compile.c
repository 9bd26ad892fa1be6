/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plan to query. Everything is asked by terms and values, so that a query means the same on every part and
 * every shard, and on a server that knows nothing but Xapian; but for ONR_PLAN_SENSES, of one archive's
 * record. */
#include "archive/xapian/index.h"

#include "archive/senses.h"
#include "archive/xapian/item.h"
#include "text/fold.h"

#include <string.h>

typedef struct {
  OnrXapianIndex *index;
  OnrTable table;
  gboolean is_of_article; /* the plan is about the article of a quote, and what it asks for is on the quote */
  gboolean is_under_or;   /* see compile_phrase */
  gboolean is_scored;     /* else the search weighs nothing */
  gboolean is_zero;       /* in a part that is scaled by 0; see zero_term */
  GError **error;
} Compiler;

static OnrXapQuery *compile(Compiler *c, const OnrPlan *plan);

/* --- lists of queries --- */

static void free_query(gpointer query) {
  onr_xap_query_free(query);
}

static GPtrArray *list_new(void) {
  return g_ptr_array_new_with_free_func(free_query);
}

/* Takes QUERY; FALSE where it is NULL. */
static gboolean list_add(GPtrArray *list, OnrXapQuery *query) {
  if (query)
    g_ptr_array_add(list, query);
  return query != NULL;
}

/* Takes LIST. */
static OnrXapQuery *group(Compiler *c, OnrXapOperator operator, GPtrArray * list, guint window) {
  guint n = list->len;
  g_autofree OnrXapQuery **queries = (OnrXapQuery **)g_ptr_array_steal(list, NULL);
  g_ptr_array_unref(list);
  return n ? onr_xap_query_group(operator, queries, n, window, c->error) : onr_xap_query_none(c->error);
}

/* Both of A and B, taken, which may be NULL. */
static OnrXapQuery *both(OnrXapQuery *a, OnrXapQuery *b, GError **error) {
  OnrXapQuery *list[] = {a, b};
  return onr_xap_query_group(ONR_XAP_AND, list, G_N_ELEMENTS(list), 0, error);
}

/* --- terms --- */

/* Where a term's weight does not matter and all documents of a part have it, Xapian 1.4 takes the list of all
   documents in its place, under the term's name, and then does not find that list's next piece: a sound index
   looks damaged (1.4.22, LocalSubMatch::open_post_list). It does not happen where

     the weight matters: fields and all terms of the engine's own have the frequency 0, so that they are not
   scaled by 0 but weighed, as 0; and a search without weights has a scheme that asks for frequencies no less
   (xapian_c.cc); the list is only asked for a certain document, as the right side of AND NOT is.

   What remains are words that are to be scaled by 0. One that all items have is all; one that only all items
   of some part have is what is left of all without those that lack it. */
static OnrXapQuery *zero_term(Compiler *c, const char *term, gsize length) {
  OnrXapCover cover;
  if (!onr_xap_database_cover(c->index->databases[c->table], term, length, &cover, c->error))
    return NULL;
  if (cover == ONR_XAP_COVER_ALL)
    return onr_xap_query_all(c->error);
  OnrXapQuery *query = onr_xap_query_term(term, length, 1, c->error);
  if (cover == ONR_XAP_COVER_NONE)
    return query;
  OnrXapQuery *without = onr_xap_query_and_not(onr_xap_query_all(c->error), query, c->error);
  return onr_xap_query_and_not(onr_xap_query_all(c->error), without, c->error);
}

static OnrXapQuery *term_query(Compiler *c, const char *term, guint wqf) {
  gsize length = strlen(term);
  if (!length || length > ONR_XAP_TERM_MAX) /* no item has it; Xapian would take "" for all */
    return onr_xap_query_none(c->error);
  return c->is_zero ? zero_term(c, term, length) : onr_xap_query_term(term, length, wqf, c->error);
}

static OnrXapQuery *filter_query(Compiler *c, const char *prefix, const char *value) {
  g_autofree char *term = onr_term_compose(prefix, FALSE, value);
  return term_query(c, term, 1);
}

/* The engine's own terms are nobody's words: a plan that names one asks for what no item has. */
static OnrXapQuery *compile_term(Compiler *c, const OnrPlan *plan) {
  if (g_str_has_prefix(plan->term, ONR_XAPIAN_OWN))
    return onr_xap_query_none(c->error);
  if (!c->is_of_article)
    return term_query(c, plan->term, plan->wqf);
  g_autofree char *term = g_strconcat(ONR_XAPIAN_OF_ARTICLE, plan->term, NULL);
  return term_query(c, term, 1);
}

static GPtrArray *compile_children(Compiler *c, const OnrPlan *plan) {
  g_autoptr(GPtrArray) list = list_new();
  for (guint i = 0; i < plan->children->len; i++)
    if (!list_add(list, compile(c, plan->children->pdata[i])))
      return NULL;
  return g_steal_pointer(&list);
}

static OnrXapQuery *compile_group(Compiler *c, const OnrPlan *plan, OnrXapOperator operator, guint window) {
  GPtrArray *list = compile_children(c, plan);
  return list ? group(c, operator, list, window) : NULL;
}

/* Stems of bare words have no positions: those of their forms stand for them. */
static gboolean is_bare_stem(const Compiler *c, const OnrPlan *term) {
  return !c->is_of_article && term->term[0] == *ONR_TERM_STEM && term->term[1];
}

/* The terms that stand where TERM does. Of a stem its forms: its metadata has those that differ from it, and
 * says where what is spelled as the stem is another word. NULL on error. */
static GStrv places_of(Compiler *c, const OnrPlan *term) {
  if (!is_bare_stem(c, term))
    return g_strdupv((char *[]){term->term, NULL});
  g_autoptr(GString) forms = g_string_new(NULL);
  g_autoptr(GStrvBuilder) places = g_strv_builder_new();
  if (!onr_xap_database_metadata(c->index->databases[c->table], term->term, forms, c->error))
    return NULL;
  g_auto(GStrv) list = g_strsplit(forms->str, "\t", -1);
  if (!g_strv_contains((const char *const *)list, ONR_XAPIAN_NO_FORM))
    g_strv_builder_add(places, term->term + strlen(ONR_TERM_STEM));
  for (guint i = 0; list[i]; i++)
    if (strcmp(list[i], ONR_XAPIAN_NO_FORM) != 0)
      g_strv_builder_add(places, list[i]);
  return g_strv_builder_end(places);
}

static void free_places(gpointer places) {
  g_strfreev(places);
}

/* Of each of PLAN's terms (GStrv): looked up once, since a server is asked for a stem's forms. */
static GPtrArray *places_of_all(Compiler *c, const OnrPlan *plan) {
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(free_places);
  for (guint i = 0; i < plan->children->len; i++) {
    GStrv places = places_of(c, plan->children->pdata[i]);
    if (!places)
      return NULL;
    g_ptr_array_add(all, places);
  }
  return g_steal_pointer(&all);
}

static OnrXapQuery *compile_place(Compiler *c, const OnrPlan *term, char *const *forms) {
  if (!is_bare_stem(c, term))
    return compile_term(c, term);
  GPtrArray *queries = list_new();
  for (guint i = 0; forms[i]; i++)
    if (!list_add(queries, term_query(c, forms[i], 1))) {
      g_ptr_array_unref(queries);
      return NULL;
    }
  return group(c, ONR_XAP_OR, queries, 0);
}

/* The terms within WINDOW positions: a phrase in their order, or, with IS_BACK, from the last to the first.
 * FORMS is of places_of_all. */
static OnrXapQuery *compile_order(Compiler *c, const OnrPlan *plan, const GPtrArray *forms,
                                  OnrXapOperator operator, guint window, gboolean is_back) {
  Compiler places = *c;
  places.is_zero = FALSE;
  GPtrArray *list = list_new();
  guint n = plan->children->len;
  for (guint i = 0; i < n; i++) {
    guint k = is_back ? n - 1 - i : i;
    if (!list_add(list, compile_place(&places, plan->children->pdata[k], forms->pdata[k]))) {
      g_ptr_array_unref(list);
      return NULL;
    }
  }
  return group(c, operator, list, window);
}

/* SCORED, taken, where PLACES, taken, holds; either may be NULL. */
static OnrXapQuery *scored_where(Compiler *c, OnrXapQuery *scored, OnrXapQuery *places) {
  if (scored && places)
    return onr_xap_query_filter(scored, places, c->error);
  onr_xap_query_free(scored);
  onr_xap_query_free(places);
  return NULL;
}

static gboolean has_bare_stem(const Compiler *c, const OnrPlan *plan) {
  for (guint i = 0; i < plan->children->len; i++)
    if (is_bare_stem(c, plan->children->pdata[i]))
      return TRUE;
  return FALSE;
}

/* PLACES, taken, or nothing: an OR, which Xapian does not draw into the AND around it. */
static OnrXapQuery *fence(Compiler *c, OnrXapQuery *places) {
  GPtrArray *list = list_new();
  if (list_add(list, places) &&
      list_add(list, onr_xap_query_term(ONR_XAPIAN_NOTHING, strlen(ONR_XAPIAN_NOTHING), 1, c->error)))
    return group(c, ONR_XAP_OR, list, 0);
  g_ptr_array_unref(list);
  return NULL;
}

/* Where the terms stand is a condition; they score as they do alone. Below an OR, Xapian 1.4's own phrase or
   near may score where it does not match: OrPostList takes an alternative of several that has been checked
   and refused for one that stands at the next document (test_agree.c finds it). The terms' AND with the
   places behind a fence has no such state, and takes longer. */
static OnrXapQuery *compile_phrase(Compiler *c, const OnrPlan *plan) {
  g_autoptr(GPtrArray) forms = places_of_all(c, plan);
  OnrXapQuery *places =
      forms ? compile_order(c, plan, forms, ONR_XAP_PHRASE, plan->children->len, FALSE) : NULL;
  if (!has_bare_stem(c, plan) && !c->is_under_or)
    return places;
  if (places && c->is_under_or)
    places = fence(c, places);
  return scored_where(c, places ? compile_group(c, plan, ONR_XAP_AND, 0) : NULL, places);
}

/* What may stand where another word stands: a joined word does where its first part does, and a field's stem
 * where its form does. */
static gboolean may_share_places(const char *term) {
  for (const char *at = term; *at; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    if (!(g_unichar_isalnum(c) || g_unichar_ismark(c)) || g_ascii_isupper(*at))
      return TRUE;
  }
  return FALSE;
}

static gboolean share_places(char **one, char **other) {
  gboolean may = FALSE, do_share = FALSE;
  for (guint i = 0; one[i]; i++)
    may |= may_share_places(one[i]);
  for (guint i = 0; other[i]; i++) {
    may |= may_share_places(other[i]);
    do_share |= g_strv_contains((const char *const *)one, other[i]);
  }
  return may || do_share;
}

static OnrXapQuery *compile_either_order(Compiler *c, const OnrPlan *plan, const GPtrArray *forms,
                                         guint window) {
  GPtrArray *list = list_new();
  if (list_add(list, compile_order(c, plan, forms, ONR_XAP_PHRASE, window, FALSE)) &&
      list_add(list, compile_order(c, plan, forms, ONR_XAP_PHRASE, window, TRUE)))
    return group(c, ONR_XAP_OR, list, 0);
  g_ptr_array_unref(list);
  return NULL;
}

/* Xapian's NEAR loses matches where two sides have one position in common, as a stem's forms and one of them
 * have (1.4.22; tests/xapian holds it to that): they are two phrases then, at almost twice the cost. */
static OnrXapQuery *compile_near(Compiler *c, const OnrPlan *plan) {
  guint window = plan->window + 2;
  g_autoptr(GPtrArray) forms = places_of_all(c, plan);
  if (!forms)
    return NULL;
  gboolean is_apart = !share_places(forms->pdata[0], forms->pdata[1]);
  OnrXapQuery *places = is_apart ? compile_order(c, plan, forms, ONR_XAP_NEAR, window, FALSE)
                                 : compile_either_order(c, plan, forms, window);
  if (places && is_apart && c->is_under_or)
    places = fence(c, places);
  return scored_where(c, places ? compile_group(c, plan, ONR_XAP_AND, 0) : NULL, places);
}

static OnrXapQuery *compile_or(Compiler *c, const OnrPlan *plan) {
  Compiler below = *c;
  below.is_under_or = TRUE;
  return compile_group(&below, plan, ONR_XAP_OR, 0);
}

static OnrXapQuery *compile_not(Compiler *c, const OnrPlan *plan) {
  Compiler right = *c;
  right.is_scored = right.is_zero = FALSE;
  OnrXapQuery *query = compile(c, plan->children->pdata[0]);
  OnrXapQuery *minus = query ? compile(&right, plan->children->pdata[1]) : NULL;
  if (minus)
    return onr_xap_query_and_not(query, minus, c->error);
  onr_xap_query_free(query);
  return NULL;
}

/* Words have frequencies, and would weigh. */
static gboolean has_words(const Compiler *c, const OnrPlan *plan) {
  if (plan->kind == ONR_PLAN_TERM)
    return !c->is_of_article && (!g_ascii_isupper(*plan->term) || *plan->term == *ONR_TERM_STEM);
  for (guint i = 0; plan->children && i < plan->children->len; i++)
    if (has_words(c, plan->children->pdata[i]))
      return TRUE;
  return FALSE;
}

static OnrXapQuery *compile_filter(Compiler *c, const OnrPlan *plan) {
  const OnrPlan *child = plan->children->pdata[0];
  if (!c->is_scored || c->is_zero || !has_words(c, child))
    return compile(c, child);
  Compiler zero = *c;
  zero.is_zero = TRUE;
  OnrXapQuery *query = compile(&zero, child);
  return query ? onr_xap_query_scale(query, 0, c->error) : NULL;
}

/* --- ranges --- */

static OnrXapQuery *compile_days(Compiler *c, const OnrPlan *plan) {
  if (plan->low == ONR_NO_DAY && plan->high == ONR_NO_DAY)
    return filter_query(c, ONR_XAPIAN_UNDATED, "");
  char low[4], high[4];
  onr_xapian_put_u32(low, onr_xapian_day_value((gint32)CLAMP(plan->low, G_MININT32, G_MAXINT32)));
  onr_xapian_put_u32(high, onr_xapian_day_value((gint32)CLAMP(plan->high, G_MININT32, G_MAXINT32)));
  return onr_xap_query_range(ONR_XAPIAN_SLOT_DAY, low, sizeof low, high, sizeof high, c->error);
}

static OnrXapQuery *compile_digits(Compiler *c, const OnrPlan *plan, const char *prefix, gint64 most) {
  GPtrArray *list = list_new();
  gboolean is_done = TRUE;
  for (gint64 i = MAX(plan->low, 0); is_done && i <= MIN(plan->high, most); i++) {
    const char digit[] = {(char)('0' + i), '\0'};
    is_done = list_add(list, filter_query(c, prefix, digit));
  }
  if (is_done)
    return group(c, ONR_XAP_OR, list, 0);
  g_ptr_array_unref(list);
  return NULL;
}

static OnrXapQuery *compile_confidence(Compiler *c, const OnrPlan *plan) {
  const char low = (char)(CLAMP(plan->low, 0, 101) + 1), high = (char)(CLAMP(plan->high, -1, 100) + 1);
  return onr_xap_query_range(ONR_XAPIAN_SLOT_CONFIDENCE, &low, 1, &high, 1, c->error);
}

static OnrXapQuery *compile_range(Compiler *c, const OnrPlan *plan) {
  if (plan->low > plan->high || (plan->slot != ONR_SLOT_DAY && c->table == ONR_TABLE_ARTICLES))
    return onr_xap_query_none(c->error);
  switch (plan->slot) {
  case ONR_SLOT_KIND:
    return compile_digits(c, plan, ONR_XAPIAN_KIND, ONR_N_QUOTE_KINDS - 1);
  case ONR_SLOT_ACT:
    return compile_digits(c, plan, ONR_XAPIAN_ACT, ONR_N_ACTS - 1);
  case ONR_SLOT_CONFIDENCE:
    return compile_confidence(c, plan);
  case ONR_SLOT_DAY:
  default:
    return compile_days(c, plan);
  }
}

/* --- identities --- */

static OnrXapQuery *compile_identity(Compiler *c, const OnrPlan *plan) {
  const char *prefix = plan->relation == ONR_RELATION_SPEAKER ? ONR_XAPIAN_SPEAKER : ONR_XAPIAN_MENTION;
  GPtrArray *list = list_new();
  for (guint i = 0; i < plan->identities->len; i++)
    if (!list_add(list, filter_query(c, prefix, plan->identities->pdata[i]))) {
      g_ptr_array_unref(list);
      return NULL;
    }
  return group(c, ONR_XAP_OR, list, 0);
}

/* What only the record knows becomes a list of documents. */
static OnrXapQuery *compile_senses(Compiler *c, const OnrPlan *plan) {
  g_autoptr(OnrRowSet) rows = onr_row_set_new();
  g_autoptr(GArray) docids = g_array_new(FALSE, FALSE, sizeof(guint32));
  g_assert(c->index->record);
  if (!onr_record_add_senses(c->index->record, c->table, plan->relation, plan->identities, rows, c->error))
    return NULL;
  for (guint32 row = 0; onr_row_set_next(rows, &row); row++) {
    guint32 docid = onr_xapian_docid(c->index, c->table, row);
    if (docid)
      g_array_append_val(docids, docid);
  }
  return onr_xap_query_docids(c->index->databases[c->table], (const guint32 *)(gpointer)docids->data,
                              docids->len, c->error);
}

/* --- conditions on articles, asked of quotes --- */

/* TRUE where all that PLAN asks of articles is on their quotes as well, where the fields' terms have no
 * positions. */
static gboolean is_on_quotes(const OnrPlan *plan) {
  if (plan->kind == ONR_PLAN_TERM)
    return *plan->term && strchr(ONR_XAPIAN_QUOTED_FIELDS, *plan->term) != NULL;
  if (plan->kind == ONR_PLAN_RANGE)
    return plan->slot == ONR_SLOT_DAY;
  if (plan->kind == ONR_PLAN_IDENTITY || plan->kind == ONR_PLAN_SENSES || plan->kind == ONR_PLAN_KEY ||
      plan->kind == ONR_PLAN_PHRASE || plan->kind == ONR_PLAN_NEAR)
    return FALSE;
  for (guint i = 0; plan->children && i < plan->children->len; i++)
    if (!is_on_quotes(plan->children->pdata[i]))
      return FALSE;
  return TRUE;
}

typedef struct {
  Compiler *c;
  GPtrArray *list;
  gboolean is_done;
} Join;

static void add_article(const char *value, gsize length, guint64 n, gpointer data) {
  Join *join = data;
  (void)n;
  g_autofree char *id = g_strndup(value, length);
  join->is_done = join->is_done && list_add(join->list, filter_query(join->c, ONR_XAPIAN_KEY, id));
}

/* Quotes of the articles that QUERY, taken, matches. */
static OnrXapQuery *join_articles(Compiler *c, OnrXapQuery *query) {
  Join join = {c, list_new(), TRUE};
  OnrXapSpec spec = {.order = ONR_XAP_BY_DOCID,
                     .each_value = add_article,
                     .count_slot = ONR_XAPIAN_SLOT_ORDER,
                     .count_tail = ONR_XAPIAN_ORDER_TAIL,
                     .data = &join};
  g_autoptr(OnrXapQuery) all = query;
  g_auto(OnrXapMatches) matches = {0};
  if (onr_xap_database_search(c->index->databases[ONR_TABLE_ARTICLES], all, &spec, &matches, c->error) &&
      join.is_done)
    return group(c, ONR_XAP_OR, join.list, 0);
  g_ptr_array_unref(join.list);
  return NULL;
}

/* Of what PLAN holds of, over articles, only those with quotes matter. */
static OnrXapQuery *compile_join(Compiler *c, const OnrPlan *plan) {
  Compiler articles = {.index = c->index, .table = ONR_TABLE_ARTICLES, .error = c->error};
  OnrXapQuery *query = compile(&articles, plan);
  query = both(query, query ? filter_query(&articles, ONR_XAPIAN_QUOTED, "") : NULL, c->error);
  return query ? join_articles(c, query) : NULL;
}

static OnrXapQuery *compile_articles(Compiler *c, const OnrPlan *plan) {
  const OnrPlan *child = plan->children->pdata[0];
  if (c->table == ONR_TABLE_ARTICLES)
    return compile_filter(c, plan);
  if (!is_on_quotes(child))
    return compile_join(c, child);
  Compiler of_article = *c;
  of_article.is_of_article = TRUE;
  return compile(&of_article, child);
}

/* --- keys --- */

static gboolean is_glob(const char *pattern) {
  return strpbrk(pattern, "*?[") != NULL;
}

/* A folder's or file's name: its components side by side, as they are posted. A path from the root begins
 * with an empty one. */
static OnrXapQuery *compile_components(Compiler *c, const char *pattern) {
  gsize length = strlen(pattern);
  while (length > 1 && pattern[length - 1] == '/')
    length--;
  g_autofree char *name = g_strndup(pattern, length);
  if (strcmp(name, "/") == 0)
    return onr_xap_query_all(c->error);
  g_auto(GStrv) components = g_strsplit(name, "/", -1);
  Compiler places = *c;
  places.is_zero = components[1] == NULL && c->is_zero; /* a phrase asks for places */
  GPtrArray *list = list_new();
  for (guint i = 0; components[i]; i++)
    if (!list_add(list, filter_query(&places, ONR_XAPIAN_COMPONENT, components[i]))) {
      g_ptr_array_unref(list);
      return NULL;
    }
  return group(c, ONR_XAP_PHRASE, list, list->len);
}

/* A value that is too long for a term is in the data of the articles that have the term. */
static gboolean read_value(Compiler *c, const char *term, OnrKey key, char **value) {
  OnrXapDatabase *db = c->index->databases[ONR_TABLE_ARTICLES];
  g_autoptr(OnrXapQuery) query = term_query(c, term, 1);
  OnrXapSpec spec = {.order = ONR_XAP_BY_DOCID, .n = 1};
  g_auto(OnrXapMatches) matches = {0};
  g_autoptr(GString) data = g_string_new(NULL);
  g_autoptr(OnrArticle) article = onr_article_new();
  if (!query || !onr_xap_database_search(db, query, &spec, &matches, c->error))
    return FALSE;
  if (!matches.items->len)
    return TRUE;
  if (!onr_xap_database_data(db, g_array_index(matches.items, OnrXapMatch, 0).docid, data, c->error) ||
      !onr_item_unpack(data->str, data->len, article, c->error))
    return FALSE;
  *value = g_strdup(key == ONR_KEY_PATH ? article->path : article->url);
  return TRUE;
}

static gboolean fits(const OnrPlan *plan, const char *value) {
  if (is_glob(plan->term))
    return sqlite3_strglob(plan->term, value) == 0;
  return strstr(value, plan->term) != NULL;
}

/* Those of the values, each a term behind PREFIX, that PLAN's pattern fits. */
static OnrXapQuery *compile_scan(Compiler *c, const OnrPlan *plan, const char *prefix) {
  g_autoptr(GPtrArray) terms = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GPtrArray) list = list_new();
  gboolean is_whole = is_glob(plan->term);
  g_autofree char *literal = g_strndup(plan->term, is_whole ? strcspn(plan->term, "*?[") : 0);
  g_autofree char *beginning = g_strconcat(prefix, literal, NULL);
  /* What is cut begins as its value does, as far as it goes. */
  beginning[MIN(strlen(beginning), ONR_TERM_MAX / 2)] = '\0';
  if (!onr_xap_database_terms(c->index->databases[ONR_TABLE_ARTICLES], beginning, G_MAXUINT, terms, c->error))
    return NULL;
  for (guint i = 0; i < terms->len; i++) {
    const char *term = terms->pdata[i];
    g_autofree char *value = NULL;
    if (strlen(term) >= ONR_TERM_MAX && !read_value(c, term, plan->key, &value))
      return NULL;
    if (fits(plan, value ? value : term + strlen(prefix)) && !list_add(list, term_query(c, term, 1)))
      return NULL;
  }
  return group(c, ONR_XAP_OR, g_steal_pointer(&list), 0);
}

OnrXapQuery *onr_xapian_item_query(const char *article_id, guint number, GError **error) {
  g_autoptr(GString) order = g_string_new(NULL);
  g_autofree char *key = onr_term_compose(ONR_XAPIAN_KEY, FALSE, article_id);
  onr_xapian_order_value(article_id, number, order);
  OnrXapQuery *article = onr_xap_query_term(key, strlen(key), 1, error);
  OnrXapQuery *item = article ? onr_xap_query_range(ONR_XAPIAN_SLOT_ORDER, order->str, order->len, order->str,
                                                    order->len, error)
                              : NULL;
  return both(article, item, error);
}

/* "ARTICLE#n" is the id of a quote, and may be that of an article. */
static OnrXapQuery *compile_id(Compiler *c, const char *id) {
  const char *hash = strrchr(id, '#');
  guint64 number;
  GPtrArray *list = list_new();
  gboolean is_done = list_add(list, filter_query(c, ONR_XAPIAN_KEY, id));
  if (is_done && hash && c->table == ONR_TABLE_QUOTES &&
      g_ascii_string_to_unsigned(hash + 1, 10, 1, G_MAXUINT32, &number, NULL)) {
    g_autofree char *article = g_strndup(id, (gsize)(hash - id));
    is_done = list_add(list, onr_xapian_item_query(article, (guint)number, c->error));
  }
  if (is_done)
    return group(c, ONR_XAP_OR, list, 0);
  g_ptr_array_unref(list);
  return NULL;
}

static OnrXapQuery *compile_key(Compiler *c, const OnrPlan *plan) {
  if (plan->key == ONR_KEY_ID)
    return compile_id(c, plan->term);
  if (c->table == ONR_TABLE_QUOTES)
    return compile_join(c, plan);
  if (plan->key == ONR_KEY_URL)
    return compile_scan(c, plan, ONR_XAPIAN_URL);
  return is_glob(plan->term) ? compile_scan(c, plan, ONR_XAPIAN_PATH) : compile_components(c, plan->term);
}

/* --- all of them --- */

static OnrXapQuery *compile(Compiler *c, const OnrPlan *plan) {
  switch (plan->kind) {
  case ONR_PLAN_ALL:
    return onr_xap_query_all(c->error);
  case ONR_PLAN_NONE:
    return onr_xap_query_none(c->error);
  case ONR_PLAN_TERM:
    return compile_term(c, plan);
  case ONR_PLAN_PHRASE:
    return compile_phrase(c, plan);
  case ONR_PLAN_NEAR:
    return compile_near(c, plan);
  case ONR_PLAN_AND:
    return compile_group(c, plan, ONR_XAP_AND, 0);
  case ONR_PLAN_OR:
    return compile_or(c, plan);
  case ONR_PLAN_NOT:
    return compile_not(c, plan);
  case ONR_PLAN_FILTER:
    return compile_filter(c, plan);
  case ONR_PLAN_RANGE:
    return compile_range(c, plan);
  case ONR_PLAN_IDENTITY:
    return compile_identity(c, plan);
  case ONR_PLAN_SENSES:
    return compile_senses(c, plan);
  case ONR_PLAN_KEY:
    return compile_key(c, plan);
  case ONR_PLAN_ARTICLES:
    return compile_articles(c, plan);
  }
  g_assert_not_reached();
}

OnrXapQuery *onr_xapian_compile(OnrXapianIndex *index, const OnrPlan *plan, OnrTable table, gboolean scores,
                                GError **error) {
  Compiler c = {.index = index, .table = table, .is_scored = scores, .error = error};
  return compile(&c, plan);
}
