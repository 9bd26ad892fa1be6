/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a cue governs: where its content begins, of which kind it is, and where it ends. */
#pragma once

#include "annotate/attribution.h"
#include "annotate/phrases.h"

G_BEGIN_DECLS

typedef struct {
  guint32 begin, end; /* tokens; empty where the cue governs nothing here */
  guint32 cue_end;    /* past a preposition that belongs to the cue: "complained about" */
  OnrConstruction construction;
} OnrComplement;

/* The complement of USE within the sentence that ends at UPPER. FALSE where no frame of the cue fits what
 * follows. */
gboolean onr_complement_find(const OnrAttributions *a, const OnrCueUse *use, guint32 upper,
                             OnrComplement *out);

/* The end of a clause's content that begins at BEGIN: before the next attribution of the sentence, else the
 * sentence's end. */
guint32 onr_clause_end(const OnrAttributions *a, guint32 begin, guint32 upper);

/* The same for a noun phrase that is content. */
guint32 onr_phrase_content_end(const OnrAttributions *a, guint32 begin, guint32 upper);

/* END without the commas and full stops before it that no quotation mark follows. */
guint32 onr_trim_content(const OnrReading *r, guint32 begin, guint32 end);

G_END_DECLS
