/// A descriptor that a port waits for.
package struct PollDescriptor: Sendable, Hashable {
  package let descriptor: Int32
  /// Whether it waits until it can be read, and until it can be written.
  package let reads: Bool
  package let writes: Bool

  package init(_ descriptor: Int32, reads: Bool, writes: Bool) {
    self.descriptor = descriptor
    self.reads = reads
    self.writes = writes
  }
}

/// A connection to another system, as a state machine without a thread of its own.
///
/// One loop waits for what it waits for and calls it; nothing in it ever blocks for long. It has no
/// way to write to that system.
package protocol RemotePort: AnyObject {
  /// What it waits for.
  var descriptors: [PollDescriptor] { get }
  /// When it wants to be called although nothing is ready; `nil` for never.
  var deadline: Instant? { get }
  /// Does what can be done without waiting.
  ///
  /// - Parameters:
  ///   - ready: The descriptors that can be read or written now.
  ///   - now: The time of the machine.
  /// - Returns: What there is to know.
  func advance(_ ready: [Int32], now: Instant) -> [PortNotice]
  /// Ends the connection.
  func close()
}

/// What a port has to say.
package enum PortNotice: Sendable {
  /// It is connected, for the first time or again.
  case connected(server: String)
  /// The connection is lost, for a reason without a full stop; the next try comes after so long.
  case lost(String, next: Interval)
  /// It was refused for a reason that trying again does not mend, as a sentence; it is over.
  case refused(String)
  /// Events, in the order in which they are to be taken; whether they are of before it was attached.
  case events([WireEvent], areHistory: Bool)
  /// What was asked for of the past is there; what follows happens now.
  case live
  /// Events that the other system does not have any more.
  case gap(RemoteGap)
  /// The figures of streams and their groups.
  case figures([RemoteStream])
}

/// Events that were gone before they could be read.
package struct RemoteGap: Sendable, Hashable {
  package let stream: String
  /// How many there were; `nil` when the system does not say.
  package let count: Int?
  /// Why they are gone, as a word or two.
  package let reason: String

  package init(stream: String, count: Int?, reason: String) {
    self.stream = stream
    self.count = count
    self.reason = reason
  }

  /// The sentence of its row, without a full stop.
  package var sentence: String {
    switch count {
    case nil: "events of \(stream) are gone, nobody says how many (\(reason))"
    case 1?: "1 event of \(stream) is gone (\(reason))"
    case let count?: "\(count.grouped) events of \(stream) are gone (\(reason))"
    }
  }
}

/// What is known of a stream elsewhere, and of those who read it there.
package struct RemoteStream: Sendable, Hashable {
  package let name: String
  /// How many events it has now.
  package var length: Int
  package var first: EventPlace?
  package var last: EventPlace?
  /// How many events it has that were not read here yet.
  package var unread = 0
  package var groups: [RemoteGroup] = []

  package init(name: String, length: Int, first: EventPlace? = nil, last: EventPlace? = nil) {
    self.name = name
    self.length = length
    self.first = first
    self.last = last
  }
}

/// A consumer group of somebody else.
package struct RemoteGroup: Sendable, Hashable {
  package let name: String
  /// How many events it has not been handed yet; `nil` when nobody knows.
  package var lag: Int?
  /// How many events it was handed and has not acknowledged.
  package var pending: Int
  package var consumers: Int
  /// How long the one that is silent longest has been so.
  package var silence: Interval?
  /// How many of them have been silent for long.
  package var silent = 0

  package init(name: String, lag: Int?, pending: Int, consumers: Int) {
    self.name = name
    self.lag = lag
    self.pending = pending
    self.consumers = consumers
  }
}
