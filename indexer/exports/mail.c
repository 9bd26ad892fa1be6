/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/exports/mail.h"

#include "indexer/readers/fields.h"
#include "indexer/web/body.h"
#include "indexer/web/meta.h"
#include "indexer/exports/mail_body.h"
#include "indexer/readers/whole.h"

#include <string.h>

/* --- whether it is mail --- */

/* The name before the colon of a header line, as long as those that are asked for; FALSE where it is no
 * header line. */
static gboolean header_name(const char *line, gsize length, char name[32]) {
  const char *colon = memchr(line, ':', length);
  if (!colon || colon == line)
    return FALSE;
  for (const char *p = line; p < colon; p++)
    if (*p <= ' ' || *p >= 0x7f)
      return FALSE;
  g_strlcpy(name, line, MIN(32, (gsize)(colon - line) + 1));
  return TRUE;
}

int onr_mail_probe(const char *bytes, gsize n_bytes) {
  static const char *const own[] = {"received",     "message-id",  "mime-version", "return-path",
                                    "delivered-to", "in-reply-to", "list-id",      "dkim-signature",
                                    "x-mailer",     NULL};
  static const char *const usual[] = {"from", "to", "subject", "date", "sender", NULL};
  const char *at = bytes, *line;
  gsize n;
  guint n_own = 0, n_usual = 0;
  while (onr_line_next(&at, bytes + n_bytes, &line, &n) && !onr_line_is_blank(line, n)) {
    char name[32];
    if (line > bytes && (*line == ' ' || *line == '\t'))
      continue;
    if (!header_name(line, n, name))
      return 0;
    g_autofree char *lower = g_ascii_strdown(name, -1);
    n_own += g_strv_contains(own, lower) ? 1 : 0;
    n_usual += g_strv_contains(usual, lower) ? 1 : 0;
  }
  return n_own > 0 && n_usual > 1 ? 3 : 0;
}

/* --- parsing --- */

/* Bytes that GMime's objects take, about: one a part, header field, and address or parameter. */
#define PART_BYTES 2048
#define FIELD_BYTES 400
#define VALUE_BYTES 200

static gsize estimate_memory(const char *bytes, gsize n_bytes) {
  gsize n_parts = 0, n_fields = 0, n_values = 0;
  gboolean is_line_start = TRUE;
  for (gsize i = 0; i < n_bytes; i++) {
    char c = bytes[i];
    n_parts += is_line_start && c == '-' && i + 1 < n_bytes && bytes[i + 1] == '-' ? 1 : 0;
    n_fields += c == ':' ? 1 : 0;
    n_values += c == ',' || c == ';' ? 1 : 0;
    is_line_start = c == '\n';
  }
  return n_parts * PART_BYTES + n_fields * FIELD_BYTES + n_values * VALUE_BYTES;
}

/* GMime wants this once in a process, before anything else. */
static void init_library(void) {
  static gsize is_ready;
  if (g_once_init_enter(&is_ready)) {
    g_mime_init();
    g_once_init_leave(&is_ready, 1);
  }
}

static GMimeMessage *parse_message(const char *bytes, gsize n_bytes) {
  init_library();
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, n_bytes);
  GMimeParser *parser = g_mime_parser_new_with_stream(stream);
  g_mime_parser_set_format(parser, GMIME_FORMAT_MESSAGE);
  GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
  g_object_unref(parser);
  g_object_unref(stream);
  return message;
}

/* --- header --- */

/* A later, surer source has set the field: see onr_fields_set. */
#define BY_HEADER 100

static void set(OnrFields *fields, OnrHeaderField field, const char *value) {
  g_autofree char *valid = value ? g_utf8_make_valid(value, -1) : NULL;
  if (valid)
    onr_fields_set(fields, field, BY_HEADER, valid, -1);
}

/* The value of NAME with its encoded words decoded, or NULL. GMime keeps "Content-…" with the body. The
 * caller frees it. */
static char *header_of(GMimeMessage *message, const char *name) {
  const char *raw = g_mime_object_get_header(GMIME_OBJECT(message), name);
  GMimeObject *body = g_mime_message_get_mime_part(message);
  if (!raw && body)
    raw = g_mime_object_get_header(body, name);
  return raw ? g_mime_utils_header_decode_text(NULL, raw) : NULL;
}

/* What stands in <> in VALUE, or VALUE. */
static char *in_brackets(const char *value) {
  const char *open = strchr(value, '<'), *close = open ? strchr(open, '>') : NULL;
  return g_strstrip(close ? g_strndup(open + 1, (gsize)(close - open - 1)) : g_strdup(value));
}

/* "Morning Heron" <morning.heron.example>: the name, else the address of the list. */
static void set_list(OnrFields *fields, GMimeMessage *message) {
  g_autofree char *list = header_of(message, "List-Id");
  if (!list)
    return;
  g_autofree char *address = in_brackets(list);
  char *open = strchr(list, '<');
  if (open)
    *open = '\0';
  g_strdelimit(list, "\"", ' ');
  g_strstrip(list);
  set(fields, ONR_HEADER_PUBLISHER, *list ? list : address);
}

static void set_sender(OnrFields *fields, GMimeMessage *message) {
  InternetAddressList *from = g_mime_message_get_from(message);
  InternetAddress *sender =
      from && internet_address_list_length(from) > 0 ? internet_address_list_get_address(from, 0) : NULL;
  if (!sender)
    return;
  set(fields, ONR_HEADER_BYLINE, internet_address_get_name(sender));
  const char *address = INTERNET_ADDRESS_IS_MAILBOX(sender)
                            ? internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(sender))
                            : NULL;
  const char *at = address ? strrchr(address, '@') : NULL;
  if (at && at[1])
    set(fields, ONR_HEADER_PUBLISHER, at + 1);
}

static void set_address(OnrFields *fields, GMimeMessage *message, const char *name) {
  g_autofree char *value = header_of(message, name);
  g_autofree char *address = value ? in_brackets(value) : NULL;
  if (address && strstr(address, "://"))
    set(fields, ONR_HEADER_URL, address);
}

static void add_keywords(OnrArticle *article, GMimeMessage *message) {
  g_autofree char *keywords = header_of(message, "Keywords");
  g_auto(GStrv) words = g_strsplit(keywords ? keywords : "", ",", 100);
  for (guint i = 0; words[i]; i++) {
    g_autofree char *valid = g_utf8_make_valid(words[i], -1);
    const char *word = onr_header_clean(article, valid, -1);
    if (word)
      onr_article_add_note(article, ONR_NOTE_SUBJECT, word);
  }
}

static void set_header(OnrFields *fields, GMimeMessage *message, gboolean is_page) {
  g_autofree char *language = header_of(message, "Content-Language");
  set(fields, ONR_HEADER_TITLE, g_mime_message_get_subject(message));
  set(fields, ONR_HEADER_DATE, g_mime_object_get_header(GMIME_OBJECT(message), "Date"));
  set(fields, ONR_HEADER_LANGUAGE, language);
  set_address(fields, message, is_page ? "Snapshot-Content-Location" : "Archived-At");
  if (is_page)
    return;
  set(fields, ONR_HEADER_ID, g_mime_message_get_message_id(message));
  set_list(fields, message);
  set_sender(fields, message);
  add_keywords(fields->article, message);
}

/* --- an article --- */

static void read_page(OnrFields *fields, GMimeMessage *message, guint32 *n_replaced) {
  g_autoptr(GString) html = onr_mail_get_html(message, n_replaced);
  g_autoptr(xmlDoc) tree = html ? onr_html_parse(html->str, html->len, NULL) : NULL;
  *n_replaced = 0; /* counted with the text */
  if (!tree)
    return;
  g_autoptr(OnrHtmlMeta) meta =
      onr_html_meta_new(tree, g_mime_object_get_header(GMIME_OBJECT(message), "Snapshot-Content-Location"));
  onr_html_meta_fill(meta, fields);
}

static gboolean fill(GMimeMessage *message, OnrArticle *article, guint32 *n_replaced, GError **error) {
  if (g_mime_header_list_get_count(g_mime_object_get_header_list(GMIME_OBJECT(message))) == 0) {
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_FORMAT, "no header of a mail");
    return FALSE;
  }
  gboolean is_page = g_mime_object_get_header(GMIME_OBJECT(message), "Snapshot-Content-Location") != NULL;
  OnrFields fields;
  onr_fields_init(&fields, article);
  if (is_page)
    read_page(&fields, message, n_replaced);
  set_header(&fields, message, is_page);
  onr_fields_finish(&fields);
  g_autoptr(GString) body = g_string_new(NULL);
  onr_mail_append_body(message, article->title, body, n_replaced);
  onr_article_set_text(article, body->str, body->len, n_replaced);
  if (!article->title)
    article->title = onr_first_line_title(article, article->text, article->text_length);
  return TRUE;
}

gboolean onr_mail_read_article(const char *bytes, gsize n_bytes, OnrArticle *article, guint32 *n_replaced,
                               GError **error) {
  if (estimate_memory(bytes, n_bytes) > ONR_MAX_TREE_BYTES) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT, "the mail's parts would take more than %u bytes of memory",
                ONR_MAX_TREE_BYTES);
    return FALSE;
  }
  GMimeMessage *message = parse_message(bytes, n_bytes);
  if (!message) {
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_FORMAT, "no mail");
    return FALSE;
  }
  gboolean is_read = fill(message, article, n_replaced, error);
  g_object_unref(message);
  return is_read;
}
