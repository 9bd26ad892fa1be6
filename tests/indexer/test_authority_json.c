/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Authority files as JSON, and what is printed as either format and read back. */
#include "authority_told.h"
#include "support/support.h"

ONR_SUITE(authority_json);

static void expect(const char *text, const char *expected) {
  onr_test_expect_told(text, -1, expected);
}

/* OBJECT on a line of its own, and in an array. */
static void expect_object(const char *object, const char *expected) {
  g_autofree char *lines = g_strconcat(object, "\n", NULL), *array = g_strconcat("[", object, "]", NULL);
  expect(lines, expected);
  expect(array, expected);
}

Test(authority_json, json_lines) {
  expect("\xef\xbb\xbf{\"id\": \"person:ada\", \"name\": \"Ada Quill\", \"aliases\": [\"A|Q\", \"\", \"A. "
         "Q.\"], "
         "\"roles\": [\"Mayor (2004..)\", {\"role\": \"Poet (2004)\"}, {\"role\": \"Envoy\", \"from\": "
         "\"2001\", \"to\": "
         "\"2001\"}], \"links\": {\"q\": [\"1\", \"2\"], \"viaf\": \"3\"}}\r\n"
         "\n{\"id\": \"org:x\", \"same_as\": \"org:y\", \"name\": null}",
         "1: person:ada\tAda Quill\tperson\tA\\|Q | A. Q.\tMayor (2004..) | Poet \\(2004) | Envoy (2001)\t"
         "q=1 | q=2 | viaf=3\t\n3: org:x\t\torg\t\t\t\torg:y\n");
}

Test(authority_json, json_array_is_read_object_by_object) {
  expect(" \n[\n  {\"id\": \"a\",\n   \"name\": \"A ]}\\\\\"}\n,\n{\"id\": \"b\", \"name\": \"\\\"{[\"}, "
         "{\"id\": \"c\"},\n"
         "{\"id\": \"d\" \"name\": 1}, {\"id\": \"a\", \"name\": \"D\"}\n] \n",
         "3: a\tA ]}\\\\\tperson\t\t\t\t\n6: b\t\"{[\tperson\t\t\t\t\n"
         "6! name is empty; only an entry with same_as needs none\n"
         "7! no JSON at column 17: '}' expected near '\"name\"'\n7! id 'a' is there already, in line 3\n");
}

Test(authority_json, broken_arrays_end_with_a_fault) {
#define A "{\"id\":\"a\",\"name\":\"A\"}"
#define TOLD_A "1: a\tA\tperson\t\t\t\t\n"
  expect("[" A, TOLD_A "1! the file ends where ',' or ']' should be\n");
  expect("[" A "\n" A "]", TOLD_A "2! '{' where ',' or ']' should be\n");
  expect("[" A ",\n]", TOLD_A "2! ']' where '{' should be\n");
  expect("[" A ",\n", TOLD_A "2! the file ends where '{' should be\n");
  expect("[" A ", {\"id\": [\n", TOLD_A "2! the file ends inside an object\n");
  expect("[" A ", {\"id\": \"b\n\"}, " A "]", TOLD_A "1! the line ends inside a string\n");
  expect("[" A "]\n]", TOLD_A "2! ']' where the end of the file should be\n");
  expect("[1, " A "]", "1! '1' where '{' or ']' should be\n");
  expect("[\n\n\x01                    ", "3! byte 0x01 where '{' or ']' should be\n");
#undef A
#undef TOLD_A
}

Test(authority_json, long_objects_are_passed_over) {
  g_autofree char *many = g_strnfill((3u << 20), 'x');
  g_autofree char *text =
      g_strdup_printf("[{\"id\": \"%s\"}, {\"id\": \"b\",\n\"name\": \"B\"}, {\"id\": \"c\"}]", many);
  expect(text, "1! longer than the limit of 1048576 bytes\n1: b\tB\tperson\t\t\t\t\n"
               "2! name is empty; only an entry with same_as needs none\n");
}

Test(authority_json, json_lines_that_are_wrong_cost_themselves) {
  expect("{\"id\": \"a\", \"nmae\": \"A\"}\n{\"id\": \"b\", \"name\": \"B\"\n[]\n7\n{\"id\": \"c\", \"id\": "
         "\"d\"}\n"
         "{\"id\": \"\\u0000\", \"name\": \"C\"}\n{\"id\": \"e\", \"name\": \"E\"} {}\n{\"id\": \"b\", "
         "\"name\": \"B\"}\n",
         "1! unknown member 'nmae'; members are id, name, type, aliases, roles, links, same_as; "
         "name is empty; only an entry with same_as needs none\n"
         "2! no JSON at column 23: '}' expected near end of file\n"
         "3! the line is an array, expected an object\n"
         "4! no JSON at column 1: '[' or '{' expected near '7'\n"
         "5! no JSON at column 16: duplicate object key near '\"id\"'\n"
         "6! no JSON at column 15: \\u0000 is not allowed without JSON_ALLOW_NUL near '\"\\u0000\"'\n"
         "7! no JSON at column 26: end of file expected near '{'\n"
         "8: b\tB\tperson\t\t\t\t\n");
}

Test(authority_json, json_of_the_wrong_type) {
  expect_object(
      "{\"id\": 7, \"name\": [], \"type\": true, \"aliases\": \"x\", \"roles\": {}, \"links\": \"q=1\"}",
      "1! id is a number, expected a string; name is an array, expected a string; "
      "type is true, expected a string; aliases is a string, expected an array; "
      "roles is an object, expected an array; links is a string, expected an object; id is empty; "
      "name is empty; only an entry with same_as needs none\n");
  expect_object(
      "{\"id\": \"a\", \"name\": \"A\", \"aliases\": [1.5, null], \"roles\": [7, {}, {\"role\": 1}, "
      "{\"role\": "
      "\"x\", \"from\": 2004, \"until\": \"\"}], \"links\": {\"q\": 1, \"v\": [2], \"a=b\": \"c\", \"\": "
      "\"\"}}",
      "1! an alias is a number, expected a string; an alias is null, expected a string; "
      "a role is a number, expected a string or an object; a role has no name; "
      "role is a number, expected a string; "
      "unknown member 'until' of a role; members are role, from, to; from is a number, expected a string; "
      "a link is a number, expected a string or an array of them; "
      "a link is a number, expected a string or an array of them; "
      "link 'a=b=c' is not of the form scheme=value; link '' is not of the form scheme=value\n");
}

Test(authority_json, roles_as_objects) {
  expect_object("{\"id\": \"a\", \"name\": \"A\", \"roles\": [{\"role\": \"x\", \"from\": \" 2004-02 \", "
                "\"to\": \"\"}, "
                "{\"role\": \"y\", \"from\": null, \"to\": \"2005\"}]}",
                "1: a\tA\tperson\t\tx (2004-02..) | y (..2005)\t\t\n");
  expect_object(
      "{\"id\": \"a\", \"name\": \"A\", \"roles\": [{\"role\": \"x\", \"from\": \"2004-02-30\"}, {\"role\": "
      "\"\", "
      "\"to\": \"2004\"}]}",
      "1! wrong date '2004-02-30' in role 'x': expected YYYY, YYYY-MM or YYYY-MM-DD; a role has no name\n");
}

Test(authority_json, json_is_printed_compact_without_empty_members) {
  g_autofree char *told = onr_test_tell_bytes(
      "id\tname\taliases\troles\tlinks\tsame_as\na\tA \"B\" \\\\\tÉ|x\tr (2004..)|s (2005)\tq=1|v=2|q=3\t\n"
      "b\t\t\t\tq=1\ta\n",
      -1, ONR_AUTHORITY_JSONL);
  cr_assert_str_eq(told,
                   "2: {\"id\": \"a\", \"name\": \"A \\\"B\\\" \\\\\", \"type\": \"person\", "
                   "\"aliases\": [\"É\", \"x\"], \"roles\": [{\"role\": \"r\", \"from\": \"2004\"}, "
                   "{\"role\": \"s\", \"from\": \"2005\", \"to\": \"2005\"}], "
                   "\"links\": {\"q\": [\"1\", \"3\"], \"v\": \"2\"}}\n"
                   "3: {\"id\": \"b\", \"name\": \"\", \"type\": \"person\", \"links\": {\"q\": \"1\"}, "
                   "\"same_as\": \"a\"}\n");
}

/* --- round trips --- */

typedef struct {
  GString *text;
  OnrAuthorityFormat format;
} Printed;

static gboolean print_entry(const OnrAuthorityEntry *entry, guint64 line, gpointer data, GError **error) {
  Printed *printed = data;
  (void)line;
  (void)error;
  onr_authority_print(entry, printed->format, printed->text);
  return TRUE;
}

/* TEXT read and printed; there must be no fault. */
static char *reprint(const char *text, OnrAuthorityFormat format) {
  g_autofree char *dir = onr_test_make_dir();
  g_autofree char *path = onr_test_write(dir, "people", text, -1);
  guint64 n_faults = 0;
  Printed printed = {.text = g_string_new(format == ONR_AUTHORITY_TSV ? ONR_AUTHORITY_HEADER : ""),
                     .format = format};
  g_autoptr(GError) error = NULL;
  cr_assert_neq(onr_authority_file_read(path, print_entry, NULL, &printed, NULL, &n_faults, &error), FALSE,
                "%s", error ? error->message : "");
  cr_assert_eq(n_faults, 0, "%s", printed.text->str);
  onr_test_remove_dir(dir);
  return g_string_free(printed.text, FALSE);
}

static const char *const NASTY[] = {"Ada\\tQuill",
                                    "\\",
                                    "a\\",
                                    "\\\\n",
                                    "x|y",
                                    "| x",
                                    "\"Q\"",
                                    "#Mara",
                                    "Łukasz Čapek",
                                    "毛 沢 東",
                                    "Poet (2004)",
                                    "Poet \\(2004)",
                                    "Poet \\\\(2004..)",
                                    "x (acting)",
                                    "x ()",
                                    "x (..)",
                                    "(x",
                                    "2004)",
                                    "a=b",
                                    "{",
                                    "[",
                                    "a\xe2\x80\x8d"
                                    "b",
                                    "e\xcc\x81"};

static char *escape_json(const char *text) {
  GString *out = g_string_new(NULL);
  for (; *text; text++) {
    if (*text == '"' || *text == '\\')
      g_string_append_c(out, '\\');
    g_string_append_c(out, *text);
  }
  return g_string_free(out, FALSE);
}

/* Entries of all nasty names, as JSON made by hand. */
static char *make_nasty(void) {
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < G_N_ELEMENTS(NASTY); i++) {
    g_autofree char *name = escape_json(NASTY[i]);
    g_string_append_printf(
        out,
        "{\"id\": \"#%u\\\\\", \"name\": \"%s\", \"type\": \"person\", \"aliases\": [\"%s\", \"z\"], "
        "\"roles\": [{\"role\": \"%s\"}, {\"role\": \"%s\", \"from\": \"2004\"}], "
        "\"links\": {\"q\": [\"%s\", \"1\"], \"\\\\|\": \"2\"}}\n",
        i, name, name, name, name, name);
  }
  return g_string_free(out, FALSE);
}

Test(authority_json, what_is_printed_is_read_back_the_same) {
  g_autofree char *json = make_nasty();
  g_autofree char *json_again = reprint(json, ONR_AUTHORITY_JSONL);
  cr_assert_str_eq(json_again, json);
  g_autofree char *tsv = reprint(json, ONR_AUTHORITY_TSV);
  g_autofree char *tsv_again = reprint(tsv, ONR_AUTHORITY_TSV);
  cr_assert_str_eq(tsv_again, tsv);
  g_autofree char *json_of_tsv = reprint(tsv, ONR_AUTHORITY_JSONL);
  cr_assert_str_eq(json_of_tsv, json);
}
