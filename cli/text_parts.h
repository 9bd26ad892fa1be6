/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The phrases that text output is made of, so that a speaker, a date or a place reads the same wherever it
 * stands. */
#pragma once

#include "cli/layout.h"
#include "cli/records.h"

G_BEGIN_DECLS

/* Between the parts of one line. */
#define ONR_DOT " · "

/* What printing for eyes stands on. */
typedef struct {
  OnrOutput *out; /* borrowed */
  char *folder;   /* the current folder, with a final '/': paths below it are shown from there */
  OnrProse prose; /* empty between calls */
} OnrPage;

void onr_page_init(OnrPage *page, OnrOutput *out);
void onr_page_clear(OnrPage *page);

/* 4310 as "4,310" into BUFFER (room for ONR_GROUPED_SIZE), which is returned. */
#define ONR_GROUPED_SIZE 32
const char *onr_grouped(guint64 n, char *buffer);
/* "1 quote", "4,310 quotes": the caller frees it. */
char *onr_counted(guint64 n, const char *one, const char *many);

/* "5.2 MB", "48 kB" (powers of ten): the caller frees it. */
char *onr_size_text(guint64 n_bytes);

/* Appends TEXT after ONR_DOT where something stands before it; nothing for NULL and "". */
void onr_page_add_part(OnrPage *page, OnrStyle style, const char *text);
/* Appends "path:member". */
void onr_page_add_place(OnrPage *page, OnrStyle style, const char *path, const char *member);
/* Appends who speaks: "Sergey Lavrov, Foreign Minister of Russia"; the text's own words ("a senior official")
 * where nobody is named. */
void onr_page_add_speaker(OnrPage *page, const OnrArticle *article, const OnrQuoteRow *quote);
/* Appends the date (not the time) of ARTICLE, its publisher and what WITH says: "2022-02-06 · The Courier".
 */
void onr_page_add_publication(OnrPage *page, OnrStyle style, const OnrArticle *article);
/* The day of an ISO 8601 time, or NULL; the caller frees it. */
char *onr_published_day(const char *published);
/* Prints what was appended as one paragraph. */
void onr_page_print(OnrPage *page, guint indent);
void onr_page_blank_line(OnrPage *page);

/* The words under SPANS (code points) of ARTICLE's text, joined by " … ". The caller frees it. */
char *onr_span_words(const OnrArticle *article, const GArray *spans);

/* "12 of 4,310 quotes, in 9 of 840 articles": the caller frees it. */
char *onr_count_text(const OnrCountRecord *count);

/* --- one function a kind of record --- */

void onr_print_quote_hit(OnrPage *page, const OnrHitRecord *hit);
void onr_print_article_hit(OnrPage *page, const OnrHitRecord *hit);
/* KIND: SPEAKER, ENTITY or QUOTED_ENTITY. */
void onr_print_facet_head(OnrPage *page, OnrRecordKind kind);
void onr_print_facet(OnrPage *page, OnrRecordKind kind, const OnrFacet *facet);
/* How the query was understood, before its hits. */
void onr_print_explanation(OnrPage *page, const char *explain);
/* Over the hits of one of many queries. */
void onr_print_query_head(OnrPage *page, const OnrCountRecord *count);
/* "12 of 4,310 quotes, in 9 of 840 articles", and which of them N_SHOWN were where not all are shown. */
void onr_print_count(OnrPage *page, const OnrCountRecord *count, guint64 n_shown);
void onr_print_article(OnrPage *page, const OnrArticle *article);
void onr_print_passage(OnrPage *page, const OnrQuoteRecord *record);
void onr_print_annotated(OnrPage *page, const OnrAnnotatedRecord *record);
void onr_print_dossier(OnrPage *page, const OnrDossierRecord *record);
void onr_print_correction(OnrPage *page, const OnrCorrectionRecord *record);
void onr_print_skipped(OnrPage *page, const OnrSource *source);
void onr_print_survey_file(OnrPage *page, const OnrSurveyFile *file, gboolean is_verbose);
/* TOTALS (OnrSurveyFile) as a table, by format. */
void onr_print_survey_totals(OnrPage *page, const GArray *totals);
/* How many files are in each state. */
void onr_print_survey_states(OnrPage *page, const guint64 *n_by_state);
/* FORMATS (OnrFormatCounts) as a table, LOSSES as a list; each after a blank line, nothing where there are none. */
void onr_print_format_counts(OnrPage *page, const GArray *formats);
void onr_print_losses(OnrPage *page, const OnrLosses *losses);
/* "    1,204  TEXT". */
void onr_print_number(OnrPage *page, guint64 n, const char *text);
void onr_print_status(OnrPage *page, const OnrStatusRecord *status);
void onr_print_finding(OnrPage *page, const char *finding);
void onr_print_summary(OnrPage *page, const OnrIndexProgress *summary);

G_END_DECLS
