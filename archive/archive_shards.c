/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opening several archives as one: from names to shards. */
#include "archive/archive_private.h"
#include "archive/xapian/shards.h"

#include <string.h>

#define MAX_SHARDS 1000
#define LINE_COMMENT '#'

/* --- names --- */

/* "host:port"; *HOST is owned by the caller. */
static gboolean parse_server(const char *name, char **host, guint *port) {
  const char *colon = strrchr(name, ':');
  guint64 number;
  if (!colon || colon == name || strchr(name, '/') ||
      !g_ascii_string_to_unsigned(colon + 1, 10, 1, 65534, &number, NULL))
    return FALSE;
  if (host)
    *host = g_strndup(name, (gsize)(colon - name));
  if (port)
    *port = (guint)number;
  return TRUE;
}

gboolean onr_archive_is_shard_name(const char *name) {
  if (g_file_test(name, G_FILE_TEST_EXISTS))
    return !g_file_test(name, G_FILE_TEST_IS_DIR);
  return parse_server(name, NULL, NULL);
}

static gboolean add_name(GPtrArray *names, const char *name, GError **error) {
  if (names->len < MAX_SHARDS) {
    g_ptr_array_add(names, g_strdup(name));
    return TRUE;
  }
  g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT, "more than %d shards", MAX_SHARDS);
  return FALSE;
}

/* A line of the list at FILE: a server as it is, a folder seen from the list's. */
static gboolean add_line(GPtrArray *names, const char *file, char *line, GError **error) {
  char *comment = strchr(line, LINE_COMMENT);
  if (comment)
    *comment = '\0';
  g_strstrip(line);
  if (!*line)
    return TRUE;
  g_autofree char *whole = g_canonicalize_filename(file, NULL);
  g_autofree char *dir = g_path_get_dirname(whole);
  g_autofree char *path = g_canonicalize_filename(line, dir);
  if (g_file_test(path, G_FILE_TEST_IS_DIR))
    return add_name(names, path, error);
  if (parse_server(line, NULL, NULL))
    return add_name(names, line, error);
  g_set_error(error, ONR_ERROR, ONR_ERROR_NOT_FOUND,
              "'%s': '%s' is neither a folder nor a server (host:port)", file, line);
  return FALSE;
}

static gboolean add_list(GPtrArray *names, const char *file, GError **error) {
  g_autofree char *text = NULL;
  g_autoptr(GError) local = NULL;
  if (!g_file_get_contents(file, &text, NULL, &local)) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_IO, "%s", local->message);
    return FALSE;
  }
  guint n_before = names->len;
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    if (!add_line(names, file, lines[i], error))
      return FALSE;
  if (names->len > n_before)
    return TRUE;
  g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "'%s' lists no archive", file);
  return FALSE;
}

static gboolean expand_names(const char *const *given, GPtrArray *names, GError **error) {
  for (; *given; given++) {
    gboolean is_list = g_file_test(*given, G_FILE_TEST_IS_REGULAR);
    if (!(is_list ? add_list(names, *given, error) : add_name(names, *given, error)))
      return FALSE;
  }
  return TRUE;
}

/* --- members --- */

static void member_free(gpointer member) {
  onr_archive_close(member);
}

static gboolean open_local(OnrArchive *archive, const char *name, OnrShard *shard, GError **error) {
  OnrArchive *member = onr_archive_open(name, ONR_OPEN_READ, error);
  if (!member)
    return FALSE;
  g_ptr_array_add(archive->members, member);
  shard->record = member->record;
  if (strcmp(member->engine_class->name, ONR_XAPIAN_ENGINE.name) == 0)
    return TRUE;
  g_set_error(
      error, ONR_ERROR, ONR_ERROR_UNSUPPORTED,
      "archive '%s' is of the %s engine; several are searched as one with xapian: `onrecord reindex -a %s "
      "--engine xapian`",
      name, member->engine_class->name, name);
  return FALSE;
}

static gboolean open_member(OnrArchive *archive, const char *name, OnrShard *shard, GError **error) {
  char *host = NULL;
  shard->name = name;
  if (g_file_test(name, G_FILE_TEST_IS_DIR) || !parse_server(name, &host, &shard->port))
    return open_local(archive, name, shard, error);
  shard->host = host;
  g_ptr_array_add(archive->members, NULL);
  return TRUE;
}

static gboolean open_engine(OnrArchive *archive, const GPtrArray *names, OnrShard *shards,
                            const OnrShardOptions *options, GError **error) {
  for (guint i = 0; i < names->len; i++)
    if (!open_member(archive, names->pdata[i], &shards[i], error))
      return FALSE;
  archive->engine = onr_shards_open(shards, names->len, options, error);
  return archive->engine != NULL;
}

static gboolean check_languages(OnrArchive *archive, GError **error) {
  archive->language = onr_shards_language(archive->engine, error);
  return archive->language != NULL;
}

OnrArchive *onr_archive_open_shards(const char *const *given, const OnrShardOptions *options,
                                    GError **error) {
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  if (!expand_names(given, names, error))
    return NULL;
  g_autoptr(OnrArchive) archive = g_new0(OnrArchive, 1);
  archive->lock = -1;
  archive->members = g_ptr_array_new_with_free_func(member_free);
  archive->engine_class = &ONR_XAPIAN_ENGINE;
  g_ptr_array_add(names, NULL);
  archive->dir = g_strjoinv(", ", (char **)names->pdata);
  g_ptr_array_set_size(names, (gint)names->len - 1);
  g_autofree OnrShard *shards = g_new0(OnrShard, names->len);
  gboolean is_open = open_engine(archive, names, shards, options, error) && check_languages(archive, error);
  for (guint i = 0; i < names->len; i++)
    g_free((char *)shards[i].host);
  return is_open ? g_steal_pointer(&archive) : NULL;
}

const GPtrArray *onr_archive_missing(OnrArchive *archive) {
  static const GPtrArray none = {NULL, 0};
  return archive->members ? onr_shards_missing(archive->engine) : &none;
}
