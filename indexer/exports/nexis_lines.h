/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lines of a document of LexisNexis or Nexis Uni, and what their labels mean. Old exports label in capitals
   ("LENGTH: 543 words"), Nexis Uni in small letters ("Length: 543 words") and has headings without a colon ("Body").
   Labels are known in English, German, French and Dutch. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  ONR_NEXIS_NONE,
  /* above the text */
  ONR_NEXIS_BYLINE,
  ONR_NEXIS_SECTION,
  ONR_NEXIS_LENGTH,
  ONR_NEXIS_DATELINE,
  ONR_NEXIS_HEADLINE,
  ONR_NEXIS_ABOVE, /* another one */
  ONR_NEXIS_BODY,  /* the text begins behind it */
  /* below it: these end the text … */
  ONR_NEXIS_LOAD_DATE,
  ONR_NEXIS_LANGUAGE,
  ONR_NEXIS_END,
  /* … and these where only such lines follow */
  ONR_NEXIS_SUBJECT,
  ONR_NEXIS_URL,
  ONR_NEXIS_BELOW, /* another one */
} OnrNexisLabel;

typedef struct {
  const char *text; /* without blanks at its ends */
  gsize length;
  gsize indent; /* blanks before it */
  OnrNexisLabel label;
  gsize value; /* where the label's value begins in text */
} OnrNexisLine;

/* The lines of TEXT, which they point into; without page numbers ("Page 3 of 7"). IS_OLD gets whether it begins with a
   document's number: then labels are in capitals only. The caller frees the array. */
GArray *onr_nexis_lines(const char *text, gsize length, gboolean *is_old);

/* TRUE for "3 of 250 DOCUMENTS", "Dokument 3 von 250" and the like, alone on its line. */
gboolean onr_nexis_begins_document(const char *line, gsize length);

/* TRUE for "End of Document" and the like, alone on its line. */
gboolean onr_nexis_ends_document(const char *line, gsize length);

static inline gboolean onr_nexis_is_above(OnrNexisLabel label) {
  return label >= ONR_NEXIS_BYLINE && label <= ONR_NEXIS_BODY;
}

G_END_DECLS
