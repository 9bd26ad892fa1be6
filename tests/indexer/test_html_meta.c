/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a web page says of itself: tests/cases/html_meta.test over whole pages, bylines.test, date_words.test
 * and json_repair.test over its parts. */
#include "indexer/web/address.h"
#include "indexer/web/byline.h"
#include "indexer/web/dates.h"
#include "indexer/web/linked.h"
#include "indexer/web/names.h"
#include "indexer/web/titles.h"
#include "indexer/readers/json_repair.h"
#include "indexer/readers/readers.h"
#include "support/support.h"

#include <string.h>

ONR_SUITE(html_meta);

static void add_field(GString *out, const char *name, const char *value) {
  if (value && *value)
    g_string_append_printf(out, "%s: %s\n", name, value);
}

/* The header and notes of the page CONTENT, had from the address that the input names before it, if any. */
static char *read_page(const char *content) {
  GString *out = g_string_new(NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(OnrArticle) article = onr_article_new();
  OnrRawItem item = {.member = g_strdup("")};
  if (g_str_has_prefix(content, "http")) {
    const char *blank = strchr(content, ' ');
    item.url = g_strndup(content, (gsize)(blank - content));
    content = blank + 1;
  }
  item.bytes = g_bytes_new(content, strlen(content));
  guint32 n_replaced = 0;
  if (!ONR_READER_HTML.parse(&item, "page.html", article, &n_replaced, &error)) {
    g_string_append_printf(out, "error: %s\n", error->message);
  } else {
    add_field(out, "id", *article->id ? article->id : NULL);
    add_field(out, "title", article->title);
    add_field(out, "byline", article->byline);
    add_field(out, "dateline", article->dateline);
    add_field(out, "published", article->published);
    add_field(out, "publisher", article->publisher);
    add_field(out, "section", article->section);
    add_field(out, "language", article->language);
    add_field(out, "url", article->url);
    for (guint i = 0; i < article->notes->len; i++)
      add_field(out, g_array_index(article->notes, OnrNote, i).name,
                g_array_index(article->notes, OnrNote, i).value);
  }
  onr_raw_item_clear(&item);
  return g_string_free(out, FALSE);
}

/* "Ada Moor; Coast Wire (body)" */
static void add_names(GString *out, const char *what, const char *byline, gboolean is_field) {
  static const char *const kinds[] = {" (body)", " (handle)", ""};
  g_autoptr(GArray) authors = onr_authors_new();
  onr_byline_split(byline, is_field, authors);
  g_string_append_printf(out, "%s:%s", what, authors->len == 0 ? " none" : "");
  for (guint i = 0; i < authors->len; i++) {
    const OnrAuthor *author = &g_array_index(authors, OnrAuthor, i);
    g_string_append_printf(out, "%s %s%s", i > 0 ? ";" : "", author->name, kinds[author->kind]);
  }
  g_string_append_c(out, '\n');
}

static char *read_byline(const char *byline) {
  GString *out = g_string_new(NULL);
  add_names(out, "field", byline, TRUE);
  add_names(out, "page", byline, FALSE);
  return g_string_free(out, FALSE);
}

static char *read_dates(const char *text) {
  GString *out = g_string_new(NULL);
  gboolean is_updated = FALSE;
  gsize at = 0, begin;
  char *iso;
  while ((iso = onr_date_find(text, &at, &begin, &is_updated))) {
    cr_assert_lt(begin, at);
    cr_assert_leq(at, strlen(text));
    g_string_append_printf(out, "%s%s\n", is_updated ? "updated " : "", iso);
    g_free(iso);
  }
  return out->len > 0 ? g_string_free(out, FALSE)
                      : (g_string_assign(out, "none\n"), g_string_free(out, FALSE));
}

static char *repair(const char *text) {
  g_autofree char *json = onr_json_repair(text, strlen(text));
  guint32 n_replaced = 0;
  g_autoptr(json_t) value = json ? onr_json_parse(json, strlen(json), 1, &n_replaced, NULL) : NULL;
  g_autofree char *shown =
      value ? json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_PRESERVE_ORDER) : NULL;
  return g_strconcat(shown ? shown : "none", "\n", NULL);
}

static void run_cases(const char *file, char *(*read)(const char *)) {
  g_autoptr(GPtrArray) cases = onr_test_cases(file);
  guint n_wrong = 0;
  for (guint i = 0; i < cases->len; i++) {
    const OnrTestCase *c = cases->pdata[i];
    g_autofree char *found = read(c->input);
    g_autoptr(GString) expected = g_string_new(NULL);
    for (guint k = 0; k < c->expected->len; k++)
      g_string_append_printf(expected, "%s\n", (const char *)c->expected->pdata[k]);
    if (strcmp(found, expected->str) != 0) {
      cr_log_error("%s:%u: %s\nexpected:\n%sfound:\n%s", file, c->line, c->input, expected->str, found);
      n_wrong++;
    }
  }
  cr_assert_eq(n_wrong, 0, "%s: %u of %u cases", file, n_wrong, cases->len);
}

Test(html_meta, pages) {
  run_cases("html_meta.test", read_page);
}

Test(html_meta, bylines) {
  run_cases("bylines.test", read_byline);
}

Test(html_meta, dates_in_words) {
  run_cases("date_words.test", read_dates);
}

Test(html_meta, broken_json) {
  run_cases("json_repair.test", repair);
}

Test(html_meta, names_of_meta_elements_without_case_and_joints) {
  static const struct {
    const char *name;
    OnrClaimKind kind;
  } names[] = {{"og:title", ONR_CLAIM_TITLE},
               {"OG:Title", ONR_CLAIM_TITLE},
               {"article:published_time", ONR_CLAIM_DATE},
               {"article.published", ONR_CLAIM_DATE},
               {"article:modified_time", ONR_CLAIM_UPDATED},
               {"DC.date.issued", ONR_CLAIM_DATE},
               {"dcterms:created", ONR_CLAIM_DATE},
               {"DCTERMS.modified", ONR_CLAIM_UPDATED},
               {"apple-mobile-web-app-title", ONR_CLAIM_PUBLISHER},
               {"author", ONR_CLAIM_AUTHOR},
               {"byl", ONR_CLAIM_AUTHOR},
               {"cXenseParse:author", ONR_CLAIM_AUTHOR},
               {"cXenseParse:recs:publishtime", ONR_CLAIM_DATE},
               {"news_keywords", ONR_CLAIM_SUBJECT},
               {"parsely-pub-date", ONR_CLAIM_DATE},
               {"sailthru.tags", ONR_CLAIM_SUBJECT},
               {"section", ONR_CLAIM_SECTION},
               {"twitter:url", ONR_CLAIM_URL},
               {"updated_time", ONR_CLAIM_UPDATED}};
  static const char *const none[] = {
      "",
      "viewport",
      "og:image",
      "description",
      "a",
      "zz",
      "article:",
      "og:titles",
      "a name that is far longer than any that a field could have, whatever it is"};
  OnrNamedClaim claim;
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    cr_expect_neq(onr_html_name_find(names[i].name, &claim), FALSE, "%s", names[i].name);
    cr_expect_eq(claim.kind, names[i].kind, "%s", names[i].name);
  }
  for (gsize i = 0; i < G_N_ELEMENTS(none); i++)
    cr_expect_eq(onr_html_name_find(none[i], &claim), FALSE, "%s", none[i]);
}

Test(html_meta, addresses) {
  g_autofree char *relative = onr_address_resolve("https://coast.example/news/1", "../2#top");
  cr_expect_str_eq(relative, "https://coast.example/2");
  g_autofree char *host_only = onr_address_resolve("http://coast.example/news", "//www.coast.example/3");
  cr_expect_str_eq(host_only, "http://www.coast.example/3");
  cr_expect_null(onr_address_resolve(NULL, "/2"));
  cr_expect_null(onr_address_resolve(NULL, "javascript:void(0)"));
  cr_expect_null(onr_address_resolve("https://coast.example/", "mailto:ada@coast.example"));
  cr_expect_null(onr_address_resolve(NULL, "https://coast.example/{{path}}"));
  cr_expect_neq(onr_address_is_same("http://www.coast.example/1/", "https://coast.example/1?utm=x#a"), FALSE);
  cr_expect_neq(onr_address_is_same("https://amp.coast.example/1", "https://coast.example/1"), FALSE);
  cr_expect_eq(onr_address_is_same("https://coast.example/1", "https://coast.example/2"), FALSE);
  cr_expect_eq(onr_address_is_same("", ""), FALSE);
  g_autofree char *host = onr_address_host("https://WWW.Coast.example:8080/1");
  cr_expect_str_eq(host, "coast.example");
  cr_expect_null(onr_address_host("harbour"));
}

Test(html_meta, days_in_addresses) {
  static const char *const days[][2] = {{"https://coast.example/2019/11/22/harbour", "2019-11-22"},
                                        {"https://coast.example/2019/nov/2/harbour", "2019-11-02"},
                                        {"https://coast.example/news/2019-11-22-harbour", "2019-11-22"},
                                        {"https://coast.example/20191122/harbour.html", "2019-11-22"},
                                        {"https://coast.example/2019/11/harbour", NULL},
                                        {"https://coast.example/2019/13/22/harbour", NULL},
                                        {"https://coast.example/news?day=2019/11/22", NULL},
                                        {"https://coast.example/12019112234", NULL},
                                        {"https://2019.coast.example", NULL}};
  for (gsize i = 0; i < G_N_ELEMENTS(days); i++) {
    g_autofree char *day = onr_address_day(days[i][0]);
    cr_expect_eq(g_strcmp0(day, days[i][1]), 0, "%s: %s", days[i][0], day);
  }
}

static OnrLinked linked_of(const char *json, xmlDoc **tree) {
  g_autofree char *page = g_strdup_printf("<script type='application/ld+json'>%s</script>", json);
  *tree = onr_html_parse(page, strlen(page), NULL);
  cr_assert_not_null(*tree);
  xmlNode *root = xmlDocGetRootElement(*tree), *script = root;
  while (script && !onr_html_is(script, "script"))
    script = onr_html_next(script, root, TRUE);
  cr_assert_not_null(script);
  OnrLinked linked = {0};
  g_auto(OnrClaims) claims;
  onr_claims_init(&claims);
  onr_linked_add(&linked, script);
  onr_linked_choose(&linked, &claims);
  return linked;
}

Test(html_meta, text_in_json_ld) {
  static const char *const bodies[][2] = {
      {"One &amp; two.\\n\\nThree.", "One & two.\n\nThree."},
      {"<p>One <b>bold</b> word.</p><p>Two<br/>lines.</p>", "One bold word.\n\nTwo\nlines."},
      {"1 < 2 and so on.", "1 < 2 and so on."},
      {"  ", NULL}};
  for (gsize i = 0; i < G_N_ELEMENTS(bodies); i++) {
    g_autofree char *json =
        g_strdup_printf("{\"@type\": \"NewsArticle\", \"articleBody\": \"%s\"}", bodies[i][0]);
    g_autoptr(xmlDoc) tree = NULL;
    OnrLinked linked = linked_of(json, &tree);
    g_autofree char *body = onr_linked_body(&linked);
    cr_expect_eq(g_strcmp0(body, bodies[i][1]), 0, "%s: %s", bodies[i][0], body);
    onr_linked_clear(&linked);
  }
}

/* BEFORE, N times PIECE, BEHIND as a page. */
static void read_repeated(const char *before, const char *piece, guint n, const char *behind) {
  g_autoptr(GString) page = g_string_new(before);
  for (guint i = 0; i < n; i++)
    g_string_append(page, piece);
  g_string_append(page, behind);
  g_autofree char *read = read_page(page->str);
  cr_assert_not_null(read);
}

/* Each would take minutes if the work grew with the square of the page. */
Test(html_meta, hostile_pages_end_soon, .timeout = 60) {
  static const char *const script = "<script type='application/ld+json'>";
  g_autofree char *marks = g_strconcat(script, "{\"a\": \"", NULL);
  read_repeated(marks, "\"/*", 300000, "</script>");
  g_autofree char *body = g_strconcat(script, "{\"@type\": \"NewsArticle\", \"articleBody\": \"", NULL);
  read_repeated(body, "<a", 500000, "\"}</script>");
  g_autofree char *open = g_strconcat(script, "{\"@type\": ", NULL);
  read_repeated(open, "[", 500000, "</script>");
  g_autofree char *works = g_strconcat("<h1>Harbour</h1>", script, "[", NULL);
  read_repeated(works, "{\"@type\": \"Article\", \"headline\": \"Fog\", \"author\": {\"@id\": \"#a\"}},",
                30000, "0]</script>");
  read_repeated("<title>", " | x", 200000, "</title>");
  read_repeated("<h1>Harbour</h1>", "<p>6 February 2022 and 7 February 2022</p>", 20000, "");
  read_repeated("<h1>Harbour</h1>", "<p class='author'>By Ada Moor, Ben Vale and Cy Quill, Staff Writers</p>",
                10000, "");
  read_repeated("", "<div class='author date'>", 200, "<i>");
  read_repeated("<div class='author date'><div class='byline'>", "<i></i>", 50000, "</div></div>");
}

/* What has many lines with years keeps what JSON-LD says, which is read last. */
Test(html_meta, many_claims_of_one_origin_leave_room_for_others) {
  g_autoptr(GString) page = g_string_new("<body>");
  for (guint i = 0; i < 5000; i++)
    g_string_append(page,
                    "<td>1 May 1998</td><time datetime='1998-05-01'>x</time><b class='byline'>Cy Quill</b>");
  g_string_append(
      page, "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": \"Harbour\", "
            "\"author\": \"Ada Moor\", \"datePublished\": \"2022-02-06\"}</script>");
  g_autofree char *read = read_page(page->str);
  cr_assert_str_eq(read, "title: Harbour\nbyline: Ada Moor\npublished: 2022-02-06\n");
}

Test(html_meta, titles_inside_others) {
  cr_expect_neq(onr_title_is_in("Harbour “reopens”", "HARBOUR REOPENS | Coast Daily"), FALSE);
  cr_expect_neq(onr_title_is_in("Fog", "fog"), FALSE);
  cr_expect_eq(onr_title_is_in("Fog", "Fog closes the harbour"), FALSE);
  cr_expect_eq(onr_title_is_in("Harbour reopens", "Harbour is closed"), FALSE);
}
