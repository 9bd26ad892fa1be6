/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every option of the program, once. The order is that of --help. */
#include "cli/options.h"

#include <stddef.h>

#define FIELD(member) offsetof(OnrOptions, member)

static const OnrChoice COLORS[] = {
    {"auto", ONR_COLOR_AUTO}, {"always", ONR_COLOR_ALWAYS}, {"never", ONR_COLOR_NEVER}, {0}};

static const OnrOption COMMON[] = {
    {.name = "archive",
     .letter = 'a',
     .kind = ONR_OPTION_LIST,
     .word = ONR_WORD_FOLDER,
     .value = "DIR",
     .offset = FIELD(archives),
     .help = "the archive; else $ONRECORD_ARCHIVE, else the nearest .onrecord/ upwards"},
    {.name = "color",
     .kind = ONR_OPTION_CHOICE,
     .value = "WHEN",
     .choices = COLORS,
     .offset = FIELD(color),
     .help = "colour: auto (on a terminal only), always or never"},
    {.name = "quiet",
     .letter = 'q',
     .kind = ONR_OPTION_FLAG,
     .offset = FIELD(is_quiet),
     .help = "results and errors only: no progress, notes or summary"},
    {.name = "help",
     .letter = 'h',
     .kind = ONR_OPTION_FLAG,
     .offset = FIELD(is_help),
     .help = "show this help"},
    {0}};
const OnrOptionGroup ONR_GROUP_COMMON = {"Common", COMMON};

static const OnrOption PROGRAM[] = {
    {.name = "version",
     .letter = 'V',
     .kind = ONR_OPTION_FLAG,
     .offset = FIELD(is_version),
     .help = "show the versions of the program, its engine and its libraries"},
    {0}};
const OnrOptionGroup ONR_GROUP_PROGRAM = {"Common", PROGRAM};

/* --- which hits --- */

static const OnrOption QUERY[] = {
    {.name = "speaker",
     .kind = ONR_OPTION_TEXT,
     .value = "NAME",
     .offset = FIELD(speaker),
     .help = "said by NAME, as speaker:NAME"},
    {.name = "mentioning",
     .kind = ONR_OPTION_TEXT,
     .value = "NAME",
     .offset = FIELD(mentioning),
     .help = "naming the person, organisation or place NAME, as mention:NAME"},
    {.name = "from",
     .kind = ONR_OPTION_TEXT,
     .value = "DATE",
     .offset = FIELD(from),
     .help = "published on DATE or later: 2022, 2022-02, 2022-02-06"},
    {.name = "to",
     .kind = ONR_OPTION_TEXT,
     .value = "DATE",
     .offset = FIELD(to),
     .help = "published on DATE or earlier"},
    {.name = "source",
     .kind = ONR_OPTION_TEXT,
     .value = "NAME",
     .offset = FIELD(source),
     .help = "published by NAME, as publisher:NAME"},
    {.name = "any", .kind = ONR_OPTION_FLAG, .offset = FIELD(is_any), .help = "any of the words is enough"},
    {.name = "attitudes",
     .kind = ONR_OPTION_FLAG,
     .offset = FIELD(is_every_act),
     .help = "quotes: also what is wanted, hoped or supported, as act:any"},
    {0}};
const OnrOptionGroup ONR_GROUP_QUERY = {"Which hits", QUERY};

static const OnrChoice TABLES[] = {{"articles", ONR_TABLE_ARTICLES}, {"quotes", ONR_TABLE_QUOTES}, {0}};

static const OnrOption WITHIN[] = {
    {.name = "in",
     .kind = ONR_OPTION_CHOICE,
     .value = "WHAT",
     .choices = TABLES,
     .offset = FIELD(within),
     .help = "count in the articles (default) or in the quotes that match QUERY"},
    {0}};
const OnrOptionGroup ONR_GROUP_WITHIN = {"Options", WITHIN};

/* --- how hits are shown --- */

static const OnrOption PAGE[] = {{.name = "limit",
                                  .letter = 'n',
                                  .kind = ONR_OPTION_AMOUNT,
                                  .value = "N",
                                  .offset = FIELD(limit),
                                  .help = "show at most N (default 20); 0 shows all"},
                                 {.name = "offset",
                                  .kind = ONR_OPTION_COUNT,
                                  .value = "N",
                                  .offset = FIELD(offset),
                                  .help = "leave out the first N"},
                                 {.name = "count",
                                  .kind = ONR_OPTION_FLAG,
                                  .offset = FIELD(is_count),
                                  .help = "show only how many there are"},
                                 {0}};
const OnrOptionGroup ONR_GROUP_PAGE = {"Options", PAGE};

static const OnrChoice SORTS[] = {
    {"relevance", ONR_SORT_RELEVANCE}, {"date", ONR_SORT_DATE}, {"-date", ONR_SORT_DATE_DOWN}, {0}};

static const OnrChoice GROUPINGS[] = {{"none", ONR_GROUP_NONE}, {"duplicates", ONR_GROUP_DUPLICATES}, {0}};

static const OnrOption HITS[] = {
    {.name = "sort",
     .kind = ONR_OPTION_CHOICE,
     .value = "ORDER",
     .choices = SORTS,
     .offset = FIELD(sort),
     .help = "relevance (best first), date (oldest first) or -date (newest first)"},
    {.name = "group",
     .kind = ONR_OPTION_CHOICE,
     .value = "WHAT",
     .choices = GROUPINGS,
     .offset = FIELD(group),
     .help = "duplicates: show what is printed more than once only once; none (default): each"},
    {.name = "batch",
     .kind = ONR_OPTION_TEXT,
     .word = ONR_WORD_FILE,
     .value = "FILE",
     .offset = FIELD(batch),
     .help = "run each line of FILE (- is standard input): a query, or an id, a tab and a query"},
    {.name = "explain",
     .kind = ONR_OPTION_FLAG,
     .offset = FIELD(is_explain),
     .help = "show how the query was understood and why each hit scored as it did"},
    {0}};
const OnrOptionGroup ONR_GROUP_HITS = {"Options", HITS};

static const OnrOption WHY[] = {
    {.name = "explain",
     .kind = ONR_OPTION_FLAG,
     .offset = FIELD(is_explain),
     .help = "show, for each quote, why it has this speaker and how each token was labelled"},
    {0}};
const OnrOptionGroup ONR_GROUP_WHY = {"Options", WHY};

static const OnrOption BEARERS[] = {{.name = "limit",
                                     .letter = 'n',
                                     .kind = ONR_OPTION_AMOUNT,
                                     .value = "N",
                                     .offset = FIELD(limit),
                                     .help = "show at most N (default 3); 0 shows all"},
                                    {.name = "offset",
                                     .kind = ONR_OPTION_COUNT,
                                     .value = "N",
                                     .offset = FIELD(offset),
                                     .help = "leave out the first N"},
                                    {.name = "explain",
                                     .kind = ONR_OPTION_FLAG,
                                     .offset = FIELD(is_explain),
                                     .help = "show why each name is taken for theirs"},
                                    {0}};
const OnrOptionGroup ONR_GROUP_BEARERS = {"Options", BEARERS};

static const OnrOption CONTEXT[] = {{.name = "context",
                                     .kind = ONR_OPTION_AMOUNT,
                                     .value = "N",
                                     .offset = FIELD(context),
                                     .help = "show N sentences before and after each quote"},
                                    {0}};
const OnrOptionGroup ONR_GROUP_CONTEXT = {"Options", CONTEXT};

static const OnrOption PARAGRAPHS[] = {
    {.name = "context",
     .kind = ONR_OPTION_AMOUNT,
     .value = "N",
     .offset = FIELD(context),
     .help = "for a quote's id: show N paragraphs before and after it (default 1)"},
    {0}};
const OnrOptionGroup ONR_GROUP_PARAGRAPHS = {"Options", PARAGRAPHS};

#define TEXT                                                                                                 \
  { "text", ONR_FORMAT_TEXT }
#define JSON                                                                                                 \
  { "json", ONR_FORMAT_JSON }
#define JSONL                                                                                                \
  { "jsonl", ONR_FORMAT_JSONL }
#define CSV                                                                                                  \
  { "csv", ONR_FORMAT_CSV }
#define TSV                                                                                                  \
  { "tsv", ONR_FORMAT_TSV }
#define TREC                                                                                                 \
  { "trec", ONR_FORMAT_TREC }

static const OnrChoice HIT_FORMATS[] = {TEXT, JSON, JSONL, CSV, TSV, TREC, {0}};
static const OnrChoice ROW_FORMATS[] = {TEXT, JSON, JSONL, CSV, TSV, {0}};
static const OnrChoice EXPORT_FORMATS[] = {JSONL, JSON, CSV, TSV, {0}};
static const OnrChoice OBJECT_FORMATS[] = {TEXT, JSON, JSONL, {0}};

#define FORMAT_OPTION(formats, names)                                                                        \
  {                                                                                                          \
    .name = "format", .kind = ONR_OPTION_CHOICE, .value = "FORMAT", .choices = (formats),                    \
    .offset = FIELD(format), .help = "how results are written: " names                                       \
  }

static const OnrOption FORMAT_HITS[] = {
    FORMAT_OPTION(HIT_FORMATS, "text (default), json, jsonl, csv, tsv or trec"), {0}};
static const OnrOption FORMAT_ROWS[] = {FORMAT_OPTION(ROW_FORMATS, "text (default), json, jsonl, csv or tsv"),
                                        {0}};
static const OnrOption FORMAT_EXPORT[] = {FORMAT_OPTION(EXPORT_FORMATS, "jsonl (default), json, csv or tsv"),
                                          {0}};
static const OnrOption FORMAT_OBJECT[] = {FORMAT_OPTION(OBJECT_FORMATS, "text (default), json or jsonl"),
                                          {0}};
const OnrOptionGroup ONR_GROUP_FORMAT_HITS = {"Options", FORMAT_HITS};
const OnrOptionGroup ONR_GROUP_FORMAT_ROWS = {"Options", FORMAT_ROWS};
const OnrOptionGroup ONR_GROUP_FORMAT_EXPORT = {"Options", FORMAT_EXPORT};
const OnrOptionGroup ONR_GROUP_FORMAT_OBJECT = {"Options", FORMAT_OBJECT};

/* --- several archives --- */

static const OnrChoice PARTIAL[] = {{"error", ONR_PARTIAL_ERROR}, {"allow", ONR_PARTIAL_ALLOW}, {0}};

static const OnrOption SHARDS[] = {
    {.name = "partial",
     .kind = ONR_OPTION_CHOICE,
     .value = "WHAT",
     .choices = PARTIAL,
     .offset = FIELD(partial),
     .help = "where an archive does not answer: error (default), or allow, the results of the others"},
    {.name = "timeout",
     .kind = ONR_OPTION_COUNT,
     .value = "SECONDS",
     .offset = FIELD(timeout_seconds),
     .help = "how long a server may take to answer (default 10)"},
    {0}};
const OnrOptionGroup ONR_GROUP_SHARDS = {"Several archives (-a A -a B, -a shards.conf, -a host:port)",
                                         SHARDS};

static const OnrOption CORRECT[] = {{.name = "speaker",
                                     .kind = ONR_OPTION_TEXT,
                                     .value = "WHO",
                                     .offset = FIELD(speaker),
                                     .help = "who says it: an id, or a name that only one has"},
                                    {.name = "no-speaker",
                                     .kind = ONR_OPTION_FLAG,
                                     .offset = FIELD(is_no_speaker),
                                     .help = "nobody that is named says it"},
                                    {.name = "not-a-quote",
                                     .kind = ONR_OPTION_FLAG,
                                     .offset = FIELD(is_not_a_quote),
                                     .help = "nobody says it: it is not shown, counted or found any more"},
                                    {0}};
const OnrOptionGroup ONR_GROUP_CORRECT = {"Options", CORRECT};

static const OnrOption SPLIT[] = {
    {.name = "in",
     .kind = ONR_OPTION_LIST,
     .value = "ARTICLE",
     .offset = FIELD(inside),
     .help = "an article in which the name is another's; may be given again"},
    {.name = "to",
     .kind = ONR_OPTION_TEXT,
     .value = "ID",
     .offset = FIELD(to_identity),
     .help = "with --in: whose it is there (default: somebody's who has no id yet)"},
    {0}};
const OnrOptionGroup ONR_GROUP_SPLIT = {"Options", SPLIT};

static const OnrChoice AUTHORITY_FORMATS[] = {TSV, JSONL, {0}};

static const OnrOption AUTHORITY[] = {
    {.name = "replace",
     .kind = ONR_OPTION_FLAG,
     .offset = FIELD(is_replacing),
     .help = "import: the file is all there is; what was imported before goes"},
    {.name = "listed",
     .kind = ONR_OPTION_FLAG,
     .offset = FIELD(is_listed),
     .help = "export: only what was imported"},
    FORMAT_OPTION(AUTHORITY_FORMATS, "tsv (default) or jsonl"),
    {0}};
const OnrOptionGroup ONR_GROUP_AUTHORITY = {"Options", AUTHORITY};

static const OnrOption SERVE[] = {{.name = "port",
                                   .letter = 'p',
                                   .kind = ONR_OPTION_COUNT,
                                   .value = "P",
                                   .offset = FIELD(port),
                                   .help = "serve articles at port P and quotes at P + 1"},
                                  {.name = "interface",
                                   .kind = ONR_OPTION_TEXT,
                                   .value = "ADDRESS",
                                   .offset = FIELD(interface),
                                   .help = "the address to listen at (default 127.0.0.1: this machine only)"},
                                  {0}};
const OnrOptionGroup ONR_GROUP_SERVE = {"Options", SERVE};

/* --- making and keeping an archive --- */

static const OnrOption INDEX[] = {{.name = "dry-run",
                                   .kind = ONR_OPTION_FLAG,
                                   .offset = FIELD(is_dry_run),
                                   .help = "read all, write nothing: show what each file would give, and what is lost"},
                                  {.name = "include",
                                   .kind = ONR_OPTION_LIST,
                                   .value = "GLOB",
                                   .offset = FIELD(include),
                                   .help = "read only files that match GLOB; may be given again"},
                                  {.name = "exclude",
                                   .kind = ONR_OPTION_LIST,
                                   .value = "GLOB",
                                   .offset = FIELD(exclude),
                                   .help = "leave out files that match GLOB; may be given again"},
                                  {.name = "keep-missing",
                                   .kind = ONR_OPTION_FLAG,
                                   .offset = FIELD(is_keeping_missing),
                                   .help = "keep the articles of files that are gone"},
                                  {.name = "verbose",
                                   .letter = 'v',
                                   .kind = ONR_OPTION_FLAG,
                                   .offset = FIELD(is_verbose),
                                   .help = "list what was skipped, and why"},
                                  {.name = "batch-bytes",
                                   .kind = ONR_OPTION_COUNT,
                                   .value = "N",
                                   .offset = FIELD(batch_bytes)}, /* for tests: small batches */
                                  {0}};
const OnrOptionGroup ONR_GROUP_INDEX = {"Options", INDEX};

static const OnrOption MAP[] = {
    {.name = "map",
     .kind = ONR_OPTION_LIST,
     .value = "FIELD=COLUMN",
     .offset = FIELD(map),
     .help = "of CSV and TSV: COLUMN (a name, or #3) is the articles' FIELD (title, text, …); may be given again"},
    {0}};
const OnrOptionGroup ONR_GROUP_MAP = {"Options", MAP};

static const OnrOption STRICT[] = {
    {.name = "strict",
     .kind = ONR_OPTION_FLAG,
     .offset = FIELD(is_strict),
     .help = "stop at the first file or item that cannot be read; exit status 2"},
    {0}};
const OnrOptionGroup ONR_GROUP_STRICT = {"Options", STRICT};

static const OnrOption MADE_WITH[] = {
    {.name = "language",
     .kind = ONR_OPTION_TEXT,
     .value = "NAME",
     .offset = FIELD(language),
     .help = "language of word stems: english (the default), german, …, or none"},
    {.name = "engine",
     .kind = ONR_OPTION_TEXT,
     .value = "NAME",
     .offset = FIELD(engine),
     .help = "what ranks: fts5 (default), or xapian for large archives"},
    {0}};
const OnrOptionGroup ONR_GROUP_MADE_WITH = {"Options", MADE_WITH};

static const OnrOption JOBS[] = {
    {.name = "jobs",
     .letter = 'j',
     .kind = ONR_OPTION_COUNT,
     .value = "N",
     .offset = FIELD(jobs),
     .help = "work on N articles at a time (default: number of cores)"},
    {0}};
const OnrOptionGroup ONR_GROUP_JOBS = {"Options", JOBS};

static const OnrOption SKIPPED[] = {{.name = "skipped",
                                     .kind = ONR_OPTION_FLAG,
                                     .offset = FIELD(is_skipped),
                                     .help = "list every file and item that was not stored, and why"},
                                    {0}};
const OnrOptionGroup ONR_GROUP_SKIPPED = {"Options", SKIPPED};
