/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/help.h"
#include "cli/command.h"

static int run(OnrSession *session, GError **error) {
  const OnrOptions *o = &session->options;
  if (!o->n_words) {
    onr_help_program(&session->out);
    return ONR_EXIT_DONE;
  }
  const OnrCommand *command = onr_command_require(o->words->pdata[0], error);
  if (!command)
    return ONR_EXIT_FAILURE;
  onr_help_command(command, &session->out);
  return ONR_EXIT_DONE;
}

static const OnrOptionGroup *const GROUPS[] = {&ONR_GROUP_COMMON, NULL};

const OnrCommand ONR_COMMAND_HELP = {
    .name = "help",
    .arguments = "[COMMAND]",
    .max_words = 1,
    .summary = "show the commands, or one command's options",
    .about = "Prints what onrecord --help or onrecord COMMAND --help print.",
    .examples = {{"help quotes", "the options of quotes"}},
    .need = ONR_NEEDS_NOTHING,
    .groups = GROUPS,
    .run = run,
};
