import EventicleCore
import EventicleRedis
import TestSupport
import Testing

@Suite struct RespReaderTests {
  private func read(_ text: String) throws -> RespValue? {
    var reader = RespReader()
    reader.add(Array(text.utf8))
    return try reader.next()?.value
  }

  @Test func `each kind of value is read`() throws {
    #expect(try read("+OK\r\n")?.text == "OK")
    #expect(try read("-ERR no such key\r\n")?.error == "ERR no such key")
    #expect(try read(":-12\r\n")?.int == -12)
    #expect(try read("$5\r\na\r\nbc\r\n")?.text == "a\r\nbc")
    #expect(try read("$0\r\n\r\n")?.text == "")
    #expect(try read("$-1\r\n")?.kind == .nothing)
    #expect(try read("*-1\r\n")?.kind == .nothing)
    #expect(try read("*0\r\n")?.elements.isEmpty == true)
    let nested = try #require(try read("*3\r\n:1\r\n*2\r\n+a\r\n*0\r\n$1\r\nx\r\n"))
    #expect(nested.elements.map(\.kind) == [.integer, .array, .bulk])
    #expect(nested.elements[1].elements.map(\.text) == ["a", nil])
    #expect(nested.elements[2].text == "x")
  }

  @Test func `the recorded replies read the same in whatever portions they come`() throws {
    let replies = try #require(try WireFixture.json("redis")["replies"].array)
    #expect(replies.count == 20)
    for reply in replies {
      let bytes = try #require(Base64.bytes(of: reply["base64"].string ?? ""))
      var whole = RespReader()
      whole.add(bytes)
      let value = try #require(try whole.next()?.value)
      for size in [1, 2, 3, 7, 64] {
        var reader = RespReader()
        var last: RespValue?
        for start in stride(from: 0, to: bytes.count, by: size) {
          #expect(last == nil)
          reader.add(bytes[start..<min(bytes.count, start + size)])
          last = try reader.next()?.value
        }
        #expect(last.map { words($0) } == words(value))
        let rest = try reader.next()
        #expect(rest == nil)
      }
    }
  }

  private func words(_ value: RespValue) -> String {
    switch value.kind {
    case .array: "[" + value.elements.map { words($0) }.joined(separator: " ") + "]"
    case .integer: ":\(value.int ?? 0)"
    case .nothing: "nothing"
    default: value.text ?? ""
    }
  }

  @Test func `replies one behind the other are read in order`() throws {
    var reader = RespReader()
    reader.add(Array("+a\r\n:1\r\n*1\r\n+b\r\n$2\r\n".utf8))
    func next() throws -> RespValue? { try reader.next()?.value }
    #expect(try next()?.text == "a")
    #expect(try next()?.int == 1)
    #expect(try next()?.elements.first?.text == "b")
    #expect(try next() == nil)
    reader.add(Array("xy\r\n".utf8))
    #expect(try next()?.text == "xy")
  }

  @Test(arguments: [
    "?x\r\n", "\r\n", ":x\r\n", "$x\r\n", "$-2\r\n", "*-2\r\n", "$1\r\nab\r\n", "+a\rb\r\n",
    "$67108865\r\n", "*1000000\r\n", "*99999999999999999999\r\n",
    "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n",
  ])
  func `what is no reply, or too much, is refused at once`(text: String) {
    #expect(throws: RespError.self) { try read(text) }
  }

  @Test func `a line without end is refused, not held`() {
    var reader = RespReader()
    #expect(throws: RespError.self) {
      for _ in 0..<100 {
        reader.add([UInt8](repeating: 0x2B, count: 1_024))
        _ = try reader.next()
      }
    }
  }

  @Test(arguments: seeds(80))
  func `cut and damaged replies neither trap nor hang`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let replies = try #require(try WireFixture.json("redis")["replies"].array)
    for _ in 0..<30 {
      var bytes = try #require(Base64.bytes(of: random.pick(replies)["base64"].string ?? ""))
      for _ in 0..<random.number(0...3) {
        let place = random.below(bytes.count)
        if random.below(2) == 0 {
          bytes[place] = UInt8(random.below(256))
        } else {
          bytes.remove(at: place)
          if bytes.isEmpty { bytes = [0x2B] }
        }
      }
      let replies = readAll(bytes, &random)
      #expect(replies >= 0)
    }
  }

  /// Reads bytes in random portions up to their end or the first that makes no sense.
  private func readAll(_ bytes: [UInt8], _ random: inout SeededRandom) -> Int {
    var reader = RespReader()
    var (place, replies) = (0, 0)
    while place < bytes.count {
      let end = min(bytes.count, place + random.number(1...97))
      reader.add(bytes[place..<end])
      place = end
      while true {
        guard let next = try? reader.next() else { break }
        _ = words(next.value)
        replies += 1
      }
    }
    return replies
  }
}
