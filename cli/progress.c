/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/progress.h"

#include "cli/text_parts.h"
#include "cli/visible.h"
#include <string.h>

#define REDRAW_US 200000 /* five times a second */
#define BAR_MAX 30
#define BAR_MIN 5
#define ETA_AFTER_SECONDS 2.0 /* before that a rate says little */

void onr_progress_bar_init(OnrProgressBar *bar, OnrOutput *out, gboolean is_wanted) {
  *bar = (OnrProgressBar){.out = out, .is_shown = is_wanted && out->is_terminal};
}

static void append_bar(GString *line, double done, guint columns) {
  guint full = (guint)(done * columns + 0.5);
  for (guint i = 0; i < columns; i++)
    g_string_append(line, i < full ? "█" : "░");
  g_string_append(line, "  ");
}

static void append_time_left(GString *line, const OnrIndexProgress *p, double done) {
  if (p->seconds < ETA_AFTER_SECONDS || done <= 0)
    return;
  guint64 left = (guint64)(p->seconds * (1 - done) / done + 0.5);
  if (left >= 3600)
    g_string_append_printf(line, "  %u:%02u:%02u left", (guint)(left / 3600), (guint)(left / 60 % 60),
                           (guint)(left % 60));
  else
    g_string_append_printf(line, "  %u:%02u left", (guint)(left / 60), (guint)(left % 60));
}

char *onr_progress_line(const OnrIndexProgress *p, guint width) {
  double done = p->n_bytes_expected ? MIN((double)p->n_bytes_done / (double)p->n_bytes_expected, 1) : 0;
  char articles[ONR_GROUPED_SIZE];
  g_autoptr(GString) figures = g_string_new(NULL);
  g_string_append_printf(figures, "%3.0f %%  %s articles", 100 * done, onr_grouped(p->n_stored, articles));
  if (p->seconds > 0)
    g_string_append_printf(figures, "  %.0f/s  %.1f MB/s", (double)p->n_stored / p->seconds,
                           (double)p->text_bytes / 1e6 / p->seconds);
  append_time_left(figures, p, done);
  GString *line = g_string_new(NULL);
  if (figures->len + BAR_MIN + 2 <= width)
    append_bar(line, done, MIN(width - (guint)figures->len - 2, BAR_MAX));
  g_string_append_len(line, figures->str, (gssize)MIN(figures->len, width));
  return g_string_free(line, FALSE);
}

static void draw(OnrProgressBar *bar, const char *line) {
  guint columns = onr_visible_width(line, strlen(line));
  guint padding = bar->columns > columns ? bar->columns - columns : 0;
  g_autofree char *text = g_strdup_printf("\r%s%*s", line, (int)padding, "");
  onr_output_puts(bar->out, text);
  fflush(bar->out->file);
  bar->columns = columns;
}

void onr_progress_bar_update(OnrProgressBar *bar, const OnrIndexProgress *progress) {
  gint64 now = g_get_monotonic_time();
  if (!bar->is_shown || now - bar->drawn_us < REDRAW_US)
    return;
  bar->drawn_us = now;
  g_autofree char *line =
      onr_progress_line(progress, bar->out->width - 1); /* the last column would wrap on some terminals */
  draw(bar, line);
}

void onr_progress_bar_clear(OnrProgressBar *bar) {
  if (!bar->columns)
    return;
  draw(bar, "");
  onr_output_puts(bar->out, "\r");
  fflush(bar->out->file);
}
