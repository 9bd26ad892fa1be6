/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading alone: raw items to articles, on one core.

     bench_read [--seconds S] FILE…

   Reads all items of FILEs into memory first, then parses them again and again for S seconds (default 2) and
   prints, by reader, items, bytes of markup and MB/s of CPU time. */
#include "indexer/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct {
  const OnrReader *reader;
  char *path;
  OnrRawItem raw;
} Item;

static void item_clear(gpointer p) {
  Item *item = p;
  g_free(item->path);
  onr_raw_item_clear(&item->raw);
}

static double cpu_seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void read_file(const char *path, GArray *items) {
  g_autoptr(GError) error = NULL;
  g_autoptr(OnrStream) stream = onr_stream_open(path, &error);
  const OnrReader *reader = stream ? onr_reader_choose(stream, path, &error) : NULL;
  g_auto(OnrSplit) split = {0};
  Item item = {.reader = reader};
  while (reader && reader->split(stream, &split, &item.raw, &error)) {
    item.path = g_strdup(path);
    if (item.raw.error)
      item_clear(&item);
    else
      g_array_append_val(items, item);
    item = (Item){.reader = reader};
  }
  if (error)
    fprintf(stderr, "%s: %s\n", path, error->message);
}

static gsize parse(const Item *item, OnrArticle *article) {
  guint32 n_replaced = 0;
  onr_article_reset(article);
  item->reader->parse(&item->raw, item->path, article, &n_replaced, NULL);
  return article->text_length;
}

static void measure(const OnrReader *reader, const GArray *items, double seconds) {
  g_autoptr(OnrArticle) article = onr_article_new();
  gsize n_items = 0, n_bytes = 0, n_text = 0;
  for (guint i = 0; i < items->len; i++) {
    const Item *item = &g_array_index(items, Item, i);
    n_items += item->reader == reader;
    n_bytes += item->reader == reader ? g_bytes_get_size(item->raw.bytes) : 0;
  }
  if (n_items == 0)
    return;
  guint n_rounds = 0;
  double begun = cpu_seconds(), spent = 0;
  for (; spent < seconds; n_rounds++, spent = cpu_seconds() - begun)
    for (guint i = 0; i < items->len; i++)
      if (g_array_index(items, Item, i).reader == reader)
        n_text += parse(&g_array_index(items, Item, i), article);
  printf("%-8s %7zu items  %8.1f MB  text %8.1f MB  %7.1f MB/s\n", reader->name, n_items,
         (double)n_bytes / 1e6, (double)n_text / n_rounds / 1e6, (double)n_bytes * n_rounds / spent / 1e6);
}

int main(int argc, char **argv) {
  double seconds = 2;
  int first = 1;
  if (argc > 2 && strcmp(argv[1], "--seconds") == 0) {
    seconds = g_ascii_strtod(argv[2], NULL);
    first = 3;
  }
  g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(Item));
  g_array_set_clear_func(items, item_clear);
  for (int i = first; i < argc; i++)
    read_file(argv[i], items);
  for (const OnrReader *const *reader = onr_readers(); *reader; reader++)
    measure(*reader, items, seconds);
  return items->len > 0 ? 0 : 1;
}
