/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/walk.h"

#include "support/support.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

ONR_SUITE(walk);

/* One case's folder "in", with "outside" and "outside.txt" beside it. */
typedef struct {
  char *dir, *in;
  GPtrArray *paths, *include, *exclude;
  char *archive;
} Tree;

static void make_parent(const char *path) {
  g_autofree char *parent = g_path_get_dirname(path);
  cr_assert_eq(g_mkdir_with_parents(parent, 0777), 0);
}

static void make_entry(Tree *tree, const char *spec) {
  g_autofree char *name = g_strdup(spec);
  char *arrow = strchr(name, '>');
  if (arrow)
    *arrow = '\0';
  gsize length = strlen(name);
  gboolean is_fifo = length > 0 && name[length - 1] == '|';
  gboolean is_folder = length > 0 && name[length - 1] == '/';
  if (is_fifo || is_folder)
    name[length - 1] = '\0';
  g_autofree char *path = g_build_filename(tree->in, name, NULL);
  make_parent(path);
  if (arrow)
    cr_assert_eq(symlink(arrow + 1, path), 0);
  else if (is_fifo)
    cr_assert_eq(mkfifo(path, 0666), 0);
  else if (is_folder)
    cr_assert_eq(g_mkdir_with_parents(path, 0777), 0);
  else
    cr_assert_neq(g_file_set_contents(path, "x", 1, NULL), FALSE);
}

static void read_spec(Tree *tree, const char *spec) {
  if (*spec == '@')
    g_ptr_array_add(tree->paths, g_build_filename(tree->in, spec + 1, NULL));
  else if (*spec == '+')
    g_ptr_array_add(tree->include, g_strdup(spec + 1));
  else if (*spec == '-')
    g_ptr_array_add(tree->exclude, g_strdup(spec + 1));
  else if (*spec == '=')
    tree->archive = g_build_filename(tree->in, spec + 1, NULL);
  else
    make_entry(tree, spec);
}

static Tree *make_tree(const char *input) {
  Tree *tree = g_new0(Tree, 1);
  g_autofree char *made = onr_test_make_dir();
  tree->dir = realpath(made, NULL);
  tree->in = g_build_filename(tree->dir, "in", NULL);
  tree->paths = g_ptr_array_new_with_free_func(g_free);
  tree->include = g_ptr_array_new_with_free_func(g_free);
  tree->exclude = g_ptr_array_new_with_free_func(g_free);
  g_free(onr_test_write(tree->dir, "outside/in", "x", 1));
  g_free(onr_test_write(tree->dir, "outside.txt", "x", 1));
  g_auto(GStrv) specs = g_strsplit(input, " ", -1);
  for (guint i = 0; specs[i]; i++)
    read_spec(tree, specs[i]);
  if (tree->paths->len == 0)
    g_ptr_array_add(tree->paths, g_strdup(tree->in));
  g_ptr_array_add(tree->paths, NULL);
  g_ptr_array_add(tree->include, NULL);
  g_ptr_array_add(tree->exclude, NULL);
  return tree;
}

static void tree_free(Tree *tree) {
  onr_test_remove_dir(tree->dir);
  g_ptr_array_unref(tree->paths);
  g_ptr_array_unref(tree->include);
  g_ptr_array_unref(tree->exclude);
  g_free(tree->archive);
  g_free(tree->in);
  free(tree->dir);
  g_free(tree);
}

static OnrWalk *open_walk(const Tree *tree) {
  OnrWalkOptions options = {.include = (const char *const *)tree->include->pdata,
                            .exclude = (const char *const *)tree->exclude->pdata,
                            .archive_dir = tree->archive};
  GError *error = NULL;
  OnrWalk *walk = onr_walk_open((const char *const *)tree->paths->pdata, &options, &error);
  cr_assert_not_null(walk, "%s", error ? error->message : "");
  return walk;
}

static char *list(const Tree *tree) {
  g_autoptr(OnrWalk) walk = open_walk(tree);
  GString *out = g_string_new(NULL);
  OnrWalkEntry entry;
  while (onr_walk_next(walk, &entry)) {
    cr_assert_neq(g_str_has_prefix(entry.name, tree->in), FALSE, "%s", entry.name);
    g_string_append(out, entry.name + strlen(tree->in) + 1);
    if (entry.reason)
      g_string_append_printf(out, ": %s", entry.reason);
    g_string_append_c(out, '\n');
  }
  g_string_replace(out, tree->in, "IN", 0);
  g_string_replace(out, tree->dir, "OUT", 0);
  return g_string_free(out, FALSE);
}

Test(walk, cases) {
  g_autoptr(GPtrArray) cases = onr_test_cases("walk.test");
  guint n_wrong = 0;
  for (guint i = 0; i < cases->len; i++) {
    const OnrTestCase *c = cases->pdata[i];
    Tree *tree = make_tree(c->input);
    g_autofree char *found = list(tree);
    g_autoptr(GString) expected = g_string_new(NULL);
    for (guint k = 0; k < c->expected->len; k++)
      g_string_append_printf(expected, "%s\n", (const char *)c->expected->pdata[k]);
    if (strcmp(found, expected->str) != 0) {
      cr_log_error("walk.test:%u: %s\nexpected:\n%sfound:\n%s", c->line, c->input, expected->str, found);
      n_wrong++;
    }
    tree_free(tree);
  }
  cr_assert_eq(n_wrong, 0, "%u of %u cases", n_wrong, cases->len);
}

Test(walk, sizes_and_absolute_paths) {
  Tree *tree = make_tree("a");
  g_autoptr(OnrWalk) walk = open_walk(tree);
  OnrWalkEntry entry;
  cr_assert_neq(onr_walk_next(walk, &entry), FALSE);
  cr_assert_eq(entry.size_bytes, 1);
  cr_assert_gt(entry.mtime_ns, 0);
  cr_assert_neq(g_path_is_absolute(entry.path), FALSE);
  tree_free(tree);
  g_autofree char *absolute = onr_path_absolute("/x/./y/../z//a/");
  cr_assert_str_eq(absolute, "/x/z/a");
}

Test(walk, a_folder_that_vanishes_is_a_reason) {
  Tree *tree = make_tree("a b/c d");
  g_autoptr(OnrWalk) walk = open_walk(tree);
  OnrWalkEntry entry;
  cr_assert_neq(onr_walk_next(walk, &entry), FALSE);
  g_autofree char *b = g_build_filename(tree->in, "b", NULL);
  g_autofree char *d = g_build_filename(tree->in, "d", NULL);
  onr_test_remove_dir(b);
  cr_assert_neq(onr_walk_next(walk, &entry), FALSE);
  cr_assert_str_eq(entry.reason, "No such file or directory");
  cr_assert_neq(onr_walk_next(walk, &entry), FALSE);
  cr_assert_str_eq(entry.path, d);
  cr_assert_null(entry.reason);
  tree_free(tree);
}

Test(walk, a_folder_that_vanishes_while_its_files_are_read) {
  Tree *tree = make_tree("b/c b/d e");
  g_autoptr(OnrWalk) walk = open_walk(tree);
  OnrWalkEntry entry;
  cr_assert_neq(onr_walk_next(walk, &entry), FALSE);
  g_autofree char *b = g_build_filename(tree->in, "b", NULL);
  onr_test_remove_dir(b);
  cr_assert_neq(onr_walk_next(walk, &entry), FALSE);
  cr_assert_neq(g_str_has_suffix(entry.path, "b/d"), FALSE);
  cr_assert_str_eq(entry.reason, "No such file or directory");
  cr_assert_neq(onr_walk_next(walk, &entry), FALSE);
  cr_assert_null(entry.reason);
  tree_free(tree);
}

Test(walk, out_of_file_handles_is_a_reason) {
  Tree *tree = make_tree("a b/c d");
  g_autoptr(OnrWalk) walk = open_walk(tree);
  OnrWalkEntry entry;
  cr_assert_neq(onr_walk_next(walk, &entry), FALSE);
  g_autoptr(GArray) handles = g_array_new(FALSE, FALSE, sizeof(int));
  for (int fd; (fd = dup(STDIN_FILENO)) >= 0;)
    g_array_append_val(handles, fd);
  gboolean is_next = onr_walk_next(walk, &entry);
  g_autofree char *reason = g_strdup(is_next ? entry.reason : NULL);
  gboolean goes_on = onr_walk_next(walk, &entry);
  for (guint i = 0; i < handles->len; i++)
    close(g_array_index(handles, int, i));
  cr_assert_str_eq(reason, "folder: Too many open files");
  cr_assert_neq(goes_on, FALSE);
  cr_assert_null(entry.reason);
  tree_free(tree);
}

Test(walk, names_that_are_no_utf8) {
  g_autofree char *dir = onr_test_make_dir();
  g_autofree char *path = onr_test_write(dir, "caf\xe9.txt", "x", 1);
  const char *const paths[] = {dir, NULL};
  OnrWalkOptions options = {0};
  g_autoptr(OnrWalk) walk = onr_walk_open(paths, &options, NULL);
  OnrWalkEntry entry;
  cr_assert_neq(onr_walk_next(walk, &entry), FALSE);
  cr_assert_neq(g_str_has_suffix(entry.name, "caf\\xE9.txt"), FALSE, "%s", entry.name);
  g_autofree char *back = onr_path_from_name(entry.name);
  cr_assert_str_eq(back, path);
  onr_test_remove_dir(dir);
}

static void expect_refused(const char *path, OnrErrorCode code) {
  const char *const paths[] = {path, NULL};
  OnrWalkOptions options = {0};
  g_autoptr(GError) error = NULL;
  cr_assert_null(onr_walk_open(paths, &options, &error));
  cr_assert_neq(g_error_matches(error, ONR_ERROR, (gint)code), FALSE, "%s", error->message);
}

Test(walk, paths_that_are_none) {
  expect_refused("", ONR_ERROR_USAGE);
  expect_refused("/no/such/folder", ONR_ERROR_NOT_FOUND);
}
