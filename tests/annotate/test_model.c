/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The model's file: what is wrong with it is said, and nothing is read beyond it. */
#include "annotate/model.h"
#include "support/support.h"
#include "text/error.h"

#include <string.h>

ONR_SUITE(model);

typedef struct {
  char *folder, *path;
  char *bytes;
  gsize length;
} Copy;

static void copy_open(Copy *c) {
  g_autofree char *model = onr_model_find();
  g_autoptr(GError) error = NULL;
  c->folder = onr_test_make_dir();
  c->path = g_build_filename(c->folder, "attribution.model", NULL);
  cr_assert_neq(g_file_get_contents(model, &c->bytes, &c->length, &error), FALSE, "%s",
                error ? error->message : "");
}

static void copy_write(const Copy *c, gsize length) {
  cr_assert_neq(g_file_set_contents(c->path, c->bytes, (gssize)length, NULL), FALSE);
}

static void copy_close(Copy *c) {
  onr_test_remove_dir(c->folder);
  g_free(c->folder);
  g_free(c->path);
  g_free(c->bytes);
}

static void expect_refused(const Copy *c, OnrErrorCode code, const char *words) {
  g_autoptr(GError) error = NULL;
  g_autoptr(OnrModel) model = onr_model_open(c->path, &error);
  cr_assert_null(model);
  cr_assert_neq(g_error_matches(error, ONR_ERROR, (gint)code), FALSE, "%s", error->message);
  cr_assert_not_null(strstr(error->message, words), "\"%s\" does not say \"%s\"", error->message, words);
  cr_assert_not_null(strstr(error->message, c->path), "\"%s\" does not name the file", error->message);
}

Test(model, a_whole_one_is_opened) {
  Copy c;
  g_autoptr(GError) error = NULL;
  copy_open(&c);
  copy_write(&c, c.length);
  g_autoptr(OnrModel) model = onr_model_open(c.path, &error);
  cr_assert_not_null(model, "%s", error ? error->message : "");
  cr_assert_eq(c.length, ONR_MODEL_BYTES);
  cr_assert_lt(ONR_MODEL_BYTES, (gsize)12 * 1000 * 1000);
  copy_close(&c);
}

Test(model, a_missing_one_is_told) {
  Copy c;
  copy_open(&c);
  expect_refused(&c, ONR_ERROR_IO, "ONRECORD_MODEL");
  copy_close(&c);
}

Test(model, a_cut_one_is_told) {
  static const gsize lengths[] = {
      0, 7, 100, ONR_MODEL_HEADER_BYTES - 1, ONR_MODEL_HEADER_BYTES, ONR_MODEL_BYTES - 1};
  Copy c;
  copy_open(&c);
  for (guint k = 0; k < G_N_ELEMENTS(lengths); k++) {
    copy_write(&c, lengths[k]);
    expect_refused(&c, ONR_ERROR_CORRUPT, "install");
  }
  copy_close(&c);
}

Test(model, a_changed_byte_is_told) {
  static const gsize places[] = {ONR_MODEL_CHECKED_FROM, ONR_MODEL_HEADER_BYTES + 12345, ONR_MODEL_BYTES - 1};
  Copy c;
  copy_open(&c);
  for (guint k = 0; k < G_N_ELEMENTS(places); k++) {
    c.bytes[places[k]] ^= 0x10;
    copy_write(&c, c.length);
    expect_refused(&c, ONR_ERROR_CORRUPT, "damaged");
    c.bytes[places[k]] ^= 0x10;
  }
  copy_close(&c);
}

Test(model, one_for_other_features_is_told) {
  Copy c;
  copy_open(&c);
  c.bytes[G_STRUCT_OFFSET(OnrModelHeader, features)] ^= 0x40;
  copy_write(&c, c.length);
  expect_refused(&c, ONR_ERROR_UNSUPPORTED, "onrecord-train");
  c.bytes[0] = 'X';
  copy_write(&c, c.length);
  expect_refused(&c, ONR_ERROR_CORRUPT, "no attribution model");
  copy_close(&c);
}
