/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs a target over all files of the folders that are its arguments: replay FOLDER… . Fails where there is
 * none. */
#include "fuzz.h"

#include <stdio.h>

static guint replay_folder(const char *folder) {
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  guint n = 0;
  for (const char *name; dir && (name = g_dir_read_name(dir)); n++) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *bytes = NULL;
    gsize length = 0;
    if (!g_file_get_contents(path, &bytes, &length, NULL))
      return 0;
    fprintf(stderr, "%s\n", name); /* the last one before a fault is its cause */
    LLVMFuzzerTestOneInput((const uint8_t *)bytes, length);
  }
  return n;
}

int main(int argc, char **argv) {
  guint n = 0;
  for (int i = 1; i < argc; i++)
    n += replay_folder(argv[i]);
  printf("%u inputs\n", n);
  return n > 0 ? 0 : 1;
}
