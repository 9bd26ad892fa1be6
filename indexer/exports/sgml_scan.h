/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tags and text of SGML as collections have it: no DTD, end tags missing, names in any case, '<' in a text. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum { ONR_SGML_TEXT, ONR_SGML_START, ONR_SGML_END } OnrSgmlKind;

typedef struct {
  OnrSgmlKind kind;
  char name[24];    /* of a tag, upper case, cut; "" for comments and declarations, which are START */
  const char *text; /* the text as it stands, or what follows a tag's name */
  gsize length;
  gboolean is_open; /* a comment without its end was seen, so that none behind it has one */
} OnrSgmlToken;

/* The next token from *AT; FALSE at END. TOKEN is all zero before the first and goes from call to call. A '<' that no letter, '/', '!' or '?' follows, or no '>' within 2,000 bytes
   and before another '<', is text. */
gboolean onr_sgml_next(const char **at, const char *end, OnrSgmlToken *token);

/* The value of attribute NAME (upper case) of a START, references as characters; NULL where there is none. The caller
   frees it. */
char *onr_sgml_attribute(const OnrSgmlToken *token, const char *name);

/* Appends text with its references as characters; those of control characters (&#3;) and marks of typesetting (&UR;) are left
   out. */
void onr_sgml_append_text(const char *text, gsize length, GString *out);

G_END_DECLS
