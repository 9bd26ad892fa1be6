/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A text as it is compared with another: its words, folded, and which of them are facts, numbers and names, that another story
   told by the same form would have others of. What papers put around the text of an agency is left out where it stands in lines
   or in front of a dash: by whom, from where, "(Reporting by …)". */
#pragma once

#include "text/token.h"

G_BEGIN_DECLS

#define ONR_WORDING_MOST 20000 /* words; what is behind is not compared */

typedef enum { ONR_FACT_NONE, ONR_FACT_NAME, ONR_FACT_NUMBER } OnrFact; /* NUMBER: numbers in words, days and months too */

typedef struct {
  guint64 hash;      /* of the folded form */
  guint32 begin, length; /* of the form in forms */
  guint8 fact;       /* OnrFact */
} OnrWordingWord;

typedef struct {
  GArray *words;  /* OnrWordingWord, in order */
  GString *forms;
  guint n_all_caps; /* words in capitals throughout */
} OnrWording;

/* The words of TEXT and, where these are fewer than ONR_WORDING_TITLED, of TITLE (or NULL) in front of them: short items say in their title alone
   whom they are about. */
#define ONR_WORDING_TITLED 50
OnrWording *onr_wording_new(const char *title, const char *text, gsize length);
void onr_wording_free(OnrWording *wording);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrWording, onr_wording_free)

G_END_DECLS
