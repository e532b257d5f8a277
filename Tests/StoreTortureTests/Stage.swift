import EventicleCore
import TestSupport

@testable import EventicleSQLite

/// A scenario that is played again and again from the same beginning.
final class Stage {
  /// What came of a scenario.
  struct Played {
    let outcome: Outcome
    /// What is wrong, as a sentence; `nil` when all is well.
    let problem: String?
  }

  let scenario: Scenario
  private let program: StoreProgram
  private let lines: [String]
  private let last: String
  private var beginning: [String: [UInt8]] = [:]
  private var ledger: Ledger

  init(_ scenario: Scenario) throws {
    self.scenario = scenario
    program = try StoreProgram()
    ledger = try Ledger()
    var story = Story(seed: 2)
    let before = story.lines(4)
    lines = scenario.makesAnother ? [] : story.lines(3) + [Story.look] + story.lines(2)
    last = story.line()
    guard scenario != .making else { return }
    var outcome = try program.run(before, .counting)
    if scenario == .recovering {
      // While the last line is written: what is acknowledged is in the log alone.
      let calls = outcome.report?.count(of: "w") ?? 0
      try program.clear()
      outcome = try program.run(before, DiskFault(calls: "w", call: calls - 40, kind: .kill))
    }
    if scenario == .onCopy {
      _ = try program.command(["backup", program.path(), program.path("copy")])
      let copy = try program.files()["copy.eventicle"]
      try program.restore(["shop.eventicle": copy ?? []])
    }
    beginning = try program.files()
    try expectNothing(ledger.audit(program.path(), before, outcome.replies))
    try program.restore(beginning)
  }

  /// Why a scenario cannot begin.
  struct Unready: Error, CustomStringConvertible {
    let description: String
  }

  private func expectNothing(_ problem: String?) throws {
    if let problem { throw Unready(description: "\(scenario) does not begin: \(problem)") }
  }

  /// What is counted without a fault, before the power is cut at the very end.
  func count() throws -> DiskReport {
    let played = try play(DiskFault(cutsAtEnd: true))
    try expectNothing(played.problem)
    guard let report = played.outcome.report else {
      throw Unready(description: "\(scenario): nothing was counted; is libcut.so built?")
    }
    return report
  }

  /// Plays it on a disk, and looks what is there afterwards.
  func play(_ fault: DiskFault) throws -> Played {
    try program.restore(beginning)
    var ledger = ledger
    let outcome = try act(fault)
    var problem = complain(outcome)
    if problem == nil, scenario.makesAnother {
      problem = ledger.audit(program.path(), [], []) ?? another(outcome, ledger)
    } else if problem == nil {
      problem = try unfinished(outcome) ?? ledger.audit(program.path(), lines, outcome.replies)
    }
    return Played(outcome: outcome, problem: try problem ?? goOn(&ledger))
  }

  private func act(_ fault: DiskFault) throws -> Outcome {
    switch scenario {
    case .copying: try program.command(["backup", program.path(), program.path("new")], fault)
    case .repairing:
      try program.command(["repair", program.path(), "--into", program.path("new")], fault)
    default: try program.run(lines, fault)
    }
  }

  /// What is wrong with how the program ended, when it was not ended from outside.
  private func complain(_ outcome: Outcome) -> String? {
    switch outcome.ending {
    case .exited(0), .exited(86), .killed(signal: 9): return nil
    case .exited(1), .exited(3):
      let isSentence =
        outcome.complaint.hasPrefix("eventicle: ") && outcome.complaint.hasSuffix(".\n")
      return isSentence ? nil : "it ends without a sentence: \(outcome.complaint)"
    default: return "it ends with \(outcome.ending): \(outcome.complaint)"
    }
  }

  /// What is wrong with a store of which nobody was told yet: it may lack everything, but must not be
  /// in the way.
  private func unfinished(_ outcome: Outcome) throws -> String? {
    guard scenario == .making, outcome.replies.isEmpty else { return nil }
    let again = try program.run([])
    return again.ending == .exited(0)
      ? nil : "a store that was being made is in the way: \(again.complaint)"
  }

  /// What is wrong with the new store that was being made of the old one.
  private func another(_ outcome: Outcome, _ source: Ledger) -> String? {
    let path = program.path("new")
    let isDone = outcome.ending == .exited(0)
    guard (try? StoreFile.look(at: path)) == .file else {
      return isDone ? "the new store is not there" : nil
    }
    guard let problems = try? Store.verify(path), problems.isEmpty else {
      // A part of a store is known as one.
      return isDone ? "the new store is not whole" : nil
    }
    var source = source
    return source.audit(path, [], []).map { "the new store is taken for whole, but \($0)" }
  }

  /// Goes on without a fault.
  private func goOn(_ ledger: inout Ledger) throws -> String? {
    let outcome = try program.run([last])
    guard outcome.ending == .exited(0) else {
      return "the program does not go on: \(outcome.complaint)"
    }
    return ledger.audit(program.path(), [last], outcome.replies)
  }
}
