/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/quotes.h"

#include "annotate/annotate.h"

#include <string.h>

void onr_quotes_find(OnrAttributions *a) {
  const OnrDocument *doc = a->reading->doc;
  for (guint32 p = 0; p < doc->n_paragraphs && a->items->len < ONR_ANNOTATE_MAX_QUOTES; p++) {
    onr_find_direct(a, p);
    onr_find_indirect(a, p);
    onr_find_follow_on(a, p);
  }
}

static gint by_attribution_then_place(gconstpointer x, gconstpointer y) {
  const OnrPiece *a = x, *b = y;
  if (a->attribution != b->attribution)
    return a->attribution < b->attribution ? -1 : 1;
  return a->tokens.begin < b->tokens.begin ? -1 : a->tokens.begin > b->tokens.begin;
}

typedef struct {
  guint32 begin; /* first token of content */
  guint32 attribution;
  guint32 first_piece, n_pieces;
} Entry;

static gint by_begin(gconstpointer x, gconstpointer y) {
  const Entry *a = x, *b = y;
  if (a->begin != b->begin)
    return a->begin < b->begin ? -1 : 1;
  return a->attribution < b->attribution ? -1 : a->attribution > b->attribution;
}

static OnrSpan bytes_of(const OnrReading *r, OnrSpan tokens) {
  return (OnrSpan){onr_reading_token(r, tokens.begin)->begin, onr_reading_token(r, tokens.end - 1)->end};
}

static OnrSpanList write_span(OnrAnnotation *out, const OnrReading *r, OnrSpan tokens) {
  OnrSpanList list = {out->spans->len, 0};
  if (tokens.begin < tokens.end) {
    OnrSpan bytes = bytes_of(r, tokens);
    g_array_append_val(out->spans, bytes);
    list.n = 1;
  }
  return list;
}

typedef struct {
  gboolean has_marks, has_bare;
} Marks;

static void look_at_marks(const OnrReading *r, OnrSpan tokens, Marks *marks) {
  for (guint32 i = tokens.begin; i < tokens.end; i++) {
    const OnrWord *w = &r->words[i];
    if (w->quoted)
      marks->has_marks = TRUE;
    else if (onr_reading_token(r, i)->kind != ONR_TOKEN_MARK)
      marks->has_bare = TRUE;
  }
}

static OnrQuoteKind kind_of(Marks marks) {
  if (!marks.has_marks)
    return ONR_QUOTE_INDIRECT;
  return marks.has_bare ? ONR_QUOTE_MIXED : ONR_QUOTE_DIRECT;
}

static void write_quote(const OnrAttributions *a, const Entry *entry, OnrAnnotation *out) {
  const OnrReading *r = a->reading;
  const OnrAttribution *item = onr_attributions_get(a, entry->attribution);
  OnrQuote quote = {.act = item->act,
                    .source = write_span(out, r, item->source),
                    .cue = write_span(out, r, item->cue),
                    .confidence = item->confidence};
  quote.content.first = out->spans->len;
  Marks marks = {FALSE, FALSE};
  guint32 last_end = 0;
  for (guint32 k = entry->first_piece; k < entry->first_piece + entry->n_pieces; k++) {
    OnrSpan tokens = g_array_index(a->pieces, OnrPiece, k).tokens;
    look_at_marks(r, tokens, &marks);
    OnrSpan bytes = bytes_of(r, tokens);
    if (quote.content.n && tokens.begin == last_end && r->words[tokens.begin].tag != ONR_TAG_QUOTE) {
      g_array_index(out->spans, OnrSpan, out->spans->len - 1).end = bytes.end; /* neighbours are one span */
    } else {
      g_array_append_val(out->spans, bytes);
      quote.content.n++;
    }
    last_end = tokens.end;
  }
  quote.kind = kind_of(marks);
  g_array_append_val(out->quotes, quote);
}

void onr_quotes_write(OnrAttributions *a, OnrAnnotation *out, GArray *order) {
  g_array_set_size(order, 0);
  if (!a->pieces->len)
    return;
  qsort(a->pieces->data, a->pieces->len, sizeof(OnrPiece), by_attribution_then_place);
  g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(Entry));
  for (guint32 k = 0; k < a->pieces->len; k++) {
    const OnrPiece *piece = &g_array_index(a->pieces, OnrPiece, k);
    Entry *last = entries->len ? &g_array_index(entries, Entry, entries->len - 1) : NULL;
    if (last && last->attribution == piece->attribution) {
      last->n_pieces++;
      continue;
    }
    Entry entry = {piece->tokens.begin, piece->attribution, k, 1};
    g_array_append_val(entries, entry);
  }
  qsort(entries->data, entries->len, sizeof(Entry), by_begin);
  for (guint k = 0; k < entries->len && k < ONR_ANNOTATE_MAX_QUOTES; k++) {
    const Entry *entry = &g_array_index(entries, Entry, k);
    write_quote(a, entry, out);
    g_array_append_val(order, entry->attribution);
  }
}
