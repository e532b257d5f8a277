/// A system that the console is attached to: what comes from it, and nothing that goes there.
package protocol AttachSource: AnyObject, Sendable {
  /// Begins to read; `wake` is called on another thread when there is something to take.
  func begin(wake: @escaping @Sendable () -> Void)
  /// What came since it was asked last, in order; at most so many events.
  func take(events limit: Int) -> [PortNotice]
  /// Whether something waits to be taken.
  var hasMore: Bool { get }
  /// Ends the connection and its thread.
  func end()
}

/// From where the events of an attached system are read.
package enum AttachStart: Sendable, Hashable, CustomStringConvertible {
  /// Only what happens from now on.
  case end
  /// Everything that is there.
  case beginning
  /// What happened within a time before now.
  case since(Interval)
  /// The newest so many events of all streams.
  case newest(Int)

  /// What is read when nobody says: the newest thousand.
  package static let standard = AttachStart.newest(1_000)

  /// Reads `end`, `beginning`, `30m` or `10000`; `nil` for something else.
  package init?(parsing text: String) {
    switch text {
    case "end": self = .end
    case "beginning": self = .beginning
    default:
      if let count = Int(text) {
        guard count >= 0 else { return nil }
        self = count == 0 ? .end : .newest(min(count, Limits.capturedEvents))
      } else if let interval = Interval(parsing: text), interval.milliseconds > 0 {
        self = .since(interval)
      } else {
        return nil
      }
    }
  }

  package var description: String {
    switch self {
    case .end: "end"
    case .beginning: "beginning"
    case .since(let interval): interval.brief
    case .newest(let count): "\(count)"
    }
  }
}
