/// Decides when incomplete input is settled.
///
/// Time comes in as milliseconds from any origin. A sequence is timed from its first byte, a paste
/// from its last; but single keys that a person types into a paste without an end do not prolong it.
struct SettleTimer {
  /// When to settle; `nil` when nothing is incomplete.
  private(set) var due: UInt64?

  private var lastArrival: UInt64 = 0

  /// How long input stays incomplete, in milliseconds.
  private static func delay(_ pending: KeyDecoder.Pending) -> UInt64? {
    switch pending {
    case .nothing: nil
    case .sequence: 25
    case .replyOrKey: 100
    case .reply: 1000
    case .pasteEnd: 40
    case .paste: 1000
    }
  }

  // What a machine sends follows in less; a person is slower.
  private static let typingGap: UInt64 = 50

  /// Notes that bytes have arrived.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - before: What was incomplete before them.
  ///   - pending: What is incomplete now.
  mutating func arrived(
    _ count: Int, before: KeyDecoder.Pending, pending: KeyDecoder.Pending, at now: UInt64
  ) {
    let gap = now - min(now, lastArrival)
    lastArrival = now
    guard let delay = Self.delay(pending) else {
      due = nil
      return
    }
    let isTyped = count <= KeyDecoder.typedAtOnce && gap > Self.typingGap
    if due == nil || pending != before || pending == .paste && !isTyped { due = now + delay }
  }

  /// Notes that incomplete input has been settled.
  mutating func settled(
    before: KeyDecoder.Pending, pending: KeyDecoder.Pending, at now: UInt64
  ) {
    due = nil
    if pending != before, let delay = Self.delay(pending) { due = now + delay }
  }
}
