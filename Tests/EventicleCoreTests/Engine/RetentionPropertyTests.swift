import CoreSupport
import TestSupport
import Testing

@testable import EventicleCore

@Suite struct RetentionPropertyTests {
  /// No group misses an event that was there when it was paused, however streams are trimmed.
  @Test(arguments: UInt64(1)...40)
  func `retention removes no event that a group has yet to be offered`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed &+ 900)
    let app = try Eventicle(source: "test")
    let books = (0..<4).map { _ in HandlerLog() }
    let streams: [[StreamName]] = [["a"], ["a", "b"], ["*"], ["b"]]
    let policy = ErrorPolicy.retry(2, after: .seconds(3))
    func subscribe(_ number: Int) throws {
      let book = books[number]
      let options = ConsumerOptions(policy: number == 3 ? policy : .park, parallel: 2)
      let group = GroupName("g\(number)")
      for _ in 0..<1 {
        switch number {
        case 0, 3:
          try app.eventClient.hotStream(streams[number][0], group: group, options: options) {
            if number == 3, $0.data["bad"] == true, !book.lines.contains("try \($0.id)") {
              book.note("try \($0.id)")
              throw Rejection("bad")
            }
            book.note($0)
          }
        case 1:
          try app.eventClient.hotStream("a", "b", group: group, options: options) { book.note($0) }
        default:
          try app.eventClient.hotStream("*", group: group, options: options) { book.note($0) }
        }
      }
    }
    for number in 0..<4 { try subscribe(number) }
    var open = Set(0..<4)
    var all: [(EventID, StreamName)] = []
    for round in 0..<120 {
      let number = Int.random(in: 0..<4, using: &random)
      let group = GroupName("g\(number)")
      switch Int.random(in: 0..<9, using: &random) {
      case 0...3:
        let stream: StreamName = Bool.random(using: &random) ? "a" : "b"
        let id = EventID("e\(round)")
        all.append((id, stream))
        let key: DomainID = Bool.random(using: &random) ? "x" : "y"
        try app.eventClient.emit(
          [new("T", id, of: key, ["bad": .bool(Int.random(in: 0..<3, using: &random) == 0)])],
          to: stream)
      case 4: if open.contains(number) { try app.eventClient.pause(group) }
      case 5: if open.contains(number) { try app.eventClient.resume(group) }
      case 6:
        if open.contains(number) {
          try app.eventClient.close(group)
          open.remove(number)
        } else {
          try subscribe(number)
          open.insert(number)
        }
      case 7: try app.advance(by: .seconds(Int64.random(in: 0...4, using: &random)))
      default:
        _ = try? app.eventClient.retain(
          Bool.random(using: &random) ? "a" : "b", newest: Int.random(in: 0...3, using: &random))
      }
    }
    for number in 0..<4 {
      if !open.contains(number) { try subscribe(number) }
      try app.eventClient.resume(GroupName("g\(number)"))
    }
    try app.advance(by: .minutes(5))
    for number in 0..<4 {
      let wanted = all.filter { event in
        streams[number].contains { $0 == event.1 || $0 == "*" }
      }.map(\.0.text)
      let seen = books[number].lines.filter { !$0.hasPrefix("try") }
      #expect(seen.sorted() == wanted.sorted(), "g\(number)")
    }
  }
}
