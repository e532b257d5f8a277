#ifndef CPTY_HOLDER_H
#define CPTY_HOLDER_H

/// Everything a holder needs; it all exists before the fork, because a forked copy of a threaded
/// process may call only async-signal-safe functions.
struct holder_plan {
  int terminal;
  int control;
  int reports;
  const char *path;
  char *const *arguments;
  char *const *environment;
  const char *directory;
};

/// Runs as the leader of the terminal's session until told to end.
_Noreturn void holder_run(const struct holder_plan *plan);

#endif
