/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/xml/scan.h"

#include <string.h>

/* OnrXmlScan.unclosed */
enum { NO_COMMENT_END = 1, NO_CDATA_END = 2, NO_PI_END = 4, NO_DOCTYPE_END = 8 };

static gboolean is_name_start(char c) {
  return g_ascii_isalpha(c) || c == '_' || c == ':' || (guchar)c >= 0x80;
}

static gboolean is_name_char(char c) {
  return is_name_start(c) || g_ascii_isdigit(c) || c == '-' || c == '.';
}

static gboolean begins(const char *p, const char *end, const char *word) {
  gsize n = strlen(word);
  return (gsize)(end - p) >= n && memcmp(p, word, n) == 0;
}

/* The place behind CLOSE, or NULL; what is not there once is not there later either. */
static const char *find_close(OnrXmlScan *scan, const char *from, const char *close, guint flag) {
  if (scan->unclosed & flag)
    return NULL;
  const char *found = g_strstr_len(from, scan->end - from, close);
  if (!found)
    scan->unclosed |= flag;
  return found ? found + strlen(close) : NULL;
}

/* Behind the '>' of a document type, with the declarations inside its brackets. */
static const char *find_doctype_end(OnrXmlScan *scan, const char *p) {
  if (scan->unclosed & NO_DOCTYPE_END)
    return NULL;
  guint depth = 0;
  while (p && p < scan->end) {
    if (*p == '>' && depth == 0)
      return p + 1;
    if (begins(p, scan->end, "<!--")) {
      p = find_close(scan, p + 4, "-->", NO_COMMENT_END);
    } else if (*p == '"' || *p == '\'') {
      const char *quote = memchr(p + 1, *p, (gsize)(scan->end - p - 1));
      p = quote ? quote + 1 : NULL;
    } else {
      depth += *p == '[';
      depth -= *p == ']' && depth > 0;
      p++;
    }
  }
  scan->unclosed |= NO_DOCTYPE_END;
  return NULL;
}

/* Behind the '>' of a tag that begins at P, or NULL. No value holds a '<': where a quotation mark is missing
 * the tag ends with its first '>'. */
static const char *find_tag_end(const char *p, const char *end) {
  const char *first = NULL;
  char quote = '\0';
  for (p++; p < end && *p != '<'; p++) {
    if (*p == '>' && !first)
      first = p + 1;
    if (*p == '>' && !quote)
      return p + 1;
    if (quote ? *p == quote : (*p == '"' || *p == '\''))
      quote = quote ? '\0' : *p;
  }
  return first;
}

static gboolean take_tag(const OnrXmlScan *scan, OnrXmlToken *token) {
  const char *p = token->begin + 1;
  gboolean is_end = p < scan->end && *p == '/';
  p += is_end;
  if (p >= scan->end || !is_name_start(*p))
    return FALSE;
  token->end = find_tag_end(token->begin, scan->end);
  if (!token->end)
    return FALSE;
  token->name = p;
  while (p < token->end && is_name_char(*p))
    p++;
  token->name_length = (gsize)(p - token->name);
  token->kind = is_end ? ONR_XML_END : token->end[-2] == '/' ? ONR_XML_EMPTY : ONR_XML_START;
  return TRUE;
}

/* The markup that begins at TOKEN->begin, a '<'; FALSE where none does. */
static gboolean take_markup(OnrXmlScan *scan, OnrXmlToken *token) {
  const char *p = token->begin, *end = scan->end;
  token->kind = ONR_XML_OTHER;
  token->end = NULL;
  if (begins(p, end, "<!--")) {
    token->end = find_close(scan, p + 4, "-->", NO_COMMENT_END);
  } else if (begins(p, end, "<![CDATA[")) {
    token->kind = ONR_XML_CDATA;
    token->end = find_close(scan, p + 9, "]]>", NO_CDATA_END);
  } else if (begins(p, end, "<?")) {
    token->end = find_close(scan, p + 2, "?>", NO_PI_END);
  } else if (end - p > 9 && g_ascii_strncasecmp(p, "<!doctype", 9) == 0) {
    token->kind = ONR_XML_DOCTYPE;
    token->end = find_doctype_end(scan, p + 9);
  } else {
    return take_tag(scan, token);
  }
  return token->end != NULL;
}

gboolean onr_xml_next(OnrXmlScan *scan, OnrXmlToken *token) {
  if (scan->at >= scan->end)
    return FALSE;
  *token = (OnrXmlToken){.kind = ONR_XML_TEXT, .begin = scan->at};
  const char *p = scan->at;
  while ((p = memchr(p, '<', (gsize)(scan->end - p)))) {
    OnrXmlToken markup = {.begin = p};
    if (take_markup(scan, &markup)) {
      if (p == token->begin)
        *token = markup;
      break;
    }
    p++;
  }
  if (token->kind == ONR_XML_TEXT)
    token->end = p ? p : scan->end;
  scan->at = token->end;
  return TRUE;
}

/* The value behind a '=' at *AT, in quotes or bare. */
static void take_value(const char **at, const char *end, OnrXmlAttribute *out) {
  const char *p = *at + 1;
  while (p < end && g_ascii_isspace(*p))
    p++;
  const char *close = p < end && (*p == '"' || *p == '\'') ? memchr(p + 1, *p, (gsize)(end - p - 1)) : NULL;
  out->value = close ? p + 1 : p;
  while (!close && p < end && !g_ascii_isspace(*p))
    p++;
  out->value_length = (gsize)((close ? close : p) - out->value);
  *at = close ? close + 1 : p;
}

gboolean onr_xml_next_attribute(const OnrXmlToken *tag, const char **at, OnrXmlAttribute *out) {
  const char *p = *at ? *at : tag->name + tag->name_length;
  const char *end = tag->end - (tag->kind == ONR_XML_EMPTY ? 2 : 1);
  while (p < end && !is_name_start(*p))
    p++;
  if (p >= end)
    return FALSE;
  *out = (OnrXmlAttribute){.name = p, .value = ""};
  while (p < end && is_name_char(*p))
    p++;
  out->name_length = (gsize)(p - out->name);
  const char *equals = p;
  while (equals < end && g_ascii_isspace(*equals))
    equals++;
  if (equals < end && *equals == '=') {
    p = equals;
    take_value(&p, end, out);
  }
  *at = p;
  return TRUE;
}

/* --- the root --- */

static void take_root(const OnrXmlToken *tag, OnrXmlRoot *root) {
  const char *colon = memchr(tag->name, ':', tag->name_length);
  gsize n_prefix = colon ? (gsize)(colon - tag->name) : 0;
  root->name = colon ? colon + 1 : tag->name;
  root->name_length = tag->name_length - (colon ? n_prefix + 1 : 0);
  OnrXmlAttribute a;
  for (const char *at = NULL; onr_xml_next_attribute(tag, &at, &a);) {
    gboolean is_its = colon ? a.name_length == 6 + n_prefix && memcmp(a.name, "xmlns:", 6) == 0 &&
                                  memcmp(a.name + 6, tag->name, n_prefix) == 0
                            : a.name_length == 5 && memcmp(a.name, "xmlns", 5) == 0;
    if (is_its) {
      root->namespace = a.value;
      root->namespace_length = a.value_length;
    }
  }
}

gboolean onr_xml_find_root(const char *bytes, gsize n_bytes, OnrXmlRoot *root) {
  *root = (OnrXmlRoot){0};
  const char *p = bytes, *end = bytes + n_bytes;
  while (p < end && g_ascii_isspace(*p))
    p++;
  if (p >= end || *p != '<')
    return FALSE;
  root->is_declared = begins(p, end, "<?xml") && end - p > 5 && g_ascii_isspace(p[5]);
  OnrXmlScan scan = {.at = p, .end = end};
  OnrXmlToken token;
  while (onr_xml_next(&scan, &token)) {
    if (token.kind == ONR_XML_START || token.kind == ONR_XML_EMPTY) {
      take_root(&token, root);
      return TRUE;
    }
    gboolean is_blank = token.kind != ONR_XML_CDATA && token.kind != ONR_XML_END;
    for (p = token.begin; token.kind == ONR_XML_TEXT && p < token.end; p++)
      is_blank = is_blank && g_ascii_isspace(*p);
    if (!is_blank)
      return FALSE;
  }
  return FALSE;
}

gboolean onr_xml_root_is(const OnrXmlRoot *root, const char *name, const char *namespace) {
  gsize n = strlen(namespace);
  return root->name && strlen(name) == root->name_length &&
         memcmp(root->name, name, root->name_length) == 0 &&
         (!root->namespace || (root->namespace_length >= n && memcmp(root->namespace, namespace, n) == 0));
}

char *onr_xml_declared_charset(const char *bytes, gsize n_bytes) {
  OnrXmlScan scan = {.at = bytes, .end = bytes + MIN(n_bytes, 1024)};
  while (scan.at < scan.end && g_ascii_isspace(*scan.at))
    scan.at++;
  OnrXmlToken token;
  if (!begins(scan.at, scan.end, "<?xml") || !onr_xml_next(&scan, &token) || token.kind != ONR_XML_OTHER)
    return NULL;
  token.name = token.begin + 2;
  token.name_length = 3;
  OnrXmlAttribute a;
  for (const char *at = NULL; onr_xml_next_attribute(&token, &at, &a);)
    if (a.name_length == 8 && memcmp(a.name, "encoding", 8) == 0)
      return g_strndup(a.value, a.value_length);
  return NULL;
}
