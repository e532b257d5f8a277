import EventicleCore
import TestSupport
import Testing

@testable import EventicleRedis

@Suite struct StreamMergeTests {
  private func event(_ stream: String, _ time: UInt64, _ number: UInt64 = 0) -> WireEvent {
    WireEvent(
      stream: stream, place: .redis(milliseconds: time, sequence: number), body: nil,
      headers: [.init("id", Array("\(stream)\(time)-\(number)".utf8))])
  }

  /// Answers the pages that a merge asks for, from what streams have.
  private func run(_ merge: inout StreamMerge, _ streams: [String: [WireEvent]]) -> [WireEvent] {
    var events: [WireEvent] = []
    while !merge.isOver {
      for request in merge.requests() {
        guard case .range(let stream, let from, let to, let count, let isBackward) = request else {
          continue
        }
        var page = (streams[stream] ?? []).filter { $0.place >= from && $0.place <= to }
        if isBackward { page.reverse() }
        page = Array(page.prefix(count))
        merge.take(page, of: stream, count: page.count, last: page.last?.place)
      }
      events += merge.ready()
    }
    return events
  }

  @Test(arguments: seeds(30))
  func `a merge gives what sorting all would give, forwards and backwards`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var streams: [String: [WireEvent]] = [:]
    for name in ["a", "b", "c", "d"].prefix(random.number(1...4)) {
      var time = UInt64(random.number(1...50))
      streams[name] = (0..<random.number(0...2_500)).map { number in
        time += UInt64(random.below(4))
        return event(name, time, UInt64(number))
      }
    }
    let names = streams.keys.sorted()
    let end = EventPlace.redis(milliseconds: 9_999_999, sequence: 0)
    let ranges: [(stream: String, from: EventPlace, to: EventPlace)] = names.map { name in
      (stream: name, from: EventPlace.redisStart, to: end)
    }
    var all: [WireEvent] = []
    for name in names { all += streams[name] ?? [] }
    all.sort { left, right in
      left.place != right.place ? left.place < right.place : left.stream < right.stream
    }
    var forward = StreamMerge(ranges, backward: false)
    let forwards = run(&forward, streams)
    #expect(forwards == all)
    let limit = random.number(1...1_500)
    var backward = StreamMerge(ranges, backward: true, limit: limit)
    let backwards = run(&backward, streams)
    #expect(backwards.reversed() == Array(all.suffix(limit)))
  }

  @Test func `in one millisecond a cause stands before what it caused`() {
    var effect = event("a", 5, 0)
    effect.headers.append(.init("causedById", Array("b5-0".utf8)))
    let later = event("a", 5, 1)
    let cause = event("b", 5, 0)
    #expect(CauseOrder.sorted([effect, later, cause]) == [cause, effect, later])
    #expect(CauseOrder.sorted([event("a", 4), effect]) == [event("a", 4), effect])
  }

  @Test func `only commands that read can be spelled`() {
    let place = EventPlace.redisStart
    let all: [RedisCommand] = [
      .authenticate(user: "u", password: "p"), .select(database: 1), .time,
      .scan(cursor: "0", count: 10), .stream("s"), .groups("s"), .consumers("s", group: "g"),
      .range("s", from: place, to: place, count: 1, isBackward: false),
      .range("s", from: place, to: place, count: 1, isBackward: true),
      .read([("s", place)], count: 1, milliseconds: 1),
    ]
    let names = Set(all.map { $0.words[0] })
    #expect(names == ["AUTH", "SELECT", "TIME", "SCAN", "XINFO", "XRANGE", "XREVRANGE", "XREAD"])
    #expect(all[0].name == "AUTH")
    #expect(
      String(decoding: all[4].bytes, as: UTF8.self)
        == "*3\r\n$5\r\nXINFO\r\n$6\r\nSTREAM\r\n$1\r\ns\r\n")
  }
}
