/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options as further conditions, so that everything after the parser, --explain with it, sees one tree. */
#include "query/fault.h"
#include "query/parser.h"
#include "query/query_private.h"
#include "query/value.h"

#include <string.h>

static gboolean is_given(const char *value) {
  return value && *value;
}

/* Quoted: an option's words stand together, as a value in quotation marks does. */
static void add_value(OnrAst *all, OnrAstKind kind, OnrField field, const char *value) {
  if (!is_given(value))
    return;
  g_autofree char *text = g_strdup(value);
  g_strdelimit(text, "\"", ' '); /* a quoted text holds no straight mark */
  onr_ast_add(all, onr_ast_leaf(kind, field, text, strlen(text), (OnrSpan){0}));
}

static gboolean check_date(const char *value, GError **error) {
  OnrRanges ranges;
  OnrValueFault fault;
  if (!is_given(value) || onr_value_parse(ONR_FIELD_DATE, value, &ranges, &fault))
    return TRUE;
  g_autofree char *shown = onr_query_quote(value, strlen(value));
  g_set_error(error, ONR_ERROR, ONR_ERROR_SYNTAX, "%s: '%s': %s", fault.what, shown, fault.expected);
  return FALSE;
}

static gboolean add_dates(OnrAst *all, const char *from, const char *to, GError **error) {
  if (!is_given(from) && !is_given(to))
    return TRUE;
  g_autofree char *range = g_strconcat(from ? from : "", "..", to ? to : "", NULL);
  if (!check_date(from, error) || !check_date(to, error) || !check_date(range, error))
    return FALSE;
  add_value(all, ONR_AST_WORD, ONR_FIELD_DATE, range);
  return TRUE;
}

static gboolean add_options(OnrAst *all, const OnrQueryOptions *options, GError **error) {
  add_value(all, ONR_AST_QUOTED, ONR_FIELD_SPEAKER, options->speaker);
  add_value(all, ONR_AST_QUOTED, ONR_FIELD_MENTION, options->mentioning);
  add_value(all, ONR_AST_QUOTED, ONR_FIELD_PUBLISHER, options->source);
  return add_dates(all, options->from, options->to, error);
}

static gboolean has_options(const OnrQueryOptions *options) {
  return is_given(options->speaker) || is_given(options->mentioning) || is_given(options->source) ||
         is_given(options->from) || is_given(options->to);
}

static gboolean is_blank(const char *text) {
  return !text || !text[strspn(text, " \t\r\n")];
}

/* The children of an AND directly below ALL, anything else as one child. */
static void add_query(OnrAst *all, OnrAst *ast) {
  if (ast->kind != ONR_AST_AND) {
    onr_ast_add(all, ast);
    return;
  }
  while (ast->children->len)
    onr_ast_add(all, g_ptr_array_steal_index(ast->children, 0));
  onr_ast_free(ast);
}

OnrAst *onr_query_conditions(OnrTable table, const char *text, const OnrQueryOptions *options,
                             gboolean *has_default_act, GError **error) {
  g_autoptr(OnrAst) all = onr_ast_parent(ONR_AST_AND);
  if (!is_blank(text) || !has_options(options)) {
    OnrAst *ast = onr_query_parse(text ? text : "", options->any, error);
    if (!ast)
      return NULL;
    add_query(all, ast);
  }
  if (!add_options(all, options, error))
    return NULL;
  *has_default_act =
      table == ONR_TABLE_QUOTES && !options->all_acts && !onr_ast_has_field(all, ONR_FIELD_ACT);
  if (*has_default_act)
    add_value(all, ONR_AST_WORD, ONR_FIELD_ACT, "speech");
  if (all->children->len > 1)
    return g_steal_pointer(&all);
  return g_ptr_array_steal_index(all->children, 0);
}
