/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The article that a page describes in JSON-LD. A page has any number of scripts, each an object, an array or
   a @graph, and describes in them its own article, others beside it, the page, the site, the path to it. The
   article is the one with the page's address or headline, else the first; a page without one may have a
   WebPage with a date and an author.

     OnrLinked linked = {0};
     onr_linked_add(&linked, script);              // × n
     onr_linked_choose(&linked, &claims);          // the page's other claims say which is its own
     onr_linked_claim(&linked, &claims);
     g_autofree char *body = onr_linked_body(&linked);
     onr_linked_clear(&linked); */
#pragma once

#include "indexer/web/claims.h"
#include "indexer/readers/json_value.h"

G_BEGIN_DECLS

typedef struct {
  GPtrArray *tops;       /* json_t, one a script; NULL before the first */
  const json_t *article; /* in one of them: the article, or another work with a headline (a recipe); NULL */
  const json_t *page;    /* the WebPage, or NULL */
} OnrLinked;

/* Takes what SCRIPT describes, when it is application/ld+json and is JSON or can be read as such
 * (json_repair.h). */
void onr_linked_add(OnrLinked *linked, xmlNode *script);

/* Finds the page's own article, by the addresses and titles among CLAIMS. */
void onr_linked_choose(OnrLinked *linked, const OnrClaims *claims);

/* Adds what the article says of itself, and with the least weight what the page does. */
void onr_linked_claim(const OnrLinked *linked, OnrClaims *claims);

/* The article's own text (articleBody) in paragraphs with a blank line between them, without tags and
   entities; NULL where it is not there. Sites give all of it, its beginning, or one line: compare it with
   what the page shows. The caller frees it. */
char *onr_linked_body(const OnrLinked *linked);

/* The number of words that the article says it has, 0 where it says nothing. */
guint64 onr_linked_words(const OnrLinked *linked);

/* TRUE where the article says that it, or a part of it, is not to be read for free. *SELECTOR, where that
 * part has one (".paywall"), is borrowed, else NULL. */
gboolean onr_linked_is_paid(const OnrLinked *linked, const char **selector);

void onr_linked_clear(OnrLinked *linked);

G_END_DECLS
