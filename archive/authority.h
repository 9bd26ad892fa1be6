/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The authority file's lines: identities as a user lists them, whose word stands over what articles tell (docs/identities.md). indexer/authority_file.h reads and
   prints them; the record keeps them (archive/record.h). */
#pragma once

#include "text/date.h"
#include "text/error.h"
#include "text/vocabulary.h"

G_BEGIN_DECLS

typedef struct {
  char *name;                 /* "Foreign Minister of Russia" */
  char *from, *to;            /* as written: "2004", "2004-03", "2004-03-09"; NULL: open */
  gint32 first_day, last_day; /* FROM's first day and TO's last; ONR_NO_DAY where open */
} OnrAuthorityRole;

typedef struct {
  char *id;           /* "person:sergey-lavrov", or any other word: "Q58217" */
  char *name;         /* to be shown */
  OnrEntityType type;
  GPtrArray *aliases; /* char *: other names, as listed */
  GArray *roles;      /* OnrAuthorityRole, as listed */
  GPtrArray *links;   /* char *: "wikidata=Q58217", as listed, those of one scheme together */
  char *same_as;      /* id of the identity that this one is: its names are that one's; or NULL */
} OnrAuthorityEntry;

void onr_authority_entry_init(OnrAuthorityEntry *entry);
/* Empties ENTRY for another line. */
void onr_authority_entry_reset(OnrAuthorityEntry *entry);
void onr_authority_entry_clear(OnrAuthorityEntry *entry);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrAuthorityEntry, onr_authority_entry_clear)
/* Appends a role, days made of FROM and TO (NULL: open). FALSE, nothing appended, where either is no date or FROM is after TO. */
gboolean onr_authority_entry_add_role(OnrAuthorityEntry *entry, const char *name, const char *from, const char *to);

G_END_DECLS
