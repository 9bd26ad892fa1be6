/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/options.h"

#include "cli/nearest.h"
#include <string.h>

void onr_options_init(OnrOptions *options) {
  *options = (OnrOptions){.format = -1, .limit = -1, .context = -1, .timeout_seconds = ONR_TIMEOUT_SECONDS};
  GPtrArray **lists[] = {&options->archives, &options->include, &options->exclude, &options->map, &options->inside, &options->words};
  for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
    *lists[i] = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(*lists[i], NULL);
  }
}

void onr_options_clear(OnrOptions *options) {
  char **texts[] = {&options->batch,  &options->speaker,  &options->mentioning,
                    &options->from,   &options->to,       &options->source,
                    &options->engine, &options->language, &options->interface,
                    &options->to_identity};
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
    g_clear_pointer(texts[i], g_free);
  g_clear_pointer(&options->archives, g_ptr_array_unref);
  g_clear_pointer(&options->include, g_ptr_array_unref);
  g_clear_pointer(&options->map, g_ptr_array_unref);
  g_clear_pointer(&options->exclude, g_ptr_array_unref);
  g_clear_pointer(&options->inside, g_ptr_array_unref);
  g_clear_pointer(&options->words, g_ptr_array_unref);
}

/* --- finding an option --- */

static const OnrOption *find_name(const OnrOptionGroup *const *groups, const char *name, gsize length) {
  for (; *groups; groups++)
    for (const OnrOption *o = (*groups)->options; o->name; o++)
      if (strlen(o->name) == length && !memcmp(o->name, name, length))
        return o;
  return NULL;
}

static const OnrOption *find_letter(const OnrOptionGroup *const *groups, char letter) {
  for (; letter && *groups; groups++)
    for (const OnrOption *o = (*groups)->options; o->name; o++)
      if (o->letter == letter)
        return o;
  return NULL;
}

static gboolean report_unknown_name(const OnrOptionGroup *const *groups, const char *argument, gsize length,
                                    GError **error) {
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (const OnrOptionGroup *const *g = groups; *g; g++)
    for (const OnrOption *o = (*g)->options; o->name; o++)
      if (o->help)
        g_ptr_array_add(names, (gpointer)o->name);
  g_ptr_array_add(names, NULL);
  g_autofree char *name = g_strndup(argument, length);
  const char *nearest = onr_nearest_name(name, (const char *const *)names->pdata);
  if (nearest)
    g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "unknown option '--%s'; did you mean '--%s'?", name,
                nearest);
  else
    g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "unknown option '--%s'", name);
  return FALSE;
}

static gboolean report_unknown_letter(const char *argument, OnrParseFlags flags, GError **error) {
  if (flags & ONR_PARSE_QUERY)
    g_set_error(
        error, ONR_ERROR, ONR_ERROR_USAGE,
        "unknown option '%s'; to leave a word out put the whole query in quotation marks, or '--' before it",
        argument);
  else
    g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "unknown option '%s'", argument);
  return FALSE;
}

/* --- taking a value --- */

static gboolean report_value(const OnrOption *option, const char *value, const char *expected,
                             GError **error) {
  g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "--%s: '%s' is not %s", option->name, value, expected);
  return FALSE;
}

static gboolean parse_count(const OnrOption *option, const char *value, guint *out, GError **error) {
  guint64 n;
  if (!g_ascii_string_to_unsigned(value, 10, 0, G_MAXUINT32, &n, NULL))
    return report_value(option, value, "a number from 0 to 4294967295", error);
  *out = (guint)n;
  return TRUE;
}

static gboolean parse_choice(const OnrOption *option, const char *value, int *out, GError **error) {
  g_autoptr(GString) expected = g_string_new(NULL);
  for (const OnrChoice *c = option->choices; c->name; c++) {
    if (!strcmp(c->name, value)) {
      *out = c->value;
      return TRUE;
    }
    g_string_append_printf(expected, "%s%s", !expected->len ? "" : c[1].name ? ", " : " or ", c->name);
  }
  return report_value(option, value, expected->str, error);
}

static void add_to_list(GPtrArray *list, const char *value) {
  list->pdata[list->len - 1] = g_strdup(value);
  g_ptr_array_add(list, NULL);
}

static gboolean store(OnrOptions *options, const OnrOption *option, const char *value, GError **error) {
  gpointer field = (char *)options + option->offset;
  switch (option->kind) {
  case ONR_OPTION_FLAG:
    *(gboolean *)field = TRUE;
    return TRUE;
  case ONR_OPTION_TEXT:
    g_free(*(char **)field);
    *(char **)field = g_strdup(value);
    return TRUE;
  case ONR_OPTION_LIST:
    add_to_list(*(GPtrArray **)field, value);
    return TRUE;
  case ONR_OPTION_COUNT:
    return parse_count(option, value, field, error);
  case ONR_OPTION_AMOUNT: {
    guint n = 0;
    gboolean is_number = parse_count(option, value, &n, error);
    *(gint64 *)field = n;
    return is_number;
  }
  case ONR_OPTION_CHOICE:
    return parse_choice(option, value, field, error);
  }
  g_assert_not_reached();
}

/* --- walking through the arguments --- */

typedef struct {
  OnrOptions *options;
  const OnrOptionGroup *const *groups;
  char *const *next; /* argument to be read */
  OnrParseFlags flags;
} Parser;

/* OPTION was named; ATTACHED is the value written against it, or NULL: the next argument is. */
static gboolean take_value(Parser *p, const OnrOption *option, const char *attached, GError **error) {
  const char *value = attached ? attached : *p->next;
  if (!value) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "--%s needs a value", option->name);
    return FALSE;
  }
  if (!attached)
    p->next++;
  return store(p->options, option, value, error);
}

static gboolean take_long(Parser *p, const char *argument, GError **error) {
  const char *name = argument + 2;
  const char *equals = strchr(name, '=');
  gsize length = equals ? (gsize)(equals - name) : strlen(name);
  const OnrOption *option = find_name(p->groups, name, length);
  if (!option)
    return report_unknown_name(p->groups, name, length, error);
  if (option->kind != ONR_OPTION_FLAG)
    return take_value(p, option, equals ? equals + 1 : NULL, error);
  if (!equals)
    return store(p->options, option, NULL, error);
  g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "--%s takes no value", option->name);
  return FALSE;
}

/* A bundle of letters: flags, the last of which may be an option with its value attached or next. */
static gboolean take_letters(Parser *p, const char *argument, GError **error) {
  for (const char *letter = argument + 1; *letter; letter++) {
    const OnrOption *option = find_letter(p->groups, *letter);
    if (!option)
      return report_unknown_letter(argument, p->flags, error);
    if (option->kind != ONR_OPTION_FLAG)
      return take_value(p, option, letter[1] ? letter + 1 : NULL, error);
    if (!store(p->options, option, NULL, error))
      return FALSE;
  }
  return TRUE;
}

/* "-nato ukraine" in one argument: no option has a blank in it but one whose text is attached ("-a/my news").
 */
static gboolean is_query_text(const Parser *p, const char *argument) {
  if (!(p->flags & ONR_PARSE_QUERY) || !strpbrk(argument, " \t\n"))
    return FALSE;
  const OnrOption *option = find_letter(p->groups, argument[1]);
  return !option || (option->kind != ONR_OPTION_TEXT && option->kind != ONR_OPTION_LIST);
}

static gboolean is_word(const Parser *p, const char *argument) {
  if (argument[0] != '-' || !argument[1])
    return TRUE;
  return argument[1] != '-' && is_query_text(p, argument);
}

static void add_word(OnrOptions *options, const char *word) {
  add_to_list(options->words, word);
  options->n_words++;
}

gboolean onr_options_parse(OnrOptions *options, const OnrOptionGroup *const *groups, char *const *argv,
                           OnrParseFlags flags, guint *n_used, GError **error) {
  Parser p = {.options = options, .groups = groups, .next = argv, .flags = flags};
  gboolean only_words = FALSE;
  while (*p.next) {
    const char *argument = *p.next;
    if (!only_words && is_word(&p, argument) && (flags & ONR_PARSE_LEADING))
      break;
    p.next++;
    if (only_words || is_word(&p, argument))
      add_word(options, argument);
    else if (!strcmp(argument, "--"))
      only_words = TRUE;
    else if (!(argument[1] == '-' ? take_long(&p, argument, error) : take_letters(&p, argument, error)))
      return FALSE;
  }
  if (n_used)
    *n_used = (guint)(p.next - argv);
  return TRUE;
}
