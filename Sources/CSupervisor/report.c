// The report of a crash: where the runtime writes it, and what the parent says.
#define _GNU_SOURCE
#include "internal.h"
#include "supervisor.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char crash_file[PATH_MAX] = "";
static int messages = -1;
static int former_messages = -1;

const char *supervisor_crash_file(void) { return crash_file; }

void report_use_file(const char *path) {
  if (strlen(path) < sizeof crash_file) strcpy(crash_file, path);
}

int report_messages(void) { return messages; }

void report_use_messages(int descriptor) { messages = descriptor; }

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
void report_open_messages(void) {
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

void report_choose_file(pid_t pid) {
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

void report_end(pid_t child, int number) {
  char text[PATH_MAX + 1024];
  char line[512];
  struct stat report;
  report_choose_file(child);
  int has_report = crash_file[0] && stat(crash_file, &report) == 0 && report.st_size > 0;
  trap_message(line, sizeof line);
  int length = snprintf(
      text, sizeof text,
      "The console ended unexpectedly (signal %d). The terminal has been restored.%s%s\n%s%s",
      number, has_report ? " Crash report: " : "", has_report ? crash_file : "", line,
      line[0] ? "\n" : "");
  if (length > 0 && restore_takes_output(STDERR_FILENO, OUTPUT_PATIENCE)) {
    (void)!write(STDERR_FILENO, text, (size_t)length);
  }
}
