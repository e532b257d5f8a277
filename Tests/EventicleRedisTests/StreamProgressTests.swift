import EventicleCore
import Testing

@testable import EventicleRedis

@Suite struct StreamProgressTests {
  private func place(_ number: UInt64) -> EventPlace { .redis(milliseconds: number, sequence: 0) }

  private func info(_ length: Int, _ last: UInt64, first: UInt64?, added: Int?)
    -> StreamProgress.Info
  {
    StreamProgress.Info(
      length: length, lastGenerated: place(last), first: first.map { place($0) }, added: added)
  }

  @Test func `entries that were cut off before they were read are counted`() {
    var progress = StreamProgress("orders")
    progress.begin(at: info(3, 3, first: 1, added: 3))
    func check(_ info: StreamProgress.Info?) -> RemoteGap? { progress.check(info) }
    progress.read(1, upTo: place(4))
    // Six more were added, and two of all are left.
    #expect(
      check(info(2, 10, first: 9, added: 10))
        == RemoteGap(stream: "orders", count: 4, reason: "retention"))
    // It is told once.
    #expect(check(info(2, 10, first: 9, added: 10)) == nil)
    progress.read(2, upTo: place(10))
    #expect(check(info(2, 10, first: 9, added: 10)) == nil)
    #expect(progress.figures.unread == 0)
  }

  @Test func `while an entry that was read is there, nothing is lost`() {
    var progress = StreamProgress("orders")
    progress.begin(at: info(3, 3, first: 1, added: 3))
    func check(_ info: StreamProgress.Info?) -> RemoteGap? { progress.check(info) }
    #expect(check(info(4, 5, first: 2, added: 5)) == nil)
    #expect(progress.figures.unread == 2)
  }

  @Test func `an older server does not say how many are gone`() {
    var progress = StreamProgress("orders")
    progress.begin(at: info(3, 3, first: 1, added: nil))
    func check(_ info: StreamProgress.Info?) -> RemoteGap? { progress.check(info) }
    let gap = check(info(2, 10, first: 9, added: nil))
    #expect(gap == RemoteGap(stream: "orders", count: nil, reason: "retention"))
    #expect(check(info(2, 10, first: 9, added: nil)) == nil)
    #expect(gap?.sentence == "events of orders are gone, nobody says how many (retention)")
  }

  @Test func `a stream that is deleted or begins anew is told, and read from its beginning`() {
    var progress = StreamProgress("orders")
    progress.begin(at: info(3, 30, first: 10, added: 3))
    func check(_ info: StreamProgress.Info?) -> RemoteGap? { progress.check(info) }
    #expect(check(nil)?.reason == "the stream was deleted")
    #expect(progress.last == .redisStart)
    #expect(check(nil) == nil)
    #expect(check(info(1, 5, first: 5, added: 1)) == nil)
    var other = StreamProgress("orders")
    other.begin(at: info(3, 30, first: 10, added: 3))
    func checkOther(_ info: StreamProgress.Info?) -> RemoteGap? { other.check(info) }
    #expect(checkOther(info(1, 5, first: 5, added: 1))?.reason == "the stream begins anew")
    #expect(other.last == .redisStart)
  }

  @Test func `the recorded answers of the server are read`() throws {
    let looks = try #require(
      try WireFixture.json("redis")["groups"]["retention"]["looks"].array)
    let infos = looks.compactMap { look -> StreamProgress.Info? in
      StreamProgress.Info(Replies.value(look["XINFO STREAM"]))
    }
    #expect(infos.map(\.length) == [40, 60])
    #expect(infos.map(\.added) == [40, 320])
    var progress = StreamProgress("r.trimmed")
    progress.begin(at: infos[0])
    func check(_ info: StreamProgress.Info?) -> RemoteGap? { progress.check(info) }
    let gap = check(infos[1])
    #expect(gap?.count == 320 - 40 - 60)
  }

  @Test func `the recorded groups are read`() throws {
    let stages = try #require(try WireFixture.json("redis")["groups"]["stages"].array)
    let groups = stages.flatMap { stage in
      (stage["streams"].object?.members ?? []).flatMap { member in
        (member.value["XINFO GROUPS"].array ?? []).compactMap { RemoteGroup(Replies.value($0)) }
      }
    }
    #expect(groups.contains { $0.name == "saga-RestartSaga" && $0.consumers == 0 })
    #expect(groups.contains { $0.name == "wide-view" && $0.consumers == 1 })
    #expect(groups.contains { $0.lag == nil } || groups.allSatisfy { $0.lag != nil })
    #expect(groups.allSatisfy { !$0.name.isEmpty && $0.pending >= 0 })
  }
}

/// Replies of the server made of JSON.
enum Replies {
  static func value(_ json: JSON) -> RespValue {
    var reader = RespReader()
    reader.add(bytes(json))
    return (try? reader.next())?.value ?? value(.null)
  }

  private static func bytes(_ json: JSON) -> [UInt8] {
    switch json {
    case .array(let values):
      return Array("*\(values.count)\r\n".utf8) + values.flatMap { bytes($0) }
    case .string(let text): return Array("$\(text.utf8.count)\r\n\(text)\r\n".utf8)
    case .number: return Array(":\(json.integer ?? 0)\r\n".utf8)
    default: return Array("$-1\r\n".utf8)
    }
  }
}
