/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A table from 64-bit keys to small numbers, reused from article to article: open addressing, no removal,
   never iterated, so that nothing depends on the order of its slots. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ONR_KEYS_NONE G_MAXUINT32

typedef struct {
  guint64 *keys;
  guint32 *values;
  guint32 n_slots, n; /* n_slots is a power of two, or 0 */
} OnrKeys;

void onr_keys_clear(OnrKeys *keys);
void onr_keys_reset(OnrKeys *keys); /* empties, keeps the memory */

/* The value of KEY (not 0), or ONR_KEYS_NONE. */
guint32 onr_keys_get(const OnrKeys *keys, guint64 key);
void onr_keys_set(OnrKeys *keys, guint64 key, guint32 value);

G_END_DECLS
