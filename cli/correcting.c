/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/correcting.h"

#include "text/name.h"

#include <string.h>

gboolean onr_correcting_write(OnrSession *session, const OnrCorrections *corrections, GError **error) {
  guint n_lost;
  if (!onr_corrections_write(session->archive, corrections, &n_lost, error))
    return FALSE;
  if (n_lost)
    onr_session_complain(session, "%u of the corrections %s no quote: see `onrecord corrections`", n_lost,
                         n_lost == 1 ? "finds" : "find");
  return TRUE;
}

gboolean onr_correcting_add(OnrSession *session, const GArray *lines, const char *said, GError **error) {
  g_autoptr(OnrCorrections) corrections = onr_corrections_read(session->archive, error);
  guint n_new = 0;
  for (guint i = 0; corrections && i < lines->len; i++)
    n_new += onr_corrections_add(corrections, &g_array_index(lines, OnrCorrection, i)) ? 1 : 0;
  if (!corrections || (n_new && !onr_correcting_write(session, corrections, error)))
    return FALSE;
  if (!n_new) {
    onr_session_note(session, "corrected so already: see `onrecord corrections`");
    return TRUE;
  }
  g_autoptr(GString) numbers = g_string_new(NULL);
  for (guint i = onr_corrections_count(corrections) - n_new; i < onr_corrections_count(corrections); i++)
    g_string_append_printf(numbers, " %u", i + 1);
  onr_session_note(session, "%s", said);
  onr_session_note(session, "to undo: onrecord corrections undo%s", numbers->str);
  return TRUE;
}

char *onr_correcting_name_id(const OnrIdentity *identity) {
  const char *type = onr_entity_type_name(identity->type);
  gsize n = strlen(type);
  if (!strncmp(identity->id, type, n) && identity->id[n] == ':')
    return g_strndup(identity->id, strcspn(identity->id, "~"));
  return onr_name_id(type, identity->name);
}
