/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line as data. Every option stands once, in a table of a group; a command names the groups that
   it takes, and parsing, --help, the manual page and the shells' completions are all made from these tables
   (help.c, manual.c, completion.c).

     g_auto(OnrOptions) options;
     onr_options_init(&options);
     if (!onr_options_parse(&options, command->groups, argv, n, error)) … */
#pragma once

#include "archive/engine.h"

G_BEGIN_DECLS

typedef enum {
  ONR_FORMAT_TEXT,
  ONR_FORMAT_JSON,
  ONR_FORMAT_JSONL,
  ONR_FORMAT_CSV,
  ONR_FORMAT_TSV,
  ONR_FORMAT_TREC,
} OnrFormat;

typedef enum { ONR_PARTIAL_ERROR, ONR_PARTIAL_ALLOW } OnrPartial;

typedef enum { ONR_COLOR_AUTO, ONR_COLOR_ALWAYS, ONR_COLOR_NEVER } OnrColor;

typedef enum { ONR_GROUP_NONE, ONR_GROUP_DUPLICATES } OnrGrouping;

#define ONR_TIMEOUT_SECONDS 10 /* that a server has to answer where --timeout is not given */
#define ONR_LIMIT_DEFAULT 20 /* hits shown where -n is not given */

/* What a command line asks for: one field for each option, the words that are no options, and the defaults of
 * onr_options_init. */
typedef struct {
  GPtrArray *archives; /* char *, ended by NULL */
  int color; /* OnrColor */
  gboolean is_quiet, is_help, is_version;

  int format;   /* OnrFormat, or -1: the command's default */
  gint64 limit; /* -1: the command's default */
  guint offset;
  gboolean is_count;
  int sort;       /* OnrSort */
  int group;      /* OnrGrouping */
  gint64 context; /* -1: the command's default */
  gboolean is_any, is_explain, is_every_act;
  char *batch, *speaker, *mentioning, *from, *to, *source;
  int within; /* OnrTable */
  int partial; /* OnrPartial */
  guint timeout_seconds, port;
  char *interface;

  GPtrArray *include, *exclude, *map; /* char *, ended by NULL */
  gboolean is_keeping_missing, is_verbose, is_skipped, is_dry_run, is_strict;
  char *engine, *language;
  gboolean is_no_speaker, is_not_a_quote, is_replacing, is_listed;
  GPtrArray *inside; /* char *, ended by NULL */
  char *to_identity;
  guint jobs, batch_bytes;

  GPtrArray *words; /* char *, ended by NULL; n_words leaves the NULL out */
  guint n_words;
} OnrOptions;

void onr_options_init(OnrOptions *options);
void onr_options_clear(OnrOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrOptions, onr_options_clear)

typedef enum {
  ONR_OPTION_FLAG,   /* gboolean */
  ONR_OPTION_TEXT,   /* char * */
  ONR_OPTION_LIST,   /* GPtrArray *: may be given again */
  ONR_OPTION_COUNT,  /* guint */
  ONR_OPTION_AMOUNT, /* gint64, for a number whose default depends on the command */
  ONR_OPTION_CHOICE, /* int: value of one of the choices */
} OnrOptionKind;

/* What a shell completes a word to. */
typedef enum { ONR_WORD_FREE, ONR_WORD_FILE, ONR_WORD_FOLDER } OnrWord;

typedef struct {
  const char *name; /* NULL ends the list */
  int value;
} OnrChoice;

typedef struct {
  const char *name; /* without its dashes; NULL ends the table */
  char letter;      /* or 0 */
  OnrOptionKind kind;
  OnrWord word;
  const char *value; /* what help calls the value: "DIR"; NULL for flags */
  const OnrChoice *choices;
  const char *help; /* one line, lower case, without full stop, choices named; NULL hides the option from
                       help, manual and completions */
  gsize offset;     /* of the field in OnrOptions */
} OnrOption;

typedef struct {
  const char *title; /* over the options in help; groups in a row with one title share it */
  const OnrOption *options;
} OnrOptionGroup;

/* The groups, in option_groups.c. Formats differ by what a command's records can be written as. */
extern const OnrOptionGroup ONR_GROUP_COMMON, ONR_GROUP_PROGRAM, ONR_GROUP_HITS, ONR_GROUP_PAGE, ONR_GROUP_BEARERS,
    ONR_GROUP_QUERY, ONR_GROUP_CONTEXT, ONR_GROUP_WITHIN, ONR_GROUP_FORMAT_HITS, ONR_GROUP_FORMAT_ROWS,
    ONR_GROUP_FORMAT_EXPORT, ONR_GROUP_FORMAT_OBJECT, ONR_GROUP_INDEX, ONR_GROUP_MAP, ONR_GROUP_MADE_WITH, ONR_GROUP_JOBS, ONR_GROUP_WHY,
    ONR_GROUP_SKIPPED, ONR_GROUP_STRICT, ONR_GROUP_PARAGRAPHS, ONR_GROUP_SHARDS, ONR_GROUP_SERVE, ONR_GROUP_CORRECT, ONR_GROUP_SPLIT, ONR_GROUP_AUTHORITY;

/* How words that begin with '-' are taken. */
typedef enum {
  ONR_PARSE_MIXED = 0,        /* options and words in any order; `--` ends options */
  ONR_PARSE_LEADING = 1 << 0, /* stops at the first word, which is not taken: the options before a command */
  ONR_PARSE_QUERY = 1 << 1, /* words are a query: "-nato ukraine" (one argument with a blank in it) is a word,
                               and errors say how to write NOT */
} OnrParseFlags;

/* Reads ARGV (NULL-terminated) into OPTIONS, as far as GROUPS (NULL-terminated) allow. *N_USED, when not
   NULL, gets how many arguments were taken. Reports USAGE with the nearest option's name where one is
   unknown. */
gboolean onr_options_parse(OnrOptions *options, const OnrOptionGroup *const *groups, char *const *argv,
                           OnrParseFlags flags, guint *n_used, GError **error);

G_END_DECLS
