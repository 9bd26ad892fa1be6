/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/command.h"

#include "cli/visible.h"
#include <string.h>

const OnrCommand *const ONR_COMMANDS[] = {&ONR_COMMAND_INDEX,       &ONR_COMMAND_SEARCH,
                                          &ONR_COMMAND_QUOTES,      &ONR_COMMAND_SPEAKERS,
                                          &ONR_COMMAND_ENTITIES,    &ONR_COMMAND_WHO,
                                          &ONR_COMMAND_SHOW,        &ONR_COMMAND_CORRECT,
                                          &ONR_COMMAND_MERGE,       &ONR_COMMAND_SPLIT,
                                          &ONR_COMMAND_CORRECTIONS, &ONR_COMMAND_AUTHORITY,
                                          &ONR_COMMAND_ANNOTATE,    &ONR_COMMAND_EXPORT,
                                          &ONR_COMMAND_STATUS,      &ONR_COMMAND_CHECK,
                                          &ONR_COMMAND_FORGET,      &ONR_COMMAND_REINDEX,
                                          &ONR_COMMAND_COMPACT,     &ONR_COMMAND_SERVE_SHARD,
                                          &ONR_COMMAND_HELP,        NULL};

const OnrCommand *onr_command_find(const char *name) {
  for (const OnrCommand *const *c = ONR_COMMANDS; *c; c++)
    if (!strcmp((*c)->name, name))
      return *c;
  return NULL;
}

OnrNeed onr_session_need(const OnrSession *session) {
  const OnrCommand *command = session->command;
  return command->need_of ? command->need_of(&session->options) : command->need;
}

OnrFormat onr_session_format(const OnrSession *session) {
  return session->options.format < 0 ? session->command->format : (OnrFormat)session->options.format;
}

gboolean onr_session_can_write(const OnrSession *session, OnrRecordKind kind, GError **error) {
  OnrFormat format = onr_session_format(session);
  if (onr_writer_can_write(format, kind))
    return TRUE;
  g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "--format %s does not go with the other options",
              onr_format_name(format));
  return FALSE;
}

OnrWriter *onr_session_writer(OnrSession *session, OnrRecordKind kind, gboolean is_batch, GError **error) {
  if (!onr_session_can_write(session, kind, error))
    return NULL;
  return onr_writer_new(onr_session_format(session), kind, is_batch, session->options.is_quiet,
                        &session->out);
}

static void print_line(OnrSession *session, const char *prefix, const char *format, va_list arguments) {
  g_autofree char *text = g_strdup_vprintf(format, arguments);
  g_autoptr(GString) line = g_string_new(prefix);
  onr_visible_append(line, text, -1, ONR_VISIBLE_LINES);
  g_string_append_c(line, '\n');
  onr_output_drain(&session->err, line);
}

void onr_session_note(OnrSession *session, const char *format, ...) {
  if (session->options.is_quiet)
    return;
  va_list arguments;
  va_start(arguments, format);
  print_line(session, "", format, arguments);
  va_end(arguments);
}

void onr_session_complain(OnrSession *session, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  print_line(session, "onrecord: ", format, arguments);
  va_end(arguments);
}

void onr_session_note_missing(OnrSession *session) {
  const GPtrArray *missing = onr_archive_missing(session->archive);
  for (; session->n_missing_told < missing->len; session->n_missing_told++)
    onr_session_complain(session, "results without shard %s",
                         (char *)missing->pdata[session->n_missing_told]);
}

int onr_exit_of(const GError *error) {
  return g_error_matches(error, ONR_ERROR, ONR_ERROR_BUSY) ? ONR_EXIT_BUSY : ONR_EXIT_FAILURE;
}
