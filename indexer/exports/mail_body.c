/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/exports/mail_body.h"

#include "indexer/exports/unwrap.h"
#include "indexer/readers/whole.h"
#include "indexer/web/body.h"
#include "text/decode.h"

#include <string.h>

typedef struct {
  const char *title;
  guint32 *n_replaced;
  gboolean takes_attachments;
} Walk;

static void add_part(const Walk *walk, GMimeObject *part, guint depth, GString *out);

/* --- bytes of a part --- */

static GByteArray *content_of(GMimePart *part) {
  GMimeDataWrapper *content = g_mime_part_get_content(part);
  GByteArray *bytes = g_byte_array_new();
  if (!content)
    return bytes;
  GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(bytes);
  g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
  g_mime_data_wrapper_write_to_stream(content, stream);
  g_object_unref(stream);
  return bytes;
}

/* Decoded from its transfer encoding and its charset. */
static gboolean decode_part(const Walk *walk, GMimePart *part, OnrDecoded *out) {
  g_autoptr(GByteArray) bytes = content_of(part);
  const char *charset = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset");
  if (!onr_decode(bytes->data ? (const char *)bytes->data : "", bytes->len, charset, out, NULL))
    return FALSE;
  *walk->n_replaced += out->n_replaced;
  return TRUE;
}

/* --- plain text --- */

/* The place of the signature: behind the last line "-- " (RFC 3676, 4.3). */
static gsize find_signature(const char *text, gsize length) {
  const char *at = text, *line;
  gsize n, place = length;
  while (onr_line_next(&at, text + length, &line, &n))
    if (n == 3 && memcmp(line, "-- ", 3) == 0)
      place = (gsize)(line - text);
  return place;
}

static gboolean is_only_address(const char *line, gsize length) {
  g_autofree char *word = g_strstrip(g_strndup(line, length));
  return strstr(word, "://") && !strpbrk(word, " \t");
}

/* TRUE where P, behind a '>', is of a line that may be quoted: ">50% of the towns" has a sign of its own. */
static gboolean begins_quoted(const char *p, gsize length) {
  return length == 0 || g_ascii_isspace(*p) || g_ascii_isalpha(*p) || (guchar)*p >= 0x80 ||
         memchr("\"'([*_", *p, 6);
}

/* How deep LINE is quoted: ">> " and "> > " are 2. *AT gets the place of its words, a blank before them off
   unless the text is flowed, where that may be stuffed. IS_SURE: a '>' quotes whatever stands behind. */
static guint quote_depth(const char *line, gsize length, gboolean is_flowed, gboolean is_sure, gsize *at) {
  guint depth = 0;
  *at = 0;
  if (length > 5 && memcmp(line, ">From ", 6) == 0) /* what mailboxes make of "From " */
    return 0;
  while (*at < length &&
         (line[*at] == '>' || (depth > 0 && *at + 1 < length && line[*at] == ' ' && line[*at + 1] == '>')))
    depth += line[(*at)++] == '>' ? 1 : 0;
  if (depth == 1 && !is_sure && !begins_quoted(line + *at, length - *at)) {
    *at = 0;
    return 0;
  }
  if (depth > 0 && !is_flowed && *at < length && line[*at] == ' ')
    ++*at;
  return depth;
}

/* Lines that end in a blank go on in the next (RFC 3676); stuffed blanks go. */
static void append_flowed(const char *text, gsize length, gboolean deletes_blank, GString *out) {
  const char *at = text, *line;
  gsize n;
  while (onr_line_next(&at, text + length, &line, &n)) {
    gboolean is_stuffed = n > 0 && *line == ' ';
    g_string_append_len(out, line + is_stuffed, (gssize)(n - (gsize)is_stuffed));
    if (n == 0 || line[n - 1] != ' ')
      g_string_append(out, n ? "\n\n" : "\n");
    else if (deletes_blank)
      g_string_truncate(out, out->len - 1);
  }
}

/* A line that is an address and nothing else says nothing. */
static GString *without_addresses(const char *text, gsize length) {
  GString *out = g_string_sized_new(length + 1);
  const char *at = text, *line;
  gsize n;
  while (onr_line_next(&at, text + length, &line, &n))
    if (!is_only_address(line, n))
      g_string_append_len(out, line, (gssize)n), g_string_append_c(out, '\n');
  return out;
}

typedef struct {
  gboolean is_flowed, deletes_blank;
} Lines;

/* By its length: OUT may be long, and this is asked once a run. */
static gboolean ends_paragraph(const GString *out) {
  return out->len >= 2 && memcmp(out->str + out->len - 2, "\n\n", 2) == 0;
}

/* LINES of one depth as paragraphs; they are used up. */
static void end_run(const Lines *how, GString *lines, GString *out) {
  g_autoptr(GString) flowed = g_string_new(NULL), paragraphs = g_string_new(NULL);
  if (how->is_flowed)
    append_flowed(lines->str, lines->len, how->deletes_blank, flowed);
  const GString *text = how->is_flowed ? flowed : lines;
  onr_unwrap_append(text->str, text->len, 0, paragraphs);
  if (out->len > 0 && paragraphs->len > 0 && !ends_paragraph(out))
    g_string_append(out, "\n\n");
  g_string_append_len(out, paragraphs->str, (gssize)paragraphs->len);
  g_string_truncate(lines, 0);
}

/* A paragraph ends where the depth of quotation changes; the signs of it are no words. */
static void append_runs(const Lines *how, const char *text, gsize length, GString *out) {
  g_autoptr(GString) run = g_string_new(NULL);
  const char *at = text, *line;
  gsize n, words;
  guint depth = 0;
  while (onr_line_next(&at, text + length, &line, &n)) {
    guint own = quote_depth(line, n, how->is_flowed, how->is_flowed || depth > 0, &words);
    if (own != depth)
      end_run(how, run, out);
    depth = own;
    g_string_append_len(run, line + words, (gssize)(n - words));
    g_string_append_c(run, '\n');
  }
  end_run(how, run, out);
}

static void add_plain(const Walk *walk, GMimePart *part, GString *out) {
  g_auto(OnrDecoded) decoded = {0};
  if (!decode_part(walk, part, &decoded))
    return;
  const char *format = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "format");
  const char *delsp = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "delsp");
  Lines how = {.is_flowed = format && g_ascii_strcasecmp(format, "flowed") == 0,
               .deletes_blank = delsp && g_ascii_strcasecmp(delsp, "yes") == 0};
  g_autoptr(GString) text = without_addresses(decoded.text, find_signature(decoded.text, decoded.length));
  append_runs(&how, text->str, text->len, out);
}

/* --- the kinds of parts --- */

static void add_html(const Walk *walk, GMimePart *part, GString *out) {
  g_auto(OnrDecoded) decoded = {0};
  g_autoptr(xmlDoc) tree =
      decode_part(walk, part, &decoded) ? onr_html_parse(decoded.text, decoded.length, NULL) : NULL;
  if (tree)
    onr_html_append_body(tree, walk->title, out, NULL);
}

static gboolean is_attachment(GMimeObject *part) {
  GMimeContentDisposition *disposition = g_mime_object_get_content_disposition(part);
  return disposition && g_mime_content_disposition_is_attachment(disposition);
}

static gboolean is_html(GMimeObject *part) {
  return g_mime_content_type_is_type(g_mime_object_get_content_type(part), "text", "html");
}

static void add_leaf(const Walk *walk, GMimePart *part, GString *out) {
  GMimeObject *object = GMIME_OBJECT(part);
  if (is_attachment(object) && !walk->takes_attachments)
    return;
  if (is_html(object))
    add_html(walk, part, out);
  else if (g_mime_content_type_is_type(g_mime_object_get_content_type(object), "text", "plain"))
    add_plain(walk, part, out);
}

static void add_message(const Walk *walk, GMimeMessage *message, guint depth, GString *out) {
  const char *subject = message ? g_mime_message_get_subject(message) : NULL;
  GMimeObject *part = message ? g_mime_message_get_mime_part(message) : NULL;
  if (subject) {
    g_autofree char *valid = g_utf8_make_valid(subject, -1);
    g_string_append(out, g_strstrip(valid));
    g_string_append(out, "\n\n");
  }
  if (part)
    add_part(walk, part, depth + 1, out);
}

/* A newsletter's words, without addresses. */
static guint count_words(const GString *text) {
  g_auto(GStrv) words = g_strsplit_set(text->str, " \n", -1);
  guint n = 0;
  for (guint i = 0; words[i]; i++)
    n += *words[i] && !strstr(words[i], "://") ? 1 : 0;
  return n;
}

static gboolean holds_html(GMimeObject *part, guint depth) {
  if (!GMIME_IS_MULTIPART(part) || depth > ONR_MAX_MAIL_DEPTH)
    return is_html(part);
  for (int i = 0; i < g_mime_multipart_get_count(GMIME_MULTIPART(part)); i++)
    if (holds_html(g_mime_multipart_get_part(GMIME_MULTIPART(part), i), depth + 1))
      return TRUE;
  return FALSE;
}

static void add_alternatives(const Walk *walk, GMimeMultipart *parts, guint depth, GString *out) {
  g_autoptr(GString) html = g_string_new(NULL), plain = g_string_new(NULL);
  for (int i = 0; i < g_mime_multipart_get_count(parts); i++) {
    GMimeObject *part = g_mime_multipart_get_part(parts, i);
    GString *into = holds_html(part, depth) ? html : plain;
    if (into->len == 0)
      add_part(walk, part, depth + 1, into);
  }
  gboolean is_poor = count_words(html) * 2 < count_words(plain);
  g_string_append(out, is_poor ? plain->str : html->str);
}

static void add_multipart(const Walk *walk, GMimeMultipart *parts, guint depth, GString *out) {
  GMimeContentType *type = g_mime_object_get_content_type(GMIME_OBJECT(parts));
  const char *subtype = g_mime_content_type_get_media_subtype(type);
  if (subtype && g_ascii_strcasecmp(subtype, "alternative") == 0) {
    add_alternatives(walk, parts, depth, out);
    return;
  }
  static const char *const of_one[] = {"related", "signed", NULL}; /* what follows serves the first */
  int n = g_mime_multipart_get_count(parts);
  for (guint i = 0; subtype && of_one[i]; i++)
    n = g_ascii_strcasecmp(subtype, of_one[i]) == 0 ? MIN(n, 1) : n;
  for (int i = 0; i < n; i++)
    add_part(walk, g_mime_multipart_get_part(parts, i), depth + 1, out);
}

static void end_paragraph(GString *out, gsize begin) {
  while (out->len > begin && g_ascii_isspace(out->str[out->len - 1]))
    g_string_truncate(out, out->len - 1);
}

static void add_part(const Walk *walk, GMimeObject *part, guint depth, GString *out) {
  if (!part || depth > ONR_MAX_MAIL_DEPTH)
    return;
  gsize begin = out->len;
  if (begin > 0 && !ends_paragraph(out))
    g_string_append(out, "\n\n");
  if (GMIME_IS_MULTIPART(part))
    add_multipart(walk, GMIME_MULTIPART(part), depth, out);
  else if (GMIME_IS_MESSAGE_PART(part))
    add_message(walk, g_mime_message_part_get_message(GMIME_MESSAGE_PART(part)), depth, out);
  else if (GMIME_IS_PART(part))
    add_leaf(walk, GMIME_PART(part), out);
  end_paragraph(out, 0);
}

void onr_mail_append_body(GMimeMessage *message, const char *title, GString *out, guint32 *n_replaced) {
  Walk walk = {.title = title, .n_replaced = n_replaced};
  gsize begin = out->len;
  add_part(&walk, g_mime_message_get_mime_part(message), 0, out);
  if (out->len > begin)
    return;
  walk.takes_attachments = TRUE;
  add_part(&walk, g_mime_message_get_mime_part(message), 0, out);
}

static GMimePart *find_html(GMimeObject *part, guint depth) {
  if (!part || depth > ONR_MAX_MAIL_DEPTH || !GMIME_IS_MULTIPART(part))
    return part && GMIME_IS_PART(part) && is_html(part) ? GMIME_PART(part) : NULL;
  GMimePart *found = NULL;
  for (int i = 0; !found && i < g_mime_multipart_get_count(GMIME_MULTIPART(part)); i++)
    found = find_html(g_mime_multipart_get_part(GMIME_MULTIPART(part), i), depth + 1);
  return found;
}

GString *onr_mail_get_html(GMimeMessage *message, guint32 *n_replaced) {
  Walk walk = {.n_replaced = n_replaced};
  GMimePart *part = find_html(g_mime_message_get_mime_part(message), 0);
  g_auto(OnrDecoded) decoded = {0};
  if (!part || !decode_part(&walk, part, &decoded))
    return NULL;
  return g_string_new_len(decoded.text, (gssize)decoded.length);
}
