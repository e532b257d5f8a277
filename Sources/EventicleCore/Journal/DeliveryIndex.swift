/// The journal entries that delivered each event.
///
/// The deliveries of one event usually follow each other and are stored as a range; later ones,
/// after a pause or a retry, are stored apart.
struct DeliveryIndex: Sendable {
  private struct Run: Sendable {
    var first: Int32 = 0
    var count: Int32 = 0
  }

  private var entries = PersistentArray<Int32>()
  private var runs = PersistentArray<Run>()
  private var late: [Int: [Int32]] = [:]
  /// The number of older events; their deliveries count as later ones.
  private let offset: Int

  /// An empty index.
  ///
  /// - Parameter offset: The number of events whose first deliveries are known elsewhere.
  init(after offset: Int = 0) { self.offset = offset }

  /// Records that an entry delivered the event at a position.
  mutating func append(_ entry: Int32, of position: Int) {
    guard position >= 1 else { return }
    guard position > offset else { return late[position, default: []].append(entry) }
    let place = position - offset - 1
    while runs.count <= place { runs.append(Run()) }
    let run = runs[place]
    if run.count == 0 {
      runs[place] = Run(first: Int32(entries.count), count: 1)
      entries.append(entry)
    } else if Int(run.first + run.count) == entries.count {
      runs[place].count += 1
      entries.append(entry)
    } else {
      late[position, default: []].append(entry)
    }
  }

  /// The entries that delivered an event, in order.
  func entries(of position: Int) -> [Int] {
    guard position >= 1, position <= offset + runs.count else { return [] }
    let run = position > offset ? runs[position - offset - 1] : Run()
    let early = (0..<Int(run.count)).map { Int(entries[Int(run.first) + $0]) }
    return early + (late[position] ?? []).map { Int($0) }
  }
}
