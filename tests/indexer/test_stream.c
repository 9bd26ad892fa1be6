/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inputs.h"
#include "packed.h"

#include "indexer/stream.h"
#include "support/support.h"

#include <string.h>
#include <zdict.h>
#include <zstd.h>

ONR_SUITE(stream);

static OnrStream *open_stream(const char *path) {
  GError *error = NULL;
  OnrStream *stream = onr_stream_open(path, &error);
  cr_assert_not_null(stream, "%s", error ? error->message : "");
  return stream;
}

/* All lines, each in brackets, and how the stream ended. */
static char *read_lines(const char *path) {
  g_autoptr(OnrStream) stream = open_stream(path);
  GString *out = g_string_new(NULL);
  g_autoptr(GError) error = NULL;
  GBytes *line;
  while ((line = onr_stream_read_line(stream, &error))) {
    gsize n;
    const char *bytes = g_bytes_get_data(line, &n);
    g_string_append_printf(out, "[%.*s]", (int)n, bytes);
    g_bytes_unref(line);
  }
  if (error)
    g_string_append_printf(out, " %s", error->message);
  return g_string_free(out, FALSE);
}

static void expect_lines(const char *path, const char *expected) {
  g_autofree char *lines = read_lines(path);
  cr_assert_str_eq(lines, expected);
}

Test(stream, lines_of_a_plain_file) {
  g_autofree char *dir = onr_test_make_dir();
  g_autofree char *path = onr_test_write(dir, "a", "one\n\ntwo\r\nlast", -1);
  expect_lines(path, "[one\n][\n][two\r\n][last]");
  g_autofree char *empty = onr_test_write(dir, "empty", "", 0);
  expect_lines(empty, "");
  onr_test_remove_dir(dir);
}

Test(stream, gzip_is_seen_by_content) {
  g_autofree char *dir = onr_test_make_dir();
  g_autofree char *path = onr_test_write_gzip(dir, "a.txt", "one\ntwo\n", 8, 0);
  expect_lines(path, "[one\n][two\n]");
  g_autoptr(OnrStream) stream = open_stream(path);
  cr_assert_eq(onr_stream_packing(stream), ONR_PACKING_GZIP);
  onr_test_remove_dir(dir);
}

Test(stream, several_gzip_members_are_one_text) {
  g_autofree char *dir = onr_test_make_dir();
  g_autoptr(GBytes) a = onr_test_gzip("one\n", 4);
  g_autoptr(GBytes) b = onr_test_gzip("two\n", 4);
  g_autoptr(GByteArray) both = g_byte_array_new();
  g_byte_array_append(both, g_bytes_get_data(a, NULL), (guint)g_bytes_get_size(a));
  g_byte_array_append(both, g_bytes_get_data(b, NULL), (guint)g_bytes_get_size(b));
  g_autofree char *path = onr_test_write(dir, "a.gz", (const char *)both->data, both->len);
  expect_lines(path, "[one\n][two\n]");
  g_byte_array_append(both, (const guint8 *)"\0\0\0\0junk", 8); /* as gzip itself, passed over */
  g_autofree char *padded = onr_test_write(dir, "b.gz", (const char *)both->data, both->len);
  expect_lines(padded, "[one\n][two\n]");
  onr_test_remove_dir(dir);
}

Test(stream, truncated_gzip_gives_whole_lines_then_an_error) {
  g_autofree char *dir = onr_test_make_dir();
  g_autofree char *path =
      onr_test_write_gzip(dir, "a.gz", "one\ntwo\nthree", 13, 8); /* the check sum is gone */
  expect_lines(path, "[one\n][two\n] truncated gzip after 13 unpacked bytes");
  g_autofree char *whole = onr_test_write_gzip(dir, "b.gz", "one\ntwo\n", 8, 5);
  expect_lines(whole, "[one\n][two\n] truncated gzip after 8 unpacked bytes");
  onr_test_remove_dir(dir);
}

Test(stream, corrupt_gzip_is_an_error) {
  g_autofree char *dir = onr_test_make_dir();
  g_autoptr(GBytes) packed = onr_test_gzip("one\ntwo\n", 8);
  gsize n;
  g_autofree char *bytes = g_memdup2(g_bytes_get_data(packed, &n), g_bytes_get_size(packed));
  bytes[n - 6] ^= 1; /* in the check sum */
  g_autofree char *path = onr_test_write(dir, "a.gz", bytes, (gssize)n);
  g_autofree char *lines = read_lines(path);
  cr_assert_not_null(strstr(lines, "corrupt gzip"), "%s", lines);
  onr_test_remove_dir(dir);
}

Test(stream, gzip_bomb_ends_at_the_limit) {
  g_autofree char *dir = onr_test_make_dir();
  gsize n = 66u << 20;
  g_autofree char *zeros = g_malloc0(n);
  g_autofree char *path = onr_test_write_gzip(dir, "a.gz", zeros, n, 0);
  g_autoptr(OnrStream) stream = open_stream(path);
  g_autoptr(GError) error = NULL;
  gsize n_bytes, total = 0;
  const char *bytes;
  while ((bytes = onr_stream_peek(stream, &n_bytes, &error)) && n_bytes > 0) {
    total += n_bytes;
    onr_stream_skip(stream, n_bytes);
  }
  cr_assert_neq(g_error_matches(error, ONR_ERROR, ONR_ERROR_LIMIT), FALSE);
  cr_assert_lt(total, n);
  cr_assert_geq(total, ONR_EXPANSION_FREE_BYTES);
  onr_test_remove_dir(dir);
}

Test(stream, a_line_over_the_limit_costs_itself) {
  g_autofree char *dir = onr_test_make_dir();
  g_autofree char *path = g_build_filename(dir, "a", NULL);
  gsize n = ONR_MAX_ITEM_BYTES + 1;
  char *content = g_malloc(n + 12);
  memcpy(content, "first\n", 6);
  memset(content + 6, 'x', n);
  memcpy(content + 6 + n, "\nlast\n", 6);
  cr_assert_neq(g_file_set_contents(path, content, (gssize)n + 12, NULL), FALSE);
  g_free(content);
  g_autoptr(OnrStream) stream = open_stream(path);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) first = onr_stream_read_line(stream, &error);
  cr_assert_eq(g_bytes_get_size(first), 6);
  cr_assert_null(onr_stream_read_line(stream, &error));
  cr_assert_neq(g_error_matches(error, ONR_ERROR, ONR_ERROR_LIMIT), FALSE);
  cr_assert_eq(onr_stream_has_failed(stream), FALSE);
  g_clear_error(&error);
  g_autoptr(GBytes) last = onr_stream_read_line(stream, &error);
  cr_assert_eq(g_bytes_get_size(last), 5);
  onr_test_remove_dir(dir);
}

Test(stream, lines_longer_than_the_window) {
  g_autofree char *dir = onr_test_make_dir();
  gsize n = 700000;
  g_autofree char *content = g_malloc(2 * n);
  memset(content, 'a', n);
  memset(content + n, 'b', n);
  content[n - 1] = '\n';
  g_autofree char *path = onr_test_write(dir, "a", content, (gssize)(2 * n));
  g_autoptr(OnrStream) stream = open_stream(path);
  g_autoptr(GBytes) a = onr_stream_read_line(stream, NULL);
  g_autoptr(GBytes) b = onr_stream_read_line(stream, NULL);
  cr_assert_eq(g_bytes_get_size(a), n);
  cr_assert_eq(g_bytes_get_size(b), n);
  cr_assert_eq(memcmp(g_bytes_get_data(b, NULL), content + n, n), 0);
  onr_test_remove_dir(dir);
}

Test(stream, hash_is_of_the_file_whatever_was_read) {
  g_autofree char *dir = onr_test_make_dir();
  g_autoptr(GBytes) packed = onr_test_gzip("one\ntwo\n", 8);
  g_autofree char *expected = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, packed);
  g_autofree char *path =
      onr_test_write(dir, "a.gz", g_bytes_get_data(packed, NULL), (gssize)g_bytes_get_size(packed));
  g_autoptr(OnrStream) unread = open_stream(path);
  g_autofree char *early = onr_stream_hash(unread);
  cr_assert_str_eq(early, expected);
  g_autoptr(OnrStream) read = open_stream(path);
  g_autoptr(GBytes) all = onr_stream_read_all(read, NULL);
  cr_assert_eq(g_bytes_get_size(all), 8);
  g_autofree char *late = onr_stream_hash(read);
  cr_assert_str_eq(late, expected);
  onr_test_remove_dir(dir);
}

Test(stream, decode_puts_utf8_in_the_place_of_utf16) {
  g_autofree char *dir = onr_test_make_dir();
  g_autofree char *path = onr_test_write(dir, "a",
                                         "\xff\xfe"
                                         "a\0\n\0\xe9\0",
                                         8);
  g_autoptr(OnrStream) stream = open_stream(path);
  cr_assert_neq(onr_stream_decode(stream, NULL), FALSE);
  g_autoptr(GBytes) a = onr_stream_read_line(stream, NULL);
  g_autoptr(GBytes) b = onr_stream_read_line(stream, NULL);
  cr_assert_eq(g_bytes_get_size(a), 2);
  cr_assert_eq(memcmp(g_bytes_get_data(b, NULL), "\xc3\xa9", 2), 0);
  onr_test_remove_dir(dir);
}

Test(stream, what_cannot_be_opened) {
  g_autofree char *dir = onr_test_make_dir();
  g_autoptr(GError) error = NULL;
  cr_assert_null(onr_stream_open(dir, &error));
  cr_assert_str_eq(error->message, "is a folder");
  g_clear_error(&error);
  g_autofree char *missing = g_build_filename(dir, "none", NULL);
  cr_assert_null(onr_stream_open(missing, &error));
  cr_assert_neq(g_error_matches(error, ONR_ERROR, ONR_ERROR_NOT_FOUND), FALSE);
  g_clear_error(&error);
  g_autoptr(OnrStream) refused = open_stream("/proc/self/mem");
  gsize n;
  cr_assert_null(onr_stream_peek(refused, &n, &error));
  cr_assert_neq(g_error_matches(error, ONR_ERROR, ONR_ERROR_IO), FALSE);
  cr_assert_null(onr_stream_hash(refused));
  onr_test_remove_dir(dir);
}

/* --- the other compressions, which keep gzip's promises --- */

static const OnrPacking PACKINGS[] = {ONR_PACKING_GZIP, ONR_PACKING_BZIP2, ONR_PACKING_XZ, ONR_PACKING_ZSTD};

static char *write_bytes(const char *dir, const char *name, GBytes *bytes, gsize cut) {
  gsize n;
  const char *data = g_bytes_get_data(bytes, &n);
  return onr_test_write(dir, name, data, (gssize)(n - cut));
}

Test(stream, each_compression_in_several_members) {
  g_autofree char *dir = onr_test_make_dir();
  for (guint i = 0; i < G_N_ELEMENTS(PACKINGS); i++) {
    g_autoptr(GBytes) a = onr_test_pack(PACKINGS[i], "one\n", 4), b = onr_test_pack(PACKINGS[i], "two\n", 4);
    g_autoptr(GByteArray) both = g_byte_array_new();
    g_byte_array_append(both, g_bytes_get_data(a, NULL), (guint)g_bytes_get_size(a));
    g_byte_array_append(both, (const guint8 *)"\0\0\0\0", 4);
    g_byte_array_append(both, g_bytes_get_data(b, NULL), (guint)g_bytes_get_size(b));
    g_autofree char *path = onr_test_write(dir, "a", (const char *)both->data, both->len);
    expect_lines(path, "[one\n][two\n]");
    g_autoptr(OnrStream) stream = open_stream(path);
    cr_assert_eq(onr_stream_packing(stream), PACKINGS[i]);
  }
  onr_test_remove_dir(dir);
}

/* Numbered lines that do not pack well, so that many lie between the damage and the last good block of a
 * codec. */
static GString *make_lines(void) {
  GRand *rand = g_rand_new_with_seed(3);
  GString *lines = g_string_new(NULL);
  for (guint i = 0; lines->len < 600000; i++)
    g_string_append_printf(lines, "%u %08x%08x\n", i, g_rand_int(rand), g_rand_int(rand));
  g_rand_free(rand);
  return lines;
}

/* Reads PATH's lines. Returns the bytes of those that are LINES' from its beginning; *WHY gets how it ended.
 */
static gsize count_good(const char *path, const GString *lines, GError **why) {
  g_autoptr(OnrStream) stream = open_stream(path);
  GBytes *line;
  gsize at = 0;
  gboolean is_good = TRUE;
  while ((line = onr_stream_read_line(stream, why))) {
    gsize n;
    const char *bytes = g_bytes_get_data(line, &n);
    is_good = is_good && at + n <= lines->len && memcmp(bytes, lines->str + at, n) == 0;
    at += is_good ? n : 0;
    g_bytes_unref(line);
  }
  return at;
}

/* How far before the cut the whole lines end: by how the format packs, in blocks or as a stream. */
Test(stream, damage_gives_all_that_is_whole_before_it) {
  static const gsize most_lost[] = {64, 200000, 64,
                                    140000}; /* gzip; bzip2 -1: 100 kB blocks; xz; zstd: 128 KiB blocks */
  g_autofree char *dir = onr_test_make_dir();
  g_autoptr(GString) lines = make_lines();
  for (guint i = 0; i < G_N_ELEMENTS(PACKINGS); i++) {
    g_autoptr(GBytes) packed = onr_test_pack(PACKINGS[i], lines->str, lines->len);
    gsize n = g_bytes_get_size(packed), cut = n / 3;
    g_autofree char *path = write_bytes(dir, "a", packed, cut);
    g_autoptr(GError) why = NULL;
    gsize good = count_good(path, lines, &why);
    g_autofree char *truncated = g_strdup_printf("truncated %s after ", onr_packing_name(PACKINGS[i]));
    cr_assert_neq(why && g_str_has_prefix(why->message, truncated), FALSE, "%s", why ? why->message : "");
    cr_assert_gt(good, lines->len * 2 / 3 - most_lost[i] - lines->len / 50, "%s: %u", truncated, (guint)good);
    g_clear_error(&why);
    g_autoptr(GByteArray) broken = g_byte_array_new();
    g_byte_array_append(broken, g_bytes_get_data(packed, NULL), (guint)n);
    memset(broken->data + n * 2 / 3, 0xff, 40);
    g_autofree char *other = onr_test_write(dir, "b", (const char *)broken->data, (gssize)n);
    gsize good_too = count_good(other, lines, &why);
    cr_assert_not_null(why);
    cr_assert_gt(good_too, lines->len * 2 / 3 - most_lost[i] - lines->len / 50, "%s: %u", truncated,
                 (guint)good_too);
  }
  onr_test_remove_dir(dir);
}

Test(stream, bombs_of_each_compression) {
  g_autofree char *dir = onr_test_make_dir();
  gsize n = 66u << 20;
  g_autofree char *zeros = g_malloc0(n);
  for (guint i = 0; i < G_N_ELEMENTS(PACKINGS); i++) {
    g_autoptr(GBytes) packed = onr_test_pack(PACKINGS[i], zeros, n);
    g_autofree char *path = write_bytes(dir, "a", packed, 0);
    g_autoptr(OnrStream) stream = open_stream(path);
    g_autoptr(GError) why = NULL;
    gsize n_bytes;
    while (onr_stream_peek(stream, &n_bytes, &why) && n_bytes > 0)
      onr_stream_skip(stream, n_bytes);
    gboolean is_dense = g_bytes_get_size(packed) > n / ONR_MAX_EXPANSION_RATIO;
    cr_assert_eq(g_error_matches(why, ONR_ERROR, ONR_ERROR_LIMIT), !is_dense, "%s",
                 onr_packing_name(PACKINGS[i]));
    cr_assert_eq(onr_stream_is_bomb(stream), !is_dense);
  }
  onr_test_remove_dir(dir);
}

/* --- a dictionary at the beginning --- */

#define N_RECORDS 2000

static char *make_record(guint i) {
  return g_strdup_printf("record %u: The harbour of Brask opened again on day %u, and %u ships came in.\n", i,
                         i % 31, i * 7919 % 1000);
}

static GBytes *train(void) {
  g_autoptr(GString) samples = g_string_new(NULL);
  size_t sizes[N_RECORDS];
  for (guint i = 0; i < N_RECORDS; i++) {
    g_autofree char *record = make_record(i);
    sizes[i] = strlen(record);
    g_string_append(samples, record);
  }
  const gsize room = 4096;
  char *dictionary = g_malloc(room);
  gsize n = ZDICT_trainFromBuffer(dictionary, room, samples->str, sizes, N_RECORDS);
  cr_assert_not(ZDICT_isError(n), "%s", ZDICT_getErrorName(n));
  return g_bytes_new_take(dictionary, n);
}

static void append_frame_head(GByteArray *out, guint32 length) {
  guint32 head[] = {GUINT32_TO_LE(0x184d2a5du), GUINT32_TO_LE(length)};
  g_byte_array_append(out, (const guint8 *)head, sizeof head);
}

/* A file of records, each a frame packed with DICTIONARY, and before them LENGTH bytes of FIRST in a frame.
 */
static char *write_records(const char *dir, GBytes *dictionary, const void *first, gsize length) {
  g_autoptr(GByteArray) out = g_byte_array_new();
  append_frame_head(out, (guint32)length);
  g_byte_array_append(out, first, (guint)length);
  ZSTD_CCtx *zstd = ZSTD_createCCtx();
  for (guint i = 0; i < 3; i++) {
    g_autofree char *record = make_record(i);
    char packed[1000];
    gsize n = ZSTD_compress_usingDict(zstd, packed, sizeof packed, record, strlen(record),
                                      g_bytes_get_data(dictionary, NULL), g_bytes_get_size(dictionary), 3);
    cr_assert_not(ZSTD_isError(n));
    g_byte_array_append(out, (const guint8 *)packed, (guint)n);
  }
  ZSTD_freeCCtx(zstd);
  return onr_test_write(dir, "a", (const char *)out->data, out->len);
}

Test(stream, zstd_with_its_dictionary) {
  g_autofree char *dir = onr_test_make_dir(), *a = make_record(0), *b = make_record(1), *c = make_record(2);
  g_autofree char *expected = g_strdup_printf("[%s][%s][%s]", a, b, c);
  g_autoptr(GBytes) dictionary = train();
  gsize n;
  const char *bytes = g_bytes_get_data(dictionary, &n);
  g_autofree char *plain = write_records(dir, dictionary, bytes, n);
  expect_lines(plain, expected);
  g_autoptr(GBytes) packed = onr_test_pack(ONR_PACKING_ZSTD, bytes, n);
  g_autofree char *both =
      write_records(dir, dictionary, g_bytes_get_data(packed, NULL), g_bytes_get_size(packed));
  expect_lines(both, expected);
  g_autofree char *broken =
      write_records(dir, dictionary, g_bytes_get_data(packed, NULL), g_bytes_get_size(packed) - 8);
  expect_lines(broken, " corrupt zstd after 0 unpacked bytes");
  g_autofree char *another =
      write_records(dir, dictionary, "what another tool keeps there", 29); /* is skipped */
  expect_lines(another, " corrupt zstd after 0 unpacked bytes");
  onr_test_remove_dir(dir);
}

Test(stream, what_stands_where_a_dictionary_does) {
  g_autofree char *dir = onr_test_make_dir();
  g_autoptr(GBytes) packed = onr_test_pack(ONR_PACKING_ZSTD, "one\n", 4);
  g_autoptr(GByteArray) empty = g_byte_array_new(), large = g_byte_array_new();
  append_frame_head(empty, 0);
  g_byte_array_append(empty, g_bytes_get_data(packed, NULL), (guint)g_bytes_get_size(packed));
  g_autofree char *a = onr_test_write(dir, "a", (const char *)empty->data, empty->len);
  expect_lines(a, "[one\n]");
  append_frame_head(large, ONR_UNPACK_DICTIONARY_BYTES + 1);
  g_byte_array_append(large, g_bytes_get_data(packed, NULL), (guint)g_bytes_get_size(packed));
  g_autofree char *b = onr_test_write(dir, "b", (const char *)large->data, large->len);
  expect_lines(b, " zstd that needs too much memory after 0 unpacked bytes");
  g_autofree char *c = onr_test_write(dir, "c", (const char *)large->data, 14);
  expect_lines(c, " zstd that needs too much memory after 0 unpacked bytes");
  g_autofree char *d = onr_test_write(dir, "d", (const char *)large->data, 10);
  expect_lines(d, " truncated zstd after 0 unpacked bytes");
  onr_test_remove_dir(dir);
}

/* zstd may ask for as much memory as its header says. */
Test(stream, a_compression_that_wants_too_much_memory) {
  static const char frame[] =
      "\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00"; /* RFC 8878, 3.1.1.1.2: exponent 21, 2 GiB */
  g_autofree char *dir = onr_test_make_dir();
  g_autofree char *path = onr_test_write(dir, "a", frame, sizeof frame - 1);
  expect_lines(path, " zstd that needs too much memory after 0 unpacked bytes");
  onr_test_remove_dir(dir);
}

/* A window that grew for one look goes on as before. */
Test(stream, looks_far_ahead) {
  g_autofree char *dir = onr_test_make_dir();
  g_autoptr(GString) lines = make_lines();
  g_autofree char *path = onr_test_write(dir, "a", lines->str, (gssize)lines->len);
  g_autoptr(OnrStream) stream = open_stream(path);
  gsize n;
  const char *bytes = onr_stream_peek_more(stream, 500000, &n, NULL);
  cr_assert_geq(n, 500000);
  cr_assert_eq(memcmp(bytes, lines->str, n), 0);
  onr_stream_skip(stream, 450000);
  for (gsize at = 450000; at < lines->len; at += 1000) {
    bytes = onr_stream_peek(stream, &n, NULL);
    cr_assert_eq(memcmp(bytes, lines->str + at, MIN(n, 1000)), 0);
    onr_stream_skip(stream, MIN(n, 1000));
  }
  g_autoptr(OnrStream) whole = open_stream(path);
  cr_assert_not_null(onr_stream_peek_more(whole, 2 * lines->len, &n, NULL));
  cr_assert_eq(n, lines->len);
  cr_assert_neq(onr_stream_find(whole, "\n20000 ", 7, 0), FALSE);
  g_autoptr(GBytes) end = onr_stream_read_line(whole, NULL);
  g_autoptr(GBytes) found = onr_stream_read_line(whole, NULL);
  cr_assert_eq(memcmp(g_bytes_get_data(found, NULL), "20000 ", 6), 0);
  cr_assert_eq(onr_stream_find(whole, "nowhere", 7, 0), FALSE);
  onr_test_remove_dir(dir);
}
