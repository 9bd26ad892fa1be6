/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the commands that take a query share: its text and conditions from the command line; and, for `search`
   and `quotes`, the whole way from one query or a batch of them to written hits. */
#pragma once

#include "cli/command.h"

G_BEGIN_DECLS

/* The words of the command line joined by blanks; the caller frees it. Reports SYNTAX for bytes that are no
   UTF-8, here or in an option of the query, and USAGE where *IS_EMPTY is NULL and nothing is asked for; else
   *IS_EMPTY gets whether that is so. */
char *onr_session_query(OnrSession *session, gboolean *is_empty, GError **error);
OnrQueryOptions onr_session_query_options(const OnrSession *session);

/* After a query without hits: what was understood and what is near, on standard error. */
gboolean onr_session_suggest(OnrSession *session, OnrQuery *query, GError **error);

/* `search` and `quotes`. */
int onr_ranked_run(OnrSession *session, OnrTable table, GError **error);

G_END_DECLS
