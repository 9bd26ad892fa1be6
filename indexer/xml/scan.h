/* SPDX-License-Identifier: GPL-2.0-or-later */
/* XML as a run of tokens, found without a parser: for what must be known before there is a tree (which format a file is,
   where its items begin and end) and for text that no parser takes. It is lenient: a '<' that begins no markup is text, so
   any bytes have tokens, and it is linear in the text whatever that holds.

     OnrXmlScan scan = {.at = text, .end = text + length};
     OnrXmlToken token;
     while (onr_xml_next(&scan, &token)) if (token.kind == ONR_XML_START) …
*/
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  ONR_XML_TEXT,
  ONR_XML_START, /* <a> */
  ONR_XML_EMPTY, /* <a/> */
  ONR_XML_END,   /* </a> */
  ONR_XML_CDATA,
  ONR_XML_DOCTYPE,
  ONR_XML_OTHER, /* comment, processing instruction, declaration */
} OnrXmlKind;

typedef struct {
  OnrXmlKind kind;
  const char *begin, *end;
  const char *name; /* of a tag, with its prefix; not terminated */
  gsize name_length;
} OnrXmlToken;

typedef struct {
  const char *at, *end;
  guint unclosed; /* constructs whose end was looked for in vain once: not again */
} OnrXmlScan;

/* The next token, which begins where the last one ended; FALSE at the end. */
gboolean onr_xml_next(OnrXmlScan *scan, OnrXmlToken *token);

typedef struct {
  const char *name, *value; /* not terminated, references as written; the value is "" where there is none */
  gsize name_length, value_length;
} OnrXmlAttribute;

/* The next attribute of a start or empty TAG from *AT, which begins as NULL. FALSE behind the last. */
gboolean onr_xml_next_attribute(const OnrXmlToken *tag, const char **at, OnrXmlAttribute *out);

/* A document's outermost element. */
typedef struct {
  const char *name;      /* without its prefix; not terminated; NULL: none within these bytes */
  const char *namespace; /* its address as written, or NULL */
  gsize name_length, namespace_length;
  gboolean is_declared; /* begins with <?xml */
} OnrXmlRoot;

/* FALSE where BYTES, white space aside, do not begin with '<' or hold no element. */
gboolean onr_xml_find_root(const char *bytes, gsize n_bytes, OnrXmlRoot *root);

/* TRUE where the root is called NAME and its namespace, if it has one, begins with NAMESPACE ("" for any). */
gboolean onr_xml_root_is(const OnrXmlRoot *root, const char *name, const char *namespace);

/* The encoding that the XML declaration names, or NULL; the caller frees it. */
char *onr_xml_declared_charset(const char *bytes, gsize n_bytes);

G_END_DECLS
