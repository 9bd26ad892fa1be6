/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/output.h"

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static guint find_width(int fd, gboolean is_terminal) {
  guint64 columns = 0;
  struct winsize size;
  const char *given = g_getenv("COLUMNS");
  if (!(given && g_ascii_string_to_unsigned(given, 10, 1, G_MAXUINT16, &columns, NULL)) && is_terminal &&
      !ioctl(fd, TIOCGWINSZ, &size))
    columns = size.ws_col;
  return columns ? (guint)CLAMP(columns, ONR_WIDTH_MIN, ONR_WIDTH_MAX) : ONR_WIDTH_PLAIN;
}

static gboolean wants_color(OnrColor color, gboolean is_terminal) {
  if (color != ONR_COLOR_AUTO)
    return color == ONR_COLOR_ALWAYS;
  const char *no_color = g_getenv("NO_COLOR");
  const char *term = g_getenv("TERM");
  return is_terminal && !(no_color && *no_color) && term && strcmp(term, "dumb") != 0;
}

void onr_output_init(OnrOutput *out, FILE *file, OnrColor color) {
  int fd = fileno(file);
  gboolean is_terminal = fd >= 0 && isatty(fd);
  *out = (OnrOutput){.file = file,
                     .is_terminal = is_terminal,
                     .has_color = wants_color(color, is_terminal),
                     .width = find_width(fd, is_terminal)};
}

static void note_failure(OnrOutput *out) {
  if (errno == EPIPE)
    out->is_closed = TRUE;
  else
    out->failure = errno ? errno : EIO;
}

void onr_output_write(OnrOutput *out, const char *bytes, gsize n_bytes) {
  if (onr_output_is_done(out))
    return;
  errno = 0;
  if (fwrite(bytes, 1, n_bytes, out->file) != n_bytes)
    note_failure(out);
}

void onr_output_puts(OnrOutput *out, const char *text) {
  onr_output_write(out, text, strlen(text));
}

void onr_output_drain(OnrOutput *out, GString *content) {
  onr_output_write(out, content->str, content->len);
  g_string_truncate(content, 0);
}

gboolean onr_output_finish(OnrOutput *out, GError **error) {
  errno = 0;
  if (!onr_output_is_done(out) && fflush(out->file))
    note_failure(out);
  if (!out->failure)
    return TRUE;
  g_set_error(error, ONR_ERROR, ONR_ERROR_IO, "standard output: %s", g_strerror(out->failure));
  return FALSE;
}
