/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/worker.h"

#include "annotate/annotate.h"
#include "archive/article_sketch.h"
#include "identity/block.h"
#include "identity/region.h"
#include "identity/resolve.h"
#include "identity/signature.h"
#include "indexer/language.h"
#include "indexer/news/notes.h"
#include "text/name.h"

#include <string.h>

/* Scratch that a text of more bytes has grown is given back after it. */
#define LARGE_TEXT_BYTES (1u << 20)

struct OnrWorker {
  char *language;
  gboolean keeps_own_ids;
  const OnrCorrections *corrections;
  OnrAnnotator *annotator; /* NULL: items are parsed only */
  OnrDocument *doc;
  OnrAnnotation *annotation;
  GArray *rows; /* guint32: by entity found, its row in the article */
  OnrIdentityModel *identities;
  OnrSignatureMaker *signatures; /* NULL: none, as postings */
  GArray *spans;                 /* of OnrSpan */
  OnrRegionText regions;         /* of the article at hand */
  OnrTermMaker *maker;           /* NULL: no postings */
};

OnrWorker *onr_worker_new(const OnrWorkerOptions *options, GError **error) {
  g_autoptr(OnrWorker) worker = g_new0(OnrWorker, 1);
  worker->language = g_strdup(options->language);
  worker->keeps_own_ids = options->keeps_own_ids;
  worker->corrections = options->corrections;
  worker->doc = onr_document_new();
  worker->annotation = onr_annotation_new();
  worker->rows = g_array_new(FALSE, FALSE, sizeof(guint32));
  worker->spans = g_array_new(FALSE, FALSE, sizeof(OnrSpan));
  if (options->is_parsing_only)
    return g_steal_pointer(&worker);
  worker->annotator = onr_annotator_new(error);
  if (!worker->annotator ||
      (options->language && (!(worker->maker = onr_term_maker_new(options->language, error)) ||
                             !(worker->identities = onr_identity_model_open(NULL, error)))))
    return NULL;
  if (worker->identities)
    worker->signatures = onr_signature_maker_new(worker->identities);
  return g_steal_pointer(&worker);
}

void onr_worker_free(OnrWorker *worker) {
  if (!worker)
    return;
  onr_document_free(worker->doc);
  onr_annotation_free(worker->annotation);
  g_array_unref(worker->rows);
  g_array_unref(worker->spans);
  onr_region_text_clear(&worker->regions);
  onr_signature_maker_free(worker->signatures);
  onr_identity_model_close(worker->identities);
  g_clear_pointer(&worker->annotator, onr_annotator_free);
  g_clear_pointer(&worker->maker, onr_term_maker_free);
  g_free(worker->language);
  g_free(worker);
}

/* --- annotation to rows: bytes become code points --- */

static const char *keep(OnrArticle *article, const char *string) {
  return string ? g_string_chunk_insert(article->strings, string) : NULL;
}

/* Entities whose names come to one id, Al-Qaeda and Al Qaeda, are one row. ROWS gets, by entity found, its
 * row. */
static void add_entities(OnrArticle *article, const OnrAnnotation *found, GArray *rows) {
  g_autoptr(GHashTable) by_id = g_hash_table_new(g_str_hash, g_str_equal);
  g_array_set_size(rows, found->entities->len);
  for (guint i = 0; i < found->entities->len; i++) {
    const OnrEntity *entity = &g_array_index(found->entities, OnrEntity, i);
    g_autofree char *id = onr_name_id(onr_entity_type_name(entity->type), entity->name);
    gpointer known;
    if (g_hash_table_lookup_extended(by_id, id, NULL, &known)) {
      g_array_index(rows, guint32, i) = GPOINTER_TO_UINT(known);
      OnrEntityRow *row = &g_array_index(article->entities, OnrEntityRow, GPOINTER_TO_UINT(known));
      row->role = row->role ? row->role : keep(article, entity->role);
      continue;
    }
    OnrEntityRow row = {.id = keep(article, id),
                        .name = keep(article, entity->name),
                        .type = entity->type,
                        .role = keep(article, entity->role)};
    g_array_index(rows, guint32, i) = article->entities->len;
    g_hash_table_insert(by_id, (gpointer)row.id, GUINT_TO_POINTER(article->entities->len));
    g_array_append_val(article->entities, row);
  }
}

static void add_speakers(OnrQuoteRow *row, const OnrAnnotation *found, const OnrQuote *quote,
                         const GArray *rows) {
  for (guint32 i = 0; i < quote->speakers.n; i++) {
    guint32 speaker = g_array_index(rows, guint32, onr_annotation_speakers(found, quote)[i]);
    gboolean is_new = TRUE;
    for (guint k = 0; k < row->speakers->len; k++)
      is_new = is_new && g_array_index(row->speakers, guint32, k) != speaker;
    if (is_new)
      g_array_append_val(row->speakers, speaker);
  }
}

static void add_mentions(OnrArticle *article, const OnrAnnotation *found, const OnrOffsets *offsets,
                         const GArray *rows) {
  for (guint i = 0; i < found->mentions->len; i++) {
    const OnrMention *mention = &g_array_index(found->mentions, OnrMention, i);
    OnrMentionRow row = {.span = onr_offsets_span_to_points(offsets, mention->span),
                         .entity = g_array_index(rows, guint32, mention->entity)};
    g_array_append_val(article->mentions, row);
  }
}

static void add_spans(GArray *out, const OnrAnnotation *found, OnrSpanList list, const OnrOffsets *offsets) {
  const OnrSpan *spans = onr_annotation_spans(found, list);
  for (guint32 i = 0; i < list.n; i++) {
    OnrSpan points = onr_offsets_span_to_points(offsets, spans[i]);
    g_array_append_val(out, points);
  }
}

static void add_quotes(OnrArticle *article, const OnrAnnotation *found, const OnrOffsets *offsets,
                       const GArray *rows) {
  for (guint i = 0; i < found->quotes->len; i++) {
    const OnrQuote *quote = &g_array_index(found->quotes, OnrQuote, i);
    OnrQuoteRow *row = onr_article_add_quote(article);
    row->kind = quote->kind;
    row->act = quote->act;
    row->speaker_type = quote->speaker_type;
    row->confidence = quote->confidence;
    row->speaker_confidence = quote->speaker_confidence;
    add_speakers(row, found, quote, rows);
    row->role = keep(article, quote->role);
    add_spans(row->source, found, quote->source, offsets);
    add_spans(row->cue, found, quote->cue, offsets);
    add_spans(row->content, found, quote->content, offsets);
  }
}

/* --- what stands around names --- */

static const guint8 *keep_bytes(OnrArticle *article, const guint8 *bytes, gsize n) {
  return (const guint8 *)g_string_chunk_insert_len(article->strings, (const char *)bytes, (gssize)n);
}

static const char *region_of_body(OnrWorker *worker, const char *id, OnrSharing sharing, const OnrSpan *spans,
                                  guint n) {
  gboolean is_usual = sharing == ONR_SHARED_USUAL;
  const char *region = onr_region_of_body(&worker->regions, id, spans, n, is_usual);
  return region || !sharing ? region : onr_region_of_text(&worker->regions, id, is_usual);
}

/* The region of a town, or of a body that many have, as one word of its signature's role; NULL where it
   cannot be told. The caller frees it. */
static char *region_of(OnrWorker *worker, const OnrEntityRow *entity, const OnrSpan *spans, guint n) {
  OnrSharing sharing = onr_identity_sharing(entity->id);
  const char *region = NULL;
  if (sharing == ONR_SHARED_TOWN)
    region = onr_region_of(&worker->regions, entity->id, spans, n);
  else if (sharing || entity->type == ONR_ENTITY_ORG)
    region = region_of_body(worker, entity->id, sharing, spans, n);
  return region ? g_strdelimit(g_strdup(region), "-", '_') : NULL;
}

static void sign_entity(OnrWorker *worker, OnrArticle *article, guint row, guint32 lot) {
  OnrEntityRow *entity = &g_array_index(article->entities, OnrEntityRow, row);
  guint8 bytes[ONR_SIGNATURE_NAME_MAX];
  if (!onr_identities_need_signature(worker->identities, entity->id))
    return;
  g_array_set_size(worker->spans, 0);
  for (guint i = 0; i < worker->annotation->mentions->len; i++) {
    const OnrMention *mention = &g_array_index(worker->annotation->mentions, OnrMention, i);
    if (g_array_index(worker->rows, guint32, mention->entity) == row)
      g_array_append_val(worker->spans, mention->span);
  }
  const OnrSpan *spans = (const OnrSpan *)(gconstpointer)worker->spans->data;
  g_autofree char *region = region_of(worker, entity, spans, worker->spans->len);
  entity->n_signature = onr_signature_name(worker->signatures, spans, worker->spans->len,
                                           region ? region : entity->role, lot, bytes);
  entity->signature = keep_bytes(article, bytes, entity->n_signature);
}

static void sign(OnrWorker *worker, OnrArticle *article) {
  g_autoptr(GPtrArray) ids = g_ptr_array_new();
  guint8 bytes[ONR_SIGNATURE_ARTICLE_MAX];
  guint32 lot = onr_signature_lot(article->id);
  onr_signature_read(worker->signatures, worker->doc);
  onr_region_text_set(&worker->regions, worker->doc->text, worker->doc->length);
  for (guint i = 0; i < article->entities->len; i++) {
    sign_entity(worker, article, i, lot);
    g_ptr_array_add(ids, (gpointer)g_array_index(article->entities, OnrEntityRow, i).id);
  }
  article->n_topic = onr_signature_article(worker->signatures, (const char *const *)ids->pdata, ids->len,
                                           article->day, bytes);
  article->topic = keep_bytes(article, bytes, article->n_topic);
}

/* --- one item --- */

static gboolean is_blank(const char *text, gsize length) {
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace(text[i]))
      return FALSE;
  return TRUE;
}

/* What takes another back needs to say no more than which. */
static gboolean check_article(const OnrArticle *article, GError **error) {
  if (article->text_length > ONR_MAX_TEXT_BYTES) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT,
                "a text of %" G_GSIZE_FORMAT " bytes is over the limit of %u for one article",
                article->text_length, ONR_MAX_TEXT_BYTES);
    return FALSE;
  }
  if (!article->title && is_blank(article->text, article->text_length) && !onr_article_is_kill(article)) {
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_FORMAT, "no title and no text");
    return FALSE;
  }
  gboolean has_id = (article->id && *article->id) || article->url;
  if (!has_id && onr_article_is_kill(article)) {
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_FORMAT, "a kill that does not say of which article");
    return FALSE;
  }
  return TRUE;
}

/* An item's own id, else its address, else a hash of what it says. */
static void decide_id(const OnrWorker *worker, OnrArticle *article) {
  if ((article->id && *article->id) || worker->keeps_own_ids)
    return;
  article->id = article->url ? article->url : onr_article_hash_id(article);
}

/* What a container knows of an item and the item does not say itself. An address is that of the one article
   of a page, not of each of many. */
static void take_surroundings(const OnrRawItem *item, OnrArticle *article) {
  if (item->url && !article->url && !*item->member)
    article->url = keep(article, item->url);
  if (item->captured)
    onr_article_add_note(article, ONR_NOTE_CAPTURED, item->captured);
}

static gboolean parse(const OnrWorker *worker, const OnrReader *reader, const char *name,
                      const OnrRawItem *item, OnrWorkResult *result, GError **error) {
  OnrArticle *article = result->article;
  const char *path = item->within && *item->within ? item->within : name;
  if (!reader->parse(item, path, article, &result->n_replaced, error) || !check_article(article, error))
    return FALSE;
  g_autofree char *place = onr_raw_item_place(item);
  take_surroundings(item, article);
  article->path = keep(article, name);
  article->member = keep(article, place);
  decide_id(worker, article);
  return TRUE;
}

/* A text of a megabyte and more leaves nothing behind. */
static void shrink(OnrWorker *worker) {
  if (worker->doc->length <= LARGE_TEXT_BYTES)
    return;
  onr_document_free(worker->doc);
  worker->doc = onr_document_new();
  onr_annotation_free(worker->annotation);
  worker->annotation = onr_annotation_new();
}

/* Arrays double, so up to half of what they hold is spare. */
#define SPARE_ROOM 2
#define QUOTE_BYTES 512 /* of a quote's row with its three arrays of spans */

static void note_memory(OnrWorkResult *result) {
  const OnrArticle *article = result->article;
  gsize used = 2 * article->text_length + article->quotes->len * QUOTE_BYTES +
               SPARE_ROOM * onr_article_postings_memory(result->postings);
  result->held_bytes = MAX(result->held_bytes, used);
}

void onr_worker_annotate(OnrWorker *worker, OnrWorkResult *result) {
  OnrArticle *article = result->article;
  onr_article_clear_annotation(article);
  result->n_lost = 0;
  onr_document_set_text(worker->doc, article->text, article->text_length);
  article->has_attribution = article->language ? onr_annotate_knows_language(article->language)
                                               : onr_language_is_english(worker->doc);
  if (article->has_attribution) {
    OnrArticleHeader header = {
        .title = article->title, .byline = article->byline, .language = article->language};
    onr_annotate(worker->annotator, worker->doc, &header, worker->annotation);
    const OnrOffsets *offsets = onr_article_offsets(article);
    add_entities(article, worker->annotation, worker->rows);
    add_mentions(article, worker->annotation, offsets, worker->rows);
    add_quotes(article, worker->annotation, offsets, worker->rows);
    if (worker->corrections)
      result->n_lost = onr_corrections_apply(worker->corrections, article, NULL);
    if (worker->signatures)
      sign(worker, article);
  }
  if (worker->maker) {
    onr_article_postings_make(result->postings, worker->maker, article, worker->doc);
    onr_article_make_sketches(article, result->postings);
  }
  note_memory(result);
  shrink(worker);
}

void onr_worker_read(OnrWorker *worker, const OnrReader *reader, const char *name, OnrRawItem *item,
                     OnrWorkResult *result) {
  onr_work_result_reset(result);
  if (item->error)
    result->error = g_steal_pointer(&item->error);
  else if (!parse(worker, reader, name, item, result, &result->error))
    g_assert(result->error);
  g_clear_pointer(&item->bytes, g_bytes_unref);
  char *place = onr_raw_item_place(item);
  g_free(item->member);
  item->member = place;
  g_clear_pointer(&item->within, g_free);
  if (!result->error && worker->annotator)
    onr_worker_annotate(worker, result);
  else if (!result->error)
    note_memory(result);
}

void onr_work_result_reset(OnrWorkResult *result) {
  g_clear_error(&result->error);
  result->n_replaced = result->n_lost = 0;
  if (!result->article)
    result->article = onr_article_new();
  if (!result->postings)
    result->postings = onr_article_postings_new();
  onr_article_reset(result->article);
}

void onr_work_result_clear(OnrWorkResult *result) {
  g_clear_error(&result->error);
  g_clear_pointer(&result->article, onr_article_free);
  g_clear_pointer(&result->postings, onr_article_postings_free);
  result->held_bytes = 0;
}
