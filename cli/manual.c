/* SPDX-License-Identifier: GPL-2.0-or-later */
/* onrecord(1) in mdoc(7): what the tables say, between sections that are written here. */
#include "cli/help.h"

#include <string.h>

#define MANUAL_DATE "November 23, 2026" /* of the last change to what is written here */

/* --- text to roff --- */

/* TEXT so that nothing in it is markup: backslashes, dashes that must be copied as they are, and all that is
 * not ASCII by number. */
static void append_escaped(GString *out, const char *text) {
  for (const char *p = text; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (c == '\\')
      g_string_append(out, "\\e");
    else if (c == '-')
      g_string_append(out, "\\-");
    else if (c == '\'')
      g_string_append(out, "\\(aq");
    else if (c == '"')
      g_string_append(out, "\\(dq");
    else if (c == '~')
      g_string_append(out, "\\(ti");
    else if (c >= 0x80)
      g_string_append_printf(out, "\\[u%04X]", c);
    else
      g_string_append_c(out, (char)c);
  }
}

/* A line of text; a first character that would make it a request is hidden. */
static void append_line(GString *out, const char *text) {
  if (*text == '.' || *text == '\'')
    g_string_append(out, "\\&");
  append_escaped(out, text);
  g_string_append_c(out, '\n');
}

/* mdoc wants a new line for each sentence; blank lines are paragraphs. */
static void append_sentences(GString *out, const char *text) {
  g_auto(GStrv) paragraphs = g_strsplit(text, "\n\n", -1);
  for (guint i = 0; paragraphs[i]; i++) {
    if (i)
      g_string_append(out, ".Pp\n");
    g_auto(GStrv) sentences = g_strsplit(paragraphs[i], ". ", -1);
    for (guint j = 0; sentences[j]; j++) {
      g_autofree char *sentence =
          sentences[j + 1] ? g_strconcat(sentences[j], ".", NULL) : g_strdup(sentences[j]);
      append_line(out, sentence);
    }
  }
}

/* One argument of a macro, in quotation marks. */
static void append_argument(GString *out, const char *text) {
  g_string_append(out, " \"");
  append_escaped(out, text);
  g_string_append_c(out, '"');
}

/* --- what the tables say --- */

static void append_option(GString *out, const OnrOption *o) {
  g_string_append(out, ".It");
  if (o->letter)
    g_string_append_printf(out, " Fl %c ,", o->letter);
  g_string_append(out, " Fl");
  g_autofree char *name = g_strdup_printf("-%s", o->name);
  append_argument(out, name);
  if (o->value) {
    g_string_append(out, " Ar");
    append_argument(out, o->value);
  }
  g_string_append_c(out, '\n');
  g_autofree char *sentence = g_strdup_printf("%c%s.", g_ascii_toupper(o->help[0]), o->help + 1);
  append_sentences(out, sentence);
}

static void append_options(GString *out, const OnrOptionGroup *const *groups) {
  g_string_append(out, ".Bl -tag -width Ds\n");
  for (; *groups; groups++)
    for (const OnrOption *o = (*groups)->options; o->name; o++)
      if (o->help)
        append_option(out, o);
  g_string_append(out, ".El\n");
}

/* The options that a command has beside those that all have. */
static void append_own_options(GString *out, const OnrOptionGroup *const *groups) {
  g_autoptr(GPtrArray) own = g_ptr_array_new();
  for (; *groups; groups++)
    if (*groups != &ONR_GROUP_COMMON)
      g_ptr_array_add(own, (gpointer)*groups);
  if (!own->len)
    return;
  g_ptr_array_add(own, NULL);
  append_options(out, (const OnrOptionGroup *const *)own->pdata);
}

static void append_example(GString *out, const OnrExample *example) {
  g_autofree char *meaning =
      g_strdup_printf("%c%s:", g_ascii_toupper(example->meaning[0]), example->meaning + 1);
  g_autofree char *line = g_strconcat("onrecord ", example->line, NULL);
  append_line(out, meaning);
  g_string_append(out, ".Dl");
  append_argument(out, line);
  g_string_append_c(out, '\n');
}

static void append_command(GString *out, const OnrCommand *command) {
  g_autofree char *usage =
      g_strchomp(g_strdup_printf("onrecord %s [options] %s", command->name, command->arguments));
  g_string_append(out, ".Ss");
  append_argument(out, usage);
  g_string_append_c(out, '\n');
  append_sentences(out, command->about);
  append_own_options(out, command->groups);
}

/* --- sections --- */

static void append_head(GString *out) {
  g_string_append(out, ".\\\" Made by the program from its own tables (onrecord --print-man).\n"
                       ".Dd " MANUAL_DATE "\n.Dt ONRECORD 1\n.Os\n"
                       ".Sh NAME\n.Nm onrecord\n.Nd who said what, when, in a news archive\n"
                       ".Sh SYNOPSIS\n.Nm onrecord\n.Ar command\n.Op Ar options\n.Op Ar arguments\n"
                       ".Sh DESCRIPTION\n");
  append_sentences(out, "Onrecord reads a folder of news articles, finds every quote in them, works out who "
                        "is speaking, and answers by speaker, by "
                        "what is mentioned, by words and by date, the best hit first.");
}

static void append_commands(GString *out) {
  static const OnrOptionGroup *const common[] = {&ONR_GROUP_COMMON, &ONR_GROUP_PROGRAM, NULL};
  g_string_append(out, ".Sh COMMANDS\n");
  append_sentences(out, "These options go with every command.");
  append_options(out, common);
  for (const OnrCommand *const *c = ONR_COMMANDS; *c; c++)
    append_command(out, *c);
}

static void append_query(GString *out) {
  static const char *const rows[][2] = {
      {"nato ukraine", "both words, in any of their forms; with --any one of them is enough"},
      {"\"no first use\"", "these words as written, next to each other"},
      {"nato -ukraine", "without the second; also NOT ukraine"},
      {"nato OR eu", "either; brackets group: (nato OR eu) russia"},
      {"nato NEAR/5 ukraine", "at most five words between them"},
      {"econom*", "words that begin so"},
      {"speaker:lavrov",
       "quotes by Lavrov, or articles that quote him; any spelling and any alias of a name finds the others"},
      {"mention:nato", "naming a person, organisation or place; also person:, org:, place:"},
      {"kind:direct", "quotes: direct, mixed or indirect; act:attitude or act:any for what is wanted or "
                      "hoped; role:, cue:, confidence:>0.8"},
      {"title:harbour",
       "in one field of the article: title, byline, publisher, section, lang, url, path, id"},
      {"date:2022-01..2022-03", "published then; also date:2022, date:2021.., date:..2020-06"},
      {"*", "everything"},
  };
  g_string_append(out, ".Sh QUERIES\n");
  append_sentences(out, "Several arguments are joined by blanks. A query that begins with a dash goes in "
                        "quotation marks with the rest of it, or after --.");
  g_string_append(out, ".Bl -tag -width Ds\n");
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_string_append(out, ".It Li");
    append_argument(out, rows[i][0]);
    g_string_append_c(out, '\n');
    append_sentences(out, rows[i][1]);
  }
  g_string_append(out, ".El\n");
}

static void append_tail(GString *out) {
  g_string_append(
      out, ".Sh ENVIRONMENT\n.Bl -tag -width Ds\n"
           ".It Ev ONRECORD_ARCHIVE\nThe archive, where\n.Fl a\nis not given.\n"
           ".It Ev ONRECORD_MODELS\nThe folder of the weights that names and quotes are found with, in place of those that came with "
           "the program.\n"
           ".It Ev NO_COLOR\nWhen set and not empty, no colour unless\n.Fl \\-color Cm always\nasks for it.\n"
           ".It Ev COLUMNS\nThe width to write text for, in place of the terminal's own.\n.El\n"
           ".Sh FILES\n.Bl -tag -width Ds\n"
           ".It Pa .onrecord/record.sqlite\nThe archive: an SQLite database with a documented schema.\n.El\n"
           ".Sh EXIT STATUS\n.Bl -tag -width Ds\n"
           ".It 0\nHits, or done.\n.It 1\nNo hits.\n.It 2\nWrong use, or it did not work.\n"
           ".It 75\nAnother process writes to the archive: try again.\n"
           ".It 130\nStopped by Ctrl\\-C; what was whole is kept.\n"
           "Other signals: 128 and their number.\n.El\n"
           ".Pp\nA reader that goes away, as in\n.Ql onrecord export quotes | head ,\nis no failure.\n");
}

static void append_examples(GString *out) {
  const char *before = ".Sh EXAMPLES\n";
  for (const OnrCommand *const *c = ONR_COMMANDS; *c; c++)
    for (const OnrExample *e = (*c)->examples; e->line; e++) {
      g_string_append(out, before);
      append_example(out, e);
      before = ".Pp\n";
    }
}

void onr_manual_print(OnrOutput *out) {
  g_autoptr(GString) text = g_string_new(NULL);
  append_head(text);
  append_commands(text);
  append_query(text);
  append_tail(text);
  append_examples(text);
  g_string_append(text, ".Sh SEE ALSO\n.Xr sqlite3 1\n");
  onr_output_drain(out, text);
}
