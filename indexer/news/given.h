/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values as tables and interfaces give them. What programs write for nothing (R's NA, Python's nan and None) is nothing; a
   title may have HTML's references, a byline be a list; a text may be HTML, a summary, or cut off. The formats of news
   agencies mean what they say and do not come here. */
#pragma once

#include "indexer/readers/fields.h"

G_BEGIN_DECLS

/* TRUE for blanks and for what stands for nothing: NA, N/A, nan, None, NULL, undefined, a dash, [deleted] … */
gboolean onr_given_is_nothing(const char *value, gsize length);

/* TRUE for those of them that people write, too: "None" and "NA" may be titles. */
gboolean onr_given_is_doubtful(const char *value, gsize length);

/* TRUE for digits and nothing else: a number that an interface has for an author or a category, which names none. */
gboolean onr_given_is_number(const char *value, gsize length);

/* onr_fields_set, with VALUE cleaned for its FIELD. FALSE for nothing, too. */
gboolean onr_given_set(OnrFields *fields, OnrHeaderField field, guint rank, const char *value, gssize length);

typedef enum {
  ONR_GIVEN_WORDS, /* plain, or HTML beyond doubt */
  ONR_GIVEN_MARKUP, /* its name says that it is HTML */
  ONR_GIVEN_SUMMARY /* of an article whose text is not there */
} OnrGivenForm;

/* What the name of a text with RANK (readers/fields.h) says of it. */
OnrGivenForm onr_given_form(guint rank);

/* TRUE where VALUE, of FORM, can be a text: it is not nothing and no whole web page, whose article would have to be found. */
gboolean onr_given_is_text(const char *value, gsize length, OnrGivenForm form);

/* Sets ARTICLE's text and the note that it is a summary or, where an interface says how much it left out ("… [+2342 chars]"),
   a stub. Its title is set before. LIMIT as onr_article_set_words. */
gboolean onr_given_set_text(OnrArticle *article, const char *text, gsize length, OnrGivenForm form, guint32 *n_replaced,
                            GError **error);

G_END_DECLS
