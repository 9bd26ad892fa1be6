/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/web/byline.h"

#include "indexer/web/byline_words.h"
#include "indexer/web/claims.h"
#include "indexer/web/titles.h"
#include "text/chars.h"

#include <string.h>

#define MAX_WORDS 12 /* of one part between commas; a longer one is a sentence */
#define MAX_NAME_WORDS 6
#define MAX_NAME_BYTES 90
#define MAX_PART_BYTES 200

/* --- one part: the words between two commas --- */

typedef struct {
  const char *words[MAX_WORDS];
  guint kinds[MAX_WORDS];
  guint n;
} Part;

static void drop_first(Part *part, guint n) {
  for (guint i = n; i < part->n; i++) {
    part->words[i - n] = part->words[i];
    part->kinds[i - n] = part->kinds[i];
  }
  part->n -= n;
}

static gboolean is_upper_first(const char *word) {
  while (*word && strchr("\"'“‘(", *word))
    word++;
  if (g_str_has_prefix(word, "“") || g_str_has_prefix(word, "‘"))
    word += strlen("“");
  gunichar c = g_utf8_get_char(word);
  return g_unichar_isupper(c) || g_unichar_istitle(c);
}

static gboolean is_caseless(const char *word) {
  guint n;
  return (onr_char_class_at(word, word + strlen(word), &n) & (ONR_CHAR_CASELESS | ONR_CHAR_UNSPACED)) != 0;
}

static gboolean has_digit(const char *word) {
  return strpbrk(word, "0123456789") != NULL;
}

static gboolean has_lower(const char *word) {
  for (; *word; word = g_utf8_next_char(word))
    if (g_unichar_islower(g_utf8_get_char(word)))
      return TRUE;
  return FALSE;
}

/* Mail and web addresses, handles and what stands in brackets are no words of a name. */
static void split_words(char *text, Part *part) {
  *part = (Part){0};
  gboolean in_brackets = FALSE;
  for (char *word = strtok_r(text, " ", &text); word; word = strtok_r(NULL, " ", &text)) {
    gboolean opens = *word == '(' || *word == '[', closes = strpbrk(word, ")]") != NULL;
    if (opens || in_brackets) {
      in_brackets = !closes;
      continue;
    }
    if (strchr(word, '@') || strstr(word, "://") || g_str_has_prefix(word, "www."))
      continue;
    if (part->n == MAX_WORDS) {
      part->n = 0;
      return;
    }
    part->words[part->n] = word;
    part->kinds[part->n++] = onr_byline_word(word);
  }
}

/* "Analysis by", "Author:", "Von": TRUE where one was there. *IS_HELP: what follows are no authors. */
static gboolean cut_label(Part *part, gboolean is_first, gboolean *is_help) {
  static const char colons[] =
      " author: authors: autor: autora: auteur: text: words: story: byline: writer: "
      "автор: текст: credit: source: texto: texte: testo: tekst: interview: entrevista: ";
  static const char bys[] = " by by: von por par door od af av 記者 记者 作者 文 ";
  for (guint i = 0; i < MIN(part->n, 5); i++) {
    g_autofree char *lower = g_utf8_strdown(part->words[i], -1);
    if (onr_word_is_listed(colons, lower) ||
        (onr_word_is_listed(bys, lower) && (i > 0 || is_first || lower[0] == 'b'))) {
      drop_first(part, i + 1);
      return TRUE;
    }
    if (part->kinds[i] & ONR_WORD_HELP)
      *is_help = TRUE;
    if (*is_help && g_str_has_suffix(lower, ":")) { /* "Photos: Ben Vale" */
      drop_first(part, i + 1);
      return TRUE;
    }
    if (!(part->kinds[i] & (ONR_WORD_LABEL | ONR_WORD_HELP)))
      break;
  }
  *is_help = FALSE;
  return FALSE;
}

/* "Ada Moor Monday", "COAST DAILY STAFF NOVEMBER 20": a date ends the words. TRUE where there was one. */
static gboolean cut_date(Part *part) {
  for (guint i = 0; i < part->n; i++) {
    gboolean is_day = (part->kinds[i] & ONR_WORD_DAY) && (i + 1 == part->n || has_digit(part->words[i + 1]));
    gboolean is_month_first =
        i + 1 < part->n && (part->kinds[i + 1] & ONR_WORD_DAY) && has_digit(part->words[i]);
    gboolean is_time = has_digit(part->words[i]) && strpbrk(part->words[i], ":/");
    gboolean is_number = strspn(part->words[i], "0123456789.") == strlen(part->words[i]);
    if ((is_day && i != 1) || is_month_first || is_time || is_number) {
      part->n = i;
      return TRUE;
    }
  }
  return FALSE;
}

/* "Ada Moor. Photos: Ben Vale": another label ends the words. */
static gboolean cut_at_label(Part *part) {
  for (guint i = 1; i < part->n; i++)
    if (g_str_has_suffix(part->words[i], ":")) {
      part->n = i;
      return TRUE;
    }
  return FALSE;
}

static guint find_kind(const Part *part, guint kind) {
  guint i = 0;
  while (i < part->n && !(part->kinds[i] & kind))
    i++;
  return i;
}

/* "Ada Moor Senior Reporter", "Political Editor Ada Moor": the name. FALSE where the part is a role alone. */
static gboolean cut_role(Part *part) {
  guint role = find_kind(part, ONR_WORD_ROLE);
  if (role == part->n)
    return TRUE;
  guint last = role;
  for (guint i = role; i < part->n; i++)
    if (part->kinds[i] & ONR_WORD_ROLE)
      last = i;
  guint before = find_kind(part, ONR_WORD_ROLE | ONR_WORD_BEFORE);
  if (before >= 2) {
    part->n = before;
    return TRUE;
  }
  if (part->n - last - 1 < 2 || (part->kinds[last + 1] & (ONR_WORD_LINK | ONR_WORD_BODY)) ||
      !is_upper_first(part->words[last + 1]))
    return FALSE;
  drop_first(part, last + 1);
  return TRUE;
}

/* "Ada Moor in Brask", "Ada Moor of the Coast Daily" */
static void cut_link(Part *part) {
  for (guint i = 2; i < part->n; i++)
    if ((part->kinds[i] & ONR_WORD_LINK) && !is_upper_first(part->words[i])) {
      if (find_kind(part, ONR_WORD_BODY) >= i)
        part->n = i;
      return;
    }
}

static void cut_degrees(Part *part) {
  while (part->n > 2 && (part->kinds[part->n - 1] & ONR_WORD_DEGREE) && !has_lower(part->words[part->n - 1]))
    part->n--;
}

/* --- a name --- */

static gboolean is_generic(const Part *part) {
  for (guint i = 0; i < part->n; i++)
    if (!(part->kinds[i] & (ONR_WORD_GENERIC | ONR_WORD_ROLE)))
      return FALSE;
  return TRUE;
}

/* A site's name as its address, or letters alone: "Coast.example", "AFP". */
static gboolean is_body_alone(const char *word) {
  gsize n = strlen(word);
  const char *dot = strchr(word, '.');
  return (dot && dot != word && g_ascii_islower(dot[1]) && strlen(dot + 1) >= 2) ||
         (n <= 6 && !has_lower(word) && !is_caseless(word) && g_ascii_isalpha(*word));
}

static gboolean is_possessive(const char *word) {
  return g_str_has_suffix(word, "'s") || g_str_has_suffix(word, "’s");
}

/* FALSE where the words are no name. In small letters a name is one only of a field, and all of it. */
static gboolean classify(const Part *part, gboolean is_field, gboolean is_first, OnrAuthorKind *kind) {
  guint n_upper = 0, n_caseless = 0, n_lower = 0, n_buttons = 0, n_possessive = 0;
  for (guint i = 0; i < part->n; i++) {
    n_buttons += part->kinds[i] & ONR_WORD_BUTTON ? 1 : 0;
    n_possessive += is_possessive(part->words[i]) ? 1 : 0;
    if (has_digit(part->words[i]) && !(is_field && part->n == 1))
      return FALSE;
    if (is_upper_first(part->words[i]))
      n_upper++;
    else if (is_caseless(part->words[i]))
      n_caseless++;
    else if (!(part->kinds[i] & (ONR_WORD_PARTICLE | ONR_WORD_BODY)))
      n_lower++;
  }
  gboolean is_body = find_kind(part, ONR_WORD_BODY) < part->n ||
                     g_ascii_strcasecmp(part->words[0], "the") == 0 ||
                     (part->n == 1 && is_body_alone(part->words[0]));
  if (n_upper + n_caseless == 0 && !is_field)
    return FALSE;
  gboolean is_small = is_field && is_first && n_upper + n_caseless == 0 && part->n <= 3;
  if ((n_lower > 0 && !is_small) || (part->n > MAX_NAME_WORDS && !is_body))
    return FALSE;
  if (n_buttons > (is_field ? part->n - 1 : 0)) /* Louise Story wrote it only where a field says so */
    return FALSE;
  if (n_possessive > 0 && !is_body)
    return FALSE;
  *kind = is_body ? ONR_AUTHOR_BODY : part->n == 1 && n_caseless == 0 ? ONR_AUTHOR_HANDLE : ONR_AUTHOR_PERSON;
  return TRUE;
}

/* One word of a name that was all in capitals. */
static void append_lowered(const char *word, guint kinds, gboolean is_first, GString *out) {
  static const char generations[] = " II III IV JR SR ";
  if (onr_word_is_listed(generations, word) || strchr(word, '.') ||
      (strlen(word) == 2 && !strpbrk(word, "AEIOUY"))) {
    g_string_append(out, word);
    return;
  }
  if (!is_first && (kinds & ONR_WORD_PARTICLE)) {
    g_autofree char *lower = g_utf8_strdown(word, -1);
    g_string_append(out, lower);
    return;
  }
  gboolean begins = TRUE;
  for (const char *p = word; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    g_string_append_unichar(out, begins ? g_unichar_toupper(c) : g_unichar_tolower(c));
    begins = c == '-' || c == '\'' || c == 0x2019 || c == '"' || c == 0x201c ||
             (p == word + 1 && strlen(word) > 4 && g_str_has_prefix(word, "MC"));
  }
}

static gboolean is_shouted(const Part *part) {
  for (guint i = 0; i < part->n; i++)
    if (has_lower(part->words[i]) || is_caseless(part->words[i]))
      return FALSE;
  return part->n > 0;
}

static char *join(const Part *part, OnrAuthorKind kind) {
  GString *out = g_string_new(NULL);
  gboolean is_lowered = kind == ONR_AUTHOR_PERSON && is_shouted(part);
  for (guint i = 0; i < part->n; i++) {
    if (i > 0)
      g_string_append_c(out, ' ');
    if (is_lowered)
      append_lowered(part->words[i], part->kinds[i], i == 0, out);
    else
      g_string_append(out, part->words[i]);
  }
  while (out->len > 0 && strchr(":;*-", out->str[out->len - 1]))
    g_string_truncate(out, out->len - 1);
  if (strlen(part->words[part->n - 1]) > 4 && g_str_has_suffix(out->str, ".")) /* but not "Jr." */
    g_string_truncate(out, out->len - 1);
  return g_string_free(out, FALSE);
}

static void clear_author(gpointer author) {
  g_free(((OnrAuthor *)author)->name);
  g_free(((OnrAuthor *)author)->key);
}

GArray *onr_authors_new(void) {
  GArray *authors = g_array_new(FALSE, FALSE, sizeof(OnrAuthor));
  g_array_set_clear_func(authors, clear_author);
  return authors;
}

static void add_author(GArray *authors, char *name, OnrAuthorKind kind) {
  OnrAuthor author = {.name = name, .key = onr_title_key(name), .kind = kind};
  gboolean is_new = *author.key && strlen(name) <= MAX_NAME_BYTES && authors->len < ONR_MAX_AUTHORS;
  for (guint i = 0; is_new && i < authors->len; i++)
    is_new = strcmp(g_array_index(authors, OnrAuthor, i).key, author.key) != 0;
  if (is_new)
    g_array_append_val(authors, author);
  else
    clear_author(&author);
}

/* "Jr." behind a comma is the name's before it. */
static gboolean add_generation(GArray *authors, const Part *part) {
  static const char generations[] = " Jr Jr. Sr Sr. II III IV ";
  if (part->n != 1 || authors->len == 0 || !onr_word_is_listed(generations, part->words[0]))
    return FALSE;
  OnrAuthor *last = &g_array_index(authors, OnrAuthor, authors->len - 1);
  g_autofree char *name = last->name;
  last->name = g_strconcat(name, " ", part->words[0], NULL);
  g_free(last->key);
  last->key = onr_title_key(last->name);
  return TRUE;
}

typedef struct {
  GArray *authors;
  gboolean is_field, is_first;
  gboolean has_label; /* "By" was there */
  gboolean is_lost;   /* in what is no byline, before any name: only a label helps */
  gboolean
      is_plain_before; /* the name before is a person's, not in capitals, and a bar or comma is between */
} Byline;

/* A part that holds no name: of the page's own words, those behind are none either, and those before a "by".
 */
static gboolean give_up(Byline *byline) {
  byline->is_lost = !byline->is_field;
  return byline->is_field || byline->authors->len == 0;
}

static gboolean is_behind_person(const Byline *byline) {
  guint n = byline->authors->len;
  return n > 0 && g_array_index(byline->authors, OnrAuthor, n - 1).kind == ONR_AUTHOR_PERSON;
}

/* The words of a part without label, role and the rest as a name. */
static gboolean take_name(Byline *byline, Part *part) {
  cut_link(part);
  cut_degrees(part);
  if (!byline->is_first && part->n == 1 && (part->kinds[0] & (ONR_WORD_DEGREE | ONR_WORD_BODY)))
    return TRUE;
  OnrAuthorKind kind;
  if (is_generic(part))
    return TRUE;
  if (byline->is_lost || !classify(part, byline->is_field, byline->is_first, &kind))
    return give_up(byline);
  if (kind == ONR_AUTHOR_HANDLE && !byline->is_field && !(byline->has_label && byline->is_first))
    return give_up(byline);
  if (kind != ONR_AUTHOR_PERSON && is_behind_person(byline))
    return TRUE; /* a place, or whom the person writes for */
  gboolean is_caps = is_shouted(part);
  if (is_caps && byline->is_plain_before && !byline->is_field)
    return TRUE; /* "Ada Moor | BRASK" */
  byline->is_plain_before = !is_caps && kind == ONR_AUTHOR_PERSON;
  add_author(byline->authors, join(part, kind), kind);
  return TRUE;
}

/* FALSE where what follows in the byline are no authors. */
static gboolean read_part(Byline *byline, const char *text) {
  g_autofree char *copy = g_strndup(text, MAX_PART_BYTES + 1);
  if (strlen(copy) > MAX_PART_BYTES || !g_utf8_validate(copy, -1, NULL))
    return give_up(byline);
  Part part;
  gboolean is_help = FALSE;
  split_words(copy, &part);
  while (part.n > 0 && cut_label(&part, byline->is_first, &is_help)) {
    byline->has_label = TRUE;
    byline->is_first = TRUE;
    byline->is_lost = FALSE;
    if (is_help)
      return FALSE;
  }
  if (part.n > 1 && g_ascii_strcasecmp(part.words[0], "with") == 0)
    drop_first(&part, 1);
  gboolean is_cut = cut_at_label(&part);
  is_cut = cut_date(&part) || is_cut;
  gboolean goes_on = !is_cut || byline->authors->len + part.n == 0;
  if (part.n == 0 || add_generation(byline->authors, &part) || is_generic(&part) || !cut_role(&part))
    return goes_on;
  return take_name(byline, &part) && goes_on;
}

gsize onr_byline_begins(const char *text) {
  static const char *const words[] = {"by", "von", "par", "por"};
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    gsize n = strlen(words[i]);
    gboolean is_it = g_ascii_strncasecmp(text, words[i], n) == 0 && strchr(" :\t\n\r", text[n]);
    if (is_it && (i == 0 || g_ascii_isupper(*text)))
      return n;
  }
  return 0;
}

/* Bytes of the separator at P, or 0. */
static gsize separator_at(const char *p) {
  static const char *const separators[] = {" and ", " And ", " AND ", " & ", " und ", " et ", " y ", " with ",
                                           " – ",   " — ",   " - ",   ",",   ";",     "|",    "•",   "·",
                                           "、",    "，",    "；",    "/",   "／",    " + "};
  for (gsize i = 0; i < G_N_ELEMENTS(separators); i++)
    if (g_str_has_prefix(p, separators[i]))
      return strlen(separators[i]);
  return 0;
}

static gboolean is_with(const char *p) {
  return g_str_has_prefix(p, " with ");
}

/* "Moor, Ada J." as libraries and Dublin Core have it: one word, one comma, one or two words. As "Ada J.
 * Moor"; NULL where LINE is another. The caller frees it. */
static char *turn_name(const char *line) {
  const char *comma = strchr(line, ',');
  if (!comma || comma == line || comma[1] != ' ' || strpbrk(comma + 1, ",;|&/@") || strstr(comma, " and "))
    return NULL;
  g_autofree char *surname = g_strndup(line, (gsize)(comma - line));
  g_auto(GStrv) given = g_strsplit(comma + 2, " ", 4);
  guint n = g_strv_length(given);
  if (strpbrk(surname, " |/@.") || n < 1 || n > 2 || !is_upper_first(surname) || !has_lower(surname))
    return NULL;
  const guint others = ~(guint)(ONR_WORD_OTHER | ONR_WORD_DAY | ONR_WORD_PARTICLE);
  for (guint i = 0; i < n; i++)
    if (!is_upper_first(given[i]) || (onr_byline_word(given[i]) & others) ||
        (strlen(given[i]) > 2 && !has_lower(given[i])))
      return NULL;
  return onr_byline_word(surname) & others ? NULL : g_strconcat(comma + 2, " ", surname, NULL);
}

void onr_byline_split(const char *text, gboolean is_field, GArray *authors) {
  g_autofree char *line = onr_claim_text(text);
  char *turned = is_field ? turn_name(line) : NULL;
  if (turned) {
    g_free(line);
    line = turned;
  }
  Byline byline = {.authors = authors, .is_field = is_field, .is_first = TRUE};
  gboolean goes_on = TRUE;
  for (char *begin = line; begin && goes_on;) {
    char *p = begin;
    while (*p && (separator_at(p) == 0 || (p == begin && is_with(p)) || (*p == '/' && strstr(begin, "://"))))
      p++;
    char *next = *p ? p + separator_at(p) : NULL;
    if (next && is_with(p))
      next = p + 1; /* "with reporting by": the word belongs to what follows */
    else if (next && p[0] == ' ')
      next--; /* the blank may begin the next separator, as in ", and " */
    gboolean is_and = *p == ' ' && p[1] && strchr("aAeuyw&+", p[1]);
    *p = '\0';
    gboolean is_blank = strspn(begin, " ") == strlen(begin);
    goes_on = is_blank || read_part(&byline, begin);
    byline.is_plain_before = byline.is_plain_before && !is_and;
    byline.is_first = byline.is_first && is_blank;
    begin = next;
  }
}
