#define _GNU_SOURCE
#include "cpty.h"

#include "holder.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

static int open_terminal(int *master, int *terminal, int rows, int columns) {
  *master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (*master < 0) return errno;
  char name[128];
  if (grantpt(*master) != 0 || unlockpt(*master) != 0 ||
      ptsname_r(*master, name, sizeof name) != 0 ||
      (*terminal = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)) < 0) {
    int reason = errno;
    close(*master);
    return reason;
  }
  fcntl(*master, F_SETFL, O_RDWR | O_NONBLOCK);
  cpty_resize(*master, rows, columns);
  return 0;
}

int cpty_spawn(struct cpty_child *child, const char *path, char *const *arguments,
               char *const *environment, const char *directory, int rows, int columns) {
  int master, terminal, control[2], reports[2];
  int reason = open_terminal(&master, &terminal, rows, columns);
  if (reason != 0) return reason;
  if (pipe2(control, O_CLOEXEC) != 0) {
    reason = errno;
    close(master);
    close(terminal);
    return reason;
  }
  if (pipe2(reports, O_CLOEXEC) != 0) {
    reason = errno;
    close(master);
    close(terminal);
    close(control[0]);
    close(control[1]);
    return reason;
  }

  struct holder_plan plan = {
      terminal, control[0], reports[1], path, arguments, environment, directory,
  };
  pid_t holder = fork();
  if (holder == 0) holder_run(&plan);
  reason = holder < 0 ? errno : 0;
  close(terminal);
  close(control[0]);
  close(reports[1]);
  if (reason != 0) {
    close(master);
    close(control[1]);
    close(reports[0]);
    return reason;
  }
  fcntl(reports[0], F_SETFL, O_NONBLOCK);
  *child = (struct cpty_child){master, control[1], reports[0], holder};
  return 0;
}

int cpty_wait(int master, int reports, int milliseconds) {
  struct pollfd files[2] = {{master, POLLIN, 0}, {reports, POLLIN, 0}};
  if (poll(files, 2, milliseconds) <= 0) return 0;
  return (files[0].revents ? 1 : 0) | (files[1].revents ? 2 : 0);
}

int cpty_next_report(int reports, struct cpty_report *report) {
  ssize_t count;
  do count = read(reports, report, sizeof *report);
  while (count < 0 && errno == EINTR);
  if (count == (ssize_t)sizeof *report) return 1;
  return count < 0 && errno == EAGAIN ? 0 : -1;
}

ssize_t cpty_read(int master, void *buffer, size_t capacity) {
  ssize_t count;
  do count = read(master, buffer, capacity);
  while (count < 0 && errno == EINTR);
  if (count > 0) return count;
  return count < 0 && errno == EAGAIN ? 0 : -1;
}

static long now_milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

ssize_t cpty_write(int master, const void *bytes, size_t count, int milliseconds) {
  size_t done = 0;
  long end = now_milliseconds() + milliseconds;
  while (done < count) {
    ssize_t written = write(master, (const char *)bytes + done, count - done);
    if (written > 0) {
      done += (size_t)written;
      continue;
    }
    if (written < 0 && errno != EAGAIN && errno != EINTR) break;
    long left = end - now_milliseconds();
    if (left <= 0) break;
    struct pollfd file = {master, POLLOUT, 0};
    poll(&file, 1, (int)left);
  }
  return (ssize_t)done;
}

int cpty_resize(int master, int rows, int columns) {
  struct winsize size = {(unsigned short)rows, (unsigned short)columns, 0, 0};
  return ioctl(master, TIOCSWINSZ, &size) == 0 ? 0 : errno;
}

int cpty_settings(int master, uint32_t flags[4], uint8_t characters[32]) {
  struct termios settings;
  if (tcgetattr(master, &settings) != 0) return errno;
  flags[0] = settings.c_iflag;
  flags[1] = settings.c_oflag;
  flags[2] = settings.c_cflag;
  flags[3] = settings.c_lflag;
  memset(characters, 0, 32);
  memcpy(characters, settings.c_cc, NCCS < 32 ? NCCS : 32);
  return 0;
}

int cpty_reap(pid_t holder, int milliseconds) {
  long end = now_milliseconds() + milliseconds;
  int status;
  for (;;) {
    pid_t process = waitpid(holder, &status, WNOHANG);
    if (process == holder || (process < 0 && errno != EINTR)) return 0;
    if (now_milliseconds() >= end) break;
    poll(NULL, 0, 1);
  }
  kill(holder, SIGKILL);
  while (waitpid(holder, &status, 0) < 0 && errno == EINTR) {
  }
  return -1;
}

static locale_t utf8_locale;

static void make_locale(void) { utf8_locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0); }

int cpty_width(uint32_t scalar) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  if (scalar >= 0x20 && scalar < 0x7f) return 1;
  pthread_once(&once, make_locale);
  locale_t before = utf8_locale == (locale_t)0 ? (locale_t)0 : uselocale(utf8_locale);
  int width = scalar == 0 ? -1 : wcwidth((wchar_t)scalar);
  if (before != (locale_t)0) uselocale(before);
  return width;
}
