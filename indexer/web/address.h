/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The address of a page's article, and what an address says: its host, its day. */
#pragma once

#include "indexer/web/claims.h"

G_BEGIN_DECLS

/* The canonical address among CLAIMS (sorted), made absolute against BASE, which may be NULL; else OWN, the
   address that the page was had from, or NULL. An address without a path is the site's, not the article's: it
   is taken only where IS_HOME, that is, where nothing says that the page is an article. The caller frees it.
 */
char *onr_address_choose(const OnrClaims *claims, const char *base, const char *own, gboolean is_home);

/* REFERENCE as an absolute http(s) address without its fragment, or NULL; BASE may be NULL. The caller frees
 * it. */
char *onr_address_resolve(const char *base, const char *reference);

/* TRUE where ADDRESS, which is absolute, has no path: a site's own. */
gboolean onr_address_is_home(const char *address);

/* Are two addresses one page's: but for the scheme, "www.", "m.", "amp.", query, fragment, and a slash at the
 * end? */
gboolean onr_address_is_same(const char *a, const char *b);

/* "coast.example" of "https://www.coast.example/1". The caller frees it; NULL where there is no host. */
char *onr_address_host(const char *address);

/* The day in its path, "/2019/11/22/", "/2019/nov/22/", "/2019-11-22-", "/20191122/", as ISO 8601. The caller
 * frees it; NULL. */
char *onr_address_day(const char *address);

G_END_DECLS
