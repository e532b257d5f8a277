import EventicleCore

/// What can be known to be wrong with a line before the engine is asked.
extension Session {
  /// Throws when the arguments of a command are not those that it declares.
  ///
  /// What the domain refuses is part of what happened; a mistyped line is not, so the engine never
  /// hears of it.
  func check(
    _ data: JSON, of command: Located<String>
  ) throws(LanguageError) {
    let faults = domain.command(command.value)?.faults(in: data) ?? []
    guard !faults.isEmpty else { return }
    let missing = faults.filter(\.isMissing).map(\.field)
    var sentences: [String] = []
    if missing.count > 1 {
      let names = missing.map(\.name)
      let last = names.last ?? ""
      sentences.append(
        "\(command.value) needs \(names.dropLast().joined(separator: ", ")) and \(last); "
          + "add \(missing.map(\.example).joined(separator: " ")).")
    }
    for fault in faults where missing.count < 2 || !fault.isMissing {
      sentences.append(fault.advice)
    }
    let extra = undeclared(data, in: command.value)
    if !extra.isEmpty { sentences.append("\(extra).") }
    throw command.error(sentences.joined(separator: " "))
  }

  /// Throws when the repetitions of a line would need more memory than a session may take.
  ///
  /// O(events / 64) for a repetition, O(1) without one.
  ///
  /// - Parameter bytes: The size of the data of one of them.
  func check(_ repetition: Repetition, of bytes: Int) throws(LanguageError) {
    guard let count = repetition.count, count.value > 1 else { return }
    let held = engine.world.log.bytesHeld
    let (added, isTooLarge) = count.value.multipliedReportingOverflow(
      by: bytes + Session.bytesBesideData)
    guard isTooLarge || added > Limits.sessionBytes - held else { return }
    let most = max(0, Limits.sessionBytes - held) / (bytes + Session.bytesBesideData)
    throw count.error(
      "\(count.value) times \(ByteSize(bytes)) of data would take \(ByteSize(added)), and the "
        + "events so far take \(ByteSize(held)); a session may take \(ByteSize(Limits.sessionBytes)). "
        + (most > 0 ? "Use --count \(most) or less." : "Start a new session for more."))
  }

  /// About how much memory an event takes besides its data, with its journal entries.
  private static var bytesBesideData: Int { 512 }

  /// Refuses a line that is too long to be read at all.
  mutating func refuse(_ error: LanguageError) -> Reply {
    lastProblem = error.message
    logged = []
    return Reply(
      problem: Reply.Problem(error.message, column: error.column, length: error.length))
  }
}
