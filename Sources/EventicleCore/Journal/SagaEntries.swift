/// The journal entries that concern each saga instance.
///
/// Entries of one instance are linked backwards, so that adding one is O(1) however many instances
/// there are; listing is O(entries of the instance).
struct SagaEntries: Sendable {
  private struct Head: Sendable {
    /// The index of the newest link, from 1; 0 when there is none.
    var last: Int32 = 0
    var count: Int32 = 0
  }

  private struct Link: Sendable {
    let entry: Int32
    let before: Int32
  }

  private struct Instance: Sendable {
    let key: SagaKey
    /// Its index in `heads`.
    let place: Int32
  }

  /// The newest entries of instances, at twice an instance's number in the world; the odd places
  /// are for instances that ended in the step that started them and never were in a world.
  private var heads = PersistentArray<Head>()
  private var links = PersistentArray<Link>()
  private var instances = PersistentArray<Instance>()
  private var index = HashIndex()
  private var strangers = 0

  /// Records that an entry concerns an instance; entries come in order.
  ///
  /// - Parameter number: The number of the instance in the world, if it is or was there.
  mutating func append(_ entry: Int32, of key: SagaKey, number: Int?) {
    let place = number.map { 2 * $0 } ?? place(of: key) ?? 2 * strangers + 1
    while heads.count <= place { heads.append(Head()) }
    let head = heads[place]
    if head.count == 0 {
      if number == nil { strangers += 1 }
      instances.append(Instance(key: key, place: Int32(place)))
      index.insert(Int32(instances.count), under: key.quickHash)
    }
    links.append(Link(entry: entry, before: head.last))
    heads[place] = Head(last: Int32(links.count), count: head.count + 1)
  }

  private func place(of key: SagaKey) -> Int? {
    let found = index.last(under: key.quickHash) {
      instances.address(of: Int($0) - 1).pointee.key == key
    }
    return found.map { Int(instances[Int($0) - 1].place) }
  }

  /// The number of entries that concern an instance.
  func count(of key: SagaKey) -> Int { place(of: key).map { Int(heads[$0].count) } ?? 0 }

  /// The entries that concern an instance up to one, in order.
  func entries(of key: SagaKey, upTo end: Int) -> [Int] {
    guard let place = place(of: key) else { return [] }
    var found: [Int] = []
    var next = Int(heads[place].last)
    while next > 0 {
      let link = links[next - 1]
      if Int(link.entry) <= end { found.append(Int(link.entry)) }
      next = Int(link.before)
    }
    return found.reversed()
  }
}
