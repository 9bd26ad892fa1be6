/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "identity/bearers.h"

#include "identity/block.h"
#include "identity/region.h"
#include "text/tables/tables.h"

#include <math.h>

/* Articles that are compared with each other where the sample does not hold them for its own. */
#define MAX_STRAYS 200

/* Natural logarithms of odds, found by a search on training/identities.tsv (scripts/measure identities). */
#define COMMON_NAME 6.5    /* commonness from which several may bear a name */
#define ONE_BEARER 6.5     /* that two articles' bearers of a name are one, … */
#define PER_COMMONNESS 1.0 /* … less for a common name, … */
#define PER_ARTICLES 0.25  /* … more the more articles are known to be one's, by their logarithm */
#define PER_MANY 1.5       /* … of a name with many */
#define SHARED_NAME (-5.0) /* the same of bodies of which there are several, … */
#define USUAL_NAME 1.0     /* … one of which is meant more often than all others, … */
#define SAME_REGION 1.0    /* … more where both articles say whose they are */
#define UNSAID_TOWN (-0.5) /* that articles mean one town, of which one at least does not say where it is */

/* --- regions --- */

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

/* --- parts: one name of several --- */

/* Names that courts and the police give those whose name is not to be told, or not known: another's in each
 * case. */
static gboolean is_nobody(const OnrBlockName *name) {
  static const char nobodies[] =
      "person:john-doe person:jane-doe person:james-doe person:mary-doe person:jane-roe "
      "person:john-roe person:richard-roe person:mary-roe";
  return onr_is_listed(nobodies, name->node->id);
}

/* What speaks beforehand for one bearer of a name in two articles. */
static double prior_of_one(const OnrBlockName *name) {
  if (is_nobody(name))
    return SHARED_NAME;
  if (!name->is_person)
    return name->sharing == ONR_SHARED_USUAL ? USUAL_NAME : SHARED_NAME;
  return ONE_BEARER - PER_COMMONNESS * name->commonness;
}

gboolean onr_person_is_common(const OnrIdentityModel *model, const OnrPerson *person) {
  return person->given && onr_person_commonness(model->tables, person) >= COMMON_NAME;
}

gboolean onr_bearers_may_be_several(const OnrBlock *block, const OnrBlockName *name) {
  gboolean is_common =
      (name->is_person && onr_person_is_common(block->model, &name->person)) || is_nobody(name);
  return name->node->items->len > 1 && !name->node->is_whole &&
         (is_common || (name->sharing && name->leader == name->index));
}

static guint find(guint *parent, guint i) {
  while (parent[i] != i)
    i = parent[i] = parent[parent[i]];
  return i;
}

/* By how much A and B are more likely one bearer's than two's. The more articles a bearer has, the likelier
 * another is of that bearer too (as in a Chinese restaurant process). */
static double tie_of(const OnrBlock *block, const OnrProfile *a, const OnrProfile *b, double prior) {
  return prior + PER_ARTICLES * log(MAX(a->n_items, b->n_items)) + onr_evidence_weigh(block->model, a, b);
}

/* Groups of articles that are one bearer's. */
typedef struct {
  OnrProfile *profile; /* NULL once it is another's */
  guint32 region;      /* of a body; NO_REGION where no article says it */
} Group;

static double tie_of_groups(const OnrBlock *block, const OnrBlockName *name, const Group *a, const Group *b,
                            double prior) {
  gboolean are_known = a->region != NO_REGION && b->region != NO_REGION;
  if ((are_known || name->sharing == ONR_SHARED_USUAL) && a->region != b->region)
    return -G_MAXDOUBLE;
  return tie_of(block, a->profile, b->profile, are_known ? prior + SAME_REGION : prior);
}

/* ITEMS into groups, PARENT by item: the two that evidence ties most become one, until none is tied to
 * another. */
static void tie(const OnrBlock *block, const OnrBlockName *name, const GPtrArray *items, double prior,
                guint *parent) {
  g_autofree Group *groups = g_new(Group, items->len);
  g_autofree double *scores = g_new(double, items->len * items->len);
  for (guint i = 0; i < items->len; i++) {
    parent[i] = i;
    groups[i].profile = onr_block_item_profile(block, name, items->pdata[i]);
    groups[i].region = name->sharing ? region_of(items->pdata[i]) : NO_REGION;
  }
  for (guint i = 0; i < items->len; i++)
    for (guint k = i + 1; k < items->len; k++)
      scores[i * items->len + k] = tie_of_groups(block, name, &groups[i], &groups[k], prior);
  for (;;) {
    guint a = 0, b = 0;
    double best = 0;
    for (guint i = 0; i < items->len; i++)
      for (guint k = i + 1; groups[i].profile && k < items->len; k++)
        if (groups[k].profile && scores[i * items->len + k] > best) {
          best = scores[i * items->len + k];
          a = i;
          b = k;
        }
    if (a == b)
      break;
    parent[b] = a;
    onr_profile_add_profile(groups[a].profile, groups[b].profile);
    onr_profile_settle(groups[a].profile);
    groups[a].region = groups[a].region == NO_REGION ? groups[b].region : groups[a].region;
    g_clear_pointer(&groups[b].profile, onr_profile_free);
    for (guint k = 0; k < items->len; k++)
      if (groups[k].profile && k != a)
        scores[MIN(a, k) * items->len + MAX(a, k)] =
            tie_of_groups(block, name, &groups[a], &groups[k], prior);
  }
  for (guint i = 0; i < items->len; i++)
    onr_profile_free(groups[i].profile);
}

/* What a user says of the group of ROOT, or NULL. */
static const char *label_of_part(const OnrBlockName *name, const GPtrArray *items, guint *parent,
                                 guint root) {
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
static void number_parts(OnrBlockName *name, const GPtrArray *items, guint *parent, guint main) {
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

/* The group of the body that is meant where no article says whose it is; G_MAXUINT where all say it. */
static guint unsaid_group(const GPtrArray *items, guint *parent) {
  guint i = 0;
  while (i < items->len && region_of(items->pdata[i]) != NO_REGION)
    i++;
  return i < items->len ? find(parent, i) : G_MAXUINT;
}

static void part_few(const OnrBlock *block, OnrBlockName *name, const GPtrArray *items) {
  g_autofree guint *parent = g_new(guint, items->len);
  guint main = G_MAXUINT;
  tie(block, name, items, prior_of_one(name), parent);
  if (name->sharing == ONR_SHARED_USUAL)
    main = unsaid_group(items, parent);
  number_parts(name, items, parent, main == G_MAXUINT ? largest_group(parent, items->len) : main);
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

/* The region of most ITEMS, NO_REGION where most do not say any. */
static guint32 usual_region(const GPtrArray *items) {
  g_autofree guint *parent = g_new(guint, items->len), *size = g_new0(guint, items->len);
  guint n_unsaid = 0, best = G_MAXUINT;
  group_by_region(items, parent);
  for (guint i = 0; i < items->len; i++) {
    if (parent[i] == G_MAXUINT)
      n_unsaid++;
    else if (++size[parent[i]] > (best == G_MAXUINT ? 0 : size[best]))
      best = parent[i];
  }
  return best == G_MAXUINT || size[best] < n_unsaid ? NO_REGION : region_of(items->pdata[best]);
}

/* Of a body with many articles those that say it is another state's than most do, by that state; they are
   taken out of ITEMS. */
static void part_regions(OnrBlockName *name, GPtrArray *items) {
  g_autoptr(GPtrArray) others = g_ptr_array_new();
  guint32 usual = usual_region(items);
  guint n_kept = 0;
  for (guint i = 0; i < items->len; i++) {
    guint32 region = region_of(items->pdata[i]);
    if (region != NO_REGION && region != usual)
      g_ptr_array_add(others, items->pdata[i]);
    else
      items->pdata[n_kept++] = items->pdata[i];
  }
  g_ptr_array_set_size(items, (gint)n_kept);
  if (!others->len)
    return;
  g_autofree guint *parent = g_new(guint, others->len);
  group_by_region(others, parent);
  number_parts(name, others, parent, G_MAXUINT);
}

/* Of many articles, those that the sample does not hold for its own. */
static void part_strays(const OnrBlock *block, OnrBlockName *name, const GPtrArray *items) {
  g_autoptr(GPtrArray) strays = g_ptr_array_new();
  double prior = prior_of_one(name) +
                 PER_MANY * (log(items->len) - log(ONR_SAMPLE)); /* all of them, not the sample alone */
  const OnrProfile *all = onr_block_profile(block, name);
  for (guint i = 0; i < items->len; i++) {
    g_autoptr(OnrProfile) one = onr_block_item_profile(block, name, items->pdata[i]);
    if (tie_of(block, one, all, prior) < 0)
      g_ptr_array_add(strays, items->pdata[i]);
  }
  if (!strays->len || strays->len > MAX_STRAYS)
    return;
  g_autofree guint *parent = g_new(guint, strays->len);
  tie(block, name, strays, prior_of_one(name), parent);
  number_parts(name, strays, parent, G_MAXUINT);
}

static void part_many(const OnrBlock *block, OnrBlockName *name, GPtrArray *items) {
  if (!name->is_person)
    part_regions(name, items);
  part_strays(block, name, items);
  g_clear_pointer(&name->profile, onr_profile_free); /* it was of all */
}

/* --- towns: one name, told apart by the state or country that the article gives --- */

/* What stands around the town in the articles of the group of ROOT, the first ones. */
static OnrProfile *group_profile(const OnrBlock *block, const OnrBlockName *name, const GPtrArray *items,
                                 const guint *parent, guint root) {
  OnrProfile *all = onr_profile_new();
  for (guint i = root; i < items->len && all->n_items < ONR_SAMPLE; i++) {
    if (parent[i] != root)
      continue;
    g_autoptr(OnrProfile) one = onr_block_item_profile(block, name, items->pdata[i]);
    onr_profile_add_profile(all, one);
  }
  onr_profile_settle(all);
  return all;
}

/* The root of the group that ITEM is tied to most, G_MAXUINT where it is tied to none by more than LEAST. */
static guint nearest_group(const OnrBlock *block, const OnrBlockName *name, const OnrNameItem *item,
                           const GArray *roots, const GPtrArray *profiles, double least) {
  g_autoptr(OnrProfile) one = onr_block_item_profile(block, name, item);
  double best = least;
  guint nearest = G_MAXUINT;
  for (guint i = 0; i < roots->len; i++) {
    double score = tie_of(block, one, profiles->pdata[i], 0);
    if (score > best) {
      best = score;
      nearest = g_array_index(roots, guint, i);
    }
  }
  return nearest;
}

/* Articles that do not say where the town is, into groups: ITEMS at INDICES. Where the tables know several
   such towns, by what stands around the name, but for very many; else they are one. */
static void group_unsaid(const OnrBlock *block, const OnrBlockName *name, const GPtrArray *items,
                         const GArray *indices, guint *parent) {
  g_autofree guint *group = g_new0(guint, indices->len);
  g_autoptr(GPtrArray) unsaid = g_ptr_array_new();
  for (guint i = 0; i < indices->len; i++)
    g_ptr_array_add(unsaid, items->pdata[g_array_index(indices, guint, i)]);
  if (unsaid->len <= MAX_STRAYS && onr_region_is_town(strchr(name->node->id, ':') + 1))
    tie(block, name, unsaid, UNSAID_TOWN, group);
  for (guint i = 0; i < indices->len; i++)
    parent[g_array_index(indices, guint, i)] = g_array_index(indices, guint, find(group, i));
}

/* Articles from which on a place is known where hardly anybody says where it is. */
#define MANY_UNSAID 10

/* Is the name one place's, of which hardly anybody says where it is, and neither a town's of the tables nor
   one that towns have alike: Europe, the White House? */
static gboolean is_one_place(const OnrBlockName *name, const GPtrArray *items) {
  const char *place = strchr(name->node->id, ':') + 1;
  if (items->len < MANY_UNSAID || onr_region_is_town(place) || onr_region_is_site(place))
    return FALSE;
  guint n_said = 0;
  for (guint i = 0; i < items->len; i++)
    n_said += region_of(items->pdata[i]) != NO_REGION;
  return 2 * n_said < items->len;
}

/* Articles that do not say which town they mean, mean the one that articles like them do; those that are like
   none of those mean towns of their own. */
static void part_towns(const OnrBlock *block, OnrBlockName *name, const GPtrArray *items) {
  if (is_one_place(name, items))
    return;
  g_autofree guint *known = g_new(guint, items->len), *parent = g_new(guint, items->len);
  g_autoptr(GArray) roots = g_array_new(FALSE, FALSE, sizeof(guint));
  g_autoptr(GArray) unsaid = g_array_new(FALSE, FALSE, sizeof(guint));
  g_autoptr(GPtrArray) profiles = g_ptr_array_new_with_free_func((GDestroyNotify)onr_profile_free);
  double least = onr_region_is_closed(strchr(name->node->id, ':') + 1) ? -G_MAXDOUBLE : UNSAID_TOWN;
  group_by_region(items, known);
  for (guint i = 0; i < items->len; i++)
    if (known[i] == i) {
      g_array_append_val(roots, i);
      g_ptr_array_add(profiles, group_profile(block, name, items, known, i));
    }
  for (guint i = 0; i < items->len; i++) {
    parent[i] = known[i] == G_MAXUINT ? nearest_group(block, name, items->pdata[i], roots, profiles, least)
                                      : known[i];
    if (parent[i] == G_MAXUINT)
      g_array_append_val(unsaid, i);
  }
  group_unsaid(block, name, items, unsaid, parent);
  number_parts(name, items, parent, largest_group(parent, items->len));
}

gboolean onr_bearers_are_one(const OnrBlock *block, OnrBlockName *a, OnrBlockName *b) {
  OnrSharing one = a->sharing, other = b->sharing;
  if (!one && !other)
    return TRUE;
  g_autoptr(GPtrArray) x = onr_block_items(a), y = onr_block_items(b);
  guint32 here = one ? usual_region(x) : NO_REGION, there = other ? usual_region(y) : NO_REGION;
  gboolean are_known = here != NO_REGION && there != NO_REGION;
  if (one == ONR_SHARED_TOWN || other == ONR_SHARED_TOWN)
    return !are_known || here == there; /* Ft. Hood, Fort Hood */
  if (are_known || !one || !other || one == ONR_SHARED_USUAL)
    return here == there; /* the U.S. Supreme Court is no state's */
  return tie_of(block, onr_block_profile(block, a), onr_block_profile(block, b), prior_of_one(a)) > 0;
}

void onr_bearers_part(const OnrBlock *block, OnrBlockName *name) {
  g_autoptr(GPtrArray) items = onr_block_items(name);
  if (items->len < 2)
    return;
  if (name->sharing == ONR_SHARED_TOWN)
    part_towns(block, name, items);
  else if (items->len > ONR_SAMPLE)
    part_many(block, name, items);
  else
    part_few(block, name, items);
}

void onr_bearers_give_part(OnrBlockName *name, guint part, guint bearer) {
  for (guint i = 0; i < name->node->items->len; i++) {
    OnrNameItem *item = &g_array_index(name->node->items, OnrNameItem, i);
    if (item->part == part) {
      item->part = 0;
      item->bearer = bearer;
    } else if (item->part > part) {
      item->part--;
    }
  }
  g_array_remove_index(name->node->parts, part - 1);
}

OnrProfile *onr_bearers_part_profile(const OnrBlock *block, const OnrBlockName *name, guint part) {
  OnrProfile *all = onr_profile_new();
  for (guint i = 0; i < name->node->items->len; i++) {
    const OnrNameItem *item = &g_array_index(name->node->items, OnrNameItem, i);
    if (item->part != part)
      continue;
    g_autoptr(OnrProfile) one = onr_block_item_profile(block, name, item);
    onr_profile_add_profile(all, one);
  }
  onr_profile_settle(all);
  return all;
}
