/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "identity/resolve.h"

#include "identity/bearers.h"
#include "identity/block.h"
#include "identity/joining.h"
#include "text/known_names.h"

#include <math.h>
#include <string.h>

/* Natural logarithms of odds. */
#define BEARER_SHARE 0.8  /* of a bearer's part of the articles with a surname, by its logarithm */
#define BEARER_MARGIN 2.0 /* by how much who is meant by a surname must be likelier than the next, … */
#define MISTYPED 0.5      /* more, where annotation did not take it for a person's, … */
#define NO_BEARER (-1.5)  /* … or than none of those that are known, … */
#define PER_KNOWN 0.4     /* … less the more articles than a few its bearer has, by their logarithm */
#define FEW_ARTICLES 10.0
#define ACRONYM_MARGIN 0.2 /* the same of an acronym's meanings */
/* Articles of the name that an identity has most often, for each of another one that may be cut wrongly. */
#define MARGINAL 30.0
#define LONE_SURNAME 2 /* articles with a surname alone for each with a full name of its bearers, at most */
#define RARE_GIVEN 1.2 /* ln(1 + persons with a given name) that is hardly one */
#define MIN_INITIALS 3
#define ACRONYM_LETTERS (-1.0) /* that letters are short for a name with these initials, … */
#define PER_LETTER 1.5         /* … more for each letter above three */

typedef struct {
  guint a, b;
  double score;
  const char *reason;
  gboolean is_slip; /* one may be misspelled: then other forms of the other one are not like it */
} Edge;

/* --- persons --- */

static gboolean have_equal_ends(const GPtrArray *a, const GPtrArray *b) {
  return !strcmp(a->pdata[0], b->pdata[0]) && !strcmp(a->pdata[a->len - 1], b->pdata[b->len - 1]);
}

/* A is without generation and B with one, Jr.: is A another one's rather, III's, who is named as often as B
   at least? */
static gboolean is_of_another(const OnrBlock *block, const OnrBlockName *a, const OnrBlockName *b) {
  if (a->person.parts.generation || !b->person.parts.generation)
    return FALSE;
  for (guint i = 0; i < block->n; i++) {
    const OnrBlockName *c = &block->names[i];
    if (c->is_full && c->person.parts.generation &&
        c->person.parts.generation != b->person.parts.generation &&
        have_equal_ends(c->person.parts.keys, b->person.parts.keys) &&
        c->node->items->len >= b->node->items->len)
      return TRUE;
  }
  return FALSE;
}

static void compare(OnrBlock *block, guint i, guint k, GArray *edges) {
  const OnrBlockName *a = &block->names[i], *b = &block->names[k];
  if (is_of_another(block, a, b) || is_of_another(block, b, a))
    return;
  OnrLikeness likeness;
  double score = onr_persons_weigh(block, &block->names[i], &block->names[k], &likeness);
  gboolean is_slip = likeness == ONR_LIKENESS_NEAR_GIVEN || likeness == ONR_LIKENESS_NEAR_SURNAME;
  Edge edge = {i, k, score, onr_likeness_reason(likeness), is_slip};
  if (score > 0)
    g_array_append_val(edges, edge);
}

/* The surest first; equals in the order of ids, which that of indices is. */
static int by_score(gconstpointer p, gconstpointer q) {
  const Edge *x = p, *y = q;
  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  return x->a != y->a ? (x->a < y->a ? -1 : 1) : (x->b > y->b) - (x->b < y->b);
}

/* Articles of the name that A's cluster has most often. */
static guint most_articles(const OnrBlock *block, const OnrBlockName *a) {
  guint most = 0;
  for (guint i = 0; i < a->members->len; i++)
    most = MAX(most, block->names[g_array_index(a->members, guint, i)].node->items->len);
  return most;
}

/* Has X so few articles beside the MOST of its cluster that it may be cut wrongly: "Mike Pence Michael" of
   the line "Mike Pence, Michael Flynn"? */
static gboolean is_marginal(const OnrBlockName *x, guint most) {
  return MARGINAL * x->node->items->len <= most;
}

/* May the clusters of A and B become one by EDGE? A name that is misspelled is compared with its like only.
 */
static gboolean may_join(const OnrBlock *block, const OnrBlockName *a, const OnrBlockName *b,
                         const Edge *edge) {
  gboolean is_one_slip = edge->is_slip && (a->members->len == 1 || b->members->len == 1);
  guint most_of_a = most_articles(block, a), most_of_b = most_articles(block, b);
  for (guint i = 0; i < a->members->len; i++)
    for (guint k = 0; k < b->members->len; k++) {
      const OnrBlockName *x = &block->names[g_array_index(a->members, guint, i)],
                         *y = &block->names[g_array_index(b->members, guint, k)];
      gboolean is_doubtful = is_one_slip || is_marginal(x, most_of_a) || is_marginal(y, most_of_b);
      if (onr_names_stand_together(x, y) || (!is_doubtful && onr_persons_differ(x, y)))
        return FALSE;
    }
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
      Edge edge = {.a = i, .b = k};
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
    if (a != b && !are_labelled_two(a, b) && (is_free || may_join(block, a, b, edge)))
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

/* Does B stand in an article of A's PART? */
static gboolean stands_in_part(const OnrBlockName *a, guint part, const OnrBlockName *b) {
  for (guint i = 0; i < a->node->items->len; i++) {
    const OnrNameItem *item = &g_array_index(a->node->items, OnrNameItem, i);
    for (guint k = 0; item->part == part && k < b->node->items->len; k++)
      if (g_array_index(b->node->items, OnrNameItem, k).article == item->article)
        return TRUE;
  }
  return FALSE;
}

/* The name of another spelling whose PART of name I is rather; G_MAXUINT: nobody's else. */
static guint bearer_of_part(OnrBlock *block, guint i, guint part) {
  const OnrBlockName *name = &block->names[i];
  g_autoptr(OnrProfile) profile = onr_bearers_part_profile(block, name, part);
  double best = 0;
  guint chosen = G_MAXUINT;
  for (guint k = 0; k < block->n; k++) {
    OnrBlockName *other = &block->names[k];
    double score = k != i && other->is_full ? onr_persons_weigh_part(block, name, profile, other) : 0;
    if (score > best && !stands_in_part(name, part, other)) {
      best = score;
      chosen = k;
    }
  }
  return chosen;
}

/* Parts of a name that are one's with another name: the Joseph Biden of some articles is Joe Biden. */
static void assign_parts(OnrBlock *block) {
  for (guint i = 0; i < block->n; i++) {
    OnrBlockName *name = &block->names[i];
    for (guint part = name->node->parts ? name->node->parts->len : 0; part; part--) {
      guint bearer = name->is_full ? bearer_of_part(block, i, part) : G_MAXUINT;
      if (bearer == G_MAXUINT)
        continue;
      gboolean is_own = block->names[bearer].leader == name->leader; /* then it is no part */
      onr_bearers_give_part(name, part, is_own ? i : bearer);
      if (is_own)
        g_clear_pointer(&name->profile, onr_profile_free);
    }
  }
}

/* --- names that are short for others': surnames, acronyms --- */

/* Who may be meant by it: leaders of clusters, with all that is known of them. */
typedef struct {
  guint leader, n_articles;
  OnrProfile *profile;
} Bearer;

static void bearer_clear(gpointer p) {
  onr_profile_free(((Bearer *)p)->profile);
}

typedef gboolean (*BearsFunc)(const OnrBlockName *name, const OnrBlockName *brief);

/* Are WANTED, one or two, the last of KEYS, with more before them? */
static gboolean end_so(const GPtrArray *keys, const GPtrArray *wanted) {
  gboolean is_end = wanted->len && keys->len > wanted->len;
  for (guint i = 1; is_end && i <= wanted->len; i++)
    is_end = !strcmp(keys->pdata[keys->len - i], wanted->pdata[wanted->len - i]);
  return is_end;
}

static gboolean bears_surname(const OnrBlockName *name, const OnrBlockName *surname) {
  return name->is_full && end_so(name->person.parts.keys, surname->person.parts.keys);
}

/* Two words that are somebody's surname here, of which the first is hardly anybody's given name:
   Ocasio-Cortez. Not where they stand alone in more articles than with a given name: "House Whip Steny Hoyer"
   has Steny Hoyer behind it. */
static gboolean is_double_surname(const OnrBlock *block, const OnrBlockName *name) {
  const GPtrArray *keys = name->person.parts.keys;
  gboolean may_be = name->is_full && keys->len == 2 && name->given < RARE_GIVEN;
  guint n_longer = 0;
  for (guint k = 0; may_be && k < block->n; k++)
    if (end_so(block->names[k].person.parts.keys, keys))
      n_longer += block->names[k].node->items->len;
  return n_longer && n_longer >= name->node->items->len;
}

static void find_double_surnames(OnrBlock *block) {
  for (guint i = 0; i < block->n; i++)
    if (is_double_surname(block, &block->names[i]))
      block->names[i].is_full = FALSE;
}

static GArray *find_bearers(OnrBlock *block, const OnrBlockName *brief, BearsFunc bears) {
  GArray *bearers = g_array_new(FALSE, TRUE, sizeof(Bearer));
  g_array_set_clear_func(bearers, bearer_clear);
  for (guint i = 0; i < block->n; i++) {
    const OnrBlockName *leader = &block->names[i];
    Bearer bearer = {.leader = i};
    for (guint m = 0; m < leader->members->len; m++) {
      OnrBlockName *member = &block->names[g_array_index(leader->members, guint, m)];
      if (!bears(member, brief))
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

static guint articles_of(const GArray *bearers) {
  guint total = 0;
  for (guint k = 0; k < bearers->len; k++)
    total += g_array_index(bearers, Bearer, k).n_articles;
  return total;
}

static gboolean is_typed_otherwise(const OnrBlockName *brief) {
  return brief->is_person && !g_str_has_prefix(brief->node->id, "person:");
}

/* Whom ITEM of BRIEF means: a leader, or G_MAXUINT where it cannot be told. */
static guint choose_bearer(const OnrBlock *block, const OnrBlockName *brief, const OnrNameItem *item,
                           const GArray *bearers) {
  g_autoptr(OnrProfile) profile = onr_block_item_profile(block, brief, item);
  guint total = articles_of(bearers);
  double best = -G_MAXDOUBLE, second = -G_MAXDOUBLE, nobody = NO_BEARER;
  guint chosen = G_MAXUINT;
  for (guint i = 0; i < bearers->len; i++) {
    const Bearer *bearer = &g_array_index(bearers, Bearer, i);
    double score = log((double)bearer->n_articles / total) * BEARER_SHARE +
                   onr_evidence_weigh(block->model, profile, bearer->profile);
    if (score > best) {
      second = best;
      best = score;
      nobody = NO_BEARER - PER_KNOWN * log(MAX(bearer->n_articles / FEW_ARTICLES, 1));
      chosen = bearer->leader;
    } else {
      second = MAX(second, score);
    }
  }
  double margin = !brief->is_person           ? ACRONYM_MARGIN
                  : is_typed_otherwise(brief) ? BEARER_MARGIN + MISTYPED
                                              : BEARER_MARGIN;
  return best - MAX(second, nobody) > margin ? chosen : G_MAXUINT;
}

/* Name I is one's as a whole, where nothing that a user says is against it. */
static void join_bearer(OnrBlock *block, guint i, guint bearer, const char *reason) {
  OnrBlockName *brief = &block->names[i];
  if (are_labelled_two(&block->names[block->names[bearer].leader], &block->names[brief->leader]))
    return;
  for (guint k = 0; k < brief->node->items->len; k++)
    g_array_index(brief->node->items, OnrNameItem, k).bearer = i;
  Edge edge = {.a = bearer, .b = i, .reason = reason};
  if (block->names[bearer].leader != brief->leader) /* no user has said so already */
    join(block, &edge);
}

/* Whose name I is, article by article, of BEARERS; USUAL's, or nobody's (G_MAXUINT), where it cannot be told.
 */
static void assign_items(OnrBlock *block, guint i, const GArray *bearers, guint usual, const char *reason) {
  OnrBlockName *brief = &block->names[i];
  guint same = G_MAXUINT;
  gboolean is_one = bearers->len > 0;
  for (guint k = 0; k < brief->node->items->len && bearers->len; k++) {
    OnrNameItem *item = &g_array_index(brief->node->items, OnrNameItem, k);
    if (item->label)
      continue;
    if (!item->n_name && is_typed_otherwise(brief)) {
      is_one = FALSE;
      continue;
    }
    guint chosen = choose_bearer(block, brief, item, bearers);
    chosen = chosen == G_MAXUINT ? usual : chosen;
    item->bearer = chosen == G_MAXUINT ? i : chosen;
    is_one = is_one && item->bearer != i && (same == G_MAXUINT || same == item->bearer);
    same = item->bearer;
  }
  if (is_one && same != G_MAXUINT)
    join_bearer(block, i, same, reason);
}

static void assign_surname(OnrBlock *block, guint i) {
  OnrBlockName *surname = &block->names[i];
  g_autoptr(GArray) bearers = find_bearers(block, surname, bears_surname);
  guint n_known = articles_of(bearers) * (is_typed_otherwise(surname) ? 1 : LONE_SURNAME);
  if (n_known < surname->node->items->len)
    return; /* a word that is oftener something else: annotation was right; or God, Hillary, a storm */
  assign_items(block, i, bearers, G_MAXUINT, "surname");
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

/* "opcw" of org:opcw */
static const char *name_of(const OnrBlockName *name) {
  return strchr(name->node->id, ':') + 1;
}

static gboolean is_org(const OnrBlockName *name) {
  return !strcmp(onr_identity_kind(name->node->id), "org");
}

/* One word, which may be the initials of others. */
static gboolean is_acronym(const OnrBlockName *name) {
  const char *word = name_of(name);
  return is_org(name) && strlen(word) <= ONR_MAX_ACRONYM && !strchr(word, '-');
}

static gboolean may_share_key(OnrBlock *block, guint i, guint k) {
  OnrBlockName *a = &block->names[i], *b = &block->names[k];
  return is_acronym(a) == is_acronym(b) /* else asked below */ && onr_bearers_are_one(block, a, b);
}

/* The names of one key, each with those before it. */
static void join_keys(OnrBlock *block) {
  g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(Edge));
  g_autoptr(GHashTable) last = g_hash_table_new(g_str_hash, g_str_equal);
  g_autofree guint *before = g_new(guint, block->n); /* 1 + the last name of the same key; 0: none */
  for (guint i = 0; i < block->n; i++) {
    char *key = block->names[i].key;
    before[i] = GPOINTER_TO_UINT(g_hash_table_lookup(last, key));
    for (guint k = before[i]; k; k = before[k - 1]) {
      Edge edge = {.a = k - 1, .b = i, .reason = "known names"};
      if (may_share_key(block, k - 1, i))
        g_array_append_val(edges, edge);
    }
    g_hash_table_replace(last, key, GUINT_TO_POINTER(i + 1));
  }
  join_all(block, edges, TRUE);
}

/* Do articles, or tables, say that LETTERS is short for NAME? */
static gboolean is_explained(const OnrBlockName *name, const OnrBlockName *letters) {
  const char *word = name_of(letters);
  if (!strcmp(name->key, letters->key))
    return TRUE;
  for (guint i = 0; name->node->aliases && i < name->node->aliases->len; i++)
    if (!strcmp(name->node->aliases->pdata[i], word))
      return TRUE;
  return FALSE;
}

/* May letters be short for names that nobody says they are short for? Not two of them, nor those that tables
 * know. */
static gboolean may_be_initials(const OnrBlockName *letters) {
  return strlen(name_of(letters)) >= MIN_INITIALS && !onr_known_body(name_of(letters));
}

/* PAC American Crossroads is not what PAC is short for, whatever its initials. */
static gboolean begins_with(const OnrBlockName *name, const OnrBlockName *letters) {
  gsize length = strlen(name_of(letters));
  return g_str_has_prefix(name_of(name), name_of(letters)) && name_of(name)[length] == '-';
}

static gboolean bears_acronym(const OnrBlockName *name, const OnrBlockName *letters) {
  g_autofree char *acronym = onr_identity_acronym(name->node->id);
  gboolean are_initials =
      may_be_initials(letters) && !g_strcmp0(acronym, name_of(letters)) && !begins_with(name, letters);
  return is_org(name) && !is_acronym(name) && (is_explained(name, letters) || are_initials);
}

/* Of BEARERS the one with most articles of those that are explained, where no other has half as many. */
static guint most_explained(const OnrBlock *block, guint letters, const GArray *bearers) {
  guint best = G_MAXUINT, most = 0, next = 0;
  for (guint k = 0; k < bearers->len; k++) {
    const Bearer *bearer = &g_array_index(bearers, Bearer, k);
    const GArray *members = block->names[bearer->leader].members;
    gboolean is_sure = FALSE;
    for (guint m = 0; m < members->len && !is_sure; m++)
      is_sure = is_explained(&block->names[g_array_index(members, guint, m)], &block->names[letters]);
    if (!is_sure)
      continue;
    next = bearer->n_articles > most ? most : MAX(next, bearer->n_articles);
    best = bearer->n_articles > most ? bearer->leader : best;
    most = MAX(most, bearer->n_articles);
  }
  return 2 * next <= most ? best : G_MAXUINT;
}

/* Are letters that no article explains short for the one name with these initials? */
static gboolean are_its_initials(OnrBlock *block, guint letters, const Bearer *bearer) {
  OnrBlockName *brief = &block->names[letters];
  double more = (double)strlen(name_of(brief)) - MIN_INITIALS;
  return ACRONYM_LETTERS + PER_LETTER * more +
             ONR_JOIN_EVIDENCE *
                 onr_evidence_weigh(block->model, onr_block_profile(block, brief), bearer->profile) >
         0;
}

static void assign_acronym(OnrBlock *block, guint i) {
  OnrBlockName *letters = &block->names[i];
  g_autoptr(GArray) bearers = find_bearers(block, letters, bears_acronym);
  guint usual = most_explained(block, i, bearers);
  if (bearers->len > 1)
    assign_items(block, i, bearers, usual, "acronym");
  else if (usual != G_MAXUINT ||
           (bearers->len && are_its_initials(block, i, &g_array_index(bearers, Bearer, 0))))
    join_bearer(block, i, g_array_index(bearers, Bearer, 0).leader, "acronym");
}

static void assign_acronyms(OnrBlock *block) {
  for (guint i = 0; i < block->n; i++)
    if (is_acronym(&block->names[i]) && !is_said_to_be_another(block->names[i].node) &&
        block->names[i].members->len)
      assign_acronym(block, i);
}

/* --- all of them --- */

/* Does A rather than B stand for their identity: a full name, else the one in most articles, of equals the
   first? */
static gboolean is_rather(const OnrBlockName *a, const OnrBlockName *b) {
  if (a->is_full != b->is_full)
    return a->is_full;
  guint x = a->node->items->len, y = b->node->items->len;
  return x != y ? x > y : strcmp(a->node->id, b->node->id) < 0;
}

static void choose_names(OnrBlock *block) {
  for (guint i = 0; i < block->n; i++) {
    const GArray *members = block->names[i].members;
    guint best = G_MAXUINT;
    for (guint m = 0; m < members->len; m++) {
      guint k = g_array_index(members, guint, m);
      if (best == G_MAXUINT || is_rather(&block->names[k], &block->names[best]))
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

static void part_all(OnrBlock *block, gboolean are_full) {
  for (guint i = 0; i < block->n; i++)
    if (block->names[i].is_full == are_full && onr_bearers_may_be_several(block, &block->names[i]))
      onr_bearers_part(block, &block->names[i]);
}

static void resolve(OnrBlock *block) {
  gboolean are_persons = block->names[0].is_person;
  if (are_persons)
    find_double_surnames(block);
  part_all(block, are_persons);
  join_labels(block);
  if (are_persons) {
    join_persons(block);
    assign_parts(block);
    assign_surnames(block);
    part_all(block, FALSE); /* a word that is nobody's surname may be a town's name */
  } else if (strcmp(onr_identity_kind(block->names[0].node->id), "misc")) {
    join_keys(block);
    assign_acronyms(block);
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
  }
  if (nodes->len)
    resolve(&block);
  for (guint i = 0; i < nodes->len; i++)
    onr_block_name_clear(&names[i]);
}

gboolean onr_identities_need_items(const OnrIdentityModel *model, const char *id) {
  if (strcmp(onr_identity_kind(id), "person") != 0)
    return onr_identity_sharing(id) != ONR_SHARED_NOT;
  g_auto(OnrPerson) person = {0};
  g_autofree char *words = onr_identity_words(id);
  onr_person_set(&person, words);
  return onr_person_is_common(model, &person) || onr_identity_sharing(id) != ONR_SHARED_NOT;
}

gboolean onr_identities_need_signature(const OnrIdentityModel *model, const char *id) {
  if (strcmp(onr_identity_kind(id), "person") != 0)
    return onr_identity_sharing(id) || !strcmp(onr_identity_kind(id), "org");
  g_autofree char *words = onr_identity_words(id);
  return g_str_has_prefix(id, "person:") || onr_identity_sharing(id) ||
         onr_surname_frequency(model->tables, words) > 0;
}
