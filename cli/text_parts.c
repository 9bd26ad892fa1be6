/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/text_parts.h"

#include "text/offsets.h"
#include <string.h>

#define DATE_LENGTH 10 /* of "2022-02-06", the day in an ISO 8601 time */

void onr_page_init(OnrPage *page, OnrOutput *out) {
  g_autofree char *folder = g_get_current_dir();
  *page =
      (OnrPage){.out = out,
                .folder = g_str_has_suffix(folder, "/") ? g_strdup(folder) : g_strconcat(folder, "/", NULL)};
}

void onr_page_clear(OnrPage *page) {
  g_clear_pointer(&page->folder, g_free);
  onr_prose_clear(&page->prose);
}

const char *onr_grouped(guint64 n, char *buffer) {
  char digits[ONR_GROUPED_SIZE];
  gsize length = (gsize)g_snprintf(digits, sizeof digits, "%" G_GUINT64_FORMAT, n);
  char *to = buffer;
  for (gsize i = 0; i < length; i++) {
    if (i && (length - i) % 3 == 0)
      *to++ = ',';
    *to++ = digits[i];
  }
  *to = '\0';
  return buffer;
}

char *onr_counted(guint64 n, const char *one, const char *many) {
  char number[ONR_GROUPED_SIZE];
  return g_strdup_printf("%s %s", onr_grouped(n, number), n == 1 ? one : many);
}

char *onr_size_text(guint64 n_bytes) {
  static const struct {
    double bytes;
    const char *name;
  } units[] = {{1e9, "GB"}, {1e6, "MB"}, {1e3, "kB"}};
  for (guint i = 0; i < G_N_ELEMENTS(units); i++) {
    double n = (double)n_bytes / units[i].bytes;
    if (n >= 1)
      return g_strdup_printf(n < 10 ? "%.1f %s" : "%.0f %s", n, units[i].name);
  }
  return g_strdup_printf("%" G_GUINT64_FORMAT " bytes", n_bytes);
}

char *onr_span_words(const OnrArticle *article, const GArray *spans) {
  g_auto(OnrOffsets) offsets = {0};
  onr_offsets_set_text(&offsets, article->text, article->text_length);
  GString *words = g_string_new(NULL);
  for (guint i = 0; i < spans->len; i++) {
    OnrSpan span = onr_offsets_span_to_bytes(&offsets, g_array_index(spans, OnrSpan, i));
    g_string_append(words, i ? " … " : "");
    g_string_append_len(words, article->text + span.begin, onr_span_length(span));
  }
  return g_string_free(words, FALSE);
}

void onr_page_add_part(OnrPage *page, OnrStyle style, const char *text) {
  if (!text || !*text)
    return;
  if (!onr_prose_is_empty(&page->prose))
    onr_prose_add(&page->prose, ONR_STYLE_DOT, ONR_DOT, -1);
  onr_prose_add(&page->prose, style, text, -1);
}

void onr_page_add_place(OnrPage *page, OnrStyle style, const char *path, const char *member) {
  if (!path)
    return;
  const char *shown = g_str_has_prefix(path, page->folder) ? path + strlen(page->folder) : path;
  if (!strcmp(path, "-"))
    shown = "standard input";
  g_autofree char *place = member && *member ? g_strdup_printf("%s:%s", shown, member) : g_strdup(shown);
  onr_page_add_part(page, style, place);
}

static const char *speaker_without_name(OnrSpeakerType type) {
  static const char *const names[ONR_N_SPEAKER_TYPES] = {
      [ONR_SPEAKER_UNKNOWN] = "speaker unknown", [ONR_SPEAKER_PERSON] = "a person not named",
      [ONR_SPEAKER_ORG] = "an organisation",     [ONR_SPEAKER_UNNAMED] = "not named",
      [ONR_SPEAKER_DOCUMENT] = "a document",     [ONR_SPEAKER_AUTHOR] = "the author",
  };
  return names[type];
}

void onr_page_add_speaker(OnrPage *page, const OnrArticle *article, const OnrQuoteRow *quote) {
  g_autofree char *names = onr_article_speaker_names(article, quote);
  g_autofree char *source = names ? NULL : onr_span_words(article, quote->source);
  const char *unnamed = source && *source ? source : speaker_without_name(quote->speaker_type);
  onr_page_add_part(page, ONR_STYLE_NAME, names ? names : unnamed);
  if (quote->role && *quote->role && names)
    onr_prose_printf(&page->prose, ONR_STYLE_PLAIN, ", %s", quote->role);
}

char *onr_published_day(const char *published) {
  return published ? g_strndup(published, DATE_LENGTH) : NULL;
}

void onr_page_add_publication(OnrPage *page, OnrStyle style, const OnrArticle *article) {
  g_autofree char *day = onr_published_day(article->published);
  onr_page_add_part(page, style, day);
  onr_page_add_part(page, style, article->publisher);
}

void onr_page_print(OnrPage *page, guint indent) {
  onr_prose_print(&page->prose, indent, page->out);
}

void onr_page_blank_line(OnrPage *page) {
  onr_output_puts(page->out, "\n");
}
