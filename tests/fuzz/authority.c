/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as an authority file: what is read and printed is read back the same. */
#include "fuzz.h"
#include "indexer/authority_file.h"

static gboolean print(const OnrAuthorityEntry *entry, guint64 line, gpointer data, GError **error) {
  (void)line;
  (void)error;
  onr_authority_print(entry, ONR_AUTHORITY_JSONL, data);
  return TRUE;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autoptr(GString) once = g_string_new(NULL), twice = g_string_new(NULL);
  guint64 n_entries = 0, n_again = 0, n_faults = 0;
  onr_authority_file_read(fuzz_file(data, size), print, NULL, once, &n_entries, NULL, NULL);
  if (n_entries == 0)
    return 0;
  const char *file = fuzz_file((const uint8_t *)once->str, once->len);
  g_assert_true(onr_authority_file_read(file, print, NULL, twice, &n_again, &n_faults, NULL));
  g_assert_cmpstr(once->str, ==, twice->str);
  g_assert_cmpuint(n_entries, ==, n_again);
  return 0;
}
