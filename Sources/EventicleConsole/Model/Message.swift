import EventicleCore
import EventicleWorkbench

/// Everything that can happen to the console.
enum Message: Sendable {
  case key(KeyPress)
  case mouse(MouseEvent)
  case paste(String)
  case resize(Size)
  /// The clock of the engine reached a moment.
  case tick(Instant)
  /// The session did something.
  case notice(SessionNotice)
  /// The program around the console has something to say.
  case report(StatusMessage)
  /// A text to read, above the panes.
  case page(title: String, lines: [String])
  /// The mouse was turned on or off.
  case mouseSet(Bool)
  /// What was asked for is folded.
  case folded([FoldRequest: FoldAnswer])
  /// The theme changed.
  case themed(String)
}
