/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/layout.h"
#include "cli/progress.h"
#include "cli/text_parts.h"
#include "cli/visible.h"
#include "support/support.h"
#include <string.h>

ONR_SUITE(layout);

Test(layout, nothing_drives_a_terminal) {
  g_autoptr(GPtrArray) cases = onr_test_cases("cli_visible.test");
  for (guint i = 0; i < cases->len; i++) {
    const OnrTestCase *c = cases->pdata[i];
    g_autofree char *visible = onr_visible_dup(c->input, ONR_VISIBLE_FOLD);
    g_autofree char *width = g_strdup_printf("%u", onr_visible_width(visible, strlen(visible)));
    cr_assert_str_eq(visible, c->expected->pdata[0], "line %u", c->line);
    cr_assert_str_eq(width, c->expected->pdata[1], "line %u", c->line);
  }
}

Test(layout, line_ends_and_tabs_stay_where_asked) {
  g_autofree char *visible = onr_visible_dup("a\tb\n c\033\r\n", ONR_VISIBLE_LINES);
  cr_assert_str_eq(visible, "a\tb\n c␛ \n");
}

Test(layout, wrapping) {
  g_autoptr(GPtrArray) cases = onr_test_cases("cli_wrap.test");
  g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(OnrSpan));
  for (guint i = 0; i < cases->len; i++) {
    const OnrTestCase *c = cases->pdata[i];
    char *text;
    guint width = (guint)g_ascii_strtoull(c->input, &text, 10);
    text += strlen(": ");
    onr_layout_wrap(text, strlen(text), width, lines);
    cr_assert_eq(lines->len, c->expected->len, "line %u: %u lines", c->line, lines->len);
    for (guint j = 0; j < lines->len; j++) {
      OnrSpan span = g_array_index(lines, OnrSpan, j);
      g_autofree char *line = g_strndup(text + span.begin, onr_span_length(span));
      cr_assert_str_eq(line, c->expected->pdata[j], "line %u", c->line);
    }
  }
}

/* --- printing --- */

typedef struct {
  char *bytes;
  size_t length;
  OnrOutput out;
} Sheet;

static void open_sheet(Sheet *sheet, guint width, gboolean has_color) {
  FILE *file = open_memstream(&sheet->bytes, &sheet->length);
  sheet->out = (OnrOutput){.file = file, .has_color = has_color, .width = width};
}

static const char *read_sheet(Sheet *sheet) {
  fclose(sheet->out.file);
  return sheet->bytes;
}

Test(layout, styles_end_with_their_line) {
  Sheet sheet;
  open_sheet(&sheet, 20, TRUE);
  OnrProse prose = {0};
  GArray *matches = g_array_new(FALSE, FALSE, sizeof(OnrSpan));
  OnrSpan match = {4, 21};
  g_array_append_val(matches, match);
  onr_prose_add_matched(&prose, ONR_STYLE_PLAIN, "the foreign minister said", matches);
  onr_prose_print(&prose, 2, &sheet.out);
  const char *begin = onr_style_begin(&sheet.out, ONR_STYLE_MATCH);
  g_autofree char *expected =
      g_strdup_printf("  the %sforeign\033[0m\n  %sminister \033[0msaid\n", begin, begin);
  cr_assert_str_eq(read_sheet(&sheet), expected);
  free(sheet.bytes);
  g_array_unref(matches);
  onr_prose_clear(&prose);
}

Test(layout, a_dot_at_a_cut_is_left_out) {
  Sheet sheet;
  open_sheet(&sheet, 16, FALSE);
  OnrPage page;
  onr_page_init(&page, &sheet.out);
  onr_page_add_part(&page, ONR_STYLE_PLAIN, "2024-06-01 12:30");
  onr_page_add_part(&page, ONR_STYLE_PLAIN, "Courier"); /* the dot would begin the line */
  onr_page_add_part(&page, ONR_STYLE_PLAIN, "x·y");
  onr_page_add_part(&page, ONR_STYLE_PLAIN, "Twelve letters"); /* or end it */
  onr_page_print(&page, 0);
  cr_assert_str_eq(read_sheet(&sheet), "2024-06-01 12:30\nCourier · x·y\nTwelve letters\n");
  free(sheet.bytes);
  onr_page_clear(&page);
}

Test(layout, without_colour_there_is_no_escape) {
  Sheet sheet;
  open_sheet(&sheet, 20, FALSE);
  OnrProse prose = {0};
  onr_prose_add(&prose, ONR_STYLE_NAME, "A\033[31mB", -1);
  onr_prose_add(&prose, ONR_STYLE_FAINT, NULL, -1);
  onr_prose_print(&prose, 0, &sheet.out);
  onr_prose_print(&prose, 0, &sheet.out);
  cr_assert_str_eq(read_sheet(&sheet), "A␛[31mB\n");
  free(sheet.bytes);
  onr_prose_clear(&prose);
}

Test(layout, numbers) {
  static const struct {
    guint64 n;
    const char *text;
  } cases[] = {{0, "0"},        {999, "999"},           {1000, "1,000"},
               {4310, "4,310"}, {1234567, "1,234,567"}, {G_MAXUINT64, "18,446,744,073,709,551,615"}};
  char buffer[ONR_GROUPED_SIZE];
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
    cr_assert_str_eq(onr_grouped(cases[i].n, buffer), cases[i].text);
}

Test(layout, sizes) {
  static const struct {
    guint64 n;
    const char *text;
  } cases[] = {{0, "0 bytes"},   {999, "999 bytes"},  {1000, "1.0 kB"},
               {48211, "48 kB"}, {5200000, "5.2 MB"}, {123456789012, "123 GB"}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *text = onr_size_text(cases[i].n);
    cr_assert_str_eq(text, cases[i].text);
  }
}

Test(layout, counts_come_with_what_they_are_out_of) {
  const OnrCountRecord quotes = {
      .what = "quotes", .n_matches = 12, .n_total = 4310, .n_articles = 9, .n_articles_total = 840, .n_distinct = 7};
  const OnrCountRecord speakers = {
      .what = "speakers", .n_matches = 1041, .n_total = ONR_NO_TOTAL, .n_articles_total = ONR_NO_TOTAL, .n_distinct = ONR_NO_TOTAL};
  g_autofree char *a = onr_count_text(&quotes), *b = onr_count_text(&speakers);
  cr_assert_str_eq(a, "12 of 4,310 quotes, in 9 of 840 articles, 7 distinct");
  cr_assert_str_eq(b, "1,041 speakers");
  const OnrCountRecord entity = {
      .what = "entities", .n_matches = 1, .n_total = ONR_NO_TOTAL, .n_articles_total = ONR_NO_TOTAL, .n_distinct = 1};
  g_autofree char *c = onr_count_text(&entity);
  cr_assert_str_eq(c, "1 entity");
}

Test(layout, progress_fits_its_width) {
  const OnrIndexProgress p = {
      .n_stored = 12340, .text_bytes = 79000000, .n_bytes_done = 45, .n_bytes_expected = 100, .seconds = 10};
  g_autofree char *wide = onr_progress_line(&p, 100), *narrow = onr_progress_line(&p, 40);
  cr_assert_str_eq(wide,
                   "██████████████░░░░░░░░░░░░░░░░   45 %  12,340 articles  1234/s  7.9 MB/s  0:12 left");
  cr_assert_leq(onr_visible_width(narrow, strlen(narrow)), 40);
  const OnrIndexProgress nothing = {0};
  g_autofree char *begun = onr_progress_line(&nothing, 60);
  cr_assert_str_eq(begun, "░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░    0 %  0 articles");
}

Test(layout, only_a_terminal_sees_the_bar) {
  Sheet sheet;
  open_sheet(&sheet, 80, FALSE);
  OnrProgressBar bar;
  onr_progress_bar_init(&bar, &sheet.out, TRUE);
  onr_progress_bar_update(&bar, &(OnrIndexProgress){.n_stored = 1});
  onr_progress_bar_clear(&bar);
  cr_assert_str_eq(read_sheet(&sheet), "");
  free(sheet.bytes);
  open_sheet(&sheet, 80, FALSE);
  sheet.out.is_terminal = TRUE;
  onr_progress_bar_init(&bar, &sheet.out, TRUE);
  onr_progress_bar_update(&bar, &(OnrIndexProgress){.n_stored = 1});
  onr_progress_bar_update(&bar, &(OnrIndexProgress){.n_stored = 2}); /* too soon */
  onr_progress_bar_clear(&bar);
  const char *drawn = read_sheet(&sheet);
  cr_assert_not_null(strstr(drawn, "1 articles"));
  cr_assert_null(strstr(drawn, "2 articles"));
  cr_assert_eq(drawn[strlen(drawn) - 1], '\r');
  free(sheet.bytes);
}
