/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/news/paragraphs.h"

#include "indexer/news/shortcodes.h"
#include "indexer/readers/entity.h"
#include "indexer/readers/fields.h"

#include <string.h>

static const char *const HTML_BLOCKS[] = {
    "p",      "div",   "h1",      "h2",         "h3",    "h4",     "h5",      "h6", "li",
    "ul",     "ol",    "dl",      "dt",         "dd",    "td",     "tr",      "th", "thead",
    "tbody",  "table", "section", "article",    "pre",   "main",   "body",    "hr", "center",
    "header", "html",  "address", "blockquote", "aside", "footer", "caption", NULL};
static const char *const HTML_SKIPPED[] = {"script", "style", "noscript", "button", "select", "textarea",
                                           "iframe", "svg",   "object",   "video",  "audio",  "canvas",
                                           "head",   "img",   "template", "input",  "figure", "figcaption",
                                           "source", "embed", "nav",      "form",   NULL};
static const char *const HTML_HEADINGS[] = {"h1", "h2", "h3", "h4", "h5", "h6", NULL};

/* NITF 3.6; what a picture says of itself, footnotes and who wrote it are no words of the story. */
static const char *const NITF_BLOCKS[] = {
    "p",   "hl1", "hl2",      "li",           "ul",         "ol",      "dl", "dt",         "dd",
    "td",  "th",  "tr",       "table",        "nitf-table", "block",   "bq", "blockquote", "credit",
    "pre", "hr",  "abstract", "body.content", "body.end",   "caption", NULL};
static const char *const NITF_SKIPPED[] = {
    "media",      "fn",      "nitf-table-metadata", "byline",       "distributor", "note",
    "datasource", "tagline", "bibliography",        "custom-table", "content",     NULL};
static const char *const NITF_HEADINGS[] = {"hl1", "hl2", NULL};

const OnrMarkup ONR_MARKUP_HTML = {HTML_BLOCKS, HTML_SKIPPED, HTML_HEADINGS};
const OnrMarkup ONR_MARKUP_NITF = {NITF_BLOCKS, NITF_SKIPPED, NITF_HEADINGS};

void onr_paragraphs_clear(OnrParagraphs *paragraphs) {
  if (paragraphs->text)
    g_string_free(paragraphs->text, TRUE);
  *paragraphs = (OnrParagraphs){0};
}

const char *onr_paragraphs_text(const OnrParagraphs *paragraphs) {
  return paragraphs->text ? paragraphs->text->str : "";
}

static void add_paragraph(OnrParagraphs *out, const char *words, gsize length) {
  if (!out->text)
    out->text = g_string_new(NULL);
  if (out->text->len > 0)
    g_string_append(out->text, "\n\n");
  g_string_append_len(out->text, words, (gssize)length);
  out->n_paragraphs++;
}

/* --- what goes on elsewhere --- */

/* Words of a link that leads to the rest of what it stands behind. */
static gboolean leads_on(const char *words) {
  static const char *const beginnings[] = {"continue reading", "read more",    "read the rest", "read full",
                                           "read the full",    "keep reading", "full story",    "more…",
                                           "more...",          "(more",        "[more",         "weiterlesen",
                                           "lire la suite",    "leer más",     "learn more"};
  g_autofree char *lower = g_utf8_strdown(words, -1);
  for (gsize i = 0; i < G_N_ELEMENTS(beginnings); i++)
    if (g_str_has_prefix(lower, beginnings[i]))
      return TRUE;
  return FALSE;
}

static gboolean is_broken_off(const GString *words) {
  static const char *const ends[] = {"[…]", "[...]", "(…)", "(...)", "[..]"};
  for (gsize i = 0; i < G_N_ELEMENTS(ends); i++)
    if (g_str_has_suffix(words->str, ends[i]))
      return TRUE;
  return FALSE;
}

/* What WordPress puts below each item of a feed. */
static gboolean is_feed_footer(const char *words) {
  return g_str_has_prefix(words, "The post ") && strstr(words, " appeared first on ");
}

/* --- the tree --- */

typedef struct {
  OnrParagraphs *out;
  const OnrMarkup *markup;
  const char *title;
  GString *words;
  gsize link_bytes;     /* of words inside <a> */
  gsize last_link;      /* where in words the last <a> began … */
  gsize last_link_end;  /* … and ended */
  guint n_breaks;       /* line ends since the last word */
  guint n_loose_breaks; /* those that are white space, outside any block of a fragment */
  guint n_blocks;       /* that are open */
  gboolean is_gap;
  gboolean is_heading;
  gboolean is_fragment; /* a blank line outside of its blocks parts paragraphs, as WordPress means it */
  gboolean keeps_links; /* paragraphs of links are paragraphs: without them there were none */
} Walk;

static void end_paragraph(Walk *walk) {
  GString *words = walk->words;
  gboolean has_tail = walk->last_link_end > 0 && walk->last_link_end == words->len;
  if (has_tail && leads_on(words->str + walk->last_link)) {
    walk->out->is_cut = TRUE;
    g_string_truncate(words, walk->last_link);
    walk->link_bytes = 0;
    while (words->len > 0 &&
           (g_ascii_isspace(words->str[words->len - 1]) || words->str[words->len - 1] == '|'))
      g_string_truncate(words, words->len - 1); /* a bar before a cell, too */
  }
  gboolean repeats =
      walk->is_heading && walk->title && walk->out->n_paragraphs == 0 && strcmp(walk->title, words->str) == 0;
  gboolean is_links = !walk->keeps_links && walk->link_bytes >= words->len;
  if (words->len > 0 && !repeats && !is_links && !is_feed_footer(words->str)) {
    add_paragraph(walk->out, words->str, words->len);
    walk->out->is_cut = walk->out->is_cut || is_broken_off(words);
  }
  g_string_truncate(words, 0);
  walk->link_bytes = walk->last_link = walk->last_link_end = 0;
  walk->is_gap = FALSE;
  walk->n_breaks = walk->n_loose_breaks = 0;
}

/* The gap before a word. A link's own gaps count as its words, so that a paragraph of links only is one. */
static void add_gap(Walk *walk, gboolean in_link) {
  gboolean is_wanted = walk->words->len > 0 && (walk->n_breaks > 0 || walk->is_gap);
  if (is_wanted) {
    g_string_append_c(walk->words, walk->n_breaks > 0 ? '\n' : ' ');
    walk->link_bytes += in_link || walk->link_bytes + 1 == walk->words->len ? 1 : 0;
  }
  walk->is_gap = FALSE;
  walk->n_breaks = walk->n_loose_breaks = 0;
}

static void add_words(Walk *walk, const char *text, gboolean in_link, gboolean keeps_lines) {
  for (; *text; text++) {
    gboolean is_no_break = (guchar)text[0] == 0xc2 && (guchar)text[1] == 0xa0;
    if (g_ascii_isspace(*text) || is_no_break) {
      walk->n_breaks += keeps_lines && *text == '\n' ? 1 : 0;
      walk->n_loose_breaks += walk->is_fragment && walk->n_blocks == 0 && *text == '\n' ? 1 : 0;
      walk->is_gap = walk->words->len > 0;
      text += is_no_break;
      continue;
    }
    if ((walk->n_breaks > 1 || walk->n_loose_breaks > 1) && walk->words->len > 0)
      end_paragraph(walk);
    add_gap(walk, in_link);
    g_string_append_c(walk->words, *text);
    walk->link_bytes += in_link ? 1 : 0;
  }
}

static gboolean is_caption(const xmlNode *node) {
  const char *class = onr_html_get(node, "class");
  return class && strstr(class, "caption");
}

/* An element that holds no words of the article. */
static gboolean is_left_out(const Walk *walk, const xmlNode *node) {
  return onr_html_is_any(node, walk->markup->skipped) || is_caption(node) || onr_html_is_hidden(node);
}

/* Line ends on both sides of a tag inside a line are no blank line. */
static void part_breaks(Walk *walk) {
  if (walk->n_loose_breaks == 1)
    walk->n_loose_breaks = 0;
}

/* --- tables --- */

#define MAX_CELL_BYTES 200 /* a cell with more is a part of a page that is laid out as a table */

static gboolean is_cell(const xmlNode *node) {
  return onr_html_is(node, "td") || onr_html_is(node, "th");
}

static gboolean is_short_cell(const Walk *walk, xmlNode *cell) {
  gsize n_bytes = 0;
  for (xmlNode *node = onr_html_next(cell, cell, TRUE); node; node = onr_html_next(node, cell, TRUE)) {
    gboolean is_words = node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
    n_bytes += is_words ? strlen((const char *)node->content) : 0;
    if (n_bytes > MAX_CELL_BYTES || onr_html_is(node, "br") || onr_html_is_any(node, walk->markup->blocks))
      return FALSE;
  }
  return TRUE;
}

/* TRUE for a row of data: two cells or more, none of which holds paragraphs of its own. */
static gboolean is_row(const Walk *walk, const xmlNode *node) {
  guint n_cells = 0;
  for (xmlNode *child = onr_html_is(node, "tr") ? node->children : NULL; child; child = child->next) {
    if (is_cell(child) && !is_short_cell(walk, child))
      return FALSE;
    n_cells += is_cell(child) ? 1 : 0;
  }
  return n_cells > 1;
}

static void walk_node(Walk *walk, xmlNode *node, gboolean in_link, gboolean keeps_lines);

/* The cells of a row, "Heron | 3", are one paragraph. A bar between links is theirs, as a gap is. */
static void walk_row(Walk *walk, xmlNode *row) {
  for (xmlNode *cell = row->children; cell; cell = cell->next) {
    gsize before = walk->words->len;
    gboolean is_links = walk->link_bytes == before;
    if (before > 0)
      g_string_append(walk->words, " |");
    walk->link_bytes += is_links ? walk->words->len - before : 0;
    walk->is_gap = TRUE;
    gsize barred = walk->words->len;
    gboolean has_words = is_cell(cell) && !is_left_out(walk, cell);
    for (xmlNode *child = has_words ? cell->children : NULL; child; child = child->next)
      walk_node(walk, child, FALSE, FALSE);
    if (walk->words->len > barred)
      continue;
    walk->link_bytes -= is_links ? barred - before : 0;
    g_string_truncate(walk->words, before);
  }
}

/* --- the walk --- */

static void walk_node(Walk *walk, xmlNode *node, gboolean in_link, gboolean keeps_lines) {
  if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
    add_words(walk, (const char *)node->content, in_link, keeps_lines);
    return;
  }
  if (node->type != XML_ELEMENT_NODE || is_left_out(walk, node))
    return;
  gboolean is_block = onr_html_is_any(node, walk->markup->blocks), is_link = onr_html_is(node, "a");
  gboolean is_root = walk->is_fragment && (onr_html_is(node, "html") || onr_html_is(node, "body"));
  if (is_block) {
    end_paragraph(walk);
    walk->is_heading = onr_html_is_any(node, walk->markup->headings);
    walk->n_blocks += is_root ? 0 : 1;
  }
  part_breaks(walk);
  walk->n_breaks += onr_html_is(node, "br") ? 1 : 0;
  gsize before = walk->words->len;
  if (is_row(walk, node))
    walk_row(walk, node);
  else
    for (xmlNode *child = node->children; child; child = child->next)
      walk_node(walk, child, in_link || is_link, keeps_lines || onr_html_is(node, "pre"));
  if (is_link && walk->words->len > before) {
    walk->last_link = before;
    while (g_ascii_isspace(walk->words->str[walk->last_link]))
      walk->last_link++;
    walk->last_link_end = walk->words->len;
  }
  part_breaks(walk);
  if (is_block) {
    end_paragraph(walk);
    walk->is_heading = FALSE;
    walk->n_blocks -= is_root ? 0 : 1;
  }
}

typedef enum {
  IS_TREE,     /* white space is a blank */
  IS_FRAGMENT, /* blank lines outside of blocks part paragraphs */
  IS_LINES,    /* lines stay lines */
} Layout;

static void add_tree(OnrParagraphs *paragraphs, xmlNode *root, const OnrMarkup *markup, const char *title,
                     Layout layout) {
  guint before = paragraphs->n_paragraphs;
  for (guint pass = 0; pass < 2 && paragraphs->n_paragraphs == before; pass++) {
    Walk walk = {.out = paragraphs,
                 .markup = markup,
                 .title = title,
                 .words = g_string_new(NULL),
                 .is_fragment = layout == IS_FRAGMENT,
                 .keeps_links = pass > 0};
    walk_node(&walk, root, FALSE, layout == IS_LINES);
    end_paragraph(&walk);
    g_string_free(walk.words, TRUE);
  }
}

void onr_paragraphs_add_tree(OnrParagraphs *paragraphs, xmlNode *root, const OnrMarkup *markup,
                             const char *title) {
  add_tree(paragraphs, root, markup, title, IS_TREE);
}

/* --- strings --- */

/* Text outside of elements is put in a body, so that the parser makes no <p> around it that no one wrote. */
static gboolean add_html(OnrParagraphs *paragraphs, const char *text, gsize length, const char *title,
                         Layout layout, GError **error) {
  g_autoptr(GString) own = onr_shortcodes_remove(text, length);
  if (onr_is_html_document(text, length))
    layout = IS_TREE;
  else if (own)
    g_string_prepend(own, "<body>");
  else
    g_string_append_len(own = g_string_new("<body>"), text, (gssize)length);
  g_autoptr(GError) why = NULL;
  g_autoptr(xmlDoc) tree = onr_html_parse(own ? own->str : text, own ? own->len : length, &why);
  if (tree) {
    add_tree(paragraphs, xmlDocGetRootElement(tree), &ONR_MARKUP_HTML, title, layout);
    return TRUE;
  }
  if (why->code == ONR_ERROR_FORMAT) /* a comment and nothing else */
    return TRUE;
  g_propagate_error(error, g_steal_pointer(&why));
  return FALSE;
}

static gboolean is_known_html(const char *text, gsize length, Layout *layout) {
  gboolean is_html = onr_is_html(text, length);
  *layout = is_html ? IS_FRAGMENT : IS_LINES;
  return is_html || onr_has_inline_element(text, length);
}

gboolean onr_article_set_words(OnrArticle *article, const char *text, gsize length, guint32 *n_replaced,
                               GError **error) {
  g_auto(OnrParagraphs) words = {0};
  g_autoptr(GString) decoded = NULL;
  Layout layout;
  gboolean is_html = is_known_html(text, length, &layout);
  if (!is_html && memchr(text, '&', length)) {
    decoded = onr_entity_decode_bytes(text, length);
    is_html = onr_is_html(decoded->str, decoded->len);
    layout = IS_FRAGMENT;
    text = decoded->str;
    length = decoded->len;
  }
  if (is_html && !add_html(&words, text, length, article->title, layout, error))
    return FALSE;
  const char *found = is_html ? onr_paragraphs_text(&words) : text;
  onr_article_set_text(article, found, is_html ? strlen(found) : length, n_replaced);
  return TRUE;
}

static void add_line(GString *paragraph, const char *line, gsize length) {
  while (length > 0 && g_ascii_isspace(*line)) {
    line++;
    length--;
  }
  while (length > 0 && g_ascii_isspace(line[length - 1]))
    length--;
  if (paragraph->len > 0 && length > 0)
    g_string_append_c(paragraph, '\n');
  g_string_append_len(paragraph, line, (gssize)length);
}

static void add_plain_paragraph(OnrParagraphs *out, GString *paragraph) {
  if (paragraph->len > 0 && !is_feed_footer(paragraph->str)) {
    add_paragraph(out, paragraph->str, paragraph->len);
    out->is_cut = out->is_cut || is_broken_off(paragraph);
  }
  g_string_truncate(paragraph, 0);
}

void onr_paragraphs_add_plain(OnrParagraphs *paragraphs, const char *text, gsize length) {
  g_autofree char *copy = g_strndup(text, length);
  g_autofree char *decoded = onr_entity_decode(copy);
  g_autoptr(GString) paragraph = g_string_new(NULL);
  for (const char *line = decoded; *line;) {
    gsize n = strcspn(line, "\n");
    gsize before = paragraph->len;
    add_line(paragraph, line, n);
    if (paragraph->len == before)
      add_plain_paragraph(paragraphs, paragraph);
    line += n + (line[n] == '\n');
  }
  add_plain_paragraph(paragraphs, paragraph);
}

gboolean onr_paragraphs_add_html(OnrParagraphs *paragraphs, const char *text, gsize length, const char *title,
                                 GError **error) {
  return add_html(paragraphs, text, length, title, IS_FRAGMENT, error);
}

gboolean onr_paragraphs_add_markup(OnrParagraphs *paragraphs, const char *text, gsize length,
                                   const char *title, GError **error) {
  if (onr_is_markup(text, length))
    return onr_paragraphs_add_html(paragraphs, text, length, title, error);
  g_autoptr(GString) decoded = onr_entity_decode_bytes(text, length);
  if (onr_is_html(decoded->str, decoded->len)) /* it was escaped twice */
    return onr_paragraphs_add_html(paragraphs, decoded->str, decoded->len, title, error);
  g_autoptr(GString) own = onr_shortcodes_remove(text, length);
  onr_paragraphs_add_plain(paragraphs, own ? own->str : text, own ? own->len : length);
  return TRUE;
}

char *onr_plain_words(const char *text) {
  g_auto(OnrParagraphs) words = {0};
  if (!onr_is_sure_markup(text, strlen(text)) ||
      !onr_paragraphs_add_markup(&words, text, strlen(text), NULL, NULL) || !words.text)
    return onr_entity_decode(text);
  return g_strdup(words.text->str);
}
