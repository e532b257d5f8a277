/// How near two words are, for "did you mean".
package enum TypoCorrection {
  /// The longest word that is compared; longer ones are nobody's typing mistake.
  package static let longest = 40

  /// How many names a sentence lists; the others are counted.
  package static let listed = 12

  /// How many names are compared with an unknown one, so that saying no stays cheap.
  package static let compared = 1_000

  /// `A, B and 3 more`, for sentences about what there is.
  ///
  /// - Parameter count: How many there are, when these are but the first of them.
  package static func list(_ names: some Collection<String>, of count: Int? = nil) -> String {
    let shown = names.prefix(listed)
    let more = max(count ?? names.count, names.count) - shown.count
    return shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }

  /// How a sentence about something unknown ends: with the name that may have been meant, and with
  /// those that there are.
  ///
  /// - Parameters:
  ///   - count: How many there are, when the names are but the first of them.
  ///   - none: What is said when there are none.
  package static func ending(
    for word: String, among names: [String], of count: Int? = nil, none: String
  ) -> String {
    guard !names.isEmpty else { return "; \(none)." }
    let isOne = max(count ?? names.count, names.count) == 1
    let there = "\(isOne ? "is" : "are") \(list(names, of: count))."
    // Where there is one alone, to name it is to ask whether it was meant.
    guard !isOne, let near = nearest(to: word, among: Array(names.prefix(compared))) else {
      return "; there \(there)"
    }
    return "; did you mean \(near)? There \(there)"
  }

  /// The word that takes the fewest corrections, when few enough.
  package static func nearest(to word: String, among words: [String]) -> String? {
    guard !word.isEmpty, word.utf8.count <= longest else { return nil }
    let allowed = max(1, word.count / 3)
    var best: (word: String, distance: Int)?
    for candidate in words where candidate.utf8.count <= longest {
      let distance = distance(word.lowercased(), candidate.lowercased())
      if distance <= allowed, distance < best?.distance ?? Int.max {
        best = (candidate, distance)
      }
    }
    return best?.word
  }

  /// Letters to insert, remove, replace or swap with their neighbour.
  package static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left)
    let right = Array(right)
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
