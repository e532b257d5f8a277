// Signals in the console's own process: bytes in a pipe, stopping, crashes.
#include "internal.h"
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t wake_end = -1;
static int read_end = -1;
static volatile sig_atomic_t asked_to_end = 0;

static const int watched[] = {SIGWINCH, SIGCONT, SIGTSTP, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE};
enum { WATCHED = sizeof watched / sizeof *watched };
static struct sigaction before_watching[WATCHED];

void supervisor_wake(char byte) {
  int saved = errno;
  if (wake_end >= 0) (void)!write(wake_end, &byte, 1);
  errno = saved;
}

void signals_ask(int number) {
  asked_to_end = 1;
  guard_ask(number);
  switch (number) {
    case SIGHUP: supervisor_wake(SUPERVISOR_WAKE_HANGUP); return;
    case SIGINT: supervisor_wake(SUPERVISOR_WAKE_INTERRUPT); return;
    case SIGQUIT: supervisor_wake(SUPERVISOR_WAKE_QUIT); return;
    default: supervisor_wake(SUPERVISOR_WAKE_TERMINATE); return;
  }
}

static void on_signal(int number) {
  switch (number) {
    case SIGWINCH: supervisor_wake(SUPERVISOR_WAKE_RESIZE); return;
    case SIGCONT: supervisor_wake(SUPERVISOR_WAKE_CONTINUE); return;
    case SIGTSTP: supervisor_wake(SUPERVISOR_WAKE_SUSPEND); return;
  }
  signals_ask(number);
}

int supervisor_watch(void) {
  int ends[2];
  if (read_end >= 0) return read_end;
  if (pipe(ends) != 0) return -1;
  for (int i = 0; i < 2; i++) {
    fcntl(ends[i], F_SETFL, O_NONBLOCK);
    fcntl(ends[i], F_SETFD, FD_CLOEXEC);
  }
  read_end = ends[0];
  wake_end = ends[1];
  asked_to_end = 0;
  guard_start();
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigfillset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  for (int i = 0; i < WATCHED; i++) {
    action.sa_handler = watched[i] == SIGPIPE ? SIG_IGN : on_signal;
    sigaction(watched[i], &action, &before_watching[i]);
  }
  return read_end;
}

void supervisor_unwatch(void) {
  if (read_end < 0) return;
  for (int i = 0; i < WATCHED; i++) sigaction(watched[i], &before_watching[i], NULL);
  int writer = wake_end;
  wake_end = -1;
  close(writer);
  close(read_end);
  read_end = -1;
}

void supervisor_finish(void) { signal(SIGTTOU, SIG_IGN); }

int supervisor_in_foreground(void) {
  pid_t group = tcgetpgrp(STDIN_FILENO);
  return group < 0 || group == getpgrp();
}

void supervisor_stop(void) {
  // In an orphaned process group SIGTSTP would be discarded. After `bg` the program stops again,
  // because it can do nothing without its terminal.
  do {
    if (asked_to_end) return;
    raise(SIGSTOP);
  } while (!supervisor_in_foreground());
}

static const int crashes[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE};
enum { CRASHES = sizeof crashes / sizeof *crashes };
static struct sigaction before_crash[CRASHES];
static int catching = 0;

static void on_crash(int number, siginfo_t *information, void *context) {
  supervisor_restore();
  for (int i = 0; i < CRASHES; i++) {
    if (crashes[i] != number || !supervisor_is_child()) continue;
    // The Swift runtime's handler; without a parent it would prompt for half a minute.
    if (before_crash[i].sa_flags & SA_SIGINFO && before_crash[i].sa_sigaction) {
      before_crash[i].sa_sigaction(number, information, context);
      // A fault recurs by itself; a signal sent by another process does not.
      if (information->si_code > 0) return;
    }
  }
  signal(number, SIG_DFL);
  raise(number);
}

void supervisor_catch_crashes(void) {
  if (catching) return;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = on_crash;
  // Nothing may be masked: the runtime catches faults while it reads the crashed memory.
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  for (int i = 0; i < CRASHES; i++) sigaction(crashes[i], &action, &before_crash[i]);
  catching = 1;
}

void supervisor_release_crashes(void) {
  if (!catching) return;
  for (int i = 0; i < CRASHES; i++) sigaction(crashes[i], &before_crash[i], NULL);
  catching = 0;
}
