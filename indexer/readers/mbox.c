/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mbox, in all its dialects: mails one after the other, each behind a line "From sender date". Such a line
   begins a mail at the beginning of the file or behind a blank line, and has a time and a year, so that "From
   here on" in a text does not. A Content-Length is believed where a mail begins, or the file ends, at the
   place it names (mboxcl, mboxcl2): what looks like such a line before is text. One '>' goes from lines
   ">From " (mboxo, mboxrd). */
#include "indexer/readers/readers.h"

#include "indexer/exports/cutter.h"
#include "indexer/exports/mail.h"
#include "indexer/readers/whole.h"

#include <string.h>

/* "From ", somebody, and somewhere behind it hh:mm and four digits. */
static gboolean is_from_line(const char *line, gsize length) {
  gboolean has_time = FALSE, has_year = FALSE;
  if (length < 5 || memcmp(line, "From ", 5) != 0)
    return FALSE;
  for (gsize i = 5; i + 4 < length; i++) {
    const char *p = line + i;
    if (!g_ascii_isdigit(p[0]) || !g_ascii_isdigit(p[1]) || !g_ascii_isdigit(p[3]))
      continue;
    has_time |= p[2] == ':';
    has_year |= g_ascii_isdigit(p[2]) && !g_ascii_isdigit(p[4]) && p[-1] == ' ';
  }
  return has_time && has_year;
}

static gsize first_line(const char *bytes, gsize n_bytes) {
  const char *lf = memchr(bytes, '\n', n_bytes);
  return lf ? (gsize)(lf - bytes) + 1 : n_bytes;
}

static int probe(const char *bytes, gsize n_bytes, const char *ending) {
  (void)ending;
  gsize n = first_line(bytes, n_bytes);
  if (!is_from_line(bytes, n))
    return 0;
  const char *colon = memchr(bytes + n, ':', first_line(bytes + n, n_bytes - n));
  return colon ? 3 : 2;
}

/* --- cutting --- */

typedef struct {
  OnrCutter *cutter;
  gboolean has_any;
  gboolean is_begun;    /* a mail's line "From " is behind */
  gboolean is_header;   /* in its header */
  gboolean is_gap;      /* the line before is blank, or there is none */
  gsize content_length; /* that its header has */
} Mails;

static void mails_free(gpointer p) {
  Mails *mails = p;
  g_clear_pointer(&mails->cutter, onr_cutter_free);
  g_free(mails);
}

static Mails *start(OnrStream *stream, OnrSplit *split, GError **error) {
  Mails *mails = g_new0(Mails, 1);
  split->state = mails;
  split->free_state = mails_free;
  mails->is_gap = TRUE;
  mails->cutter = onr_cutter_open(stream, error);
  return mails->cutter ? mails : NULL;
}

/* TRUE where a mail begins, or the file ends, N bytes behind the header. */
static gboolean ends_after(Mails *mails, OnrStream *stream, gsize n) {
  const gsize reach = 200; /* of a line "From " with the blank lines before it */
  OnrCutter *cutter = mails->cutter;
  if (n > ONR_MAX_ITEM_BYTES)
    return FALSE;
  while (cutter->held->len - cutter->at < n + reach && onr_cutter_more(cutter, stream, NULL))
    ;
  gsize room = cutter->held->len - cutter->at;
  const char *at = (const char *)cutter->held->data + cutter->at + n;
  const char *end = (const char *)cutter->held->data + cutter->held->len;
  if (n > room)
    return FALSE;
  while (at < end && (*at == '\n' || *at == '\r'))
    at++;
  return at == end || is_from_line(at, first_line(at, (gsize)(end - at)));
}

static void look_at_header(Mails *mails, OnrStream *stream, const OnrLine *line, gboolean is_blank) {
  if (g_ascii_strncasecmp(line->text, "Content-Length:", MIN(line->length, 15)) == 0 && line->length > 15) {
    g_autofree char *value = g_strndup(line->text + 15, MIN(line->length - 15, 20));
    mails->content_length = g_ascii_strtoull(value, NULL, 10);
  }
  if (!is_blank)
    return;
  mails->is_header = FALSE;
  if (mails->content_length > 0 && ends_after(mails, stream, mails->content_length)) {
    mails->cutter->at += mails->content_length;
    mails->cutter->is_inside_line = FALSE;
  }
}

/* The mail's end at its next one's line "From ", or at the end of the file; FALSE with ERROR or where no mail
 * is left. */
static gboolean seek_end(Mails *mails, OnrStream *stream, gsize *end, gsize *next, GError **error) {
  g_autoptr(GError) why = NULL;
  OnrLine line;
  while (onr_cutter_next_line(mails->cutter, stream, &line, &why)) {
    gboolean is_from = line.is_whole && mails->is_gap && is_from_line(line.text, line.length);
    gboolean is_blank = onr_line_is_blank(line.text, line.length);
    gboolean has_mail = mails->is_begun;
    if (is_from && !has_mail)
      onr_cutter_drop(mails->cutter, mails->cutter->at);
    mails->is_gap = is_blank;
    if (is_from) {
      mails->is_begun = mails->has_any = mails->is_header = TRUE;
      mails->content_length = 0;
      *end = mails->cutter->line;
      *next = mails->cutter->at;
      if (has_mail)
        return TRUE;
    } else if (mails->is_header) {
      look_at_header(mails, stream, &line, is_blank);
      mails->is_gap |= !mails->is_header;
    }
  }
  if (why) {
    g_propagate_error(error, g_steal_pointer(&why));
    return FALSE;
  }
  gboolean has_mail = mails->is_begun;
  mails->is_begun = FALSE;
  *end = *next = mails->cutter->held->len;
  if (!has_mail && !mails->has_any)
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_FORMAT, "no line 'From SENDER DATE' begins a mail");
  mails->has_any = TRUE;
  return has_mail;
}

static gboolean split(OnrStream *stream, OnrSplit *split, OnrRawItem *out, GError **error) {
  Mails *mails = split->state ? split->state : start(stream, split, error);
  gsize end, next;
  if (!mails || !mails->cutter || !seek_end(mails, stream, &end, &next, error))
    return FALSE;
  out->bytes = onr_cutter_take(mails->cutter, end, &out->error);
  onr_cutter_drop(mails->cutter, next);
  out->member = g_strdup_printf("%" G_GUINT64_FORMAT, ++split->n_items);
  return TRUE;
}

/* --- a mail --- */

/* Where the next line ">From " or ">>From " … begins, or END. */
static const char *find_quoted(const char *p, const char *end) {
  while ((p = g_strstr_len(p, end - p, "\n>"))) {
    const char *q = ++p;
    while (q < end && *q == '>')
      q++;
    if (end - q >= 5 && memcmp(q, "From ", 5) == 0)
      return p;
  }
  return end;
}

static gboolean parse(const OnrRawItem *item, const char *path, OnrArticle *article, guint32 *n_replaced,
                      GError **error) {
  (void)path;
  gsize n_bytes;
  const char *bytes = g_bytes_get_data(item->bytes, &n_bytes), *at = bytes ? bytes : "", *end = at + n_bytes;
  const char *quoted = find_quoted(at, end);
  if (quoted == end)
    return onr_mail_read_article(at, n_bytes, article, n_replaced, error);
  g_autoptr(GString) plain = g_string_sized_new(n_bytes);
  for (; quoted < end; quoted = find_quoted(at, end)) {
    g_string_append_len(plain, at, quoted - at);
    at = quoted + 1;
  }
  g_string_append_len(plain, at, end - at);
  return onr_mail_read_article(plain->str, plain->len, article, n_replaced, error);
}

const OnrReader ONR_READER_MBOX = {
    .name = "mbox",
    .what = "mailboxes",
    .endings = (const char *const[]){"mbox", NULL},
    .probe = probe,
    .split = split,
    .parse = parse,
};
