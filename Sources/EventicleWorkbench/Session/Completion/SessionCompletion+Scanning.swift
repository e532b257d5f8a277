import EventicleCore

/// Bounded searches of the newest events, and notes on candidates.
extension SessionCompletion {
  /// Visits the newest events of a stream, or of the whole log, newest first.
  func forEachNewest(in stream: StreamName?, _ most: Int, _ body: (Event) -> Void) {
    let log = world.log
    let count = stream.map { log.count(of: $0) } ?? log.count
    for number in stride(from: count, to: max(0, count - most), by: -1) {
      let position =
        stream.map { log.position(of: $0, at: StreamPosition(number)) } ?? Position(number)
      if let event = position.flatMap({ log.event(at: $0) }) { body(event) }
    }
  }

  /// Visits the data of the newest events of a type, or of any, newest first.
  func forEachData(of type: EventType?, _ body: (JSON) -> Void) {
    var left = Self.dataScan
    var bytes = Self.byteBudget
    forEachNewest(in: nil, type == nil ? Self.dataScan : Self.eventScan) { event in
      guard left > 0, type == nil || event.type == type, event.data.utf8.count <= bytes else {
        return
      }
      left -= 1
      bytes -= event.data.utf8.count
      body(event.data.value)
    }
  }

  /// Whether a name matches the prefix typed so far.
  func fits(_ name: String, _ prefix: String) -> Bool {
    if prefix.isEmpty || name.hasPrefix(prefix) { return true }
    let (name, prefix) = (name.lowercased(), prefix.lowercased())
    return prefix.utf8.count >= 2 ? name.contains(prefix) : name.hasPrefix(prefix)
  }

  // MARK: - Notes

  func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)" }

  /// How long ago an instant was: `3s ago`.
  func ago(_ instant: Instant) -> String {
    let length = world.clock - instant
    return length.milliseconds <= 0 ? "now" : "\(length.brief) ago"
  }

  /// The first few scalar members of a row: `status paid, total 59`.
  func brief(_ content: JSON) -> String {
    let members = (content.object?.members ?? []).prefix(20).filter { isShort($0.value) }
    let status = members.filter { $0.key == "status" }
    let others = members.filter { $0.key != "status" }
    return (status + others).prefix(3).map { member in
      "\(member.key) \(member.value.string ?? member.value.description)"
    }.joined(separator: ", ")
  }

  /// Whether a value is short enough to show beside a name.
  func isShort(_ value: JSON) -> Bool {
    switch value {
    case .null, .bool, .number: true
    case .string(let text): text.utf8.count <= 40
    case .array, .object: false
    }
  }

  /// Folds the states of aggregates until the budget is spent.
  struct Folding {
    private let source: SessionCompletion
    private var left = SessionCompletion.foldBudget

    init(_ source: SessionCompletion) { self.source = source }

    /// The state; `nil` when folding it would exceed the budget.
    mutating func state(of key: AggregateKey) -> JSON? {
      let version = source.world.histories.version(of: key)
      guard version.number > 0, version.number <= left else { return nil }
      left -= version.number
      return source.moment.aggregate(key)?.state
    }

    /// The type, status and age of an aggregate: `Order onHold, 3s ago`.
    mutating func note(of key: AggregateKey) -> String {
      let version = source.world.histories.version(of: key)
      let last = source.world.event(of: key, at: version)?.event.createdAt
      let status = state(of: key)?["status"].string.map { " \($0)" } ?? ""
      return key.type + status + (last.map { ", \(source.ago($0))" } ?? "")
    }
  }
}
