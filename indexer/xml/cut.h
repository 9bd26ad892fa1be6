/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A document of many items, cut into them. The splitting thread decodes the document and finds where its items begin and
   end; a raw item is an item's own text, and what all have in common is the document with a hole where the items were. A
   worker puts an item into the hole and parses a document of one item: so a title, a language or a namespace that stands
   around the items is where the tree says, and an item that is broken costs itself.

     static const OnrXmlCutting HOW = {.names = {"item", NULL}, .none = "a feed without items"};
     onr_xml_cut_split(stream, split, &HOW, &raw, error)             // OnrReader.split
     tree = onr_xml_open_item(&raw, &n_replaced, error)              // in OnrReader.parse; also for raw items of
                                                                     // onr_whole_split */
#pragma once

#include "indexer/reader.h"
#include "indexer/xml/tree.h"

G_BEGIN_DECLS

#define ONR_MAX_XML_HEAD_BYTES (64u << 10) /* of what stands around the items; of more only the elements around them */

typedef struct {
  const char *names[8]; /* local names of items; how the first of a name is spelled, prefix and all, is how all are */
  gboolean nests;       /* an item may hold another, and is then one with it */
  const char *none;     /* the reason where there is no item: "a feed without items" */
} OnrXmlCutting;

/* FORMAT with HOW->none where there is no item, and where the file ends inside one; LIMIT beyond ONR_MAX_ITEM_BYTES. */
gboolean onr_xml_cut_split(OnrStream *stream, OnrSplit *split, const OnrXmlCutting *how, OnrRawItem *out,
                           GError **error);

/* The tree of an item. Bytes that did not decode and control characters are counted in *N_REPLACED. As onr_xml_parse; the
   lines are the item's. */
xmlDoc *onr_xml_open_item(const OnrRawItem *item, guint32 *n_replaced, GError **error);

G_END_DECLS
