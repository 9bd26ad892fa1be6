/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "query/names_plan.h"

#include <string.h>

/* Over several archives. Of so many articles in which a name is another's than elsewhere each is asked for by
 * its id; with more, the name is asked for as a whole. */
#define MAX_SENSES 2000

static GPtrArray *copy_ids(GPtrArray *ids) {
  GPtrArray *copy = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < ids->len; i++)
    g_ptr_array_add(copy, g_strdup(ids->pdata[i]));
  return copy;
}

static OnrPlan *plan_of_name(OnrRelation relation, const char *name) {
  GPtrArray *one = g_ptr_array_new_with_free_func(g_free);
  g_ptr_array_add(one, g_strdup(name));
  return onr_plan_identity(relation, one);
}

/* The articles of the senses of *AT's name, which *AT moves past; NULL where they are too many. */
static OnrPlan *plan_of_articles(const GArray *senses, guint *at) {
  const char *name = g_array_index(senses, OnrSenseId, *at).name;
  guint first = *at;
  g_autoptr(OnrPlan) any = onr_plan_group(ONR_PLAN_OR);
  for (; *at < senses->len && !strcmp(g_array_index(senses, OnrSenseId, *at).name, name); ++*at)
    if (*at - first <= MAX_SENSES)
      onr_plan_add(any, onr_plan_key(ONR_KEY_ID, g_array_index(senses, OnrSenseId, *at).article));
  return *at - first > MAX_SENSES ? NULL : g_steal_pointer(&any);
}

static OnrPlan *only_in(OnrPlan *name, OnrPlan *articles) {
  OnrPlan *both = onr_plan_group(ONR_PLAN_AND);
  onr_plan_add(both, name);
  onr_plan_add(both, articles);
  return both;
}

OnrPlan *onr_names_plan(OnrRelation relation, const OnrNameSet *set) {
  OnrPlan *any = onr_plan_group(ONR_PLAN_OR);
  GPtrArray *whole = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0, at = 0; i < set->names->len; i++) {
    const char *name = set->names->pdata[i];
    while (at < set->but->len && strcmp(g_array_index(set->but, OnrSenseId, at).name, name) < 0)
      at++;
    gboolean has_senses = at < set->but->len && !strcmp(g_array_index(set->but, OnrSenseId, at).name, name);
    OnrPlan *articles = has_senses ? plan_of_articles(set->but, &at) : NULL;
    if (articles)
      onr_plan_add(any, onr_plan_not(plan_of_name(relation, name), articles));
    else
      g_ptr_array_add(whole, g_strdup(name));
  }
  for (guint at = 0; at < set->only->len;) {
    const char *name = g_array_index(set->only, OnrSenseId, at).name;
    OnrPlan *articles = plan_of_articles(set->only, &at);
    onr_plan_add(any,
                 articles ? only_in(plan_of_name(relation, name), articles) : plan_of_name(relation, name));
  }
  onr_plan_add(any, onr_plan_identity(relation, whole));
  onr_plan_add(any, onr_plan_senses(relation, copy_ids(set->bearers)));
  return any;
}
