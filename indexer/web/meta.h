/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a web page says of itself, as the article's header and notes. One walk gathers claims (web/page.h),
   each field has its own judge.

     g_autoptr(OnrHtmlMeta) meta = onr_html_meta_new(tree, item->url);
     onr_html_meta_fill(meta, &fields);          // title, byline, published … and notes
     const char *body = onr_html_meta_body(meta); // the article's text as JSON-LD has it, or NULL
     …                                           // the article gets its text
     onr_html_meta_mark(meta, article);          // the note that a paywall cut it */
#pragma once

#include "indexer/readers/fields.h"
#include "indexer/web/tree.h"

G_BEGIN_DECLS

typedef struct OnrHtmlMeta OnrHtmlMeta;

/* Reads TREE, which must outlive it. URL is the address that a container has the page under, or NULL. */
OnrHtmlMeta *onr_html_meta_new(xmlDoc *tree, const char *url);
void onr_html_meta_free(OnrHtmlMeta *meta);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrHtmlMeta, onr_html_meta_free)

/* Sets the fields, and the notes "updated", "subject" and "genre" of FIELDS' article. */
void onr_html_meta_fill(const OnrHtmlMeta *meta, OnrFields *fields);

/* The article's text as its JSON-LD has it (web/linked.h: whole, its beginning or one line), or NULL;
 * borrowed. */
const char *onr_html_meta_body(const OnrHtmlMeta *meta);

/* TRUE where the address is a site's own, and nothing says that the page is an article. */
gboolean onr_html_meta_is_home(const OnrHtmlMeta *meta);

/* With the article's text set: adds the note that it is a stub, where the page says that it is not free to
   read and the text is really cut: much shorter than the text or the number of words that JSON-LD has, or the
   part behind the paywall not there, or an end in "…". */
void onr_html_meta_mark(const OnrHtmlMeta *meta, OnrArticle *article);

G_END_DECLS
