/// Numbers by the hash of what they stand for; the caller checks what it finds.
///
/// The table grows one bucket at a time (linear hashing), so that no single insertion is expensive.
/// A copy is O(1); the first change of a bucket after a copy copies that bucket. Equal hashes
/// lengthen only their own bucket.
struct HashIndex: Sendable {
  private static var fill: Int { 40 }

  private var buckets = PersistentArray<HashBucket>()
  private(set) var count = 0
  /// Stops the compiler from removing the read in ``prepare(for:)``.
  private var prepared: UInt64 = 0
  /// The number of buckets when the current round of splitting began; a power of two.
  private var round = 1

  /// An empty index.
  init() {}

  @inline(__always)
  private func bucket(of hash: UInt32) -> Int {
    let wide = Int(hash) & (round * 2 - 1)
    return wide < buckets.count ? wide : wide & (round - 1)
  }

  /// Adds a number, from 1, under a hash; adding a pair twice is allowed.
  mutating func insert(_ number: Int32, under hash: UInt32) {
    if buckets.isEmpty { buckets.append(HashBucket(capacity: 8)) }
    HashBucket.insert(number, hash, &buckets[bucket(of: hash)])
    count += 1
    if count > buckets.count * Self.fill { splitOne() }
  }

  /// Reads the slot of a hash ahead of time, so that an insertion soon after finds it in the cache.
  @inline(__always)
  mutating func prepare(for hash: UInt32) {
    if !buckets.isEmpty { prepared &+= buckets[bucket(of: hash)].first(under: hash) }
  }

  /// Removes one pair if it is there.
  mutating func remove(_ number: Int32, under hash: UInt32) {
    guard !buckets.isEmpty else { return }
    if HashBucket.remove(number, hash, &buckets[bucket(of: hash)]) { count -= 1 }
  }

  /// The greatest number under a hash that satisfies the condition.
  @inline(__always)
  func last(under hash: UInt32, where holds: (Int32) -> Bool) -> Int32? {
    guard !buckets.isEmpty else { return nil }
    var found: Int32 = 0
    buckets[bucket(of: hash)].forEach(under: hash) { number in
      if number > found, holds(number) { found = number }
    }
    return found > 0 ? found : nil
  }

  private mutating func splitOne() {
    let old = buckets.count - round
    let (low, high) = buckets[old].split { Int($0) & round == 0 }
    buckets[old] = low
    buckets.append(high)
    if buckets.count == round * 2 { round *= 2 }
  }

  /// The bytes of memory held.
  var bytesHeld: Int {
    var sum = buckets.bytesHeld
    for bucket in buckets { sum += bucket.capacity * 8 + 64 }
    return sum
  }
}
