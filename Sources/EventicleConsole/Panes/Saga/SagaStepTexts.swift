import EventicleCore

/// The lines about a step's changes to the instance's data.
enum SagaStateLines {
  /// The changed fields, or all of them, with their names in one column.
  ///
  /// - Parameter isRoomy: Whether there is room for JSON notation.
  static func lines(of step: SagaHistory.Step, whole: Bool, isRoomy: Bool) -> [StyledLine] {
    whole ? all(step.data) : changes(step, isRoomy: isRoomy)
  }

  private static func changes(_ step: SagaHistory.Step, isRoomy: Bool) -> [StyledLine] {
    // The word for the state says it already.
    let shown = step.changes.filter { change in
      change.path.description != "status" || change.new?.string == nil
    }
    let names = shown.map { PaneText.data($0.path.description) }
    let width = min(names.map(\.width).max() ?? 0, 14)
    return zip(shown, names).map { change, name in
      var line = StyledLine()
      line.add(name, .jsonKey, columns: max(width, name.width))
      line.add(.spaces(isRoomy ? 2 : 1))
      if isRoomy {
        JSONText.add(change, to: &line)
      } else {
        add(change, to: &line)
      }
      return line
    }
  }

  /// A change in as few columns as possible: plain words lose their quotes.
  private static func add(_ change: Difference, to line: inout StyledLine) {
    let role = JSONText.role(of: change)
    if change.old == nil { line.add("+ ", role) }
    if change.new == nil { line.add("- ", role) }
    if let old = change.old {
      line.pieces += JSONText.words(old).map { StyledPiece($0.text, .diffRemove) }
    }
    if change.old != nil, change.new != nil { line.add(" → ", role) }
    if let new = change.new {
      line.pieces += JSONText.words(new).map { StyledPiece($0.text, role) }
    }
  }

  private static func all(_ data: JSON) -> [StyledLine] {
    guard let members = data.object?.members else {
      return [StyledLine(JSONText.line(data), JSONText.role(of: data))]
    }
    let names = members.map { PaneText.data($0.key) }
    let width = min(names.map(\.width).max() ?? 0, 14)
    return zip(members, names).map { member, name in
      var line = StyledLine()
      line.add(name, .jsonKey, columns: width)
      line.add(" ")
      line.add(JSONText.line(member.value), JSONText.role(of: member.value))
      return line
    }
  }
}

/// The lines about a step's outputs.
enum SagaOutputLines {
  /// The lines of one output; all but the first continue it.
  ///
  /// - Parameter room: The columns up to the rails.
  static func lines(
    of output: SagaHistory.Output, _ facts: SagaFacts, room: Int
  ) -> [StyledLine] {
    var text = StyledLine()
    switch output {
    case .command(let name, let outcome, let index):
      text.add("→ ", .uiMuted)
      text.add(PaneText.data(name), .kindCommand)
      guard let problem = outcome.problem else {
        let positions = facts.positions(of: index)
        if !positions.isEmpty, text.width + 2 + positions.width <= room {
          text.add("  " + positions, .uiMuted)
        }
        return [text]
      }
      text.add(" ! refused", .statusRejected)
      return [text] + Sentence(problem).wrapped(.statusRejected, columns: room - 2, most: 4)
    case .event(let position, let type):
      text.add("→ ", .uiMuted)
      text.add(PaneText.data("\(position) "), .uiMuted)
      text.add(PaneText.data(type.text), .kindEvent)
    case .armed(let name, _, let schedule, let again):
      text.add(letter: "T", name, .kindTimer)
      text.add(PaneText.data(" \(schedule.brief)"))
      if again { text.add(" again", .uiMuted) }
    case .cancelled(let name):
      text.add(letter: "T", name, .kindTimer)
      text.add(" off", .uiMuted)
    case .ended: break
    }
    return [text]
  }
}
