/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Completions for bash, zsh and fish, from the command and option tables. */
#include "cli/help.h"

#include <string.h>

static const char HEADER[] = " Made by the program from its own tables (onrecord --print-completion).\n";

static const OnrOptionGroup *const PROGRAM_GROUPS[] = {&ONR_GROUP_COMMON, &ONR_GROUP_PROGRAM, NULL};

typedef void (*OptionFunc)(GString *out, const OnrOption *option, const char *command);

static void each_option(const OnrOptionGroup *const *groups, OptionFunc each, GString *out,
                        const char *command) {
  for (; *groups; groups++)
    for (const OnrOption *o = (*groups)->options; o->name; o++)
      if (o->help)
        each(out, o, command);
}

static gboolean takes_value(const OnrOption *o) {
  return o->kind != ONR_OPTION_FLAG;
}

/* The words that a command's arguments can be, parted by blanks; NULL where they are free. */
static char *argument_words(const OnrCommand *command) {
  if (command->word_choices)
    return g_strjoinv(" ", (char **)command->word_choices);
  if (command != &ONR_COMMAND_HELP)
    return NULL;
  GString *names = g_string_new(NULL);
  for (const OnrCommand *const *c = ONR_COMMANDS; *c; c++)
    g_string_append_printf(names, "%s%s", names->len ? " " : "", (*c)->name);
  return g_string_free(names, FALSE);
}

static char *choice_words(const OnrOption *o) {
  GString *names = g_string_new(NULL);
  for (const OnrChoice *c = o->choices; c->name; c++)
    g_string_append_printf(names, "%s%s", names->len ? " " : "", c->name);
  return g_string_free(names, FALSE);
}

/* --- bash --- */

static void bash_name(GString *out, const OnrOption *o, const char *command G_GNUC_UNUSED) {
  if (o->letter)
    g_string_append_printf(out, "-%c ", o->letter);
  g_string_append_printf(out, "--%s ", o->name);
}

/* A case for an option that stands before the word under the cursor: what its value can be. */
static void bash_value(GString *out, const OnrOption *o, const char *command) {
  if (!takes_value(o))
    return;
  g_string_append(out, "  ");
  if (o->letter)
    g_string_append_printf(out, "%s:-%c | ", command, o->letter);
  g_string_append_printf(out, "%s:--%s) ", command, o->name);
  if (o->choices) {
    g_autofree char *words = choice_words(o);
    g_string_append_printf(out, "mapfile -t COMPREPLY < <(compgen -W '%s' -- \"$cur\") ;;\n", words);
  } else if (o->word == ONR_WORD_FREE) {
    g_string_append(out, "COMPREPLY=() ;;\n");
  } else {
    g_string_append_printf(out, "_onrecord_files -%c ;;\n", o->word == ONR_WORD_FOLDER ? 'd' : 'f');
  }
}

static void bash_words(GString *out, const OnrCommand *command) {
  g_autofree char *words = argument_words(command);
  g_string_append_printf(
      out, "  %s:*)\n    if [[ $cur == -* ]]; then\n      mapfile -t COMPREPLY < <(compgen -W '",
      command->name);
  each_option(command->groups, bash_name, out, command->name);
  g_string_truncate(out, out->len - 1);
  g_string_append(out, "' -- \"$cur\")\n");
  if (words)
    g_string_append_printf(out, "    else\n      mapfile -t COMPREPLY < <(compgen -W '%s' -- \"$cur\")\n",
                           words);
  else if (command->word != ONR_WORD_FREE)
    g_string_append(out, "    else\n      _onrecord_files -f\n");
  g_string_append(out, "    fi\n    ;;\n");
}

static void print_bash(GString *out) {
  g_autofree char *commands = argument_words(&ONR_COMMAND_HELP);
  g_string_append_printf(out, "#%s\n", HEADER);
  g_string_append(out, "_onrecord_files() {\n"
                       "  compopt -o filenames 2> /dev/null\n"
                       "  mapfile -t COMPREPLY < <(compgen \"$1\" -- \"$cur\")\n}\n\n"
                       "_onrecord() {\n"
                       "  local cur=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} name= i\n"
                       "  # --format=json arrives as three words\n"
                       "  if [[ $cur == '=' ]]; then\n    cur=\n"
                       "  elif [[ $before == '=' ]]; then\n    before=${COMP_WORDS[COMP_CWORD - 2]}\n  fi\n"
                       "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
                       "    case ${COMP_WORDS[i]} in\n"
                       "    -a | --archive | --color) ((i++)) ;;\n"
                       "    -*) ;;\n"
                       "    *) name=${COMP_WORDS[i]} && break ;;\n"
                       "    esac\n  done\n"
                       "  COMPREPLY=()\n"
                       "  case $name:$before in\n");
  each_option(PROGRAM_GROUPS, bash_value, out, "");
  for (const OnrCommand *const *c = ONR_COMMANDS; *c; c++)
    each_option((*c)->groups, bash_value, out, (*c)->name);
  g_string_append_printf(out, "  :*) mapfile -t COMPREPLY < <(compgen -W '%s ", commands);
  each_option(PROGRAM_GROUPS, bash_name, out, "");
  g_string_truncate(out, out->len - 1);
  g_string_append(out, "' -- \"$cur\") ;;\n");
  for (const OnrCommand *const *c = ONR_COMMANDS; *c; c++)
    bash_words(out, *c);
  g_string_append(out, "  esac\n}\n\ncomplete -F _onrecord onrecord\n");
}

/* --- zsh --- */

/* Inside a specification in single quotes, [ ] : and the quote itself have a meaning. */
static void zsh_escape(GString *out, const char *text) {
  for (; *text; text++) {
    if (*text == '\'') {
      g_string_append(out, "'\\''");
      continue;
    }
    if (strchr("[]:\\", *text))
      g_string_append_c(out, '\\');
    g_string_append_c(out, *text);
  }
}

static void zsh_action(GString *out, const OnrOption *o) {
  if (!takes_value(o))
    return;
  g_string_append_printf(out, ":%s:", o->value);
  if (o->choices) {
    g_autofree char *words = choice_words(o);
    g_string_append_printf(out, "(%s)", words);
  } else if (o->word != ONR_WORD_FREE) {
    g_string_append(out, o->word == ONR_WORD_FOLDER ? "_files -/" : "_files");
  }
}

static void zsh_option(GString *out, const OnrOption *o, const char *command G_GNUC_UNUSED) {
  const char *repeat = o->kind == ONR_OPTION_LIST ? "*" : "";
  g_autofree char *letter = g_strdup_printf("-%c", o->letter);
  const char *names[] = {NULL, o->letter ? letter : NULL};
  g_autofree char *name = g_strdup_printf("--%s", o->name);
  names[0] = name;
  for (guint i = 0; i < G_N_ELEMENTS(names) && names[i]; i++) {
    g_string_append_printf(out, " \\\n        '%s%s%s[", repeat, names[i],
                           !takes_value(o) ? ""
                           : i             ? "+"
                                           : "=");
    zsh_escape(out, o->help);
    g_string_append_c(out, ']');
    zsh_action(out, o);
    g_string_append_c(out, '\'');
  }
}

static void zsh_command(GString *out, const OnrCommand *command) {
  g_autofree char *words = argument_words(command);
  g_string_append_printf(out, "    %s)\n      _arguments", command->name);
  each_option(command->groups, zsh_option, out, command->name);
  if (words)
    g_string_append_printf(out, " \\\n        '1:what:(%s)'", words);
  else if (command->word != ONR_WORD_FREE)
    g_string_append(out, " \\\n        '*:file:_files'");
  else if (command->max_words)
    g_string_append(out, " \\\n        '*:words:'");
  g_string_append(out, "\n      ;;\n");
}

static void print_zsh(GString *out) {
  g_string_append_printf(out, "#compdef onrecord\n#%s\n", HEADER);
  g_string_append(out, "_onrecord() {\n  local context state state_descr line\n  typeset -A opt_args\n  "
                       "local -a commands=(\n");
  for (const OnrCommand *const *c = ONR_COMMANDS; *c; c++) {
    g_string_append_printf(out, "    '%s:", (*c)->name);
    zsh_escape(out, (*c)->summary);
    g_string_append(out, "'\n");
  }
  g_string_append(out, "  )\n  _arguments -C");
  each_option(PROGRAM_GROUPS, zsh_option, out, "");
  g_string_append(
      out,
      " \\\n        '1:command:->command' \\\n        '*::argument:->argument'\n"
      "  case $state in\n  command) _describe command commands ;;\n  argument)\n    case $words[1] in\n");
  for (const OnrCommand *const *c = ONR_COMMANDS; *c; c++)
    zsh_command(out, *c);
  g_string_append(out, "    esac\n    ;;\n  esac\n}\n\n_onrecord \"$@\"\n");
}

/* --- fish --- */

static void fish_quoted(GString *out, const char *text) {
  g_string_append_c(out, '\'');
  for (; *text; text++) {
    if (*text == '\'' || *text == '\\')
      g_string_append_c(out, '\\');
    g_string_append_c(out, *text);
  }
  g_string_append_c(out, '\'');
}

static void fish_option(GString *out, const OnrOption *o, const char *command) {
  g_string_append_printf(out, "complete -c onrecord -n '%s%s'",
                         *command ? "__fish_seen_subcommand_from " : "__fish_use_subcommand", command);
  if (o->letter)
    g_string_append_printf(out, " -s %c", o->letter);
  g_string_append_printf(out, " -l %s", o->name);
  if (o->choices) {
    g_autofree char *words = choice_words(o);
    g_string_append_printf(out, " -x -a '%s'", words);
  } else if (takes_value(o)) {
    g_string_append(out, o->word == ONR_WORD_FREE     ? " -x"
                         : o->word == ONR_WORD_FOLDER ? " -x -a '(__fish_complete_directories)'"
                                                      : " -r -F");
  }
  g_string_append(out, " -d ");
  fish_quoted(out, o->help);
  g_string_append_c(out, '\n');
}

static void fish_command(GString *out, const OnrCommand *command) {
  g_string_append_printf(out, "complete -c onrecord -n __fish_use_subcommand -a %s -d ", command->name);
  fish_quoted(out, command->summary);
  g_string_append_c(out, '\n');
  each_option(command->groups, fish_option, out, command->name);
  g_autofree char *words = argument_words(command);
  if (words)
    g_string_append_printf(out, "complete -c onrecord -n '__fish_seen_subcommand_from %s' -a '%s'\n",
                           command->name, words);
  else if (command->word != ONR_WORD_FREE)
    g_string_append_printf(out, "complete -c onrecord -n '__fish_seen_subcommand_from %s' -F\n",
                           command->name);
}

static void print_fish(GString *out) {
  g_string_append_printf(out, "#%s\ncomplete -c onrecord -f\n", HEADER);
  each_option(PROGRAM_GROUPS, fish_option, out, "");
  for (const OnrCommand *const *c = ONR_COMMANDS; *c; c++)
    fish_command(out, *c);
}

gboolean onr_completion_print(const char *shell, OnrOutput *out, GError **error) {
  static const struct {
    const char *shell;
    void (*print)(GString *out);
  } shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};
  for (guint i = 0; shell && i < G_N_ELEMENTS(shells); i++)
    if (!strcmp(shell, shells[i].shell)) {
      g_autoptr(GString) text = g_string_new(NULL);
      shells[i].print(text);
      onr_output_drain(out, text);
      return TRUE;
    }
  g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "completions are made for bash, zsh and fish, not for '%s'",
              shell ? shell : "");
  return FALSE;
}
