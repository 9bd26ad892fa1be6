/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/news/people.h"

#include "indexer/news/given.h"
#include "indexer/news/notes.h"
#include "indexer/news/paragraphs.h"

#include <jansson.h>

#include <string.h>

#define MAX_PEOPLE 200 /* more names than a header field holds */
#define MAX_LIST_BYTES 4096

GPtrArray *onr_people_new(void) {
  return g_ptr_array_new_with_free_func(g_free);
}

static gboolean is_known(const GPtrArray *people, const char *name) {
  for (guint i = 0; i < people->len; i++)
    if (strcmp(people->pdata[i], name) == 0)
      return TRUE;
  return FALSE;
}

/* WORDS are one person's, or several in one string. */
static void add_words(GPtrArray *people, const char *words) {
  g_autofree char *plain = strpbrk(words, "<&") ? onr_plain_words(words) : NULL;
  g_autofree char *name = onr_news_person(plain ? plain : words);
  gboolean is_one = name && !g_str_has_prefix(name, "www.") && !onr_given_is_number(name, strlen(name)) &&
                    !onr_given_is_nothing(name, strlen(name));
  if (is_one && people->len < MAX_PEOPLE && !is_known(people, name))
    g_ptr_array_add(people, g_steal_pointer(&name));
}

/* An address among the names in WORDS costs itself. */
static void add_names(GPtrArray *people, const char *words) {
  if (!strstr(words, "://") || !strchr(words, ',') || strchr(words, '<')) {
    add_words(people, words);
    return;
  }
  g_auto(GStrv) parts = g_strsplit(words, ",", MAX_PEOPLE);
  for (guint i = 0; parts[i]; i++)
    add_words(people, parts[i]);
}

/* --- a list in a cell --- */

/* The mark that ends the element at P: one before a comma or the END; "O'Hara" holds none. */
static const char *find_close(const char *p, const char *end, char mark) {
  for (; p < end; p++) {
    if (*p == '\\' && p + 1 < end) {
      p++;
    } else if (*p == mark) {
      const char *next = p + 1 + strspn(p + 1, " ");
      if (next >= end || *next == ',')
        return p;
    }
  }
  return NULL;
}

/* The elements between P and END, behind marks of either kind; FALSE where they have none. */
static gboolean add_elements(GPtrArray *people, const char *p, const char *end) {
  gboolean has_marks = FALSE;
  for (p += strspn(p, " ,"); p < end && (*p == '\'' || *p == '"'); p += strspn(p, " ,")) {
    const char *close = find_close(p + 1, end, *p);
    g_autofree char *raw = g_strndup(p + 1, (gsize)((close ? close : end) - p - 1));
    g_autofree char *element = g_strcompress(raw);
    if (g_utf8_validate(element, -1, NULL))
      add_names(people, element);
    has_marks = TRUE;
    p = close ? close + 1 : end;
  }
  return has_marks;
}

/* A list in JSON, with JSON's escapes; FALSE where it is none. */
static gboolean add_json(GPtrArray *people, const char *words) {
  json_error_t why;
  json_t *list = words[1] == '"' && strlen(words) <= MAX_LIST_BYTES ? json_loads(words, 0, &why) : NULL;
  for (gsize i = 0; i < json_array_size(list); i++)
    if (json_is_string(json_array_get(list, i)))
      add_names(people, json_string_value(json_array_get(list, i)));
  json_decref(list);
  return list != NULL;
}

void onr_people_add(GPtrArray *people, const char *words) {
  g_autofree char *own = g_strstrip(g_strdup(words));
  gsize length = strlen(own);
  if (*own != '[' || onr_given_is_nothing(own, length)) {
    add_names(people, own);
    return;
  }
  if (add_json(people, own))
    return;
  const char *end = own + length - (length > 1 && own[length - 1] == ']' ? 1 : 0);
  if (!add_elements(people, own + 1, end)) {
    g_autofree char *inner = g_strndup(own + 1, (gsize)(end - own - 1));
    add_names(people, inner);
  }
}

char *onr_people_join(const GPtrArray *people) {
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < people->len; i++)
    g_string_append_printf(out, "%s%s", i > 0 ? ", " : "", (const char *)people->pdata[i]);
  return g_string_free(out, out->len == 0);
}
