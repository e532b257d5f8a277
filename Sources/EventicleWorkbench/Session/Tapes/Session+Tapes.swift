extension Session {
  /// Runs the lines of a tape, and says which of them failed.
  ///
  /// A refusal that the next line expects with `expect error` is no failure. A line that needs files
  /// or a screen fails; `eventicle run` runs those that need files.
  ///
  /// - Parameter tape: The tape's text, its lines ending with LF or CRLF.
  /// - Returns: A text for each line that failed, with its number, the line and the reason; none when
  ///   all went well.
  public mutating func run(tape: String) -> [String] {
    let lines: [TapeLine]
    do throws(TapeError) { lines = try TapeLine.lines(of: Array(tape.utf8)) } catch {
      return [error.description]
    }
    var runner = TapeRunner()
    var failures: [String] = []
    for line in lines {
      let result = runner.run(line, in: &self) { request, _ in
        if case .quit = request { return nil }
        return Reply(
          problem: Reply.Problem(
            "This line needs files or a screen, which the tape has not got here; use eventicle run."
          ))
      }
      guard let result else { continue }
      if result.forgives { failures.removeLast() }
      if result.hasFailed { failures.append(result.text.joined(separator: "\n")) }
      if result.endsTape { break }
    }
    return failures
  }
}
