/// Finds the name that was probably meant by an unknown one.
enum NearestName {
  /// The name with the fewest changed letters, if those are fewer than half.
  static func of(_ word: String, among names: [String]) -> String? {
    let best = names.map { (name: $0, distance: distance(word, $0)) }
      .min { $0.distance < $1.distance }
    guard let best, best.distance <= max(2, word.count / 2) else { return nil }
    return best.name
  }

  // The Levenshtein distance, one row at a time.
  private static func distance(_ first: String, _ second: String) -> Int {
    let (first, second) = (Array(first), Array(second))
    var row = Array(0...second.count)
    for (i, letter) in first.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in second.enumerated() {
        let replaced = diagonal + (letter == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[second.count]
  }
}
