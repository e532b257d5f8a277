// The parent process: waits for the console, forwards signals, gives the terminal back.
#define _GNU_SOURCE
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

extern char **environ;

static pid_t child = -1;
static volatile sig_atomic_t ending = 0;
static char crash_file[PATH_MAX] = "";
static int is_child = 0;
static int messages = -1;
static int former_messages = -1;

const char *supervisor_crash_file(void) { return crash_file; }

int supervisor_is_child(void) { return is_child; }

void supervisor_divert_messages(void) {
  if (messages < 0 || former_messages >= 0) return;
  former_messages = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10);
  dup2(messages, STDERR_FILENO);
}

void supervisor_release_messages(void) {
  if (former_messages < 0) return;
  dup2(former_messages, STDERR_FILENO);
  close(former_messages);
  former_messages = -1;
}

// An unnamed file that both processes have open.
static void open_messages(void) {
  FILE *file = tmpfile();
  if (!file) return;
  messages = fcntl(fileno(file), F_DUPFD, 10);
  fclose(file);
}

static void make_folder(const char *path) {
  char part[PATH_MAX];
  size_t length = strlen(path);
  if (length >= sizeof part) return;
  for (size_t i = 1; i <= length; i++) {
    if (path[i] != '/' && path[i] != 0) continue;
    memcpy(part, path, i);
    part[i] = 0;
    mkdir(part, 0700);
  }
}

static void choose_crash_file(pid_t pid) {
  char folder[PATH_MAX - 64];
  const char *state = getenv("XDG_STATE_HOME");
  const char *home = getenv("HOME");
  int length = -1;
  if (state && state[0] == '/') {
    length = snprintf(folder, sizeof folder, "%s/eventicle", state);
  } else if (home && home[0] == '/') {
    length = snprintf(folder, sizeof folder, "%s/.local/state/eventicle", home);
  }
  // A comma would end the path in SWIFT_BACKTRACE.
  if (length < 0 || (size_t)length >= sizeof folder || strchr(folder, ',')) return;
  make_folder(folder);
  if (access(folder, W_OK) != 0) return;
  snprintf(crash_file, sizeof crash_file, "%s/crash-%ld.txt", folder, (long)pid);
}

static void program_path(char *path, size_t size) {
#ifdef __APPLE__
  uint32_t length = (uint32_t)size;
  if (_NSGetExecutablePath(path, &length) != 0) path[0] = 0;
#else
  ssize_t length = readlink("/proc/self/exe", path, size - 1);
  path[length < 0 ? 0 : length] = 0;
#endif
}

static _Noreturn void become_child(char **argv, pid_t parent, const sigset_t *mask) {
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(128 + SIGTERM);
#endif
  char text[PATH_MAX + 128];
  choose_crash_file(getpid());
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
  snprintf(text, sizeof text, "%d", messages);
  setenv(MESSAGES, text, 1);
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
    if (!ending) ending = number;
    kill(child, SIGCONT);  // a stopped child cannot end
  }
  if (number == SIGTERM || number == SIGHUP) {
    struct itimerval patience = {.it_value = {.tv_sec = 1, .tv_usec = 500000}};
    setitimer(ITIMER_REAL, &patience, NULL);
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

// The line in which the runtime named the trap, if it did. Control characters are dropped, because
// it may quote anything.
static void trap_message(char *line, size_t size) {
  char text[4096];
  ssize_t count = messages < 0 ? 0 : pread(messages, text, sizeof text - 1, 0);
  text[count < 0 ? 0 : count] = 0;
  const char *start = strstr(text, "Fatal error");
  size_t length = 0;
  for (; start && *start && *start != '\n' && length + 1 < size; start++) {
    if (*start >= 0x20 && *start < 0x7f) line[length++] = *start;
  }
  line[length] = 0;
}

static void say_how_it_ended(int number) {
  char text[PATH_MAX + 1024];
  char line[512];
  struct stat report;
  choose_crash_file(child);
  int has_report = crash_file[0] && stat(crash_file, &report) == 0 && report.st_size > 0;
  trap_message(line, sizeof line);
  int length = snprintf(
      text, sizeof text,
      "The console ended unexpectedly (signal %d). The terminal has been restored.%s%s\n%s%s",
      number, has_report ? " Crash report: " : "", has_report ? crash_file : "", line,
      line[0] ? "\n" : "");
  if (length > 0) (void)!write(STDERR_FILENO, text, (size_t)length);
}

static _Noreturn void watch(const struct termios *before) {
  int status = wait_for_child();
  int is_clean = WIFEXITED(status) && left_as_found(before);
  if (!is_clean && !left_as_found(before)) {
    supervisor_restore();
    // Mouse reports already on their way arrive a moment later.
    struct timespec moment = {.tv_nsec = 30 * 1000 * 1000};
    nanosleep(&moment, NULL);
    if (supervisor_in_foreground()) tcflush(STDIN_FILENO, TCIFLUSH);
  }
  if (WIFSIGNALED(status)) {
    if (!ending) say_how_it_ended(WTERMSIG(status));
    exit(128 + (ending ? ending : WTERMSIG(status)));
  }
  if (ending && WEXITSTATUS(status) == 0) exit(128 + ending);
  exit(WEXITSTATUS(status));
}

static int is_child_already(void) {
  const char *marker = getenv(MARKER);
  if (!marker) return 0;
  is_child = atol(marker) == (long)getppid();
  const char *file = getenv(CRASH_FILE);
  const char *number = getenv(MESSAGES);
  if (is_child && file && strlen(file) < sizeof crash_file) strcpy(crash_file, file);
  if (is_child && number && atoi(number) > STDERR_FILENO) messages = atoi(number);
  if (messages >= 0) fcntl(messages, F_SETFD, FD_CLOEXEC);
  unsetenv(MARKER);
  unsetenv(CRASH_FILE);
  unsetenv(MESSAGES);
  if (is_child) unsetenv("SWIFT_BACKTRACE");
  return is_child;
}

int supervisor_run(int argc, char **argv) {
  struct termios before;
  if (argc < 1) return 0;
  if (is_child_already()) return 1;
  if (!isatty(STDOUT_FILENO) || tcgetattr(STDIN_FILENO, &before) != 0) return 0;
  supervisor_remember();
  open_messages();
  sigset_t all, mask;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, &mask);
  pid_t parent = getpid();
  child = fork();
  if (child == 0) become_child(argv, parent, &mask);
  if (child > 0) pass_signals_on();
  sigprocmask(SIG_SETMASK, &mask, NULL);
  if (child < 0) return 0;
  watch(&before);
}
