/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an archive holds and what was done to it, for eyes. */
#include "cli/text_parts.h"

#include "cli/shapes.h"
#include "cli/visible.h"

#define MEGABYTE 1e6
#define NUMBER_COLUMNS 9 /* "1,000,000" */

/* --- skipped files, findings: one line each, never wrapped, so that grep and cut can work on them --- */

static void print_line(OnrPage *page, const char *text) {
  g_autoptr(GString) line = g_string_new(NULL);
  onr_visible_append(line, text, -1, ONR_VISIBLE_FOLD);
  g_string_append_c(line, '\n');
  onr_output_drain(page->out, line);
}

void onr_print_skipped(OnrPage *page, const OnrSource *source) {
  g_autofree char *reason = onr_source_explain(source);
  g_autofree char *line = *source->member ? g_strdup_printf("%s:%s: %s", source->path, source->member, reason)
                                          : g_strdup_printf("%s: %s", source->path, reason);
  print_line(page, line);
}

void onr_print_finding(OnrPage *page, const char *finding) {
  print_line(page, finding);
}

/* --- status --- */

void onr_print_number(OnrPage *page, guint64 n, const char *text) {
  char number[ONR_GROUPED_SIZE];
  g_autofree char *cell = g_strdup_printf("%*s  ", NUMBER_COLUMNS, onr_grouped(n, number));
  onr_output_puts(page->out, cell);
  onr_prose_add(&page->prose, ONR_STYLE_PLAIN, text, -1);
  onr_prose_print_hanging(&page->prose, NUMBER_COLUMNS + 2, page->out);
}

static void print_articles(OnrPage *page, const OnrCounts *c) {
  g_autofree char *first = onr_day_text(c->first_day), *last = onr_day_text(c->last_day);
  g_autofree char *files = onr_counted(c->n_sources, "file", "files");
  g_autoptr(GString) text = g_string_new(NULL);
  g_string_printf(text, "%s from %s", c->n_articles == 1 ? "article" : "articles", files);
  if (first && last)
    g_string_append_printf(text, ", published %s to %s", first, last);
  char undated[ONR_GROUPED_SIZE];
  if (c->n_undated)
    g_string_append_printf(text, "; %s without a date", onr_grouped(c->n_undated, undated));
  onr_print_number(page, c->n_articles, text->str);
}

/* What agencies say of what they sent before. */
static void print_editions(OnrPage *page, const OnrCounts *c) {
  if (c->n_corrected)
    onr_print_number(page, c->n_corrected,
                     c->n_corrected == 1 ? "article is a correction" : "articles are corrections");
  if (c->n_replaced)
    onr_print_number(page, c->n_replaced, "replaced by a later version");
  if (c->n_killed)
    onr_print_number(page, c->n_killed,
                     c->n_killed == 1 ? "article killed or withheld" : "articles killed or withheld");
  if (c->n_embargoed)
    onr_print_number(page, c->n_embargoed,
                     c->n_embargoed == 1 ? "article under embargo today" : "articles under embargo today");
}

void onr_print_status(OnrPage *page, const OnrStatusRecord *status) {
  const OnrCounts *c = status->counts;
  onr_prose_add(&page->prose, ONR_STYLE_TITLE, status->archive, -1);
  onr_page_print(page, 0);
  g_autofree char *file = onr_size_text(c->file_bytes), *text = onr_size_text(c->text_bytes);
  g_autofree char *size = g_strdup_printf("%s for %s of text", file, text);
  g_autofree char *engine = g_strdup_printf("engine %s", status->engine);
  g_autofree char *language = g_strdup_printf("language %s", status->language);
  onr_page_add_part(page, ONR_STYLE_FAINT, engine);
  onr_page_add_part(page, ONR_STYLE_FAINT, language);
  onr_page_add_part(page, ONR_STYLE_FAINT, size);
  onr_page_print(page, 2);
  onr_page_blank_line(page);
  g_autofree char *mentions = onr_counted(c->n_mentions, "mention", "mentions");
  g_autofree char *names = g_strdup_printf("people, organisations, places and other names, in %s", mentions);
  print_articles(page, c);
  onr_print_number(page, c->n_quotes, c->n_quotes == 1 ? "quote" : "quotes");
  onr_print_number(page, c->n_entities, names);
  if (c->n_skipped)
    onr_print_number(page, c->n_skipped, "skipped (list them with `onrecord status --skipped`)");
  if (c->n_duplicates)
    onr_print_number(page, c->n_duplicates, "left out, since another article has the same id");
  print_editions(page, c);
  if (c->n_without_attribution)
    onr_print_number(page, c->n_without_attribution,
                     c->n_without_attribution == 1
                         ? "article without quotes, as attribution does not know its language"
                         : "articles without quotes, as attribution does not know their language");
  onr_print_format_counts(page, status->formats);
  onr_print_losses(page, status->losses);
}

/* --- index --- */

static void add_count(OnrPage *page, guint64 n, const char *one, const char *many) {
  if (!n)
    return;
  g_autofree char *text = onr_counted(n, one, many);
  onr_prose_printf(&page->prose, ONR_STYLE_PLAIN, "%s%s", onr_prose_is_empty(&page->prose) ? "" : ", ", text);
}

static void add_speed(OnrPage *page, const OnrIndexProgress *s) {
  if (s->n_stored && s->seconds > 0)
    onr_prose_printf(&page->prose, ONR_STYLE_FAINT, " (%.1f s: %.0f articles/s, %.1f MB/s)", s->seconds,
                     (double)s->n_stored / s->seconds, (double)s->text_bytes / MEGABYTE / s->seconds);
}

void onr_print_summary(OnrPage *page, const OnrIndexProgress *s) {
  if (s->n_stored) {
    add_count(page, s->n_stored, "article", "articles");
    g_autofree char *quotes = onr_counted(s->n_quotes, "quote", "quotes");
    onr_prose_printf(&page->prose, ONR_STYLE_PLAIN, " with %s", quotes);
    add_speed(page, s);
  } else {
    onr_prose_add(&page->prose, ONR_STYLE_PLAIN, "nothing new", -1);
  }
  add_count(page, s->n_files_unchanged, "file unchanged", "files unchanged");
  add_count(page, s->n_duplicates, "duplicate left out", "duplicates left out");
  add_count(page, s->n_replaced + s->n_articles_replaced, "earlier version left out",
            "earlier versions left out");
  add_count(page, s->n_kills, "kill notice", "kill notices");
  add_count(page, s->n_killed + s->n_articles_killed, "article killed", "articles killed");
  add_count(page, s->n_articles_removed, "article removed", "articles removed");
  add_count(page, s->n_skipped, "item skipped", "items skipped");
  if (s->n_skipped)
    onr_prose_add(&page->prose, ONR_STYLE_PLAIN, " (see `onrecord status --skipped`)", -1);
  add_count(page, s->n_corrections_lost, "correction finds no quote", "corrections find no quote");
  if (s->n_corrections_lost)
    onr_prose_add(&page->prose, ONR_STYLE_PLAIN, " (see `onrecord corrections`)", -1);
  onr_page_print(page, 0);
}
