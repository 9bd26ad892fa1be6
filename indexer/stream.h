/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One file, standard input, or a member of a container, as a run of bytes read forward once: compression is seen by
   its content and unpacked on the way, the file's own bytes are hashed as they pass, and nothing is held but a window
   and the item that is being put together. A member's stream is one like any other, so readers do not know where
   their bytes come from.

     g_autoptr(OnrStream) stream = onr_stream_open(path, error);
     const char *first = onr_stream_peek(stream, &n_bytes, error);          // what readers are chosen by
     while ((line = onr_stream_read_line(stream, &item_error))) use(line);  // or read_all, or peek and skip
     hash = onr_stream_hash(stream);

   A fault in the middle (truncated or corrupt compression, a bomb, the disk) is reported once all whole items before
   it have been handed out, and by every call from then on. Messages do not name the file: who asked for it
   does. */
#pragma once

#include "indexer/unpacker.h"
#include "text/error.h"

G_BEGIN_DECLS

/* Limits; docs/limits.md says what happens beyond each. */
#define ONR_MAX_ITEM_BYTES (32u << 20) /* of one raw item: a line, a JSON object, a whole page */
/* Unpacked bytes to bytes of the file, beyond ONR_EXPANSION_FREE_BYTES; each layer of a file by itself, with all that is
   in it: a zip file's members count together. */
#define ONR_MAX_EXPANSION_RATIO 1000
#define ONR_EXPANSION_FREE_BYTES                                                                             \
  (64u << 20) /* deflate's own limit is 1,032: only runs of one byte come near */
#define ONR_MAX_EXPANDED_BYTES (G_GUINT64_CONSTANT(256) << 30) /* unpacked, of one file */
#define ONR_PEEK_BYTES (64u << 10)
#define ONR_MAX_CONTAINERS 2 /* inside each other: a zip file in a tar file */

typedef struct OnrStream OnrStream;

/* Opens PATH ("-": standard input). NOT_FOUND or IO where the system refuses. */
OnrStream *onr_stream_open(const char *path, GError **error);
/* Gives up to ROOM bytes to OUT; 0 at the end or, with ERROR, where there is no more to be had. */
typedef gsize (*OnrPullFunc)(gpointer data, char *out, gsize room, GError **error);

/* A stream whose bytes are PULL's: a member of the container that OUTER holds. PACKING is what the container says that
   it is packed by; NONE: look. OUTER and DATA stay until the stream is closed. */
OnrStream *onr_stream_open_inside(OnrStream *outer, OnrPacking packing, OnrPullFunc pull, gpointer data);

void onr_stream_close(OnrStream *stream);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrStream, onr_stream_close)

/* The next bytes, at least ONR_PEEK_BYTES of them unless the end is nearer, without consuming them; borrowed
   until the next call. NULL where reading failed before the first of them; at the end *N_BYTES is 0. */
const char *onr_stream_peek(OnrStream *stream, gsize *n_bytes, GError **error);

/* The same for at least N_WANTED bytes, at most ONR_MAX_ITEM_BYTES + ONR_PEEK_BYTES. */
const char *onr_stream_peek_more(OnrStream *stream, gsize n_wanted, gsize *n_bytes, GError **error);

/* Consumes N_BYTES of what was peeked. */
void onr_stream_skip(OnrStream *stream, gsize n_bytes);

/* Consumes what is before the next NEEDLE that begins FROM bytes from here or later; FALSE, at the end of the stream,
 * where there is none. N_NEEDLE < ONR_PEEK_BYTES / 2, FROM within what is peeked at. */
gboolean onr_stream_find(OnrStream *stream, const char *needle, gsize n_needle, gsize from);

/* Up to and with the next LF, or to the end. NULL at the end (no error) or on an error: FORMAT for truncated
   or corrupt compression, IO, or LIMIT for a bomb or for a line over ONR_MAX_ITEM_BYTES; such a line is
   passed over, so that reading goes on with the next. */
GBytes *onr_stream_read_line(OnrStream *stream, GError **error);

/* All that is left, possibly nothing. LIMIT beyond ONR_MAX_ITEM_BYTES. */
GBytes *onr_stream_read_all(OnrStream *stream, GError **error);

/* Puts the UTF-8 of what is left in its place (see text/decode.h): for formats that are cut at bytes which
   UTF-16 does not have. LIMIT beyond ONR_MAX_ITEM_BYTES. */
gboolean onr_stream_decode(OnrStream *stream, GError **error);

/* TRUE where nothing more will come because of a fault, in distinction to a single line that was too long. */
gboolean onr_stream_has_failed(const OnrStream *stream);

/* After a failure in the middle of several gzip members: goes on with the next member that is found. What was peeked at
   stays, and the next member's bytes follow it. FALSE where there is none, or the failure is another one. */
gboolean onr_stream_resume(OnrStream *stream);

/* TRUE where the file, with all that it contains, has unpacked to more than the limits allow: then no part of it is
   read on. */
gboolean onr_stream_is_bomb(const OnrStream *stream);

OnrPacking onr_stream_packing(const OnrStream *stream);

/* Size and time of change as they were when the file was opened; 0 and 0 for standard input. */
void onr_stream_get_file(const OnrStream *stream, gint64 *size_bytes, gint64 *mtime_ns);

/* Bytes of the file read so far, packed as it is; of a member: of the file that it is in. */
guint64 onr_stream_read_bytes(const OnrStream *stream);

/* Of a file's stream: SHA-256 of its own bytes, in hex: what is left is read, not unpacked. NULL where the file cannot be
   read to its end. The caller frees it. */
char *onr_stream_hash(OnrStream *stream);

G_END_DECLS
