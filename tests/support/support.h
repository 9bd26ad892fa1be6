/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What every test file shares. A suite declared with ONR_SUITE has each of its tests end with a leak check: Criterion runs a
   test in a child process that ends without LeakSanitizer's report, so the check is asked for here and a leak fails the test. */
#pragma once

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/parameterized.h>

#include <glib.h>

#define ONR_SUITE(name) TestSuite(name, .fini = onr_test_check_leaks)

/* Fails the running test when memory allocated in it can no longer be reached (sanitizer builds; else does nothing). */
void onr_test_check_leaks(void);

/* A fresh folder below the build tree's temporary space; removed by onr_test_remove_dir. The caller frees it. */
char *onr_test_make_dir(void);
void onr_test_remove_dir(const char *path);

/* Writes CONTENT (LENGTH bytes, -1 for up to the NUL) to DIR/NAME, folders made as needed. Returns the path; the caller frees it. */
char *onr_test_write(const char *dir, const char *name, const char *content, gssize length);

/* One group of a tests/cases/NAME.test file: groups are separated by blank lines, '#' starts a comment line, the first line is the
   input, the others what is expected. "\n", "\t", "\\" and "\xHH" in a line stand for those characters. */
typedef struct {
  guint line;         /* of the group's first line, from 1 */
  char *input;
  GPtrArray *expected; /* char * */
} OnrTestCase;

/* Reads tests/cases/NAME (path known from the build); fails the test when it cannot be read or is empty. Owned GPtrArray of
   OnrTestCase. */
GPtrArray *onr_test_cases(const char *name);

/* The folder ../shared beside the checkout when it is there, else NULL; borrowed. Tests that need it skip with a line that says so. */
const char *onr_test_shared(void);
