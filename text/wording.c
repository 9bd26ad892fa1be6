/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/wording.h"

#include "text/fold.h"

#include <string.h>

/* A line at either end that says who wrote or sent a text is no longer than this. */
#define CREDIT_WORDS 25
/* "MARENPORT, June 3 (Agency) -" */
#define DATELINE_TOKENS 14
#define SHORT_WORD_BYTES 3
#define MOSTLY_CAPITAL 0.5

/* --- facts --- */

/* clang-format off */
static const char *const number_words[] = {
    "billion", "eight", "eighteen", "eighteenth", "eighth", "eighty", "eleven", "eleventh", "fifteen", "fifteenth", "fifth", "fifty", "first", "five",
    "forty", "four", "fourteen", "fourteenth", "fourth", "hundred", "million", "nine", "nineteen", "nineteenth", "ninety", "ninth", "one", "second", "seven",
    "seventeen", "seventeenth", "seventh", "seventy", "six", "sixteen", "sixteenth", "sixth", "sixty", "ten", "tenth", "third", "thirteen", "thirteenth",
    "thirty", "thousand", "three", "twelfth", "twelve", "twenty", "two"};

/* Where they are written so: "may" is none. */
static const char *const calendar_words[] = {
    "apr", "april", "aug", "august", "dec", "december", "feb", "february", "fri", "friday", "jan", "january", "jul", "july", "jun", "june", "mar", "march",
    "may", "mon", "monday", "nov", "november", "oct", "october", "sat", "saturday", "sep", "sept", "september", "sun", "sunday", "thu", "thursday", "tue",
    "tuesday", "wed", "wednesday"};

static const char *const agencies[] = {
    "afp", "agence", "ansa", "ap", "associated", "bloomberg", "dpa", "efe", "interfax", "kyodo", "pti", "reuter", "reuters", "tass", "upi", "xinhua"};
/* clang-format on */

static gboolean is_in(const char *const *words, guint n, const char *word) {
  guint low = 0, high = n;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    int order = strcmp(words[middle], word);
    if (!order)
      return TRUE;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return FALSE;
}

/* A capital says little where a sentence begins: "The", "But". */
static gboolean begins_sentence(const char *text, const OnrTokens *tokens, guint32 i) {
  if (i == 0 || tokens->items[i].flags & ONR_TOKEN_LINE_BEFORE)
    return TRUE;
  const OnrToken *before = &tokens->items[i - 1];
  return before->kind == ONR_TOKEN_MARK && !strchr(",-(/&", text[before->begin]);
}

/* "two", "two-day", "July" */
static gboolean is_number_word(const char *form, gboolean is_capital) {
  char first[16];
  gsize length = strcspn(form, "-/");
  if (length >= sizeof first)
    return FALSE;
  memcpy(first, form, length);
  first[length] = '\0';
  return is_in(number_words, G_N_ELEMENTS(number_words), first) ||
         (is_capital && is_in(calendar_words, G_N_ELEMENTS(calendar_words), first));
}

static OnrFact fact_of(const char *text, const OnrTokens *tokens, guint32 i, const char *form) {
  const OnrToken *token = &tokens->items[i];
  gboolean is_capital = (token->flags & ONR_TOKEN_CAPITAL) != 0;
  if (token->kind == ONR_TOKEN_NUMBER || strpbrk(form, "0123456789") || is_number_word(form, is_capital))
    return ONR_FACT_NUMBER;
  if (!is_capital || (begins_sentence(text, tokens, i) && token->end - token->begin <= SHORT_WORD_BYTES))
    return ONR_FACT_NONE;
  return ONR_FACT_NAME;
}

/* --- words --- */

static guint64 hash_of(const char *form, gsize length) {
  guint64 h = 0xcbf29ce484222325u; /* FNV-1a */
  for (gsize i = 0; i < length; i++)
    h = (h ^ (guchar)form[i]) * 0x100000001b3u;
  return h ^ h >> 32;
}

static void add_word(OnrWording *wording, const char *text, const OnrTokens *tokens, guint32 i) {
  const OnrToken *token = &tokens->items[i];
  OnrWordingWord word = {.begin = (guint32)wording->forms->len};
  onr_fold(text + token->begin, onr_token_bare_end(token) - token->begin, wording->forms);
  word.length = (guint32)wording->forms->len - word.begin;
  if (!word.length)
    return;
  word.hash = hash_of(wording->forms->str + word.begin, word.length);
  word.fact = (guint8)fact_of(text, tokens, i, wording->forms->str + word.begin);
  wording->n_all_caps += token->flags & ONR_TOKEN_ALL_CAPS ? 1 : 0;
  g_string_append_c(wording->forms, '\0');
  g_array_append_val(wording->words, word);
}

static void add_words(OnrWording *wording, const char *text, const OnrTokens *tokens, guint32 begin,
                      guint32 end) {
  for (guint32 i = begin; i < end && wording->words->len < ONR_WORDING_MOST; i++)
    if (tokens->items[i].kind != ONR_TOKEN_MARK)
      add_word(wording, text, tokens, i);
}

/* Where most is in capitals throughout they say nothing of names. */
static void forgive_capitals(OnrWording *wording) {
  if (wording->n_all_caps <= MOSTLY_CAPITAL * wording->words->len)
    return;
  for (guint i = 0; i < wording->words->len; i++) {
    OnrWordingWord *word = &g_array_index(wording->words, OnrWordingWord, i);
    word->fact = word->fact == ONR_FACT_NAME ? ONR_FACT_NONE : word->fact;
  }
}

/* --- what papers put around a text --- */

static gboolean is_word(const char *text, const OnrToken *token, const char *const *words, guint n) {
  char form[16];
  gsize length = onr_token_bare_end(token) - token->begin;
  if (token->kind != ONR_TOKEN_WORD || length >= sizeof form || token->flags & ONR_TOKEN_NON_ASCII)
    return FALSE;
  onr_fold_ascii(text + token->begin, length, form);
  form[length] = '\0';
  return is_in(words, n, form);
}

static guint32 end_of_line(const OnrTokens *tokens, guint32 begin) {
  guint32 end = begin + 1;
  while (end < tokens->n && !(tokens->items[end].flags & ONR_TOKEN_LINE_BEFORE))
    end++;
  return MIN(end, tokens->n);
}

/* "By Ada Quill", "(Reporting by Ada Quill; editing by Pavel Dorn)", "The … Press contributed to this
 * report." */
static gboolean is_credit(const char *text, const OnrTokens *tokens, guint32 begin, guint32 end) {
  static const char *const by[] = {"by"};
  static const char *const writers[] = {"compiled",  "contributed", "edited", "editing",
                                        "reporting", "writing",     "written"};
  gboolean has_agency = FALSE, has_writer = FALSE, has_by = FALSE;
  if (end - begin > CREDIT_WORDS || begin >= end)
    return FALSE;
  for (guint32 i = begin; i < end; i++) {
    has_agency |= is_word(text, &tokens->items[i], agencies, G_N_ELEMENTS(agencies));
    has_writer |= is_word(text, &tokens->items[i], writers, G_N_ELEMENTS(writers));
    has_by |= is_word(text, &tokens->items[i], by, G_N_ELEMENTS(by));
  }
  gboolean begins_by = is_word(text, &tokens->items[begin], by, G_N_ELEMENTS(by));
  return begins_by || (has_writer && (has_by || has_agency)) || (has_agency && end - begin <= 6);
}

static gboolean is_dash(const char *text, const OnrToken *token) {
  const char *mark = text + token->begin;
  gsize length = token->end - token->begin;
  return token->kind == ONR_TOKEN_MARK &&
         (mark[0] == '-' || (length >= 3 && (!memcmp(mark, "–", 3) || !memcmp(mark, "—", 3))));
}

/* Behind the dateline of the line that begins at BEGIN: one has a place in capitals or an agency, and a dash.
 */
static guint32 after_dateline(const char *text, const OnrTokens *tokens, guint32 begin) {
  gboolean has_sign = FALSE;
  guint32 end = MIN(begin + DATELINE_TOKENS, end_of_line(tokens, begin));
  for (guint32 i = begin; i < end; i++) {
    const OnrToken *token = &tokens->items[i];
    has_sign |=
        (token->flags & ONR_TOKEN_ALL_CAPS) != 0 || is_word(text, token, agencies, G_N_ELEMENTS(agencies));
    if (is_dash(text, token))
      return has_sign ? i + 1 : begin;
  }
  return begin;
}

static guint32 begin_of_last_line(const OnrTokens *tokens, guint32 begin, guint32 end) {
  guint32 at = end - 1;
  while (at > begin && !(tokens->items[at].flags & ONR_TOKEN_LINE_BEFORE))
    at--;
  return at;
}

static void trim(const char *text, const OnrTokens *tokens, guint32 *begin, guint32 *end) {
  for (guint32 line = end_of_line(tokens, *begin); line < *end && is_credit(text, tokens, *begin, line);
       line = end_of_line(tokens, *begin))
    *begin = line;
  *begin = after_dateline(text, tokens, *begin);
  while (*begin < *end) {
    guint32 line = begin_of_last_line(tokens, *begin, *end);
    if (line <= *begin || !is_credit(text, tokens, line, *end))
      return;
    *end = line;
  }
}

/* --- */

static void add_text(OnrWording *wording, const char *text, gsize length, gboolean is_trimmed) {
  g_auto(OnrTokens) tokens = {0};
  onr_tokens_scan(text, length, &tokens);
  guint32 begin = 0, end = tokens.n;
  if (is_trimmed && end)
    trim(text, &tokens, &begin, &end);
  add_words(wording, text, &tokens, begin, end);
}

static void clear(OnrWording *wording) {
  g_array_set_size(wording->words, 0);
  g_string_truncate(wording->forms, 0);
  wording->n_all_caps = 0;
}

OnrWording *onr_wording_new(const char *title, const char *text, gsize length) {
  OnrWording *wording = g_new0(OnrWording, 1);
  wording->words = g_array_new(FALSE, FALSE, sizeof(OnrWordingWord));
  wording->forms = g_string_sized_new(length + 64);
  add_text(wording, text, length, TRUE);
  if (title && wording->words->len < ONR_WORDING_TITLED) {
    clear(wording);
    add_text(wording, title, strlen(title), FALSE);
    add_text(wording, text, length, TRUE);
  }
  forgive_capitals(wording);
  return wording;
}

void onr_wording_free(OnrWording *wording) {
  if (!wording)
    return;
  g_array_unref(wording->words);
  g_string_free(wording->forms, TRUE);
  g_free(wording);
}
