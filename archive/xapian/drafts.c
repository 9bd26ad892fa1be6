/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/xapian/drafts.h"

#include "archive/term_counts.h"
#include "archive/xapian/item.h"
#include "text/fold.h"
#include "text/name.h"

#include <string.h>

/* A form and its stem that are in the sets already: nearly every word is. */
#define N_NOTED 4096
typedef struct {
  guint8 form_length, stem_length;
  char bytes[30];
} Noted;

struct OnrDraftScratch {
  OnrXapDocument *document;
  OnrArticle *article;
  GString *value;
  GHashTable *stems[ONR_N_TABLES]; /* "Zstem" → set of its forms */
  Noted noted[ONR_N_TABLES][N_NOTED];
};

static int compare_strings(gconstpointer a, gconstpointer b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* --- keeping --- */

/* What is kept of the bytes' memory when they are emptied. */
#define KEPT_BYTES (1u << 20)

void onr_drafts_init(OnrDrafts *drafts) {
  drafts->items = g_array_new(FALSE, FALSE, sizeof(OnrDraft));
  drafts->bytes = g_byte_array_new();
}

void onr_drafts_clear(OnrDrafts *drafts) {
  g_clear_pointer(&drafts->items, g_array_unref);
  g_clear_pointer(&drafts->bytes, g_byte_array_unref);
}

void onr_drafts_empty(OnrDrafts *drafts) {
  gboolean is_large = drafts->bytes->len > KEPT_BYTES;
  g_array_set_size(drafts->items, 0);
  if (is_large) {
    g_byte_array_unref(drafts->bytes);
    drafts->bytes = g_byte_array_new();
  }
  g_byte_array_set_size(drafts->bytes, 0);
}

gboolean onr_drafts_have(const OnrDrafts *drafts, guint32 row) {
  guint low = 0, high = drafts->items->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    guint32 found = g_array_index(drafts->items, OnrDraft, middle).row;
    if (found == row)
      return TRUE;
    if (found < row)
      low = middle + 1;
    else
      high = middle;
  }
  return FALSE;
}

/* A block: its length, then its bytes. */
static void add_block(GByteArray *out, const void *bytes, gsize length) {
  guint32 n = (guint32)length;
  g_byte_array_append(out, (const guint8 *)&n, sizeof n);
  if (n)
    g_byte_array_append(out, bytes, n);
}

static void add_postings(GByteArray *out, const OnrPostings *postings) {
  add_block(out, postings->bytes ? postings->bytes->data : NULL, postings->bytes ? postings->bytes->len : 0);
}

/* Blocks: the article; postings of its text, title and fields; of each quote, those of words and fields. */
void onr_drafts_add(OnrDrafts *drafts, const OnrArticle *article, guint32 first_quote,
                    const OnrArticlePostings *postings) {
  g_autoptr(GByteArray) item = g_byte_array_new();
  OnrDraft draft = {.row = (guint32)article->row,
                    .first_quote = first_quote,
                    .n_quotes = postings->n_quotes,
                    .begin = drafts->bytes->len};
  onr_item_pack(article, item);
  add_block(drafts->bytes, item->data, item->len);
  add_postings(drafts->bytes, &postings->text);
  add_postings(drafts->bytes, &postings->title);
  add_postings(drafts->bytes, &postings->fields);
  for (guint i = 0; i < postings->n_quotes; i++) {
    const OnrQuotePostings *quote = &g_array_index(postings->quotes, OnrQuotePostings, i);
    add_postings(drafts->bytes, &quote->words);
    add_postings(drafts->bytes, &quote->fields);
  }
  draft.end = drafts->bytes->len;
  g_array_append_val(drafts->items, draft);
}

typedef struct {
  const guint8 *bytes;
  gsize length;
} Block;

static Block next_block(const OnrDrafts *drafts, gsize *at) {
  guint32 n;
  memcpy(&n, drafts->bytes->data + *at, sizeof n);
  Block block = {drafts->bytes->data + *at + sizeof n, n};
  *at += sizeof n + n;
  return block;
}

/* --- documents --- */

OnrDraftScratch *onr_draft_scratch_new(GError **error) {
  g_autoptr(OnrDraftScratch) scratch = g_new0(OnrDraftScratch, 1);
  scratch->article = onr_article_new();
  for (int t = 0; t < ONR_N_TABLES; t++)
    scratch->stems[t] =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
  scratch->value = g_string_new(NULL);
  scratch->document = onr_xap_document_new(error);
  return scratch->document ? g_steal_pointer(&scratch) : NULL;
}

void onr_draft_scratch_free(OnrDraftScratch *scratch) {
  if (!scratch)
    return;
  onr_xap_document_free(scratch->document);
  onr_article_free(scratch->article);
  for (int t = 0; t < ONR_N_TABLES; t++)
    g_hash_table_unref(scratch->stems[t]);
  g_string_free(scratch->value, TRUE);
  g_free(scratch);
}

/* --- words --- */

/* TRUE for most forms that have been noted, and for no other. */
static gboolean is_noted(Noted *noted, const OnrPosting *form, const OnrPosting *stem) {
  if (form->length + stem->length > sizeof noted->bytes)
    return FALSE;
  Noted *entry = &noted[onr_term_hash(form->term, form->length) % N_NOTED];
  if (entry->form_length == form->length && entry->stem_length == stem->length &&
      memcmp(entry->bytes, form->term, form->length) == 0 &&
      memcmp(entry->bytes + form->length, stem->term, stem->length) == 0)
    return TRUE;
  entry->form_length = (guint8)form->length;
  entry->stem_length = (guint8)stem->length;
  memcpy(entry->bytes, form->term, form->length);
  memcpy(entry->bytes + form->length, stem->term, stem->length);
  return FALSE;
}

/* A form's stem is posted after it, at its position. */
static void note_form(OnrDraftScratch *s, OnrTable table, const OnrPosting *form, const OnrPosting *stem) {
  gsize n_mark = strlen(ONR_TERM_STEM);
  if (stem->length == form->length + n_mark && memcmp(stem->term + n_mark, form->term, form->length) == 0)
    return;
  if (is_noted(s->noted[table], form, stem))
    return;
  g_string_truncate(s->value, 0);
  g_string_append_len(s->value, stem->term, stem->length);
  GHashTable *forms = g_hash_table_lookup(s->stems[table], s->value->str);
  if (!forms) {
    forms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_hash_table_insert(s->stems[table], g_strdup(s->value->str), forms);
  }
  g_string_truncate(s->value, 0);
  g_string_append_len(s->value, form->term, form->length);
  if (!g_hash_table_contains(forms, s->value->str))
    g_hash_table_add(forms, g_strdup(s->value->str));
}

/* A stem may be spelled as a word that has another stem (aliasing → alias, but alias → alia): that word is no
   form of it, and the stem's set says so. One document has both words or the search for one does not meet it,
   so it is enough to look at the words of the same part. */
static void mark_stems(const OnrDraftScratch *scratch, OnrTable table) {
  GHashTable *stems = scratch->stems[table];
  g_autoptr(GHashTable) others = g_hash_table_new(NULL, NULL);
  g_autoptr(GString) stem = g_string_new(NULL);
  GHashTableIter iter, inner;
  gpointer forms, form;
  g_hash_table_iter_init(&iter, stems);
  while (g_hash_table_iter_next(&iter, NULL, &forms)) {
    g_hash_table_iter_init(&inner, forms);
    while (g_hash_table_iter_next(&inner, &form, NULL)) {
      g_string_printf(stem, ONR_TERM_STEM "%s", (char *)form);
      GHashTable *other = g_hash_table_lookup(stems, stem->str);
      if (other)
        g_hash_table_add(others, other);
    }
  }
  g_hash_table_iter_init(&iter, others);
  while (g_hash_table_iter_next(&iter, &forms, NULL))
    g_hash_table_add(forms, g_strdup(ONR_XAPIAN_NO_FORM));
}

void onr_draft_scratch_each_stem(const OnrDraftScratch *scratch, OnrTable table, OnrStemFunc each,
                                 gpointer data) {
  GHashTableIter iter;
  gpointer stem, forms;
  mark_stems(scratch, table);
  g_hash_table_iter_init(&iter, scratch->stems[table]);
  while (g_hash_table_iter_next(&iter, &stem, &forms)) {
    guint n;
    g_autofree gpointer *list = g_hash_table_get_keys_as_array(forms, &n);
    qsort(list, n, sizeof *list, compare_strings);
    g_autofree char *joined = g_strjoinv("\t", (char **)list);
    each(stem, joined, data);
  }
}

/* Posts bare words from position BASE + 1 on; *LAST gets the last position. Stems have no positions: those of
   their forms stand for them, at half the cost. */
static gboolean post_words(OnrDraftScratch *s, OnrTable table, Block block, guint32 base, guint32 wdf,
                           guint32 *last, GError **error) {
  guint32 position = base;
  OnrPosting posting, form = {0};
  for (gsize at = 0; onr_postings_next(block.bytes, block.length, &at, &posting);) {
    position += !posting.is_colocated;
    if (posting.is_stem)
      note_form(s, table, &form, &posting);
    else
      form = posting;
    if (!(posting.is_stem ? onr_xap_document_add_term(s->document, posting.term, posting.length, wdf, error)
                          : onr_xap_document_add_posting(s->document, posting.term, posting.length, position,
                                                         wdf, error)))
      return FALSE;
  }
  *last = position;
  return TRUE;
}

/* Words of fields, which add nothing to the document's length. */
static gboolean post_fields(OnrXapDocument *doc, Block block, GError **error) {
  guint32 position = 0;
  OnrPosting posting;
  for (gsize at = 0; onr_postings_next(block.bytes, block.length, &at, &posting);) {
    position += !posting.is_colocated;
    if (!onr_xap_document_add_posting(doc, posting.term, posting.length, position, 0, error))
      return FALSE;
  }
  return TRUE;
}

/* The article's short fields once more, on a quote. */
static gboolean post_of_article(OnrXapDocument *doc, Block block, GError **error) {
  char term[ONR_XAP_TERM_MAX];
  const gsize n_prefix = strlen(ONR_XAPIAN_OF_ARTICLE);
  OnrPosting posting;
  memcpy(term, ONR_XAPIAN_OF_ARTICLE, n_prefix);
  for (gsize at = 0; onr_postings_next(block.bytes, block.length, &at, &posting);) {
    if (!posting.length || !strchr(ONR_XAPIAN_QUOTED_FIELDS, posting.term[0]))
      continue;
    memcpy(term + n_prefix, posting.term, posting.length);
    if (!onr_xap_document_add_term(doc, term, n_prefix + posting.length, 0, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean add_filter(OnrXapDocument *doc, const char *prefix, const char *value, GError **error) {
  g_autofree char *term = onr_term_compose(prefix, FALSE, value);
  return onr_xap_document_add_term(doc, term, strlen(term), 0, error);
}

static gboolean add_digit(OnrXapDocument *doc, const char *prefix, guint digit, GError **error) {
  const char value[] = {(char)('0' + digit), '\0'};
  return add_filter(doc, prefix, value, error);
}

static gboolean add_entity(OnrXapDocument *doc, const char *prefix, const OnrArticle *article, guint32 entity,
                           GError **error) {
  return add_filter(doc, prefix, g_array_index(article->entities, OnrEntityRow, entity).id, error);
}

static gboolean add_speakers(OnrXapDocument *doc, const OnrArticle *article, const OnrQuoteRow *quote,
                             GError **error) {
  for (guint i = 0; i < quote->speakers->len; i++)
    if (!add_entity(doc, ONR_XAPIAN_SPEAKER, article, g_array_index(quote->speakers, guint32, i), error))
      return FALSE;
  return TRUE;
}

/* --- values --- */

static gboolean set_order(OnrDraftScratch *s, guint number, GError **error) {
  onr_xapian_order_value(s->article->id, number, s->value);
  return onr_xap_document_set_value(s->document, ONR_XAPIAN_SLOT_ORDER, s->value->str, s->value->len, error);
}

static gboolean set_number(OnrXapDocument *doc, OnrXapianSlot slot, guint32 value, GError **error) {
  char bytes[4];
  onr_xapian_put_u32(bytes, value);
  return onr_xap_document_set_value(doc, slot, bytes, sizeof bytes, error);
}

static gboolean set_text(OnrXapDocument *doc, OnrXapianSlot slot, const char *value, GError **error) {
  return !value || !*value || onr_xap_document_set_value(doc, slot, value, strlen(value), error);
}

static gboolean set_day(OnrDraftScratch *s, GError **error) {
  gint32 day = s->article->day;
  if (day == ONR_NO_DAY)
    return add_filter(s->document, ONR_XAPIAN_UNDATED, "", error);
  guint32 value = onr_xapian_day_value(day);
  return set_number(s->document, ONR_XAPIAN_SLOT_DAY, value, error) &&
         set_number(s->document, ONR_XAPIAN_SLOT_DAY_BACK, ~value, error);
}

static gboolean set_article(OnrDraftScratch *s, GError **error) {
  guint8 digest[16];
  gsize length = sizeof digest;
  GChecksum *checksum = g_checksum_new(G_CHECKSUM_MD5);
  g_checksum_update(checksum, (const guchar *)s->article->id, -1);
  g_checksum_get_digest(checksum, digest, &length);
  g_checksum_free(checksum);
  return onr_xap_document_set_value(s->document, ONR_XAPIAN_SLOT_ARTICLE, (const char *)digest, 8, error);
}

/* What articles and quotes have in common. */
static gboolean set_common(OnrDraftScratch *s, guint number, GError **error) {
  return set_order(s, number, error) && set_day(s, error) &&
         set_text(s->document, ONR_XAPIAN_SLOT_PUBLISHER, s->article->publisher, error) &&
         add_filter(s->document, ONR_XAPIAN_KEY, s->article->id, error);
}

/* --- names --- */

/* WORDS from FIRST on, with blanks between. */
static void append_words(GString *out, const GPtrArray *words, guint first) {
  for (guint i = first; i < words->len; i++)
    g_string_append_printf(out, "%s%s", i > first ? " " : "", (char *)words->pdata[i]);
}

/* A filter for each word of a name, from it to the name's end: whatever part of the name is asked for begins
   one. A name too long for a term is found by its first words no less. */
static gboolean add_name(OnrDraftScratch *s, const char *name, const char *id, GError **error) {
  g_autoptr(GPtrArray) keys = onr_name_keys(name), words = onr_name_words(name);
  for (guint first = 0; first < keys->len; first++) {
    g_string_assign(s->value, ONR_XAPIAN_NAME);
    append_words(s->value, keys, first);
    g_string_append_c(s->value, '\t');
    append_words(s->value, words, first);
    g_string_append_printf(s->value, "\t%s", id);
    if (s->value->len <= ONR_TERM_MAX &&
        !onr_xap_document_add_term(s->document, s->value->str, s->value->len, 0, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean is_part_of(const char *form, const char *name) {
  const char *at = strstr(name, form);
  gsize length = strlen(form);
  return at && (at == name || at[-1] == ' ') && (at[length] == '\0' || at[length] == ' ');
}

/* All that the article calls the entity; what is part of its full name is found by that. */
static gboolean add_names(OnrDraftScratch *s, guint32 i, GError **error) {
  const OnrArticle *article = s->article;
  const OnrEntityRow *entity = &g_array_index(article->entities, OnrEntityRow, i);
  if (!add_name(s, entity->name, entity->id, error))
    return FALSE;
  for (guint m = 0; m < article->mentions->len; m++) {
    const OnrMentionRow *mention = &g_array_index(article->mentions, OnrMentionRow, m);
    if (mention->entity != i)
      continue;
    OnrSpan bytes = onr_offsets_span_to_bytes(onr_article_offsets(article), mention->span);
    g_autofree char *form = g_strndup(article->text + bytes.begin, onr_span_length(bytes));
    if (!is_part_of(form, entity->name) && !add_name(s, form, entity->id, error))
      return FALSE;
  }
  return TRUE;
}

/* --- an article --- */

/* Its components, so that `path:` finds a folder as a phrase finds words. */
static gboolean add_path(OnrXapDocument *doc, const char *path, GError **error) {
  if (!path || !*path)
    return TRUE;
  g_auto(GStrv) components = g_strsplit(path, "/", -1);
  for (guint i = 0; components[i]; i++) {
    g_autofree char *term = onr_term_compose(ONR_XAPIAN_COMPONENT, FALSE, components[i]);
    if (!onr_xap_document_add_posting(doc, term, strlen(term), i + 1, 0, error))
      return FALSE;
  }
  return add_filter(doc, ONR_XAPIAN_PATH, path, error);
}

/* An article mentions all of its entities, also one that no place in its text is marked for, as the record
 * has it. */
static gboolean add_article_filters(OnrDraftScratch *s, GError **error) {
  const OnrArticle *article = s->article;
  for (guint i = 0; i < article->entities->len; i++)
    if (!add_entity(s->document, ONR_XAPIAN_MENTION, article, i, error) || !add_names(s, i, error))
      return FALSE;
  for (guint i = 0; i < article->quotes->len; i++)
    if (!add_speakers(s->document, article, &g_array_index(article->quotes, OnrQuoteRow, i), error))
      return FALSE;
  return (!article->quotes->len || add_filter(s->document, ONR_XAPIAN_QUOTED, "", error)) &&
         (!article->url || add_filter(s->document, ONR_XAPIAN_URL, article->url, error)) &&
         add_path(s->document, article->path, error);
}

static gboolean make_article(const OnrDrafts *drafts, gsize *at, OnrDraftScratch *s, Block *fields,
                             GError **error) {
  guint32 last;
  Block item = next_block(drafts, at), text = next_block(drafts, at), title = next_block(drafts, at);
  *fields = next_block(drafts, at);
  return onr_item_unpack(item.bytes, item.length, s->article, error) &&
         onr_xap_document_reset(s->document, error) &&
         post_words(s, ONR_TABLE_ARTICLES, text, 0, 1, &last, error) &&
         post_words(s, ONR_TABLE_ARTICLES, title, last + ONR_XAPIAN_FIELD_GAP, ONR_TITLE_WEIGHT, &last,
                    error) &&
         post_fields(s->document, *fields, error) && set_common(s, 0, error) &&
         add_article_filters(s, error) &&
         onr_xap_document_set_data(s->document, (const char *)item.bytes, item.length, error);
}

/* --- a quote --- */

static gboolean add_mentions(OnrDraftScratch *s, const OnrQuoteRow *quote, GError **error) {
  const GArray *mentions = s->article->mentions;
  for (guint m = 0; m < mentions->len; m++) {
    const OnrMentionRow *mention = &g_array_index(mentions, OnrMentionRow, m);
    for (guint c = 0; c < quote->content->len; c++)
      if (onr_span_overlaps(mention->span, g_array_index(quote->content, OnrSpan, c)) &&
          !add_entity(s->document, ONR_XAPIAN_MENTION, s->article, mention->entity, error))
        return FALSE;
  }
  return TRUE;
}

static gboolean add_speaker_names(OnrDraftScratch *s, const OnrQuoteRow *quote, GError **error) {
  for (guint i = 0; i < quote->speakers->len; i++)
    if (!add_names(s, g_array_index(quote->speakers, guint32, i), error))
      return FALSE;
  return TRUE;
}

static gboolean add_quote_filters(OnrDraftScratch *s, guint i, GError **error) {
  const OnrQuoteRow *quote = &g_array_index(s->article->quotes, OnrQuoteRow, i);
  const char confidence = (char)(quote->confidence + 1);
  return add_digit(s->document, ONR_XAPIAN_KIND, quote->kind, error) &&
         add_digit(s->document, ONR_XAPIAN_ACT, quote->act, error) &&
         onr_xap_document_set_value(s->document, ONR_XAPIAN_SLOT_CONFIDENCE, &confidence, 1, error) &&
         set_article(s, error) && add_speakers(s->document, s->article, quote, error) &&
         add_speaker_names(s, quote, error) && add_mentions(s, quote, error);
}

static gboolean make_quote(const OnrDrafts *drafts, gsize *at, OnrDraftScratch *s, Block article_fields,
                           guint i, GError **error) {
  guint32 last;
  Block words = next_block(drafts, at), fields = next_block(drafts, at);
  return onr_xap_document_reset(s->document, error) &&
         post_words(s, ONR_TABLE_QUOTES, words, 0, 1, &last, error) &&
         post_fields(s->document, fields, error) && post_of_article(s->document, article_fields, error) &&
         set_common(s, g_array_index(s->article->quotes, OnrQuoteRow, i).number, error) && add_quote_filters(s, i, error);
}

gboolean onr_draft_write(const OnrDrafts *drafts, guint i, OnrDraftScratch *scratch,
                         OnrXapWriter *const writers[ONR_N_TABLES], GError **error) {
  const OnrDraft *draft = &g_array_index(drafts->items, OnrDraft, i);
  gsize at = draft->begin;
  Block fields;
  if (!make_article(drafts, &at, scratch, &fields, error) ||
      !onr_xap_writer_put(writers[ONR_TABLE_ARTICLES], draft->row, scratch->document, error))
    return FALSE;
  for (guint q = 0; q < draft->n_quotes; q++)
    if (!make_quote(drafts, &at, scratch, fields, q, error) ||
        !onr_xap_writer_put(writers[ONR_TABLE_QUOTES], draft->first_quote + q, scratch->document, error))
      return FALSE;
  return TRUE;
}
