import EventicleCore

/// The lines of an aggregate's state: its values, the ladder of its life, and what can be done.
struct StateLines {
  let key: AggregateKey
  let version: Version
  let context: PaneContext
  /// Whether the reasons of refused commands stand in place of the state.
  let showsReasons: Bool
  /// The most lines of values.
  var most = JSONTree.most

  /// The lines for a size; empty until the state is folded.
  ///
  /// Values come first; the ladder is there only where it fits whole.
  func lines(in size: Size) -> [StyledLine] {
    guard let fold = context.folds.aggregate(key, version) else { return [] }
    if showsReasons, let trials, !trials.allRefused.isEmpty {
      return TrialLines(trials: trials, columns: size.columns).reasons
    }
    let trails = fold.trails.mapValues(\.text)
    let values = JSONTree(
      fold.state, changes: isMoment ? fold.changes : [],
      style: JSONTree.Style(sign: 1, names: 8, gap: 3), trails: trails, most: most
    ).lines
    let ladder = LadderLines.lines(of: fold.ladder)
    let track = StateTrack(fold.ladder.track).lines(columns: size.columns)
    let (allowed, refused) = commands(columns: size.columns)
    var parts = [values, track + ladder, allowed + refused]
    // Blank lines go first, the last of them before the others; then the ladder and the track of a
    // machine, then the refusals.
    func rows(_ parts: [[StyledLine]]) -> Int { parts.reduce(0) { $0 + $1.count } }
    if rows(parts) > size.rows { parts[1] = track }
    if rows(parts) > size.rows { parts[1] = [] }
    if rows(parts) > size.rows, values.count + allowed.count <= size.rows { parts[2] = allowed }
    var lines: [StyledLine] = []
    var spare = size.rows - rows(parts)
    for part in parts where !part.isEmpty {
      if !lines.isEmpty, spare > 0 {
        lines.append(.empty)
        spare -= 1
      }
      lines += part
    }
    return context.wraps ? lines.flatMap { $0.wrapped(to: size.columns - 1) } : lines
  }

  /// What the commands come to; `nil` until they are tried.
  private var trials: CommandTrials? {
    context.folds.commands(key, version, at: context.shown.cursor.entry)
  }

  /// Whether the state is that of the moment, so that commands can be tried on it.
  static func isPresent(
    _ key: AggregateKey, _ version: Version, _ context: PaneContext
  ) -> Bool {
    version.number > 0 && context.shown.world.histories.version(of: key) == version
  }

  private func commands(columns: Int) -> (allowed: [StyledLine], refused: [StyledLine]) {
    guard StateLines.isPresent(key, version, context) else { return ([], []) }
    guard context.canTry else {
      var line = TrialLines.label("can now")
      line.add("not known: handlers run elsewhere", .uiMuted)
      return ([line], [])
    }
    guard let trials else { return ([], []) }
    let lines = TrialLines(trials: trials, columns: columns)
    return (lines.allowed, lines.refused)
  }

  /// Whether the event of this moment is the aggregate's last one.
  private var isMoment: Bool {
    guard let position = context.event,
      context.shown.world.version(of: key, at: position) == version
    else { return false }
    return context.shown.world.event(of: key, at: version)?.1 == position
  }
}
