#ifndef CPTY_H
#define CPTY_H

#include <stdint.h>
#include <sys/types.h>

// A program on a pseudo-terminal of its own, run as a job-control shell would run it.
//
// Between the test and the program there is a *holder*: a forked copy of the test process that
// leads the terminal's session, starts the program in a foreground process group, and reports its
// state. Without a holder the program itself would lead the session, and two things could not be
// tested: the kernel resets a terminal's settings when its session leader ends, so settings
// compared after the end would always look restored; and a stopped program (^Z) would be in an
// orphaned group.

/// A report of a holder, one fixed-size record per write.
struct cpty_report {
  int32_t kind;
  int32_t process;
  /// A wait status, or an errno for CPTY_NOT_STARTED.
  int32_t value;
  /// The CPU time of an ended process, user and system.
  int32_t milliseconds;
};

enum {
  CPTY_STARTED = 1,
  CPTY_NOT_STARTED = 2,
  CPTY_CHANGED = 3,
  CPTY_NOBODY_LEFT = 4,
};

/// Commands to a holder, one byte each. Closing the pipe ends everything the holder started.
enum {
  CPTY_FOREGROUND = 'f',
  CPTY_BACKGROUND = 'b',
};

struct cpty_child {
  /// The terminal's other side; non-blocking, closed on exec.
  int master;
  /// Commands to the holder.
  int control;
  /// Reports from the holder; non-blocking.
  int reports;
  pid_t holder;
};

/// Starts a holder and, under it, a program. Returns 0 or an errno.
int cpty_spawn(struct cpty_child *_Nonnull child, const char *_Nonnull path,
               char *_Nullable const *_Nonnull arguments,
               char *_Nullable const *_Nonnull environment, const char *_Nullable directory,
               int rows, int columns);

/// Waits until the terminal or a report can be read. Returns a mask: 1 terminal, 2 report; 0 on timeout.
int cpty_wait(int master, int reports, int milliseconds);

/// Reads one report. Returns 1, 0 when there is none, -1 when the holder is gone.
int cpty_next_report(int reports, struct cpty_report *_Nonnull report);

/// Reads the program's output. Returns a count, 0 when there is none now, -1 when it is hung up.
ssize_t cpty_read(int master, void *_Nonnull buffer, size_t capacity);

/// Writes keys, waiting for room up to a deadline. Returns the number of bytes written.
ssize_t cpty_write(int master, const void *_Nonnull bytes, size_t count, int milliseconds);

/// Changes the terminal's size; the program's foreground group gets SIGWINCH.
int cpty_resize(int master, int rows, int columns);

/// Reads the terminal's settings: four flag words and the control characters.
int cpty_settings(int master, uint32_t flags[_Nonnull 4], uint8_t characters[_Nonnull 32]);

/// Waits for a holder to end; after the deadline it is killed. Returns 0, or -1 if it had to be killed.
int cpty_reap(pid_t holder, int milliseconds);

/// The columns a scalar takes in a UTF-8 locale: 0, 1 or 2, or -1 for a control character.
int cpty_width(uint32_t scalar);

/// Whether and how a wait status says that a process ended, stopped or was continued.
static inline int cpty_has_exited(int status) { return (status & 0x7f) == 0; }
static inline int cpty_exit_code(int status) { return (status >> 8) & 0xff; }
static inline int cpty_is_stopped(int status) { return (status & 0xff) == 0x7f; }
static inline int cpty_stop_signal(int status) { return (status >> 8) & 0xff; }
static inline int cpty_is_continued(int status) { return status == 0xffff; }
static inline int cpty_end_signal(int status) { return status & 0x7f; }

#endif
