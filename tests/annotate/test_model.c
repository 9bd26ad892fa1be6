/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The models' files: what is wrong with one is said, and nothing is read beyond it. */
#include "annotate/model.h"
#include "annotate/recogniser.h"
#include "support/support.h"
#include "text/error.h"

#include <string.h>

ONR_SUITE(model);

/* What recognition and attribution may weigh on disk. */
#define MODEL_BYTES_MAX ((gsize)12 * 1000 * 1000)

static const struct {
  const OnrModelFile *kind;
  const char *name;
} kinds[] = {{&onr_attribution_file, ONR_ATTRIBUTION_MODEL}, {&onr_entity_file, ONR_ENTITY_MODEL}};

typedef struct {
  const OnrModelFile *kind;
  char *folder, *path;
  char *bytes;
  gsize length;
} Copy;

static void copy_open(Copy *c, guint k) {
  g_autofree char *model = onr_model_find(kinds[k].name);
  g_autoptr(GError) error = NULL;
  c->kind = kinds[k].kind;
  c->folder = onr_test_make_dir();
  c->path = g_build_filename(c->folder, kinds[k].name, NULL);
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
  g_autoptr(GMappedFile) file = onr_model_map(c->path, c->kind, &error);
  cr_assert_null(file);
  cr_assert_neq(g_error_matches(error, ONR_ERROR, (gint)code), FALSE, "%s", error->message);
  cr_assert_not_null(strstr(error->message, words), "\"%s\" does not say \"%s\"", error->message, words);
  cr_assert_not_null(strstr(error->message, c->path), "\"%s\" does not name the file", error->message);
}

Test(model, a_whole_one_is_opened) {
  for (guint k = 0; k < G_N_ELEMENTS(kinds); k++) {
    Copy c;
    g_autoptr(GError) error = NULL;
    copy_open(&c, k);
    copy_write(&c, c.length);
    g_autoptr(GMappedFile) file = onr_model_map(c.path, c.kind, &error);
    cr_assert_not_null(file, "%s", error ? error->message : "");
    cr_assert_eq(c.length, c.kind->bytes);
    cr_assert_lt(c.length, MODEL_BYTES_MAX);
    copy_close(&c);
  }
}

Test(model, a_missing_one_is_told) {
  for (guint k = 0; k < G_N_ELEMENTS(kinds); k++) {
    Copy c;
    copy_open(&c, k);
    expect_refused(&c, ONR_ERROR_IO, "ONRECORD_MODELS");
    copy_close(&c);
  }
}

Test(model, a_cut_one_is_told) {
  for (guint k = 0; k < G_N_ELEMENTS(kinds); k++) {
    Copy c;
    copy_open(&c, k);
    const gsize lengths[] = {
        0, 7, 100, ONR_MODEL_HEADER_BYTES - 1, ONR_MODEL_HEADER_BYTES, c.kind->bytes - 1};
    for (guint i = 0; i < G_N_ELEMENTS(lengths); i++) {
      copy_write(&c, lengths[i]);
      expect_refused(&c, ONR_ERROR_CORRUPT, "install");
    }
    copy_close(&c);
  }
}

Test(model, a_changed_byte_is_told) {
  for (guint k = 0; k < G_N_ELEMENTS(kinds); k++) {
    Copy c;
    copy_open(&c, k);
    const gsize places[] = {sizeof(OnrModelSeal), ONR_MODEL_HEADER_BYTES + 12345, c.kind->bytes - 1};
    for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
      c.bytes[places[i]] ^= 0x10;
      copy_write(&c, c.length);
      expect_refused(&c, ONR_ERROR_CORRUPT, "damaged");
      c.bytes[places[i]] ^= 0x10;
    }
    copy_close(&c);
  }
}

Test(model, one_for_other_features_is_told) {
  for (guint k = 0; k < G_N_ELEMENTS(kinds); k++) {
    Copy c;
    copy_open(&c, k);
    c.bytes[G_STRUCT_OFFSET(OnrModelSeal, features)] ^= 0x40;
    copy_write(&c, c.length);
    expect_refused(&c, ONR_ERROR_UNSUPPORTED, "onrecord-train");
    c.bytes[0] = 'X';
    copy_write(&c, c.length);
    expect_refused(&c, ONR_ERROR_CORRUPT, "build one with onrecord-train");
    copy_close(&c);
  }
}

/* Each would do for the other if nothing but its length and sum were looked at. */
Test(model, another_kind_is_told) {
  for (guint k = 0; k < G_N_ELEMENTS(kinds); k++) {
    Copy c;
    copy_open(&c, k);
    copy_write(&c, c.length);
    c.kind = kinds[1 - k].kind;
    expect_refused(&c, ONR_ERROR_CORRUPT, c.kind->name);
    copy_close(&c);
  }
}
