/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An article's text in JSON, in the forms that interfaces give it: a string, a list of paragraphs, an object with it under
   another name ({"rendered": "<p>…"}), parts with a type ([{"type": "paragraph", "text": "…"}]). */
#pragma once

#include "indexer/news/given.h"
#include "indexer/readers/json_value.h"

G_BEGIN_DECLS

/* TRUE where VALUE has words. FORM: what its name says of it. */
gboolean onr_json_has_text(const json_t *value, OnrGivenForm form);

/* Sets ARTICLE's text from such a VALUE; see onr_given_set_text. */
gboolean onr_json_set_text(OnrArticle *article, const json_t *value, OnrGivenForm form, guint32 *n_replaced,
                           GError **error);

G_END_DECLS
