/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "identity/resolve.h"

#include "identity/block.h"
#include "identity/persons.h"
#include "identity/region.h"

#include <math.h>
#include <string.h>

#define SAMPLE 64 /* articles of a name, those of the lowest lots, that speak for it */
/* Articles that are compared with each other where the sample does not hold them for its own. */
#define MAX_STRAYS 200

/* What names say beforehand: natural logarithms of odds, found by a search on training/identities.tsv
   (scripts/measure identities). A name's commonness is SURNAME_WEIGHT × ln(1 + persons with the surname) +
   ln(1 + persons with the given name) in the texts that the model was made of, less MIDDLE_NAME for each word
   more. */
#define SURNAME_WEIGHT 1.5
#define MIDDLE_NAME 4.0
#define COMMON_NAME 5.0         /* commonness from which several may bear a name */
#define ONE_BEARER 6.0          /* that two articles' bearers of a name are one, … */
#define PER_COMMONNESS 0.8      /* … less for a common name, … */
#define PER_ARTICLES 0.5        /* … more the more articles are known to be one's, by their logarithm */
#define SHARED_NAME (-2.5)      /* the same of bodies of which there are several */
#define JOIN_PER_COMMONNESS 0.7 /* by how much a common name speaks against joining two spellings */
#define GENERATION 2.0          /* Jr. against none */
#define BEARER_SHARE 0.5        /* of a bearer's part of the articles with a surname, by its logarithm */
#define BEARER_MARGIN 2.0 /* by how much who is meant by a surname must be likelier than the next, … */
#define NO_BEARER (-2.0)  /* … or than none of those that are known */

typedef struct {
  OnrNameNode *node;
  OnrPerson person;
  gboolean is_person, is_full;
  guint16 own[ONR_OWN_BUCKETS];
  guint n_own;
  double commonness;   /* of a full name; see SURNAME_WEIGHT */
  OnrProfile *profile; /* of the sample; NULL before it is asked for */
  GArray *members;     /* guint: of the cluster that this node leads */
  const char *label;   /* of that cluster; or NULL */
  guint leader;
} Name;

typedef struct {
  const OnrIdentityModel *model;
  OnrTopicFunc topic;
  gpointer data;
  Name *names;
  guint n;
} Block;

typedef struct {
  guint a, b;
  double score;
  const char *reason;
} Edge;

/* --- names and their profiles --- */

static double commonness_of(const OnrIdentityTables *tables, const OnrPerson *person) {
  return SURNAME_WEIGHT * onr_surname_frequency(tables, person->surname) +
         onr_given_frequency(tables, person->given) - MIDDLE_NAME * (person->parts.words->len - 2);
}

static void name_init(Block *block, Name *name, OnrNameNode *node, guint i) {
  g_autofree char *words = onr_identity_words(node->id);
  name->node = node;
  name->is_person = !strcmp(onr_identity_kind(node->id), "person");
  name->n_own = onr_signature_own(node->id, words, name->own);
  name->members = g_array_new(FALSE, FALSE, sizeof(guint));
  g_array_append_val(name->members, i);
  name->leader = i;
  name->label = node->label;
  if (!name->is_person)
    return;
  onr_person_set(&name->person, words);
  name->is_full = name->person.given != NULL;
  if (name->is_full)
    name->commonness = commonness_of(block->model->tables, &name->person);
}

static void name_clear(Name *name) {
  onr_person_clear(&name->person);
  onr_profile_free(name->profile);
  g_array_unref(name->members);
}

static void add_item(const Block *block, const Name *name, const OnrNameItem *item, OnrProfile *profile) {
  gsize n = 0;
  const guint8 *topic = block->topic(item->article, &n, block->data);
  onr_profile_add(profile, block->model, item->name, item->n_name, topic, n, name->own, name->n_own);
}

static OnrProfile *item_profile(const Block *block, const Name *name, const OnrNameItem *item) {
  OnrProfile *profile = onr_profile_new();
  add_item(block, name, item, profile);
  onr_profile_settle(profile);
  return profile;
}

static int by_lot(gconstpointer a, gconstpointer b) {
  const OnrNameItem *x = *(OnrNameItem *const *)a, *y = *(OnrNameItem *const *)b;
  if (x->lot != y->lot)
    return x->lot < y->lot ? -1 : 1;
  return x->n_name != y->n_name ? (x->n_name < y->n_name ? -1 : 1) : memcmp(x->name, y->name, x->n_name);
}

/* The items of NAME's own, by lot; of OnrNameItem *. */
static GPtrArray *items_by_lot(const Name *name) {
  GPtrArray *items = g_ptr_array_new();
  for (guint i = 0; i < name->node->items->len; i++) {
    OnrNameItem *item = &g_array_index(name->node->items, OnrNameItem, i);
    if (!item->part && !item->label)
      g_ptr_array_add(items, item);
  }
  g_ptr_array_sort(items, by_lot);
  return items;
}

static const OnrProfile *profile_of(const Block *block, Name *name) {
  if (name->profile)
    return name->profile;
  g_autoptr(GPtrArray) items = items_by_lot(name);
  name->profile = onr_profile_new();
  for (guint i = 0; i < MIN(items->len, SAMPLE); i++)
    add_item(block, name, items->pdata[i], name->profile);
  onr_profile_settle(name->profile);
  return name->profile;
}

/* --- parts: one name of several --- */

/* What speaks beforehand for one bearer of a name in two articles. */
static double prior_of_one(const Name *name) {
  if (!name->is_person)
    return SHARED_NAME;
  return ONE_BEARER - PER_COMMONNESS * name->commonness;
}

static gboolean is_common(const OnrIdentityModel *model, const OnrPerson *person) {
  return person->given && commonness_of(model->tables, person) >= COMMON_NAME;
}

static gboolean may_be_parted(const Block *block, const Name *name) {
  return name->node->items->len > 1 && !name->node->is_whole &&
         (name->is_person ? is_common(block->model, &name->person) : onr_identity_is_shared(name->node->id));
}

static guint find(guint *parent, guint i) {
  while (parent[i] != i)
    i = parent[i] = parent[parent[i]];
  return i;
}

/* By how much A and B are more likely one bearer's than two's. The more articles a bearer has, the likelier
 * another is of that bearer too (as in a Chinese restaurant process). */
static double tie_of(const Block *block, const OnrProfile *a, const OnrProfile *b, double prior) {
  return prior + PER_ARTICLES * log(MAX(a->n_items, b->n_items)) + onr_evidence_weigh(block->model, a, b);
}

/* ITEMS into groups, PARENT by item: the two that evidence ties most become one, until none is tied to
 * another. */
static void tie(const Block *block, const Name *name, const GPtrArray *items, double prior, guint *parent) {
  g_autofree OnrProfile **groups = g_new(OnrProfile *, items->len);
  g_autofree double *scores = g_new(double, items->len * items->len);
  for (guint i = 0; i < items->len; i++) {
    parent[i] = i;
    groups[i] = item_profile(block, name, items->pdata[i]);
  }
  for (guint i = 0; i < items->len; i++)
    for (guint k = i + 1; k < items->len; k++)
      scores[i * items->len + k] = tie_of(block, groups[i], groups[k], prior);
  for (;;) {
    guint a = 0, b = 0;
    double best = 0;
    for (guint i = 0; i < items->len; i++)
      for (guint k = i + 1; groups[i] && k < items->len; k++)
        if (groups[k] && scores[i * items->len + k] > best) {
          best = scores[i * items->len + k];
          a = i;
          b = k;
        }
    if (a == b)
      break;
    parent[b] = a;
    onr_profile_add_profile(groups[a], groups[b]);
    onr_profile_settle(groups[a]);
    g_clear_pointer(&groups[b], onr_profile_free);
    for (guint k = 0; k < items->len; k++)
      if (groups[k] && k != a)
        scores[MIN(a, k) * items->len + MAX(a, k)] = tie_of(block, groups[a], groups[k], prior);
  }
  for (guint i = 0; i < items->len; i++)
    onr_profile_free(groups[i]);
}

/* What a user says of the group of ROOT, or NULL. */
static const char *label_of_part(const Name *name, const GPtrArray *items, guint *parent, guint root) {
  for (guint i = 0; name->node->part_labels && i < items->len; i++) {
    const OnrNameItem *item = items->pdata[i];
    for (guint k = 0; find(parent, i) == root && k < name->node->part_labels->len; k++) {
      const OnrPartLabel *label = &g_array_index(name->node->part_labels, OnrPartLabel, k);
      if (label->lot == item->lot)
        return label->label;
    }
  }
  return NULL;
}

/* Parts of NAME: the groups of ITEMS, by lot, but MAIN (G_MAXUINT: none is). */
static void number_parts(Name *name, const GPtrArray *items, guint *parent, guint main) {
  g_autofree guint *part = g_new0(guint, items->len);
  for (guint i = 0; i < items->len; i++) {
    guint root = find(parent, i);
    OnrNameItem *item = items->pdata[i];
    if (root == main)
      continue;
    item->label = label_of_part(name, items, parent, root);
    if (item->label)
      continue;
    if (!part[root]) {
      if (!name->node->parts)
        name->node->parts = g_array_new(FALSE, FALSE, sizeof(guint32));
      g_array_append_val(name->node->parts, item->lot);
      part[root] = name->node->parts->len;
    }
    item->part = part[root];
  }
}

static guint largest_group(guint *parent, guint n) {
  g_autofree guint *size = g_new0(guint, n);
  guint best = 0;
  for (guint i = 0; i < n; i++)
    size[find(parent, i)]++;
  for (guint i = 0; i < n; i++)
    if (size[find(parent, i)] > size[best])
      best = find(parent, i);
  return find(parent, best);
}

static void part_few(const Block *block, Name *name, const GPtrArray *items) {
  g_autofree guint *parent = g_new(guint, items->len);
  tie(block, name, items, prior_of_one(name), parent);
  number_parts(name, items, parent, largest_group(parent, items->len));
}

/* Of many articles, those that the sample does not hold for its own. */
static void part_many(const Block *block, Name *name, const GPtrArray *items) {
  g_autoptr(GPtrArray) strays = g_ptr_array_new();
  double prior = prior_of_one(name) +
                 PER_ARTICLES * (log(items->len) - log(SAMPLE)); /* all of them, not the sample alone */
  const OnrProfile *all = profile_of(block, name);
  for (guint i = 0; i < items->len; i++) {
    g_autoptr(OnrProfile) one = item_profile(block, name, items->pdata[i]);
    if (tie_of(block, one, all, prior) < 0)
      g_ptr_array_add(strays, items->pdata[i]);
  }
  if (!strays->len || strays->len > MAX_STRAYS)
    return;
  g_autofree guint *parent = g_new(guint, strays->len);
  tie(block, name, strays, prior_of_one(name), parent);
  number_parts(name, strays, parent, G_MAXUINT);
  g_clear_pointer(&name->profile, onr_profile_free);
}

/* --- towns: one name, told apart by the state or country that the article gives --- */

/* The bucket of the region; NO_REGION where the article does not say it. */
#define NO_REGION G_MAXUINT32

static guint32 region_of(const OnrNameItem *item) {
  guint16 buckets[255];
  const guint8 *at = item->name + ONR_SIGNATURE_LOT_BYTES, *end = item->name + item->n_name;
  int n = item->n_name > ONR_SIGNATURE_LOT_BYTES ? 0 : -1;
  for (guint list = 0; list < 3 && n >= 0; list++) /* near, close, role */
    n = onr_signature_next(&at, end, buckets);
  return n > 0 ? buckets[0] : NO_REGION;
}

/* PARENT by item: the first item of its region; G_MAXUINT where that is not known. */
static void group_by_region(const GPtrArray *items, guint *parent) {
  g_autoptr(GHashTable) first = g_hash_table_new(g_direct_hash, g_direct_equal);
  for (guint i = 0; i < items->len; i++) {
    guint32 region = region_of(items->pdata[i]);
    gpointer known;
    parent[i] = region == NO_REGION ? G_MAXUINT : i;
    if (region == NO_REGION)
      continue;
    if (g_hash_table_lookup_extended(first, GUINT_TO_POINTER(region), NULL, &known))
      parent[i] = GPOINTER_TO_UINT(known);
    else
      g_hash_table_insert(first, GUINT_TO_POINTER(region), GUINT_TO_POINTER(i));
  }
}

/* Articles that do not say which town they mean, mean the one that most of the others do. */
static void part_towns(Name *name, const GPtrArray *items) {
  g_autofree guint *parent = g_new(guint, items->len), *size = g_new0(guint, items->len);
  guint main = G_MAXUINT;
  group_by_region(items, parent);
  for (guint i = 0; i < items->len; i++)
    if (parent[i] != G_MAXUINT && ++size[parent[i]] > (main == G_MAXUINT ? 0 : size[main]))
      main = parent[i];
  if (main == G_MAXUINT)
    return;
  for (guint i = 0; i < items->len; i++)
    parent[i] = parent[i] == G_MAXUINT ? main : parent[i];
  number_parts(name, items, parent, main);
}

static void part(const Block *block, Name *name) {
  g_autoptr(GPtrArray) items = items_by_lot(name);
  if (items->len < 2)
    return;
  if (onr_region_is_shared(name->node->id))
    part_towns(name, items);
  else if (items->len > SAMPLE)
    part_many(block, name, items);
  else
    part_few(block, name, items);
}

/* --- persons --- */

/* Do both stand in one article? */
static gboolean stand_together(const Name *a, const Name *b) {
  const GArray *x = a->node->items, *y = b->node->items;
  for (guint i = 0, k = 0; i < x->len && k < y->len;) {
    gint64 p = g_array_index(x, OnrNameItem, i).article, q = g_array_index(y, OnrNameItem, k).article;
    if (p == q)
      return TRUE;
    if (p < q)
      i++;
    else
      k++;
  }
  return FALSE;
}

static gboolean has_initial(const Name *name) {
  return name->is_full && !name->person.given[1];
}

/* W. Kolm and Bill Kolm say nothing of each other: they may both be William. */
static gboolean must_be_two(const Name *a, const Name *b) {
  return stand_together(a, b) || (!has_initial(a) && !has_initial(b) &&
                                  onr_person_compare(&a->person, &b->person) == ONR_LIKENESS_NONE);
}

static double prior_of_likeness(const Name *a, const Name *b, OnrLikeness likeness) {
  double common = MAX(a->commonness, b->commonness);
  static const double base[] = {
      [ONR_LIKENESS_NONE] = 0,    [ONR_LIKENESS_NEAR_GIVEN] = 1, [ONR_LIKENESS_NEAR_SURNAME] = 3,
      [ONR_LIKENESS_INITIAL] = 4, [ONR_LIKENESS_NICKNAME] = 5,   [ONR_LIKENESS_LONGER] = 6.5,
      [ONR_LIKENESS_SAME] = 6};
  double prior = base[likeness] - JOIN_PER_COMMONNESS * common;
  if ((a->person.parts.generation != ONR_GENERATION_NONE) !=
      (b->person.parts.generation != ONR_GENERATION_NONE))
    prior -= GENERATION;
  return prior;
}

static const char *reason_of(OnrLikeness likeness) {
  static const char *const reasons[] = {[ONR_LIKENESS_NONE] = NULL,
                                        [ONR_LIKENESS_NEAR_GIVEN] = "given name spelled nearly so",
                                        [ONR_LIKENESS_NEAR_SURNAME] = "surname spelled nearly so",
                                        [ONR_LIKENESS_INITIAL] = "initial",
                                        [ONR_LIKENESS_NICKNAME] = "nickname",
                                        [ONR_LIKENESS_LONGER] = "longer name",
                                        [ONR_LIKENESS_SAME] = "same name"};
  return reasons[likeness];
}

static void compare(Block *block, guint i, guint k, GArray *edges) {
  Name *a = &block->names[i], *b = &block->names[k];
  OnrLikeness likeness = onr_person_compare(&a->person, &b->person);
  if (likeness == ONR_LIKENESS_NONE || stand_together(a, b))
    return;
  double score = prior_of_likeness(a, b, likeness) +
                 onr_evidence_weigh(block->model, profile_of(block, a), profile_of(block, b));
  if (score <= 0)
    return;
  Edge edge = {i, k, score, reason_of(likeness)};
  g_array_append_val(edges, edge);
}

/* The surest first; equals in the order of ids, which that of indices is. */
static int by_score(gconstpointer p, gconstpointer q) {
  const Edge *x = p, *y = q;
  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  return x->a != y->a ? (x->a < y->a ? -1 : 1) : (x->b > y->b) - (x->b < y->b);
}

static gboolean may_join(const Block *block, const Name *a, const Name *b) {
  for (guint i = 0; i < a->members->len; i++)
    for (guint k = 0; k < b->members->len; k++)
      if (must_be_two(&block->names[g_array_index(a->members, guint, i)],
                      &block->names[g_array_index(b->members, guint, k)]))
        return FALSE;
  return TRUE;
}

static void join(Block *block, const Edge *edge) {
  Name *a = &block->names[block->names[edge->a].leader], *b = &block->names[block->names[edge->b].leader];
  a->label = a->label ? a->label : b->label;
  for (guint k = 0; k < b->members->len; k++)
    block->names[g_array_index(b->members, guint, k)].leader = a->leader;
  g_array_append_vals(a->members, b->members->data, b->members->len);
  g_array_set_size(b->members, 0);
  for (guint k = 0; k < 2; k++) { /* the first edge of a name is its reason */
    OnrNameNode *node = block->names[k ? edge->b : edge->a].node;
    if (!node->reason) {
      node->reason = edge->reason;
      node->score = edge->score;
    }
  }
}

static gboolean are_labelled_two(const Name *a, const Name *b) {
  return a->label && b->label && strcmp(a->label, b->label) != 0;
}

/* The names of one label, before any other. */
static void join_labels(Block *block) {
  for (guint i = 0; i < block->n; i++)
    for (guint k = i + 1; k < block->n && block->names[i].node->label; k++) {
      Edge edge = {i, k, 0, NULL};
      if (block->names[i].leader != block->names[k].leader && block->names[k].node->label &&
          !strcmp(block->names[i].node->label, block->names[k].node->label))
        join(block, &edge);
    }
}

static void join_all(Block *block, GArray *edges, gboolean is_free) {
  g_array_sort(edges, by_score);
  for (guint e = 0; e < edges->len; e++) {
    const Edge *edge = &g_array_index(edges, Edge, e);
    const Name *a = &block->names[block->names[edge->a].leader],
               *b = &block->names[block->names[edge->b].leader];
    if (a != b && !are_labelled_two(a, b) && (is_free || may_join(block, a, b)))
      join(block, edge);
  }
}

static void join_persons(Block *block) {
  g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(Edge));
  for (guint i = 0; i < block->n; i++)
    for (guint k = i + 1; k < block->n && block->names[i].is_full; k++)
      if (block->names[k].is_full)
        compare(block, i, k, edges);
  join_all(block, edges, FALSE);
}

/* --- surnames alone --- */

/* Who may be meant by a surname: leaders of clusters, with all that is known of them. */
typedef struct {
  guint leader, n_articles;
  OnrProfile *profile;
} Bearer;

static void bearer_clear(gpointer p) {
  onr_profile_free(((Bearer *)p)->profile);
}

static gboolean bears(const Name *name, const Name *surname) {
  const GPtrArray *keys = name->person.parts.keys, *wanted = surname->person.parts.keys;
  return name->is_full && wanted->len && !strcmp(keys->pdata[keys->len - 1], wanted->pdata[wanted->len - 1]);
}

static GArray *find_bearers(Block *block, const Name *surname) {
  GArray *bearers = g_array_new(FALSE, TRUE, sizeof(Bearer));
  g_array_set_clear_func(bearers, bearer_clear);
  for (guint i = 0; i < block->n; i++) {
    const Name *leader = &block->names[i];
    Bearer bearer = {.leader = i};
    for (guint m = 0; m < leader->members->len; m++) {
      Name *member = &block->names[g_array_index(leader->members, guint, m)];
      if (!bears(member, surname))
        continue;
      bearer.profile = bearer.profile ? bearer.profile : onr_profile_new();
      bearer.n_articles += member->node->items->len;
      onr_profile_add_profile(bearer.profile, profile_of(block, member));
    }
    if (!bearer.profile)
      continue;
    onr_profile_settle(bearer.profile);
    g_array_append_val(bearers, bearer);
  }
  return bearers;
}

/* Whom ITEM of SURNAME means: a leader, or G_MAXUINT where it cannot be told. */
static guint choose_bearer(const Block *block, const Name *surname, const OnrNameItem *item,
                           const GArray *bearers, guint total) {
  g_autoptr(OnrProfile) profile = item_profile(block, surname, item);
  double best = -G_MAXDOUBLE, second = NO_BEARER;
  guint chosen = G_MAXUINT;
  for (guint i = 0; i < bearers->len; i++) {
    const Bearer *bearer = &g_array_index(bearers, Bearer, i);
    double score = log((double)bearer->n_articles / total) * BEARER_SHARE +
                   onr_evidence_weigh(block->model, profile, bearer->profile);
    if (score > best) {
      second = MAX(second, best);
      best = score;
      chosen = bearer->leader;
    } else {
      second = MAX(second, score);
    }
  }
  return best - second > BEARER_MARGIN ? chosen : G_MAXUINT;
}

static void assign_surname(Block *block, guint i) {
  Name *surname = &block->names[i];
  g_autoptr(GArray) bearers = find_bearers(block, surname);
  guint total = 0, same = G_MAXUINT;
  gboolean is_one = TRUE;
  for (guint k = 0; k < bearers->len; k++)
    total += g_array_index(bearers, Bearer, k).n_articles;
  for (guint k = 0; k < surname->node->items->len && bearers->len; k++) {
    OnrNameItem *item = &g_array_index(surname->node->items, OnrNameItem, k);
    if (item->label)
      continue;
    guint chosen = choose_bearer(block, surname, item, bearers, total);
    item->bearer = chosen == G_MAXUINT ? i : chosen;
    is_one = is_one && item->bearer != i && (same == G_MAXUINT || same == item->bearer);
    same = item->bearer;
  }
  if (!is_one || same == G_MAXUINT ||
      are_labelled_two(&block->names[block->names[same].leader], &block->names[surname->leader]))
    return;
  for (guint k = 0; k < surname->node->items->len; k++) /* the name as a whole */
    g_array_index(surname->node->items, OnrNameItem, k).bearer = i;
  Edge edge = {same, i, 0, "surname"};
  join(block, &edge);
}

/* That a surname is itself says nothing of who bears it. */
static gboolean is_said_to_be_another(const OnrNameNode *node) {
  return node->label && strcmp(node->label, node->id) != 0;
}

static void assign_surnames(Block *block) {
  for (guint i = 0; i < block->n; i++)
    if (block->names[i].is_person && !block->names[i].is_full &&
        !is_said_to_be_another(block->names[i].node) && block->names[i].members->len)
      assign_surname(block, i);
}

/* --- organisations and places --- */

static void join_keys(Block *block) {
  g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(Edge));
  g_autoptr(GHashTable) first = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < block->n; i++) {
    char *key = onr_identity_key(block->names[i].node->id);
    gpointer known;
    if (g_hash_table_lookup_extended(first, key, NULL, &known)) {
      Edge edge = {GPOINTER_TO_UINT(known), i, 0, "known names"};
      g_array_append_val(edges, edge);
      g_free(key);
    } else {
      g_hash_table_insert(first, key, GUINT_TO_POINTER(i));
    }
  }
  join_all(block, edges, TRUE);
}

static gboolean has_alias(const Name *name, const char *alias) {
  for (guint i = 0; name->node->aliases && i < name->node->aliases->len; i++)
    if (!strcmp(name->node->aliases->pdata[i], alias))
      return TRUE;
  return FALSE;
}

/* Of those that articles also call by the acronym, the one with most articles, where no other has half as
 * many. */
static guint explained_by(const Block *block, guint acronym) {
  g_autofree char *words = onr_identity_words(block->names[acronym].node->id);
  guint best = G_MAXUINT, most = 0, next = 0;
  if (strchr(words, ' '))
    return G_MAXUINT;
  for (guint i = 0; i < block->n; i++) {
    if (block->names[i].leader == block->names[acronym].leader || !has_alias(&block->names[i], words))
      continue;
    guint n = block->names[i].node->items->len;
    if (n > most) {
      next = most;
      most = n;
      best = i;
    } else {
      next = MAX(next, n);
    }
  }
  return 2 * next <= most ? best : G_MAXUINT;
}

static void join_acronyms(Block *block) {
  for (guint i = 0; i < block->n; i++) {
    guint long_form = explained_by(block, i);
    if (long_form == G_MAXUINT || block->names[long_form].leader == block->names[i].leader ||
        are_labelled_two(&block->names[block->names[long_form].leader],
                         &block->names[block->names[i].leader]))
      continue;
    Edge edge = {long_form, i, 0, "acronym"};
    join(block, &edge);
  }
}

/* --- all of them --- */

/* The name in most articles stands for the identity, of equals the first. */
static void choose_names(Block *block) {
  for (guint i = 0; i < block->n; i++) {
    const GArray *members = block->names[i].members;
    guint best = G_MAXUINT;
    for (guint m = 0; m < members->len; m++) {
      guint k = g_array_index(members, guint, m);
      const OnrNameNode *node = block->names[k].node;
      if (best == G_MAXUINT || node->items->len > block->names[best].node->items->len ||
          (node->items->len == block->names[best].node->items->len &&
           strcmp(node->id, block->names[best].node->id) < 0))
        best = k;
    }
    for (guint m = 0; m < members->len; m++) {
      OnrNameNode *node = block->names[g_array_index(members, guint, m)].node;
      node->reason = node->label ? node->ruling : node->reason;
      node->identity = best;
      node->label = block->names[i].label;
    }
    if (best != G_MAXUINT && !block->names[i].label)
      block->names[best].node->reason = NULL;
  }
}

/* Items that were given to leaders are their identities'. */
static void name_bearers(Block *block) {
  for (guint i = 0; i < block->n; i++) {
    GArray *items = block->names[i].node->items;
    for (guint k = 0; k < items->len; k++) {
      OnrNameItem *item = &g_array_index(items, OnrNameItem, k);
      if (item->bearer != i)
        item->bearer = block->names[item->bearer].node->identity;
    }
  }
}

static void resolve(Block *block) {
  for (guint i = 0; i < block->n; i++)
    if (may_be_parted(block, &block->names[i]))
      part(block, &block->names[i]);
  join_labels(block);
  if (block->names[0].is_person) {
    join_persons(block);
    assign_surnames(block);
  } else if (strcmp(onr_identity_kind(block->names[0].node->id), "misc")) {
    join_keys(block);
    join_acronyms(block);
  }
  choose_names(block);
  name_bearers(block);
}

void onr_identities_resolve(const OnrIdentityModel *model, GArray *nodes, OnrTopicFunc topic, gpointer data) {
  g_autofree Name *names = g_new0(Name, nodes->len);
  Block block = {.model = model, .topic = topic, .data = data, .names = names, .n = nodes->len};
  for (guint i = 0; i < nodes->len; i++) {
    OnrNameNode *node = &g_array_index(nodes, OnrNameNode, i);
    name_init(&block, &names[i], node, i);
    node->identity = i;
    node->reason = NULL;
    node->score = 0;
    node->parts = NULL;
    for (guint k = 0; k < node->items->len; k++) {
      g_array_index(node->items, OnrNameItem, k).part = 0;
      g_array_index(node->items, OnrNameItem, k).bearer = i;
    }
  }
  if (nodes->len)
    resolve(&block);
  for (guint i = 0; i < nodes->len; i++)
    name_clear(&names[i]);
}

gboolean onr_identities_need_items(const OnrIdentityModel *model, const char *id) {
  if (strcmp(onr_identity_kind(id), "person") != 0)
    return onr_identity_is_shared(id);
  g_auto(OnrPerson) person = {0};
  g_autofree char *words = onr_identity_words(id);
  onr_person_set(&person, words);
  return is_common(model, &person);
}
