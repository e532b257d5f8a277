/// Where an event stands in the system that it was read from.
///
/// Within one partition of one stream places are ordered as the system has its events; between
/// partitions and kinds the order means nothing.
package enum EventPlace: Sendable, Hashable, Comparable {
  /// A place in a partition of a Kafka topic.
  case kafka(partition: Int32, offset: Int64)
  /// The id of an entry of a Redis stream: milliseconds, and a number among those of one millisecond.
  case redis(milliseconds: UInt64, sequence: UInt64)
  /// The id of a row in a database.
  case row(high: UInt64, low: UInt64)
  /// A place in a log of this program.
  case local(Position)

  /// Before every entry of a Redis stream.
  package static let redisStart = EventPlace.redis(milliseconds: 0, sequence: 0)

  /// Orders within a partition; of different kinds the one that is declared first comes first.
  package static func < (left: EventPlace, right: EventPlace) -> Bool {
    switch (left, right) {
    case (.kafka(let a, let b), .kafka(let c, let d)): a != c ? a < c : b < d
    case (.redis(let a, let b), .redis(let c, let d)): a != c ? a < c : b < d
    case (.row(let a, let b), .row(let c, let d)): a != c ? a < c : b < d
    case (.local(let a), .local(let b)): a < b
    default: left.rank < right.rank
    }
  }

  private var rank: Int {
    switch self {
    case .kafka: 0
    case .redis: 1
    case .row: 2
    case .local: 3
    }
  }

  /// The place without its stream, as its own system writes it.
  package var text: String {
    switch self {
    case .kafka(_, let offset): "\(offset)"
    case .redis(let milliseconds, let sequence): "\(milliseconds)-\(sequence)"
    case .row(let high, let low): UUIDText.text(high, low)
    case .local(let position): "\(position)"
    }
  }

  /// The place with its stream: `orders[2]@18234`, `orders@1795862452658-1`.
  package func text(in stream: String) -> String {
    if case .kafka(let partition, _) = self { return "\(stream)[\(partition)]@\(text)" }
    return "\(stream)@\(text)"
  }

  /// Reads the id of an entry of a Redis stream; `nil` unless it is two whole numbers.
  package init?(redis text: some StringProtocol) {
    let parts = text.utf8.split(separator: 0x2D, omittingEmptySubsequences: false)
    guard parts.count == 2, let milliseconds = UInt64(decimal: parts[0]),
      let sequence = UInt64(decimal: parts[1])
    else { return nil }
    self = .redis(milliseconds: milliseconds, sequence: sequence)
  }

  /// The place right behind this one in a Redis stream; other places are returned as they are.
  package var nextRedis: EventPlace {
    guard case .redis(let milliseconds, let sequence) = self else { return self }
    return sequence < UInt64.max
      ? .redis(milliseconds: milliseconds, sequence: sequence + 1)
      : .redis(milliseconds: milliseconds &+ 1, sequence: 0)
  }

  /// The place right before this one in a Redis stream; the first and other places stay.
  package var previousRedis: EventPlace {
    guard case .redis(let milliseconds, let sequence) = self, self != .redisStart else {
      return self
    }
    return sequence > 0
      ? .redis(milliseconds: milliseconds, sequence: sequence - 1)
      : .redis(milliseconds: milliseconds - 1, sequence: UInt64.max)
  }

  /// When the system took the event in, where its places say so.
  package var recordTime: Instant? {
    guard case .redis(let milliseconds, _) = self else { return nil }
    return Instant(milliseconds: Int64(clamping: milliseconds))
  }
}

extension UInt64 {
  /// The number of some digits; `nil` unless they are digits alone, and not too many.
  fileprivate init?(decimal digits: some Collection<UInt8>) {
    guard !digits.isEmpty else { return nil }
    var value: UInt64 = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      let (tenfold, isTooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflows) = tenfold.addingReportingOverflow(UInt64(digit - 0x30))
      guard !isTooLarge, !overflows else { return nil }
      value = sum
    }
    self = value
  }
}
