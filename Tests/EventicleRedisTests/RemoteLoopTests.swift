import EventicleCore
import EventicleHost
import EventicleRedis
import EventicleWorkbench
import Foundation
import TestSupport
import Testing

/// The loop on a real server, and a session that takes what comes.
@Suite(
  .serialized,
  .enabled(if: RedisServer.isThere, Comment(rawValue: RedisServer.absence)))
struct RemoteLoopTests {
  /// Takes from a source into a session until something is so.
  private func take(
    _ source: RemoteLoop, _ bell: DispatchSemaphore, into session: inout Session,
    until isDone: (Session, [String]) -> Bool
  ) -> [String] {
    var said: [String] = []
    let limit = DispatchTime.now() + 20
    while !isDone(session, said) {
      let notices = source.take(events: 100)
      for notice in notices {
        said.append(PortDriver.word(notice))
        guard case .events(let events, _) = notice else { continue }
        session.take(events, arrivedAt: WireFixture.arrival)
      }
      if notices.isEmpty, bell.wait(timeout: limit) == .timedOut { break }
    }
    return said
  }

  @Test func `a session follows a server over its end, and takes each event once`() throws {
    let server = try RedisServer()
    let client = try server.client()
    for number in 1...250 {
      try client.emit("orders", "Noted", "o-\(number)", domainID: "n-1", createdAt: 1_000)
    }
    let (port, bell) = (server.port, DispatchSemaphore(value: 0))
    let source = RemoteLoop { now in
      RedisPort(
        RedisAddress(host: "127.0.0.1", port: port, streams: ["orders"]), from: .beginning, now: now
      )
    }
    defer { source.end() }
    var session = try Session(.inferred)
    session.attach(as: "test")
    source.begin { bell.signal() }
    _ = take(source, bell, into: &session) { session, _ in session.head.log.count == 250 }
    #expect(session.head.log.count == 250)
    server.stop()
    let lost = take(source, bell, into: &session) { _, said in
      said.contains { $0.hasPrefix("lost") }
    }
    #expect(lost.contains { $0.hasPrefix("lost") })
    try server.start()
    try server.client().emit("orders", "Noted", "o-251", domainID: "n-1", createdAt: 1_000)
    _ = take(source, bell, into: &session) { session, _ in session.head.log.count == 251 }
    #expect(session.head.log.count == 251)
    #expect(session.attachment?.taken == 251)
    #expect(session.attachment?.seenAgain == 0)
    let last = try #require(session.head.log.event(at: Position(251)))
    #expect(RemoteNotice.place(of: last)?.hasPrefix("orders@") == true)
  }

  @Test func `when nobody takes, the loop stops reading and loses nothing`() throws {
    let server = try RedisServer()
    let client = try server.client()
    for _ in 1...60_000 { client.send(["XADD", "orders", "*", "buf", "e30="]) }
    for _ in 1...60_000 { _ = try client.reply() }
    let (port, bell) = (server.port, DispatchSemaphore(value: 0))
    let source = RemoteLoop { now in
      RedisPort(
        RedisAddress(host: "127.0.0.1", port: port, streams: ["orders"]), from: .beginning, now: now
      )
    }
    defer { source.end() }
    source.begin { bell.signal() }
    var (count, isLive) = (0, false)
    while count < 60_000 || !isLive {
      let notices = source.take(events: 1_000)
      for notice in notices {
        if case .events(let events, _) = notice {
          #expect(events.count <= 1_000)
          count += events.count
        }
        if case .live = notice { isLive = true }
      }
      if notices.isEmpty, bell.wait(timeout: .now() + 20) == .timedOut { break }
    }
    #expect(count == 60_000 && isLive)
  }
}
