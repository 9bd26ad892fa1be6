/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "query/snippet.h"

#include "text/chars.h"

#include <string.h>

#define JOINT " … "
/* Repeated words tell little: each adds this part of its weight. */
#define REPEAT_PART 0.1
/* A stretch shorter than this goes on into the next paragraph. */
#define SHORT_STRETCH 120

/* --- text of one line --- */

void onr_snippet_clear(OnrSnippet *snippet) {
  g_free(snippet->text);
  if (snippet->matches)
    g_array_unref(snippet->matches);
  *snippet = (OnrSnippet){0};
}

static void snippet_begin(OnrSnippet *out, GString **text) {
  *out = (OnrSnippet){.matches = g_array_new(FALSE, FALSE, sizeof(OnrSpan))};
  *text = g_string_new(NULL);
}

/* Appends [BEGIN, END) of TEXT, runs of white space and control characters as one blank. */
static void append_folded(GString *out, const char *text, guint32 begin, guint32 end) {
  const char *p = text + begin, *stop = text + end;
  while (p < stop) {
    guint n;
    guint8 class = onr_char_class_at(p, stop, &n);
    gboolean is_blank = class == ONR_CHAR_SPACE || (class & ONR_CHAR_LINE) || g_ascii_iscntrl(*p);
    if (!is_blank)
      g_string_append_len(out, p, n);
    else if (out->len && out->str[out->len - 1] != ' ')
      g_string_append_c(out, ' ');
    p += n;
  }
}

/* Appends the stretch SPAN of TEXT with what of MATCHES lies in it. */
static void append_stretch(OnrSnippet *out, GString *line, const char *text, OnrSpan span,
                           const GArray *matches) {
  guint32 at = span.begin;
  for (guint i = 0; i < matches->len; i++) {
    OnrSpan match = g_array_index(matches, OnrSpan, i);
    if (!onr_span_overlaps(span, match))
      continue;
    append_folded(line, text, at, MAX(match.begin, at));
    guint32 from = (guint32)line->len;
    at = MIN(match.end, span.end);
    append_folded(line, text, MAX(match.begin, span.begin), at);
    OnrSpan shown = {from, (guint32)line->len};
    if (onr_span_length(shown))
      g_array_append_val(out->matches, shown);
  }
  append_folded(line, text, at, span.end);
}

static void trim_end(GString *line) {
  if (line->len && line->str[line->len - 1] == ' ')
    g_string_truncate(line, line->len - 1);
}

char *onr_snippet_line(const char *text, OnrSpan span) {
  GString *line = g_string_new(NULL);
  append_folded(line, text, span.begin, span.end);
  trim_end(line);
  return g_string_free(line, FALSE);
}

void onr_snippet_whole(const char *text, gsize length, const GArray *marks, OnrSnippet *out) {
  GString *line;
  g_autoptr(GArray) matches = onr_marks_spans(marks);
  snippet_begin(out, &line);
  append_stretch(out, line, text, (OnrSpan){0, (guint32)length}, matches);
  trim_end(line);
  out->text = g_string_free(line, FALSE);
}

/* --- which stretch --- */

/* Marks [first, end) and what they weigh. */
typedef struct {
  guint first, end;
  double weight;
} Window;

static const OnrMark *mark_at(const GArray *marks, guint i) {
  return &g_array_index(marks, OnrMark, i);
}

static guint characters(const OnrDocument *doc, guint32 begin, guint32 end) {
  return (guint)onr_utf8_count(doc->text + begin, end - begin);
}

static guint count_groups(const GArray *marks) {
  guint n = 0;
  for (guint i = 0; i < marks->len; i++)
    n = MAX(n, mark_at(marks, i)->group + 1);
  return n;
}

/* A window that slides over the marks; SEEN counts its marks by group. */
typedef struct {
  const GArray *marks;
  const gboolean *is_shown; /* by group, already shown elsewhere; NULL: none */
  guint *seen;
  Window window;
} Slide;

static double weight_of(const Slide *slide, const OnrMark *mark, gboolean is_first) {
  gboolean is_new = is_first && !(slide->is_shown && slide->is_shown[mark->group]);
  return mark->weight * (is_new ? 1 : REPEAT_PART);
}

static void slide_take(Slide *slide) {
  const OnrMark *mark = mark_at(slide->marks, slide->window.end++);
  slide->window.weight += weight_of(slide, mark, slide->seen[mark->group]++ == 0);
}

static void slide_drop(Slide *slide) {
  const OnrMark *mark = mark_at(slide->marks, slide->window.first++);
  slide->window.weight -= weight_of(slide, mark, --slide->seen[mark->group] == 0);
}

/* The heaviest run of marks within LIMIT bytes, the first of equals; at least one mark. */
static Window best_window(const GArray *marks, guint n_groups, guint limit, const gboolean *is_shown) {
  g_autofree guint *seen = g_new0(guint, n_groups);
  Slide slide = {.marks = marks, .is_shown = is_shown, .seen = seen};
  Window best = {0};
  while (slide.window.end < marks->len) {
    slide_take(&slide);
    guint32 end = mark_at(marks, slide.window.end - 1)->span.end;
    while (slide.window.first + 1 < slide.window.end &&
           end - mark_at(marks, slide.window.first)->span.begin > limit)
      slide_drop(&slide);
    if (!best.end || slide.window.weight > best.weight * (1 + 1e-9))
      best = slide.window;
  }
  return best;
}

/* From the window's first mark to the last end. */
static OnrSpan window_span(const GArray *marks, Window window) {
  OnrSpan span = mark_at(marks, window.first)->span;
  for (guint i = window.first; i < window.end; i++)
    span.end = MAX(span.end, mark_at(marks, i)->span.end);
  return span;
}

/* --- its ends --- */

/* Where a stretch may begin: at the first token at BEGIN or behind it, before END, that stands after white
 * space. */
static guint32 word_begin(const OnrDocument *doc, guint32 begin, guint32 end) {
  guint32 low = 0, high = doc->tokens.n;
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (doc->tokens.items[middle].begin < begin)
      low = middle + 1;
    else
      high = middle;
  }
  while (low < doc->tokens.n && doc->tokens.items[low].kind == ONR_TOKEN_MARK &&
         !(doc->tokens.items[low].flags & (ONR_TOKEN_SPACE_BEFORE | ONR_TOKEN_LINE_BEFORE)))
    low++;
  return low < doc->tokens.n ? MIN(doc->tokens.items[low].begin, end) : end;
}

/* The end of the last token that ends at or before END, not before BEGIN. */
static guint32 word_end(const OnrDocument *doc, guint32 begin, guint32 end) {
  guint32 low = 0, high = doc->tokens.n;
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (doc->tokens.items[middle].end <= end)
      low = middle + 1;
    else
      high = middle;
  }
  return low ? MAX(doc->tokens.items[low - 1].end, begin) : begin;
}

static guint32 back_characters(const OnrDocument *doc, guint32 from, guint n) {
  const char *p = doc->text + from;
  while (n-- && p > doc->text)
    p = g_utf8_prev_char(p);
  return (guint32)(p - doc->text);
}

static guint32 forth_characters(const OnrDocument *doc, guint32 from, guint n) {
  const char *p = doc->text + from, *end = doc->text + doc->length;
  while (n-- && p < end)
    p = g_utf8_next_char(p);
  return (guint32)(p - doc->text);
}

/* Back to the sentence's begin where ROOM characters reach it, else half as far, to a word. */
static guint32 widen_begin(const OnrDocument *doc, OnrSpan span, guint room) {
  guint32 sentence = doc->sentences[onr_document_sentence_at(doc, span.begin)].span.begin;
  if (sentence >= span.begin || characters(doc, sentence, span.begin) <= room)
    return MIN(sentence, span.begin);
  return word_begin(doc, back_characters(doc, span.begin, room / 2), span.begin);
}

/* Forth over whole sentences as far as ROOM characters go; into the next paragraph only where the stretch is
   short. A first sentence that is too long is cut at a word. */
static guint32 widen_end(const OnrDocument *doc, OnrSpan span, guint room) {
  guint32 limit = forth_characters(doc, span.end, room), end = span.end;
  guint32 i = onr_document_sentence_at(doc, span.end ? span.end - 1 : 0);
  guint32 paragraph = doc->sentences[i].paragraph;
  for (; i < doc->n_sentences; i++) {
    const OnrSentence *sentence = &doc->sentences[i];
    if (sentence->span.end > limit)
      return end > span.end ? end : word_end(doc, span.end, limit);
    if (sentence->paragraph != paragraph && characters(doc, span.begin, end) >= SHORT_STRETCH)
      break;
    end = MAX(end, sentence->span.end);
  }
  return end;
}

/* SPAN and what stands around it, MOST characters in all. */
static OnrSpan widen(const OnrDocument *doc, OnrSpan span, guint most) {
  guint n = characters(doc, span.begin, span.end);
  if (n >= most || !doc->n_sentences)
    return span;
  span.begin = widen_begin(doc, span, most - n);
  n = characters(doc, span.begin, span.end);
  span.end = widen_end(doc, span, most - MIN(n, most));
  return span;
}

/* --- putting together --- */

static guint32 text_begin(const OnrDocument *doc) {
  return doc->tokens.n ? doc->tokens.items[0].begin : 0;
}

static guint32 text_end(const OnrDocument *doc) {
  return doc->tokens.n ? doc->tokens.items[doc->tokens.n - 1].end : 0;
}

static void write_stretches(const OnrDocument *doc, const OnrSpan *stretches, guint n, const GArray *marks,
                            OnrSnippet *out) {
  GString *line;
  g_autoptr(GArray) matches = onr_marks_spans(marks);
  snippet_begin(out, &line);
  for (guint i = 0; i < n; i++) {
    if (i) {
      trim_end(line);
      g_string_append(line, JOINT);
    }
    append_stretch(out, line, doc->text, stretches[i], matches);
  }
  trim_end(line);
  out->starts_inside = stretches[0].begin > text_begin(doc);
  out->ends_inside = stretches[n - 1].end < text_end(doc);
  out->text = g_string_free(line, FALSE);
}

/* Notes the groups of WINDOW in IS_SHOWN and returns how many are shown by then. */
static guint show_groups(const GArray *marks, Window window, gboolean *is_shown, guint n_groups) {
  guint n = 0;
  for (guint i = window.first; i < window.end; i++)
    is_shown[mark_at(marks, i)->group] = TRUE;
  for (guint i = 0; i < n_groups; i++)
    n += is_shown[i] ? 1 : 0;
  return n;
}

static guint count_present(const GArray *marks, guint n_groups) {
  g_autofree gboolean *is_present = g_new0(gboolean, n_groups);
  return show_groups(marks, (Window){0, marks->len, 0}, is_present, n_groups);
}

/* Two halves around the heaviest mark windows; one stretch where they meet. */
static void write_two(const OnrDocument *doc, OnrSpan first, OnrSpan second, const GArray *marks,
                      OnrSnippet *out) {
  OnrSpan a = widen(doc, first, ONR_SNIPPET_MAX / 2), b = widen(doc, second, ONR_SNIPPET_MAX / 2);
  if (a.begin > b.begin) {
    OnrSpan swap = a;
    a = b;
    b = swap;
  }
  if (a.end >= b.begin) {
    a.end = MAX(a.end, b.end);
    write_stretches(doc, &a, 1, marks, out);
  } else {
    write_stretches(doc, (OnrSpan[]){a, b}, 2, marks, out);
  }
}

static guint32 write_marked(const OnrDocument *doc, const GArray *marks, OnrSnippet *out) {
  guint n_groups = count_groups(marks);
  g_autofree gboolean *is_shown = g_new0(gboolean, n_groups);
  Window one = best_window(marks, n_groups, ONR_SNIPPET_MAX * 3 / 4, NULL);
  if (show_groups(marks, one, is_shown, n_groups) == count_present(marks, n_groups)) {
    OnrSpan span = widen(doc, window_span(marks, one), ONR_SNIPPET_MAX);
    write_stretches(doc, &span, 1, marks, out);
    return mark_at(marks, one.first)->span.begin;
  }
  memset(is_shown, 0, n_groups * sizeof *is_shown);
  Window first = best_window(marks, n_groups, ONR_SNIPPET_MAX * 3 / 8, NULL);
  show_groups(marks, first, is_shown, n_groups);
  Window second = best_window(marks, n_groups, ONR_SNIPPET_MAX * 3 / 8, is_shown);
  write_two(doc, window_span(marks, first), window_span(marks, second), marks, out);
  return mark_at(marks, first.first)->span.begin;
}

guint32 onr_snippet_best(const OnrDocument *doc, const GArray *marks, guint32 from, OnrSnippet *out) {
  if (marks->len)
    return write_marked(doc, marks, out);
  guint32 begin = word_begin(doc, from, (guint32)doc->length);
  OnrSpan span = {begin, begin};
  if (begin < doc->length && doc->n_sentences)
    span.end = widen_end(doc, span, ONR_SNIPPET_MAX);
  write_stretches(doc, &span, 1, marks, out);
  return begin;
}
