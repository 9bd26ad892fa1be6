/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON: one object is one article; an array of objects, or an object that holds one under a name like
   "articles", is many. The file is cut into its objects by brackets and quotes alone, so that it need not fit
   memory and a broken object costs itself. */
#include "indexer/readers/readers.h"

#include "indexer/news/json_item.h"
#include "indexer/readers/json_value.h"
#include "indexer/readers/sniff.h"

#include <string.h>

/* OnrSplit.phase */
enum {
  AT_START,
  BETWEEN, /* top-level values */
  IN_ARRAY,
  IN_WRAPPED, /* the array inside an object; what follows it is not read */
};

static const char *const ENDINGS[] = {"json", NULL};

static gsize skip_space(const char *bytes, gsize n_bytes, gsize at) {
  while (at < n_bytes && g_ascii_isspace(bytes[at]))
    at++;
  return at;
}

static int probe(const char *bytes, gsize n_bytes, const char *ending) {
  int by_ending = g_strv_contains(ENDINGS, ending) ? 2 : 0;
  gsize at = skip_space(bytes, n_bytes, 0);
  if (at == n_bytes)
    return by_ending;
  gsize next = skip_space(bytes, n_bytes, at + 1);
  char inner = next < n_bytes ? bytes[next] : '\0';
  gboolean is_object = bytes[at] == '{' && (inner == '"' || inner == '}');
  gboolean is_array = bytes[at] == '[' && (inner == '{' || inner == ']');
  if (!is_object && !is_array)
    return by_ending;
  return 3;
}

/* --- the array inside an object --- */

static gsize skip_json_string(const char *bytes, gsize n_bytes, gsize at) {
  for (at++; at < n_bytes && bytes[at] != '"'; at++)
    at += bytes[at] == '\\';
  return MIN(at + 1, n_bytes);
}

static gsize skip_value(const char *bytes, gsize n_bytes, gsize at) {
  guint depth = 0;
  while (at < n_bytes) {
    char c = bytes[at];
    if (c == '"') {
      at = skip_json_string(bytes, n_bytes, at);
      if (depth == 0)
        return at;
      continue;
    }
    if (depth == 0 && (c == ',' || c == '}' || c == ']'))
      return at;
    depth += c == '[' || c == '{';
    at++;
    if ((c == ']' || c == '}') && --depth == 0)
      return at;
  }
  return at;
}

static gboolean is_key(const char *key, gsize length, const char *const *names) {
  for (; *names; names++)
    if (strlen(*names) == length && memcmp(*names, key, length) == 0)
      return TRUE;
  return FALSE;
}

static const char *const LISTS[] = {"articles", "items", "docs", "documents", "stories", "results",
                                    "entries",  "posts", "data", "_items",    NULL};
/* No article's own: only where nothing of an article stands before them. */
static const char *const LATE_LISTS[] = {"hits", "news", NULL};

typedef struct {
  gboolean has_item;   /* a member was seen that an article has … */
  gboolean has_title;  /* … its title … */
  gboolean has_sign;   /* … or one that may be what was asked for: a date, an address, a section */
  gboolean has_author; /* … or hardly: who wrote it, and where */
  guint depth;         /* objects that are open, but for the outermost */
  guint doubtful;      /* the depth in one that may be an article's own member; 0: in none */
  gsize empty;         /* behind the '[' of a list of nothing */
  gboolean is_whole;   /* the end was seen */
} Sight;

static void see_member(Sight *sight, const char *key, gsize length) {
  static const char *const own[] = {"uri",     "pubstatus", "pubStatus", "headlines", "bodies",  "@type",
                                    "_source", "fields",    "item",      "article",   "content", NULL};
  guint rank;
  int field = onr_header_find(key, (gssize)length, &rank);
  sight->has_title |= field == ONR_HEADER_TITLE;
  sight->has_author |= field == ONR_HEADER_BYLINE || field == ONR_HEADER_DATELINE;
  sight->has_sign |= field == ONR_HEADER_DATE || field == ONR_HEADER_URL || field == ONR_HEADER_SECTION;
  sight->has_item |= field == ONR_HEADER_TITLE || field == ONR_HEADER_ID ||
                     (field == ONR_HEADER_TEXT && rank < ONR_RANK_SUMMARY) || is_key(key, length, own);
}

static gboolean is_list(const Sight *sight, const char *key, gsize length) {
  return is_key(key, length, LISTS) || (!sight->has_item && is_key(key, length, LATE_LISTS));
}

static gboolean is_sure_envelope(const char *key, gsize length) {
  static const char *const envelopes[] = {"response", "data", "feed", NULL};
  return is_key(key, length, envelopes);
}

/* An object around the list: under one of these names, or a list's own, as in {"hits": {"hits": […]}}. */
static gboolean is_envelope(const Sight *sight, const char *key, gsize length) {
  return is_sure_envelope(key, length) || (!sight->has_item && is_list(sight, key, length));
}

/* --- what stands behind the list --- */

typedef struct {
  gboolean has_title, has_text;
  gboolean is_closed; /* the end of the list was seen */
  gboolean is_whole;  /* the end of the outermost object was seen */
} Behind;

/* TRUE for the value at AT that is null or "", and so says nothing. */
static gboolean is_no_value(const char *bytes, gsize n_bytes, gsize at) {
  return bytes[at] == 'n' || (bytes[at] == '"' && at + 1 < n_bytes && bytes[at + 1] == '"');
}

static void see_behind(Behind *behind, const char *key, gsize length) {
  guint rank;
  int field = onr_header_find(key, (gssize)length, &rank);
  behind->has_title |= field == ONR_HEADER_TITLE;
  behind->has_text |= field == ONR_HEADER_TEXT && rank < ONR_RANK_SUMMARY;
}

/* Looks on behind the list at AT, which stands in an object DEPTH deep: at the members of that and of those
 * around it that are at most MAX_DEPTH deep. */
static Behind look_behind(const char *bytes, gsize n_bytes, gsize at, guint depth, guint max_depth) {
  Behind behind = {0};
  at = skip_value(bytes, n_bytes, at);
  behind.is_closed = at < n_bytes;
  while ((at = skip_space(bytes, n_bytes, at)) < n_bytes) {
    if (bytes[at] == '}' && depth-- == 0) {
      behind.is_whole = TRUE;
      break;
    }
    if (bytes[at] != '"') {
      at++;
      continue;
    }
    const char *key = bytes + at + 1;
    at = skip_json_string(bytes, n_bytes, at);
    gsize length = (gsize)(bytes + at - 1 - key);
    at = skip_space(bytes, n_bytes, at);
    if (at >= n_bytes || bytes[at] != ':' || (at = skip_space(bytes, n_bytes, at + 1)) >= n_bytes)
      break;
    if (depth <= max_depth && !is_no_value(bytes, n_bytes, at))
      see_behind(&behind, key, length);
    at = skip_value(bytes, n_bytes, at);
  }
  return behind;
}

/* TRUE where the list at AT, called KEY, is an article's own: a title or a text stands behind it or may do so
 * where the end is not seen, and both do where the list and what is around it have names that articles do not
 * give them. A list that does not end in these bytes has many items, whatever day and address it is of. */
static gboolean is_of_article(const Sight *sight, const char *bytes, gsize n_bytes, gsize at, const char *key,
                              gsize length) {
  gboolean is_doubtful = sight->doubtful > 0 || is_key(key, length, LATE_LISTS);
  guint max_depth = sight->doubtful > 0 ? sight->doubtful - 1 : sight->depth;
  Behind behind = look_behind(bytes, n_bytes, at, sight->depth, max_depth);
  gboolean may_follow = !behind.is_whole && (sight->has_author || (sight->has_sign && behind.is_closed));
  if (is_doubtful)
    return behind.has_title || behind.has_text || may_follow;
  return behind.has_text && (behind.has_title || sight->has_title);
}

/* Goes into an envelope or out of it. */
static void step_sight(Sight *sight, char c) {
  sight->depth += c == '{' ? 1 : 0;
  sight->depth -= c == '}' && sight->depth > 0 ? 1 : 0;
  if (sight->depth < sight->doubtful && c == '}')
    sight->doubtful = 0;
}

/* The place behind the '[' of the items in an object that begins BYTES, or of an empty list where there is
   nothing else in it; 0 where it is an article itself: it has a text before any such array or behind it, or
   no such array begins in these bytes. */
static gsize find_items(const char *bytes, gsize n_bytes, gsize at) {
  Sight sight = {0};
  while ((at = skip_space(bytes, n_bytes, at)) < n_bytes) {
    sight.is_whole = bytes[at] == '}';
    if (bytes[at] != '"') { /* '{', ',', '}' of an envelope */
      step_sight(&sight, bytes[at++]);
      continue;
    }
    const char *key = bytes + at + 1;
    at = skip_json_string(bytes, n_bytes, at);
    gsize length = (gsize)(bytes + at - 1 - key);
    at = skip_space(bytes, n_bytes, at);
    if (at >= n_bytes || bytes[at] != ':')
      return 0;
    at = skip_space(bytes, n_bytes, at + 1);
    gsize inner = skip_space(bytes, n_bytes, at + 1);
    if (inner >= n_bytes || (bytes[at] == '"' && onr_json_is_text_key(key, length)))
      return 0;
    gboolean opens = bytes[at] == '[' && is_list(&sight, key, length);
    if (opens && bytes[inner] == '{')
      return is_of_article(&sight, bytes, n_bytes, at, key, length) ? 0 : at + 1;
    if (opens && bytes[inner] == ']')
      sight.empty = at + 1;
    see_member(&sight, key, length);
    if (bytes[at] != '{' || !is_envelope(&sight, key, length))
      at = skip_value(bytes, n_bytes, at);
    else if (sight.doubtful == 0 && !is_sure_envelope(key, length))
      sight.doubtful = sight.depth + 1;
  }
  return sight.is_whole && !sight.has_item ? sight.empty : 0;
}

/* --- cutting --- */

typedef struct {
  GByteArray *bytes;
  guint depth;
  gboolean is_in_string, is_escaped, is_over_limit;
} Cut;

/* Takes one byte; TRUE when the value ends with it. A line end inside a string is no JSON: the string is
   taken to end there, so that a missing quotation mark does not swallow the items behind it. */
static inline gboolean cut_step(Cut *cut, char c) {
  if (cut->is_in_string) {
    gboolean is_end = (c == '"' && !cut->is_escaped) || c == '\n';
    cut->is_escaped = c == '\\' && !cut->is_escaped;
    cut->is_in_string = !is_end;
    return is_end && cut->depth == 0;
  }
  switch (c) {
  case '"':
    cut->is_in_string = TRUE;
    return FALSE;
  case '{':
  case '[':
    cut->depth++;
    return FALSE;
  case '}':
  case ']':
    return cut->depth == 0 || --cut->depth == 0;
  default:
    return FALSE;
  }
}

/* Bytes of the N at P that belong to the value; *IS_WHOLE when it ends there. A bare word or number ends
 * before what cannot be of it. */
static gsize cut_window(Cut *cut, const char *p, gsize n, gboolean *is_whole) {
  for (gsize i = 0; i < n; i++) {
    gboolean is_bare = cut->depth == 0 && !cut->is_in_string;
    if (is_bare && cut->bytes->len + i > 0 &&
        (p[i] == ',' || p[i] == ']' || p[i] == '}' || g_ascii_isspace(p[i]))) {
      *is_whole = TRUE;
      return i;
    }
    if (cut_step(cut, p[i])) {
      *is_whole = TRUE;
      return i + 1;
    }
  }
  return n;
}

static void cut_keep(Cut *cut, const char *p, gsize n) {
  if (cut->is_over_limit)
    return;
  cut->is_over_limit = n > ONR_MAX_ITEM_BYTES - cut->bytes->len;
  if (cut->is_over_limit)
    g_byte_array_set_size(cut->bytes, 1); /* not 0: see cut_window */
  else
    g_byte_array_append(cut->bytes, (const guint8 *)p, (guint)n);
}

/* One value into OUT, or an item's error for one that is too long; FALSE with ERROR where the file ends
 * inside it. */
static gboolean cut_value(OnrStream *stream, OnrRawItem *out, GError **error) {
  Cut cut = {.bytes = g_byte_array_new()};
  gboolean is_whole = FALSE;
  while (!is_whole) {
    gsize n_bytes;
    const char *p = onr_stream_peek(stream, &n_bytes, error);
    if (!p || n_bytes == 0)
      break;
    gsize n = cut_window(&cut, p, n_bytes, &is_whole);
    cut_keep(&cut, p, n);
    onr_stream_skip(stream, n);
  }
  if (is_whole && !cut.is_over_limit) {
    out->bytes = g_byte_array_free_to_bytes(cut.bytes);
    return TRUE;
  }
  g_byte_array_unref(cut.bytes);
  if (is_whole)
    out->error =
        g_error_new(ONR_ERROR, ONR_ERROR_LIMIT, "the item is over the limit of %u bytes", ONR_MAX_ITEM_BYTES);
  else if (error && !*error)
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_FORMAT, "the file ends inside an item");
  return is_whole;
}

/* Moves to the next byte that is no white space, ',' or record separator (RFC 7464); FALSE at the end. */
static gboolean next_byte(OnrStream *stream, char *byte, GError **error) {
  for (;;) {
    gsize n_bytes, n = 0;
    const char *p = onr_stream_peek(stream, &n_bytes, error);
    if (!p || n_bytes == 0)
      return FALSE;
    while (n < n_bytes && (g_ascii_isspace(p[n]) || p[n] == ',' || p[n] == '\x1e'))
      n++;
    if (n < n_bytes)
      *byte = p[n];
    onr_stream_skip(stream, n);
    if (n < n_bytes)
      return TRUE;
  }
}

static gboolean start(OnrStream *stream, OnrSplit *split, GError **error) {
  gsize n_bytes;
  const char *p = onr_stream_peek(stream, &n_bytes, error);
  if (!p)
    return FALSE;
  if (onr_sniff_wide(p, n_bytes)) {
    if (!onr_stream_decode(stream, error))
      return FALSE;
    p = onr_stream_peek(stream, &n_bytes, error);
  }
  if (n_bytes >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0) {
    onr_stream_skip(stream, 3);
    p = onr_stream_peek(stream, &n_bytes, error);
  }
  split->phase = BETWEEN;
  gsize at = skip_space(p, n_bytes, 0);
  gsize items = at < n_bytes && p[at] == '{' ? find_items(p, n_bytes, at + 1) : 0;
  if (items > 0) {
    onr_stream_skip(stream, items);
    split->phase = IN_WRAPPED;
  }
  return TRUE;
}

/* Stands before the next item, or returns FALSE at the end. What is neither object nor array of objects would
 * fall into pieces: it ends the file. */
static gboolean seek_item(OnrStream *stream, OnrSplit *split, GError **error) {
  char c;
  while (next_byte(stream, &c, error)) {
    if (c == ']' && split->phase == IN_WRAPPED)
      return FALSE;
    gboolean opens = c == '[' && split->phase == BETWEEN, closes = c == ']' && split->phase == IN_ARRAY;
    if (!opens && !closes) {
      if (c == '{' || (split->phase != BETWEEN && split->n_items > 0))
        return TRUE;
      g_set_error(error, ONR_ERROR, ONR_ERROR_FORMAT,
                  "no JSON object where item %" G_GUINT64_FORMAT " should be", split->n_items + 1);
      return FALSE;
    }
    onr_stream_skip(stream, 1);
    split->phase = opens ? IN_ARRAY : BETWEEN;
  }
  return FALSE;
}

/* A file of one object has one item, with no place of its own. */
static char *name_item(OnrStream *stream, const OnrSplit *split) {
  g_autoptr(GError) why = NULL;
  char c;
  if (split->n_items == 1 && split->phase == BETWEEN && !next_byte(stream, &c, &why) && !why)
    return g_strdup("");
  return g_strdup_printf("%" G_GUINT64_FORMAT, split->n_items);
}

static gboolean split(OnrStream *stream, OnrSplit *split, OnrRawItem *out, GError **error) {
  g_autoptr(GError) why = NULL;
  if ((split->phase != AT_START || start(stream, split, &why)) && seek_item(stream, split, &why) &&
      cut_value(stream, out, &why)) {
    split->n_items++;
    out->member = name_item(stream, split);
    return TRUE;
  }
  if (why)
    g_propagate_error(error, g_steal_pointer(&why));
  return FALSE;
}

static gboolean parse(const OnrRawItem *item, const char *path, OnrArticle *article, guint32 *n_replaced,
                      GError **error) {
  (void)path;
  return onr_json_parse_item(item, 1, article, n_replaced, error);
}

const OnrReader ONR_READER_JSON = {
    .name = "json",
    .what = "JSON",
    .endings = ENDINGS,
    .probe = probe,
    .split = split,
    .parse = parse,
};
