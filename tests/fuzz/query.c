/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any text as a query: an AST that prints, or an error with its place. */
#include "fuzz.h"
#include "query/parser.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autofree char *text = g_strndup((const char *)data, size);
  for (int any = 0; any <= 1; any++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(OnrAst) ast = onr_query_parse(text, any, &error);
    g_assert_true((ast == NULL) == (error != NULL));
    g_autoptr(GString) printed = g_string_new(NULL);
    if (ast)
      onr_ast_print(ast, printed);
    g_assert_true(!ast || printed->len > 0);
  }
  return 0;
}
