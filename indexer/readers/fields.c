/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/readers/fields.h"

#include "text/date.h"

#include <string.h>

#define MAX_NAME_BYTES 32

/* The names of each field, best first, as onr_header_find squeezes them: lower case, no '_', '-', ':' or
 * space. docs/formats.md lists the same. */
static const char *const NAMES[ONR_N_HEADERS][32] = {
    [ONR_HEADER_ID] = {"id", "guid", "urn", "uuid", "_id", "articleid", "storyid", "documentid", "docno"},
    [ONR_HEADER_TITLE] = {"title", "headline", "articletitle", "webtitle", "heading"},
    [ONR_HEADER_TEXT] = {"body",
                         "text",
                         "content",
                         "articlebody",
                         "contenttext",
                         "maintext",
                         "fulltext",
                         "articletext",
                         "bodytext",
                         "articlecontent",
                         "storytext",
                         "story",
                         "article",
                         [ONR_RANK_MARKUP] = "contenthtml",
                         "html",
                         "bodyhtml",
                         "contents",
                         "paragraphs",
                         "contentelements",
                         [ONR_RANK_SUMMARY] = "leadparagraph",
                         "summary",
                         "abstract",
                         "description",
                         "shortdescription",
                         "excerpt",
                         "snippet"},
    [ONR_HEADER_BYLINE] = {"author", "byline", "authors", "creator", "by", "writer", "journalist"},
    [ONR_HEADER_DATELINE] = {"dateline"},
    [ONR_HEADER_DATE] = {"date", "published", "datepublished", "publishdate", "publishedat", "pubdate",
                         "publicationdate", "publisheddate", "datepublish", "publishedtime",
                         "webpublicationdate", "firstpublished", "firstpublisheddate", "datecreated",
                         "created", "createdat", "pubdatetime", "dateofpublication", "loaddate"},
    [ONR_HEADER_PUBLISHER] = {"source", "publisher", "site", "publication", "sitename", "outlet", "newspaper",
                              "publicationname", "publicationtitle", "pubtitle", "medianame", "sourcename"},
    [ONR_HEADER_SECTION] = {"section", "category", "articlesection", "sectionname", "categories", "desk"},
    [ONR_HEADER_LANGUAGE] = {"language", "lang", "inlanguage"},
    [ONR_HEADER_URL] = {"url", "link", "canonicalurl", "permalink", "weburl", "canonical", "articleurl",
                        "storyurl", "documenturl"},
};

/* NAME without case and joints into OUT; FALSE where it is longer than any field's. */
static gboolean squeeze(const char *name, gsize length, char out[MAX_NAME_BYTES]) {
  gsize n = 0;
  for (gsize i = 0; i < length; i++) {
    char c = name[i];
    if (c == '-' || c == ':' || c == ' ' || (c == '_' && i > 0))
      continue;
    if (n == MAX_NAME_BYTES - 1)
      return FALSE;
    out[n++] = g_ascii_tolower(c);
  }
  out[n] = '\0';
  return n > 0;
}

int onr_header_find(const char *name, gssize length, guint *rank) {
  char key[MAX_NAME_BYTES];
  if (!squeeze(name, length < 0 ? strlen(name) : (gsize)length, key))
    return -1;
  for (int field = 0; field < ONR_N_HEADERS; field++)
    for (guint i = 0; i < G_N_ELEMENTS(NAMES[field]) && NAMES[field][i]; i++)
      if (*NAMES[field][i] == *key && strcmp(NAMES[field][i], key) == 0) {
        *rank = i;
        return field;
      }
  return -1;
}

/* Bytes of TEXT that fit LIMIT without cutting a character. */
static gsize cut_at_character(const char *text, gsize length, gsize limit) {
  if (length <= limit)
    return length;
  while (limit > 0 && ((guchar)text[limit] & 0xc0) == 0x80)
    limit--;
  return limit;
}

static gboolean is_blank(guchar c) {
  return c <= 0x20 || c == 0x7f;
}

const char *onr_header_clean(OnrArticle *article, const char *value, gssize length) {
  gsize n = length < 0 ? strlen(value) : (gsize)length;
  g_autoptr(GString) out = g_string_sized_new(MIN(n, ONR_MAX_FIELD_BYTES) + 1);
  gboolean is_gap = FALSE;
  for (gsize i = 0; i < n && out->len <= ONR_MAX_FIELD_BYTES; i++) {
    gboolean is_no_break = (guchar)value[i] == 0xc2 && i + 1 < n && (guchar)value[i + 1] == 0xa0;
    if (is_blank((guchar)value[i]) || is_no_break) {
      is_gap = out->len > 0;
      i += is_no_break ? 1 : 0;
      continue;
    }
    if (is_gap)
      g_string_append_c(out, ' ');
    is_gap = FALSE;
    g_string_append_c(out, value[i]);
  }
  g_string_truncate(out, cut_at_character(out->str, out->len, ONR_MAX_FIELD_BYTES));
  return out->len > 0 ? g_string_chunk_insert_len(article->strings, out->str, (gssize)out->len) : NULL;
}

void onr_fields_init(OnrFields *fields, OnrArticle *article) {
  *fields = (OnrFields){.article = article, .day = ONR_NO_DAY};
}

/* An id is compared and printed as it stands: one line, not cut. */
static const char *clean_id(OnrArticle *article, const char *value, gsize length) {
  if (length > ONR_MAX_ID_BYTES)
    return NULL;
  return onr_header_clean(article, value, (gssize)length);
}

/* "en", "EN_us", "english" as "en", "en-US", "en"; NULL for what is no language. */
static const char *clean_language(OnrArticle *article, const char *value, gsize length) {
  static const char *const words[][2] = {{"english", "en"}, {"french", "fr"},     {"german", "de"},
                                         {"spanish", "es"}, {"portuguese", "pt"}, {"italian", "it"},
                                         {"russian", "ru"}, {"dutch", "nl"},      {"arabic", "ar"},
                                         {"chinese", "zh"}, {"japanese", "ja"},   {"ukrainian", "uk"}};
  g_autofree char *code = g_strstrip(g_strndup(value, length));
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
    if (g_ascii_strcasecmp(code, words[i][0]) == 0)
      return words[i][1];
  gsize n = strspn(code, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
  gboolean is_code =
      (n == 2 || n == 3) && (code[n] == '\0' || code[n] == '-' || code[n] == '_') && strlen(code) <= 35;
  if (!is_code) /* RFC 5646, 4.4.1: 35 characters hold any tag in use */
    return NULL;
  for (gsize i = 0; code[i]; i++)
    code[i] = i < n ? g_ascii_tolower(code[i]) : code[i] == '_' ? '-' : code[i];
  return g_string_chunk_insert(article->strings, code);
}

static const char *clean_date(OnrFields *fields, const char *value, gsize length) {
  g_autofree char *text = g_strndup(value, MIN(length, ONR_MAX_FIELD_BYTES));
  g_autofree char *iso = NULL;
  gint32 day;
  if (!onr_date_parse(g_strstrip(text), &iso, &day))
    return NULL;
  fields->day = day;
  return g_string_chunk_insert(fields->article->strings, iso);
}

gboolean onr_fields_set(OnrFields *fields, OnrHeaderField field, guint rank, const char *value,
                        gssize length) {
  if (fields->values[field] && fields->ranks[field] <= rank)
    return FALSE;
  gsize n = length < 0 ? strlen(value) : (gsize)length;
  const char *clean = field == ONR_HEADER_DATE       ? clean_date(fields, value, n)
                      : field == ONR_HEADER_ID       ? clean_id(fields->article, value, n)
                      : field == ONR_HEADER_LANGUAGE ? clean_language(fields->article, value, n)
                                                     : onr_header_clean(fields->article, value, (gssize)n);
  if (!clean)
    return FALSE;
  fields->values[field] = clean;
  fields->ranks[field] = rank;
  return TRUE;
}

gboolean onr_fields_offer(OnrFields *fields, const char *name, gssize name_length, const char *value,
                          gssize length) {
  guint rank;
  int field = onr_header_find(name, name_length, &rank);
  return field >= 0 && field != ONR_HEADER_TEXT &&
         onr_fields_set(fields, (OnrHeaderField)field, rank, value, length);
}

void onr_fields_finish(OnrFields *fields) {
  OnrArticle *article = fields->article;
  if (fields->values[ONR_HEADER_ID])
    article->id = fields->values[ONR_HEADER_ID];
  article->title = fields->values[ONR_HEADER_TITLE];
  article->byline = fields->values[ONR_HEADER_BYLINE];
  article->dateline = fields->values[ONR_HEADER_DATELINE];
  article->published = fields->values[ONR_HEADER_DATE];
  article->day = fields->day;
  article->publisher = fields->values[ONR_HEADER_PUBLISHER];
  article->section = fields->values[ONR_HEADER_SECTION];
  article->language = fields->values[ONR_HEADER_LANGUAGE];
  article->url = fields->values[ONR_HEADER_URL];
}

void onr_article_set_text(OnrArticle *article, const char *text, gsize length, guint32 *n_replaced) {
  if (!memchr(text, '\r', length) && !memchr(text, '\0', length)) {
    article->text = g_string_chunk_insert_len(article->strings, text, (gssize)length);
    article->text_length = length;
    return;
  }
  g_autoptr(GString) out = g_string_sized_new(length + 1);
  for (gsize i = 0; i < length; i++) {
    if (text[i] == '\r') {
      g_string_append_c(out, '\n');
      i += i + 1 < length && text[i + 1] == '\n' ? 1 : 0;
    } else if (text[i] == '\0') {
      g_string_append(out, "\xef\xbf\xbd");
      ++*n_replaced;
    } else {
      g_string_append_c(out, text[i]);
    }
  }
  article->text = g_string_chunk_insert_len(article->strings, out->str, (gssize)out->len);
  article->text_length = out->len;
}
