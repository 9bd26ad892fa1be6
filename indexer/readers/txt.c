/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plain text: the first line is the title and stays part of the text. A header may come first, or after that
   line:

     Title: Harbour reopens after storm           Harbour reopens after storm
     Date: 2022-02-06                             Date: 2022-02-06
     Author: A. Writer                            Author: A. Writer

     The text begins after the blank line.        The text is this, with the first line.

   So that a headline with a colon ("Source: talks to resume") or a first paragraph is no header, all of this
   must hold:
   - every line up to the first blank one is `Name: value`, the name being one to three words of letters;
   - the first line's name is a known field's, its value good for that field (a date that is one, a language
   code, an address with ://, an id without spaces); below a title line this holds for every line;
   - two of the lines are such fields, or the one is title, date, url, id or language. */
#include "indexer/readers/readers.h"

#include "indexer/readers/fields.h"
#include "indexer/readers/whole.h"

#include <string.h>

#define MAX_HEADER_LINES 40
#define MAX_NAME_BYTES 30

static int probe(const char *bytes, gsize n_bytes, const char *ending) {
  (void)bytes;
  (void)n_bytes;
  return strcmp(ending, "txt") == 0 || strcmp(ending, "text") == 0 ? 2 : 1;
}

/* `Name: value` with a name of one to three words; *COLON gets the name's length. */
static gboolean is_header_line(const char *line, gsize length, gsize *colon) {
  const char *at = memchr(line, ':', MIN(length, MAX_NAME_BYTES));
  if (!at || at == line || !g_ascii_isalpha(line[0]))
    return FALSE;
  guint n_spaces = 0;
  for (const char *p = line; p < at; p++) {
    if (!g_ascii_isalpha(*p) && *p != '-' && *p != '_' && *p != ' ')
      return FALSE;
    n_spaces += *p == ' ';
  }
  *colon = (gsize)(at - line);
  gboolean has_gap = *colon + 1 == length || g_ascii_isspace(at[1]);
  return n_spaces < 3 && has_gap;
}

/* Takes the value for its field; FALSE where the line does not show that this is a header. */
static gboolean take_field(OnrFields *fields, const char *line, gsize length, gsize colon,
                           gboolean *is_strong) {
  guint rank;
  int field = onr_header_find(line, (gssize)colon, &rank);
  const char *value = line + colon + 1;
  gsize n = length - colon - 1;
  if (field < 0 || field == ONR_HEADER_TEXT)
    return FALSE;
  g_autofree char *stripped = g_strstrip(g_strndup(value, n));
  if (field == ONR_HEADER_URL && !strstr(stripped, "://"))
    return FALSE;
  if (field == ONR_HEADER_ID && strpbrk(stripped, " \t"))
    return FALSE;
  *is_strong |= field == ONR_HEADER_TITLE || field == ONR_HEADER_DATE || field == ONR_HEADER_URL ||
                field == ONR_HEADER_ID || field == ONR_HEADER_LANGUAGE;
  return onr_fields_set(fields, (OnrHeaderField)field, rank, value, (gssize)n);
}

/* Bytes of the header's lines at the beginning of TEXT, its fields taken; 0 where there is none. ALL_KNOWN
 * asks every line to be a known field. */
static gsize read_header(OnrFields *fields, const char *text, gsize length, gboolean all_known) {
  const char *at = text, *end = text + length, *line, *stop = text;
  gsize n, colon;
  guint n_lines = 0, n_known = 0;
  gboolean is_strong = FALSE;
  while (onr_line_next(&at, end, &line, &n) && !onr_line_is_blank(line, n)) {
    if (++n_lines > MAX_HEADER_LINES || !is_header_line(line, n, &colon))
      return 0;
    gboolean is_known = take_field(fields, line, n, colon, &is_strong);
    if (!is_known && (all_known || n_lines == 1))
      return 0;
    n_known += is_known ? 1 : 0;
    stop = at;
  }
  return n_known > 1 || is_strong ? (gsize)(stop - text) : 0;
}

/* Bytes of the blank lines that TEXT begins with. */
static gsize blank_lines(const char *text, gsize length) {
  const char *at = text, *begin = text, *end = text + length, *line;
  gsize n;
  while (onr_line_next(&at, end, &line, &n) && onr_line_is_blank(line, n))
    begin = at;
  return (gsize)(begin - text);
}

/* The header of TEXT goes to ARTICLE and out of the text. *LENGTH gets what is left. */
static void take_header(OnrArticle *article, char *text, gsize *length) {
  OnrFields fields;
  onr_fields_init(&fields, article);
  gsize header = read_header(&fields, text, *length, FALSE);
  gsize at = 0; /* where the header begins */
  if (header > 0) {
    header += blank_lines(text + header, *length - header);
  } else {
    const char *p = text + blank_lines(text, *length), *line;
    gsize n;
    if (!onr_line_next(&p, text + *length, &line, &n))
      return;
    p += blank_lines(p, (gsize)(text + *length - p));
    at = (gsize)(p - text);
    onr_fields_init(&fields, article);
    header = read_header(&fields, p, *length - at, TRUE);
  }
  if (header == 0)
    return;
  onr_fields_finish(&fields);
  *length -= header;
  memmove(text + at, text + at + header, *length - at);
}

static gboolean parse(const OnrRawItem *item, const char *path, OnrArticle *article, guint32 *n_replaced,
                      GError **error) {
  (void)path;
  g_auto(OnrDecoded) decoded = {0};
  if (!onr_whole_decode(item, NULL, (gsize)ONR_MAX_TEXT_BYTES * 4, &decoded, error)) /* 4: UTF-32 */
    return FALSE;
  *n_replaced += decoded.n_replaced;
  take_header(article, decoded.text, &decoded.length);
  onr_article_set_text(article, decoded.text, decoded.length, n_replaced);
  if (!article->title)
    article->title = onr_first_line_title(article, article->text, article->text_length);
  return TRUE;
}

const OnrReader ONR_READER_TXT = {
    .name = "txt",
    .what = "plain text",
    .endings = (const char *const[]){"txt", "text", NULL},
    .probe = probe,
    .split = onr_whole_split,
    .parse = parse,
};
