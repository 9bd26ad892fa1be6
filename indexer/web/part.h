/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Articles that a site cuts into pages. All of them may give the first one's address as their own: then they would count as
   one article that came twice. */
#pragma once

#include "indexer/web/tree.h"

G_BEGIN_DECLS

/* The number of the page that TREE is, 2 or more; 0 for a first or only one. A page is a later one where it has a link
   rel=prev to another of the same article (of a blog that leads to the post before); its number is that of ADDRESS (its own as it says, or NULL) or of FETCHED (where it was had from, or NULL), else one more than that of the page
   before. */
guint onr_html_part(xmlDoc *tree, const char *address, const char *fetched);

G_END_DECLS
