// ncursesw behind typed inline functions.
//
// Swift cannot see ncurses' macros and rejects its mutable globals and variadic functions; this
// header wraps what the console uses and nothing else. It contains no logic.
#ifndef CNCURSES_SHIM_H
#define CNCURSES_SHIM_H

// The wide API must be requested before this module's first include of curses.
#ifndef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#endif
#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif

#include <langinfo.h>
#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <wchar.h>
#include <curses.h>
#include <term.h>

// Hidden by _XOPEN_SOURCE in the Glibc module that Swift imports.
#ifdef __linux__
extern int wcwidth(wchar_t);
#endif

/// Standard input and output, which Swift sees as mutable globals.
static inline FILE *_Nonnull cn_stdin(void) { return stdin; }
static inline FILE *_Nonnull cn_stdout(void) { return stdout; }

/// Opens a screen over two files, which it takes over, and makes it current; NULL when there is no
/// description of the terminal. Unlike `initscr` it does not exit the process on failure.
static inline SCREEN *_Nullable cn_open(
    const char *_Nonnull term, FILE *_Nonnull output, FILE *_Nonnull input) {
  SCREEN *screen = newterm(term, output, input);
  if (screen) set_term(screen);
  return screen;
}

/// Puts the terminal into the console's mode: keys unprocessed and not echoed.
static inline void cn_configure(void) {
  raw();
  noecho();
  nonl();
  intrflush(stdscr, FALSE);
  leaveok(stdscr, FALSE);
  scrollok(stdscr, FALSE);
  idlok(stdscr, FALSE);
}

/// Starts colours, with the terminal's own as -1. Returns their number, 0 for none.
static inline int cn_start_colors(void) {
  if (!has_colors() || start_color() != OK) return 0;
  use_default_colors();
  return COLORS;
}

/// Sets a locale whose characters ncurses can write; returns whether it is UTF-8.
static inline int cn_use_utf8_locale(void) {
  if (setlocale(LC_ALL, "") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return 1;
  if (setlocale(LC_CTYPE, "C.UTF-8")) return 1;
  return setlocale(LC_CTYPE, "en_US.UTF-8") != NULL;
}

/// Whether the terminal can position its cursor.
static inline int cn_has_cursor_addressing(void) {
  char *text = tigetstr("cup");
  return text && text != (char *)-1;
}

/// Whether leaving the screen restores what was there before.
static inline int cn_has_alternate_screen(void) {
  char *text = tigetstr("rmcup");
  return text && text != (char *)-1;
}

/// The pair of two colours, created if new; -1 is the terminal's own colour.
static inline int cn_pair(int foreground, int background) {
  int pair = alloc_pair(foreground, background);
  return pair < 0 ? 0 : pair;
}

/// ncurses' attribute for a number, in the order bold, dim, italic, underline, reverse.
static inline uint32_t cn_attribute(int number) {
  static const attr_t table[] = {A_BOLD, A_DIM, A_ITALIC, A_UNDERLINE, A_REVERSE};
  return number >= 0 && number < 5 ? (uint32_t)table[number] : 0;
}

/// Fills one cell with a character and up to four marks; the array ends with a zero.
static inline void cn_fill(
    cchar_t *_Nonnull cell, const wchar_t *_Nonnull characters, uint32_t attributes, int pair) {
  setcchar(cell, characters, (attr_t)attributes, (short)(pair > 32767 ? 0 : pair), &pair);
}

/// Passes a run of cells to ncurses.
static inline int cn_put(int row, int column, const cchar_t *_Nonnull cells, int count) {
  return mvwadd_wchnstr(stdscr, row, column, cells, count);
}

/// Positions the cursor and shows it, or hides it.
static inline void cn_cursor(int row, int column, int visible) {
  curs_set(visible ? 1 : 0);
  if (visible) wmove(stdscr, row, column);
}

/// Sends the changes.
static inline void cn_flush(void) {
  wnoutrefresh(stdscr);
  doupdate();
}

/// Makes the next flush repaint everything.
static inline void cn_redraw(void) { clearok(curscr, TRUE); }

/// Clears ncurses' image of the screen.
static inline void cn_clear(void) { werase(stdscr); }

/// Tells ncurses the size; asking for it would push back a key.
static inline void cn_resize(int height, int width) { resize_term(height, width); }

/// Restores the console's terminal settings after another program has changed them.
static inline void cn_resume(void) { reset_prog_mode(); }

/// Leaves the screen, for a while or for good.
static inline void cn_leave(void) { endwin(); }

/// Reads the terminal's size; returns whether it is known.
static inline int cn_size(int file, int *_Nonnull height, int *_Nonnull width) {
  struct winsize size;
  if (ioctl(file, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return 0;
  *height = size.ws_row;
  *width = size.ws_col;
  return 1;
}

/// Frees a screen.
static inline void cn_close(SCREEN *_Nonnull screen) { delscreen(screen); }

#endif
