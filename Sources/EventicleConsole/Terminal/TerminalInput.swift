/// Something that happened at the terminal.
enum TerminalInput: Hashable, Sendable {
  case key(KeyPress)
  case mouse(MouseEvent)
  /// Pasted text, exactly as it arrived; it is content, never keys.
  case paste(String)
  /// The terminal says which colour lies behind the text.
  case background(RGB)
  /// The screen has a new size; the next frame is sent whole.
  case resize(Size)
  /// The program was suspended and continues; the next frame is sent whole.
  case resumed
  /// The terminal is gone.
  case closed
  /// A signal with this number asks the program to end.
  case terminate(signal: Int32)
}
