/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inputs.h"

#include "support/support.h"

#include <gio/gio.h>
#include <string.h>

GBytes *onr_test_gzip(const char *content, gsize length) {
  g_autoptr(GZlibCompressor) gzip = g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable();
  g_autoptr(GOutputStream) packed = g_converter_output_stream_new(memory, G_CONVERTER(gzip));
  GError *error = NULL;
  g_output_stream_write_all(packed, content, length, NULL, NULL, &error);
  cr_assert_null(error);
  g_output_stream_close(packed, NULL, &error);
  cr_assert_null(error);
  return g_memory_output_stream_steal_as_bytes(G_MEMORY_OUTPUT_STREAM(memory));
}

char *onr_test_write_gzip(const char *dir, const char *name, const char *content, gsize length, gsize cut) {
  g_autoptr(GBytes) packed = onr_test_gzip(content, length);
  return onr_test_write(dir, name, g_bytes_get_data(packed, NULL), (gssize)(g_bytes_get_size(packed) - cut));
}

OnrTestArchive *onr_test_archive_new(void) {
  OnrTestArchive *t = g_new0(OnrTestArchive, 1);
  GError *error = NULL;
  t->dir = onr_test_make_dir();
  t->input = g_build_filename(t->dir, "in", NULL);
  t->skipped = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *archive = g_build_filename(t->dir, ONR_ARCHIVE_FOLDER, NULL);
  cr_assert_neq(onr_archive_create(archive, NULL, &error), FALSE, "%s", error ? error->message : "");
  t->archive = onr_archive_open(archive, ONR_OPEN_WRITE, &error);
  cr_assert_not_null(t->archive, "%s", error ? error->message : "");
  cr_assert_eq(g_mkdir_with_parents(t->input, 0777), 0);
  return t;
}

void onr_test_archive_free(OnrTestArchive *t) {
  onr_archive_close(t->archive);
  onr_test_remove_dir(t->dir);
  g_ptr_array_unref(t->skipped);
  g_free(t->input);
  g_free(t->dir);
  g_free(t);
}

static void note_skipped(const char *path, const char *member, const char *reason, gpointer data) {
  OnrTestArchive *t = data;
  g_autofree char *name = g_path_get_basename(path);
  g_ptr_array_add(t->skipped, g_strdup_printf("%s%s%s: %s", name, *member ? ":" : "", member, reason));
}

GError *onr_test_index_paths(OnrTestArchive *t, const char *const *paths, const OnrIndexOptions *options) {
  OnrIndexOptions with_notes = options ? *options : (OnrIndexOptions){0};
  if (!with_notes.skipped)
    with_notes.skipped = note_skipped;
  if (!with_notes.data)
    with_notes.data = t;
  g_ptr_array_set_size(t->skipped, 0);
  GError *error = NULL;
  gboolean is_done = onr_index(t->archive, paths, &with_notes, &t->report, &error);
  cr_assert_eq(is_done, error == NULL);
  return error;
}

void onr_test_index(OnrTestArchive *t, const OnrIndexOptions *options) {
  const char *const paths[] = {t->input, NULL};
  g_autoptr(GError) error = onr_test_index_paths(t, paths, options);
  cr_assert_null(error, "%s", error ? error->message : "");
}

static void each_article(OnrTestArchive *t, void (*use)(const OnrArticle *article, GString *out),
                         GString *out) {
  OnrRecord *record = onr_archive_record(t->archive);
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  g_autoptr(OnrArticle) article = onr_article_new();
  cr_assert_neq(onr_record_article_rows_by_id(record, rows, NULL), FALSE);
  for (guint i = 0; i < rows->len; i++) {
    cr_assert_neq(onr_record_load_article(record, g_array_index(rows, gint64, i), TRUE, article, NULL),
                  FALSE);
    use(article, out);
  }
}

static void add_id(const OnrArticle *article, GString *out) {
  g_string_append_printf(out, "%s%s", out->len ? " " : "", article->id);
}

char *onr_test_ids(OnrTestArchive *t) {
  GString *out = g_string_new(NULL);
  each_article(t, add_id, out);
  return g_string_free(out, FALSE);
}

static void add_field(GString *out, const char *name, const char *value) {
  if (value)
    g_string_append_printf(out, "  %s: %s\n", name, value);
}

static void add_spans(GString *out, const char *name, const GArray *spans) {
  g_string_append_printf(out, " %s", name);
  for (guint i = 0; i < spans->len; i++) {
    OnrSpan span = g_array_index(spans, OnrSpan, i);
    g_string_append_printf(out, " %u-%u", span.begin, span.end);
  }
}

static void add_quotes(const OnrArticle *article, GString *out) {
  for (guint i = 0; i < article->quotes->len; i++) {
    const OnrQuoteRow *quote = &g_array_index(article->quotes, OnrQuoteRow, i);
    g_string_append_printf(out, "  quote: %d %d %d %d %d %s", quote->kind, quote->act, quote->speaker_type,
                           quote->confidence, quote->speaker_confidence, quote->role ? quote->role : "-");
    for (guint k = 0; k < quote->speakers->len; k++)
      g_string_append_printf(out, " by %s", onr_article_speaker(article, quote, k)->id);
    add_spans(out, "source", quote->source);
    add_spans(out, "cue", quote->cue);
    add_spans(out, "content", quote->content);
    g_string_append_c(out, '\n');
  }
}

static void add_article(const OnrArticle *article, GString *out) {
  g_autofree char *name = g_path_get_basename(article->path);
  g_string_append_printf(out, "%s (%s:%s) day %d attribution %d\n", article->id, name, article->member,
                         article->day, article->has_attribution);
  add_field(out, "title", article->title);
  add_field(out, "byline", article->byline);
  add_field(out, "dateline", article->dateline);
  add_field(out, "published", article->published);
  add_field(out, "publisher", article->publisher);
  add_field(out, "section", article->section);
  add_field(out, "language", article->language);
  add_field(out, "url", article->url);
  add_field(out, "text", article->text);
  for (guint i = 0; i < article->mentions->len; i++) {
    const OnrMentionRow *mention = &g_array_index(article->mentions, OnrMentionRow, i);
    g_string_append_printf(out, "  mention: %u-%u %s\n", mention->span.begin, mention->span.end,
                           g_array_index(article->entities, OnrEntityRow, mention->entity).id);
  }
  add_quotes(article, out);
}

static gboolean add_identity(const OnrIdentity *identity, const GPtrArray *aliases, const GPtrArray *roles,
                             gpointer data) {
  GString *out = data;
  g_string_append_printf(out, "%s %s %d:", identity->id, identity->name, identity->type);
  for (guint i = 0; i < aliases->len; i++)
    g_string_append_printf(out, " [%s]", (const char *)aliases->pdata[i]);
  for (guint i = 0; i < roles->len; i++)
    g_string_append_printf(out, " (%s)", (const char *)roles->pdata[i]);
  g_string_append_c(out, '\n');
  return TRUE;
}

char *onr_test_dump(OnrTestArchive *t) {
  GString *out = g_string_new(NULL);
  each_article(t, add_article, out);
  cr_assert_neq(onr_record_each_identity(onr_archive_record(t->archive), add_identity, out, NULL), FALSE);
  return g_string_free(out, FALSE);
}

OnrArticle *onr_test_load(OnrTestArchive *t, const char *id) {
  OnrRecord *record = onr_archive_record(t->archive);
  gint64 row = onr_record_find_article(record, id, NULL);
  if (row == 0)
    return NULL;
  OnrArticle *article = onr_article_new();
  cr_assert_neq(onr_record_load_article(record, row, TRUE, article, NULL), FALSE);
  return article;
}

void onr_test_check(OnrTestArchive *t) {
  const OnrIndexProgress *r = &t->report;
  cr_assert_eq(r->n_items, r->n_stored + r->n_skipped + r->n_duplicates + r->n_replaced + r->n_killed + r->n_kills);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);
  GError *error = NULL;
  cr_assert_neq(onr_archive_check(t->archive, findings, &error), FALSE, "%s", error ? error->message : "");
  cr_assert_eq(findings->len, 0, "check: %s", findings->len ? (char *)findings->pdata[0] : "");
}
