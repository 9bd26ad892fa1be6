/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to archive/xapian/: articles that wait to be indexed. The one thread that writes copies what a document is made of, packed; documents are made where the
   databases are built, on several threads.

     onr_drafts_add(drafts, article, first_quote, postings);            // × n
     onr_draft_write(drafts, i, scratch, writers, error);               // each once, in order of rows */
#pragma once

#include "archive/xapian/layout.h"

G_BEGIN_DECLS

typedef struct {
  guint32 row, first_quote, n_quotes; /* quotes have the rows first_quote … first_quote + n_quotes - 1 */
  gsize begin, end;                   /* in the bytes of the drafts */
} OnrDraft;

typedef struct {
  GArray *items;     /* OnrDraft, rows ascending */
  GByteArray *bytes;
} OnrDrafts;

void onr_drafts_init(OnrDrafts *drafts);
void onr_drafts_clear(OnrDrafts *drafts);
void onr_drafts_empty(OnrDrafts *drafts); /* keeps no memory beyond what is small */
gboolean onr_drafts_have(const OnrDrafts *drafts, guint32 row); /* of an article */
void onr_drafts_add(OnrDrafts *drafts, const OnrArticle *article, guint32 first_quote, const OnrArticlePostings *postings);

/* What one thread needs to make documents, reused from one to the next. */
typedef struct OnrDraftScratch OnrDraftScratch;
OnrDraftScratch *onr_draft_scratch_new(GError **error);
void onr_draft_scratch_free(OnrDraftScratch *scratch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrDraftScratch, onr_draft_scratch_free)

/* Of the documents made so far: stems of bare words (terms: "Zrun") and their forms, those left out that are their stem's own word. */
typedef void (*OnrStemFunc)(const char *stem, const char *forms, gpointer data); /* FORMS with tabs between */
void onr_draft_scratch_each_stem(const OnrDraftScratch *scratch, OnrTable table, OnrStemFunc each, gpointer data);

/* Writes draft I and its quotes into WRITERS, by OnrTable. */
gboolean onr_draft_write(const OnrDrafts *drafts, guint i, OnrDraftScratch *scratch, OnrXapWriter *const writers[ONR_N_TABLES], GError **error);

G_END_DECLS
