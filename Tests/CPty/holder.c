#define _GNU_SOURCE
#include "holder.h"

#include "cpty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CONTROL = 3, REPORTS = 4, FIRST_FOREIGN = 5 };

static volatile sig_atomic_t hung_up;

static void on_hangup(int number) { (void)number; hung_up = 1; }

static void on_child(int number) { (void)number; }

static void report(int kind, int process, int value, int milliseconds) {
  struct cpty_report record = {kind, process, value, milliseconds};
  while (write(REPORTS, &record, sizeof record) < 0 && errno == EINTR) {
  }
}

static void take_terminal(pid_t group) {
  if (tcsetpgrp(0, group) != 0) {
    // The terminal is hung up: there is nothing to take.
  }
}

// Moves the descriptors that the holder needs to fixed places and closes all others: a holder that
// kept the test runner's output open would block `swift test`, and one that kept another test's
// terminal open would keep that terminal from hanging up.
static void own_descriptors(const struct holder_plan *plan) {
  int terminal = fcntl(plan->terminal, F_DUPFD, 16);
  int control = fcntl(plan->control, F_DUPFD, 16);
  int reports = fcntl(plan->reports, F_DUPFD, 16);
  for (int target = 0; target < 3; target++) dup2(terminal, target);
  dup2(control, CONTROL);
  dup2(reports, REPORTS);
  syscall(SYS_close_range, FIRST_FOREIGN, ~0U, 0);
  fcntl(CONTROL, F_SETFD, FD_CLOEXEC);
  fcntl(REPORTS, F_SETFD, FD_CLOEXEC);
}

static void default_signals(void) {
  struct sigaction action = {.sa_handler = SIG_DFL};
  for (int number = 1; number < NSIG; number++) sigaction(number, &action, NULL);
}

static void holder_signals(sigset_t *while_waiting) {
  default_signals();
  struct sigaction ignore = {.sa_handler = SIG_IGN};
  const int ignored[] = {SIGTTOU, SIGTTIN, SIGTSTP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM};
  for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++) sigaction(ignored[i], &ignore, NULL);
  struct sigaction hangup = {.sa_handler = on_hangup};
  sigaction(SIGHUP, &hangup, NULL);
  struct sigaction child = {.sa_handler = on_child};
  sigaction(SIGCHLD, &child, NULL);

  sigset_t blocked;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGHUP);
  sigaddset(&blocked, SIGCHLD);
  sigprocmask(SIG_SETMASK, &blocked, NULL);
  sigemptyset(while_waiting);
}

_Noreturn static void become_program(const struct holder_plan *plan, int failure) {
  setpgid(0, 0);
  take_terminal(getpid());
  default_signals();
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  if (plan->directory == NULL || chdir(plan->directory) == 0) {
    execve(plan->path, plan->arguments, plan->environment);
  }
  int reason = errno;
  while (write(failure, &reason, sizeof reason) < 0 && errno == EINTR) {
  }
  _exit(127);
}

static pid_t start_program(const struct holder_plan *plan) {
  int failure[2];
  if (pipe2(failure, O_CLOEXEC) != 0) {
    report(CPTY_NOT_STARTED, 0, errno, 0);
    _exit(1);
  }
  pid_t program = fork();
  if (program == 0) become_program(plan, failure[1]);
  close(failure[1]);
  int reason = 0;
  ssize_t count;
  do count = read(failure[0], &reason, sizeof reason);
  while (count < 0 && errno == EINTR);
  close(failure[0]);
  if (program < 0 || count > 0) {
    report(CPTY_NOT_STARTED, 0, program < 0 ? errno : reason, 0);
    _exit(1);
  }
  report(CPTY_STARTED, program, 0, 0);
  return program;
}

static int milliseconds_of(const struct rusage *usage) {
  return (int)((usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) * 1000 +
               (usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1000);
}

// Reports every change of state. Returns 0 when no descendant is left.
static int collect(pid_t program) {
  for (;;) {
    int status;
    struct rusage usage = {0};
    pid_t process = wait4(-1, &status, WNOHANG | WUNTRACED | WCONTINUED, &usage);
    if (process == 0) return 1;
    if (process < 0) return errno == EINTR ? 1 : 0;
    // As in a shell: the terminal is taken back when the program stops or ends.
    if (process == program && !cpty_is_continued(status)) take_terminal(getpgrp());
    report(CPTY_CHANGED, process, status, milliseconds_of(&usage));
  }
}

// Kills all processes that the holder adopted; each death passes its children to the holder, so the
// list is read again until it is empty.
static void kill_descendants(void) {
  for (;;) {
    char text[4096];
    int file = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
    ssize_t count = file < 0 ? 0 : read(file, text, sizeof text);
    if (file >= 0) close(file);
    long process = 0;
    for (ssize_t i = 0; i < count; i++) {
      if (text[i] >= '0' && text[i] <= '9') {
        process = process * 10 + (text[i] - '0');
      } else {
        if (process > 1) kill((pid_t)process, SIGKILL);
        process = 0;
      }
    }
    int status;
    if (waitpid(-1, &status, 0) < 0 && errno != EINTR) return;
  }
}

static void obey(char command, pid_t program) {
  if (command == CPTY_FOREGROUND) take_terminal(program);
  kill(-program, SIGCONT);
}

_Noreturn void holder_run(const struct holder_plan *plan) {
  setsid();
  ioctl(plan->terminal, TIOCSCTTY, 0);
  own_descriptors(plan);
  sigset_t while_waiting;
  holder_signals(&while_waiting);
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  pid_t program = start_program(plan);

  int somebody = 1;
  for (;;) {
    struct pollfd control = {CONTROL, POLLIN, 0};
    ppoll(&control, 1, NULL, &while_waiting);
    if (hung_up) {
      hung_up = 0;
      kill(-program, SIGHUP);
      kill(-program, SIGCONT);
    }
    if (somebody && !(somebody = collect(program))) report(CPTY_NOBODY_LEFT, 0, 0, 0);
    if (control.revents != 0) {
      char command;
      ssize_t count = read(CONTROL, &command, 1);
      if (count == 1) obey(command, program);
      if (count == 0) break;
    }
  }
  kill(-program, SIGKILL);
  kill_descendants();
  _exit(0);
}
