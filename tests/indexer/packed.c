/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "packed.h"

#include "indexer/items.h"
#include "support/support.h"

#include <archive.h>
#include <archive_entry.h>
#include <brotli/encode.h>
#include <bzlib.h>
#include <lzma.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

static gsize deflate_all(const char *bytes, gsize n_bytes, char *out, gsize room, int bits) {
  z_stream z = {0};
  cr_assert_eq(deflateInit2(&z, 9, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
  z.next_in = (Bytef *)bytes;
  z.avail_in = (uInt)n_bytes;
  z.next_out = (Bytef *)out;
  z.avail_out = (uInt)room;
  cr_assert_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
  deflateEnd(&z);
  return room - z.avail_out;
}

/* With a check sum, as its program writes. */
static gsize zstd_all(const char *bytes, gsize n_bytes, char *out, gsize room) {
  ZSTD_CCtx *zstd = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(zstd, ZSTD_c_checksumFlag, 1);
  gsize n = ZSTD_compress2(zstd, out, room, bytes, n_bytes);
  ZSTD_freeCCtx(zstd);
  return n;
}

GBytes *onr_test_pack(OnrPacking packing, const char *bytes, gsize n_bytes) {
  gsize room = n_bytes + n_bytes / 50 + 1000, n = room;
  char *out = g_malloc(room);
  unsigned int n_bzip2 = (unsigned int)room;
  switch (packing) {
  case ONR_PACKING_GZIP:
    n = deflate_all(bytes, n_bytes, out, room, MAX_WBITS + 16);
    break;
  case ONR_PACKING_DEFLATE:
    n = deflate_all(bytes, n_bytes, out, room, MAX_WBITS);
    break;
  case ONR_PACKING_BZIP2:
    cr_assert_eq(BZ2_bzBuffToBuffCompress(out, &n_bzip2, (char *)bytes, (unsigned int)n_bytes, 1, 0, 0),
                 BZ_OK);
    n = n_bzip2;
    break;
  case ONR_PACKING_XZ:
    n = 0;
    cr_assert_eq(lzma_easy_buffer_encode(1, LZMA_CHECK_CRC64, NULL, (const guint8 *)bytes, n_bytes,
                                         (guint8 *)out, &n, room),
                 LZMA_OK);
    break;
  case ONR_PACKING_ZSTD:
    n = zstd_all(bytes, n_bytes, out, room);
    break;
  case ONR_PACKING_BROTLI:
    cr_assert_neq(
        BrotliEncoderCompress(5, 22, BROTLI_MODE_TEXT, n_bytes, (const guint8 *)bytes, &n, (guint8 *)out), 0);
    break;
  default:
    g_assert_not_reached();
  }
  return g_bytes_new_take(out, n);
}

/* --- zip and tar --- */

struct OnrTestBundle {
  struct archive *archive;
  GByteArray *bytes;
};

static la_ssize_t append(struct archive *archive, void *data, const void *bytes, size_t n_bytes) {
  (void)archive;
  g_byte_array_append(data, bytes, (guint)n_bytes);
  return (la_ssize_t)n_bytes;
}

OnrTestBundle *onr_test_bundle_new(gboolean is_zip) {
  OnrTestBundle *bundle = g_new(OnrTestBundle, 1);
  *bundle = (OnrTestBundle){.archive = archive_write_new(), .bytes = g_byte_array_new()};
  if (is_zip)
    archive_write_set_format_zip(bundle->archive);
  else
    archive_write_set_format_pax(bundle->archive);
  cr_assert_eq(archive_write_open(bundle->archive, bundle->bytes, NULL, append, NULL), ARCHIVE_OK);
  return bundle;
}

static struct archive_entry *new_entry(const char *name, guint type, gint64 size) {
  struct archive_entry *entry = archive_entry_new();
  archive_entry_copy_pathname(entry, name);
  archive_entry_set_filetype(entry, type);
  archive_entry_set_perm(entry, 0644);
  archive_entry_set_size(entry, size);
  return entry;
}

void onr_test_bundle_add(OnrTestBundle *bundle, const char *name, const char *content, gssize length) {
  gsize n = length < 0 ? strlen(content) : (gsize)length;
  struct archive_entry *entry = new_entry(name, AE_IFREG, (gint64)n);
  cr_assert_geq(archive_write_header(bundle->archive, entry), ARCHIVE_WARN);
  cr_assert_eq(archive_write_data(bundle->archive, content, n), n);
  archive_entry_free(entry);
}

void onr_test_bundle_add_link(OnrTestBundle *bundle, const char *name, const char *target) {
  struct archive_entry *entry = new_entry(name, AE_IFLNK, 0);
  archive_entry_copy_symlink(entry, target);
  cr_assert_eq(archive_write_header(bundle->archive, entry), ARCHIVE_OK);
  archive_entry_free(entry);
}

void onr_test_bundle_add_hole(OnrTestBundle *bundle, const char *name, gint64 size) {
  struct archive_entry *entry = new_entry(name, AE_IFREG, size);
  archive_entry_sparse_add_entry(entry, 0, 5);
  archive_entry_sparse_add_entry(entry, size, 0);
  cr_assert_eq(archive_write_header(bundle->archive, entry), ARCHIVE_OK);
  cr_assert_eq(archive_write_data(bundle->archive, "{}\n{}", 5), 5);
  archive_entry_free(entry);
}

GBytes *onr_test_bundle_end(OnrTestBundle *bundle) {
  archive_write_close(bundle->archive);
  archive_write_free(bundle->archive);
  GBytes *bytes = g_byte_array_free_to_bytes(bundle->bytes);
  g_free(bundle);
  return bytes;
}

/* --- crawls --- */

void onr_test_add_record(GString *warc, const char *headers, const char *block) {
  g_string_append_printf(warc, "WARC/1.1\r\n%sContent-Length: %u\r\n\r\n%s\r\n\r\n", headers,
                         (guint)strlen(block), block);
}

void onr_test_add_response(GString *warc, const char *uri, const char *status, const char *http,
                           const char *body) {
  g_autofree char *headers = g_strdup_printf("WARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: "
                                             "2022-02-06T10:15:00Z\r\nContent-Type: application/http; "
                                             "msgtype=response\r\n",
                                             uri);
  g_autofree char *block = g_strdup_printf("HTTP/1.1 %s\r\n%s\r\n%s", status, http, body);
  onr_test_add_record(warc, headers, block);
}

/* --- what is read --- */

#define SHOWN_BYTES 24

static void print_item(GString *out, const OnrRawItem *raw, const OnrReader *reader) {
  g_autofree char *place = onr_raw_item_place(raw);
  if (raw->error) {
    g_string_append_printf(out, "%s! %s\n", place, raw->error->message);
    return;
  }
  gsize n;
  const char *bytes = g_bytes_get_data(raw->bytes, &n);
  g_autofree char *start = g_strndup(bytes ? bytes : "", MIN(n, SHOWN_BYTES));
  g_autofree char *shown = g_strescape(start, NULL);
  g_string_append_printf(out, "%s %s %s", place, reader->name, shown);
  if (raw->url)
    g_string_append_printf(out, " <%s>", raw->url);
  if (raw->charset)
    g_string_append_printf(out, " %s", raw->charset);
  if (raw->captured)
    g_string_append_printf(out, " %s", raw->captured);
  g_string_append_c(out, '\n');
}

char *onr_test_items(const char *path) {
  GString *out = g_string_new(NULL);
  g_autoptr(GError) why = NULL;
  g_autoptr(OnrStream) stream = onr_stream_open(path, &why);
  g_autoptr(OnrItems) items = stream ? onr_items_open(stream, path, NULL, &why) : NULL;
  OnrRawItem raw = {0};
  const OnrReader *reader;
  while (items && onr_items_next(items, &raw, &reader, &why)) {
    print_item(out, &raw, reader);
    onr_raw_item_clear(&raw);
  }
  if (why)
    g_string_append_printf(out, "end: %s\n", why->message);
  return g_string_free(out, FALSE);
}

char *onr_test_items_of(const char *name, const char *bytes, gssize n_bytes) {
  g_autofree char *dir = onr_test_make_dir();
  g_autofree char *path = onr_test_write(dir, name, bytes, n_bytes);
  char *told = onr_test_items(path);
  onr_test_remove_dir(dir);
  return told;
}
