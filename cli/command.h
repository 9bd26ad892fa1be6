/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A command as data, and what it is given to run with. Each command is one file in commands/ and one line in
   commands.c; main opens what the command says it needs, once. */
#pragma once

#include "cli/options.h"
#include "cli/output.h"
#include "cli/writer.h"

G_BEGIN_DECLS

typedef enum {
  ONR_EXIT_DONE = 0, /* hits, or done */
  ONR_EXIT_NO_HITS = 1,
  ONR_EXIT_FAILURE = 2, /* wrong use, or it did not work */
  ONR_EXIT_BUSY = 75,   /* EX_TEMPFAIL of sysexits.h: try again later */
  ONR_EXIT_SIGNAL = 128 /* and the signal's number: 130 for Ctrl-C */
} OnrExit;

typedef enum {
  ONR_NEEDS_NOTHING,
  ONR_NEEDS_READ,
  ONR_NEEDS_WRITE,
  ONR_NEEDS_CREATE,  /* write; made where there is none */
  ONR_NEEDS_REINDEX, /* write, whatever term version the archive was made with */
} OnrNeed;

typedef struct OnrSession OnrSession;

typedef struct {
  const char *line;    /* as typed after "onrecord " */
  const char *meaning; /* one line, lower case, without full stop */
} OnrExample;

#define ONR_MAX_EXAMPLES 3

typedef struct {
  const char *name;
  const char *arguments; /* what help calls the words: "PATH…" */
  guint min_words, max_words;
  OnrWord word;                    /* what the words are completed to */
  const char *const *word_choices; /* or the words there are; NULL-terminated */
  gboolean takes_query;
  gboolean takes_shards;                     /* reads several archives as one, too */
  const char *summary;                       /* one line, lower case, without full stop */
  const char *about;                         /* paragraphs, parted by blank lines */
  OnrExample examples[ONR_MAX_EXAMPLES + 1]; /* ended by a NULL line */
  OnrNeed need;
  OnrNeed (*need_of)(const OnrOptions *options); /* where that depends on the words; or NULL */
  OnrFormat format;                    /* where --format is not given */
  const OnrOptionGroup *const *groups; /* NULL-terminated; ONR_GROUP_COMMON is the last */
  /* Returns an OnrExit; with ERROR set, main reports it and finds the exit status. */
  int (*run)(OnrSession *session, GError **error);
} OnrCommand;

struct OnrSession {
  const OnrCommand *command;
  OnrOptions options;
  OnrArchive *archive;  /* NULL where the command needs none */
  guint n_missing_told; /* of its shards */
  OnrOutput out, err;
};

/* What of the archive the command needs, given its words. */
OnrNeed onr_session_need(const OnrSession *session);

/* All commands in the order of help, NULL-terminated. */
extern const OnrCommand *const ONR_COMMANDS[];
const OnrCommand *onr_command_find(const char *name);

/* The format asked for, or the command's own. */
OnrFormat onr_session_format(const OnrSession *session);
/* Reports USAGE where the format does not know records of KIND. */
gboolean onr_session_can_write(const OnrSession *session, OnrRecordKind kind, GError **error);
/* A writer to standard output for KIND. Reports what onr_session_can_write does. */
OnrWriter *onr_session_writer(OnrSession *session, OnrRecordKind kind, gboolean is_batch, GError **error);

/* A line on standard error: notes are left out with --quiet, complaints are not. */
void onr_session_note(OnrSession *session, const char *format, ...) G_GNUC_PRINTF(2, 3);
void onr_session_complain(OnrSession *session, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Says which shards are left out, each once in a run. */
void onr_session_note_missing(OnrSession *session);

int onr_exit_of(const GError *error);

extern const OnrCommand ONR_COMMAND_INDEX, ONR_COMMAND_SEARCH, ONR_COMMAND_QUOTES, ONR_COMMAND_SPEAKERS,
    ONR_COMMAND_ENTITIES, ONR_COMMAND_WHO, ONR_COMMAND_SHOW, ONR_COMMAND_ANNOTATE, ONR_COMMAND_EXPORT,
    ONR_COMMAND_STATUS, ONR_COMMAND_CHECK, ONR_COMMAND_FORGET, ONR_COMMAND_REINDEX, ONR_COMMAND_COMPACT,
    ONR_COMMAND_SERVE_SHARD, ONR_COMMAND_HELP, ONR_COMMAND_CORRECT, ONR_COMMAND_MERGE, ONR_COMMAND_SPLIT,
    ONR_COMMAND_CORRECTIONS, ONR_COMMAND_AUTHORITY;

G_END_DECLS
