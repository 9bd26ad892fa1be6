/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/exports/nexis_lines.h"

#include "indexer/readers/whole.h"

#include <string.h>

#define MAX_LABEL_BYTES 24

/* Case folded, '-' for a blank. */
static const struct {
  const char *name;
  OnrNexisLabel label;
} LABELS[] = {
    {"byline", ONR_NEXIS_BYLINE},
    {"autor", ONR_NEXIS_BYLINE},
    {"auteur", ONR_NEXIS_BYLINE},
    {"section", ONR_NEXIS_SECTION},
    {"rubrik", ONR_NEXIS_SECTION},
    {"rubrique", ONR_NEXIS_SECTION},
    {"sectie", ONR_NEXIS_SECTION},
    {"length", ONR_NEXIS_LENGTH},
    {"länge", ONR_NEXIS_LENGTH},
    {"longueur", ONR_NEXIS_LENGTH},
    {"lengte", ONR_NEXIS_LENGTH},
    {"dateline", ONR_NEXIS_DATELINE},
    {"headline", ONR_NEXIS_HEADLINE},
    {"titre", ONR_NEXIS_HEADLINE},
    {"titel", ONR_NEXIS_HEADLINE},
    {"highlight", ONR_NEXIS_ABOVE},
    {"encart", ONR_NEXIS_ABOVE},
    {"series", ONR_NEXIS_ABOVE},
    {"column", ONR_NEXIS_ABOVE},
    {"correction-date", ONR_NEXIS_ABOVE},
    {"distribution", ONR_NEXIS_ABOVE},
    {"body", ONR_NEXIS_BODY},
    {"load-date", ONR_NEXIS_LOAD_DATE},
    {"update", ONR_NEXIS_LOAD_DATE},
    {"date-chargement", ONR_NEXIS_LOAD_DATE},
    {"language", ONR_NEXIS_LANGUAGE},
    {"sprache", ONR_NEXIS_LANGUAGE},
    {"langue", ONR_NEXIS_LANGUAGE},
    {"taal", ONR_NEXIS_LANGUAGE},
    {"publication-type", ONR_NEXIS_END},
    {"type-publication", ONR_NEXIS_END},
    {"pub-type", ONR_NEXIS_END},
    {"document-type", ONR_NEXIS_END},
    {"journal-code", ONR_NEXIS_END},
    {"graphic", ONR_NEXIS_END},
    {"grafik", ONR_NEXIS_END},
    {"graphique", ONR_NEXIS_END},
    {"subject", ONR_NEXIS_SUBJECT},
    {"company", ONR_NEXIS_SUBJECT},
    {"organization", ONR_NEXIS_SUBJECT},
    {"industry", ONR_NEXIS_SUBJECT},
    {"person", ONR_NEXIS_SUBJECT},
    {"people", ONR_NEXIS_SUBJECT},
    {"geographic", ONR_NEXIS_SUBJECT},
    {"city", ONR_NEXIS_SUBJECT},
    {"state", ONR_NEXIS_SUBJECT},
    {"country", ONR_NEXIS_SUBJECT},
    {"url", ONR_NEXIS_URL},
    {"ticker", ONR_NEXIS_BELOW},
    {"notes", ONR_NEXIS_BELOW},
    {"correction", ONR_NEXIS_BELOW},
    {"issn", ONR_NEXIS_BELOW},
    {"acc-no", ONR_NEXIS_BELOW},
};

/* Headings of Nexis Uni, as they stand. */
static const struct {
  const char *name;
  OnrNexisLabel label;
} HEADINGS[] = {
    {"Body", ONR_NEXIS_BODY},
    {"Graphic", ONR_NEXIS_END},
    {"Classification", ONR_NEXIS_END},
};

static OnrNexisLabel find_label(const char *name) {
  g_autofree char *key = g_utf8_casefold(name, -1);
  g_strdelimit(key, " ", '-');
  for (guint i = 0; i < G_N_ELEMENTS(LABELS); i++)
    if (strcmp(LABELS[i].name, key) == 0)
      return LABELS[i].label;
  return ONR_NEXIS_NONE;
}

static gboolean has_small(const char *name) {
  for (; *name; name++)
    if (g_ascii_islower(*name))
      return TRUE;
  return FALSE;
}

/* What LINE is labelled as. A label is all capitals, or not IS_OLD and with one capital in front. */
static void look_for_label(OnrNexisLine *line, gboolean is_old) {
  for (guint i = 0; i < G_N_ELEMENTS(HEADINGS) && !is_old; i++)
    if (line->length == strlen(HEADINGS[i].name) && memcmp(line->text, HEADINGS[i].name, line->length) == 0) {
      line->label = HEADINGS[i].label;
      line->value = line->length;
    }
  const char *colon = memchr(line->text, ':', MIN(line->length, MAX_LABEL_BYTES));
  if (line->indent > 1 || !colon || colon == line->text || g_ascii_islower(*line->text))
    return;
  g_autofree char *name = g_strndup(line->text, (gsize)(colon - line->text));
  line->label = is_old && has_small(name) ? ONR_NEXIS_NONE : find_label(name);
  line->value = line->label ? (gsize)(colon - line->text) + 1 : 0;
}

static gsize number_length(const char *p, gsize length) {
  gsize n = 0;
  while (n < length && (g_ascii_isdigit(p[n]) || (n > 0 && p[n] == ',')))
    n++;
  return n;
}

/* "N of M" at P: its bytes, or 0. */
static gsize count_length(const char *p, gsize length) {
  static const char *const words[] = {" of ", " von ", " de ", " van "};
  gsize n = number_length(p, length);
  for (guint i = 0; n > 0 && i < G_N_ELEMENTS(words); i++) {
    gsize n_word = strlen(words[i]);
    if (length - n <= n_word || memcmp(p + n, words[i], n_word) != 0)
      continue;
    gsize n_total = number_length(p + n + n_word, length - n - n_word);
    return n_total ? n + n_word + n_total : 0;
  }
  return 0;
}

static void trim(const char **text, gsize *length, gsize *indent) {
  gsize first = 0;
  while (*length > 0 && g_ascii_isspace((*text)[*length - 1]))
    --*length;
  while (first < *length && g_ascii_isspace((*text)[first]))
    first++;
  *text += first;
  *length -= first;
  *indent = first;
}

gboolean onr_nexis_begins_document(const char *line, gsize length) {
  static const char *const behind[] = {" DOCUMENTS", " DOCUMENT", " DOKUMENTEN", " DOCUMENTEN"};
  static const char *const before[] = {"Dokument ", "Document ", "DOKUMENT ", "DOCUMENT "};
  gsize indent;
  trim(&line, &length, &indent);
  if (length > 60)
    return FALSE;
  if (length > 8 && memcmp(line, "FOCUS - ", 8) == 0)
    line += 8, length -= 8;
  gsize n = count_length(line, length);
  for (guint i = 0; n > 0 && i < G_N_ELEMENTS(behind); i++)
    if (length - n == strlen(behind[i]) && memcmp(line + n, behind[i], length - n) == 0)
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS(before); i++) {
    gsize n_word = strlen(before[i]);
    if (length > n_word && memcmp(line, before[i], n_word) == 0 &&
        count_length(line + n_word, length - n_word) == length - n_word)
      return TRUE;
  }
  return FALSE;
}

gboolean onr_nexis_ends_document(const char *line, gsize length) {
  static const char *const ends[] = {"End of Document", "Ende des Dokuments", "Fin du document",
                                     "Einde van document"};
  gsize indent;
  trim(&line, &length, &indent);
  for (guint i = 0; i < G_N_ELEMENTS(ends); i++)
    if (length == strlen(ends[i]) && memcmp(line, ends[i], length) == 0)
      return TRUE;
  return FALSE;
}

static gboolean is_page_number(const OnrNexisLine *line) {
  return line->length > 5 && memcmp(line->text, "Page ", 5) == 0 &&
         count_length(line->text + 5, line->length - 5) == line->length - 5;
}

/* The first line that says something. */
static gboolean is_numbered(const char *text, gsize length) {
  const char *at = text, *line;
  gsize n;
  while (onr_line_next(&at, text + length, &line, &n))
    if (!onr_line_is_blank(line, n))
      return onr_nexis_begins_document(line, n);
  return FALSE;
}

GArray *onr_nexis_lines(const char *text, gsize length, gboolean *is_old) {
  GArray *lines = g_array_new(FALSE, FALSE, sizeof(OnrNexisLine));
  const char *at = text, *raw;
  gsize n;
  *is_old = is_numbered(text, length);
  while (onr_line_next(&at, text + length, &raw, &n)) {
    OnrNexisLine line = {.text = raw, .length = n};
    trim(&line.text, &line.length, &line.indent);
    if (is_page_number(&line))
      continue;
    look_for_label(&line, *is_old);
    g_array_append_val(lines, line);
  }
  return lines;
}
