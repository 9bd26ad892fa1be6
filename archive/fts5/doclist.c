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

static guint32 seek(OnrDoclist *d, guint32 row) {
  while (d->row < row) {
    if (!d->is_last && d->looked_from != d->leaf.number && row - d->row > FAR_ROWS) {
      d->looked_from = d->leaf.number;
      if (leap_towards(d, row)) {
        d->looked_from = d->leaf.number;
        continue;
      }
    }
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
      list->rows[list->n_parts++] = part->row;
    else
      clear_doclist(part);
  }
}

OnrList *onr_list_open(OnrSegments *segments, const GPtrArray *forms) {
  OnrList *list = g_new0(OnrList, 1);
  list->parts = g_new0(OnrDoclist, (gsize)segments->segments->len * forms->len);
  list->rows = g_new0(guint32, (gsize)segments->segments->len * forms->len);
  list->present = g_new0(OnrDoclist *, forms->len);
  for (guint i = 0; i < forms->len; i++)
    open_form(list, segments, forms->pdata[i], i);
  return list;
}

void onr_list_free(OnrList *list) {
  if (!list)
    return;
  for (guint i = 0; i < list->n_parts; i++)
    clear_doclist(&list->parts[i]);
  g_free(list->parts);
  g_free(list->rows);
  g_free(list->present);
  g_clear_pointer(&list->merged, g_array_unref);
  g_free(list);
}

/* The least row at or after ROW that any part has. */
static guint32 least_row(OnrList *list, guint32 row) {
  guint32 least = ONR_NO_ROW;
  for (guint i = 0; i < list->n_parts; i++) {
    if (list->rows[i] < row)
      list->rows[i] = seek(&list->parts[i], row);
    least = MIN(least, list->rows[i]);
  }
  return least;
}

/* Of each form the newest part that has ROW, unless it says that the row is gone. */
static gboolean find_present(OnrList *list, guint32 row) {
  list->n_present = 0;
  for (guint i = 0; i < list->n_parts; i++) {
    if (list->rows[i] != row)
      continue;
    OnrDoclist *part = &list->parts[i];
    if (part->n_bytes)
      list->present[list->n_present++] = part;
    while (i + 1 < list->n_parts && list->parts[i + 1].n_form == part->n_form)
      i++;
  }
  return list->n_present > 0;
}

guint32 onr_list_seek_on(OnrList *list, guint32 row) {
  list->is_begun = TRUE;
  while ((row = least_row(list, row)) != ONR_NO_ROW && !find_present(list, row))
    row++;
  return list->row = row;
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

static OnrPositions positions_of(OnrDoclist *d) {
  guint32 n_bytes;
  const guint8 *bytes = position_bytes(d, &n_bytes);
  OnrPositions positions = {.at = bytes, .end = bytes + n_bytes};
  onr_positions_next(&positions);
  return positions;
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

static OnrPositions merge_positions(OnrList *list) {
  if (!list->merged)
    list->merged = g_array_new(FALSE, FALSE, sizeof(guint64));
  g_array_set_size(list->merged, 0);
  for (guint i = 0; i < list->n_present; i++) {
    OnrPositions at = positions_of(list->present[i]);
    for (; at.position != ONR_NO_POSITION; onr_positions_next(&at)) {
      if (list->merged->len < MANY_POSITIONS)
        insert_position(list->merged, at.position);
      else
        g_array_append_val(list->merged, at.position);
    }
  }
  if (list->merged->len > MANY_POSITIONS)
    g_array_sort(list->merged, compare_positions);
  const guint64 *first = (const guint64 *)(gconstpointer)list->merged->data;
  OnrPositions positions = {.merged = first, .merged_end = first + list->merged->len};
  onr_positions_next(&positions);
  return positions;
}

OnrPositions onr_list_positions(OnrList *list) {
  return list->n_present == 1 ? positions_of(list->present[0]) : merge_positions(list);
}

static guint count_positions(OnrDoclist *d, const guint *weights, guint n_columns) {
  guint32 n_bytes;
  const guint8 *at = position_bytes(d, &n_bytes), *end = at + n_bytes;
  guint wdf = 0, weight = weights[0];
  guint64 value;
  for (guint n; (n = onr_varint_read(at, end, &value)); at += n) {
    if (value != 1) {
      wdf += weight;
      continue;
    }
    at += n;
    n = onr_varint_read(at, end, &value);
    weight = value < n_columns ? weights[value] : 0;
  }
  return wdf;
}

guint onr_list_wdf(OnrList *list, const guint *weights, guint n_columns) {
  guint wdf = 0;
  for (guint i = 0; i < list->n_present; i++)
    wdf += count_positions(list->present[i], weights, n_columns);
  return wdf;
}
