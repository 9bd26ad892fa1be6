/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One walk over a page that gathers all it says of itself: meta elements, links, JSON-LD, microdata,
   headings, and what is called or worded like a byline or a date. */
#pragma once

#include "indexer/web/linked.h"

G_BEGIN_DECLS

typedef struct {
  OnrClaims claims;
  OnrLinked linked;
  const char *base;    /* href of <base>, borrowed from the tree, or NULL */
  char *saved_from;    /* the address that a browser notes when it saves a page, or NULL; owned */
  gboolean is_article; /* og:type says so */
  gboolean
      is_paid; /* article:content_tier or itemprop=isAccessibleForFree says that it is not free to read */
} OnrHtmlPage;

/* OUT is all zero, or was cleared. */
void onr_html_page_read(xmlDoc *tree, OnrHtmlPage *out);
void onr_html_page_clear(OnrHtmlPage *page);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrHtmlPage, onr_html_page_clear)

G_END_DECLS
