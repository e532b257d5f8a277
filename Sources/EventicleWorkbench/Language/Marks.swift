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
