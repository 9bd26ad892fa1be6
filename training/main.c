/* SPDX-License-Identifier: GPL-2.0-or-later */
/* onrecord-train: labelled articles in, models/ out. Whole numbers and fixed seeds: the same articles give
   the same file. */
#include "training/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
  const char *name;
  gboolean (*run)(int argc, char **argv, GError **error);
} commands[] = {{"entities", onr_train_entities}, {"attribution", onr_train_attribution}, {"identities", onr_train_identities}};

int main(int argc, char **argv) {
  for (guint k = 0; argc > 1 && k < G_N_ELEMENTS(commands); k++) {
    g_autoptr(GError) error = NULL;
    if (strcmp(argv[1], commands[k].name) != 0)
      continue;
    if (commands[k].run(argc - 1, argv + 1, &error))
      return EXIT_SUCCESS;
    fprintf(stderr, "onrecord-train: %s\n", error->message);
    return EXIT_FAILURE;
  }
  fprintf(stderr, "usage: onrecord-train entities|attribution|identities [OPTION…]; --help behind each says more\n");
  return EXIT_FAILURE;
}
