/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a web page says of itself: title, byline, date, publisher, section, language and address, from the
   surest source that has it. In that order: JSON-LD of a NewsArticle (or another Article), OpenGraph and
   article:*, other meta elements, the page's own elements (time, h1, title, link). */
#pragma once

#include "indexer/readers/fields.h"
#include "indexer/readers/html_tree.h"

G_BEGIN_DECLS

void onr_html_read_meta(xmlDoc *tree, OnrFields *fields);

G_END_DECLS
