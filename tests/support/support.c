/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support/support.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define ONR_HAVE_LSAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ONR_HAVE_LSAN 1
#endif
#endif

#ifdef ONR_HAVE_LSAN
#include <sanitizer/lsan_interface.h>
#endif

/* Criterion counts a failed assertion or an exit in a tear-down as a pass; only a crash there fails the run.
 */
void onr_test_check_leaks(void) {
#ifdef ONR_HAVE_LSAN
  if (!__lsan_do_recoverable_leak_check())
    return;
  fputs("this test leaked memory (LeakSanitizer's report is above): the run fails, whatever the counts say\n",
        stderr);
  abort();
#endif
}

char *onr_test_make_dir(void) {
  GError *error = NULL;
  char *dir = g_dir_make_tmp("onrecord-test-XXXXXX", &error);
  cr_assert_not_null(dir, "no temporary folder: %s", error ? error->message : "");
  return dir;
}

void onr_test_remove_dir(const char *path) {
  if (!g_file_test(path, G_FILE_TEST_IS_SYMLINK)) {
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
      g_autofree char *child = g_build_filename(path, name, NULL);
      onr_test_remove_dir(child);
    }
  }
  g_remove(path);
}

char *onr_test_write(const char *dir, const char *name, const char *content, gssize length) {
  char *path = g_build_filename(dir, name, NULL);
  g_autofree char *parent = g_path_get_dirname(path);
  cr_assert_eq(g_mkdir_with_parents(parent, 0777), 0);
  GError *error = NULL;
  gboolean written = g_file_set_contents(path, content, length, &error);
  cr_assert_eq(written, TRUE, "%s", error ? error->message : "");
  return path;
}

/* g_strcompress knows octal escapes; \xHH is written as one for it. */
static char *unescape(const char *line) {
  g_autoptr(GString) octal = g_string_new(NULL);
  while (*line) {
    if (line[0] == '\\' && line[1] == 'x' && g_ascii_isxdigit(line[2]) && g_ascii_isxdigit(line[3])) {
      g_string_append_printf(octal, "\\%03o",
                             g_ascii_xdigit_value(line[2]) * 16 + g_ascii_xdigit_value(line[3]));
      line += 4;
    } else {
      gsize n = line[0] == '\\' && line[1] ? 2 : 1;
      g_string_append_len(octal, line, (gssize)n);
      line += n;
    }
  }
  return g_strcompress(octal->str);
}

static void case_free(gpointer p) {
  OnrTestCase *c = p;
  g_free(c->input);
  g_ptr_array_unref(c->expected);
  g_free(c);
}

GPtrArray *onr_test_cases(const char *name) {
  g_autofree char *path = g_build_filename(ONR_TEST_CASES, name, NULL);
  g_autofree char *content = NULL;
  GError *error = NULL;
  gboolean read = g_file_get_contents(path, &content, NULL, &error);
  cr_assert_eq(read, TRUE, "%s", error ? error->message : "");
  GPtrArray *cases = g_ptr_array_new_with_free_func(case_free);
  g_auto(GStrv) lines = g_strsplit(content, "\n", -1);
  OnrTestCase *open = NULL;
  for (guint i = 0; lines[i]; i++) {
    if (lines[i][0] == '#')
      continue;
    if (!*lines[i]) {
      open = NULL;
    } else if (!open) {
      open = g_new0(OnrTestCase, 1);
      open->line = i + 1;
      open->input = unescape(lines[i]);
      open->expected = g_ptr_array_new_with_free_func(g_free);
      g_ptr_array_add(cases, open);
    } else {
      g_ptr_array_add(open->expected, unescape(lines[i]));
    }
  }
  cr_assert_gt(cases->len, 0, "%s holds no case", path);
  return cases;
}

const char *onr_test_shared(void) {
  return g_file_test(ONR_TEST_SHARED, G_FILE_TEST_IS_DIR) ? ONR_TEST_SHARED : NULL;
}
