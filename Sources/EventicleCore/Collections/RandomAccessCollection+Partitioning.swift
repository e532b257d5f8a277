extension RandomAccessCollection {
  /// The first index whose element a condition holds for, else the end; O(log n) calls.
  ///
  /// The condition must hold for all elements after that one, too.
  ///
  /// A range of numbers is such a collection: `(0..<count).partitioningIndex { … }`.
  @inlinable
  package func partitioningIndex(where holds: (Element) throws -> Bool) rethrows -> Index {
    var low = startIndex
    var count = self.count
    while count > 0 {
      let half = count / 2
      let middle = index(low, offsetBy: half)
      if try holds(self[middle]) {
        count = half
      } else {
        low = index(after: middle)
        count -= half + 1
      }
    }
    return low
  }
}
