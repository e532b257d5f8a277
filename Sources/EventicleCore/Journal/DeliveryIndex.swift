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

  /// Records that an entry delivered the event at a position.
  mutating func append(_ entry: Int32, of position: Int) {
    guard position >= 1 else { return }
    while runs.count < position { runs.append(Run()) }
    let run = runs[position - 1]
    if run.count == 0 {
      runs[position - 1] = Run(first: Int32(entries.count), count: 1)
      entries.append(entry)
    } else if Int(run.first + run.count) == entries.count {
      runs[position - 1].count += 1
      entries.append(entry)
    } else {
      late[position, default: []].append(entry)
    }
  }

  /// The entries that delivered an event, in order.
  func entries(of position: Int) -> [Int] {
    guard position >= 1, position <= runs.count else { return [] }
    let run = runs[position - 1]
    let early = (0..<Int(run.count)).map { Int(entries[Int(run.first) + $0]) }
    return early + (late[position] ?? []).map { Int($0) }
  }
}
