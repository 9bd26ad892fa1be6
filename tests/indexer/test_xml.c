/* SPDX-License-Identifier: GPL-2.0-or-later */
/* XML under our limits, and documents cut into items; what comes of whole files: test_readers.c. */
#include "indexer/xml/cut.h"
#include "indexer/xml/mend.h"
#include "indexer/xml/scan.h"
#include "support/support.h"

#include <libxml/parserInternals.h>
#include <libxml/xmlIO.h>
#include <string.h>

ONR_SUITE(xml);

/* --- limits and dangers --- */

static void assert_refused(GString *text, int code, const char *why) {
  g_autoptr(GError) error = NULL;
  guint32 n_replaced = 0;
  xmlDoc *tree = onr_xml_parse(text->str, text->len, 0, &n_replaced, &error);
  cr_assert_null(tree);
  cr_assert_eq(error->code, code);
  cr_assert_neq(strstr(error->message, why) != NULL, FALSE, "%s", error->message);
  g_string_free(text, TRUE);
}

static GString *repeat(const char *before, const char *each, guint n, const char *after) {
  GString *text = g_string_new(before);
  for (guint i = 0; i < n; i++)
    g_string_append(text, each);
  return g_string_append(text, after);
}

Test(xml, limits) {
  GString *many = g_string_new("<a ");
  for (guint i = 0; i < 1001; i++)
    g_string_append_printf(many, "a%u=\"1\" ", i);
  assert_refused(g_string_append(many, "/>"), ONR_ERROR_LIMIT, "over 1000 attributes");
  assert_refused(repeat("<a>", "<b>", 300, "</a>"), ONR_ERROR_LIMIT, "nested over 256 deep");
  assert_refused(repeat("<a>", "<b x='1'/>", 400000, "</a>"), ONR_ERROR_LIMIT, "would take");
  assert_refused(repeat("<a>", "0123456789abcdef", (8u << 16) + 1, "</a>"), ONR_ERROR_LIMIT, "a text over");
  assert_refused(repeat("<a>", "&", 4u << 20, "</a>"), ONR_ERROR_LIMIT, "a text over"); /* once mended */
  assert_refused(g_string_new("words"), ONR_ERROR_FORMAT, "no XML at line 1");
  assert_refused(g_string_new(""), ONR_ERROR_FORMAT, "no XML at line 1");
}

static guint n_loaded;

static xmlParserInput *count_loading(const char *address, const char *id, xmlParserCtxt *parser) {
  (void)address, (void)id, (void)parser;
  n_loaded++;
  return NULL;
}

/* A loader that is asked would open files and connections. */
Test(xml, nothing_is_loaded) {
  static const char *const documents[] = {"<!DOCTYPE a SYSTEM \"http://coast.example/a.dtd\"><a>&x;</a>",
                                          "<!DOCTYPE a PUBLIC '-//X//EN' 'file:///etc/passwd' [<!ENTITY x "
                                          "SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
                                          "<?xml version='1.0'?> <!DOCTYPE a [<!ENTITY % p SYSTEM "
                                          "'http://127.0.0.1:9/p'> %p; <!-- ]> ' --> ]>\n<a b='&x;'>&x;</a>",
                                          "<a><!DOCTYPE a SYSTEM 'file:///etc/passwd'>&x;</a>"};
  xmlSetExternalEntityLoader(count_loading);
  for (gsize i = 0; i < G_N_ELEMENTS(documents); i++) {
    g_autofree char *text = g_strdup(documents[i]);
    guint32 n_replaced = 0;
    g_autoptr(xmlDoc) tree = onr_xml_parse(text, strlen(text), 0, &n_replaced, NULL);
    cr_assert_not_null(tree);
    g_autofree char *words = onr_xml_words(xmlDocGetRootElement(tree));
    cr_assert_str_eq(words, "&x;");
  }
  cr_assert_eq(n_loaded, 0);
}

/* --- mending --- */

Test(xml, mend) {
  static const char *const cases[][2] = {
      {"<a>x</a>", "<a>x</a>"},
      {"<a><b>x</a>", "<a><b>x</b></a>"},
      {"<a>x</b></a> y <c/>", "<a>x</a>"},
      {"<a><b><c>x</b>y", "<a><b><c>x</c></b>y</a>"},
      {"<a x=1 x=2 y='\"' z>t</a>", "<a x=\"1\" y=\"&quot;\" z=\"\">t</a>"},
      {"<a>&nbsp;&amp;&x;&#65;&#xzz;&</a>", "<a>\xc2\xa0&amp;&amp;x;&#65;&amp;#xzz;&amp;</a>"},
      {"<a><![CDATA[<b>&amp;]]>]]></a>", "<a>&lt;b&gt;&amp;amp;]]&gt;</a>"},
      {"<a>1 < 2 <3 <</a>", "<a>1 &lt; 2 &lt;3 &lt;</a>"},
      {"<a>x<br>y</br>z<img src='i'></a>", "<a>x<br/>yz<img src=\"i\"/></a>"},
      {"<a><!-- - -- - --><?p q?>x</a>", "<a>x</a>"},
      {"<a>\x01&#2;&#xffff;&#x110000;</a>", "<a>\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd</a>"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    guint32 n_replaced = 0;
    GString *mended = onr_xml_mend(cases[i][0], strlen(cases[i][0]), &n_replaced);
    cr_assert_str_eq(mended->str, cases[i][1]);
    cr_assert_eq(n_replaced, strchr(cases[i][0], '\x01') ? 4 : 0);
    g_string_free(mended, TRUE);
  }
}

/* --- roots --- */

Test(xml, roots) {
  OnrXmlRoot root;
  static const char prefixed[] = "<?xml version='1.0'?><!-- <x> --><!DOCTYPE y [<!ENTITY z '>'>]>\n<n:a "
                                 "b='>' xmlns:n=\"urn:n\" xmlns='urn:m'>";
  cr_assert_neq(onr_xml_find_root(prefixed, strlen(prefixed), &root), FALSE);
  cr_assert_neq(onr_xml_root_is(&root, "a", "urn:n"), FALSE);
  cr_assert_eq(onr_xml_root_is(&root, "a", "urn:m"), FALSE);
  cr_assert_neq(root.is_declared, FALSE);
  static const char *const none[] = {
      "", " ", "text <a>", "<", "<!-- <a>", "<?xml", "<!-- x --> text <a>", "<1>", "</a><b>"};
  for (gsize i = 0; i < G_N_ELEMENTS(none); i++)
    cr_assert_eq(onr_xml_find_root(none[i], strlen(none[i]), &root), FALSE, "%s", none[i]);
}

/* --- items --- */

static const OnrXmlCutting CUTTING = {.names = {"item", "gone", NULL}, .none = "nothing"};
static const OnrXmlCutting NESTING = {.names = {"item", NULL}, .nests = TRUE, .none = "nothing"};

/* The words of each item and of what is around it, "item|around", a line each; then why it ended. */
static char *cut(const char *text, const OnrXmlCutting *how) {
  g_autofree char *dir = onr_test_make_dir();
  g_autofree char *path = onr_test_write(dir, "a.xml", text, -1);
  g_autoptr(OnrStream) stream = onr_stream_open(path, NULL);
  g_auto(OnrSplit) split = {0};
  OnrRawItem raw = {0};
  g_autoptr(GError) error = NULL;
  GString *out = g_string_new(NULL);
  while (onr_xml_cut_split(stream, &split, how, &raw, &error)) {
    guint32 n_replaced = 0;
    g_autoptr(xmlDoc) tree = onr_xml_open_item(&raw, &n_replaced, NULL);
    cr_assert_not_null(tree);
    xmlNode *root = xmlDocGetRootElement(tree), *item = onr_xml_descendant(root, "item");
    g_autofree char *words = onr_xml_words(item ? item : onr_xml_descendant(root, "gone"));
    g_autofree char *title = onr_xml_words(onr_xml_descendant(root, "title"));
    g_string_append_printf(out, "%s|%s %s\n", words ? words : "-", title ? title : "-",
                           onr_xml_namespace(root));
    onr_raw_item_clear(&raw);
  }
  g_string_append(out, error ? error->message : "end");
  onr_test_remove_dir(dir);
  return g_string_free(out, FALSE);
}

static void assert_cut(const char *text, const OnrXmlCutting *how, const char *expected) {
  g_autofree char *found = cut(text, how);
  cr_assert_str_eq(found, expected);
}

Test(xml, cut) {
  assert_cut("<f xmlns='u'><title>T</title><item>1</item>x<gone/><item>2</item></f>", &CUTTING,
             "1|T u\n-|T u\n2|T u\nend");
  assert_cut("<f><item>1</item><title>T</title><item>2</item></f>", &CUTTING, "1|T \n2|T \nend");
  assert_cut("<f><title>T</title></f>", &CUTTING, "nothing");
  assert_cut("<f><x:item xmlns:x='u'>1<item>no</item></x:item><item>no</item></f>", &CUTTING, "1no|- \nend");
  assert_cut("<f><c><item>1</c><c><item>2</item></c></f>", &CUTTING, "1|- \n2|- \nend");
  assert_cut("<f><item>1<item>2</f>", &CUTTING, "1|- \n2|- \nend");
  assert_cut("<f><item>1<item>2</item></item><item>3</f>", &NESTING, "12|- \nthe file ends inside item 2");
  assert_cut("<f><item><![CDATA[</item>]]><!-- </item> -->1</item></f>", &CUTTING, "</item>1|- \nend");
}

/* What is around is parsed with each item: of much only the elements are kept. */
Test(xml, a_long_head_is_left_out) {
  GString *text = repeat("<f xmlns='u'><title>T</title><d>", "0123456789abcdef", ONR_MAX_XML_HEAD_BYTES / 16,
                         "</d><c><item>1</item></c></f>");
  assert_cut(text->str, &CUTTING, "1|- u\nend");
  g_string_free(text, TRUE);
}
