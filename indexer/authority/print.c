/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Entries as lines of an authority file. */
#include "indexer/authority/value.h"
#include "indexer/authority_file.h"
#include "indexer/readers/json_value.h"

#include <string.h>

const char *const ONR_AUTHORITY_HEADER = "id\tname\ttype\taliases\troles\tlinks\tsame_as\n";

/* --- TSV --- */

/* Appends TEXT, cleaned as it will be when it is read. */
static void append_value(const char *text, GString *out) {
  g_autoptr(GString) value = g_string_new(NULL);
  onr_authority_clean(text, strlen(text), value);
  for (const char *p = value->str; *p; p++) {
    if (*p == '\\' || *p == '|')
      g_string_append_c(out, '\\');
    g_string_append_c(out, *p);
  }
}

static void append_values(const GPtrArray *values, GString *out) {
  for (guint i = 0; i < values->len; i++) {
    if (i > 0)
      g_string_append(out, " | ");
    append_value(values->pdata[i], out);
  }
}

static void append_time(const OnrAuthorityRole *role, GString *out) {
  if (role->from && g_strcmp0(role->from, role->to) == 0)
    g_string_append_printf(out, " (%s)", role->from);
  else if (role->from || role->to)
    g_string_append_printf(out, " (%s..%s)", role->from ? role->from : "", role->to ? role->to : "");
}

/* A name that itself ends in what looks like a time gets a backslash before it. */
static void append_role(const OnrAuthorityRole *role, GString *out) {
  g_autofree char *from = NULL, *to = NULL;
  gsize begin = out->len;
  append_value(role->name, out);
  gsize before_time = onr_authority_find_time(out->str + begin, out->len - begin, &from, &to);
  if (from || to)
    g_string_insert_c(out, (gssize)(begin + before_time), '\\');
  append_time(role, out);
}

static void print_tsv(const OnrAuthorityEntry *entry, GString *out) {
  if (entry->id[0] == '#') /* else the line would be passed over */
    g_string_append_c(out, '\\');
  append_value(entry->id, out);
  g_string_append_c(out, '\t');
  append_value(entry->name, out);
  g_string_append_printf(out, "\t%s\t", onr_entity_type_name(entry->type));
  append_values(entry->aliases, out);
  g_string_append_c(out, '\t');
  for (guint i = 0; i < entry->roles->len; i++) {
    if (i > 0)
      g_string_append(out, " | ");
    append_role(&g_array_index(entry->roles, OnrAuthorityRole, i), out);
  }
  g_string_append_c(out, '\t');
  append_values(entry->links, out);
  g_string_append_c(out, '\t');
  append_value(entry->same_as ? entry->same_as : "", out);
}

/* --- JSON --- */

static void set_string(json_t *object, const char *key, const char *value) {
  if (value)
    json_object_set_new(object, key, json_string(value));
}

static void set_aliases(json_t *object, const GPtrArray *aliases) {
  json_t *list = aliases->len > 0 ? json_array() : NULL;
  for (guint i = 0; i < aliases->len; i++)
    json_array_append_new(list, json_string(aliases->pdata[i]));
  if (list)
    json_object_set_new(object, "aliases", list);
}

static void set_roles(json_t *object, const GArray *roles) {
  json_t *list = roles->len > 0 ? json_array() : NULL;
  for (guint i = 0; i < roles->len; i++) {
    const OnrAuthorityRole *role = &g_array_index(roles, OnrAuthorityRole, i);
    json_t *element = json_object();
    set_string(element, "role", role->name);
    set_string(element, "from", role->from);
    set_string(element, "to", role->to);
    json_array_append_new(list, element);
  }
  if (list)
    json_object_set_new(object, "roles", list);
}

/* A scheme's only value is a string, several are an array. */
static void set_link(json_t *links, const char *scheme, const char *value) {
  json_t *known = json_object_get(links, scheme);
  if (json_is_array(known))
    json_array_append_new(known, json_string(value));
  else if (known)
    json_object_set_new(links, scheme, json_pack("[Os]", known, value));
  else
    set_string(links, scheme, value);
}

static void set_links(json_t *object, const GPtrArray *list) {
  json_t *links = list->len > 0 ? json_object() : NULL;
  for (guint i = 0; i < list->len; i++) {
    const char *link = list->pdata[i], *sign = strchr(link, '=');
    g_autofree char *scheme = sign ? g_strndup(link, (gsize)(sign - link)) : NULL;
    if (sign)
      set_link(links, scheme, sign + 1);
  }
  if (links)
    json_object_set_new(object, "links", links);
}

static int append_bytes(const char *bytes, gsize n_bytes, gpointer out) {
  g_string_append_len(out, bytes, (gssize)n_bytes);
  return 0;
}

static void print_json(const OnrAuthorityEntry *entry, GString *out) {
  g_autoptr(json_t) object = json_object();
  set_string(object, "id", entry->id);
  set_string(object, "name", entry->name);
  set_string(object, "type", onr_entity_type_name(entry->type));
  set_aliases(object, entry->aliases);
  set_roles(object, entry->roles);
  set_links(object, entry->links);
  set_string(object, "same_as", entry->same_as);
  json_dump_callback(object, append_bytes, out, 0);
}

void onr_authority_print(const OnrAuthorityEntry *entry, OnrAuthorityFormat format, GString *out) {
  (format == ONR_AUTHORITY_TSV ? print_tsv : print_json)(entry, out);
  g_string_append_c(out, '\n');
}
