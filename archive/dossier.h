/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All that a record knows of one identity: under which names and why, what it is said to be and when, beside
 * whom it is quoted. */
#pragma once

#include "archive/record.h"

G_BEGIN_DECLS

/* Beyond these, the less frequent ones are left out. */
#define ONR_DOSSIER_ROLES 20
#define ONR_DOSSIER_COMPANY 10

typedef struct {
  char *id, *name;
  guint64 n_articles; /* in which the name is the identity's */
  char *reason;       /* why it is; NULL for the name that stands for the identity */
  double odds;        /* that it is, to 1; 0 where that was not weighed */
} OnrDossierName;

typedef struct {
  char *role;
  guint64 n_articles;
  gint32 first_day, last_day; /* ONR_NO_DAY where none is dated */
} OnrDossierRole;

typedef struct {
  char *id, *name;
  guint64 n_articles; /* that quote both */
} OnrDossierCompany;

typedef struct {
  OnrIdentity identity;
  gint32 first_day, last_day; /* of articles that mention it; ONR_NO_DAY where none is dated */
  GPtrArray *aliases;         /* char *: "text\tplaces", the most frequent first */
  GArray *names;              /* of OnrDossierName, that in most articles first */
  GArray *roles;              /* of OnrDossierRole, that of most articles first */
  GArray *company;            /* of OnrDossierCompany, likewise */
} OnrDossier;

void onr_dossier_clear(OnrDossier *dossier);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrDossier, onr_dossier_clear)

/* Appends to ROWS (gint64) the identities that NAME finds as onr_record_find_identities does, the most quoted
 * first, then those in most articles. */
gboolean onr_record_find_bearers(OnrRecord *record, const char *name, guint types, GArray *rows,
                                 GError **error);

/* Fills OUT, which is all zero or cleared, with the identity in ROW. */
gboolean onr_record_load_dossier(OnrRecord *record, gint64 row, OnrDossier *out, GError **error);

G_END_DECLS
