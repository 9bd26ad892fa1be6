/* SPDX-License-Identifier: GPL-2.0-or-later */
/* docs/output.md against what is written: every member of every record stands in the table of its section, in
   that order and of that type, and nothing stands there that is not written. */
#include "made_records.h"
#include "support/support.h"
#include <jansson.h>
#include <string.h>

ONR_SUITE(contract);

typedef struct {
  char *name; /* "article.id", "entities[].begin" */
  char *type; /* "string or null" */
  gboolean is_optional, is_seen;
} Member;

static void member_free(gpointer p) {
  Member *m = p;
  g_free(m->name);
  g_free(m->type);
  g_free(m);
}

/* --- the document --- */

/* "| `id` | string | the article's id |" */
static Member *read_row(const char *line) {
  g_auto(GStrv) cells = g_strsplit(line, "|", -1);
  if (g_strv_length(cells) < 4 || !strchr(cells[1], '`'))
    return NULL;
  Member *m = g_new0(Member, 1);
  m->name = g_strdup(g_strstrip(cells[1]) + 1);
  *strchr(m->name, '`') = '\0';
  m->type = g_strdup(g_strstrip(cells[2]));
  m->is_optional = strstr(cells[3], "only with `--explain`") != NULL;
  return m;
}

static GPtrArray *read_section(const char *heading) {
  g_autofree char *text = NULL;
  cr_assert_eq(g_file_get_contents(ONR_TEST_CONTRACT, &text, NULL, NULL), TRUE);
  g_autofree char *mark = g_strdup_printf("\n## %s", heading);
  const char *begin = strstr(text, mark);
  cr_assert_not_null(begin, "no section '%s'", heading);
  const char *end = strstr(begin + strlen(mark), "\n## ");
  g_autofree char *section = g_strndup(begin, end ? (gsize)(end - begin) : strlen(begin));
  GPtrArray *members = g_ptr_array_new_with_free_func(member_free);
  g_auto(GStrv) lines = g_strsplit(section, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    Member *m = read_row(lines[i]);
    if (m)
      g_ptr_array_add(members, m);
  }
  cr_assert_gt(members->len, 0, "no table under '%s'", heading);
  return members;
}

/* --- what is written --- */

static gboolean is_spans(const json_t *value) {
  gsize i;
  json_t *span;
  json_array_foreach(value, i, span) if (json_array_size(span) != 2 ||
                                         !json_is_integer(json_array_get(span, 0))) return FALSE;
  return json_is_array(value);
}

static gboolean is_of_type(const json_t *value, const char *type) {
  if (json_is_null(value))
    return g_str_has_suffix(type, " or null");
  return (g_str_has_prefix(type, "string") && json_is_string(value)) ||
         (g_str_has_prefix(type, "integer") && json_is_integer(value)) ||
         (g_str_has_prefix(type, "number") && json_is_number(value)) ||
         (g_str_has_prefix(type, "spans") && is_spans(value)) ||
         (g_str_has_prefix(type, "list") && json_is_array(value));
}

/* The member NAME, which must stand at *AT or, where what is between may be missing, after it. */
static Member *find_member(const GPtrArray *members, const char *name, guint *at) {
  for (; *at < members->len; ++*at) {
    Member *m = members->pdata[*at];
    if (!strcmp(m->name, name))
      return m;
    cr_assert_neq(m->is_optional || strstr(m->name, "[].") != NULL, 0, "'%s' stands where '%s' should", name,
                  m->name);
  }
  cr_assert_lt(*at, members->len, "'%s' is not in the table", name);
  return NULL;
}

static void check_object(const GPtrArray *members, json_t *object, const char *prefix, guint at);

static void check_value(const GPtrArray *members, const char *name, json_t *value, guint *at) {
  if (json_is_object(value)) {
    g_autofree char *inner = g_strdup_printf("%s.", name);
    check_object(members, value, inner, *at);
    while (*at < members->len && g_str_has_prefix(((Member *)members->pdata[*at])->name, inner))
      ++*at;
    return;
  }
  Member *m = find_member(members, name, at);
  cr_assert_eq(is_of_type(value, m->type), TRUE, "'%s' is no %s", name, m->type);
  m->is_seen |= !json_is_null(value);
  ++*at;
  if (!g_str_has_prefix(m->type, "list"))
    return;
  g_autofree char *inner = g_strdup_printf("%s[].", name);
  gsize i;
  json_t *item;
  json_array_foreach(value, i, item) check_object(members, item, inner, *at);
}

static void check_object(const GPtrArray *members, json_t *object, const char *prefix, guint at) {
  const char *key;
  json_t *value;
  json_object_foreach(object, key, value) {
    g_autofree char *name = g_strconcat(prefix, key, NULL);
    check_value(members, name, value, &at);
  }
}

static void check_all_seen(const GPtrArray *members, const char *heading) {
  for (guint i = 0; i < members->len; i++) {
    const Member *m = members->pdata[i];
    cr_assert_eq(m->is_seen || m->is_optional, TRUE, "%s: '%s' is never written", heading, m->name);
  }
}

/* The columns that a table's members are: inner names with '_', lists but tallies left out. */
static char *column_names(const GPtrArray *members) {
  GString *names = g_string_new(NULL);
  for (guint i = 0; i < members->len; i++) {
    const Member *m = members->pdata[i];
    gboolean is_tally = !strcmp(m->name, "aliases") || !strcmp(m->name, "roles");
    if (m->is_optional || strstr(m->name, "[].") || (!strcmp(m->type, "list") && !is_tally))
      continue;
    g_autofree char *name = g_strdelimit(g_strdup(m->name), ".", '_');
    g_string_append_printf(names, "%s%s", names->len ? "," : "", name);
  }
  return g_string_free(names, FALSE);
}

static void check_columns(const GPtrArray *members, OnrRecordKind kind, void (*put)(OnrWriter *w)) {
  if (!onr_writer_can_write(ONR_FORMAT_CSV, kind))
    return;
  gsize length = 0;
  char *bytes = made_bytes(ONR_FORMAT_CSV, kind, FALSE, put, &length);
  g_autofree char *names = column_names(members);
  *strchr(bytes, '\r') = '\0';
  cr_assert_str_eq(bytes, names);
  free(bytes);
}

static void check_kind(const char *heading, OnrRecordKind kind, void (*put)(OnrWriter *w)) {
  g_autoptr(GPtrArray) members = read_section(heading);
  gsize length = 0;
  char *bytes = made_bytes(ONR_FORMAT_JSONL, kind, FALSE, put, &length);
  g_auto(GStrv) lines = g_strsplit(bytes, "\n", -1);
  for (guint i = 0; *lines[i]; i++) {
    json_t *object = json_loads(lines[i], 0, NULL);
    check_object(members, object, "", 0);
    json_decref(object);
  }
  check_all_seen(members, heading);
  check_columns(members, kind, put);
  free(bytes);
}

Test(contract, records) {
  check_kind("Article hit", ONR_RECORD_ARTICLE_HIT, put_article_hits);
  check_kind("Quote hit", ONR_RECORD_QUOTE_HIT, put_quote_hits);
  check_kind("Speaker or entity", ONR_RECORD_SPEAKER, put_facets);
  check_kind("Speaker or entity", ONR_RECORD_QUOTED_ENTITY, put_facets);
  check_kind("Article (`export", ONR_RECORD_EXPORTED_ARTICLE, put_two_articles);
  check_kind("Quote (`export", ONR_RECORD_EXPORTED_QUOTE, put_quotes);
  check_kind("Quote (`export", ONR_RECORD_PASSAGE, put_passage);
  check_kind("Entity (`export", ONR_RECORD_EXPORTED_ENTITY, put_identities);
  check_kind("Identity (`who`", ONR_RECORD_DOSSIER, put_dossiers);
  check_kind("Correction (`corrections`", ONR_RECORD_CORRECTION, put_corrections);
  check_kind("Annotated article", ONR_RECORD_ANNOTATED, put_annotated);
  check_kind("Skipped item", ONR_RECORD_SKIPPED, put_skipped);
  check_kind("File that would be read", ONR_RECORD_SURVEY, put_survey);
  check_kind("Status", ONR_RECORD_STATUS, put_status);
  check_kind("Status", ONR_RECORD_STATUS, put_statuses);
  check_kind("Summary", ONR_RECORD_SUMMARY, put_summary);
  check_kind("Finding", ONR_RECORD_FINDING, put_findings);
}

/* A document is checked without its results, which are records. */
static void check_document(OnrRecordKind kind, void (*put)(OnrWriter *w)) {
  g_autoptr(GPtrArray) members = read_section("A document with an answer");
  gsize length = 0;
  char *bytes = made_bytes(ONR_FORMAT_JSON, kind, FALSE, put, &length);
  json_t *document = json_loads(bytes, 0, NULL);
  json_array_clear(json_object_get(document, "results"));
  check_object(members, document, "", 0);
  json_decref(document);
  free(bytes);
}

Test(contract, documents) {
  check_document(ONR_RECORD_QUOTE_HIT, put_quote_hits);
  check_document(ONR_RECORD_ARTICLE_HIT, put_article_hits);
  check_document(ONR_RECORD_ARTICLE_HIT, put_explained_hit);
  check_document(ONR_RECORD_SPEAKER, put_facets);
  check_document(ONR_RECORD_COUNT, put_counts);
}
