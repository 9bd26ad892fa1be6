/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The engines by name. Another engine is one more line here. */
#include "archive/engine.h"

#include "archive/fts5/engine.h"
#include "archive/xapian/engine.h"

#include <string.h>

/* One setting for all, found on five test collections: docs/ranking.md, "The setting". */
const OnrBm25 ONR_BM25_DEFAULT = {.k1 = 1.5, .k3 = 8, .b = 0.65, .min_normlen = 0.2};

/* The first is the default. */
static const OnrEngineClass *const classes[] = {&ONR_FTS5_ENGINE, &ONR_XAPIAN_ENGINE};

const OnrEngineClass *onr_engine_class(const char *name) {
  for (guint i = 0; i < G_N_ELEMENTS(classes); i++)
    if (!name || !strcmp(classes[i]->name, name))
      return classes[i];
  return NULL;
}

const char *const *onr_engine_names(void) {
  static const char *const names[] = {"fts5", "xapian", NULL};
  G_STATIC_ASSERT(G_N_ELEMENTS(names) == G_N_ELEMENTS(classes) + 1);
  return names;
}

void onr_engines_clean(OnrRecord *record) {
  for (guint i = 0; i < G_N_ELEMENTS(classes); i++)
    classes[i]->clean(record);
}

void onr_hits_clear(OnrHits *hits) {
  g_clear_pointer(&hits->hits, g_array_unref);
  hits->n_matches = hits->n_articles = 0;
}
