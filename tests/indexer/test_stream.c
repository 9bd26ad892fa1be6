/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inputs.h"

#include "indexer/stream.h"
#include "support/support.h"

#include <string.h>

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
