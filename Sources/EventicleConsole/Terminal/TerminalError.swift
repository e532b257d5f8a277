/// Why the screen cannot be opened.
enum TerminalError: Error, Hashable, Sendable {
  /// Standard input or output is not a terminal.
  case notATerminal(stream: String)
  /// `TERM` is not set.
  case noTerminalType
  /// `TERM` names a terminal that this machine has no description of.
  case unknownTerminalType(String)
  /// The terminal cannot position its cursor.
  case noCursorAddressing(String)
}

extension TerminalError: CustomStringConvertible {
  /// The error as one sentence, with the way out.
  var description: String {
    switch self {
    case .notATerminal(let stream):
      "Standard \(stream) is not a terminal, so no console can be opened; "
        + "run `eventicle run` or `eventicle frame`, which need none."
    case .noTerminalType:
      "TERM is not set, so the terminal's abilities are unknown; "
        + "set it, for example to xterm-256color, or run `eventicle run` without a screen."
    case .unknownTerminalType(let term):
      "TERM is \"\(DisplayText(sanitising: term, limit: 40).string)\", which this machine does "
        + "not know; set it to a terminal such as xterm-256color."
    case .noCursorAddressing(let term):
      "TERM is \"\(DisplayText(sanitising: term, limit: 40).string)\", which cannot place the "
        + "cursor; use a terminal such as xterm-256color, or run `eventicle run` / "
        + "`eventicle frame` without a screen."
    }
  }
}
