/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/authority.h"

static void role_clear(gpointer p) {
  OnrAuthorityRole *role = p;
  g_free(role->name);
  g_free(role->from);
  g_free(role->to);
}

void onr_authority_entry_init(OnrAuthorityEntry *entry) {
  *entry = (OnrAuthorityEntry){.aliases = g_ptr_array_new_with_free_func(g_free),
                               .roles = g_array_new(FALSE, FALSE, sizeof(OnrAuthorityRole)),
                               .links = g_ptr_array_new_with_free_func(g_free)};
  g_array_set_clear_func(entry->roles, role_clear);
}

void onr_authority_entry_reset(OnrAuthorityEntry *entry) {
  g_clear_pointer(&entry->id, g_free);
  g_clear_pointer(&entry->name, g_free);
  g_clear_pointer(&entry->same_as, g_free);
  entry->type = ONR_ENTITY_PERSON;
  g_ptr_array_set_size(entry->aliases, 0);
  g_array_set_size(entry->roles, 0);
  g_ptr_array_set_size(entry->links, 0);
}

void onr_authority_entry_clear(OnrAuthorityEntry *entry) {
  onr_authority_entry_reset(entry);
  g_clear_pointer(&entry->aliases, g_ptr_array_unref);
  g_clear_pointer(&entry->roles, g_array_unref);
  g_clear_pointer(&entry->links, g_ptr_array_unref);
}

/* Days of a date or part of one, FIRST and LAST untouched where TEXT is NULL. */
static gboolean parse_date(const char *text, gint32 *first, gint32 *last) {
  return !text || onr_date_parse_range(text, first, last);
}

gboolean onr_authority_entry_add_role(OnrAuthorityEntry *entry, const char *name, const char *from,
                                      const char *to) {
  gint32 first = ONR_NO_DAY, last = ONR_NO_DAY, other;
  if (!parse_date(from, &first, &other) || !parse_date(to, &other, &last) ||
      (first != ONR_NO_DAY && last != ONR_NO_DAY && first > last))
    return FALSE;
  OnrAuthorityRole role = {g_strdup(name), g_strdup(from), g_strdup(to), first, last};
  g_array_append_val(entry->roles, role);
  return TRUE;
}
