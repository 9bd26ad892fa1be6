/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "identity/block_names.h"

#include "identity/block.h"

#include <string.h>

/* Found by a search on training/identities.tsv. */
#define SURNAME_WEIGHT 1.5
#define MIDDLE_NAME 4.0

double onr_person_commonness(const OnrIdentityTables *tables, const OnrPerson *person) {
  double n_more = (double)person->parts.words->len - 2 + (person->parts.generation ? 1 : 0);
  return SURNAME_WEIGHT * onr_surname_frequency(tables, person->surname) +
         onr_given_frequency(tables, person->given) - MIDDLE_NAME * n_more;
}

void onr_block_name_init(OnrBlock *block, OnrBlockName *name, OnrNameNode *node, guint i) {
  g_autofree char *words = onr_identity_words(node->id);
  name->node = node;
  name->is_person = !strcmp(onr_identity_kind(node->id), "person");
  name->n_own = onr_signature_own(node->id, words, name->own);
  name->members = g_array_new(FALSE, FALSE, sizeof(guint));
  g_array_append_val(name->members, i);
  name->index = name->leader = i;
  for (guint k = 0; k < node->items->len; k++) {
    g_array_index(node->items, OnrNameItem, k).part = 0;
    g_array_index(node->items, OnrNameItem, k).bearer = i;
  }
  name->label = node->label;
  name->sharing = onr_identity_sharing(node->id);
  if (!name->is_person) {
    name->key = onr_identity_key(node->id);
    return;
  }
  onr_person_set(&name->person, words);
  name->is_full = name->person.given != NULL;
  if (!name->is_full)
    return;
  name->surname = onr_surname_frequency(block->model->tables, name->person.surname);
  name->given = onr_given_frequency(block->model->tables, name->person.given);
  name->commonness = onr_person_commonness(block->model->tables, &name->person);
}

void onr_block_name_clear(OnrBlockName *name) {
  onr_person_clear(&name->person);
  g_free(name->key);
  onr_profile_free(name->profile);
  g_array_unref(name->members);
}

static void add_item(const OnrBlock *block, const OnrBlockName *name, const OnrNameItem *item,
                     OnrProfile *profile) {
  gsize n = 0;
  const guint8 *topic = block->topic(item->article, &n, block->data);
  onr_profile_add(profile, block->model, item->name, item->n_name, topic, n, name->own, name->n_own);
}

OnrProfile *onr_block_item_profile(const OnrBlock *block, const OnrBlockName *name, const OnrNameItem *item) {
  OnrProfile *profile = onr_profile_new();
  add_item(block, name, item, profile);
  onr_profile_settle(profile);
  return profile;
}

static int by_lot(gconstpointer a, gconstpointer b) {
  const OnrNameItem *x = *(OnrNameItem *const *)a, *y = *(OnrNameItem *const *)b;
  if (x->lot != y->lot)
    return x->lot < y->lot ? -1 : 1;
  if (x->n_name != y->n_name)
    return x->n_name < y->n_name ? -1 : 1;
  return x->n_name ? memcmp(x->name, y->name, x->n_name) : 0;
}

GPtrArray *onr_block_items(const OnrBlockName *name) {
  GPtrArray *items = g_ptr_array_new();
  for (guint i = 0; i < name->node->items->len; i++) {
    OnrNameItem *item = &g_array_index(name->node->items, OnrNameItem, i);
    if (!item->part && !item->label && item->bearer == name->index)
      g_ptr_array_add(items, item);
  }
  g_ptr_array_sort(items, by_lot);
  return items;
}

const OnrProfile *onr_block_profile(const OnrBlock *block, OnrBlockName *name) {
  if (name->profile)
    return name->profile;
  g_autoptr(GPtrArray) items = onr_block_items(name);
  name->profile = onr_profile_new();
  for (guint i = 0; i < MIN(items->len, ONR_SAMPLE); i++)
    add_item(block, name, items->pdata[i], name->profile);
  onr_profile_settle(name->profile);
  return name->profile;
}
