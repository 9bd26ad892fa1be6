/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _GNU_SOURCE /* setns, unshare */
#include "machine.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define OWN_NETWORK "/proc/thread-self/ns/net"
#define FIRST_PORT 7400 /* of machines on which nobody else is */

/* --- networks --- */

static gboolean is_done(const Place *place, const char *line, int network) {
  g_autoptr(Run) run = run_start_in(place, line, network);
  run_end(run);
  return run->status == 0;
}

/* Leaves the system's network for an empty one. */
static gboolean try_leave(const Place *place) {
  g_autofree char *ip = g_find_program_in_path("ip");
  return ip && unshare(CLONE_NEWNET) == 0 && is_done(place, "ip link set lo up", -1);
}

/* Once in a test, which is a process. */
static gboolean has_own_network(const Place *place) {
  static int answer = -1;
  if (answer < 0)
    answer = try_leave(place);
  return answer;
}

/* A new network; the caller stays in the one it is in. -1 where there may be none. */
static int make_network(void) {
  int here = open(OWN_NETWORK, O_RDONLY | O_CLOEXEC), made = -1;
  if (here >= 0 && unshare(CLONE_NEWNET) == 0)
    made = open(OWN_NETWORK, O_RDONLY | O_CLOEXEC);
  if (here >= 0) {
    cr_assert_eq(setns(here, CLONE_NEWNET), 0);
    close(here);
  }
  return made;
}

static gboolean connect_networks(const Place *place, guint number, int network) {
  g_autofree char *here = g_strdup_printf(
      "sh -c 'ip link add near%u type veth peer name far%u && ip link set far%u netns /proc/%d/fd/%d && "
      "ip addr add 10.77.%u.1/24 dev near%u && ip link set near%u up'",
      number, number, number, getpid(), network, number, number, number);
  g_autofree char *there = g_strdup_printf(
      "sh -c 'ip link set lo up && ip addr add 10.77.%u.2/24 dev far%u && ip link set far%u up'", number,
      number, number);
  return is_done(place, here, -1) && is_done(place, there, network);
}

/* --- machines --- */

Machine *machine_new(const Place *place, guint number) {
  Machine *machine = g_new0(Machine, 1);
  machine->number = number;
  machine->network = has_own_network(place) && number ? make_network() : -1;
  if (machine->network >= 0 && !connect_networks(place, number, machine->network)) {
    close(machine->network);
    machine->network = -1;
  }
  machine->host = machine->network < 0 ? g_strdup("127.0.0.1") : g_strdup_printf("10.77.%u.2", number);
  return machine;
}

void machine_free(Machine *machine) {
  if (machine->network >= 0)
    close(machine->network);
  g_free(machine->host);
  g_free(machine);
}

/* By an address of hardware that nothing has. */
gboolean machine_vanish(const Place *place, const Machine *machine) {
  g_autofree char *line =
      g_strdup_printf("ip neigh replace %s lladdr 02:00:00:00:00:99 nud permanent dev near%u", machine->host,
                      machine->number);
  return machine->network >= 0 && is_done(place, line, -1);
}

/* --- ports --- */

/* A socket at PORT of 127.0.0.1, 0 for any; -1 where another has it. */
static int try_bind(guint *port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((guint16)*port)};
  socklen_t length = sizeof address;
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(fd, (struct sockaddr *)&address, length) ||
      getsockname(fd, (struct sockaddr *)&address, &length)) {
    close(fd);
    return -1;
  }
  *port = ntohs(address.sin_port);
  return fd;
}

guint machine_free_ports(const Machine *machine) {
  static guint n_given;
  if (machine->network >= 0)
    return FIRST_PORT + 2 * n_given++;
  for (;;) {
    guint first = 0, next;
    int fd = try_bind(&first);
    cr_assert_geq(fd, 0, "no free port at 127.0.0.1");
    next = first + 1;
    int next_fd = next < 65535 ? try_bind(&next) : -1;
    close(fd);
    if (next_fd >= 0) {
      close(next_fd);
      return first;
    }
  }
}

gboolean machine_is_listening(GPid pid, guint port) {
  g_autofree char *path = g_strdup_printf("/proc/%d/net/tcp", pid);
  g_autofree char *text = NULL;
  g_autofree char *wanted = g_strdup_printf(":%04X 00000000:0000 0A", port);
  return g_file_get_contents(path, &text, NULL, NULL) && strstr(text, wanted);
}
