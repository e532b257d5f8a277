/// How near two words are, for "did you mean".
enum Nearness {
  /// The longest word that is compared; longer ones are nobody's typing mistake.
  static let longest = 40

  /// The word that takes the fewest corrections, when few enough.
  static func nearest(to word: String, among words: [String]) -> String? {
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
  static func distance(_ left: String, _ right: String) -> Int {
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
