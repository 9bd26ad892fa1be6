/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/entities.h"

#include "annotate/acronyms.h"
#include "annotate/canonical.h"
#include "annotate/kinds.h"
#include "annotate/phrases.h"
#include "text/known_names.h"
#include "text/name.h"
#include "text/person_name.h"

#include <string.h>

/* Bearers of one surname that are compared before the newest is taken. */
#define CHAIN_REACH 16
/* A given name before a surname, or a title, says so much more of a gender than a name alone. */
#define GIVEN_WEIGHT 100

void onr_entities_init(OnrEntities *e) {
  memset(e, 0, sizeof *e);
  e->names = g_array_new(FALSE, FALSE, sizeof(OnrName));
  e->identities = g_array_new(FALSE, TRUE, sizeof(OnrIdentity));
  e->order = g_array_new(FALSE, FALSE, sizeof(guint32));
}

void onr_entities_clear(OnrEntities *e) {
  if (e->names)
    g_array_unref(e->names);
  if (e->identities)
    g_array_unref(e->identities);
  if (e->order)
    g_array_unref(e->order);
  onr_keys_clear(&e->by_key);
  onr_keys_clear(&e->by_last);
  onr_keys_clear(&e->by_first);
  onr_keys_clear(&e->by_initials);
  onr_keys_clear(&e->times_full);
  onr_keys_clear(&e->times_alone);
  memset(e, 0, sizeof *e);
}

static void reset(OnrEntities *e) {
  g_array_set_size(e->names, 0);
  g_array_set_size(e->identities, 0);
  g_array_set_size(e->order, 0);
  onr_keys_reset(&e->by_key);
  onr_keys_reset(&e->by_last);
  onr_keys_reset(&e->by_first);
  onr_keys_reset(&e->by_initials);
  onr_keys_reset(&e->times_full);
  onr_keys_reset(&e->times_alone);
  e->has_forms = FALSE;
}

static OnrName *name_at(const OnrEntities *e, guint32 i) {
  return &g_array_index(e->names, OnrName, i);
}

static OnrIdentity *identity_at(const OnrEntities *e, guint32 i) {
  return &g_array_index(e->identities, OnrIdentity, i);
}

OnrGender onr_identity_gender(const OnrIdentity *identity) {
  if (identity->n_male == identity->n_female)
    return ONR_GENDER_UNKNOWN;
  return identity->n_male > identity->n_female ? ONR_GENDER_MALE : ONR_GENDER_FEMALE;
}

gboolean onr_identity_is_gender_weak(const OnrIdentity *identity) {
  return identity->n_male + identity->n_female < GIVEN_WEIGHT;
}

gboolean onr_identity_has_role(const OnrIdentity *identity, guint64 key) {
  for (guint32 i = 0; i < identity->n_roles; i++)
    if (identity->roles[i] == key)
      return TRUE;
  return FALSE;
}

/* --- identities --- */

/* The key of the letters that NAME is; 0: it is no acronym. */
static guint64 acronym_of(const OnrReading *r, const OnrName *name) {
  return name->n_words == 1 ? onr_acronym_key(r, name->begin) : 0;
}

static void register_initials(OnrEntities *e, const OnrReading *r, const OnrName *name, guint32 index) {
  OnrSpan tokens = {name->begin, name->end};
  guint64 initials = onr_initials_key(r, tokens, FALSE), all = onr_initials_key(r, tokens, TRUE);
  if (initials)
    onr_keys_set(&e->by_initials, initials, index);
  if (all && onr_keys_get(&e->by_initials, all) == ONR_KEYS_NONE)
    onr_keys_set(&e->by_initials, all, index);
}

/* Does the name begin with an acronym, a body of its own, of which it is a part: USDA Farm Service Agency,
 * but not NBC News? */
static gboolean is_part_of_acronym(const OnrReading *r, const OnrName *name) {
  const OnrToken *t = onr_reading_token(r, name->begin);
  return t->flags & (ONR_TOKEN_ALL_CAPS | ONR_TOKEN_DOTTED) && name->n_words > 1 &&
         !onr_reading_equals_any(r, name->end - 1, "news tv radio network group inc corp co ltd plc ag");
}

/* Does an organisation's name begin with a word that is nothing else: Quinnipiac University, Pew Research
 * Center? */
static gboolean is_own_word(const OnrReading *r, const OnrName *name) {
  const guint64 other =
      ONR_WORD_ORDINARY | ONR_WORD_GIVEN | ONR_WORD_PLACE | ONR_WORD_STATE | ONR_WORD_DEMONYM;
  return name->type == ONR_ENTITY_ORG && onr_reading_is_capital(r, name->end - 1) &&
         !is_part_of_acronym(r, name) && !(r->words[name->begin].classes & other) &&
         !r->words[name->begin].forms;
}

/* Names of two types are two entities: Georgia, and the Georgia of whom a score is told. */
static guint64 typed_key(guint64 key, guint8 type) {
  return key ^ (type * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15));
}

static guint32 add_identity(OnrEntities *e, const OnrReading *r, const OnrName *name) {
  OnrIdentity identity = {
      .key = name->key, .first_key = name->first_key, .last_key = name->last_key, .type = name->type};
  guint32 index = e->identities->len;
  guint32 before = onr_keys_get(&e->by_last, name->last_key);
  identity.same_last = before == ONR_KEYS_NONE ? 0 : before + 1;
  g_array_append_val(e->identities, identity);
  onr_keys_set(&e->by_key, typed_key(name->key, name->type), index);
  onr_keys_set(&e->by_last, name->last_key, index);
  gboolean may_be_short = name->type == ONR_ENTITY_PERSON || is_own_word(r, name);
  guint64 first = typed_key(name->first_key, name->type);
  if (name->n_words > 1 && may_be_short && onr_keys_get(&e->by_first, first) == ONR_KEYS_NONE)
    onr_keys_set(&e->by_first, first, index);
  gboolean is_hyphened = onr_reading_token(r, name->begin)->flags & ONR_TOKEN_JOINED;
  if ((name->n_words > 1 || is_hyphened) && name->type != ONR_ENTITY_PERSON)
    register_initials(e, r, name, index);
  guint64 acronym = acronym_of(r, name);
  if (acronym && onr_keys_get(&e->by_initials, acronym) == ONR_KEYS_NONE)
    onr_keys_set(&e->by_initials, acronym, index);
  return index;
}

static gboolean is_person(const OnrIdentity *identity) {
  return identity->type == ONR_ENTITY_PERSON;
}

static void set_person_name(const OnrReading *r, const OnrName *name, OnrPersonName *out) {
  guint32 begin = onr_reading_token(r, name->begin)->begin,
          end = onr_token_bare_end(onr_reading_token(r, name->end - 1));
  g_autofree char *text = g_strndup(r->doc->text + begin, end - begin);
  onr_person_name_set(out, text);
}

/* Do the lists have both as given names: Andrea and Andrew are two, whatever a slip could do? */
static gboolean are_two_given_names(const OnrReading *r, const OnrName *a, const OnrName *b) {
  return r->words[a->begin].classes & r->words[b->begin].classes & ONR_WORD_GIVEN;
}

/* Can what the article calls A and B, both in full, be one person? A stands before B: who was named without
 * Jr. is not introduced once more with it, while Jr. is often left out later. */
static gboolean is_one_person(const OnrReading *r, const OnrName *a, const OnrName *b) {
  g_auto(OnrPersonName) x = {0}, y = {0};
  set_person_name(r, a, &x);
  set_person_name(r, b, &y);
  OnrLikeness likeness = onr_person_name_compare(&x, &y);
  if (likeness != ONR_LIKENESS_NICKNAME && x.generation == ONR_GENERATION_NONE &&
      y.generation != ONR_GENERATION_NONE)
    return FALSE;
  gboolean is_guess =
      likeness == ONR_LIKENESS_NEAR_GIVEN ||
      (likeness == ONR_LIKENESS_NICKNAME && !onr_is_nickname(x.words->pdata[0], y.words->pdata[0]));
  return likeness > ONR_LIKENESS_NONE && !(is_guess && are_two_given_names(r, a, b));
}

/* The person that a full name belongs to, when the article has it in another form: with a middle name, with
 * an initial, a nickname, another spelling. */
static guint32 find_person(const OnrEntities *e, const OnrReading *r, const OnrName *name) {
  guint32 index = onr_keys_get(&e->by_last, name->last_key);
  for (guint32 n = 0; index != ONR_KEYS_NONE && n < CHAIN_REACH; n++) {
    const OnrIdentity *identity = identity_at(e, index);
    if (is_person(identity) && identity->first_key != identity->last_key &&
        is_one_person(r, name_at(e, identity->best_name - 1), name))
      return index;
    index = identity->same_last ? identity->same_last - 1 : ONR_KEYS_NONE;
  }
  /* another spelling of the surname: Rahm Emanual */
  index = onr_keys_get(&e->by_first, typed_key(name->first_key, ONR_ENTITY_PERSON));
  return index != ONR_KEYS_NONE && is_one_person(r, name_at(e, identity_at(e, index)->best_name - 1), name)
             ? index
             : ONR_KEYS_NONE;
}

static gboolean gender_fits(const OnrIdentity *identity, OnrGender gender) {
  OnrGender own = onr_identity_gender(identity);
  return gender == ONR_GENDER_UNKNOWN || own == ONR_GENDER_UNKNOWN || own == gender;
}

/* The bearer of a surname that stands alone: of those whose gender fits the one that the article brought in
 * first. Whoever else bears the name is called by the full one each time. */
static guint32 find_bearer(const OnrEntities *e, const OnrName *name) {
  guint32 index = onr_keys_get(&e->by_last, name->last_key), best = ONR_KEYS_NONE;
  for (guint32 n = 0; index != ONR_KEYS_NONE && n < CHAIN_REACH; n++) {
    const OnrIdentity *identity = identity_at(e, index);
    /* "Kelly" alone is a surname here, not a woman's name */
    OnrGender gender = name->has_title ? (OnrGender)name->gender : ONR_GENDER_UNKNOWN;
    gboolean fits = is_person(identity) && gender_fits(identity, gender) &&
                    identity->first_key != identity->last_key &&
                    (identity->last_key == name->last_key || identity->has_forms);
    if (fits && (best == ONR_KEYS_NONE || identity->first_name <= identity_at(e, best)->first_name))
      best = index;
    index = identity->same_last ? identity->same_last - 1 : ONR_KEYS_NONE;
  }
  return best;
}

static guint32 words_without_initials(const OnrReading *r, const OnrName *name) {
  guint32 n = 0;
  for (guint32 i = name->begin; i < name->end; i++) {
    const OnrToken *t = onr_reading_token(r, i);
    gboolean is_initial =
        t->end - t->begin == 1 || (t->end - t->begin == 2 && r->doc->text[t->end - 1] == '.');
    n += r->words[i].key && !is_initial ? 1 : 0;
  }
  return n;
}

/* Is A a fuller form than B? More words, initials not counted, so that one person has one form over many
 * articles. */
static gboolean is_fuller(const OnrReading *r, const OnrName *a, const OnrName *b) {
  guint32 x = words_without_initials(r, a), y = words_without_initials(r, b);
  if (x != y)
    return x > y;
  const OnrToken *t = onr_reading_token(r, b->begin);
  gboolean shouted = t->flags & ONR_TOKEN_ALL_CAPS && t->end - t->begin > 4;
  if (shouted && a->type != ONR_ENTITY_ORG && !(onr_reading_token(r, a->begin)->flags & ONR_TOKEN_ALL_CAPS))
    return TRUE; /* Moscow rather than a dateline's MOSCOW */
  return a->n_words < b->n_words && x > 0;
}

/* The key of a role's word; of "Sen." that of senator. */
static guint64 role_key(const OnrReading *r, guint32 i) {
  static const struct {
    const char *abbreviation, *word;
  } full[] = {{"sen", "senator"},    {"gov", "governor"}, {"rep", "representative"}, {"gen", "general"},
              {"pres", "president"}, {"col", "colonel"},  {"capt", "captain"},       {"lt", "lieutenant"},
              {"sgt", "sergeant"},   {"adm", "admiral"},  {"prof", "professor"}};
  for (guint k = 0; k < G_N_ELEMENTS(full); k++)
    if (onr_reading_equals(r, i, full[k].abbreviation))
      return onr_word_key(full[k].word, strlen(full[k].word));
  return r->words[i].key;
}

gboolean onr_identity_has_place(const OnrIdentity *identity, guint64 key) {
  for (guint32 i = 0; i < identity->n_places; i++)
    if (identity->places[i] == key)
      return TRUE;
  return FALSE;
}

gboolean onr_is_place_word(const OnrReading *r, guint32 i) {
  return r->words[i].classes & (ONR_WORD_PLACE | ONR_WORD_STATE | ONR_WORD_DEMONYM) &&
         !onr_reading_equals_any(r, i, "democratic republican democrat gop u.s us american states united");
}

/* Where a role says that its bearer is from: "Norland Sen.", "the Norlandic minister", "of Norland" behind
 * the name. */
static void add_places(OnrIdentity *identity, const OnrReading *r, OnrSpan words) {
  for (guint32 i = words.begin; i < words.end; i++) {
    guint64 key = onr_is_place_word(r, i) ? r->words[i].key : 0;
    if (key && !onr_identity_has_place(identity, key) && identity->n_places < ONR_IDENTITY_PLACES)
      identity->places[identity->n_places++] = key;
  }
}

static void add_role(OnrIdentity *identity, const OnrReading *r, OnrSpan role) {
  for (guint32 i = role.begin; i < role.end; i++) {
    guint64 key = r->words[i].classes & ONR_WORD_ROLE ? role_key(r, i) : 0;
    if (key && !onr_identity_has_role(identity, key) && identity->n_roles < ONR_IDENTITY_ROLES)
      identity->roles[identity->n_roles++] = key;
  }
}

static void join(OnrEntities *e, const OnrReading *r, guint32 index, guint32 name_index) {
  OnrIdentity *identity = identity_at(e, index);
  OnrName *name = name_at(e, name_index);
  name->entity = index;
  if (!identity->first_name)
    identity->first_name = name_index + 1;
  if (!identity->best_name || name_at(e, identity->best_name - 1)->head) /* Texas rather than Texas-based */
    identity->best_name = name_index + 1;
  else if (!name->head && is_fuller(r, name, name_at(e, identity->best_name - 1)))
    identity->best_name = name_index + 1;
  if (name->role.begin < name->role.end &&
      (!identity->role_name ||
       onr_span_length(name->role) > onr_span_length(name_at(e, identity->role_name - 1)->role)))
    identity->role_name = name_index + 1;
  add_role(identity, r, name->role);
  add_places(identity, r, name->role);
  if (name->end + 1 < r->n && onr_reading_equals(r, name->end, "of"))
    add_places(identity, r, (OnrSpan){name->end + 1, name->end + 2});
}

static void add_gender(OnrIdentity *identity, const OnrName *name) {
  /* "Clinton" alone is a surname, whatever given name it is too, unless there is nothing else to go by. */
  gboolean is_given = name->has_title || name->n_words > 1;
  guint32 weight = is_given ? GIVEN_WEIGHT : identity->first_key == identity->last_key ? 1 : 0;
  identity->n_male += name->gender == ONR_GENDER_MALE ? weight : 0;
  identity->n_female += name->gender == ONR_GENDER_FEMALE ? weight : 0;
}

#define NO_ENTITY G_MAXUINT32

/* Is SHORT the end of LONG: the Security Council of the United Nations Security Council? */
static gboolean is_tail_of(const OnrReading *r, const OnrName *longer, const OnrName *name) {
  guint32 n = name->end - name->begin;
  if (longer->end - longer->begin <= n)
    return FALSE;
  for (guint32 i = 0; i < n; i++)
    if (r->words[longer->end - n + i].key != r->words[name->begin + i].key)
      return FALSE;
  return TRUE;
}

/* The organisation, or the person, whose name's end this is: Bin Laden of Osama bin Laden. */
static guint32 find_longer(const OnrEntities *e, const OnrReading *r, const OnrName *name) {
  guint32 index = onr_keys_get(&e->by_last, name->last_key);
  for (guint32 n = 0; index != ONR_KEYS_NONE && n < CHAIN_REACH; n++) {
    const OnrIdentity *identity = identity_at(e, index);
    if (identity->type == name->type && is_tail_of(r, name_at(e, identity->best_name - 1), name))
      return index;
    index = identity->same_last ? identity->same_last - 1 : ONR_KEYS_NONE;
  }
  return ONR_KEYS_NONE;
}

static guint32 find_same(const OnrEntities *e, const OnrName *name, guint8 type) {
  return onr_keys_get(&e->by_key, typed_key(name->key, type));
}

/* Whom a name of several words names, where it is known already. */
static guint32 find_full(const OnrEntities *e, const OnrReading *r, const OnrName *name) {
  guint32 index = find_same(e, name, name->type);
  if (index == ONR_KEYS_NONE && name->type == ONR_ENTITY_PERSON)
    index = find_person(e, r, name);
  if (index == ONR_KEYS_NONE && (name->type == ONR_ENTITY_ORG || name->type == ONR_ENTITY_PERSON))
    index = find_longer(e, r, name);
  return index;
}

static gboolean is_short_for_body(const OnrReading *r, const OnrName *name) {
  return name->type == ONR_ENTITY_ORG && r->words[name->begin].classes & (ONR_WORD_SUFFIX | ONR_WORD_BODY) &&
         name->begin > 0 && r->words[name->begin - 1].tag == ONR_TAG_DETERMINER;
}

/* Quinnipiac of Quinnipiac University, listed or not */
static guint32 find_own_word(const OnrEntities *e, const OnrReading *r, const OnrName *name) {
  gboolean is_own = !(r->words[name->begin].classes & ~(guint64)ONR_WORD_ORG);
  return is_own ? onr_keys_get(&e->by_first, typed_key(name->key, ONR_ENTITY_ORG)) : ONR_KEYS_NONE;
}

/* The body, or the land, that a name of one word is short for. */
static guint32 find_expansion(const OnrEntities *e, const OnrReading *r, const OnrName *name) {
  guint64 acronym = acronym_of(r, name);
  guint32 index = acronym ? onr_keys_get(&e->by_initials, acronym) : ONR_KEYS_NONE;
  if (index == ONR_KEYS_NONE && is_short_for_body(r, name))
    index = onr_keys_get(&e->by_last, name->last_key);
  return index != ONR_KEYS_NONE && identity_at(e, index)->type == name->type ? index : ONR_KEYS_NONE;
}

/* A surname that was taken for something else where it stands alone: Dorn, when Pavel Dorn is named. */
static gboolean may_be_surname(const OnrReading *r, const OnrName *name) {
  return name->type != ONR_ENTITY_PLACE || name->begin == 0 ||
         r->words[name->begin - 1].tag != ONR_TAG_PREPOSITION; /* in Jordan, of whom Jim Jordan was named */
}

/* Whom a name of one word names. */
static guint32 find_short(const OnrEntities *e, const OnrReading *r, const OnrName *name) {
  guint32 index = may_be_surname(r, name) ? find_bearer(e, name) : ONR_KEYS_NONE;
  if (index == ONR_KEYS_NONE)
    index = find_same(e, name, name->type);
  if (index == ONR_KEYS_NONE && name->type == ONR_ENTITY_PERSON)
    return onr_keys_get(&e->by_first, typed_key(name->key, name->type));
  if (index == ONR_KEYS_NONE)
    index = find_expansion(e, r, name);
  return index == ONR_KEYS_NONE && name->type != ONR_ENTITY_PLACE ? find_own_word(e, r, name) : index;
}

/* What a name without a type names. */
static guint32 find_loose(const OnrEntities *e, const OnrReading *r, const OnrName *name) {
  static const guint8 types[] = {ONR_ENTITY_PLACE, ONR_ENTITY_ORG, ONR_ENTITY_PERSON};
  gboolean is_word = (r->words[name->begin].classes & ONR_WORD_ORDINARY) != 0;
  guint32 index = name->n_words == 1 ? find_bearer(e, name) : ONR_KEYS_NONE;
  for (guint k = 0; k < G_N_ELEMENTS(types) && index == ONR_KEYS_NONE && !is_word; k++)
    index = find_same(e, name, types[k]);
  return index == ONR_KEYS_NONE && !is_word ? find_own_word(e, r, name) : index;
}

/* Another form of a person's full name: its surname finds the person too. */
static void add_form(OnrEntities *e, const OnrName *name, guint32 index) {
  identity_at(e, index)->has_forms = e->has_forms = TRUE;
  if (onr_keys_get(&e->by_last, name->last_key) == ONR_KEYS_NONE)
    onr_keys_set(&e->by_last, name->last_key, index);
}

static void add_name(OnrEntities *e, const OnrReading *r, guint32 name_index, guint32 index) {
  const OnrName *name = name_at(e, name_index);
  if (index == ONR_KEYS_NONE)
    index = add_identity(e, r, name);
  add_gender(identity_at(e, index), name);
  join(e, r, index, name_index);
  if (is_person(identity_at(e, index)) && name->n_words > 1 && name->key != identity_at(e, index)->key)
    add_form(e, name, index);
}

/* The bearer of the surname that the last word of a headline's name is: "Corners Dorn" of Pavel Dorn. NAME
 * becomes that word. */
static guint32 find_in_headline(const OnrEntities *e, const OnrReading *r, OnrName *name) {
  guint32 index = find_full(e, r, name);
  if (index != ONR_KEYS_NONE || name->type != ONR_ENTITY_PERSON ||
      r->words[name->begin].classes & ONR_WORD_GIVEN)
    return index;
  index = find_bearer(e, name);
  if (index != ONR_KEYS_NONE) {
    name->begin = name->end - 1;
    name->n_words = 1;
  }
  return index;
}

static void count_one(OnrKeys *counts, guint64 key) {
  guint32 n = onr_keys_get(counts, key);
  onr_keys_set(counts, key, n == ONR_KEYS_NONE ? 1 : n + 1);
}

/* How often the article has this full form, or its surname alone. */
static guint32 times_named(const OnrEntities *e, const OnrName *form) {
  guint32 full = onr_keys_get(&e->times_full, form->key),
          alone = onr_keys_get(&e->times_alone, form->last_key);
  return (full == ONR_KEYS_NONE ? 0 : full) + (alone == ONR_KEYS_NONE ? 0 : alone);
}

/* NAME is one of several full forms of a person, "Brendan Glavin" and "Brendan Galvin": of those that say as
 * much the one is taken that the article has most often. */
static void settle_name(OnrEntities *e, const OnrReading *r, guint32 name_index) {
  const OnrName *name = name_at(e, name_index);
  OnrIdentity *identity = identity_at(e, name->entity);
  const OnrName *best = name_at(e, identity->best_name - 1);
  if (name->key != best->key && !name->head && name->n_words == best->n_words &&
      words_without_initials(r, name) == words_without_initials(r, best) &&
      times_named(e, name) > times_named(e, best))
    identity->best_name = name_index + 1;
}

static void settle_names(OnrEntities *e, const OnrReading *r) {
  for (guint32 i = 0; i < e->names->len; i++) {
    const OnrName *name = name_at(e, i);
    if (name->n_words == 1)
      count_one(&e->times_alone, name->last_key);
    else if (name->entity != NO_ENTITY && is_person(identity_at(e, name->entity)))
      count_one(&e->times_full, name->key);
  }
  for (guint32 i = 0; i < e->names->len; i++)
    if (name_at(e, i)->entity != NO_ENTITY && identity_at(e, name_at(e, i)->entity)->has_forms)
      settle_name(e, r, i);
}

/* Do the tables know the one word of NAME as a body's: CNN? */
static gboolean is_known(const OnrReading *r, const OnrName *name) {
  const OnrToken *t = onr_reading_token(r, name->begin);
  g_autoptr(GString) id = g_string_new(NULL);
  onr_name_id_append(id, r->doc->text + t->begin, onr_token_bare_end(t) - t->begin);
  return onr_known_body(id->str) != NULL;
}

/* Letters in brackets behind a body's name that are short for it whatever they are. */
#define BRACKETED_MIN 3

/* "Reporters Without Borders (RSF)", "UnitedHealth (UNH, Fortune 500)": the letters of name I are short for
   the body before it. */
static void read_bracketed(OnrEntities *e, const OnrReading *r, guint32 i) {
  const OnrName *name = name_at(e, i), *before = i ? name_at(e, i - 1) : NULL;
  guint64 acronym = acronym_of(r, name);
  if (!before || !acronym || before->entity == NO_ENTITY || before->end + 1 != name->begin ||
      !onr_reading_is_mark(r, before->end, '(') || onr_keys_get(&e->by_initials, acronym) != ONR_KEYS_NONE)
    return;
  const OnrToken *t = onr_reading_token(r, name->begin);
  gboolean is_closed =
      name->end < r->n && (onr_reading_is_mark(r, name->end, ')') || onr_reading_is_mark(r, name->end, ','));
  gboolean are_bodies =
      name->type == ONR_ENTITY_ORG && identity_at(e, before->entity)->type == ONR_ENTITY_ORG;
  if (is_closed && are_bodies && t->end - t->begin >= BRACKETED_MIN && !is_known(r, name))
    onr_keys_set(&e->by_initials, acronym, before->entity);
}

/* NAME, which is joined to no longer one, may be letters that the article says what they are short for. */
static void note_letters(OnrEntities *e, const OnrReading *r, const OnrName *name, GStringChunk *chunk) {
  OnrIdentity *identity = identity_at(e, name->entity);
  gboolean is_body = name->n_words == 1 && identity->key == name->key && identity->type == ONR_ENTITY_ORG;
  if (is_body && !identity->meaning)
    identity->meaning = onr_acronym_meaning(r, name->begin, chunk);
}

/* Full names first, so that a surname finds its bearer wherever in the article that is introduced, those in
 * headlines behind the others; then what is short, and last what names nothing by itself. */
static void join_all(OnrEntities *e, const OnrReading *r, GStringChunk *chunk) {
  for (guint32 i = 0; i < e->names->len; i++) {
    const OnrName *name = name_at(e, i);
    name_at(e, i)->entity = NO_ENTITY;
    if (name->n_words > 1 && !name->is_loose && !name->in_headline)
      add_name(e, r, i, find_full(e, r, name));
  }
  for (guint32 i = 0; i < e->names->len; i++) {
    const OnrName *name = name_at(e, i);
    if (name->n_words > 1 && !name->is_loose && name->in_headline)
      add_name(e, r, i, find_in_headline(e, r, name_at(e, i)));
  }
  if (e->has_forms)
    settle_names(e, r);
  for (guint32 i = 0; i < e->names->len; i++) {
    const OnrName *name = name_at(e, i);
    if (name->n_words != 1 || name->is_loose || name->entity != NO_ENTITY)
      continue;
    read_bracketed(e, r, i);
    add_name(e, r, i, find_short(e, r, name));
    note_letters(e, r, name, chunk);
  }
  for (guint32 i = 0; i < e->names->len; i++) {
    guint32 index = name_at(e, i)->is_loose ? find_loose(e, r, name_at(e, i)) : ONR_KEYS_NONE;
    if (index != ONR_KEYS_NONE)
      join(e, r, index, i);
  }
}

/* --- output --- */

/* Is the bearer called President, and of no other land or house: "President Obama", "former President Obama"?
 */
static gboolean is_the_president(const OnrEntities *e, const OnrReading *r, const OnrIdentity *identity) {
  if (!identity->role_name)
    return FALSE;
  const OnrName *named = name_at(e, identity->role_name - 1);
  for (guint32 i = named->role.begin; i < named->role.end; i++)
    if (r->words[i].key && !onr_reading_equals_any(r, i, "vice president us u.s american former then"))
      return FALSE;
  return named->role.end == named->begin &&
         onr_identity_has_role(identity, onr_word_key("president", strlen("president"))) &&
         !(named->end < r->n && onr_reading_equals(r, named->end, "of"));
}

static guint32 write_entity(OnrEntities *e, const OnrReading *r, guint32 index, OnrAnnotation *out) {
  OnrIdentity *identity = identity_at(e, index);
  if (!identity->number) {
    const OnrName *best = name_at(e, identity->best_name - 1);
    gboolean is_president = is_the_president(e, r, identity);
    OnrEntity entity = {.type = (OnrEntityType)identity->type};
    entity.name = identity->meaning ? identity->meaning
                                    : onr_canonical_name(r, best, entity.type, is_president, out->strings);
    if (identity->role_name && entity.type == ONR_ENTITY_PERSON)
      entity.role = onr_reading_text(r, name_at(e, identity->role_name - 1)->role, out->strings);
    g_array_append_val(out->entities, entity);
    g_array_append_val(e->order, index);
    identity->number = out->entities->len;
  }
  return identity->number - 1;
}

static void write(OnrEntities *e, OnrReading *r, OnrAnnotation *out) {
  for (guint32 i = 0; i < e->names->len; i++) {
    const OnrName *name = name_at(e, i);
    if (name->entity == NO_ENTITY)
      continue;
    OnrMention mention = {.entity = write_entity(e, r, name->entity, out)};
    mention.span.begin = onr_reading_token(r, name->begin)->begin;
    mention.span.end = onr_canonical_end(r, name);
    g_array_append_val(out->mentions, mention);
    if (name->head)
      continue; /* "the Texas-based lawyer" is not Texas */
    guint8 type = (guint8)g_array_index(out->entities, OnrEntity, mention.entity).type;
    for (guint32 t = name->begin; t < name->end; t++) {
      r->words[t].mention = out->mentions->len;
      r->words[t].entity_type = type;
    }
  }
}

void onr_entities_find(OnrEntities *e, const OnrRecogniser *recogniser, OnrReading *r, OnrAnnotation *out) {
  reset(e);
  onr_names_find(recogniser, e->names);
  join_all(e, r, out->strings);
  write(e, r, out);
}

/* The index in the output of the entity with KEY and TYPE, or ONR_NO_ENTITY. */
static guint32 written_with(const OnrEntities *e, guint64 key, OnrEntityType type) {
  guint32 index = onr_keys_get(&e->by_key, typed_key(key, (guint8)type));
  return index != ONR_KEYS_NONE && identity_at(e, index)->number ? identity_at(e, index)->number - 1
                                                                 : ONR_NO_ENTITY;
}

/* The index in OUT of the entity with KEY, added as NAME and TYPE, without a mention, where the article does
 * not name it. */
static guint32 entity_of_key(OnrEntities *e, guint64 key, guint64 last_key, const char *name,
                             OnrEntityType type, OnrAnnotation *out) {
  guint32 known = written_with(e, key, type), index = e->identities->len;
  if (known != ONR_NO_ENTITY)
    return known;
  OnrEntity entity = {.name = g_string_chunk_insert(out->strings, name), .type = type};
  OnrIdentity identity = {
      .key = key, .last_key = last_key, .type = (guint8)type, .number = out->entities->len + 1};
  g_array_append_val(e->identities, identity);
  g_array_append_val(e->order, index);
  g_array_append_val(out->entities, entity);
  onr_keys_set(&e->by_key, typed_key(key, (guint8)type), index);
  return identity.number - 1;
}

guint32 onr_entities_body_of(OnrEntities *e, const OnrReading *r, guint32 owner, guint32 head,
                             OnrAnnotation *out) {
  const char *name = g_array_index(out->entities, OnrEntity, owner).name;
  const char *last = strrchr(name, ' ');
  const char *word = onr_reading_text(r, (OnrSpan){head, head + 1}, out->strings);
  g_autofree char *whole = g_strdup_printf("%s %s", last ? last + 1 : name, word);
  guint64 key = onr_phrase_key(onr_entities_identity(e, owner)->last_key, r->words[head].key);
  return entity_of_key(e, key, r->words[head].key, whole, ONR_ENTITY_ORG, out);
}

guint32 onr_entities_campaign_of(const OnrEntities *e, guint32 owner) {
  guint64 word = onr_word_key("campaign", strlen("campaign"));
  return written_with(e, onr_phrase_key(onr_entities_identity(e, owner)->last_key, word), ONR_ENTITY_ORG);
}

guint32 onr_entities_person_of(OnrEntities *e, const OnrReading *r, OnrSpan label, OnrAnnotation *out) {
  guint64 key = 0, last_key = 0;
  while (label.begin < label.end &&
         (r->words[label.begin].classes & ONR_WORD_TITLE || !r->words[label.begin].key))
    label.begin++; /* MR. */
  for (guint32 i = label.begin; i < label.end; i++) {
    last_key = r->words[i].key ? r->words[i].key : last_key;
    key = key && r->words[i].key ? onr_phrase_key(key, last_key) : last_key;
  }
  return key ? entity_of_key(e, key, last_key, onr_canonical_words(r, label, out->strings), ONR_ENTITY_PERSON,
                             out)
             : ONR_NO_ENTITY;
}
