/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ninjs, IPTC's news in JSON (iptc.org/standards/ninjs): of its three generations, whose members differ in case and number
   (`versioncreated` and `body_text` in 1.x, `headlines` and `bodies` with roles from 2.x on, `versionCreated` in 3.x). */
#pragma once

#include "indexer/readers/json_value.h"

G_BEGIN_DECLS

/* TRUE where OBJECT has a `uri` and a member that only ninjs has. */
gboolean onr_ninjs_is(const json_t *object);

/* Fills ARTICLE with its header, notes and story. UNSUPPORTED where the item is none: a picture, an event, a plan …; what
   it is associated with is left out. */
gboolean onr_ninjs_read(const json_t *object, OnrArticle *article, guint32 *n_replaced, GError **error);

G_END_DECLS
