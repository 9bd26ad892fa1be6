/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/decode.h"

#include "text/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <uchardet/uchardet.h>

#define REPLACEMENT "\xef\xbf\xbd"
#define MAX_CHARSET_NAME 40
#define DETECT_BYTES (64 * 1024) /* what uchardet is shown, around the first byte over 0x7f */
#define PATTERN_BYTES 4096       /* what the search for UTF-16's NULs looks at */

typedef struct {
  const char *bytes;
  gsize n_bytes;
} Input;

static gboolean is_utf8_name(const char *charset) {
  return !g_ascii_strcasecmp(charset, "UTF-8") || !g_ascii_strcasecmp(charset, "UTF8");
}

/* Latin-1 and ASCII are declared for Windows-1252 more often than not, and 1252 only adds to them (WHATWG
 * Encoding, 4.2). */
static gboolean is_latin1_name(const char *charset) {
  static const char *const names[] = {"ISO-8859-1", "ISO8859-1", "ISO_8859-1", "LATIN1",      "LATIN-1",
                                      "US-ASCII",   "ASCII",     "CP1252",     "WINDOWS-1252"};
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    if (!g_ascii_strcasecmp(charset, names[i]))
      return TRUE;
  return FALSE;
}

/* iconv reads "/" and "," in a name as options. */
static gboolean is_charset_name(const char *name) {
  gsize n = strlen(name);
  if (n == 0 || n > MAX_CHARSET_NAME)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isalnum(name[i]) && !strchr("-_.:+", name[i]))
      return FALSE;
  return TRUE;
}

static gsize unit_size(const char *charset) {
  if (!g_ascii_strncasecmp(charset, "UTF-16", 6) || !g_ascii_strncasecmp(charset, "UCS-2", 5))
    return 2;
  if (!g_ascii_strncasecmp(charset, "UTF-32", 6) || !g_ascii_strncasecmp(charset, "UCS-4", 5))
    return 4;
  return 1;
}

/* UTF-8 with U+FFFD for each ill-formed sequence. */
static GString *repair_utf8(Input in, guint32 *n_replaced) {
  GString *out = g_string_sized_new(in.n_bytes + 1);
  for (gsize i = 0; i < in.n_bytes;) {
    gsize n = onr_utf8_valid_prefix(in.bytes + i, in.n_bytes - i);
    g_string_append_len(out, in.bytes + i, (gssize)n);
    i += n;
    if (i < in.n_bytes) {
      i += onr_utf8_bad_length(in.bytes + i, in.n_bytes - i);
      g_string_append(out, REPLACEMENT);
      ++*n_replaced;
    }
  }
  return out;
}

/* Through iconv with U+FFFD for what it refuses; NULL when iconv does not know CHARSET. */
static GString *convert(Input in, const char *charset, guint32 *n_replaced) {
  iconv_t cd = iconv_open("UTF-8", charset);
  if (cd == (iconv_t)-1)
    return NULL;
  GString *out = g_string_sized_new(in.n_bytes + in.n_bytes / 2 + 16);
  char *from = (char *)in.bytes; /* iconv's prototype is older than const */
  gsize left = in.n_bytes, step = unit_size(charset);
  char chunk[8192];
  while (left > 0) {
    char *to = chunk;
    gsize room = sizeof chunk;
    gsize result = iconv(cd, &from, &left, &to, &room);
    int reason = result == (gsize)-1 ? errno : 0;
    g_string_append_len(out, chunk, to - chunk);
    if (reason == EILSEQ || reason == EINVAL) { /* a bad sequence, or one cut by the end */
      gsize n = reason == EINVAL ? left : MIN(step, left);
      from += n;
      left -= n;
      g_string_append(out, REPLACEMENT);
      ++*n_replaced;
    } else if (reason && reason != E2BIG) {
      break;
    }
  }
  iconv_close(cd);
  return out;
}

static void set_charset(OnrDecoded *out, const char *name) {
  g_autofree char *upper = g_ascii_strup(name, -1);
  out->charset = g_intern_string(upper);
}

/* CRLF and CR to LF, in place: never longer. */
static void unify_line_ends(GString *text) {
  char *from = memchr(text->str, '\r', text->len);
  if (!from)
    return;
  char *to = from, *end = text->str + text->len;
  while (from < end) {
    if (*from == '\r') {
      *to++ = '\n';
      from += from + 1 < end && from[1] == '\n' ? 2 : 1;
    } else {
      *to++ = *from++;
    }
  }
  g_string_truncate(text, (gsize)(to - text->str));
}

static GString *replace_nuls(GString *text, guint32 *n_replaced) {
  if (!memchr(text->str, '\0', text->len))
    return text;
  GString *out = g_string_sized_new(text->len + 16);
  for (gsize i = 0; i < text->len;) {
    gsize n = strlen(text->str + i); /* a GString ends in a NUL of its own */
    g_string_append_len(out, text->str + i, (gssize)n);
    i += n;
    if (i++ < text->len) {
      g_string_append(out, REPLACEMENT);
      ++*n_replaced;
    }
  }
  g_string_free(text, TRUE);
  return out;
}

static gboolean finish(GString *text, guint32 n_replaced, OnrDecoded *out, GError **error) {
  text = replace_nuls(text, &n_replaced);
  unify_line_ends(text);
  if (text->len > G_MAXUINT32 - 1) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT, "text of %" G_GSIZE_FORMAT " bytes is over 4 GiB",
                text->len);
    g_string_free(text, TRUE);
    return FALSE;
  }
  out->n_replaced = n_replaced;
  out->length = text->len;
  out->text = g_string_free(text, FALSE);
  return TRUE;
}

/* The encoding that a byte order mark names, and its bytes. */
static const char *charset_of_mark(Input in, gsize *n_mark) {
  static const struct {
    const char *bytes;
    gsize n;
    const char *charset;
  } marks[] = {{"\xef\xbb\xbf", 3, "UTF-8"},
               {"\xff\xfe\0\0", 4, "UTF-32LE"}, /* before UTF-16LE, whose mark it begins with */
               {"\0\0\xfe\xff", 4, "UTF-32BE"},
               {"\xff\xfe", 2, "UTF-16LE"},
               {"\xfe\xff", 2, "UTF-16BE"}};
  for (guint i = 0; i < G_N_ELEMENTS(marks); i++) {
    if (in.n_bytes >= marks[i].n && !memcmp(in.bytes, marks[i].bytes, marks[i].n)) {
      *n_mark = marks[i].n;
      return marks[i].charset;
    }
  }
  return NULL;
}

/* In UTF-16 all NULs stand on one side of their units: in most units of Western text, in those of blanks and
   digits elsewhere, for which a short text is no proof. */
static const char *charset_of_nuls(Input in) {
  gsize n = MIN(in.n_bytes, PATTERN_BYTES) / 2;
  gsize even = 0, odd = 0;
  for (gsize i = 0; i < n; i++) {
    even += in.bytes[2 * i] == '\0';
    odd += in.bytes[2 * i + 1] == '\0';
  }
  gsize least = n < 16 ? (n + 1) / 2 : n / 8;
  if (odd > 0 && odd >= least && even * 16 <= odd)
    return "UTF-16LE";
  if (even > 0 && even >= least && odd * 16 <= even)
    return "UTF-16BE";
  return NULL;
}

/* UTF-8 that was cut or has a few bad bytes: for each ill-formed sequence at least ten good ones, or no more
 * than a cut last character. */
static gboolean is_damaged_utf8(Input in) {
  gsize n_good = 0, n_bad = 0;
  for (gsize i = 0; i < in.n_bytes;) {
    gsize n = onr_utf8_valid_prefix(in.bytes + i, in.n_bytes - i);
    for (gsize k = i; k < i + n; k++)
      n_good += (guchar)in.bytes[k] >= 0xc0;
    i += n;
    if (i == in.n_bytes)
      break;
    gsize bad = onr_utf8_bad_length(in.bytes + i, in.n_bytes - i);
    n_bad++;
    i += bad;
    if (i == in.n_bytes && bad > 1 && n_bad == 1)
      return TRUE;
  }
  return n_good >= 10 * n_bad;
}

/* Too little for uchardet, which takes an é here and there for Polish: only the marks that Windows-1252 has
   in 0x80 to 0x9f (curly quotes, dashes), or lone bytes, as accented letters among ASCII ones are, and those
   few or far between (languages that need another Latin encoding write more than one in fifty). */
static gboolean is_weak_evidence(Input in) {
  const gsize few = 16, far = 50;
  gsize n_high = 0, n_letters = 0, n_in_row = 0;
  for (gsize i = 0; i < in.n_bytes; i++) {
    guchar c = (guchar)in.bytes[i];
    n_high += c >= 0x80;
    n_letters += c >= 0xa0;
    n_in_row += c >= 0x80 && i > 0 && (guchar)in.bytes[i - 1] >= 0x80;
  }
  gboolean is_lone = n_in_row * 2 < n_high;
  return n_letters == 0 || (is_lone && (n_high < few || n_letters * far < in.n_bytes));
}

/* NAME is room for what uchardet says; the answer is that or a literal. */
static const char *detect(Input in, char name[MAX_CHARSET_NAME + 1]) {
  gsize ascii = onr_utf8_ascii_prefix(in.bytes, in.n_bytes);
  gsize from = ascii > DETECT_BYTES / 2 ? ascii - DETECT_BYTES / 2 : 0;
  Input sample = {in.bytes + from, MIN(in.n_bytes - from, DETECT_BYTES)};
  if (is_weak_evidence(sample))
    return "WINDOWS-1252";
  uchardet_t detector = uchardet_new();
  int failed = uchardet_handle_data(detector, sample.bytes, sample.n_bytes);
  uchardet_data_end(detector);
  g_strlcpy(name, failed ? "" : uchardet_get_charset(detector), MAX_CHARSET_NAME + 1);
  uchardet_delete(detector);
  if (!is_charset_name(name) || is_utf8_name(name) || is_latin1_name(name))
    return "WINDOWS-1252";
  return name;
}

/* What DECLARED decodes to, when it is to be believed. */
static GString *convert_declared(Input in, const char *declared, gboolean is_valid_utf8, guint32 *n_replaced,
                                 const char **charset) {
  if (!declared || !is_charset_name(declared) || is_utf8_name(declared))
    return NULL;
  gboolean is_latin1 = is_latin1_name(declared);
  if (is_latin1 && is_valid_utf8) /* chance makes no valid UTF-8 of Latin-1's letters */
    return NULL;
  gsize step = unit_size(declared);
  if (step > 1 && !memchr(in.bytes, '\0', MIN(in.n_bytes, PATTERN_BYTES)) && is_valid_utf8)
    return NULL;
  *charset = is_latin1 ? "WINDOWS-1252" : declared;
  guint32 n = 0;
  GString *text = convert(in, *charset, &n);
  /* one bad sequence in fifty characters is damage; more is another encoding */
  if (text && n > 0 && (is_valid_utf8 || n > 1 + in.n_bytes / step / 50)) {
    g_string_free(text, TRUE);
    return NULL;
  }
  *n_replaced = n;
  return text;
}

static GString *convert_known(Input in, const char *charset, guint32 *n_replaced) {
  if (is_utf8_name(charset))
    return repair_utf8(in, n_replaced);
  return convert(in, charset, n_replaced);
}

static GString *convert_undeclared(Input in, gboolean is_valid_utf8, guint32 *n_replaced,
                                   const char **charset, char name[MAX_CHARSET_NAME + 1]) {
  const char *by_nuls = charset_of_nuls(in);
  if (by_nuls)
    *charset = by_nuls;
  else if (is_valid_utf8 || is_damaged_utf8(in))
    *charset = "UTF-8";
  else
    *charset = detect(in, name);
  if (is_valid_utf8 && !by_nuls)
    return g_string_new_len(in.bytes, (gssize)in.n_bytes);
  GString *text = convert_known(in, *charset, n_replaced);
  if (!text) { /* uchardet knows more names than iconv */
    *charset = "WINDOWS-1252";
    text = convert(in, *charset, n_replaced);
  }
  return text;
}

gboolean onr_decode(const char *bytes, gsize n_bytes, const char *declared, OnrDecoded *out, GError **error) {
  if (n_bytes > G_MAXUINT32 - 1) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT, "input of %" G_GSIZE_FORMAT " bytes is over 4 GiB",
                n_bytes);
    return FALSE;
  }
  Input in = {bytes, n_bytes};
  gsize n_mark = 0;
  guint32 n_replaced = 0;
  char detected[MAX_CHARSET_NAME + 1];
  const char *charset = charset_of_mark(in, &n_mark);
  GString *text = NULL;
  if (charset) {
    text = convert_known((Input){bytes + n_mark, n_bytes - n_mark}, charset, &n_replaced);
  } else {
    gboolean is_valid_utf8 = onr_utf8_valid_prefix(bytes, n_bytes) == n_bytes;
    text = convert_declared(in, declared, is_valid_utf8, &n_replaced, &charset);
    if (!text)
      text = convert_undeclared(in, is_valid_utf8, &n_replaced, &charset, detected);
  }
  if (!text) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED, "no converter for encoding \"%s\"", charset);
    return FALSE;
  }
  if (!finish(text, n_replaced, out, error))
    return FALSE;
  set_charset(out, charset);
  return TRUE;
}

void onr_decoded_clear(OnrDecoded *decoded) {
  g_free(decoded->text);
  *decoded = (OnrDecoded){0};
}
