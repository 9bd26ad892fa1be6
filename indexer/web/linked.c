/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/web/linked.h"

#include "indexer/news/paragraphs.h"
#include "indexer/news/schema_kind.h"
#include "indexer/readers/entity.h"
#include "indexer/readers/json_repair.h"
#include "indexer/web/address.h"
#include "indexer/web/titles.h"

#include <string.h>

#define MAX_GRAPH_DEPTH 6
#define MAX_SCRIPTS 50 /* a page has one to five */
#define MAX_WORKS 50   /* described in them: more is a list */
#define MAX_TITLES 12  /* of the page that a headline is compared with */
#define MAX_NAMES 200  /* of authors and publishers that are looked at */

/* --- reading --- */

static json_t *parse(const char *text, gsize length) {
  guint32 n_replaced = 0;
  json_t *top = onr_json_parse(text, length, 1, &n_replaced, NULL);
  if (top)
    return top;
  g_autofree char *repaired = onr_json_repair(text, length);
  top = repaired ? onr_json_parse(repaired, strlen(repaired), 1, &n_replaced, NULL) : NULL;
  if (top || !strstr(text, "&quot;"))
    return top;
  g_autofree char *decoded = onr_entity_decode(text); /* all of it was escaped */
  g_autofree char *again = onr_json_repair(decoded, strlen(decoded));
  return again ? onr_json_parse(again, strlen(again), 1, &n_replaced, NULL) : NULL;
}

void onr_linked_add(OnrLinked *linked, xmlNode *script) {
  static const char media_type[] = "application/ld+json";
  const char *type = onr_html_get(script, "type");
  if (!type || g_ascii_strncasecmp(type, media_type, sizeof media_type - 1) != 0)
    return;
  if (!linked->tops)
    linked->tops = g_ptr_array_new_with_free_func((GDestroyNotify)json_decref);
  g_autoptr(GString) text = g_string_new(NULL);
  onr_html_append_text(script, text);
  json_t *top = linked->tops->len < MAX_SCRIPTS ? parse(text->str, text->len) : NULL;
  if (top)
    g_ptr_array_add(linked->tops, top);
}

void onr_linked_clear(OnrLinked *linked) {
  if (linked->tops)
    g_ptr_array_unref(linked->tops);
  *linked = (OnrLinked){0};
}

/* --- which is the article --- */

/* Every work in VALUE: itself, its elements, what is below @graph or mainEntity. */
static void collect(const json_t *value, guint depth, GPtrArray *works) {
  if (depth > MAX_GRAPH_DEPTH || works->len >= MAX_WORKS)
    return;
  for (gsize i = 0; i < json_array_size(value); i++)
    collect(json_array_get(value, i), depth + 1, works);
  if (!json_is_object(value))
    return;
  if (onr_schema_kind(value) != ONR_SCHEMA_OTHER)
    g_ptr_array_add(works, (gpointer)value);
  collect(json_object_get(value, "@graph"), depth + 1, works);
  collect(json_object_get(value, "mainEntity"), depth + 1, works);
}

/* The first string of: VALUE, its @id, its url. */
static const char *address_of(const json_t *value) {
  static const char *const keys[] = {"@id", "url"};
  if (json_is_array(value))
    value = json_array_get(value, 0);
  if (json_is_string(value))
    return json_string_value(value);
  for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
    const char *address = json_string_value(json_object_get(value, keys[i]));
    if (address && *address)
      return address;
  }
  return NULL;
}

static gboolean has_address(const json_t *work, const OnrClaims *claims) {
  static const char *const keys[] = {"url", "mainEntityOfPage", "@id"};
  for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
    const char *address = address_of(json_object_get(work, keys[i]));
    for (guint k = 0; address && k < claims->list->len; k++)
      if (onr_claims_at(claims, k)->kind == ONR_CLAIM_URL &&
          onr_address_is_same(address, onr_claims_at(claims, k)->value))
        return TRUE;
  }
  return FALSE;
}

static gboolean has_title(const json_t *work, const OnrClaims *claims) {
  const char *headline = json_string_value(json_object_get(work, "headline"));
  if (!headline)
    headline = json_string_value(json_object_get(work, "name"));
  guint n = 0;
  for (guint k = 0; headline && k < claims->list->len && n < MAX_TITLES; k++)
    if (onr_claims_at(claims, k)->kind <= ONR_CLAIM_DOCUMENT) {
      n++;
      if (onr_title_is_in(headline, onr_claims_at(claims, k)->value))
        return TRUE;
    }
  return FALSE;
}

void onr_linked_choose(OnrLinked *linked, const OnrClaims *claims) {
  g_autoptr(GPtrArray) works = g_ptr_array_new();
  for (guint i = 0; linked->tops && i < linked->tops->len; i++)
    collect(linked->tops->pdata[i], 0, works);
  guint best = 0;
  for (guint i = 0; i < works->len; i++) {
    const json_t *work = works->pdata[i];
    OnrSchemaKind kind = onr_schema_kind(work);
    if (kind == ONR_SCHEMA_PAGE) {
      linked->page = linked->page ? linked->page : work;
      continue;
    }
    guint score = 4 * (guint)has_address(work, claims) + 2 * (guint)has_title(work, claims) +
                  8 * (guint)(kind == ONR_SCHEMA_ARTICLE) + 1;
    if (score > best && (kind == ONR_SCHEMA_ARTICLE || json_object_get(work, "headline"))) {
      best = score;
      linked->article = work;
    }
  }
}

/* --- what it says --- */

static const json_t *find_in(const json_t *value, const json_t *id, guint depth) {
  if (depth > 2)
    return NULL;
  for (gsize i = 0; i < json_array_size(value); i++) {
    const json_t *found = find_in(json_array_get(value, i), id, depth + 1);
    if (found)
      return found;
  }
  const json_t *own = json_object_get(value, "@id");
  if (json_is_string(own) && json_equal(own, id) && json_object_size(value) > 1)
    return value;
  const json_t *graph = json_object_get(value, "@graph");
  return graph ? find_in(graph, id, depth + 1) : NULL;
}

/* What a bare reference ({"@id": …}) stands for. */
static const json_t *resolve(const OnrLinked *linked, const json_t *value) {
  const json_t *id = json_object_get(value, "@id");
  if (!json_is_string(id) || json_object_get(value, "name"))
    return value;
  for (guint i = 0; i < linked->tops->len; i++) {
    const json_t *found = find_in(linked->tops->pdata[i], id, 0);
    if (found)
      return found;
  }
  return value;
}

static void add(OnrClaims *claims, OnrClaim claim, const json_t *value) {
  g_autoptr(GString) words = g_string_new(NULL);
  onr_json_append_words(value, words);
  claim.value = words->str;
  gboolean is_address = strstr(words->str, "://") != NULL;
  if (!is_address || claim.kind == ONR_CLAIM_URL)
    onr_claims_add(claims, claim);
}

/* A person or an organisation: a name, an object with one or with its parts, a reference, a list of these. */
static void add_names(const OnrLinked *linked, OnrClaims *claims, OnrClaim claim, const json_t *value,
                      guint *n_left) {
  if (*n_left == 0)
    return;
  --*n_left;
  if (json_is_array(value)) {
    for (gsize i = 0; i < json_array_size(value); i++)
      add_names(linked, claims, claim, json_array_get(value, i), n_left);
    return;
  }
  value = resolve(linked, value);
  if (json_object_get(value, "@list")) {
    add_names(linked, claims, claim, json_object_get(value, "@list"), n_left);
    return;
  }
  if (!json_is_object(value)) {
    add(claims, claim, value);
    return;
  }
  const json_t *name = json_object_get(value, "name");
  const char *given = json_string_value(json_object_get(value, "givenName"));
  const char *family = json_string_value(json_object_get(value, "familyName"));
  if (!name && given && family) {
    g_autofree char *both = g_strconcat(given, " ", family, NULL);
    claim.value = both;
    onr_claims_add(claims, claim);
  } else {
    add_names(linked, claims, claim, name, n_left);
  }
}

/* Words, each of a list by itself. */
static void add_words(OnrClaims *claims, OnrClaim claim, const json_t *value) {
  for (gsize i = 0; i < json_array_size(value); i++)
    if (!json_is_array(json_array_get(value, i)))
      add_words(claims, claim, json_array_get(value, i));
  if (!json_is_array(value))
    add(claims, claim, value);
}

static void claim_work(const OnrLinked *linked, OnrClaims *claims, const json_t *work, OnrOrigin origin) {
  static const struct {
    const char *key;
    OnrClaimKind kind;
    guint rank;
  } keys[] = {
      {"headline", ONR_CLAIM_TITLE, 0},
      {"name", ONR_CLAIM_TITLE, 1},
      {"author", ONR_CLAIM_AUTHOR, 0},
      {"creator", ONR_CLAIM_AUTHOR, 1},
      {"datePublished", ONR_CLAIM_DATE, 0},
      {"dateCreated", ONR_CLAIM_DATE, 1},
      {"dateModified", ONR_CLAIM_UPDATED, 0},
      {"publisher", ONR_CLAIM_PUBLISHER, 0},
      {"articleSection", ONR_CLAIM_SECTION, 0},
      {"inLanguage", ONR_CLAIM_LANGUAGE, 0},
      {"dateline", ONR_CLAIM_DATELINE, 0},
      {"url", ONR_CLAIM_URL, 0},
      {"mainEntityOfPage", ONR_CLAIM_URL, 1},
      {"keywords", ONR_CLAIM_SUBJECT, 0},
      {"genre", ONR_CLAIM_GENRE, 0},
  };
  guint n_left = MAX_NAMES;
  for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
    const json_t *value = json_object_get(work, keys[i].key);
    OnrClaim claim = {.kind = keys[i].kind, .origin = origin, .rank = keys[i].rank};
    if (claim.kind == ONR_CLAIM_AUTHOR || claim.kind == ONR_CLAIM_PUBLISHER) {
      add_names(linked, claims, claim, value, &n_left);
    } else if (claim.kind == ONR_CLAIM_URL) {
      claim.value = address_of(value);
      onr_claims_add(claims, claim);
    } else {
      add_words(claims, claim, value);
    }
  }
}

void onr_linked_claim(const OnrLinked *linked, OnrClaims *claims) {
  if (linked->article)
    claim_work(linked, claims, linked->article, ONR_ORIGIN_LINKED);
  if (linked->page)
    claim_work(linked, claims, linked->page, ONR_ORIGIN_WEAK);
}

/* --- its text --- */

/* BODY, in which a tag or two stands and lines are paragraphs, as HTML that says so. */
static char *mark_lines(const char *body) {
  g_autoptr(GString) html = g_string_sized_new(strlen(body));
  for (const char *line = body; *line;) {
    gsize n = strcspn(line, "\n");
    g_string_append_len(html, line, (gssize)n);
    line += n;
    for (; *line == '\n'; line++)
      g_string_append(html, "<br><br>");
  }
  return g_string_free(g_steal_pointer(&html), FALSE);
}

static void add_lines(OnrParagraphs *out, const char *body) {
  for (const char *line = body; *line;) {
    gsize n = strcspn(line, "\n");
    onr_paragraphs_add_plain(out, line, n);
    line += n + (line[n] == '\n');
  }
}

char *onr_linked_body(const OnrLinked *linked) {
  const char *body = json_string_value(json_object_get(linked->article, "articleBody"));
  if (!body || !*body)
    return NULL;
  g_auto(OnrParagraphs) out = {0};
  if (onr_is_markup(body, strlen(body))) {
    g_autofree char *html = onr_is_html(body, strlen(body)) ? g_strdup(body) : mark_lines(body);
    onr_paragraphs_add_html(&out, html, strlen(html), NULL,
                            NULL); /* too large a tree: nothing, the page has it */
  } else {
    add_lines(&out, body);
  }
  return out.n_paragraphs > 0 ? g_strdup(onr_paragraphs_text(&out)) : NULL;
}

guint64 onr_linked_words(const OnrLinked *linked) {
  const json_t *count = json_object_get(linked->article, "wordCount");
  if (json_is_integer(count))
    return json_integer_value(count) > 0 ? (guint64)json_integer_value(count) : 0;
  return json_is_string(count) ? g_ascii_strtoull(json_string_value(count), NULL, 10) : 0;
}

static gboolean is_false(const json_t *value) {
  if (json_is_array(value))
    value = json_array_get(value, 0);
  const char *word = json_string_value(value);
  return json_is_false(value) ||
         (word && (g_ascii_strcasecmp(word, "false") == 0 || g_str_has_suffix(word, "/False")));
}

gboolean onr_linked_is_paid(const OnrLinked *linked, const char **selector) {
  const json_t *parts = json_object_get(linked->article, "hasPart");
  gboolean is_paid = is_false(json_object_get(linked->article, "isAccessibleForFree"));
  *selector = NULL;
  gsize n = json_is_array(parts) ? json_array_size(parts) : parts ? 1 : 0;
  for (gsize i = 0; i < n && !*selector; i++) {
    const json_t *part = json_is_array(parts) ? json_array_get(parts, i) : parts;
    if (!is_false(json_object_get(part, "isAccessibleForFree")))
      continue;
    is_paid = TRUE;
    const json_t *css = json_object_get(part, "cssSelector");
    *selector = json_string_value(json_is_array(css) ? json_array_get(css, 0) : css);
  }
  return is_paid;
}
