// A thread that ends the console when its main thread does not: because it computes, or because
// nobody reads the terminal and its write never returns.
#define _GNU_SOURCE
#include "internal.h"
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

static int ask_read = -1;
static volatile sig_atomic_t ask_write = -1;
static int lifeline = -1;
static int is_started = 0;

void guard_use_lifeline(int descriptor) { lifeline = descriptor; }

void guard_ask(int number) {
  int saved = errno;
  char byte = (char)number;
  if (ask_write >= 0) (void)!write(ask_write, &byte, 1);
  errno = saved;
}

// Waits for a signal that asks for the end, or for the death of the parent.
static int wait_until_asked(void) {
  for (;;) {
    struct pollfd files[2] = {{ask_read, POLLIN, 0}, {lifeline, POLLIN, 0}};
    if (poll(files, 2, -1) < 0) continue;
    char number;
    if (files[0].revents && read(ask_read, &number, 1) == 1) return number;
    if (files[1].revents) {
      lifeline = -1;
      signals_ask(SIGTERM);
    }
  }
}

// Restores the terminal from another process after this one's death, because the main thread may
// be in the middle of a write, which would come out afterwards.
static void restore_from_outside(void) {
  int ends[2];
  if (pipe(ends) != 0) return;
  pid_t helper = fork();
  if (helper == 0) {
    char byte;
    close(ends[1]);
    while (read(ends[0], &byte, 1) < 0 && errno == EINTR) {
    }
    supervisor_restore();
    _exit(0);
  }
  if (helper < 0) supervisor_restore();
}

static void *guard(void *nothing) {
  (void)nothing;
  int number = wait_until_asked();
  struct timespec rest = {.tv_nsec = MAIN_THREAD_PATIENCE * 1000000L};
  while (nanosleep(&rest, &rest) != 0 && errno == EINTR) {
  }
  // With a parent, that restores the terminal.
  if (restore_is_taken() && !supervisor_has_parent()) restore_from_outside();
  _exit(128 + number);
}

void guard_start(void) {
  int ends[2];
  if (is_started || pipe(ends) != 0) return;
  for (int i = 0; i < 2; i++) {
    fcntl(ends[i], F_SETFL, O_NONBLOCK);
    fcntl(ends[i], F_SETFD, FD_CLOEXEC);
  }
  // The signals stay with the threads that were there before. Others are left alone: the runtime
  // stops threads by a signal before it writes a crash report.
  static const int blocked[] = {SIGWINCH, SIGCONT, SIGTSTP, SIGHUP, SIGINT, SIGQUIT, SIGTERM};
  sigset_t signals, before;
  sigemptyset(&signals);
  for (size_t i = 0; i < sizeof blocked / sizeof *blocked; i++) sigaddset(&signals, blocked[i]);
  pthread_sigmask(SIG_BLOCK, &signals, &before);
  pthread_attr_t attributes;
  pthread_t thread;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  ask_read = ends[0];
  is_started = pthread_create(&thread, &attributes, guard, NULL) == 0;
  if (is_started) {
    ask_write = ends[1];
  } else {
    close(ends[0]);
    close(ends[1]);
  }
  pthread_attr_destroy(&attributes);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}
