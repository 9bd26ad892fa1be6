/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/authority/json.h"
#include "indexer/authority_file.h"

/* Stands before the next byte that is no blank: *BYTE, -1 at the end. */
static gboolean seek_byte(OnrAuthorityArray *array, int *byte, GError **error) {
  for (;;) {
    gsize n_bytes, n = 0;
    const char *p = onr_stream_peek(array->stream, &n_bytes, error);
    if (!p)
      return FALSE;
    for (; n < n_bytes && g_ascii_isspace(p[n]); n++)
      array->line += p[n] == '\n';
    gboolean is_found = n < n_bytes || n_bytes == 0;
    *byte = n < n_bytes ? (guchar)p[n] : -1;
    onr_stream_skip(array->stream, n);
    if (is_found)
      return TRUE;
  }
}

/* TRUE where BYTE is C; else FAULTS get that EXPECTED should be there. */
static gboolean expect(int byte, int c, const char *expected, OnrAuthorityFaults *faults) {
  if (byte == c)
    return TRUE;
  if (byte < 0)
    onr_authority_faults_add(faults, "the file ends where %s should be", expected);
  else if (g_ascii_isgraph(byte))
    onr_authority_faults_add(faults, "'%c' where %s should be", byte, expected);
  else
    onr_authority_faults_add(faults, "byte 0x%02x where %s should be", (guint)byte, expected);
  return FALSE;
}

/* --- one object --- */

typedef struct {
  guint depth;
  gboolean is_in_string, is_escaped;
} Cut;

/* Takes one byte; TRUE when the object ends with it. */
static inline gboolean take_byte(Cut *cut, char c) {
  if (cut->is_in_string) {
    cut->is_in_string = c != '"' || cut->is_escaped;
    cut->is_escaped = c == '\\' && !cut->is_escaped;
  } else if (c == '"') {
    cut->is_in_string = TRUE;
  } else if (c == '{' || c == '[') {
    cut->depth++;
  } else if (c == '}' || c == ']') {
    return --cut->depth == 0;
  }
  return FALSE;
}

/* Bytes of the N at P that belong to the object. A line end in a string is no JSON and ends them: a missing
   quotation mark would make strings of all that is none. */
static gsize take_bytes(OnrAuthorityArray *array, Cut *cut, const char *p, gsize n, gboolean *is_whole) {
  gsize i = 0;
  while (i < n && !*is_whole && !(p[i] == '\n' && cut->is_in_string)) {
    array->line += p[i] == '\n';
    *is_whole = take_byte(cut, p[i++]);
  }
  return i;
}

static gboolean cut_object(OnrAuthorityArray *array, OnrAuthorityFaults *faults, GError **error) {
  Cut cut = {0};
  gboolean is_whole = FALSE;
  gsize n_bytes;
  const char *p = NULL;
  g_string_truncate(array->object, 0);
  while (!is_whole && (p = onr_stream_peek(array->stream, &n_bytes, error)) && n_bytes > 0) {
    gsize n = take_bytes(array, &cut, p, n_bytes, &is_whole);
    if (array->object->len <= ONR_AUTHORITY_MAX_LINE)
      g_string_append_len(array->object, p, (gssize)n);
    onr_stream_skip(array->stream, n);
    if (!is_whole && n < n_bytes) {
      onr_authority_faults_add(faults, "the line ends inside a string");
      return FALSE;
    }
  }
  if (!is_whole && p)
    onr_authority_faults_add(faults, "the file ends inside an object");
  return is_whole;
}

/* --- the array --- */

/* Stands before the '{' of the next object; FALSE at the end. */
static gboolean seek_object(OnrAuthorityArray *array, OnrAuthorityFaults *faults, GError **error) {
  gboolean is_first = array->n_objects == 0;
  int byte;
  if (!seek_byte(array, &byte, error))
    return FALSE;
  if (byte == ']') {
    onr_stream_skip(array->stream, 1);
    if (seek_byte(array, &byte, error))
      expect(byte, -1, "the end of the file", faults);
    return FALSE;
  }
  if (!is_first) {
    if (!expect(byte, ',', "',' or ']'", faults))
      return FALSE;
    onr_stream_skip(array->stream, 1);
    if (!seek_byte(array, &byte, error))
      return FALSE;
  }
  return expect(byte, '{', is_first ? "'{' or ']'" : "'{'", faults);
}

gboolean onr_authority_array_next(OnrAuthorityArray *array, guint64 *line, OnrAuthorityFaults *faults,
                                  GError **error) {
  if (!seek_object(array, faults, error))
    return FALSE;
  *line = array->line;
  array->n_objects++;
  return cut_object(array, faults, error);
}
