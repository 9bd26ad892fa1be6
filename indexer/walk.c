/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/walk.h"

#include "text/utf8.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A folder that is being walked: its names, sorted, and how far. */
typedef struct {
  char *path;
  GPtrArray *names;
  guint next;
} Folder;

struct OnrWalk {
  char **roots;      /* absolute */
  char **root_names; /* the same as UTF-8 */
  char **include, **exclude;
  char *archive_dir; /* resolved; NULL: none */
  guint next_root;
  gsize root_length;  /* of the PATH that is being walked: what follows it is what globs see */
  GPtrArray *targets; /* resolved PATHs, then targets of links that were followed */
  GPtrArray *folders; /* Folder, the innermost last */
  GHashTable *given;  /* names, where PATHs lie below each other; else NULL */
  char *path, *name;  /* of the entry given last */
  char *reason;
};

char *onr_path_absolute(const char *path) {
  return g_canonicalize_filename(path, NULL);
}

char *onr_path_name(const char *path) {
  GString *name = g_string_new(NULL);
  gsize length = strlen(path);
  while (length > 0) {
    gsize n = onr_utf8_valid_prefix(path, length);
    g_string_append_len(name, path, (gssize)n);
    if (n < length)
      g_string_append_printf(name, "\\x%02X", (guchar)path[n]);
    n = MIN(n + 1, length);
    path += n;
    length -= n;
  }
  return g_string_free(name, FALSE);
}

char *onr_path_from_name(const char *name) {
  struct stat st;
  GString *path = g_string_new(NULL);
  gboolean is_literal = !strstr(name, "\\x") || lstat(name, &st) == 0;
  for (const char *p = name; *p; p++) {
    gboolean is_escape =
        !is_literal && p[0] == '\\' && p[1] == 'x' && g_ascii_isxdigit(p[2]) && g_ascii_isxdigit(p[3]);
    if (is_escape) {
      g_string_append_c(path, (char)(g_ascii_xdigit_value(p[2]) << 4 | g_ascii_xdigit_value(p[3])));
      p += 3;
    } else {
      g_string_append_c(path, *p);
    }
  }
  return g_string_free(path, FALSE);
}

gboolean onr_path_is_below(const char *path, const char *folder) {
  gsize n = strlen(folder);
  return strncmp(path, folder, n) == 0 &&
         (path[n] == '\0' || path[n] == '/' || (n > 0 && folder[n - 1] == '/'));
}

static void folder_free(gpointer p) {
  Folder *folder = p;
  g_free(folder->path);
  g_ptr_array_unref(folder->names);
  g_free(folder);
}

static int compare_names(gconstpointer a, gconstpointer b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The folder's names; NULL with errno where it cannot be read to its end. */
static GPtrArray *read_names(const char *path) {
  DIR *dir = opendir(path);
  if (!dir)
    return NULL;
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  const struct dirent *entry;
  while ((errno = 0, entry = readdir(dir)))
    if (entry->d_name[0] != '.') /* hidden, "." and ".." */
      g_ptr_array_add(names, g_strdup(entry->d_name));
  int number = errno;
  closedir(dir);
  if (number != 0) {
    g_ptr_array_unref(names);
    errno = number;
    return NULL;
  }
  g_ptr_array_sort(names, compare_names);
  return names;
}

static char *resolve(const char *path) {
  char *found = realpath(path, NULL); /* malloc, as g_free takes it */
  return found;
}

/* --- opening --- */

static gboolean check_root(OnrWalk *walk, const char *path, GError **error) {
  struct stat st;
  if (stat(path, &st) != 0) {
    g_set_error(error, ONR_ERROR, errno == ENOENT ? ONR_ERROR_NOT_FOUND : ONR_ERROR_IO, "'%s': %s", path,
                g_strerror(errno));
    return FALSE;
  }
  if (S_ISDIR(st.st_mode)) {
    DIR *dir = opendir(path);
    if (!dir) {
      g_set_error(error, ONR_ERROR, ONR_ERROR_IO, "'%s': %s", path, g_strerror(errno));
      return FALSE;
    }
    closedir(dir);
    char *target = resolve(path);
    if (target)
      g_ptr_array_add(walk->targets, target);
  }
  return TRUE;
}

static gboolean have_nested_roots(const OnrWalk *walk, guint n) {
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < n; k++)
      if (i != k && onr_path_is_below(walk->roots[i], walk->roots[k]))
        return TRUE;
  return FALSE;
}

static gboolean open_roots(OnrWalk *walk, const char *const *paths, GError **error) {
  guint n = g_strv_length((char **)paths);
  walk->roots = g_new0(char *, n + 1);
  walk->root_names = g_new0(char *, n + 1);
  for (guint i = 0; i < n; i++) {
    if (!*paths[i]) {
      g_set_error_literal(error, ONR_ERROR, ONR_ERROR_USAGE, "a path is empty");
      return FALSE;
    }
    if (!check_root(walk, paths[i], error))
      return FALSE;
    walk->roots[i] = onr_path_absolute(paths[i]);
    walk->root_names[i] = onr_path_name(walk->roots[i]);
  }
  if (have_nested_roots(walk, n))
    walk->given = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  return TRUE;
}

OnrWalk *onr_walk_open(const char *const *paths, const OnrWalkOptions *options, GError **error) {
  OnrWalk *walk = g_new0(OnrWalk, 1);
  walk->targets = g_ptr_array_new_with_free_func(free);
  walk->folders = g_ptr_array_new_with_free_func(folder_free);
  walk->include = g_strdupv((char **)options->include);
  walk->exclude = g_strdupv((char **)options->exclude);
  walk->archive_dir = options->archive_dir ? resolve(options->archive_dir) : NULL;
  if (open_roots(walk, paths, error))
    return walk;
  onr_walk_close(walk);
  return NULL;
}

void onr_walk_close(OnrWalk *walk) {
  if (!walk)
    return;
  g_strfreev(walk->roots);
  g_strfreev(walk->root_names);
  g_strfreev(walk->include);
  g_strfreev(walk->exclude);
  free(walk->archive_dir);
  g_ptr_array_unref(walk->targets);
  g_ptr_array_unref(walk->folders);
  g_clear_pointer(&walk->given, g_hash_table_unref);
  g_free(walk->path);
  g_free(walk->name);
  g_free(walk->reason);
  g_free(walk);
}

const char *const *onr_walk_roots(const OnrWalk *walk) {
  return (const char *const *)walk->root_names;
}

/* --- globs --- */

static gboolean glob_matches(const char *glob, const char *below, const char *name, gboolean is_folder) {
  g_autofree char *bare = NULL;
  if (g_str_has_suffix(glob, "/")) {
    if (!is_folder)
      return FALSE;
    glob = bare = g_strndup(glob, strlen(glob) - 1);
  }
  return fnmatch(glob, below, 0) == 0 || fnmatch(glob, name, 0) == 0;
}

static gboolean any_matches(char **globs, const char *below, const char *name, gboolean is_folder) {
  for (; globs && *globs; globs++)
    if (glob_matches(*globs, below, name, is_folder))
      return TRUE;
  return FALSE;
}

static gboolean is_wanted(const OnrWalk *walk, const char *path, const char *name, gboolean is_folder) {
  const char *below = path + walk->root_length;
  while (*below == '/')
    below++;
  if (any_matches(walk->exclude, below, name, is_folder))
    return FALSE;
  return is_folder || !walk->include || !*walk->include || any_matches(walk->include, below, name, FALSE);
}

/* --- links --- */

/* Why the link at PATH is not followed; NULL where it is, and its target is kept. */
static char *check_link(OnrWalk *walk, const char *path) {
  char *target = resolve(path);
  if (!target)
    return g_strdup_printf("link: %s", g_strerror(errno));
  for (guint i = 0; i < walk->targets->len; i++) {
    const char *known = walk->targets->pdata[i];
    gboolean is_read = onr_path_is_below(target, known);
    if (is_read || onr_path_is_below(known, target)) {
      g_autofree char *name = onr_path_name(target);
      free(target);
      return is_read ? g_strdup_printf("link to '%s', which is read itself", name)
                     : g_strdup_printf("link to '%s', which comes back here", name);
    }
  }
  g_ptr_array_add(walk->targets, target);
  return NULL;
}

/* --- entries --- */

static gboolean give(OnrWalk *walk, OnrWalkEntry *entry, const struct stat *st) {
  g_free(walk->name);
  walk->name = onr_path_name(walk->path);
  *entry = (OnrWalkEntry){.path = walk->path, .name = walk->name, .reason = walk->reason};
  if (st) {
    entry->is_folder = S_ISDIR(st->st_mode);
    entry->size_bytes = st->st_size;
    entry->mtime_ns = (gint64)st->st_mtim.tv_sec * G_GINT64_CONSTANT(1000000000) + st->st_mtim.tv_nsec;
  }
  return TRUE;
}

static gboolean give_reason(OnrWalk *walk, OnrWalkEntry *entry, const struct stat *st, char *reason) {
  walk->reason = reason;
  return give(walk, entry, st);
}

static const char *special_kind(mode_t mode) {
  return S_ISFIFO(mode)   ? "a FIFO"
         : S_ISSOCK(mode) ? "a socket"
         : S_ISCHR(mode)  ? "a character device"
         : S_ISBLK(mode)  ? "a block device"
                          : "no regular file";
}

static gboolean is_archive(const OnrWalk *walk, const char *path) {
  if (!walk->archive_dir)
    return FALSE;
  char *resolved = resolve(path);
  gboolean is_own = resolved && strcmp(resolved, walk->archive_dir) == 0;
  free(resolved);
  return is_own;
}

/* Begins the folder at walk->path; TRUE with an entry where it cannot be read. */
static gboolean enter(OnrWalk *walk, OnrWalkEntry *entry, const struct stat *st) {
  if (is_archive(walk, walk->path))
    return FALSE;
  GPtrArray *names = read_names(walk->path);
  if (!names)
    return give_reason(walk, entry, st, g_strdup_printf("folder: %s", g_strerror(errno)));
  Folder *folder = g_new0(Folder, 1);
  folder->path = g_strdup(walk->path);
  folder->names = names;
  g_ptr_array_add(walk->folders, folder);
  return FALSE;
}

/* Looks at walk->path, whose last part is NAME (NULL for a PATH itself, which no glob and no rule of links
   keeps out). TRUE with an entry, FALSE where there is none to give: a folder, or what is not wanted. */
static gboolean visit(OnrWalk *walk, OnrWalkEntry *entry, const char *name) {
  struct stat st;
  g_clear_pointer(&walk->reason, g_free);
  gboolean is_link = lstat(walk->path, &st) == 0 && S_ISLNK(st.st_mode);
  if (stat(walk->path, &st) != 0) {
    if (name && !is_wanted(walk, walk->path, name, FALSE))
      return FALSE;
    return give_reason(walk, entry, NULL,
                       g_strdup_printf("%s%s", is_link ? "link: " : "", g_strerror(errno)));
  }
  gboolean is_folder = S_ISDIR(st.st_mode);
  if (name && !is_wanted(walk, walk->path, name, is_folder))
    return FALSE;
  char *reason = name && is_link ? check_link(walk, walk->path) : NULL;
  if (!reason && !is_folder && !S_ISREG(st.st_mode))
    reason = g_strdup_printf("%s", special_kind(st.st_mode));
  if (reason)
    return give_reason(walk, entry, &st, reason);
  return is_folder ? enter(walk, entry, &st) : give(walk, entry, &st);
}

/* Moves to the next name of the innermost folder; NULL when it has none left and is closed. */
static const char *next_name(OnrWalk *walk) {
  Folder *folder = walk->folders->pdata[walk->folders->len - 1];
  if (folder->next == folder->names->len) {
    g_ptr_array_set_size(walk->folders, (gint)walk->folders->len - 1);
    return NULL;
  }
  const char *name = folder->names->pdata[folder->next++];
  g_free(walk->path);
  walk->path = g_build_filename(folder->path, name, NULL);
  return name;
}

/* The next name or PATH: TRUE with an entry, FALSE where it gives none; *IS_AT_END when there is no next. */
static gboolean step(OnrWalk *walk, OnrWalkEntry *entry, gboolean *is_at_end) {
  if (walk->folders->len > 0) {
    const char *name = next_name(walk);
    return name && visit(walk, entry, name);
  }
  const char *root = walk->roots[walk->next_root];
  *is_at_end = root == NULL;
  if (!root)
    return FALSE;
  walk->next_root++;
  g_free(walk->path);
  walk->path = g_strdup(root);
  walk->root_length = strlen(root);
  return visit(walk, entry, NULL);
}

gboolean onr_walk_next(OnrWalk *walk, OnrWalkEntry *entry) {
  gboolean is_at_end = FALSE;
  while (!is_at_end)
    if (step(walk, entry, &is_at_end) &&
        (!walk->given || g_hash_table_add(walk->given, g_strdup(entry->name))))
      return TRUE;
  return FALSE;
}
