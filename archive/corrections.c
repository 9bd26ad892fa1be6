/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines, and what they come to for names. */
#include "archive/corrections_private.h"

#include "identity/signature.h"

#include <string.h>

static const char *const kind_names[] = {"speaker", "not-a-quote", "merge", "split", "bearer"};

const char *onr_correction_kind_name(OnrCorrectionKind kind) {
  return kind_names[kind];
}

static void correction_clear(gpointer correction) {
  onr_correction_clear(correction);
}

void onr_correction_clear(OnrCorrection *correction) {
  g_free(correction->article);
  g_free(correction->words);
  g_free(correction->identity);
  g_free(correction->name_id);
  g_free(correction->name);
  g_clear_pointer(&correction->ids, g_ptr_array_unref);
  *correction = (OnrCorrection){0};
}

static OnrCorrection copy_of(const OnrCorrection *from) {
  OnrCorrection copy = {.kind = from->kind,
                        .article = g_strdup(from->article),
                        .content = from->content,
                        .words = g_strdup(from->words),
                        .identity = g_strdup(from->identity),
                        .name_id = g_strdup(from->name_id),
                        .name = g_strdup(from->name)};
  if (from->ids) {
    copy.ids = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < from->ids->len; i++)
      g_ptr_array_add(copy.ids, g_strdup(from->ids->pdata[i]));
  }
  return copy;
}

OnrCorrections *onr_corrections_new(void) {
  OnrCorrections *corrections = g_new0(OnrCorrections, 1);
  corrections->all = g_array_new(FALSE, FALSE, sizeof(OnrCorrection));
  g_array_set_clear_func(corrections->all, correction_clear);
  corrections->of_article =
      g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  return corrections;
}

void onr_corrections_free(OnrCorrections *corrections) {
  if (!corrections)
    return;
  g_array_unref(corrections->all);
  g_hash_table_unref(corrections->of_article);
  g_free(corrections);
}

guint onr_corrections_count(const OnrCorrections *corrections) {
  return corrections->all->len;
}

const OnrCorrection *onr_corrections_get(const OnrCorrections *corrections, guint i) {
  return &g_array_index(corrections->all, OnrCorrection, i);
}

gboolean onr_correction_is_of_quote(const OnrCorrection *correction) {
  return correction->kind == ONR_CORRECTION_SPEAKER || correction->kind == ONR_CORRECTION_NOT_A_QUOTE;
}

static void note_article(OnrCorrections *corrections, guint i) {
  const OnrCorrection *correction = onr_corrections_get(corrections, i);
  if (!onr_correction_is_of_quote(correction))
    return;
  GArray *of = g_hash_table_lookup(corrections->of_article, correction->article);
  if (!of) {
    of = g_array_new(FALSE, FALSE, sizeof(guint));
    g_hash_table_insert(corrections->of_article, g_strdup(correction->article), of);
  }
  g_array_append_val(of, i);
}

void onr_corrections_remove(OnrCorrections *corrections, guint i) {
  g_array_remove_index(corrections->all, i);
  g_hash_table_remove_all(corrections->of_article);
  for (guint k = 0; k < corrections->all->len; k++)
    note_article(corrections, k);
}

/* --- lines --- */

static void add_field(GString *line, const char *field) {
  g_string_append_c(line, '\t');
  for (const char *p = field ? field : ""; *p; p++) {
    if (*p == '\t')
      g_string_append(line, "\\t");
    else if (*p == '\n')
      g_string_append(line, "\\n");
    else if (*p == '\\')
      g_string_append(line, "\\\\");
    else
      g_string_append_c(line, *p);
  }
}

static void add_number(GString *line, guint32 number) {
  g_string_append_printf(line, "\t%u", number);
}

char *onr_correction_print(const OnrCorrection *c) {
  GString *line = g_string_new(kind_names[c->kind]);
  for (guint i = 0; c->ids && i < c->ids->len; i++)
    add_field(line, c->ids->pdata[i]);
  if (c->article)
    add_field(line, c->article);
  if (onr_correction_is_of_quote(c)) {
    add_number(line, c->content.begin);
    add_number(line, c->content.end);
    add_field(line, c->words);
  }
  if (c->kind == ONR_CORRECTION_BEARER)
    add_field(line, c->name_id);
  if (c->kind == ONR_CORRECTION_BEARER || c->kind == ONR_CORRECTION_SPEAKER)
    add_field(line, c->identity);
  if (c->kind == ONR_CORRECTION_SPEAKER) {
    add_field(line, c->name_id);
    add_field(line, c->name);
  }
  return g_string_free(line, FALSE);
}

char *onr_corrections_print(const OnrCorrections *corrections) {
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < corrections->all->len; i++) {
    g_autofree char *line = onr_correction_print(onr_corrections_get(corrections, i));
    g_string_append_printf(text, "%s\n", line);
  }
  return g_string_free(text, FALSE);
}

/* FIELD without its backslashes. */
static char *unescape(const char *field) {
  GString *out = g_string_new(NULL);
  for (const char *p = field; *p; p++) {
    if (*p != '\\' || !p[1]) {
      g_string_append_c(out, *p);
      continue;
    }
    p++;
    g_string_append_c(out, (char)(*p == 't' ? '\t' : *p == 'n' ? '\n' : *p));
  }
  return g_string_free(out, FALSE);
}

static gboolean read_number(const char *field, guint32 *out) {
  guint64 number;
  if (!g_ascii_string_to_unsigned(field, 10, 0, G_MAXUINT32, &number, NULL))
    return FALSE;
  *out = (guint32)number;
  return TRUE;
}

static char *take(const char *field) {
  return *field ? unescape(field) : NULL;
}

static gboolean read_quote(const GStrv f, guint n, OnrCorrection *out) {
  if (n < 5 || !*f[1] || !read_number(f[2], &out->content.begin) || !read_number(f[3], &out->content.end) ||
      out->content.begin >= out->content.end)
    return FALSE;
  out->article = unescape(f[1]);
  out->words = unescape(f[4]);
  if (out->kind == ONR_CORRECTION_NOT_A_QUOTE)
    return n == 5;
  if (n != 8 || (*f[5] && (!*f[6] || !*f[7])))
    return FALSE;
  out->identity = take(f[5]);
  out->name_id = take(f[6]);
  out->name = take(f[7]);
  return TRUE;
}

static gboolean read_bearer(const GStrv f, guint n, OnrCorrection *out) {
  if (n != 4 || !*f[1] || !*f[2] || !*f[3])
    return FALSE;
  out->article = unescape(f[1]);
  out->name_id = unescape(f[2]);
  out->identity = unescape(f[3]);
  return TRUE;
}

static gboolean read_ids(const GStrv f, guint n, OnrCorrection *out) {
  out->ids = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 1; i < n; i++) {
    if (!*f[i])
      return FALSE;
    g_ptr_array_add(out->ids, unescape(f[i]));
  }
  return out->ids->len >= 2;
}

static gboolean read_fields(const GStrv f, guint n, OnrCorrection *out) {
  int kind = 0;
  while (kind < ONR_N_CORRECTIONS && strcmp(f[0], kind_names[kind]) != 0)
    kind++;
  out->kind = (OnrCorrectionKind)kind;
  switch (out->kind) {
  case ONR_CORRECTION_SPEAKER:
  case ONR_CORRECTION_NOT_A_QUOTE:
    return read_quote(f, n, out);
  case ONR_CORRECTION_MERGE:
  case ONR_CORRECTION_SPLIT:
    return read_ids(f, n, out);
  case ONR_CORRECTION_BEARER:
    return read_bearer(f, n, out);
  default:
    return FALSE;
  }
}

static gboolean read_line(OnrCorrections *corrections, const char *line) {
  g_auto(GStrv) fields = g_strsplit(line, "\t", -1);
  OnrCorrection correction = {0};
  if (!g_utf8_validate(line, -1, NULL) || !read_fields(fields, g_strv_length(fields), &correction)) {
    onr_correction_clear(&correction);
    return FALSE;
  }
  g_array_append_val(corrections->all, correction);
  note_article(corrections, corrections->all->len - 1);
  return TRUE;
}

OnrCorrections *onr_corrections_parse(const char *text, GError **error) {
  g_autoptr(OnrCorrections) corrections = onr_corrections_new();
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    if (g_str_has_suffix(lines[i], "\r"))
      lines[i][strlen(lines[i]) - 1] = '\0';
    if (!*lines[i] || *lines[i] == '#' || read_line(corrections, lines[i]))
      continue;
    g_autofree char *kind = g_strndup(lines[i], strcspn(lines[i], "\t "));
    g_autofree char *valid = g_utf8_make_valid(kind, -1);
    g_set_error(
        error, ONR_ERROR, ONR_ERROR_FORMAT,
        "line %u is no correction ('%s …'): correct it, or take it out; docs/formats.md has the fields",
        i + 1, valid);
    return NULL;
  }
  return g_steal_pointer(&corrections);
}

/* --- adding --- */

static gboolean is_same_list(const GPtrArray *a, const GPtrArray *b) {
  gboolean is_same = a->len == b->len;
  for (guint i = 0; is_same && i < a->len; i++)
    is_same = !strcmp(a->pdata[i], b->pdata[i]);
  return is_same;
}

/* Is A about what B is about, so that the later of them holds? */
static gboolean is_about_same(const OnrCorrection *a, const OnrCorrection *b) {
  if (a->kind != b->kind)
    return FALSE;
  if (a->ids)
    return is_same_list(a->ids, b->ids);
  if (strcmp(a->article, b->article) != 0)
    return FALSE;
  if (a->kind == ONR_CORRECTION_BEARER)
    return !strcmp(a->name_id, b->name_id);
  return a->content.begin == b->content.begin && a->content.end == b->content.end &&
         !strcmp(a->words, b->words);
}

gboolean onr_corrections_add(OnrCorrections *corrections, const OnrCorrection *correction) {
  g_autofree char *line = onr_correction_print(correction);
  for (guint i = corrections->all->len; i-- > 0;) {
    const OnrCorrection *other = onr_corrections_get(corrections, i);
    g_autofree char *other_line = onr_correction_print(other);
    if (!is_about_same(other, correction))
      continue;
    if (!strcmp(line, other_line) && i + 1 == corrections->all->len)
      return FALSE;
    onr_corrections_remove(corrections, i);
  }
  OnrCorrection copy = copy_of(correction);
  g_array_append_val(corrections->all, copy);
  note_article(corrections, corrections->all->len - 1);
  return TRUE;
}

char *onr_correction_new_bearer(const char *name_id, const char *const *articles) {
  guint32 least = G_MAXUINT32;
  for (; *articles; articles++)
    least = MIN(least, onr_signature_lot(*articles));
  return g_strdup_printf("%s~%08x", name_id, least);
}

/* --- names --- */

/* What is said so far: id → the id that it is, itself where it is no other's. */
typedef struct {
  GHashTable *same;
  GHashTable *reasons; /* id → static */
} Sayings;

static const char *root_of(const Sayings *sayings, const char *id) {
  const char *next;
  while ((next = g_hash_table_lookup(sayings->same, id)) && strcmp(next, id) != 0)
    id = next;
  return id;
}

/* ID and IS may be borrowed from SAYINGS. */
static void say(const Sayings *sayings, const char *id, const char *is, const char *reason) {
  char *own = g_strdup(id);
  g_hash_table_insert(sayings->reasons, g_strdup(id), (gpointer)reason);
  g_hash_table_insert(sayings->same, own, g_strdup(is));
}

static void say_merge(const Sayings *sayings, const GPtrArray *ids) {
  const char *target = root_of(sayings, ids->pdata[0]);
  for (guint i = 1; i < ids->len; i++) {
    const char *other = root_of(sayings, ids->pdata[i]);
    if (strcmp(other, target) != 0)
      say(sayings, other, target, "merged");
  }
  if (!g_hash_table_contains(sayings->same, target))
    say(sayings, target, target, "merged");
}

/* The first of the names that leave stands for them. */
static void say_split(const Sayings *sayings, const GPtrArray *ids) {
  if (!g_hash_table_contains(sayings->same, ids->pdata[0]))
    say(sayings, ids->pdata[0], ids->pdata[0], "split");
  for (guint i = 1; i < ids->len; i++)
    say(sayings, ids->pdata[i], ids->pdata[1], "split");
}

static void add_ruling(GArray *rulings, const char *id, const char *article, const char *identity,
                       const char *reason) {
  const char *part = strchr(id, '~');
  OnrRuling ruling = {.name = part ? g_strndup(id, (gsize)(part - id)) : g_strdup(id),
                      .article = g_strdup(article),
                      .part = part ? g_ascii_strtoll(part + 1, NULL, 16) : -1,
                      .identity = g_strdup(identity),
                      .reason = g_strdup(reason)};
  g_array_append_val(rulings, ruling);
}

static gboolean is_pin(const OnrCorrection *c) {
  return c->kind == ONR_CORRECTION_BEARER ||
         (c->kind == ONR_CORRECTION_SPEAKER && c->identity && strcmp(c->identity, c->name_id) != 0);
}

GArray *onr_corrections_rulings(const OnrCorrections *corrections) {
  GArray *rulings = g_array_new(FALSE, FALSE, sizeof(OnrRuling));
  g_array_set_clear_func(rulings, onr_ruling_clear);
  Sayings sayings = {g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
                     g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
  for (guint i = 0; i < corrections->all->len; i++) {
    const OnrCorrection *c = onr_corrections_get(corrections, i);
    if (c->kind == ONR_CORRECTION_MERGE)
      say_merge(&sayings, c->ids);
    else if (c->kind == ONR_CORRECTION_SPLIT)
      say_split(&sayings, c->ids);
    else if (is_pin(c) && !g_hash_table_contains(sayings.same, c->identity))
      say(&sayings, c->identity, c->identity, "correction");
  }
  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init(&iter, sayings.same);
  while (g_hash_table_iter_next(&iter, &id, NULL))
    if (!strchr(id, '~') || strcmp(root_of(&sayings, id), id) != 0)
      add_ruling(rulings, id, "", root_of(&sayings, id), g_hash_table_lookup(sayings.reasons, id));
  for (guint i = 0; i < corrections->all->len; i++) {
    const OnrCorrection *c = onr_corrections_get(corrections, i);
    if (is_pin(c))
      add_ruling(rulings, c->name_id, c->article, root_of(&sayings, c->identity), "correction");
  }
  g_hash_table_unref(sayings.same);
  g_hash_table_unref(sayings.reasons);
  return rulings;
}
