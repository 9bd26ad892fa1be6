/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/exports/nexis_document.h"

#include "indexer/readers/fields.h"
#include "indexer/exports/nexis_lines.h"
#include "indexer/exports/press_date.h"
#include "indexer/exports/unwrap.h"

#include <string.h>

#define CENTRED 8        /* blanks before a line that stands in the middle */
#define MAX_SUBJECTS 100 /* of an article */
#define LEAST_LENGTH 100 /* words: a shorter LENGTH says nothing of what is missing */

/* Line numbers: above the labels stands [0, labels), the text is [body, tail). */
typedef struct {
  const GArray *lines;
  guint labels, body, tail;
  gboolean is_old; /* begins with its number */
  OnrFields *fields;
  guint n_words;     /* that LENGTH says */
  gboolean has_date; /* above the text, be it of a month only */
} Parts;

static const OnrNexisLine *line_at(const Parts *parts, guint i) {
  return &g_array_index(parts->lines, OnrNexisLine, i);
}

/* The labelled line I and those that go on below it, on one line; *NEXT gets the line behind. */
static char *value_at(const Parts *parts, guint i, guint *next) {
  const OnrNexisLine *line = line_at(parts, i);
  GString *value = g_string_new_len(line->text + line->value, (gssize)(line->length - line->value));
  for (i++; i < parts->lines->len && line_at(parts, i)->length > 0 && !line_at(parts, i)->label; i++) {
    g_string_append_c(value, ' ');
    g_string_append_len(value, line_at(parts, i)->text, (gssize)line_at(parts, i)->length);
  }
  *next = i;
  return g_strstrip(g_string_free(value, FALSE));
}

static guint skip_blank(const Parts *parts, guint i) {
  while (i < parts->lines->len && line_at(parts, i)->length == 0)
    i++;
  return i;
}

static void find_body(Parts *parts) {
  guint n = parts->lines->len, i = 0;
  while (i < n && !onr_nexis_is_above(line_at(parts, i)->label))
    i++;
  parts->labels = i;
  while (i < n && onr_nexis_is_above(line_at(parts, i)->label)) {
    gboolean is_body = line_at(parts, i)->label == ONR_NEXIS_BODY;
    i++;
    if (is_body)
      break;
    while (i < n && line_at(parts, i)->length > 0 && !line_at(parts, i)->label)
      i++;
    i = skip_blank(parts, i);
  }
  parts->body = i;
}

static gboolean is_copyright(const OnrNexisLine *line) {
  g_autofree char *text = g_ascii_strdown(line->text, (gssize)line->length);
  return g_str_has_prefix(text, "copyright") || g_str_has_prefix(text, "\xc2\xa9") ||
         strstr(text, "all rights reserved");
}

/* Lines that may stand below a text: labelled, or of the copyright. */
static gboolean is_below(const OnrNexisLine *line) {
  return line->length == 0 || line->label > ONR_NEXIS_BODY || is_copyright(line) ||
         onr_nexis_ends_document(line->text, line->length);
}

/* The text ends before the first line that always ends one, and before what only such lines follow up to
 * there. */
static void find_tail(Parts *parts) {
  guint n = parts->lines->len, i = parts->body;
  while (i < n &&
         !(line_at(parts, i)->label >= ONR_NEXIS_LOAD_DATE && line_at(parts, i)->label <= ONR_NEXIS_END))
    i++;
  for (guint k = i; k > parts->body; k--) {
    const OnrNexisLine *line = line_at(parts, k - 1);
    gboolean goes_on = k - 1 > parts->body && line_at(parts, k - 2)->label > ONR_NEXIS_BODY;
    if (is_below(line))
      i = k - 1;
    else if (!goes_on) /* the second line of a label's value */
      break;
  }
  parts->tail = i;
}

/* --- header --- */

static void set_value(Parts *parts, OnrHeaderField field, const char *value) {
  onr_fields_set(parts->fields, field, 0, value, -1);
}

/* "By Ada Moor; Coast Daily Staff": without the "By". */
static void set_byline(Parts *parts, const char *value) {
  static const char *const words[] = {"by ", "von ", "par ", "door "};
  for (guint i = 0; i < G_N_ELEMENTS(words); i++)
    if (g_ascii_strncasecmp(value, words[i], strlen(words[i])) == 0) {
      value += strlen(words[i]);
      break;
    }
  set_value(parts, ONR_HEADER_BYLINE, value);
}

static void take_above(Parts *parts, guint i, guint *next) {
  g_autofree char *value = value_at(parts, i, next);
  switch (line_at(parts, i)->label) {
  case ONR_NEXIS_BYLINE:
    set_byline(parts, value);
    break;
  case ONR_NEXIS_SECTION:
    set_value(parts, ONR_HEADER_SECTION, value);
    break;
  case ONR_NEXIS_DATELINE:
    set_value(parts, ONR_HEADER_DATELINE, value);
    break;
  case ONR_NEXIS_HEADLINE:
    set_value(parts, ONR_HEADER_TITLE, value);
    break;
  case ONR_NEXIS_LENGTH:
    parts->n_words = (guint)MIN(g_ascii_strtoull(value, NULL, 10), G_MAXUINT);
    break;
  default:
    break;
  }
}

static void take_labels(Parts *parts) {
  for (guint i = parts->labels, next; i < parts->body; i = next) {
    next = i + 1;
    if (line_at(parts, i)->label && line_at(parts, i)->label != ONR_NEXIS_BODY)
      take_above(parts, i, &next);
  }
}

/* The line before I that says something, or G_MAXUINT. */
static guint line_before(const Parts *parts, guint i) {
  while (i-- > 0)
    if (line_at(parts, i)->length > 0 && !is_copyright(line_at(parts, i)) &&
        !onr_nexis_begins_document(line_at(parts, i)->text, line_at(parts, i)->length))
      return i;
  return G_MAXUINT;
}

/* The date's line above the labels, or the number of those lines. Old exports have it first, others last. */
static guint find_date(Parts *parts) {
  guint found = parts->labels;
  for (guint i = 0; i < parts->labels && (found == parts->labels || !parts->is_old); i++) {
    const OnrNexisLine *line = line_at(parts, i);
    g_autofree char *iso = NULL;
    if (is_copyright(line) || !onr_press_date_parse(line->text, line->length, &iso))
      continue;
    found = i;
  }
  return found;
}

static void set_line(Parts *parts, OnrHeaderField field, guint i) {
  if (i < parts->labels)
    onr_fields_set(parts->fields, field, 1, line_at(parts, i)->text, (gssize)line_at(parts, i)->length);
}

/* The lines below the date that are not centred. One right below it is an edition's. */
static void set_title_below(Parts *parts, guint date) {
  g_autoptr(GString) title = g_string_new(NULL);
  for (guint i = date + 1; i < parts->labels; i++) {
    const OnrNexisLine *line = line_at(parts, i);
    gboolean is_edition = line->indent >= CENTRED || (i == date + 1 && parts->has_date);
    if (line->length == 0 || is_copyright(line) || is_edition)
      continue;
    g_string_append_len(title, line->text, (gssize)line->length);
    g_string_append_c(title, ' ');
  }
  onr_fields_set(parts->fields, ONR_HEADER_TITLE, 1, title->str, -1);
}

static void take_head(Parts *parts) {
  guint date = find_date(parts);
  guint publication = line_before(parts, date);
  parts->has_date = date < parts->labels;
  if (!parts->has_date && parts->is_old) {
    for (publication = 1; publication < parts->labels && line_at(parts, publication)->indent < CENTRED;)
      publication++;
    set_line(parts, ONR_HEADER_PUBLISHER, publication);
  } else if (parts->has_date) {
    const OnrNexisLine *line = line_at(parts, date);
    g_autofree char *iso = NULL;
    if (onr_press_date_parse(line->text, line->length, &iso) && iso)
      set_value(parts, ONR_HEADER_DATE, iso);
    set_line(parts, ONR_HEADER_PUBLISHER, publication);
  }
  if (parts->is_old)
    set_title_below(parts, date < parts->labels ? date : 0);
  else if (date < parts->labels && publication < parts->labels)
    set_line(parts, ONR_HEADER_TITLE, line_before(parts, publication));
  else
    set_line(parts, ONR_HEADER_TITLE, publication);
}

/* --- below the text --- */

/* "PORTS (90%); STORMS (78%)" as two subjects. */
static void add_subjects(OnrArticle *article, const char *value) {
  g_auto(GStrv) words = g_strsplit(value, ";", MAX_SUBJECTS);
  for (guint i = 0; words[i]; i++) {
    gsize n = strlen(words[i]);
    char *share = strrchr(words[i], '(');
    if (share && n > 2 && strstr(share, "%)"))
      *share = '\0';
    const char *word = onr_header_clean(article, words[i], -1);
    if (word && article->notes->len < MAX_SUBJECTS)
      onr_article_add_note(article, ONR_NOTE_SUBJECT, word);
  }
}

static void take_below(Parts *parts, OnrNexisLabel label, char *value) {
  g_autofree char *iso = NULL;
  switch (label) {
  case ONR_NEXIS_LANGUAGE:
    value[strcspn(value, ";,(")] = '\0';
    set_value(parts, ONR_HEADER_LANGUAGE, value);
    break;
  case ONR_NEXIS_LOAD_DATE: /* when the database got it: better than no date */
    if (!parts->has_date && onr_press_date_parse(value, strlen(value), &iso) && iso)
      set_value(parts, ONR_HEADER_DATE, iso);
    break;
  case ONR_NEXIS_URL:
    if (strstr(value, "://"))
      set_value(parts, ONR_HEADER_URL, value);
    break;
  case ONR_NEXIS_SUBJECT:
    add_subjects(parts->fields->article, value);
    break;
  default:
    break;
  }
}

static void take_tail(Parts *parts) {
  for (guint i = parts->tail, next; i < parts->lines->len; i = next) {
    g_autofree char *value = value_at(parts, i, &next);
    take_below(parts, line_at(parts, i)->label, value);
  }
}

/* --- the text --- */

static void append_body(const Parts *parts, GString *out) {
  g_autoptr(GString) raw = g_string_new(NULL);
  for (guint i = parts->body; i < parts->tail; i++) {
    const OnrNexisLine *line = line_at(parts, i);
    for (gsize k = 0; k < MIN(line->indent, CENTRED); k++)
      g_string_append_c(raw, ' ');
    g_string_append_len(raw, line->text, (gssize)line->length);
    g_string_append_c(raw, '\n');
  }
  onr_unwrap_append(raw->str, raw->len, 0, out);
}

static guint count_words(const char *text) {
  guint n = 0;
  for (gboolean is_inside = FALSE; *text; text++) {
    gboolean is_blank = g_ascii_isspace(*text);
    n += !is_blank && !is_inside ? 1 : 0;
    is_inside = !is_blank;
  }
  return n;
}

gboolean onr_nexis_read_article(const char *text, gsize length, OnrArticle *article, guint32 *n_replaced,
                                GError **error) {
  Parts parts = {0};
  g_autoptr(GArray) lines = onr_nexis_lines(text, length, &parts.is_old);
  OnrFields fields;
  onr_fields_init(&fields, article);
  parts.lines = lines;
  parts.fields = &fields;
  find_body(&parts);
  if (parts.labels == lines->len) {
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_FORMAT,
                        "no line LENGTH:, BYLINE:, SECTION: or Body of a document");
    return FALSE;
  }
  find_tail(&parts);
  take_labels(&parts);
  take_head(&parts);
  take_tail(&parts);
  onr_fields_finish(&fields);
  g_autoptr(GString) body = g_string_new(NULL);
  append_body(&parts, body);
  onr_article_set_text(article, body->str, body->len, n_replaced);
  if (parts.n_words >= LEAST_LENGTH && count_words(body->str) < parts.n_words / 2)
    onr_article_add_note(article, ONR_NOTE_EXTENT, "stub");
  return TRUE;
}
