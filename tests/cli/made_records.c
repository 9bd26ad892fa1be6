/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "made_records.h"

#include "support/support.h"
#include "text/date.h"
#include <string.h>

/* --- records --- */

/* One quote split in two, a speaker with a role; a quote by nobody named; text outside the BMP before both.
 */
static const char TEXT[] =
    "\360\237\214\212 Ferry row\n"
    "\n"
    "“The boats will sail,” said Ada Quill, the harbour master, “whatever the\nunion says.”\n"
    "\n"
    "A senior official hinted that the \033[31mfare\033[0m would rise.\n";

static GArray *spans_of(GArray *spans, const char *const *words) {
  for (; *words; words++) {
    const char *found = strstr(TEXT, *words);
    OnrSpan span = {(guint32)g_utf8_strlen(TEXT, found - TEXT), 0};
    span.end = span.begin + (guint32)g_utf8_strlen(*words, -1);
    g_array_append_val(spans, span);
  }
  return spans;
}

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void add_quotes(OnrArticle *a) {
  OnrQuoteRow *direct = onr_article_add_quote(a);
  direct->confidence = 97;
  direct->speaker_confidence = 98;
  direct->role = "harbour master";
  direct->speaker_type = ONR_SPEAKER_PERSON;
  spans_of(direct->content, WORDS("“The boats will sail,”", "“whatever the\nunion says.”"));
  spans_of(direct->cue, WORDS("said"));
  spans_of(direct->source, WORDS("Ada Quill, the harbour master,"));
  OnrQuoteRow *indirect = onr_article_add_quote(a);
  *indirect = (OnrQuoteRow){.number = indirect->number,
                            .kind = ONR_QUOTE_INDIRECT,
                            .act = ONR_ACT_ATTITUDE,
                            .speaker_type = ONR_SPEAKER_UNNAMED,
                            .confidence = 5,
                            .speaker_confidence = 58,
                            .speakers = indirect->speakers,
                            .source = indirect->source,
                            .cue = indirect->cue,
                            .content = indirect->content};
  spans_of(indirect->content, WORDS("that the \033[31mfare\033[0m would rise"));
  spans_of(indirect->cue, WORDS("hinted"));
  spans_of(indirect->source, WORDS("A senior official"));
}

static OnrArticle *make_article(void) {
  OnrArticle *a = onr_article_new();
  a->id = "kw 1#x";
  a->path = "/news/ferry \033[2Jrow.jsonl";
  a->member = "17";
  a->title = "=1+2, \"Ferry\" \302\233row\r\n\ttitle";
  a->byline = "Bo Tarn";
  a->dateline = "SANDHYTHE";
  a->section = "Sea";
  a->language = "en-GB";
  a->published = "2024-06-01T08:30:00+02:00";
  a->day = onr_date_days(2024, 6, 1);
  a->publisher = "-Courier";
  a->url = "https://courier.example/?a=1&b=\\2";
  a->text = TEXT;
  a->text_length = strlen(TEXT);
  a->has_attribution = TRUE;
  OnrEntityRow quill = {
      .id = "person:ada-quill", .name = "Ada Quill", .type = ONR_ENTITY_PERSON, .role = "harbour master"};
  g_array_append_val(a->entities, quill);
  OnrMentionRow mention = {.span = {35, 44}, .entity = 0};
  g_array_append_val(a->mentions, mention);
  add_quotes(a);
  onr_article_add_note(a, ONR_NOTE_SLUG, "FERRY-\033[7mROW\033[0m");
  onr_article_add_note(a, ONR_NOTE_SUBJECT, "medtop:20000367");
  const guint32 speaker = 0;
  g_array_append_val(g_array_index(a->quotes, OnrQuoteRow, 0).speakers, speaker);
  return a;
}

/* An article with nothing that may be left out. */
static OnrArticle *make_bare_article(void) {
  OnrArticle *a = onr_article_new();
  a->id = "bare";
  a->path = "\377\376.txt"; /* a name that is no UTF-8 */
  a->member = "";
  a->text = "";
  a->day = ONR_NO_DAY;
  return a;
}

static GArray *make_matches(const char *text, const char *word) {
  GArray *matches = g_array_new(FALSE, FALSE, sizeof(OnrSpan));
  const char *found = strstr(text, word);
  OnrSpan span = {(guint32)(found - text), (guint32)(found - text + (gssize)strlen(word))};
  g_array_append_val(matches, span);
  return matches;
}

/* The group of a hit that is ID: OTHERS more publications, each of another paper. WORDS: of quotes. */
static GPtrArray *make_copies(const char *id, guint others, const char *words) {
  GPtrArray *copies = g_ptr_array_new_with_free_func(onr_copy_free);
  for (guint i = 0; i <= others; i++) {
    OnrCopy *copy = g_new0(OnrCopy, 1);
    copy->is_asked = i == 1;
    copy->id = copy->is_asked ? g_strdup(id) : g_strdup_printf("copy %u", i);
    copy->published = i == 2 ? NULL : g_strdup("2024-06-01T07:00:00Z");
    copy->publisher = i == 3 ? NULL : g_strdup_printf("The \033Herald %u", i);
    copy->words = g_strdup(i == 2 ? "“The boats won't sail,”" : words);
    g_ptr_array_add(copies, copy);
  }
  return copies;
}

/* --- what is put: one function a kind --- */

static const OnrCountRecord QUOTE_COUNT = {.query = "speaker:quill \"boats\"",
                                           .query_id = "q\t1",
                                           .what = "quotes",
                                           .n_matches = 2,
                                           .n_total = 4310,
                                           .n_articles = 1,
                                           .n_articles_total = 840,
                                           .n_distinct = 1};
static const OnrCountRecord ARTICLE_COUNT = {.query = "ferry",
                                             .query_id = "a2",
                                             .what = "articles",
                                             .n_matches = 40,
                                             .n_total = 840,
                                             .n_articles = ONR_NO_TOTAL,
                                             .n_articles_total = ONR_NO_TOTAL,
                                             .n_distinct = 22,
                                             .is_grouped = TRUE,
                                             .offset = 20};
static const OnrCountRecord SPEAKER_COUNT = {.query = "",
                                             .query_id = "s",
                                             .what = "speakers",
                                             .n_matches = 2,
                                             .n_total = ONR_NO_TOTAL,
                                             .n_articles = ONR_NO_TOTAL,
                                             .n_articles_total = ONR_NO_TOTAL,
                                             .n_distinct = ONR_NO_TOTAL};

void put_quote_hits(OnrWriter *w) {
  g_autoptr(OnrArticle) article = make_article();
  g_autofree char *words = onr_article_quote_words(article, &g_array_index(article->quotes, OnrQuoteRow, 0));
  char *folded = (char *)"“The boats will sail,” … “whatever the union says.”";
  OnrRow row = {.score = 12.345678901234567,
                .id = (char *)"kw 1#x#1",
                .article = article,
                .words = words,
                .snippet = {folded, make_matches(folded, "boats"), FALSE, FALSE},
                .before = (char *)"Tempers rose.",
                .after = (char *)"The union did not.",
                .copies = make_copies("kw 1#x#1", 2, words),
                .n_copies = 3,
                .paragraph = 2};
  OnrRow second = {.score = 0.1,
                   .id = (char *)"kw 1#x#2",
                   .article = article,
                   .quote = 1,
                   .words = (char *)"that the \033[31mfare\033[0m would rise",
                   .snippet = {(char *)"that the \033[31mfare\033[0m would rise", NULL, FALSE, TRUE},
                   .paragraph = 3};
  onr_writer_begin_query(w, &QUOTE_COUNT);
  onr_writer_put(w, &(OnrHitRecord){&row, 1, NULL});
  onr_writer_put(w, &(OnrHitRecord){&second, 2, NULL});
  onr_writer_end_query(w);
  g_ptr_array_unref(row.copies);
  g_array_unref(row.snippet.matches);
}

void put_article_hits(OnrWriter *w) {
  g_autoptr(OnrArticle) article = make_article(), bare = make_bare_article();
  char *text = (char *)"🌊 Ferry row “The boats";
  OnrRow row = {.score = 3,
                .id = (char *)"kw 1#x",
                .article = article,
                .snippet = {text, make_matches(text, "boats"), TRUE, TRUE},
                .copies = make_copies("kw 1#x", 4, NULL),
                .n_copies = 1200,
                .paragraph = 2};
  OnrRow none = {.id = (char *)"bare",
                 .article = bare,
                 .copies = make_copies("bare", 0, NULL),
                 .snippet = {(char *)"", NULL, FALSE, FALSE}};
  g_ptr_array_set_size(none.copies, 0);
  onr_writer_begin_query(w, &ARTICLE_COUNT);
  onr_writer_put(w, &(OnrHitRecord){&row, 21, NULL});
  onr_writer_put(w, &(OnrHitRecord){&none, 22, NULL});
  onr_writer_end_query(w);
  g_ptr_array_unref(row.copies);
  g_ptr_array_unref(none.copies);
  g_array_unref(row.snippet.matches);
}

void put_explained_hit(OnrWriter *w) {
  g_autoptr(OnrArticle) bare = make_bare_article();
  OnrRow row = {
      .score = 1, .id = (char *)"bare", .article = bare, .snippet = {(char *)"", NULL, FALSE, FALSE}};
  OnrCountRecord count = ARTICLE_COUNT;
  count.explain = "plan\n  term Zferri\n    of 3";
  onr_writer_begin_query(w, &count);
  onr_writer_put(w, &(OnrHitRecord){&row, 21, "Zferri\n  weight 1.0"});
  onr_writer_end_query(w);
}

void put_facets(OnrWriter *w) {
  const OnrFacet facets[] = {
      {.name = (char *)"Ada Quill",
       .id = (char *)"person:ada-quill",
       .type = ONR_ENTITY_PERSON,
       .n_quotes = 1041,
       .n_articles = 12,
       .n_distinct = 1000,
       .first_day = onr_date_days(2023, 12, 31),
       .last_day = onr_date_days(2024, 6, 1)},
      {.name = (char *)"The \033Union", .type = -1, .first_day = ONR_NO_DAY, .last_day = ONR_NO_DAY}};
  onr_writer_begin_query(w, &SPEAKER_COUNT);
  for (guint i = 0; i < G_N_ELEMENTS(facets); i++)
    onr_writer_put(w, &facets[i]);
  onr_writer_end_query(w);
}

void put_no_hits(OnrWriter *w) {
  const OnrCountRecord count = {
      .query = "x", .query_id = "0", .what = "quotes", .n_total = 4310, .n_articles_total = 840};
  onr_writer_begin_query(w, &count);
  onr_writer_end_query(w);
}

void put_counts(OnrWriter *w) {
  onr_writer_begin_query(w, &QUOTE_COUNT);
  onr_writer_end_query(w);
  if (!w->is_batch)
    return;
  onr_writer_begin_query(w, &ARTICLE_COUNT);
  onr_writer_end_query(w);
  onr_writer_begin_query(w, &SPEAKER_COUNT);
  onr_writer_end_query(w);
}

void put_article(OnrWriter *w) {
  g_autoptr(OnrArticle) article = make_article();
  onr_writer_put(w, article);
}

void put_two_articles(OnrWriter *w) {
  g_autoptr(OnrArticle) article = make_article(), bare = make_bare_article();
  onr_writer_put(w, bare);
  onr_writer_put(w, article);
}

void put_passage(OnrWriter *w) {
  g_autoptr(OnrArticle) article = make_article();
  onr_writer_put(w, &(OnrQuoteRecord){article, 0, 0});
}

void put_quotes(OnrWriter *w) {
  g_autoptr(OnrArticle) article = make_article();
  onr_writer_put(w, &(OnrQuoteRecord){article, 0, 0});
  onr_writer_put(w, &(OnrQuoteRecord){article, 1, 0});
}

void put_annotated(OnrWriter *w) {
  g_autoptr(OnrArticle) article = make_article(), bare = make_bare_article();
  onr_writer_put(w, &(OnrAnnotatedRecord){article, article->path, article->member});
  onr_writer_put(w, &(OnrAnnotatedRecord){bare, bare->path, bare->member});
}

void put_identities(OnrWriter *w) {
  g_autoptr(GPtrArray) aliases = g_ptr_array_new(), roles = g_ptr_array_new(), none = g_ptr_array_new();
  g_ptr_array_add(roles, (gpointer) "harbour master\t2");
  g_ptr_array_add(aliases, (gpointer) "Ada Quill\t12");
  g_ptr_array_add(aliases, (gpointer) "Quill\t1");
  const OnrIdentity quill = {.id = (char *)"person:ada-quill",
                             .name = (char *)"Ada Quill",
                             .type = ONR_ENTITY_PERSON,
                             .n_quotes = 3,
                             .n_articles = 2};
  const OnrIdentity sea = {.id = (char *)"place:sea", .name = (char *)"Sea", .type = ONR_ENTITY_PLACE};
  onr_writer_put(w, &(OnrIdentityRecord){&quill, aliases, roles});
  onr_writer_put(w, &(OnrIdentityRecord){&sea, none, none});
}

void put_dossiers(OnrWriter *w) {
  g_autoptr(GPtrArray) aliases = g_ptr_array_new(), none = g_ptr_array_new();
  g_autoptr(GArray) names = g_array_new(FALSE, FALSE, sizeof(OnrDossierName)),
                    roles = g_array_new(FALSE, FALSE, sizeof(OnrDossierRole)),
                    company = g_array_new(FALSE, FALSE, sizeof(OnrDossierCompany)),
                    empty = g_array_new(FALSE, FALSE, 1);
  g_ptr_array_add(aliases, (gpointer) "Quill\t12");
  g_ptr_array_add(aliases, (gpointer) "Ada\033 Quill\t3");
  const OnrDossierName called[] = {
      {(char *)"person:ada-quill", (char *)"Ada Quill", 3, NULL, 0},
      {(char *)"person:adah-quill", (char *)"Adah Quill", 1, (char *)"given name spelled nearly so", 42.25},
      {(char *)"person:a-quill", (char *)"A. Quill", 1, (char *)"initial", 3e7},
      {(char *)"person:quill", (char *)"Quill", 1, (char *)"surname, in these articles", 0}};
  const OnrDossierRole said[] = {{(char *)"harbour master", 2, 18993, 19100},
                                 {(char *)"poet", 1, ONR_NO_DAY, ONR_NO_DAY}};
  const OnrDossierCompany beside[] = {{(char *)"person:pavel-dorn", (char *)"Pavel Dorn", 2},
                                      {(char *)"org:nato", (char *)"NATO", 1}};
  g_array_append_vals(names, called, G_N_ELEMENTS(called));
  g_array_append_vals(roles, said, G_N_ELEMENTS(said));
  g_array_append_vals(company, beside, G_N_ELEMENTS(beside));
  const OnrDossier quill = {.identity = {.id = (char *)"person:ada-quill",
                                         .name = (char *)"Ada Quill",
                                         .type = ONR_ENTITY_PERSON,
                                         .n_quotes = 7,
                                         .n_articles = 6},
                            .first_day = 18993,
                            .last_day = 19100,
                            .aliases = aliases,
                            .names = names,
                            .roles = roles,
                            .company = company};
  const OnrDossier sea = {
      .identity = {.id = (char *)"place:sea", .name = (char *)"Sea", .type = ONR_ENTITY_PLACE},
      .first_day = ONR_NO_DAY,
      .last_day = ONR_NO_DAY,
      .aliases = none,
      .names = empty,
      .roles = empty,
      .company = empty};
  onr_writer_put(w, &(OnrDossierRecord){&quill, TRUE});
  onr_writer_put(w, &(OnrDossierRecord){&quill, FALSE});
  onr_writer_put(w, &(OnrDossierRecord){&sea, TRUE});
}

void put_corrections(OnrWriter *w) {
  g_autoptr(GPtrArray) ids = g_ptr_array_new();
  g_ptr_array_add(ids, (gpointer) "person:ada-quill");
  g_ptr_array_add(ids, (gpointer) "Q\0337");
  g_ptr_array_add(ids, (gpointer) "person:ada-quill~0000ffff");
  const OnrCorrection all[] = {{.kind = ONR_CORRECTION_SPEAKER,
                                .article = (char *)"kw 1#x",
                                .words = (char *)"“the boats will sail,”\tor not",
                                .identity = (char *)"Q7",
                                .name_id = (char *)"person:ada-quill",
                                .name = (char *)"Ada Quill"},
                               {.kind = ONR_CORRECTION_SPEAKER,
                                .article = (char *)"kw 1#x",
                                .words = (char *)"that the fare would rise"},
                               {.kind = ONR_CORRECTION_NOT_A_QUOTE,
                                .article = (char *)"kw 1#x",
                                .words = (char *)"that the fare would rise in spring, that it would rise in "
                                                 "summer, that it would rise in autumn, and "
                                                 "that in winter it would stay"},
                               {.kind = ONR_CORRECTION_MERGE, .ids = ids},
                               {.kind = ONR_CORRECTION_SPLIT, .ids = ids},
                               {.kind = ONR_CORRECTION_BEARER,
                                .article = (char *)"kw 1#x",
                                .name_id = (char *)"person:quill",
                                .identity = (char *)"person:ada-quill"}};
  for (guint i = 0; i < G_N_ELEMENTS(all); i++)
    onr_writer_put(w, &(OnrCorrectionRecord){&all[i], i + 1, (OnrCorrectionState)(i % 4)});
}

void put_skipped(OnrWriter *w) {
  const OnrSource whole = {.path = "/news/a.pdf",
                           .member = "",
                           .status = ONR_SOURCE_SKIPPED,
                           .kind = "unsupported",
                           .reason = "unknown format, 12 bytes"};
  const OnrSource item = {.path = "/news/\033b.jsonl",
                          .member = "3",
                          .format = "jsonl",
                          .status = ONR_SOURCE_DUPLICATE,
                          .article_id = "x"};
  const OnrSource replaced = {.path = "/news/c.xml",
                              .member = "",
                              .format = "xml",
                              .status = ONR_SOURCE_REPLACED,
                              .article_id = "urn:x:1",
                              .title = "Ferry late",
                              .version = 1,
                              .updated = "2024-05-01T10:00:00Z",
                              .published = "2024-05-01",
                              .by_path = "/news/d.xml",
                              .by_member = "",
                              .by_version = 2,
                              .by_notice = "correction"};
  const OnrSource kill = {.path = "/news/e.jsonl",
                          .member = "7",
                          .format = "jsonl",
                          .status = ONR_SOURCE_KILL,
                          .reason = "wrong\033 name",
                          .article_id = "urn:x:2",
                          .notice = "withhold"};
  const OnrSource line = {.path = "/news/e.jsonl",
                          .member = "8",
                          .format = "jsonl",
                          .status = ONR_SOURCE_SKIPPED,
                          .kind = "broken",
                          .reason = "no JSON at line 8, column 1: '}' expected"};
  onr_writer_put(w, &whole);
  onr_writer_put(w, &item);
  onr_writer_put(w, &replaced);
  onr_writer_put(w, &kill);
  onr_writer_put(w, &line);
  onr_writer_put(w, &line);
}

void put_survey(OnrWriter *w) {
  g_autoptr(GArray) problems = g_array_new(FALSE, FALSE, sizeof(OnrSurveyProblem));
  for (guint i = 0; i < 7; i++) {
    static const char *const members[] = {"3", "4", "9", "10", "11", "12", "13"};
    OnrSurveyProblem problem = {members[i], "no JSON at line 3, column 4: '}' \033 expected", "broken"};
    g_array_append_val(problems, problem);
  }
  g_autoptr(GArray) refused = g_array_new(FALSE, FALSE, sizeof(OnrSurveyProblem));
  g_array_append_val(refused, ((OnrSurveyProblem){"", "a JPEG image, which is not read", "unsupported"}));
  const OnrSurveyFile files[] = {
      {.path = "/news/wire/\033day.jsonl",
       .format = "jsonl",
       .remark = "title=Headline text=Body",
       .state = ONR_SURVEY_NEW,
       .n_files = 1,
       .n_bytes = 12345,
       .n_items = 1240,
       .n_articles = 1220,
       .n_duplicates = 3,
       .n_skipped = 19,
       .n_kills = 1,
       .n_undated = 5,
       .n_textless = 1220,
       .title = "Ferry late, and later still, and in the end so late that nobody waits for it any more",
       .published = "2024-05-01T10:00:00Z",
       .problems = problems},
      {.path = "/news/a.txt",
       .format = "txt",
       .state = ONR_SURVEY_UNCHANGED,
       .n_files = 1,
       .n_items = 1,
       .n_articles = 1},
      {.path = "/news/b.txt",
       .format = "txt",
       .state = ONR_SURVEY_CHANGED,
       .n_files = 1,
       .n_items = 1,
       .n_articles = 1,
       .n_untitled = 1,
       .n_undated = 1},
      {.path = "/news/c.jpg", .n_files = 1, .n_items = 1, .n_skipped = 1, .problems = refused},
      {.path = "/news/gone.txt", .state = ONR_SURVEY_GONE, .n_files = 1, .n_articles = 2},
      {.format = "jsonl",
       .n_files = 1,
       .n_bytes = 12345,
       .n_items = 1240,
       .n_articles = 1220,
       .n_duplicates = 3,
       .n_skipped = 19,
       .n_kills = 1,
       .n_undated = 5,
       .n_textless = 1220},
      {.format = "txt", .n_files = 2, .n_items = 2, .n_articles = 2, .n_untitled = 1, .n_undated = 1},
      {.n_files = 1, .n_items = 1, .n_skipped = 1}};
  for (guint i = 0; i < G_N_ELEMENTS(files); i++)
    onr_writer_put(w, &files[i]);
}

void put_status(OnrWriter *w) {
  const OnrCounts counts = {.n_sources = 845,
                            .n_articles = 840,
                            .n_quotes = 4310,
                            .n_entities = 1204,
                            .n_mentions = 12345,
                            .n_skipped = 3,
                            .n_duplicates = 2,
                            .n_replaced = 7,
                            .n_killed = 1,
                            .n_corrected = 2,
                            .n_embargoed = 1,
                            .n_undated = 12,
                            .n_without_attribution = 1,
                            .text_bytes = 2100000,
                            .file_bytes = 5200000,
                            .first_day = onr_date_days(2021, 1, 2),
                            .last_day = onr_date_days(2022, 2, 6)};
  OnrFormatCounts rows[] = {{"jsonl.gz", 12, 1845, 830, 1}, {NULL, 2, 2, 0, 2}};
  g_autoptr(GArray) formats = g_array_new(FALSE, FALSE, sizeof(OnrFormatCounts));
  g_array_append_vals(formats, rows, G_N_ELEMENTS(rows));
  g_autoptr(OnrLosses) losses = onr_losses_new();
  onr_losses_add(losses, "broken", "no JSON at line 8, column 1: '}' expected");
  onr_losses_add(losses, "unsupported", "a JPEG image, which is not read");
  onr_losses_add(losses, "unsupported", "a JPEG image, which is not read");
  onr_writer_put(w, &(OnrStatusRecord){"/news/.onrecord", "fts5", "english", &counts, formats, losses});
}

void put_empty_status(OnrWriter *w) {
  const OnrCounts counts = {.first_day = ONR_NO_DAY, .last_day = ONR_NO_DAY};
  onr_writer_put(
      w, &(OnrStatusRecord){
             .archive = "/news/.onrecord", .engine = "fts5", .language = "english", .counts = &counts});
}

void put_statuses(OnrWriter *w) {
  put_empty_status(w);
  put_status(w);
}

void put_findings(OnrWriter *w) {
  onr_writer_put(w, "article 3: its text is not indexed");
  onr_writer_put(w, "row 4 \033[31m missing from index");
}

void put_summary(OnrWriter *w) {
  const OnrIndexProgress p = {.n_files = 845,
                              .n_files_unchanged = 1000,
                              .n_files_removed = 1,
                              .n_items = 845,
                              .n_stored = 840,
                              .n_skipped = 3,
                              .n_duplicates = 2,
                              .n_articles_removed = 1,
                              .n_replaced = 1,
                              .n_articles_replaced = 1,
                              .n_kills = 1,
                              .n_articles_killed = 1,
                              .n_quotes = 4310,
                              .read_bytes = 2200000,
                              .text_bytes = 2100000,
                              .seconds = 1.5};
  onr_writer_put(w, &p);
}

void put_idle_summary(OnrWriter *w) {
  onr_writer_put(w, &(OnrIndexProgress){.n_files = 845, .n_files_unchanged = 845, .seconds = 0.01});
}

char *made_bytes(OnrFormat format, OnrRecordKind kind, gboolean is_batch, void (*put)(OnrWriter *w),
                 gsize *length) {
  char *bytes = NULL;
  OnrOutput out = {.file = open_memstream(&bytes, length), .width = 80};
  OnrWriter *w = onr_writer_new(format, kind, is_batch, FALSE, &out);
  put(w);
  onr_writer_close(w);
  fclose(out.file);
  return bytes;
}
