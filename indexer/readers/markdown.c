/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/readers/markdown.h"

#include "indexer/readers/entity.h"
#include "indexer/readers/whole.h"

#include <string.h>

#define MAX_NESTING 8 /* of brackets inside link texts; deeper ones stay as they are */

/* --- inside a line --- */

static void append_inline(const char *p, const char *end, guint depth, GString *out);

/* The ']' or ')' that closes what OPEN (at P) opens; NULL where the line has none. */
static const char *find_close(const char *p, const char *end, char open, char close) {
  guint depth = 0;
  for (; p < end; p++) {
    if (*p == '\\' && p + 1 < end)
      p++;
    else if (*p == open)
      depth++;
    else if (*p == close && --depth == 0)
      return p;
  }
  return NULL;
}

/* A link, image or footnote mark at '['; returns the place behind it, or NULL where it is only a bracket. */
static const char *append_bracket(const char *p, const char *end, gboolean is_image, guint depth,
                                  GString *out) {
  const char *close = depth < MAX_NESTING ? find_close(p, end, '[', ']') : NULL;
  if (!close)
    return NULL;
  if (p[1] == '^')
    return close + 1;
  const char *after = close + 1, *target = NULL;
  if (after < end && *after == '(')
    target = find_close(after, end, '(', ')');
  else if (after < end && *after == '[')
    target = find_close(after, end, '[', ']');
  if (!target)
    return NULL;
  if (!is_image)
    append_inline(p + 1, close, depth + 1, out);
  return target + 1;
}

/* `code`: the words between two runs of as many backticks. */
static const char *append_code(const char *p, const char *end, GString *out) {
  gsize n = 0;
  while (p + n < end && p[n] == '`')
    n++;
  for (const char *q = p + n; q + n <= end; q++) {
    if (memcmp(q, p, n) != 0)
      continue;
    g_string_append_len(out, p + n, q - p - (gssize)n);
    return q + n;
  }
  g_string_append_len(out, p, (gssize)n);
  return p + n;
}

/* <https://…> stays as its address, a tag or comment goes; NULL where '<' is only a sign. */
static const char *append_angle(const char *p, const char *end, GString *out) {
  const char *close = memchr(p, '>', (gsize)(end - p));
  if (!close || close == p + 1 || !(g_ascii_isalpha(p[1]) || p[1] == '/' || p[1] == '!'))
    return NULL;
  gsize n = (gsize)(close - p - 1);
  gboolean is_address = (memchr(p + 1, ':', n) || memchr(p + 1, '@', n)) && !memchr(p + 1, ' ', n);
  if (is_address)
    g_string_append_len(out, p + 1, (gssize)n);
  return close + 1;
}

static gboolean is_space_at(const char *p, const char *begin, const char *end) {
  return p < begin || p >= end || g_ascii_isspace(*p);
}

static gboolean is_word_at(const char *p, const char *begin, const char *end) {
  return p >= begin && p < end && (g_ascii_isalnum(*p) || (guchar)*p >= 0x80);
}

/* A run of * _ or ~ at P: TRUE where it is emphasis and not "5 * 3" or "snake_case". */
static gboolean is_emphasis(const char *p, gsize n, const char *begin, const char *end) {
  gboolean open = is_space_at(p - 1, begin, end), close = is_space_at(p + n, begin, end);
  if ((open && close) || n > 3 || (*p == '~' && n != 2))
    return FALSE;
  return *p != '_' || !is_word_at(p - 1, begin, end) || !is_word_at(p + n, begin, end);
}

static const char *append_emphasis(const char *p, const char *begin, const char *end, GString *out) {
  gsize n = 1;
  while (p + n < end && p[n] == *p)
    n++;
  if (!is_emphasis(p, n, begin, end))
    g_string_append_len(out, p, (gssize)n);
  return p + n;
}

static void append_inline(const char *p, const char *end, guint depth, GString *out) {
  const char *begin = p;
  while (p < end) {
    const char *next = NULL;
    if (*p == '\\' && p + 1 < end && g_ascii_ispunct(p[1])) {
      g_string_append_c(out, p[1]);
      next = p + 2;
    } else if (*p == '!' && p + 1 < end && p[1] == '[') {
      next = append_bracket(p + 1, end, TRUE, depth, out);
    } else if (*p == '[') {
      next = append_bracket(p, end, FALSE, depth, out);
    } else if (*p == '`') {
      next = append_code(p, end, out);
    } else if (*p == '<') {
      next = append_angle(p, end, out);
    } else if (*p == '&') {
      next = onr_entity_append(p, end, out);
    } else if (*p == '*' || *p == '_' || *p == '~') {
      next = append_emphasis(p, begin, end, out);
    }
    if (!next)
      g_string_append_c(out, *p++);
    else
      p = next;
  }
}

/* --- lines --- */

typedef struct {
  GString *out, *heading;
  char fence; /* of open fenced code: '`' or '~'; else 0 */
  gsize fence_length;
  gboolean in_comment; /* <!-- over several lines */
  gsize line_begin;    /* in out, of the last line that may become a setext heading */
  gboolean has_line;
  /* of the paragraph that is open */
  gboolean keeps_line_end; /* its last line ends in a hard break or is a table's row */
  gboolean is_quote;       /* began with '>' */
  gboolean is_numbered;    /* began as an item of a numbered list */
  gboolean is_table;       /* rows below a table's ruler */
} Markdown;

static gsize count_run(const char *p, gsize length, char c) {
  gsize n = 0;
  while (n < length && p[n] == c)
    n++;
  return n;
}

/* Opening and closing lines of fenced code; TRUE for those and all between. */
static gboolean take_fence(Markdown *md, const char *line, gsize length) {
  char c = length > 0 ? *line : '\0';
  gsize n = c == '`' || c == '~' ? count_run(line, length, c) : 0;
  if (md->fence) {
    if (c == md->fence && n >= md->fence_length && onr_line_is_blank(line + n, length - n))
      md->fence = 0;
    return TRUE;
  }
  if (n < 3 || (c == '`' && memchr(line + n, '`', length - n)))
    return FALSE;
  md->fence = c;
  md->fence_length = n;
  return TRUE;
}

static gboolean take_comment(Markdown *md, const char *line, gsize length) {
  gboolean is_open = md->in_comment || (length >= 4 && memcmp(line, "<!--", 4) == 0);
  if (is_open)
    md->in_comment = !g_strstr_len(line, (gssize)length, "-->");
  return is_open;
}

/* "***", "- - -", "===": only these characters and spaces. */
static gboolean is_rule(const char *line, gsize length, const char *characters, gsize at_least) {
  gsize n = 0;
  if (length == 0 || !strchr(characters, *line))
    return FALSE;
  for (gsize i = 0; i < length; i++) {
    if (line[i] != *line && !g_ascii_isspace(line[i]))
      return FALSE;
    n += line[i] == *line;
  }
  return n >= at_least;
}

static gboolean is_table_rule(const char *line, gsize length) {
  gboolean has_bar = FALSE, has_dash = FALSE;
  for (gsize i = 0; i < length; i++) {
    if (!strchr("|-: \t", line[i]))
      return FALSE;
    has_bar |= line[i] == '|';
    has_dash |= line[i] == '-';
  }
  return has_bar && has_dash;
}

/* "[label]: target", which no reader sees. */
static gboolean is_definition(const char *line, gsize length) {
  if (length < 4 || *line != '[' || line[1] == '^')
    return FALSE;
  const char *close = memchr(line, ']', length);
  return close && close + 1 < line + length && close[1] == ':' && close > line + 1;
}

static void end_paragraph(Markdown *md) {
  while (md->out->len > 0 && md->out->str[md->out->len - 1] == '\n')
    g_string_truncate(md->out, md->out->len - 1);
  if (md->out->len > 0)
    g_string_append(md->out, "\n\n");
  md->has_line = FALSE;
  md->keeps_line_end = md->is_quote = md->is_numbered = md->is_table = FALSE;
}

static gboolean has_open_paragraph(const Markdown *md) {
  const GString *out = md->out;
  return out->len >= 2 && out->str[out->len - 2] != '\n';
}

static void keep_heading(Markdown *md, gsize begin) {
  if (md->heading->len == 0)
    g_string_append_len(md->heading, md->out->str + begin, (gssize)(md->out->len - begin));
}

static gboolean take_heading(Markdown *md, const char *line, gsize length) {
  gsize n = count_run(line, length, '#');
  if (n == 0 || n > 6 || (n < length && !g_ascii_isspace(line[n])))
    return FALSE;
  const char *p = line + n, *end = line + length;
  while (p < end && g_ascii_isspace(*p))
    p++;
  while (end > p && (g_ascii_isspace(end[-1]) || end[-1] == '#'))
    end--;
  end_paragraph(md);
  gsize begin = md->out->len;
  append_inline(p, end, 0, md->out);
  keep_heading(md, begin);
  end_paragraph(md);
  return TRUE;
}

/* A line of = or - below a paragraph's only line makes that a heading; elsewhere - is a rule. */
static gboolean take_rule(Markdown *md, const char *line, gsize length) {
  gboolean is_underline = md->has_line && (is_rule(line, length, "=", 2) || is_rule(line, length, "-", 2));
  if (is_underline)
    keep_heading(md, md->line_begin);
  else if (!is_rule(line, length, "*-_", 3) && !is_table_rule(line, length))
    return FALSE;
  gboolean is_table = !is_underline && is_table_rule(line, length);
  end_paragraph(md);
  md->is_table = is_table;
  return TRUE;
}

/* "1." or "2)" and a blank: an item. Inside a paragraph only 1 begins a list, so that a line that happens to
   begin with "1984." does not (CommonMark 5.2). */
static gboolean is_numbered_item(const Markdown *md, const char *p, const char *end) {
  gsize n = 0;
  while (p + n < end && n < 10 && g_ascii_isdigit(p[n]))
    n++;
  if (n == 0 || n == 10 || end - p < (gssize)n + 2 || (p[n] != '.' && p[n] != ')') ||
      !g_ascii_isspace(p[n + 1]))
    return FALSE;
  return !has_open_paragraph(md) || md->is_numbered || (n == 1 && *p == '1');
}

static const char *skip_markers(Markdown *md, const char *p, const char *end) {
  if (*p == '>' && !md->is_quote) {
    end_paragraph(md);
    md->is_quote = TRUE;
  }
  while (p < end && (*p == '>' || *p == ' ' || *p == '\t'))
    p++;
  if (is_numbered_item(md, p, end)) {
    end_paragraph(md);
    md->is_numbered = TRUE;
  }
  if (p + 1 < end && strchr("-*+", *p) && (p[1] == ' ' || p[1] == '\t')) {
    end_paragraph(md);
    for (p++; p < end && (*p == ' ' || *p == '\t'); p++)
      ;
  }
  const char *note = end - p > 3 && p[0] == '[' && p[1] == '^' ? g_strstr_len(p, end - p, "]: ") : NULL;
  return note ? note + 3 : p;
}

/* Two blanks or a backslash at the end of a line, or <br>, keep its end. */
static gboolean is_hard_break(const char *line, const char *end) {
  gsize n = (gsize)(end - line);
  if (n > 0 && end[-1] == '\r')
    n--;
  static const char *const breaks[] = {"  ", "\\", "<br>", "<br/>", "<br />"};
  for (gsize i = 0; i < G_N_ELEMENTS(breaks); i++) {
    gsize length = strlen(breaks[i]);
    if (n >= length && g_ascii_strncasecmp(line + n - length, breaks[i], length) == 0)
      return TRUE;
  }
  return FALSE;
}

/* The words of a line, which go on the open paragraph: its last line end becomes a blank, as Markdown is
   shown. A line of nothing but tags ends it. */
static void append_words(Markdown *md, const char *p, const char *end, gboolean keeps_line_end) {
  gboolean goes_on = has_open_paragraph(md);
  gboolean is_row = *p == '|' || md->is_table;
  gsize begin = md->out->len;
  append_inline(p, end, 0, md->out);
  if (md->out->len == begin) {
    if (*p == '<')
      end_paragraph(md);
    return;
  }
  if (goes_on && !md->keeps_line_end && !is_row)
    md->out->str[begin - 1] = ' ';
  g_string_append_c(md->out, '\n');
  md->line_begin = begin;
  md->has_line = !goes_on;
  md->keeps_line_end = keeps_line_end || is_row;
}

static void take_line(Markdown *md, const char *line, gsize length) {
  const char *end = line + length, *p = line;
  while (p < end && (*p == ' ' || *p == '\t'))
    p++;
  if (take_fence(md, p, (gsize)(end - p)) || take_comment(md, p, (gsize)(end - p))) {
    end_paragraph(md);
    return;
  }
  if (onr_line_is_blank(p, (gsize)(end - p))) {
    end_paragraph(md);
    return;
  }
  if (take_heading(md, p, (gsize)(end - p)) || take_rule(md, p, (gsize)(end - p)) ||
      is_definition(p, (gsize)(end - p)))
    return;
  p = skip_markers(md, p, end);
  gboolean keeps_line_end = is_hard_break(p, end);
  while (end > p && (g_ascii_isspace(end[-1]) || (end[-1] == '\\' && end == line + length)))
    end--;
  if (p == end)
    end_paragraph(md);
  else
    append_words(md, p, end, keeps_line_end);
}

void onr_markdown_to_text(const char *text, gsize length, GString *out, GString *heading) {
  Markdown md = {.out = out, .heading = heading};
  const char *at = text, *end = text + length, *line;
  gsize n;
  while (onr_line_next(&at, end, &line, &n))
    take_line(&md, line, n);
  end_paragraph(&md);
  if (out->len > 0)
    g_string_truncate(out, out->len - 1); /* one line end */
}
