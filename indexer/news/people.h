/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who wrote an article, as databases and interfaces say it: each person once, in the order of the file.

     g_autoptr(GPtrArray) people = onr_people_new();
     onr_people_add(people, "By Ada Moor");
     onr_people_add(people, "['Ada Moor', 'Ben Vale']");
     g_autofree char *byline = onr_people_join(people); // "Ada Moor, Ben Vale" */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GPtrArray *onr_people_new(void);

/* Whom WORDS name: as news/notes.h has a person, out of HTML and out of a list that is spelled in a cell (Python's, JSON's).
   An address, a bare number and what stands for nothing (news/given.h) name no one. */
void onr_people_add(GPtrArray *people, const char *words);

/* Joined by ", "; NULL for no one. The caller frees it. */
char *onr_people_join(const GPtrArray *people);

G_END_DECLS
