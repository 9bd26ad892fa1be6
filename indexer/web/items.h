/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Microdata (itemscope, itemprop) and RDFa Lite (typeof, property): what elements say of the item that they
   are part of. Only items that are an article count, its author and publisher, and properties outside any
   item, which careless sites write; those of comments, images and products do not. */
#pragma once

#include "indexer/web/claims.h"

G_BEGIN_DECLS

#define ONR_RANK_OUTSIDE 10000 /* and more: the rank of a claim of no item */

typedef enum {
  ONR_ITEM_NONE,
  ONR_ITEM_ARTICLE,
  ONR_ITEM_AUTHOR,
  ONR_ITEM_PUBLISHER,
  ONR_ITEM_OTHER
} OnrItemKind;

/* The item that an element stands in. */
typedef struct {
  OnrItemKind kind;
  guint rank; /* of its claims: the first article on the page 0 … */
} OnrItem;

/* Adds what NODE, which stands in ITEM, says of it; claims get their place (node, furniture, at) from PLACE,
   but a node only where their value is the element's words and not an attribute. Returns the item that its
   children stand in. *N_ITEMS counts the page's, from 0. */
OnrItem onr_html_read_item(xmlNode *node, OnrItem item, guint *n_items, OnrClaims *claims, OnrClaim place);

G_END_DECLS
