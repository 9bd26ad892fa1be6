/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "query/value.h"

#include "text/date.h"
#include "text/vocabulary.h"

#include <string.h>

#define EXPECT_KIND "expected direct, mixed or indirect, or several joined by |"
#define EXPECT_ACT "expected speech, attitude or any"
#define EXPECT_NUMBER "expected a number from 0 to 1, as in confidence:>0.8 or confidence:0.5..0.9"
#define EXPECT_DATE "expected a date such as 2022, 2022-02 or 2022-02-06, or a range such as 2022-01..2022-03"

static gboolean report(OnrValueFault *fault, const char *what, const char *expected, gsize at) {
  *fault = (OnrValueFault){what, expected, at};
  return FALSE;
}

/* --- kind:, act: --- */

/* Ranges over the numbers whose bits are set in MASK. */
static void ranges_of_mask(guint mask, OnrRanges *out) {
  out->n = 0;
  for (guint bit = 0; mask >> bit; bit++) {
    if (!(mask >> bit & 1))
      continue;
    if (out->n && out->high[out->n - 1] == (gint64)bit - 1) {
      out->high[out->n - 1] = bit;
    } else {
      out->low[out->n] = out->high[out->n] = bit;
      out->n++;
    }
  }
}
G_STATIC_ASSERT((ONR_N_QUOTE_KINDS + 1) / 2 <= ONR_MAX_RANGES);

static gboolean report_name(gboolean is_act, gsize at, OnrValueFault *fault) {
  return is_act ? report(fault, "no such act", EXPECT_ACT, at)
                : report(fault, "no such kind of quote", EXPECT_KIND, at);
}

/* Names joined by |; "any" is all acts. */
static gboolean parse_names(gboolean is_act, const char *value, OnrRanges *out, OnrValueFault *fault) {
  guint all = (1u << (is_act ? (guint)ONR_N_ACTS : (guint)ONR_N_QUOTE_KINDS)) - 1, mask = 0;
  g_autofree char *lower = g_ascii_strdown(value, -1);
  g_auto(GStrv) names = g_strsplit(lower, "|", -1);
  gsize at = 0;
  if (!names[0])
    return report_name(is_act, 0, fault);
  for (guint i = 0; names[i]; at += strlen(names[i]) + 1, i++) {
    int found = is_act ? onr_act_parse(names[i]) : onr_quote_kind_parse(names[i]);
    if (found >= 0)
      mask |= 1u << found;
    else if (is_act && !strcmp(names[i], "any"))
      mask = all;
    else
      return report_name(is_act, at, fault);
  }
  ranges_of_mask(mask, out);
  if (mask == all)
    out->n = 0;
  return TRUE;
}

/* --- ranges of numbers and dates --- */

/* One end as the span of numbers that its text stands for: all days of 2022; 0.855 lies between two
 * hundredths. */
typedef gboolean (*EndFunc)(const char *text, gint64 *first, gint64 *last);

/* A decimal fraction from 0 to 1 in hundredths, first rounded up and last rounded down, so that first > last
   between two of them: no quote has that confidence, but it still parts those above from those below. */
static gboolean parse_hundredths(const char *text, gint64 *first, gint64 *last) {
  gsize whole = strspn(text, "0123456789");
  const char *p = text + whole;
  gint64 value = 0;
  for (const char *digit = text; digit < p; digit++)
    value = MIN(value * 10 + (*digit - '0'), 1000);
  value *= 100;
  if (*p == '.')
    p++;
  else if (!whole)
    return FALSE;
  gsize n = strspn(p, "0123456789");
  if (p[n] || (!whole && !n))
    return FALSE;
  gboolean has_rest = FALSE;
  for (gsize i = 0; i < n; i++) {
    int digit = p[i] - '0';
    value += i == 0 ? digit * 10 : i == 1 ? digit : 0;
    has_rest |= i > 1 && digit;
  }
  if (value > 100 || (value == 100 && has_rest))
    return FALSE;
  *first = value + has_rest;
  *last = value;
  return TRUE;
}

static gboolean parse_days(const char *text, gint64 *first, gint64 *last) {
  gint32 from, to;
  if (!onr_date_parse_range(text, &from, &to))
    return FALSE;
  *first = from;
  *last = to;
  return TRUE;
}

typedef struct {
  EndFunc parse;
  gint64 least, most; /* of all numbers */
  const char *no_end, *expected;
} Scale;

/* ">=0.8" */
static gboolean parse_comparison(const Scale *scale, const char *value, OnrRanges *out,
                                 OnrValueFault *fault) {
  gboolean is_less = *value == '<', has_equal = value[1] == '=';
  const char *end = value + 1 + (has_equal ? 1 : 0);
  gint64 first, last;
  if (!scale->parse(end, &first, &last))
    return report(fault, scale->no_end, scale->expected, (gsize)(end - value));
  out->n = 1;
  out->low[0] = is_less ? scale->least : has_equal ? first : last + 1;
  out->high[0] = !is_less ? scale->most : has_equal ? last : first - 1;
  return TRUE;
}

/* "a..b", either may be left out */
static gboolean parse_interval(const Scale *scale, const char *value, const char *dots, OnrRanges *out,
                               OnrValueFault *fault) {
  g_autofree char *from = g_strndup(value, (gsize)(dots - value));
  const char *to = dots + 2;
  gint64 low = scale->least, high = scale->most, unused;
  if (*from && !scale->parse(from, &low, &unused))
    return report(fault, scale->no_end, scale->expected, 0);
  if (*to && !scale->parse(to, &unused, &high))
    return report(fault, scale->no_end, scale->expected, (gsize)(to - value));
  if (!*from && !*to)
    return report(fault, "range without ends", scale->expected, 0);
  if (*from && *to && low > high)
    return report(fault, "range ends before it begins", "expected the lower end first", 0);
  *out = (OnrRanges){.n = 1, .low = {low}, .high = {high}};
  return TRUE;
}

static gboolean parse_range(const Scale *scale, const char *value, OnrRanges *out, OnrValueFault *fault) {
  const char *dots = strstr(value, "..");
  gint64 first, last;
  if (*value == '<' || *value == '>')
    return parse_comparison(scale, value, out, fault);
  if (dots)
    return parse_interval(scale, value, dots, out, fault);
  if (!scale->parse(value, &first, &last))
    return report(fault, scale->no_end, scale->expected, 0);
  *out = (OnrRanges){.n = 1, .low = {first}, .high = {last}};
  return TRUE;
}

gboolean onr_value_parse(OnrField field, const char *value, OnrRanges *out, OnrValueFault *fault) {
  static const Scale confidences = {parse_hundredths, 0, 100, "no confidence", EXPECT_NUMBER};
  /* ONR_NO_DAY is G_MININT32: an open range stays above it. */
  static const Scale days = {parse_days, ONR_NO_DAY + 1, G_MAXINT32, "no date", EXPECT_DATE};
  switch (field) {
  case ONR_FIELD_KIND:
    return parse_names(FALSE, value, out, fault);
  case ONR_FIELD_ACT:
    return parse_names(TRUE, value, out, fault);
  case ONR_FIELD_CONFIDENCE:
    return parse_range(&confidences, value, out, fault);
  default:
    g_assert(field == ONR_FIELD_DATE);
    return parse_range(&days, value, out, fault);
  }
}
