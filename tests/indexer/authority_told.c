/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "authority_told.h"

#include "support/support.h"

typedef struct {
  GString *text;
  OnrAuthorityFormat format;
  guint64 n_entries, n_faults;
  guint stop_after;
} Told;

static gboolean take_entry(const OnrAuthorityEntry *entry, guint64 line, gpointer data, GError **error) {
  Told *told = data;
  told->n_entries++;
  g_string_append_printf(told->text, "%" G_GUINT64_FORMAT ": ", line);
  onr_authority_print(entry, told->format, told->text);
  if (told->n_entries != told->stop_after)
    return TRUE;
  g_set_error_literal(error, ONR_ERROR, ONR_ERROR_CANCELLED, "enough");
  return FALSE;
}

static void take_fault(guint64 line, const char *what, gpointer data) {
  Told *told = data;
  told->n_faults++;
  g_string_append_printf(told->text, "%" G_GUINT64_FORMAT "! %s\n", line, what);
}

char *onr_test_tell_authority(const char *path, OnrAuthorityFormat format, guint stop_after) {
  Told told = {.text = g_string_new(NULL), .format = format, .stop_after = stop_after};
  guint64 n_entries = 0, n_faults = 0;
  g_autoptr(GError) error = NULL;
  if (onr_authority_file_read(path, take_entry, take_fault, &told, &n_entries, &n_faults, &error)) {
    cr_assert_null(error);
    cr_assert_eq(n_entries, told.n_entries);
    cr_assert_eq(n_faults, told.n_faults);
  } else {
    g_string_append_printf(told.text, "error %d: %s\n", error->code, error->message);
  }
  return g_string_free(told.text, FALSE);
}

char *onr_test_tell_bytes(const char *bytes, gssize length, OnrAuthorityFormat format) {
  g_autofree char *dir = onr_test_make_dir();
  g_autofree char *path = onr_test_write(dir, "people", bytes, length);
  char *told = onr_test_tell_authority(path, format, 0);
  onr_test_remove_dir(dir);
  return told;
}

void onr_test_expect_told(const char *bytes, gssize length, const char *expected) {
  g_autofree char *told = onr_test_tell_bytes(bytes, length, ONR_AUTHORITY_TSV);
  cr_assert_str_eq(told, expected, "told:\n%s\nexpected:\n%s", told, expected);
}
