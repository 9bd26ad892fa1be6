/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/edition.h"

#include <string.h>

#define DAY_US (G_GINT64_CONSTANT(86400) * G_USEC_PER_SEC)
#define DAY_LENGTH 10 /* of "2022-02-06" */

OnrMoment onr_moment_read(const char *iso) {
  OnrMoment moment = {0};
  gint32 day;
  g_autofree char *clean = NULL;
  if (!iso || !onr_date_parse(iso, &clean, &day))
    return moment;
  moment = (OnrMoment){.is_known = TRUE, .is_day = TRUE, .us = day * DAY_US};
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
  g_autoptr(GDateTime) time = strlen(clean) > DAY_LENGTH ? g_date_time_new_from_iso8601(clean, utc) : NULL;
  if (time) {
    moment.is_day = FALSE;
    moment.us = g_date_time_to_unix(time) * G_USEC_PER_SEC + g_date_time_get_microsecond(time);
  }
  return moment;
}

static OnrNotice read_notice(const char *notice) {
  if (!g_strcmp0(notice, "kill") || !g_strcmp0(notice, "withhold"))
    return ONR_NOTICE_KILL;
  return g_strcmp0(notice, "correction") ? ONR_NOTICE_NONE : ONR_NOTICE_CORRECTION;
}

void onr_edition_read(OnrEdition *edition, const char *version, const char *updated, const char *published,
                      const char *notice) {
  *edition = (OnrEdition){.updated = onr_moment_read(updated),
                          .published = onr_moment_read(published),
                          .notice = read_notice(notice)};
  if (version && !g_ascii_string_to_unsigned(version, 10, 0, G_MAXINT64, &edition->version, NULL))
    edition->version = 0;
}

void onr_edition_of_article(OnrEdition *edition, const OnrArticle *article) {
  onr_edition_read(edition, onr_article_get_note(article, ONR_NOTE_VERSION),
                   onr_article_get_note(article, ONR_NOTE_UPDATED), article->published,
                   onr_article_get_note(article, ONR_NOTE_NOTICE));
}

gboolean onr_edition_is_plain(const OnrEdition *edition) {
  return edition->version == 0 && !edition->updated.is_known && edition->notice == ONR_NOTICE_NONE;
}

void onr_source_read_edition(const OnrSource *source, OnrEdition *edition) {
  g_autofree char *version = source->version ? g_strdup_printf("%" G_GINT64_FORMAT, source->version) : NULL;
  onr_edition_read(edition, version, source->updated, source->published, source->notice);
}

static int compare_moments(OnrMoment a, OnrMoment b) {
  if (a.is_known != b.is_known || !a.is_known)
    return (int)a.is_known - (int)b.is_known;
  return (a.us > b.us) - (a.us < b.us);
}

int onr_edition_compare(const OnrEdition *a, const OnrEdition *b) {
  gboolean a_is_plain = onr_edition_is_plain(a), b_is_plain = onr_edition_is_plain(b);
  if (a_is_plain || b_is_plain)
    return (int)b_is_plain - (int)a_is_plain;
  if (a->version != b->version)
    return a->version > b->version ? 1 : -1;
  int order = compare_moments(a->updated, b->updated);
  if (order == 0)
    order = (int)a->notice - (int)b->notice;
  return order ? order : compare_moments(a->published, b->published);
}

static gint64 day_of(OnrMoment moment) {
  gint64 day = moment.us / DAY_US;
  return moment.us % DAY_US < 0 ? day - 1 : day;
}

/* Where one says the day alone, the other's time of day says nothing. */
static gboolean is_after(OnrMoment a, OnrMoment b) {
  return a.is_day || b.is_day ? day_of(a) > day_of(b) : a.us > b.us;
}

gboolean onr_edition_kills(const OnrEdition *kill, const OnrEdition *other) {
  if (kill->version && other->version && kill->version != other->version)
    return kill->version > other->version;
  OnrMoment time = other->updated.is_known ? other->updated : other->published;
  return !kill->updated.is_known || !time.is_known || !is_after(time, kill->updated);
}
