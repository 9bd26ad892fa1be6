/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What commands hand to a writer: one struct a kind of record, all borrowed for the length of the call.
   docs/output.md describes how each leaves the program. */
#pragma once

#include "archive/dossier.h"
#include "cli/losses.h"
#include "indexer/indexer.h"
#include "indexer/survey.h"
#include "query/query.h"

G_BEGIN_DECLS

/* Version of docs/output.md: a member or column that goes, changes its meaning or its type raises it; new
 * ones at the end do not. */
#define ONR_OUTPUT_VERSION 1

typedef enum {
  ONR_RECORD_ARTICLE_HIT,      /* OnrHitRecord */
  ONR_RECORD_QUOTE_HIT,        /* OnrHitRecord */
  ONR_RECORD_SPEAKER,          /* OnrFacet */
  ONR_RECORD_ENTITY,           /* OnrFacet, counted in articles: its n_quotes says nothing */
  ONR_RECORD_QUOTED_ENTITY,    /* OnrFacet, counted in quotes */
  ONR_RECORD_COUNT,            /* OnrCountRecord */
  ONR_RECORD_ARTICLE,          /* OnrArticle: everything of one article */
  ONR_RECORD_ANNOTATED,        /* OnrAnnotatedRecord: what annotation found in a file's article */
  ONR_RECORD_PASSAGE,          /* OnrQuoteRecord: one quote where it stands */
  ONR_RECORD_EXPORTED_ARTICLE, /* OnrArticle */
  ONR_RECORD_EXPORTED_QUOTE,   /* OnrQuoteRecord */
  ONR_RECORD_EXPORTED_ENTITY,  /* OnrIdentityRecord */
  ONR_RECORD_DOSSIER,          /* OnrDossierRecord */
  ONR_RECORD_CORRECTION,       /* OnrCorrectionRecord */
  ONR_RECORD_SKIPPED,          /* OnrSource */
  ONR_RECORD_SURVEY,           /* OnrSurveyFile: a file that would be read; without a path, the sum of a format's */
  ONR_RECORD_STATUS,           /* OnrStatusRecord */
  ONR_RECORD_FINDING,          /* char: a line of `check` */
  ONR_RECORD_SUMMARY,          /* OnrIndexProgress: what a run of index or reindex did */
  ONR_N_RECORDS
} OnrRecordKind;

#define ONR_NO_TOTAL G_MAXUINT64

typedef struct {
  const OnrRow *row;
  guint64 rank;        /* from 1 */
  const char *explain; /* why it scored so; NULL without --explain */
} OnrHitRecord;

/* What a query came to, before its hits. */
typedef struct {
  const char *query;          /* as given; "" where options alone say what is wanted */
  const char *query_id;       /* of a batch's line; else NULL */
  const char *explain;        /* or NULL */
  const char *what;           /* counted, in the plural: "quotes", "articles", "speakers", "entities" */
  guint64 n_matches, n_total; /* n_total: ONR_NO_TOTAL where there is nothing to compare with */
  guint64 n_articles,
      n_articles_total; /* among quotes; ONR_NO_TOTAL where the hits are articles, or values */
  guint64 n_distinct;   /* of the matches; ONR_NO_TOTAL where it is not counted */
  gboolean is_grouped;  /* only these are shown */
  guint offset;         /* hits left out before the first */
  const GPtrArray *missing; /* char *: shards that did not answer, "NAME: reason"; NULL is empty */
} OnrCountRecord;

typedef struct {
  const OnrArticle *article;
  const char *path, *member;
} OnrAnnotatedRecord;

typedef struct {
  const OnrArticle *article;
  guint quote;   /* index into article->quotes */
  guint context; /* PASSAGE: paragraphs around it */
} OnrQuoteRecord;

typedef struct {
  const OnrIdentity *identity;
  const GPtrArray *aliases, *roles; /* "text\tcount" */
} OnrIdentityRecord;

typedef struct {
  const OnrDossier *dossier;
  gboolean with_reasons; /* for eyes: why each name is the identity's */
} OnrDossierRecord;

typedef struct {
  const OnrCorrection *correction;
  guint number; /* as `corrections undo` takes it */
  OnrCorrectionState state;
} OnrCorrectionRecord;

typedef struct {
  const char *archive; /* its folder */
  const char *engine, *language;
  const OnrCounts *counts;
  const GArray *formats;    /* OnrFormatCounts */
  const OnrLosses *losses;  /* what was skipped, by reason */
} OnrStatusRecord;

G_END_DECLS
