/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/web/dates.h"

#include "indexer/web/address.h"
#include "indexer/web/authors.h"
#include "text/date.h"

#include <string.h>

#define FIRST_WEB_YEAR                                                                                       \
  1990 /* of a date that only stands on the page: before it, it is what the article is about */
#define MAX_DAYS_AHEAD                                                                                       \
  366 /* a clock may be wrong, and a magazine's issue dated ahead; more is another thing's date */
#define MAX_MOMENTS 100
#define MAX_FIELDS 20 /* for dates; more are a list's */
#define MAX_LINES 40  /* of the page at the headline that are read for a date */
#define MAX_BESIDE                                                                                           \
  40 /* bytes beside a date in a line of the page that nothing calls one: labels, a place, a time */

typedef struct {
  char *iso; /* owned */
  gint32 day;
  gboolean is_updated;
} Moment;

typedef struct {
  Moment list[MAX_MOMENTS]; /* the surest first */
  guint n;
  gint32 last_day;
} Moments;

static gint32 day_of(const char *iso) {
  g_autofree char *again = NULL;
  gint32 day = ONR_NO_DAY;
  return onr_date_parse_exact(iso, &again, &day) ? day : ONR_NO_DAY;
}

/* Takes ISO. */
static void add(Moments *moments, char *iso, gboolean is_updated, int first_year) {
  gint32 day = day_of(iso);
  if (day == ONR_NO_DAY || day == 0 || day < onr_date_days(first_year, 1, 1) || day > moments->last_day ||
      moments->n == MAX_MOMENTS)
    g_free(iso);
  else
    moments->list[moments->n++] = (Moment){iso, day, is_updated};
}

static void read_claim(Moments *moments, const OnrClaim *claim, gboolean is_updated, int first_year) {
  char *iso = NULL;
  gint32 day;
  gsize at = 0, begin;
  if (onr_date_parse_exact(claim->value, &iso, &day)) {
    add(moments, iso, is_updated, first_year);
    return;
  }
  gsize length = strlen(claim->value);
  guint n_before = moments->n;
  for (guint i = 0; i < 3 && (iso = onr_date_find(claim->value, &at, &begin, &is_updated)); i++)
    if (claim->origin != ONR_ORIGIN_WORDS || (begin <= MAX_BESIDE && length - (at - begin) <= 2 * MAX_BESIDE))
      add(moments, iso, is_updated, first_year);
    else
      g_free(iso);
  gboolean is_field = claim->origin != ONR_ORIGIN_WORDS;
  if (is_field && moments->n == n_before && onr_date_parse(claim->value, &iso, &day))
    add(moments, iso, is_updated, first_year);
}

static void read_fields(Moments *moments, const OnrClaims *claims, OnrClaimKind kind, gboolean is_updated) {
  guint n;
  const OnrClaim *all = onr_claims_of(claims, kind, &n);
  for (guint i = 0; i < MIN(n, MAX_FIELDS); i++)
    read_claim(moments, &all[i], is_updated, ONR_FIRST_YEAR);
}

/* Below the headline before above it, where a page may say what day it is today. */
static void read_page(Moments *moments, const OnrClaims *claims, const OnrClaim *heading) {
  guint n;
  const OnrClaim *all = onr_claims_of(claims, ONR_CLAIM_WHEN, &n);
  guint n_read = 0;
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < n && n_read < MAX_LINES; i++) {
      gboolean is_above = heading && all[i].at < heading->at;
      if (!onr_claim_is_near(&all[i], heading) || is_above != (pass == 1))
        continue;
      read_claim(moments, &all[i], all[i].is_updated, FIRST_WEB_YEAR);
      n_read++;
    }
}

static const Moment *find(const Moments *moments, gboolean is_updated) {
  for (guint i = 0; i < moments->n; i++)
    if (moments->list[i].is_updated == is_updated)
      return &moments->list[i];
  return NULL;
}

/* 0 a day, 1 with a time, 2 with its zone */
static int precision(const char *iso) {
  const char *time = strchr(iso, 'T');
  return !time ? 0 : strpbrk(time, "Z+-") ? 2 : 1;
}

/* The same day as ROUGH more exactly, where the page has it somewhere. */
static const Moment *refine(const Moments *moments, const Moment *rough) {
  const Moment *best = rough;
  for (guint i = 0; i < moments->n; i++) {
    const Moment *moment = &moments->list[i];
    if (moment->is_updated == rough->is_updated && moment->day == rough->day &&
        precision(moment->iso) > precision(best->iso))
      best = moment;
  }
  return best;
}

/* Nothing on the page says it better. */
static gboolean is_exact(const Moment *moment) {
  return moment && precision(moment->iso) == 2;
}

/* Was it UPDATED after PUBLISHED, as far as both say? */
static gboolean is_later(const char *updated, const char *published) {
  int p = precision(updated), q = precision(published);
  if (p < 2 || q < 2) { /* by the clock on the wall */
    gsize n = p == 0 || q == 0 ? strlen("2022-02-06") : strlen("2022-02-06T10:15:00");
    return strncmp(updated, published, n) > 0;
  }
  g_autoptr(GDateTime) a = g_date_time_new_from_iso8601(updated, NULL);
  g_autoptr(GDateTime) b = g_date_time_new_from_iso8601(published, NULL);
  return a && b && g_date_time_compare(a, b) > 0;
}

static void add_address_day(Moments *moments, const char *address) {
  char *iso = onr_address_day(address);
  if (iso)
    add(moments, iso, FALSE, FIRST_WEB_YEAR);
}

void onr_dates_choose(const OnrClaims *claims, const OnrClaim *heading, const char *address,
                      OnrPageDates *out) {
  Moments moments = {.last_day = (gint32)(g_get_real_time() / G_USEC_PER_SEC / 86400) + MAX_DAYS_AHEAD};
  read_fields(&moments, claims, ONR_CLAIM_DATE, FALSE);
  read_fields(&moments, claims, ONR_CLAIM_UPDATED, TRUE);
  if (!is_exact(find(&moments, FALSE)) || !is_exact(find(&moments, TRUE)))
    read_page(&moments, claims, heading);
  add_address_day(&moments, address);
  const Moment *published = find(&moments, FALSE), *updated = find(&moments, TRUE);
  published = published ? published : updated;
  if (published) {
    out->published = g_strdup(refine(&moments, published)->iso);
    if (updated && is_later(refine(&moments, updated)->iso, out->published))
      out->updated = g_strdup(refine(&moments, updated)->iso);
  }
  for (guint i = 0; i < moments.n; i++)
    g_free(moments.list[i].iso);
}

void onr_page_dates_clear(OnrPageDates *dates) {
  g_clear_pointer(&dates->published, g_free);
  g_clear_pointer(&dates->updated, g_free);
}
