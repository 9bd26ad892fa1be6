/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include "identity/block.h"
#include "identity/region.h"

#include <string.h>

typedef struct {
  char *id;
  guint article;
  guint8 bytes[ONR_SIGNATURE_NAME_MAX];
  gsize n;
} Mention;

typedef struct {
  char *id;
  guint8 topic[ONR_SIGNATURE_ARTICLE_MAX];
  gsize n;
} Article;

struct Archive {
  OnrIdentityModel *model;
  OnrSignatureMaker *maker;
  GArray *articles;   /* of Article */
  GArray *mentions;   /* of Mention */
  GHashTable *labels; /* id of a name → id of the identity that it is said to be */
};

OnrIdentityModel *fixture_model(void) {
  GError *error = NULL;
  OnrIdentityModel *model = onr_identity_model_open(NULL, &error);
  cr_assert_not_null(model, "%s", error ? error->message : "");
  return model;
}

Archive *archive_new(void) {
  Archive *archive = g_new0(Archive, 1);
  archive->model = fixture_model();
  archive->maker = onr_signature_maker_new(archive->model);
  archive->articles = g_array_new(FALSE, FALSE, sizeof(Article));
  archive->mentions = g_array_new(FALSE, FALSE, sizeof(Mention));
  archive->labels = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  return archive;
}

void archive_free(Archive *archive) {
  for (guint i = 0; i < archive->articles->len; i++)
    g_free(g_array_index(archive->articles, Article, i).id);
  for (guint i = 0; i < archive->mentions->len; i++)
    g_free(g_array_index(archive->mentions, Mention, i).id);
  g_array_unref(archive->articles);
  g_array_unref(archive->mentions);
  onr_signature_maker_free(archive->maker);
  onr_identity_model_close(archive->model);
  g_hash_table_unref(archive->labels);
  g_free(archive);
}

static void add_mention(Archive *archive, const char *text, char **id_and_form) {
  Mention mention = {.id = g_strdup(id_and_form[0]), .article = archive->articles->len - 1};
  g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(OnrSpan));
  for (const char *p = strstr(text, id_and_form[1]); p; p = strstr(p + 1, id_and_form[1])) {
    OnrSpan span = {(guint32)(p - text), (guint32)(p - text + (gssize)strlen(id_and_form[1]))};
    g_array_append_val(spans, span);
  }
  cr_assert_gt(spans->len, 0, "'%s' does not stand in: %s", id_and_form[1], text);
  const char *article = g_array_index(archive->articles, Article, mention.article).id;
  const OnrSpan *at = (const OnrSpan *)(gconstpointer)spans->data;
  g_auto(OnrRegionText) in = {0};
  onr_region_text_set(&in, text, strlen(text));
  const char *region = g_str_has_prefix(mention.id, "org:")
                           ? onr_region_of_body(&in, mention.id, at, spans->len, FALSE)
                           : onr_region_of(&in, mention.id, at, spans->len);
  g_autofree char *word =
      region ? g_strdelimit(g_strdup(region), "-", '_') : NULL; /* as the indexer has it */
  mention.n =
      onr_signature_name(archive->maker, at, spans->len, word, onr_signature_lot(article), mention.bytes);
  g_array_append_val(archive->mentions, mention);
}

void archive_add(Archive *archive, const char *article, const char *text, const char *const *ids) {
  g_autoptr(OnrDocument) doc = onr_document_new();
  g_autoptr(GPtrArray) bare = g_ptr_array_new_with_free_func(g_free);
  Article a = {.id = g_strdup(article)};
  g_array_append_val(archive->articles, a);
  onr_document_set_text(doc, text, strlen(text));
  onr_signature_read(archive->maker, doc);
  for (; *ids; ids++) {
    g_auto(GStrv) parts = g_strsplit(*ids, "=", 2);
    add_mention(archive, text, parts);
    g_ptr_array_add(bare, g_strdup(parts[0]));
  }
  Article *kept = &g_array_index(archive->articles, Article, archive->articles->len - 1);
  kept->n =
      onr_signature_article(archive->maker, (const char *const *)bare->pdata, bare->len, 18993, kept->topic);
}

void archive_label(Archive *archive, const char *name, const char *label) {
  g_hash_table_insert(archive->labels, g_strdup(name), g_strdup(label));
}

/* --- resolving --- */

typedef struct {
  const Archive *archive;
  const guint *order; /* by row of an article: its index */
} Topics;

static const guint8 *topic_of(gint64 row, gsize *n, gpointer data) {
  const Topics *topics = data;
  const Article *article = &g_array_index(topics->archive->articles, Article, topics->order[row]);
  *n = article->n;
  return article->topic;
}

static void node_clear(gpointer p) {
  OnrNameNode *node = p;
  g_array_unref(node->items);
  g_clear_pointer(&node->parts, g_array_unref);
}

static int by_id(gconstpointer a, gconstpointer b) {
  return strcmp(((const OnrNameNode *)a)->id, ((const OnrNameNode *)b)->id);
}

static OnrNameNode *node_of(GArray *nodes, GHashTable *labels, const char *id) {
  for (guint i = 0; i < nodes->len; i++)
    if (!strcmp(g_array_index(nodes, OnrNameNode, i).id, id))
      return &g_array_index(nodes, OnrNameNode, i);
  const char *label = g_hash_table_lookup(labels, id);
  OnrNameNode node = {
      .id = id, .label = label, .ruling = "said so", .items = g_array_new(FALSE, FALSE, sizeof(OnrNameItem))};
  g_array_append_val(nodes, node);
  return &g_array_index(nodes, OnrNameNode, nodes->len - 1);
}

/* The rows of articles are their places in the order that SEED gives. */
static void collect(const Archive *archive, guint64 block, const guint *order, GArray *nodes) {
  for (guint row = 0; row < archive->articles->len; row++)
    for (guint m = 0; m < archive->mentions->len; m++) {
      const Mention *mention = &g_array_index(archive->mentions, Mention, m);
      if (mention->article != order[row] || onr_identity_block(mention->id) != block)
        continue;
      OnrNameItem item = {
          .article = row,
          .lot = onr_signature_lot(g_array_index(archive->articles, Article, mention->article).id),
          .name = mention->bytes,
          .n_name = mention->n};
      g_array_append_val(node_of(nodes, archive->labels, mention->id)->items, item);
    }
  g_array_sort(nodes, by_id);
}

static int by_text(gconstpointer a, gconstpointer b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* "name[a1 a2]" of each identity, one line each, in order. */
static char *describe(const Archive *archive, const GArray *nodes, const guint *order) {
  g_autoptr(GHashTable) lines =
      g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  for (guint i = 0; i < nodes->len; i++) {
    const OnrNameNode *node = &g_array_index(nodes, OnrNameNode, i);
    for (guint k = 0; k < node->items->len; k++) {
      const OnrNameItem *item = &g_array_index(node->items, OnrNameItem, k);
      const OnrNameNode *bearer =
          &g_array_index(nodes, OnrNameNode, item->bearer == i ? node->identity : item->bearer);
      char *key = item->part ? g_strdup_printf("%s~%08x", node->id,
                                               g_array_index(node->parts, guint32, item->part - 1))
                             : g_strdup(bearer->label ? bearer->label : bearer->id);
      if (!g_hash_table_contains(lines, key))
        g_hash_table_insert(lines, g_strdup(key), g_ptr_array_new_with_free_func(g_free));
      g_ptr_array_add(g_hash_table_lookup(lines, key),
                      g_strdup(g_array_index(archive->articles, Article, order[item->article]).id));
      g_free(key);
    }
  }
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
  GHashTableIter iter;
  gpointer key, articles;
  g_hash_table_iter_init(&iter, lines);
  while (g_hash_table_iter_next(&iter, &key, &articles)) {
    GPtrArray *list = articles;
    g_ptr_array_sort(list, by_text);
    g_ptr_array_add(list, NULL);
    g_autofree char *joined = g_strjoinv(" ", (char **)list->pdata);
    const char *colon = strchr(key, ':');
    g_ptr_array_add(all, g_strdup_printf("%s[%s]", colon ? colon + 1 : (char *)key, joined));
  }
  g_ptr_array_sort(all, by_text);
  g_ptr_array_add(all, NULL);
  return g_strjoinv("; ", (char **)all->pdata);
}

char *archive_resolve(Archive *archive, guint64 block, guint seed) {
  g_autofree guint *order = g_new(guint, archive->articles->len);
  GRand *rand = g_rand_new_with_seed(seed);
  for (guint i = 0; i < archive->articles->len; i++) {
    guint k = seed ? (guint)g_rand_int_range(rand, 0, (gint32)i + 1) : i;
    order[i] = order[k];
    order[k] = i;
  }
  g_rand_free(rand);
  g_autoptr(GArray) nodes = g_array_new(FALSE, FALSE, sizeof(OnrNameNode));
  g_array_set_clear_func(nodes, node_clear);
  collect(archive, block, order, nodes);
  Topics topics = {archive, order};
  onr_identities_resolve(archive->model, nodes, topic_of, &topics);
  return describe(archive, nodes, order);
}
