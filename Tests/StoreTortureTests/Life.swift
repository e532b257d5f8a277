import TestSupport

/// A store from its making on, whose program is ended again and again until all lines are kept.
struct Life {
  let program: StoreProgram
  /// The disk of runs in which nothing goes wrong; `nil` for the one of this machine.
  private let sound: DiskFault?
  private let lines: [String]
  private var ledger: Ledger

  /// Begins with no store.
  ///
  /// - Parameter sound: The disk of runs in which nothing goes wrong; `nil` for the one of this
  ///   machine.
  init(
    in program: StoreProgram, seed: UInt64, lines count: Int = 16, on sound: DiskFault? = .counting
  ) throws {
    (self.program, self.sound) = (program, sound)
    try program.clear()
    lines = Story.lines(count, seed: seed)
    ledger = try Ledger()
  }

  /// The lines that are not kept yet.
  var rest: [String] {
    let kept = Set(ledger.kept)
    return lines.filter { !kept.contains($0) }
  }

  /// Runs the program, which is ended somewhere, and looks what its store has.
  ///
  /// - Returns: What is wrong, as a sentence; `nil` when all is well.
  mutating func round(
    _ fault: DiskFault? = nil, _ end: (Child) throws -> [LineReply] = { _ in [] }
  ) throws -> String? {
    let rest = rest
    let child = try program.start(StoreProgram.running(program.path()), rest, fault ?? sound)
    let outcome = try program.outcome(of: child, end(child))
    return try audit(rest, outcome)
  }

  /// The same, where somebody else runs the program.
  ///
  /// - Returns: What is wrong, as a sentence; `nil` when all is well, and when it did not run.
  mutating func round(
    by run: (StoreProgram, [String]) throws -> Outcome?
  ) throws -> (problem: String?, hasRun: Bool) {
    let rest = rest
    guard let outcome = try run(program, rest) else { return (nil, false) }
    return (try audit(rest, outcome), true)
  }

  private mutating func audit(_ lines: [String], _ outcome: Outcome) throws -> String? {
    guard outcome.replies.isEmpty, ledger.kept.isEmpty else {
      return ledger.audit(program.path(), lines, outcome.replies)
    }
    // Nobody was told of a store yet: it may lack everything, but must not be in the way.
    let again = try program.run([], sound)
    guard again.ending == .exited(0) else {
      return "a store that was being made is in the way: \(again.complaint)"
    }
    return ledger.audit(program.path(), lines, [])
  }

  /// Runs what is left, without a fault.
  ///
  /// - Returns: What is wrong, as a sentence; `nil` when all is well.
  mutating func finish() throws -> String? {
    let rest = rest
    let outcome = try program.run(rest, sound)
    guard outcome.ending == .exited(0), outcome.replies.count == rest.count else {
      return "the program does not go on: \(outcome.complaint)"
    }
    if let sentence = ledger.audit(program.path(), rest, outcome.replies) { return sentence }
    return ledger.kept == lines ? nil : "the store has \(ledger.kept.count) lines"
  }
}
