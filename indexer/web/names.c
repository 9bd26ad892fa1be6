/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/web/names.h"

#include "indexer/readers/json_value.h"

#include <stdlib.h>
#include <string.h>

#define MAX_NAME_BYTES 48

typedef struct {
  const char *name; /* squeezed */
  OnrNamedClaim claim;
} Name;

#define GRAPH(kind, rank)                                                                                    \
  { ONR_CLAIM_##kind, ONR_ORIGIN_GRAPH, rank }
#define META(kind, rank)                                                                                     \
  { ONR_CLAIM_##kind, ONR_ORIGIN_META, rank }

/* In the order of strcmp, for bsearch; a test looks. Ranks: 0 what is made for articles, 1 what analytics and
 * recommenders are fed with, 2 Dublin Core, 3 names that may be of the page, 4 of whatever. */
static const Name NAMES[] = {
    {"apple.mobile.web.app.title", META(PUBLISHER, 4)},
    {"application.name", META(PUBLISHER, 3)},
    {"article.author", GRAPH(AUTHOR, 0)},
    {"article.author.name", GRAPH(AUTHOR, 0)},
    {"article.byline", META(AUTHOR, 0)},
    {"article.created", META(DATE, 3)},
    {"article.date.original", META(DATE, 0)},
    {"article.date.updated", META(UPDATED, 0)},
    {"article.headline", META(TITLE, 0)},
    {"article.modified", GRAPH(UPDATED, 0)},
    {"article.modified.date", GRAPH(UPDATED, 0)},
    {"article.modified.time", GRAPH(UPDATED, 0)},
    {"article.publication.name", META(PUBLISHER, 0)},
    {"article.published", GRAPH(DATE, 0)},
    {"article.published.date", GRAPH(DATE, 0)},
    {"article.published.time", GRAPH(DATE, 0)},
    {"article.publisher", GRAPH(PUBLISHER, 1)},
    {"article.section", GRAPH(SECTION, 0)},
    {"article.tag", GRAPH(SUBJECT, 0)},
    {"article.title", META(TITLE, 0)},
    {"article.updated", GRAPH(UPDATED, 0)},
    {"article.updated.time", GRAPH(UPDATED, 0)},
    {"articleauthor", META(AUTHOR, 0)},
    {"articlepublisheddate", META(DATE, 0)},
    {"articlesection", META(SECTION, 1)},
    {"articletitle", META(TITLE, 0)},
    {"author", META(AUTHOR, 3)},
    {"author.name", META(AUTHOR, 3)},
    {"authors", META(AUTHOR, 3)},
    {"bt.author", META(AUTHOR, 1)},
    {"bt.moddate", META(UPDATED, 1)},
    {"bt.pubdate", META(DATE, 1)},
    {"byl", META(AUTHOR, 0)},
    {"byline", META(AUTHOR, 0)},
    {"citation.author", META(AUTHOR, 0)},
    {"citation.date", META(DATE, 0)},
    {"citation.journal.title", META(PUBLISHER, 0)},
    {"citation.publication.date", META(DATE, 0)},
    {"citation.title", META(TITLE, 0)},
    {"content.language", META(LANGUAGE, 4)},
    {"created", META(DATE, 4)},
    {"creation.date", META(DATE, 4)},
    {"creator", META(AUTHOR, 4)},
    {"cxenseparse.articleauthor", META(AUTHOR, 1)},
    {"cxenseparse.author", META(AUTHOR, 1)},
    {"cxenseparse.publishtime", META(DATE, 1)},
    {"cxenseparse.recs.articlepublishtime", META(DATE, 1)},
    {"cxenseparse.recs.publishtime", META(DATE, 1)},
    {"cxenseparse.title", META(TITLE, 1)},
    {"date", META(DATE, 3)},
    {"date.created", META(DATE, 3)},
    {"date.modified", META(UPDATED, 0)},
    {"date.published", META(DATE, 0)},
    {"datecreated", META(DATE, 3)},
    {"datemodified", META(UPDATED, 0)},
    {"datepublished", META(DATE, 0)},
    {"dateupdated", META(UPDATED, 0)},
    {"dc.creator", META(AUTHOR, 2)},
    {"dc.date", META(DATE, 2)},
    {"dc.date.created", META(DATE, 2)},
    {"dc.date.issued", META(DATE, 2)},
    {"dc.date.modified", META(UPDATED, 2)},
    {"dc.date.published", META(DATE, 2)},
    {"dc.language", META(LANGUAGE, 2)},
    {"dc.modified", META(UPDATED, 2)},
    {"dc.publisher", META(PUBLISHER, 2)},
    {"dc.title", META(TITLE, 2)},
    {"dcsext.author", META(AUTHOR, 1)},
    {"dcterms.created", META(DATE, 2)},
    {"dcterms.creator", META(AUTHOR, 2)},
    {"dcterms.date", META(DATE, 2)},
    {"dcterms.issued", META(DATE, 2)},
    {"dcterms.language", META(LANGUAGE, 2)},
    {"dcterms.modified", META(UPDATED, 2)},
    {"dcterms.publisher", META(PUBLISHER, 2)},
    {"dcterms.title", META(TITLE, 2)},
    {"displaydate", META(DATE, 1)},
    {"first.published", META(DATE, 0)},
    {"headline", META(TITLE, 0)},
    {"inlanguage", META(LANGUAGE, 1)},
    {"keywords", META(SUBJECT, 4)},
    {"language", META(LANGUAGE, 3)},
    {"last.modified", META(UPDATED, 4)},
    {"last.updated", META(UPDATED, 3)},
    {"lastmod", META(UPDATED, 3)},
    {"lastmodified", META(UPDATED, 4)},
    {"lastupdated", META(UPDATED, 3)},
    {"modified", META(UPDATED, 4)},
    {"news.author", META(AUTHOR, 0)},
    {"news.keywords", META(SUBJECT, 0)},
    {"newskeywords", META(SUBJECT, 0)},
    {"og.article.author", GRAPH(AUTHOR, 1)},
    {"og.article.modified.time", GRAPH(UPDATED, 1)},
    {"og.article.published.time", GRAPH(DATE, 1)},
    {"og.article.section", GRAPH(SECTION, 1)},
    {"og.article.tag", GRAPH(SUBJECT, 1)},
    {"og.author", GRAPH(AUTHOR, 1)},
    {"og.locale", GRAPH(LANGUAGE, 0)},
    {"og.pubdate", GRAPH(DATE, 1)},
    {"og.published.time", GRAPH(DATE, 1)},
    {"og.release.date", GRAPH(DATE, 2)},
    {"og.site.name", GRAPH(PUBLISHER, 0)},
    {"og.title", GRAPH(TITLE, 0)},
    {"og.updated.time", GRAPH(UPDATED, 2)},
    {"og.url", GRAPH(URL, 0)},
    {"originalpublicationdate", META(DATE, 0)},
    {"parsely.author", META(AUTHOR, 1)},
    {"parsely.link", META(URL, 1)},
    {"parsely.pub.date", META(DATE, 1)},
    {"parsely.section", META(SECTION, 1)},
    {"parsely.tags", META(SUBJECT, 1)},
    {"parsely.title", META(TITLE, 1)},
    {"pub.date", META(DATE, 0)},
    {"pubdate", META(DATE, 0)},
    {"publication.date", META(DATE, 0)},
    {"publicationdate", META(DATE, 0)},
    {"publish.date", META(DATE, 0)},
    {"publish.time", META(DATE, 0)},
    {"publishdate", META(DATE, 0)},
    {"published", META(DATE, 1)},
    {"published.at", META(DATE, 1)},
    {"published.date", META(DATE, 0)},
    {"published.time", META(DATE, 0)},
    {"publisheddate", META(DATE, 0)},
    {"publisher", META(PUBLISHER, 1)},
    {"publishtime", META(DATE, 0)},
    {"rbauthors", META(AUTHOR, 1)},
    {"release.date", META(DATE, 2)},
    {"revised", META(UPDATED, 4)},
    {"rnews.datemodified", META(UPDATED, 0)},
    {"rnews.datepublished", META(DATE, 0)},
    {"sailthru.author", META(AUTHOR, 1)},
    {"sailthru.date", META(DATE, 1)},
    {"sailthru.tags", META(SUBJECT, 2)},
    {"sailthru.title", META(TITLE, 1)},
    {"section", META(SECTION, 1)},
    {"title", META(TITLE, 4)},
    {"twitter.title", META(TITLE, 3)},
    {"twitter.url", META(URL, 3)},
    {"updated", META(UPDATED, 3)},
    {"updated.time", META(UPDATED, 3)},
};

#undef GRAPH
#undef META

static gboolean squeeze(const char *name, char out[MAX_NAME_BYTES]) {
  gsize n = 0;
  for (; name[n]; n++) {
    if (n == MAX_NAME_BYTES - 1)
      return FALSE;
    char c = name[n];
    out[n] = c == '_' || c == '-' || c == ':' || c == '/' ? '.' : g_ascii_tolower(c);
  }
  out[n] = '\0';
  return n > 0;
}

static int compare(const void *key, const void *name) {
  return strcmp(key, ((const Name *)name)->name);
}

gboolean onr_html_name_find(const char *name, OnrNamedClaim *out) {
  char key[MAX_NAME_BYTES];
  const Name *found =
      squeeze(name, key) ? bsearch(key, NAMES, G_N_ELEMENTS(NAMES), sizeof *NAMES, compare) : NULL;
  if (!found)
    return FALSE;
  *out = found->claim;
  return TRUE;
}

/* parsely-page: {"title": …, "link": …, "author": …, "pub_date": …, "section": …, "tags": […]} */
static void read_parsely(const char *content, OnrClaims *claims) {
  static const char *const names[][2] = {
      {"title", "parsely-title"},    {"link", "parsely-link"},         {"author", "parsely-author"},
      {"authors", "parsely-author"}, {"pub_date", "parsely-pub-date"}, {"section", "parsely-section"},
      {"tags", "parsely-tags"},
  };
  guint32 n_replaced = 0;
  g_autoptr(json_t) page = onr_json_parse(content, strlen(content), 1, &n_replaced, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    OnrNamedClaim named;
    g_autoptr(GString) words = g_string_new(NULL);
    onr_json_append_words(json_object_get(page, names[i][0]), words);
    if (onr_html_name_find(names[i][1], &named))
      onr_claims_add(
          claims,
          (OnrClaim){.kind = named.kind, .origin = named.origin, .rank = named.rank, .value = words->str});
  }
}

void onr_html_read_named(const xmlNode *node, OnrClaims *claims) {
  static const char *const attributes[] = {"property", "name", "itemprop", "http-equiv"};
  const char *content = onr_html_get(node, "content");
  for (gsize a = 0; content && a < G_N_ELEMENTS(attributes); a++) {
    OnrNamedClaim named;
    const char *name = onr_html_get(node, attributes[a]);
    if (name && onr_html_name_find(name, &named))
      onr_claims_add(
          claims,
          (OnrClaim){.kind = named.kind, .origin = named.origin, .rank = named.rank, .value = content});
    else if (name && g_ascii_strcasecmp(name, "parsely-page") == 0)
      read_parsely(content, claims);
  }
}
