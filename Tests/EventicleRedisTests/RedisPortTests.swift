import EventicleCore
import EventicleRedis
import TestSupport
import Testing

/// The port on a real server, moved by hand.
@Suite(
  .serialized,
  .enabled(if: RedisServer.isThere, Comment(rawValue: RedisServer.absence)))
struct RedisPortTests {
  private static let time: Int64 = 1_767_258_000_000

  private func address(_ server: RedisServer, _ streams: [String] = []) -> RedisAddress {
    RedisAddress(host: "127.0.0.1", port: server.port, streams: streams)
  }

  private func emit(
    _ client: RedisClient, _ stream: String, _ numbers: ClosedRange<Int>
  ) throws {
    for number in numbers {
      try client.emit(
        stream, "Noted", "\(stream)-\(number)", domainID: "n", createdAt: Self.time)
    }
  }

  @Test func `the newest events of all streams come first, then what happens`() throws {
    let server = try RedisServer()
    let client = try server.client()
    for number in 1...30 {
      let stream = number.isMultiple(of: 3) ? "payments" : "orders"
      try client.emit(
        stream, "Noted", "\(stream)-\(number)", domainID: "n", createdAt: Self.time,
        at: "\(number)-0")
    }
    // What belongs to a queue of jobs is no stream of events.
    try client.run("XADD", "bull:mail:events", "*", "event", "added")
    let driver = PortDriver(address(server), from: .newest(12))
    let past = try driver.goLive()
    #expect(
      past.ids
        == (19...30).map { ($0.isMultiple(of: 3) ? "payments-" : "orders-") + "\($0)" })
    try emit(client, "orders", 31...31)
    try emit(client, "payments", 32...32)
    let news = try driver.run { $0.events.count == 2 }
    #expect(news.ids == ["orders-31", "payments-32"])
  }

  @Test func `all of a long past comes in order, page by page`() throws {
    let server = try RedisServer()
    let client = try server.client()
    for number in 1...2_500 {
      client.send(["XADD", number.isMultiple(of: 2) ? "a" : "b", "\(number)-0", "buf", "e30="])
    }
    for _ in 1...2_500 { _ = try client.reply() }
    let driver = PortDriver(address(server, ["a", "b"]), from: .beginning)
    let past = try driver.goLive()
    #expect(
      past.events.map(\.place)
        == (1...2_500).map { .redis(milliseconds: UInt64($0), sequence: 0) })
    let end = PortDriver(address(server, ["a", "b"]), from: .end)
    #expect(try end.goLive().events.isEmpty)
    let recent = PortDriver(address(server, ["a"]), from: .since(Interval(milliseconds: 60_000)))
    #expect(try recent.goLive().events.isEmpty)
    try emit(client, "a", 3_000...3_000)
    let since = PortDriver(address(server, ["a"]), from: .since(Interval(milliseconds: 60_000)))
    #expect(try since.goLive().ids == ["a-3000"])
  }

  @Test func `events that retention takes before they are read are told`() throws {
    let server = try RedisServer()
    let client = try server.client()
    try emit(client, "orders", 1...3)
    let driver = PortDriver(address(server, ["orders"]), from: .end)
    try driver.goLive()
    try driver.run { $0.figures != nil }
    // The server answers the read that waits with the first; the others are too fast.
    try emit(client, "orders", 4...9)
    try client.run("XTRIM", "orders", "MAXLEN", "2")
    driver.now = driver.now + Interval(milliseconds: 3_000)
    let news = try driver.run { $0.events.count == 3 }
    #expect(news.ids == ["orders-4", "orders-8", "orders-9"])
    #expect(news.gaps == [RemoteGap(stream: "orders", count: 3, reason: "retention")])
  }

  @Test func `after a cut it goes on behind the last event, and tells what is gone`() throws {
    let server = try RedisServer()
    let client = try server.client()
    try emit(client, "orders", 1...2)
    let driver = PortDriver(address(server, ["orders"]))
    #expect(try driver.goLive().ids == ["orders-1", "orders-2"])
    try driver.run { $0.figures != nil }
    try client.run("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
    let lost = try driver.run { $0.contains { if case .lost = $0 { true } else { false } } }
    #expect(lost.map { PortDriver.word($0) } == ["lost: the server closed the connection"])
    try emit(client, "orders", 3...8)
    try client.run("XTRIM", "orders", "MAXLEN", "2")
    let back = try driver.run { $0.events.count == 2 }
    #expect(back.ids == ["orders-7", "orders-8"])
    #expect(back.gaps.map(\.sentence) == ["4 events of orders are gone (retention)"])
    #expect(back.contains { if case .connected = $0 { true } else { false } })
  }

  @Test func `a server that ends and comes back is read on, and nothing twice`() throws {
    let server = try RedisServer()
    try emit(try server.client(), "orders", 1...2)
    let driver = PortDriver(address(server, ["orders"]))
    try driver.goLive()
    server.stop()
    try driver.run { notices in
      notices.count { if case .lost = $0 { true } else { false } } >= 3
    }
    try server.start()
    try emit(try server.client(), "orders", 3...4)
    let back = try driver.run { $0.events.count >= 2 }
    #expect(back.ids == ["orders-3", "orders-4"])
  }

  @Test func `attaching leaves no trace and asks only what reads`() throws {
    let server = try RedisServer()
    let client = try server.client()
    try emit(client, "orders", 1...5)
    try client.run("XGROUP", "CREATE", "orders", "mailer", "0")
    func state() throws -> [[String]] {
      [
        try client.run("KEYS", "*").texts, try client.run("XLEN", "orders").texts,
        // Its name, consumers, pending entries and place; what it lacks grows with the stream.
        Array(try client.run("XINFO", "GROUPS", "orders").texts.prefix(8)),
        try client.run("XINFO", "CONSUMERS", "orders", "mailer").texts,
        try client.run("XPENDING", "orders", "mailer").texts,
      ]
    }
    let before = try state()
    let monitor = try server.client()
    try monitor.run("MONITOR")
    do {
      let driver = PortDriver(address(server))
      try driver.goLive()
      try driver.run { $0.figures != nil }
      driver.now = driver.now + Interval(milliseconds: 40_000)
      try emit(client, "orders", 6...6)
      try driver.run { $0.events.count == 1 }
      try driver.run { $0.figures != nil }
    }
    var after = try state()
    // The one event that the test itself has added.
    #expect(after[1] == ["6"])
    after[1] = before[1]
    #expect(after == before)
    try client.run("ECHO", "over")
    var asked: Set<String> = []
    while let line = try monitor.reply().texts.first, !line.contains(#""ECHO" "over""#) {
      let words = line.split(separator: "\"").enumerated().filter { $0.offset % 2 == 1 }
      let name = words.first.map { String($0.element) } ?? ""
      // The test's own.
      let own = ["XADD", "KEYS", "XLEN", "XPENDING"]
      if !own.contains(name) { asked.insert(name) }
    }
    let reading: Set = ["SCAN", "XINFO", "XRANGE", "XREVRANGE", "XREAD", "TIME"]
    #expect(asked.isSubset(of: reading), "\(asked)")
    #expect(asked.contains("XREAD") && asked.contains("SCAN"))
  }

  @Test func `the groups of others are told with what they lack`() throws {
    let server = try RedisServer()
    let client = try server.client()
    try emit(client, "orders", 1...5)
    try client.run("XGROUP", "CREATE", "orders", "saga-PaymentSaga", "0")
    try client.run(
      "XREADGROUP", "GROUP", "saga-PaymentSaga", "eventicle-1", "COUNT", "2", "STREAMS", "orders",
      ">")
    let driver = PortDriver(address(server, ["orders"]))
    try driver.goLive()
    driver.now = driver.now + Interval(milliseconds: 3_000)
    try emit(client, "orders", 6...6)
    try driver.run { $0.figures != nil }
    driver.now = driver.now + Interval(milliseconds: 3_000)
    try emit(client, "orders", 7...7)
    let streams = try driver.run { $0.figures?.first?.groups.first?.silence != nil }.figures
    let stream = try #require(streams?.first)
    let group = try #require(stream.groups.first)
    #expect(stream.length >= 5 && stream.first != nil && stream.last != nil)
    #expect(group.name == "saga-PaymentSaga" && group.pending == 2 && group.consumers == 1)
    #expect((group.lag ?? 0) >= 3)
  }

  @Test func `a refused password is said at once and not tried again`() throws {
    let server = try RedisServer(["--requirepass", "s3cret"])
    func refusal(_ password: String?) throws -> String? {
      let driver = PortDriver(address(server, ["orders"]), password: password)
      let said = try driver.run {
        $0.refusal != nil || $0.contains { if case .live = $0 { true } else { false } }
      }
      #expect(driver.port.deadline == nil || said.refusal == nil)
      return said.refusal
    }
    #expect(try refusal(nil)?.contains("asks for a password") == true)
    #expect(try refusal("wrong")?.contains("does not take this user and password") == true)
    #expect(try refusal("s3cret") == nil)
    #expect(try refusal("wrong")?.contains("wrong") == false)
  }

  @Test func `what is no stream is refused`() throws {
    let server = try RedisServer()
    try server.client().run("SET", "orders", "x")
    let driver = PortDriver(address(server, ["orders"]))
    let said = try driver.run { $0.refusal != nil }
    #expect(said.refusal?.contains("it is no stream") == true)
  }

  @Test func `a stream that is not there yet is read once it is`() throws {
    let server = try RedisServer()
    let client = try server.client()
    let driver = PortDriver(address(server, ["orders"]))
    #expect(try driver.goLive().events.isEmpty)
    try emit(client, "orders", 1...2)
    #expect(try driver.run { $0.events.count == 2 }.ids == ["orders-1", "orders-2"])
  }

  @Test func `a new stream is found while all are read`() throws {
    let server = try RedisServer()
    let client = try server.client()
    try emit(client, "orders", 1...1)
    let driver = PortDriver(address(server))
    try driver.goLive()
    try emit(client, "payments", 1...1)
    driver.now = driver.now + Interval(milliseconds: 31_000)
    try emit(client, "orders", 2...2)
    let news = try driver.run { $0.events.count == 2 }
    #expect(Set(news.ids) == ["orders-2", "payments-1"])
    #expect(news.gaps.isEmpty)
  }

  @Test func `the recorded entries of the library come back as they are`() throws {
    let server = try RedisServer()
    let client = try server.client()
    let recorded = try WireFixture.json("story")["steps"].array ?? []
    var entries: [(stream: String, id: String)] = []
    for entry in recorded.flatMap({ $0["newEntries"].array ?? [] }) {
      let (stream, id) = (entry["stream"].string ?? "", entry["id"].string ?? "")
      let fields = (entry["fields"].array ?? []).flatMap { ($0.array ?? []).compactMap(\.string) }
      try client.run(["XADD", stream, id] + fields)
      entries.append((stream, id))
    }
    #expect(entries.count > 8)
    let driver = PortDriver(address(server), from: .beginning)
    let events = try driver.goLive().events
    #expect(
      events.map { $0.place.text(in: $0.stream) }.sorted() == entries.map { "\($0)@\($1)" }.sorted()
    )
    let readings = events.map { WireReader.read($0, arrival: WireFixture.arrival) }
    #expect(readings.allSatisfy { !$0.isOpaque })
    #expect(readings.first?.event.type == "OrderRefused" || !readings.isEmpty)
  }
}
