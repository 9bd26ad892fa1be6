/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include "archive/article_sketch.h"
#include "archive/engine.h"
#include "text/date.h"
#include "text/name.h"
#include "text/utf8.h"

#include <string.h>

/* --- the archive --- */

const char *onr_fixture_engine(void) {
  const char *name = g_getenv("ONR_TEST_ENGINE");
  return name ? name : onr_engine_names()[0];
}

OnrFixture *onr_fixture_new(void) {
  g_autoptr(GError) error = NULL;
  OnrFixture *fixture = g_new0(OnrFixture, 1);
  OnrArchiveSettings settings = {.engine = onr_fixture_engine()};
  fixture->dir = onr_test_make_dir();
  cr_assert_eq(onr_archive_create(fixture->dir, &settings, &error), TRUE, "%s", error ? error->message : "");
  fixture->archive = onr_archive_open(fixture->dir, ONR_OPEN_WRITE, &error);
  cr_assert_not_null(fixture->archive, "%s", error ? error->message : "");
  cr_assert_eq(onr_archive_begin(fixture->archive, &error), TRUE, "%s", error ? error->message : "");
  fixture->maker = onr_term_maker_new("english", NULL);
  fixture->doc = onr_document_new();
  fixture->postings = onr_article_postings_new();
  return fixture;
}

void onr_fixture_add(OnrFixture *fixture, OnrArticle *article) {
  g_autoptr(GError) error = NULL;
  OnrSource source = {.path = article->path, .member = "", .format = "test", .n_articles = 1};
  cr_assert_eq(onr_record_put_source(onr_archive_record(fixture->archive), &source, NULL, &error), TRUE, "%s",
               error ? error->message : "");
  onr_document_set_text(fixture->doc, article->text, article->text_length);
  onr_article_postings_make(fixture->postings, fixture->maker, article, fixture->doc);
  onr_article_make_sketches(article, fixture->postings);
  cr_assert_eq(onr_archive_put(fixture->archive, article, fixture->postings, &error), TRUE, "%s: %s",
               article->id, error ? error->message : "");
}

void onr_fixture_ready(OnrFixture *fixture) {
  g_autoptr(GError) error = NULL;
  cr_assert_eq(onr_archive_commit(fixture->archive, &error), TRUE, "%s", error ? error->message : "");
  onr_archive_close(fixture->archive);
  fixture->archive = onr_archive_open(fixture->dir, ONR_OPEN_READ, &error);
  cr_assert_not_null(fixture->archive, "%s", error ? error->message : "");
}

void onr_fixture_free(OnrFixture *fixture) {
  if (!fixture)
    return;
  onr_archive_close(fixture->archive);
  onr_article_postings_free(fixture->postings);
  onr_document_free(fixture->doc);
  onr_term_maker_free(fixture->maker);
  onr_test_remove_dir(fixture->dir);
  g_free(fixture->dir);
  g_free(fixture);
}

/* --- articles --- */

const char *onr_fixture_own(OnrArticle *article, const char *text) {
  return text ? g_string_chunk_insert(article->strings, text) : NULL;
}

void onr_fixture_set_text(OnrArticle *article, const char *text) {
  article->text = onr_fixture_own(article, text);
  article->text_length = strlen(text);
}

guint32 onr_fixture_entity(OnrArticle *article, OnrEntityType type, const char *name) {
  g_autofree char *id = onr_name_id(onr_entity_type_name(type), name);
  for (guint32 i = 0; i < article->entities->len; i++)
    if (!strcmp(g_array_index(article->entities, OnrEntityRow, i).id, id))
      return i;
  OnrEntityRow entity = {
      .id = onr_fixture_own(article, id), .name = onr_fixture_own(article, name), .type = type};
  g_array_append_val(article->entities, entity);
  return article->entities->len - 1;
}

/* --- articles as they are written --- */

typedef struct {
  OnrArticle *article;
  GString *text; /* without marks */
  guint32 n_points;
} Reader;

static void read_tagged(Reader *r, const char **p);

/* Plain text up to END or a tag. */
static void read_text(Reader *r, const char **p, const char *ends) {
  while (**p && !strchr(ends, **p)) {
    if (**p == '{') {
      read_tagged(r, p);
      continue;
    }
    const char *next = g_utf8_next_char(*p);
    g_string_append_len(r->text, *p, next - *p);
    r->n_points++;
    *p = next;
  }
}

static OnrQuoteRow *quote_at(Reader *r, char digit) {
  guint n = (guint)(digit - '1');
  cr_assert_lt(n, r->article->quotes->len, "no quote: line for {%c}", digit);
  return &g_array_index(r->article->quotes, OnrQuoteRow, n);
}

static OnrEntityType type_of(char letter) {
  return letter == 'p' ? ONR_ENTITY_PERSON : letter == 'o' ? ONR_ENTITY_ORG : ONR_ENTITY_PLACE;
}

static void add_mention(Reader *r, char letter, OnrSpan span, gsize begin, const char **p) {
  g_autofree char *name = g_strdup(r->text->str + begin);
  if (**p == '|') {
    const char *end = strchr(*p, '}');
    g_free(name);
    name = g_strndup(*p + 1, (gsize)(end - *p - 1));
    *p = end;
  }
  OnrMentionRow mention = {span, onr_fixture_entity(r->article, type_of(letter), name)};
  g_array_append_val(r->article->mentions, mention);
}

/* {c1:…} or {p:…|…} at *P. */
static void read_tagged(Reader *r, const char **p) {
  char letter = (*p)[1], digit = (*p)[2];
  gboolean is_mention = digit == ':';
  gsize begin = r->text->len;
  OnrSpan span = {r->n_points, 0};
  *p += is_mention ? 3 : 4;
  read_text(r, p, is_mention ? "|}" : "}");
  span.end = r->n_points;
  if (is_mention)
    add_mention(r, letter, span, begin, p);
  else
    g_array_append_val(letter == 'c'   ? quote_at(r, digit)->content
                       : letter == 's' ? quote_at(r, digit)->source
                                       : quote_at(r, digit)->cue,
                       span);
  cr_assert_eq(**p, '}', "unclosed tag");
  ++*p;
}

/* "direct speech 90 person:Sergey Lavrov | Foreign Minister" */
static void read_quote(OnrArticle *article, const char *value) {
  g_auto(GStrv) halves = g_strsplit(value, " | ", 2);
  g_auto(GStrv) words = g_strsplit(halves[0], " ", 4);
  OnrQuoteRow *quote = onr_article_add_quote(article);
  quote->kind = (OnrQuoteKind)onr_quote_kind_parse(words[0]);
  quote->act = (OnrAct)onr_act_parse(words[1]);
  quote->confidence = (guint8)g_ascii_strtoull(words[2], NULL, 10);
  quote->role = onr_fixture_own(article, halves[1]);
  if (!words[3])
    return;
  g_auto(GStrv) speaker = g_strsplit(words[3], ":", 2);
  quote->speaker_type = (OnrSpeakerType)onr_speaker_type_parse(speaker[0]);
  g_auto(GStrv) names = g_strsplit(speaker[1] ? speaker[1] : "", " and ", -1);
  for (guint i = 0; names[i] && *names[i]; i++) {
    guint32 entity = onr_fixture_entity(article, (OnrEntityType)onr_entity_type_parse(speaker[0]), names[i]);
    g_array_append_val(quote->speakers, entity);
  }
}

static void read_published(OnrArticle *article, const char *value) {
  g_autofree char *iso = NULL;
  cr_assert_eq(onr_date_parse(value, &iso, &article->day), TRUE, "%s", value);
  article->published = onr_fixture_own(article, iso);
}

static void read_header(OnrArticle *article, const char *line) {
  const struct {
    const char *key;
    const char **member;
  } members[] = {{"id", &article->id},           {"title", &article->title},
                 {"byline", &article->byline},   {"publisher", &article->publisher},
                 {"section", &article->section}, {"language", &article->language},
                 {"url", &article->url},         {"path", &article->path}};
  g_auto(GStrv) parts = g_strsplit(line, ": ", 2);
  cr_assert_not_null(parts[1], "no header: %s", line);
  if (!strcmp(parts[0], "quote")) {
    read_quote(article, parts[1]);
    return;
  }
  if (!strcmp(parts[0], "published")) {
    read_published(article, parts[1]);
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS(members); i++) {
    if (!strcmp(parts[0], members[i].key)) {
      *members[i].member = onr_fixture_own(article, parts[1]);
      return;
    }
  }
  cr_assert_eq(0, 1, "unknown header: %s", line);
}

OnrArticle *onr_fixture_parse(const char *written) {
  OnrArticle *article = onr_article_new();
  article->day = ONR_NO_DAY;
  article->member = "";
  article->has_attribution = TRUE;
  const char *p = written;
  while (*p && *p != '\n') {
    const char *end = p + strcspn(p, "\n");
    g_autofree char *line = g_strndup(p, (gsize)(end - p));
    read_header(article, line);
    p = *end ? end + 1 : end;
  }
  p += *p == '\n';
  Reader r = {.article = article, .text = g_string_new(NULL)};
  read_text(&r, &p, "");
  onr_fixture_set_text(article, r.text->str);
  if (!article->path || !*article->path) {
    g_autofree char *path = g_strdup_printf("/news/%s.txt", article->id);
    article->path = onr_fixture_own(article, path);
  }
  g_string_free(r.text, TRUE);
  return article;
}

void onr_fixture_add_file(OnrFixture *fixture, const char *name) {
  g_autofree char *path = g_build_filename(ONR_TEST_QUERY, name, NULL);
  g_autofree char *content = NULL;
  cr_assert_eq(g_file_get_contents(path, &content, NULL, NULL), TRUE, "%s", path);
  g_auto(GStrv) articles = g_strsplit(content, "----\n", -1);
  for (guint i = 0; articles[i]; i++) {
    g_autoptr(OnrArticle) article = onr_fixture_parse(articles[i]);
    onr_fixture_add(fixture, article);
  }
}
