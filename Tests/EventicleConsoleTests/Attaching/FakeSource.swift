import EventicleCore
import Synchronization

/// A source that says what a test lets it say.
final class FakeSource: AttachSource {
  private struct State: Sendable {
    var notices: [PortNotice] = []
    var wake: (@Sendable () -> Void)?
    var ended = false
  }

  private let state = Mutex(State())

  /// Whether it was ended.
  var hasEnded: Bool { state.withLock { $0.ended } }

  func say(_ notices: PortNotice...) {
    let wake = state.withLock { state in
      state.notices += notices
      return state.wake
    }
    wake?()
  }

  func begin(wake: @escaping @Sendable () -> Void) { state.withLock { $0.wake = wake } }

  func take(events limit: Int) -> [PortNotice] {
    state.withLock { state in
      guard !state.notices.isEmpty else { return [] }
      return [state.notices.removeFirst()]
    }
  }

  var hasMore: Bool { state.withLock { !$0.notices.isEmpty } }

  func end() {
    state.withLock { state in
      (state.ended, state.wake) = (true, nil)
    }
  }

  /// An event of a stream, taken in by the system so many milliseconds after a time.
  static func event(
    _ number: Int, stream: String = "orders", type: String = "OrderCreated",
    at time: Int64 = 1_767_258_000_000
  ) -> WireEvent {
    let body =
      #"{"id":"e-\#(number)","type":"\#(type)","domainId":"order-\#(number)","source":"shop","#
      + #""createdAt":\#(time),"data":{"customer":"c-19","total":59}}"#
    return WireEvent(
      stream: stream, place: .redis(milliseconds: UInt64(time) + UInt64(number), sequence: 1),
      body: Array(body.utf8))
  }
}
