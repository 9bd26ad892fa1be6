/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "generate.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

#define N_FOLDERS 6
#define N_FILES 25 /* text files in a folder */
#define N_LINES 30 /* articles in a folder's JSON Lines file */

static const char *const PEOPLE[] = {"Edda Marrowby", "Corvin Taskell",  "Odile Brandreth",
                                     "Josun Pellary", "Zoran Ilmarik",   "Nadja Orlovec",
                                     "Marit Quellen", "Petra Hallorsen", "Hollis Amberdene"};
static const char *const PLACES[] = {"Marenport", "Sandhythe", "Brask", "Kestria", "Tolvania"};
static const char *const THINGS[] = {"the harbour wall",         "the night ferry",
                                     "the price of eels",        "a new dam on the Oll",
                                     "the tram over the bridge", "the budget of the town"};
static const char *const VERDICTS[] = {"will be ready before the winter", "costs more than anybody admits",
                                       "has to wait for another year", "is nobody's business but ours"};

#define PICK(draw, list) list[g_rand_int_range(draw, 0, G_N_ELEMENTS(list))]

static void append_paragraph(GString *text, GRand *draw, const char *break_) {
  const char *who = PICK(draw, PEOPLE), *thing = PICK(draw, THINGS), *verdict = PICK(draw, VERDICTS);
  switch (g_rand_int_range(draw, 0, 4)) {
  case 0:
    g_string_append_printf(text, "“I think that %s %s,” %s said in %s.", thing, verdict, who,
                           PICK(draw, PLACES));
    break;
  case 1:
    g_string_append_printf(text, "%s told reporters that %s %s. “We have said so before,” she added.", who,
                           thing, verdict);
    break;
  case 2:
    g_string_append_printf(text, "According to %s, %s %s.", who, thing, verdict);
    break;
  default:
    g_string_append_printf(text, "Nobody in %s was surprised. The town council meets again on day %d.",
                           PICK(draw, PLACES), g_rand_int_range(draw, 1, 400));
  }
  g_string_append(text, break_);
}

static char *make_body(GRand *draw, const char *break_) {
  GString *text = g_string_new(NULL);
  for (int n = g_rand_int_range(draw, 3, 9); n > 0; n--)
    append_paragraph(text, draw, break_);
  return g_string_free(text, FALSE);
}

static void write_file(const char *dir, const char *name, const char *content) {
  g_autofree char *path = g_build_filename(dir, name, NULL);
  g_autoptr(GError) error = NULL;
  if (!g_file_set_contents(path, content, -1, &error)) {
    fprintf(stderr, "%s\n", error->message);
    exit(2);
  }
}

static void write_text_file(const char *dir, int folder, int number, GRand *draw) {
  g_autofree char *name = g_strdup_printf("%03d.txt", number);
  g_autofree char *body = make_body(draw, "\n\n");
  g_autofree char *content =
      g_strdup_printf("Report %d from folder %d\nDate: 2024-%02d-%02d\nSource: Kestrian Wire\n\n%s", number,
                      folder, 1 + folder, 1 + number, body);
  write_file(dir, name, content);
}

/* Every STEPth line of the file. */
static void write_lines_file(const char *dir, int folder, int step, GRand *draw) {
  g_autoptr(GString) lines = g_string_new(NULL);
  for (int number = 0; number < N_LINES; number += step) {
    g_autofree char *body = make_body(draw, "\\n\\n");
    g_string_append_printf(
        lines,
        "{\"id\": \"line-%d-%d\", \"title\": \"Dispatch %d of %d\", \"published\": \"2023-%02d-%02d\", "
        "\"publisher\": \"Kestrian Wire\", \"text\": \"%s\"}\n",
        folder, number, number, folder, 1 + folder, 1 + number % 28, body);
  }
  write_file(dir, "dispatches.jsonl", lines->str);
}

guint generate_articles(const char *dir) {
  g_autoptr(GRand) draw = g_rand_new_with_seed(1);
  for (int folder = 0; folder < N_FOLDERS; folder++) {
    g_autofree char *name = g_strdup_printf("%d", folder);
    g_autofree char *path = g_build_filename(dir, name, NULL);
    g_mkdir_with_parents(path, 0777);
    for (int number = 0; number < N_FILES; number++)
      write_text_file(path, folder, number, draw);
    write_lines_file(path, folder, 1, draw);
  }
  return N_FOLDERS * (N_FILES + N_LINES);
}

static void remove_text_file(const char *dir, int number) {
  g_autofree char *name = g_strdup_printf("%03d.txt", number);
  g_autofree char *path = g_build_filename(dir, name, NULL);
  g_remove(path);
}

/* In each folder: of ten files one goes and three are others, five come, and of every other folder's lines
 * half have gone and all are others. */
void change_articles(const char *dir) {
  g_autoptr(GRand) draw = g_rand_new_with_seed(2);
  for (int folder = 0; folder < N_FOLDERS; folder++) {
    g_autofree char *name = g_strdup_printf("%d", folder);
    g_autofree char *path = g_build_filename(dir, name, NULL);
    if (folder % 2)
      write_lines_file(path, folder, 2, draw);
    for (int number = 0; number < N_FILES + 5; number++)
      if (number % 10 == 7 && number < N_FILES)
        remove_text_file(path, number);
      else if (number % 10 < 3 || number >= N_FILES)
        write_text_file(path, folder, number, draw);
  }
}

void touch_articles(const char *dir) {
  g_autoptr(GRand) draw = g_rand_new_with_seed(3);
  g_autofree char *path = g_build_filename(dir, "3", NULL);
  write_text_file(path, 3, 4, draw);
  write_text_file(path, 3, 5, draw);
}
