/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "identity/variants.h"

#include "identity/block.h"
#include "identity/joining.h"

#include <string.h>

static const char prefix[] = "person:";

/* As annotation and the tables have it. */
static gboolean is_person(const char *id) {
  return g_str_has_prefix(id, prefix) && !strcmp(onr_identity_kind(id), "person");
}

guint64 onr_variant_key(const char *id) {
  if (!is_person(id))
    return 0;
  g_auto(OnrPerson) person = {0};
  g_autofree char *words = onr_identity_words(id);
  onr_person_set(&person, words);
  if (!person.given || !*person.surname)
    return 0;
  const char *given = person.parts.keys->pdata[0], *surname = person.surname;
  g_autofree char *name = g_strdup_printf("%s%c%c", given, surname[0], surname[strlen(surname) - 1]);
  return onr_identity_hash(name);
}

GPtrArray *onr_variant_ids(const char *id) {
  GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);
  g_auto(GStrv) words = g_strsplit(id, "-", -1);
  guint n = g_strv_length(words);
  if (!g_str_has_prefix(id, prefix) || n < 3)
    return ids;
  g_ptr_array_add(ids, g_strndup(id, strlen(id) - strlen(words[n - 1]) - 1));
  if (strcmp(words[n - 1], words[n - 2]) != 0) {
    char *last = words[n - 1];
    words[n - 1] = words[n - 2];
    words[n - 2] = last;
    g_ptr_array_add(ids, g_strjoinv("-", words));
  }
  return ids;
}

gboolean onr_may_be_variant(const char *id, const char *other) {
  g_auto(OnrPerson) a = {0}, b = {0};
  if (!is_person(id) || !is_person(other) || !strcmp(id, other) ||
      onr_identity_block(id) == onr_identity_block(other))
    return FALSE;
  g_autofree char *x = onr_identity_words(id), *y = onr_identity_words(other);
  onr_person_set(&a, x);
  onr_person_set(&b, y);
  return a.given && b.given && onr_person_compare(&a, &b) != ONR_LIKENESS_NONE;
}

static gboolean is_before(const OnrNameNode *a, const OnrNameNode *b) {
  return a->items->len != b->items->len ? a->items->len > b->items->len : strcmp(a->id, b->id) < 0;
}

guint onr_variant_of(const OnrIdentityModel *model, const OnrNameNode *node, const GArray *others,
                     OnrTopicFunc topic, gpointer data) {
  OnrBlock block = {.model = model, .topic = topic, .data = data};
  OnrNameNode self = *node;
  OnrBlockName own = {0};
  guint best = G_MAXUINT;
  double most = 0;
  onr_block_name_init(&block, &own, &self, 0);
  for (guint i = 0; i < others->len; i++) {
    OnrNameNode other = g_array_index(others, OnrNameNode, i);
    OnrBlockName name = {0};
    if (!is_before(&other, &self))
      continue;
    onr_block_name_init(&block, &name, &other, 1);
    double score = onr_persons_weigh(&block, &own, &name, NULL);
    if (score > most || (score == most && best != G_MAXUINT &&
                         strcmp(other.id, g_array_index(others, OnrNameNode, best).id) < 0)) {
      most = score;
      best = i;
    }
    onr_block_name_clear(&name);
  }
  onr_block_name_clear(&own);
  return best;
}
