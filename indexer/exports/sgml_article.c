/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/exports/sgml_article.h"

#include "indexer/exports/press_date.h"
#include "indexer/exports/sgml_scan.h"
#include "indexer/exports/unwrap.h"
#include "indexer/readers/fields.h"
#include "indexer/readers/whole.h"
#include "text/date.h"
#include "text/utf8.h"

#include <string.h>

typedef enum {
  NOTHING,
  ID,
  TITLE,
  BYLINE,
  DATELINE,
  DATE,
  PUBLISHER,
  SECTION,
  LANGUAGE,
  URL,
  SUBJECT,
  ASIDE, /* said to editors */
  N_FIELDS,
  TEXT,  /* what belongs to the text where no field is open */
  BODY,  /* the text alone, in TEXT */
  STORY, /* a BODY: the same, unless the document has a TEXT, which it then is around */
} Role;

/* Of several that say one thing the one with the lower rank counts. */
static const struct {
  const char *name;
  Role role;
  guint rank;
} ELEMENTS[] = {
    {"DOCNO", ID, 0},        {"DOCID", ID, 1},          {"TITLE", TITLE, 0},       {"HEADLINE", TITLE, 0},
    {"HL", TITLE, 0},        {"HEAD", TITLE, 1},        {"TI", TITLE, 2},          {"AUTHOR", BYLINE, 0},
    {"BYLINE", BYLINE, 0},   {"AU", BYLINE, 1},         {"DATELINE", DATELINE, 0}, {"DATE", DATE, 0},
    {"DATE_TIME", DATE, 0},  {"DATETIME", DATE, 0},     {"DD", DATE, 0},           {"DATE1", DATE, 1},
    {"PUBDATE", DATE, 1},    {"PUB", PUBLISHER, 0},     {"SO", PUBLISHER, 1},      {"SOURCE", PUBLISHER, 1},
    {"SECTION", SECTION, 0}, {"LANGUAGE", LANGUAGE, 0}, {"URL", URL, 0},           {"D", SUBJECT, 0},
    {"SUBJECT", SUBJECT, 0}, {"TEXT", TEXT, 0},         {"BODY", STORY, 0},        {"LP", BODY, 0},
    {"LEADPARA", BODY, 0},   {"ANNOTATION", ASIDE, 0},
};

/* Elements that begin a paragraph; others inside a text are passed over and their words kept. */
static const char *const BLOCKS[] = {"P", "BR", "H1", "H2", "H3", "H4", "TR", "LI", "PARA", NULL};

typedef struct {
  gsize begin, end; /* in the text */
} Range;

typedef struct {
  OnrFields *fields;
  gboolean is_reuters;
  gboolean has_text; /* an element TEXT */
  GString *value;    /* of the open field */
  GString *text;     /* with its line ends */
  GString *own;      /* of Reuters: what stands in TEXT outside BODY */
  GArray *closed;    /* Range: paragraphs of text between <P> and </P> */
  gsize opened;      /* where in text the open <P> began; G_MAXSIZE where none is open */
  Role field;        /* open, or NOTHING */
  guint rank;
  Role place;     /* TEXT, BODY or NOTHING */
  gsize n_before; /* characters of a dateline before the text's first */
  gboolean is_brief;
} Reading;

static Role find_role(const Reading *r, const char *name, guint *rank) {
  for (guint i = 0; i < G_N_ELEMENTS(ELEMENTS); i++)
    if (strcmp(ELEMENTS[i].name, name) == 0) {
      gboolean is_story = ELEMENTS[i].role == STORY;
      *rank = ELEMENTS[i].rank;
      if (is_story)
        return r->is_reuters || !r->has_text ? BODY : NOTHING;
      return ELEMENTS[i].role;
    }
  return NOTHING;
}

/* --- fields --- */

static void set(Reading *r, OnrHeaderField field, const char *value) {
  onr_fields_set(r->fields, field, r->rank, value, -1);
}

static void set_byline(Reading *r, const char *value) {
  set(r, ONR_HEADER_BYLINE, g_ascii_strncasecmp(value, "by ", 3) == 0 ? value + 3 : value);
}

/* Headlines may go on in lines with an '@', and end in "----" with a "By …" behind (the Wall Street
 * Journal's); those of the Financial Times begin with its date. */
static void set_title(Reading *r, char *value) {
  static const char dashes[] = "----";
  g_strdelimit(value, "@", ' ');
  char *rule = strstr(value, dashes);
  if (rule) {
    char *behind = rule + strspn(rule, "- \r\n\t");
    behind[strcspn(behind, "\n")] = '\0';
    if (g_ascii_strncasecmp(behind, "by ", 3) == 0)
      onr_fields_set(r->fields, ONR_HEADER_BYLINE, 2, behind + 3, -1);
    *rule = '\0';
  }
  const char *slash = g_str_has_prefix(value, "FT ") ? strstr(value, " / ") : NULL;
  set(r, ONR_HEADER_TITLE, slash && slash - value < 20 ? slash + 3 : value);
}

/* "19870226", and "870226" of the last century, which these collections are of; NULL for another number. The
 * caller frees it. */
static char *date_of_digits(const char *digits, gsize n) {
  int year = 0, month = 0, day = 0;
  gsize n_year = n - 4;
  if (n != 6 && n != 8)
    return NULL;
  for (gsize i = 0; i < n; i++) {
    int *part = i < n_year ? &year : i < n_year + 2 ? &month : &day;
    *part = *part * 10 + (digits[i] - '0');
  }
  year += n == 6 ? 1900 : 0;
  gboolean is_date = year >= 1900 && year < 2100 && onr_date_days(year, month, day) != ONR_NO_DAY;
  return is_date ? g_strdup_printf("%04d-%02d-%02d", year, month, day) : NULL;
}

/* Behind the first blank may stand what is no time: "27-MAR-1987 00:02:59.13RM". */
static void set_date(Reading *r, char *value) {
  while (*value && !g_ascii_isalnum(*value)) /* "= 870324" */
    value++;
  gsize n = strspn(value, "0123456789");
  g_autofree char *iso = g_ascii_isspace(value[n]) || !value[n] ? date_of_digits(value, n) : NULL;
  if (!iso && !onr_press_date_parse(value, strlen(value), &iso)) {
    value[strcspn(value, " \n\t")] = '\0';
    onr_press_date_parse(value, strlen(value), &iso);
  }
  if (iso)
    set(r, ONR_HEADER_DATE, iso);
}

/* The day in an id: the first run of six or eight digits behind a letter, or at its beginning. */
static void set_date_of_id(Reading *r, const char *id) {
  while (*id && !g_ascii_isdigit(*id))
    id++;
  g_autofree char *iso = date_of_digits(id, strspn(id, "0123456789"));
  if (iso)
    onr_fields_set(r->fields, ONR_HEADER_DATE, 9, iso, -1);
}

static void add_subjects(Reading *r, const char *value) {
  g_auto(GStrv) words = g_strsplit_set(value, ";\n", 100);
  for (guint i = 0; words[i]; i++) {
    const char *word = onr_header_clean(r->fields->article, words[i], -1);
    if (word)
      onr_article_add_note(r->fields->article, ONR_NOTE_SUBJECT, word);
  }
}

static void close_field(Reading *r) {
  char *value = g_strstrip(r->value->str);
  Role field = r->field;
  r->field = NOTHING;
  if (field == ID)
    set(r, ONR_HEADER_ID, value);
  else if (field == TITLE)
    set_title(r, value);
  else if (field == BYLINE)
    set_byline(r, value);
  else if (field == DATELINE)
    set(r, ONR_HEADER_DATELINE, value);
  else if (field == DATE)
    set_date(r, value);
  else if (field == PUBLISHER)
    value[strcspn(value, "(,")] = '\0', set(r, ONR_HEADER_PUBLISHER, value);
  else if (field == SECTION)
    set(r, ONR_HEADER_SECTION, value);
  else if (field == LANGUAGE)
    set(r, ONR_HEADER_LANGUAGE, value);
  else if (field == URL)
    set(r, ONR_HEADER_URL, value);
  else if (field == SUBJECT)
    add_subjects(r, value);
  g_string_set_size(r->value, 0);
}

/* --- tokens --- */

/* Where words go now; NULL where they are nobody's. */
static GString *place_of(Reading *r) {
  if (r->field)
    return r->value;
  if (r->place == TEXT && r->is_reuters)
    return r->own;
  return r->place ? r->text : NULL;
}

/* A <P> ends the one before, whose bounds are then not known. */
static void begin_block(Reading *r, const char *name) {
  GString *out = place_of(r);
  if (out)
    g_string_append(out, r->field ? "\n" : "\n\n");
  if (out == r->text)
    r->opened = strcmp(name, "P") == 0 ? out->len : G_MAXSIZE;
}

static void end_block(Reading *r, const char *name) {
  if (place_of(r) != r->text || strcmp(name, "P") != 0)
    return;
  Range range = {r->opened, r->text->len};
  if (r->opened != G_MAXSIZE)
    g_array_append_val(r->closed, range);
  r->opened = G_MAXSIZE;
  g_string_append_c(r->text, '\n');
}

static void begin_body(Reading *r) {
  r->opened = G_MAXSIZE;
  if (r->text->len > 0)
    g_string_append(r->text, "\n\n");
}

static void take_start(Reading *r, const OnrSgmlToken *token) {
  guint rank = 0;
  Role role = find_role(r, token->name, &rank);
  if (role == NOTHING) {
    if (g_strv_contains(BLOCKS, token->name))
      begin_block(r, token->name);
    return;
  }
  if (r->field)
    close_field(r);
  if (role < N_FIELDS) {
    r->field = role;
    r->rank = rank;
    return;
  }
  if (role == TEXT) {
    g_autofree char *type = onr_sgml_attribute(token, "TYPE");
    r->is_brief = r->is_reuters && type && g_ascii_strcasecmp(type, "BRIEF") == 0;
  }
  begin_body(r);
  r->place = role;
}

static void take_end(Reading *r, const OnrSgmlToken *token) {
  guint rank;
  Role role = find_role(r, token->name, &rank);
  if (role == NOTHING)
    end_block(r, token->name);
  if (r->field && role == DATELINE && r->text->len == 0)
    r->n_before = onr_utf8_count(r->value->str, r->value->len);
  if (r->field && role)
    close_field(r);
  if (role == TEXT)
    r->place = NOTHING;
  else if (role == BODY)
    r->place = r->is_reuters ? TEXT : NOTHING;
}

static void take_tokens(Reading *r, const char *at, const char *end) {
  OnrSgmlToken token = {0};
  while (onr_sgml_next(&at, end, &token)) {
    GString *out = place_of(r);
    if (token.kind == ONR_SGML_START)
      take_start(r, &token);
    else if (token.kind == ONR_SGML_END)
      take_end(r, &token);
    else if (out)
      onr_sgml_append_text(token.text, token.length, out);
  }
  if (r->field)
    close_field(r);
}

/* --- an article --- */

/* The agency's name alone in the last line is its signature. */
static gsize without_signature(const GString *text) {
  static const char word[] = "reuter";
  gsize n = text->len, begin;
  while (n > 0 && g_ascii_isspace(text->str[n - 1]))
    n--;
  begin = n >= strlen(word) ? n - strlen(word) : 0;
  if (begin == 0 || g_ascii_strncasecmp(text->str + begin, word, strlen(word)) != 0)
    return n;
  for (gsize end = begin; begin > 0; begin--)
    if (text->str[begin - 1] == '\n' || !g_ascii_isspace(text->str[begin - 1]))
      return text->str[begin - 1] == '\n' ? begin : end + strlen(word);
  return n;
}

static void begin_paragraph(GString *text) {
  if (text->len > 0)
    g_string_append(text, "\n\n");
}

/* What stands from BEGIN to END outside of paragraphs. */
static void append_lines(const Reading *r, gsize begin, gsize end, GString *text) {
  const char *lines = r->text->str + begin;
  if (end <= begin || onr_line_is_blank(lines, end - begin))
    return;
  begin_paragraph(text);
  onr_unwrap_append(lines, end - begin, begin == 0 ? r->n_before : 0, text);
}

static void append_paragraph(const Reading *r, gsize begin, gsize end, GString *text) {
  const char *lines = r->text->str + begin;
  if (end <= begin || onr_line_is_blank(lines, end - begin))
    return;
  begin_paragraph(text);
  onr_unwrap_append_joined(lines, end - begin, text);
}

static void set_text(Reading *r, OnrArticle *article, guint32 *n_replaced) {
  g_autoptr(GString) text = g_string_new(NULL);
  gboolean is_own = r->is_reuters && r->text->len == 0 && !r->is_brief;
  const GString *raw = is_own ? r->own : r->text;
  gsize end = r->is_reuters ? without_signature(raw) : raw->len, at = 0;
  for (guint i = 0; i < r->closed->len && !is_own; i++) {
    const Range *range = &g_array_index(r->closed, Range, i);
    append_lines(r, at, MIN(range->begin, end), text);
    append_paragraph(r, range->begin, MIN(range->end, end), text);
    at = range->end;
  }
  if (is_own)
    onr_unwrap_append(raw->str, end, 0, text);
  else
    append_lines(r, at, end, text);
  onr_article_set_text(article, text->str, text->len, n_replaced);
}

static void take_first_tag(Reading *r, const OnrSgmlToken *token) {
  g_autofree char *id = onr_sgml_attribute(token, r->is_reuters ? "NEWID" : "ID");
  g_autofree char *own = id && r->is_reuters ? g_strconcat("reuters-", id, NULL) : g_strdup(id);
  g_autofree char *title = r->is_reuters ? NULL : onr_sgml_attribute(token, "TITLE");
  g_autofree char *url = r->is_reuters ? NULL : onr_sgml_attribute(token, "URL");
  r->rank = 3;
  if (own)
    set(r, ONR_HEADER_ID, own);
  if (title)
    set(r, ONR_HEADER_TITLE, title);
  if (url && strstr(url, "://"))
    set(r, ONR_HEADER_URL, url);
  if (r->is_reuters)
    set(r, ONR_HEADER_PUBLISHER, "Reuters");
}

/* A document without an element of the text is all text: <doc id= url= title=>words</doc>. */
static void find_place(Reading *r, const char *text, gsize length) {
  const char *at = text;
  OnrSgmlToken token = {0};
  guint rank;
  r->place = TEXT;
  while (onr_sgml_next(&at, text + length, &token) && !r->has_text)
    if (token.kind == ONR_SGML_START && find_role(r, token.name, &rank) >= N_FIELDS) {
      r->place = NOTHING;
      r->has_text = strcmp(token.name, "TEXT") == 0;
    }
}

gboolean onr_sgml_read_article(const char *text, gsize length, OnrArticle *article, guint32 *n_replaced,
                               GError **error) {
  const char *at = text, *end = text + length;
  OnrSgmlToken first = {0};
  if (!onr_sgml_next(&at, end, &first) || first.kind != ONR_SGML_START) {
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_FORMAT, "no whole tag <REUTERS …> or <DOC …>");
    return FALSE;
  }
  g_autoptr(GString) value = g_string_new(NULL), body = g_string_new(NULL), own = g_string_new(NULL);
  g_autoptr(GArray) closed = g_array_new(FALSE, FALSE, sizeof(Range));
  OnrFields fields;
  onr_fields_init(&fields, article);
  Reading reading = {.fields = &fields,
                     .is_reuters = strcmp(first.name, "REUTERS") == 0,
                     .value = value,
                     .text = body,
                     .own = own,
                     .closed = closed,
                     .opened = G_MAXSIZE};
  find_place(&reading, at, (gsize)(end - at));
  take_first_tag(&reading, &first);
  take_tokens(&reading, at, end);
  if (!reading.is_reuters && fields.values[ONR_HEADER_ID])
    set_date_of_id(&reading, fields.values[ONR_HEADER_ID]);
  onr_fields_finish(&fields);
  set_text(&reading, article, n_replaced);
  return TRUE;
}
