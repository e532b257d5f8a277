import TestSupport
import Testing

@testable import EventicleCore

@Suite struct EventLogTests {
  static func event(_ number: Int, in stream: StreamName, second: Int64? = nil) -> Event {
    Event(
      id: EventID("e\(number)"), type: "T", source: "s", stream: stream, domainID: nil,
      createdAt: .standardStart + .seconds(second ?? Int64(number)), data: .emptyObject)
  }

  @Test(arguments: seeds(100))
  func `events are found by position, id and stream after removals`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var log = EventLog()
    var naive: [Event] = []
    var copies: [(EventLog, [Event])] = []
    for number in 0..<200 {
      if Int.random(in: 0..<3, using: &random) > 0 || naive.isEmpty {
        let stream = StreamName("s\(Int.random(in: 0..<4, using: &random))")
        let event = Self.event(number, in: stream)
        log.append(event)
        naive.append(event)
      } else {
        log = log.prefix(log.count - 1)
        naive.removeLast()
      }
      if number % 40 == 0 { copies.append((log, naive)) }
    }
    copies.append((log, naive))
    for (copy, expected) in copies {
      #expect(copy.count == expected.count)
      #expect(copy.event(at: Position(0)) == nil)
      #expect(copy.event(at: Position(copy.count + 1)) == nil)
      for (offset, event) in expected.enumerated() {
        #expect(copy.event(at: Position(offset + 1)) == event)
        #expect(copy.position(of: event.id) == Position(offset + 1))
        let place = expected[...offset].filter { $0.stream == event.stream }.count
        #expect(copy.streamPosition(of: Position(offset + 1)) == StreamPosition(place))
        #expect(
          copy.position(of: event.stream, at: StreamPosition(place)) == Position(offset + 1))
      }
      var order: [StreamName] = []
      for event in expected where !order.contains(event.stream) { order.append(event.stream) }
      #expect(copy.streamNames == order)
      for number in 0..<200 where !expected.contains(where: { $0.id.text == "e\(number)" }) {
        #expect(copy.position(of: EventID("e\(number)")) == nil)
      }
    }
  }

  @Test func `the last event at an instant is the last one by then`() {
    var log = EventLog()
    for (number, second) in [0, 1, 1, 5].enumerated() {
      log.append(Self.event(number, in: "s", second: Int64(second)))
    }
    let expected = [(-1, 0), (0, 1), (1, 3), (4, 3), (5, 4), (9, 4)]
    for (second, last) in expected {
      #expect(log.last(at: .standardStart + .seconds(Int64(second))) == Position(last))
    }
  }

  @Test func `an unknown stream is empty`() {
    let log = EventLog()
    #expect(log.count(of: "nope") == 0)
    #expect(log.position(of: "nope", at: StreamPosition(1)) == nil)
    #expect(log.last == Position(0))
    #expect(log.streamPosition(of: Position(3)) == StreamPosition(0))
  }
}
