// What the supervisor's files share.
#ifndef SUPERVISOR_INTERNAL_H
#define SUPERVISOR_INTERNAL_H

#include <sys/types.h>

// How long each party waits, in milliseconds: an end asked for is over within a second.
enum {
  /// For the main thread to end by itself.
  MAIN_THREAD_PATIENCE = 350,
  /// For the child to end, before it is killed.
  CHILD_PATIENCE = 600,
  /// For the terminal to take the sequences that restore it, once before and once after what waits
  /// there has been dropped.
  OUTPUT_PATIENCE = 150,
};

/// Starts the thread that ends this process when its main thread does not; once.
void guard_start(void);

/// Tells that thread that the process has been asked to end. Safe in signal handlers.
void guard_ask(int number);

/// Gives the child the reading end of a pipe that its parent holds open while it lives.
void guard_use_lifeline(int descriptor);

/// Remembers that the process has been asked to end, and wakes its main thread.
void signals_ask(int number);

/// Whether the parent that watches this process is alive.
int supervisor_has_parent(void);

/// Makes the note of who has the terminal one that parent and child share; returns its descriptor,
/// or -1.
int restore_share_note(void);

/// Adopts the parent's note.
void restore_adopt_note(int descriptor);

/// Whether the console has the terminal.
int restore_is_taken(void);

/// Waits until a file takes output, at most so long; returns whether it does.
int restore_takes_output(int descriptor, int milliseconds);

/// Opens the unnamed file that takes what the child writes to standard error.
void report_open_messages(void);

/// That file, or -1.
int report_messages(void);

/// Adopts the parent's file.
void report_use_messages(int descriptor);

/// Chooses where a process's crash report goes; see ``supervisor_crash_file``.
void report_choose_file(pid_t pid);

/// Adopts the parent's choice.
void report_use_file(const char *path);

/// Says on standard error that a signal ended the child.
void report_end(pid_t child, int number);

#endif
