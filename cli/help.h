/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the program says about itself, from the command and option tables: help for eyes, the manual page, the
 * shells' completions. */
#pragma once

#include "cli/command.h"

G_BEGIN_DECLS

/* `onrecord` alone: three commands to begin with. */
void onr_help_usage(OnrOutput *out);
/* `onrecord --help`: all commands. */
void onr_help_program(OnrOutput *out);
void onr_help_command(const OnrCommand *command, OnrOutput *out);
/* `onrecord --version`: program, output, engines, libraries. */
void onr_help_version(OnrOutput *out);

/* The command NAME; reports USAGE, with the nearest name, where there is none. */
const OnrCommand *onr_command_require(const char *name, GError **error);

/* The manual page in mdoc(7). */
void onr_manual_print(OnrOutput *out);
/* One line a command of all examples, for the test that runs them. */
void onr_examples_print(OnrOutput *out);
/* SHELL is "bash", "zsh" or "fish". Reports USAGE for another. */
gboolean onr_completion_print(const char *shell, OnrOutput *out, GError **error);

G_END_DECLS
