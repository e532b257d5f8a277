package import EventicleCore

/// Runs the lines of a tape in order, and counts lines and failures.
package struct TapeRunner: Sendable {
  /// The outcome of one line.
  package struct Result: Sendable {
    /// The outcome as a JSON object, for programs.
    package let json: JSON
    /// The outcome as lines of text, for people; empty when there is nothing to say.
    package let text: [String]
    /// What the line requests from the surrounding program.
    package let requests: [SessionRequest]
    /// Whether the line ends the tape.
    package let endsTape: Bool
    /// Whether the line expects that the one before it fails, so that this is no failure.
    package let forgives: Bool

    /// Whether the line failed.
    package var hasFailed: Bool { json["ok"] == false }
  }

  /// The number of lines that were run.
  package private(set) var lines = 0
  package private(set) var failed = 0
  private var lastFailed = false

  /// Creates a runner at the start of a tape.
  package init() {}

  /// Runs a line; `nil` for a blank line or a comment.
  ///
  /// - Parameters:
  ///   - reader: Reads the files that the line names.
  ///   - files: Performs requests for files, and returns a problem or a message.
  package mutating func run(
    _ line: TapeLine, in session: inout Session, reading reader: FileReader = .none,
    files: (SessionRequest, inout Session) -> Reply? = { _, _ in nil }
  ) -> Result? {
    if let instructions = try? line.instructions(), instructions.isEmpty { return nil }
    lines += 1
    var reply =
      line.tooLong.map { session.refuse($0) }
      ?? session.run(line.text, comments: true, reading: reader)
    for request in reply.requests where reply.problem == nil {
      guard let answer = files(request, &session) else { continue }
      reply.problem = answer.problem
      reply.output = answer.output ?? reply.output
      reply.journal = answer.journal ?? reply.journal
      reply.message = answer.message
    }
    let forgives = countFailure(of: line, reply)
    let isOver = reply.requests.contains { if case .quit = $0 { true } else { false } }
    return Result(
      json: object(line, reply, session), text: text(line, reply) + logged(line, session),
      requests: reply.requests,
      endsTape: isOver, forgives: forgives)
  }

  /// Counts a line that was run elsewhere; blank lines and comments do not count.
  package mutating func count(_ line: TapeLine, _ reply: Reply) {
    if let instructions = try? line.instructions(), instructions.isEmpty { return }
    lines += 1
    countFailure(of: line, reply)
  }

  /// The failure of a line before `expect error` does not count.
  ///
  /// - Returns: Whether the line is such an expectation, and holds.
  @discardableResult
  private mutating func countFailure(of line: TapeLine, _ reply: Reply) -> Bool {
    let isExpected = reply.problem == nil && lastFailed && TapeRunner.expectsError(line)
    if isExpected { failed -= 1 }
    if reply.problem != nil { failed += 1 }
    lastFailed = reply.problem != nil
    return isExpected
  }

  private static func expectsError(_ line: TapeLine) -> Bool {
    guard let first = try? line.instructions().first, case .expect(let expectation) = first.value,
      case .error = expectation.value
    else { return false }
    return true
  }

  private func object(_ line: TapeLine, _ reply: Reply, _ session: Session) -> JSON {
    var object: JSON = [
      "line": .int(line.number),
      "input": .string(reply.problem == nil ? line.text : TapeRunner.echo(line)),
      "ok": .bool(reply.problem == nil),
      "journal": reply.journal.map { [.int($0.lowerBound), .int($0.upperBound)] } ?? .null,
      "position": .int(session.head.log.count),
    ]
    if let output = reply.output { object["output"] = output }
    if !session.logged.isEmpty {
      object["log"] = .array(session.logged.map { .string($0.text) })
    }
    if let problem = reply.problem {
      object["error"] = .string(problem.message)
      if let column = problem.column { object["column"] = .int(column) }
    }
    return object
  }

  private func text(_ line: TapeLine, _ reply: Reply) -> [String] {
    if let problem = reply.problem {
      var lines = ["\(line.number): \(TapeRunner.visible(TapeRunner.echo(line)))"]
      let indent = String(repeating: " ", count: "\(line.number): ".count)
      if let column = problem.column {
        let marks = String(repeating: "^", count: max(1, min(problem.length, 80)))
        lines.append(indent + String(repeating: " ", count: max(0, min(column, 2_000) - 1)) + marks)
      }
      lines.append(indent + TapeRunner.visible(problem.message))
      return lines
    }
    if let document = reply.document {
      var lines = document.split(separator: "\n", omittingEmptySubsequences: false)
      if lines.last?.isEmpty == true { lines.removeLast() }
      return lines.map { HiddenScalar.visible(String($0)) }
    }
    if let output = reply.output, reply.journal == nil {
      guard case .array(let rows) = output else { return [output.printed] }
      return rows.map(\.printed)
    }
    return reply.message.isEmpty ? [] : ["\(line.number): \(TapeRunner.visible(reply.message))"]
  }

  /// What stops noted while the line ran, below it.
  private func logged(_ line: TapeLine, _ session: Session) -> [String] {
    let indent = String(repeating: " ", count: "\(line.number): ".count)
    let timeline = session.timeline
    return session.logged.map {
      let moment = timeline.name(of: timeline.moment(of: $0.entry))
      return indent + TapeRunner.visible("\(moment)  \($0.text)")
    }
  }

  /// How much of a refused line is told, in characters.
  private static let echoLength = 2_000

  /// A refused line, cut when it is long, with its length.
  private static func echo(_ line: TapeLine) -> String {
    let beginning = line.text.prefix(echoLength)
    guard beginning.endIndex < line.text.endIndex || line.bytes > line.text.utf8.count else {
      return line.text
    }
    return "\(beginning)… (\(line.bytes) bytes)"
  }

  /// A text with hidden characters made visible, cut after 100,000 of them.
  private static func visible(_ text: String) -> String {
    HiddenScalar.visible(String(text.unicodeScalars.prefix(100_000)))
  }

  /// The JSON object printed at the end of a run.
  package func summary(of session: Session) -> JSON {
    [
      "lines": .int(lines), "failed": .int(failed), "position": .int(session.head.log.count),
      "journal": .int(session.timeline.count),
    ]
  }
}
