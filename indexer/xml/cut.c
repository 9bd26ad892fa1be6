/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/xml/cut.h"

#include "indexer/readers/whole.h"
#include "indexer/xml/scan.h"

#include <string.h>

/* OnrRawItem.shared begins with it; the document without its items follows. */
typedef struct {
  gsize hole; /* where the items were */
  gboolean has_replaced;
} Head;

typedef struct {
  const char *begin, *end;
} Piece;

typedef struct {
  guint32 begin, end; /* in the text: of 32 MiB three times as much can come */
} Range;

typedef struct {
  OnrDecoded text;
  GArray *items; /* Range */
  GBytes *head;
  gboolean is_cut_short; /* the file ends inside an item, which is none */
} Cut;

static void free_cut(gpointer data) {
  Cut *cut = data;
  onr_decoded_clear(&cut->text);
  g_array_unref(cut->items);
  g_clear_pointer(&cut->head, g_bytes_unref);
  g_free(cut);
}

/* --- finding --- */

typedef struct {
  const OnrXmlCutting *how;
  Piece spelled[G_N_ELEMENTS(((OnrXmlCutting *)0)->names)]; /* of each name, as its first item has it */
  GArray *around; /* OnrXmlToken: start tags that are open outside of items */
  Cut *cut;
  Piece item;       /* begin NULL: outside */
  int name;         /* of the item */
  guint depth;      /* of items of that name inside it */
  GString *outside; /* the elements around the first item, should the head be too long */
} Finder;

static gboolean is_spelled(const Piece *piece, const OnrXmlToken *tag) {
  return piece->begin && (gsize)(piece->end - piece->begin) == tag->name_length &&
         memcmp(piece->begin, tag->name, tag->name_length) == 0;
}

static gboolean is_local_name(const OnrXmlToken *tag, const char *name) {
  const char *colon = memchr(tag->name, ':', tag->name_length);
  const char *local = colon ? colon + 1 : tag->name;
  gsize n = (gsize)(tag->name + tag->name_length - local);
  return strlen(name) == n && memcmp(local, name, n) == 0;
}

/* Which of the names TAG is, or -1. */
static int find_name(Finder *finder, const OnrXmlToken *tag) {
  for (int i = 0; finder->how->names[i]; i++) {
    if (!finder->spelled[i].begin && tag->kind != ONR_XML_END && is_local_name(tag, finder->how->names[i]))
      finder->spelled[i] = (Piece){tag->name, tag->name + tag->name_length};
    if (is_spelled(&finder->spelled[i], tag))
      return i;
  }
  return -1;
}

static void end_item(Finder *finder, const char *end) {
  const char *text = finder->cut->text.text;
  Range range = {(guint32)(finder->item.begin - text), (guint32)(end - text)};
  g_array_append_val(finder->cut->items, range);
  finder->item.begin = NULL;
}

static void begin_item(Finder *finder, const OnrXmlToken *tag, int name) {
  finder->item.begin = tag->begin;
  finder->name = name;
  finder->depth = 0;
  for (guint i = 0; finder->cut->items->len == 0 && finder->outside->len == 0 && i < finder->around->len;
       i++) {
    const OnrXmlToken *open = &g_array_index(finder->around, OnrXmlToken, i);
    g_string_append_len(finder->outside, open->begin, open->end - open->begin);
  }
  if (tag->kind == ONR_XML_EMPTY)
    end_item(finder, tag->end);
}

/* The innermost element around that TAG ends, as its place from 1; 0 where there is none. */
static guint find_around(const Finder *finder, const OnrXmlToken *tag) {
  for (guint i = finder->around->len; i > 0; i--) {
    const OnrXmlToken *open = &g_array_index(finder->around, OnrXmlToken, i - 1);
    if (open->name_length == tag->name_length && memcmp(open->name, tag->name, tag->name_length) == 0)
      return i;
  }
  return 0;
}

/* Inside an item: it ends with its end tag, and where that is missing with the next item or the end of what
 * is around. */
static void step_inside(Finder *finder, const OnrXmlToken *tag) {
  int name = find_name(finder, tag);
  if (tag->kind == ONR_XML_END) {
    if (name == finder->name && finder->depth > 0)
      finder->depth--;
    else if (name == finder->name)
      end_item(finder, tag->end);
    else if (!finder->how->nests && find_around(finder, tag) > 0)
      end_item(finder, tag->begin);
  } else if (name == finder->name && finder->how->nests) {
    finder->depth += tag->kind == ONR_XML_START;
  } else if (name == finder->name) {
    end_item(finder, tag->begin);
    begin_item(finder, tag, name);
  }
}

#define MAX_AROUND                                                                                           \
  32 /* elements around items: deeper ones, of a document that is no such thing, are not looked at */

static void step_outside(Finder *finder, const OnrXmlToken *tag) {
  int name = tag->kind == ONR_XML_END ? -1 : find_name(finder, tag);
  if (name >= 0)
    begin_item(finder, tag, name);
  else if (tag->kind == ONR_XML_START && finder->around->len < MAX_AROUND)
    g_array_append_val(finder->around, *tag);
  else if (tag->kind == ONR_XML_END && find_around(finder, tag) > 0)
    g_array_set_size(finder->around, find_around(finder, tag) - 1);
}

/* --- what is around --- */

static GBytes *make_head(const Cut *cut, GString *outside) {
  const char *text = cut->text.text;
  const Range *items = (const Range *)(gconstpointer)cut->items->data;
  gsize kept = cut->text.length, at = 0;
  for (guint i = 0; i < cut->items->len; i++)
    kept -= items[i].end - items[i].begin;
  gboolean is_long = kept > ONR_MAX_XML_HEAD_BYTES;
  Head head = {.hole = is_long ? outside->len : items[0].begin, .has_replaced = cut->text.n_replaced > 0};
  GString *out = g_string_sized_new(sizeof head + (is_long ? outside->len : kept) + 1);
  g_string_append_len(out, (const char *)&head, sizeof head);
  if (is_long)
    g_string_append_len(out, outside->str, (gssize)outside->len);
  for (guint i = 0; !is_long && i < cut->items->len; at = items[i++].end)
    g_string_append_len(out, text + at, (gssize)(items[i].begin - at));
  if (!is_long)
    g_string_append_len(out, text + at, (gssize)(cut->text.length - at));
  return g_string_free_to_bytes(out);
}

static void find_items(Cut *cut, const OnrXmlCutting *how) {
  Finder finder = {.how = how,
                   .cut = cut,
                   .around = g_array_new(FALSE, FALSE, sizeof(OnrXmlToken)),
                   .outside = g_string_new(NULL)};
  OnrXmlScan scan = {.at = cut->text.text, .end = cut->text.text + cut->text.length};
  OnrXmlToken token;
  while (onr_xml_next(&scan, &token)) {
    if (token.kind != ONR_XML_START && token.kind != ONR_XML_EMPTY && token.kind != ONR_XML_END)
      continue;
    if (finder.item.begin)
      step_inside(&finder, &token);
    else
      step_outside(&finder, &token);
  }
  cut->is_cut_short = finder.item.begin != NULL;
  if (cut->items->len > 0)
    cut->head = make_head(cut, finder.outside);
  g_array_unref(finder.around);
  g_string_free(finder.outside, TRUE);
}

/* --- the reader's functions --- */

static Cut *start(OnrStream *stream, const OnrXmlCutting *how, GError **error) {
  g_autoptr(GBytes) bytes = onr_stream_read_all(stream, error);
  if (!bytes)
    return NULL;
  gsize n_bytes;
  const char *raw = g_bytes_get_data(bytes, &n_bytes);
  g_autofree char *charset = n_bytes > 0 ? onr_xml_declared_charset(raw, n_bytes) : NULL;
  g_auto(OnrDecoded) text = {0};
  if (!onr_decode(raw ? raw : "", n_bytes, charset, &text, error))
    return NULL;
  onr_xml_blank_doctype(text.text, text.length);
  Cut *cut = g_new0(Cut, 1);
  cut->text = text;
  text = (OnrDecoded){0};
  cut->items = g_array_new(FALSE, FALSE, sizeof(Range));
  find_items(cut, how);
  return cut;
}

gboolean onr_xml_cut_split(OnrStream *stream, OnrSplit *split, const OnrXmlCutting *how, OnrRawItem *out,
                           GError **error) {
  if (!split->state) {
    split->state = start(stream, how, error);
    split->free_state = split->state ? free_cut : NULL;
  }
  Cut *cut = split->state;
  if (!cut)
    return FALSE;
  if (split->n_items < cut->items->len) {
    const Range *range = &g_array_index(cut->items, Range, split->n_items++);
    out->bytes = g_bytes_new(cut->text.text + range->begin, range->end - range->begin);
    out->shared = g_bytes_ref(cut->head);
    out->member = g_strdup_printf("%" G_GUINT64_FORMAT, split->n_items);
    return TRUE;
  }
  if (cut->is_cut_short)
    g_set_error(error, ONR_ERROR, ONR_ERROR_FORMAT, "the file ends inside item %" G_GUINT64_FORMAT,
                split->n_items + 1);
  else if (split->n_items == 0)
    g_set_error(error, ONR_ERROR, ONR_ERROR_FORMAT, "%s", how->none);
  return FALSE;
}

static guint count_lines(const char *text, gsize length) {
  guint n = 0;
  const char *end = text + length;
  for (const char *p = text; (p = memchr(p, '\n', (gsize)(end - p))); p++)
    n++;
  return n;
}

static guint32 count_replaced(const char *text, gsize length) {
  guint32 n = 0;
  const char *end = text + length;
  for (const char *p = text; (p = g_strstr_len(p, end - p, "\xef\xbf\xbd")); p += 3)
    n++;
  return n;
}

xmlDoc *onr_xml_open_item(const OnrRawItem *item, guint32 *n_replaced, GError **error) {
  gsize n_bytes, n_shared;
  const char *bytes = g_bytes_get_data(item->bytes, &n_bytes);
  if (!item->shared) {
    g_autofree char *charset = n_bytes > 0 ? onr_xml_declared_charset(bytes, n_bytes) : NULL;
    g_auto(OnrDecoded) decoded = {0};
    if (!onr_whole_decode(item, charset ? charset : item->charset, ONR_MAX_ITEM_BYTES, &decoded, error))
      return NULL;
    *n_replaced += decoded.n_replaced;
    return onr_xml_parse(decoded.text, decoded.length, 0, n_replaced, error);
  }
  const char *shared = g_bytes_get_data(item->shared, &n_shared);
  Head head;
  memcpy(&head, shared, sizeof head);
  shared += sizeof head;
  n_shared -= sizeof head;
  g_autoptr(GString) text = g_string_sized_new(n_shared + n_bytes + 1);
  g_string_append_len(text, shared, (gssize)head.hole);
  g_string_append_len(text, bytes, (gssize)n_bytes);
  g_string_append_len(text, shared + head.hole, (gssize)(n_shared - head.hole));
  if (head.has_replaced)
    *n_replaced += count_replaced(bytes, n_bytes);
  return onr_xml_parse(text->str, text->len, count_lines(shared, head.hole), n_replaced, error);
}
