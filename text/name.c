/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/name.h"

#include "text/fold.h"
#include "text/token.h"

#include <string.h>

static gboolean is_vowel(char c) {
  return c && strchr("aeiou", c) != NULL;
}

/* One rewriting of ASCII letters: FROM becomes TO where it stands as ANCHOR says. */
typedef enum { ANYWHERE, AT_START, AT_END, INSIDE, BEFORE_CONSONANT } Anchor;

typedef struct {
  const char *from;
  const char *to;
  Anchor anchor;
} Rule;

/* Tried in order at each place, the first that fits is taken. From usual romanisations of Russian, Ukrainian,
 * Arabic and German names. */
static const Rule rules[] = {
    /* clang-format off */
    {"sch", "sh", ANYWHERE},         /* Schmidt, Shmidt */
    {"ph", "f", ANYWHERE},           /* Joseph, Josef */
    {"vich", "vik", AT_END},         /* Djokovich, Djokovic */
    {"ck", "k", ANYWHERE},           /* Beck, Bek */
    {"cz", "cz", ANYWHERE},          /* where c is not k */
    {"ch", "ch", ANYWHERE},
    {"ce", "ce", ANYWHERE},
    {"ci", "ci", ANYWHERE},
    {"cy", "ci", ANYWHERE},
    {"c", "k", ANYWHERE},            /* Erica, Erika */
    {"q", "k", ANYWHERE},            /* Qaddafi, Kaddafi */
    {"kh", "h", INSIDE},             /* Akhmed, Ahmed */
    {"dh", "d", INSIDE},             /* Kadhafi, Kadafi */
    {"gh", "g", AT_START},           /* Ghaddafi */
    {"gue", "ge", ANYWHERE},         /* Serguei, Sergei */
    {"gui", "gi", ANYWHERE},
    {"dj", "d", ANYWHERE},           /* Djokovic, Đoković */
    {"x", "ks", ANYWHERE},           /* Alexei, Aleksei */
    {"aev", "aev", ANYWHERE},        /* Nazarbaev, not as Jaeger */
    {"yev", "ev", ANYWHERE},         /* Yevgeny, Evgeny; Nazarbayev */
    {"ae", "a", BEFORE_CONSONANT},   /* Jaeger, Jäger */
    {"oe", "o", BEFORE_CONSONANT},   /* Schroeder, Schröder */
    {"ue", "u", BEFORE_CONSONANT},   /* Mueller, Müller */
    {"ou", "u", BEFORE_CONSONANT},   /* Youssuf, Yusuf */
    {"oo", "u", BEFORE_CONSONANT},   /* Mahmood, Mahmud */
    {"ij", "i", AT_END},             /* Zelenskij */
    {"ej", "ei", AT_END},            /* Sergej */
    {"y", "i", ANYWHERE},            /* Sergey, Sergei; Zelenskyy, Zelenskiy */
    /* clang-format on */
};

/* Keys that the rules leave apart though they write one name. */
static const struct {
  const char *key, *common;
} irregular[] = {
    {"gadafi", "kadafi"},        {"mohamad", "muhamad"}, {"mohamed", "muhamad"}, {"muhamed", "muhamad"},
    {"mehmed", "mehmet"},        {"husain", "husein"},   {"hosein", "husein"},   {"osama", "usama"},
    {"ahmad", "ahmed"},          {"dimitri", "dmitri"},  {"mursi", "morsi"},     {"ladin", "laden"},
    {"aleksandr", "aleksander"},
};

static gboolean rule_fits(const Rule *rule, const char *word, gsize at, gsize length) {
  gsize n = strlen(rule->from);
  if (strncmp(word + at, rule->from, n))
    return FALSE;
  switch (rule->anchor) {
  case AT_START:
    return at == 0;
  case AT_END:
    return at > 0 && at + n == length;
  case INSIDE:
    return at > 0;
  case BEFORE_CONSONANT:
    return at + n < length && g_ascii_isalpha(word[at + n]) && !is_vowel(word[at + n]);
  case ANYWHERE:
  default:
    return TRUE;
  }
}

static void rewrite(const char *word, gsize length, GString *out) {
  for (gsize at = 0; at < length;) {
    const Rule *rule = NULL;
    for (guint i = 0; i < G_N_ELEMENTS(rules) && !rule; i++)
      if (rules[i].from[0] == word[at] && rule_fits(&rules[i], word, at, length)) /* few begin so */
        rule = &rules[i];
    if (rule) {
      g_string_append(out, rule->to);
      at += strlen(rule->from);
    } else {
      g_string_append_c(out, word[at++]);
    }
  }
}

/* Doubled ASCII letters single; words so short that little else tells them apart stay (Lee, Le). */
static void squeeze(GString *word) {
  if (word->len <= 3)
    return;
  gsize n = 0;
  for (gsize i = 0; i < word->len; i++)
    if (n == 0 || word->str[i] != word->str[n - 1] || !g_ascii_isalpha(word->str[i]))
      word->str[n++] = word->str[i];
  g_string_truncate(word, n);
}

/* Folded bytes without the marks that names hold: O'Brien is obrien, U.S. is us. */
static void drop_marks(GString *word) {
  gsize n = 0;
  for (gsize i = 0; i < word->len; i++) {
    char c = word->str[i];
    if ((guchar)c >= 0x80 || g_ascii_isalnum(c))
      word->str[n++] = c;
  }
  g_string_truncate(word, n);
}

static gsize bare_length(const char *word, gsize length) {
  static const char *const endings[] = {"'s", "'S", "’s", "’S"};
  for (guint i = 0; i < G_N_ELEMENTS(endings); i++) {
    gsize n = strlen(endings[i]);
    if (length > n && !memcmp(word + length - n, endings[i], n))
      return length - n;
  }
  return length;
}

char *onr_name_word_key(const char *word, gssize length) {
  gsize n = bare_length(word, length < 0 ? strlen(word) : (gsize)length);
  g_autoptr(GString) folded = g_string_new(NULL);
  onr_fold(word, n, folded);
  drop_marks(folded);
  GString *key = g_string_sized_new(folded->len + 8);
  rewrite(folded->str, folded->len, key);
  squeeze(key);
  for (guint i = 0; i < G_N_ELEMENTS(irregular); i++)
    if (*key->str == *irregular[i].key && !strcmp(key->str, irregular[i].key))
      g_string_assign(key, irregular[i].common);
  return g_string_free(key, FALSE);
}

static const char *const titles[] = {
    "mr",          "mrs",           "ms",          "miss",         "dr",
    "prof",        "professor",     "sir",         "dame",         "lord",
    "lady",        "sen",           "senator",     "rep",          "reps",
    "sens",        "gov",           "governor",    "president",    "vice",
    "prime",       "minister",      "premier",     "chancellor",   "secretary",
    "general",     "gen",           "col",         "colonel",      "lt",
    "capt",        "captain",       "sgt",         "sergeant",     "maj",
    "adm",         "admiral",       "pope",        "king",         "queen",
    "prince",      "princess",      "ambassador",  "judge",        "justice",
    "rev",         "reverend",      "pastor",      "bishop",       "archbishop",
    "cardinal",    "ayatollah",     "imam",        "sheikh",       "mayor",
    "congressman", "congresswoman", "former",      "deputy",       "acting",
    "attorney",    "spokesman",     "spokeswoman", "spokesperson", "representative",
    "councilman",  "councilwoman",  "foreign",     "chairman",     "chairwoman",
    "ceo",         "commander",     "major",       "brig",         "lieutenant",
    "officer",     "detective",     "sheriff",     "chief",        "director",
};

/* "Justice Department", "General Assembly", "Prime Time": before these a title's word is no title. */
static const char *const institutions[] = {
    "department", "ministry", "assembly", "motors", "electric",  "mills",    "dynamics", "court",
    "committee",  "council",  "office",   "party",  "staff",     "services", "agency",   "house",
    "bank",       "street",   "affairs",  "time",   "relations", "policy",   "counsel",  "accountability",
};

static gboolean is_listed(const char *const *list, gsize n, const char *word) {
  for (gsize i = 0; i < n; i++)
    if (*list[i] == *word && !strcmp(list[i], word)) /* few begin so */
      return TRUE;
  return FALSE;
}

/* The words of LENGTH bytes of a folded token, each with JOINT in front: apart where hyphens and slashes join
 * them, without marks. */
static void append_words(GString *out, const char *folded, gsize length, char joint) {
  gboolean is_begun = FALSE;
  for (gsize i = 0; i < length; i++) {
    char c = folded[i];
    if (c == '-' || c == '/') {
      is_begun = FALSE;
    } else if ((guchar)c >= 0x80 || g_ascii_isalnum(c)) {
      if (!is_begun)
        g_string_append_c(out, joint);
      g_string_append_c(out, c);
      is_begun = TRUE;
    }
  }
}

/* The same of a name of ASCII letters and blanks, as most are; FALSE, and nothing is appended, of another. */
static gboolean append_plain(GString *out, const char *name, char joint) {
  gsize before = out->len;
  for (const char *p = name; *p; p++) {
    if (g_ascii_isalpha(*p)) {
      if (p == name || p[-1] == ' ')
        g_string_append_c(out, joint);
      g_string_append_c(out, g_ascii_tolower(*p));
    } else if (*p != ' ') {
      g_string_truncate(out, before);
      return FALSE;
    }
  }
  return TRUE;
}

/* The folded words of NAME, those joined by hyphens apart, each with JOINT in front. */
static void append_folded(GString *out, const char *name, char joint) {
  if (append_plain(out, name, joint))
    return;
  g_autoptr(GString) folded = g_string_new(NULL);
  g_auto(OnrTokens) tokens = {0};
  onr_tokens_scan(name, strlen(name), &tokens);
  for (guint32 i = 0; i < tokens.n; i++) {
    const OnrToken *t = &tokens.items[i];
    if (t->kind == ONR_TOKEN_MARK)
      continue;
    g_string_truncate(folded, 0);
    onr_fold(name + t->begin, onr_token_bare_end(t) - t->begin, folded);
    append_words(out, folded->str, folded->len, joint);
  }
}

static GPtrArray *folded_words(const char *name) {
  GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GString) joined = g_string_new(NULL);
  append_folded(joined, name, ' ');
  for (const char *p = joined->str; *p;) {
    gsize n = strcspn(++p, " ");
    g_ptr_array_add(words, g_strndup(p, n));
    p += n;
  }
  return words;
}

/* How many of WORDS in front are titles, at most all but one. */
static guint count_titles(const GPtrArray *words) {
  guint n = 0;
  while (n + 1 < words->len && is_listed(titles, G_N_ELEMENTS(titles), words->pdata[n]))
    n++;
  if (n > 0 && is_listed(institutions, G_N_ELEMENTS(institutions), words->pdata[n]))
    return 0;
  return n;
}

GPtrArray *onr_name_words(const char *name) {
  GPtrArray *words = folded_words(name);
  g_ptr_array_remove_range(words, 0, count_titles(words));
  return words;
}

GPtrArray *onr_name_keys(const char *name) {
  g_autoptr(GPtrArray) words = onr_name_words(name);
  return onr_name_keys_of(words);
}

GPtrArray *onr_name_keys_of(const GPtrArray *words) {
  GPtrArray *keys = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < words->len; i++)
    g_ptr_array_add(keys, onr_name_word_key(words->pdata[i], -1));
  return keys;
}

char *onr_name_id(const char *type_name, const char *name) {
  GString *id = g_string_new(type_name);
  gsize type_length = id->len;
  append_folded(id, name, '-');
  if (id->len > type_length)
    id->str[type_length] = ':';
  else /* nothing but marks: they are the name */
    g_string_append_printf(id, ":%s", name);
  return g_string_free(id, FALSE);
}

#define SHORT_WORD 64 /* bytes of one that is folded in place where it is of ASCII */

static gboolean is_ascii(const char *word, gsize length) {
  for (gsize i = 0; i < length; i++)
    if ((guchar)word[i] >= 0x80)
      return FALSE;
  return TRUE;
}

void onr_name_id_append(GString *id, const char *word, gsize length) {
  gsize before = id->len;
  if (length <= SHORT_WORD && is_ascii(word, length)) {
    char folded[SHORT_WORD];
    onr_fold_ascii(word, length, folded);
    append_words(id, folded, length, '-');
  } else {
    g_autoptr(GString) folded = g_string_new(NULL);
    onr_fold(word, length, folded);
    append_words(id, folded->str, folded->len, '-');
  }
  if (!before && id->len)
    g_string_erase(id, 0, 1);
}

char *onr_name_join(const char *const *names, guint n) {
  if (!n)
    return NULL;
  GString *joined = g_string_new(names[0]);
  for (guint i = 1; i < n; i++) {
    g_string_append(joined, i + 1 < n ? ", " : " and ");
    g_string_append(joined, names[i]);
  }
  return g_string_free(joined, FALSE);
}
