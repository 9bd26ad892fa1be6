/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/authority_file.h"

#include "indexer/authority/ids.h"
#include "indexer/authority/json.h"
#include "indexer/authority/tsv.h"
#include "indexer/authority/value.h"
#include "indexer/readers/sniff.h"
#include "indexer/readers/whole.h"

#include <string.h>

typedef struct {
  OnrStream *stream;
  guint64 line; /* lines read so far */
  OnrAuthorityDraft draft;
  OnrAuthorityIds *ids;
  OnrAuthorityFunc each;
  OnrAuthorityFaultFunc fault;
  gpointer data;
  guint64 n_entries, n_faults;
} Reading;

static void reading_clear(Reading *reading) {
  onr_authority_draft_clear(&reading->draft);
  onr_authority_ids_free(reading->ids);
  onr_stream_close(reading->stream);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reading, reading_clear)

/* --- what becomes of a line --- */

static void tell(Reading *reading, guint64 line, const char *what) {
  reading->n_faults++;
  if (reading->fault)
    reading->fault(line, what, reading->data);
}

static void tell_faults(Reading *reading, guint64 line) {
  g_autofree char *what = onr_authority_faults_print(&reading->draft.faults);
  tell(reading, line, what);
}

static void tell_circle(guint64 line, const char *circle, gpointer data) {
  g_autofree char *what = g_strdup_printf("same_as goes in a circle: %s", circle);
  tell(data, line, what);
}

/* Hands out the draft, or tells what is wrong with it. An id counts as there even where its line has faults.
 */
static gboolean take_draft(Reading *reading, guint64 line, GError **error) {
  OnrAuthorityDraft *draft = &reading->draft;
  const OnrAuthorityEntry *entry = &draft->entry;
  guint64 known = entry->id ? onr_authority_ids_add(reading->ids, entry->id, line) : 0;
  if (known) {
    g_autofree char *shown = onr_authority_shorten(entry->id);
    onr_authority_faults_add(&draft->faults, "id '%s' is there already, in line %" G_GUINT64_FORMAT, shown,
                             known);
  }
  if (draft->faults.n > 0) {
    tell_faults(reading, line);
    return TRUE;
  }
  if (entry->same_as)
    onr_authority_ids_join(reading->ids, entry->id, entry->same_as, line);
  reading->n_entries++;
  return reading->each(entry, line, reading->data, error);
}

/* --- lines --- */

typedef struct {
  GBytes *bytes;
  const char *text;
  gsize length; /* without its line end */
} Line;

static void line_clear(Line *line) {
  g_clear_pointer(&line->bytes, g_bytes_unref);
  line->text = NULL;
  line->length = 0;
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Line, line_clear)

static void line_set(Line *line, GBytes *bytes) {
  line->bytes = bytes;
  line->text = g_bytes_get_data(bytes, &line->length);
  if (line->length > 0 && line->text[line->length - 1] == '\n')
    line->length--;
  if (line->length > 0 && line->text[line->length - 1] == '\r')
    line->length--;
}

/* The next line, its bytes checked: the draft's faults tell where they are none to be read. FALSE at the end.
 */
static gboolean next_line(Reading *reading, Line *line, GError **error) {
  g_autoptr(GError) why = NULL;
  OnrAuthorityDraft *draft = &reading->draft;
  line_clear(line);
  onr_authority_draft_reset(draft);
  GBytes *bytes = onr_stream_read_line(reading->stream, &why);
  if (!bytes && (!why || onr_stream_has_failed(reading->stream))) {
    if (why)
      g_propagate_error(error, g_steal_pointer(&why));
    return FALSE;
  }
  reading->line++;
  if (bytes)
    line_set(line, bytes);
  else /* the stream has passed it over */
    line->length = G_MAXSIZE;
  onr_authority_check_bytes(line->text, line->length, &draft->faults);
  return TRUE;
}

/* The next line that says something or has faults. */
static gboolean next_line_of(Reading *reading, OnrAuthorityFormat format, Line *line, GError **error) {
  while (next_line(reading, line, error)) {
    if (reading->draft.faults.n > 0)
      return TRUE;
    gboolean is_remark = format == ONR_AUTHORITY_TSV && line->length > 0 && line->text[0] == '#';
    if (!is_remark && !onr_line_is_blank(line->text, line->length))
      return TRUE;
  }
  return FALSE;
}

/* What a reading returns once there is nothing more; WHY is passed on. */
static gboolean end(GError *why, GError **error) {
  if (why)
    g_propagate_error(error, why);
  return why == NULL;
}

/* Lines of JSON where COLUMNS is NULL. */
static gboolean read_lines(Reading *reading, const OnrAuthorityColumns *columns, GError **error) {
  OnrAuthorityDraft *draft = &reading->draft;
  OnrAuthorityFormat format = columns ? ONR_AUTHORITY_TSV : ONR_AUTHORITY_JSONL;
  g_auto(Line) line = {0};
  g_autoptr(GError) why = NULL;
  while (next_line_of(reading, format, &line, &why)) {
    if (draft->faults.n == 0 && columns)
      onr_authority_tsv_read(line.text, line.length, columns, draft);
    else if (draft->faults.n == 0)
      onr_authority_json_read(line.text, line.length, draft);
    if (!take_draft(reading, reading->line, error))
      return FALSE;
  }
  return end(g_steal_pointer(&why), error);
}

/* --- formats --- */

static gboolean read_header(Reading *reading, OnrAuthorityColumns *columns, GError **error) {
  OnrAuthorityFaults *faults = &reading->draft.faults;
  g_auto(Line) line = {0};
  g_autoptr(GError) why = NULL;
  if (!next_line_of(reading, ONR_AUTHORITY_TSV, &line, &why)) {
    if (why)
      g_propagate_error(error, g_steal_pointer(&why));
    else
      g_set_error_literal(error, ONR_ERROR, ONR_ERROR_FORMAT,
                          "is empty; its first line names the columns: " ONR_AUTHORITY_FIELD_LIST);
    return FALSE;
  }
  if (faults->n == 0)
    onr_authority_tsv_read_header(line.text, line.length, columns, faults);
  if (faults->n == 0)
    return TRUE;
  g_autofree char *what = onr_authority_faults_print(faults);
  g_set_error(error, ONR_ERROR, ONR_ERROR_FORMAT, "line %" G_GUINT64_FORMAT ": %s", reading->line, what);
  return FALSE;
}

static gboolean read_tsv(Reading *reading, GError **error) {
  OnrAuthorityColumns columns;
  return read_header(reading, &columns, error) && read_lines(reading, &columns, error);
}

static gboolean read_json_lines(Reading *reading, GError **error) {
  return read_lines(reading, NULL, error);
}

static gboolean read_objects(Reading *reading, OnrAuthorityArray *array, GError **error) {
  OnrAuthorityDraft *draft = &reading->draft;
  g_autoptr(GError) why = NULL;
  guint64 line;
  for (onr_authority_draft_reset(draft); onr_authority_array_next(array, &line, &draft->faults, &why);
       onr_authority_draft_reset(draft)) {
    const GString *object = array->object;
    if (onr_authority_check_bytes(object->str, object->len, &draft->faults))
      onr_authority_json_read(object->str, object->len, draft);
    if (!take_draft(reading, line, error))
      return FALSE;
  }
  if (!why && draft->faults.n > 0)
    tell_faults(reading, array->line);
  return end(g_steal_pointer(&why), error);
}

static gboolean read_array(Reading *reading, GError **error) {
  g_autoptr(GString) object = g_string_new(NULL);
  OnrAuthorityArray array = {.stream = reading->stream, .line = reading->line + 1, .object = object};
  onr_stream_skip(reading->stream, 1);
  return read_objects(reading, &array, error);
}

/* Passes a byte order mark and blank lines, and tells the first byte of what follows; '\0' at the end. */
static gboolean find_first_byte(Reading *reading, char *byte, GError **error) {
  gsize n_bytes, at = 0, line_begin = 0;
  const char *p = onr_stream_peek(reading->stream, &n_bytes, error);
  if (!p)
    return FALSE;
  const char *other = onr_sniff_wide(p, n_bytes) ? "UTF-16 or UTF-32" : onr_sniff_binary(p, n_bytes);
  if (other) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_FORMAT, "is %s, expected UTF-8 text", other);
    return FALSE;
  }
  if (n_bytes >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
    at = line_begin = 3;
  for (; at < n_bytes && g_ascii_isspace(p[at]); at++)
    if (p[at] == '\n') {
      reading->line++;
      line_begin = at + 1;
    }
  *byte = at < n_bytes ? p[at] : '\0';
  onr_stream_skip(reading->stream, *byte == '[' ? at : line_begin);
  return TRUE;
}

static gboolean read_all(Reading *reading, GError **error) {
  char first;
  if (!find_first_byte(reading, &first, error))
    return FALSE;
  gboolean (*read)(Reading *, GError **) = first == '{'   ? read_json_lines
                                           : first == '[' ? read_array
                                                          : read_tsv;
  if (!read(reading, error))
    return FALSE;
  onr_authority_ids_find_circles(reading->ids, tell_circle, reading);
  return TRUE;
}

gboolean onr_authority_file_read(const char *file, OnrAuthorityFunc each, OnrAuthorityFaultFunc fault,
                                 gpointer data, guint64 *n_entries, guint64 *n_faults, GError **error) {
  OnrStream *stream = onr_stream_open(file, error);
  if (!stream)
    return FALSE;
  g_auto(Reading) reading = {
      .stream = stream, .ids = onr_authority_ids_new(), .each = each, .fault = fault, .data = data};
  onr_authority_draft_init(&reading.draft);
  if (!read_all(&reading, error))
    return FALSE;
  if (n_entries)
    *n_entries = reading.n_entries;
  if (n_faults)
    *n_faults = reading.n_faults;
  return TRUE;
}
