/// Something that happened at the terminal.
enum TerminalInput: Hashable, Sendable {
  case key(KeyPress)
  case mouse(MouseEvent)
  /// Text that was pasted, exactly as it came; it is content, never keys.
  case paste(String)
  /// The screen has this size now; the next frame is sent whole.
  case resize(Size)
  /// The program was stopped and goes on; the next frame is sent whole.
  case resumed
  /// The terminal is gone.
  case closed
  /// A signal of this number asks the program to end.
  case terminate(signal: Int32)
}
