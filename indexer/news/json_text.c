/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/news/json_text.h"

#include "indexer/news/paragraphs.h"

#include <string.h>

#define MAX_DEPTH 12 /* of parts in parts */

static gboolean is_text(const json_t *value, OnrGivenForm form) {
  return json_is_string(value) &&
         onr_given_is_text(json_string_value(value), json_string_length(value), form);
}

/* An object with a title is an article that another is around, and no text of that. */
static gboolean is_article(const json_t *object) {
  return json_object_get(object, "title") || json_object_get(object, "headline") ||
         json_object_get(object, "webTitle");
}

/* The text itself, where an interface wraps it: {"rendered": "<p>…</p>"}. FORM gets what that name says. */
static const json_t *find_string(const json_t *object, OnrGivenForm *form) {
  static const char *const keys[] = {"rendered", "value", "text",  "#text", "$t",
                                     "content",  "body",  "basic", "html"};
  gsize n_keys = is_article(object) ? 5 : G_N_ELEMENTS(keys); /* up to $t they are of texts alone */
  for (gsize i = 0; json_is_object(object) && i < n_keys; i++) {
    const json_t *value = json_object_get(object, keys[i]);
    gboolean is_html = strcmp(keys[i], "html") == 0;
    if (is_text(value, is_html ? ONR_GIVEN_MARKUP : *form)) {
      if (is_html && *form == ONR_GIVEN_WORDS)
        *form = ONR_GIVEN_MARKUP;
      return value;
    }
  }
  return NULL;
}

/* --- parts --- */

static const char *get_type(const json_t *part) {
  static const char *const keys[] = {"type", "nodeType", "_type"};
  for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
    if (json_is_string(json_object_get(part, keys[i])))
      return json_string_value(json_object_get(part, keys[i]));
  return NULL;
}

static gboolean is_any(const char *type, const char *const *types) {
  for (; *types; types++)
    if (g_ascii_strcasecmp(type, *types) == 0)
      return TRUE;
  return FALSE;
}

/* A part of another type is a picture, a link, a headline, who wrote it. */
static gboolean is_words(const json_t *part) {
  static const char *const types[] = {"text",
                                      "paragraph",
                                      "p",
                                      "html",
                                      "sanitized_html",
                                      "header",
                                      "heading",
                                      "h2",
                                      "h3",
                                      "h4",
                                      "subheading",
                                      "subhead",
                                      "list",
                                      "ul",
                                      "ol",
                                      "li",
                                      "list_item",
                                      "listItem",
                                      "list-item",
                                      "quote",
                                      "blockquote",
                                      "block",
                                      "unstyled",
                                      "body",
                                      "doc",
                                      "document",
                                      "core/paragraph",
                                      "core/heading",
                                      "span",
                                      "textblock",
                                      "bullet_list",
                                      "bulletList",
                                      "orderedList",
                                      NULL};
  const char *type = get_type(part);
  return !type || is_any(type, types);
}

/* One whose parts are the pieces of a line. */
static gboolean is_line(const json_t *part) {
  static const char *const types[] = {"paragraph", "heading", "p", "header", "block", NULL};
  const char *type = get_type(part);
  return type && is_any(type, types);
}

/* The list of a part's own parts. */
static const json_t *find_parts(const json_t *object) {
  static const char *const keys[] = {
      "content", "children", "content_elements", "paragraphs", "blocks", "items", "body", NULL};
  for (gsize i = 0; keys[i] && !is_article(object); i++)
    if (json_array_size(json_object_get(object, keys[i])) > 0)
      return json_object_get(object, keys[i]);
  return NULL;
}

/* The words of a line's pieces, as they follow each other. */
static void append_pieces(const json_t *value, GString *line, guint depth) {
  for (gsize i = 0; depth < MAX_DEPTH && i < json_array_size(value); i++) {
    const json_t *piece = json_array_get(value, i);
    OnrGivenForm form = ONR_GIVEN_WORDS;
    const json_t *words = json_is_object(piece) ? json_object_get(piece, "text") : piece;
    words = json_is_string(words) ? words : find_string(piece, &form);
    if (json_is_string(words))
      g_string_append(line, json_string_value(words));
    else if (json_is_object(piece))
      append_pieces(find_parts(piece), line, depth + 1);
  }
}

/* Adds the words of VALUE, a part or a list of them, to BODY. */
static gboolean add_parts(OnrParagraphs *body, const json_t *value, const char *title, guint depth,
                          GError **error) {
  for (gsize i = 0; depth < MAX_DEPTH && i < json_array_size(value); i++)
    if (!add_parts(body, json_array_get(value, i), title, depth + 1, error))
      return FALSE;
  if (json_is_object(value) && !is_words(value))
    return TRUE;
  OnrGivenForm form = ONR_GIVEN_MARKUP;
  const json_t *words = json_is_string(value) ? value : find_string(value, &form);
  if (is_text(words, form))
    return onr_paragraphs_add_markup(body, json_string_value(words), json_string_length(words), title, error);
  const json_t *parts = json_is_object(value) ? find_parts(value) : NULL;
  if (!parts || !is_line(value))
    return !parts || depth >= MAX_DEPTH || add_parts(body, parts, title, depth + 1, error);
  g_autoptr(GString) line = g_string_new(NULL);
  append_pieces(parts, line, 0);
  return onr_paragraphs_add_markup(body, line->str, line->len, title, error);
}

static gboolean has_parts(const json_t *value, guint depth) {
  for (gsize i = 0; depth < MAX_DEPTH && i < json_array_size(value); i++)
    if (has_parts(json_array_get(value, i), depth + 1))
      return TRUE;
  OnrGivenForm form = ONR_GIVEN_MARKUP;
  if (json_is_object(value) && is_words(value))
    return find_string(value, &form) || (depth < MAX_DEPTH && has_parts(find_parts(value), depth + 1));
  return is_text(value, form);
}

/* --- the text --- */

/* A list of strings is an article's paragraphs, and HTML only where they are so beyond doubt. With an object
 * or a list among them it is one of parts. */
static gboolean is_strings(const json_t *value) {
  gboolean has_string = FALSE;
  for (gsize i = 0; i < json_array_size(value); i++) {
    const json_t *paragraph = json_array_get(value, i);
    if (json_is_object(paragraph) || json_is_array(paragraph))
      return FALSE;
    has_string |= json_is_string(paragraph);
  }
  return has_string;
}

static gboolean has_string(const json_t *strings, OnrGivenForm form) {
  for (gsize i = 0; i < json_array_size(strings); i++)
    if (is_text(json_array_get(strings, i), form))
      return TRUE;
  return FALSE;
}

gboolean onr_json_has_text(const json_t *value, OnrGivenForm form) {
  if (json_is_string(value))
    return is_text(value, form);
  return is_strings(value) ? has_string(value, form) : find_string(value, &form) || has_parts(value, 0);
}

static char *join(const json_t *strings, gsize *length) {
  GString *text = g_string_new(NULL);
  for (gsize i = 0; i < json_array_size(strings); i++) {
    const json_t *paragraph = json_array_get(strings, i);
    if (!json_is_string(paragraph))
      continue;
    if (text->len > 0)
      g_string_append(text, "\n\n");
    g_string_append_len(text, json_string_value(paragraph), (gssize)json_string_length(paragraph));
  }
  *length = text->len;
  return g_string_free(text, FALSE);
}

gboolean onr_json_set_text(OnrArticle *article, const json_t *value, OnrGivenForm form, guint32 *n_replaced,
                           GError **error) {
  const json_t *words = json_is_string(value) ? value : find_string(value, &form);
  if (words)
    return onr_given_set_text(article, json_string_value(words), json_string_length(words), form, n_replaced,
                              error);
  if (is_strings(value)) {
    gsize length;
    g_autofree char *text = join(value, &length);
    return onr_given_set_text(article, text, length, form, n_replaced, error);
  }
  g_auto(OnrParagraphs) body = {0};
  if (!add_parts(&body, value, article->title, 0, error))
    return FALSE;
  const char *text = onr_paragraphs_text(&body);
  return onr_given_set_text(article, text, strlen(text), form == ONR_GIVEN_SUMMARY ? form : ONR_GIVEN_WORDS,
                            n_replaced, error);
}
