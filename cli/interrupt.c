/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/interrupt.h"

#include <signal.h>

static volatile sig_atomic_t caught; /* the one thing that a signal handler may write */

static void remember(int signal_number) {
  caught = signal_number;
}

void onr_interrupt_watch(void) {
  static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
  struct sigaction action = {.sa_handler = remember, .sa_flags = (int)SA_RESETHAND | SA_RESTART};
  sigemptyset(&action.sa_mask);
  for (guint i = 0; i < G_N_ELEMENTS(signals); i++)
    sigaction(signals[i], &action, NULL);
}

int onr_interrupt_signal(void) {
  return caught;
}
