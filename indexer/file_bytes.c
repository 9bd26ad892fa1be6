/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/file_bytes.h"

#include "indexer/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HASHED_BYTES (64u << 10) /* read at a time for the hash alone */

struct OnrFileBytes {
  int fd;
  gint64 size_bytes, mtime_ns;
  guint64 read_bytes;
  GChecksum *hash;
  gboolean is_at_end;
  gboolean is_refused; /* the system would not give the rest */
  guint64 made[ONR_FILE_LAYERS_MAX];
  gboolean is_bomb;
};

static GError *system_error(const char *what, int number) {
  return g_error_new(ONR_ERROR, number == ENOENT ? ONR_ERROR_NOT_FOUND : ONR_ERROR_IO, "%s: %s", what,
                     g_strerror(number));
}

static gboolean stat_file(OnrFileBytes *file, GError **error) {
  struct stat st;
  if (fstat(file->fd, &st) != 0) {
    g_propagate_error(error, system_error("cannot be read", errno));
    return FALSE;
  }
  if (S_ISDIR(st.st_mode)) {
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_USAGE, "is a folder");
    return FALSE;
  }
  if (S_ISREG(st.st_mode)) {
    file->size_bytes = st.st_size;
    file->mtime_ns = (gint64)st.st_mtim.tv_sec * G_GINT64_CONSTANT(1000000000) + st.st_mtim.tv_nsec;
  }
  return TRUE;
}

OnrFileBytes *onr_file_bytes_open(const char *path, GError **error) {
  gboolean is_stdin = strcmp(path, "-") == 0;
  int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) {
    g_propagate_error(error, system_error("cannot be opened", errno));
    return NULL;
  }
  OnrFileBytes *file = g_new0(OnrFileBytes, 1);
  file->fd = fd;
  file->hash = g_checksum_new(G_CHECKSUM_SHA256);
  if (!stat_file(file, error))
    g_clear_pointer(&file, onr_file_bytes_close);
  return file;
}

void onr_file_bytes_close(OnrFileBytes *file) {
  if (!file)
    return;
  if (file->fd != STDIN_FILENO)
    close(file->fd);
  g_checksum_free(file->hash);
  g_free(file);
}

gsize onr_file_bytes_read(OnrFileBytes *file, char *out, gsize room, GError **error) {
  if (file->is_at_end)
    return 0;
  gssize n;
  do
    n = read(file->fd, out, room);
  while (n < 0 && errno == EINTR);
  if (n > 0) {
    g_checksum_update(file->hash, (const guchar *)out, n);
    file->read_bytes += (guint64)n;
    return (gsize)n;
  }
  file->is_at_end = TRUE;
  file->is_refused = n < 0;
  if (n < 0)
    g_propagate_error(error, system_error("cannot be read", errno));
  return 0;
}

gboolean onr_file_bytes_count(OnrFileBytes *file, guint layer, gsize n_bytes) {
  g_assert(layer < ONR_FILE_LAYERS_MAX);
  file->made[layer] += n_bytes;
  guint64 made = file->made[layer];
  if (made > ONR_MAX_EXPANDED_BYTES ||
      (made > ONR_EXPANSION_FREE_BYTES && made / ONR_MAX_EXPANSION_RATIO > file->read_bytes))
    file->is_bomb = TRUE;
  return !file->is_bomb;
}

gboolean onr_file_bytes_is_bomb(const OnrFileBytes *file) {
  return file->is_bomb;
}

void onr_file_bytes_stat(const OnrFileBytes *file, gint64 *size_bytes, gint64 *mtime_ns) {
  *size_bytes = file->size_bytes;
  *mtime_ns = file->mtime_ns;
}

guint64 onr_file_bytes_done(const OnrFileBytes *file) {
  return file->read_bytes;
}

char *onr_file_bytes_hash(OnrFileBytes *file) {
  g_autofree char *scratch = g_malloc(HASHED_BYTES);
  while (onr_file_bytes_read(file, scratch, HASHED_BYTES, NULL) > 0)
    ;
  return file->is_refused ? NULL : g_strdup(g_checksum_get_string(file->hash));
}
