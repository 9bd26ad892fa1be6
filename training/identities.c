/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "training/identities.h"

#include "annotate/annotate.h"
#include "identity/persons.h"
#include "text/date.h"
#include "text/name.h"
#include "training/directions.h"
#include "training/lines.h"

#include <math.h>
#include <string.h>

#define SEED 20261129
#define N_PAIRS 8000 /* of each kind */
#define MAX_ITEMS 64 /* articles of a person that are used */
#define FREQUENT 0.6 /* words in more than this share of the articles tell nothing */
/* Of surname and given name, their frequencies multiplied: below it a full name is one person's. */
#define RARE_NAME 9.0
#define HELD_OUT 5 /* one pair in so many */
#define N_STEPS 12 /* of Newton's method */
#define RIDGE 0.5

/* A person in one article. */
typedef struct {
  guint article;
  guint8 name[ONR_SIGNATURE_NAME_MAX];
  guint n;
} Item;

typedef struct {
  GArray *items; /* of Item */
  guint16 own[ONR_OWN_BUCKETS];
  guint n_own;
  double commonness;
} Person;

typedef struct {
  guint8 bytes[ONR_SIGNATURE_ARTICLE_MAX];
  guint n;
} Topic;

typedef struct {
  double features[ONR_N_EVIDENCE_FEATURES];
  gboolean is_one;
} Pair;

struct OnrIdentityCorpus {
  OnrAnnotator *annotator;
  OnrDocument *doc;
  OnrAnnotation *found;
  gboolean is_rated;
  gint32 day; /* of the article at hand */
  guint n_articles, n_words[ONR_N_BUCKETS], n_names[ONR_N_BUCKETS];
  GHashTable *full_names; /* set of ids */
  guint n_surnames[ONR_N_BUCKETS], n_givens[ONR_N_BUCKETS];
  OnrIdentityTables *tables;
  OnrIdentityModel model;
  OnrSignatureMaker *maker;
  GHashTable *persons;          /* id → Person */
  GPtrArray *ids;               /* of persons, in order of first mention; borrowed */
  GArray *topics;               /* Topic, by article */
  OnrDirections *words, *names; /* a row an article */
};

static void person_free(gpointer p) {
  g_array_unref(((Person *)p)->items);
  g_free(p);
}

OnrIdentityCorpus *onr_identity_corpus_new(GError **error) {
  OnrAnnotator *annotator = onr_annotator_new(error);
  if (!annotator)
    return NULL;
  OnrIdentityCorpus *c = g_new0(OnrIdentityCorpus, 1);
  c->annotator = annotator;
  c->doc = onr_document_new();
  c->found = onr_annotation_new();
  c->full_names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  c->tables = g_new0(OnrIdentityTables, 1);
  c->model.tables = c->tables;
  c->maker = onr_signature_maker_new(&c->model);
  c->persons = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, person_free);
  c->ids = g_ptr_array_new();
  c->topics = g_array_new(FALSE, FALSE, sizeof(Topic));
  c->words = onr_directions_new();
  c->names = onr_directions_new();
  return c;
}

void onr_identity_corpus_free(OnrIdentityCorpus *c) {
  if (!c)
    return;
  onr_annotator_free(c->annotator);
  onr_document_free(c->doc);
  onr_annotation_free(c->found);
  g_hash_table_unref(c->full_names);
  g_free(c->tables);
  onr_signature_maker_free(c->maker);
  g_hash_table_unref(c->persons);
  g_ptr_array_unref(c->ids);
  g_array_unref(c->topics);
  onr_directions_free(c->words);
  onr_directions_free(c->names);
  g_free(c);
}

/* --- counting --- */

static void count_words(OnrIdentityCorpus *c) {
  g_autofree guint8 *seen = g_new0(guint8, ONR_N_BUCKETS);
  g_autoptr(GString) folded = g_string_new(NULL);
  for (guint32 i = 0; i < c->doc->tokens.n; i++) {
    guint16 bucket;
    if (!onr_signature_word(c->doc->text, &c->doc->tokens.items[i], folded, &bucket))
      continue;
    c->n_words[bucket] += seen[bucket] ? 0 : 1;
    seen[bucket] = 1;
  }
}

static void count_person(OnrIdentityCorpus *c, const char *id, const char *name) {
  g_auto(OnrPerson) person = {0};
  if (!g_hash_table_add(c->full_names, g_strdup(id)))
    return;
  onr_person_set(&person, name);
  if (!person.given)
    return;
  c->n_surnames[onr_bucket(person.surname, strlen(person.surname))]++;
  c->n_givens[onr_bucket(person.given, strlen(person.given))]++;
}

static void count_article(OnrIdentityCorpus *c) {
  c->n_articles++;
  count_words(c);
  for (guint i = 0; i < c->found->entities->len; i++) {
    const OnrEntity *e = &g_array_index(c->found->entities, OnrEntity, i);
    g_autofree char *id = onr_name_id(onr_entity_type_name(e->type), e->name);
    c->n_names[onr_bucket(id, strlen(id))]++;
    if (e->type == ONR_ENTITY_PERSON)
      count_person(c, id, e->name);
  }
}

/* What no article has is as rare as what one has. */
static guint8 rarity(guint n_articles, guint n) {
  double part = (double)MAX(n, 1) / n_articles;
  return part > FREQUENT ? 0 : (guint8)CLAMP(lround(-16 * log(part)), 1, G_MAXUINT8);
}

static guint8 commonness(guint n) {
  return (guint8)CLAMP(lround(16 * log1p(n)), 0, G_MAXUINT8);
}

void onr_identity_corpus_rate(OnrIdentityCorpus *c) {
  for (guint b = 0; b < ONR_N_BUCKETS; b++) {
    c->tables->words[b] = rarity(c->n_articles, c->n_words[b]);
    c->tables->names[b] = rarity(c->n_articles, c->n_names[b]);
    c->tables->surnames[b] = commonness(c->n_surnames[b]);
    c->tables->givens[b] = commonness(c->n_givens[b]);
  }
  c->is_rated = TRUE;
}

/* --- signatures --- */

static Person *person_of(OnrIdentityCorpus *c, const char *id, const char *name) {
  Person *known = g_hash_table_lookup(c->persons, id);
  if (known)
    return known;
  g_auto(OnrPerson) parsed = {0};
  onr_person_set(&parsed, name);
  if (!parsed.given)
    return NULL;
  char *kept = g_strdup(id);
  known = g_new0(Person, 1);
  known->items = g_array_new(FALSE, FALSE, sizeof(Item));
  known->n_own = onr_signature_own(id, name, known->own);
  known->commonness =
      onr_surname_frequency(c->tables, parsed.surname) * onr_given_frequency(c->tables, parsed.given);
  g_hash_table_insert(c->persons, kept, known);
  g_ptr_array_add(c->ids, kept);
  return known;
}

static void keep_person(OnrIdentityCorpus *c, guint entity, const char *id) {
  const OnrEntity *e = &g_array_index(c->found->entities, OnrEntity, entity);
  Person *person = e->type == ONR_ENTITY_PERSON ? person_of(c, id, e->name) : NULL;
  if (!person || person->items->len >= MAX_ITEMS)
    return;
  g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(OnrSpan));
  for (guint m = 0; m < c->found->mentions->len; m++) {
    const OnrMention *mention = &g_array_index(c->found->mentions, OnrMention, m);
    if (mention->entity == entity)
      g_array_append_val(spans, mention->span);
  }
  Item item = {.article = c->topics->len};
  item.n = (guint)onr_signature_name(c->maker, (const OnrSpan *)(gconstpointer)spans->data, spans->len,
                                     e->role, 0, item.name);
  g_array_append_val(person->items, item);
}

/* The words of the article by how often it has them, by their logarithm, and by how rare they are. */
static void keep_words(OnrIdentityCorpus *c) {
  g_autofree guint *times = g_new0(guint, ONR_N_BUCKETS);
  g_autoptr(GString) folded = g_string_new(NULL);
  for (guint32 i = 0; i < c->doc->tokens.n; i++) {
    guint16 bucket;
    if (onr_signature_word(c->doc->text, &c->doc->tokens.items[i], folded, &bucket))
      times[bucket]++;
  }
  for (guint b = 0; b < ONR_N_BUCKETS; b++)
    if (times[b] && c->tables->words[b])
      onr_directions_add(c->words, (guint16)b, (float)((1 + log(times[b])) * c->tables->words[b]));
  onr_directions_end_row(c->words);
}

static void keep_names(OnrIdentityCorpus *c, const GPtrArray *ids) {
  for (guint i = 0; i < ids->len; i++) {
    guint16 bucket = onr_bucket(ids->pdata[i], strlen(ids->pdata[i]));
    onr_directions_add(c->names, bucket, c->tables->names[bucket]);
  }
  onr_directions_end_row(c->names);
}

static void keep_article(OnrIdentityCorpus *c) {
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
  onr_signature_read(c->maker, c->doc);
  for (guint i = 0; i < c->found->entities->len; i++) {
    const OnrEntity *e = &g_array_index(c->found->entities, OnrEntity, i);
    g_ptr_array_add(ids, onr_name_id(onr_entity_type_name(e->type), e->name));
    keep_person(c, i, ids->pdata[i]);
  }
  Topic topic;
  topic.n =
      (guint)onr_signature_article(c->maker, (const char *const *)ids->pdata, ids->len, c->day, topic.bytes);
  g_array_append_val(c->topics, topic);
  keep_words(c);
  keep_names(c, ids);
}

static gint32 day_of(const json_t *item) {
  const char *date = json_string_value(json_object_get(item, "date"));
  g_autofree char *iso = NULL;
  gint32 day = ONR_NO_DAY;
  if (date)
    onr_date_parse(date, &iso, &day);
  return day;
}

static gboolean take(const json_t *item, gpointer data) {
  OnrIdentityCorpus *c = data;
  const char *body = json_string_value(json_object_get(item, "body"));
  if (!body)
    return FALSE;
  OnrArticleHeader header = {.title = json_string_value(json_object_get(item, "title"))};
  onr_document_set_text(c->doc, body, strlen(body));
  onr_annotate(c->annotator, c->doc, &header, c->found);
  c->day = day_of(item);
  if (c->is_rated)
    keep_article(c);
  else
    count_article(c);
  return TRUE;
}

gboolean onr_identity_corpus_read(OnrIdentityCorpus *corpus, const char *path, GError **error) {
  return onr_lines_read(path, take, corpus, "\"body\"", error);
}

/* --- pairs --- */

/* Adds N articles of PERSON from AT on, in the order of ORDER. */
static OnrProfile *profile_of(const OnrIdentityCorpus *c, const Person *person, const guint *order, guint n) {
  OnrProfile *profile = onr_profile_new();
  for (guint i = 0; i < n; i++) {
    const Item *item = &g_array_index(person->items, Item, order[i]);
    const Topic *topic = &g_array_index(c->topics, Topic, item->article);
    onr_profile_add(profile, &c->model, item->name, item->n, topic->bytes, topic->n, person->own,
                    person->n_own);
  }
  onr_profile_settle(profile);
  return profile;
}

static guint *shuffled(GRand *rand, guint n) {
  guint *order = g_new(guint, n);
  for (guint i = 0; i < n; i++) {
    guint k = (guint)g_rand_int_range(rand, 0, (gint32)i + 1);
    order[i] = order[k];
    order[k] = i;
  }
  return order;
}

/* Half of all are single articles; the others up to MOST. */
static guint draw_size(GRand *rand, guint most) {
  guint n = 1;
  while (n < most && g_rand_boolean(rand))
    n *= 2;
  return MIN(n, most);
}

static Person *draw(OnrIdentityCorpus *c, GRand *rand) {
  return g_hash_table_lookup(c->persons, c->ids->pdata[g_rand_int_range(rand, 0, (gint32)c->ids->len)]);
}

static gboolean share_article(const Person *a, const Person *b) {
  for (guint i = 0; i < a->items->len; i++)
    for (guint k = 0; k < b->items->len; k++)
      if (g_array_index(a->items, Item, i).article == g_array_index(b->items, Item, k).article)
        return TRUE;
  return FALSE;
}

static void add_pair(GArray *pairs, const OnrProfile *a, const OnrProfile *b, gboolean is_one) {
  Pair pair = {.is_one = is_one};
  onr_evidence_features(a, b, pair.features);
  g_array_append_val(pairs, pair);
}

/* One person: two lots of its articles. */
static gboolean draw_one(OnrIdentityCorpus *c, GRand *rand, GArray *pairs) {
  const Person *p = draw(c, rand);
  if (p->items->len < 2 || p->commonness >= RARE_NAME)
    return FALSE;
  g_autofree guint *order = shuffled(rand, p->items->len);
  guint n = draw_size(rand, p->items->len - 1), m = draw_size(rand, p->items->len - n);
  g_autoptr(OnrProfile) a = profile_of(c, p, order, n), b = profile_of(c, p, order + n, m);
  add_pair(pairs, a, b, TRUE);
  return TRUE;
}

/* Two persons that no article has together. */
static gboolean draw_two(OnrIdentityCorpus *c, GRand *rand, GArray *pairs) {
  const Person *p = draw(c, rand), *q = draw(c, rand);
  if (p == q || share_article(p, q))
    return FALSE;
  g_autofree guint *first = shuffled(rand, p->items->len), *second = shuffled(rand, q->items->len);
  g_autoptr(OnrProfile) a = profile_of(c, p, first, draw_size(rand, p->items->len));
  g_autoptr(OnrProfile) b = profile_of(c, q, second, draw_size(rand, q->items->len));
  add_pair(pairs, a, b, FALSE);
  return TRUE;
}

/* --- the regression: Newton's method with a ridge (iteratively reweighted least squares) --- */

#define N ONR_N_EVIDENCE_FEATURES

/* Solves A x = B by elimination; A is symmetric and positive, so no pivots are sought. */
static void solve(double a[N][N], double b[N]) {
  for (guint k = 0; k < N; k++)
    for (guint i = k + 1; i < N; i++) {
      double factor = a[i][k] / a[k][k];
      for (guint j = k; j < N; j++)
        a[i][j] -= factor * a[k][j];
      b[i] -= factor * b[k];
    }
  for (guint k = N; k-- > 0;) {
    for (guint j = k + 1; j < N; j++)
      b[k] -= a[k][j] * b[j];
    b[k] /= a[k][k];
  }
}

static double dot(const double x[N], const double y[N]) {
  double sum = 0;
  for (guint k = 0; k < N; k++)
    sum += x[k] * y[k];
  return sum;
}

static void step(const GArray *pairs, double weights[N]) {
  double hessian[N][N] = {{0}}, gradient[N];
  for (guint k = 0; k < N; k++) {
    hessian[k][k] = RIDGE;
    gradient[k] = -RIDGE * weights[k];
  }
  for (guint p = 0; p < pairs->len; p++) {
    const Pair *pair = &g_array_index(pairs, Pair, p);
    if (p % HELD_OUT == 0)
      continue;
    double one = 1 / (1 + exp(-dot(pair->features, weights)));
    for (guint i = 0; i < N; i++) {
      gradient[i] += (pair->is_one - one) * pair->features[i];
      for (guint j = 0; j < N; j++)
        hessian[i][j] += one * (1 - one) * pair->features[i] * pair->features[j];
    }
  }
  solve(hessian, gradient);
  for (guint k = 0; k < N; k++)
    weights[k] += gradient[k];
}

static void report(const GArray *pairs, const double weights[N], FILE *log) {
  guint n_ones = 0, n_twos = 0, right = 0, sure = 0, surely_wrong = 0;
  for (guint p = 0; p < pairs->len; p += HELD_OUT) {
    const Pair *pair = &g_array_index(pairs, Pair, p);
    double score = dot(pair->features, weights);
    n_ones += pair->is_one ? 1 : 0;
    n_twos += pair->is_one ? 0 : 1;
    right += (score > 0) == pair->is_one ? 1 : 0;
    sure += pair->is_one && score > 3;
    surely_wrong += !pair->is_one && score > 3;
  }
  fprintf(log,
          "onrecord-train: of %u pairs held out %.3f judged right; above 3: %.3f of those of one person, "
          "%.4f of those of two\n",
          n_ones + n_twos, (double)right / (n_ones + n_twos), (double)sure / n_ones,
          (double)surely_wrong / n_twos);
}

void onr_identity_corpus_fit(OnrIdentityCorpus *c, FILE *log) {
  g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
  onr_directions_find(c->words, c->tables->word_vectors);
  onr_directions_find(c->names, c->tables->name_vectors);
  GRand *rand = g_rand_new_with_seed(SEED);
  for (guint n = 0; n < N_PAIRS;)
    n += draw_one(c, rand, pairs) ? 1 : 0;
  for (guint n = 0; n < N_PAIRS;)
    n += draw_two(c, rand, pairs) ? 1 : 0;
  g_rand_free(rand);
  for (guint k = 0; k < N_STEPS; k++)
    step(pairs, c->model.weights);
  fprintf(log, "onrecord-train: %u articles, %u persons\n", c->topics->len, c->ids->len);
  report(pairs, c->model.weights, log);
}

char *onr_identity_corpus_bytes(const OnrIdentityCorpus *c) {
  char *bytes = g_malloc0(ONR_IDENTITY_MODEL_BYTES);
  OnrIdentityHeader *header = (OnrIdentityHeader *)(gpointer)bytes;
  for (guint k = 0; k < N; k++)
    header->weights[k] = GINT32_TO_LE((gint32)lround(c->model.weights[k] * ONR_EVIDENCE_ONE));
  memcpy(bytes + ONR_MODEL_HEADER_BYTES, c->tables, sizeof *c->tables);
  return bytes;
}
