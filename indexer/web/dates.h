/* SPDX-License-Identifier: GPL-2.0-or-later */
/* When a page's article was published, and when it was changed last: from fields for it, else from the page's
   own words at the headline ("Published 12:01 GMT, 6 February 2022. Updated …"), else from the address. A
   date that cannot be one (of the year 1, of the next decade) is none; one with a time, or with a zone, is
   taken over the same day without. */
#pragma once

#include "indexer/web/claims.h"

G_BEGIN_DECLS

typedef struct {
  char *published; /* ISO 8601, or NULL; owned */
  char *updated;   /* likewise; NULL where it was not changed */
} OnrPageDates;

/* CLAIMS are sorted; HEADING and ADDRESS may be NULL. OUT is all zero. */
void onr_dates_choose(const OnrClaims *claims, const OnrClaim *heading, const char *address,
                      OnrPageDates *out);
void onr_page_dates_clear(OnrPageDates *dates);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrPageDates, onr_page_dates_clear)

/* A date in running words, "Published 12:01 GMT, 6 February 2022", also by the months of seven other
   languages and as 2022年2月6日; or, of a field, seconds or milliseconds since 1970. From *AT, which is moved
   behind it; *BEGIN gets where the day begins. *IS_UPDATED is set by what stands before it and otherwise
   left. ISO 8601, which the caller frees; NULL where there is none. */
char *onr_date_find(const char *text, gsize *at, gsize *begin, gboolean *is_updated);

G_END_DECLS
