/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/vocabulary.h"

#include <string.h>

static const char *const quote_kinds[] = {
    [ONR_QUOTE_DIRECT] = "direct", [ONR_QUOTE_MIXED] = "mixed", [ONR_QUOTE_INDIRECT] = "indirect"};
static const char *const acts[] = {[ONR_ACT_SPEECH] = "speech", [ONR_ACT_ATTITUDE] = "attitude"};
static const char *const speaker_types[] = {
    [ONR_SPEAKER_UNKNOWN] = "unknown", [ONR_SPEAKER_PERSON] = "person",     [ONR_SPEAKER_ORG] = "org",
    [ONR_SPEAKER_UNNAMED] = "unnamed", [ONR_SPEAKER_DOCUMENT] = "document", [ONR_SPEAKER_AUTHOR] = "author"};
static const char *const entity_types[] = {[ONR_ENTITY_PERSON] = "person",
                                           [ONR_ENTITY_ORG] = "org",
                                           [ONR_ENTITY_PLACE] = "place",
                                           [ONR_ENTITY_MISC] = "misc"};

G_STATIC_ASSERT(G_N_ELEMENTS(quote_kinds) == ONR_N_QUOTE_KINDS);
G_STATIC_ASSERT(G_N_ELEMENTS(acts) == ONR_N_ACTS);
G_STATIC_ASSERT(G_N_ELEMENTS(speaker_types) == ONR_N_SPEAKER_TYPES);
G_STATIC_ASSERT(G_N_ELEMENTS(entity_types) == ONR_N_ENTITY_TYPES);

static int find(const char *const *names, int n, const char *name) {
  for (int i = 0; i < n; i++)
    if (!strcmp(names[i], name))
      return i;
  return -1;
}

const char *onr_quote_kind_name(OnrQuoteKind kind) {
  g_assert((guint)kind < ONR_N_QUOTE_KINDS);
  return quote_kinds[kind];
}

const char *onr_act_name(OnrAct act) {
  g_assert((guint)act < ONR_N_ACTS);
  return acts[act];
}

const char *onr_speaker_type_name(OnrSpeakerType type) {
  g_assert((guint)type < ONR_N_SPEAKER_TYPES);
  return speaker_types[type];
}

const char *onr_entity_type_name(OnrEntityType type) {
  g_assert((guint)type < ONR_N_ENTITY_TYPES);
  return entity_types[type];
}

int onr_quote_kind_parse(const char *name) {
  return find(quote_kinds, ONR_N_QUOTE_KINDS, name);
}

int onr_act_parse(const char *name) {
  return find(acts, ONR_N_ACTS, name);
}

int onr_speaker_type_parse(const char *name) {
  return find(speaker_types, ONR_N_SPEAKER_TYPES, name);
}

int onr_entity_type_parse(const char *name) {
  return find(entity_types, ONR_N_ENTITY_TYPES, name);
}
