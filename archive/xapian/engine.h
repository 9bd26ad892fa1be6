/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The xapian engine: an index in Xapian databases beside the record, for archives that outgrow the default. Drafts (what waits) are built into parts (pairs of databases), parts are
   merged into fewer, and a plan is compiled to Xapian's own query. index.h says how record and databases stay one; docs/index-format.md what is on disk. */
#pragma once

#include "archive/engine.h"

G_BEGIN_DECLS

extern const OnrEngineClass ONR_XAPIAN_ENGINE;

G_END_DECLS
