/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/authority/json.h"

#include "indexer/authority/value.h"
#include "indexer/readers/json_value.h"

#include <string.h>

static const char *describe(const json_t *value) {
  static const char *const kinds[] = {
      [JSON_OBJECT] = "an object", [JSON_ARRAY] = "an array", [JSON_STRING] = "a string",
      [JSON_INTEGER] = "a number", [JSON_REAL] = "a number",  [JSON_TRUE] = "true",
      [JSON_FALSE] = "false",      [JSON_NULL] = "null"};
  return kinds[json_typeof(value)];
}

static gboolean expect(const char *what, const json_t *value, gboolean is_right, const char *expected,
                       OnrAuthorityDraft *draft) {
  if (!is_right)
    onr_authority_faults_add(&draft->faults, "%s is %s, expected %s", what, describe(value), expected);
  return is_right;
}

/* --- roles --- */

/* KEY's string, trimmed as dates are in TSV; NULL where it is not there. The caller frees it. */
static char *get_date(const json_t *role, const char *key, OnrAuthorityDraft *draft) {
  const json_t *value = json_object_get(role, key);
  if (!value || json_is_null(value) || !expect(key, value, json_is_string(value), "a string", draft))
    return NULL;
  return g_strstrip(g_strdup(json_string_value(value)));
}

static void check_role_members(const json_t *role, OnrAuthorityDraft *draft) {
  static const char *const members[] = {"role", "from", "to", NULL};
  const char *key;
  const json_t *value;
  json_object_foreach((json_t *)role, key, value) {
    g_autofree char *shown = onr_authority_shorten(key);
    if (!g_strv_contains(members, key))
      onr_authority_faults_add(&draft->faults, "unknown member '%s' of a role; members are role, from, to",
                               shown);
  }
}

static void put_role(const json_t *role, OnrAuthorityDraft *draft) {
  if (json_is_string(role)) {
    onr_authority_draft_put(draft, ONR_AUTHORITY_ROLES, json_string_value(role), json_string_length(role));
    return;
  }
  if (!expect("a role", role, json_is_object(role), "a string or an object", draft))
    return;
  check_role_members(role, draft);
  const json_t *name = json_object_get(role, "role");
  if (!name)
    onr_authority_faults_add(&draft->faults, "a role has no name");
  if (!name || !expect("role", name, json_is_string(name), "a string", draft))
    return;
  g_autofree char *from = get_date(role, "from", draft), *to = get_date(role, "to", draft);
  onr_authority_draft_put_role(draft, json_string_value(name), json_string_length(name), from, to);
}

/* --- members --- */

static void put_string(OnrAuthorityField field, const char *what, const json_t *value,
                       OnrAuthorityDraft *draft) {
  if (expect(what, value, json_is_string(value), "a string", draft))
    onr_authority_draft_put(draft, field, json_string_value(value), json_string_length(value));
}

static void put_list(OnrAuthorityField field, const json_t *list, OnrAuthorityDraft *draft) {
  gsize i;
  const json_t *value;
  if (!expect(onr_authority_field_name(field), list, json_is_array(list), "an array", draft))
    return;
  json_array_foreach(list, i, value) {
    if (field == ONR_AUTHORITY_ROLES)
      put_role(value, draft);
    else
      put_string(field, "an alias", value, draft);
  }
}

static void put_link(const char *scheme, const json_t *value, OnrAuthorityDraft *draft) {
  if (expect("a link", value, json_is_string(value), "a string or an array of them", draft))
    onr_authority_draft_put_link(draft, scheme, strlen(scheme), json_string_value(value),
                                 json_string_length(value));
}

static void put_links(const json_t *links, OnrAuthorityDraft *draft) {
  const char *scheme;
  const json_t *value, *element;
  gsize i;
  if (!expect("links", links, json_is_object(links), "an object", draft))
    return;
  json_object_foreach((json_t *)links, scheme, value) {
    if (!json_is_array(value))
      put_link(scheme, value, draft);
    json_array_foreach(value, i, element) put_link(scheme, element, draft);
  }
}

static void put_member(OnrAuthorityField field, const json_t *value, OnrAuthorityDraft *draft) {
  if (json_is_null(value))
    return;
  if (field == ONR_AUTHORITY_LINKS)
    put_links(value, draft);
  else if (field == ONR_AUTHORITY_ALIASES || field == ONR_AUTHORITY_ROLES)
    put_list(field, value, draft);
  else
    put_string(field, onr_authority_field_name(field), value, draft);
}

/* --- the object --- */

static json_t *load(const char *text, gsize n_bytes, OnrAuthorityFaults *faults) {
  json_error_t why;
  json_t *object = json_loadb(text, n_bytes, JSON_REJECT_DUPLICATES, &why);
  if (object)
    return object;
  g_autofree char *reason = g_utf8_make_valid(why.text, -1); /* cut anywhere */
  if (why.line > 1)
    onr_authority_faults_add(faults, "no JSON in its line %d, column %d: %s", why.line, why.column, reason);
  else
    onr_authority_faults_add(faults, "no JSON at column %d: %s", MAX(why.column, 0), reason);
  return NULL;
}

void onr_authority_json_read(const char *text, gsize n_bytes, OnrAuthorityDraft *draft) {
  const char *key;
  const json_t *value;
  gboolean all_known = TRUE;
  g_autoptr(json_t) object = load(text, n_bytes, &draft->faults);
  if (!object || !expect("the line", object, json_is_object(object), "an object", draft))
    return;
  json_object_foreach(object, key, value) {
    int field = onr_authority_field_parse(key);
    if (field >= 0) {
      put_member((OnrAuthorityField)field, value, draft);
      continue;
    }
    g_autofree char *shown = onr_authority_shorten(key);
    onr_authority_faults_add(&draft->faults, "unknown member '%s'", shown);
    all_known = FALSE;
  }
  if (!all_known)
    onr_authority_faults_add(&draft->faults, "members are " ONR_AUTHORITY_FIELD_LIST);
  onr_authority_draft_finish(draft);
}
