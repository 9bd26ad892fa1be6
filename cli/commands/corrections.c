/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/correcting.h"

#include <string.h>

static const char *const WHAT[] = {"list", "undo", "import", NULL};

static const char *what_of(const OnrOptions *o) {
  return o->n_words ? o->words->pdata[0] : WHAT[0];
}

static OnrNeed need_of(const OnrOptions *o) {
  return !strcmp(what_of(o), "list") ? ONR_NEEDS_READ : ONR_NEEDS_WRITE;
}

/* --- list --- */

static int list(OnrSession *session, GError **error) {
  g_autoptr(OnrCorrections) corrections = onr_corrections_read(session->archive, error);
  g_autoptr(GArray) states = g_array_new(FALSE, FALSE, sizeof(OnrCorrectionState));
  if (!corrections || !onr_corrections_examine(session->archive, corrections, states, error))
    return ONR_EXIT_FAILURE;
  OnrWriter *writer = onr_session_writer(session, ONR_RECORD_CORRECTION, FALSE, error);
  if (!writer)
    return ONR_EXIT_FAILURE;
  for (guint i = 0; i < states->len; i++)
    onr_writer_put(writer, &(OnrCorrectionRecord){onr_corrections_get(corrections, i), i + 1,
                                                  g_array_index(states, OnrCorrectionState, i)});
  onr_writer_close(writer);
  if (!states->len)
    onr_session_note(session, "nothing is corrected");
  return ONR_EXIT_DONE;
}

/* --- undo --- */

static int by_number_down(gconstpointer a, gconstpointer b) {
  guint x = *(const guint *)a, y = *(const guint *)b;
  return (x < y) - (x > y);
}

/* The last first, so that those before keep their numbers. */
static gboolean read_numbers(const OnrOptions *o, guint n, GArray *numbers, GError **error) {
  for (guint i = 1; i < o->n_words; i++) {
    guint64 number;
    if (!g_ascii_string_to_unsigned(o->words->pdata[i], 10, 1, n, &number, NULL)) {
      g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "no correction '%s': there are %u",
                  (char *)o->words->pdata[i], n);
      return FALSE;
    }
    guint index = (guint)number - 1;
    g_array_append_val(numbers, index);
  }
  g_array_sort(numbers, by_number_down);
  return TRUE;
}

static int undo(OnrSession *session, GError **error) {
  g_autoptr(OnrCorrections) corrections = onr_corrections_read(session->archive, error);
  g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(guint));
  if (!corrections || !read_numbers(&session->options, onr_corrections_count(corrections), numbers, error))
    return ONR_EXIT_FAILURE;
  for (guint i = 0; i < numbers->len; i++)
    if (!i || g_array_index(numbers, guint, i) != g_array_index(numbers, guint, i - 1))
      onr_corrections_remove(corrections, g_array_index(numbers, guint, i));
  if (!onr_correcting_write(session, corrections, error))
    return ONR_EXIT_FAILURE;
  onr_session_note(session, "undone; %u left", onr_corrections_count(corrections));
  return ONR_EXIT_DONE;
}

/* --- import --- */

static OnrCorrections *read_file(const char *file, GError **error) {
  g_autofree char *text = NULL;
  g_autoptr(GError) why = NULL;
  if (!g_file_get_contents(file, &text, NULL, &why)) {
    gboolean is_missing = g_error_matches(why, G_FILE_ERROR, G_FILE_ERROR_NOENT);
    g_set_error_literal(error, ONR_ERROR, is_missing ? ONR_ERROR_NOT_FOUND : ONR_ERROR_IO, why->message);
    return NULL;
  }
  OnrCorrections *corrections = onr_corrections_parse(text, error);
  if (!corrections)
    g_prefix_error(error, "'%s': ", file);
  return corrections;
}

static int import_file(OnrSession *session, const char *file, GError **error) {
  g_autoptr(OnrCorrections) others = read_file(file, error);
  g_autoptr(OnrCorrections) corrections = others ? onr_corrections_read(session->archive, error) : NULL;
  guint n = 0;
  if (!corrections)
    return ONR_EXIT_FAILURE;
  for (guint i = 0; i < onr_corrections_count(others); i++)
    n += onr_corrections_add(corrections, onr_corrections_get(others, i)) ? 1 : 0;
  if (!onr_correcting_write(session, corrections, error))
    return ONR_EXIT_FAILURE;
  onr_session_note(session, "%u taken over, %u in all", n, onr_corrections_count(corrections));
  return ONR_EXIT_DONE;
}

static int run(OnrSession *session, GError **error) {
  const OnrOptions *o = &session->options;
  const char *what = what_of(o);
  if (!strcmp(what, "list") && o->n_words < 2)
    return list(session, error);
  if (!strcmp(what, "undo") && o->n_words > 1)
    return undo(session, error);
  if (!strcmp(what, "import") && o->n_words == 2)
    return import_file(session, o->words->pdata[1], error);
  g_set_error_literal(error, ONR_ERROR, ONR_ERROR_USAGE, "corrections: list, undo N…, or import FILE");
  return ONR_EXIT_FAILURE;
}

static const OnrOptionGroup *const GROUPS[] = {&ONR_GROUP_FORMAT_ROWS, &ONR_GROUP_COMMON, NULL};

const OnrCommand ONR_COMMAND_CORRECTIONS = {
    .name = "corrections",
    .arguments = "[list | undo N… | import FILE]",
    .max_words = G_MAXUINT,
    .word_choices = WHAT,
    .summary = "list what was corrected, and take it back",
    .about = "Lists the corrections of `correct`, `merge` and `split`, with those whose quote or article is "
             "not there any more; `undo` takes the "
             "ones with these numbers out, and the archive is as if they had never been; `import` adds those "
             "of another archive's "
             "corrections.tsv. The file may be changed by hand: the next command that writes goes by it.",
    .examples = {{"corrections", "what was corrected, numbered"},
                 {"corrections undo 3", "take the third back"},
                 {"corrections import .onrecord/corrections.tsv",
                  "take over what another archive has corrected"}},
    .need = ONR_NEEDS_READ,
    .need_of = need_of,
    .format = ONR_FORMAT_TEXT,
    .groups = GROUPS,
    .run = run,
};
