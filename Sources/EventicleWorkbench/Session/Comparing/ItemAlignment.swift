import EventicleCore

/// Puts what happened in two histories side by side: what happened in both in one row, where that
/// does not turn the order of either around.
struct ItemAlignment {
  /// The places of a row in the two lists; `nil` where it has nothing.
  private(set) var rows: [(left: Int?, right: Int?)] = []
  /// The place in the right list of what a place in the left one is, wherever they stand.
  private(set) var partners: [Int: Int] = [:]

  /// - Complexity: O(items · log items).
  init(_ left: [ComparedItems.Item], _ right: [ComparedItems.Item]) {
    var places: [UInt64: Int] = [:]
    for (place, item) in right.enumerated() { places[item.path] = place }
    for (place, item) in left.enumerated() {
      if let other = places[item.path] { partners[place] = other }
    }
    var (nextLeft, nextRight) = (0, 0)
    /// What stands before an anchor, in pairs of different things.
    func fill(_ leftEnd: Int, _ rightEnd: Int) {
      while nextLeft < leftEnd || nextRight < rightEnd {
        rows.append(
          (
            nextLeft < leftEnd ? nextLeft : nil, nextRight < rightEnd ? nextRight : nil
          ))
        nextLeft = min(nextLeft + 1, leftEnd)
        nextRight = min(nextRight + 1, rightEnd)
      }
    }
    for anchor in anchors(left.count) {
      guard let other = partners[anchor] else { continue }
      fill(anchor, other)
      rows.append((anchor, other))
      (nextLeft, nextRight) = (anchor + 1, other + 1)
    }
    fill(left.count, right.count)
  }

  /// The longest run of partners that rises on both sides.
  private func anchors(_ count: Int) -> [Int] {
    let all = (0..<count).filter { partners[$0] != nil }
    var ends: [Int] = []
    var before: [Int: Int] = [:]
    for place in all {
      guard let other = partners[place] else { continue }
      let length = ends.partitioningIndex { (partners[$0] ?? 0) >= other }
      if length > 0 { before[place] = ends[length - 1] }
      if length == ends.count { ends.append(place) } else { ends[length] = place }
    }
    var found: [Int] = []
    var next = ends.last
    while let place = next {
      found.append(place)
      next = before[place]
    }
    return found.reversed()
  }
}
