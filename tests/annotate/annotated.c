/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotated.h"

#include <string.h>

void annotated_init(Annotated *a) {
  GError *error = NULL;
  a->annotator = onr_annotator_new(&error);
  cr_assert_not_null(a->annotator, "%s", error ? error->message : "");
  a->doc = onr_document_new();
  a->found = onr_annotation_new();
}

void annotated_clear(Annotated *a) {
  onr_annotator_free(a->annotator);
  onr_document_free(a->doc);
  onr_annotation_free(a->found);
}

void annotated_set(Annotated *a, const char *text, const char *title) {
  OnrArticleHeader header = {.title = title};
  onr_document_set_text(a->doc, text, strlen(text));
  onr_annotate(a->annotator, a->doc, &header, a->found);
}

typedef struct {
  const char *title;
  const char *broken; /* the reason of a known defect */
  GPtrArray *lines;   /* borrowed strings */
} Expected;

static void read_expected(const OnrTestCase *c, Expected *out) {
  *out = (Expected){.lines = g_ptr_array_new()};
  for (guint i = 0; i < c->expected->len; i++) {
    const char *line = c->expected->pdata[i];
    if (g_str_has_prefix(line, "@title "))
      out->title = line + strlen("@title ");
    else if (g_str_has_prefix(line, "@broken "))
      out->broken = line + strlen("@broken ");
    else if (strcmp(line, "none") != 0)
      g_ptr_array_add(out->lines, (gpointer)line);
  }
}

static char *all_lines(const Annotated *a, guint n, AnnotatedLine line) {
  GString *s = g_string_new(NULL);
  for (guint i = 0; i < n; i++) {
    g_autofree char *text = line(a, i);
    g_string_append_printf(s, "\n    %s", text);
  }
  return g_string_free(s, FALSE);
}

static char *joined(const GPtrArray *lines) {
  GString *s = g_string_new(NULL);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf(s, "\n    %s", (const char *)lines->pdata[i]);
  return g_string_free(s, FALSE);
}

void annotated_run_cases(const char *name, guint (*count)(const Annotated *a), AnnotatedLine line) {
  g_auto(Annotated) a = {0};
  annotated_init(&a);
  g_autoptr(GPtrArray) cases = onr_test_cases(name);
  for (guint i = 0; i < cases->len; i++) {
    const OnrTestCase *c = cases->pdata[i];
    Expected expected;
    read_expected(c, &expected);
    annotated_set(&a, c->input, expected.title);
    g_autofree char *got = all_lines(&a, count(&a), line), *want = joined(expected.lines);
    if (expected.broken)
      cr_expect_str_neq(got, want, "%s:%u: passes though marked broken (%s)", name, c->line, expected.broken);
    else
      cr_expect_str_eq(got, want, "%s:%u: %s\n  expected%s\n  found%s", name, c->line, c->input, want, got);
    g_ptr_array_unref(expected.lines);
  }
}
