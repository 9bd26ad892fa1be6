/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages about a place in a query. */
#pragma once

#include "text/error.h"
#include "text/span.h"

G_BEGIN_DECLS

/* Sets ERROR to CODE and three lines: the message, the query's line that holds byte AT, and a caret under AT with what was EXPECTED.

     unknown field "speeker"
       speeker:lavrov nato
       ^ did you mean speaker: ?

   The copy shows control characters and bytes that are no UTF-8 as U+FFFD and is cut to a window around the caret where it is long; columns are counted as
   a terminal shows them. */
void onr_query_fault(GError **error, OnrErrorCode code, const char *query, gsize at, const char *expected, const char *format, ...)
    G_GNUC_PRINTF(6, 7);

/* LENGTH bytes of TEXT for use inside a message: cleaned as above, a long one cut. The caller frees it. */
char *onr_query_quote(const char *text, gsize length);

G_END_DECLS
