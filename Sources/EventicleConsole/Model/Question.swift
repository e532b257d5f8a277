import EventicleWorkbench

/// A question that the console asks in its last line and the next key answers.
struct Question: Hashable, Sendable {
  /// What the question is about.
  enum Subject: Hashable, Sendable {
    /// Leaving with lines that no file holds.
    case leaving
    /// Replacing a file that the session did not write, before leaving or going on.
    case replacing(String, leaves: Bool)
    /// Replacing such a file by what a line found.
    case overwriting(OutputFile)
    /// Opening a file in place of lines that no file holds.
    case opening(String)
    /// Doing in main what was done in a fork.
    case adopting(String)
  }

  /// What the question is about.
  let subject: Subject
  /// The question and its answers, in one line.
  let text: String

  /// Asks before leaving.
  static func leaving(_ lines: Int) -> Question {
    Question(
      subject: .leaving,
      text: "\(unsaved(lines)): s save and leave · d leave without · Esc stay")
  }

  /// Asks before opening a file.
  static func opening(_ path: String, _ lines: Int) -> Question {
    Question(
      subject: .opening(path),
      text: "\(unsaved(lines)): y open \(path) without · Esc stay")
  }

  /// Asks before doing in main what was done in a fork.
  static func adopting(_ fork: String, _ what: String) -> Question {
    Question(subject: .adopting(fork), text: "\(what): y do it · Esc leave main as it is")
  }

  /// Asks before replacing a file.
  ///
  /// - Parameter isOurs: Whether it is a tape or a file of events of some session.
  static func replacing(_ path: String, isOurs: Bool, leaves: Bool = false) -> Question {
    let what = isOurs ? "exists" : "exists and is not a file of eventicle"
    return Question(
      subject: .replacing(path, leaves: leaves),
      text: "\(path) \(what): y replace it · Esc keep it")
  }

  /// Asks before replacing a file by what a line found.
  static func overwriting(_ file: OutputFile, isOurs: Bool) -> Question {
    Question(
      subject: .overwriting(file), text: replacing(file.path, isOurs: isOurs).text)
  }

  /// The same question, asked on the way out.
  var beforeLeaving: Question {
    guard case .replacing(let path, _) = subject else { return self }
    return Question(subject: .replacing(path, leaves: true), text: text)
  }

  private static func unsaved(_ lines: Int) -> String {
    lines == 1 ? "1 line is not saved" : "\(lines) lines are not saved"
  }
}
