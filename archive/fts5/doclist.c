/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/fts5/doclist.h"

#include "archive/fts5/inverted.h"

/* --- one segment --- */

static void end_list(OnrDoclist *d) {
  d->row = ONR_NO_ROW;
}

static void fail(OnrDoclist *d) {
  onr_segments_set_corrupt(d->segments, &d->segment, d->leaf.number);
  end_list(d);
}

/* Reads the number at *AT of the leaf, before the list's end. */
static gboolean read_number(OnrDoclist *d, guint32 *at, guint64 *value) {
  guint n = onr_varint_read(d->leaf.bytes + *at, d->leaf.bytes + d->end, value);
  *at += n;
  return n > 0;
}

/* At *AT: a row, as what is added to LAST, and the size of its positions, whose lowest bit tells of a
 * deletion. */
static void read_row(OnrDoclist *d, guint32 at, guint32 last) {
  guint64 step, size;
  if (!read_number(d, &at, &step) || !read_number(d, &at, &size) || step > ONR_ROW_MAX - last ||
      size >> 1 > G_MAXINT32) {
    fail(d);
    return;
  }
  d->row = last + (guint32)step;
  d->begin = at;
  d->n_bytes = (guint32)(size >> 1);
}

/* The leaf has just been read: what of it is the list's. */
static void bound_by_terms(OnrDoclist *d) {
  d->end = onr_leaf_first_term(&d->leaf);
  d->is_last = d->end < d->leaf.end || d->leaf.number >= d->segment.last_page;
}

/* To the first row that begins on the leaf at hand, which continues the list, or on one after it. */
static void enter_leaf(OnrDoclist *d) {
  for (;;) {
    bound_by_terms(d);
    if (d->leaf.first_row) {
      if (d->leaf.first_row < d->end)
        read_row(d, d->leaf.first_row, 0);
      else
        fail(d);
      return;
    }
    if (d->is_last) {
      end_list(d);
      return;
    }
    if (!onr_leaf_read(&d->leaf, d->segments, &d->segment, d->leaf.number + 1)) {
      end_list(d);
      return;
    }
  }
}

/* To the leaf on which the row's positions end, which is not the one at hand. */
static gboolean pass_long_positions(OnrDoclist *d) {
  guint32 n_left = d->n_bytes - (d->leaf.end - d->begin);
  for (;;) {
    if (d->is_last) {
      fail(d);
      return FALSE;
    }
    if (!onr_leaf_read(&d->leaf, d->segments, &d->segment, d->leaf.number + 1)) {
      end_list(d);
      return FALSE;
    }
    bound_by_terms(d);
    if (n_left <= d->leaf.end - ONR_LEAF_HEAD)
      return TRUE;
    n_left -= d->leaf.end - ONR_LEAF_HEAD;
  }
}

/* The first row that begins on a leaf is given whole, where its head says; the others as distances. */
static void next_row(OnrDoclist *d) {
  if (d->n_bytes > d->leaf.end - d->begin) {
    if (pass_long_positions(d))
      enter_leaf(d);
    return;
  }
  guint32 at = d->begin + d->n_bytes;
  if (at < d->end)
    read_row(d, at, d->row);
  else if (d->is_last)
    end_list(d);
  else if (onr_leaf_read(&d->leaf, d->segments, &d->segment, d->leaf.number + 1))
    enter_leaf(d);
  else
    end_list(d);
}

/* --- leaping --- */

/* Reads page NUMBER as the one ahead. Its first row of the list, ONR_NO_ROW where it has none or is beyond
 * the list. */
static guint32 look_at(OnrDoclist *d, guint32 number) {
  guint64 row;
  if (number > d->last_page || !onr_leaf_read(&d->ahead, d->segments, &d->segment, number) ||
      !d->ahead.first_row)
    return ONR_NO_ROW;
  const guint8 *bytes = d->ahead.bytes;
  if (!onr_varint_read(bytes + d->ahead.first_row, bytes + d->ahead.end, &row) || row > ONR_ROW_MAX)
    return ONR_NO_ROW;
  return (guint32)row;
}

static void leap(OnrDoclist *d) {
  OnrLeaf passed = d->leaf;
  d->leaf = d->ahead;
  d->ahead = passed;
}

/* As many leaves on as have their first row at or before ROW: steps that double, then halve. TRUE if there
 * was one. */
static gboolean leap_towards(OnrDoclist *d, guint32 row) {
  if (!d->last_page)
    d->last_page = onr_segment_last_page_of(d->segments, &d->segment, d->form);
  guint32 step = 1;
  gboolean has_leapt = FALSE, grows = TRUE;
  while (step) {
    if (look_at(d, d->leaf.number + step) <= row) {
      leap(d);
      has_leapt = TRUE;
      step = grows ? step * 2 : step / 2;
    } else {
      grows = FALSE;
      step /= 2;
    }
  }
  if (has_leapt)
    enter_leaf(d);
  return has_leapt;
}

/* How far a row must be for the page ahead to be worth a look. One look a leaf: a page costs what 200 rows
 * cost, of the 1,000 that it holds. */
#define FAR_ROWS 200

/* A number of one or two bytes at *AT, which most are; FALSE for a longer one. */
static inline gboolean read_short(const guint8 **at, guint32 *value) {
  const guint8 *bytes = *at;
  if (bytes[0] < 0x80) {
    *value = bytes[0];
    *at = bytes + 1;
    return TRUE;
  }
  *value = (guint32)(bytes[0] & 0x7f) << 7 | bytes[1];
  *at = bytes + 2;
  return bytes[1] < 0x80;
}

#define SHORT_ROW_BYTES 4 /* of a row whose two numbers are short */

/* Towards ROW as long as rows lie on the leaf at hand, away from its end, and their numbers are short: what
   next_row would do, where it is quick. */
static void pass_rows(OnrDoclist *d, guint32 row) {
  const guint8 *end = d->leaf.bytes + d->end;
  while (d->row < row && d->end - d->begin > d->n_bytes + SHORT_ROW_BYTES) {
    const guint8 *at = d->leaf.bytes + d->begin + d->n_bytes;
    guint32 step, size;
    if (end - at < SHORT_ROW_BYTES || !read_short(&at, &step) || !read_short(&at, &size) ||
        step > ONR_ROW_MAX - d->row)
      return;
    d->row += step;
    d->begin = (guint32)(at - d->leaf.bytes);
    d->n_bytes = size >> 1;
  }
}

static guint32 seek(OnrDoclist *d, guint32 row) {
  while (d->row < row) {
    if (!d->is_last && d->looked_from != d->leaf.number && row - d->row > FAR_ROWS) {
      d->looked_from = d->leaf.number;
      if (leap_towards(d, row)) {
        d->looked_from = d->leaf.number;
        continue;
      }
    }
    pass_rows(d, row);
    if (d->row < row)
      next_row(d);
  }
  return d->row;
}

static gboolean open_doclist(OnrDoclist *d, OnrSegments *segments, const OnrSegment *segment,
                             const char *form) {
  guint32 begin;
  d->segments = segments;
  d->segment = *segment;
  if (!onr_leaf_find(&d->leaf, segments, segment, form, &begin, &d->end))
    return FALSE;
  d->form = g_strdup(form);
  d->is_last = d->end < d->leaf.end || d->leaf.number >= segment->last_page;
  if (begin < d->end)
    read_row(d, begin, 0);
  else if (!d->is_last && onr_leaf_read(&d->leaf, segments, segment, d->leaf.number + 1))
    enter_leaf(d);
  else
    fail(d);
  return TRUE;
}

static void clear_doclist(OnrDoclist *d) {
  onr_leaf_clear(&d->leaf);
  onr_leaf_clear(&d->ahead);
  g_clear_pointer(&d->gathered, g_byte_array_unref);
  g_clear_pointer(&d->form, g_free);
}

/* --- all forms and segments --- */

static void open_form(OnrList *list, OnrSegments *segments, const char *form, guint n_form) {
  for (guint i = 0; i < segments->segments->len; i++) {
    OnrDoclist *part = &list->parts[list->n_parts];
    part->n_form = n_form;
    if (open_doclist(part, segments, &g_array_index(segments->segments, OnrSegment, i), form))
      list->n_parts++;
    else
      clear_doclist(part);
  }
}

/* In descending order of the rows they begin with. */
static int compare_asleep(gconstpointer a, gconstpointer b, gpointer list) {
  const OnrDoclist *parts = ((OnrList *)list)->parts;
  guint32 x = parts[*(const guint *)a].row, y = parts[*(const guint *)b].row;
  return (x < y) - (x > y);
}

OnrList *onr_list_open(OnrSegments *segments, const GPtrArray *forms) {
  OnrList *list = g_new0(OnrList, 1);
  gsize n_max = (gsize)segments->segments->len * forms->len;
  list->parts = g_new0(OnrDoclist, n_max);
  list->present = g_new0(OnrDoclist *, forms->len);
  for (guint i = 0; i < forms->len; i++)
    open_form(list, segments, forms->pdata[i], i);
  list->active = g_new(guint, n_max);
  list->asleep = g_new(guint, n_max);
  for (guint i = 0; i < list->n_parts; i++)
    list->asleep[list->n_asleep++] = i;
  g_qsort_with_data(list->asleep, (gint)list->n_asleep, sizeof *list->asleep, compare_asleep, list);
  return list;
}

void onr_list_free(OnrList *list) {
  if (!list)
    return;
  for (guint i = 0; i < list->n_parts; i++)
    clear_doclist(&list->parts[i]);
  g_free(list->parts);
  g_free(list->active);
  g_free(list->asleep);
  g_free(list->present);
  g_clear_pointer(&list->merged, g_array_unref);
  g_free(list);
}

static inline guint32 seek_part(OnrDoclist *part, guint32 row) {
  return part->row < row ? seek(part, row) : part->row;
}

/* Active parts keep the order of parts. */
static void wake_next(OnrList *list) {
  guint part = list->asleep[--list->n_asleep], i = list->n_active++;
  for (; i > 0 && list->active[i - 1] > part; i--)
    list->active[i] = list->active[i - 1];
  list->active[i] = part;
}

/* The least row at or after ROW that an active part has; of each form the newest part that has it becomes
   present. Parts that end leave. */
static guint32 least_active(OnrList *list, guint32 row) {
  guint32 least = ONR_NO_ROW;
  guint n = 0, last_form = G_MAXUINT;
  list->n_present = 0;
  for (guint i = 0; i < list->n_active; i++) {
    OnrDoclist *part = &list->parts[list->active[i]];
    guint32 next = seek_part(part, row);
    if (next == ONR_NO_ROW)
      continue;
    list->active[n++] = list->active[i];
    if (next > least || (next == least && part->n_form == last_form))
      continue;
    if (next < least)
      list->n_present = 0;
    least = next;
    last_form = part->n_form;
    list->present[list->n_present++] = part;
  }
  list->n_active = n;
  return least;
}

static inline guint32 first_asleep(const OnrList *list) {
  return list->n_asleep ? list->parts[list->asleep[list->n_asleep - 1]].row : ONR_NO_ROW;
}

/* Wakes the parts that may have LEAST, the least row of active ones at or after ROW, or one before it. FALSE
   where there are none. */
static gboolean wake_parts(OnrList *list, guint32 row, guint32 least) {
  gboolean is_any = FALSE;
  while (list->n_asleep && first_asleep(list) <= least) {
    guint32 next = seek_part(&list->parts[list->asleep[list->n_asleep - 1]], row);
    is_any = TRUE;
    if (next == ONR_NO_ROW)
      list->n_asleep--;
    else
      wake_next(list);
    least = MIN(least, next);
  }
  return is_any;
}

/* Those that say that the row is gone are not present. */
static void drop_gone(OnrList *list) {
  guint n = 0;
  for (guint i = 0; i < list->n_present; i++)
    if (list->present[i]->n_bytes)
      list->present[n++] = list->present[i];
  list->n_present = n;
}

/* The general way. */
static guint32 seek_all(OnrList *list, guint32 row) {
  for (;;) {
    guint32 least = least_active(list, row);
    if (wake_parts(list, row, least))
      continue;
    drop_gone(list);
    if (list->n_present || least == ONR_NO_ROW)
      return list->row = least;
    row = least + 1;
  }
}

/* Mostly one part is active, and no other begins before it is come to. */
guint32 onr_list_seek_on(OnrList *list, guint32 row) {
  list->is_begun = TRUE;
  if (list->n_active != 1)
    return seek_all(list, row);
  OnrDoclist *part = &list->parts[list->active[0]];
  guint32 next = seek_part(part, row);
  if (next >= first_asleep(list) || !part->n_bytes)
    return seek_all(list, row);
  list->present[0] = part;
  list->n_present = 1;
  return list->row = next;
}

/* --- positions --- */

/* Copies positions that run over leaves; the list itself stays where it is. */
static void gather(OnrDoclist *d) {
  if (!d->gathered)
    d->gathered = g_byte_array_new();
  g_byte_array_set_size(d->gathered, 0);
  guint32 n_here = d->leaf.end - d->begin;
  g_byte_array_append(d->gathered, d->leaf.bytes + d->begin, n_here);
  for (guint32 number = d->leaf.number + 1; d->gathered->len < d->n_bytes; number++) {
    if (number > d->segment.last_page || !onr_leaf_read(&d->ahead, d->segments, &d->segment, number)) {
      onr_segments_set_corrupt(d->segments, &d->segment, number);
      return;
    }
    n_here = MIN(d->n_bytes - d->gathered->len, onr_leaf_first_term(&d->ahead) - ONR_LEAF_HEAD);
    if (!n_here) {
      onr_segments_set_corrupt(d->segments, &d->segment, number);
      return;
    }
    g_byte_array_append(d->gathered, d->ahead.bytes + ONR_LEAF_HEAD, n_here);
  }
}

static const guint8 *position_bytes(OnrDoclist *d, guint32 *n_bytes) {
  *n_bytes = d->n_bytes;
  if (d->n_bytes <= d->leaf.end - d->begin)
    return d->leaf.bytes + d->begin;
  gather(d);
  *n_bytes = d->gathered->len;
  return d->gathered->data;
}

static inline void begin_positions(OnrDoclist *d, OnrPositions *positions) {
  guint32 n_bytes;
  positions->at = position_bytes(d, &n_bytes);
  positions->end = positions->at + n_bytes;
  positions->merged = NULL;
  positions->position = 0;
  onr_positions_next(positions);
}

/* Into its place in MERGED: from the end, since most come in order. */
static void insert_position(GArray *merged, guint64 position) {
  g_array_append_val(merged, position);
  guint64 *all = (guint64 *)(gpointer)merged->data;
  guint i = merged->len - 1;
  for (; i > 0 && all[i - 1] > position; i--)
    all[i] = all[i - 1];
  all[i] = position;
}

static int compare_positions(gconstpointer a, gconstpointer b) {
  guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
  return (x > y) - (x < y);
}

/* Positions from which on they are sorted at the end rather than put in their place one by one. */
#define MANY_POSITIONS 64

static void merge_positions(OnrList *list, OnrPositions *positions) {
  if (!list->merged)
    list->merged = g_array_new(FALSE, FALSE, sizeof(guint64));
  g_array_set_size(list->merged, 0);
  for (guint i = 0; i < list->n_present; i++) {
    OnrPositions at;
    for (begin_positions(list->present[i], &at); at.position != ONR_NO_POSITION; onr_positions_next(&at)) {
      if (list->merged->len < MANY_POSITIONS)
        insert_position(list->merged, at.position);
      else
        g_array_append_val(list->merged, at.position);
    }
  }
  if (list->merged->len > MANY_POSITIONS)
    g_array_sort(list->merged, compare_positions);
  const guint64 *first = (const guint64 *)(gconstpointer)list->merged->data;
  *positions = (OnrPositions){.merged = first, .merged_end = first + list->merged->len};
  onr_positions_next(positions);
}

void onr_list_positions(OnrList *list, OnrPositions *positions) {
  if (list->n_present == 1)
    begin_positions(list->present[0], positions);
  else
    merge_positions(list, positions);
}

static guint count_positions(OnrDoclist *d, const guint *weights, guint n_columns) {
  guint32 n_bytes;
  const guint8 *at = position_bytes(d, &n_bytes), *end = at + n_bytes;
  guint wdf = 0, weight = weights[0];
  while (at < end) {
    guint8 byte = *at++;
    if (byte == 1) { /* another column, whose number follows */
      weight = at < end && *at < n_columns ? weights[*at] : 0;
      at++;
      continue;
    }
    while (byte >= 0x80 && at < end)
      byte = *at++;
    wdf += weight;
  }
  return wdf;
}

guint onr_list_wdf(OnrList *list, const guint *weights, guint n_columns) {
  guint wdf = 0;
  for (guint i = 0; i < list->n_present; i++)
    wdf += count_positions(list->present[i], weights, n_columns);
  return wdf;
}
