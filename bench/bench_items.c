/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading alone, on one core: a file's bytes are unpacked and cut into items, which with --parse are made
   articles. Prints a line for each FILE: items, errors, MB on disk, MB of items, seconds, MB/s of items, MiB
   of memory at most so far. */
#include "indexer/items.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

typedef struct {
  guint64 n_items, n_errors, item_bytes;
} Counts;

static void take(OnrRawItem *raw, const OnrReader *reader, OnrArticle *article, Counts *counts) {
  g_autoptr(GError) why = NULL;
  guint32 n_replaced = 0;
  counts->item_bytes += raw->bytes ? g_bytes_get_size(raw->bytes) : 0;
  if (article)
    onr_article_reset(article);
  if (raw->error ||
      (article && !reader->parse(raw, raw->within ? raw->within : "", article, &n_replaced, &why)))
    counts->n_errors++;
  else
    counts->n_items++;
  onr_raw_item_clear(raw);
}

static gboolean read_file(const char *path, OnrArticle *article, Counts *counts, GError **error) {
  g_autoptr(OnrStream) stream = onr_stream_open(path, error);
  g_autoptr(OnrItems) items = stream ? onr_items_open(stream, path, NULL, error) : NULL;
  if (!items)
    return FALSE;
  OnrRawItem raw = {0};
  const OnrReader *reader;
  GError *why = NULL;
  while (onr_items_next(items, &raw, &reader, &why))
    take(&raw, reader, article, counts);
  g_autofree char *hash = onr_stream_hash(stream);
  if (why)
    g_propagate_error(error, why);
  return !why;
}

static double cpu_seconds(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / G_USEC_PER_SEC;
}

/* Not ru_maxrss, which begins with what the process that started this one held. */
static double peak_mib(void) {
  g_autofree char *status = NULL;
  const char *line =
      g_file_get_contents("/proc/self/status", &status, NULL, NULL) ? strstr(status, "VmHWM:") : NULL;
  return line ? (double)g_ascii_strtoull(line + strlen("VmHWM:"), NULL, 10) / 1024 : 0;
}

static void measure(const char *path, OnrArticle *article) {
  const double mega = 1e6;
  Counts counts = {0};
  g_autoptr(GError) why = NULL;
  double begun = cpu_seconds();
  gboolean is_read = read_file(path, article, &counts, &why);
  double seconds = cpu_seconds() - begun;
  g_autoptr(OnrStream) file = onr_stream_open(path, NULL);
  gint64 size_bytes = 0, mtime_ns;
  if (file)
    onr_stream_get_file(file, &size_bytes, &mtime_ns);
  g_autofree char *name = g_path_get_basename(path);
  printf("%s\t%" G_GUINT64_FORMAT "\t%" G_GUINT64_FORMAT "\t%.1f\t%.1f\t%.3f\t%.1f\t%.0f%s%s\n", name,
         counts.n_items, counts.n_errors, (double)size_bytes / mega, (double)counts.item_bytes / mega,
         seconds, (double)counts.item_bytes / mega / seconds, peak_mib(), is_read ? "" : "\t",
         is_read ? "" : why->message);
}

int main(int argc, char **argv) {
  gboolean is_parsing = argc > 1 && strcmp(argv[1], "--parse") == 0;
  g_autoptr(OnrArticle) article = is_parsing ? onr_article_new() : NULL;
  for (int i = is_parsing ? 2 : 1; i < argc; i++)
    measure(argv[i], article);
  return argc > 1 ? 0 : 2;
}
