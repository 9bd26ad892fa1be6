/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/news/json_item.h"

#include "indexer/news/json_article.h"
#include "indexer/news/linked.h"
#include "indexer/news/ninjs.h"

#include <string.h>

static gboolean has_dialect(const json_t *object) {
  return onr_ninjs_is(object) || onr_linked_is(object);
}

/* OBJECT, or the item in a dialect that it is only around. */
static const json_t *find_item(const json_t *object) {
  const json_t *inner;
  for (guint at = 0; (inner = onr_json_find_wrapped(object, &at));)
    if (has_dialect(inner) && !has_dialect(object) && !onr_json_has_article(object))
      return inner;
  return object;
}

gboolean onr_json_read_item(const json_t *object, OnrArticle *article, guint32 *n_replaced, GError **error) {
  const char *schema = json_string_value(json_object_get(object, "$schema"));
  if (schema && strstr(schema, "json-schema.org")) {
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED, "a JSON schema, which is no article");
    return FALSE;
  }
  object = find_item(object);
  if (onr_ninjs_is(object))
    return onr_ninjs_read(object, article, n_replaced, error);
  if (onr_linked_is(object))
    return onr_linked_read(object, article, n_replaced, error);
  return onr_json_read_article(object, article, n_replaced, error);
}

gboolean onr_json_parse_item(const OnrRawItem *item, guint64 first_line, OnrArticle *article,
                             guint32 *n_replaced, GError **error) {
  gsize n_bytes;
  const char *bytes = g_bytes_get_data(item->bytes, &n_bytes);
  g_autoptr(json_t) object = onr_json_parse(bytes, n_bytes, first_line, n_replaced, error);
  return object && onr_json_read_item(object, article, n_replaced, error);
}
