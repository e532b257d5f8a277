// The parent process that gives the terminal back, however the console ends.
//
// A Swift trap, a SIGKILL or a hang-up can leave a terminal raw, on its alternate screen and full
// of mouse reports. So a console runs as a child: this small parent waits for it and cleans up.
#ifndef SUPERVISOR_H
#define SUPERVISOR_H

#include <sys/types.h>

/// Splits the program into a parent that watches and a child that continues.
///
/// Call it before anything else, when a full-screen console is about to be opened. The child is the
/// same program started again with the same arguments, because the Swift runtime reads only at its
/// start where to write its crash report. In the child the function returns 1. In the parent it
/// never returns: the parent exits as the child does, or with 128 + n if a signal ended it.
///
/// Returns 0 without splitting when standard input or output is no terminal, or when the child
/// cannot be started; the program then continues without a parent.
int supervisor_run(int argc, char *_Nullable *_Nonnull argv);

/// Whether a parent watches this process.
int supervisor_is_child(void);

/// Sends what libraries and the runtime write to standard error to the parent, so that it does not
/// spoil the screen; the parent shows the last line of it when this process crashes.
void supervisor_divert_messages(void);

/// Restores standard error.
void supervisor_release_messages(void);

/// Where the Swift runtime writes this process's crash report; "" when nowhere.
const char *_Nonnull supervisor_crash_file(void);

/// The bytes that arrive at the wake pipe.
enum supervisor_wake {
  SUPERVISOR_WAKE_RESIZE = 'W',
  SUPERVISOR_WAKE_CONTINUE = 'C',
  SUPERVISOR_WAKE_SUSPEND = 'Z',
  SUPERVISOR_WAKE_HANGUP = 'H',
  SUPERVISOR_WAKE_INTERRUPT = 'I',
  SUPERVISOR_WAKE_QUIT = 'Q',
  SUPERVISOR_WAKE_TERMINATE = 'T',
};

/// Makes SIGWINCH, SIGCONT, SIGTSTP, SIGHUP, SIGINT, SIGQUIT and SIGTERM write one byte each into a
/// pipe, and ignores SIGPIPE. Returns the reading end; neither end ever blocks.
///
/// After one of the last four signals, or the parent's death, the process ends within half a second
/// in any case: a thread of its own sees to it when the main thread computes or waits.
int supervisor_watch(void);

/// Restores the signals' former handlers and closes the pipe.
void supervisor_unwatch(void);

/// Wakes whoever polls the pipe. Safe from every thread and in signal handlers.
void supervisor_wake(char byte);

/// Stops this process until it is continued in the foreground; leave the terminal first. Returns
/// immediately when the program has been asked to end.
void supervisor_stop(void);

/// Lets this process restore the terminal even if the shell takes it back meanwhile; otherwise the
/// kernel would stop it half way. For a process that is about to end.
void supervisor_finish(void);

/// Whether this process may write to the terminal: whether its group is the foreground one.
int supervisor_in_foreground(void);

/// Remembers the terminal's settings; call it before they are changed.
void supervisor_remember(void);

/// Remembers the settings that the console made, to recognise them later.
void supervisor_remember_own(void);

/// Notes, for the parent too, whether the console has the terminal now: its modes and its screen.
void supervisor_take(int taken);

/// Whether the terminal takes output within so many milliseconds; if not, nobody reads it.
int supervisor_can_write(int milliseconds);

/// Gives the terminal back: modes off, main screen, cursor, settings. Safe in signal handlers;
/// settings are left alone in the background. It takes at most a third of a second: when nobody
/// reads the terminal, output that waits there is dropped.
void supervisor_restore(void);

/// Restores the terminal when this process crashes, in case the parent is gone; with a parent the
/// Swift runtime's handlers then write their report.
void supervisor_catch_crashes(void);

/// Undoes ``supervisor_catch_crashes``.
void supervisor_release_crashes(void);

/* Starts a program with a pseudo-terminal of a size as its controlling terminal.
 * Returns the descriptor to read its output from, or -1; the caller waits for the process. */
int supervisor_start_on_pty(const char *_Nonnull path, char *_Nullable const *_Nonnull argv,
                            int columns, int rows, pid_t *_Nonnull pid);

/// Our ends of the pipes to a child: descriptors that never block and that no other child inherits.
struct supervisor_pipes {
  /// Becomes the child's descriptor 3 when the child reads it.
  int requests;
  /// What the child writes to its descriptor 4.
  int messages;
  /// Becomes the child's descriptor 5 when the child reads it.
  int answers;
  /// What the child writes to its standard output and standard error.
  int output;
  int errors;
};

/* Starts a program in a folder and in a process group of its own, with an empty standard input, five
 * pipes and no other descriptor of this process; signals are as a fresh program expects them.
 * Returns 0, or the error number; the caller waits for the process. */
int supervisor_start_child(const char *_Nonnull path, char *_Nullable const *_Nonnull argv,
                           char *_Nullable const *_Nonnull environment,
                           const char *_Nonnull folder, struct supervisor_pipes *_Nonnull pipes,
                           pid_t *_Nonnull pid);

/* Writes to a pipe as write(2) does, without a signal when nobody reads it any more. */
ssize_t supervisor_write(int descriptor, const void *_Nonnull bytes, size_t count);

/* Starts a process that outlives this one only to kill a process group, however this one ends.
 * Returns its id, or -1; closing the lifeline or ending this process lets it kill. */
pid_t supervisor_guard_group(pid_t group, int *_Nonnull lifeline);

/* A descriptor that can be read while one of those added to it can; -1 when there is none. */
int supervisor_gather(void);

/* Adds a descriptor to a gathering one, or takes it out. */
void supervisor_gather_add(int gathering, int descriptor);
void supervisor_gather_remove(int gathering, int descriptor);

/* The bytes of memory that a process has resident; 0 when that is not known. */
long long supervisor_resident_bytes(pid_t pid);

/* A descriptor that can be read after something in one of the folders added to it has changed; -1
 * when the system has none. */
int supervisor_watch_folders(void);

/* Watches a folder; returns whether that is possible. */
int supervisor_watch_folder(int watching, const char *_Nonnull folder);

/* Takes what the watch has noted. Returns whether there was anything. */
int supervisor_take_changes(int watching);

/* Keeps the calling thread, for which the id is 0, or the main thread of a process on a core; with -1
 * it may run anywhere again. Returns the core, or -1 when it is not kept, as where somebody has
 * chosen its cores. */
int supervisor_pin(pid_t pid, int core);

/* The core on which the calling thread runs; -1 when that is not known. */
int supervisor_core(void);

#endif
