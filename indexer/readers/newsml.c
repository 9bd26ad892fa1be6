/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NewsML 1.x, G2's predecessor: news items of components within components. An item is an article; its story
   is the first component whose role is the main one, of several in other languages or forms the first. */
#include "indexer/readers/readers.h"

#include "indexer/news/nitf.h"
#include "indexer/xml/cut.h"
#include "indexer/xml/scan.h"

#include <string.h>

static const char *const ENDINGS[] = {"newsml", NULL};
static const OnrXmlCutting CUTTING = {
    .names = {"NewsItem", NULL}, .nests = TRUE, .none = "NewsML without a news item"};

static int probe(const char *bytes, gsize n_bytes, const char *ending) {
  (void)ending;
  OnrXmlRoot root;
  return onr_xml_find_root(bytes, n_bytes, &root) && onr_xml_root_is(&root, "NewsML", "") ? 3 : 0;
}

static gboolean split(OnrStream *stream, OnrSplit *split, OnrRawItem *out, GError **error) {
  return onr_xml_cut_split(stream, split, &CUTTING, out, error);
}

/* --- story --- */

static const char *formal_name(const xmlNode *node) {
  const char *name = node ? onr_html_get(node, "FormalName") : NULL;
  return name && *name ? name : NULL;
}

/* How surely a component is the story by its role: 3 that is its role, 2 it has none, 1 another; 0 what is no
 * story. */
static int rank_role(const xmlNode *component) {
  static const char *const main_ones[] = {"main",    "body",      "text",    "story",
                                          "article", "main text", "maintext"};
  static const char *const others[] = {
      "headline", "subheadline", "caption",  "stylesheet", "contact",   "logo",       "photo", "picture",
      "graphic",  "byline",      "dateline", "thumbnail",  "copyright", "smartlinks", "video", "audio"};
  const char *role = formal_name(onr_xml_child(component, "Role"));
  if (!role)
    return 2;
  for (gsize i = 0; i < G_N_ELEMENTS(main_ones); i++)
    if (g_ascii_strcasecmp(role, main_ones[i]) == 0)
      return 3;
  for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
    if (g_ascii_strcasecmp(role, others[i]) == 0)
      return 0;
  return 1;
}

static gboolean is_text(const xmlNode *content_item) {
  static const char *const others[] = {"Photo", "Picture", "Graphic", "Image", "Video", "Audio", "Animation"};
  const char *kind = formal_name(onr_xml_child(content_item, "MediaType"));
  const xmlNode *mime = onr_xml_child(content_item, "MimeType");
  g_autofree char *words = onr_xml_words((xmlNode *)mime);
  const char *type = formal_name(mime) ? formal_name(mime) : words;
  gboolean is_other = type && (strcmp(type, "text/css") == 0 || g_str_has_prefix(type, "image/") ||
                               g_str_has_prefix(type, "video/") || g_str_has_prefix(type, "audio/"));
  for (gsize i = 0; kind && i < G_N_ELEMENTS(others); i++)
    is_other = is_other || g_ascii_strncasecmp(kind, others[i], strlen(others[i])) == 0;
  return !is_other && onr_xml_child(content_item, "DataContent");
}

static gboolean is_in_content(const xmlNode *node) {
  for (; node; node = node->parent)
    if (onr_html_is(node, "DataContent"))
      return TRUE;
  return FALSE;
}

/* The content of the component that is the story, or NULL; *STORY gets the component. */
static xmlNode *find_content(xmlNode *item, const xmlNode **story) {
  xmlNode *best = NULL;
  int best_rank = 0;
  for (xmlNode *n = item; n; n = onr_html_next(n, item, !onr_html_is(n, "DataContent"))) {
    if (!onr_html_is(n, "ContentItem") || !n->parent || is_in_content(n->parent) || !is_text(n))
      continue;
    int rank = rank_role(n->parent);
    if (rank > best_rank) {
      best = onr_xml_child(n, "DataContent");
      best_rank = rank;
      *story = n->parent;
    }
  }
  return best;
}

static gboolean read_content(xmlNode *content, const char *title, OnrFields *fields, OnrParagraphs *body,
                             GError **error) {
  xmlNode *nitf = onr_xml_descendant(content, "nitf"),
          *nitf_body = onr_xml_descendant(content, "body.content");
  if (nitf) {
    onr_nitf_read(nitf, 10, fields, body);
    return TRUE;
  }
  if (nitf_body) {
    onr_paragraphs_add_tree(body, nitf_body, &ONR_MARKUP_NITF, title);
    return TRUE;
  }
  for (const xmlNode *child = content->children; child; child = child->next)
    if (child->type == XML_ELEMENT_NODE) {
      onr_paragraphs_add_tree(body, content, &ONR_MARKUP_HTML, title);
      return TRUE;
    }
  g_autofree char *words = onr_xml_words(content);
  return !words || onr_paragraphs_add_markup(body, words, strlen(words), title, error);
}

/* --- what is said of it --- */

/* Calls for what a story inherits: the component itself, then those around it, up to the item. */
static const xmlNode *inherit(const xmlNode *component, const char *group, const char *name) {
  for (const xmlNode *c = component; c && !onr_html_is(c, "NewsItem"); c = c->parent) {
    const xmlNode *found = onr_xml_child(onr_xml_child(c, group), name);
    if (found)
      return found;
  }
  return NULL;
}

static void offer(OnrFields *fields, OnrHeaderField field, guint rank, const char *value) {
  if (value)
    onr_fields_set(fields, field, rank, value, -1);
}

static char *line_of(const xmlNode *story, const char *name) {
  return onr_xml_words((xmlNode *)inherit(story, "NewsLines", name));
}

/* "urn:newsml:coast.example:20220206:harbour:2" without the revision at its end, which is the version. */
static void read_identity(OnrFields *fields, xmlNode *item) {
  xmlNode *identifier = onr_xml_find(item, "Identification/NewsIdentifier");
  g_autofree char *provider = onr_xml_words(onr_xml_child(identifier, "ProviderId"));
  g_autofree char *date = onr_xml_words(onr_xml_child(identifier, "DateId"));
  g_autofree char *id = onr_xml_words(onr_xml_child(identifier, "NewsItemId"));
  g_autofree char *revision = onr_xml_words(onr_xml_child(identifier, "RevisionId"));
  g_autofree char *public = onr_xml_words(onr_xml_child(identifier, "PublicIdentifier"));
  g_autofree char *urn =
      provider && date && id ? g_strconcat("urn:newsml:", provider, ":", date, ":", id, NULL) : NULL;
  offer(fields, ONR_HEADER_ID, 0, urn);
  offer(fields, ONR_HEADER_ID, 1, public ? public : id);
  offer(fields, ONR_HEADER_PUBLISHER, 4, provider);
  onr_news_add_note(fields->article, ONR_NOTE_VERSION, revision);
}

static void read_management(OnrFields *fields, xmlNode *item) {
  OnrArticle *article = fields->article;
  const xmlNode *management = onr_xml_child(item, "NewsManagement");
  g_autofree char *first = onr_xml_words(onr_xml_child(management, "FirstCreated"));
  g_autofree char *this = onr_xml_words(onr_xml_child(management, "ThisRevisionCreated"));
  offer(fields, ONR_HEADER_DATE, 0, first);
  offer(fields, ONR_HEADER_DATE, 1, this);
  const char *status = formal_name(onr_xml_child(management, "Status"));
  const char *order = formal_name(onr_xml_child(management, "Instruction"));
  onr_news_add_status(article, status);
  if (order && g_ascii_strcasecmp(order, "Kill") == 0)
    onr_news_add_notice(article, "kill");
  else if (order &&
           (g_ascii_strcasecmp(order, "Rectify") == 0 || g_ascii_strcasecmp(order, "Correction") == 0))
    onr_news_add_notice(article, "correction");
  xmlNode *change = onr_xml_child(management, "StatusWillChange");
  g_autofree char *when = onr_xml_words(onr_xml_child(change, "DateAndTime"));
  if (status && g_ascii_strcasecmp(status, "Embargoed") == 0)
    onr_news_add_note(article, ONR_NOTE_EMBARGO, when);
  onr_news_add_note(article, ONR_NOTE_URGENCY, formal_name(onr_xml_child(management, "Urgency")));
}

static void read_lines(OnrFields *fields, const xmlNode *story) {
  g_autofree char *title = line_of(story, "HeadLine"), *by = line_of(story, "ByLine");
  g_autofree char *place = line_of(story, "DateLine"), *slug = line_of(story, "SlugLine");
  g_autofree char *person = onr_news_person(by), *where = onr_news_place(place);
  offer(fields, ONR_HEADER_TITLE, 0, title);
  offer(fields, ONR_HEADER_BYLINE, 0, person);
  offer(fields, ONR_HEADER_DATELINE, 0, where);
  onr_news_add_note(fields->article, ONR_NOTE_SLUG, slug);
  for (const xmlNode *l = inherit(story, "NewsLines", "NewsLine"); l;
       l = onr_xml_next_sibling(l, "NewsLine")) {
    const char *kind = formal_name(onr_xml_child(l, "NewsLineType"));
    g_autofree char *words = onr_xml_words(onr_xml_child(l, "NewsLineText"));
    if (kind && g_ascii_strcasecmp(kind, "AdvisoryLine") == 0)
      onr_news_add_note(fields->article, ONR_NOTE_EDITORS, words);
  }
}

/* SubjectCode/Subject FormalName="11000000" in 1.x; codes of IPTC's are eight digits. */
static void add_subjects(OnrArticle *article, const xmlNode *story) {
  const xmlNode *first = inherit(story, "DescriptiveMetadata", "SubjectCode");
  for (const xmlNode *s = first; s; s = onr_xml_next_sibling(s, "SubjectCode"))
    for (const xmlNode *n = s->children; n; n = n->next) {
      const char *code = n->type == XML_ELEMENT_NODE ? formal_name(n) : NULL;
      gboolean is_iptc = code && strlen(code) == 8 && strspn(code, "0123456789") == 8;
      g_autofree char *whole = is_iptc ? g_strconcat("subj:", code, NULL) : g_strdup(code);
      onr_news_add_subject(article, whole, NULL);
    }
}

static void read_metadata(OnrFields *fields, const xmlNode *story, xmlNode *root) {
  const xmlNode *provider = inherit(story, "AdministrativeMetadata", "Provider");
  const xmlNode *creator = inherit(story, "AdministrativeMetadata", "Creator");
  const xmlNode *source = inherit(story, "AdministrativeMetadata", "Source");
  g_autofree char *credit = line_of(story, "CreditLine");
  xmlNode *sender = onr_xml_find(root, "NewsEnvelope/SentFrom/Party");
  offer(fields, ONR_HEADER_PUBLISHER, 0, formal_name(onr_xml_child(provider, "Party")));
  offer(fields, ONR_HEADER_PUBLISHER, 1, formal_name(sender));
  offer(fields, ONR_HEADER_PUBLISHER, 2, formal_name(onr_xml_child(source, "Party")));
  offer(fields, ONR_HEADER_PUBLISHER, 3, credit);
  offer(fields, ONR_HEADER_BYLINE, 20, formal_name(onr_xml_child(creator, "Party")));
  offer(fields, ONR_HEADER_LANGUAGE, 0, formal_name(inherit(story, "DescriptiveMetadata", "Language")));
  offer(fields, ONR_HEADER_LANGUAGE, 20, onr_xml_language(story));
  onr_news_add_note(fields->article, ONR_NOTE_GENRE,
                    formal_name(inherit(story, "DescriptiveMetadata", "Genre")));
  add_subjects(fields->article, story);
}

/* An item without a text may be a kill or an alert that is all headline. */
static gboolean check_kind(xmlNode *item, const OnrArticle *article, GError **error) {
  const char *kind = onr_xml_descendant(item, "ContentItem")
                         ? "a news item without a text, which is no article"
                     : onr_xml_descendant(item, "NewsItemRef") ? "a list of news items, which is no article"
                                                               : NULL;
  if (!kind || onr_article_is_kill(article))
    return TRUE;
  g_set_error_literal(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED, kind);
  return FALSE;
}

static gboolean read_item(xmlNode *item, OnrArticle *article, guint32 *n_replaced, GError **error) {
  const xmlNode *story = NULL;
  xmlNode *content = find_content(item, &story);
  story = story ? story : onr_xml_descendant(item, "NewsComponent");
  OnrFields fields;
  onr_fields_init(&fields, article);
  read_identity(&fields, item);
  read_management(&fields, item);
  read_lines(&fields, story);
  read_metadata(&fields, story, xmlDocGetRootElement(item->doc));
  if (!content && !check_kind(item, article, error))
    return FALSE;
  const char *address = content ? onr_html_get(content->parent, "Href") : NULL;
  if (address && g_str_has_prefix(address, "http"))
    offer(&fields, ONR_HEADER_URL, 0, address);
  g_auto(OnrParagraphs) body = {0};
  g_autofree char *title = line_of(story, "HeadLine"), *below = line_of(story, "SubHeadLine");
  if (below)
    onr_paragraphs_add_plain(&body, below, strlen(below));
  if (content && !read_content(content, title, &fields, &body, error))
    return FALSE;
  onr_fields_finish(&fields);
  g_autofree char *revised = onr_xml_words(onr_xml_find(item, "NewsManagement/ThisRevisionCreated"));
  onr_news_add_updated(article, revised);
  const char *text = onr_paragraphs_text(&body);
  onr_article_set_text(article, text, strlen(text), n_replaced);
  return TRUE;
}

static gboolean parse(const OnrRawItem *raw, const char *path, OnrArticle *article, guint32 *n_replaced,
                      GError **error) {
  (void)path;
  g_autoptr(xmlDoc) tree = onr_xml_open_item(raw, n_replaced, error);
  xmlNode *item = tree ? onr_xml_descendant(xmlDocGetRootElement(tree), "NewsItem") : NULL;
  if (tree && !item)
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_FORMAT, "no news item");
  return item && read_item(item, article, n_replaced, error);
}

const OnrReader ONR_READER_NEWSML = {
    .name = "newsml",
    .what = "NewsML",
    .endings = ENDINGS,
    .probe = probe,
    .split = split,
    .parse = parse,
};
