/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Proves that a leak fails a run: leaky::drops_memory must fail, clean::frees_memory must pass. check_leak.sh
 * runs both. */
#include "support/support.h"

#include <stdlib.h>

ONR_SUITE(leaky);
ONR_SUITE(clean);

static void use(volatile char *memory) {
  cr_assert_not_null(memory);
  memory[0] = 'x';
}

/* A frame of its own, so that no register or stack slot of the test still holds the pointer. */
__attribute__((noinline)) static void drop_memory(void) {
  use(malloc(100));
}

Test(leaky, drops_memory) {
  drop_memory();
}

Test(clean, frees_memory) {
  char *memory = malloc(100);
  use(memory);
  free(memory);
}
