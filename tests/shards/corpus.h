/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The articles of articles.h, indexed once for all tests of the program: in one archive, and dealt out over four. A test sees them in its folder as whole, a0 to a3, and shards.conf,
   which lists the four; it changes none of them but copies of its own. */
#pragma once

#include "articles.h"
#include "server.h"

typedef struct {
  Place place;
  Machine *machines[ARTICLES_N_SHARDS];
  Server *servers[ARTICLES_N_SHARDS]; /* NULL where there is none */
} Scene;

void scene_init(Scene *scene);
/* With the four archives served, each on its machine. Skips the test where there are no servers. */
void scene_init_served(Scene *scene);
void scene_clear(Scene *scene);

/* "-a … -a … -a … -a …": of each shard the archive where LOCAL has its bit, else its server. The caller frees it. */
char *scene_layout(const Scene *scene, guint local);
