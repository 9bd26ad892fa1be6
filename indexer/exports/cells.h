/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows and cells of a table of separated values, as RFC 4180 has them and as programs write them. What is usual
   beside the RFC is a dialect, found by trying which makes most of the first rows as long as the header:
   another separator, no quotation marks at all, blanks before them, \" for a mark inside.

   A quotation mark opens a cell only at its beginning, and closes it only before a separator, a line end or the
   end of the file; any other is a character like the rest. A line end inside marks belongs to the cell. */
#pragma once

#include "text/error.h"

G_BEGIN_DECLS

#define ONR_MAX_COLUMNS 1000

typedef struct {
  char separator;
  gboolean has_quotes;
  gboolean has_blanks;  /* between a separator and the mark that opens a cell */
  gboolean has_escapes; /* \" is a mark that closes nothing */
  gboolean has_letters; /* outside marks \t \n \r \\ are those characters, and \N alone is nothing */
  gboolean is_cr;       /* a CR alone ends a row */
  gboolean is_sloppy;   /* marks inside cells are not doubled, so that one says nothing of where a cell ends */
} OnrDialect;

/* How far a row has been looked at; all zero at its beginning. */
typedef struct {
  gsize at;
  gboolean is_quoted; /* inside marks */
  gboolean is_inside; /* a cell, behind its first byte */
  gsize line_end;     /* behind the first line end inside the marks that are open; 0 before it */
} OnrRowScan;

typedef enum {
  ONR_ROW_MORE,  /* more bytes are needed */
  ONR_ROW_WHOLE, /* the row ends at scan.at, its line end taken in */
  ONR_ROW_STRAY, /* a mark that looks as if it opened a cell stands inside marks, behind a line end: the one that
                    is open was never closed. scan.at is that mark */
} OnrRowEnd;

/* Looks at the row at BYTES from scan.at on; IS_LAST: nothing follows. A row that ends with the bytes is WHOLE
   then, also where its marks are open. */
OnrRowEnd onr_row_scan(const OnrDialect *dialect, const char *bytes, gsize n_bytes, gboolean is_last,
                       OnrRowScan *scan);

/* Cells of a row (its line end may be there) as strings, marks and escapes taken away; appended to CELLS, which
   frees them; beyond ONR_MAX_COLUMNS and one they are left out. FALSE where a mark is open: it is a character then, as all
   marks behind it. */
gboolean onr_row_split(const OnrDialect *dialect, const char *bytes, gsize n_bytes, GPtrArray *cells);

/* The number of cells, marks open or not. */
guint onr_row_count(const OnrDialect *dialect, const char *bytes, gsize n_bytes);

/* The dialect with SEPARATOR under which most rows of the first bytes have as many cells as the first. Marks mean
   nothing where most that begin a cell have none that ends one. */
OnrDialect onr_dialect_guess(const char *bytes, gsize n_bytes, char separator);

G_END_DECLS
