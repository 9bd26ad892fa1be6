/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Authority files (docs/formats.md): one identity a line, as tab-separated values under a header or as JSON.
   Read as a stream, so that a file of a million lines takes memory for its ids only; what is wrong is told
   line by line, all of it. Which format it is shows by the first byte that is no blank: '{' JSON Lines, '['
   one JSON array, else TSV. Text is UTF-8, with or without a byte order mark; line ends may be CRLF; the file
   may be packed with gzip.

   TSV: columns id, name, type, aliases, roles, links, same_as in any order, named by the first line; id and
   name must be there. Several values of a column are parted by '|'; a role may end in its time: "Foreign
   Minister of Russia (2004-03-09..)", "(..2012)", "(2012)". "\|" and "\\" are those characters themselves,
   "\(" a bracket that begins no time, "\#" the first character of a line that is no remark, "\t" and "\n"
   blanks. Blank lines and those that begin with '#' are passed over.

   JSON: {"id", "name", "type", "aliases": […], "roles": [{"role", "from", "to"} or "… (2004..)"],
   "links": {"wikidata": "Q58217", "viaf": ["1", "2"]}, "same_as"}; null is as good as nothing.

   Where no type is given it is what the id begins with ("org:nato"), else `person`. Blanks at the ends of a
   value are dropped, those inside and control characters become single spaces; empty values are none. Links
   of one scheme are put together, behind the first. An entry with same_as needs no name: it is "" then. */
#pragma once

#include "archive/authority.h"

G_BEGIN_DECLS

#define ONR_AUTHORITY_MAX_LINE (1u << 20) /* bytes of a line, or of a JSON object */
#define ONR_AUTHORITY_MAX_NAME 1000       /* bytes of an id, name, alias, role or link */
#define ONR_AUTHORITY_MAX_VALUES 10000    /* aliases of one identity, or roles, or links */

typedef enum { ONR_AUTHORITY_TSV, ONR_AUTHORITY_JSONL } OnrAuthorityFormat;

/* ENTRY stood in LINE (from 1; where it begins, in an array), and is valid during the call. FALSE with ERROR
   stops the reading. */
typedef gboolean (*OnrAuthorityFunc)(const OnrAuthorityEntry *entry, guint64 line, gpointer data,
                                     GError **error);
/* All that is wrong in LINE: one line, lower case, that names the values. */
typedef void (*OnrAuthorityFaultFunc)(guint64 line, const char *what, gpointer data);

/* Reads FILE ("-": standard input) and hands out each entry that is right in itself, in order; FAULT (may be
   NULL) gets every other line, once. Wrong is also an id that is there already (only the first is handed out)
   and a same_as that is the entry's own id. Circles of same_as are told at the end, each once, in their first
   line: those entries have been handed out by then. Where the syntax of an array itself is broken, that is
   the last fault: what follows is not read. An id that same_as names need not be in the file. *N_ENTRIES are
   those handed out and *N_FAULTS those told; either may be NULL. A fault is no error: errors are NOT_FOUND,
   IO, USAGE (a folder) and LIMIT (a gzip bomb) from the stream, FORMAT where the file as a whole is none
   (empty, no text, columns that are unknown, missing or there twice: the message names all of them), and what
   EACH reports. Messages do not name FILE: who asked for it does. */
gboolean onr_authority_file_read(const char *file, OnrAuthorityFunc each, OnrAuthorityFaultFunc fault,
                                 gpointer data, guint64 *n_entries, guint64 *n_faults, GError **error);

/* The header line of a TSV, with its line end. */
extern const char *const ONR_AUTHORITY_HEADER;
/* Appends ENTRY, in UTF-8, as one line with its line end: all columns in TSV, members that say something in
   JSON. What was read and is printed is read back the same. */
void onr_authority_print(const OnrAuthorityEntry *entry, OnrAuthorityFormat format, GString *out);

G_END_DECLS
