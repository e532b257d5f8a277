import EventicleSamples

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

/// What a store must have: the lines that were acknowledged, and what a session in memory, which ran
/// the same lines, shows of them.
struct Ledger {
  /// What is known of a line.
  enum Fate: Sendable {
    case kept
    case unsure
    case refused
  }

  /// The lines that are in the store.
  private(set) var kept: [String] = []
  private var session: Session

  init() throws { session = try Session(.shop) }

  /// What is known of lines after the program answered some of them.
  ///
  /// The line that was running when the program ended may be there; no line was begun before the
  /// answer to the one before it was given.
  static func fates(of lines: [String], _ replies: [LineReply]) -> [(line: String, fate: Fate)] {
    var isPoisoned = false
    return lines.enumerated().map { number, line in
      guard number < replies.count else {
        return (line, number == replies.count && !isPoisoned ? .unsure : .refused)
      }
      let reply = replies[number]
      if Story.isLook(line) { return (line, .refused) }
      if reply.isKept { return (line, .kept) }
      let isFull = reply.problem?.contains("no room left") ?? false
      defer { isPoisoned = isPoisoned || !isFull }
      return (line, isFull || isPoisoned ? .refused : .unsure)
    }
  }

  /// Compares a store with what it must have, and takes over what it has besides.
  ///
  /// - Returns: What is wrong, as a sentence; `nil` when all is well.
  mutating func audit(
    _ path: String, _ lines: [String], _ replies: [LineReply]
  ) -> String? {
    do {
      let problems = try Store.verify(path)
      guard problems.isEmpty else { return "verify finds that \(problems.joined(separator: "; "))" }
      let store = try Store.open(path, .read)
      defer { store.close() }
      let tape = store.file.lines.map(\.line)
      guard tape.starts(with: kept) else {
        return "of \(kept.count) lines that were there the store has \(tape.count)"
      }
      if let sentence = compare(
        Array(tape.dropFirst(kept.count)), with: Ledger.fates(of: lines, replies))
      {
        return sentence
      }
      for line in tape.dropFirst(kept.count) {
        if let problem = session.run(line).problem { return "\(line): \(problem.message)" }
      }
      kept = tape
      let stored = try Session(.shop, store: store)
      guard stored.contents == session.contents else {
        return "the store does not show what its \(tape.count) lines make"
      }
      return nil
    } catch {
      return "the store cannot be opened: \(error)"
    }
  }

  private func compare(
    _ tape: [String], with lines: [(line: String, fate: Fate)]
  ) -> String? {
    var rest = tape[...]
    for (line, fate) in lines {
      let isThere = rest.first == line
      switch fate {
      case .kept:
        guard isThere else { return "the acknowledged line \"\(line)\" is not there" }
      case .refused:
        guard !isThere else { return "the line \"\(line)\" is there, which had not begun" }
      case .unsure: break
      }
      if isThere { rest.removeFirst() }
    }
    return rest.first.map { "the line \"\($0)\" is there, which nobody gave" }
  }
}

extension Session {
  /// All that the session shows, as text.
  var contents: String {
    var lines = ["\(head.clock) \(head.queue.count)"]
    for verb in ["journal", "events", "streams", "aggs", "sagas", "views", "timers", "groups"] {
      var session = self
      lines.append("\(session.run(verb).output ?? .null)")
    }
    return lines.joined(separator: "\n")
  }
}
