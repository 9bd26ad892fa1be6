/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands behind kind:, act:, confidence: and date:, as ranges of the number that each item carries. */
#pragma once

#include "query/field.h"

G_BEGIN_DECLS

#define ONR_MAX_RANGES 2 /* kind:direct|indirect */

/* Inclusive; any of them matches. No range at all: act:any, every item. */
typedef struct {
  guint n;
  gint64 low[ONR_MAX_RANGES], high[ONR_MAX_RANGES];
} OnrRanges;

/* Why a value is none: static strings, and the byte of the value where it goes wrong. */
typedef struct {
  const char *what, *expected;
  gsize at;
} OnrValueFault;

/* Reads the VALUE of a field of class ONR_VALUE_RANGE: kind:direct|mixed; act:any; confidence:>0.8, 0.5..0.9 (in
   hundredths); date:2022-02-06, 2022-01..2022-03, 2021.., ..2020, >=2021, >2022-02-06 (in days). FALSE with *FAULT filled. */
gboolean onr_value_parse(OnrField field, const char *value, OnrRanges *out, OnrValueFault *fault);

G_END_DECLS
