/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/correcting.h"
#include "cli/target.h"

#include <string.h>

/* The ids of the identities that WORDS name, each once. */
static gboolean find_ids(OnrSession *session, GPtrArray *ids, GString *names, GError **error) {
  for (guint i = 0; i < session->options.n_words; i++) {
    g_auto(OnrIdentity) identity = {0};
    if (!onr_target_find_identity(onr_archive_record(session->archive), session->options.words->pdata[i],
                                  &identity, error))
      return FALSE;
    if (g_ptr_array_find_with_equal_func(ids, identity.id, g_str_equal, NULL))
      continue;
    g_string_append_printf(names, "%s%s (%s)",
                           ids->len > 1 ? ", "
                           : ids->len   ? " is also "
                                        : "",
                           identity.name, identity.id);
    g_ptr_array_add(ids, g_strdup(identity.id));
  }
  return TRUE;
}

static int run(OnrSession *session, GError **error) {
  g_autoptr(GArray) lines = g_array_new(FALSE, TRUE, sizeof(OnrCorrection));
  g_autoptr(GString) names = g_string_new(NULL);
  g_array_set_clear_func(lines, (GDestroyNotify)onr_correction_clear);
  g_array_set_size(lines, 1);
  OnrCorrection *correction = &g_array_index(lines, OnrCorrection, 0);
  *correction = (OnrCorrection){.kind = ONR_CORRECTION_MERGE, .ids = g_ptr_array_new_with_free_func(g_free)};
  if (!find_ids(session, correction->ids, names, error))
    return ONR_EXIT_FAILURE;
  if (correction->ids->len < 2) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "merge: these are one already: %s", names->str);
    return ONR_EXIT_FAILURE;
  }
  return onr_correcting_add(session, lines, names->str, error) ? ONR_EXIT_DONE : ONR_EXIT_FAILURE;
}

static const OnrOptionGroup *const GROUPS[] = {&ONR_GROUP_COMMON, NULL};

const OnrCommand ONR_COMMAND_MERGE = {
    .name = "merge",
    .arguments = "ID ID…",
    .min_words = 2,
    .max_words = G_MAXUINT,
    .summary = "say that identities are one",
    .about = "Makes one identity of several, with the id of the first. An ID is one that `onrecord who` "
             "shows, or a name that only one has. "
             "The correction is kept as `correct` keeps it.",
    .examples = {{"merge org:lantern-freight person:lantern-freight",
                  "a company that was also taken for a person"},
                 {"merge 'marit quellen' 'petra hallorsen'", "by names, where only one has each"}},
    .need = ONR_NEEDS_WRITE,
    .format = ONR_FORMAT_TEXT,
    .groups = GROUPS,
    .run = run,
};
