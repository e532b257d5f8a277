/// Numbers by the hash of what they stand for; whoever asks checks what is found.
///
/// A table that grows one bucket at a time (linear hashing), so that no insertion costs more than
/// another one. A copy costs O(1); the first change of a bucket after it copies that bucket. Equal
/// hashes only make their own bucket longer.
struct HashIndex: Sendable {
  private static var fill: Int { 40 }

  private var buckets = PersistentArray<HashBucket>()
  private(set) var count = 0
  /// Keeps the compiler from leaving out the reading of ``prepare(for:)``.
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

  /// Adds a number, from 1, under a hash; the same pair may be there already.
  mutating func insert(_ number: Int32, under hash: UInt32) {
    if buckets.isEmpty { buckets.append(HashBucket(capacity: 8)) }
    HashBucket.insert(number, hash, &buckets[bucket(of: hash)])
    count += 1
    if count > buckets.count * Self.fill { splitOne() }
  }

  /// Reads the place where a hash belongs, so that an insertion soon after finds it at hand.
  @inline(__always)
  mutating func prepare(for hash: UInt32) {
    if !buckets.isEmpty { prepared &+= buckets[bucket(of: hash)].first(under: hash) }
  }

  /// Removes one pair if it is there.
  mutating func remove(_ number: Int32, under hash: UInt32) {
    guard !buckets.isEmpty else { return }
    if HashBucket.remove(number, hash, &buckets[bucket(of: hash)]) { count -= 1 }
  }

  /// The greatest number under a hash for which a condition holds.
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

  /// How many bytes the index takes.
  var bytesHeld: Int {
    var sum = buckets.bytesHeld
    for bucket in buckets { sum += bucket.capacity * 8 + 64 }
    return sum
  }
}
