/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the id of a name (text/name.h: "person:sergey-lavrov") to the block of names that may be one's with
   it. Names of different blocks never are, so that a new article asks again only about the blocks of the
   names in it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Raised when names come into other blocks, or identities out of the same ones: then archives resolve all of theirs again. */
#define ONR_IDENTITY_VERSION 10

/* Persons: the skeleton of the surname (identity/persons.h). Organisations and places: the usual name where
   the tables have one, and its initials in alphabetical order where it has several words, so that an acronym
   stands beside what it is short for; misc: the name. Never 0. */
guint64 onr_identity_block(const char *id);

/* FNV-1a (Fowler, Noll, Vo) of TEXT, as a whole number of SQLite, which are signed; never 0. */
guint64 onr_identity_hash(const char *text);

/* What ID is compared as: "person", "org", "place" or "misc": its type, but where the tables know the name, of
   several words or not a person's, as the other of a body and a place (org:dprk, person:medecins-sans-frontieres).
   Static. */
const char *onr_identity_kind(const char *id);

/* The words of ID as a name: "sergey lavrov". The caller frees it. */
char *onr_identity_words(const char *id);

/* The words of a name as onr_identity_words gives them. The caller frees it. */
char *onr_identity_fold(const char *name);

/* The name that organisations and places are compared by: the usual one of the tables, else ID's words
   without the article, "U.S." before more words, and legal forms ("Inc."); "X Department" is "department of
   X". Joined by hyphens; the caller frees it. */
char *onr_identity_key(const char *id);

#define ONR_MAX_ACRONYM 6 /* letters */

/* The acronym that organisations of ID's name have, "opcw": the initials of its key's words but the small ones. NULL
   where it is one word. The caller frees it. */
char *onr_identity_acronym(const char *id);

/* May several bear a name at once? Persons: never, by the name alone. */
typedef enum {
  ONR_SHARED_NOT,
  ONR_SHARED_TOWN, /* cities of which there are several, counties, hotels, squares and other sites, places that the tables do not know */
  ONR_SHARED_BODY, /* what every city, state or legislature has its own of: a Supreme Court, a Budget Committee, a City Hall, an embassy, a South */
  ONR_SHARED_USUAL /* the same, of which one is meant by far most often: the Department of Justice is the federal one */
} OnrSharing;

OnrSharing onr_identity_sharing(const char *id);

G_END_DECLS
