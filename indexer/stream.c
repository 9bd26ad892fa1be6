/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/stream.h"

#include "text/decode.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define WINDOW_BYTES (256u << 10)
#define PACKED_BYTES (64u << 10)

G_STATIC_ASSERT(WINDOW_BYTES > ONR_PEEK_BYTES);

struct OnrStream {
  int fd;
  gint64 size_bytes, mtime_ns;
  guint64 read_bytes; /* from the file */
  GChecksum *hash;
  gboolean is_file_at_end;
  gboolean is_read_refused; /* the system would not give the rest of the file */

  GConverter *gunzip; /* NULL: the file's bytes are the stream's */
  char *packed;       /* of the file, not unpacked yet: [packed_begin, packed_end) */
  gsize packed_begin, packed_end;
  guint64 unpacked_from, unpacked_to; /* bytes taken and given by gunzip */

  char *window; /* of the stream, not consumed yet: [begin, end) */
  gsize begin, end, capacity;
  GError *failure; /* what ended the stream early */
  gboolean is_at_end;
};

static GError *system_error(const char *what, int number) {
  return g_error_new(ONR_ERROR, number == ENOENT ? ONR_ERROR_NOT_FOUND : ONR_ERROR_IO, "%s: %s", what,
                     g_strerror(number));
}

/* One read of the file into OUT, hashed; 0 at the end or, with failure set, where the system refuses. */
static gsize read_file(OnrStream *stream, char *out, gsize room) {
  if (stream->is_file_at_end)
    return 0;
  gssize n;
  do
    n = read(stream->fd, out, room);
  while (n < 0 && errno == EINTR);
  if (n > 0) {
    g_checksum_update(stream->hash, (const guchar *)out, n);
    stream->read_bytes += (guint64)n;
    return (gsize)n;
  }
  stream->is_file_at_end = TRUE;
  if (n < 0) {
    stream->is_read_refused = TRUE;
    if (!stream->failure)
      stream->failure = system_error("cannot be read", errno);
  }
  return 0;
}

static gboolean fill_packed(OnrStream *stream) {
  if (stream->packed_begin > 0) {
    memmove(stream->packed, stream->packed + stream->packed_begin, stream->packed_end - stream->packed_begin);
    stream->packed_end -= stream->packed_begin;
    stream->packed_begin = 0;
  }
  gsize n = read_file(stream, stream->packed + stream->packed_end, PACKED_BYTES - stream->packed_end);
  stream->packed_end += n;
  return n > 0;
}

static void fail(OnrStream *stream, OnrErrorCode code, const char *what) {
  if (!stream->failure)
    stream->failure = g_error_new(ONR_ERROR, (gint)code, "%s after %" G_GUINT64_FORMAT " unpacked bytes",
                                  what, stream->unpacked_to);
  stream->is_at_end = TRUE;
}

static gboolean is_bomb(const OnrStream *stream) {
  return stream->unpacked_to > ONR_MAX_EXPANDED_BYTES ||
         (stream->unpacked_to > ONR_EXPANSION_FREE_BYTES &&
          stream->unpacked_to / ONR_MAX_EXPANSION_RATIO > stream->unpacked_from);
}

/* A gzip file may be several, one after the other. Other bytes behind the last are passed over, as gzip
 * itself does. */
static void next_member(OnrStream *stream) {
  g_converter_reset(stream->gunzip);
  while (stream->packed_end - stream->packed_begin < 2 && fill_packed(stream))
    ;
  const guchar *p = (const guchar *)stream->packed + stream->packed_begin;
  if (stream->packed_end - stream->packed_begin < 2 || p[0] != 0x1f || p[1] != 0x8b)
    stream->is_at_end = TRUE;
}

/* Takes the outcome of one step of gunzip; TRUE when the next may be tried. */
static gboolean take_step(OnrStream *stream, GConverterResult result, const GError *why) {
  if (result == G_CONVERTER_FINISHED) {
    next_member(stream);
  } else if (result == G_CONVERTER_ERROR) {
    if (!g_error_matches(why, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)) {
      fail(stream, ONR_ERROR_FORMAT, "corrupt gzip");
    } else if (!fill_packed(stream)) {
      fail(stream, ONR_ERROR_FORMAT, "truncated gzip");
    }
  }
  if (is_bomb(stream))
    fail(stream, ONR_ERROR_LIMIT, "gzip bomb");
  return !stream->is_at_end;
}

static gsize unpack(OnrStream *stream, char *out, gsize room) {
  gsize n_out = 0;
  while (n_out == 0 && !stream->is_at_end) {
    g_autoptr(GError) why = NULL;
    gsize n_in = 0;
    GConverterResult result = g_converter_convert(stream->gunzip, stream->packed + stream->packed_begin,
                                                  stream->packed_end - stream->packed_begin, out, room,
                                                  G_CONVERTER_NO_FLAGS, &n_in, &n_out, &why);
    if (result == G_CONVERTER_ERROR)
      n_in = n_out = 0;
    stream->packed_begin += n_in;
    stream->unpacked_from += n_in;
    stream->unpacked_to += n_out;
    if (!take_step(stream, result, why))
      break;
  }
  return n_out;
}

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
  gsize n = stream->gunzip ? unpack(stream, at, room) : read_file(stream, at, room);
  stream->end += n;
  if (n == 0)
    stream->is_at_end = TRUE;
  return n > 0;
}

/* The first bytes tell whether the file is packed: then they move to the packed side. */
static void look_for_gzip(OnrStream *stream) {
  while (stream->end < 3 && fill(stream))
    ;
  const guchar *p = (const guchar *)stream->window;
  if (stream->end < 3 || p[0] != 0x1f || p[1] != 0x8b || p[2] != 8) /* RFC 1952: magic, deflate */
    return;
  stream->packed = stream->window;
  stream->packed_end = stream->end;
  stream->window = g_malloc(WINDOW_BYTES);
  stream->capacity = WINDOW_BYTES;
  stream->end = 0;
  stream->is_at_end = FALSE;
  stream->gunzip = G_CONVERTER(g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP));
}

static gboolean stat_file(OnrStream *stream, GError **error) {
  struct stat st;
  if (fstat(stream->fd, &st) != 0) {
    g_propagate_error(error, system_error("cannot be read", errno));
    return FALSE;
  }
  if (S_ISDIR(st.st_mode)) {
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_USAGE, "is a folder");
    return FALSE;
  }
  if (S_ISREG(st.st_mode)) {
    stream->size_bytes = st.st_size;
    stream->mtime_ns = (gint64)st.st_mtim.tv_sec * G_GINT64_CONSTANT(1000000000) + st.st_mtim.tv_nsec;
  }
  return TRUE;
}

OnrStream *onr_stream_open(const char *path, GError **error) {
  gboolean is_stdin = strcmp(path, "-") == 0;
  int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) {
    g_propagate_error(error, system_error("cannot be opened", errno));
    return NULL;
  }
  OnrStream *stream = g_new0(OnrStream, 1);
  stream->fd = fd;
  stream->hash = g_checksum_new(G_CHECKSUM_SHA256);
  stream->window = g_malloc(WINDOW_BYTES);
  stream->capacity = PACKED_BYTES; /* the first bytes may have to fit the packed side */
  if (!stat_file(stream, error)) {
    onr_stream_close(stream);
    return NULL;
  }
  look_for_gzip(stream);
  stream->capacity = WINDOW_BYTES;
  return stream;
}

void onr_stream_close(OnrStream *stream) {
  if (!stream)
    return;
  if (stream->fd != STDIN_FILENO)
    close(stream->fd);
  g_clear_object(&stream->gunzip);
  g_clear_error(&stream->failure);
  g_checksum_free(stream->hash);
  g_free(stream->packed);
  g_free(stream->window);
  g_free(stream);
}

/* FALSE when there is no failure. */
static gboolean report(const OnrStream *stream, GError **error) {
  if (stream->failure)
    g_propagate_error(error, g_error_copy(stream->failure));
  return stream->failure != NULL;
}

const char *onr_stream_peek(OnrStream *stream, gsize *n_bytes, GError **error) {
  while (stream->end - stream->begin < ONR_PEEK_BYTES && fill(stream))
    ;
  *n_bytes = stream->end - stream->begin;
  if (*n_bytes == 0 && report(stream, error))
    return NULL;
  return stream->window + stream->begin;
}

void onr_stream_skip(OnrStream *stream, gsize n_bytes) {
  g_assert(n_bytes <= stream->end - stream->begin);
  stream->begin += n_bytes;
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

gboolean onr_stream_is_compressed(const OnrStream *stream) {
  return stream->gunzip != NULL;
}

void onr_stream_get_file(const OnrStream *stream, gint64 *size_bytes, gint64 *mtime_ns) {
  *size_bytes = stream->size_bytes;
  *mtime_ns = stream->mtime_ns;
}

guint64 onr_stream_read_bytes(const OnrStream *stream) {
  return stream->read_bytes;
}

char *onr_stream_hash(OnrStream *stream) {
  g_autofree char *scratch = g_malloc(PACKED_BYTES);
  stream->begin = stream->end = 0;
  stream->is_at_end = TRUE;
  while (read_file(stream, scratch, PACKED_BYTES) > 0)
    ;
  return stream->is_read_refused ? NULL : g_strdup(g_checksum_get_string(stream->hash));
}
