/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files below the PATHs of one run, in an order that depends on names alone: PATHs as given; in a folder by
   the bytes of names, a folder's files where its name stands (depth first).

     g_autoptr(OnrWalk) walk = onr_walk_open(paths, &options, error);
     while (onr_walk_next(walk, &entry)) use(&entry);        // a file to read, or the reason why one is not
   read

   Not given at all: hidden files and folders (names with a dot in front), the archive's own folder, what the
   globs leave out; a PATH itself is taken whatever its name. Given with a reason: special files (FIFO,
   socket, device), links to nothing, links that come back (below), folders and files that the system refuses.

   Symbolic links are followed, each target once: a link whose target lies below a PATH, or below the target
   of a link followed before, is passed over, since its files are given there; so is one whose target holds a
   PATH, which would never end.

   Globs (fnmatch: * ? [ ], '*' matches '/' too) are compared with the path below PATH and with the name
   alone; one that ends in '/' only with folders. `exclude` leaves out files, and folders with all below them;
   `include`, when there is any, leaves out files that no glob matches.

   A file that two PATHs reach by one name is given once. */
#pragma once

#include "text/error.h"

G_BEGIN_DECLS

typedef struct OnrWalk OnrWalk;

typedef struct {
  const char *const *include; /* NULL or empty: all */
  const char *const *exclude;
  const char *archive_dir; /* never walked; NULL: none */
} OnrWalkOptions;

typedef struct {
  const char *path;   /* absolute, to be opened */
  const char *name;   /* the same as UTF-8, for the record: bytes that are none become \xHH */
  const char *reason; /* why it is not read; NULL for a file to read */
  gboolean is_folder; /* of a reason */
  gint64 size_bytes, mtime_ns;
} OnrWalkEntry;

/* Reports USAGE for an empty PATH, NOT_FOUND for a missing one, IO for a folder among PATHS that cannot be
 * read. Globs and paths are copied. */
OnrWalk *onr_walk_open(const char *const *paths, const OnrWalkOptions *options, GError **error);
void onr_walk_close(OnrWalk *walk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrWalk, onr_walk_close)

/* The next entry, whose strings live until the call after; FALSE at the end. */
gboolean onr_walk_next(OnrWalk *walk, OnrWalkEntry *entry);

/* The PATHs as absolute UTF-8 names; borrowed, NULL-terminated. */
const char *const *onr_walk_roots(const OnrWalk *walk);

/* PATH made absolute, "." and ".." and double slashes taken out by name (links are not resolved). The caller
 * frees it. */
char *onr_path_absolute(const char *path);

/* PATH as UTF-8, see OnrWalkEntry.name. The caller frees it. */
char *onr_path_name(const char *path);

/* The path that NAME stands for: NAME itself where such a file is, else with \xHH as bytes again. The caller
 * frees it. */
char *onr_path_from_name(const char *name);

/* TRUE where PATH is FOLDER or lies below it, by name. */
gboolean onr_path_is_below(const char *path, const char *folder);

G_END_DECLS
