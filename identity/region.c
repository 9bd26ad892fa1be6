/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "identity/region.h"

#include "identity/region_names.h"
#include "text/known_names.h"
#include "text/tables/tables.h"

#include <string.h>

/* "charleston" of "place:charleston"; a site may have been taken for a body. */
static const char *name_of(const char *id) {
  return strchr(id, ':') + 1;
}

gboolean onr_region_is_town(const char *name) {
  return onr_large_town_row(name) != NULL;
}

gboolean onr_region_is_closed(const char *name) {
  const char *row = onr_large_town_row(name), *first = row ? strchr(row, ' ') : NULL;
  gsize n = strlen(name);
  return first && *row != '+' && !strncmp(first + 1, name, n) && (first[1 + n] == ' ' || !first[1 + n]);
}

gboolean onr_region_is_shared(const char *id) {
  const char *town = name_of(id);
  return g_str_has_prefix(id, "place:") &&
         (onr_region_is_town(town) || (!onr_known_place(town) && !onr_region_is_named(town)));
}

gboolean onr_region_is_named(const char *name) {
  return onr_region_named(name) != NULL;
}

gboolean onr_region_is_site(const char *name) {
  static const char
      alone[] = "capitol statehouse courthouse",
      unique[] =
          "wall-street downing-street times-square tiananmen-square trafalgar-square fleet-street k-street "
          "sesame-street eiffel-tower",
      tails[] = "tower towers hotel plaza square street avenue boulevard road club resort casino mall "
                "park church cathedral hospital school theater theatre cemetery hall capitol courthouse";
  const char *tail = strrchr(name, '-');
  if (onr_is_listed(unique, name))
    return FALSE;
  return tail ? onr_is_listed(tails, tail + 1) : onr_is_listed(alone, name);
}

gboolean onr_region_is_mission(const char *name) {
  static const char *const tails[] = {"embassy", "consulate", "consulate-general"};
  for (guint i = 0; i < G_N_ELEMENTS(tails); i++)
    if (g_str_has_suffix(name, tails[i]))
      return TRUE;
  return FALSE;
}

/* Each state may have a county of any name. */
static const char counties[] = "county alabama alaska arizona arkansas california colorado connecticut "
                               "delaware florida georgia hawaii idaho "
                               "illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts "
                               "michigan minnesota mississippi "
                               "missouri montana nebraska nevada new-hampshire new-jersey new-mexico "
                               "new-york-state north-carolina north-dakota "
                               "ohio oklahoma oregon pennsylvania rhode-island south-carolina south-dakota "
                               "tennessee texas utah vermont virginia "
                               "west-virginia wisconsin wyoming";

/* --- a text --- */

void onr_region_text_set(OnrRegionText *in, const char *text, gsize length) {
  if (!in->names)
    in->names = g_array_new(FALSE, FALSE, sizeof(OnrRegionName));
  g_array_set_size(in->names, 0);
  in->text = text;
  in->length = length;
  in->is_read = in->is_about_known = FALSE;
}

void onr_region_text_clear(OnrRegionText *in) {
  if (in->names)
    g_array_unref(in->names);
  *in = (OnrRegionText){0};
}

/* OnrRegionName: all that the text names. */
static const GArray *regions_of(OnrRegionText *in) {
  if (!in->is_read)
    onr_regions_read(in->text, in->length, in->names);
  in->is_read = TRUE;
  return in->names;
}

/* --- behind a town --- */

static gboolean is_listed_in(const char *row, const char *region) {
  return row && strchr(row, ' ') && onr_is_listed(strchr(row, ' ') + 1, region);
}

/* Are the town at BEGIN and the region that ends at END members of a list: "Oregon, Washington, Idaho",
   "Washington, Oregon and Utah"? */
static gboolean is_in_list(const char *text, gsize length, guint32 begin, guint32 end) {
  while (begin && (text[begin - 1] == ' ' || text[begin - 1] == '\n'))
    begin--;
  return (begin && strchr(",:;", text[begin - 1])) || (length - end > 5 && !memcmp(text + end, " and ", 5));
}

/* Does a region that ends at END end there: "Washington, Iowa, a pastor", not "Washington, China denounced"?
 */
static gboolean is_closed(const char *text, gsize length, guint32 end) {
  const char *p = onr_skip_blanks(text + end, text + length);
  return text[end - 1] == '.' || p == text + length || strchr(",;)", *p);
}

/* What a town that everybody knows (ROW begins with "+"), or Georgia, is said to be by REGION, none of ROW's,
   behind it, which ends at END: in REGION, or one of a list of states, or nothing. */
static const char *doubtful_region(const char *text, gsize length, OnrSpan town, const char *name,
                                   const char *region, guint32 end) {
  if (is_in_list(text, length, town.begin, end) || onr_region_is_closed(name))
    return onr_is_listed(counties, region) ? onr_region_named(name) : NULL;
  return is_closed(text, length, end) ? region : NULL;
}

/* "…, South Carolina": the longest of one to three capitalised words behind a comma. */
static const char *region_behind(const char *name, const char *row, const char *text, gsize length,
                                 OnrSpan town) {
  const char *end = text + length, *p = onr_skip_blanks(text + town.end, end), *found_end = NULL;
  if (p >= end || *p != ',')
    return NULL;
  const char *found = onr_region_behind_town(onr_skip_blanks(p + 1, end), end, &found_end);
  if (!found || !strcmp(found, ONR_REGION_US))
    return NULL;
  return row && (*row == '+' || onr_region_is_closed(name)) && !is_listed_in(row, found)
             ? doubtful_region(text, length, town, name, found, (guint32)(found_end - text))
             : found;
}

/* "Washington state". */
static const char *region_itself(const char *town, const char *text, gsize length, guint32 offset) {
  static const char *const marks[] = {" state", " State"};
  for (guint i = 0; i < G_N_ELEMENTS(marks); i++)
    if (length - offset > strlen(marks[i]) && !memcmp(text + offset, marks[i], strlen(marks[i])) &&
        !g_ascii_isalpha(text[offset + strlen(marks[i])]))
      return onr_region_named(town);
  return NULL;
}

/* --- elsewhere in the article --- */

/* Bytes before and behind a town in which regions are looked for; fewer where its name alone says which it
   is, and only what stands beside it may say another. */
#define FAR 3000
#define NEAR 120

static gboolean are_equal(const char *text, OnrSpan a, OnrSpan b) {
  guint32 n = onr_span_length(a);
  return n == onr_span_length(b) && !memcmp(text + a.begin, text + b.begin, n);
}

/* The nearest of the regions that ROW lists and the text names within WINDOW of SPAN; *LEAST is how near one
   was found before. Of a town whose name alone says where it is ("+"), people and cities near it say nothing.
 */
static void find_near(OnrRegionText *in, const char *row, OnrSpan span, guint32 window, const char **found,
                      guint32 *least) {
  const GArray *names = regions_of(in);
  for (guint i = 0; i < names->len; i++) {
    const OnrRegionName *name = &g_array_index(names, OnrRegionName, i);
    const char *region = *row == '+' ? name->state : name->region;
    gboolean is_before = name->begin < span.begin, is_inside = !is_before && name->begin < span.end;
    guint32 distance = is_before ? span.begin - name->begin : name->begin - span.begin;
    if (!region || is_inside || distance >= *least || name->is_capital || !is_listed_in(row, region) ||
        are_equal(in->text, span, (OnrSpan){name->begin, name->end}) ||
        (is_before ? distance > window : name->begin >= span.end + window))
      continue;
    *found = region;
    *least = distance;
  }
}

static const char *row_of(const char *town) {
  const char *row = onr_town_row(town);
  return !row && g_str_has_suffix(town, "-county") ? counties : row;
}

/* --- bodies --- */

/* Where the word before P begins; P where none stands directly before. */
static const char *word_before(const char *text, const char *p) {
  const char *end = p;
  while (end > text && (end[-1] == ' ' || end[-1] == '\n'))
    end--;
  const char *begin = end;
  while (begin > text &&
         (g_ascii_isalpha(begin[-1]) || begin[-1] == '.' || (guchar)begin[-1] >= 0x80 || begin[-1] == '\''))
    begin--;
  return begin < end ? begin : p;
}

/* Where the capitalised word directly before P begins; NULL where none is. */
static const char *capital_before(const char *text, const char *p) {
  const char *word = word_before(text, p);
  return word < p && g_ascii_isupper(*word) ? word : NULL;
}

/* "Russian", "Ohio’s", "South Korean", "Cairo’s", directly before P. */
static const char *region_before(const char *text, const char *p) {
  const char *begin = p, *found = NULL;
  for (guint n = 0; n < ONR_REGION_WORDS && (begin = capital_before(text, begin)); n++) {
    const char *region = onr_region_between(begin, p);
    region = region ? region : onr_region_of_town_between(begin, p);
    found = region ? region : found;
  }
  return found;
}

/* Of the town whose name, of one to three words, begins at P: the region behind it ("Bedminster, N.J."), else
   the one that has such a town. */
static const char *region_of_town(const char *p, const char *end) {
  const char *begin = p, *found = NULL, *behind;
  for (guint n = 0; n < ONR_REGION_WORDS && p < end && g_ascii_isupper(*p); n++) {
    const char *word = onr_region_word_end(p, end), *alone = onr_region_of_town_between(begin, word);
    found = alone ? alone : found;
    p = onr_skip_blanks(word, end);
    const char *said =
        p < end && *p == ',' ? onr_region_behind_town(onr_skip_blanks(p + 1, end), end, &behind) : NULL;
    if (said)
      return said;
  }
  return found;
}

static gboolean begins_with(const char *p, const char *end, const char *words) {
  gsize n = strlen(words);
  return (gsize)(end - p) >= n && !memcmp(p, words, n);
}

/* "Ohio", "Bedminster, N.J.", at P; Washington is the capital there IS_PLACE. */
static const char *region_or_town_at(const char *p, const char *end, gboolean is_place) {
  const char *behind, *region = onr_region_at(p, end, &behind);
  return region && !(is_place && onr_region_is_capital(p, end)) ? region : region_of_town(p, end);
}

/* "of Ohio", "of the United Kingdom", "in Bedminster, N.J.", directly behind P. */
static const char *region_linked(const char *p, const char *end) {
  enum { OF_THE, OF, IN };
  static const char *const links[] = {[OF_THE] = " of the ", [OF] = " of ", [IN] = " in "};
  p += begins_with(p, end, " building") ? strlen(" building") : 0; /* the Capitol building in Madison */
  for (guint i = 0; i < G_N_ELEMENTS(links); i++)
    if (begins_with(p, end, links[i]))
      return region_or_town_at(p + strlen(links[i]), end, i == IN);
  return NULL;
}

#define LONG_SENTENCE 300 /* bytes before a name in which its sentence begins */

/* Where the sentence with P begins: behind a line's end, or a full stop that a capital follows. */
static const char *sentence_begin(const char *text, const char *p) {
  const char *least = p - text > LONG_SENTENCE ? p - LONG_SENTENCE : text;
  for (; p > least; p--)
    if (p[-1] == '\n' ||
        (p - text > 3 && g_ascii_isupper(*p) && p[-1] == ' ' && p[-2] == '.' && g_ascii_islower(p[-3])))
      return p;
  return p;
}

/* "In Lansing, Michigan, drivers passed the Capitol": where the sentence says that it plays. */
static const char *setting(const char *text, gsize length, OnrSpan span) {
  const char *begin = sentence_begin(text, text + span.begin);
  return begin < text + span.begin && begins_with(begin, text + length, "In ")
             ? region_or_town_at(begin + strlen("In "), text + span.begin, TRUE)
             : NULL;
}

/* Of what stands at SPAN: "Baghdad's Tahrir Square", "Trump Tower in Chicago". */
static const char *region_beside(const char *text, gsize length, OnrSpan span) {
  const char *region = region_before(text, text + span.begin);
  return region ? region : region_linked(text + span.end, text + length);
}

static const char *region_of_site(const char *text, gsize length, OnrSpan span) {
  const char *region = region_beside(text, length, span);
  return region ? region : setting(text, length, span);
}

/* A body in Washington is the nation's, but for another nation's. */
static gboolean is_national(const char *name, const char *region) {
  return !strcmp(region, ONR_REGION_US) || (!strcmp(region, "washington-dc") && !onr_region_is_mission(name));
}

/* "the state Department of Justice" */
static gboolean is_of_a_state(const char *text, const char *p) {
  const char *word = word_before(text, p);
  return p - word >= 5 && !strncmp(word, "state", 5) && !g_ascii_isalpha(word[5]);
}

/* The state that is named nearest to SPAN; "a-state" where none is near. */
static const char *nearest_state(OnrRegionText *in, OnrSpan span) {
  const char *found = NULL;
  guint32 least = G_MAXUINT32;
  find_near(in, counties, span, FAR, &found, &least);
  return found ? found : "a-state";
}

static gboolean is_of_us(const char *region) {
  return !strcmp(region, ONR_REGION_US) || !strcmp(region, "washington-dc") ||
         onr_is_listed(counties, region);
}

/* The nation has a Congress, its states have none. */
static const char *of_whom(const char *id, const char *region) {
  return region && !strcmp(name_of(id), "congress") && is_of_us(region) ? NULL : region;
}

const char *onr_region_of_body(OnrRegionText *in, const char *id, const OnrSpan *spans, guint n,
                               gboolean is_usual) {
  gboolean is_site = onr_region_is_site(name_of(id));
  for (guint i = 0; i < n; i++) {
    const char *region = is_site ? region_of_site(in->text, in->length, spans[i])
                                 : region_beside(in->text, in->length, spans[i]);
    if (region)
      return is_national(name_of(id), region) ? NULL : of_whom(id, region);
    if (is_usual && is_of_a_state(in->text, in->text + spans[i].begin))
      return nearest_state(in, spans[i]);
  }
  return NULL;
}

/* --- towns --- */

/* Is REGION called so from BEGIN to END: not Boston, which is in Massachusetts? */
static gboolean is_spelled(const char *region, const char *begin, const char *end) {
  for (; begin < end; begin++)
    if (g_ascii_isalpha(*begin)) {
      region += *region == '-';
      if (*region++ != g_ascii_tolower(*begin))
        return FALSE;
    }
  return !*region;
}

/* Where the state's name begins that ends directly before P, a comma between them or not; NULL where none
 * does. */
static const char *state_before(const char *text, const char *p) {
  const char *found = NULL;
  p = p > text && p[-1] == ' ' ? p - 1 : p;
  p = p > text && p[-1] == ',' ? p - 1 : p;
  const char *begin = p;
  for (guint n = 0; n < ONR_REGION_WORDS && (begin = capital_before(text, begin)); n++) {
    const char *region = onr_region_between(begin, p);
    found = region && onr_is_listed(counties, region) && is_spelled(region, begin, p) ? begin : found;
  }
  return found;
}

/* "Colorado, Oregon and Washington": as a state, where TOWN is one's name too. After one state alone the city
   may be meant: "in Wyoming and Washington". */
static const char *last_of_states(const OnrRegionText *in, const char *town, OnrSpan span) {
  const char *p = in->text + span.begin, *region = onr_region_named(town);
  gsize n = strlen("and ");
  if (!region || span.begin < n || memcmp(p - n, "and ", n) != 0)
    return NULL;
  p = state_before(in->text, p - n);
  return p && state_before(in->text, p) ? region : NULL;
}

/* "the former Soviet republic of Georgia": the last that ROW has. */
static const char *region_called_nation(const OnrRegionText *in, const char *row, OnrSpan span) {
  static const char *const calls[] = {"epublic of ", "country of ", "nation of "};
  for (guint i = 0; i < G_N_ELEMENTS(calls); i++) {
    gsize n = strlen(calls[i]);
    if (span.begin >= n && !memcmp(in->text + span.begin - n, calls[i], n))
      return onr_region_named(strrchr(row, ' ') + 1);
  }
  return NULL;
}

/* What is said beside the town, whose row is ROW, at SPAN. */
static const char *said_of_town(const OnrRegionText *in, const char *town, const char *row, OnrSpan span) {
  const char *text = in->text,
             *region = onr_region_is_closed(town) ? region_called_nation(in, row, span) : NULL;
  region = region ? region : region_behind(town, row, text, in->length, span);
  region = region ? region : region_itself(town, text, in->length, span.end);
  region = region ? region : last_of_states(in, town, span);
  if (region || (row && *row == '+'))
    return region;
  return row                        ? region_linked(text + span.end, text + in->length)
         : onr_region_is_site(town) ? region_of_site(text, in->length, span)
                                    : NULL;
}

/* Is Georgia named among other countries, or among the United States and their states: which of ROW's two it
   is. NULL where neither stands near, or both do. */
static const char *region_among(OnrRegionText *in, const char *row, const OnrSpan *spans, guint n) {
  const GArray *names = regions_of(in);
  gboolean has_state = FALSE, has_country = FALSE;
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < names->len; k++) {
      const OnrRegionName *name = &g_array_index(names, OnrRegionName, k);
      gboolean is_near = name->end + NEAR > spans[i].begin && name->begin < spans[i].end + NEAR;
      if (!is_near || !name->state || name->is_capital ||
          are_equal(in->text, spans[i], (OnrSpan){name->begin, name->end}))
        continue;
      gboolean is_state = !strcmp(name->state, ONR_REGION_US) || onr_is_listed(counties, name->state);
      has_state = has_state || is_state;
      has_country = has_country || !is_state;
    }
  const char *other = strrchr(row, ' ') + 1;
  return has_state == has_country ? NULL : has_state ? onr_town_first_region(row) : onr_region_named(other);
}

/* What is said beside the town, whose row is ROW: the first, and of a town that everybody knows what at least
   half of the SPANS say. */
static const char *said_most(const OnrRegionText *in, const char *town, const char *row, const OnrSpan *spans,
                             guint n) {
  const char *first = NULL;
  guint n_said = 0;
  for (guint i = 0; i < n; i++) {
    const char *region = said_of_town(in, town, row, spans[i]);
    first = first ? first : region;
    n_said += region != NULL;
  }
  return row && *row == '+' && 2 * n_said < n ? NULL : first;
}

const char *onr_region_of(OnrRegionText *in, const char *id, const OnrSpan *spans, guint n) {
  const char *town = name_of(id), *row = row_of(town), *found = said_most(in, town, row, spans, n);
  guint32 least = G_MAXUINT32;
  if (found || !row || !strchr(row, ' '))
    return found;
  for (guint i = 0; i < n; i++)
    find_near(in, row, spans[i], *row == '+' ? NEAR : FAR, &found, &least);
  if (!found && onr_region_is_closed(town))
    return region_among(in, row, spans, n);
  return found || *row != '+' ? found : onr_town_first_region(row);
}

/* --- what a text is about --- */

#define MANY_TIMES 4  /* that a text names what it is about, at least, … */
#define FAR_OFTENER 3 /* … and as often as anything else */

static guint times_of(GHashTable *times, const char *region) {
  return GPOINTER_TO_UINT(g_hash_table_lookup(times, region));
}

static gboolean has_any(const OnrRegionText *in, const char *const *words, guint n) {
  for (guint i = 0; i < n; i++)
    if (g_strstr_len(in->text, (gssize)in->length, words[i]))
      return TRUE;
  return FALSE;
}

/* Does the text speak of a state's legislature? */
static gboolean has_legislature(const OnrRegionText *in) {
  static const char *const words[] = {"egislature", "tatehouse", "tate House", "tate Senate", "tate senator"};
  return has_any(in, words, G_N_ELEMENTS(words));
}

/* Does it speak of the politics of the United States? */
static gboolean has_us_politics(const OnrRegionText *in) {
  static const char *const words[] = {"White House", "Republican", "Democrats", "Capitol Hill"};
  return has_any(in, words, G_N_ELEMENTS(words));
}

/* The region that the text is about, NULL where there is none; *NAMES_US: it names the United States, or a
   part of theirs. */
static const char *region_named_most(OnrRegionText *in, gboolean *names_us) {
  g_autoptr(GHashTable) times = g_hash_table_new(g_str_hash, g_str_equal);
  const GArray *names = regions_of(in);
  const char *most = NULL;
  guint32 end = 0;
  for (guint i = 0; i < names->len; i++) {
    const OnrRegionName *name = &g_array_index(names, OnrRegionName, i);
    if (name->begin < end)
      continue;
    end = name->end;
    *names_us = *names_us || is_of_us(name->region);
    g_hash_table_insert(times, (gpointer)name->region, GUINT_TO_POINTER(times_of(times, name->region) + 1));
    most = !most || times_of(times, name->region) > times_of(times, most) ? name->region : most;
  }
  GHashTableIter iter;
  gpointer region;
  g_hash_table_iter_init(&iter, times);
  while (most && g_hash_table_iter_next(&iter, &region, NULL))
    if (strcmp(region, most) != 0 && FAR_OFTENER * times_of(times, region) > times_of(times, most))
      return NULL;
  return most && times_of(times, most) >= MANY_TIMES && strcmp(most, ONR_REGION_US) != 0 ? most : NULL;
}

const char *onr_region_of_text(OnrRegionText *in, const char *id, gboolean is_usual) {
  if (!in->is_about_known) {
    gboolean names_us = FALSE;
    const char *most = region_named_most(in, &names_us);
    gboolean is_of_us_rather =
        most && (names_us || has_us_politics(in)) && !(is_of_us(most) && has_legislature(in));
    in->about = most;
    in->about_usual = is_of_us_rather ? NULL : most;
    in->is_about_known = TRUE;
  }
  return of_whom(id, is_usual ? in->about_usual : in->about);
}
