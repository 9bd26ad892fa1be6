/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tests/cases/html_body.test: what is taken for the article of a page. */
#include "indexer/web/body.h"
#include "support/support.h"

#include <string.h>

ONR_SUITE(html_body);

/* What {A} … {F} in a case stand for: paragraphs that are good text. */
static const char *const PARAGRAPHS[] = {"The harbour of Lindahl opened again on Monday after the winter "
                                         "storms, and the first ships came in at noon.",
                                         "Ada Quill, who has led the port for nine years, told the council "
                                         "that the new wall had held through it all.",
                                         "Fishermen from the three villages to the north had waited since "
                                         "November for the water to be deep enough.",
                                         "A second wall is to be built next spring, for which the county has "
                                         "set aside four million crowns so far.",
                                         "Nobody had thought that the work would take so long, least of all "
                                         "those who had promised it in the autumn.",
                                         "The last ship to leave before the storms had been the Heron, with "
                                         "salt and timber for the southern towns."};

static char *expand(const char *text) {
  g_autoptr(GString) out = g_string_new(text);
  for (guint i = 0; i < G_N_ELEMENTS(PARAGRAPHS); i++) {
    const char name[] = {'{', (char)('A' + i), '}', '\0'};
    g_string_replace(out, name, PARAGRAPHS[i], 0);
  }
  return g_strdup(out->str);
}

/* The paragraphs of PAGE, a line each; "cut" behind them where the page says so. */
static char *read_page(const char *page) {
  g_autoptr(GString) body = g_string_new(NULL);
  g_autoptr(xmlDoc) tree = onr_html_parse(page, strlen(page), NULL);
  cr_assert_not_null(tree);
  OnrHtmlBodyFacts facts;
  onr_html_append_body(tree, "The title", body, &facts);
  g_string_replace(body, "\n\n", "\f", 0);
  g_string_replace(body, "\n", "\\n", 0);
  g_string_replace(body, "\f", "\n", 0);
  if (body->len > 0)
    g_string_append_c(body, '\n');
  if (facts.is_cut)
    g_string_append(body, "(cut)\n");
  return g_strdup(body->str);
}

Test(html_body, cases) {
  g_autoptr(GPtrArray) cases = onr_test_cases("html_body.test");
  guint n_wrong = 0;
  for (guint i = 0; i < cases->len; i++) {
    const OnrTestCase *c = cases->pdata[i];
    g_autofree char *page = expand(c->input);
    g_autofree char *found = read_page(page);
    g_autoptr(GString) lines = g_string_new(NULL);
    for (guint k = 0; k < c->expected->len; k++)
      g_string_append_printf(lines, "%s\n", (const char *)c->expected->pdata[k]);
    g_autofree char *expected = expand(lines->str);
    if (strcmp(found, expected) != 0) {
      cr_log_error("html_body.test:%u: %s\nexpected:\n%sfound:\n%s", c->line, c->input, expected, found);
      n_wrong++;
    }
  }
  cr_assert_eq(n_wrong, 0, "%u of %u cases", n_wrong, cases->len);
}

/* A page that its own program would fill is read as well: what is hidden is left out only where little is. */
Test(html_body, of_nothing_and_of_furniture_alone) {
  static const char *const pages[] = {"<html></html>", "<body></body>",
                                      "<body><nav><a href=x>Menu</a></nav></body>",
                                      "<body><script>1</script><img src=x></body>"};
  for (guint i = 0; i < G_N_ELEMENTS(pages); i++) {
    g_autofree char *found = read_page(pages[i]);
    cr_expect_str_eq(found, "", "%s", pages[i]);
  }
}
