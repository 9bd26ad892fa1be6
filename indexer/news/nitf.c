/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/news/nitf.h"

#include <string.h>

typedef struct {
  OnrFields *fields;
  guint rank;
  guint n_notes; /* that the article had before: what was said outside stands */
} Reading;

static void add_note(const Reading *reading, const char *name, const char *value) {
  const OnrArticle *article = reading->fields->article;
  for (guint i = 0; i < reading->n_notes; i++)
    if (strcmp(g_array_index(article->notes, OnrNote, i).name, name) == 0)
      return;
  onr_news_add_note(reading->fields->article, name, value);
}

static void offer(const Reading *reading, OnrHeaderField field, guint rank, const char *value) {
  if (value)
    onr_fields_set(reading->fields, field, reading->rank + rank, value, -1);
}

static void offer_words(const Reading *reading, OnrHeaderField field, guint rank, xmlNode *node) {
  g_autofree char *words = onr_xml_words(node);
  offer(reading, field, rank, words);
}

static const char *get(const xmlNode *parent, const char *child, const char *attribute) {
  const xmlNode *node = onr_xml_child(parent, child);
  return node ? onr_html_get(node, attribute) : NULL;
}

/* --- head --- */

/* An id is its registrar's: "1234" of regsrc "coast.example" is "coast.example:1234". The caller frees it. */
static char *make_id(const char *registrar, const char *id) {
  if (!id || !*id)
    return NULL;
  return registrar && *registrar && !strchr(id, ':') ? g_strconcat(registrar, ":", id, NULL) : g_strdup(id);
}

/* An item that takes back or corrects another is known by the other's id. */
static void read_ids(const Reading *reading, const xmlNode *docdata) {
  OnrArticle *article = reading->fields->article;
  g_autofree char *own = make_id(get(docdata, "doc-id", "regsrc"), get(docdata, "doc-id", "id-string"));
  g_autofree char *corrected =
      make_id(get(docdata, "correction", "regsrc"), get(docdata, "correction", "id-string"));
  const char *status = onr_html_get(docdata, "management-status");
  const char *other = onr_html_get(docdata, "management-doc-idref");
  const char *others_status = onr_html_get(docdata, "management-idref-status");
  onr_news_add_status(article, status);
  if (other && others_status)
    onr_news_add_status(article, others_status);
  gboolean takes_other = other && *other && onr_article_is_kill(article);
  if (onr_xml_child(docdata, "correction"))
    onr_news_add_notice(article, "correction");
  offer(reading, ONR_HEADER_ID, 0, takes_other ? other : corrected ? corrected : own);
}

/* TRUE where ISO date A is after B; of days without a time by their letters. */
static gboolean is_after(const char *a, const char *b) {
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
  g_autoptr(GDateTime) time_a = g_date_time_new_from_iso8601(a, utc);
  g_autoptr(GDateTime) time_b = g_date_time_new_from_iso8601(b, utc);
  return time_a && time_b ? g_date_time_compare(time_a, time_b) > 0 : strncmp(a, b, strlen("2022-02-06")) > 0;
}

/* When it may be released matters only where that is later than when it was sent. */
static void read_dates(const Reading *reading, const xmlNode *docdata) {
  const char *issue = get(docdata, "date.issue", "norm"), *release = get(docdata, "date.release", "norm");
  offer(reading, ONR_HEADER_DATE, 0, issue);
  offer(reading, ONR_HEADER_DATE, 2, release);
  g_autofree char *issued = NULL, *released = NULL;
  gint32 day;
  if (release && issue && onr_date_parse(issue, &issued, &day) && onr_date_parse(release, &released, &day) &&
      is_after(released, issued))
    add_note(reading, ONR_NOTE_EMBARGO, released);
}

static void read_keys(const Reading *reading, const xmlNode *docdata) {
  add_note(reading, ONR_NOTE_URGENCY, get(docdata, "urgency", "ed-urg"));
  add_note(reading, ONR_NOTE_SLUG, get(docdata, "du-key", "key"));
  add_note(reading, ONR_NOTE_VERSION, get(docdata, "du-key", "version"));
  add_note(reading, ONR_NOTE_EDITORS, get(docdata, "ed-msg", "info"));
  add_note(reading, ONR_NOTE_EDITORS, get(docdata, "correction", "info"));
  offer(reading, ONR_HEADER_PUBLISHER, 3, get(docdata, "doc.copyright", "holder"));
  const xmlNode *list = onr_xml_child(docdata, "key-list");
  for (xmlNode *key = onr_xml_child(list, "keyword"); key; key = onr_xml_next_sibling(key, "keyword"))
    add_note(reading, ONR_NOTE_SUBJECT, onr_html_get(key, "key"));
}

static void read_classifiers(const Reading *reading, const xmlNode *docdata) {
  const xmlNode *content = onr_xml_child(docdata, "identified-content");
  for (xmlNode *c = onr_xml_child(content, "classifier"); c; c = onr_xml_next_sibling(c, "classifier")) {
    g_autofree char *words = onr_xml_words(c);
    const char *value = onr_html_get(c, "value");
    add_note(reading, ONR_NOTE_SUBJECT, value ? value : words);
  }
}

static void read_subjects(const Reading *reading, const xmlNode *tobject) {
  for (xmlNode *s = onr_xml_child(tobject, "tobject.subject"); s;
       s = onr_xml_next_sibling(s, "tobject.subject")) {
    static const char *const levels[] = {"tobject.subject.detail", "tobject.subject.matter",
                                         "tobject.subject.type"};
    const char *number = onr_html_get(s, "tobject.subject.refnum"), *words = NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(levels) && !(words && *words); i++)
      words = onr_html_get(s, levels[i]);
    g_autofree char *code = number && *number ? g_strconcat("subj:", number, NULL) : NULL;
    g_autofree char *both = code && words && *words ? g_strconcat(code, " ", words, NULL) : NULL;
    add_note(reading, ONR_NOTE_SUBJECT, both ? both : code ? code : words);
  }
  const char *kind = get(tobject, "tobject.property", "tobject.property.type");
  add_note(reading, ONR_NOTE_GENRE, kind ? kind : tobject ? onr_html_get(tobject, "tobject.type") : NULL);
}

static void read_publication(const Reading *reading, const xmlNode *head) {
  const xmlNode *pubdata = onr_xml_child(head, "pubdata");
  if (!pubdata)
    return;
  const char *address = onr_html_get(pubdata, "ex-ref");
  offer(reading, ONR_HEADER_DATE, 1, onr_html_get(pubdata, "date.publication"));
  offer(reading, ONR_HEADER_PUBLISHER, 0, onr_html_get(pubdata, "name"));
  offer(reading, ONR_HEADER_SECTION, 0, onr_html_get(pubdata, "position.section"));
  if (address && strstr(address, "://"))
    offer(reading, ONR_HEADER_URL, 0, address);
}

static void read_head(const Reading *reading, xmlNode *head) {
  const xmlNode *docdata = onr_xml_child(head, "docdata");
  if (docdata) {
    read_ids(reading, docdata);
    read_dates(reading, docdata);
    read_keys(reading, docdata);
    read_classifiers(reading, docdata);
  }
  read_subjects(reading, onr_xml_child(head, "tobject"));
  read_publication(reading, head);
  for (xmlNode *r = onr_xml_child(head, "revision-history"); r;
       r = onr_xml_next_sibling(r, "revision-history"))
    if (!onr_xml_next_sibling(r, "revision-history"))
      add_note(reading, ONR_NOTE_UPDATED, onr_html_get(r, "norm"));
  offer_words(reading, ONR_HEADER_TITLE, 1, onr_xml_child(head, "title"));
}

/* --- body --- */

/* "By Ada Moor, <byttl>Staff Reporter</byttl>" is Ada Moor; who has only a title is called by it. The caller
 * frees it. */
static char *name_of(xmlNode *byline) {
  g_autoptr(GString) words = g_string_new(NULL);
  for (xmlNode *n = byline; n;) {
    gboolean is_title = onr_html_is(n, "byttl");
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
      g_string_append(words, (const char *)n->content);
    n = onr_html_next(n, byline, !is_title);
  }
  char *name = onr_news_person(words->str);
  if (name)
    return name;
  g_autofree char *all = onr_xml_words(byline);
  return onr_news_person(all);
}

/* Several are several people, unless their classes say that they are forms of one. */
static void read_bylines(const Reading *reading, const xmlNode *head) {
  g_autoptr(GString) all = g_string_new(NULL);
  const xmlNode *first = onr_xml_child(head, "byline");
  for (xmlNode *b = onr_xml_child(head, "byline"); b; b = onr_xml_next_sibling(b, "byline")) {
    if (b != first && g_strcmp0(onr_html_get(b, "class"), onr_html_get(first, "class")) != 0)
      continue;
    g_autofree char *name = name_of(b);
    if (name)
      g_string_append_printf(all, "%s%s", all->len > 0 ? ", " : "", name);
  }
  offer(reading, ONR_HEADER_BYLINE, 0, all->str);
}

static void read_body_head(const Reading *reading, xmlNode *head) {
  g_autofree char *dateline = onr_xml_words(onr_xml_child(head, "dateline"));
  g_autofree char *place = onr_news_place(dateline);
  offer_words(reading, ONR_HEADER_TITLE, 0,
              onr_xml_descendant(head, "hl1")); /* in hedline, which some spell otherwise */
  offer(reading, ONR_HEADER_DATELINE, 0, place);
  offer(reading, ONR_HEADER_DATE, 3, get(onr_xml_child(head, "dateline"), "story.date", "norm"));
  offer_words(reading, ONR_HEADER_PUBLISHER, 2, onr_xml_child(head, "distributor"));
  read_bylines(reading, head);
  for (xmlNode *note = onr_xml_child(head, "note"); note; note = onr_xml_next_sibling(note, "note")) {
    const char *class = onr_html_get(note, "noteclass");
    g_autofree char *words = class && strcmp(class, "editorsnote") == 0 ? onr_xml_words(note) : NULL;
    add_note(reading, ONR_NOTE_EDITORS, words);
  }
}

/* TRUE where the words of BLOCK begin those of another block beside it: some archives give a story's lead a
   block of its own before the block that has all of it. */
static gboolean is_repeated(xmlNode *block) {
  if (!onr_html_is(block, "block"))
    return FALSE;
  g_autofree char *own = onr_xml_words(block);
  gboolean is_behind = FALSE;
  for (xmlNode *other = block->parent->children; own && other; other = other->next) {
    is_behind = is_behind || other == block;
    g_autofree char *words = other != block && onr_html_is(other, "block") ? onr_xml_words(other) : NULL;
    if (words && g_str_has_prefix(words, own) && (is_behind || strlen(words) > strlen(own)))
      return TRUE;
  }
  return FALSE;
}

/* The New York Times's archive has what was corrected later in a block beside the story. */
static void take_corrections(const Reading *reading, xmlNode *content) {
  for (xmlNode *node = content->children, *next; node; node = next) {
    next = node->next;
    gboolean is_correction =
        onr_html_is(node, "block") && g_strcmp0(onr_html_get(node, "class"), "correction_text") == 0;
    if (!is_correction)
      continue;
    g_autofree char *words = onr_xml_words(node);
    add_note(reading, ONR_NOTE_EDITORS, words);
    onr_news_add_notice(reading->fields->article, "correction");
    xmlUnlinkNode(node);
    xmlFreeNode(node);
  }
}

static void add_story(const Reading *reading, OnrParagraphs *body, xmlNode *content) {
  take_corrections(reading, content);
  int n_blocks = 0;
  for (const xmlNode *node = content->children; node; node = node->next)
    n_blocks += onr_html_is(node, "block");
  gboolean may_repeat = n_blocks > 1 && n_blocks <= 8; /* each is compared with each */
  for (xmlNode *node = content->children; may_repeat && node;) {
    xmlNode *next = node->next;
    if (is_repeated(node)) {
      xmlUnlinkNode(node);
      xmlFreeNode(node);
    }
    node = next;
  }
  gboolean has_elements = FALSE;
  for (const xmlNode *node = content->children; node; node = node->next)
    has_elements = has_elements || node->type == XML_ELEMENT_NODE;
  g_autofree char *words = has_elements ? NULL : onr_xml_words(content);
  if (words && onr_is_markup(words, strlen(words)) &&
      onr_paragraphs_add_html(body, words, strlen(words), NULL, NULL)) /* HTML as a string, in CDATA */
    return;
  onr_paragraphs_add_tree(body, content, &ONR_MARKUP_NITF, NULL);
}

/* TRUE for a lower headline that is the first in another place, or says the same. */
static gboolean repeats(xmlNode *lower, xmlNode *headline) {
  g_autofree char *own = onr_xml_words(lower), *first = onr_xml_words(headline);
  return g_strcmp0(onr_html_get(lower, "class"), "online_headline") == 0 || g_strcmp0(own, first) == 0;
}

/* The lower headlines stand before the story; the abstract, which mostly repeats its beginning, only in its
 * place. */
static void read_text(const Reading *reading, const xmlNode *body_head, xmlNode *content,
                      OnrParagraphs *body) {
  xmlNode *headline = body_head ? onr_xml_descendant((xmlNode *)body_head, "hl1") : NULL;
  const xmlNode *headlines = headline ? headline->parent : onr_xml_child(body_head, "hedline");
  for (xmlNode *h = onr_xml_child(headlines, "hl2"); h; h = onr_xml_next_sibling(h, "hl2"))
    if (!repeats(h, headline))
      onr_paragraphs_add_tree(body, h, &ONR_MARKUP_NITF, NULL);
  guint before = body->n_paragraphs;
  if (content)
    add_story(reading, body, content);
  if (body->n_paragraphs > before)
    return;
  xmlNode *abstract = onr_xml_child(body_head, "abstract");
  if (abstract)
    onr_paragraphs_add_tree(body, abstract, &ONR_MARKUP_NITF, NULL);
  if (body->n_paragraphs > 0)
    add_note(reading, ONR_NOTE_EXTENT, "summary");
}

void onr_nitf_read(xmlNode *nitf, guint rank, OnrFields *fields, OnrParagraphs *body) {
  Reading reading = {.fields = fields, .rank = rank, .n_notes = fields->article->notes->len};
  xmlNode *head = onr_xml_child(nitf, "head"), *story = onr_xml_child(nitf, "body");
  xmlNode *body_head = onr_xml_child(story ? story : nitf, "body.head");
  xmlNode *content = onr_xml_child(story ? story : nitf, "body.content"); /* some leave the body out */
  if (head)
    read_head(&reading, head);
  if (body_head)
    read_body_head(&reading, body_head);
  offer(&reading, ONR_HEADER_LANGUAGE, 0, onr_xml_language(content ? content : nitf));
  offer(&reading, ONR_HEADER_LANGUAGE, 1, onr_html_get(nitf, "baselang"));
  read_text(&reading, body_head, content, body);
}
