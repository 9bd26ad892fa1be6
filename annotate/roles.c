/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/roles.h"

#include "annotate/phrases.h"

/* Words of a role: "former deputy assistant secretary of state for European affairs" */
#define ROLE_REACH 12

/* Where a role's head is looked for behind a name: "Sergey Lavrov, the Russian foreign minister,". */
OnrSpan onr_role_behind(const OnrReading *r, guint32 end, guint32 upper) {
  OnrSpan none = {0, 0};
  if (end + 2 >= upper || r->words[end].tag != ONR_TAG_COMMA)
    return none;
  guint32 begin = end + 1;
  if (r->words[begin].tag == ONR_TAG_NUMBER &&
      r->words[begin + 1].tag == ONR_TAG_COMMA) /* Smith, 42, a farmer */
    begin += 2;
  if (begin < upper && r->words[begin].tag == ONR_TAG_DETERMINER)
    begin++;
  guint32 stop = MIN(upper, begin + ROLE_REACH);
  gboolean has_role = FALSE;
  guint32 i = begin;
  for (; i < stop; i++) {
    OnrTag tag = (OnrTag)r->words[i].tag;
    if (tag != ONR_TAG_NOUN && tag != ONR_TAG_NAME && tag != ONR_TAG_PREPOSITION &&
        tag != ONR_TAG_DETERMINER && tag != ONR_TAG_ADVERB && tag != ONR_TAG_OTHER)
      break;
    if (!has_role && (tag == ONR_TAG_PREPOSITION || tag == ONR_TAG_DETERMINER))
      return none;
    has_role = has_role || r->words[i].classes & ONR_WORD_ROLE;
  }
  gboolean closes = i < upper && (r->words[i].tag == ONR_TAG_COMMA || r->words[i].tag == ONR_TAG_STOP ||
                                  r->words[i].tag == ONR_TAG_WH);
  return has_role && closes ? (OnrSpan){begin, i} : none;
}

/* "The Foreign Minister of Russia, Sergey Lavrov," and "spokesman Jane Doe": a role before a name, in small
 * letters or behind a comma. */
OnrSpan onr_role_before(const OnrReading *r, guint32 lower, guint32 begin) {
  OnrSpan none = {0, 0};
  guint32 end = begin;
  gboolean has_comma = end > lower && r->words[end - 1].tag == ONR_TAG_COMMA;
  end -= has_comma ? 1 : 0;
  if (end <= lower || onr_reading_token(r, end - 1)->possessive)
    return none;
  guint32 first = has_comma ? onr_noun_phrase_begin(r, lower, end) : end;
  if (!has_comma)
    while (first > lower && end - first < ROLE_REACH && !onr_reading_token(r, first - 1)->possessive &&
           (r->words[first - 1].tag == ONR_TAG_NOUN || r->words[first - 1].tag == ONR_TAG_NAME))
      first--;
  while (first < end &&
         (r->words[first].tag == ONR_TAG_DETERMINER || r->words[first].tag == ONR_TAG_POSSESSIVE))
    first++;
  gboolean has_role = FALSE;
  for (guint32 i = first; i < end && r->words[i].tag != ONR_TAG_PREPOSITION; i++)
    has_role = (r->words[i].classes & ONR_WORD_ROLE) != 0; /* the phrase's head is a role */
  return has_role ? (OnrSpan){first, end} : none;
}
