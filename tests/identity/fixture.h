/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Small articles of invented people, and whose their names are found to be. */
#pragma once

#include "identity/resolve.h"
#include "support/support.h"

/* The shipped model; fails the test where it cannot be read. */
OnrIdentityModel *fixture_model(void);

typedef struct Archive Archive;

Archive *archive_new(void);
void archive_free(Archive *archive);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Archive, archive_free)

/* Adds an article of TEXT, in which each of IDS (NULL-terminated: "person:ada-kolm") stands wherever the
   words behind it do: "person:ada-kolm=Kolm" names the form that stands in the text. */
void archive_add(Archive *archive, const char *article, const char *text, const char *const *ids);

/* A user says that NAME is LABEL. */
void archive_label(Archive *archive, const char *name, const char *label);

/* Resolves the block of all names that begin with ID's type and surname, with the articles in the order in
   which SEED shuffles them, and says whose each is: "ada-kolm[a1 a2] + a-kolm[a3]; kolm[a4]": identities by
   blanks and semicolons, names with their articles. The caller frees it. */
char *archive_resolve(Archive *archive, guint64 block, guint seed);
