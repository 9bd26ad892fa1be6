/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "authority_told.h"
#include "inputs.h"
#include "support/support.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

ONR_SUITE(authority_file);

static void expect(const char *text, const char *expected) {
  onr_test_expect_told(text, -1, expected);
}

static void expect_error(const char *text, OnrErrorCode code, const char *message) {
  g_autofree char *expected = g_strdup_printf("error %d: %s\n", (int)code, message);
  expect(text, expected);
}

/* A line of TSV under "id name roles". */
static void expect_role(const char *role, const char *expected) {
  g_autofree char *text = g_strdup_printf("id\tname\troles\nquill\tAda Quill\t%s\n", role);
  expect(text, expected);
}

#define ONE_ROLE(role) "2: quill\tAda Quill\tperson\t\t" role "\t\t\n"

/* --- TSV --- */

Test(authority_file, columns_stand_in_any_order) {
  expect("same_as\tlinks\troles\taliases\ttype\tname\tid\n"
         "\twikidata=Q1 | viaf=7\tMinister (2004-03-09..) | Poet\tA. Quill | Ada Q.\tperson\tAda "
         "Quill\tperson:ada\n"
         "person:ada\t\t\t\t\t\tperson:quill\n",
         "2: person:ada\tAda Quill\tperson\tA. Quill | Ada Q.\tMinister (2004-03-09..) | Poet\twikidata=Q1 | "
         "viaf=7\t\n"
         "3: person:quill\t\tperson\t\t\t\tperson:ada\n");
}

Test(authority_file, entries_carry_days_and_open_ends) {
  g_auto(OnrAuthorityEntry) entry;
  onr_authority_entry_init(&entry);
  cr_assert_neq(onr_authority_entry_add_role(&entry, "Mayor", "2004-02", "2012"), FALSE);
  cr_assert_neq(onr_authority_entry_add_role(&entry, "Poet", NULL, NULL), FALSE);
  cr_assert_eq(onr_authority_entry_add_role(&entry, "Envoy", "2012", "2004"), FALSE);
  const OnrAuthorityRole *roles = &g_array_index(entry.roles, OnrAuthorityRole, 0);
  cr_assert_eq(entry.roles->len, 2);
  cr_assert_eq(roles[0].first_day, onr_date_days(2004, 2, 1));
  cr_assert_eq(roles[0].last_day, onr_date_days(2012, 12, 31));
  cr_assert_eq(roles[1].first_day, ONR_NO_DAY);
  cr_assert_eq(roles[1].last_day, ONR_NO_DAY);
}

Test(authority_file, remarks_blank_lines_marks_and_line_ends_are_no_values) {
  expect("\xef\xbb\xbf\n# people\r\n  \r\nid\tname\r\n\r\n#x\tno\r\nquill\tAda Quill\r\n\t\ndorn\tPavel Dorn",
         "7: quill\tAda Quill\tperson\t\t\t\t\n9: dorn\tPavel Dorn\tperson\t\t\t\t\n");
}

Test(authority_file, types_come_from_the_column_or_the_id) {
  expect("id\tname\ttype\norg:guild\tThe Guild\t\nplace:x\tX\tplace\nQ7\tY\tmisc\nQ8\tZ\t\ncode:9\tW\t\n"
         "org:a\tA\tperson\nb\tB\tPerson\norg:c\tC\tcity\n",
         "2: org:guild\tThe Guild\torg\t\t\t\t\n3: place:x\tX\tplace\t\t\t\t\n4: Q7\tY\tmisc\t\t\t\t\n"
         "5: Q8\tZ\tperson\t\t\t\t\n6: code:9\tW\tperson\t\t\t\t\n"
         "7! id 'org:a' says org, type says person\n"
         "8! unknown type 'Person'; types are person, org, place, misc\n"
         "9! unknown type 'city'; types are person, org, place, misc\n");
}

Test(authority_file, names_are_trimmed_and_blanks_collapse) {
  expect("id\tname\taliases\n q \t\xc2\xa0 Ada \xe3\x80\x80 \x01 Quill\xe2\x80\xa8\t |A.\\tQ.|| \\\\x\\y \\| "
         "z |\n",
         "2: q\tAda Quill\tperson\tA. Q. | \\\\x\\\\y \\| z\t\t\t\n");
}

Test(authority_file, times_of_roles) {
  expect_role("Mayor (2004..2012-02) | Mayor (..2012) | Mayor ( 2004 .. ) | Mayor (2012)",
              ONE_ROLE("Mayor (2004..2012-02) | Mayor (..2012) | Mayor (2004..) | Mayor (2012)"));
  expect_role("Mayor(2004..2004)\xc2\xa0", ONE_ROLE("Mayor (2004)"));
  expect_role("Director (acting) | Envoy (..) | Aide () | Guard (2004 to 2006) | (x) Chair",
              ONE_ROLE("Director (acting) | Envoy (..) | Aide () | Guard (2004 to 2006) | (x) Chair"));
  expect_role("Editor \\(2004) | Editor \\(2004) (2010) | Editor \\\\(2004)",
              ONE_ROLE("Editor \\(2004) | Editor \\(2004) (2010) | Editor \\\\ (2004)"));
}

Test(authority_file, wrong_times_of_roles_are_told) {
  expect_role("Mayor (2004-13-01..)",
              "2! wrong date '2004-13-01' in role 'Mayor': expected YYYY, YYYY-MM or YYYY-MM-DD\n");
  expect_role("Mayor (..12)", "2! wrong date '12' in role 'Mayor': expected YYYY, YYYY-MM or YYYY-MM-DD\n");
  expect_role("Mayor (2004-2012)",
              "2! wrong date '2004-2012' in role 'Mayor': expected YYYY, YYYY-MM or YYYY-MM-DD\n");
  expect_role("Mayor (2004 – 2012)",
              "2! wrong date '2004 – 2012' in role 'Mayor': expected YYYY, YYYY-MM or YYYY-MM-DD\n");
  expect_role("Mayor (2012..2004)", "2! role 'Mayor' begins (2012) after it ends (2004)\n");
  expect_role("Mayor (2012-03..2012-02-29)", "2! role 'Mayor' begins (2012-03) after it ends (2012-02-29)\n");
  expect_role(" (2012)", "2! a role has no name\n");
}

Test(authority_file, links_have_scheme_and_value_and_are_grouped) {
  expect("id\tname\tlinks\na\tA\tq=1 | viaf = 2|q=3|x=a=b c\nb\tB\tQ58217 | =1 | q= | a b=1 | =\n",
         "2: a\tA\tperson\t\t\tq=1 | q=3 | viaf=2 | x=a=b c\t\n"
         "3! link 'Q58217' is not of the form scheme=value; link '=1' is not of the form scheme=value; "
         "link 'q' is not of the form scheme=value; link 'a b=1' is not of the form scheme=value; "
         "link '' is not of the form scheme=value\n");
}

Test(authority_file, fields_may_be_missing_but_not_too_many) {
  expect("id\tname\taliases\na\tA\nb\tB\t\t\nc\tC\tD\tE\tF\nd\n",
         "2: a\tA\tperson\t\t\t\t\n3! 4 fields under 3 columns\n4! 5 fields under 3 columns\n"
         "5! name is empty; only an entry with same_as needs none\n");
}

Test(authority_file, ids_are_checked) {
  expect("id\tname\tsame_as\n\tA\t\na b\tB\t\na\\|b\tC\t\nd\xc2\x85"
         "d\tD\t\ne\tE\tf g\n \t \t\n",
         "2! id is empty\n"
         "3! id 'a b' must have no blanks, control characters or '|'\n"
         "4! id 'a|b' must have no blanks, control characters or '|'\n"
         "5! id 'd d' must have no blanks, control characters or '|'\n"
         "6! same_as 'f g' must have no blanks, control characters or '|'\n");
}

Test(authority_file, an_id_that_begins_like_a_remark_is_escaped) {
  expect("id\tname\n\\#1\tAda Quill\n#2\tno\n", "2: \\#1\tAda Quill\tperson\t\t\t\t\n");
}

/* --- limits --- */

Test(authority_file, long_values_are_faults) {
  g_autofree char *most = g_strnfill(1000, 'a');
  g_autofree char *text = g_strdup_printf("id\tname\taliases\n%s\t%s\t%s\n%sb\tA\t\nc\t%sc\t\nd\tD\t%sd\n",
                                          most, most, most, most, most, most);
  g_autofree char *shown = g_strnfill(60, 'a');
  g_autofree char *expected =
      g_strdup_printf("2: %s\t%s\tperson\t%s\t\t\t\n3! id '%s…' has 1001 bytes, over the limit of 1000\n"
                      "4! name '%s…' has 1001 bytes, over the limit of 1000\n5! alias '%s…' has 1001 bytes, "
                      "over the limit of 1000\n",
                      most, most, most, shown, shown, shown);
  expect(text, expected);
}

/* N values V, parted. */
static char *repeat(const char *value, const char *separator, guint n) {
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < n; i++)
    g_string_append_printf(out, "%s%s", i > 0 ? separator : "", value);
  return g_string_free(out, FALSE);
}

Test(authority_file, many_values_are_faults_told_once) {
  g_autofree char *aliases = repeat("x", "|", 10002), *links = repeat("q=1", "|", 10002);
  g_autofree char *roles = repeat("r", "|", 10001), *most = repeat("x", "|", 10000);
  g_autofree char *text = g_strdup_printf("id\tname\taliases\tlinks\troles\na\tA\t%s\t%s\t%s\nb\tB\t%s\n",
                                          aliases, links, roles, most);
  g_autofree char *told = onr_test_tell_bytes(text, -1, ONR_AUTHORITY_TSV);
  cr_assert_neq(g_str_has_prefix(
                    told, "2! more than 10000 aliases; more than 10000 links; more than 10000 roles\n3: b\t"),
                FALSE);
}

Test(authority_file, many_faults_of_a_line_are_counted) {
  g_autofree char *links = repeat("q", "|", 23);
  g_autofree char *text = g_strdup_printf("id\tname\tlinks\na\tA\t%s\n", links);
  g_autofree char *told = onr_test_tell_bytes(text, -1, ONR_AUTHORITY_TSV);
  cr_assert_neq(g_str_has_suffix(told, "scheme=value; and 3 more\n"), FALSE);
}

/* Lines longer than the limit, and than what a stream holds: 33 MiB. */
Test(authority_file, long_lines_are_passed_over) {
  const gsize sizes[] = {(1u << 20) - 2, (1u << 20) - 1, 33u << 20};
  g_autoptr(GString) text = g_string_new("id\tname\n");
  for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
    g_autofree char *blanks = g_strnfill(sizes[i], ' ');
    g_string_append_printf(text, "%s\t%u\n", blanks, i);
  }
  g_string_append(text, "a\tA\n");
  expect(text->str, "2! id is empty\n3! longer than the limit of 1048576 bytes\n"
                    "4! longer than the limit of 1048576 bytes\n5: a\tA\tperson\t\t\t\t\n");
}

/* --- ids of several lines --- */

Test(authority_file, an_id_is_there_once) {
  expect("id\tname\na\tA\nb\tB\na\tC\nc\t\nc\tC\n",
         "2: a\tA\tperson\t\t\t\t\n3: b\tB\tperson\t\t\t\t\n4! id 'a' is there already, in line 2\n"
         "5! name is empty; only an entry with same_as needs none\n6! id 'c' is there already, in line 5\n");
}

Test(authority_file, circles_are_told_once_in_their_first_line) {
  expect("id\tname\tsame_as\nx\tX\tc\nd\tD\te\nb\tB\tc\ne\tE\td\nc\tC\tb\nf\tF\tnone\ng\tG\tf\nh\tH\th\n",
         "2: x\tX\tperson\t\t\t\tc\n3: d\tD\tperson\t\t\t\te\n4: b\tB\tperson\t\t\t\tc\n5: "
         "e\tE\tperson\t\t\t\td\n"
         "6: c\tC\tperson\t\t\t\tb\n7: f\tF\tperson\t\t\t\tnone\n8: g\tG\tperson\t\t\t\tf\n"
         "9! same_as 'h' is the entry's own id\n"
         "3! same_as goes in a circle: d → e → d\n4! same_as goes in a circle: b → c → b\n");
}

Test(authority_file, a_long_circle_is_shortened) {
  g_autoptr(GString) text = g_string_new("id\tsame_as\tname\n");
  for (guint i = 0; i < 11; i++)
    g_string_append_printf(text, "n%u\tn%u\t\n", (i + 1) % 11, (i + 2) % 11);
  g_autofree char *told = onr_test_tell_bytes(text->str, -1, ONR_AUTHORITY_TSV);
  cr_assert_neq(
      g_str_has_suffix(
          told, "\n2! same_as goes in a circle: n1 → n2 → n3 → n4 → n5 → n6 → n7 → n8 → n9 → n10 → … → n1\n"),
      FALSE);
}

/* --- bytes --- */

Test(authority_file, bytes_that_are_no_text_cost_their_line) {
  static const char text[] = "id\tname\na\tA\xff\nb\tB\0B\nc\tC\xe2\x82\nd\tD\n";
  onr_test_expect_told(text, sizeof text - 1,
                       "2! byte 4, 0xff, is no UTF-8\n3! byte 4 is NUL\n4! byte 4, 0xe2, is no UTF-8\n"
                       "5: d\tD\tperson\t\t\t\t\n");
  static const char json[] = "{\"id\": \"a\", \"name\": \"\xff\"}\n{\"id\": \"b\", \"name\": \"\0\"}\n"
                             "{\"id\": \"c\", \"name\": \"C\"}\n";
  onr_test_expect_told(json, sizeof json - 1,
                       "1! byte 22, 0xff, is no UTF-8\n2! byte 22 is NUL\n3: c\tC\tperson\t\t\t\t\n");
}

/* --- the file as a whole --- */

Test(authority_file, headers_are_checked) {
  expect_error("id\tnmae\tname\tid\t\n", ONR_ERROR_FORMAT,
               "line 1: unknown column 'nmae'; column 'id' is there twice; unknown column ''; "
               "columns are id, name, type, aliases, roles, links, same_as");
  expect_error("# x\nname\ttype\n", ONR_ERROR_FORMAT,
               "line 2: no column 'id'; columns are id, name, type, aliases, roles, links, same_as");
  expect_error("id\n", ONR_ERROR_FORMAT,
               "line 1: no column 'name'; columns are id, name, type, aliases, roles, links, same_as");
  expect_error("id\tname\xff\n", ONR_ERROR_FORMAT, "line 1: byte 8, 0xff, is no UTF-8");
}

Test(authority_file, files_of_nothing_or_something_else) {
  const char *empty =
      "is empty; its first line names the columns: id, name, type, aliases, roles, links, same_as";
  expect_error("", ONR_ERROR_FORMAT, empty);
  expect_error("\xef\xbb\xbf \n# x\n\n", ONR_ERROR_FORMAT, empty);
  expect_error("%PDF-1.7\n", ONR_ERROR_FORMAT, "is a PDF document, expected UTF-8 text");
  expect("id\tname\n", "");
  expect("[ ]\n", "");
  static const char wide[] = "\xff\xfei\0d\0\t\0n\0a\0m\0e\0\n\0";
  g_autofree char *expected =
      g_strdup_printf("error %d: is UTF-16 or UTF-32, expected UTF-8 text\n", ONR_ERROR_FORMAT);
  onr_test_expect_told(wide, sizeof wide - 1, expected);
}

Test(authority_file, files_that_are_not_there_or_cannot_be_read) {
  g_autofree char *dir = onr_test_make_dir();
  g_autofree char *absent = g_build_filename(dir, "absent", NULL);
  g_autofree char *told = onr_test_tell_authority(absent, ONR_AUTHORITY_TSV, 0);
  g_autofree char *expected = g_strdup_printf("error %d: ", ONR_ERROR_NOT_FOUND);
  cr_assert_neq(g_str_has_prefix(told, expected), FALSE, "%s", told);
  g_autofree char *told_of_dir = onr_test_tell_authority(dir, ONR_AUTHORITY_TSV, 0);
  g_autofree char *usage = g_strdup_printf("error %d: is a folder\n", ONR_ERROR_USAGE);
  cr_assert_str_eq(told_of_dir, usage);
  onr_test_remove_dir(dir);
}

Test(authority_file, packed_files_are_read_and_broken_ones_reported) {
  static const char *const files[] = {"id\tname\nquill\tAda Quill\n",
                                      "{\"id\": \"quill\", \"name\": \"Ada Quill\"}\n",
                                      "[{\"id\": \"quill\", \"name\": \"Ada Quill\"}]\n"};
  g_autofree char *dir = onr_test_make_dir();
  for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
    g_autofree char *path = onr_test_write_gzip(dir, "a.gz", files[i], strlen(files[i]), 0);
    g_autofree char *told = onr_test_tell_authority(path, ONR_AUTHORITY_TSV, 0);
    cr_assert_neq(g_str_has_suffix(told, ": quill\tAda Quill\tperson\t\t\t\t\n"), FALSE, "%s", told);
    g_autofree char *cut = onr_test_write_gzip(dir, "b.gz", files[i], strlen(files[i]), 9);
    g_autofree char *told_of_cut = onr_test_tell_authority(cut, ONR_AUTHORITY_TSV, 0);
    g_autofree char *format = g_strdup_printf("error %d: truncated gzip", ONR_ERROR_FORMAT);
    cr_assert_not_null(strstr(told_of_cut, format), "%s", told_of_cut);
    cr_assert_null(strchr(told_of_cut, '!'), "%s", told_of_cut);
  }
  onr_test_remove_dir(dir);
}

Test(authority_file, standard_input_is_a_file) {
  g_autofree char *dir = onr_test_make_dir();
  g_autofree char *path = onr_test_write(dir, "people", "id\tname\nquill\tAda Quill\n", -1);
  int fd = open(path, O_RDONLY);
  cr_assert_eq(dup2(fd, STDIN_FILENO), STDIN_FILENO);
  close(fd);
  g_autofree char *told = onr_test_tell_authority("-", ONR_AUTHORITY_TSV, 0);
  cr_assert_str_eq(told, "2: quill\tAda Quill\tperson\t\t\t\t\n");
  onr_test_remove_dir(dir);
}

Test(authority_file, who_takes_entries_may_stop) {
  static const char *const files[] = {"id\tname\na\tA\nb\tB\n",
                                      "{\"id\":\"a\",\"name\":\"A\"}\n{\"id\":\"b\"}\n",
                                      "[\n{\"id\":\"a\",\"name\":\"A\"},{\"id\":\"b\"}]"};
  static const guint lines[] = {2, 1, 2};
  g_autofree char *dir = onr_test_make_dir();
  for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
    g_autofree char *path = onr_test_write(dir, "people", files[i], -1);
    g_autofree char *told = onr_test_tell_authority(path, ONR_AUTHORITY_TSV, 1);
    g_autofree char *expected =
        g_strdup_printf("%u: a\tA\tperson\t\t\t\t\nerror %d: enough\n", lines[i], ONR_ERROR_CANCELLED);
    cr_assert_str_eq(told, expected);
  }
  onr_test_remove_dir(dir);
}

Test(authority_file, control_characters_of_an_entry_are_printed_as_blanks) {
  g_auto(OnrAuthorityEntry) entry;
  g_autoptr(GString) out = g_string_new(NULL);
  onr_authority_entry_init(&entry);
  entry.id = g_strdup("a");
  entry.name = g_strdup("Ada\t\nQuill\r");
  onr_authority_print(&entry, ONR_AUTHORITY_TSV, out);
  cr_assert_str_eq(out->str, "a\tAda Quill\tperson\t\t\t\t\n");
}
