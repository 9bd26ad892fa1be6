/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/web/meta.h"

#include "indexer/web/address.h"
#include "indexer/web/authors.h"
#include "indexer/web/dates.h"
#include "indexer/web/page.h"
#include "indexer/web/part.h"
#include "indexer/web/titles.h"
#include "indexer/web/words.h"

#include <string.h>

#define MAX_SUBJECTS 40
#define MAX_SUBJECT_BYTES 100
#define MAX_SECTIONS 5
#define MAX_PUBLISHER_WORDS 6 /* more is the site's motto */

struct OnrHtmlMeta {
  xmlDoc *tree;
  OnrHtmlPage page;
  char *own;  /* the address that the page was had from, or NULL */
  char *base; /* what relative addresses begin at, or NULL */
  char *body;
};

OnrHtmlMeta *onr_html_meta_new(xmlDoc *tree, const char *url) {
  OnrHtmlMeta *meta = g_new0(OnrHtmlMeta, 1);
  meta->tree = tree;
  onr_html_page_read(tree, &meta->page);
  const char *own = url ? url : meta->page.saved_from;
  meta->own = own ? onr_address_resolve(NULL, own) : NULL;
  meta->base = meta->page.base ? onr_address_resolve(meta->own, meta->page.base) : NULL;
  if (!meta->base)
    meta->base = g_strdup(meta->own);
  meta->body = onr_linked_body(&meta->page.linked);
  return meta;
}

void onr_html_meta_free(OnrHtmlMeta *meta) {
  onr_html_page_clear(&meta->page);
  g_free(meta->own);
  g_free(meta->base);
  g_free(meta->body);
  g_free(meta);
}

const char *onr_html_meta_body(const OnrHtmlMeta *meta) {
  return meta->body;
}

/* --- fields of one value --- */

static void set(OnrFields *fields, OnrHeaderField field, const char *value) {
  if (value && *value)
    onr_fields_set(fields, field, 0, value, -1);
}

static guint count_words(const char *text) {
  guint n = 0;
  for (const char *p = text; *p; p++)
    n += !g_ascii_isspace(*p) && (p == text || g_ascii_isspace(p[-1]));
  return n;
}

/* The name before a motto: "Coast Daily | News from the coast". */
static void cut_motto(char *name) {
  static const char *const separators[] = {" | ", " - ", " – ", " — ", ": "};
  for (gsize i = 0; i < G_N_ELEMENTS(separators); i++) {
    char *p = strstr(name, separators[i]);
    if (p && p - name >= 3)
      *p = '\0';
  }
}

/* How good a name CLAIM is, 0 for none. A site calls itself og:site_name, where that of JSON-LD may be an
 * agency or the platform; a name that is in the host is the site's; one with a dot and no blank is a host
 * itself. */
static guint rate_publisher(const OnrClaim *claim, const char *name, const char *host) {
  guint n_words = count_words(name);
  gboolean is_weak = claim->origin == ONR_ORIGIN_META && claim->rank >= 3;
  if (!*name || strstr(name, "://") || *name == '@' || n_words > (is_weak ? 3 : MAX_PUBLISHER_WORDS))
    return 0;
  g_autofree char *key = onr_title_key(name);
  g_autofree char *host_key = onr_title_key(host ? host : "");
  gboolean is_host = strchr(name, '.') && n_words == 1;
  gboolean is_plain = n_words == 1 && g_ascii_islower(*name); /* "coastdaily" */
  return 10u + (claim->origin == ONR_ORIGIN_GRAPH && claim->rank == 0 ? 3u : 0u) +
         (*key && strstr(host_key, key) ? 4u : 0u) - (is_host ? 6u : 0u) - (is_plain ? 2u : 0u) -
         (is_weak ? 2u : 0u);
}

static void set_publisher(const OnrClaims *claims, const char *host, OnrFields *fields) {
  guint n, best_rate = 0;
  const OnrClaim *all = onr_claims_of(claims, ONR_CLAIM_PUBLISHER, &n);
  g_autofree char *best = NULL;
  for (guint i = 0; i < n && i < 20; i++) {
    g_autofree char *name = onr_claim_text(all[i].value);
    cut_motto(name);
    guint rate = rate_publisher(&all[i], name, host);
    if (rate <= best_rate)
      continue;
    best_rate = rate;
    g_free(best);
    best = g_steal_pointer(&name);
  }
  set(fields, ONR_HEADER_PUBLISHER, best ? best : host);
}

static gboolean is_same_language(const char *a, const char *b) {
  gsize n = strcspn(a, "-_");
  return n > 0 && n == strcspn(b, "-_") && g_ascii_strncasecmp(a, b, n) == 0;
}

/* The language that most say; a template's "en" stands alone. */
static void set_language(const OnrClaims *claims, OnrFields *fields) {
  guint n, most = 0;
  const OnrClaim *all = onr_claims_of(claims, ONR_CLAIM_LANGUAGE, &n);
  n = MIN(n, 20);
  for (guint round = 0; round < 2; round++) /* the second: where the most said is no language */
    for (guint i = 0; i < n; i++) {
      guint votes = 0;
      for (guint k = 0; k < n; k++)
        votes += is_same_language(all[i].value, all[k].value) ? 1 : 0;
      most = round == 0 ? MAX(most, votes) : most;
      if (round == 1)
        onr_fields_set(fields, ONR_HEADER_LANGUAGE, votes == most ? 0 : 1 + i, all[i].value, -1);
    }
}

static void set_dateline(const OnrClaims *claims, OnrFields *fields) {
  guint n;
  const OnrClaim *all = onr_claims_of(claims, ONR_CLAIM_DATELINE, &n);
  g_autofree char *text = n > 0 ? onr_claim_text(all[0].value) : NULL;
  set(fields, ONR_HEADER_DATELINE, text);
}

/* --- lists --- */

/* Each value of the surest list of KIND once, MAX at most; a comma in a value is one between two. The caller
 * frees them. */
static GPtrArray *read_list(const OnrClaims *claims, OnrClaimKind kind, guint max) {
  GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  guint n;
  const OnrClaim *all = onr_claims_of(claims, kind, &n);
  for (guint i = 0; i < n && all[i].origin == all[0].origin && all[i].rank == all[0].rank; i++) {
    g_autofree char *text = onr_claim_text(all[i].value);
    g_auto(GStrv) parts = g_strsplit_set(text, ",;", -1);
    for (guint k = 0; parts[k] && list->len < max; k++) {
      char *word = g_strstrip(parts[k]);
      if (*word && strlen(word) <= MAX_SUBJECT_BYTES && !strstr(word, "://") &&
          g_hash_table_add(seen, g_utf8_casefold(word, -1)))
        g_ptr_array_add(list, g_strdup(word));
    }
  }
  return list;
}

static void set_section(const OnrClaims *claims, OnrFields *fields) {
  g_autoptr(GPtrArray) list = read_list(claims, ONR_CLAIM_SECTION, MAX_SECTIONS);
  g_autoptr(GString) out = g_string_new(NULL);
  for (guint i = 0; i < list->len; i++)
    g_string_append_printf(out, "%s%s", i > 0 ? ", " : "", (const char *)list->pdata[i]);
  set(fields, ONR_HEADER_SECTION, out->str);
}

static void add_notes(const OnrClaims *claims, OnrClaimKind kind, const char *name, OnrArticle *article) {
  g_autoptr(GPtrArray) list = read_list(claims, kind, MAX_SUBJECTS);
  for (guint i = 0; i < list->len; i++)
    onr_article_add_note(article, name, list->pdata[i]);
}

static gboolean is_no_article(const OnrHtmlMeta *meta) {
  return !meta->page.is_article && !meta->page.linked.article;
}

gboolean onr_html_meta_is_home(const OnrHtmlMeta *meta) {
  g_autofree char *address = onr_address_choose(&meta->page.claims, meta->base, meta->own, TRUE);
  return is_no_article(meta) && address && onr_address_is_home(address);
}

/* A later page of an article has an id of its own, though it may have the first one's address. */
static void set_part(const OnrHtmlMeta *meta, const char *address, OnrFields *fields) {
  guint part = is_no_article(meta) ? 0 : onr_html_part(meta->tree, address, meta->own);
  if (part < 2 || !address)
    return;
  g_autofree char *number = g_strdup_printf("%u", part);
  g_autofree char *id = g_strconcat(address, "#page-", number, NULL);
  set(fields, ONR_HEADER_ID, id);
  onr_article_add_note(fields->article, ONR_NOTE_PART, number);
}

void onr_html_meta_fill(const OnrHtmlMeta *meta, OnrFields *fields) {
  const OnrClaims *claims = &meta->page.claims;
  gboolean is_home = is_no_article(meta);
  g_autofree char *address = onr_address_choose(claims, meta->base, meta->own, is_home);
  g_autofree char *host = onr_address_host(address ? address : meta->base);
  const OnrClaim *heading = NULL;
  g_autofree char *title = onr_title_choose(claims, host, &heading);
  g_autofree char *byline = onr_authors_choose(claims, heading);
  g_auto(OnrPageDates) dates = {0};
  onr_dates_choose(claims, heading, address ? address : meta->own, &dates);
  set(fields, ONR_HEADER_TITLE, title);
  set(fields, ONR_HEADER_BYLINE, byline);
  set(fields, ONR_HEADER_DATE, dates.published);
  set(fields, ONR_HEADER_URL, address);
  set_part(meta, address, fields);
  set_publisher(claims, host, fields);
  set_section(claims, fields);
  set_language(claims, fields);
  set_dateline(claims, fields);
  if (dates.updated)
    onr_article_add_note(fields->article, ONR_NOTE_UPDATED, dates.updated);
  add_notes(claims, ONR_CLAIM_SUBJECT, ONR_NOTE_SUBJECT, fields->article);
  add_notes(claims, ONR_CLAIM_GENRE, ONR_NOTE_GENRE, fields->article);
}

/* --- paywalls --- */

#define CUT_SHARE                                                                                            \
  60 /* per cent of the whole below which a text is a stub: extractors leave out lists and captions */
#define SHORT_BYTES 600 /* of a text that is paid for, of which nothing says how long it is */
#define PART_BYTES 1500 /* the same where the part behind the paywall is not there */
#define MIN_PART_BYTES 100

/* Is the element that SELECTOR (".paywall", "#paid") means there, with words in it? TRUE also for a selector
 * that is not as simple. */
static gboolean has_part(xmlDoc *tree, const char *selector) {
  const char *attribute = *selector == '.' ? "class" : *selector == '#' ? "id" : NULL;
  const char *name = selector + 1;
  if (!attribute || !*name || strpbrk(name, " .#>:[,+"))
    return TRUE;
  xmlNode *root = xmlDocGetRootElement(tree);
  gsize n_bytes = 0;
  for (xmlNode *node = root; node && n_bytes < MIN_PART_BYTES; node = onr_html_next(node, root, TRUE)) {
    if (node->type != XML_ELEMENT_NODE || !onr_html_has_word(node, attribute, name))
      continue;
    g_autoptr(GString) words = g_string_new(NULL);
    n_bytes += onr_html_append_words(node, MIN_PART_BYTES, words) ? words->len : MIN_PART_BYTES;
  }
  return n_bytes >= MIN_PART_BYTES;
}

static gboolean ends_in_ellipsis(const char *text, gsize length) {
  while (length > 0 && strchr(" \n\"'", text[length - 1]))
    length--;
  return (length >= 3 &&
          (memcmp(text + length - 3, "...", 3) == 0 || memcmp(text + length - 3, "…", 3) == 0)) ||
         (length >= 5 && memcmp(text + length - 5, "[…]", 5) == 0);
}

void onr_html_meta_mark(const OnrHtmlMeta *meta, OnrArticle *article) {
  const char *selector;
  if (!onr_linked_is_paid(&meta->page.linked, &selector) && !meta->page.is_paid)
    return;
  guint64 n_words = onr_linked_words(&meta->page.linked);
  gsize length = article->text_length;
  gboolean is_stub;
  if (n_words > 0)
    is_stub = count_words(article->text) * 100 < n_words * CUT_SHARE;
  else if (meta->body && length * 100 < strlen(meta->body) * CUT_SHARE)
    is_stub = TRUE;
  else
    is_stub = ends_in_ellipsis(article->text, length) || length < SHORT_BYTES ||
              (length < PART_BYTES && selector && !has_part(meta->tree, selector));
  if (is_stub)
    onr_article_add_note(article, ONR_NOTE_EXTENT, "stub");
}
