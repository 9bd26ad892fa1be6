/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NewsML-G2 (IPTC's News Architecture): a news item alone, or a news message with many items. What holds a
   story is an article; concepts, catalogues, plans, packages and pictures are not, and say so. */
#include "indexer/readers/readers.h"

#include "indexer/news/nitf.h"
#include "indexer/readers/whole.h"
#include "indexer/xml/cut.h"
#include "indexer/xml/scan.h"

#include <string.h>

static const char *const ENDINGS[] = {NULL};
static const OnrXmlCutting CUTTING = {
    .names = {"newsItem", "packageItem", "conceptItem", "knowledgeItem", "catalogItem", "planningItem", NULL},
    .none = "a news message without items",
};

/* Kinds of item that are never an article, and what to call them. */
static const char *const OTHER_ITEMS[][2] = {
    {"packageItem", "a package of other items, with no text of its own"},
    {"conceptItem", "a concept item, which holds no article"},
    {"knowledgeItem", "a knowledge item, which holds no article"},
    {"catalogItem", "a catalog item, which holds no article"},
    {"planningItem", "a planning item, which holds no article"},
};

static gboolean is_root(const OnrXmlRoot *root, const char *name) {
  return onr_xml_root_is(root, name, "http://iptc.org/std/nar/");
}

static int probe(const char *bytes, gsize n_bytes, const char *ending) {
  (void)ending;
  OnrXmlRoot root;
  if (!onr_xml_find_root(bytes, n_bytes, &root))
    return 0;
  gboolean is_known = is_root(&root, "newsMessage");
  for (guint i = 0; CUTTING.names[i]; i++)
    is_known = is_known || is_root(&root, CUTTING.names[i]);
  return is_known ? 3 : 0;
}

/* A message is cut; one item is a file of one article. */
static gboolean split(OnrStream *stream, OnrSplit *split, OnrRawItem *out, GError **error) {
  if (!split->state && split->n_items == 0) {
    gsize n_bytes;
    const char *bytes = onr_stream_peek(stream, &n_bytes, error);
    OnrXmlRoot root;
    if (!bytes)
      return FALSE;
    split->phase = onr_xml_find_root(bytes, n_bytes, &root) && !is_root(&root, "newsMessage");
  }
  return split->phase ? onr_whole_split(stream, split, out, error)
                      : onr_xml_cut_split(stream, split, &CUTTING, out, error);
}

/* --- header --- */

static const char *code_of(const xmlNode *node) {
  static const char *const attributes[] = {"qcode", "uri", "literal"};
  for (gsize i = 0; node && i < G_N_ELEMENTS(attributes); i++) {
    const char *code = onr_html_get(node, attributes[i]);
    if (code && *code)
      return code;
  }
  return NULL;
}

/* The child NAME of NODE in the item's language, else the first; the caller frees it. */
static char *words_in(const xmlNode *node, const char *name, const char *language) {
  xmlNode *best = onr_xml_child(node, name);
  for (xmlNode *n = best; n && language; n = onr_xml_next_sibling(n, name)) {
    const char *own = onr_html_get(n, "lang");
    if (own && g_ascii_strncasecmp(own, language, 2) == 0) {
      best = n;
      break;
    }
  }
  return onr_xml_words(best);
}

typedef struct {
  xmlNode *item;
  const xmlNode *item_meta, *content_meta;
  const char *language;
  OnrFields fields;
} Reading;

static void offer(Reading *reading, OnrHeaderField field, guint rank, const char *value) {
  if (value)
    onr_fields_set(&reading->fields, field, rank, value, -1);
}

static void offer_child(Reading *reading, OnrHeaderField field, guint rank, const xmlNode *parent,
                        const char *name) {
  g_autofree char *words = onr_xml_words(onr_xml_child(parent, name));
  offer(reading, field, rank, words);
}

/* Of several headlines the main one: that without a role, or with one called main, in the item's language. */
static void read_headlines(Reading *reading) {
  for (xmlNode *h = onr_xml_child(reading->content_meta, "headline"); h;
       h = onr_xml_next_sibling(h, "headline")) {
    const char *role = onr_html_get(h, "role"), *language = onr_html_get(h, "lang");
    gboolean is_main = !role || strcmp(onr_news_local_code(role), "main") == 0;
    gboolean is_own =
        !language || !reading->language || g_ascii_strncasecmp(language, reading->language, 2) == 0;
    g_autofree char *words = onr_xml_words(h);
    offer(reading, ONR_HEADER_TITLE, is_main ? (is_own ? 0 : 1) : 2, words);
  }
  offer_child(reading, ONR_HEADER_TITLE, 20, reading->item_meta, "title");
}

/* Who wrote it, where the item says so in words, else whom it names as creators. */
static void read_people(Reading *reading) {
  g_autoptr(GString) all = g_string_new(NULL);
  g_autofree char *by = onr_xml_words(onr_xml_child(reading->content_meta, "by"));
  g_autofree char *line = onr_news_person(by);
  offer(reading, ONR_HEADER_BYLINE, 0, line);
  for (xmlNode *c = onr_xml_child(reading->content_meta, "creator"); c;
       c = onr_xml_next_sibling(c, "creator")) {
    g_autofree char *words = words_in(c, "name", reading->language);
    g_autofree char *name = onr_news_person(words);
    if (name)
      g_string_append_printf(all, "%s%s", all->len > 0 ? ", " : "", name);
  }
  offer(reading, ONR_HEADER_BYLINE, 20, all->str); /* behind a byline in the story itself */
}

/* The provider's name; where that is only a code, the name of who holds the rights, then the code. */
static void read_publisher(Reading *reading) {
  const xmlNode *provider = onr_xml_child(reading->item_meta, "provider");
  const xmlNode *source = onr_xml_child(reading->content_meta, "infoSource");
  const char *code = code_of(provider);
  offer_child(reading, ONR_HEADER_PUBLISHER, 0, provider, "name");
  offer_child(reading, ONR_HEADER_PUBLISHER, 1, onr_xml_find(reading->item, "rightsInfo/copyrightHolder"),
              "name");
  offer_child(reading, ONR_HEADER_PUBLISHER, 2, source, "name");
  if (code && !strstr(code, "://"))
    offer(reading, ONR_HEADER_PUBLISHER, 3, onr_news_local_code(code));
}

/* When the story was first made is when it was published, as nearly as an item says; its version's time is
 * behind that. */
static void read_dates(Reading *reading) {
  offer_child(reading, ONR_HEADER_DATE, 0, reading->item_meta, "firstCreated");
  offer_child(reading, ONR_HEADER_DATE, 1, reading->content_meta, "contentCreated");
  offer_child(reading, ONR_HEADER_DATE, 2, reading->item_meta, "versionCreated");
}

static void read_header(Reading *reading) {
  const xmlNode *content_language = onr_xml_child(reading->content_meta, "language");
  xmlNode *located = onr_xml_child(reading->content_meta, "located");
  g_autofree char *place = words_in(located, "name", reading->language);
  offer(reading, ONR_HEADER_ID, 0, onr_html_get(reading->item, "guid"));
  offer(reading, ONR_HEADER_LANGUAGE, 0, content_language ? onr_html_get(content_language, "tag") : NULL);
  offer(reading, ONR_HEADER_LANGUAGE, 20, onr_xml_language(reading->item));
  offer_child(reading, ONR_HEADER_DATELINE, 0, reading->content_meta, "dateline");
  offer(reading, ONR_HEADER_DATELINE, 20, place);
  read_headlines(reading);
  read_people(reading);
  read_publisher(reading);
  read_dates(reading);
}

/* --- notes --- */

static void add_note(Reading *reading, const char *note, const xmlNode *parent, const char *name) {
  for (xmlNode *n = onr_xml_child(parent, name); n; n = onr_xml_next_sibling(n, name)) {
    g_autofree char *words = onr_xml_words(n);
    onr_news_add_note(reading->fields.article, note, words);
  }
}

static void add_subjects(Reading *reading) {
  for (xmlNode *s = onr_xml_child(reading->content_meta, "subject"); s;
       s = onr_xml_next_sibling(s, "subject")) {
    const xmlNode *concept = onr_xml_child(s, "mainConcept");
    concept = concept ? concept : s;
    g_autofree char *words = words_in(concept, "name", reading->language);
    onr_news_add_subject(reading->fields.article, code_of(concept), words);
  }
  add_note(reading, ONR_NOTE_SUBJECT, reading->content_meta, "keyword");
}

static void add_signals(Reading *reading) {
  OnrArticle *article = reading->fields.article;
  const xmlNode *status = onr_xml_child(reading->item_meta, "pubStatus");
  onr_news_add_status(article, code_of(status));
  for (xmlNode *s = onr_xml_child(reading->item_meta, "signal"); s; s = onr_xml_next_sibling(s, "signal")) {
    const char *code = code_of(s), *local = code ? onr_news_local_code(code) : "";
    if (g_ascii_strcasecmp(local, "correction") == 0)
      onr_news_add_notice(article, "correction");
    else if (g_ascii_strcasecmp(local, "kill") == 0)
      onr_news_add_notice(article, "kill");
  }
}

static void add_notes(Reading *reading) {
  OnrArticle *article = reading->fields.article;
  onr_news_add_note(article, ONR_NOTE_VERSION, onr_html_get(reading->item, "version"));
  add_signals(reading);
  add_note(reading, ONR_NOTE_EMBARGO, reading->item_meta, "embargoed");
  add_note(reading, ONR_NOTE_SLUG, reading->content_meta, "slugline");
  add_note(reading, ONR_NOTE_URGENCY, reading->content_meta, "urgency");
  for (xmlNode *g = onr_xml_child(reading->content_meta, "genre"); g; g = onr_xml_next_sibling(g, "genre")) {
    g_autofree char *words = words_in(g, "name", reading->language);
    onr_news_add_note(article, ONR_NOTE_GENRE, words ? words : code_of(g));
  }
  add_subjects(reading);
  add_note(reading, ONR_NOTE_EDITORS, reading->item_meta, "edNote");
}

/* --- story --- */

/* Whatever the item says that its content is: markup is known by its root. Of a vocabulary that we do not
   know the elements called p are paragraphs. */
static gboolean read_inline_xml(Reading *reading, xmlNode *inline_xml, const char *title, OnrParagraphs *body,
                                GError **error) {
  xmlNode *nitf = onr_xml_descendant(inline_xml, "nitf");
  if (nitf) {
    onr_nitf_read(nitf, 10, &reading->fields, body);
    return TRUE;
  }
  static const char *const html[] = {"html", "body", "div", "section", "article", "p",
                                     "h1",   "h2",   "ul",  "ol",      NULL};
  xmlNode *root = inline_xml->children;
  while (root && root->type != XML_ELEMENT_NODE)
    root = root->next;
  if (!root) { /* markup that was escaped */
    g_autofree char *words = onr_xml_words(inline_xml);
    return !words || onr_paragraphs_add_markup(body, words, strlen(words), title, error);
  }
  if (onr_html_is_any(root, html)) {
    onr_paragraphs_add_tree(body, inline_xml, &ONR_MARKUP_HTML, title);
    return TRUE;
  }
  for (xmlNode *p = inline_xml; p; p = onr_html_next(p, inline_xml, !onr_html_is(p, "p")))
    if (onr_html_is(p, "p"))
      onr_paragraphs_add_tree(body, p, &ONR_MARKUP_HTML, NULL);
  return TRUE;
}

/* What is in base64 is a file, but where it says that it is text. */
static gboolean is_text(const xmlNode *data) {
  const char *type = onr_html_get(data, "contenttype");
  return type ? g_str_has_prefix(type, "text/") || strstr(type, "html") : !onr_html_get(data, "encoding");
}

/* The words of DATA, or NULL: none, or packed in a way that is no base64. The caller frees them. */
static char *data_words(xmlNode *data) {
  char *words = onr_xml_words(data);
  const char *encoding = onr_html_get(data, "encoding");
  if (!words || !encoding)
    return words;
  g_autofree char *packed = words;
  if (!g_str_has_suffix(encoding, "base64"))
    return NULL;
  gsize n;
  g_autofree guchar *bytes = g_base64_decode(packed, &n);
  return g_utf8_make_valid((const char *)bytes, (gssize)n);
}

static gboolean read_inline_data(xmlNode *data, const char *title, OnrParagraphs *body, GError **error) {
  const char *type = onr_html_get(data, "contenttype");
  g_autofree char *words = data_words(data);
  if (!words)
    return TRUE;
  return type && strstr(type, "html") ? onr_paragraphs_add_html(body, words, strlen(words), title, error)
                                      : onr_paragraphs_add_markup(body, words, strlen(words), title, error);
}

/* An item has its content once, in forms that are the same; the first that has words is taken. */
static gboolean read_story(Reading *reading, OnrParagraphs *body, GError **error) {
  const char *title = reading->fields.values[ONR_HEADER_TITLE];
  const xmlNode *set = onr_xml_child(reading->item, "contentSet");
  for (xmlNode *n = set ? set->children : NULL; n && body->n_paragraphs == 0; n = n->next) {
    if (onr_html_is(n, "inlineXML") && !read_inline_xml(reading, n, title, body, error))
      return FALSE;
    if (onr_html_is(n, "inlineData") && is_text(n) && !read_inline_data(n, title, body, error))
      return FALSE;
  }
  return TRUE;
}

/* Without a story the item's summary is what there is. A headline alone may be all: an alert. */
static void read_summary(Reading *reading, OnrParagraphs *body) {
  for (xmlNode *d = onr_xml_child(reading->content_meta, "description"); d;
       d = onr_xml_next_sibling(d, "description")) {
    const char *role = onr_html_get(d, "role");
    gboolean is_caption = role && strcmp(onr_news_local_code(role), "caption") == 0;
    if (body->n_paragraphs == 0 && !is_caption)
      onr_paragraphs_add_tree(body, d, &ONR_MARKUP_HTML, NULL);
  }
  if (body->n_paragraphs > 0 || onr_xml_find(reading->item, "contentSet/remoteContent"))
    onr_news_add_note(reading->fields.article, ONR_NOTE_EXTENT, "summary");
}

static gboolean refuse(GError **error, const char *why) {
  g_set_error_literal(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED, why);
  return FALSE;
}

/* A picture is never an article, whatever its caption says; sound and video are where they come with their
 * words. */
static gboolean check_class(const Reading *reading, const OnrParagraphs *body, GError **error) {
  static const char *const kinds[][2] = {
      {"picture", "a picture, which is no article"},
      {"graphic", "a graphic, which is no article"},
      {"video", "a video without its words"},
      {"audio", "a recording without its words"},
      {"animation", "an animation, which is no article"},
  };
  const char *code = code_of(onr_xml_child(reading->item_meta, "itemClass"));
  const char *kind = code ? onr_news_local_code(code) : "text";
  gboolean has_words = body->n_paragraphs > 0 && (strcmp(kind, "video") == 0 || strcmp(kind, "audio") == 0);
  for (gsize i = 0; i < G_N_ELEMENTS(kinds) && !has_words; i++)
    if (strcmp(kind, kinds[i][0]) == 0)
      return refuse(error, kinds[i][1]);
  return TRUE;
}

static gboolean read_news_item(xmlNode *item, OnrArticle *article, guint32 *n_replaced, GError **error) {
  Reading reading = {.item = item,
                     .item_meta = onr_xml_child(item, "itemMeta"),
                     .content_meta = onr_xml_child(item, "contentMeta"),
                     .language = onr_xml_language(item)};
  onr_fields_init(&reading.fields, article);
  read_header(&reading);
  add_notes(&reading);
  g_auto(OnrParagraphs) body = {0};
  if (!read_story(&reading, &body, error) ||
      (!onr_article_is_kill(article) && !check_class(&reading, &body, error)))
    return FALSE;
  if (body.n_paragraphs == 0 && !onr_article_is_kill(article))
    read_summary(&reading, &body);
  onr_fields_finish(&reading.fields);
  g_autofree char *modified = onr_xml_words(onr_xml_child(reading.content_meta, "contentModified"));
  g_autofree char *version = onr_xml_words(onr_xml_child(reading.item_meta, "versionCreated"));
  onr_news_add_updated(article, version ? version : modified);
  const char *text = onr_paragraphs_text(&body);
  onr_article_set_text(article, text, strlen(text), n_replaced);
  return TRUE;
}

static gboolean parse(const OnrRawItem *raw, const char *path, OnrArticle *article, guint32 *n_replaced,
                      GError **error) {
  (void)path;
  g_autoptr(xmlDoc) tree = onr_xml_open_item(raw, n_replaced, error);
  if (!tree)
    return FALSE;
  xmlNode *root = xmlDocGetRootElement(tree);
  for (gsize i = 0; i < G_N_ELEMENTS(OTHER_ITEMS); i++)
    if (onr_xml_descendant(root, OTHER_ITEMS[i][0]))
      return refuse(error, OTHER_ITEMS[i][1]);
  xmlNode *item = onr_xml_descendant(root, "newsItem");
  if (!item) {
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_FORMAT, "no news item");
    return FALSE;
  }
  return read_news_item(item, article, n_replaced, error);
}

const OnrReader ONR_READER_G2 = {
    .name = "newsml-g2",
    .what = "NewsML-G2",
    .endings = ENDINGS,
    .probe = probe,
    .split = split,
    .parse = parse,
};
