/// Finds the word that was probably meant, for "did you mean".
package enum TypoCorrection {
  /// Longer words are not compared; they are hardly typing mistakes.
  package static let longest = 40

  /// How many names a sentence lists before it counts the rest.
  package static let listed = 12

  /// How many names are compared with an unknown one, so that an error stays cheap.
  package static let compared = 1_000

  /// `A, B and 3 more`, for sentences that list what exists.
  ///
  /// - Parameter count: The total, when `names` are only the first of them.
  package static func list(_ names: some Collection<String>, of count: Int? = nil) -> String {
    let shown = names.prefix(listed)
    let more = max(count ?? names.count, names.count) - shown.count
    return shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }

  /// The end of a sentence about an unknown name: the name that was probably meant, and those that
  /// exist.
  ///
  /// - Parameters:
  ///   - count: The total, when `names` are only the first of them.
  ///   - none: What to say when there are none.
  package static func ending(
    for word: String, among names: [String], of count: Int? = nil, none: String
  ) -> String {
    guard !names.isEmpty else { return "; \(none)." }
    let isOne = max(count ?? names.count, names.count) == 1
    let there = "\(isOne ? "is" : "are") \(list(names, of: count))."
    // A single candidate is named anyway, so no suggestion is added.
    guard !isOne, let near = nearest(to: word, among: Array(names.prefix(compared))) else {
      return "; there \(there)"
    }
    return "; did you mean \(near)? There \(there)"
  }

  /// The word that needs the fewest corrections, if few enough.
  package static func nearest(to word: String, among words: [String]) -> String? {
    guard !word.isEmpty, word.utf8.count <= longest else { return nil }
    let allowed = max(1, word.count / 3)
    let letters = Array(word.lowercased())
    var best: (word: String, distance: Int)?
    for candidate in words where candidate.utf8.count <= longest {
      let other = Array(candidate.lowercased())
      // Each letter more or less is a correction of its own.
      guard abs(letters.count - other.count) <= allowed else { continue }
      let distance = distance(letters, other)
      if distance <= allowed, distance < best?.distance ?? Int.max {
        best = (candidate, distance)
      }
    }
    return best?.word
  }

  /// The number of letters to insert, remove, replace or swap with a neighbour.
  package static func distance(_ left: String, _ right: String) -> Int {
    distance(Array(left), Array(right))
  }

  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var before: [Int] = []
    var previous = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      for column in 0..<right.count {
        let cost = left[row] == right[column] ? 0 : 1
        var best = min(previous[column + 1] + 1, current[column] + 1, previous[column] + cost)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, before[column - 1] + 1)
        }
        current.append(best)
      }
      before = previous
      previous = current
    }
    return previous[right.count]
  }
}
