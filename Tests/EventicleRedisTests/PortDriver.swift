import EventicleCore
import EventicleRedis
import Foundation
import Testing

/// Moves a port by hand, at a time of the test's own.
final class PortDriver {
  let port: RedisPort
  /// All that it said so far.
  private(set) var notices: [PortNotice] = []
  /// The time that it is told.
  var now: Instant

  struct TimeoutError: Error, CustomStringConvertible {
    let description: String
  }

  init(_ address: RedisAddress, password: String? = nil, from: AttachStart = .standard) {
    now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
    port = RedisPort(address, password: password, from: from, now: now)
  }

  deinit { port.close() }

  /// Moves it until it has said something, from now on.
  @discardableResult
  func run(until isDone: ([PortNotice]) -> Bool) throws -> [PortNotice] {
    let first = notices.count
    for _ in 0..<2_000 {
      let news = port.advance(ready(), now: now)
      notices += news
      if isDone(Array(notices[first...])) { return Array(notices[first...]) }
      // Where it waits for a time, that has come.
      if port.descriptors.isEmpty, let deadline = port.deadline { now = max(now, deadline) }
    }
    throw TimeoutError(description: "it said only \(notices[first...].map { Self.word($0) })")
  }

  /// Moves it until it is live.
  @discardableResult
  func goLive() throws -> [PortNotice] {
    try run { $0.contains { if case .live = $0 { true } else { false } } }
  }

  private func ready() -> [Int32] {
    var polled = port.descriptors.map { wanted in
      pollfd(
        fd: wanted.descriptor,
        events: Int16(wanted.reads ? POLLIN : 0) | Int16(wanted.writes ? POLLOUT : 0), revents: 0)
    }
    guard !polled.isEmpty, poll(&polled, nfds_t(polled.count), 5_000) > 0 else { return [] }
    return polled.filter { $0.revents != 0 }.map(\.fd)
  }

  static func word(_ notice: PortNotice) -> String {
    switch notice {
    case .connected: "connected"
    case .lost(let reason, _): "lost: \(reason)"
    case .refused(let sentence): "refused: \(sentence)"
    case .events(let events, let areHistory): "\(events.count) \(areHistory ? "old" : "new")"
    case .live: "live"
    case .gap(let gap): "gap: \(gap.sentence)"
    case .figures: "figures"
    }
  }
}

extension [PortNotice] {
  /// The events in them, in order.
  var events: [WireEvent] {
    flatMap { notice in
      if case .events(let events, _) = notice { events } else { [WireEvent]() }
    }
  }

  var ids: [String] { events.map { $0.header("id") ?? "?" } }

  var gaps: [RemoteGap] {
    compactMap { if case .gap(let gap) = $0 { gap } else { nil } }
  }

  var figures: [RemoteStream]? {
    last { if case .figures = $0 { true } else { false } }.flatMap {
      if case .figures(let streams) = $0 { streams } else { nil }
    }
  }

  var refusal: String? {
    compactMap { if case .refused(let sentence) = $0 { sentence } else { nil } }.first
  }
}
