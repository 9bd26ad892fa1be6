/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Packed blocks of terms: what was written is read, and any bytes may be read. */
#include "fixture.h"

#include "archive/fts5/term_block.h"

#include <string.h>

ONR_SUITE(engine_term_block);

static const gint64 numbers[] = {0,    1,     -1,         63,         64,         -64,        -65,
                                 8191, -8192, G_MAXINT32, G_MININT32, G_MAXINT64, G_MININT64, 1LL << 55};

static void expect_entry(const OnrTermBlockReader *reader, const char *key, guint length, gint64 n_items,
                         gint64 n_postings) {
  cr_assert_eq(reader->entry.length, length);
  cr_assert_eq(memcmp(reader->entry.key, key, length), 0, "'%s', not '%s'", reader->entry.key, key);
  cr_assert_eq(reader->entry.key[length], '\0');
  cr_assert_eq(reader->entry.n_items, n_items);
  cr_assert_eq(reader->entry.n_postings, n_postings);
}

Test(engine_term_block, every_number_comes_back) {
  OnrTermBlockWriter writer;
  onr_term_block_writer_reset(&writer);
  const guint n = G_N_ELEMENTS(numbers);
  for (guint i = 0; i < n; i++) {
    g_autofree char *key = g_strdup_printf("key%02u", i);
    cr_assert_eq(onr_term_block_writer_add(&writer, key, 5, numbers[i], numbers[n - 1 - i]), TRUE);
  }
  OnrTermBlockReader reader;
  onr_term_block_reader_init(&reader, writer.bytes, writer.n_bytes);
  for (guint i = 0; i < n; i++) {
    g_autofree char *key = g_strdup_printf("key%02u", i);
    cr_assert_eq(onr_term_block_reader_next(&reader), TRUE);
    expect_entry(&reader, key, 5, numbers[i], numbers[n - 1 - i]);
  }
  cr_assert_eq(onr_term_block_reader_next(&reader), FALSE);
  cr_assert_eq(reader.is_damaged, FALSE);
}

Test(engine_term_block, keys_of_any_length_until_it_is_full) {
  OnrTermBlockWriter writer;
  onr_term_block_writer_reset(&writer);
  char key[ONR_TERM_KEY_MAX];
  memset(key, 'a', sizeof key);
  guint n = 0;
  /* Each ends in a byte that makes it come after the one before. */
  for (; n < 100; n++) {
    key[0] = (char)(1 + n);
    if (!onr_term_block_writer_add(&writer, key, ONR_TERM_KEY_MAX, n, -(gint64)n))
      break;
  }
  cr_assert_eq(n, ONR_TERM_BLOCK_BYTES / (ONR_TERM_KEY_MAX + 5), "%u keys", n);
  OnrTermBlockReader reader;
  onr_term_block_reader_init(&reader, writer.bytes, writer.n_bytes);
  for (guint i = 0; i < n; i++) {
    key[0] = (char)(1 + i);
    cr_assert_eq(onr_term_block_reader_next(&reader), TRUE);
    expect_entry(&reader, key, ONR_TERM_KEY_MAX, i, -(gint64)i);
  }
  cr_assert_eq(onr_term_block_reader_next(&reader), FALSE);
}

static const char *const words[] = {"a", "ab", "aba", "abb", "b", "ba", "bb\x80", "bb\xc3", "bbb"};

static int compare_words(gconstpointer a, gconstpointer b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* From every key, there or not, to the first that is not before it. */
Test(engine_term_block, seeking_stops_at_the_first_key_that_is_not_before) {
  const char *sorted[G_N_ELEMENTS(words)];
  memcpy(sorted, words, sizeof words);
  qsort(sorted, G_N_ELEMENTS(sorted), sizeof *sorted, compare_words);
  OnrTermBlockWriter writer;
  onr_term_block_writer_reset(&writer);
  for (guint i = 0; i < G_N_ELEMENTS(sorted); i += 2)
    cr_assert_eq(onr_term_block_writer_add(&writer, sorted[i], (guint)strlen(sorted[i]), i, i), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS(sorted); i++) {
    OnrTermBlockReader reader;
    onr_term_block_reader_init(&reader, writer.bytes, writer.n_bytes);
    guint expected = i + i % 2;
    gboolean is_there = expected < G_N_ELEMENTS(sorted);
    cr_assert_eq(onr_term_block_reader_seek(&reader, sorted[i], (guint)strlen(sorted[i])), is_there);
    if (is_there)
      expect_entry(&reader, sorted[expected], (guint)strlen(sorted[expected]), expected, expected);
  }
}

/* Damage is noticed or read as other entries in order; never more than the bytes that are given. */
Test(engine_term_block, any_bytes_may_be_read) {
  g_autoptr(GRand) rand = g_rand_new_with_seed(3);
  for (guint round = 0; round < 20000; round++) {
    gsize n = (gsize)g_rand_int_range(rand, 1, 80);
    g_autofree guint8 *bytes = g_malloc(n);
    for (gsize i = 0; i < n; i++)
      bytes[i] = (guint8)g_rand_int_range(rand, 0, g_rand_boolean(rand) ? 256 : 5);
    OnrTermBlockReader reader;
    onr_term_block_reader_init(&reader, bytes, n);
    char last[ONR_TERM_KEY_MAX];
    guint n_last = 0;
    while (onr_term_block_reader_next(&reader)) {
      cr_assert_gt(onr_term_key_compare(reader.entry.key, reader.entry.length, last, n_last), 0);
      n_last = reader.entry.length;
      memcpy(last, reader.entry.key, n_last);
    }
    onr_term_block_reader_init(&reader, bytes, n);
    onr_term_block_reader_seek(&reader, (const char *)bytes, (guint)n);
  }
}

Test(engine_term_block, what_is_cut_short_or_out_of_order_is_damaged) {
  static const struct {
    guint8 bytes[8];
    guint n;
  } cases[] = {{{0, 1, 'b', 2}, 4},                 /* no n_postings */
               {{0, 3, 'b', 2, 2}, 5},              /* a key beyond the end */
               {{1, 1, 'b', 2, 2}, 5},              /* shares with nothing */
               {{0, 0, 2, 2}, 4},                   /* no key */
               {{0, 1, 'b', 2, 2, 0, 1, 'a'}, 8},   /* descends */
               {{0, 1, 'b', 2, 2, 1, 0, 2}, 8},     /* the same again */
               {{0, 1, 'b', 0x80, 0x80, 0x80}, 6}}; /* a number without end */
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    OnrTermBlockReader reader;
    onr_term_block_reader_init(&reader, cases[i].bytes, cases[i].n);
    while (onr_term_block_reader_next(&reader))
      ;
    cr_assert_eq(reader.is_damaged, TRUE, "case %u", i);
  }
}
