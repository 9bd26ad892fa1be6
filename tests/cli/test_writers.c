/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each kind of record, made by hand with everything odd that a record may hold, in each format that writes
   it, against tests/cli/records/KIND.FORMAT. ONR_UPDATE_GOLDEN=1 in the environment writes those files anew.
 */
#include "cli/shapes.h"
#include "cli/writer.h"
#include "made_records.h"
#include "support/support.h"
#include <jansson.h>
#include <string.h>

ONR_SUITE(writers);

/* --- against the files --- */

static void compare(const char *name, const char *bytes, gsize length) {
  g_autofree char *path = g_build_filename(ONR_TEST_RECORDS, name, NULL);
  g_autofree char *expected = NULL;
  gsize expected_length = 0;
  if (g_getenv("ONR_UPDATE_GOLDEN"))
    cr_assert_eq(g_file_set_contents(path, bytes, (gssize)length, NULL), TRUE);
  cr_assert_eq(g_file_get_contents(path, &expected, &expected_length, NULL), TRUE, "%s: missing", path);
  cr_assert_eq(length == expected_length && !memcmp(bytes, expected, length), TRUE, "%s: is\n%s\nnot\n%s",
               name, bytes, expected);
}

/* Whatever is written as JSON can be read as JSON, and the document names its version. */
static void check_json(const char *name, const char *bytes, OnrFormat format) {
  json_error_t fault;
  g_auto(GStrv) lines = g_strsplit(bytes, "\n", -1);
  if (format == ONR_FORMAT_JSON) {
    json_t *document = json_loads(bytes, JSON_REJECT_DUPLICATES, &fault);
    cr_assert_not_null(document, "%s: %s", name, fault.text);
    cr_assert_eq(json_integer_value(json_object_get(document, "output_version")), ONR_OUTPUT_VERSION);
    json_decref(document);
  }
  for (guint i = 0; format == ONR_FORMAT_JSONL && lines[i] && *lines[i]; i++) {
    json_t *object = json_loads(lines[i], JSON_REJECT_DUPLICATES, &fault);
    cr_assert_not_null(object, "%s, line %u: %s", name, i + 1, fault.text);
    json_decref(object);
  }
}

static void check_harmless(const char *name, const char *bytes, gsize length) {
  for (gsize i = 0; i < length; i++)
    cr_assert_eq((guchar)bytes[i] < ' ' && !strchr("\t\r\n", bytes[i]), FALSE,
                 "%s: a control character at byte %" G_GSIZE_FORMAT, name, i);
  cr_assert_null(strstr(bytes, "\302\233"), "%s: a C1 control", name);
}

static void check(const char *name, OnrFormat format, OnrRecordKind kind, gboolean is_batch,
                  void (*put)(OnrWriter *w)) {
  gsize length = 0;
  char *bytes = made_bytes(format, kind, is_batch, put, &length);
  g_autofree char *file = g_strdup_printf("%s.%s", name, onr_format_name(format));
  cr_assert_eq(g_utf8_validate(bytes, (gssize)length, NULL), TRUE, "%s: not valid UTF-8", file);
  check_json(file, bytes, format);
  if (format != ONR_FORMAT_CSV &&
      format != ONR_FORMAT_TSV) /* those keep an article's text as it is, unless a terminal reads it */
    check_harmless(file, bytes, length);
  compare(file, bytes, length);
  free(bytes);
}

/* NAME in every format that writes KIND. */
static void check_formats(const char *name, OnrRecordKind kind, gboolean is_batch,
                          void (*put)(OnrWriter *w)) {
  for (OnrFormat format = ONR_FORMAT_TEXT; format <= ONR_FORMAT_TREC; format++)
    if (onr_writer_can_write(format, kind))
      check(name, format, kind, is_batch, put);
}

Test(writers, hits) {
  check_formats("quote-hits", ONR_RECORD_QUOTE_HIT, FALSE, put_quote_hits);
  check_formats("article-hits", ONR_RECORD_ARTICLE_HIT, FALSE, put_article_hits);
  check_formats("quote-hits-batch", ONR_RECORD_QUOTE_HIT, TRUE, put_quote_hits);
  check_formats("no-hits", ONR_RECORD_QUOTE_HIT, FALSE, put_no_hits);
  check_formats("no-hits-batch", ONR_RECORD_QUOTE_HIT, TRUE, put_no_hits);
}

Test(writers, explanations) {
  check("explained", ONR_FORMAT_TEXT, ONR_RECORD_ARTICLE_HIT, FALSE, put_explained_hit);
  check("explained", ONR_FORMAT_JSON, ONR_RECORD_ARTICLE_HIT, FALSE, put_explained_hit);
}

Test(writers, facets_and_counts) {
  check_formats("speakers", ONR_RECORD_SPEAKER, FALSE, put_facets);
  check_formats("entities", ONR_RECORD_ENTITY, FALSE, put_facets);
  check_formats("quoted-entities", ONR_RECORD_QUOTED_ENTITY, FALSE, put_facets);
  check_formats("count", ONR_RECORD_COUNT, FALSE, put_counts);
  check_formats("count-batch", ONR_RECORD_COUNT, TRUE, put_counts);
}

Test(writers, articles) {
  check_formats("article", ONR_RECORD_ARTICLE, FALSE, put_article);
  check_formats("passage", ONR_RECORD_PASSAGE, FALSE, put_passage);
  check_formats("annotated", ONR_RECORD_ANNOTATED, FALSE, put_annotated);
}

Test(writers, exports) {
  check_formats("export-articles", ONR_RECORD_EXPORTED_ARTICLE, FALSE, put_two_articles);
  check_formats("export-quotes", ONR_RECORD_EXPORTED_QUOTE, FALSE, put_quotes);
  check_formats("export-entities", ONR_RECORD_EXPORTED_ENTITY, FALSE, put_identities);
  check_formats("dossiers", ONR_RECORD_DOSSIER, FALSE, put_dossiers);
  check_formats("corrections", ONR_RECORD_CORRECTION, FALSE, put_corrections);
}

Test(writers, archive) {
  check_formats("skipped", ONR_RECORD_SKIPPED, FALSE, put_skipped);
  check_formats("survey", ONR_RECORD_SURVEY, FALSE, put_survey);
  check_formats("status", ONR_RECORD_STATUS, FALSE, put_status);
  check_formats("status-empty", ONR_RECORD_STATUS, FALSE, put_empty_status);
  check_formats("findings", ONR_RECORD_FINDING, FALSE, put_findings);
  check_formats("summary", ONR_RECORD_SUMMARY, FALSE, put_summary);
  check_formats("summary-idle", ONR_RECORD_SUMMARY, FALSE, put_idle_summary);
}

/* --- what no file shows --- */

Test(writers, rows_on_a_terminal_hold_no_controls) {
  char *bytes = NULL;
  size_t length = 0;
  OnrOutput out = {.file = open_memstream(&bytes, &length), .width = 80, .is_terminal = TRUE};
  OnrWriter *w = onr_writer_new(ONR_FORMAT_CSV, ONR_RECORD_QUOTE_HIT, FALSE, FALSE, &out);
  put_quote_hits(w);
  onr_writer_close(w);
  fclose(out.file);
  check_harmless("csv on a terminal", bytes, length);
  free(bytes);
}

Test(writers, quiet_text_is_results_only) {
  char *bytes = NULL;
  size_t length = 0;
  OnrOutput out = {.file = open_memstream(&bytes, &length), .width = 80};
  OnrWriter *w = onr_writer_new(ONR_FORMAT_TEXT, ONR_RECORD_QUOTE_HIT, FALSE, TRUE, &out);
  put_quote_hits(w);
  onr_writer_close(w);
  fclose(out.file);
  cr_assert_not_null(strstr(bytes, "Ada Quill"));
  cr_assert_null(strstr(bytes, "4,310"));
  free(bytes);
}

Test(writers, scores_read_back_as_the_same_number) {
  static const double scores[] = {
      0.1, 1.0 / 3, 12.345678901234567, 1e-300, 5e-324, 1.7976931348623157e308, 0, -2.5, 1e15, 123456789.123};
  for (guint i = 0; i < G_N_ELEMENTS(scores); i++) {
    g_autoptr(GString) text = g_string_new(NULL);
    onr_real_append(text, scores[i], ONR_REAL_EXACT);
    cr_assert_eq(g_ascii_strtod(text->str, NULL), scores[i], "%s", text->str);
  }
  g_autoptr(GString) none = g_string_new(NULL);
  onr_real_append(none, g_ascii_strtod("nan", NULL), ONR_REAL_EXACT);
  cr_assert_str_eq(none->str, "null");
}

Test(writers, what_a_format_does_not_write) {
  cr_assert_eq(onr_writer_can_write(ONR_FORMAT_TREC, ONR_RECORD_COUNT), FALSE);
  cr_assert_eq(onr_writer_can_write(ONR_FORMAT_CSV, ONR_RECORD_STATUS), FALSE);
  cr_assert_eq(onr_writer_can_write(ONR_FORMAT_TEXT, ONR_RECORD_EXPORTED_QUOTE), FALSE);
}
