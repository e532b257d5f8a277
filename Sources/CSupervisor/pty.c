/* Starts a program on a pseudo-terminal, to measure the time to its first screen. */
#define _GNU_SOURCE
#include "supervisor.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

int supervisor_start_on_pty(const char *path, char *const *argv, int columns, int rows,
                            pid_t *pid) {
  int leader = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (leader < 0 || grantpt(leader) < 0 || unlockpt(leader) < 0) return -1;
  char name[128];
  if (ptsname_r(leader, name, sizeof name) != 0) return -1;
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  ioctl(leader, TIOCSWINSZ, &size);
  *pid = fork();
  if (*pid < 0) {
    close(leader);
    return -1;
  }
  if (*pid == 0) {
    setsid();
    int follower = open(name, O_RDWR);
    if (follower < 0) _exit(127);
    dup2(follower, 0);
    dup2(follower, 1);
    dup2(follower, 2);
    if (follower > 2) close(follower);
    execv(path, argv);
    _exit(127);
  }
  return leader;
}
