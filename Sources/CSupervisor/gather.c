/* What waits for a child needs of the system: one descriptor for many, memory, folders, cores. */
#define _GNU_SOURCE
#include "supervisor.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <sched.h>
#include <sys/epoll.h>
#include <sys/inotify.h>

int supervisor_gather(void) { return epoll_create1(EPOLL_CLOEXEC); }

void supervisor_gather_add(int gathering, int descriptor) {
  struct epoll_event event = {.events = EPOLLIN, .data = {.fd = descriptor}};
  epoll_ctl(gathering, EPOLL_CTL_ADD, descriptor, &event);
}

void supervisor_gather_remove(int gathering, int descriptor) {
  struct epoll_event event = {0};
  epoll_ctl(gathering, EPOLL_CTL_DEL, descriptor, &event);
}

long long supervisor_resident_bytes(pid_t pid) {
  char path[64], text[128];
  snprintf(path, sizeof path, "/proc/%d/statm", (int)pid);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t count = read(file, text, sizeof text - 1);
  close(file);
  if (count <= 0) return 0;
  text[count] = 0;
  long long size = 0, resident = 0;
  if (sscanf(text, "%lld %lld", &size, &resident) != 2) return 0;
  return resident * sysconf(_SC_PAGESIZE);
}

int supervisor_watch_folders(void) { return inotify_init1(IN_NONBLOCK | IN_CLOEXEC); }

int supervisor_watch_folder(int watching, const char *folder) {
  uint32_t mask = IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE | IN_MOVED_FROM | IN_ONLYDIR;
  return inotify_add_watch(watching, folder, mask) >= 0;
}

int supervisor_take_changes(int watching) {
  char buffer[4096];
  int found = 0;
  while (read(watching, buffer, sizeof buffer) > 0) found = 1;
  return found;
}

int supervisor_pin(pid_t pid, int core) {
  cpu_set_t set;
  if (core >= 0) {
    // Somebody has chosen the cores already.
    if (sched_getaffinity(pid, sizeof set, &set) != 0) return -1;
    if (CPU_COUNT(&set) < sysconf(_SC_NPROCESSORS_ONLN)) return -1;
    CPU_ZERO(&set);
    CPU_SET(core, &set);
  } else {
    CPU_ZERO(&set);
    for (int number = 0; number < CPU_SETSIZE; number++) CPU_SET(number, &set);
  }
  return sched_setaffinity(pid, sizeof set, &set) == 0 ? core : -1;
}

int supervisor_core(void) { return sched_getcpu(); }

#else
#include <sys/event.h>

int supervisor_gather(void) { return kqueue(); }

void supervisor_gather_add(int gathering, int descriptor) {
  struct kevent event;
  EV_SET(&event, descriptor, EVFILT_READ, EV_ADD, 0, 0, NULL);
  kevent(gathering, &event, 1, NULL, 0, NULL);
}

void supervisor_gather_remove(int gathering, int descriptor) {
  struct kevent event;
  EV_SET(&event, descriptor, EVFILT_READ, EV_DELETE, 0, 0, NULL);
  kevent(gathering, &event, 1, NULL, 0, NULL);
}

long long supervisor_resident_bytes(pid_t pid) {
  (void)pid;
  return 0;
}

int supervisor_watch_folders(void) { return -1; }

int supervisor_watch_folder(int watching, const char *folder) {
  (void)watching;
  (void)folder;
  return 0;
}

int supervisor_take_changes(int watching) {
  (void)watching;
  return 0;
}

int supervisor_pin(pid_t pid, int core) {
  (void)pid;
  (void)core;
  return -1;
}

int supervisor_core(void) { return -1; }
#endif
