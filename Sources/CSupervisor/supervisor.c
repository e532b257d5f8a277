// The parent process: waits for the console, forwards signals, gives the terminal back.
#define _GNU_SOURCE
#include "internal.h"
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#ifdef __APPLE__
#include <mach-o/dyld.h>
#endif

// Names the child's parent; a program started from within a console is no such child.
#define MARKER "EVENTICLE_SUPERVISED"
#define CRASH_FILE "EVENTICLE_CRASH_FILE"
#define MESSAGES "EVENTICLE_MESSAGES"
#define LIFELINE "EVENTICLE_LIFELINE"
#define NOTE "EVENTICLE_NOTE"

extern char **environ;

static pid_t child = -1;
static volatile sig_atomic_t ending = 0;
static int is_child = 0;
static pid_t parent = -1;
static int note = -1;
static int lifeline[2] = {-1, -1};

int supervisor_is_child(void) { return is_child; }

int supervisor_has_parent(void) { return is_child && getppid() == parent; }

static void program_path(char *path, size_t size) {
#ifdef __APPLE__
  uint32_t length = (uint32_t)size;
  if (_NSGetExecutablePath(path, &length) != 0) path[0] = 0;
#else
  ssize_t length = readlink("/proc/self/exe", path, size - 1);
  path[length < 0 ? 0 : length] = 0;
#endif
}

// Leaves a descriptor open in the program that follows, and says its number there.
static void hand_over(const char *name, int descriptor) {
  char text[16];
  if (descriptor < 0) return;
  fcntl(descriptor, F_SETFD, 0);
  snprintf(text, sizeof text, "%d", descriptor);
  setenv(name, text, 1);
}

static _Noreturn void become_child(char **argv, const sigset_t *mask) {
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(128 + SIGTERM);
#endif
  char text[PATH_MAX + 128];
  report_choose_file(getpid());
  const char *crash_file = supervisor_crash_file();
  if (crash_file[0]) {
    // Otherwise the runtime prompts over the screen for half a minute.
    snprintf(text, sizeof text,
             "enable=yes,interactive=no,color=no,warnings=suppressed,output-to=%s", crash_file);
    setenv(CRASH_FILE, crash_file, 1);
  } else {
    snprintf(text, sizeof text, "enable=no");
  }
  setenv("SWIFT_BACKTRACE", text, 1);
  snprintf(text, sizeof text, "%ld", (long)parent);
  setenv(MARKER, text, 1);
  hand_over(MESSAGES, report_messages());
  hand_over(NOTE, note);
  hand_over(LIFELINE, lifeline[0]);
  if (lifeline[1] >= 0) close(lifeline[1]);
  sigprocmask(SIG_SETMASK, mask, NULL);
  char path[PATH_MAX];
  program_path(path, sizeof path);
  if (path[0]) execve(path, argv, environ);
#ifdef __linux__
  execve("/proc/self/exe", argv, environ);
#endif
  _exit(127);
}

static void on_signal(int number) {
  int saved = errno;
  if (number == SIGALRM) {
    kill(child, SIGKILL);
  } else {
    kill(child, number);
  }
  if (number == SIGTERM || number == SIGHUP || number == SIGINT || number == SIGQUIT) {
    kill(child, SIGCONT);  // a stopped child cannot end
    if (!ending) {
      struct itimerval patience = {.it_value = {.tv_usec = CHILD_PATIENCE * 1000}};
      setitimer(ITIMER_REAL, &patience, NULL);
      ending = number;
    }
  }
  errno = saved;
}

static void pass_signals_on(void) {
  static const int passed[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGCONT, SIGALRM};
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  sigfillset(&action.sa_mask);
  for (size_t i = 0; i < sizeof passed / sizeof *passed; i++) sigaction(passed[i], &action, NULL);
  // The child decides about ^Z; once it has stopped, this process follows.
  action.sa_handler = SIG_IGN;
  sigaction(SIGTSTP, &action, NULL);
  sigaction(SIGTTOU, &action, NULL);
  sigaction(SIGPIPE, &action, NULL);
}

static int wait_for_child(void) {
  int status = 0;
  for (;;) {
    if (waitpid(child, &status, WUNTRACED) < 0) {
      if (errno == EINTR) continue;
      return 1 << 8;
    }
    if (!WIFSTOPPED(status)) return status;
    if (ending) {
      kill(child, SIGCONT);
      continue;
    }
    // The whole job must stop, or the shell keeps waiting for it.
    kill(0, SIGSTOP);
  }
}

static int left_as_found(const struct termios *before) {
  struct termios now;
  if (tcgetattr(STDIN_FILENO, &now) != 0) return 1;
  return now.c_iflag == before->c_iflag && now.c_oflag == before->c_oflag &&
         now.c_lflag == before->c_lflag && now.c_cflag == before->c_cflag;
}

static _Noreturn void watch(const struct termios *before) {
  int status = wait_for_child();
  // The child's number may be another process's soon: nothing may be sent to it any more.
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, NULL);
  if (restore_is_taken() || !left_as_found(before)) {
    supervisor_restore();
    // Mouse reports already on their way arrive a moment later.
    struct timespec moment = {.tv_nsec = 30 * 1000 * 1000};
    nanosleep(&moment, NULL);
    if (supervisor_in_foreground()) tcflush(STDIN_FILENO, TCIFLUSH);
  }
  if (WIFSIGNALED(status)) {
    if (!ending) report_end(child, WTERMSIG(status));
    exit(128 + (ending ? ending : WTERMSIG(status)));
  }
  if (ending && WEXITSTATUS(status) == 0) exit(128 + ending);
  exit(WEXITSTATUS(status));
}

// The descriptor that the parent handed over, or -1.
static int inherited(const char *name) {
  const char *text = getenv(name);
  int descriptor = is_child && text ? atoi(text) : -1;
  unsetenv(name);
  if (descriptor <= STDERR_FILENO) return -1;
  return fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 ? descriptor : -1;
}

static int is_child_already(void) {
  const char *marker = getenv(MARKER);
  if (!marker) return 0;
  is_child = atol(marker) == (long)getppid();
  const char *file = getenv(CRASH_FILE);
  if (is_child && file) report_use_file(file);
  unsetenv(MARKER);
  unsetenv(CRASH_FILE);
  report_use_messages(inherited(MESSAGES));
  note = inherited(NOTE);
  lifeline[0] = inherited(LIFELINE);
  if (!is_child) return 0;
  parent = getppid();
  if (note >= 0) restore_adopt_note(note);
  guard_use_lifeline(lifeline[0]);
  unsetenv("SWIFT_BACKTRACE");
  return 1;
}

int supervisor_run(int argc, char **argv) {
  struct termios before;
  if (argc < 1) return 0;
  if (is_child_already()) return 1;
  if (!isatty(STDOUT_FILENO) || tcgetattr(STDIN_FILENO, &before) != 0) return 0;
  supervisor_remember();
  report_open_messages();
  note = restore_share_note();
  if (pipe(lifeline) == 0) {
    for (int i = 0; i < 2; i++) fcntl(lifeline[i], F_SETFD, FD_CLOEXEC);
  }
  sigset_t all, mask;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, &mask);
  parent = getpid();
  child = fork();
  if (child == 0) become_child(argv, &mask);
  if (lifeline[0] >= 0) close(lifeline[0]);
  if (child > 0) pass_signals_on();
  sigprocmask(SIG_SETMASK, &mask, NULL);
  if (child < 0) return 0;
  watch(&before);
}
