/// Numbers in order that were there first, without some of them and with others among them.
///
/// Nothing of the first ones is copied: reading the element at an offset is O(log² n), walking is
/// O(1) for each element, and O(log n) where elements are gone.
struct LayeredOrder<Added: Comparable & Sendable> {
  /// One element.
  enum Element {
    /// A number that was there first.
    case first(Int)
    /// One that was added.
    case added(Added)
  }

  /// The numbers that were there first, ascending.
  let first: [Int32]
  /// Those of them that are no longer there.
  let gone: SortedChunks<Int32>
  /// The elements added since, in the order of their numbers.
  let added: SortedChunks<Added>
  /// The number of an added element.
  let number: (Added) -> Int

  var count: Int { first.count - gone.count + added.count }

  /// How many of the first numbers are below one and still there.
  private func remaining(below number: Int) -> Int {
    first.partitioningIndex { Int($0) >= number } - gone.offset { Int($0) < number }
  }

  /// The number of elements up to a number.
  func count(upTo number: Int) -> Int {
    remaining(below: number + 1) + added.offset { self.number($0) <= number }
  }

  /// The index in `first` of the remaining number at a rank.
  private func index(atRank rank: Int) -> Int {
    if gone.count == 0 { return rank }
    return first.indices.partitioningIndex { index in
      index + 1 - gone.offset { $0 <= first[index] } > rank
    }
  }

  /// The number of added elements before an offset.
  private func addedCount(before offset: Int) -> Int {
    (0..<added.count).partitioningIndex { index in
      index + remaining(below: number(added[index])) >= offset
    }
  }

  /// The element at an offset; `nil` past the ends.
  func element(at offset: Int) -> Element? {
    guard offset >= 0, offset < count else { return nil }
    let before = addedCount(before: offset)
    if before < added.count, before + remaining(below: number(added[before])) == offset {
      return .added(added[before])
    }
    let index = index(atRank: offset - before)
    return index < first.count ? .first(Int(first[index])) : nil
  }

  /// Visits the elements in order until the body returns `false`.
  func forEach(from start: Int = 0, _ body: (Element) -> Bool) {
    guard start < count else { return }
    let before = addedCount(before: max(0, start))
    var next = index(atRank: max(0, start) - before)
    var goesOn = true
    func walk(below end: Int) {
      while goesOn, next < first.count, Int(first[next]) < end {
        if gone.count == 0 || !gone.contains(first[next]) {
          goesOn = body(.first(Int(first[next])))
        }
        next += 1
      }
    }
    added.forEach(from: before) { element in
      walk(below: number(element))
      if goesOn { goesOn = body(.added(element)) }
      return goesOn
    }
    walk(below: Int.max)
  }
}
