/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/paths.h"

#include <errno.h>
#include <sys/stat.h>

/* Without a sum to make, the first entry is enough. */
static gboolean check_path(const char *path, const OnrWalkOptions *options, guint64 *n_bytes,
                           GError **error) {
  const char *const only[] = {path, NULL};
  g_autoptr(OnrWalk) walk = onr_walk_open(only, options, error);
  if (!walk)
    return FALSE;
  gboolean has_any = FALSE;
  OnrWalkEntry entry;
  while ((!has_any || n_bytes) && onr_walk_next(walk, &entry)) {
    has_any = TRUE;
    if (n_bytes)
      *n_bytes += entry.reason ? 0 : (guint64)entry.size_bytes;
  }
  if (!has_any)
    g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "no file to read below '%s'; nothing is removed", path);
  return has_any;
}

gboolean onr_paths_check(const char *const *paths, const OnrWalkOptions *options, guint64 *n_bytes,
                         GError **error) {
  if (!*paths) {
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_USAGE, "no path to index");
    return FALSE;
  }
  g_autoptr(OnrWalk) walk = onr_walk_open(paths, options, error); /* each is there */
  for (; walk && *paths; paths++)
    if (!check_path(*paths, options, n_bytes, error))
      return FALSE;
  return walk != NULL;
}

gboolean onr_paths_is_gone(const OnrSource *source) {
  g_autofree char *path = onr_path_from_name(source->path);
  struct stat st;
  gboolean is_skipped = source->status == ONR_SOURCE_SKIPPED;
  int outcome = is_skipped ? lstat(path, &st) : stat(path, &st);
  if (outcome != 0)
    return errno == ENOENT || errno == ENOTDIR;
  return !is_skipped && !S_ISREG(st.st_mode);
}
