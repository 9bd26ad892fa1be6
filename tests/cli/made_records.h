/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records made by hand with everything odd that one may hold: nulls, controls, marks that formats must
   escape, spans beyond ASCII. Each function puts all that a writer of its kind takes between new and close.
 */
#pragma once

#include "cli/writer.h"

void put_quote_hits(OnrWriter *w);
void put_article_hits(OnrWriter *w);
void put_explained_hit(OnrWriter *w);
void put_facets(OnrWriter *w);
void put_no_hits(OnrWriter *w);
void put_counts(OnrWriter *w);
void put_article(OnrWriter *w);
void put_two_articles(OnrWriter *w);
void put_passage(OnrWriter *w);
void put_quotes(OnrWriter *w);
void put_annotated(OnrWriter *w);
void put_identities(OnrWriter *w);
void put_dossiers(OnrWriter *w);
void put_corrections(OnrWriter *w);
void put_skipped(OnrWriter *w);
void put_survey(OnrWriter *w);
void put_status(OnrWriter *w);
void put_empty_status(OnrWriter *w);
void put_statuses(OnrWriter *w); /* both */
void put_findings(OnrWriter *w);
void put_summary(OnrWriter *w);
void put_idle_summary(OnrWriter *w);

/* What PUT makes a writer of FORMAT for KIND write, NUL-terminated; free() it. */
char *made_bytes(OnrFormat format, OnrRecordKind kind, gboolean is_batch, void (*put)(OnrWriter *w),
                 gsize *length);
