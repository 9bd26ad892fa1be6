/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/authority/tsv.h"

#include "indexer/authority/value.h"

#include <string.h>

/* --- header --- */

static gboolean has_column(const OnrAuthorityColumns *columns, OnrAuthorityField field) {
  for (guint i = 0; i < columns->n; i++)
    if (columns->fields[i] == field)
      return TRUE;
  return FALSE;
}

/* FALSE for a column of an unknown name. */
static gboolean add_column(OnrAuthorityColumns *columns, const char *name, OnrAuthorityFaults *faults) {
  g_autofree char *shown = onr_authority_shorten(name);
  int field = onr_authority_field_parse(name);
  if (field < 0)
    onr_authority_faults_add(faults, "unknown column '%s'", shown);
  else if (has_column(columns, (OnrAuthorityField)field))
    onr_authority_faults_add(faults, "column '%s' is there twice", shown);
  else
    columns->fields[columns->n++] = (OnrAuthorityField)field;
  return field >= 0;
}

void onr_authority_tsv_read_header(const char *line, gsize length, OnrAuthorityColumns *columns,
                                   OnrAuthorityFaults *faults) {
  static const OnrAuthorityField needed[] = {ONR_AUTHORITY_ID, ONR_AUTHORITY_NAME};
  g_autofree char *text = g_strndup(line, length);
  g_auto(GStrv) names = g_strsplit(text, "\t", -1);
  gboolean all_known = TRUE;
  columns->n = 0;
  for (guint i = 0; names[i]; i++)
    all_known &= add_column(columns, g_strstrip(names[i]), faults);
  for (guint i = 0; i < G_N_ELEMENTS(needed); i++)
    if (!has_column(columns, needed[i])) {
      onr_authority_faults_add(faults, "no column '%s'", onr_authority_field_name(needed[i]));
      all_known = FALSE;
    }
  if (!all_known)
    onr_authority_faults_add(faults, "columns are " ONR_AUTHORITY_FIELD_LIST);
}

/* --- lines --- */

/* OUT becomes TEXT with escapes undone; a backslash before any other character is itself. */
static void unescape(const char *text, gsize length, GString *out) {
  static const char escapes[] = "\\|(#";
  g_string_truncate(out, 0);
  for (gsize i = 0; i < length; i++) {
    char c = text[i], next = i + 1 < length ? text[i + 1] : '\0';
    if (c == '\\' && (next == 't' || next == 'n')) {
      c = ' '; /* what either is cleaned to */
      i++;
    } else if (c == '\\' && next && strchr(escapes, next)) {
      c = next;
      i++;
    }
    g_string_append_c(out, c);
  }
}

static void put_role(const char *text, gsize length, GString *scratch, OnrAuthorityDraft *draft) {
  g_autofree char *from = NULL, *to = NULL;
  gsize name_length = onr_authority_find_time(text, length, &from, &to);
  unescape(text, name_length, scratch);
  onr_authority_draft_put_role(draft, scratch->str, scratch->len, from, to);
}

static void put_value(OnrAuthorityField field, const char *text, gsize length, GString *scratch,
                      OnrAuthorityDraft *draft) {
  if (field == ONR_AUTHORITY_ROLES) {
    put_role(text, length, scratch, draft);
    return;
  }
  unescape(text, length, scratch);
  onr_authority_draft_put(draft, field, scratch->str, scratch->len);
}

/* The next '|' that is no escaped one, or END. */
static const char *find_separator(const char *p, const char *end) {
  for (; p < end && *p != '|'; p++)
    if (*p == '\\' && p + 1 < end)
      p++;
  return p;
}

static void put_field(OnrAuthorityField field, const char *text, gsize length, GString *scratch,
                      OnrAuthorityDraft *draft) {
  gboolean is_list =
      field == ONR_AUTHORITY_ALIASES || field == ONR_AUTHORITY_ROLES || field == ONR_AUTHORITY_LINKS;
  const char *end = text + length;
  while (text < end) {
    const char *value_end = is_list ? find_separator(text, end) : end;
    put_value(field, text, (gsize)(value_end - text), scratch, draft);
    text = value_end + 1;
  }
}

void onr_authority_tsv_read(const char *line, gsize length, const OnrAuthorityColumns *columns,
                            OnrAuthorityDraft *draft) {
  g_autoptr(GString) scratch = g_string_new(NULL);
  const char *end = line + length;
  guint n = 0;
  for (const char *at = line; at <= end; n++) {
    const char *tab = at < end ? memchr(at, '\t', (gsize)(end - at)) : NULL;
    const char *field_end = tab ? tab : end;
    if (n < columns->n)
      put_field(columns->fields[n], at, (gsize)(field_end - at), scratch, draft);
    at = field_end + 1;
  }
  if (n > columns->n)
    onr_authority_faults_add(&draft->faults, "%u fields under %u columns", n, columns->n);
  onr_authority_draft_finish(draft);
}
