/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A half-open stretch of text. Inside C offsets are bytes of the stored UTF-8; everything that leaves the
   program (record, JSON, CSV) counts Unicode code points: text/offsets.h turns the one into the other. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  guint32 begin;
  guint32 end; /* one past the last */
} OnrSpan;

static inline guint32 onr_span_length(OnrSpan s) {
  return s.end - s.begin;
}

static inline gboolean onr_span_overlaps(OnrSpan a, OnrSpan b) {
  return a.begin < b.end && b.begin < a.end;
}

static inline gboolean onr_span_contains(OnrSpan outer, OnrSpan inner) {
  return outer.begin <= inner.begin && inner.end <= outer.end;
}

G_END_DECLS
