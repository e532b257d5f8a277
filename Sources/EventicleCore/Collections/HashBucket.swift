/// Pairs of a hash and a number, each stored near the place its hash names.
///
/// Safe to share: changed only while one index alone holds it.
final class HashBucket: @unchecked Sendable {
  private let slots: UnsafeMutablePointer<UInt64>
  let capacity: Int
  private var count = 0

  /// An empty bucket with room for `capacity` pairs.
  init(capacity: Int) {
    slots = .allocate(capacity: capacity)
    slots.initialize(repeating: 0, count: capacity)
    self.capacity = capacity
  }

  private init(copying other: HashBucket) {
    capacity = other.capacity
    slots = .allocate(capacity: capacity)
    slots.initialize(from: other.slots, count: capacity)
    count = other.count
  }

  deinit { slots.deallocate() }

  @inline(__always)
  private func home(_ hash: UInt32) -> Int {
    Int((UInt64(hash) &* UInt64(truncatingIfNeeded: capacity)) >> 32)
  }

  @inline(__always)
  private func place(after place: Int) -> Int { place + 1 == capacity ? 0 : place + 1 }

  @inline(__always)
  private static func pair(_ hash: UInt32, _ number: Int32) -> UInt64 {
    UInt64(hash) << 32 | UInt64(UInt32(bitPattern: number))
  }

  @inline(__always)
  private static func hash(of pair: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: pair >> 32) }

  /// The slot at the home place of a hash.
  @inline(__always)
  func first(under hash: UInt32) -> UInt64 { slots[home(hash)] }

  /// Calls the body with every number under a hash.
  @inline(__always)
  func forEach(under hash: UInt32, _ body: (Int32) -> Void) {
    withExtendedLifetime(self) {
      var place = home(hash)
      while slots[place] != 0 {
        let pair = slots[place]
        if HashBucket.hash(of: pair) == hash { body(Int32(truncatingIfNeeded: pair)) }
        place = self.place(after: place)
      }
    }
  }

  /// Adds a pair to a bucket, which is copied first if it is shared or full.
  @inline(__always)
  static func insert(_ number: Int32, _ hash: UInt32, _ bucket: inout HashBucket) {
    if (bucket.count + 1) * 8 > bucket.capacity * 7 {
      bucket = bucket.rebuilt(capacity: bucket.capacity + max(bucket.capacity / 2, 8))
    } else if !isKnownUniquelyReferenced(&bucket) {
      bucket = HashBucket(copying: bucket)
    }
    bucket.add(pair(hash, number))
  }

  @inline(__always)
  private func add(_ pair: UInt64) {
    var place = home(HashBucket.hash(of: pair))
    while slots[place] != 0 { place = self.place(after: place) }
    slots[place] = pair
    count += 1
  }

  /// Removes one pair; returns whether it was there.
  static func remove(_ number: Int32, _ hash: UInt32, _ bucket: inout HashBucket) -> Bool {
    var isThere = false
    bucket.forEach(under: hash) { isThere = isThere || $0 == number }
    guard isThere else { return false }
    if !isKnownUniquelyReferenced(&bucket) { bucket = HashBucket(copying: bucket) }
    bucket.remove(pair(hash, number))
    return true
  }

  private func remove(_ pair: UInt64) {
    var hole = home(HashBucket.hash(of: pair))
    while slots[hole] != pair { hole = place(after: hole) }
    slots[hole] = 0
    count -= 1
    // Pairs behind the gap whose home is at or before it move up.
    var place = place(after: hole)
    while slots[place] != 0 {
      let start = home(HashBucket.hash(of: slots[place]))
      let isBehind =
        hole <= place ? hole < start && start <= place : hole < start || start <= place
      if !isBehind {
        slots[hole] = slots[place]
        slots[place] = 0
        hole = place
      }
      place = self.place(after: place)
    }
  }

  private func rebuilt(capacity: Int) -> HashBucket {
    let other = HashBucket(capacity: capacity)
    for place in 0..<self.capacity where slots[place] != 0 { other.add(slots[place]) }
    return other
  }

  /// Two buckets: the pairs whose hash satisfies the condition, and the others.
  func split(_ isLow: (UInt32) -> Bool) -> (HashBucket, HashBucket) {
    var lows = 0
    for place in 0..<capacity where slots[place] != 0 {
      if isLow(HashBucket.hash(of: slots[place])) { lows += 1 }
    }
    func room(_ count: Int) -> Int { count + count / 3 + 4 }
    let low = HashBucket(capacity: room(lows))
    let high = HashBucket(capacity: room(count - lows))
    for place in 0..<capacity where slots[place] != 0 {
      let pair = slots[place]
      if isLow(HashBucket.hash(of: pair)) { low.add(pair) } else { high.add(pair) }
    }
    return (low, high)
  }
}
