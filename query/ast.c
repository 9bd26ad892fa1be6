/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "query/ast.h"

static void child_free(gpointer p) {
  onr_ast_free(p);
}

OnrAst *onr_ast_leaf(OnrAstKind kind, OnrField field, const char *text, gsize length, OnrSpan span) {
  OnrAst *ast = g_new0(OnrAst, 1);
  ast->kind = kind;
  ast->field = field;
  ast->text = text ? g_strndup(text, length) : NULL;
  ast->span = span;
  return ast;
}

OnrAst *onr_ast_parent(OnrAstKind kind) {
  OnrAst *ast = g_new0(OnrAst, 1);
  ast->kind = kind;
  ast->children = g_ptr_array_new_with_free_func(child_free);
  return ast;
}

void onr_ast_add(OnrAst *parent, OnrAst *child) {
  if (!onr_span_length(parent->span)) {
    parent->span = child->span;
  } else if (onr_span_length(child->span)) {
    parent->span.begin = MIN(parent->span.begin, child->span.begin);
    parent->span.end = MAX(parent->span.end, child->span.end);
  }
  g_ptr_array_add(parent->children, child);
}

void onr_ast_free(OnrAst *ast) {
  if (!ast)
    return;
  g_free(ast->text);
  if (ast->children)
    g_ptr_array_unref(ast->children);
  g_free(ast);
}

static guint n_children(const OnrAst *ast) {
  return ast->children ? ast->children->len : 0;
}

gboolean onr_ast_has_field(const OnrAst *ast, OnrField field) {
  if (!ast->children)
    return ast->field == field;
  for (guint i = 0; i < n_children(ast); i++)
    if (onr_ast_has_field(ast->children->pdata[i], field))
      return TRUE;
  return FALSE;
}

/* --- (and (word speaker lavrov) (word nato)) --- */

static const char *const kind_names[] = {
    [ONR_AST_ALL] = "all",       [ONR_AST_WORD] = "word", [ONR_AST_QUOTED] = "quoted",
    [ONR_AST_PREFIX] = "prefix", [ONR_AST_NEAR] = "near", [ONR_AST_AND] = "and",
    [ONR_AST_OR] = "or",         [ONR_AST_NOT] = "not"};

static void append_quoted(const char *text, GString *out) {
  g_string_append_c(out, '"');
  for (const char *p = text; *p; p++) {
    if (*p == '"' || *p == '\\')
      g_string_append_c(out, '\\');
    g_string_append_c(out, g_ascii_iscntrl(*p) ? ' ' : *p);
  }
  g_string_append_c(out, '"');
}

void onr_ast_print(const OnrAst *ast, GString *out) {
  g_string_append_printf(out, "(%s", ast->is_any ? "any" : kind_names[ast->kind]);
  if (ast->field != ONR_FIELD_DEFAULT)
    g_string_append_printf(out, " %s", onr_field_name(ast->field));
  if (ast->kind == ONR_AST_NEAR)
    g_string_append_printf(out, " %u", ast->window);
  if (ast->text) {
    g_string_append_c(out, ' ');
    if (ast->kind == ONR_AST_QUOTED)
      append_quoted(ast->text, out);
    else
      g_string_append(out, ast->text);
  }
  for (guint i = 0; i < n_children(ast); i++) {
    g_string_append_c(out, ' ');
    onr_ast_print(ast->children->pdata[i], out);
  }
  g_string_append_c(out, ')');
}

/* --- query text again --- */

static void write_leaf(const OnrAst *ast, GString *out) {
  if (ast->field != ONR_FIELD_DEFAULT)
    g_string_append_printf(out, "%s:", onr_field_name(ast->field));
  if (ast->kind == ONR_AST_ALL)
    g_string_append_c(out, '*');
  else if (ast->kind == ONR_AST_QUOTED)
    g_string_append_printf(out, "\"%s\"", ast->text); /* no quoted text holds a straight mark */
  else
    g_string_append_printf(out, "%s%s", ast->text, ast->kind == ONR_AST_PREFIX ? "*" : "");
}

/* Brackets around what binds less than its place: only leaves and NEAR stand bare below another node. */
static void write_child(const OnrAst *child, GString *out) {
  gboolean is_group = child->kind == ONR_AST_AND || child->kind == ONR_AST_OR;
  if (is_group)
    g_string_append_c(out, '(');
  onr_ast_write(child, out);
  if (is_group)
    g_string_append_c(out, ')');
}

static void write_joined(const OnrAst *ast, const char *joint, GString *out) {
  for (guint i = 0; i < n_children(ast); i++) {
    if (i)
      g_string_append(out, joint);
    write_child(ast->children->pdata[i], out);
  }
}

void onr_ast_write(const OnrAst *ast, GString *out) {
  g_autofree char *near = NULL;
  switch (ast->kind) {
  case ONR_AST_AND:
    write_joined(ast, " ", out);
    break;
  case ONR_AST_OR:
    write_joined(ast, " OR ", out);
    break;
  case ONR_AST_NEAR:
    near = g_strdup_printf(" NEAR/%u ", ast->window);
    write_joined(ast, near, out);
    break;
  case ONR_AST_NOT:
    g_string_append(out, "NOT ");
    write_child(ast->children->pdata[0], out);
    break;
  default:
    write_leaf(ast, out);
  }
}
