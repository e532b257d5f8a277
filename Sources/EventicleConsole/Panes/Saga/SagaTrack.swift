import EventicleCore

/// The states of an instance in one line: those it was in, boxed the one it is in, then those that
/// are recorded later or are known of.
struct SagaTrack {
  private var visited: [DisplayText] = []
  private var later: [DisplayText] = []
  private var known: [DisplayText] = []
  private var isCutBefore = false
  private var isCutAfter = false
  private var hasEnded = false
  private var hasFailed = false

  /// Reads the states from the steps of a history.
  init(_ history: SagaHistory, _ context: PaneContext) {
    var (past, ahead): ([String], [String]) = ([], [])
    for step in history.steps {
      if !step.isAhead { hasFailed = step.problem != nil }
      guard step.problem == nil, let word = SagaTrack.word(step.data) else { continue }
      if step.isAhead {
        if word != (ahead.last ?? past.last) { ahead.append(word) }
      } else if word != past.last {
        past.append(word)
      }
    }
    (visited, later) = (
      past.map { PaneText.data($0, limit: 40) }, ahead.map { PaneText.data($0, limit: 40) }
    )
    isCutBefore = history.skipped > 0
    isCutAfter = history.skipped + history.steps.count < history.count
    hasEnded = history.steps.last?.outputs.contains { $0.isEnd } ?? false
    guard context.shown.isAtHead, !hasEnded else { return }
    let states = context.shown.domain.saga(history.key.saga)?.declaredStates ?? []
    known = states.filter { !past.contains($0) }.map { PaneText.data($0, limit: 40) }
  }

  /// The word for the state in an instance's data.
  static func word(_ data: JSON) -> String? {
    guard let word = data.object?["status"]?.string, !word.isEmpty else { return nil }
    return word
  }

  /// Whether no state is known.
  var isEmpty: Bool { visited.isEmpty && later.isEmpty }

  /// The line in a width; it is shortened from the left.
  func line(columns: Int) -> StyledLine {
    var dropped = 0
    var line = line(without: dropped)
    while line.width > columns, dropped < visited.count - 1 {
      dropped += 1
      line = self.line(without: dropped)
    }
    return line.truncated(to: columns)
  }

  private func line(without dropped: Int) -> StyledLine {
    var line = StyledLine(" ")
    if isCutBefore || dropped > 0 { line.add("… → ", .chartEdge) }
    for word in visited.dropLast().dropFirst(dropped) {
      line.add(word, .chartStateVisited)
      line.add(" → ", .chartEdge)
    }
    if let here = visited.last {
      line.add("▐" + here + "▌", .chartStateCurrent)
      if hasFailed { line.add(" ✗", .statusError) }
    }
    for word in later { line.add(" ┄ " + word, .timeFuture) }
    if isCutAfter { line.add(" ┄ …", .timeFuture) }
    if hasEnded { line.add(" ■", later.isEmpty ? .statusEnded : .timeFuture) }
    for (index, word) in known.enumerated() {
      line.add((index == 0 ? " ┄ " : " · ") + word, .chartEdge)
    }
    return line
  }
}
