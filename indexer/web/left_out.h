/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What of a page is no part of its article, whichever element that is: what calls itself furniture, readers' comments,
   windows over names, sections under a heading of furniture, rows of teasers – but where most of the page's text is in
   them. */
#pragma once

#include "indexer/web/blocks.h"

G_BEGIN_DECLS

#define ONR_HEADLINE_BYTES 15 /* of a teaser's linked headline, at least */

/* Marks PAGE's elements that are left out, cuts its blocks without them and weighs what stays. PAGE has an element. */
void onr_html_leave_out(OnrHtmlBlocks *page);

/* Sums up the good text of each element; what is left out adds nothing to those above it. */
void onr_html_weigh(OnrHtmlBlocks *page);
/* ELEMENT's good text in per cent of OF_BYTES, 0 of nothing. */
guint64 onr_html_share(const OnrHtmlElement *element, guint32 of_bytes);

/* TRUE where ELEMENT has good text, and no link to another page that is a headline. */
gboolean onr_html_is_prose(const OnrHtmlBlocks *page, const OnrHtmlElement *element);
/* TRUE where A and B have the same name and class. */
gboolean onr_html_is_alike(const xmlNode *a, const xmlNode *b);
/* TRUE where BLOCK is a heading's. */
gboolean onr_html_is_heading(const OnrHtmlBlocks *page, const OnrHtmlBlock *block);
/* Element NUMBER's node. */
const xmlNode *onr_html_node(const OnrHtmlBlocks *page, guint32 number);

G_END_DECLS
