/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/indexing.h"

#include "cli/interrupt.h"
#include <string.h>

void onr_indexing_begin(OnrIndexing *indexing, OnrSession *session, gboolean is_whole_only) {
  *indexing = (OnrIndexing){.session = session, .is_whole_only = is_whole_only};
  onr_progress_bar_init(&indexing->bar, &session->err, !session->options.is_quiet);
  onr_interrupt_watch();
}

gboolean onr_indexing_progress(const OnrIndexProgress *progress, gpointer data) {
  OnrIndexing *indexing = data;
  onr_progress_bar_update(&indexing->bar, progress);
  return !onr_interrupt_signal();
}

void onr_indexing_skipped(const char *path, const char *member, const char *reason, gpointer data) {
  OnrIndexing *indexing = data;
  gboolean has_member = member && *member;
  onr_progress_bar_clear(&indexing->bar);
  onr_session_note(indexing->session, "skipped %s%s%s: %s", path, has_member ? ":" : "",
                   has_member ? member : "", reason);
}

void onr_indexing_remarked(const char *path, const char *remark, gpointer data) {
  OnrIndexing *indexing = data;
  if (g_strcmp0(remark, indexing->remark) == 0)
    return;
  g_free(indexing->remark);
  indexing->remark = g_strdup(remark);
  onr_progress_bar_clear(&indexing->bar);
  onr_session_note(indexing->session, "%s: %s", path, remark);
}

static gboolean write_summary(OnrIndexing *indexing, GError **error) {
  OnrWriter *writer = onr_session_writer(indexing->session, ONR_RECORD_SUMMARY, FALSE, error);
  if (!writer)
    return FALSE;
  onr_writer_put(writer, &indexing->report);
  onr_writer_close(writer);
  return TRUE;
}

/* A signal stopped the run. */
static int end_stopped(OnrIndexing *indexing, int signal_number, GError **error) {
  onr_session_complain(indexing->session, "stopped by %s; %s", strsignal(signal_number),
                       indexing->is_whole_only ? "nothing was changed"
                                               : "what is whole is kept, the next run goes on from here");
  if (!indexing->is_whole_only && !write_summary(indexing, error))
    return ONR_EXIT_FAILURE;
  return ONR_EXIT_SIGNAL + signal_number;
}

int onr_indexing_end(OnrIndexing *indexing, gboolean is_done, GError **error) {
  onr_progress_bar_clear(&indexing->bar);
  g_clear_pointer(&indexing->remark, g_free);
  int signal_number = onr_interrupt_signal();
  if (signal_number && !is_done && g_error_matches(*error, ONR_ERROR, ONR_ERROR_CANCELLED)) {
    g_clear_error(error);
    return end_stopped(indexing, signal_number, error);
  }
  return is_done && write_summary(indexing, error) ? ONR_EXIT_DONE : ONR_EXIT_FAILURE;
}

/* gperftools/malloc_extension_c.h; not there where the program has the C library's allocator. */
extern void MallocExtension_ReleaseFreeMemory(void) __attribute__((weak));

void onr_indexing_give_back_memory(void) {
  if (MallocExtension_ReleaseFreeMemory)
    MallocExtension_ReleaseFreeMemory();
}
