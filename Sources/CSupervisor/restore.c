// Gives the terminal back, from whatever state, without ever waiting for long.
#define _GNU_SOURCE
#include "internal.h"
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static struct termios settings;
static struct termios ours;
static int ours_known = 0;
static int settings_known = 0;

// The terminal, opened once more: to make standard output itself non-blocking would make it so for
// the shell, too.
static int output = -1;

static volatile int own_note = 0;
static volatile int *is_taken = &own_note;

// The first byte ends a sequence that was cut off. The mouse goes off first, so that no report
// arrives once input is echoed again.
static const char reset[] =
    "\030\033[?1006l\033[?1003l\033[?1002l\033[?1000l\033[?1004l\033[?2004l\033[m\033(B"
    "\033[?1049l\033[?1l\033>\033[?25h";

int restore_share_note(void) {
#ifdef __linux__
  int file = memfd_create("eventicle", MFD_CLOEXEC);
#else
  FILE *unnamed = tmpfile();
  int file = unnamed ? fcntl(fileno(unnamed), F_DUPFD_CLOEXEC, 10) : -1;
  if (unnamed) fclose(unnamed);
#endif
  if (file < 0 || ftruncate(file, sizeof *is_taken) != 0) return -1;
  restore_adopt_note(file);
  return file;
}

void restore_adopt_note(int descriptor) {
  void *page = mmap(NULL, sizeof *is_taken, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  if (page != MAP_FAILED) is_taken = page;
}

int restore_is_taken(void) { return *is_taken; }

void supervisor_take(int taken) { *is_taken = taken; }

static int open_output(void) {
  const int flags = O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC;
  char name[256];
  int file = -1;
  if (ttyname_r(STDOUT_FILENO, name, sizeof name) == 0) file = open(name, flags);
  return file >= 0 ? file : open("/dev/tty", flags);
}

void supervisor_remember(void) {
  settings_known = tcgetattr(STDIN_FILENO, &settings) == 0;
  if (output < 0) output = open_output();
}

void supervisor_remember_own(void) { ours_known = tcgetattr(STDIN_FILENO, &ours) == 0; }

// Whether the terminal still has the settings that the console made.
static int still_ours(void) {
  struct termios now;
  if (!ours_known || tcgetattr(STDIN_FILENO, &now) != 0) return 0;
  return now.c_iflag == ours.c_iflag && now.c_oflag == ours.c_oflag &&
         now.c_lflag == ours.c_lflag;
}

static long milliseconds_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int restore_takes_output(int descriptor, int milliseconds) {
  struct pollfd file = {.fd = descriptor, .events = POLLOUT};
  return poll(&file, 1, milliseconds) > 0 && (file.revents & POLLOUT);
}

int supervisor_can_write(int milliseconds) {
  return restore_takes_output(STDOUT_FILENO, milliseconds);
}

// Returns whether the terminal took all of it in time.
static int send_reset(void) {
  const int file = output >= 0 ? output : STDOUT_FILENO;
  const long end = milliseconds_now() + OUTPUT_PATIENCE;
  size_t done = 0;
  while (done < sizeof reset - 1) {
    long left = end - milliseconds_now();
    if (left < 0 || !restore_takes_output(file, (int)left)) return 0;
    ssize_t count = write(file, reset + done, sizeof reset - 1 - done);
    if (count > 0) {
      done += (size_t)count;
    } else if (count < 0 && errno == EAGAIN) {
      // Another process is in the middle of a write, for which polling does not wait.
      poll(NULL, 0, 5);
    } else if (count == 0 || errno != EINTR) {
      return 1;  // the terminal is gone
    }
  }
  return 1;
}

void supervisor_restore(void) {
  const int foreground = supervisor_in_foreground();
  struct sigaction quiet, before;
  memset(&quiet, 0, sizeof quiet);
  quiet.sa_handler = SIG_IGN;
  sigaction(SIGTTOU, &quiet, &before);
  if (foreground) tcflow(STDOUT_FILENO, TCOON);
  if (!send_reset()) {
    // After ^S, or when nobody reads the other side: what waits there is dropped.
    tcflow(STDOUT_FILENO, TCOON);
    tcflush(STDOUT_FILENO, TCOFLUSH);
    send_reset();
  }
  // A shell that has the terminal by now may have set it up for itself; if not, it is as this
  // program left it and must be restored all the same.
  if (settings_known && (foreground || still_ours())) {
    tcsetattr(STDIN_FILENO, TCSANOW, &settings);
    if (foreground) tcflush(STDIN_FILENO, TCIFLUSH);
  }
  sigaction(SIGTTOU, &before, NULL);
}
