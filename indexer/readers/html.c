/* SPDX-License-Identifier: GPL-2.0-or-later */
/* HTML: one page, one article. What the page says of itself is its header (web/meta.c), the paragraphs of
 * its article the text (web/body.c). */
#include "indexer/readers/readers.h"

#include "indexer/web/address.h"
#include "indexer/web/body.h"
#include "indexer/web/meta.h"
#include "indexer/readers/whole.h"

#include <string.h>

#define CHARSET_WITHIN 4096 /* bytes; the standard asks for 1024, pages are laxer */

#define RANK_FETCHED                                                                                         \
  1000 /* of the address that a container has the page under: behind all that the page says */

static const char *const ENDINGS[] = {"html", "htm", "xhtml", NULL};

/* Behind white space, comments and an XML declaration. */
static const char *skip_prolog(const char *p, const char *end) {
  for (;;) {
    while (p < end && g_ascii_isspace(*p))
      p++;
    const char *close = NULL;
    if (end - p > 4 && memcmp(p, "<!--", 4) == 0)
      close = g_strstr_len(p, end - p, "-->");
    else if (end - p > 5 && memcmp(p, "<?xml", 5) == 0)
      close = memchr(p, '>', (gsize)(end - p));
    if (!close)
      return p;
    p = strchr(close, '>') + 1;
  }
}

static gboolean begins_with(const char *p, const char *end, const char *word) {
  gsize n = strlen(word);
  return (gsize)(end - p) > n && g_ascii_strncasecmp(p, word, n) == 0;
}

static int probe(const char *bytes, gsize n_bytes, const char *ending) {
  const char *end = bytes + n_bytes, *p = skip_prolog(bytes, end);
  if (begins_with(p, end, "<!doctype html") || begins_with(p, end, "<html"))
    return 3;
  if (g_strv_contains(ENDINGS, ending))
    return 2;
  return begins_with(p, end, "<head") || begins_with(p, end, "<body") ? 2 : 0;
}

/* The charset that a meta element names, in N_BYTES of BYTES. The caller frees it. */
static char *find_charset(const char *bytes, gsize n_bytes) {
  g_autofree char *head = g_ascii_strdown(bytes, (gssize)MIN(n_bytes, CHARSET_WITHIN));
  for (char *p = head; (p = strstr(p, "charset")); p++) {
    char *value = p + strlen("charset");
    value += strspn(value, " \t");
    if (*value != '=')
      continue;
    value += 1 + strspn(value + 1, " \t\"'");
    gsize n = strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789-_:.");
    if (n > 0)
      return g_strndup(value, n);
  }
  return NULL;
}

/* Pages that a script fills, or of which a paywall shows the beginning, may hold all of the article in their
   JSON-LD: that is taken where the page shows less than SHOWN_SHARE per cent of it, and it is long. */
#define SHOWN_SHARE 60
#define LONG_BYTES 500

static gboolean set_body(xmlDoc *tree, const OnrHtmlMeta *meta, OnrArticle *article, guint32 *n_replaced,
                         GError **error) {
  g_autoptr(GString) body = g_string_new(NULL);
  OnrHtmlBodyFacts facts;
  onr_html_append_body(tree, article->title, body, &facts);
  if (facts.link_bytes > body->len && onr_html_meta_is_home(meta)) {
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_NO_ARTICLE,
                        "a site's front page, which is links and teasers");
    return FALSE;
  }
  const char *linked = onr_html_meta_body(meta);
  gsize length = linked ? strlen(linked) : 0;
  gboolean is_linked = length >= LONG_BYTES && body->len * 100 < length * SHOWN_SHARE;
  if (facts.is_cut && !is_linked)
    onr_article_add_note(article, ONR_NOTE_EXTENT, "stub");
  onr_article_set_text(article, is_linked ? linked : body->str, is_linked ? length : body->len, n_replaced);
  onr_html_meta_mark(meta, article);
  return TRUE;
}

static gboolean parse(const OnrRawItem *item, const char *path, OnrArticle *article, guint32 *n_replaced,
                      GError **error) {
  (void)path;
  gsize n_bytes;
  const char *bytes = g_bytes_get_data(item->bytes, &n_bytes);
  g_autofree char *charset = bytes ? find_charset(bytes, n_bytes) : NULL;
  g_auto(OnrDecoded) decoded = {0};
  if (!onr_whole_decode(item, charset, ONR_MAX_ITEM_BYTES, &decoded, error))
    return FALSE;
  *n_replaced += decoded.n_replaced;
  g_autoptr(xmlDoc) tree = onr_html_parse(decoded.text, decoded.length, error);
  if (!tree)
    return FALSE;
  g_autoptr(OnrHtmlMeta) meta = onr_html_meta_new(tree, item->url);
  OnrFields fields;
  onr_fields_init(&fields, article);
  onr_html_meta_fill(meta, &fields);
  onr_fields_finish(&fields);
  return set_body(tree, meta, article, n_replaced, error);
}

const OnrReader ONR_READER_HTML = {
    .name = "html",
    .what = "HTML",
    .endings = ENDINGS,
    .probe = probe,
    .split = onr_whole_split,
    .parse = parse,
};
