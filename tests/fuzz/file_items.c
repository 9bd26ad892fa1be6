/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as a file of unknown kind, through compressions and containers (the first byte chooses the ending
   that its name has): each item has a place of its own, and is parsed or has a reason. */
#include "fuzz.h"
#include "indexer/items.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const names[] = {"a",    "a.zip",  "a.tar", "a.warc", "a.arc",
                                      "a.gz", "a.html", "a.csv", "a.eml"};
  if (size == 0)
    return 0;
  g_autoptr(GError) error = NULL;
  const char *name = names[data[0] % G_N_ELEMENTS(names)];
  g_autoptr(OnrStream) stream = onr_stream_open(fuzz_file(data + 1, size - 1), NULL);
  g_autoptr(OnrItems) items = onr_items_open(stream, name, NULL, &error);
  g_autoptr(OnrArticle) article = onr_article_new();
  g_autoptr(GHashTable) places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  OnrRawItem raw = {0};
  const OnrReader *reader;
  while (items && onr_items_next(items, &raw, &reader, &error)) {
    g_autoptr(GError) why = NULL;
    guint32 n_replaced = 0;
    g_assert_true((reader == NULL) == (raw.error != NULL) || raw.error);
    g_assert_true(g_hash_table_add(places, onr_raw_item_place(&raw)));
    onr_article_reset(article);
    if (!raw.error)
      g_assert_true(reader->parse(&raw, name, article, &n_replaced, &why) != (why != NULL));
    onr_raw_item_clear(&raw);
  }
  return 0;
}
