/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The stages that need no archive, each as it prints itself: lexemes, AST, errors. Cases are data. */
#include "printing.h"
#include "query/lexer.h"
#include "query/parser.h"
#include "query/value.h"
#include "text/distance.h"
#include "text/utf8.h"

#include <string.h>
#include <utf8proc.h>

ONR_SUITE(stages);

static char *print_lexemes(const char *text) {
  g_autoptr(GArray) lexemes = g_array_new(FALSE, FALSE, sizeof(OnrLexeme));
  g_autoptr(GError) error = NULL;
  if (!onr_query_lex(text, lexemes, &error))
    return g_strdup(error->message);
  GString *out = g_string_new(NULL);
  onr_lexemes_print(text, lexemes, out);
  return g_string_free(out, FALSE);
}

static char *print_ast(const char *text, gboolean any) {
  g_autoptr(GError) error = NULL;
  g_autoptr(OnrAst) ast = onr_query_parse(text, any, &error);
  if (!ast)
    return g_strdup(error->message);
  GString *out = g_string_new(NULL);
  onr_ast_print(ast, out);
  return g_string_free(out, FALSE);
}

Test(stages, lexemes) {
  g_autoptr(GPtrArray) cases = onr_test_cases("lexer.test");
  for (guint i = 0; i < cases->len; i++) {
    const OnrTestCase *c = cases->pdata[i];
    g_autofree char *printed = print_lexemes(c->input);
    onr_check_lines("lexer.test", c, printed);
  }
}

/* A line that begins with "any: " is parsed as with --any. */
static const char *input_of(const OnrTestCase *c, gboolean *any) {
  *any = g_str_has_prefix(c->input, "any: ");
  return *any ? c->input + strlen("any: ") : c->input;
}

static void check_parse_cases(const char *name) {
  g_autoptr(GPtrArray) cases = onr_test_cases(name);
  for (guint i = 0; i < cases->len; i++) {
    const OnrTestCase *c = cases->pdata[i];
    gboolean any;
    const char *text = input_of(c, &any);
    g_autofree char *printed = print_ast(text, any);
    onr_check_lines(name, c, printed);
  }
}

Test(stages, parser) {
  check_parse_cases("parser.test");
}

Test(stages, parser_errors) {
  check_parse_cases("parser_errors.test");
}

/* Every query that parses, written out and parsed again, is the same tree. */
static void check_round_trip(const char *text, gboolean any) {
  g_autoptr(OnrAst) ast = onr_query_parse(text, any, NULL);
  if (!ast)
    return;
  g_autoptr(GString) written = g_string_new(NULL), again = g_string_new(NULL), first = g_string_new(NULL);
  onr_ast_write(ast, written);
  g_autoptr(GError) error = NULL;
  g_autoptr(OnrAst) parsed = onr_query_parse(written->str, FALSE, &error);
  cr_assert_not_null(parsed, "%s was written as %s: %s", text, written->str, error ? error->message : "");
  onr_ast_write(parsed, again);
  cr_assert_str_eq(again->str, written->str);
  if (any)
    return;
  g_autoptr(GString) second = g_string_new(NULL);
  onr_ast_print(ast, first);
  onr_ast_print(parsed, second);
  cr_assert_str_eq(second->str, first->str, "%s, written as %s", text, written->str);
}

Test(stages, written_queries_parse_alike) {
  g_autoptr(GPtrArray) cases = onr_test_cases("parser.test");
  for (guint i = 0; i < cases->len; i++) {
    gboolean any;
    const char *text = input_of(cases->pdata[i], &any);
    check_round_trip(text, any);
  }
}

/* The whole query stays inside each node's span, and a leaf's span holds its text. */
static void check_spans(const OnrAst *ast, const char *text, OnrSpan outer) {
  cr_assert_eq(onr_span_contains(outer, ast->span), TRUE);
  if (ast->text) {
    g_autofree char *part = g_strndup(text + ast->span.begin, onr_span_length(ast->span));
    cr_assert_not_null(strstr(part, ast->text), "'%s' is not in '%s'", ast->text, part);
  }
  for (guint i = 0; ast->children && i < ast->children->len; i++)
    check_spans(ast->children->pdata[i], text, ast->span);
}

Test(stages, spans_point_into_the_query) {
  g_autoptr(GPtrArray) cases = onr_test_cases("parser.test");
  for (guint i = 0; i < cases->len; i++) {
    gboolean any;
    const char *text = input_of(cases->pdata[i], &any);
    g_autoptr(OnrAst) ast = onr_query_parse(text, any, NULL);
    check_spans(ast, text, (OnrSpan){0, (guint32)strlen(text)});
  }
}

/* --- limits --- */

static char *repeat(const char *unit, guint n) {
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < n; i++)
    g_string_append(out, unit);
  return g_string_free(out, FALSE);
}

static void expect_refusal(const char *text, OnrErrorCode code) {
  g_autoptr(GError) error = NULL;
  g_autoptr(OnrAst) ast = onr_query_parse(text, FALSE, &error);
  cr_assert_null(ast);
  cr_assert_eq(error->code, (int)code, "%s", error->message);
  cr_assert_lt(strlen(error->message), 1000);
}

Test(stages, refuses_what_is_beyond_a_limit) {
  g_autofree char *terms = repeat("word ", 10000);
  g_autofree char *brackets = repeat("(", 1000);
  g_autofree char *nots = repeat("NOT ", 1000);
  g_autofree char *minuses = repeat("-(", 1000);
  g_autofree char *fields = repeat("title:(", 1000);
  g_autofree char *bytes = repeat("0123456789abcdef", ONR_QUERY_MAX_BYTES / 16 + 1);
  expect_refusal(terms, ONR_ERROR_LIMIT);
  expect_refusal(brackets, ONR_ERROR_LIMIT);
  expect_refusal(nots, ONR_ERROR_LIMIT);
  expect_refusal(minuses, ONR_ERROR_LIMIT);
  expect_refusal(fields, ONR_ERROR_LIMIT);
  expect_refusal(bytes, ONR_ERROR_LIMIT);
}

Test(stages, takes_what_is_just_within) {
  g_autofree char *terms = repeat("word ", ONR_QUERY_MAX_TERMS);
  g_autofree char *bytes = repeat("0123456789abcdef", ONR_QUERY_MAX_BYTES / 16);
  g_autoptr(OnrAst) many = onr_query_parse(terms, FALSE, NULL);
  cr_assert_eq(many->children->len, ONR_QUERY_MAX_TERMS);
  g_autoptr(OnrAst) one = onr_query_parse(bytes, FALSE, NULL);
  cr_assert_eq(one->kind, ONR_AST_WORD);
}

Test(stages, empty_queries_are_refused) {
  static const char *const texts[] = {"", " ", "\t\n", "\302\240"};
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autofree char *printed = print_ast(texts[i], FALSE);
    cr_assert_str_eq(printed, "query is empty: expected words to look for, or * for everything");
  }
}

/* --- random text --- */

static const char *const fragments[] = {
    "nato", "a",     "OR",      "AND",       "NOT",    "NEAR",        "NEAR/3",
    "-",    "(",     ")",       "\"",        "“",      "”",           "«",
    "*",    "econ*", ":",       "speaker:",  "title:", "date:",       "2022",
    "..",   ">=",    "kind:",   "direct",    "|",      "confidence:", "0.5",
    "id:",  "url:",  "http://", "path:",     " ",      " ",           " ",
    "\n",   "\t",    "é",       "e\314\201", "東京",   "\302\240",    "\342\200\213",
    "\001", "\377",  "\302",    "'s",        "U.S.",   "foo:",        "::"};

/* What comes back is a tree or a message of valid UTF-8 whose caret line is short; never both, never neither.
 */
static void check_any_text(const char *text, gboolean any) {
  g_autoptr(GError) error = NULL;
  g_autoptr(OnrAst) ast = onr_query_parse(text, any, &error);
  cr_assert_neq(ast != NULL, error != NULL);
  if (ast) {
    check_spans(ast, text, (OnrSpan){0, (guint32)strlen(text)});
    check_round_trip(text, any);
  } else {
    cr_assert_eq(g_utf8_validate(error->message, -1, NULL), TRUE);
    for (const char *p = error->message; *p; p++)
      cr_assert_eq(*p != '\n' && g_ascii_iscntrl(*p), FALSE);
  }
}

Test(stages, random_fragments) {
  g_autoptr(GRand) random = g_rand_new_with_seed(20261123);
  for (guint i = 0; i < 20000; i++) {
    g_autoptr(GString) text = g_string_new(NULL);
    guint n = (guint)g_rand_int_range(random, 0, 14);
    for (guint j = 0; j < n; j++)
      g_string_append(text, fragments[g_rand_int_range(random, 0, G_N_ELEMENTS(fragments))]);
    check_any_text(text->str, (i & 1) != 0);
  }
}

Test(stages, random_bytes) {
  g_autoptr(GRand) random = g_rand_new_with_seed(7);
  for (guint i = 0; i < 20000; i++) {
    char text[65] = "";
    guint n = (guint)g_rand_int_range(random, 0, 64);
    for (guint j = 0; j < n; j++)
      text[j] = (char)g_rand_int_range(random, 1, i & 1 ? 256 : 128);
    check_any_text(text, (i & 2) != 0);
  }
}

/* --- where the caret stands --- */

/* Columns of a line before the caret, and of the copied line before MARK. */
static guint columns_before(const char *line, const char *end) {
  guint columns = 0;
  while (line < end) {
    gunichar c = g_utf8_get_char(line);
    columns += (guint)utf8proc_charwidth((gint32)c);
    line = g_utf8_next_char(line);
  }
  return columns;
}

Test(stages, caret_stands_under_the_place) {
  static const char *const before[] = {"",      "word ", "日本 の ", "e\314\201te\314\201 ",
                                       "🙂 ", "a\tb ", "x\001y ",  "ẍ̊ "};
  for (guint i = 0; i < G_N_ELEMENTS(before); i++) {
    for (guint n = 0; n < 30; n++) {
      g_autofree char *lead = repeat(before[i], n);
      g_autofree char *text = g_strconcat(lead, "bad:field after it", NULL);
      g_autoptr(GError) error = NULL;
      cr_assert_null(onr_query_parse(text, FALSE, &error));
      g_auto(GStrv) lines = g_strsplit(error->message, "\n", -1);
      cr_assert_eq(g_strv_length(lines), 3);
      const char *mark = strstr(lines[1], "bad:field");
      cr_assert_not_null(mark, "%s", error->message);
      cr_assert_eq(columns_before(lines[1], mark), columns_before(lines[2], strchr(lines[2], '^')), "%s",
                   error->message);
      cr_assert_leq(columns_before(lines[1], lines[1] + strlen(lines[1])), 80, "%s", error->message);
    }
  }
}

/* --- values --- */

Test(stages, values) {
  g_autoptr(GPtrArray) cases = onr_test_cases("parser_values.test");
  for (guint i = 0; i < cases->len; i++) {
    const OnrTestCase *c = cases->pdata[i];
    g_auto(GStrv) parts = g_strsplit(c->input, ":", 2);
    OnrRanges ranges = {0};
    OnrValueFault fault;
    g_autoptr(GString) out = g_string_new(NULL);
    if (onr_value_parse((OnrField)onr_field_parse(parts[0], strlen(parts[0])), parts[1], &ranges, &fault)) {
      for (guint j = 0; j < ranges.n; j++)
        g_string_append_printf(out, "%s%" G_GINT64_FORMAT "..%" G_GINT64_FORMAT, j ? " " : "", ranges.low[j],
                               ranges.high[j]);
      if (!ranges.n)
        g_string_append(out, "all");
    } else {
      g_string_append(out, fault.what);
    }
    onr_check_lines("parser_values.test", c, out->str);
  }
}

/* --- distances --- */

static guint distance(const char *a, const char *b, guint limit) {
  guint forth = onr_edit_distance(a, strlen(a), b, strlen(b), limit);
  cr_assert_eq(forth, onr_edit_distance(b, strlen(b), a, strlen(a), limit));
  return forth;
}

Test(stages, edit_distances) {
  cr_assert_eq(distance("lavrov", "lavrov", 2), 0);
  cr_assert_eq(distance("lavrof", "lavrov", 2), 1);
  cr_assert_eq(distance("lavorv", "lavrov", 2), 1, "neighbours swapped count once");
  cr_assert_eq(distance("lavrv", "lavrov", 2), 1);
  cr_assert_eq(distance("müller", "muller", 2), 1, "letters, not bytes");
  cr_assert_eq(distance("kitten", "sitting", 3), 3);
  cr_assert_eq(distance("kitten", "sitting", 2), 3, "limit + 1");
  cr_assert_eq(distance("", "ab", 2), 2);
  cr_assert_eq(distance("", "", 0), 0);
  cr_assert_eq(distance("abcdef", "badcfe", 3), 3);
}
