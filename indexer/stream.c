/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _GNU_SOURCE /* memmem */
#include "indexer/stream.h"

#include "indexer/file_bytes.h"
#include "text/decode.h"

#include <string.h>

#define WINDOW_BYTES (256u << 10)
#define PACKED_BYTES (64u << 10)

G_STATIC_ASSERT(WINDOW_BYTES > ONR_PEEK_BYTES);
G_STATIC_ASSERT(2 * ONR_MAX_CONTAINERS + 1 < ONR_FILE_LAYERS_MAX);

struct OnrStream {
  OnrFileBytes *file; /* of the whole; owned by the stream without an OnrPullFunc */
  OnrPullFunc pull;   /* NULL: the bytes are the file's own */
  gpointer data;
  guint layer; /* of what pull gives: 0 of the file, then of its members, …; what is unpacked here is the next
                */

  OnrPacking packing;
  OnrUnpacker *unpacker; /* NULL: what comes in is the stream */
  char *packed;          /* not unpacked yet: [packed_begin, packed_end) */
  gsize packed_begin, packed_end;
  guint64 unpacked_bytes;
  gboolean is_corrupt; /* the failure is one of what is packed, and more may follow it */

  char *window; /* of the stream, not consumed yet: [begin, end) */
  gsize begin, end, capacity;
  GError *failure; /* what ended the stream early */
  gboolean is_at_end;
};

static void fail(OnrStream *stream, OnrErrorCode code, const char *what) {
  if (!stream->failure)
    stream->failure = g_error_new(ONR_ERROR, (gint)code, "%s after %" G_GUINT64_FORMAT " unpacked bytes",
                                  what, stream->unpacked_bytes);
  stream->is_at_end = TRUE;
}

/* What comes in, before it is unpacked. */
static gsize pull(OnrStream *stream, char *out, gsize room) {
  g_autoptr(GError) why = NULL;
  gsize n = stream->pull ? stream->pull(stream->data, out, room, &why)
                         : onr_file_bytes_read(stream->file, out, room, &why);
  if (why && !stream->failure)
    stream->failure = g_steal_pointer(&why);
  if (!stream->pull || onr_file_bytes_count(stream->file, stream->layer, n))
    return n;
  if (!stream->failure)
    stream->failure = g_error_new(ONR_ERROR, ONR_ERROR_LIMIT, "unpacks to more than %u times its size",
                                  ONR_MAX_EXPANSION_RATIO);
  return 0;
}

/* --- unpacking --- */

static gboolean fill_packed(OnrStream *stream) {
  if (stream->packed_begin > 0) {
    memmove(stream->packed, stream->packed + stream->packed_begin, stream->packed_end - stream->packed_begin);
    stream->packed_end -= stream->packed_begin;
    stream->packed_begin = 0;
  }
  gsize n = pull(stream, stream->packed + stream->packed_end, PACKED_BYTES - stream->packed_end);
  stream->packed_end += n;
  return n > 0;
}

static gsize packed_left(const OnrStream *stream) {
  return stream->packed_end - stream->packed_begin;
}

/* A file may be several packed ones, one after the other, with zeros between. Other bytes behind the last are
   passed over, as gzip itself does. */
static void next_member(OnrStream *stream) {
  for (;;) {
    while (stream->packed_begin < stream->packed_end && stream->packed[stream->packed_begin] == '\0')
      stream->packed_begin++;
    if (packed_left(stream) >= ONR_PACKING_MAGIC_BYTES || !fill_packed(stream))
      break;
  }
  if (packed_left(stream) > 0 &&
      onr_packing_detect(stream->packed + stream->packed_begin, packed_left(stream)) == stream->packing)
    onr_unpacker_restart(stream->unpacker);
  else
    stream->is_at_end = TRUE;
}

static void fail_unpacking(OnrStream *stream, OnrErrorCode code, const char *how) {
  g_autofree char *what = g_strdup_printf(how, onr_packing_name(stream->packing));
  fail(stream, code, what);
}

/* Takes the outcome of one step; the next may be tried unless the stream is at its end then. */
static void take_step(OnrStream *stream, OnrUnpackStep step, gboolean is_starved) {
  if (step == ONR_UNPACK_END)
    next_member(stream);
  else if (step == ONR_UNPACK_CORRUPT) {
    fail_unpacking(stream, ONR_ERROR_FORMAT, "corrupt %s");
    stream->is_corrupt = TRUE;
  } else if (step == ONR_UNPACK_LARGE)
    fail_unpacking(stream, ONR_ERROR_LIMIT, "%s that needs too much memory");
  else if (is_starved && !fill_packed(stream))
    fail_unpacking(stream, ONR_ERROR_FORMAT, "truncated %s");
}

static gsize unpack(OnrStream *stream, char *out, gsize room) {
  gsize n_out = 0;
  while (n_out == 0 && !stream->is_at_end) {
    gsize n_used;
    OnrUnpackStep step = onr_unpacker_step(stream->unpacker, stream->packed + stream->packed_begin,
                                           packed_left(stream), &n_used, out, room, &n_out);
    stream->packed_begin += n_used;
    stream->unpacked_bytes += n_out;
    if (!onr_file_bytes_count(stream->file, stream->layer + 1, n_out))
      fail_unpacking(stream, ONR_ERROR_LIMIT, "%s bomb");
    else
      take_step(stream, step, n_used == 0 && n_out == 0);
  }
  return n_out;
}

/* Moves to the next member's magic, over what is none; FALSE at the end. */
static gboolean seek_member(OnrStream *stream) {
  for (;;) {
    for (; packed_left(stream) >= ONR_PACKING_MAGIC_BYTES; stream->packed_begin++)
      if (onr_packing_detect(stream->packed + stream->packed_begin, packed_left(stream)) == stream->packing)
        return TRUE;
    if (!fill_packed(stream))
      return FALSE;
  }
}

gboolean onr_stream_resume(OnrStream *stream) {
  if (stream->packing != ONR_PACKING_GZIP || !stream->is_corrupt || onr_file_bytes_is_bomb(stream->file) ||
      !seek_member(stream))
    return FALSE;
  g_clear_error(&stream->failure);
  stream->is_corrupt = stream->is_at_end = FALSE;
  onr_unpacker_restart(stream->unpacker);
  return TRUE;
}

/* --- the window --- */

static void make_room(OnrStream *stream) {
  if (stream->begin > 0) {
    memmove(stream->window, stream->window + stream->begin, stream->end - stream->begin);
    stream->end -= stream->begin;
    stream->begin = 0;
  }
}

/* More of the stream into the window; FALSE when it is full or the stream is at its end. */
static gboolean fill(OnrStream *stream) {
  if (stream->is_at_end)
    return FALSE;
  make_room(stream);
  gsize room = stream->capacity - stream->end;
  if (room == 0)
    return FALSE;
  char *at = stream->window + stream->end;
  gsize n = stream->unpacker ? unpack(stream, at, room) : pull(stream, at, room);
  stream->end += n;
  if (n == 0)
    stream->is_at_end = TRUE;
  return n > 0;
}

static void start_unpacking(OnrStream *stream, OnrPacking packing) {
  stream->packing = packing;
  stream->unpacker = onr_unpacker_new(packing);
  stream->packed = stream->window;
  stream->packed_end = stream->end;
  stream->window = g_malloc(WINDOW_BYTES);
  stream->end = 0;
  stream->is_at_end = FALSE;
}

/* The first bytes tell whether what comes in is packed, where PACKING does not: then they move to the packed
 * side. */
static void look_for_packing(OnrStream *stream, OnrPacking packing) {
  stream->window = g_malloc(WINDOW_BYTES);
  stream->capacity = PACKED_BYTES; /* the first bytes may have to fit the packed side */
  while (!packing && stream->end < ONR_PACKING_MAGIC_BYTES && fill(stream))
    ;
  if (!packing)
    packing = onr_packing_detect(stream->window, stream->end);
  if (packing)
    start_unpacking(stream, packing);
  stream->capacity = WINDOW_BYTES;
}

/* --- opening --- */

OnrStream *onr_stream_open(const char *path, GError **error) {
  OnrFileBytes *file = onr_file_bytes_open(path, error);
  if (!file)
    return NULL;
  OnrStream *stream = g_new0(OnrStream, 1);
  stream->file = file;
  look_for_packing(stream, ONR_PACKING_NONE);
  return stream;
}

OnrStream *onr_stream_open_inside(OnrStream *outer, OnrPacking packing, OnrPullFunc pull_func,
                                  gpointer data) {
  OnrStream *stream = g_new0(OnrStream, 1);
  stream->file = outer->file;
  stream->pull = pull_func;
  stream->data = data;
  stream->layer = outer->layer + 2;
  look_for_packing(stream, packing);
  return stream;
}

void onr_stream_close(OnrStream *stream) {
  if (!stream)
    return;
  if (!stream->pull)
    onr_file_bytes_close(stream->file);
  onr_unpacker_free(stream->unpacker);
  g_clear_error(&stream->failure);
  g_free(stream->packed);
  g_free(stream->window);
  g_free(stream);
}

/* --- reading --- */

/* FALSE when there is no failure. */
static gboolean report(const OnrStream *stream, GError **error) {
  if (stream->failure)
    g_propagate_error(error, g_error_copy(stream->failure));
  return stream->failure != NULL;
}

/* A window that has grown for a large record is not kept. */
static void fit_window(OnrStream *stream, gsize n_wanted) {
  gsize capacity = MAX(n_wanted, WINDOW_BYTES);
  gboolean is_too_large = stream->capacity > capacity && stream->capacity > WINDOW_BYTES;
  if (stream->is_at_end || (stream->capacity >= n_wanted && !is_too_large))
    return;
  make_room(stream);
  stream->capacity = MAX(capacity, stream->end);
  stream->window = g_realloc(stream->window, stream->capacity);
}

const char *onr_stream_peek_more(OnrStream *stream, gsize n_wanted, gsize *n_bytes, GError **error) {
  if (stream->end - stream->begin < n_wanted)
    fit_window(stream, n_wanted);
  while (stream->end - stream->begin < n_wanted && fill(stream))
    ;
  *n_bytes = stream->end - stream->begin;
  if (*n_bytes == 0 && report(stream, error))
    return NULL;
  return stream->window + stream->begin;
}

const char *onr_stream_peek(OnrStream *stream, gsize *n_bytes, GError **error) {
  return onr_stream_peek_more(stream, ONR_PEEK_BYTES, n_bytes, error);
}

void onr_stream_skip(OnrStream *stream, gsize n_bytes) {
  g_assert(n_bytes <= stream->end - stream->begin);
  stream->begin += n_bytes;
}

gboolean onr_stream_find(OnrStream *stream, const char *needle, gsize n_needle, gsize from) {
  for (;;) {
    gsize n_bytes;
    const char *bytes = onr_stream_peek(stream, &n_bytes, NULL);
    if (!bytes || n_bytes < from + n_needle) {
      onr_stream_skip(stream, bytes ? n_bytes : 0);
      return FALSE;
    }
    const char *found = memmem(bytes + from, n_bytes - from, needle, n_needle);
    onr_stream_skip(stream, found ? (gsize)(found - bytes) : n_bytes - n_needle + 1);
    if (found)
      return TRUE;
    from = 0;
  }
}

/* One item in the making: the part of it that has left the window. */
typedef struct {
  GByteArray *bytes; /* NULL before the first part */
  gboolean is_over_limit;
} Item;

static void item_add(Item *item, const char *bytes, gsize n_bytes) {
  if (item->is_over_limit || n_bytes == 0)
    return;
  gsize length = item->bytes ? item->bytes->len : 0;
  item->is_over_limit = n_bytes > ONR_MAX_ITEM_BYTES - length;
  if (item->is_over_limit) {
    g_clear_pointer(&item->bytes, g_byte_array_unref);
    return;
  }
  if (!item->bytes)
    item->bytes = g_byte_array_new();
  g_byte_array_append(item->bytes, (const guint8 *)bytes, (guint)n_bytes);
}

static GBytes *item_take(Item *item, const char *what, GError **error) {
  if (item->is_over_limit) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT, "%s is over the limit of %u bytes", what,
                ONR_MAX_ITEM_BYTES);
    return NULL;
  }
  return item->bytes ? g_byte_array_free_to_bytes(g_steal_pointer(&item->bytes)) : g_bytes_new(NULL, 0);
}

static void move_window(OnrStream *stream, gsize n_bytes, Item *item) {
  item_add(item, stream->window + stream->begin, n_bytes);
  stream->begin += n_bytes;
}

GBytes *onr_stream_read_line(OnrStream *stream, GError **error) {
  Item item = {0};
  gboolean is_begun = FALSE;
  while (stream->begin < stream->end || fill(stream)) {
    const char *at = stream->window + stream->begin;
    gsize room = stream->end - stream->begin;
    const char *lf = memchr(at, '\n', room);
    gsize n = lf ? (gsize)(lf - at) + 1 : room;
    if (lf && !is_begun) { /* the usual case: one copy */
      stream->begin += n;
      return g_bytes_new(at, n);
    }
    is_begun = TRUE;
    move_window(stream, n, &item);
    if (lf)
      return item_take(&item, "a line", error);
  }
  if (report(stream, error)) { /* a line cut short is no whole item */
    g_clear_pointer(&item.bytes, g_byte_array_unref);
    return NULL;
  }
  return is_begun ? item_take(&item, "a line", error) : NULL;
}

GBytes *onr_stream_read_all(OnrStream *stream, GError **error) {
  Item item = {0};
  while (!item.is_over_limit && (stream->begin < stream->end || fill(stream)))
    move_window(stream, stream->end - stream->begin, &item);
  if (!item.is_over_limit && report(stream, error)) {
    g_clear_pointer(&item.bytes, g_byte_array_unref);
    return NULL;
  }
  return item_take(&item, "the file", error);
}

gboolean onr_stream_decode(OnrStream *stream, GError **error) {
  g_autoptr(GBytes) bytes = onr_stream_read_all(stream, error);
  if (!bytes)
    return FALSE;
  g_auto(OnrDecoded) decoded = {0};
  gsize n_bytes;
  const char *data = g_bytes_get_data(bytes, &n_bytes);
  if (!onr_decode(data ? data : "", n_bytes, NULL, &decoded, error))
    return FALSE;
  g_free(stream->window);
  stream->begin = 0;
  stream->end = stream->capacity = decoded.length;
  stream->window = g_steal_pointer(&decoded.text);
  return TRUE;
}

gboolean onr_stream_has_failed(const OnrStream *stream) {
  return stream->failure && stream->begin == stream->end;
}

gboolean onr_stream_is_bomb(const OnrStream *stream) {
  return onr_file_bytes_is_bomb(stream->file);
}

OnrPacking onr_stream_packing(const OnrStream *stream) {
  return stream->packing;
}

void onr_stream_get_file(const OnrStream *stream, gint64 *size_bytes, gint64 *mtime_ns) {
  onr_file_bytes_stat(stream->file, size_bytes, mtime_ns);
}

guint64 onr_stream_read_bytes(const OnrStream *stream) {
  return onr_file_bytes_done(stream->file);
}

char *onr_stream_hash(OnrStream *stream) {
  g_assert(!stream->pull);
  stream->begin = stream->end = 0;
  stream->is_at_end = TRUE;
  return onr_file_bytes_hash(stream->file);
}
