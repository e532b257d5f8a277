/* Starts a program as a child whose pipes and process group are its own, and outlives it. */
#define _GNU_SOURCE
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
  /// The number of pipes to a child.
  PIPES = 5,
  /// Above every descriptor that the child has, so that none is overwritten before it is copied.
  FIRST_FREE = 16,
};

/// Opens a pipe whose ends no child inherits by accident.
static int open_pipe(int ends[2]) {
  int made[2];
  if (pipe(made) < 0) return errno;
  int problem = 0;
  for (int end = 0; end < 2; end++) {
    ends[end] = fcntl(made[end], F_DUPFD_CLOEXEC, FIRST_FREE);
    if (ends[end] < 0) problem = errno;
    close(made[end]);
  }
  return problem;
}

static void close_all(int pipes[PIPES][2]) {
  for (int index = 0; index < PIPES; index++) {
    for (int end = 0; end < 2; end++) {
      if (pipes[index][end] >= 0) close(pipes[index][end]);
    }
  }
}

/// The signals and the process group of a fresh program.
static int prepare(posix_spawnattr_t *attributes) {
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  sigdelset(&all, SIGKILL);
  sigdelset(&all, SIGSTOP);
  int problem = posix_spawnattr_init(attributes);
  if (problem != 0) return problem;
  posix_spawnattr_setsigmask(attributes, &none);
  posix_spawnattr_setsigdefault(attributes, &all);
  posix_spawnattr_setpgroup(attributes, 0);
  short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP;
#ifdef __APPLE__
  flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
  return posix_spawnattr_setflags(attributes, flags);
}

int supervisor_start_child(const char *path, char *const *argv, char *const *environment,
                           const char *folder, struct supervisor_pipes *pipes, pid_t *pid) {
  // For each pipe the child's descriptor, and which end the child has.
  static const int place[PIPES] = {1, 2, 3, 4, 5};
  static const int child_end[PIPES] = {1, 1, 0, 1, 0};
  int all[PIPES][2];
  memset(all, -1, sizeof all);
  int problem = 0;
  for (int index = 0; index < PIPES && problem == 0; index++) problem = open_pipe(all[index]);
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  if (problem == 0) problem = posix_spawn_file_actions_init(&actions);
  if (problem != 0) {
    close_all(all);
    return problem;
  }
  problem = prepare(&attributes);
  if (problem == 0) {
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    for (int index = 0; index < PIPES; index++) {
      posix_spawn_file_actions_adddup2(&actions, all[index][child_end[index]], place[index]);
    }
#ifdef __linux__
    // Other libraries may have opened files without the flag.
    posix_spawn_file_actions_addclosefrom_np(&actions, place[PIPES - 1] + 1);
#endif
    problem = posix_spawn_file_actions_addchdir_np(&actions, folder);
    if (problem == 0) {
      problem = posix_spawn(pid, path, &actions, &attributes, argv, environment);
    }
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_destroy(&actions);
  if (problem != 0) {
    close_all(all);
    return problem;
  }
  for (int index = 0; index < PIPES; index++) {
    close(all[index][child_end[index]]);
    int own = all[index][1 - child_end[index]];
    fcntl(own, F_SETFL, fcntl(own, F_GETFL) | O_NONBLOCK);
  }
  pipes->output = all[0][0];
  pipes->errors = all[1][0];
  pipes->requests = all[2][1];
  pipes->messages = all[3][0];
  pipes->answers = all[4][1];
  return 0;
}

pid_t supervisor_guard_group(pid_t group, int *lifeline) {
  int ends[2] = {-1, -1};
  if (open_pipe(ends) != 0) return -1;
  char number[24];
  snprintf(number, sizeof number, "-%d", (int)group);
  // A shell is a small program that every system has; it reads until this process has gone.
  char *const argv[] = {"sh", "-c", "while read -r line; do :; done; kill -s KILL -- \"$1\"", "guard",
                        number, NULL};
  char *const environment[] = {NULL};
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  pid_t pid = -1;
  if (posix_spawn_file_actions_init(&actions) == 0) {
    if (prepare(&attributes) == 0) {
      posix_spawn_file_actions_adddup2(&actions, ends[0], 0);
      posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
      posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
#ifdef __linux__
      posix_spawn_file_actions_addclosefrom_np(&actions, 3);
#endif
      if (posix_spawn(&pid, "/bin/sh", &actions, &attributes, argv, environment) != 0) pid = -1;
      posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
  }
  close(ends[0]);
  if (pid < 0) {
    close(ends[1]);
    return -1;
  }
  *lifeline = ends[1];
  return pid;
}

ssize_t supervisor_write(int descriptor, const void *bytes, size_t count) {
#ifdef F_SETNOSIGPIPE
  fcntl(descriptor, F_SETNOSIGPIPE, 1);
  return write(descriptor, bytes, count);
#else
  sigset_t pipe, before, waiting;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  sigpending(&waiting);
  int was_waiting = sigismember(&waiting, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, &before);
  ssize_t written = write(descriptor, bytes, count);
  int problem = errno;
  if (written < 0 && problem == EPIPE && !was_waiting) {
    struct timespec none = {0};
    while (sigtimedwait(&pipe, NULL, &none) < 0 && errno == EINTR) {
    }
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  errno = problem;
  return written;
#endif
}
