package import EventicleCore

/// The places in time that have a name.
///
/// They belong to the person who looks: going back in time neither makes nor forgets any.
package struct Marks: Sendable, Hashable {
  /// A place with its name.
  package struct Mark: Sendable, Hashable {
    package let name: String
    package let cursor: TimeCursor
  }

  /// The marks, sorted by name.
  package private(set) var all: [Mark] = []

  /// No marks.
  package init() {}

  /// The place with a name; O(log n).
  package func cursor(named name: String) -> TimeCursor? {
    let place = index(of: name)
    guard all.indices.contains(place), isSameText(all[place].name, name) else { return nil }
    return all[place].cursor
  }

  /// Gives a place a name, which another place may have had; O(n).
  mutating func set(_ name: String, to cursor: TimeCursor) {
    remove(name)
    all.insert(Mark(name: name, cursor: cursor), at: index(of: name))
  }

  /// Forgets a name; O(n).
  mutating func remove(_ name: String) {
    all.removeAll { isSameText($0.name, name) }
  }

  /// The marks at and before a place.
  func upTo(_ cursor: TimeCursor) -> Marks {
    var marks = self
    marks.all.removeAll { $0.cursor.entry > cursor.entry }
    return marks
  }

  private func index(of name: String) -> Int {
    all.partitioningIndex { !$0.name.utf8.lexicographicallyPrecedes(name.utf8) }
  }

  /// What is wrong with the name of a mark, as a sentence; `nil` for a name that can be given.
  package static func fault(inName name: String) -> String? {
    guard name.count <= Limits.markName else {
      return "The name of a mark has at most \(Limits.markName) characters."
    }
    guard !name.unicodeScalars.contains(where: HiddenScalar.contains) else {
      return "The name of a mark has only characters that can be seen."
    }
    guard name.first?.isWhitespace == false, name.last?.isWhitespace == false else {
      return "The name of a mark neither begins nor ends with a space."
    }
    return nil
  }
}

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
      reply.message = "\(name.value) is \(timeline.name(of: place))"
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
  mutating func remark(_ lines: [String]) {
    marks = Marks()
    for line in lines {
      guard let instructions = try? Instruction.parse(line) else { continue }
      for instruction in instructions { _ = try? mark(instruction) }
    }
  }
}
