/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/xapian/item.h"

#include <string.h>

/* id path member · title byline dateline published · day · publisher section language url · attribution known
   · text · entities · mentions · quotes */
#define SPANS "a(uu)"
#define QUOTE "(uyyyyyaums" SPANS SPANS SPANS ")"
#define ITEM "(sssmsmsmsmsimsmsmsmsbaya(ssyms)a(uuu)a" QUOTE ")"

/* --- packing --- */

/* A GVariant holds no string that is not UTF-8. Readers let none through; one that came another way has its
   bytes replaced in the data, and stays what it is in terms and record. */
static void add_string(GVariantBuilder *b, const char *type, const char *text) {
  if (!text || g_utf8_validate(text, -1, NULL)) {
    g_variant_builder_add(b, type, text);
    return;
  }
  g_autofree char *valid = g_utf8_make_valid(text, -1);
  g_variant_builder_add(b, type, valid);
}

static void add_required(GVariantBuilder *b, const char *text) {
  add_string(b, "s", text ? text : "");
}

static void add_maybe(GVariantBuilder *b, const char *text) {
  add_string(b, "ms", text);
}

static void add_spans(GVariantBuilder *b, const GArray *spans) {
  g_variant_builder_add_value(
      b, g_variant_new_fixed_array(G_VARIANT_TYPE("(uu)"), spans->data, spans->len, sizeof(OnrSpan)));
}

static void add_quote(GVariantBuilder *b, const OnrQuoteRow *quote) {
  g_variant_builder_open(b, G_VARIANT_TYPE(QUOTE));
  g_variant_builder_add(b, "u", quote->number);
  g_variant_builder_add(b, "y", quote->kind);
  g_variant_builder_add(b, "y", quote->act);
  g_variant_builder_add(b, "y", quote->speaker_type);
  g_variant_builder_add(b, "y", quote->confidence);
  g_variant_builder_add(b, "y", quote->speaker_confidence);
  g_variant_builder_add_value(b, g_variant_new_fixed_array(G_VARIANT_TYPE_UINT32, quote->speakers->data,
                                                           quote->speakers->len, sizeof(guint32)));
  add_maybe(b, quote->role);
  add_spans(b, quote->source);
  add_spans(b, quote->cue);
  add_spans(b, quote->content);
  g_variant_builder_close(b);
}

static void add_header(GVariantBuilder *b, const OnrArticle *article) {
  add_required(b, article->id);
  add_required(b, article->path);
  add_required(b, article->member);
  add_maybe(b, article->title);
  add_maybe(b, article->byline);
  add_maybe(b, article->dateline);
  add_maybe(b, article->published);
  g_variant_builder_add(b, "i", article->day);
  add_maybe(b, article->publisher);
  add_maybe(b, article->section);
  add_maybe(b, article->language);
  add_maybe(b, article->url);
  g_variant_builder_add(b, "b", article->has_attribution);
}

static void add_text(GVariantBuilder *b, const char *text, gsize length) {
  g_variant_builder_add_value(b, g_variant_new_fixed_array(G_VARIANT_TYPE_BYTE, text, length, 1));
}

static void add_entity(GVariantBuilder *b, const OnrEntityRow *entity) {
  g_variant_builder_open(b, G_VARIANT_TYPE("(ssyms)"));
  add_required(b, entity->id);
  add_required(b, entity->name);
  g_variant_builder_add(b, "y", (guchar)entity->type);
  add_maybe(b, entity->role);
  g_variant_builder_close(b);
}

static void end_item(GVariantBuilder *b, GByteArray *out) {
  g_autoptr(GVariant) item = g_variant_ref_sink(g_variant_builder_end(b));
  if (G_BYTE_ORDER == G_BIG_ENDIAN) {
    GVariant *swapped = g_variant_byteswap(item);
    g_variant_unref(item);
    item = swapped;
  }
  g_byte_array_set_size(out, (guint)g_variant_get_size(item));
  g_variant_store(item, out->data);
}

void onr_item_pack(const OnrArticle *article, GByteArray *out) {
  GVariantBuilder b;
  g_variant_builder_init(&b, G_VARIANT_TYPE(ITEM));
  add_header(&b, article);
  add_text(&b, article->text, article->text_length);
  g_variant_builder_open(&b, G_VARIANT_TYPE("a(ssyms)"));
  for (guint i = 0; i < article->entities->len; i++)
    add_entity(&b, &g_array_index(article->entities, OnrEntityRow, i));
  g_variant_builder_close(&b);
  g_variant_builder_add_value(&b, g_variant_new_fixed_array(G_VARIANT_TYPE("(uuu)"), article->mentions->data,
                                                            article->mentions->len, sizeof(OnrMentionRow)));
  g_variant_builder_open(&b, G_VARIANT_TYPE("a" QUOTE));
  for (guint i = 0; i < article->quotes->len; i++)
    add_quote(&b, &g_array_index(article->quotes, OnrQuoteRow, i));
  g_variant_builder_close(&b);
  end_item(&b, out);
}

/* --- unpacking --- */

static const char *keep(OnrArticle *out, const char *text) {
  return text ? g_string_chunk_insert(out->strings, text) : NULL;
}

static void read_header(GVariant *item, OnrArticle *out) {
  const char *id, *path, *member, *title, *byline, *dateline, *published, *publisher, *section, *language,
      *url;
  g_variant_get_child(item, 0, "&s", &id);
  g_variant_get_child(item, 1, "&s", &path);
  g_variant_get_child(item, 2, "&s", &member);
  const char **texts[] = {&title, &byline, &dateline, &published};
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
    g_variant_get_child(item, 3 + i, "m&s", texts[i]);
  g_variant_get_child(item, 7, "i", &out->day);
  const char **more[] = {&publisher, &section, &language, &url};
  for (guint i = 0; i < G_N_ELEMENTS(more); i++)
    g_variant_get_child(item, 8 + i, "m&s", more[i]);
  g_variant_get_child(item, 12, "b", &out->has_attribution);
  out->id = keep(out, id);
  out->path = keep(out, path);
  out->member = keep(out, member);
  out->title = keep(out, title);
  out->byline = keep(out, byline);
  out->dateline = keep(out, dateline);
  out->published = keep(out, published);
  out->publisher = keep(out, publisher);
  out->section = keep(out, section);
  out->language = keep(out, language);
  out->url = keep(out, url);
}

/* As the record has them: UTF-8 without a NUL, of a size that code points can be counted in. */
static gboolean read_text(GVariant *item, OnrArticle *out) {
  g_autoptr(GVariant) bytes = g_variant_get_child_value(item, 13);
  gsize length;
  const char *text = g_variant_get_fixed_array(bytes, &length, 1);
  if (length > G_MAXINT32 || (length && !g_utf8_validate_len(text, length, NULL)))
    return FALSE;
  out->text = g_string_chunk_insert_len(out->strings, text ? text : "", (gssize)length);
  out->text_length = length;
  return TRUE;
}

static gboolean is_in_text(const OnrArticle *article, OnrSpan span) {
  const OnrOffsets *offsets = onr_article_offsets(article);
  return span.begin <= span.end && span.end <= onr_offsets_to_points(offsets, (guint32)offsets->length);
}

static gboolean are_in_text(const OnrArticle *article, const GArray *spans) {
  for (guint i = 0; i < spans->len; i++)
    if (!is_in_text(article, g_array_index(spans, OnrSpan, i)))
      return FALSE;
  return TRUE;
}

static gboolean read_entities(GVariant *item, OnrArticle *out) {
  g_autoptr(GVariant) list = g_variant_get_child_value(item, 14);
  GVariantIter iter;
  const char *id, *name, *role;
  guchar type;
  g_variant_iter_init(&iter, list);
  while (g_variant_iter_next(&iter, "(&s&sym&s)", &id, &name, &type, &role)) {
    OnrEntityRow row = {
        .id = keep(out, id), .name = keep(out, name), .type = (OnrEntityType)type, .role = keep(out, role)};
    if (type >= ONR_N_ENTITY_TYPES)
      return FALSE;
    g_array_append_val(out->entities, row);
  }
  return TRUE;
}

/* Appends the members of child CHILD, each of SIZE bytes, to OUT. */
static void read_array(GVariant *parent, gsize child, gsize size, GArray *out) {
  g_autoptr(GVariant) list = g_variant_get_child_value(parent, child);
  gsize n;
  gconstpointer data = g_variant_get_fixed_array(list, &n, size);
  g_array_append_vals(out, data, (guint)n);
}

static gboolean read_mentions(GVariant *item, OnrArticle *out) {
  read_array(item, 15, sizeof(OnrMentionRow), out->mentions);
  for (guint i = 0; i < out->mentions->len; i++) {
    const OnrMentionRow *mention = &g_array_index(out->mentions, OnrMentionRow, i);
    if (mention->entity >= out->entities->len || !is_in_text(out, mention->span))
      return FALSE;
  }
  return TRUE;
}

static gboolean are_entities(const OnrArticle *article, const GArray *indices) {
  for (guint i = 0; i < indices->len; i++)
    if (g_array_index(indices, guint32, i) >= article->entities->len)
      return FALSE;
  return TRUE;
}

static gboolean read_quote(GVariant *from, OnrArticle *out) {
  OnrQuoteRow *quote = onr_article_add_quote(out);
  guchar kind, act, type;
  const char *role;
  g_variant_get_child(from, 0, "u", &quote->number);
  g_variant_get_child(from, 1, "y", &kind);
  g_variant_get_child(from, 2, "y", &act);
  g_variant_get_child(from, 3, "y", &type);
  g_variant_get_child(from, 4, "y", &quote->confidence);
  g_variant_get_child(from, 5, "y", &quote->speaker_confidence);
  read_array(from, 6, sizeof(guint32), quote->speakers);
  g_variant_get_child(from, 7, "m&s", &role);
  quote->kind = (OnrQuoteKind)kind;
  quote->act = (OnrAct)act;
  quote->speaker_type = (OnrSpeakerType)type;
  quote->role = keep(out, role);
  read_array(from, 8, sizeof(OnrSpan), quote->source);
  read_array(from, 9, sizeof(OnrSpan), quote->cue);
  read_array(from, 10, sizeof(OnrSpan), quote->content);
  return kind < ONR_N_QUOTE_KINDS && act < ONR_N_ACTS && type < ONR_N_SPEAKER_TYPES &&
         quote->confidence <= 100 && quote->speaker_confidence <= 100 && quote->content->len &&
         are_in_text(out, quote->source) && are_in_text(out, quote->cue) &&
         are_in_text(out, quote->content) && are_entities(out, quote->speakers);
}

static gboolean read_quotes(GVariant *item, OnrArticle *out) {
  g_autoptr(GVariant) list = g_variant_get_child_value(item, 16);
  for (gsize i = 0; i < g_variant_n_children(list); i++) {
    g_autoptr(GVariant) quote = g_variant_get_child_value(list, i);
    if (!read_quote(quote, out))
      return FALSE;
  }
  return TRUE;
}

/* In the machine's own byte order; NULL where DATA is not in normal form. */
static GVariant *parse(const void *data, gsize length) {
  g_autoptr(GBytes) bytes = g_bytes_new(data, length); /* which is aligned, as DATA need not be */
  g_autoptr(GVariant) item = g_variant_ref_sink(g_variant_new_from_bytes(G_VARIANT_TYPE(ITEM), bytes, FALSE));
  if (!g_variant_is_normal_form(item))
    return NULL;
  return G_BYTE_ORDER == G_BIG_ENDIAN ? g_variant_byteswap(item) : g_steal_pointer(&item);
}

gboolean onr_item_unpack(const void *data, gsize length, OnrArticle *out, GError **error) {
  g_autoptr(GVariant) item = parse(data, length);
  onr_article_reset(out);
  if (item) {
    read_header(item, out);
    if (read_text(item, out) && read_entities(item, out) && read_mentions(item, out) &&
        read_quotes(item, out))
      return TRUE;
  }
  g_set_error_literal(error, ONR_ERROR, ONR_ERROR_CORRUPT,
                      "index: a document's data is not what Onrecord writes: run `onrecord reindex`");
  return FALSE;
}
