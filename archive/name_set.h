/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The names under which articles speak of some identities: what a condition on a speaker or a mention asks the index for, which knows names only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A name in one article, where it is another's than elsewhere. */
typedef struct {
  char *name, *article; /* ids */
} OnrSenseId;

typedef struct {
  GPtrArray *names; /* char *: ids of names; in byte order, each once, after onr_name_set_tidy */
  /* Of one archive with a record: char *, ids of those identities whose names are not all among NAMES, since some are another's in some articles. Likewise in order. */
  GPtrArray *bearers;
  /* Of several archives: the senses one by one, since what one of them knows is asked of all. */
  GArray *only;     /* OnrSenseId: a name that is theirs in that article alone, by name */
  GArray *but;      /* OnrSenseId: a name of NAMES that is another's there, by name */
} OnrNameSet;

void onr_name_set_init(OnrNameSet *set);
void onr_name_set_clear(OnrNameSet *set);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrNameSet, onr_name_set_clear)

void onr_name_set_add(OnrNameSet *set, const char *name);
void onr_name_set_add_bearer(OnrNameSet *set, const char *identity);
void onr_name_set_add_only(OnrNameSet *set, const char *name, const char *article);
void onr_name_set_add_but(OnrNameSet *set, const char *name, const char *article);
/* Puts all in order, each once. */
void onr_name_set_tidy(OnrNameSet *set);
gboolean onr_name_set_is_empty(const OnrNameSet *set);

G_END_DECLS
