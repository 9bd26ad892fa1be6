/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The third pass: which entity a source is. Pronouns, surnames and roles are resolved within the article;
   nobody is made up: a source that the article only describes stays unnamed, with its description as role. */
#pragma once

#include "annotate/annotation.h"
#include "annotate/attribution.h"
#include "annotate/entities.h"

G_BEGIN_DECLS

/* Fills speaker, speaker_type and role of OUT's quotes. ORDER holds the attribution of each quote, as
   onr_quotes_write gives it. What pronouns tell of a person's gender is added to ENTITIES. */
void onr_speakers_resolve(const OnrAttributions *a, const GArray *order, OnrEntities *entities,
                          OnrAnnotation *out);

G_END_DECLS
