/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The title of a page's article, without the site's name. A page has it in up to a dozen places (JSON-LD,
   OpenGraph, <title>, <h1> …): with the site's name before or behind it, with a section ("Opinion | …"), cut
   short ("…"), written otherwise for search engines. They vote: each is for itself and for all that it holds
   between separators, with a weight by its origin; the most wins, of equals JSON-LD before <h1> before the
   others. */
#pragma once

#include "indexer/web/claims.h"

G_BEGIN_DECLS

/* CLAIMS are sorted; HOST, the page's, may be NULL. *HEADING gets the heading on the page that shows the
   title, or NULL. The caller frees the title; NULL where there is none. */
char *onr_title_choose(const OnrClaims *claims, const char *host, const OnrClaim **heading);

/* Is WHOLE the title PART, or PART and something beside it (a site's name)? But for case, marks and
 * punctuation. */
gboolean onr_title_is_in(const char *part, const char *whole);

/* TEXT folded, its letters and digits alone: what is compared. The caller frees it. */
char *onr_title_key(const char *text);

G_END_DECLS
