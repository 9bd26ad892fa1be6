/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "generate.h"

#include "fixture.h"
#include "text/date.h"
#include "text/utf8.h"

#include <string.h>

static guint below(GRand *random, guint n) {
  return (guint)g_rand_int_range(random, 0, (gint32)n);
}

static gboolean one_in(GRand *random, guint n) {
  return below(random, n) == 0;
}

#define PICK(random, list) ((list)[below(random, G_N_ELEMENTS(list))])

/* Common words first: the lower the number, the more often it is drawn. */
static const char *const vocabulary[] = {
    "the",       "of",        "and",          "treaty",   "delta",    "economy",      "economic",
    "economist", "economies", "harbour",      "Orland",   "Orland’s", "ports",        "port",
    "signed",    "signs",     "signing",      "fish",     "fishing",  "fisheries",    "north",
    "Northern",  "League",    "pre-election", "al-Masri", "and/or",   "U.S.",         "us",
    "U.S",       "O'Brien",   "don’t",        "café",     "cafe",     "CAFÉ",         "Straße",
    "strasse",   "3.5",       "2022",         "10:30",    "AT&T",     "AT",           "Östberg",
    "ice",       "iced",      "well-known",   "well",     "known",    "東京都",       "東京",
    "京都",      "会議",      "naïve",        "re",       "election", "Al",           "Masri",
    "x",         "wage",      "wages",        "waged",    "Ünal’s",   "co-operation", "cooperation"};

static const char *word(GRand *random) {
  guint n = G_N_ELEMENTS(vocabulary), a = below(random, n), b = below(random, n);
  return vocabulary[MIN(a, b)];
}

typedef struct {
  OnrEntityType type;
  const char *name;
  const char *forms[4];
} Name;

static const Name names[] = {
    {ONR_ENTITY_PERSON, "Sergei Malkov", {"Malkov", "Sergey Malkov", "Sergei Malkov", "Mr Malkov"}},
    {ONR_ENTITY_PERSON, "Anna Östberg", {"Östberg", "Anna Ostberg", "Ostberg", "Anna Östberg"}},
    {ONR_ENTITY_PERSON, "Lena al-Masri", {"al-Masri", "Lena al-Masri", "Masri", "Lena"}},
    {ONR_ENTITY_PERSON, "Mira Tolland", {"Tolland", "Mira Tolland", "Mira", "Ms Tolland"}},
    {ONR_ENTITY_PERSON, "Anton Malkov", {"Malkov", "Anton Malkov", "Anton", "Malkov"}},
    {ONR_ENTITY_ORG, "Northern League", {"Northern League", "League", "the League", "NL"}},
    {ONR_ENTITY_ORG, "Portworkers Union", {"Portworkers Union", "Union", "union", "PU"}},
    {ONR_ENTITY_PLACE, "Orland", {"Orland", "Orland", "ORLAND", "Orland"}},
    {ONR_ENTITY_PLACE, "Port Hale", {"Port Hale", "Hale", "Port Hale", "Port-Hale"}},
};
static const char *const publishers[] = {"The Orsk Courier", "Delta Review", "World Wire", "Review of Ports"};
static const char *const bylines[] = {"Ada Brandt", "Jonas Weil and Ada Brandt", "Weil", NULL};
static const char *const sections[] = {"World", "Economy", "World economy", NULL};
static const char *const languages[] = {"en", "en-GB", "de", "en-US", NULL};
static const char *const roles[] = {"foreign minister of Orland", "minister", "head of the Northern League",
                                    NULL};

/* --- articles --- */

static void append_words(GRand *random, guint n, GString *out) {
  static const char *const joints[] = {" ", " ", " ", " ", " ", ", ", ". ", " – ", " “", "” "};
  for (guint i = 0; i < n; i++) {
    if (i)
      g_string_append(out, PICK(random, joints));
    g_string_append(out, word(random));
  }
}

static char *words(GRand *random, guint n) {
  GString *out = g_string_new(NULL);
  append_words(random, n, out);
  return g_string_free(out, FALSE);
}

/* Appends a name as it is written, with its mention. */
static void append_name(GRand *random, OnrArticle *article, GString *out) {
  const Name *name = &PICK(random, names);
  const char *form = PICK(random, name->forms);
  OnrMentionRow mention = {.entity = onr_fixture_entity(article, name->type, name->name)};
  mention.span.begin = (guint32)onr_utf8_count(out->str, out->len);
  g_string_append(out, form);
  mention.span.end = (guint32)onr_utf8_count(out->str, out->len);
  g_array_append_val(article->mentions, mention);
}

/* Appends some words, with names among them, and says where they stand. */
static OnrSpan append_stretch(GRand *random, OnrArticle *article, guint n, GString *out) {
  OnrSpan span = {(guint32)onr_utf8_count(out->str, out->len), 0};
  append_words(random, n, out);
  if (one_in(random, 3)) {
    g_string_append_c(out, ' ');
    append_name(random, article, out);
  }
  span.end = (guint32)onr_utf8_count(out->str, out->len);
  g_string_append_c(out, ' ');
  return span;
}

static void append_quote(GRand *random, OnrArticle *article, GString *out) {
  OnrQuoteRow *quote = onr_article_add_quote(article);
  const Name *name = &PICK(random, names);
  quote->kind = (OnrQuoteKind)below(random, ONR_N_QUOTE_KINDS);
  quote->act = one_in(random, 4) ? ONR_ACT_ATTITUDE : ONR_ACT_SPEECH;
  quote->confidence = (guint8)below(random, 101);
  quote->role = onr_fixture_own(article, PICK(random, roles));
  quote->speaker_type = one_in(random, 4) ? ONR_SPEAKER_UNNAMED : ONR_SPEAKER_PERSON;
  guint32 speaker = onr_fixture_entity(article, name->type, name->name);
  if (quote->speaker_type != ONR_SPEAKER_UNNAMED)
    g_array_append_val(quote->speakers, speaker);
  const Name *other = &PICK(random, names);
  speaker = onr_fixture_entity(article, other->type, other->name);
  if (quote->speakers->len && other != name && one_in(random, 8))
    g_array_append_val(quote->speakers, speaker);
  for (guint i = below(random, 2); i < 2; i++) {
    OnrSpan content = append_stretch(random, article, 1 + below(random, 8), out);
    g_array_append_val(quote->content, content);
    OnrSpan cue = append_stretch(random, article, 1, out);
    if (one_in(random, 2))
      g_array_append_val(quote->cue, cue);
  }
}

static void set_date(GRand *random, OnrArticle *article) {
  article->day = ONR_NO_DAY;
  if (one_in(random, 4))
    return;
  article->day =
      onr_date_days(2019 + (int)below(random, 5), 1 + (int)below(random, 12), 1 + (int)below(random, 28));
  int year, month, day;
  onr_date_from_days(article->day, &year, &month, &day);
  g_autofree char *iso = g_strdup_printf("%04d-%02d-%02d", year, month, day);
  article->published = onr_fixture_own(article, iso);
}

static void set_header(GRand *random, OnrArticle *article, guint n) {
  static const char *const folders[] = {"/news/2022", "/news/2023/03", "/old", "/news"};
  g_autofree char *id = g_strdup_printf("a%u", n);
  g_autofree char *path =
      g_strdup_printf("%s/%s.%s", PICK(random, folders), id, one_in(random, 2) ? "txt" : "html");
  g_autofree char *url =
      g_strdup_printf("https://%s.example/%s", one_in(random, 2) ? "courier" : "review", id);
  g_autofree char *title = words(random, 2 + below(random, 5));
  article->id = onr_fixture_own(article, id);
  article->path = onr_fixture_own(article, path);
  article->url = one_in(random, 3) ? NULL : onr_fixture_own(article, url);
  article->title = one_in(random, 8) ? NULL : onr_fixture_own(article, title);
  article->publisher = onr_fixture_own(article, PICK(random, publishers));
  article->byline = onr_fixture_own(article, PICK(random, bylines));
  article->section = onr_fixture_own(article, PICK(random, sections));
  article->language = onr_fixture_own(article, PICK(random, languages));
  article->member = "";
  article->has_attribution = TRUE;
  set_date(random, article);
}

OnrArticle *onr_generate_article(GRand *random, guint n) {
  OnrArticle *article = onr_article_new();
  set_header(random, article, n);
  g_autoptr(GString) text = g_string_new(NULL);
  if (article->title && one_in(random, 2))
    g_string_append_printf(text, "%s\n\n", article->title);
  guint n_paragraphs = one_in(random, 12) ? 0 : 1 + below(random, 4);
  for (guint i = 0; i < n_paragraphs; i++) {
    append_stretch(random, article, 1 + below(random, 25), text);
    for (guint j = below(random, 3); j > 0; j--)
      append_quote(random, article, text);
    g_string_append(text, "\n\n");
  }
  onr_fixture_set_text(article, text->str);
  return article;
}

/* --- queries --- */

typedef struct {
  GRand *random;
  OnrTable table;
  const GPtrArray *articles;
  GString *out;
} Writer;

static const OnrArticle *some_article(Writer *w) {
  return w->articles->pdata[below(w->random, w->articles->len)];
}

/* A few words that stand side by side in some article, now and then with one changed. */
static void write_phrase(Writer *w) {
  const OnrArticle *article = some_article(w);
  g_auto(OnrTokens) tokens = {0};
  onr_tokens_scan(article->text, article->text_length, &tokens);
  guint n = 2 + below(w->random, 3), from = tokens.n > n ? below(w->random, tokens.n - n) : 0;
  g_string_append_c(w->out, '"');
  for (guint i = from; i < MIN(from + n, tokens.n); i++) {
    OnrToken t = tokens.items[i];
    g_string_append_c(w->out, ' ');
    if (one_in(w->random, 12))
      g_string_append(w->out, word(w->random));
    else
      g_string_append_len(w->out, article->text + t.begin, t.end - t.begin);
  }
  g_string_append_printf(w->out, "%s\"", tokens.n && one_in(w->random, 4) ? "" : word(w->random));
}

/* In capitals now and then, but no operator. */
static void write_word(Writer *w) {
  const char *lower = word(w->random);
  g_autofree char *upper = g_utf8_strup(lower, -1);
  gboolean is_upper = one_in(w->random, 4) && strcmp(upper, "AND");
  g_string_append(w->out, is_upper ? upper : lower);
}

/* The beginning of a word, cut behind a letter. */
static void write_prefix(Writer *w) {
  static const char *const beginnings[] = {
      "e",    "ec",   "econ", "econom", "por",  "s",      "sign", "FISH", "fi",    "nor",  "Pre-el", "pre",
      "al",   "al-m", "and/", "u",      "o'b",  "do",     "don’", "caf",  "CAF",   "stra", "3",      "202",
      "östb", "ostb", "wa",   "東",     "東京", "東京都", "会",   "naï",  "co-op", "coop", "zzz",    "at"};
  g_string_append_printf(w->out, "%s*", PICK(w->random, beginnings));
}

static gboolean is_single(const char *text) {
  return strcmp(text, "10:30") && (guchar)text[0] < 0xe3;
}

static const char *single_word(Writer *w) {
  const char *one = word(w->random);
  while (!is_single(one))
    one = word(w->random);
  return one;
}

static void write_near(Writer *w, const char *field) {
  const char *a = single_word(w), *b = one_in(w->random, 4) ? a : single_word(w);
  const char *mark = one_in(w->random, 5) ? "\"" : "";
  g_string_append_printf(w->out, "%s%s%s%s NEAR/%u %s%s", field, mark, a, mark, below(w->random, 8), field,
                         b);
}

static void write_words(Writer *w) {
  switch (below(w->random, 12)) {
  case 0:
  case 1:
    write_phrase(w);
    break;
  case 2:
    write_prefix(w);
    break;
  case 3:
  case 4:
    write_near(w, "");
    break;
  case 5:
    g_string_append_printf(w->out, "\"%s\"", word(w->random));
    break;
  case 6:
    g_string_append(w->out, one_in(w->random, 4) ? "*" : "–");
    if (w->out->str[w->out->len - 1] != '*')
      g_string_append_printf(w->out, " %s", word(w->random));
    break;
  default:
    write_word(w);
  }
}

static void write_field_words(Writer *w) {
  static const char *const of_articles[] = {"title", "text", "title", "byline", "publisher", "section"};
  static const char *const of_quotes[] = {"quote", "role", "cue"};
  gboolean is_of_quote = w->table == ONR_TABLE_QUOTES && one_in(w->random, 2);
  const char *field = is_of_quote ? PICK(w->random, of_quotes) : PICK(w->random, of_articles);
  g_autofree char *label = g_strconcat(field, ":", NULL);
  if (one_in(w->random, 6)) {
    write_near(w, label);
    return;
  }
  g_string_append(w->out, label);
  if (!strcmp(field, "publisher"))
    g_string_append(w->out, one_in(w->random, 2)   ? "\"Orsk Courier\""
                            : one_in(w->random, 2) ? "review"
                                                   : "wor*");
  else if (!strcmp(field, "byline"))
    g_string_append(w->out, one_in(w->random, 2)   ? "brandt"
                            : one_in(w->random, 2) ? "\"Jonas Weil\""
                                                   : "we*");
  else if (!strcmp(field, "section"))
    g_string_append(w->out, one_in(w->random, 2) ? "world" : "economies");
  else if (!strcmp(field, "role"))
    g_string_append(w->out, one_in(w->random, 2)   ? "minister"
                            : one_in(w->random, 2) ? "\"of Orland\""
                                                   : "(head OR orland)");
  else if (one_in(w->random, 4))
    g_string_append_printf(w->out, "(%s OR %s)", word(w->random), word(w->random));
  else if (one_in(w->random, 3))
    write_prefix(w);
  else
    write_word(w);
}

static void write_name(Writer *w) {
  static const char *const fields[] = {"speaker", "mention", "person", "org", "place", "speaker"};
  static const char *const asked[] = {"malkov",
                                      "MALKOV",
                                      "\"Sergey Malkov\"",
                                      "\"sergei malk*\"",
                                      "ostberg",
                                      "Östberg",
                                      "masri",
                                      "al-masri",
                                      "mal*",
                                      "tolland",
                                      "league",
                                      "\"northern league\"",
                                      "orland",
                                      "hale",
                                      "\"Port Hale\"",
                                      "union",
                                      "nobody",
                                      "\"Malkov Sergei\"",
                                      "(malkov OR tolland)",
                                      "le*"};
  g_string_append_printf(w->out, "%s:%s", PICK(w->random, fields), PICK(w->random, asked));
}

static void write_date(Writer *w) {
  int year = 2019 + (int)below(w->random, 5), month = 1 + (int)below(w->random, 12);
  switch (below(w->random, 6)) {
  case 0:
    g_string_append_printf(w->out, "date:%d", year);
    break;
  case 1:
    g_string_append_printf(w->out, "date:%d-%02d", year, month);
    break;
  case 2:
    g_string_append_printf(w->out, "date:%d-%02d..%d", year, month, year + 1);
    break;
  case 3:
    g_string_append_printf(w->out, "date:%d..", year);
    break;
  case 4:
    g_string_append_printf(w->out, "date:<%d-%02d", year, month);
    break;
  default:
    g_string_append_printf(w->out, "date:(%d OR %d)", year, year + 2);
  }
}

static void write_trait(Writer *w) {
  static const char *const traits[] = {
      "kind:direct",         "kind:mixed",         "kind:direct|indirect", "act:any",
      "act:attitude",        "act:speech",         "confidence:>0.5",      "confidence:<=0.3",
      "confidence:0.2..0.7", "confidence:>=0.999", "confidence:0.5"};
  g_string_append(w->out, PICK(w->random, traits));
}

static void write_key(Writer *w) {
  static const char *const keys[] = {"path:/news",
                                     "path:news",
                                     "path:2022",
                                     "path:*.html",
                                     "path:/news/2022/",
                                     "path:new",
                                     "path:/news/2022/a?.txt",
                                     "url:courier",
                                     "url:https://review.example/*",
                                     "url:courier.example/a1",
                                     "lang:en",
                                     "lang:en-gb",
                                     "lang:EN-GB",
                                     "lang:d*",
                                     "lang:e",
                                     "https://courier.example/a7"};
  if (one_in(w->random, 3))
    g_string_append_printf(w->out, one_in(w->random, 2) ? "id:%s" : "id:%s#1", some_article(w)->id);
  else
    g_string_append(w->out, PICK(w->random, keys));
}

static void write_leaf(Writer *w) {
  guint kind = below(w->random, 20);
  if (kind < 9)
    write_words(w);
  else if (kind < 12)
    write_field_words(w);
  else if (kind < 15)
    write_name(w);
  else if (kind < 17)
    write_date(w);
  else if (kind < 19 && w->table == ONR_TABLE_QUOTES)
    write_trait(w);
  else
    write_key(w);
}

static void write_tree(Writer *w, guint depth) {
  static const char *const joints[] = {" ", " ", " AND ", " OR ", " OR "};
  guint n = depth ? 1 + below(w->random, 3) : 1;
  for (guint i = 0; i < n; i++) {
    if (i)
      g_string_append(w->out, PICK(w->random, joints));
    if (one_in(w->random, 7))
      g_string_append(w->out, one_in(w->random, 2) ? "-" : "NOT ");
    if (depth && one_in(w->random, 3)) {
      g_string_append_c(w->out, '(');
      write_tree(w, depth - 1);
      g_string_append_c(w->out, ')');
    } else {
      write_leaf(w);
    }
  }
}

char *onr_generate_query(GRand *random, OnrTable table, const GPtrArray *articles) {
  Writer w = {random, table, articles, g_string_new(NULL)};
  write_tree(&w, below(random, 4));
  return g_string_free(w.out, FALSE);
}
