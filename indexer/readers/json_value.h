/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON with our limits, and what its values say in words: used by the JSON and JSON Lines readers, and for the
 * JSON-LD in web pages. */
#pragma once

#include "indexer/readers/fields.h"

#include <jansson.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)

/* The value in N_BYTES of BYTES, which are decoded first where they are no UTF-8. LIMIT beyond
   ONR_MAX_JSON_DEPTH or ONR_MAX_TREE_BYTES, FORMAT for what is no JSON: the message has the parser's words
   and the place, lines counted from FIRST_LINE. */
json_t *onr_json_parse(const char *bytes, gsize n_bytes, guint64 first_line, guint32 *n_replaced,
                       GError **error);

/* VALUE in words, appended to OUT: a string or number as it is, an object's name, an array's elements joined
 * by ", ". */
void onr_json_append_words(const json_t *value, GString *out);

/* Adds the people whom VALUE names (news/people.h): a string, an object with a name or with the parts of one, a list of
   these. A number names no one. */
void onr_json_add_people(const json_t *value, GPtrArray *people);

/* TRUE where KEY, without its quotes, names an article's text and no summary. */
gboolean onr_json_is_text_key(const char *key, gsize length);

G_END_DECLS
