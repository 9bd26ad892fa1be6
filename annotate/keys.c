/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/keys.h"

#include <string.h>

#define FIRST_SLOTS 256

void onr_keys_clear(OnrKeys *k) {
  g_free(k->keys);
  g_free(k->values);
  memset(k, 0, sizeof *k);
}

void onr_keys_reset(OnrKeys *k) {
  if (k->n)
    memset(k->keys, 0, k->n_slots * sizeof *k->keys);
  k->n = 0;
}

static guint32 slot_of(const OnrKeys *k, guint64 key) {
  guint32 mask = k->n_slots - 1;
  guint32 i = (guint32)((key * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)) >> 32) & mask;
  while (k->keys[i] && k->keys[i] != key)
    i = (i + 1) & mask;
  return i;
}

guint32 onr_keys_get(const OnrKeys *k, guint64 key) {
  if (!k->n)
    return ONR_KEYS_NONE;
  guint32 i = slot_of(k, key);
  return k->keys[i] ? k->values[i] : ONR_KEYS_NONE;
}

static void grow(OnrKeys *k) {
  OnrKeys old = *k;
  k->n_slots = old.n_slots ? old.n_slots * 2 : FIRST_SLOTS;
  k->keys = g_new0(guint64, k->n_slots);
  k->values = g_new(guint32, k->n_slots);
  for (guint32 i = 0; i < old.n_slots; i++)
    if (old.keys[i]) {
      guint32 slot = slot_of(k, old.keys[i]);
      k->keys[slot] = old.keys[i];
      k->values[slot] = old.values[i];
    }
  g_free(old.keys);
  g_free(old.values);
}

void onr_keys_set(OnrKeys *k, guint64 key, guint32 value) {
  if (k->n * 2 >= k->n_slots)
    grow(k);
  guint32 i = slot_of(k, key);
  if (!k->keys[i])
    k->n++;
  k->keys[i] = key;
  k->values[i] = value;
}
