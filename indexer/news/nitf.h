/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A story in NITF (IPTC's News Industry Text Format 3.x; iptc.org/std/NITF): alone, inside NewsML of either generation, and
   as a body of ninjs. */
#pragma once

#include "indexer/news/notes.h"
#include "indexer/news/paragraphs.h"

G_BEGIN_DECLS

/* Offers FIELDS what the element NITF says, with RANK for what it says plainest (0 where nothing else speaks), adds its notes
   unless the article had some of that name, and its story's paragraphs to BODY; of a story without any, its abstract, with
   the note `extent`. */
void onr_nitf_read(xmlNode *nitf, guint rank, OnrFields *fields, OnrParagraphs *body);

G_END_DECLS
