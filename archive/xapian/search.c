/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plans run, and hits explained. */
#include "archive/xapian/index.h"

#include <string.h>

typedef struct {
  OnrXapianIndex *index;
  OnrTable table;
  OnrXapDatabase *db;
  OnrXapQuery *query;
  OnrXapSpec spec;
  gboolean needs_all; /* see has_place_in_or */
} Search;

static void search_clear(Search *search) {
  g_clear_pointer(&search->query, onr_xap_query_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Search, search_clear)

static gboolean has_place(const OnrPlan *plan) {
  if (plan->kind == ONR_PLAN_PHRASE || plan->kind == ONR_PLAN_NEAR)
    return TRUE;
  for (guint i = 0; plan->children && i < plan->children->len; i++)
    if (has_place(plan->children->pdata[i]))
      return TRUE;
  return FALSE;
}

/* Of an OR with places below it, OrPostList of Xapian 1.4 (1.4.22) may pass over the best hits once it knows
 * that an alternative alone is not enough (tests/engine/test_agree.c finds it): nothing is left out then. */
static gboolean has_place_in_or(const OnrPlan *plan) {
  if (plan->kind == ONR_PLAN_OR && has_place(plan))
    return TRUE;
  for (guint i = 0; plan->children && i < plan->children->len; i++)
    if (has_place_in_or(plan->children->pdata[i]))
      return TRUE;
  return FALSE;
}

static gboolean search_init(Search *out, OnrXapianIndex *index, const OnrPlan *plan, OnrTable table,
                            gboolean scores, GError **error) {
  const OnrBm25 *p = &index->bm25;
  *out = (Search){
      .index = index,
      .table = table,
      .db = index->databases[table],
      .spec = {.k1 = p->k1, .k2 = 0, .k3 = p->k3, .b = p->b, .min_normlen = p->min_normlen},
  };
  out->needs_all = scores && has_place_in_or(plan);
  out->query = onr_xapian_compile(index, plan, table, scores, error);
  return out->query != NULL;
}

/* --- counting --- */

static void count_article(const char *value, gsize length, guint64 n, gpointer data) {
  (void)value, (void)length, (void)n;
  ++*(guint64 *)data;
}

/* Articles are counted by their ids, out of the slot that orders; a server would have to send those of all
   quotes, and is asked for what stands for the id. */
static void choose_count_slot(const OnrXapDatabase *db, OnrXapSpec *spec) {
  gboolean is_served = onr_xap_database_is_served(db);
  spec->count_slot = is_served ? ONR_XAPIAN_SLOT_ARTICLE : ONR_XAPIAN_SLOT_ORDER;
  spec->count_tail = is_served ? 0 : ONR_XAPIAN_ORDER_TAIL;
}

/* The first run over a plan counts, if counts are wanted; what runs again does not. */
static gboolean run_counting(Search *search, const OnrSearchSpec *spec, OnrXapMatches *matches, OnrHits *out,
                             GError **error) {
  gboolean is_over_quotes = search->table == ONR_TABLE_QUOTES;
  search->spec.is_exact = search->needs_all || !spec->skips_counts;
  search->spec.each_value = is_over_quotes && !spec->skips_counts ? count_article : NULL;
  choose_count_slot(search->db, &search->spec);
  search->spec.data = &out->n_articles;
  if (!onr_xap_database_search(search->db, search->query, &search->spec, matches, error))
    return FALSE;
  search->spec.is_exact = search->needs_all;
  search->spec.each_value = NULL;
  out->n_matches = spec->skips_counts ? 0 : matches->n_matches;
  if (!is_over_quotes)
    out->n_articles = out->n_matches;
  return TRUE;
}

static void add_hits(const Search *search, const OnrXapMatches *matches, guint first, guint end,
                     OnrHits *out) {
  for (guint i = first; i < MIN(end, matches->items->len); i++) {
    const OnrXapMatch *match = &g_array_index(matches->items, OnrXapMatch, i);
    OnrHit hit = {.row = onr_xapian_row(search->index, match->docid), .score = match->weight};
    g_array_append_val(out->hits, hit);
  }
}

static guint add_up(guint a, guint b) {
  return b > G_MAXUINT - a ? G_MAXUINT : a + b;
}

/* --- by score --- */

static gboolean search_by_score(Search *search, const OnrSearchSpec *spec, OnrHits *out, GError **error) {
  g_auto(OnrXapMatches) matches = {0};
  search->spec.order = ONR_XAP_BY_WEIGHT_THEN_VALUE;
  search->spec.slot = ONR_XAPIAN_SLOT_ORDER;
  search->spec.first = spec->offset;
  search->spec.n = spec->limit ? spec->limit : G_MAXUINT;
  if (!run_counting(search, spec, &matches, out, error))
    return FALSE;
  add_hits(search, &matches, 0, matches.items->len, out);
  return TRUE;
}

/* --- by date --- */

/* Xapian sorts by one value and the score; items alike in both come by document number, and are put into the
   order of their ids here. */
typedef struct {
  OnrXapMatch match;
  char *day;
  GBytes *id;
} Dated;

static void dated_clear(gpointer p) {
  g_free(((Dated *)p)->day);
  g_clear_pointer(&((Dated *)p)->id, g_bytes_unref);
}

static gboolean is_alike(const Dated *a, const Dated *b) {
  return a->match.weight == b->match.weight && strcmp(a->day, b->day) == 0;
}

static int compare_ids(gconstpointer a, gconstpointer b) {
  return g_bytes_compare(((const Dated *)a)->id, ((const Dated *)b)->id);
}

/* The day's value in hexadecimal: values hold NULs. */
static gboolean read_day(const Search *search, Dated *item, GString *scratch, GError **error) {
  if (!onr_xap_database_value(search->db, item->match.docid, ONR_XAPIAN_SLOT_DAY, scratch, error))
    return FALSE;
  guint32 big = 0;
  if (scratch->len == sizeof big)
    memcpy(&big, scratch->str, sizeof big);
  item->day = scratch->len ? g_strdup_printf("%08x", GUINT32_FROM_BE(big)) : g_strdup("");
  return TRUE;
}

static GArray *read_days(const Search *search, const OnrXapMatches *matches, GError **error) {
  g_autoptr(GArray) items = g_array_new(FALSE, TRUE, sizeof(Dated));
  g_autoptr(GString) scratch = g_string_new(NULL);
  g_array_set_clear_func(items, dated_clear);
  for (guint i = 0; i < matches->items->len; i++) {
    Dated item = {.match = g_array_index(matches->items, OnrXapMatch, i)};
    if (!read_day(search, &item, scratch, error))
      return NULL;
    g_array_append_val(items, item);
  }
  return g_steal_pointer(&items);
}

static gboolean read_ids(const Search *search, Dated *items, guint n, GError **error) {
  g_autoptr(GString) scratch = g_string_new(NULL);
  for (guint i = 0; i < n; i++) {
    if (!onr_xap_database_value(search->db, items[i].match.docid, ONR_XAPIAN_SLOT_ORDER, scratch, error))
      return FALSE;
    items[i].id = g_bytes_new(scratch->str, scratch->len);
  }
  return TRUE;
}

/* Each run of items that are alike by their ids. */
static gboolean order_alike(const Search *search, GArray *items, GError **error) {
  Dated *all = (Dated *)(gpointer)items->data;
  for (guint first = 0, end; first < items->len; first = end) {
    for (end = first + 1; end < items->len && is_alike(&all[first], &all[end]);)
      end++;
    if (end - first == 1)
      continue;
    if (!read_ids(search, all + first, end - first, error))
      return FALSE;
    qsort(all + first, end - first, sizeof *all, compare_ids);
  }
  return TRUE;
}

/* TRUE where what comes behind the item WANTED - 1 may belong before it. */
static gboolean is_cut_inside(const GArray *items, guint wanted, guint asked) {
  if (items->len < asked || wanted == 0 || wanted > items->len)
    return FALSE;
  return is_alike(&g_array_index(items, Dated, wanted - 1), &g_array_index(items, Dated, items->len - 1));
}

/* Asks for more until the run of alike items in which the page ends is whole. */
static gboolean search_by_date(Search *search, const OnrSearchSpec *spec, OnrHits *out, GError **error) {
  guint wanted = spec->limit ? add_up(spec->offset, spec->limit) : G_MAXUINT;
  g_autoptr(GArray) items = NULL;
  search->spec.order = ONR_XAP_BY_VALUE_THEN_WEIGHT;
  search->spec.slot = spec->sort == ONR_SORT_DATE ? ONR_XAPIAN_SLOT_DAY_BACK : ONR_XAPIAN_SLOT_DAY;
  search->spec.n = add_up(wanted, 1);
  for (gboolean is_first = TRUE; is_first || is_cut_inside(items, wanted, search->spec.n); is_first = FALSE) {
    g_auto(OnrXapMatches) matches = {0};
    if (!is_first)
      search->spec.n = add_up(search->spec.n, search->spec.n);
    if (!(is_first ? run_counting(search, spec, &matches, out, error)
                   : onr_xap_database_search(search->db, search->query, &search->spec, &matches, error)))
      return FALSE;
    g_clear_pointer(&items, g_array_unref);
    if (!(items = read_days(search, &matches, error)))
      return FALSE;
  }
  if (!order_alike(search, items, error))
    return FALSE;
  for (guint i = spec->offset; i < MIN(wanted, items->len); i++) {
    const OnrXapMatch *match = &g_array_index(items, Dated, i).match;
    OnrHit hit = {.row = onr_xapian_row(search->index, match->docid), .score = match->weight};
    g_array_append_val(out->hits, hit);
  }
  return TRUE;
}

gboolean onr_xapian_search(OnrXapianIndex *index, const OnrPlan *plan, const OnrSearchSpec *spec,
                           OnrHits *out, GError **error) {
  g_auto(Search) search = {0};
  g_auto(OnrHits) hits = {.hits = g_array_new(FALSE, FALSE, sizeof(OnrHit))};
  if (!search_init(&search, index, plan, spec->table, TRUE, error))
    return FALSE;
  gboolean is_done = spec->sort == ONR_SORT_RELEVANCE ? search_by_score(&search, spec, &hits, error)
                                                      : search_by_date(&search, spec, &hits, error);
  if (!is_done)
    return FALSE;
  onr_hits_clear(out);
  *out = hits;
  hits.hits = NULL;
  return TRUE;
}

/* --- all matches --- */

gboolean onr_xapian_match(OnrXapianIndex *index, const OnrPlan *plan, OnrTable table, GArray *rows,
                          GError **error) {
  g_auto(Search) search = {0};
  g_auto(OnrXapMatches) matches = {0};
  if (!search_init(&search, index, plan, table, FALSE, error))
    return FALSE;
  search.spec.order = ONR_XAP_BY_DOCID;
  search.spec.n = G_MAXUINT;
  if (!onr_xap_database_search(search.db, search.query, &search.spec, &matches, error))
    return FALSE;
  for (guint i = 0; i < matches.items->len; i++) {
    gint64 row = onr_xapian_row(index, g_array_index(matches.items, OnrXapMatch, i).docid);
    g_array_append_val(rows, row);
  }
  return TRUE;
}

/* --- why --- */

guint32 onr_xapian_docid(const OnrXapianIndex *index, OnrTable table, gint64 row) {
  if (index->shards)
    return (guint32)row;
  gint part = onr_parts_find(index, table, row);
  return part < 0 ? 0 : (guint32)((guint64)(row - 1) * index->parts->len + (guint)part + 1);
}

/* One item is looked at: each part of the plan is run with the item itself as a condition. */
typedef struct {
  OnrXapianIndex *index;
  OnrTable table;
  char *article_id;
  guint number;
  double length;
  GHashTable *wdfs; /* the item's terms → wdf, where it is above 0 */
  GArray *scores;
  GError **error;
} Explanation;

/* *WEIGHT gets what PLAN gives the item, and is below 0 where it does not match. */
static gboolean weigh(Explanation *e, const OnrPlan *plan, double *weight) {
  g_auto(Search) search = {0};
  g_auto(OnrXapMatches) matches = {0};
  if (!search_init(&search, e->index, plan, e->table, TRUE, e->error))
    return FALSE;
  OnrXapQuery *both[] = {g_steal_pointer(&search.query),
                         onr_xapian_item_query(e->article_id, e->number, e->error)};
  search.query = onr_xap_query_group(ONR_XAP_AND, both, G_N_ELEMENTS(both), 0, e->error);
  search.spec.order = ONR_XAP_BY_WEIGHT_THEN_VALUE;
  search.spec.slot = ONR_XAPIAN_SLOT_ORDER;
  search.spec.n = 1;
  if (!search.query || !onr_xap_database_search(search.db, search.query, &search.spec, &matches, e->error))
    return FALSE;
  *weight = matches.items->len ? g_array_index(matches.items, OnrXapMatch, 0).weight : -1;
  return TRUE;
}

static gboolean take_wdf(const char *term, gsize length, guint32 wdf, const guint32 *positions,
                         guint n_positions, gpointer data) {
  (void)positions, (void)n_positions;
  if (wdf)
    g_hash_table_insert(data, g_strndup(term, length), GUINT_TO_POINTER(wdf));
  return TRUE;
}

static gboolean add_score(Explanation *e, const OnrPlan *plan, double weight) {
  guint wdf = GPOINTER_TO_UINT(g_hash_table_lookup(e->wdfs, plan->term));
  guint64 n_items, n_occurrences;
  OnrXapDatabase *db = e->index->databases[e->table];
  if (!wdf) /* a field's */
    return TRUE;
  if (!onr_xap_database_term(db, plan->term, strlen(plan->term), &n_items, &n_occurrences, e->error))
    return FALSE;
  OnrTermScore score = {.term = g_strdup(plan->term),
                        .wdf = wdf,
                        .wqf = plan->wqf,
                        .doc_frequency = n_items,
                        .weight = weight,
                        .length = e->length};
  g_array_append_val(e->scores, score);
  return TRUE;
}

static gboolean explain(Explanation *e, const OnrPlan *plan) {
  double weight;
  gboolean has_parts = plan->kind == ONR_PLAN_TERM || plan->kind == ONR_PLAN_AND ||
                       plan->kind == ONR_PLAN_OR || plan->kind == ONR_PLAN_NOT ||
                       plan->kind == ONR_PLAN_PHRASE || plan->kind == ONR_PLAN_NEAR;
  if (!has_parts)
    return TRUE;
  if (!weigh(e, plan, &weight))
    return FALSE;
  if (weight < 0)
    return TRUE;
  if (plan->kind == ONR_PLAN_TERM)
    return add_score(e, plan, weight);
  guint n = plan->kind == ONR_PLAN_NOT ? 1 : plan->children->len;
  for (guint i = 0; i < n; i++)
    if (!explain(e, plan->children->pdata[i]))
      return FALSE;
  return TRUE;
}

static void score_clear(gpointer score) {
  g_free(((OnrTermScore *)score)->term);
}

/* ORDER stays empty where there is no such document. */
static gboolean read_item(OnrXapDatabase *db, guint32 docid, GString *order, guint64 *length,
                          GHashTable *wdfs, GError **error) {
  g_autoptr(GError) local = NULL;
  if (onr_xap_database_value(db, docid, ONR_XAPIAN_SLOT_ORDER, order, &local))
    return onr_xap_database_length(db, docid, length, error) &&
           onr_xap_database_document_terms(db, docid, take_wdf, wdfs, error);
  if (g_error_matches(local, ONR_ERROR, ONR_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error(error, g_steal_pointer(&local));
  return FALSE;
}

gboolean onr_xapian_explain(OnrXapianIndex *index, const OnrPlan *plan, OnrTable table, gint64 row,
                            GArray *scores, GError **error) {
  guint32 docid = onr_xapian_docid(index, table, row);
  g_autoptr(GString) order = g_string_new(NULL);
  g_autoptr(GHashTable) wdfs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  guint64 length;
  g_array_set_clear_func(scores, score_clear);
  g_array_set_size(scores, 0);
  if (!docid)
    return TRUE;
  if (!read_item(index->databases[table], docid, order, &length, wdfs, error))
    return FALSE;
  if (order->len < ONR_XAPIAN_ORDER_TAIL)
    return TRUE;
  g_autofree char *id = g_strndup(order->str, order->len - ONR_XAPIAN_ORDER_TAIL);
  guint32 big;
  memcpy(&big, order->str + order->len - sizeof big, sizeof big);
  /* Every word is posted as form and stem. */
  Explanation e = {index, table, id, GUINT32_FROM_BE(big), (double)length / 2, wdfs, scores, error};
  return explain(&e, plan);
}
