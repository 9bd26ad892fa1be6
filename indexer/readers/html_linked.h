/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The article that a page describes in JSON-LD (schema.org NewsArticle and its kin), also inside @graph and
 * arrays. */
#pragma once

#include "indexer/readers/fields.h"
#include "indexer/readers/html_tree.h"

G_BEGIN_DECLS

/* Takes the fields of the first article in SCRIPT, when it is application/ld+json and is JSON. */
void onr_html_read_linked(xmlNode *script, OnrFields *fields);

G_END_DECLS
