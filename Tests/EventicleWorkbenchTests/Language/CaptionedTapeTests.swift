import Testing

@testable import EventicleWorkbench

/// The captions of a tape.
@Suite struct CaptionedTapeTests {
  private func read(_ text: String) throws -> CaptionedTape {
    CaptionedTape(try TapeLine.lines(of: Array(text.utf8)))
  }

  @Test func `comments in a row are one caption, and the lines below it are done for it`() throws {
    let tape = try read(
      """
      # Talk of the town. It is short.

      # A fact. It stays
      # for ever.
      do PlaceOrder customer=c-19 total:=59   # a comment behind a line
      #12
      expect A Order/order-1.status = paying

      # Later. More.
      clock +5m
      """)
    #expect(tape.opening == Caption(heading: "Talk of the town", text: "It is short."))
    #expect(
      tape.captions == [
        Caption(
          heading: "A fact", text: "It stays for ever.",
          deeds: [
            .line("do PlaceOrder customer=c-19 total:=59   # a comment behind a line"),
            .line("#12"), .check("expect A Order/order-1.status = paying"),
          ]),
        Caption(heading: "Later", text: "More.", deeds: [.line("clock +5m")]),
      ])
  }

  @Test func `keys stand for the lines behind them, also for those that check`() throws {
    let check = "expect count(*) = 3; expect count(*) > 1"
    let tape = try read("# One. Two.\nhold\n\(check)\n#: t <Enter>\nfire\nexpect count(*) = 9\n")
    #expect(
      tape.captions.first?.deeds == [.line("hold"), .check(check), .keys("t <Enter>", line: 4)])
  }

  @Test(arguments: [
    ("What if? At #7 we go on.", "What if?", "At #7 we go on."),
    ("A saga waits: for the money.", "A saga waits", "for the money."),
    ("Only one sentence.", "", "Only one sentence."), ("", "", ""),
    ("It costs 3.50 pounds. Dear.", "It costs 3.50 pounds", "Dear."),
    (
      "This first sentence is much too long to stand as a heading. Really.", "",
      "This first sentence is much too long to stand as a heading. Really."
    ),
  ])
  func `the first sentence is the heading unless it is long or the only one`(
    text: String, heading: String, rest: String
  ) {
    #expect(Caption(saying: text) == Caption(heading: heading, text: rest))
  }

  @Test func `how a tape is run is not part of the talk`() throws {
    let tape = try read(
      """
      # A tape of the domain bank.
      # eventicle run THIS --domain bank --at 2026-01-01T09:00:00Z --seed 1
      do OpenAccount owner=ada
      # Said. Done.
      # Run it:  eventicle run x.tape
      hold
      """)
    #expect(tape.opening == nil)
    #expect(tape.captions.map(\.text) == ["", "Done."])
    #expect(tape.saysAnything)
    #expect(try !read("hold\nrelease\n").saysAnything)
    #expect(try !read("").saysAnything && read("").captions.isEmpty)
  }
}
