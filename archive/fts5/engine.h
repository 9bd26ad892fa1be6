/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The fts5 engine: an index that lives in the record's own file and transaction. Parts: inverted (the lists,
   FTS5's), dictionary (terms and their counts), columns (a number an item, in memory); a plan is compiled
   (compile), run (run) over what FTS5 finds, and the best rows are kept (best) and ordered (order).
   docs/index-format.md describes what is on disk. */
#pragma once

#include "archive/engine.h"

G_BEGIN_DECLS

extern const OnrEngineClass ONR_FTS5_ENGINE;

G_END_DECLS
