/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The names in a byline. "Analysis by ADA MOOR and Ben Vale, Staff Writers | Coast Daily" is Ada Moor and Ben
   Vale: labels, roles, credentials, places, dates, addresses and handles go, and so do those who took the
   pictures, edited or helped; a name in capitals gets small letters. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ONR_MAX_AUTHORS 50 /* of one article */

typedef enum {
  ONR_AUTHOR_BODY,   /* an agency, a desk, a paper */
  ONR_AUTHOR_HANDLE, /* one word: a blogger's name, a site's */
  ONR_AUTHOR_PERSON
} OnrAuthorKind;

typedef struct {
  char *name; /* owned */
  char *key;  /* by which two spellings are one; owned */
  OnrAuthorKind kind;
} OnrAuthor;

/* An array of OnrAuthor that owns them. */
GArray *onr_authors_new(void);

/* Bytes of the "By" or "Von" that TEXT begins with before a byline, or 0. */
gsize onr_byline_begins(const char *text);

/* Appends the names in TEXT, each once, to AUTHORS. IS_FIELD: the text is a field for authors, so that a name
   may be one word or in small letters; else it is an element of the page and may hold anything, and what does
   not look like a name is left out. */
void onr_byline_split(const char *text, gboolean is_field, GArray *authors);

G_END_DECLS
