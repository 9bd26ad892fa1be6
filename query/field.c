/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "query/field.h"

#include "text/distance.h"

#include <string.h>

static const struct {
  const char *name;
  OnrValueClass values;
} fields[] = {
    [ONR_FIELD_DEFAULT] = {NULL, ONR_VALUE_WORDS},
    [ONR_FIELD_QUOTE] = {"quote", ONR_VALUE_WORDS},
    [ONR_FIELD_SPEAKER] = {"speaker", ONR_VALUE_NAME},
    [ONR_FIELD_ROLE] = {"role", ONR_VALUE_WORDS},
    [ONR_FIELD_CUE] = {"cue", ONR_VALUE_WORDS},
    [ONR_FIELD_KIND] = {"kind", ONR_VALUE_RANGE},
    [ONR_FIELD_ACT] = {"act", ONR_VALUE_RANGE},
    [ONR_FIELD_MENTION] = {"mention", ONR_VALUE_NAME},
    [ONR_FIELD_PERSON] = {"person", ONR_VALUE_NAME},
    [ONR_FIELD_ORG] = {"org", ONR_VALUE_NAME},
    [ONR_FIELD_PLACE] = {"place", ONR_VALUE_NAME},
    [ONR_FIELD_CONFIDENCE] = {"confidence", ONR_VALUE_RANGE},
    [ONR_FIELD_TEXT] = {"text", ONR_VALUE_WORDS},
    [ONR_FIELD_TITLE] = {"title", ONR_VALUE_WORDS},
    [ONR_FIELD_BYLINE] = {"byline", ONR_VALUE_WORDS},
    [ONR_FIELD_PUBLISHER] = {"publisher", ONR_VALUE_WORDS},
    [ONR_FIELD_SECTION] = {"section", ONR_VALUE_WORDS},
    [ONR_FIELD_LANG] = {"lang", ONR_VALUE_NAME},
    [ONR_FIELD_DATE] = {"date", ONR_VALUE_RANGE},
    [ONR_FIELD_URL] = {"url", ONR_VALUE_KEY},
    [ONR_FIELD_PATH] = {"path", ONR_VALUE_KEY},
    [ONR_FIELD_ID] = {"id", ONR_VALUE_KEY},
};
G_STATIC_ASSERT(G_N_ELEMENTS(fields) == ONR_N_FIELDS);

/* What the fields are called elsewhere: in other search programs, in feeds, and by newcomers. */
static const struct {
  const char *name;
  OnrField field;
} synonyms[] = {
    {"author", ONR_FIELD_BYLINE},    {"by", ONR_FIELD_SPEAKER},         {"said", ONR_FIELD_SPEAKER},
    {"says", ONR_FIELD_SPEAKER},     {"who", ONR_FIELD_SPEAKER},        {"headline", ONR_FIELD_TITLE},
    {"intitle", ONR_FIELD_TITLE},    {"subject", ONR_FIELD_TITLE},      {"body", ONR_FIELD_TEXT},
    {"intext", ONR_FIELD_TEXT},      {"content", ONR_FIELD_QUOTE},      {"source", ONR_FIELD_PUBLISHER},
    {"site", ONR_FIELD_PUBLISHER},   {"from", ONR_FIELD_DATE},          {"to", ONR_FIELD_DATE},
    {"before", ONR_FIELD_DATE},      {"after", ONR_FIELD_DATE},         {"since", ONR_FIELD_DATE},
    {"until", ONR_FIELD_DATE},       {"year", ONR_FIELD_DATE},          {"published", ONR_FIELD_DATE},
    {"day", ONR_FIELD_DATE},         {"language", ONR_FIELD_LANG},      {"entity", ONR_FIELD_MENTION},
    {"about", ONR_FIELD_MENTION},    {"mentioning", ONR_FIELD_MENTION}, {"organisation", ONR_FIELD_ORG},
    {"organization", ONR_FIELD_ORG}, {"location", ONR_FIELD_PLACE},     {"country", ONR_FIELD_PLACE},
    {"link", ONR_FIELD_URL},         {"inurl", ONR_FIELD_URL},          {"file", ONR_FIELD_PATH},
    {"folder", ONR_FIELD_PATH},      {"type", ONR_FIELD_KIND},          {"verb", ONR_FIELD_CUE},
    {"topic", ONR_FIELD_SECTION},
};

const char *onr_field_name(OnrField field) {
  g_assert((guint)field < ONR_N_FIELDS);
  return fields[field].name;
}

OnrValueClass onr_field_values(OnrField field) {
  g_assert((guint)field < ONR_N_FIELDS);
  return fields[field].values;
}

static gboolean is_name(const char *candidate, const char *name, gsize length) {
  return strlen(candidate) == length && !g_ascii_strncasecmp(candidate, name, length);
}

int onr_field_parse(const char *name, gsize length) {
  for (int i = ONR_FIELD_DEFAULT + 1; i < ONR_N_FIELDS; i++)
    if (is_name(fields[i].name, name, length))
      return i;
  return -1;
}

/* A beginning of two letters or more counts as near as can be. */
static guint name_distance(const char *name, const char *field, guint limit) {
  if (strlen(name) >= 2 && g_str_has_prefix(field, name))
    return 0;
  return onr_edit_distance(name, strlen(name), field, strlen(field), limit);
}

int onr_field_nearest(const char *name, gsize length) {
  for (guint i = 0; i < G_N_ELEMENTS(synonyms); i++)
    if (is_name(synonyms[i].name, name, length))
      return (int)synonyms[i].field;
  g_autofree char *lower = g_ascii_strdown(name, (gssize)length);
  int nearest = -1;
  guint least = onr_edit_limit(length) + 1;
  for (int i = ONR_FIELD_DEFAULT + 1; i < ONR_N_FIELDS; i++) {
    guint distance = name_distance(lower, fields[i].name, least);
    if (distance < least) {
      least = distance;
      nearest = i;
    }
  }
  return nearest;
}
