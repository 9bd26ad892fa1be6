/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/help.h"

#include "cli/layout.h"
#include "cli/nearest.h"
#include "cli/visible.h"
#include <string.h>

#define NAME_INDENT 2
#define OPTION_COLUMN 26 /* where the meaning begins */
#define COMMAND_COLUMN 12

const OnrCommand *onr_command_require(const char *name, GError **error) {
  const OnrCommand *command = onr_command_find(name);
  if (command)
    return command;
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (const OnrCommand *const *c = ONR_COMMANDS; *c; c++)
    g_ptr_array_add(names, (gpointer)(*c)->name);
  g_ptr_array_add(names, NULL);
  const char *nearest = onr_nearest_name(name, (const char *const *)names->pdata);
  if (nearest)
    g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "no command '%s'; did you mean '%s'?", name, nearest);
  else
    g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "no command '%s'; `onrecord help` lists them", name);
  return NULL;
}

static char *spelling(const OnrOption *option) {
  return option->value ? g_strdup_printf("--%s %s", option->name, option->value)
                       : g_strdup_printf("--%s", option->name);
}

/* --- lines --- */

static void print_heading(OnrOutput *out, const char *heading) {
  OnrProse prose = {0};
  onr_output_puts(out, "\n");
  onr_prose_add(&prose, ONR_STYLE_TITLE, heading, -1);
  onr_prose_print(&prose, 0, out);
  onr_prose_clear(&prose);
}

/* NAME, and its meaning from COLUMN on; below it where the name is too long. */
static void print_entry(OnrOutput *out, const char *name, const char *meaning, guint column) {
  guint width = NAME_INDENT + onr_visible_width(name, strlen(name));
  gboolean fits = width + 2 <= column;
  g_autofree char *head = fits ? g_strdup_printf("%*s%s%*s", NAME_INDENT, "", name, (int)(column - width), "")
                               : g_strdup_printf("%*s%s\n", NAME_INDENT, "", name);
  onr_output_puts(out, head);
  g_auto(OnrProse) prose = {0};
  onr_prose_add(&prose, ONR_STYLE_PLAIN, meaning, -1);
  if (fits)
    onr_prose_print_hanging(&prose, column, out);
  else
    onr_prose_print(&prose, column, out);
}

static void print_prose(OnrOutput *out, const char *text, guint indent) {
  g_auto(OnrProse) prose = {0};
  onr_prose_add(&prose, ONR_STYLE_PLAIN, text, -1);
  onr_prose_print(&prose, indent, out);
}

static void print_example(OnrOutput *out, const OnrExample *example) {
  g_autofree char *line = g_strconcat("onrecord ", example->line, NULL);
  print_prose(out, line, NAME_INDENT);
  g_auto(OnrProse) prose = {0};
  onr_prose_add(&prose, ONR_STYLE_FAINT, example->meaning, -1);
  onr_prose_print(&prose, 3 * NAME_INDENT, out);
}

/* --- the program --- */

void onr_help_usage(OnrOutput *out) {
  onr_output_puts(
      out, "Who said what, when, in your news archive.\n\n"
           "  onrecord index ~/news                   read a folder of articles\n"
           "  onrecord quotes 'speaker:lavrov nato'   find what someone said\n"
           "  onrecord search '\"prime minister\"'      find articles\n\n"
           "All commands: onrecord help.  One of them: onrecord help quotes.  The manual: man onrecord.\n");
}

static void print_option(OnrOutput *out, const OnrOption *option) {
  g_autofree char *spelled = spelling(option);
  g_autofree char *name = option->letter ? g_strdup_printf("-%c, %s", option->letter, spelled)
                                         : g_strdup_printf("    %s", spelled);
  print_entry(out, name, option->help, OPTION_COLUMN);
}

static void print_options(OnrOutput *out, const OnrOptionGroup *const *groups) {
  const char *title = "";
  for (; *groups; groups++) {
    if (strcmp((*groups)->title, title) != 0)
      print_heading(out, (*groups)->title);
    title = (*groups)->title;
    for (const OnrOption *o = (*groups)->options; o->name; o++)
      if (o->help)
        print_option(out, o);
  }
}

void onr_help_program(OnrOutput *out) {
  onr_output_puts(out, "usage: onrecord COMMAND [options] …\n");
  print_heading(out, "Commands");
  for (const OnrCommand *const *c = ONR_COMMANDS; *c; c++)
    print_entry(out, (*c)->name, (*c)->summary, COMMAND_COLUMN);
  static const OnrOptionGroup *const groups[] = {&ONR_GROUP_COMMON, &ONR_GROUP_PROGRAM, NULL};
  print_options(out, groups);
  onr_output_puts(out, "\n");
  print_prose(out,
              "Exit status: 0 hits or done, 1 no hits, 2 wrong use or failure, 75 archive busy, 130 stopped "
              "by Ctrl-C. "
              "More: onrecord help COMMAND, man onrecord.",
              0);
}

void onr_help_command(const OnrCommand *command, OnrOutput *out) {
  g_autofree char *usage =
      g_strdup_printf("usage: onrecord %s [options] %s", command->name, command->arguments);
  print_prose(out, g_strchomp(usage), 0);
  onr_output_puts(out, "\n");
  print_prose(out, command->about, 0);
  print_options(out, command->groups);
  print_heading(out, "Examples");
  for (const OnrExample *e = command->examples; e->line; e++)
    print_example(out, e);
}

void onr_examples_print(OnrOutput *out) {
  for (const OnrCommand *const *c = ONR_COMMANDS; *c; c++)
    for (const OnrExample *e = (*c)->examples; e->line; e++) {
      onr_output_puts(out, "onrecord ");
      onr_output_puts(out, e->line);
      onr_output_puts(out, "\n");
    }
}
