/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "identity/block.h"

#include "identity/persons.h"
#include "identity/region.h"
#include "text/known_names.h"
#include "text/name.h"
#include "text/tables/tables.h"

#include <string.h>

/* --- names --- */

static const char *name_of(const char *id) {
  const char *colon = strchr(id, ':');
  return colon ? colon + 1 : id;
}

static gboolean has_type(const char *id, const char *type) {
  gsize n = strlen(type);
  return !strncmp(id, type, n) && id[n] == ':';
}

/* Feasts, books, prizes and institutions that persons have for a surname too. */
static const char no_surnames[] =
    "ramadan easter christmas passover hanukkah eid diwali bible quran koran torah talmud nobel oscar oscars "
    "emmy "
    "emmys grammy grammys tony pulitzer medicare medicaid congress senate constitution internet brexit islam";

/* Parties that several countries have, which annotation takes for those who are in them. */
static const char shared_parties[] =
    "christian-democrats social-democrats conservatives socialists communists greens liberals";

/* Houses, streets and parks that most cities or states have. */
static const char shared_sites[] = "state-capitol state-house statehouse city-hall town-hall courthouse "
                                   "county-courthouse main-street market-street "
                                   "central-park presidential-palace governors-mansion old-city gulf delta "
                                   "high-street union-square central-station "
                                   "republic-square freedom-square national-assembly parliament-building "
                                   "north south east west northeast northwest southeast southwest";

/* A word that annotation took for a place, or for nothing it knows, and that no table has either. */
static gboolean may_be_surname(const char *id, const char *name) {
  return (has_type(id, "misc") || has_type(id, "place")) && !strchr(name, '-') && !onr_region_is_town(name) &&
         !onr_region_is_named(name) && !onr_is_listed(no_surnames, name) &&
         !onr_is_listed(shared_parties, name) && !onr_is_listed(shared_sites, name);
}

/* Commonwealth of Pennsylvania, State of Ohio: the name behind; NULL where NAME is none of them, or that is
   a town's too. */
static const char *formal_state(const char *name) {
  static const char *const forms[] = {"commonwealth-of-", "state-of-"};
  for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
    const char *state = name + strlen(forms[i]);
    if (g_str_has_prefix(name, forms[i]) && onr_region_is_named(state) && !onr_region_is_town(state))
      return state;
  }
  return NULL;
}

const char *onr_identity_kind(const char *id) {
  static const char *const kinds[] = {"person", "org", "place", "misc"};
  const char *name = name_of(id), *kind = kinds[3];
  for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
    kind = has_type(id, kinds[i]) ? kinds[i] : kind;
  gboolean is_body = onr_known_body(name) != NULL, is_place = onr_known_place(name) != NULL ||
                                                              g_str_has_suffix(name, "-airport") ||
                                                              formal_state(name);
  if (!is_body && !is_place && may_be_surname(id, name))
    return kinds[0];
  gboolean is_government = is_place && has_type(id, "org") && onr_region_is_town(name); /* Washington says */
  if (is_body == is_place || is_government || (!strcmp(kind, "person") && !strchr(name, '-')))
    return kind;
  return is_body ? "org" : "place";
}

char *onr_identity_words(const char *id) {
  return g_strdelimit(g_strdup(name_of(id)), "-", ' ');
}

char *onr_identity_fold(const char *name) {
  g_autofree char *id = onr_name_id("org", name);
  return onr_identity_words(id);
}

static const char legal_forms[] =
    "inc corp corporation co company ltd llc plc llp lp incorporated limited ag sa nv se spa gmbh holdings";
static const char offices[] = "department ministry office bureau";
static const char small_words[] = "of the for and in on to at";

/* WORDS, NULL-terminated, N of them, from FIRST on, joined. */
static char *join(char **words, guint first, guint n) {
  GString *out = g_string_new(NULL);
  for (guint i = first; i < n; i++)
    g_string_append_printf(out, "%s%s", i > first ? "-" : "", words[i]);
  return g_string_free(out, FALSE);
}

/* WORDS from FIRST on joined but for small ones between others: Institute of Supply Management, … for Supply
   Management. */
static char *join_large(char **words, guint first, guint n) {
  GString *out = g_string_new(NULL);
  for (guint i = first; i < n; i++)
    if (i == first || i + 1 == n || !onr_is_listed(small_words, words[i]))
      g_string_append_printf(out, "%s%s", i > first ? "-" : "", words[i]);
  return g_string_free(out, FALSE);
}

/* Brask Department: department (of) Brask. */
static char *turn_office(char **words, guint first, guint n) {
  g_autofree char *what = join_large(words, first, n - 1);
  return g_strdup_printf("%s-%s", words[n - 1], what);
}

static const char *usual_name(const char *kind, const char *name) {
  return !strcmp(kind, "place") ? onr_known_place(name) : !strcmp(kind, "org") ? onr_known_body(name) : NULL;
}

typedef struct {
  const char *from, *to;
} Spelling;

/* Ft. Hood, Mt. Rushmore, St. Louis. */
static const Spelling short_forms[] = {{"ft", "fort"}, {"mt", "mount"}, {"st", "saint"}, {NULL, NULL}};
/* Pew Research Centre. */
static const Spelling british_forms[] = {{"centre", "center"},
                                         {"defence", "defense"},
                                         {"theatre", "theater"},
                                         {"organisation", "organization"},
                                         {"programme", "program"},
                                         {"labour", "labor"},
                                         {NULL, NULL}};

static void respell(char **word, const Spelling *forms) {
  for (; forms->from; forms++)
    if (!strcmp(*word, forms->from)) {
      g_free(*word);
      *word = g_strdup(forms->to);
      return;
    }
}

static const char airport_words[] = "international regional municipal metropolitan";

/* The word at I out of WORDS. */
static void drop_word(char **words, guint i) {
  g_free(words[i]);
  for (; words[i]; i++)
    words[i] = words[i + 1];
}

/* Of "the Supreme Court of the United States" the words before. */
static guint without_states(char **words, guint first, guint n) {
  gboolean is_us = n > first + 4 && !strcmp(words[n - 4], "of") && !strcmp(words[n - 3], "the") &&
                   !strcmp(words[n - 2], "united") && !strcmp(words[n - 1], "states");
  return is_us ? n - 4 : n;
}

/* House of Representatives Intelligence Committee: without "of Representatives". */
static guint without_representatives(char **words, guint first, guint n) {
  gboolean is_house = n > first + 3 && !strcmp(words[first], "house") && !strcmp(words[first + 1], "of") &&
                      !strcmp(words[first + 2], "representatives");
  for (guint i = 0; is_house && i < 2; i++)
    drop_word(words, first + 1);
  return is_house ? n - 2 : n;
}

/* WORDS of a body that is known without them: White House National Economic Council. */
static gboolean is_of_the_white_house(char **words) {
  g_autofree char *rest = join(words, 2, g_strv_length(words));
  return !strcmp(words[0], "white") && !strcmp(words[1], "house") && onr_known_body(rest);
}

/* Bodies of the United States that are called by one word, too. */
static const char bare_bodies[] = "congress senate house treasury army navy marines capitol steel";

/* WORDS of a body behind "U.S." or "United States", which most are called without: the U.S. Army, but not the
   U.S. administration. WORDS where they do not begin so. */
static char **behind_us(char **words) {
  guint n = !strcmp(words[0], "us")                                                  ? 1
            : words[1] && !strcmp(words[0], "united") && !strcmp(words[1], "states") ? 2
                                                                                     : 0;
  if (!n || !words[n])
    return words;
  return words[n + 1] || onr_known_body(words[n]) || onr_is_listed(bare_bodies, words[n]) ? words + n : words;
}

char *onr_identity_key(const char *id) {
  const char *name = name_of(id), *kind = onr_identity_kind(id), *usual = usual_name(kind, name);
  gboolean is_org = !strcmp(kind, "org"), is_place = !strcmp(kind, "place");
  if (is_place && !usual && formal_state(name))
    return g_strdup(formal_state(name));
  if (usual || (!is_org && !is_place))
    return g_strdup(usual ? usual : name);
  g_auto(GStrv) words = g_strsplit(name, "-", -1);
  guint n = g_strv_length(words), first = 0;
  while (first + 1 < n && !strcmp(words[first], "the"))
    first++;
  if (is_org)
    first = (guint)(behind_us(words + first) - words);
  while (is_org && n > first + 1 && onr_is_listed(legal_forms, words[n - 1]))
    n--;
  if (is_org && n > first + 2 && is_of_the_white_house(words + first))
    first += 2;
  if (is_org)
    n = without_representatives(words, first, without_states(words, first, n));
  for (guint i = first; i < n; i++)
    if (is_org || i + 1 < n)
      respell(&words[i], is_org ? british_forms : short_forms);
  if (n > first + 2 && onr_is_listed(airport_words, words[n - 2]) && !strcmp(words[n - 1], "airport"))
    drop_word(words, --n - 1); /* Dulles International Airport */
  g_autofree char *bare = join(words, first, n);
  usual = usual_name(kind, bare);
  if (usual)
    return g_strdup(usual);
  if (n > first + 1 && onr_is_listed(offices, words[n - 1]))
    return turn_office(words, first, n);
  return is_org ? join_large(words, first, n) : g_steal_pointer(&bare);
}

/* --- blocks --- */

static int by_letter(gconstpointer a, gconstpointer b) {
  return (int)*(const guchar *)a - (int)*(const guchar *)b;
}

static GString *initials_of(const char *key) {
  g_auto(GStrv) words = g_strsplit(key, "-", -1);
  GString *out = g_string_new(NULL);
  for (guint i = 0; words[i]; i++)
    if (*words[i] && !onr_is_listed(small_words, words[i]))
      g_string_append_c(out, *words[i]);
  return out;
}

char *onr_identity_acronym(const char *id) {
  g_autofree char *key = onr_identity_key(id);
  GString *out = initials_of(key);
  return g_string_free(out, out->len < 2);
}

/* The initials of KEY's words but the small ones, or the letters of one short word, in alphabetical order; a
 * longer word itself. */
static char *initials(const char *key) {
  GString *out = initials_of(key);
  if (out->len < 2) {
    g_string_assign(out, key);
    if (out->len > ONR_MAX_ACRONYM || strchr(key, '-'))
      return g_string_free(out, FALSE);
  }
  qsort(out->str, out->len, 1, by_letter);
  return g_string_free(out, FALSE);
}

static char *block_name(const char *id) {
  const char *kind = onr_identity_kind(id);
  if (!strcmp(kind, "person")) {
    g_auto(OnrPerson) person = {0};
    g_autofree char *words = onr_identity_words(id);
    onr_person_set(&person, words);
    g_autofree char *skeleton = onr_skeleton(person.surname);
    return g_strconcat("person ", skeleton, NULL);
  }
  g_autofree char *key = onr_identity_key(id);
  if (!strcmp(kind, "org")) {
    g_autofree char *letters = initials(key);
    return g_strconcat("org ", letters, NULL);
  }
  return g_strconcat(kind, " ", key, NULL);
}

guint64 onr_identity_hash(const char *text) {
  guint64 hash = G_GUINT64_CONSTANT(14695981039346656037);
  for (const char *p = text; *p; p++)
    hash = (hash ^ (guint8)*p) * G_GUINT64_CONSTANT(1099511628211);
  hash &= G_MAXINT64;
  return hash ? hash : 1;
}

guint64 onr_identity_block(const char *id) {
  g_autofree char *name = block_name(id);
  return onr_identity_hash(name);
}

/* --- shared names --- */

/* Words of bodies that each place has its own of: a name of nothing else is no one body's. */
static const char common_words[] =
    "city town county state national federal council board committee commission court courts supreme "
    "superior district circuit appeals police sheriff sheriffs fire department ministry office agency "
    "bureau health education elections election school schools public safety foreign interior defense "
    "defence justice finance transportation corrections assembly parliament senate house legislature "
    "congress high central bank republican guard democratic party green labor labour liberal freedom "
    "peoples university college hospital chamber commerce medical center church catholic general attorney "
    "attorneys prosecutors hall human services environment natural resources of the and for s trinity st "
    "first baptist community housing authority library museum conservative socialist social christian "
    "democrats workers communist metropolitan commons front alliance";

/* Bodies of the tables that other states have under the same name. */
static const char shared_bodies[] =
    "labour-party labour conservative-party house-of-commons "
    "liberal-democrats dmv college-republicans college-democrats young-republicans young-democrats";

/* Those of the United States are meant where nothing else is said. */
static const char usual_bodies[] =
    "congress senate house house-of-representatives supreme-court "
    "coast-guard army navy air-force marines marine-corps capitol border-patrol joint-chiefs-of-staff "
    "joint-chiefs national-security-council secret-service postal-service census-bureau "
    "democratic-party republican-party gop libertarian-party afl-cio aclu american-civil-liberties-union "
    "naacp "
    "planned-parenthood league-of-women-voters epa environmental-protection-agency";

/* Are all of NAME's words such as bodies of any place have, or is it a ministry's, a department's or a
   committee's of nobody that is named: Ministry of Foreign Affairs, Rules Committee? */
static gboolean is_common_body(const char *name) {
  static const char *const heads[] = {"ministry-of-", "department-of-", "committee-on-"},
                           *const tails[] = {"-ministry", "-committee", "-subcommittee"};
  g_auto(GStrv) words = g_strsplit(name, "-", -1);
  gboolean is_common = TRUE, has_owner = FALSE;
  for (guint i = 0; words[i]; i++) {
    is_common = is_common && onr_is_listed(common_words, words[i]);
    has_owner = has_owner || onr_region_is_named(words[i]) ||
                onr_is_listed("house senate national republican democratic", words[i]);
  }
  gboolean is_office = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS(heads); i++)
    is_office =
        is_office || g_str_has_prefix(name, heads[i]) || (!has_owner && g_str_has_suffix(name, tails[i]));
  return is_common || is_office;
}

static OnrSharing sharing_of_body(const char *name) {
  const char *usual = onr_known_body(name);
  gboolean is_department =
      usual && g_str_has_prefix(usual, "department-of-") &&
      (g_str_has_prefix(name, "department-of-") || g_str_has_suffix(name, "-department"));
  if (is_department || onr_is_listed(usual_bodies, name))
    return ONR_SHARED_USUAL;
  if (onr_is_listed(shared_bodies, name) || onr_is_listed(shared_sites, name) ||
      onr_region_is_mission(name) || (!usual && is_common_body(name)))
    return ONR_SHARED_BODY;
  return ONR_SHARED_NOT;
}

OnrSharing onr_identity_sharing(const char *id) {
  const char *name = name_of(id);
  if (has_type(id, "person"))
    return ONR_SHARED_NOT;
  if (has_type(id, "misc") && onr_is_listed(shared_parties, name))
    return ONR_SHARED_BODY;
  gboolean is_site = onr_region_is_site(name) && !onr_known_body(name) && !onr_known_place(name);
  OnrSharing of_body = has_type(id, "org") || is_site ? sharing_of_body(name) : ONR_SHARED_NOT;
  if (has_type(id, "org") && of_body)
    return of_body;
  if (is_site && !of_body)
    return ONR_SHARED_TOWN;
  if (!has_type(id, "place"))
    return ONR_SHARED_NOT;
  if (onr_is_listed(usual_bodies, name) || onr_is_listed(shared_sites, name))
    return sharing_of_body(name);
  return onr_region_is_shared(id) ? ONR_SHARED_TOWN : ONR_SHARED_NOT;
}
