/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/command.h"
#include "cli/help.h"
#include "cli/nearest.h"
#include "support/support.h"
#include <string.h>

ONR_SUITE(options);

/* --- what a command line sets, in the words of tests/cases/cli_options.test --- */

static void add_text(GPtrArray *lines, const char *name, const char *value) {
  if (value)
    g_ptr_array_add(lines, g_strdup_printf("%s: %s", name, value));
}

static void add_number(GPtrArray *lines, const char *name, gint64 value, gint64 preset) {
  if (value != preset)
    g_ptr_array_add(lines, g_strdup_printf("%s: %" G_GINT64_FORMAT, name, value));
}

static void add_list(GPtrArray *lines, const char *name, const GPtrArray *list, gboolean even_empty) {
  cr_assert_null(list->pdata[list->len - 1], "%s is not ended by NULL", name);
  g_autofree char *joined = g_strjoinv(" | ", (char **)list->pdata);
  if (list->len > 1)
    g_ptr_array_add(lines, g_strdup_printf("%s: %s", name, joined));
  else if (even_empty)
    g_ptr_array_add(lines, g_strdup_printf("%s:", name));
}

static void add_flags(GPtrArray *lines, const OnrOptions *o) {
  const struct {
    gboolean is_set;
    const char *name;
  } flags[] = {
      {o->is_quiet, " quiet"},     {o->is_count, " count"},         {o->is_any, " any"},
      {o->is_explain, " explain"}, {o->is_every_act, " attitudes"}, {o->is_keeping_missing, " keep-missing"},
      {o->is_verbose, " verbose"}, {o->is_skipped, " skipped"},     {o->is_help, " help"},
      {o->is_dry_run, " dry-run"}, {o->is_strict, " strict"}};
  g_autoptr(GString) names = g_string_new("flags:");
  for (guint i = 0; i < G_N_ELEMENTS(flags); i++)
    g_string_append(names, flags[i].is_set ? flags[i].name : "");
  if (strchr(names->str, ' '))
    g_ptr_array_add(lines, g_strdup(names->str));
}

static GPtrArray *describe(const OnrOptions *o) {
  static const char *const sorts[] = {NULL, "date", "-date"}, *const colors[] = {NULL, "always", "never"},
                           *const tables[] = {NULL, "quotes"};
  GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
  add_list(lines, "archive", o->archives, FALSE);
  add_text(lines, "color", colors[o->color]);
  add_text(lines, "format", o->format < 0 ? NULL : onr_format_name((OnrFormat)o->format));
  add_text(lines, "batch", o->batch);
  add_number(lines, "limit", o->limit, -1);
  add_number(lines, "offset", o->offset, 0);
  add_text(lines, "sort", sorts[o->sort]);
  add_text(lines, "in", tables[o->within]);
  add_number(lines, "context", o->context, -1);
  add_text(lines, "speaker", o->speaker);
  add_text(lines, "mentioning", o->mentioning);
  add_text(lines, "from", o->from);
  add_text(lines, "to", o->to);
  add_text(lines, "source", o->source);
  add_list(lines, "include", o->include, FALSE);
  add_list(lines, "map", o->map, FALSE);
  add_list(lines, "exclude", o->exclude, FALSE);
  add_text(lines, "language", o->language);
  add_text(lines, "engine", o->engine);
  add_flags(lines, o);
  add_number(lines, "jobs", o->jobs, 0);
  add_number(lines, "batch-bytes", o->batch_bytes, 0);
  add_list(lines, "words", o->words, TRUE);
  return lines;
}

static void check_case(const OnrTestCase *c) {
  g_auto(GStrv) argv = NULL;
  cr_assert_eq(g_shell_parse_argv(c->input, NULL, &argv, NULL), TRUE, "line %u", c->line);
  const OnrCommand *command = onr_command_find(argv[0]);
  cr_assert_not_null(command, "line %u", c->line);
  g_auto(OnrOptions) options;
  onr_options_init(&options);
  g_autoptr(GError) error = NULL;
  gboolean is_parsed =
      onr_options_parse(&options, command->groups, argv + 1,
                        command->takes_query ? ONR_PARSE_QUERY : ONR_PARSE_MIXED, NULL, &error);
  g_autoptr(GPtrArray) lines = is_parsed ? describe(&options) : g_ptr_array_new_with_free_func(g_free);
  if (!is_parsed) {
    cr_assert_eq(error->code, ONR_ERROR_USAGE, "line %u", c->line);
    g_ptr_array_add(lines, g_strdup_printf("error: %s", error->message));
  }
  cr_assert_eq(lines->len, c->expected->len, "line %u: %u lines, not %u", c->line, lines->len,
               c->expected->len);
  for (guint i = 0; i < lines->len; i++)
    cr_assert_str_eq(lines->pdata[i], c->expected->pdata[i], "line %u", c->line);
  if (is_parsed)
    cr_assert_eq(options.n_words + 1, options.words->len);
}

Test(options, cases) {
  g_autoptr(GPtrArray) cases = onr_test_cases("cli_options.test");
  for (guint i = 0; i < cases->len; i++)
    check_case(cases->pdata[i]);
}

Test(options, before_a_command_the_first_word_is_left) {
  static const OnrOptionGroup *const groups[] = {&ONR_GROUP_COMMON, &ONR_GROUP_PROGRAM, NULL};
  char *argv[] = {"-q", "-a", "dir", "quotes", "-n", "3", NULL};
  g_auto(OnrOptions) options;
  onr_options_init(&options);
  guint n_used = 0;
  cr_assert_eq(onr_options_parse(&options, groups, argv, ONR_PARSE_LEADING, &n_used, NULL), TRUE);
  cr_assert_eq(n_used, 3);
  cr_assert_eq(options.n_words, 0);
  cr_assert_str_eq(options.archives->pdata[0], "dir");
}

/* --- the tables themselves --- */

static void check_option(const OnrCommand *command, const OnrOption *o, GHashTable *names,
                         GHashTable *letters) {
  cr_assert_eq(g_hash_table_add(names, (gpointer)o->name), TRUE, "%s has --%s twice", command->name, o->name);
  if (o->letter)
    cr_assert_eq(g_hash_table_add(letters, GINT_TO_POINTER(o->letter)), TRUE, "%s has -%c twice",
                 command->name, o->letter);
  cr_assert_eq(o->kind == ONR_OPTION_CHOICE, o->choices != NULL, "--%s", o->name);
  cr_assert_eq(o->value != NULL, o->kind != ONR_OPTION_FLAG, "--%s", o->name);
  for (const OnrChoice *c = o->choices; c && c->name; c++)
    cr_assert_not_null(strstr(o->help, c->name), "the help of --%s does not name %s", o->name, c->name);
  if (o->help) {
    cr_assert_eq(g_str_has_suffix(o->help, "."), FALSE, "--%s: %s", o->name, o->help);
    cr_assert_eq(g_ascii_islower(o->help[0]), TRUE, "--%s: %s", o->name, o->help);
  }
}

Test(options, every_table_is_consistent) {
  for (const OnrCommand *const *c = ONR_COMMANDS; *c; c++) {
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal),
                          letters = g_hash_table_new(NULL, NULL);
    const OnrOptionGroup *last = NULL;
    for (const OnrOptionGroup *const *g = (*c)->groups; *g; g++) {
      for (const OnrOption *o = (*g)->options; o->name; o++)
        check_option(*c, o, names, letters);
      last = *g;
    }
    cr_assert_eq(last, &ONR_GROUP_COMMON, "%s", (*c)->name);
    cr_assert_not_null((*c)->examples[0].line, "%s has no example", (*c)->name);
    cr_assert_not_null((*c)->run);
    cr_assert_eq(onr_command_find((*c)->name), *c);
  }
}

/* --- did you mean --- */

Test(options, nearest_name) {
  static const char *const names[] = {"index", "search", "quotes", "show", "status", NULL};
  cr_assert_str_eq(onr_nearest_name("qoutes", names), "quotes");
  cr_assert_str_eq(onr_nearest_name("quote", names), "quotes");
  cr_assert_str_eq(onr_nearest_name("stat", names), "status");
  cr_assert_str_eq(onr_nearest_name("serach", names), "search");
  cr_assert_null(onr_nearest_name("frobnicate", names));
  cr_assert_null(onr_nearest_name("", names));
  cr_assert_null(onr_nearest_name("\xff\xfe", names));
}

Test(options, unknown_commands_name_the_nearest) {
  g_autoptr(GError) error = NULL;
  cr_assert_null(onr_command_require("qoutes", &error));
  cr_assert_str_eq(error->message, "no command 'qoutes'; did you mean 'quotes'?");
}
