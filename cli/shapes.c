/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/shapes_private.h"

#include "text/date.h"
#include "text/offsets.h"
#include "text/utf8.h"
#include <math.h>
#include <string.h>

#define CONFIDENCE_DECIMALS 2

char *onr_day_text(gint32 day) {
  if (day == ONR_NO_DAY)
    return NULL;
  int year, month, mday;
  onr_date_from_days(day, &year, &month, &mday);
  return g_strdup_printf("%04d-%02d-%02d", year, month, mday);
}

void onr_shape_day(OnrEmitter *e, const char *name, gint32 day) {
  g_autofree char *text = onr_day_text(day);
  onr_emit_text(e, name, text);
}

/* Byte spans of TEXT as code points. */
static void emit_matches(OnrEmitter *e, const char *name, const char *text, const GArray *matches) {
  g_auto(OnrOffsets) offsets = {0};
  onr_offsets_set_text(&offsets, text, strlen(text));
  g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(OnrSpan));
  for (guint i = 0; matches && i < matches->len; i++) {
    OnrSpan span = onr_offsets_span_to_points(&offsets, g_array_index(matches, OnrSpan, i));
    g_array_append_val(points, span);
  }
  onr_emit_spans(e, name, points);
}

/* --- quotes --- */

/* The members that `annotate`, `quotes`, `show` and `export` share. */
static void emit_attribution(OnrEmitter *e, const OnrArticle *article, const OnrQuoteRow *quote) {
  g_autofree char *speakers = onr_article_speaker_names(article, quote);
  onr_emit_text(e, "kind", onr_quote_kind_name(quote->kind));
  onr_emit_text(e, "act", onr_act_name(quote->act));
  onr_emit_spans(e, "source", quote->source);
  onr_emit_spans(e, "cue", quote->cue);
  onr_emit_spans(e, "content", quote->content);
  onr_emit_text(e, "speaker", speakers);
  onr_emit_text(e, "speaker_type", onr_speaker_type_name(quote->speaker_type));
  onr_emit_text(e, "role", quote->role);
  onr_emit_real(e, "confidence", quote->confidence / 100.0, CONFIDENCE_DECIMALS);
}

/* WITH_IDS where an archive knows them. */
static void emit_speaker_list(OnrEmitter *e, const OnrArticle *article, const OnrQuoteRow *quote,
                              gboolean with_ids) {
  onr_emit_begin_list(e, "speakers");
  for (guint i = 0; i < quote->speakers->len; i++) {
    const OnrEntityRow *speaker = onr_article_speaker(article, quote, i);
    onr_emit_begin(e, NULL);
    onr_emit_text(e, "name", onr_entity_shown_name(speaker));
    if (with_ids)
      onr_emit_text(e, "id", onr_entity_shown_id(speaker));
    onr_emit_end(e);
  }
  onr_emit_end_list(e);
  onr_emit_real(e, "speaker_confidence", quote->speaker_confidence / 100.0, CONFIDENCE_DECIMALS);
}

static void emit_speakers(OnrEmitter *e, const OnrArticle *article, const OnrQuoteRow *quote) {
  onr_emit_text(e, "speaker_id",
                quote->speakers->len ? onr_entity_shown_id(onr_article_speaker(article, quote, 0)) : NULL);
  emit_speaker_list(e, article, quote, TRUE);
}

static void emit_article_of_quote(OnrEmitter *e, const OnrArticle *article) {
  onr_emit_begin(e, "article");
  onr_emit_text(e, "id", article->id);
  onr_emit_text(e, "title", article->title);
  onr_emit_text(e, "published", article->published);
  onr_emit_text(e, "publisher", article->publisher);
  onr_emit_text(e, "byline", article->byline);
  onr_emit_text(e, "url", article->url);
  onr_emit_text(e, "path", article->path);
  onr_emit_text(e, "member", article->member);
  onr_emit_end(e);
}

static void emit_stored_quote(OnrEmitter *e, const OnrArticle *article, guint index) {
  const OnrQuoteRow *quote = &g_array_index(article->quotes, OnrQuoteRow, index);
  g_autofree char *id = g_strdup_printf("%s#%u", article->id, quote->number);
  g_autofree char *words = onr_article_quote_words(article, quote);
  onr_emit_text(e, "id", id);
  onr_emit_text(e, "quote", words);
  emit_attribution(e, article, quote);
  emit_speakers(e, article, quote);
}

static void emit_quote_record(OnrEmitter *e, gconstpointer record) {
  const OnrQuoteRecord *r = record;
  emit_stored_quote(e, r->article, r->quote);
  emit_article_of_quote(e, r->article);
}

static void emit_paragraph(OnrEmitter *e, const OnrRow *row) {
  if (row->paragraph)
    onr_emit_number(e, "paragraph", row->paragraph);
  else
    onr_emit_null(e, "paragraph");
}

/* Members stand where nothing is grouped, too. */
static void emit_copies(OnrEmitter *e, const OnrRow *row, gboolean has_words) {
  gboolean has_first = row->copies && row->copies->len;
  const OnrCopy none = {0}, *first = has_first ? row->copies->pdata[0] : &none;
  if (row->copies)
    onr_emit_count(e, "publications", MAX(row->n_copies, 1));
  else
    onr_emit_null(e, "publications");
  onr_emit_begin(e, "first");
  onr_emit_text(e, "id", first->id);
  onr_emit_text(e, "published", first->published);
  onr_emit_text(e, "publisher", first->publisher);
  onr_emit_end(e);
  onr_emit_begin_list(e, "copies");
  for (guint i = 0; has_first && i < row->copies->len; i++) {
    const OnrCopy *copy = row->copies->pdata[i];
    if (copy->is_asked)
      continue;
    onr_emit_begin(e, NULL);
    onr_emit_text(e, "id", copy->id);
    onr_emit_text(e, "published", copy->published);
    onr_emit_text(e, "publisher", copy->publisher);
    if (has_words) /* where they are altered */
      onr_emit_text(e, "quote", g_strcmp0(copy->words, row->words) ? copy->words : NULL);
    onr_emit_end(e);
  }
  onr_emit_end_list(e);
}

static void emit_quote_hit(OnrEmitter *e, gconstpointer record) {
  const OnrHitRecord *hit = record;
  const OnrRow *row = hit->row;
  const OnrQuoteRow *quote = &g_array_index(row->article->quotes, OnrQuoteRow, row->quote);
  onr_emit_text(e, "id", row->id);
  onr_emit_text(e, "quote", row->words);
  emit_attribution(e, row->article, quote);
  emit_speakers(e, row->article, quote);
  onr_emit_real(e, "score", row->score, ONR_REAL_EXACT);
  emit_paragraph(e, row);
  onr_emit_text(e, "snippet", row->snippet.text);
  emit_matches(e, "matches", row->snippet.text, row->snippet.matches);
  onr_emit_text(e, "before", row->before);
  onr_emit_text(e, "after", row->after);
  emit_article_of_quote(e, row->article);
  emit_copies(e, row, TRUE);
  if (hit->explain)
    onr_emit_text(e, "explain", hit->explain);
}

/* --- articles --- */

static void emit_header_below_title(OnrEmitter *e, const OnrArticle *article) {
  onr_emit_text(e, "byline", article->byline);
  onr_emit_text(e, "dateline", article->dateline);
  onr_emit_text(e, "published", article->published);
  onr_emit_text(e, "publisher", article->publisher);
  onr_emit_text(e, "section", article->section);
  onr_emit_text(e, "language", article->language);
  onr_emit_text(e, "url", article->url);
  onr_emit_text(e, "path", article->path);
  onr_emit_text(e, "member", article->member);
}

static void emit_header(OnrEmitter *e, const OnrArticle *article) {
  onr_emit_text(e, "title", article->title);
  emit_header_below_title(e, article);
}

static void emit_article_hit(OnrEmitter *e, gconstpointer record) {
  const OnrHitRecord *hit = record;
  const OnrRow *row = hit->row;
  onr_emit_text(e, "id", row->id);
  onr_emit_real(e, "score", row->score, ONR_REAL_EXACT);
  emit_header(e, row->article);
  emit_paragraph(e, row);
  onr_emit_text(e, "snippet", row->snippet.text);
  emit_matches(e, "matches", row->snippet.text, row->snippet.matches);
  emit_copies(e, row, FALSE);
  if (hit->explain)
    onr_emit_text(e, "explain", hit->explain);
}

static void emit_mentions(OnrEmitter *e, const OnrArticle *article, gboolean with_id) {
  onr_emit_begin_list(e, "entities");
  for (guint i = 0; i < article->mentions->len; i++) {
    const OnrMentionRow *mention = &g_array_index(article->mentions, OnrMentionRow, i);
    const OnrEntityRow *entity = &g_array_index(article->entities, OnrEntityRow, mention->entity);
    onr_emit_begin(e, NULL);
    onr_emit_number(e, "begin", mention->span.begin);
    onr_emit_number(e, "end", mention->span.end);
    onr_emit_text(e, "type", onr_entity_type_name(entity->type));
    onr_emit_text(e, "name", onr_entity_shown_name(entity));
    if (with_id)
      onr_emit_text(e, "id", onr_entity_shown_id(entity));
    onr_emit_end(e);
  }
  onr_emit_end_list(e);
}

static void emit_notes(OnrEmitter *e, const OnrArticle *article) {
  onr_emit_begin_list(e, "notes");
  for (guint i = 0; i < article->notes->len; i++) {
    const OnrNote *note = &g_array_index(article->notes, OnrNote, i);
    onr_emit_begin(e, NULL);
    onr_emit_text(e, "name", note->name);
    onr_emit_text(e, "value", note->value);
    onr_emit_end(e);
  }
  onr_emit_end_list(e);
}

static void emit_exported_article(OnrEmitter *e, gconstpointer record) {
  const OnrArticle *article = record;
  onr_emit_text(e, "id", article->id);
  emit_header(e, article);
  onr_emit_text_length(e, "text", article->text, article->text_length);
  emit_mentions(e, article, TRUE);
  emit_notes(e, article);
}

static void emit_article(OnrEmitter *e, gconstpointer record) {
  const OnrArticle *article = record;
  emit_exported_article(e, article);
  onr_emit_begin_list(e, "quotes");
  for (guint i = 0; i < article->quotes->len; i++) {
    onr_emit_begin(e, NULL);
    emit_stored_quote(e, article, i);
    onr_emit_end(e);
  }
  onr_emit_end_list(e);
}

static void emit_annotated(OnrEmitter *e, gconstpointer record) {
  const OnrArticle *article = ((const OnrAnnotatedRecord *)record)->article;
  onr_emit_text(e, "id", article->id);
  onr_emit_text_length(e, "text", article->text, article->text_length);
  onr_emit_text(e, "title", article->title);
  onr_emit_begin_list(e, "quotes");
  for (guint i = 0; i < article->quotes->len; i++) {
    onr_emit_begin(e, NULL);
    const OnrQuoteRow *quote = &g_array_index(article->quotes, OnrQuoteRow, i);
    emit_attribution(e, article, quote);
    emit_speaker_list(e, article, quote, FALSE);
    onr_emit_end(e);
  }
  onr_emit_end_list(e);
  emit_mentions(e, article, FALSE);
  emit_header_below_title(e, article);
  emit_notes(e, article);
}

/* --- identities and counts --- */

static void emit_facet(OnrEmitter *e, const OnrFacet *facet, gboolean has_quotes) {
  onr_emit_text(e, "id", facet->id);
  onr_emit_text(e, "name", facet->name);
  onr_emit_text(e, "type", facet->type < 0 ? NULL : onr_entity_type_name((OnrEntityType)facet->type));
  if (has_quotes)
    onr_emit_count(e, "quotes", facet->n_quotes);
  else
    onr_emit_null(e, "quotes");
  onr_emit_count(e, "articles", facet->n_articles);
  onr_shape_day(e, "first", facet->first_day);
  onr_shape_day(e, "last", facet->last_day);
  if (has_quotes)
    onr_emit_count(e, "distinct", facet->n_distinct);
  else
    onr_emit_null(e, "distinct");
}

static void emit_facet_of_quotes(OnrEmitter *e, gconstpointer record) {
  emit_facet(e, record, TRUE);
}

static void emit_facet_of_articles(OnrEmitter *e, gconstpointer record) {
  emit_facet(e, record, FALSE);
}

static void emit_identity(OnrEmitter *e, gconstpointer record) {
  const OnrIdentityRecord *r = record;
  onr_emit_text(e, "id", r->identity->id);
  onr_emit_text(e, "name", r->identity->name);
  onr_emit_text(e, "type", onr_entity_type_name(r->identity->type));
  onr_emit_count(e, "quotes", r->identity->n_quotes);
  onr_emit_count(e, "articles", r->identity->n_articles);
  onr_emit_tally(e, "aliases", "name", r->aliases);
  onr_emit_tally(e, "roles", "role", r->roles);
}

#define ODDS_DECIMALS 1

static void emit_names(OnrEmitter *e, const GArray *names) {
  onr_emit_begin_list(e, "names");
  for (guint i = 0; i < names->len; i++) {
    const OnrDossierName *name = &g_array_index(names, OnrDossierName, i);
    onr_emit_begin(e, NULL);
    onr_emit_text(e, "id", name->id);
    onr_emit_text(e, "name", name->name);
    onr_emit_count(e, "articles", name->n_articles);
    onr_emit_text(e, "reason", name->reason);
    if (name->odds > 0)
      onr_emit_real(e, "odds", name->odds, ODDS_DECIMALS);
    else
      onr_emit_null(e, "odds");
    onr_emit_end(e);
  }
  onr_emit_end_list(e);
}

static void emit_roles(OnrEmitter *e, const GArray *roles) {
  onr_emit_begin_list(e, "roles");
  for (guint i = 0; i < roles->len; i++) {
    const OnrDossierRole *role = &g_array_index(roles, OnrDossierRole, i);
    onr_emit_begin(e, NULL);
    onr_emit_text(e, "role", role->role);
    onr_emit_count(e, "articles", role->n_articles);
    onr_shape_day(e, "first", role->first_day);
    onr_shape_day(e, "last", role->last_day);
    onr_emit_end(e);
  }
  onr_emit_end_list(e);
}

static void emit_company(OnrEmitter *e, const GArray *company) {
  onr_emit_begin_list(e, "quoted_with");
  for (guint i = 0; i < company->len; i++) {
    const OnrDossierCompany *other = &g_array_index(company, OnrDossierCompany, i);
    onr_emit_begin(e, NULL);
    onr_emit_text(e, "id", other->id);
    onr_emit_text(e, "name", other->name);
    onr_emit_count(e, "articles", other->n_articles);
    onr_emit_end(e);
  }
  onr_emit_end_list(e);
}

static void emit_dossier(OnrEmitter *e, gconstpointer record) {
  const OnrDossier *d = ((const OnrDossierRecord *)record)->dossier;
  onr_emit_text(e, "id", d->identity.id);
  onr_emit_text(e, "name", d->identity.name);
  onr_emit_text(e, "type", onr_entity_type_name(d->identity.type));
  onr_emit_count(e, "quotes", d->identity.n_quotes);
  onr_emit_count(e, "articles", d->identity.n_articles);
  onr_shape_day(e, "first", d->first_day);
  onr_shape_day(e, "last", d->last_day);
  onr_emit_tally(e, "aliases", "name", d->aliases);
  emit_names(e, d->names);
  emit_roles(e, d->roles);
  emit_company(e, d->company);
}

/* Null where there is no TOTAL. */
static void emit_total(OnrEmitter *e, const char *name, guint64 value, guint64 total) {
  if (total == ONR_NO_TOTAL)
    onr_emit_null(e, name);
  else
    onr_emit_count(e, name, value);
}

static void emit_count_record(OnrEmitter *e, gconstpointer record) {
  const OnrCountRecord *r = record;
  onr_emit_text(e, "query", r->query);
  onr_emit_text(e, "what", r->what);
  onr_emit_count(e, "matches", r->n_matches);
  emit_total(e, "total", r->n_total, r->n_total);
  emit_total(e, "articles", r->n_articles, r->n_articles_total);
  emit_total(e, "articles_total", r->n_articles_total, r->n_articles_total);
  onr_emit_begin_list(e, "missing_shards");
  for (guint i = 0; r->missing && i < r->missing->len; i++)
    onr_emit_text(e, NULL, r->missing->pdata[i]);
  onr_emit_end_list(e);
  emit_total(e, "distinct", r->n_distinct, r->n_distinct);
  if (r->explain)
    onr_emit_text(e, "explain", r->explain);
}

/* --- corrections --- */

const char *onr_correction_state_name(OnrCorrectionState state) {
  static const char *const names[] = {[ONR_CORRECTION_HOLDS] = "holds",
                                      [ONR_CORRECTION_NO_ARTICLE] = "no article",
                                      [ONR_CORRECTION_NO_QUOTE] = "no quote",
                                      [ONR_CORRECTION_NO_IDENTITY] = "no identity"};
  return names[state];
}

static void emit_correction(OnrEmitter *e, gconstpointer record) {
  const OnrCorrectionRecord *r = record;
  const OnrCorrection *c = r->correction;
  onr_emit_number(e, "number", r->number);
  onr_emit_text(e, "correction", onr_correction_kind_name(c->kind));
  onr_emit_text(e, "state", onr_correction_state_name(r->state));
  onr_emit_text(e, "article", c->article);
  onr_emit_text(e, "quote", c->words);
  onr_emit_text(e, "name", c->name_id);
  onr_emit_text(e, "identity", c->identity);
  g_autoptr(GString) ids = g_string_new(NULL);
  for (guint i = 0; c->ids && i < c->ids->len; i++)
    g_string_append_printf(ids, "%s%s", i ? " " : "", (char *)c->ids->pdata[i]);
  onr_emit_text(e, "ids", c->ids ? ids->str : NULL);
}

/* --- all of them --- */

static void (*const SHAPES[ONR_N_RECORDS])(OnrEmitter *e, gconstpointer record) = {
    [ONR_RECORD_ARTICLE_HIT] = emit_article_hit,
    [ONR_RECORD_QUOTE_HIT] = emit_quote_hit,
    [ONR_RECORD_SPEAKER] = emit_facet_of_quotes,
    [ONR_RECORD_ENTITY] = emit_facet_of_articles,
    [ONR_RECORD_QUOTED_ENTITY] = emit_facet_of_quotes,
    [ONR_RECORD_COUNT] = emit_count_record,
    [ONR_RECORD_ARTICLE] = emit_article,
    [ONR_RECORD_ANNOTATED] = emit_annotated,
    [ONR_RECORD_PASSAGE] = emit_quote_record,
    [ONR_RECORD_EXPORTED_ARTICLE] = emit_exported_article,
    [ONR_RECORD_EXPORTED_QUOTE] = emit_quote_record,
    [ONR_RECORD_EXPORTED_ENTITY] = emit_identity,
    [ONR_RECORD_DOSSIER] = emit_dossier,
    [ONR_RECORD_CORRECTION] = emit_correction,
    [ONR_RECORD_SKIPPED] = onr_shape_skipped,
    [ONR_RECORD_STATUS] = onr_shape_status,
    [ONR_RECORD_SURVEY] = onr_shape_survey,
    [ONR_RECORD_FINDING] = onr_shape_finding,
    [ONR_RECORD_SUMMARY] = onr_shape_summary,
};

void onr_shape_emit(OnrRecordKind kind, OnrEmitter *e, gconstpointer record) {
  SHAPES[kind](e, record);
}

/* An article with nothing in it but one quote, so that every column has something to be named after. */
static OnrArticle *blank_article(void) {
  OnrArticle *article = onr_article_new();
  article->id = article->text = "";
  onr_article_add_quote(article);
  return article;
}

gboolean onr_shape_emit_names(OnrRecordKind kind, OnrEmitter *e) {
  g_autoptr(OnrArticle) article = blank_article();
  const OnrRow row = {.article = article, .snippet = {.text = (char *)""}};
  const OnrFacet facet = {.type = -1};
  const OnrIdentity identity = {0};
  const OnrCountRecord count = {0};
  const OnrCorrection correction = {0};
  const OnrSource source = {0};
  const OnrSurveyFile survey = {0};
  gconstpointer blanks[ONR_N_RECORDS] = {
      [ONR_RECORD_ARTICLE_HIT] = &(OnrHitRecord){.row = &row},
      [ONR_RECORD_QUOTE_HIT] = &(OnrHitRecord){.row = &row},
      [ONR_RECORD_SPEAKER] = &facet,
      [ONR_RECORD_ENTITY] = &facet,
      [ONR_RECORD_QUOTED_ENTITY] = &facet,
      [ONR_RECORD_COUNT] = &count,
      [ONR_RECORD_EXPORTED_ARTICLE] = article,
      [ONR_RECORD_EXPORTED_QUOTE] = &(OnrQuoteRecord){.article = article},
      [ONR_RECORD_EXPORTED_ENTITY] = &(OnrIdentityRecord){.identity = &identity},
      [ONR_RECORD_CORRECTION] = &(OnrCorrectionRecord){.correction = &correction},
      [ONR_RECORD_SKIPPED] = &source,
      [ONR_RECORD_SURVEY] = &survey,
  };
  if (!blanks[kind])
    return FALSE;
  SHAPES[kind](e, blanks[kind]);
  return TRUE;
}
