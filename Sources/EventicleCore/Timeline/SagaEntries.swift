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

  private struct Instance: Sendable {
    let key: SagaKey
    let number: Int32
  }

  /// The newest entries of instances, by the numbers that they have in the world.
  private var heads = PersistentArray<Head>()
  private var links = PersistentArray<Link>()
  private var instances = PersistentArray<Instance>()
  private var index = HashIndex()

  /// Notes that an entry concerns an instance; later entries come later.
  ///
  /// - Parameter number: The number of the instance in the world.
  mutating func append(_ entry: Int32, of key: SagaKey, number: Int) {
    while heads.count <= number { heads.append(Head()) }
    let head = heads[number]
    if head.count == 0 {
      instances.append(Instance(key: key, number: Int32(number)))
      index.insert(Int32(instances.count), under: key.quickHash)
    }
    links.append(Link(entry: entry, before: head.last))
    heads[number] = Head(last: Int32(links.count), count: head.count + 1)
  }

  /// The number under which an instance is known that something was noted of.
  func number(of key: SagaKey) -> Int? {
    let found = index.last(under: key.quickHash) {
      instances.address(of: Int($0) - 1).pointee.key == key
    }
    return found.map { Int(instances[Int($0) - 1].number) }
  }

  /// How many entries concern an instance.
  func count(of key: SagaKey) -> Int { number(of: key).map { Int(heads[$0].count) } ?? 0 }

  /// The entries that concern an instance up to one, in order.
  func entries(of key: SagaKey, upTo end: Int) -> [Int] {
    guard let number = number(of: key) else { return [] }
    var found: [Int] = []
    var next = Int(heads[number].last)
    while next > 0 {
      let link = links[next - 1]
      if Int(link.entry) <= end { found.append(Int(link.entry)) }
      next = Int(link.before)
    }
    return found.reversed()
  }
}
