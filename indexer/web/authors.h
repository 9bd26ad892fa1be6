/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who wrote a page's article. Of all places that name authors the surest with a person's name is taken, or a
   later one that has the same and more; an agency or a paper where there is no person. On the page itself
   only bylines near the headline count, and none in boxes beside it. */
#pragma once

#include "indexer/web/claims.h"

G_BEGIN_DECLS

/* "Ada Moor, Ben Vale" out of CLAIMS (sorted). HEADING, what shows the title on the page, may be NULL. The
 * caller frees it; NULL where nobody is named. */
char *onr_authors_choose(const OnrClaims *claims, const OnrClaim *heading);

/* Does CLAIM, of the page's own elements, stand at the headline? */
gboolean onr_claim_is_near(const OnrClaim *claim, const OnrClaim *heading);

G_END_DECLS
