/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recursive descent over the lexemes; a rule of the grammar is a function. Depth is counted before it is
 * descended. */
#include "query/parser.h"

#include "query/fault.h"
#include "query/lexer.h"
#include "query/value.h"

#include <string.h>

typedef struct {
  const char *text;
  const OnrLexeme *next;
  OnrField field; /* that brackets give to what they hold: title:(a b) */
  gboolean any;
  guint depth, n_leaves;
  GError **error;
} Parser;

static OnrAst *parse_alternatives(Parser *p);

#define FAULT_AT(p, lexeme, expected, ...)                                                                   \
  onr_query_fault((p)->error, ONR_ERROR_SYNTAX, (p)->text, (lexeme)->span.begin, expected, __VA_ARGS__)

static gboolean accept(Parser *p, OnrLexemeKind kind) {
  if (p->next->kind != kind)
    return FALSE;
  p->next++;
  return TRUE;
}

static gboolean enter(Parser *p, const OnrLexeme *at) {
  if (p->depth < ONR_QUERY_MAX_DEPTH) {
    p->depth++;
    return TRUE;
  }
  onr_query_fault(p->error, ONR_ERROR_LIMIT, p->text, at->span.begin,
                  "expected at most " G_STRINGIFY(ONR_QUERY_MAX_DEPTH) " brackets and NOTs inside each other",
                  "query is nested too deep");
  return FALSE;
}

/* --- leaves --- */

static const char *field_label(OnrField field) {
  return field == ONR_FIELD_DEFAULT ? "words" : onr_field_name(field);
}

/* Ids, paths and addresses keep their stars: they are globs. */
static OnrAstKind leaf_kind(const OnrLexeme *lexeme, OnrField field) {
  if (lexeme->kind == ONR_LEXEME_QUOTED)
    return ONR_AST_QUOTED;
  if (onr_field_values(field) == ONR_VALUE_KEY)
    return ONR_AST_WORD;
  return lexeme->kind == ONR_LEXEME_PREFIX ? ONR_AST_PREFIX
         : lexeme->kind == ONR_LEXEME_STAR ? ONR_AST_ALL
                                           : ONR_AST_WORD;
}

static gboolean check_range(Parser *p, const OnrLexeme *lexeme, const OnrAst *leaf) {
  OnrRanges ranges;
  OnrValueFault fault;
  if (leaf->kind == ONR_AST_PREFIX || leaf->kind == ONR_AST_ALL) {
    FAULT_AT(p, lexeme, "expected a value without *", "%s: takes no *", onr_field_name(leaf->field));
    return FALSE;
  }
  if (onr_value_parse(leaf->field, leaf->text, &ranges, &fault))
    return TRUE;
  g_autofree char *value = onr_query_quote(leaf->text, strlen(leaf->text));
  onr_query_fault(p->error, ONR_ERROR_SYNTAX, p->text, lexeme->inner.begin + fault.at, fault.expected,
                  "%s in %s:%s", fault.what, onr_field_name(leaf->field), value);
  return FALSE;
}

static gboolean check_leaf(Parser *p, const OnrLexeme *lexeme, const OnrAst *leaf) {
  if (++p->n_leaves > ONR_QUERY_MAX_TERMS) {
    onr_query_fault(p->error, ONR_ERROR_LIMIT, p->text, lexeme->span.begin,
                    "expected at most " G_STRINGIFY(ONR_QUERY_MAX_TERMS) " of them",
                    "query has too many words and conditions");
    return FALSE;
  }
  if (onr_field_values(leaf->field) == ONR_VALUE_RANGE)
    return check_range(p, lexeme, leaf);
  if (leaf->kind == ONR_AST_ALL && leaf->field != ONR_FIELD_DEFAULT) {
    FAULT_AT(p, lexeme, "expected letters before it, as in econom*",
             "* alone behind %s:", onr_field_name(leaf->field));
    return FALSE;
  }
  return TRUE;
}

/* The lexeme before the next one, as a leaf of FIELD that begins at BEGIN. */
static OnrAst *make_leaf(Parser *p, OnrField field, guint32 begin) {
  const OnrLexeme *lexeme = p->next - 1;
  OnrAstKind kind = leaf_kind(lexeme, field);
  /* A prefix or star that stands for itself takes its star back. */
  OnrSpan inner = kind == ONR_AST_WORD ? lexeme->span : lexeme->inner;
  const char *text = kind == ONR_AST_ALL ? NULL : p->text + inner.begin;
  g_autoptr(OnrAst) leaf =
      onr_ast_leaf(kind, field, text, onr_span_length(inner), (OnrSpan){begin, lexeme->span.end});
  return check_leaf(p, lexeme, leaf) ? g_steal_pointer(&leaf) : NULL;
}

/* --- groups --- */

static OnrAst *parse_group(Parser *p) {
  const OnrLexeme *open = p->next - 1;
  if (!enter(p, open))
    return NULL;
  if (p->next->kind == ONR_LEXEME_CLOSE) {
    FAULT_AT(p, open, "expected words between the brackets", "nothing between the brackets");
    return NULL;
  }
  g_autoptr(OnrAst) group = parse_alternatives(p);
  if (!group)
    return NULL;
  if (!accept(p, ONR_LEXEME_CLOSE)) {
    FAULT_AT(p, open, "expected a closing bracket behind it", "bracket is not closed");
    return NULL;
  }
  p->depth--;
  return g_steal_pointer(&group);
}

static OnrAst *parse_field_group(Parser *p, OnrField field) {
  OnrField outer = p->field;
  p->field = field;
  OnrAst *group = parse_group(p);
  p->field = outer;
  return group;
}

static gboolean accept_leaf(Parser *p) {
  return accept(p, ONR_LEXEME_WORD) || accept(p, ONR_LEXEME_PREFIX) || accept(p, ONR_LEXEME_STAR) ||
         accept(p, ONR_LEXEME_QUOTED) || accept(p, ONR_LEXEME_KEY);
}

static OnrAst *parse_field(Parser *p) {
  const OnrLexeme *name = p->next - 1;
  if (accept(p, ONR_LEXEME_OPEN))
    return parse_field_group(p, name->field);
  if (accept_leaf(p))
    return make_leaf(p, name->field, name->span.begin);
  FAULT_AT(p, p->next, "expected a word, a quoted text or brackets",
           "nothing behind %s:", onr_field_name(name->field));
  return NULL;
}

/* What stands where a word should. */
static OnrAst *report_no_word(Parser *p) {
  static const char expected[] = "expected a word, a quoted text, a field or brackets";
  const OnrLexeme *at = p->next;
  switch (at->kind) {
  case ONR_LEXEME_END:
    FAULT_AT(p, at, expected, "query ends too early");
    break;
  case ONR_LEXEME_CLOSE:
    FAULT_AT(p, at, p->depth ? expected : "expected an opening bracket before it",
             p->depth ? "group ends too early" : "bracket was never opened");
    break;
  case ONR_LEXEME_NOT:
    FAULT_AT(p, at, "expected a single word on either side of NEAR", "NEAR joins no NOT");
    break;
  default:
    FAULT_AT(p, at, "expected a word before it (in quotation marks it is plain text)", "%.*s joins nothing",
             (int)onr_span_length(at->span), p->text + at->span.begin);
  }
  return NULL;
}

static OnrAst *parse_primary(Parser *p) {
  if (accept(p, ONR_LEXEME_OPEN))
    return parse_group(p);
  if (accept(p, ONR_LEXEME_FIELD))
    return parse_field(p);
  if (accept_leaf(p))
    return make_leaf(p, p->field, p->next[-1].span.begin);
  return report_no_word(p);
}

/* --- NEAR --- */

static gboolean is_single_word(const OnrAst *ast) {
  return ast->kind == ONR_AST_WORD || (ast->kind == ONR_AST_QUOTED && !strpbrk(ast->text, " \t\n"));
}

static gboolean check_near_side(Parser *p, const OnrAst *side) {
  static const char expected[] = "expected a single word on either side of NEAR";
  const char *what = NULL;
  if (side->children)
    what = "NEAR joins no groups";
  else if (side->kind == ONR_AST_PREFIX || side->kind == ONR_AST_ALL)
    what = "NEAR joins no prefixes";
  else if (!is_single_word(side))
    what = "NEAR joins no phrases";
  else if (onr_field_values(side->field) != ONR_VALUE_WORDS)
    what = "NEAR joins words of running text only";
  if (what)
    onr_query_fault(p->error, ONR_ERROR_SYNTAX, p->text, side->span.begin, expected, "%s", what);
  return what == NULL;
}

static gboolean check_near(Parser *p, const OnrLexeme *near, const OnrAst *left, const OnrAst *right) {
  if (!check_near_side(p, left) || !check_near_side(p, right))
    return FALSE;
  if (left->field != right->field) {
    FAULT_AT(p, near, "expected one field on both sides, as in title:(a NEAR/5 b)", "NEAR joins %s and %s",
             field_label(left->field), field_label(right->field));
    return FALSE;
  }
  if (p->next->kind == ONR_LEXEME_NEAR) {
    FAULT_AT(p, p->next, "expected two words, as in a NEAR/5 b; write (a NEAR/5 b) (b NEAR/5 c) for three",
             "NEAR joins two words only");
    return FALSE;
  }
  return TRUE;
}

static OnrAst *parse_near(Parser *p) {
  g_autoptr(OnrAst) left = parse_primary(p);
  const OnrLexeme *near = p->next;
  if (!left || !accept(p, ONR_LEXEME_NEAR))
    return g_steal_pointer(&left);
  g_autoptr(OnrAst) right = parse_primary(p);
  if (!right || !check_near(p, near, left, right))
    return NULL;
  OnrAst *ast = onr_ast_parent(ONR_AST_NEAR);
  ast->field = left->field;
  ast->window = near->window;
  onr_ast_add(ast, g_steal_pointer(&left));
  onr_ast_add(ast, g_steal_pointer(&right));
  return ast;
}

/* --- NOT, AND, OR --- */

static OnrAst *parse_condition(Parser *p) {
  const OnrLexeme *not = p->next;
  if (!accept(p, ONR_LEXEME_NOT))
    return parse_near(p);
  if (!enter(p, not ))
    return NULL;
  OnrAst *child = parse_condition(p);
  p->depth--;
  if (!child)
    return NULL;
  OnrAst *ast = onr_ast_parent(ONR_AST_NOT);
  onr_ast_add(ast, child);
  ast->span.begin = not ->span.begin;
  return ast;
}

/* A group of one child is that child. Takes GROUP. */
static OnrAst *unwrap(OnrAst *group) {
  if (group->children->len != 1)
    return group;
  OnrAst *child = g_ptr_array_steal_index(group->children, 0);
  onr_ast_free(group);
  return child;
}

static gboolean begins_condition(const Parser *p) {
  switch (p->next->kind) {
  case ONR_LEXEME_AND:
  case ONR_LEXEME_OR:
  case ONR_LEXEME_NEAR:
  case ONR_LEXEME_CLOSE:
  case ONR_LEXEME_END:
    return FALSE;
  default:
    return TRUE;
  }
}

/* { condition ["AND"] }: with --any only what AND joins. */
static OnrAst *parse_all(Parser *p) {
  g_autoptr(OnrAst) all = onr_ast_parent(ONR_AST_AND);
  do {
    OnrAst *child = parse_condition(p);
    if (!child)
      return NULL;
    onr_ast_add(all, child);
  } while (accept(p, ONR_LEXEME_AND) || (!p->any && begins_condition(p)));
  return unwrap(g_steal_pointer(&all));
}

/* Under --any what is not wanted is no alternative: "a b -c" is a or b, and never c. Takes both. */
static OnrAst *join_unwanted(OnrAst *any, OnrAst *unwanted) {
  OnrAst *all = onr_ast_parent(ONR_AST_AND);
  if (any->children->len)
    onr_ast_add(all, unwrap(any));
  else
    onr_ast_free(any);
  while (unwanted->children->len)
    onr_ast_add(all, g_ptr_array_steal_index(unwanted->children, 0));
  onr_ast_free(unwanted);
  return unwrap(all);
}

static OnrAst *parse_alternatives(Parser *p) {
  g_autoptr(OnrAst) any = onr_ast_parent(ONR_AST_OR);
  g_autoptr(OnrAst) unwanted = onr_ast_parent(ONR_AST_AND);
  gboolean is_or = FALSE;
  do {
    OnrAst *child = parse_all(p);
    if (!child)
      return NULL;
    gboolean is_beside = p->any && !is_or && p->next->kind != ONR_LEXEME_OR;
    if (is_beside && child->kind == ONR_AST_NOT) {
      onr_ast_add(unwanted, child);
    } else {
      any->is_any |= p->any && !is_or && any->children->len > 0;
      onr_ast_add(any, child);
    }
    is_or = accept(p, ONR_LEXEME_OR);
  } while (is_or || (p->any && begins_condition(p)));
  if (!unwanted->children->len)
    return unwrap(g_steal_pointer(&any));
  return join_unwanted(g_steal_pointer(&any), g_steal_pointer(&unwanted));
}

static OnrAst *parse_query(Parser *p) {
  if (p->next->kind == ONR_LEXEME_END) {
    g_set_error_literal(p->error, ONR_ERROR, ONR_ERROR_SYNTAX,
                        "query is empty: expected words to look for, or * for everything");
    return NULL;
  }
  g_autoptr(OnrAst) ast = parse_alternatives(p);
  if (!ast)
    return NULL;
  if (p->next->kind == ONR_LEXEME_END)
    return g_steal_pointer(&ast);
  return report_no_word(p);
}

OnrAst *onr_query_parse(const char *text, gboolean any, GError **error) {
  g_autoptr(GArray) lexemes = g_array_new(FALSE, FALSE, sizeof(OnrLexeme));
  if (!onr_query_lex(text, lexemes, error))
    return NULL;
  Parser p = {.text = text, .next = (const OnrLexeme *)lexemes->data, .any = any, .error = error};
  return parse_query(&p);
}
