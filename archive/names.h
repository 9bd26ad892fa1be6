/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to archive/: the writer's side of identities. Entities, their aliases and roles are looked up or made as articles come; those that are new,
   and what an article adds to counts, are kept in memory and written once a batch. After an article is taken out, what nothing refers to any more goes at the
   next flush, so that an archive without an article equals one that never had it.

     onr_names_use(names, &entity, &in_record, error);                    // the article calls the entity so in full
     onr_names_count(names, in_record.entity, "Lavrov", 6, +1, error);   // × mentions
     onr_names_flush(names, error);                                     // before commit */
#pragma once

#include "archive/article.h"
#include "text/error.h"

G_BEGIN_DECLS

/* Bytes of a name, alias or role; longer ones are cut at a character. */
#define ONR_NAME_MAX 256

typedef struct OnrRecord OnrRecord;
typedef struct OnrNames OnrNames;

/* Rows of an entity, of the alias that is its full name in an article, and of the role it has there (0: none). */
typedef struct {
  gint64 entity, alias, role;
} OnrNameRows;

OnrNames *onr_names_new(OnrRecord *record);
void onr_names_free(OnrNames *names);
/* After a rollback: nothing that is kept in memory holds any more. */
void onr_names_forget(OnrNames *names);

/* A row of table entity that no name has: for parts. */
gboolean onr_names_new_row(OnrNames *names, gint64 *row, GError **error);

/* Finds or makes the rows of ENTITY, and counts its full name and role once. */
gboolean onr_names_use(OnrNames *names, const OnrEntityRow *entity, OnrNameRows *out, GError **error);
/* Takes back what onr_names_use counted; the entity goes at the flush if nothing refers to it. */
gboolean onr_names_unuse(OnrNames *names, const OnrNameRows *rows, GError **error);
/* Adds N to the places where the entity is called by LENGTH bytes of TEXT. */
gboolean onr_names_count(OnrNames *names, gint64 entity_row, const char *text, gsize length, int n, GError **error);

/* ENTITY's name may be another now: it is chosen anew at the flush. */
void onr_names_doubt(OnrNames *names, gint64 entity);

/* Puts what is new into its tables: before these are read within a transaction. */
gboolean onr_names_insert_new(OnrNames *names, GError **error);
/* Writes what is new and counts, removes what is unused, chooses names anew. */
gboolean onr_names_flush(OnrNames *names, GError **error);

G_END_DECLS
