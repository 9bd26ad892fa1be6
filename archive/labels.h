/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to archive/: the writer's side of tables alias and role, which are kept alike: an entity's name for itself and a text's name for what it is. A label that is
   new is kept in memory until it is inserted with what the batch has counted for it; of the others the counts are kept. */
#pragma once

#include "archive/words.h"
#include "text/error.h"

G_BEGIN_DECLS

typedef enum { ONR_LABEL_ALIAS, ONR_LABEL_ROLE, ONR_N_LABELS } OnrLabelKind;

/* Valid until the next flush. */
typedef struct {
  OnrLabelKind kind;
  gboolean is_new;     /* not in its table yet */
  gboolean is_pending; /* in its table, and to be looked at by the flush */
  gint64 entity, row;
  int n, n_full;       /* to be added */
  guint used;          /* number of the batch that used it last */
  const char *name;
  char bytes[];
} OnrLabel;

typedef struct OnrLabels OnrLabels;

/* RECORD and WORDS are borrowed. */
OnrLabels *onr_labels_new(OnrRecord *record, OnrWords *words);
void onr_labels_free(OnrLabels *labels);
void onr_labels_forget(OnrLabels *labels); /* after a rollback */
guint onr_labels_n_cached(const OnrLabels *labels);

/* The label NAME of ENTITY, made where it is missing; NULL on an error. IS_ENTITY_NEW: table entity has no such row yet, so no label is looked for there. */
OnrLabel *onr_labels_use(OnrLabels *labels, OnrLabelKind kind, gint64 entity, gboolean is_entity_new, const char *name, GError **error);
/* The label in ROW; NULL on an error, CORRUPT where there is none. */
OnrLabel *onr_labels_get(OnrLabels *labels, OnrLabelKind kind, gint64 entity, gint64 row, GError **error);
/* Adds to its counts; N_FULL is read of an alias only. */
void onr_labels_count(OnrLabels *labels, OnrLabel *label, int n, int n_full);

/* Puts what is new into its tables: before these are read. */
gboolean onr_labels_insert_new(OnrLabels *labels, GError **error);
/* Writes counts and removes labels that nothing has any more; adds their entities (gint64) to the set UNSURE. */
gboolean onr_labels_flush(OnrLabels *labels, GHashTable *unsure, GError **error);
/* After a flush: ends the batch. IS_FULL: forgets those that it did not use. */
void onr_labels_end_batch(OnrLabels *labels, gboolean is_full);

G_END_DECLS
