import EventicleCore

/// The lines about what can be done to an aggregate: which commands are accepted, which refused.
struct TrialLines {
  let trials: CommandTrials
  let columns: Int

  /// The width at which commands say what would become of the aggregate.
  private static let wide = 56
  private static let indent = 12

  /// `can now    ResumeOrder → paying   CancelOrder → cancelled`, in as many lines as needed; for a
  /// machine with what it takes below.
  var allowed: [StyledLine] {
    let messages = items(trials.messages)
    let takes = trials.messages.isEmpty ? [] : wrapped("takes", messages)
    guard !trials.isEmpty else { return takes }
    let items = items(trials.allowed)
    let nothing = [StyledLine("nothing", .uiMuted)]
    return wrapped("can now", items.isEmpty ? nothing : items) + takes
  }

  private func items(_ allowed: [CommandTrials.Allowed]) -> [StyledLine] {
    allowed.map { item in
      var line = StyledLine(PaneText.data(item.command, limit: 60), .kindCommand)
      if columns >= Self.wide, let status = item.status {
        line.add(" → ", .chartEdge)
        line.add(PaneText.data(status, limit: 40))
      }
      return line
    }
  }

  /// `refuses    HoldOrder, MarkOrderShipped, … (why)`, in one line.
  var refused: [StyledLine] {
    guard !trials.allRefused.isEmpty else { return [] }
    var line = Self.label("refuses")
    let room = columns - 8
    let refused = trials.allRefused
    for (index, item) in refused.enumerated() {
      let name = PaneText.data(item.command, limit: 60)
      let isLast = index == refused.count - 1
      if index > 0, line.width + 2 + name.width + (isLast ? 0 : 3) > room {
        line.add(", …", .uiMuted)
        break
      }
      if index > 0 { line.add(", ", .uiMuted) }
      line.add(name, .uiMuted)
    }
    line.add("  (")
    line.add("why", .uiHintKey)
    line.add(")")
    return [line]
  }

  /// Each refused command with the engine's own sentence.
  var reasons: [StyledLine] {
    var lines: [StyledLine] = []
    for item in trials.allRefused {
      var line = StyledLine(" ")
      line.add("! ", .statusRejected)
      line.add(PaneText.data(item.command, limit: 60), .kindCommand)
      lines.append(line)
      lines += Sentence(item.reason).wrapped(.uiText, columns: columns - 4, most: 6)
        .map { $0.indented(by: 3) }
    }
    let note =
      "Tried in a throw-away fork, with made-up values where a command needs more than the id."
    lines += Sentence(note).wrapped(.uiMuted, columns: columns - 2, most: 3)
      .map { $0.indented(by: 1) }
    if trials.untried > 0 {
      lines.append(StyledLine(" \(trials.untried) more were not tried.", .uiMuted))
    }
    return lines
  }

  static func label(_ text: DisplayText) -> StyledLine {
    StyledLine([StyledPiece(" " + text.padded(to: indent - 1), .uiMuted)])
  }

  private func wrapped(_ label: DisplayText, _ items: [StyledLine]) -> [StyledLine] {
    let gap = columns >= Self.wide ? 3 : 1
    var lines: [StyledLine] = []
    var line = Self.label(label)
    for item in items {
      if line.width > Self.indent, line.width + gap + item.width > columns {
        lines.append(line)
        line = Self.label("")
      }
      if line.width > Self.indent { line.add(.spaces(gap)) }
      line.add(item)
    }
    return lines + [line]
  }
}
