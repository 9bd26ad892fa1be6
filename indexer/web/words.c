/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/web/words.h"

#include <string.h>

#define MAX_NODES 200 /* of a small element */

/* --- words --- */

typedef struct {
  GString *out;
  gsize begin, max_bytes;
  guint n_nodes;
  gboolean is_gap, is_part; /* what goes before the next word */
} Words;

static gsize blank_at(const char *p) {
  if ((guchar)*p <= 0x20)
    return 1;
  return (guchar)p[0] == 0xc2 && (guchar)p[1] == 0xa0 ? 2 : 0;
}

static gboolean is_full(const Words *words) {
  return words->out->len - words->begin > words->max_bytes || words->n_nodes > MAX_NODES;
}

static void add_text(Words *words, const char *text) {
  while (*text && !is_full(words)) {
    gsize n = blank_at(text);
    if (n > 0) {
      words->is_gap = TRUE;
      text += n;
      continue;
    }
    if (words->out->len > words->begin && (words->is_gap || words->is_part))
      g_string_append(words->out, words->is_part ? " | " : " ");
    words->is_gap = words->is_part = FALSE;
    g_string_append_c(words->out, *text++);
  }
}

static gboolean is_word_byte(char c) {
  return g_ascii_isalnum(c) || (guchar)c >= 0x80;
}

/* An element begins or ends between the last word and what follows. */
static void add_border(Words *words, const xmlNode *node, const xmlNode *next) {
  static const char *const inline_names[] = {"a",    "span",  "b",    "i",       "em",   "strong",
                                             "time", "small", "font", "u",       "abbr", "s",
                                             "sup",  "sub",   "cite", "address", NULL};
  static const char *const styles[] = {"b", "i", "em", "strong", "font", "u", "s", "sup", "sub", NULL};
  if (words->out->len == words->begin)
    return;
  if (!onr_html_is_any(node, inline_names)) {
    words->is_part = TRUE;
    return;
  }
  gboolean touches = !words->is_gap && is_word_byte(words->out->str[words->out->len - 1]);
  if (touches && !onr_html_is_any(node, styles) && next && next->type == XML_TEXT_NODE && next->content &&
      is_word_byte((char)*next->content))
    words->is_part = TRUE;
}

static void add_node(Words *words, xmlNode *node) {
  static const char *const skipped[] = {"script", "style", "noscript", "svg", "button", "template", NULL};
  words->n_nodes++;
  if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
    if (node->content)
      add_text(words, (const char *)node->content);
    return;
  }
  if (node->type != XML_ELEMENT_NODE || onr_html_is_any(node, skipped) || is_full(words))
    return;
  add_border(words, node, node->children);
  for (xmlNode *child = node->children; child && !is_full(words); child = child->next)
    add_node(words, child);
  const xmlNode *next = node->next;
  add_border(words, node, next && next->type == XML_ELEMENT_NODE ? next->children : next);
}

gboolean onr_html_append_words(xmlNode *node, gsize max_bytes, GString *out) {
  Words words = {.out = out, .begin = out->len, .max_bytes = max_bytes};
  for (xmlNode *child = node->children; child && !is_full(&words); child = child->next)
    add_node(&words, child);
  if (!is_full(&words))
    return TRUE;
  g_string_truncate(out, words.begin);
  return FALSE;
}

/* --- names --- */

typedef struct {
  const char *begins;
  guint called;
} Called;

/* By the first letter. "update" also begins "updates", as of a live blog: a date is looked for in it, no
 * more. */
static const Called CALLED[] = {
    {"advert", ONR_CALLED_FURNITURE},
    {"auteur", ONR_CALLED_AUTHOR},
    {"author", ONR_CALLED_AUTHOR},
    {"autor", ONR_CALLED_AUTHOR},
    {"byline", ONR_CALLED_BYLINE},
    {"breadcrumb", ONR_CALLED_FURNITURE},
    {"carousel", ONR_CALLED_FURNITURE},
    {"comment", ONR_CALLED_FURNITURE},
    {"cookie", ONR_CALLED_FURNITURE},
    {"contributor", ONR_CALLED_AUTHOR},
    {"date", ONR_CALLED_DATE},
    {"entry-date", ONR_CALLED_PUBLISHED | ONR_CALLED_DATE},
    {"firma", ONR_CALLED_AUTHOR},
    {"footer", ONR_CALLED_FURNITURE},
    {"menu", ONR_CALLED_FURNITURE},
    {"modified", ONR_CALLED_UPDATED | ONR_CALLED_DATE},
    {"most", ONR_CALLED_FURNITURE},
    {"nav", ONR_CALLED_FURNITURE},
    {"newsletter", ONR_CALLED_FURNITURE},
    {"popular", ONR_CALLED_FURNITURE},
    {"posted", ONR_CALLED_PUBLISHED | ONR_CALLED_DATE},
    {"pubdate", ONR_CALLED_PUBLISHED | ONR_CALLED_DATE},
    {"publish", ONR_CALLED_PUBLISHED | ONR_CALLED_DATE},
    {"recirc", ONR_CALLED_FURNITURE},
    {"recommend", ONR_CALLED_FURNITURE},
    {"related", ONR_CALLED_FURNITURE},
    {"sidebar", ONR_CALLED_FURNITURE},
    {"submitted", ONR_CALLED_AUTHOR},
    {"teaser", ONR_CALLED_FURNITURE},
    {"time", ONR_CALLED_DATE},
    {"trending", ONR_CALLED_FURNITURE},
    {"update", ONR_CALLED_UPDATED | ONR_CALLED_DATE},
    {"username", ONR_CALLED_AUTHOR},
    {"widget", ONR_CALLED_FURNITURE},
};

/* What the word at P, behind BEFORE, says. Page builders call whatever they place "…-widget". */
static guint called_at(const char *p, char before) {
  char first = g_ascii_tolower(*p);
  if (!strchr("abcdefmnprstuw", first)) /* no row of CALLED begins so */
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS(CALLED); i++)
    if (CALLED[i].begins[0] == first &&
        g_ascii_strncasecmp(p, CALLED[i].begins, strlen(CALLED[i].begins)) == 0)
      return first != 'w' || g_ascii_isspace(before) ? CALLED[i].called : 0;
  return 0;
}

guint onr_html_called(const char *names) {
  guint called = 0;
  char before = ' ';
  for (const char *p = names; p && *p; before = *p++) {
    gboolean begins =
        g_ascii_isalpha(*p) && (!g_ascii_isalpha(before) || (g_ascii_islower(before) && g_ascii_isupper(*p)));
    if (begins)
      called |= called_at(p, before);
  }
  return called & ONR_CALLED_PUBLISHED ? called & ~(guint)ONR_CALLED_UPDATED : called;
}
