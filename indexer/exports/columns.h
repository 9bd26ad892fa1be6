/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which column of a table is which field of an article. Told by the header: names that readers/fields.h knows
   are their fields, a name that it does not know is none; nothing is guessed from what stands in the rows but the
   order of day and month. What
   the user says goes before: "title=Headline", "text=#3" for the third column, "id=" for no column at all. FIELD
   may be any name that readers/fields.h knows ("source" is the publisher), COLUMN is compared like names there.

     if (!onr_column_map_check(map, error)) …                        // once, what the user gave
     table = onr_table_head_find(bytes, n_bytes, charset, map, &n_header, error);
     onr_table_head_find_orders(table, rows, n_bytes) …
     onr_row_split(&table->dialect, row, n, cells) … onr_table_head_field(table, i, &rank) */
#pragma once

#include "indexer/exports/cells.h"
#include "indexer/readers/fields.h"
#include "text/date.h"

G_BEGIN_DECLS

/* Reports USAGE for what is no FIELD=COLUMN. MAP may be NULL. */
gboolean onr_column_map_check(const char *const *map, GError **error);

typedef struct {
  int field; /* OnrHeaderField; -1: none */
  guint rank;
  char *name;          /* as in the header, on one line */
  OnrDateOrder order;  /* of its dates: onr_table_head_find_orders */
  gboolean is_open;    /* it has dates that need one and do not tell it */
} OnrColumn;

typedef struct {
  OnrDialect dialect;
  GArray *columns; /* of OnrColumn */
  gboolean is_exact; /* a row with more or fewer cells is none */
  char *lost;      /* of the remark: "; no column \"Kopf\"" */
  char *remark;    /* OnrSplit.remark: "title=Headline text=Body; not used: Words" */
} OnrTableHead;

/* The table that the first bytes begin: blank lines, a line "sep=;" as Excel writes it, the header. Its separator
   is the one of , ; tab | under which most columns are known, of equals the one with most columns. CHARSET: of
   the bytes, or NULL. *N_HEADER gets the bytes up to the first row. FORMAT where no column is a title or a text,
   LIMIT for more than ONR_MAX_COLUMNS. The caller frees it. */
OnrTableHead *onr_table_head_find(const char *bytes, gsize n_bytes, const char *charset, const char *const *map,
                         gsize *n_header, GError **error);
/* Finds the order of each column of dates from the rows in BYTES, the last of which may be cut off: the one that some
   date shows where none shows the other. FALSE where a column needs one and has shown none: more rows may. */
gboolean onr_table_head_find_orders(OnrTableHead *table, const char *bytes, gsize n_bytes);
/* The same, for rows that have to be as long as the header. The caller frees it. */
OnrTableHead *onr_table_head_copy_exact(const OnrTableHead *table);
void onr_table_head_free(OnrTableHead *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrTableHead, onr_table_head_free)

/* TRUE where the bytes begin like a table though nothing but them says so: three columns and more without a
   blank at their ends, one a title or a text, half of them known, and a second row that is as long. */
gboolean onr_table_head_is_evident(const char *bytes, gsize n_bytes);

G_END_DECLS
