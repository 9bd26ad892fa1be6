/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/attribution.h"

#include <string.h>

void onr_attributions_init(OnrAttributions *a) {
  memset(a, 0, sizeof *a);
  a->items = g_array_new(FALSE, TRUE, sizeof(OnrAttribution));
  a->pieces = g_array_new(FALSE, FALSE, sizeof(OnrPiece));
}

void onr_attributions_clear(OnrAttributions *a) {
  if (a->items)
    g_array_unref(a->items);
  if (a->pieces)
    g_array_unref(a->pieces);
  g_free(a->claims);
  memset(a, 0, sizeof *a);
}

void onr_attributions_reset(OnrAttributions *a, const OnrReading *reading) {
  a->reading = reading;
  g_array_set_size(a->items, 0);
  g_array_set_size(a->pieces, 0);
  if (reading->n > a->capacity) {
    a->capacity = reading->capacity;
    g_free(a->claims);
    a->claims = g_malloc(a->capacity);
  }
  if (reading->n)
    memset(a->claims, 0, reading->n);
}

static void claim(OnrAttributions *a, guint32 begin, guint32 end, guint8 bits) {
  for (guint32 i = begin; i < end; i++)
    a->claims[i] |= bits;
}

guint32 onr_attributions_add(OnrAttributions *a, const OnrAttribution *item) {
  g_array_append_val(a->items, *item);
  claim(a, item->cue.begin, item->cue.end, ONR_CLAIM_CUE);
  return a->items->len - 1;
}

void onr_attributions_add_content(OnrAttributions *a, guint32 index, guint32 begin, guint32 end) {
  if (begin >= end)
    return;
  OnrPiece piece = {index, {begin, end}};
  g_array_append_val(a->pieces, piece);
  claim(a, begin, end, ONR_CLAIM_CONTENT);
}

gboolean onr_attributions_is_claimed(const OnrAttributions *a, guint32 begin, guint32 end) {
  for (guint32 i = begin; i < end; i++)
    if (a->claims[i] & ONR_CLAIM_CONTENT)
      return TRUE;
  return FALSE;
}
