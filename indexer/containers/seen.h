/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was seen before in a file of any size: of each string 64 bits of its SHA-1 are kept, some 16 bytes of memory. Of
   ten million strings two different ones are taken for one in 3 files of a million. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct OnrSeen OnrSeen;

OnrSeen *onr_seen_new(void);
void onr_seen_free(OnrSeen *seen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrSeen, onr_seen_free)

/* TRUE where the N_BYTES at BYTES are new; now they are seen. */
gboolean onr_seen_add(OnrSeen *seen, const char *bytes, gsize n_bytes);

G_END_DECLS
