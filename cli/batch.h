/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --batch: a file of queries, one a line, or an id, a tab and a query; lines without an id have their number
 * for one. Empty lines are passed over. */
#pragma once

#include "cli/command.h"

G_BEGIN_DECLS

#define ONR_BATCH_LINE_MAX                                                                                   \
  (1u << 20) /* bytes; far over ONR_QUERY_MAX_BYTES, so that the query's own limit speaks first */

/* Runs EACH on every query of the session's --batch file (- is standard input). A query's error is reported
   with its line and the next one is run; FALSE, with ERROR set where it is not such a report, when any did.
 */
typedef gboolean (*OnrBatchFunc)(const char *id, const char *query, gpointer data, GError **error);
gboolean onr_batch_run(OnrSession *session, OnrBatchFunc each, gpointer data, GError **error);

G_END_DECLS
