/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/batch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static FILE *open_file(const char *path, GError **error) {
  if (!strcmp(path, "-"))
    return stdin;
  FILE *file = fopen(path, "re");
  if (!file)
    g_set_error(error, ONR_ERROR, errno == ENOENT ? ONR_ERROR_NOT_FOUND : ONR_ERROR_IO, "--batch '%s': %s",
                path, g_strerror(errno));
  return file;
}

/* LINE is cut in place. */
static gboolean run_line(char *line, gsize length, guint64 number, OnrBatchFunc each, gpointer data,
                         GError **error) {
  if (length > ONR_BATCH_LINE_MAX) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT,
                "a line of %" G_GSIZE_FORMAT " bytes is no query (limit %u)", length, ONR_BATCH_LINE_MAX);
    return FALSE;
  }
  if (strlen(line) != length || !g_utf8_validate(line, -1, NULL)) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_SYNTAX, "not valid UTF-8");
    return FALSE;
  }
  g_strchomp(line);
  char *tab = strchr(line, '\t');
  g_autofree char *id =
      tab ? g_strndup(line, (gsize)(tab - line)) : g_strdup_printf("%" G_GUINT64_FORMAT, number);
  const char *query = tab ? tab + 1 : line;
  return !*query || each(id, query, data, error);
}

gboolean onr_batch_run(OnrSession *session, OnrBatchFunc each, gpointer data, GError **error) {
  const char *path = session->options.batch;
  const char *shown = strcmp(path, "-") ? path : "standard input";
  FILE *file = open_file(path, error);
  if (!file)
    return FALSE;
  gboolean is_clean = TRUE;
  char *line = NULL;
  size_t capacity = 0;
  ssize_t length;
  for (guint64 number = 1;
       !onr_output_is_done(&session->out) && (length = getline(&line, &capacity, file)) >= 0; number++) {
    g_autoptr(GError) local = NULL;
    if (!run_line(line, (gsize)length, number, each, data, &local)) {
      onr_session_complain(session, "%s:%" G_GUINT64_FORMAT ": %s", shown, number, local->message);
      is_clean = FALSE;
    }
  }
  if (ferror(file)) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_IO, "--batch '%s': %s", shown, g_strerror(errno));
    is_clean = FALSE;
  }
  free(line);
  if (file != stdin)
    fclose(file);
  return is_clean;
}
