/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/offsets.h"

#include "text/utf8.h"

#define STRIDE 64
#define STEP 32

static void reserve(OnrOffsets *offsets, guint32 n) {
  if (n <= offsets->capacity)
    return;
  offsets->counts = g_renew(guint32, offsets->counts, n);
  offsets->capacity = n;
}

void onr_offsets_set_text(OnrOffsets *offsets, const char *text, gsize length) {
  g_assert(length <= G_MAXUINT32);
  offsets->text = text;
  offsets->length = length;
  offsets->n_counts = 0;
  offsets->is_ascii = onr_utf8_ascii_prefix(text, length) == length;
  if (offsets->is_ascii)
    return;
  reserve(offsets, (guint32)(length / STRIDE + 1));
  guint32 points = 0;
  for (gsize at = 0; at <= length; at += STRIDE) {
    offsets->counts[offsets->n_counts++] = points;
    points += (guint32)onr_utf8_count(text + at, MIN(STRIDE, length - at));
  }
}

void onr_offsets_clear(OnrOffsets *offsets) {
  g_free(offsets->counts);
  *offsets = (OnrOffsets){0};
}

guint32 onr_offsets_to_points(const OnrOffsets *offsets, guint32 byte) {
  g_assert(byte <= offsets->length);
  if (offsets->is_ascii)
    return byte;
  guint32 block = byte / STRIDE;
  return offsets->counts[block] + (guint32)onr_utf8_count(offsets->text + block * STRIDE, byte % STRIDE);
}

/* The last block with no more than POINT code points before it. */
static guint32 block_of(const OnrOffsets *offsets, guint32 point) {
  guint32 low = 0, high = offsets->n_counts;
  while (high - low > 1) {
    guint32 middle = low + (high - low) / 2;
    if (offsets->counts[middle] <= point)
      low = middle;
    else
      high = middle;
  }
  return low;
}

guint32 onr_offsets_to_bytes(const OnrOffsets *offsets, guint32 point) {
  if (offsets->is_ascii)
    return (guint32)MIN(point, offsets->length);
  guint32 block = block_of(offsets, point);
  gsize at = (gsize)block * STRIDE;
  guint32 seen = offsets->counts[block];
  while (at + STEP <= offsets->length) { /* on to the few bytes that hold it */
    guint32 n = (guint32)onr_utf8_count(offsets->text + at, STEP);
    if (seen + n > point)
      break;
    seen += n;
    at += STEP;
  }
  for (; at < offsets->length; at++) {
    gboolean is_start = ((guchar)offsets->text[at] & 0xc0) != 0x80;
    if (is_start && seen++ == point)
      break;
  }
  return (guint32)at;
}

OnrSpan onr_offsets_span_to_points(const OnrOffsets *offsets, OnrSpan bytes) {
  return (OnrSpan){onr_offsets_to_points(offsets, bytes.begin), onr_offsets_to_points(offsets, bytes.end)};
}

OnrSpan onr_offsets_span_to_bytes(const OnrOffsets *offsets, OnrSpan points) {
  return (OnrSpan){onr_offsets_to_bytes(offsets, points.begin), onr_offsets_to_bytes(offsets, points.end)};
}
