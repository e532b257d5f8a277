import TestSupport
import Testing

@testable import EventicleConsole

@Suite struct SettleTimerTests {
  /// A decoder and its timer as the reader runs them, with the time as a number.
  struct Reader {
    var decoder = KeyDecoder()
    var timer = SettleTimer()
    var inputs: [TerminalInput] = []

    /// Lets bytes arrive at a time, after settling what is due before it.
    mutating func type(_ text: String, at now: UInt64) {
      settle(at: now)
      let bytes = Array(text.utf8)
      let before = decoder.pending
      inputs += decoder.feed(bytes)
      timer.arrived(bytes.count, before: before, pending: decoder.pending, at: now)
    }

    mutating func settle(at now: UInt64) {
      while let due = timer.due, due <= now {
        let before = decoder.pending
        inputs += decoder.settle()
        timer.settled(before: before, pending: decoder.pending, at: due)
      }
    }
  }

  @Test func `a paste without an end gives the keys back after a second`() {
    var reader = Reader()
    reader.type("\u{1B}[200~some text", at: 10_000)
    reader.settle(at: 10_999)
    #expect(reader.inputs == [])
    reader.settle(at: 11_000)
    #expect(reader.inputs == [.paste("some text")])
    reader.type("jj", at: 11_001)
    reader.type("\u{1B}[A", at: 11_020)
    reader.type("q", at: 11_500)
    #expect(
      reader.inputs == [.paste("some text")] + KeyDecoderTests.keys("jj<Up>q"))
  }

  @Test func `keys typed into a paste without an end do not prolong it`() {
    var reader = Reader()
    reader.type("\u{1B}[200~some text", at: 10_000)
    for time in stride(from: UInt64(10_200), to: 11_000, by: 200) { reader.type("x", at: time) }
    reader.type("q", at: 11_000)
    #expect(reader.inputs == [.paste("some textxxxx")] + KeyDecoderTests.keys("q"))
  }

  @Test(arguments: seeds(50))
  func `a paste that arrives slowly is one text and never keys`(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let text = String(repeating: "do PlaceOrder total:=59\n", count: 60)
    var reader = Reader()
    var rest = Array((text + "\u{1B}[201~").utf8)[...]
    var now: UInt64 = 500
    reader.type("\u{1B}[200~", at: now)
    while !rest.isEmpty {
      let count = min(rest.count, random.number(1...40))
      // A few bytes come quickly one after another; greater pieces may be late.
      now += UInt64(random.number(1...(count > KeyDecoder.typedAtOnce ? 900 : 50)))
      reader.type(String(decoding: rest.prefix(count), as: UTF8.self), at: now)
      rest = rest.dropFirst(count)
    }
    reader.settle(at: now + 40)
    #expect(reader.inputs == [.paste(text)])
    #expect(reader.timer.due == nil)
  }

  @Test func `the late rest of a paste is text`() {
    var reader = Reader()
    let rest = ":quit\r:quit\r:quit\r:quit\r:quit\r"
    reader.type("\u{1B}[200~some text", at: 0)
    reader.type(rest, at: 3_000)
    reader.type("!\u{1B}[201~", at: 3_010)
    reader.settle(at: 3_050)
    #expect(reader.inputs == [.paste("some text"), .paste(rest + "!")])
    reader.type("q", at: 3_060)
    #expect(reader.inputs.last == .key(KeyPress("q")))
  }

  @Test func `after a paste without an end the next one is read as usual`() {
    var reader = Reader()
    reader.type("\u{1B}[200~some text", at: 0)
    reader.type("\u{1B}[200~another text that is rather long\u{1B}[201~", at: 2_000)
    reader.settle(at: 2_040)
    #expect(reader.inputs == [.paste("some text"), .paste("another text that is rather long")])
  }

  @Test func `a sequence is timed from its first byte`() {
    var reader = Reader()
    reader.type("\u{1B}", at: 100)
    reader.type("[", at: 120)
    #expect(reader.timer.due == 125)
    reader.settle(at: 125)
    #expect(reader.inputs == KeyDecoderTests.keys("<A-[>"))
    #expect(reader.timer.due == nil)
  }
}
