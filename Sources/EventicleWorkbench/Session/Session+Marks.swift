import EventicleCore

extension Session {
  /// Performs a verb on marks; `nil` for other verbs.
  mutating func mark(_ instruction: Instruction) throws(LanguageError) -> Reply? {
    var reply = Reply()
    switch instruction {
    case .mark(let name, let position):
      let place = if let position { try resolve(position) } else { cursor }
      guard marks.cursor(named: name.value) != nil || marks.all.count < Limits.marks else {
        throw name.error("There are \(Limits.marks) marks already; unmark one first.")
      }
      marks.set(name.value, to: place)
      let way = PositionExpression.naming(name.value)
      reply.message = "\(name.value) is \(timeline.name(of: place)); goto \(way) comes back"
    case .unmark(let name):
      guard marks.cursor(named: name.value) != nil else {
        throw unknown("mark", name.value, among: marks.all.map(\.name), at: name.span)
      }
      marks.remove(name.value)
      reply.message = "\(name.value) is forgotten"
    case .marks:
      reply.output = .array(
        marks.all.map { mark in
          [
            "mark": .string(mark.name),
            "moment": .string(timeline.name(of: mark.cursor).description),
            "journal": .int(mark.cursor.entry.number),
          ]
        })
      let shown = marks.all.prefix(12).map { "\($0.name) \(timeline.name(of: $0.cursor))" }
      let rest = marks.all.count - shown.count
      reply.message =
        shown.isEmpty
        ? "no place has a name; mark NAME gives one"
        : shown.joined(separator: " · ") + (rest > 0 ? " · and \(rest) more" : "")
    default: return nil
    }
    return reply
  }

  /// The lines that give and forget the same names again, for the tape.
  ///
  /// - Parameter before: The marks before the line that changed them.
  func markLines(since before: Marks) -> [String] {
    guard marks != before else { return [] }
    let forgotten = before.all.filter { marks.cursor(named: $0.name) == nil }
    let given = marks.all.filter { before.cursor(named: $0.name) != $0.cursor }
    return forgotten.map { "unmark \(Quoting.word($0.name))" }
      + given.map { mark in
        let name = timeline.name(of: mark.cursor)
        // At the head the place is where the line stands in the tape.
        let place =
          mark.cursor == timeline.headCursor && used.keeper == nil
          ? "" : " \(name.position).\(name.steps)"
        return "mark \(Quoting.word(mark.name))\(place)"
      }
  }

  /// Gives the names again that the lines of a store gave.
  mutating func restoreMarks(from lines: [String]) {
    marks = Marks()
    remark(after: lines)
  }

  /// Gives the names that further lines of a store gave, besides those that there are.
  mutating func remark(after lines: [String]) {
    for line in lines {
      guard let instructions = try? Instruction.parse(line, names: DomainNames(momentAtHead)) else {
        continue
      }
      for instruction in instructions { _ = try? mark(instruction) }
    }
  }
}
