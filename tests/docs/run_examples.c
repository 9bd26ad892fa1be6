/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs the examples of a document and compares what they print with what the document shows.

     run_examples [--update] ONRECORD SAMPLES FILE

   An example is a line "$ command" in a block fenced ```console (Markdown) or between .EX and .EE (a manual
   page, whose other blocks are left alone); "> " lines go on with it, the lines after it are its output. A
   line "…" stands for any lines, "⟨…⟩" within a line for any text. All examples of a file run in one fresh
   folder that holds a copy of SAMPLES as samples/ and an archive of it. --update prints the document with
   what the commands print today. */
#include <glib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ANY_LINES "…"
#define ANY_TEXT "⟨…⟩"

typedef struct {
  guint line;       /* of the command, from 1 */
  GString *command; /* what sh runs */
  guint end;        /* first line after the command's own lines; the output goes on from here */
  guint output_end; /* first line after the output */
  GPtrArray *output;
  gboolean is_wrong;
} Example;

static void example_free(gpointer p) {
  Example *example = p;
  g_string_free(example->command, TRUE);
  g_ptr_array_unref(example->output);
  g_free(example);
}

/* --- reading the document ----------------------------------------------------------------------------------
 */

static gboolean is_manual_page(const char *path) {
  const char *dot = strrchr(path, '.');
  return dot && g_ascii_isdigit(dot[1]);
}

static gboolean opens_block(const char *line, gboolean manual) {
  return manual ? g_str_equal(line, ".EX") : g_str_equal(line, "```console");
}

static gboolean closes_block(const char *line, gboolean manual) {
  return manual ? g_str_equal(line, ".EE") : g_str_equal(line, "```");
}

/* The characters that a line of a manual page shows. */
static char *shown(const char *line, gboolean manual) {
  static const struct {
    const char *escape, *text;
  } escapes[] = {{"\\(aq", "'"}, {"\\(dq", "\""}, {"\\(ga", "`"}, {"\\(ha", "^"}, {"\\(ti", "~"},
                 {"\\&", ""},    {"\\-", "-"},    {"\\e", "\\"},  {"\\ ", " "}};
  GString *out = g_string_new(NULL);
  for (const char *p = line; *p;) {
    gsize i = 0;
    while (manual && i < G_N_ELEMENTS(escapes) && !g_str_has_prefix(p, escapes[i].escape))
      i++;
    if (manual && i < G_N_ELEMENTS(escapes)) {
      g_string_append(out, escapes[i].text);
      p += strlen(escapes[i].escape);
    } else {
      g_string_append_c(out, *p++);
    }
  }
  return g_strchomp(g_string_free(out, FALSE));
}

static Example *example_new(const char *command, guint line) {
  Example *example = g_new0(Example, 1);
  example->line = line;
  example->command = g_string_new(command);
  example->output = g_ptr_array_new_with_free_func(g_free);
  return example;
}

static GPtrArray *read_examples(char **lines, gboolean manual) {
  GPtrArray *examples = g_ptr_array_new_with_free_func(example_free);
  gboolean inside = FALSE;
  Example *last = NULL;
  for (guint i = 0; lines[i]; i++) {
    g_autofree char *line = shown(lines[i], manual);
    if (!inside || closes_block(line, manual)) {
      inside = !inside && opens_block(line, manual);
      last = NULL;
    } else if (g_str_has_prefix(line, "$ ")) {
      last = example_new(line + 2, i + 1);
      g_ptr_array_add(examples, last);
      last->end = last->output_end = i + 1;
    } else if (last && last->end == i && g_str_has_prefix(line, "> ")) {
      g_string_append_printf(last->command, "\n%s", line + 2);
      last->end = last->output_end = i + 1;
    } else if (last) {
      g_ptr_array_add(last->output, g_steal_pointer(&line));
      last->output_end = i + 1;
    }
  }
  return examples;
}

/* --- running -----------------------------------------------------------------------------------------------
 */

static gboolean run_shell(const char *command, const char *dir, char **env, char **out, char **err,
                          int *status) {
  g_autoptr(GError) error = NULL;
  char *argv[] = {"/bin/sh", "-c", (char *)command, NULL};
  int wait_status;
  if (!g_spawn_sync(dir, argv, env, G_SPAWN_DEFAULT, NULL, NULL, out, err, &wait_status, &error)) {
    fprintf(stderr, "run_examples: %s\n", error->message);
    exit(2);
  }
  g_autoptr(GError) ended = NULL;
  if (g_spawn_check_wait_status(wait_status, &ended))
    *status = 0;
  else
    *status = ended->domain == G_SPAWN_EXIT_ERROR ? ended->code : -1;
  return *status == 0;
}

/* What it prints: standard output, then standard error, without trailing white space. */
static GPtrArray *printed_lines(const char *out, const char *err) {
  GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
  const char *streams[] = {out, err};
  for (gsize s = 0; s < G_N_ELEMENTS(streams); s++) {
    g_auto(GStrv) parts = g_strsplit(streams[s], "\n", -1);
    for (guint i = 0; parts[i] && (parts[i + 1] || *parts[i]); i++)
      g_ptr_array_add(lines, g_strdup(g_strchomp(parts[i])));
  }
  return lines;
}

/* "# exit N" at the end of a command names the exit status; 0 where it says nothing. */
static int wanted_status(const char *command) {
  const char *comment = g_strrstr(command, "# exit ");
  return comment ? (int)g_ascii_strtoll(comment + strlen("# exit "), NULL, 10) : 0;
}

/* --- comparing ---------------------------------------------------------------------------------------------
 */

static gboolean line_matches(const char *pattern, const char *line) {
  g_auto(GStrv) parts = g_strsplit(pattern, ANY_TEXT, -1);
  guint n = g_strv_length(parts);
  if (n < 2)
    return g_str_equal(pattern, line);
  if (!g_str_has_prefix(line, parts[0]))
    return FALSE;
  const char *at = line + strlen(parts[0]);
  for (guint i = 1; i + 1 < n; i++) {
    const char *found = strstr(at, parts[i]);
    if (!found)
      return FALSE;
    at = found + strlen(parts[i]);
  }
  return strlen(at) >= strlen(parts[n - 1]) && g_str_has_suffix(at, parts[n - 1]);
}

static gboolean is_any_lines(const char *line) {
  return g_str_equal(line + strspn(line, " "), ANY_LINES);
}

static gboolean lines_match(GPtrArray *wanted, guint i, GPtrArray *got, guint j) {
  if (i == wanted->len)
    return j == got->len;
  if (is_any_lines(wanted->pdata[i])) {
    for (guint k = j; k <= got->len; k++)
      if (lines_match(wanted, i + 1, got, k))
        return TRUE;
    return FALSE;
  }
  return j < got->len && line_matches(wanted->pdata[i], got->pdata[j]) &&
         lines_match(wanted, i + 1, got, j + 1);
}

static void trim_blank_end(GPtrArray *lines) {
  while (lines->len > 0 && *(const char *)lines->pdata[lines->len - 1] == '\0')
    g_ptr_array_remove_index(lines, lines->len - 1);
}

static void print_lines(FILE *to, const char *prefix, GPtrArray *lines) {
  for (guint i = 0; i < lines->len; i++)
    fprintf(to, "%s%s\n", prefix, (const char *)lines->pdata[i]);
}

/* --- one document ------------------------------------------------------------------------------------------
 */

/* A document that shows how the archive is made gets none beforehand. */
static gboolean makes_archive(const GPtrArray *examples) {
  for (guint i = 0; i < examples->len; i++)
    if (g_str_has_prefix(((const Example *)examples->pdata[i])->command->str, "onrecord index samples"))
      return TRUE;
  return FALSE;
}

static char *make_scratch(const char *onrecord, const char *samples, gboolean with_archive, char ***env) {
  g_autoptr(GError) error = NULL;
  char *dir = g_dir_make_tmp("onrecord-docs-XXXXXX", &error);
  if (!dir) {
    fprintf(stderr, "run_examples: %s\n", error->message);
    exit(2);
  }
  g_autofree char *bin = g_path_get_dirname(onrecord);
  g_autofree char *path =
      g_strdup_printf("%s:%s", bin, g_getenv("PATH") ? g_getenv("PATH") : "/usr/bin:/bin");
  *env = g_environ_setenv(*env, "PATH", path, TRUE);
  *env = g_environ_setenv(*env, "HOME", dir, TRUE);
  *env = g_environ_setenv(*env, "LC_ALL", "C.UTF-8", TRUE);
  *env = g_environ_unsetenv(*env, "ONRECORD_ARCHIVE");
  g_autofree char *quoted = g_shell_quote(samples);
  g_autofree char *command =
      g_strdup_printf("cp -R %s samples%s", quoted, with_archive ? " && onrecord index --quiet samples" : "");
  g_autofree char *out = NULL, *err = NULL;
  int status;
  if (!run_shell(command, dir, *env, &out, &err, &status)) {
    fprintf(stderr, "run_examples: cannot index the samples (exit %d)\n%s%s", status, out, err);
    exit(2);
  }
  return dir;
}

static void remove_scratch(const char *dir) {
  g_autofree char *quoted = g_shell_quote(dir);
  g_autofree char *command = g_strdup_printf("chmod -R u+w %s; rm -rf %s", quoted, quoted);
  g_autofree char *out = NULL, *err = NULL;
  int status;
  run_shell(command, "/", NULL, &out, &err, &status);
}

/* Where the example printed something else, marks it as wrong and puts that in place of its output. */
static void check_example(Example *example, const char *file, const char *dir, char **env) {
  g_autofree char *out = NULL, *err = NULL;
  int status, wanted = wanted_status(example->command->str);
  run_shell(example->command->str, dir, env, &out, &err, &status);
  g_autoptr(GPtrArray) got = printed_lines(out, err);
  trim_blank_end(got);
  g_autoptr(GPtrArray) shown_lines = g_ptr_array_ref(example->output);
  trim_blank_end(shown_lines);
  if (status == wanted && lines_match(shown_lines, 0, got, 0))
    return;
  fprintf(stderr, "%s:%u: $ %s\n", file, example->line, example->command->str);
  if (status != wanted)
    fprintf(stderr, "  ended with exit status %d, not %d\n", status, wanted);
  print_lines(stderr, "  shown   | ", shown_lines);
  print_lines(stderr, "  printed | ", got);
  g_ptr_array_unref(example->output);
  example->output = g_ptr_array_ref(got);
  example->is_wrong = TRUE;
}

static void print_updated(char **lines, GPtrArray *examples) {
  guint at = 0;
  for (guint e = 0; e < examples->len; e++) {
    const Example *example = examples->pdata[e];
    if (!example->is_wrong)
      continue;
    for (; at < example->end; at++)
      printf("%s\n", lines[at]);
    print_lines(stdout, "", example->output);
    at = example->output_end;
  }
  for (; lines[at] && (lines[at + 1] || *lines[at]); at++)
    printf("%s\n", lines[at]);
}

int main(int argc, char **argv) {
  gboolean update = argc > 1 && g_str_equal(argv[1], "--update");
  if (argc != 4 + update) {
    fprintf(stderr, "usage: run_examples [--update] ONRECORD SAMPLES FILE\n");
    return 2;
  }
  argv += update;
  g_autofree char *onrecord = g_canonicalize_filename(argv[1], NULL);
  g_autofree char *samples = g_canonicalize_filename(argv[2], NULL);
  const char *file = argv[3];
  g_autofree char *content = NULL;
  g_autoptr(GError) error = NULL;
  if (!g_file_get_contents(file, &content, NULL, &error)) {
    fprintf(stderr, "run_examples: %s\n", error->message);
    return 2;
  }
  g_auto(GStrv) lines = g_strsplit(content, "\n", -1);
  g_autoptr(GPtrArray) examples = read_examples(lines, is_manual_page(file));
  g_auto(GStrv) env = g_get_environ();
  g_autofree char *dir = make_scratch(onrecord, samples, !makes_archive(examples), &env);
  guint n_wrong = 0;
  for (guint i = 0; i < examples->len; i++) {
    Example *example = examples->pdata[i];
    check_example(example, file, dir, env);
    if (example->is_wrong)
      n_wrong++;
  }
  remove_scratch(dir);
  if (update)
    print_updated(lines, examples);
  else
    printf("%s: %u examples, %u print something else\n", file, examples->len, n_wrong);
  return n_wrong > 0 && !update;
}
