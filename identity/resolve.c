/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "identity/resolve.h"

#include "identity/bearers.h"
#include "identity/block.h"

#include <math.h>
#include <string.h>

/* Natural logarithms of odds. */
/* That two spellings are one's, by a logistic regression over 291 pairs that were judged by reading: */
#define JOIN_EVIDENCE 0.75    /* of the evidence of their articles */
#define JOIN_PER_SURNAME 1.35 /* less, of ln(1 + persons with the surname), … */
#define JOIN_PER_GIVEN 0.35   /* … and with the given name, of the commoner one */
#define JOIN_PER_OTHER_GIVEN                                                                                 \
  1.4                       /* the same of the rarer, where one would be a slip: slips are rare names        \
                             */
#define JOIN_PER_MIDDLE 2.0 /* more, for each middle name that both have */
#define GENERATION 2.0      /* Jr. against none */
#define BEARER_SHARE 0.5    /* of a bearer's part of the articles with a surname, by its logarithm */
#define BEARER_MARGIN 2.0   /* by how much who is meant by a surname must be likelier than the next, … */
#define MISTYPED 2.0        /* more, where annotation did not take it for a person's, … */
#define NO_BEARER (-2.0)    /* … or than none of those that are known */

typedef struct {
  guint a, b;
  double score;
  const char *reason;
} Edge;

/* --- persons --- */

/* Do both stand in one article? */
static gboolean stand_together(const OnrBlockName *a, const OnrBlockName *b) {
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

static gboolean has_initial(const OnrBlockName *name) {
  return name->is_full && !name->person.given[1];
}

/* W. Kolm and Bill Kolm say nothing of each other: they may both be William. */
static gboolean must_be_two(const OnrBlockName *a, const OnrBlockName *b) {
  return stand_together(a, b) || (!has_initial(a) && !has_initial(b) &&
                                  onr_person_compare(&a->person, &b->person) == ONR_LIKENESS_NONE);
}

static double prior_of_likeness(const OnrBlockName *a, const OnrBlockName *b, OnrLikeness likeness) {
  static const double base[] = {
      [ONR_LIKENESS_NONE] = 0,      [ONR_LIKENESS_NEAR_GIVEN] = 5.0, [ONR_LIKENESS_NEAR_SURNAME] = 1.2,
      [ONR_LIKENESS_INITIAL] = 4.2, [ONR_LIKENESS_NICKNAME] = 5.1,   [ONR_LIKENESS_LONGER] = 6.2,
      [ONR_LIKENESS_SAME] = 7.6};
  guint n_middle = MIN(a->person.parts.words->len, b->person.parts.words->len) - 2;
  double prior = base[likeness] - JOIN_PER_SURNAME * MAX(a->surname, b->surname) -
                 JOIN_PER_GIVEN * MAX(a->given, b->given) + JOIN_PER_MIDDLE * n_middle;
  if (likeness == ONR_LIKENESS_NEAR_GIVEN)
    prior -= JOIN_PER_OTHER_GIVEN * MIN(a->given, b->given);
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

static void compare(OnrBlock *block, guint i, guint k, GArray *edges) {
  OnrBlockName *a = &block->names[i], *b = &block->names[k];
  OnrLikeness likeness = onr_person_compare(&a->person, &b->person);
  if (likeness == ONR_LIKENESS_NONE || stand_together(a, b))
    return;
  double score = prior_of_likeness(a, b, likeness) +
                 JOIN_EVIDENCE * onr_evidence_weigh(block->model, onr_block_profile(block, a),
                                                    onr_block_profile(block, b));
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

static gboolean may_join(const OnrBlock *block, const OnrBlockName *a, const OnrBlockName *b) {
  for (guint i = 0; i < a->members->len; i++)
    for (guint k = 0; k < b->members->len; k++)
      if (must_be_two(&block->names[g_array_index(a->members, guint, i)],
                      &block->names[g_array_index(b->members, guint, k)]))
        return FALSE;
  return TRUE;
}

static void join(OnrBlock *block, const Edge *edge) {
  OnrBlockName *a = &block->names[block->names[edge->a].leader],
               *b = &block->names[block->names[edge->b].leader];
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

static gboolean are_labelled_two(const OnrBlockName *a, const OnrBlockName *b) {
  return a->label && b->label && strcmp(a->label, b->label) != 0;
}

/* The names of one label, before any other. */
static void join_labels(OnrBlock *block) {
  for (guint i = 0; i < block->n; i++)
    for (guint k = i + 1; k < block->n && block->names[i].node->label; k++) {
      Edge edge = {i, k, 0, NULL};
      if (block->names[i].leader != block->names[k].leader && block->names[k].node->label &&
          !strcmp(block->names[i].node->label, block->names[k].node->label))
        join(block, &edge);
    }
}

static void join_all(OnrBlock *block, GArray *edges, gboolean is_free) {
  g_array_sort(edges, by_score);
  for (guint e = 0; e < edges->len; e++) {
    const Edge *edge = &g_array_index(edges, Edge, e);
    const OnrBlockName *a = &block->names[block->names[edge->a].leader],
                       *b = &block->names[block->names[edge->b].leader];
    if (a != b && !are_labelled_two(a, b) && (is_free || may_join(block, a, b)))
      join(block, edge);
  }
}

static void join_persons(OnrBlock *block) {
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

static gboolean bears(const OnrBlockName *name, const OnrBlockName *surname) {
  const GPtrArray *keys = name->person.parts.keys, *wanted = surname->person.parts.keys;
  return name->is_full && wanted->len && !strcmp(keys->pdata[keys->len - 1], wanted->pdata[wanted->len - 1]);
}

static GArray *find_bearers(OnrBlock *block, const OnrBlockName *surname) {
  GArray *bearers = g_array_new(FALSE, TRUE, sizeof(Bearer));
  g_array_set_clear_func(bearers, bearer_clear);
  for (guint i = 0; i < block->n; i++) {
    const OnrBlockName *leader = &block->names[i];
    Bearer bearer = {.leader = i};
    for (guint m = 0; m < leader->members->len; m++) {
      OnrBlockName *member = &block->names[g_array_index(leader->members, guint, m)];
      if (!bears(member, surname))
        continue;
      bearer.profile = bearer.profile ? bearer.profile : onr_profile_new();
      bearer.n_articles += member->node->items->len;
      onr_profile_add_profile(bearer.profile, onr_block_profile(block, member));
    }
    if (!bearer.profile)
      continue;
    onr_profile_settle(bearer.profile);
    g_array_append_val(bearers, bearer);
  }
  return bearers;
}

static gboolean is_typed_otherwise(const OnrBlockName *surname) {
  return !g_str_has_prefix(surname->node->id, "person:");
}

/* Whom ITEM of SURNAME means: a leader, or G_MAXUINT where it cannot be told. */
static guint choose_bearer(const OnrBlock *block, const OnrBlockName *surname, const OnrNameItem *item,
                           const GArray *bearers, guint total) {
  g_autoptr(OnrProfile) profile = onr_block_item_profile(block, surname, item);
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
  double margin = BEARER_MARGIN + (is_typed_otherwise(surname) ? MISTYPED : 0);
  return best - second > margin ? chosen : G_MAXUINT;
}

static void assign_surname(OnrBlock *block, guint i) {
  OnrBlockName *surname = &block->names[i];
  g_autoptr(GArray) bearers = find_bearers(block, surname);
  guint total = 0, same = G_MAXUINT;
  gboolean is_one = TRUE;
  for (guint k = 0; k < bearers->len; k++)
    total += g_array_index(bearers, Bearer, k).n_articles;
  if (is_typed_otherwise(surname) && total < surname->node->items->len)
    return; /* a word that is oftener something else: annotation was right */
  for (guint k = 0; k < surname->node->items->len && bearers->len; k++) {
    OnrNameItem *item = &g_array_index(surname->node->items, OnrNameItem, k);
    if (item->label)
      continue;
    if (!item->n_name && is_typed_otherwise(surname)) {
      is_one = FALSE;
      continue;
    }
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

static void assign_surnames(OnrBlock *block) {
  for (guint i = 0; i < block->n; i++)
    if (block->names[i].is_person && !block->names[i].is_full &&
        !is_said_to_be_another(block->names[i].node) && block->names[i].members->len)
      assign_surname(block, i);
}

/* --- organisations and places --- */

static void join_keys(OnrBlock *block) {
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

static gboolean has_alias(const OnrBlockName *name, const char *alias) {
  for (guint i = 0; name->node->aliases && i < name->node->aliases->len; i++)
    if (!strcmp(name->node->aliases->pdata[i], alias))
      return TRUE;
  return FALSE;
}

/* Of those that articles also call by the acronym, the one with most articles, where no other has half as
 * many. */
static guint explained_by(const OnrBlock *block, guint acronym) {
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

static void join_acronyms(OnrBlock *block) {
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
static void choose_names(OnrBlock *block) {
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
static void name_bearers(OnrBlock *block) {
  for (guint i = 0; i < block->n; i++) {
    GArray *items = block->names[i].node->items;
    for (guint k = 0; k < items->len; k++) {
      OnrNameItem *item = &g_array_index(items, OnrNameItem, k);
      if (item->bearer != i)
        item->bearer = block->names[item->bearer].node->identity;
    }
  }
}

static void resolve(OnrBlock *block) {
  for (guint i = 0; i < block->n; i++)
    if (onr_bearers_may_be_several(block, &block->names[i]))
      onr_bearers_part(block, &block->names[i]);
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
  g_autofree OnrBlockName *names = g_new0(OnrBlockName, nodes->len);
  OnrBlock block = {.model = model, .topic = topic, .data = data, .names = names, .n = nodes->len};
  for (guint i = 0; i < nodes->len; i++) {
    OnrNameNode *node = &g_array_index(nodes, OnrNameNode, i);
    onr_block_name_init(&block, &names[i], node, i);
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
    onr_block_name_clear(&names[i]);
}

gboolean onr_identities_need_items(const OnrIdentityModel *model, const char *id) {
  if (strcmp(onr_identity_kind(id), "person") != 0)
    return onr_identity_is_shared(id);
  g_auto(OnrPerson) person = {0};
  g_autofree char *words = onr_identity_words(id);
  onr_person_set(&person, words);
  return onr_person_is_common(model, &person);
}

gboolean onr_identities_need_signature(const OnrIdentityModel *model, const char *id) {
  if (strcmp(onr_identity_kind(id), "person") != 0)
    return onr_identity_is_shared(id);
  g_autofree char *words = onr_identity_words(id);
  return g_str_has_prefix(id, "person:") || onr_surname_frequency(model->tables, words) > 0;
}
