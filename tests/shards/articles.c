/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "articles.h"

#include "support/support.h"

typedef struct {
  const char *spellings[2]; /* the usual one first: each shard has it most, and so calls the person by it */
  const char *role;
} Person;

static const Person PEOPLE[] = {{{"Sergei Lavrin", "Sergey Lavrin"}, "foreign minister of Tolvania"},
                                {{"Ines Lavenham", "Inés Lavenham"}, "mayor of Marenport"},
                                {{"José Ferrandel", "Jose Ferrandel"}, "head of the harbour board"},
                                {{"Edda Marrowby", "Edda Marrowby"}, "prime minister"},
                                {{"Corvin Taskell", "Corvin Taskell"}, "spokesman"},
                                {{"Odile Brandreth", "Odile Brandreth"}, "engineer"},
                                {{"Petra Hallorsen", "Petra Hallorsen"}, "judge"},
                                {{"Nadja Orlovec", "Nadia Orlovec"}, "minister of finance"},
                                {{"Marit Quellen", "Marit Quellen"}, "member of parliament"},
                                {{"Hollis Amberdene", "Hollis Amberdene"}, "chief of police"}};
static const char *const THINGS[] = {"the harbour wall", "the night ferry",      "the budget of the town",
                                     "the new dam",      "the treaty with NATO", "the price of eels",
                                     "the tram line",    "the gas pipeline",     "the old lighthouse"};
static const char *const VERDICTS[] = {
    "will be ready before the winter",    "costs more than anybody admits",
    "has to wait for another year",       "was promised to the people of Kestria",
    "is a matter for the European Union", "cannot be built without economic sense",
    "worries the economists in Brask",    "is nobody's business but ours"};
static const char *const PLACES[] = {"Marenport", "Sandhythe", "Brask", "Kestria", "Tolvania"};
static const char *const PUBLISHERS[] = {"Kestrian Wire", "Marenport Herald", "The Brask Courier"};
static const char *const SECTIONS[] = {"world", "business", "local news"};
static const char *const WORDS[ARTICLES_N_SHARDS] = {"barley", "copper", "timber", "herring"};

typedef struct {
  GRand *draw;
  guint shard;
} Making;

/* The first of a list often, the last seldom; each shard begins elsewhere in it. */
static guint pick(const Making *m, guint n) {
  double at = g_rand_double(m->draw);
  return ((guint)(at * at * n) + m->shard * 2) % n;
}

#define PICK(m, list) list[pick(m, G_N_ELEMENTS(list))]

static void append_paragraph(GString *text, const Making *m) {
  const Person *person = &PICK(m, PEOPLE);
  const char *who = person->spellings[g_rand_int_range(m->draw, 0, 5) / 4];
  const char *thing = PICK(m, THINGS), *verdict = PICK(m, VERDICTS), *place = PICK(m, PLACES);
  switch (g_rand_int_range(m->draw, 0, 6)) {
  case 0:
    g_string_append_printf(text, "“I think that %s %s,” %s said in %s.", thing, verdict, who, place);
    break;
  case 1:
    g_string_append_printf(text, "%s, the %s, told reporters that %s %s. “We have said so in %s before.”",
                           who, person->role, thing, verdict, place);
    break;
  case 2:
    g_string_append_printf(text, "According to %s, %s %s, and %s is dear.", who, thing, verdict,
                           WORDS[m->shard]);
    break;
  case 3:
    g_string_append_printf(text, "%s hoped that %s would be finished. It “%s,” warned the %s.", who, thing,
                           verdict, person->role);
    break;
  case 4:
    g_string_append_printf(text, "“Nobody asked us,” said %s. “In %s they know that %s %s.”", who, place,
                           thing, verdict);
    break;
  default:
    g_string_append_printf(text, "Nobody in %s was surprised, and the price of %s rose on day %d.", place,
                           WORDS[m->shard], g_rand_int_range(m->draw, 1, 400));
  }
  g_string_append(text, "\\n\\n");
}

static void append_article(GString *lines, const Making *m, guint number) {
  const char *publisher = PICK(m, PUBLISHERS), *section = PICK(m, SECTIONS);
  g_string_append_printf(lines, "{\"id\": \"a-%03u\", \"title\": \"%s of %s\", \"text\": \"", number,
                         PICK(m, THINGS) + strlen("the "), PICK(m, PLACES));
  for (int n = g_rand_int_range(m->draw, 2, 8); n > 0; n--)
    append_paragraph(lines, m);
  g_string_append_printf(lines, "\", \"publisher\": \"%s\", \"section\": \"%s\", \"language\": \"%s\"",
                         publisher, section, number % 7 ? "en" : "en-GB");
  if (number % 11)
    g_string_append_printf(lines, ", \"published\": \"202%d-%02d-%02d\"", g_rand_int_range(m->draw, 1, 5),
                           g_rand_int_range(m->draw, 1, 13), g_rand_int_range(m->draw, 1, 29));
  g_string_append_printf(lines, ", \"url\": \"https://wire.example/%c/%u.html\"}\n", section[0], number);
}

void articles_write(const char *dir) {
  static const guint shares[ARTICLES_N_SHARDS] = {40, 30, 20, 10}; /* of a hundred */
  g_autoptr(GRand) draw = g_rand_new_with_seed(7);
  guint number = 0;
  for (guint shard = 0; shard < ARTICLES_N_SHARDS; shard++) {
    g_autoptr(GString) lines = g_string_new(NULL);
    g_autofree char *name = g_strdup_printf("%u/wire.jsonl", shard);
    for (guint n = ARTICLES_N * shares[shard] / 100; n > 0; n--)
      append_article(lines, &(Making){draw, shard}, number++);
    g_free(onr_test_write(dir, name, lines->str, (gssize)lines->len));
  }
}

char *articles_line(const char *id, const char *title, const char *text) {
  return g_strdup_printf(
      "{\"id\": \"%s\", \"title\": \"%s\", \"text\": \"%s\", \"published\": \"2024-05-05\", "
      "\"publisher\": \"Kestrian Wire\", \"language\": \"en\"}\n",
      id, title, text);
}
