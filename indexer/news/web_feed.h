/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What RSS and Atom have in common: modules that stand in either under names of their own namespaces (Dublin Core, content,
   Atom in RSS), addresses that are relative, and the question whether a text is the article or a summary of it. */
#pragma once

#include "indexer/news/notes.h"
#include "indexer/news/paragraphs.h"

G_BEGIN_DECLS

/* Whose word an element is: by its namespace, and where its prefix was not declared by the prefix. */
typedef enum {
  ONR_WEB_FEED_OWN, /* RSS's own elements, which have no namespace or one of several, or the root's */
  ONR_WEB_FEED_ATOM,
  ONR_WEB_FEED_CONTENT,
  ONR_WEB_FEED_DC,
  ONR_WEB_FEED_DCTERMS,
  ONR_WEB_FEED_FEEDBURNER,
  ONR_WEB_FEED_WORDPRESS, /* of the file that a site is exported as (WXR) */
  ONR_WEB_FEED_ITUNES, /* podcasts */
  ONR_WEB_FEED_MEDIA,
  ONR_WEB_FEED_OTHER, /* places, comments, tombstones … */
} OnrWebFeedWords;

OnrWebFeedWords onr_web_feed_words(const xmlNode *node);

/* The first child of PARENT that is NAME of WORDS, and the next behind NODE; NULL. */
xmlNode *onr_web_feed_child(const xmlNode *parent, OnrWebFeedWords words, const char *name);
xmlNode *onr_web_feed_next(const xmlNode *node, OnrWebFeedWords words, const char *name);

/* Sets FIELD from the first such child; its HTML goes. */
void onr_web_feed_set(OnrFields *fields, OnrHeaderField field, guint rank, const xmlNode *parent, OnrWebFeedWords words,
                  const char *name);

/* ADDRESS as it is, resolved against xml:base around NODE or else against FALLBACK (may be NULL); NULL where it stays
   relative. The caller frees it. */
char *onr_web_feed_address(const xmlNode *node, const char *address, const char *fallback);

/* The paragraphs of an element that holds text, HTML as a string, or HTML as elements. */
gboolean onr_web_feed_read_text(xmlNode *node, const char *title, OnrParagraphs *out, GError **error);

/* Gives ARTICLE its text: FULL, which the feed calls the content, or where that has no words SUMMARY, which it calls a
   description or summary; the note `extent` says where it is a summary. That is so for a content which is broken off, and
   for a description unless it has the size of an article (web_feed.c). */
void onr_web_feed_set_text(OnrArticle *article, const OnrParagraphs *full, const OnrParagraphs *summary,
                       guint32 *n_replaced);

G_END_DECLS
