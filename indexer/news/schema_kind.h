/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an object of schema.org is: in a file by itself (news/linked.h) and in a web page (web/linked.h). */
#pragma once

#include "indexer/readers/json_value.h"

G_BEGIN_DECLS

/* From what says least about an article to what is one. */
typedef enum {
  ONR_SCHEMA_OTHER,
  ONR_SCHEMA_PAGE,   /* WebPage, ItemPage */
  ONR_SCHEMA_WORK,   /* a recipe, a press release: has a headline and an author, and may be what a page is about */
  ONR_SCHEMA_REVIEW, /* of a film: an article where it stands by itself, a part of one in a page */
  ONR_SCHEMA_ARTICLE
} OnrSchemaKind;

/* By OBJECT's @type, a name or a list of names ("NewsArticle", "schema:LiveBlogPosting", "http://schema.org/Report"): the
   last kind of those above that one of them is of. */
OnrSchemaKind onr_schema_kind(const json_t *object);

G_END_DECLS
