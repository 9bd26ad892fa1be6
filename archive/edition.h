/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Of several items with one id, which holds: agencies send a story again with a higher version, a correction, or a notice that it
   is killed or withheld. What an item says of itself, as notes (archive/article.h), becomes an edition, and editions
   are compared here and nowhere else: pure functions, so that the same items leave the same archive in whatever order they come.

     OnrEdition new, held;
     onr_edition_of_article(&new, article);
     onr_edition_read(&held, version, updated, published, notice);        // as a record has them
     if (onr_edition_compare(&new, &held) > 0) …                          // the new one holds */
#pragma once

#include "archive/record.h"

G_BEGIN_DECLS

typedef enum {
  ONR_NOTICE_NONE,
  ONR_NOTICE_CORRECTION,
  ONR_NOTICE_KILL, /* kill or withhold */
} OnrNotice;

/* A point in time, or a day where no more is known. */
typedef struct {
  gboolean is_known, is_day;
  gint64 us; /* since 1970-01-01 UTC; of a day its beginning */
} OnrMoment;

typedef struct {
  guint64 version; /* 0: none */
  OnrMoment updated, published;
  OnrNotice notice;
} OnrEdition;

/* From an item's notes and date; each may be NULL, and what is no number or no time counts as not said. */
void onr_edition_read(OnrEdition *edition, const char *version, const char *updated, const char *published, const char *notice);
void onr_edition_of_article(OnrEdition *edition, const OnrArticle *article);
/* Of an item that was left out, or of an article as onr_record_find_holder gives it. */
void onr_source_read_edition(const OnrSource *source, OnrEdition *edition);

/* ISO 8601, a day or a time; without a zone, UTC. */
OnrMoment onr_moment_read(const char *iso);

/* TRUE where the item says nothing of versions: neither a number, nor when it was updated, nor a notice. Plain items are equal, whatever their dates, and lower than
   others: of them the first that came holds. */
gboolean onr_edition_is_plain(const OnrEdition *edition);

/* Below 0 where B holds, above where A does, 0 where neither: by version, then by the time of the update, then a correction before what is none, then by the time of
   publication. What is not said is lowest. Neither is a kill. */
int onr_edition_compare(const OnrEdition *a, const OnrEdition *b);

/* TRUE where KILL takes OTHER, no kill, out of the archive. Of two that have versions, the higher decides; else an item that was updated (or, where it does not
   say so, published) after the kill was is free again; where one of the times is only a day, the next day. A kill that has neither version nor time to compare takes out every item. */
gboolean onr_edition_kills(const OnrEdition *kill, const OnrEdition *other);

G_END_DECLS
