/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The PATHs of a run against what is on the disk and in the record: are they there, how much lies below them, and which files that the record knows are gone. Reads only. */
#pragma once

#include "archive/record.h"
#include "indexer/walk.h"

G_BEGIN_DECLS

/* Each of PATHS is there and has something to read or to tell below it. Reports NOT_FOUND for one that is missing and USAGE for one with nothing. *N_BYTES, where it is not
   NULL, gets the size of all files. */
gboolean onr_paths_check(const char *const *paths, const OnrWalkOptions *options, guint64 *n_bytes, GError **error);

/* TRUE where the file of SOURCE, a file's row, is not there any more, or no file. What the system refuses to tell is there. */
gboolean onr_paths_is_gone(const OnrSource *source);

G_END_DECLS
