/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model.h"

#include <math.h>
#include <string.h>

static void item_unref(gpointer p) {
  ModelItem *item = p;
  if (--item->n_refs > 0)
    return;
  g_free(item->article_id);
  g_free(item->path);
  g_free(item->url);
  g_hash_table_unref(item->terms);
  g_hash_table_unref(item->speakers);
  g_hash_table_unref(item->mentions);
  g_free(item);
}

Model *model_new(void) {
  Model *model = g_new0(Model, 1);
  for (int t = 0; t < 2; t++) {
    model->items[t] = g_ptr_array_new_with_free_func(item_unref);
    model->rows[t] = g_hash_table_new(g_int64_hash, g_int64_equal);
    model->frequencies[t] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    model->average_lengths[t] = -1;
  }
  return model;
}

void model_free(Model *model) {
  for (int t = 0; t < 2; t++) {
    g_hash_table_unref(model->rows[t]);
    g_hash_table_unref(model->frequencies[t]);
    g_ptr_array_unref(model->items[t]);
  }
  g_free(model);
}

static void add_item(Model *model, ModelItem *item) {
  g_ptr_array_add(model->items[item->table], item);
  g_hash_table_insert(model->rows[item->table], &item->row, item);
}

static void forget_statistics(Model *model) {
  for (int t = 0; t < 2; t++) {
    g_hash_table_remove_all(model->frequencies[t]);
    model->average_lengths[t] = -1;
  }
}

Model *model_copy(const Model *model) {
  Model *copy = model_new();
  for (int t = 0; t < 2; t++)
    for (guint i = 0; i < model->items[t]->len; i++) {
      ModelItem *item = model->items[t]->pdata[i];
      item->n_refs++;
      add_item(copy, item);
    }
  return copy;
}

/* --- putting --- */

static ModelItem *item_new(OnrTable table, const OnrArticle *article, gint64 row) {
  ModelItem *item = g_new0(ModelItem, 1);
  item->n_refs = 1;
  item->table = table;
  item->row = row;
  item->article_row = article->row;
  item->article_id = g_strdup(article->id);
  item->path = g_strdup(article->path);
  item->url = g_strdup(article->url);
  item->day = article->day;
  item->terms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  item->speakers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  item->mentions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  return item;
}

static void add_postings(ModelItem *item, const OnrPostings *postings, guint column, guint weight) {
  if (!postings->bytes)
    return;
  gint64 position = -1;
  OnrPosting posting;
  for (gsize at = 0; onr_postings_next(postings->bytes->data, postings->bytes->len, &at, &posting);) {
    position += !posting.is_colocated;
    g_autofree char *term = g_strndup(posting.term, posting.length);
    GArray *places = g_hash_table_lookup(item->terms, term);
    if (!places) {
      places = g_array_new(FALSE, FALSE, sizeof(ModelPlace));
      g_hash_table_insert(item->terms, g_strdup(term), places);
    }
    ModelPlace place = {.column = column, .position = (guint)position, .weight = weight};
    g_array_append_val(places, place);
    item->length += posting.is_stem ? 0 : weight;
  }
}

static void add_entity(GHashTable *set, const OnrArticle *article, guint32 entity) {
  g_hash_table_add(set, g_strdup(g_array_index(article->entities, OnrEntityRow, entity).id));
}

static void add_speakers(GHashTable *set, const OnrArticle *article, const OnrQuoteRow *quote) {
  for (guint i = 0; i < quote->speakers->len; i++)
    add_entity(set, article, g_array_index(quote->speakers, guint32, i));
}

static void put_quote(Model *model, const OnrArticle *article, guint i, gint64 row,
                      const OnrQuotePostings *postings) {
  const OnrQuoteRow *quote = &g_array_index(article->quotes, OnrQuoteRow, i);
  ModelItem *item = item_new(ONR_TABLE_QUOTES, article, row);
  item->number = quote->number;
  item->kind = quote->kind;
  item->act = quote->act;
  item->confidence = quote->confidence;
  add_speakers(item->speakers, article, quote);
  for (guint m = 0; m < article->mentions->len; m++) {
    const OnrMentionRow *mention = &g_array_index(article->mentions, OnrMentionRow, m);
    for (guint c = 0; c < quote->content->len; c++)
      if (onr_span_overlaps(mention->span, g_array_index(quote->content, OnrSpan, c)))
        add_entity(item->mentions, article, mention->entity);
  }
  add_postings(item, &postings->words, 0, 1);
  add_postings(item, &postings->fields, 1, 0);
  add_item(model, item);
}

void model_put(Model *model, const OnrArticle *article, gint64 first_quote,
               const OnrArticlePostings *postings) {
  ModelItem *item = item_new(ONR_TABLE_ARTICLES, article, article->row);
  for (guint e = 0; e < article->entities->len; e++)
    add_entity(item->mentions, article, e);
  for (guint q = 0; q < article->quotes->len; q++)
    add_speakers(item->speakers, article, &g_array_index(article->quotes, OnrQuoteRow, q));
  add_postings(item, &postings->title, 0, 2); /* a title's words count double */
  add_postings(item, &postings->text, 1, 1);
  add_postings(item, &postings->fields, 2, 0);
  forget_statistics(model);
  add_item(model, item);
  for (guint q = 0; q < article->quotes->len; q++)
    put_quote(model, article, q, first_quote + q, &g_array_index(postings->quotes, OnrQuotePostings, q));
}

void model_remove(Model *model, gint64 article_row) {
  forget_statistics(model);
  for (int t = 0; t < 2; t++)
    for (guint i = model->items[t]->len; i-- > 0;) {
      ModelItem *item = model->items[t]->pdata[i];
      if (item->article_row != article_row)
        continue;
      g_hash_table_remove(model->rows[t], &item->row);
      g_ptr_array_remove_index(model->items[t], i);
    }
}

/* --- statistics --- */

static GArray *places_of(const ModelItem *item, const char *term) {
  return g_hash_table_lookup(item->terms, term);
}

guint64 model_doc_frequency(Model *model, OnrTable table, const char *term) {
  const guint64 *known = g_hash_table_lookup(model->frequencies[table], term);
  if (known)
    return *known;
  guint64 *n = g_new0(guint64, 1);
  for (guint i = 0; i < model->items[table]->len; i++)
    *n += places_of(model->items[table]->pdata[i], term) != NULL;
  g_hash_table_insert(model->frequencies[table], g_strdup(term), n);
  return *n;
}

static guint wdf_of(const ModelItem *item, const char *term) {
  const GArray *places = places_of(item, term);
  guint wdf = 0;
  for (guint i = 0; places && i < places->len; i++)
    wdf += g_array_index(places, ModelPlace, i).weight;
  return wdf;
}

guint64 model_collection_frequency(const Model *model, OnrTable table, const char *term) {
  guint64 n = 0;
  for (guint i = 0; i < model->items[table]->len; i++)
    n += wdf_of(model->items[table]->pdata[i], term);
  return n;
}

double model_average_length(Model *model, OnrTable table) {
  if (model->average_lengths[table] >= 0)
    return model->average_lengths[table];
  double sum = 0;
  for (guint i = 0; i < model->items[table]->len; i++)
    sum += (double)((ModelItem *)model->items[table]->pdata[i])->length;
  return model->average_lengths[table] = model->items[table]->len ? sum / model->items[table]->len : 0;
}

/* --- scores --- */

static double score_term(Model *model, const OnrPlan *plan, const ModelItem *item) {
  const OnrBm25 *p = &ONR_BM25_DEFAULT;
  double wdf = wdf_of(item, plan->term), wqf = plan->wqf;
  if (wdf == 0)
    return 0;
  double n_items = model->items[item->table]->len,
         n = (double)model_doc_frequency(model, item->table, plan->term);
  double odds = (n_items - n + 0.5) / (n + 0.5);
  if (odds < 2)
    odds = 1 + odds / 2;
  double relative = (double)item->length / model_average_length(model, item->table);
  if (relative < p->min_normlen)
    relative = p->min_normlen;
  return log(odds) * wqf * (p->k3 + 1) / (wqf + p->k3) * wdf * (p->k1 + 1) /
         (wdf + p->k1 * (1 - p->b + p->b * relative));
}

/* --- plans --- */

static gboolean has_term_at(const ModelItem *item, const char *term, guint column, guint position) {
  const GArray *places = places_of(item, term);
  for (guint i = 0; places && i < places->len; i++) {
    const ModelPlace *place = &g_array_index(places, ModelPlace, i);
    if (place->column == column && place->position == position)
      return TRUE;
  }
  return FALSE;
}

static const char *term_of(const OnrPlan *plan, guint i) {
  return ((const OnrPlan *)plan->children->pdata[i])->term;
}

static gboolean has_phrase(const OnrPlan *plan, const ModelItem *item) {
  const GArray *starts = places_of(item, term_of(plan, 0));
  for (guint i = 0; starts && i < starts->len; i++) {
    const ModelPlace *start = &g_array_index(starts, ModelPlace, i);
    guint k = 1;
    while (k < plan->children->len && has_term_at(item, term_of(plan, k), start->column, start->position + k))
      k++;
    if (k == plan->children->len)
      return TRUE;
  }
  return FALSE;
}

static gboolean has_near(const OnrPlan *plan, const ModelItem *item) {
  const GArray *a = places_of(item, term_of(plan, 0)), *b = places_of(item, term_of(plan, 1));
  for (guint i = 0; a && i < a->len; i++)
    for (guint k = 0; b && k < b->len; k++) {
      const ModelPlace *x = &g_array_index(a, ModelPlace, i), *y = &g_array_index(b, ModelPlace, k);
      guint apart = x->position > y->position ? x->position - y->position : y->position - x->position;
      if (x->column == y->column && apart >= 1 && apart - 1 <= plan->window)
        return TRUE;
    }
  return FALSE;
}

static gboolean is_in_range(const OnrPlan *plan, const ModelItem *item) {
  gint64 value = item->day;
  if (plan->slot == ONR_SLOT_DAY && item->day == ONR_NO_DAY)
    return plan->low == ONR_NO_DAY && plan->high == ONR_NO_DAY;
  if (plan->slot != ONR_SLOT_DAY && item->table == ONR_TABLE_ARTICLES)
    return FALSE;
  if (plan->slot == ONR_SLOT_KIND)
    value = item->kind;
  else if (plan->slot == ONR_SLOT_ACT)
    value = item->act;
  else if (plan->slot == ONR_SLOT_CONFIDENCE)
    value = item->confidence;
  return plan->low <= value && value <= plan->high;
}

static gboolean has_identity(const OnrPlan *plan, const ModelItem *item) {
  GHashTable *ids = plan->relation == ONR_RELATION_SPEAKER ? item->speakers : item->mentions;
  for (guint i = 0; i < plan->identities->len; i++)
    if (g_hash_table_contains(ids, plan->identities->pdata[i]))
      return TRUE;
  return FALSE;
}

/* Tests use no glob characters but '*' at either end. */
static gboolean globs(const char *pattern, const char *value) {
  return value && g_pattern_match_simple(pattern, value);
}

static gboolean has_path(const char *pattern, const char *path) {
  if (strchr(pattern, '*'))
    return globs(pattern, path);
  gsize length = strlen(pattern);
  for (const char *at = path; (at = strstr(at, pattern)); at++) {
    gboolean begins = at == path || *at == '/' ? *pattern != '/' || at == path : at[-1] == '/';
    if (begins && (at[length] == '\0' || at[length] == '/'))
      return TRUE;
  }
  return FALSE;
}

static gboolean has_key(const OnrPlan *plan, const ModelItem *item) {
  if (plan->key == ONR_KEY_PATH)
    return has_path(plan->term, item->path);
  if (plan->key == ONR_KEY_URL)
    return strchr(plan->term, '*') ? globs(plan->term, item->url)
                                   : item->url && strstr(item->url, plan->term);
  g_autofree char *quote_id = g_strdup_printf("%s#%u", item->article_id, item->number);
  return !strcmp(plan->term, item->article_id) || (item->number && !strcmp(plan->term, quote_id));
}

static const ModelItem *article_of(const Model *model, const ModelItem *item) {
  return item->table == ONR_TABLE_ARTICLES ? item : model_find(model, ONR_TABLE_ARTICLES, item->article_row);
}

static gboolean matches_all(Model *model, const OnrPlan *plan, const ModelItem *item, double *score) {
  double sum = 0;
  for (guint i = 0; i < plan->children->len; i++) {
    double part = 0;
    if (!model_matches(model, plan->children->pdata[i], item, &part))
      return FALSE;
    sum += part;
  }
  *score = sum;
  return TRUE;
}

static gboolean matches_any(Model *model, const OnrPlan *plan, const ModelItem *item, double *score) {
  gboolean is_match = FALSE;
  for (guint i = 0; i < plan->children->len; i++) {
    double part = 0;
    if (model_matches(model, plan->children->pdata[i], item, &part)) {
      is_match = TRUE;
      *score += part;
    }
  }
  return is_match;
}

/* A condition: its terms' scores are told to nobody. */
static gboolean holds(Model *model, const OnrPlan *plan, const ModelItem *item) {
  double ignored = 0;
  return model_matches(model, plan, item, &ignored);
}

gboolean model_matches(Model *model, const OnrPlan *plan, const ModelItem *item, double *score) {
  const OnrPlan *const *children = plan->children ? (const OnrPlan *const *)plan->children->pdata : NULL;
  *score = 0;
  switch (plan->kind) {
  case ONR_PLAN_ALL:
    return TRUE;
  case ONR_PLAN_NONE:
    return FALSE;
  case ONR_PLAN_TERM:
    *score = score_term(model, plan, item);
    return places_of(item, plan->term) != NULL;
  case ONR_PLAN_PHRASE:
    return has_phrase(plan, item) && matches_all(model, plan, item, score);
  case ONR_PLAN_NEAR:
    return has_near(plan, item) && matches_all(model, plan, item, score);
  case ONR_PLAN_AND:
    return matches_all(model, plan, item, score);
  case ONR_PLAN_OR:
    return matches_any(model, plan, item, score);
  case ONR_PLAN_NOT:
    return !holds(model, children[1], item) && model_matches(model, children[0], item, score);
  case ONR_PLAN_FILTER:
    return holds(model, children[0], item);
  case ONR_PLAN_RANGE:
    return is_in_range(plan, item);
  case ONR_PLAN_IDENTITY:
    return has_identity(plan, item);
  case ONR_PLAN_SENSES: /* each name is one's here */
    return FALSE;
  case ONR_PLAN_KEY:
    return has_key(plan, item);
  case ONR_PLAN_ARTICLES:
    return holds(model, children[0], article_of(model, item));
  }
  return FALSE;
}

/* --- items --- */

int model_compare_ids(const ModelItem *a, const ModelItem *b) {
  int order = strcmp(a->article_id, b->article_id);
  return order ? order : (int)a->number - (int)b->number;
}

const ModelItem *model_find(const Model *model, OnrTable table, gint64 row) {
  return g_hash_table_lookup(model->rows[table], &row);
}
