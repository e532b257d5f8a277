/// Which journal entries concern each saga instance.
///
/// Entries of one instance are linked backwards, so that noting one costs O(1) however many
/// instances there are; listing costs O(entries of the instance).
struct SagaEntries: Sendable {
  private struct Head: Sendable {
    /// The place of the newest link, from 1; 0 when there is none.
    var last: Int32 = 0
    var count: Int32 = 0
  }

  private struct Link: Sendable {
    let entry: Int32
    let before: Int32
  }

  private var keys = PersistentArray<SagaKey>()
  private var heads = PersistentArray<Head>()
  private var links = PersistentArray<Link>()
  private var index = HashIndex()
  /// The places of instances by their numbers in the world, which spare looking for the key.
  private var places = PersistentArray<Int32>()

  /// Notes that an entry concerns an instance; later entries come later.
  ///
  /// - Parameter number: The number of the instance in the world, where it is at hand.
  mutating func append(_ entry: Int32, of key: SagaKey, number: Int?) {
    let place = place(of: key, number: number)
    links.append(Link(entry: entry, before: heads[place].last))
    heads[place] = Head(last: Int32(links.count), count: heads[place].count + 1)
  }

  private mutating func place(of key: SagaKey, number: Int?) -> Int {
    if let number, number < places.count, places[number] > 0 { return Int(places[number]) - 1 }
    var found = place(of: key)
    if found == nil {
      keys.append(key)
      heads.append(Head())
      index.insert(Int32(keys.count), under: key.quickHash)
    }
    let place = found ?? keys.count - 1
    found = place
    if let number {
      while places.count <= number { places.append(0) }
      places[number] = Int32(place + 1)
    }
    return place
  }

  private func place(of key: SagaKey) -> Int? {
    index.last(under: key.quickHash) { keys.address(of: Int($0) - 1).pointee == key }
      .map { Int($0) - 1 }
  }

  /// How many entries concern an instance.
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
