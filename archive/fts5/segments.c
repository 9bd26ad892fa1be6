/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/fts5/segments.h"

#include <string.h>

/* Of FTS5's format: row of `_data` that lists the segments, and how a page's row is made of segment and page.
 */
#define STRUCTURE_ROW 10
#define PAGE_BITS 37
#define FORMAT_VERSION 4
/* In front of every term of the main index, as against those of prefix indexes. */
#define MAIN_PREFIX '0'
/* Where the first four bytes after the cookie say so, segments have more members: tables of other options
 * than ours. */
#define STRUCTURE_V2 "\xff\x00\x00\x01"

#define BY_TABLE(segments, before, after)                                                                    \
  ((segments)->table == ONR_TABLE_ARTICLES ? before "fts5_article" after : before "fts5_quote" after)

OnrSegments *onr_segments_new(OnrRecord *record, OnrTable table) {
  OnrSegments *segments = g_new0(OnrSegments, 1);
  segments->record = record;
  segments->table = table;
  segments->segments = g_array_new(FALSE, FALSE, sizeof(OnrSegment));
  return segments;
}

void onr_segments_free(OnrSegments *segments) {
  if (!segments)
    return;
  g_array_unref(segments->segments);
  g_clear_error(&segments->error);
  g_free(segments);
}

void onr_segments_forget(OnrSegments *segments) {
  segments->is_loaded = FALSE;
  g_clear_error(&segments->error);
}

gboolean onr_segments_check(OnrSegments *segments, GError **error) {
  if (!segments->error)
    return TRUE;
  g_propagate_error(error, g_steal_pointer(&segments->error));
  return FALSE;
}

static const char *table_name(const OnrSegments *segments) {
  return segments->table == ONR_TABLE_ARTICLES ? "article" : "quote";
}

void onr_segments_set_corrupt(OnrSegments *segments, const OnrSegment *segment, guint32 number) {
  if (!segments->error)
    g_set_error(&segments->error, ONR_ERROR, ONR_ERROR_CORRUPT,
                "'%s': page %u of segment %u of the %s lists is damaged: run `onrecord reindex`",
                onr_record_file(segments->record), number, segment->id, table_name(segments));
}

/* --- numbers --- */

guint onr_varint_read_long(const guint8 *bytes, const guint8 *end, guint64 *value) {
  guint64 sum = 0;
  for (guint i = 0; i < 9 && bytes + i < end; i++) {
    if (i == 8 || bytes[i] < 0x80) {
      *value = i == 8 ? sum << 8 | bytes[i] : sum << 7 | bytes[i];
      return i + 1;
    }
    sum = sum << 7 | (bytes[i] & 0x7f);
  }
  return 0;
}

/* Goes through a run of numbers; past its end, or beyond 32 bits, IS_SOUND is FALSE and numbers are 0. */
typedef struct {
  const guint8 *at, *end;
  gboolean is_sound;
} Reader;

static guint32 read_number(Reader *reader) {
  guint64 value = 0;
  guint n = reader->is_sound ? onr_varint_read(reader->at, reader->end, &value) : 0;
  reader->at += n;
  reader->is_sound = n > 0 && value <= G_MAXUINT32;
  return reader->is_sound ? (guint32)value : 0;
}

/* --- the list of segments --- */

/* Levels from the newest on; within one, segments from the oldest on. */
static gboolean parse_structure(const guint8 *bytes, gsize n_bytes, OnrSegments *out) {
  GArray *segments = out->segments;
  const gsize cookie = 4;
  if (n_bytes < cookie || (n_bytes >= 2 * cookie && !memcmp(bytes + cookie, STRUCTURE_V2, cookie)))
    return FALSE;
  Reader reader = {bytes + cookie, bytes + n_bytes, TRUE};
  guint32 n_levels = read_number(&reader);
  out->n_listed = read_number(&reader);
  guint64 n_writes;
  guint n = onr_varint_read(reader.at, reader.end, &n_writes);
  reader.at += n;
  reader.is_sound &= n > 0;
  for (guint32 level = 0; level < n_levels && reader.is_sound; level++) {
    read_number(&reader); /* being merged */
    guint first = segments->len;
    for (guint32 n_left = read_number(&reader); n_left > 0 && reader.is_sound; n_left--) {
      OnrSegment segment = {.id = read_number(&reader)};
      segment.first_page = read_number(&reader);
      segment.last_page = read_number(&reader);
      if (segment.first_page)
        g_array_insert_val(segments, first, segment);
    }
  }
  return reader.is_sound;
}

static gboolean fail_format(const OnrSegments *segments, const char *what, GError **error) {
  g_set_error(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED,
              "'%s': the %s lists are of an FTS5 format that is not known (%s): run `onrecord reindex`",
              onr_record_file(segments->record), table_name(segments), what);
  return FALSE;
}

static gboolean check_version(OnrSegments *segments, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      segments->record, BY_TABLE(segments, "SELECT v FROM ", "_config WHERE k = 'version'"), error);
  gint64 version;
  if (!s || !onr_step_int(s, 0, &version, error))
    return FALSE;
  return version == FORMAT_VERSION || fail_format(segments, "version", error);
}

static gboolean read_structure(OnrSegments *segments, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      segments->record, BY_TABLE(segments, "SELECT block FROM ", "_data WHERE id = ?1"), error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, STRUCTURE_ROW);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_ERROR)
    return FALSE;
  const guint8 *bytes = step == ONR_STEP_ROW ? sqlite3_column_blob(s, 0) : NULL;
  return (bytes && parse_structure(bytes, (gsize)sqlite3_column_bytes(s, 0), segments)) ||
         fail_format(segments, "structure", error);
}

gboolean onr_segments_load(OnrSegments *segments, GError **error) {
  if (segments->is_loaded)
    return TRUE;
  g_array_set_size(segments->segments, 0);
  segments->is_loaded = check_version(segments, error) && read_structure(segments, error);
  return segments->is_loaded;
}

/* --- leaves --- */

void onr_leaf_clear(OnrLeaf *leaf) {
  g_clear_pointer(&leaf->bytes, g_free);
  leaf->capacity = leaf->n_bytes = 0;
}

static void copy_bytes(OnrLeaf *leaf, const guint8 *bytes, guint32 n_bytes) {
  if (n_bytes > leaf->capacity) {
    leaf->bytes = g_realloc(leaf->bytes, n_bytes);
    leaf->capacity = n_bytes;
  }
  if (n_bytes)
    memcpy(leaf->bytes, bytes, n_bytes);
  leaf->n_bytes = n_bytes;
}

static gboolean parse_head(OnrLeaf *leaf) {
  if (leaf->n_bytes < ONR_LEAF_HEAD)
    return FALSE;
  leaf->first_row = (guint32)leaf->bytes[0] << 8 | leaf->bytes[1];
  leaf->end = (guint32)leaf->bytes[2] << 8 | leaf->bytes[3];
  return leaf->end >= ONR_LEAF_HEAD && leaf->end <= leaf->n_bytes && leaf->first_row < leaf->end &&
         (!leaf->first_row || leaf->first_row >= ONR_LEAF_HEAD);
}

gboolean onr_leaf_read(OnrLeaf *leaf, OnrSegments *segments, const OnrSegment *segment, guint32 number) {
  if (segments->error)
    return FALSE;
  g_autoptr(OnrStatement) s = onr_record_statement(
      segments->record, BY_TABLE(segments, "SELECT block FROM ", "_data WHERE id = ?1"), &segments->error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, (gint64)segment->id << PAGE_BITS | number);
  OnrStep step = onr_step(s, &segments->error);
  if (step == ONR_STEP_ROW) {
    const guint8 *bytes = sqlite3_column_blob(s, 0);
    copy_bytes(leaf, bytes, (guint32)sqlite3_column_bytes(s, 0));
    leaf->number = number;
    if (parse_head(leaf))
      return TRUE;
  }
  if (step != ONR_STEP_ERROR)
    onr_segments_set_corrupt(segments, segment, number);
  return FALSE;
}

guint32 onr_leaf_first_term(const OnrLeaf *leaf) {
  guint64 offset;
  if (!onr_varint_read(leaf->bytes + leaf->end, leaf->bytes + leaf->n_bytes, &offset))
    return leaf->end;
  return (guint32)CLAMP(offset, ONR_LEAF_HEAD, leaf->end);
}

/* --- terms --- */

/* A page number of `_idx`, whose lowest bit is another matter; 0 where no row was found. TERM is bound with
 * its prefix byte. */
static guint32 step_page(OnrSegments *segments, OnrStatement *s, const OnrSegment *segment,
                         const char *term) {
  g_autofree char *key = g_strdup_printf("%c%s", MAIN_PREFIX, term);
  onr_bind_int(s, 1, segment->id);
  onr_bind_blob(s, 2, key, strlen(key));
  gint64 page;
  return onr_step_int(s, 0, &page, &segments->error) ? (guint32)(page >> 1) : 0;
}

static guint32 page_of_term(OnrSegments *segments, const OnrSegment *segment, const char *term) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(segments->record,
                           BY_TABLE(segments, "SELECT pgno FROM ",
                                    "_idx WHERE segid = ?1 AND term <= ?2 ORDER BY term DESC LIMIT 1"),
                           &segments->error);
  guint32 page = s ? step_page(segments, s, segment, term) : 0;
  return MAX(page, segment->first_page);
}

guint32 onr_segment_last_page_of(OnrSegments *segments, const OnrSegment *segment, const char *term) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      segments->record,
      BY_TABLE(segments, "SELECT pgno FROM ", "_idx WHERE segid = ?1 AND term > ?2 ORDER BY term LIMIT 1"),
      &segments->error);
  guint32 page = s ? step_page(segments, s, segment, term) : 0;
  return page ? page : segment->last_page;
}

/* Goes through the terms of a leaf. Each gives how many bytes it shares with the one before it, how many
 * follow, and these. */
typedef struct {
  const OnrLeaf *leaf;
  Reader offsets; /* of terms, each as the distance from the last */
  guint32 offset; /* of the term at hand */
  guint32 next;   /* offset of the next term, or the leaf's end */
  guint n_same;   /* leading bytes that the term at hand shares with the one that is looked for */
  guint32 text, n_text, n_kept;
} TermReader;

static gboolean read_term(TermReader *r, gboolean is_first) {
  const guint8 *bytes = r->leaf->bytes;
  Reader reader = {bytes + r->offset, bytes + r->leaf->end, TRUE};
  r->n_kept = is_first ? 0 : read_number(&reader);
  r->n_text = read_number(&reader);
  r->text = (guint32)(reader.at - bytes);
  return reader.is_sound && r->n_text <= r->leaf->end - r->text;
}

static guint32 next_offset(TermReader *r) {
  if (r->offsets.at >= r->offsets.end)
    return r->leaf->end;
  guint32 distance = read_number(&r->offsets);
  return distance <= r->leaf->end - r->offset ? r->offset + distance : r->leaf->end;
}

/* How the term at hand compares with KEY; updates n_same. A term that shares less with its neighbour than the
   neighbour with KEY comes after KEY, one that shares more comes before it. */
static int compare_term(TermReader *r, const char *key, guint length) {
  if (r->n_kept < r->n_same)
    return 1;
  if (r->n_kept > r->n_same)
    return -1;
  const guint8 *text = r->leaf->bytes + r->text;
  guint n = MIN(r->n_text, length - r->n_same), i = 0;
  while (i < n && text[i] == (guint8)key[r->n_same + i])
    i++;
  guint at = r->n_same + i;
  r->n_same = at;
  if (i < n)
    return text[i] < (guint8)key[at] ? -1 : 1;
  return i < r->n_text ? 1 : at < length ? -1 : 0;
}

/* Finds KEY, with its prefix byte, among the terms of LEAF. FALSE where it is not there; *IS_SOUND FALSE
 * where the leaf is damaged. */
static gboolean find_on_leaf(const OnrLeaf *leaf, const char *key, guint32 *begin, guint32 *end,
                             gboolean *is_sound) {
  TermReader r = {.leaf = leaf, .offsets = {leaf->bytes + leaf->end, leaf->bytes + leaf->n_bytes, TRUE}};
  guint length = (guint)strlen(key);
  *is_sound = TRUE;
  r.next = next_offset(&r);
  for (gboolean is_first = TRUE; r.next < leaf->end; is_first = FALSE) {
    r.offset = r.next;
    r.next = next_offset(&r);
    *is_sound = r.offset >= ONR_LEAF_HEAD && r.next > r.offset && read_term(&r, is_first);
    if (!*is_sound)
      return FALSE;
    int order = compare_term(&r, key, length);
    if (order > 0)
      return FALSE;
    if (order == 0) {
      *begin = r.text + r.n_text;
      *end = r.next;
      return TRUE;
    }
  }
  return FALSE;
}

gboolean onr_leaf_find(OnrLeaf *leaf, OnrSegments *segments, const OnrSegment *segment, const char *term,
                       guint32 *begin, guint32 *end) {
  g_autofree char *key = g_strdup_printf("%c%s", MAIN_PREFIX, term);
  if (!onr_leaf_read(leaf, segments, segment, page_of_term(segments, segment, term)))
    return FALSE;
  gboolean is_sound, is_found = find_on_leaf(leaf, key, begin, end, &is_sound);
  if (!is_sound)
    onr_segments_set_corrupt(segments, segment, leaf->number);
  return is_found;
}
