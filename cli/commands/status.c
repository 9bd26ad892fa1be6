/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/command.h"

typedef struct {
  OnrSession *session;
  OnrWriter *writer;
} Listing;

static gboolean write_source(const OnrSource *source, gpointer data) {
  Listing *l = data;
  onr_writer_put(l->writer, source);
  return !onr_output_is_done(&l->session->out);
}

static int list_skipped(OnrSession *session, GError **error) {
  Listing l = {session, onr_session_writer(session, ONR_RECORD_SKIPPED, FALSE, error)};
  if (!l.writer)
    return ONR_EXIT_FAILURE;
  gboolean is_listed = onr_record_each_skipped(onr_archive_record(session->archive), write_source, &l, error);
  guint64 n_listed = l.writer->n_put;
  onr_writer_close(l.writer);
  if (!is_listed)
    return ONR_EXIT_FAILURE;
  if (!n_listed)
    onr_session_note(session, "nothing was skipped");
  return ONR_EXIT_DONE;
}

static gboolean add_loss(const OnrSource *source, gpointer data) {
  if (source->status == ONR_SOURCE_SKIPPED)
    onr_losses_add(data, source->kind, source->reason ? source->reason : "no reason");
  return TRUE;
}

static gboolean add_format(const OnrFormatCounts *counts, gpointer data) {
  OnrFormatCounts copy = *counts;
  copy.format = g_strdup(counts->format);
  g_array_append_val(data, copy);
  return TRUE;
}

static void clear_format(gpointer p) {
  g_free((char *)((OnrFormatCounts *)p)->format);
}

static int run(OnrSession *session, GError **error) {
  if (session->options.is_skipped)
    return list_skipped(session, error);
  OnrCounts counts;
  OnrRecord *record = onr_archive_record(session->archive);
  g_autoptr(OnrLosses) losses = onr_losses_new();
  g_autoptr(GArray) formats = g_array_new(FALSE, FALSE, sizeof(OnrFormatCounts));
  g_array_set_clear_func(formats, clear_format);
  if (!onr_archive_count(session->archive, &counts, error) ||
      !onr_record_each_format(record, add_format, formats, error) ||
      !onr_record_each_loss(record, add_loss, losses, error))
    return ONR_EXIT_FAILURE;
  OnrWriter *writer = onr_session_writer(session, ONR_RECORD_STATUS, FALSE, error);
  if (!writer)
    return ONR_EXIT_FAILURE;
  g_autofree char *dir = g_canonicalize_filename(onr_archive_dir(session->archive), NULL);
  onr_writer_put(writer, &(OnrStatusRecord){.archive = dir,
                                            .engine = onr_archive_engine_class(session->archive)->name,
                                            .language = onr_archive_language(session->archive),
                                            .counts = &counts,
                                            .formats = formats,
                                            .losses = losses});
  onr_writer_close(writer);
  return ONR_EXIT_DONE;
}

static const OnrOptionGroup *const GROUPS[] = {&ONR_GROUP_SKIPPED, &ONR_GROUP_FORMAT_ROWS, &ONR_GROUP_COMMON,
                                               NULL};

const OnrCommand ONR_COMMAND_STATUS = {
    .name = "status",
    .arguments = "",
    .summary = "show what the archive holds",
    .about = "Prints how many articles, quotes and names are stored, from when to when, what came of each "
             "format, and what "
             "was left out: what could not be read by reason, and what later versions and kills took out.",
    .examples = {{"status", "what is in the archive"},
                 {"status --skipped", "what could not be read or was replaced or killed, and why"}},
    .need = ONR_NEEDS_READ,
    .format = ONR_FORMAT_TEXT,
    .groups = GROUPS,
    .run = run,
};
