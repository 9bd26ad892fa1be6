/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/containers/seen.h"

#include <string.h>

G_STATIC_ASSERT(sizeof(gpointer) >= sizeof(guint64)); /* a key is its own 64 bits */

struct OnrSeen {
  GHashTable *keys;
};

OnrSeen *onr_seen_new(void) {
  OnrSeen *seen = g_new(OnrSeen, 1);
  seen->keys = g_hash_table_new(g_direct_hash, g_direct_equal);
  return seen;
}

void onr_seen_free(OnrSeen *seen) {
  if (!seen)
    return;
  g_hash_table_unref(seen->keys);
  g_free(seen);
}

gboolean onr_seen_add(OnrSeen *seen, const char *bytes, gsize n_bytes) {
  guint8 digest[20];
  gsize n_digest = sizeof digest;
  guint64 key;
  GChecksum *sha1 = g_checksum_new(G_CHECKSUM_SHA1);
  g_checksum_update(sha1, (const guchar *)bytes, (gssize)n_bytes);
  g_checksum_get_digest(sha1, digest, &n_digest);
  g_checksum_free(sha1);
  memcpy(&key, digest, sizeof key);
  return g_hash_table_add(seen->keys, (gpointer)(gsize)key);
}
