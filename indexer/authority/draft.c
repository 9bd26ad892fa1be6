/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/authority/draft.h"

#include "indexer/authority/value.h"
#include "indexer/authority_file.h"
#include "text/utf8.h"

#include <string.h>

#define MAX_TOLD 20 /* of one line */

static const char *const FIELD_NAMES[] = {"id", "name", "type", "aliases", "roles", "links", "same_as"};
G_STATIC_ASSERT(G_N_ELEMENTS(FIELD_NAMES) == ONR_N_AUTHORITY_FIELDS);

const char *onr_authority_field_name(OnrAuthorityField field) {
  return FIELD_NAMES[field];
}

int onr_authority_field_parse(const char *name) {
  for (int i = 0; i < ONR_N_AUTHORITY_FIELDS; i++)
    if (strcmp(FIELD_NAMES[i], name) == 0)
      return i;
  return -1;
}

/* --- what is wrong --- */

void onr_authority_faults_add(OnrAuthorityFaults *faults, const char *format, ...) {
  if (faults->n++ >= MAX_TOLD)
    return;
  if (faults->text->len > 0)
    g_string_append(faults->text, "; ");
  va_list arguments;
  va_start(arguments, format);
  g_string_append_vprintf(faults->text, format, arguments);
  va_end(arguments);
}

char *onr_authority_faults_print(const OnrAuthorityFaults *faults) {
  g_autoptr(GString) what = g_string_new(NULL);
  onr_authority_clean(faults->text->str, faults->text->len, what);
  if (faults->n > MAX_TOLD)
    g_string_append_printf(what, "; and %u more", faults->n - MAX_TOLD);
  return g_string_free(g_steal_pointer(&what), FALSE);
}

gboolean onr_authority_check_bytes(const char *bytes, gsize n_bytes, OnrAuthorityFaults *faults) {
  if (n_bytes > ONR_AUTHORITY_MAX_LINE) {
    onr_authority_faults_add(faults, "longer than the limit of %u bytes", ONR_AUTHORITY_MAX_LINE);
    return FALSE;
  }
  const char *nul = n_bytes > 0 ? memchr(bytes, '\0', n_bytes) : NULL;
  if (nul) {
    onr_authority_faults_add(faults, "byte %" G_GSIZE_FORMAT " is NUL", (gsize)(nul - bytes) + 1);
    return FALSE;
  }
  gsize n_valid = onr_utf8_valid_prefix(bytes, n_bytes);
  if (n_valid < n_bytes)
    onr_authority_faults_add(faults, "byte %" G_GSIZE_FORMAT ", 0x%02x, is no UTF-8", n_valid + 1,
                             (guint)(guchar)bytes[n_valid]);
  return n_valid == n_bytes;
}

/* TRUE where TEXT may be kept; WHAT names it. */
static gboolean check_length(OnrAuthorityDraft *draft, const char *what, const char *text, gsize length) {
  if (length <= ONR_AUTHORITY_MAX_NAME)
    return TRUE;
  g_autofree char *shown = onr_authority_shorten(text);
  onr_authority_faults_add(&draft->faults, "%s '%s' has %" G_GSIZE_FORMAT " bytes, over the limit of %d",
                           what, shown, length, ONR_AUTHORITY_MAX_NAME);
  return FALSE;
}

/* TRUE where N values leave room for one more; told once. */
static gboolean check_room(OnrAuthorityDraft *draft, OnrAuthorityField field, guint n) {
  if (n < ONR_AUTHORITY_MAX_VALUES)
    return TRUE;
  g_autofree char *what = g_strdup_printf("more than %d %s", ONR_AUTHORITY_MAX_VALUES, FIELD_NAMES[field]);
  if (!strstr(draft->faults.text->str, what))
    onr_authority_faults_add(&draft->faults, "%s", what);
  return FALSE;
}

/* --- draft --- */

void onr_authority_draft_init(OnrAuthorityDraft *draft) {
  *draft = (OnrAuthorityDraft){.faults = {.text = g_string_new(NULL)}, .scratch = g_string_new(NULL)};
  onr_authority_entry_init(&draft->entry);
}

void onr_authority_draft_reset(OnrAuthorityDraft *draft) {
  onr_authority_entry_reset(&draft->entry);
  g_string_truncate(draft->faults.text, 0);
  draft->faults.n = 0;
  memset(draft->has, 0, sizeof draft->has);
}

void onr_authority_draft_clear(OnrAuthorityDraft *draft) {
  onr_authority_entry_clear(&draft->entry);
  g_string_free(draft->faults.text, TRUE);
  g_string_free(draft->scratch, TRUE);
}

/* The id of FIELD; what is cleaned has spaces where blanks and control characters were. */
static char *make_id(OnrAuthorityDraft *draft, OnrAuthorityField field, const char *text, gsize length) {
  if (!check_length(draft, FIELD_NAMES[field], text, length))
    return NULL;
  if (!strpbrk(text, " |"))
    return g_strndup(text, length);
  g_autofree char *shown = onr_authority_shorten(text);
  onr_authority_faults_add(&draft->faults, "%s '%s' must have no blanks, control characters or '|'",
                           FIELD_NAMES[field], shown);
  return NULL;
}

static void put_type(OnrAuthorityDraft *draft, const char *text) {
  int type = onr_entity_type_parse(text);
  draft->has[ONR_AUTHORITY_TYPE] = type >= 0;
  if (type >= 0) {
    draft->entry.type = (OnrEntityType)type;
    return;
  }
  g_autofree char *shown = onr_authority_shorten(text);
  onr_authority_faults_add(&draft->faults, "unknown type '%s'; types are person, org, place, misc", shown);
}

static void put_alias(OnrAuthorityDraft *draft, const char *text, gsize length) {
  GPtrArray *aliases = draft->entry.aliases;
  if (check_length(draft, "alias", text, length) && check_room(draft, ONR_AUTHORITY_ALIASES, aliases->len))
    g_ptr_array_add(aliases, g_strndup(text, length));
}

static void put_role(OnrAuthorityDraft *draft, const char *text, gsize length) {
  g_autofree char *from = NULL, *to = NULL;
  gsize name_length = onr_authority_find_time(text, length, &from, &to);
  onr_authority_draft_put_role(draft, text, name_length, from, to);
}

static void put_link(OnrAuthorityDraft *draft, const char *text, gsize length) {
  const char *sign = memchr(text, '=', length);
  gsize scheme_length = sign ? (gsize)(sign - text) : length;
  const char *value = sign ? sign + 1 : text + length;
  onr_authority_draft_put_link(draft, text, scheme_length, value, (gsize)(text + length - value));
}

void onr_authority_draft_put(OnrAuthorityDraft *draft, OnrAuthorityField field, const char *text,
                             gsize length) {
  GString *value = draft->scratch;
  onr_authority_clean(text, length, value);
  if (value->len == 0)
    return;
  draft->has[field] = TRUE;
  if (field == ONR_AUTHORITY_ROLES)
    put_role(draft, text, length);
  else if (field == ONR_AUTHORITY_LINKS)
    put_link(draft, text, length);
  else if (field == ONR_AUTHORITY_ID)
    draft->entry.id = make_id(draft, field, value->str, value->len);
  else if (field == ONR_AUTHORITY_SAME_AS)
    draft->entry.same_as = make_id(draft, field, value->str, value->len);
  else if (field == ONR_AUTHORITY_TYPE)
    put_type(draft, value->str);
  else if (field == ONR_AUTHORITY_ALIASES)
    put_alias(draft, value->str, value->len);
  else if (check_length(draft, "name", value->str, value->len))
    draft->entry.name = g_strndup(value->str, value->len);
}

/* --- roles --- */

static gboolean check_date(OnrAuthorityDraft *draft, const char *role, const char *date) {
  gint32 first, last;
  if (!date || onr_date_parse_range(date, &first, &last))
    return TRUE;
  g_autofree char *shown_date = onr_authority_shorten(date), *shown = onr_authority_shorten(role);
  onr_authority_faults_add(&draft->faults,
                           "wrong date '%s' in role '%s': expected YYYY, YYYY-MM or YYYY-MM-DD", shown_date,
                           shown);
  return FALSE;
}

static void add_role(OnrAuthorityDraft *draft, const char *name, const char *from, const char *to) {
  gboolean is_right = check_date(draft, name, from);
  if (g_strcmp0(from, to) != 0) /* "(2012)" is told once */
    is_right &= check_date(draft, name, to);
  if (!is_right || onr_authority_entry_add_role(&draft->entry, name, from, to))
    return;
  g_autofree char *shown = onr_authority_shorten(name);
  onr_authority_faults_add(&draft->faults, "role '%s' begins (%s) after it ends (%s)", shown, from, to);
}

void onr_authority_draft_put_role(OnrAuthorityDraft *draft, const char *name, gsize length, const char *from,
                                  const char *to) {
  GString *value = draft->scratch;
  onr_authority_clean(name, length, value);
  if (value->len == 0) {
    if (from || to)
      onr_authority_faults_add(&draft->faults, "a role has no name");
    return;
  }
  if (check_length(draft, "role", value->str, value->len) &&
      check_room(draft, ONR_AUTHORITY_ROLES, draft->entry.roles->len))
    add_role(draft, value->str, from && *from ? from : NULL, to && *to ? to : NULL);
}

/* --- links --- */

/* Behind the last link of the same scheme, or last: what JSON groups by scheme reads back in the same order.
 */
static void insert_link(GPtrArray *links, const char *link, gsize scheme_length) {
  gint at = -1;
  for (guint i = links->len; i-- > 0 && at < 0;)
    if (strncmp(links->pdata[i], link, scheme_length + 1) == 0)
      at = (gint)i + 1;
  g_ptr_array_insert(links, at, g_strdup(link));
}

static void add_link(OnrAuthorityDraft *draft, const char *scheme, const char *value) {
  g_autofree char *link = g_strconcat(scheme, "=", value, NULL);
  if (!*scheme || !*value || strpbrk(scheme, " =")) {
    g_autofree char *shown = onr_authority_shorten(*value ? link : scheme);
    onr_authority_faults_add(&draft->faults, "link '%s' is not of the form scheme=value", shown);
  } else if (check_length(draft, "link", link, strlen(link)) &&
             check_room(draft, ONR_AUTHORITY_LINKS, draft->entry.links->len)) {
    insert_link(draft->entry.links, link, strlen(scheme));
  }
}

void onr_authority_draft_put_link(OnrAuthorityDraft *draft, const char *scheme, gsize scheme_length,
                                  const char *value, gsize value_length) {
  GString *scratch = draft->scratch;
  onr_authority_clean(scheme, scheme_length, scratch);
  g_autofree char *clean_scheme = g_strndup(scratch->str, scratch->len);
  onr_authority_clean(value, value_length, scratch);
  add_link(draft, clean_scheme, scratch->str);
}

/* --- all together --- */

/* The type that ID begins with, as org in "org:nato"; -1 where there is none. */
static int type_of_id(const char *id) {
  const char *colon = id ? strchr(id, ':') : NULL;
  g_autofree char *prefix = colon ? g_strndup(id, (gsize)(colon - id)) : NULL;
  return prefix ? onr_entity_type_parse(prefix) : -1;
}

static void settle_type(OnrAuthorityDraft *draft) {
  OnrAuthorityEntry *entry = &draft->entry;
  int type = type_of_id(entry->id);
  if (type < 0 || (OnrEntityType)type == entry->type)
    return;
  if (draft->has[ONR_AUTHORITY_TYPE]) {
    g_autofree char *shown = onr_authority_shorten(entry->id);
    onr_authority_faults_add(&draft->faults, "id '%s' says %s, type says %s", shown,
                             onr_entity_type_name((OnrEntityType)type), onr_entity_type_name(entry->type));
  } else {
    entry->type = (OnrEntityType)type;
  }
}

void onr_authority_draft_finish(OnrAuthorityDraft *draft) {
  OnrAuthorityEntry *entry = &draft->entry;
  if (!draft->has[ONR_AUTHORITY_ID])
    onr_authority_faults_add(&draft->faults, "id is empty");
  if (!draft->has[ONR_AUTHORITY_NAME] && !draft->has[ONR_AUTHORITY_SAME_AS])
    onr_authority_faults_add(&draft->faults, "name is empty; only an entry with same_as needs none");
  if (!entry->name)
    entry->name = g_strdup("");
  settle_type(draft);
  if (entry->same_as && g_strcmp0(entry->id, entry->same_as) == 0) {
    g_autofree char *shown = onr_authority_shorten(entry->id);
    onr_authority_faults_add(&draft->faults, "same_as '%s' is the entry's own id", shown);
  }
}
