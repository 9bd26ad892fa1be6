/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words that bylines are made of beside names: roles, labels, degrees, buttons. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a word may be; several bits. */
typedef enum {
  ONR_WORD_OTHER = 0,
  ONR_WORD_ROLE = 1 << 0,     /* writer */
  ONR_WORD_BEFORE = 1 << 1,   /* stands before a role: senior */
  ONR_WORD_BODY = 1 << 2,     /* part of an agency's or paper's name */
  ONR_WORD_PARTICLE = 1 << 3, /* of a name, in small letters: van */
  ONR_WORD_LABEL = 1 << 4,    /* may stand before "by" */
  ONR_WORD_HELP = 1 << 5,     /* before "by": what follows are no authors */
  ONR_WORD_DEGREE = 1 << 6,   /* MD */
  ONR_WORD_DAY = 1 << 7,      /* month or weekday */
  ONR_WORD_LINK = 1 << 8,     /* in small letters ends a name: "in Brask", "for the Coast Daily" */
  ONR_WORD_GENERIC = 1 << 9,  /* alone it is nobody: admin */
  ONR_WORD_BUTTON = 1 << 10,  /* of what pages write beside a byline: share */
} OnrBylineWord;

/* The OnrBylineWord bits of WORD, looked up in small letters, without its full stop and without a plural's s.
 */
guint onr_byline_word(const char *word);

/* Is WORD one of LIST's, which stand between blanks: " a b "? */
gboolean onr_word_is_listed(const char *list, const char *word);

G_END_DECLS
