/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/web/part.h"

#include "indexer/web/address.h"

#include <string.h>

#define MAX_PARTS 999 /* a larger number is a year or an id */

/* href of the link rel=prev in the page's head, or NULL. */
static const char *find_previous(xmlDoc *tree) {
  xmlNode *root = xmlDocGetRootElement(tree);
  for (xmlNode *node = root; node && !onr_html_is(node, "body"); node = onr_html_next(node, root, TRUE))
    if (onr_html_is(node, "link") &&
        (onr_html_has_word(node, "rel", "prev") || onr_html_has_word(node, "rel", "previous")))
      return onr_html_get(node, "href");
  return NULL;
}

static guint number_at(const char *p) {
  gsize n = strspn(p, "0123456789");
  gboolean is_whole = n > 0 && n <= 3 && (p[n] == '\0' || strchr("/?&#.", p[n]));
  guint64 number = is_whole ? g_ascii_strtoull(p, NULL, 10) : 0;
  return number <= MAX_PARTS ? (guint)number : 0;
}

/* The page's number in "…?page=2", "…/page/2/", "…/page-2"; 0 where there is none. */
static guint part_of(const char *address) {
  static const char *const marks[] = {"?page=", "&page=", "/page/",  "/page-",  "?p=",     "&p=",
                                      "?pg=",   "&pg=",   "?seite=", "&seite=", "/seite/", "?pagina="};
  for (gsize i = 0; address && i < G_N_ELEMENTS(marks); i++) {
    const char *found = strstr(address, marks[i]);
    guint number = found ? number_at(found + strlen(marks[i])) : 0;
    if (number > 0)
      return number;
  }
  return 0;
}

/* ADDRESS without its query and without "/page/2", "/page-2" or "/2" at its end. The caller frees it. */
static char *without_part(const char *address) {
  char *bare = g_strndup(address, strcspn(address, "?#"));
  gsize n = strlen(bare);
  while (n > 0 && bare[n - 1] == '/')
    n--;
  gsize digits = n;
  while (digits > 0 && g_ascii_isdigit(bare[digits - 1]))
    digits--;
  if (digits < n && digits > 0 && strchr("/-", bare[digits - 1])) {
    n = digits - 1;
    bare[n] = '\0';
    if (g_str_has_suffix(bare, "/page"))
      n -= strlen("/page");
  }
  bare[n] = '\0';
  return bare;
}

guint onr_html_part(xmlDoc *tree, const char *address, const char *fetched) {
  const char *link = find_previous(tree);
  g_autofree char *previous = link && address ? onr_address_resolve(address, link) : NULL;
  if (!previous)
    return 0;
  g_autofree char *own_article = without_part(address), *its_article = without_part(previous);
  if (!onr_address_is_same(own_article, its_article)) /* of a blog: the post before */
    return 0;
  guint own = MAX(part_of(address), part_of(fetched));
  return own > 0 ? own : MAX(part_of(previous), 1) + 1;
}
