/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file's own bytes, read forward once and hashed as they pass, and the account of what is unpacked from them: by that a
   bomb is known however deep its layers are. Used by stream.c alone. */
#pragma once

#include "text/error.h"

G_BEGIN_DECLS

#define ONR_FILE_LAYERS_MAX 8

typedef struct OnrFileBytes OnrFileBytes;

/* See onr_stream_open. */
OnrFileBytes *onr_file_bytes_open(const char *path, GError **error);
void onr_file_bytes_close(OnrFileBytes *file);

/* One read of up to ROOM bytes into OUT; 0 at the end or, with IO, where the system refuses, and from then on. */
gsize onr_file_bytes_read(OnrFileBytes *file, char *out, gsize room, GError **error);

/* Counts N_BYTES that LAYER (below ONR_FILE_LAYERS_MAX) has given, of all members that it has; FALSE where that is more than
   the limits allow for what was read of the file. */
gboolean onr_file_bytes_count(OnrFileBytes *file, guint layer, gsize n_bytes);
/* TRUE once that was so. */
gboolean onr_file_bytes_is_bomb(const OnrFileBytes *file);

/* See onr_stream_get_file. */
void onr_file_bytes_stat(const OnrFileBytes *file, gint64 *size_bytes, gint64 *mtime_ns);
guint64 onr_file_bytes_done(const OnrFileBytes *file);

/* See onr_stream_hash. */
char *onr_file_bytes_hash(OnrFileBytes *file);

G_END_DECLS
