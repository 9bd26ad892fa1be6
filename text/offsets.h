/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bytes to code points and back, for one text. ASCII text needs no table; other text keeps one count every
 * 64 bytes. */
#pragma once

#include "text/span.h"

G_BEGIN_DECLS

typedef struct {
  const char *text; /* borrowed */
  gsize length;
  gboolean is_ascii;
  guint32 *counts; /* code points before byte 64 * i */
  guint32 n_counts, capacity;
} OnrOffsets;

/* Points OFFSETS at LENGTH bytes of valid UTF-8; memory of a former text is reused. */
void onr_offsets_set_text(OnrOffsets *offsets, const char *text, gsize length);
void onr_offsets_clear(OnrOffsets *offsets);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrOffsets, onr_offsets_clear)

/* BYTE at most the length and on a character's first byte; POINT at most the number of code points. */
guint32 onr_offsets_to_points(const OnrOffsets *offsets, guint32 byte);
guint32 onr_offsets_to_bytes(const OnrOffsets *offsets, guint32 point);
OnrSpan onr_offsets_span_to_points(const OnrOffsets *offsets, OnrSpan bytes);
OnrSpan onr_offsets_span_to_bytes(const OnrOffsets *offsets, OnrSpan points);

G_END_DECLS
