/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Corrections, for eyes: a line or two each, under the number that takes it back. */
#include "cli/text_parts.h"

#define NUMBER_COLUMNS 4
#define MAX_WORDS 120 /* bytes shown of a quote */

static void add_quote(OnrPage *page, const OnrCorrection *correction) {
  g_autofree char *start =
      g_utf8_substring(correction->words, 0, MIN(g_utf8_strlen(correction->words, -1), MAX_WORDS));
  gboolean is_cut = g_utf8_strlen(correction->words, -1) > MAX_WORDS;
  gboolean has_marks = g_str_has_prefix(start, "“");
  onr_prose_printf(&page->prose, ONR_STYLE_PLAIN, has_marks ? "%s%s" : "“%s%s”", start, is_cut ? "…" : "");
  onr_prose_printf(&page->prose, ONR_STYLE_FAINT, " in %s", correction->article);
}

static void add_ids(OnrPage *page, const GPtrArray *ids, guint first) {
  for (guint i = first; i < ids->len; i++)
    onr_prose_printf(&page->prose, ONR_STYLE_PLAIN, "%s%s", i > first ? ", " : "", (char *)ids->pdata[i]);
}

static void add_correction(OnrPage *page, const OnrCorrection *c) {
  OnrProse *prose = &page->prose;
  switch (c->kind) {
  case ONR_CORRECTION_SPEAKER:
    add_quote(page, c);
    if (c->identity)
      onr_prose_printf(prose, ONR_STYLE_PLAIN, " is by %s (%s)", c->name, c->identity);
    else
      onr_prose_add(prose, ONR_STYLE_PLAIN, " has no speaker that is named", -1);
    return;
  case ONR_CORRECTION_NOT_A_QUOTE:
    add_quote(page, c);
    onr_prose_add(prose, ONR_STYLE_PLAIN, " is no quote", -1);
    return;
  case ONR_CORRECTION_MERGE:
    onr_prose_printf(prose, ONR_STYLE_PLAIN, "%s is also ", (char *)c->ids->pdata[0]);
    add_ids(page, c->ids, 1);
    return;
  case ONR_CORRECTION_SPLIT:
    onr_prose_printf(prose, ONR_STYLE_PLAIN, "%s is not ", (char *)c->ids->pdata[0]);
    add_ids(page, c->ids, 1);
    return;
  case ONR_CORRECTION_BEARER:
    onr_prose_printf(prose, ONR_STYLE_PLAIN, "%s is %s", c->name_id, c->identity);
    onr_prose_printf(prose, ONR_STYLE_FAINT, " in %s", c->article);
    return;
  case ONR_N_CORRECTIONS:
    break;
  }
  g_assert_not_reached();
}

void onr_print_correction(OnrPage *page, const OnrCorrectionRecord *record) {
  static const char *const states[] = {[ONR_CORRECTION_HOLDS] = NULL,
                                       [ONR_CORRECTION_NO_ARTICLE] = "the article is not in the archive",
                                       [ONR_CORRECTION_NO_QUOTE] = "no such quote is in the article any more",
                                       [ONR_CORRECTION_NO_IDENTITY] = "not every id is known"};
  g_autofree char *number = g_strdup_printf("%*u  ", NUMBER_COLUMNS - 2, record->number);
  onr_output_puts(page->out, number);
  add_correction(page, record->correction);
  if (states[record->state])
    onr_prose_printf(&page->prose, ONR_STYLE_TITLE, ": %s", states[record->state]);
  onr_prose_print_hanging(&page->prose, NUMBER_COLUMNS, page->out);
}
