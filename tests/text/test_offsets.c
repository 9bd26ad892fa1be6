/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "random_text.h"

#include "support/support.h"
#include "text/distance.h"
#include "text/offsets.h"
#include "text/utf8.h"
#include "text/vocabulary.h"

#include <string.h>

ONR_SUITE(offsets);

static void check_offsets(const OnrOffsets *offsets, const char *text, gsize length) {
  guint32 point = 0;
  for (gsize i = 0; i <= length; i++) {
    if (i < length && ((guchar)text[i] & 0xc0) == 0x80)
      continue;
    cr_assert_eq(onr_offsets_to_points(offsets, (guint32)i), point);
    cr_assert_eq(onr_offsets_to_bytes(offsets, point), i);
    point++;
  }
}

Test(offsets, there_and_back) {
  GRand *rand = g_rand_new_with_seed(12);
  g_autoptr(GString) text = g_string_new(NULL);
  g_auto(OnrOffsets) offsets = {0};
  for (guint i = 0; i < 300; i++) {
    random_text(rand, i % 10 ? 300 : 3000, text);
    onr_offsets_set_text(&offsets, text->str, text->len);
    check_offsets(&offsets, text->str, text->len);
  }
  g_rand_free(rand);
}

Test(offsets, ascii_empty_and_edges) {
  g_auto(OnrOffsets) offsets = {0};
  onr_offsets_set_text(&offsets, "", 0);
  check_offsets(&offsets, "", 0);
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint n = 250; n < 262; n++) { /* a character across the end of a block of counts */
    g_string_truncate(text, 0);
    for (guint i = 0; i < n; i++)
      g_string_append_c(text, 'a');
    onr_offsets_set_text(&offsets, text->str, text->len);
    cr_assert_neq(offsets.is_ascii, 0);
    check_offsets(&offsets, text->str, text->len);
    g_string_append(text, "\U0001f44d");
    onr_offsets_set_text(&offsets, text->str, text->len);
    cr_assert_not(offsets.is_ascii);
    check_offsets(&offsets, text->str, text->len);
  }
}

Test(offsets, spans) {
  static const char text[] = "né “oui” fin";
  g_auto(OnrOffsets) offsets = {0};
  onr_offsets_set_text(&offsets, text, strlen(text));
  OnrSpan points = onr_offsets_span_to_points(&offsets, (OnrSpan){4, 13});
  cr_assert_neq(points.begin == 3 && points.end == 8, 0);
  OnrSpan bytes = onr_offsets_span_to_bytes(&offsets, points);
  cr_assert_neq(bytes.begin == 4 && bytes.end == 13, 0);
  cr_assert_eq(onr_offsets_to_bytes(&offsets, 1000), strlen(text));
}

Test(offsets, validation_agrees_with_glib) {
  GRand *rand = g_rand_new_with_seed(13);
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < 20000; i++) {
    random_text(rand, 12, text);
    for (guint k = 0; k < 3 && text->len > 0; k++) /* break it, mostly */
      if (g_rand_boolean(rand))
        text->str[g_rand_int_range(rand, 0, (gint32)text->len)] = (char)g_rand_int_range(rand, 1, 256);
    const char *end;
    g_utf8_validate(text->str, (gssize)text->len, &end);
    cr_assert_eq(onr_utf8_valid_prefix(text->str, text->len), (gsize)(end - text->str));
  }
  g_rand_free(rand);
}

Test(offsets, bad_sequences) {
  static const struct {
    const char *bytes;
    gsize n, bad;
  } cases[] = {{"\x80", 1, 1},
               {"\xc0\x80", 2, 1},
               {"\xe2\x80", 2, 2},
               {"\xe2\x80X", 3, 2},
               {"\xed\xa0\x80", 3, 1},
               {"\xf0\x9f\x91", 3, 3},
               {"\xf0\x80\x80\x80", 4, 1},
               {"\xf5\x80", 2, 1},
               {"\xf4\x90\x80", 3, 1},
               {"\xe0\x9f\x80", 3, 1},
               {"\xff", 1, 1}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *bytes = g_memdup2(cases[i].bytes, cases[i].n);
    cr_expect_eq(onr_utf8_valid_prefix(bytes, cases[i].n), 0);
    cr_expect_eq(onr_utf8_bad_length(bytes, cases[i].n), cases[i].bad, "case %u", i);
  }
  cr_assert_eq(onr_utf8_valid_prefix("a\0b", 3), 3);
}

Test(offsets, vocabulary_names) {
  for (int i = 0; i < ONR_N_QUOTE_KINDS; i++)
    cr_assert_eq(onr_quote_kind_parse(onr_quote_kind_name((OnrQuoteKind)i)), i);
  for (int i = 0; i < ONR_N_ACTS; i++)
    cr_assert_eq(onr_act_parse(onr_act_name((OnrAct)i)), i);
  for (int i = 0; i < ONR_N_SPEAKER_TYPES; i++)
    cr_assert_eq(onr_speaker_type_parse(onr_speaker_type_name((OnrSpeakerType)i)), i);
  for (int i = 0; i < ONR_N_ENTITY_TYPES; i++)
    cr_assert_eq(onr_entity_type_parse(onr_entity_type_name((OnrEntityType)i)), i);
  cr_assert_eq(onr_quote_kind_parse("Direct"), -1);
  cr_assert_eq(onr_act_parse(""), -1);
  cr_assert_eq(onr_entity_type_parse("person "), -1);
  cr_assert_str_eq(onr_quote_kind_name(ONR_QUOTE_MIXED), "mixed"); /* stored: never another number */
  cr_assert_eq(ONR_QUOTE_INDIRECT, 2);
}

Test(offsets, edit_distance) {
  static const struct {
    const char *a, *b;
    guint distance;
  } cases[] = {{"", "", 0},
               {"lavrov", "lavrof", 1},
               {"lavrov", "larvov", 1},
               {"novak", "nóvak", 1},
               {"kitten", "sitting", 3},
               {"abc", "", 3},
               {"abcdef", "uvwxyz", 4},
               {"ab", "ba", 1}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    const char *a = cases[i].a, *b = cases[i].b;
    cr_expect_eq(onr_edit_distance(a, strlen(a), b, strlen(b), 3), MIN(cases[i].distance, 4), "%s, %s", a, b);
    cr_expect_eq(onr_edit_distance(b, strlen(b), a, strlen(a), 3), MIN(cases[i].distance, 4), "%s, %s", b, a);
  }
  g_autofree char *long_word = g_strnfill(100, 'x');
  cr_assert_eq(onr_edit_distance(long_word, 100, long_word, 100, 2), 3);
  cr_assert_eq(onr_edit_limit(3), 1);
  cr_assert_eq(onr_edit_limit(100), 2);
}
