/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/web/titles.h"

#include "text/chars.h"
#include "text/fold.h"

#include <string.h>

#define MAX_CANDIDATES 24
#define MAX_PARTS 8     /* between separators; what is behind belongs to the last */
#define MIN_KEY_BYTES 8 /* of a title that is recognised inside another */
#define MAX_SITE_WORDS 4
#define MAX_NAME_WORDS 8    /* of a publisher with its motto */
#define MAX_TITLE_BYTES 600 /* a longer one is a paragraph */

typedef struct {
  char *text;            /* without the site's name; owned */
  char *key;             /* owned */
  gsize ends[MAX_PARTS]; /* of its parts, in the key */
  guint n_parts;
  gsize longest; /* bytes of the longest part's key */
  gboolean is_cut;
  guint weight;
  const OnrClaim *claim;
} Candidate;

typedef struct {
  Candidate list[MAX_CANDIDATES];
  guint n;
  GPtrArray *sites; /* keys of the site's names */
} Vote;

char *onr_title_key(const char *text) {
  g_autofree char *folded = onr_fold_dup(text, -1);
  const char *end = folded + strlen(folded);
  char *out = folded;
  guint n;
  for (const char *p = folded; p < end; p += n) {
    if (!(onr_char_class_at(p, end, &n) &
          (ONR_CHAR_LETTER | ONR_CHAR_DIGIT | ONR_CHAR_UNSPACED | ONR_CHAR_ACCENT)))
      continue;
    memmove(out, p, n);
    out += n;
  }
  *out = '\0';
  return g_steal_pointer(&folded);
}

gboolean onr_title_is_in(const char *part, const char *whole) {
  g_autofree char *a = onr_title_key(part);
  g_autofree char *b = onr_title_key(whole);
  return strcmp(a, b) == 0 || (strlen(a) >= MIN_KEY_BYTES && strstr(b, a) != NULL);
}

/* --- parts --- */

static gboolean is_unspaced(const char *p) {
  guint n;
  return *p && (onr_char_class_at(p, p + strlen(p), &n) & ONR_CHAR_UNSPACED);
}

/* Bytes of the separator at P, or 0. A colon is one only before or behind a site's name. */
static gsize separator_at(const char *p, gboolean with_colon) {
  static const char *const separators[] = {" | ", " - ", " – ", " — ",  " » ", " « ", " :: ", " -- ", " · ",
                                           " • ", " › ", " ‹ ", " // ", "|",   "｜",  "_",    " ~ "};
  if (*p == '-' && is_unspaced(p + 1)) /* "新港市…-新港网" */
    return 1;
  if (!strchr(" |_:\xef", *p)) /* what separators begin with */
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS(separators); i++)
    if (g_str_has_prefix(p, separators[i]))
      return strlen(separators[i]);
  if (!with_colon)
    return 0;
  return g_str_has_prefix(p, ": ") ? 2 : g_str_has_prefix(p, "：") ? strlen("：") : 0;
}

static gboolean is_site(const GPtrArray *sites, const char *text) {
  g_autofree char *key = onr_title_key(text);
  for (guint i = 0; *key && i < sites->len; i++)
    if (strcmp(sites->pdata[i], key) == 0)
      return TRUE;
  return FALSE;
}

/* Takes the site's name off one end of TEXT. */
static gboolean cut_site(const GPtrArray *sites, char *text) {
  for (char *p = text; *p; p++) {
    gsize n = separator_at(p, TRUE);
    if (n == 0 || p == text || !p[n])
      continue;
    if (is_site(sites, p + n)) {
      *p = '\0';
      return TRUE;
    }
    g_autofree char *front = g_strndup(text, (gsize)(p - text));
    if (is_site(sites, front)) {
      memmove(text, p + n, strlen(p + n) + 1);
      return TRUE;
    }
  }
  return FALSE;
}

/* "Harbour reopens …": TRUE, and the mark is taken off. */
static gboolean cut_ellipsis(char *text) {
  g_strchomp(text);
  gsize n = g_str_has_suffix(text, "…") ? strlen("…") : g_str_has_suffix(text, "...") ? 3 : 0;
  text[strlen(text) - n] = '\0';
  g_strchomp(text);
  return n > 0;
}

static void find_parts(Candidate *candidate) {
  g_autofree char *text = g_strdup(candidate->text);
  candidate->is_cut = cut_ellipsis(text);
  candidate->key = onr_title_key(text);
  gsize at = 0;
  for (char *begin = text; begin && candidate->n_parts < MAX_PARTS;) {
    char *p = begin;
    while (*p && (candidate->n_parts + 1 == MAX_PARTS || p == begin || separator_at(p, FALSE) == 0))
      p++;
    char *next = *p ? p + separator_at(p, FALSE) : NULL;
    *p = '\0';
    g_autofree char *key = onr_title_key(begin);
    gsize n = strlen(key);
    at += n;
    candidate->ends[candidate->n_parts++] = at;
    candidate->longest = MAX(candidate->longest, n);
    begin = next;
  }
}

/* Does A speak for B: is B some of A's parts in a row, with the longest of them or the first where that is
 * not short; or what A was cut from? */
static gboolean is_for(const Candidate *a, const Candidate *b) {
  gsize n = strlen(b->key);
  if (strcmp(a->key, b->key) == 0)
    return a->is_cut || !b->is_cut;
  if (a->is_cut && strlen(a->key) >= MIN_KEY_BYTES && g_str_has_prefix(b->key, a->key))
    return TRUE;
  if (b->is_cut || n < MIN_KEY_BYTES)
    return FALSE;
  for (guint i = 0; i < a->n_parts; i++) {
    gsize begin = i > 0 ? a->ends[i - 1] : 0;
    if (strncmp(a->key + begin, b->key, n) != 0 || n < (begin == 0 ? a->longest / 2 : a->longest))
      continue;
    for (guint k = i; k < a->n_parts; k++)
      if (a->ends[k] == begin + n)
        return TRUE;
  }
  return FALSE;
}

/* --- candidates --- */

static guint weigh(const OnrClaim *claim, guint nth) {
  switch (claim->origin) {
  case ONR_ORIGIN_LINKED:
    return claim->rank == 0 ? 6 : 1;
  case ONR_ORIGIN_GRAPH:
    return 5;
  case ONR_ORIGIN_META: /* twitter:title repeats og:title */
    return claim->kind == ONR_CLAIM_DOCUMENT ? 4 : claim->rank == 0 ? 3 : 2;
  case ONR_ORIGIN_ITEM:
    return 5;
  case ONR_ORIGIN_PAGE: /* <h1>, the first two; <h2> */
    return claim->rank > 0 ? (claim->furniture ? 0 : 1) : nth > 1 ? 3 : 5;
  default: /* the page's name in JSON-LD is <title> again */
    return 0;
  }
}

/* Headlines in JSON-LD and OpenGraph may hold tags ("The <i>Tide</i> sails"). */
static void cut_tags(char *text) {
  char *out = text;
  for (const char *p = text; *p;) {
    const char *close = *p == '<' && (g_ascii_isalpha(p[1]) || p[1] == '/') ? strchr(p, '>') : NULL;
    if (close)
      p = close + 1;
    else
      *out++ = *p++;
  }
  *out = '\0';
}

static void add_candidates(Vote *vote, const OnrClaims *claims, OnrClaimKind kind) {
  guint n;
  const OnrClaim *all = onr_claims_of(claims, kind, &n);
  for (guint i = 0; i < n && vote->n < MAX_CANDIDATES; i++) {
    g_autofree char *text = strlen(all[i].value) <= MAX_TITLE_BYTES ? onr_claim_text(all[i].value) : NULL;
    if (text)
      cut_tags(text);
    for (guint k = 0; text && k < 3 && cut_site(vote->sites, text); k++)
      ;
    if (!text || !*text || is_site(vote->sites, text) || strstr(text, "://"))
      continue;
    Candidate *candidate = &vote->list[vote->n];
    *candidate = (Candidate){.text = g_steal_pointer(&text), .claim = &all[i], .weight = weigh(&all[i], i)};
    find_parts(candidate);
    if (*candidate->key) {
      vote->n++;
    } else {
      g_free(candidate->text);
      g_free(candidate->key);
    }
  }
}

static guint count_words(const char *text) {
  guint n = 0;
  for (const char *p = text; *p; p++)
    n += *p != ' ' && (p == text || p[-1] == ' ');
  return n;
}

static void add_site(GPtrArray *sites, const char *name) {
  char *key = onr_title_key(name);
  if (*key)
    g_ptr_array_add(sites, key);
  else
    g_free(key);
}

/* The publisher's names, also without a subtitle ("Coast Daily - News from the coast"), and the host with and
 * without its ending. */
static void add_sites(GPtrArray *sites, const OnrClaims *claims, const char *host) {
  guint n;
  const OnrClaim *all = onr_claims_of(claims, ONR_CLAIM_PUBLISHER, &n);
  for (guint i = 0; i < n && i < 10; i++) {
    g_autofree char *text = onr_claim_text(all[i].value);
    if (count_words(text) > MAX_NAME_WORDS) /* sites call their pages "application-name", too */
      continue;
    add_site(sites, text);
    for (char *p = text; *p; p++)
      if (separator_at(p, FALSE) > 0 && p - text >= 3) {
        *p = '\0';
        add_site(sites, text);
      }
  }
  if (!host)
    return;
  add_site(sites, host);
  const char *dot = strchr(host, '.');
  g_autofree char *label = g_strndup(host, dot ? (gsize)(dot - host) : strlen(host));
  add_site(sites, label);
}

/* --- the vote --- */

static gboolean is_shouted(const char *text) {
  gboolean has_upper = FALSE;
  for (const char *p = text; *p; p = g_utf8_next_char(p)) {
    if (g_unichar_islower(g_utf8_get_char(p)))
      return FALSE;
    has_upper |= g_unichar_isupper(g_utf8_get_char(p));
  }
  return has_upper;
}

static guint count_for(const Vote *vote, guint of) {
  guint score = 0, n_others = 0;
  for (guint i = 0; i < vote->n; i++) {
    gboolean speaks = i != of && is_for(&vote->list[i], &vote->list[of]);
    score += speaks ? vote->list[i].weight : 0;
    n_others += speaks ? 1 : 0;
  }
  const Candidate *own = &vote->list[of];
  gboolean is_lone_heading = own->claim->kind == ONR_CLAIM_HEADING && n_others == 0;
  return score + (is_lone_heading ? MIN(own->weight, 2) : own->is_cut ? 1 : own->weight);
}

/* "Diario del Valle" */
static gboolean is_particle(const char *word) {
  static const char *const particles[] = {"de ",     "del ", "de la ", "du ",  "des ", "da ", "do ", "of ",
                                          "of the ", "the ", "und ",   "der ", "y ",   "la ", "le "};
  for (gsize i = 0; i < G_N_ELEMENTS(particles); i++)
    if (g_str_has_prefix(word, particles[i]))
      return TRUE;
  return FALSE;
}

/* A few words, each a name's: of a lone <title>, the end that is the site's. */
static gboolean looks_like_site(const char *part) {
  static const char *const others[] = {"live",   "update",   "video",   "photo",
                                       "review", "analysis", "opinion", "report"};
  g_autofree char *lower = g_ascii_strdown(part, -1);
  for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
    if (strstr(lower, others[i]))
      return FALSE;
  for (const char *p = part; *p; p = g_utf8_next_char(p)) {
    gboolean begins = p == part || p[-1] == ' ';
    gboolean is_small = begins && g_unichar_islower(g_utf8_get_char(p)) && !strchr(p, '.');
    if ((is_small && (p == part || !is_particle(p))) || strchr("?!\"", *p))
      return FALSE;
  }
  return count_words(part) <= MAX_SITE_WORDS;
}

/* What nothing else on the page says is still cut where its end looks like a site's name and enough is left.
 */
static void cut_lone(char *text) {
  char *last = NULL;
  for (char *p = text + 1; *text && *p; p++)
    if (separator_at(p, FALSE) > 0)
      last = p;
  if (!last || last - text < 15 || !looks_like_site(last + separator_at(last, FALSE)))
    return;
  const glong max_characters = 6; /* behind a bare hyphen, which also parts the clauses of a title */
  if (*last == '-' && g_utf8_strlen(last + 1, -1) > max_characters)
    return;
  gsize before = (gsize)(last - text), behind = strlen(last);
  if (before > behind)
    *last = '\0';
}

static const Candidate *elect(const Vote *vote, guint *score) {
  const Candidate *best = NULL;
  for (guint i = 0; i < vote->n; i++) {
    guint count = count_for(vote, i);
    gboolean is_same = best && strcmp(best->key, vote->list[i].key) == 0;
    if (!best || (is_same ? is_shouted(best->text) && !is_shouted(vote->list[i].text) : count > *score)) {
      best = &vote->list[i];
      *score = MAX(count, best && is_same ? *score : 0);
    }
  }
  return best;
}

static const OnrClaim *find_heading(const Vote *vote, const Candidate *elected) {
  for (guint i = 0; elected && i < vote->n; i++)
    if (vote->list[i].claim->kind == ONR_CLAIM_HEADING &&
        (is_for(&vote->list[i], elected) || is_for(elected, &vote->list[i])))
      return vote->list[i].claim;
  return NULL;
}

/* <title> alone, of few words, is the site's name more often than not: then the heading that is no part of it
 * is the title. */
static const Candidate *prefer_heading(const Vote *vote, const Candidate *elected) {
  if (elected->claim->kind != ONR_CLAIM_DOCUMENT || count_words(elected->text) > 3)
    return elected;
  for (guint i = 0; i < vote->n; i++)
    if (vote->list[i].claim->kind == ONR_CLAIM_HEADING && vote->list[i].claim->rank == 0 &&
        count_words(vote->list[i].text) > count_words(elected->text))
      return &vote->list[i];
  return elected;
}

char *onr_title_choose(const OnrClaims *claims, const char *host, const OnrClaim **heading) {
  static const OnrClaimKind kinds[] = {ONR_CLAIM_TITLE, ONR_CLAIM_DOCUMENT, ONR_CLAIM_HEADING};
  Vote vote = {.sites = g_ptr_array_new_with_free_func(g_free)};
  add_sites(vote.sites, claims, host);
  for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
    add_candidates(&vote, claims, kinds[i]);
  guint score = 0;
  const Candidate *elected = elect(&vote, &score);
  if (elected && score == elected->weight)
    elected = prefer_heading(&vote, elected);
  char *title = elected ? g_strdup(elected->text) : NULL;
  if (title && score == elected->weight && elected->claim->kind == ONR_CLAIM_DOCUMENT)
    cut_lone(title);
  *heading = find_heading(&vote, elected);
  for (guint i = 0; i < vote.n; i++) {
    g_free(vote.list[i].text);
    g_free(vote.list[i].key);
  }
  g_ptr_array_unref(vote.sites);
  return title;
}
