import EventicleCore
import EventicleSamples
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole

/// A tape that is shown to a team.
@Suite struct PresenterTests {
  static let talk = """
    # Two orders. The first is declined.
    # And so on.

    # The first order. It is there.
    do PlaceOrder customer=c-19 total:=59
    expect A Order/order-1.status = paying

    # The bank says no. The order waits.
    do DeclinePayment paymentId=pay-1

    # Back again. Nothing is lost.
    #: , ,
    back 2
    """

  private func pilot(_ columns: Int = 80, _ rows: Int = 24) throws -> ConsolePilot {
    try ConsolePilot(columns: columns, rows: rows).present(Self.talk)
  }

  // MARK: - What is shown

  @Test func `it begins with what is said before the first caption`() throws {
    let pilot = try pilot()
    #expect(pilot.captionTitle.contains("Two orders"))
    #expect(pilot.caption.joined().contains("The first is declined. And so on."))
    #expect(pilot.lines[23].hasPrefix(" Space next caption  q leave"))
    #expect(pilot.model.moment.timeline.count == 0)
    #expect(!pilot.text.contains("1 Start"))
  }

  @Test func `Space does the next caption whole, and then says it`() throws {
    let pilot = try pilot().next()
    #expect(pilot.model.moment.log.count == 3)
    #expect(pilot.captionTitle.contains("1 of 3") && pilot.captionTitle.contains("The first order"))
    #expect(pilot.caption.joined().contains("It is there."))
    #expect(pilot.text.contains("C PlaceOrder → #1 #2"))
    try pilot.next()
    #expect(pilot.captionTitle.contains("2 of 3") && pilot.model.moment.log.count == 5)
    try pilot.next()
    #expect(pilot.model.moment.cursor == pilot.model.moment.timeline.cursor(after: Position(3)))
    #expect(pilot.lines[23].contains(", back a fact  L live  q leave"))
    try pilot.next()
    #expect(pilot.text.contains("that was the last caption; q leaves"))
    #expect(pilot.model.moment.log.count == 5 && pilot.captionTitle.contains("3 of 3"))
  }

  @Test(arguments: [(40, 12), (60, 16), (80, 24), (120, 40), (200, 50), (500, 20)])
  func `the box has the same place and height whatever it says`(columns: Int, rows: Int) throws {
    let pilot = try pilot(columns, rows)
    let place = pilot.model.layout.caption
    #expect(place.rows == (rows >= 20 ? 6 : 4) && place.columns == columns)
    for _ in 0..<3 {
      #expect(try pilot.next().model.layout.caption == place)
      #expect(pilot.lines.allSatisfy { $0.count == columns })
    }
  }

  @Test func `there are two panes at most, and three where there is room`() throws {
    let sizes = [(40, 12, 1), (60, 24, 2), (80, 24, 2), (120, 40, 3), (200, 50, 3)]
    for (columns, rows, most) in sizes {
      let pilot = try pilot(columns, rows).next()
      for pane in 1...9 {
        let layout = try pilot.press("\(pane)").model.layout
        #expect(layout.panes.count <= most, "\(columns)×\(rows), pane \(pane)")
        #expect(layout.panes[pilot.model.focus] != nil, "\(columns)×\(rows), pane \(pane)")
        for (first, one) in layout.panes {
          for (second, other) in layout.panes where first != second {
            #expect(one.intersection(other).isEmpty, "\(first) and \(second)")
          }
          #expect(one.endRow <= layout.caption.row)
        }
      }
    }
  }

  @Test func `moments have no decimals, and clocks no dates`() throws {
    for columns in [80, 120] {
      let pilot = try pilot(columns, columns == 80 ? 24 : 40).next(2)
      let (header, scrubber) = (pilot.lines[0], pilot.lines[pilot.model.layout.scrubber.row])
      #expect(header.contains(" LIVE   #5  09:00:00  next"))
      #expect(header.hasPrefix(" shop   LIVE") && !header.contains("2026"))
      #expect(!header.contains("all well") && !header.contains("?"))
      #expect(scrubber.hasSuffix("│ #5 ") || scrubber.contains("│ #5  "))
      try pilot.press(",")
      #expect(pilot.lines[0].contains("PAST   #4  09:00:00  next"))
      #expect(pilot.lines[pilot.model.layout.scrubber.row].contains("#4 of #5"))
    }
  }

  @Test(arguments: [
    ("fork a left main at #7.1, and", "fork a left main at #7, and"), ("#12.3", "#12"),
    ("#5. Then #", "#5. Then #"), ("total 59.5 #x.1 #1.", "total 59.5 #x.1 #1."), ("", ""),
  ])
  func `a moment in a message is named by its event`(said: String, shown: String) throws {
    #expect(MomentWords.byEvent(said) == shown)
    let pilot = try pilot().next()
    pilot.workbench.send(.report(StatusMessage(said)))
    #expect(pilot.lines[22].hasPrefix(" \(shown)"))
  }

  @Test func `what is wrong is said to a team too`() throws {
    let pilot = try pilot().next().type("PlaceOrder customer=c-1 total:=0")
    try pilot.press("<Esc>")
    #expect(pilot.lines[0].contains("! 1 refused"))
  }

  @Test func `the key pressed last stands at the right`() throws {
    let pilot = try pilot().next(3)
    #expect(pilot.caption[1].hasSuffix("│   ,   │   "))
    #expect(pilot.caption[3].contains("pressed"))
    try pilot.press("4")
    #expect(pilot.caption[1].hasSuffix("│   4   │   "))
    try pilot.press(":hold <Enter>")
    #expect(pilot.caption[1].hasSuffix("│ Enter │   "))
  }

  // MARK: - Typing

  @Test func `a line is typed letter by letter, and the text comes when it is true`() throws {
    let pilot = try pilot()
    try pilot.press("<Space>")
    #expect(pilot.captionTitle.contains("The first order"))
    #expect(!pilot.caption.joined().contains("It is there."))
    #expect(pilot.lines[23].hasPrefix(" Space all of it now  Esc stop"))
    pilot.goOn(14)
    #expect(pilot.model.bar?.text == "do PlaceOrder")
    #expect(pilot.model.typingPause == TypingPause.letter)
    #expect(pilot.lines[23].hasPrefix(":do PlaceOrder"))
    #expect(pilot.captionTitle.contains("The first order"))
    pilot.goOn(24)
    #expect(pilot.model.typingPause == TypingPause.line)
    #expect(pilot.model.moment.log.count == 0)
    pilot.goOn()
    #expect(pilot.model.moment.log.count == 3 && !pilot.caption.joined().contains("It is there."))
    pilot.goOn(5)
    #expect(pilot.model.typingPause == nil && pilot.caption.joined().contains("It is there."))
  }

  @Test func `Space once more does the rest at once`() throws {
    let pilot = try pilot()
    try pilot.press("<Space>")
    pilot.goOn(5)
    try pilot.press("<Space>")
    #expect(pilot.model.typingPause == 0 && pilot.model.moment.log.count == 0)
    pilot.workbench.finishCaption()
    #expect(pilot.model.moment.log.count == 3 && pilot.captionTitle.contains("1 of 3"))
  }

  @Test func `another key waits until the caption is done, and does what it does everywhere`()
    throws
  {
    let pilot = try pilot()
    try pilot.press("<Space>")
    pilot.goOn(5)
    try pilot.press("k k")
    #expect(pilot.model.bar?.text == "do P")
    pilot.workbench.finishCaption()
    #expect(pilot.model.moment.log.count == 3 && pilot.model.mode == .past)
    #expect(pilot.captionTitle.contains("1 of 3"))
    // What the person did meanwhile is no part of the caption.
    try pilot.next()
    #expect(pilot.model.moment.log.count == 5 && pilot.model.fork == nil)
  }

  @Test func `Esc stops what is being done, and Space does it from where it began`() throws {
    let pilot = try pilot()
    try pilot.press("<Space>")
    pilot.goOn(9)
    try pilot.press("<Esc>")
    #expect(pilot.model.bar == nil && pilot.model.typingPause == nil)
    #expect(pilot.text.contains("stopped; Space does it again"))
    #expect(pilot.captionTitle.contains("Two orders"))
    try pilot.next()
    #expect(pilot.model.moment.log.count == 3 && pilot.model.fork == nil)
  }

  @Test func `the speed is a setting`() throws {
    let pilot = try pilot()
    try pilot.press("<Space>")
    pilot.goOn(2)
    for (speed, pause) in [(TypingSpeed.slow, 90), (.normal, 45), (.fast, 18), (.off, 0)] {
      pilot.workbench.send(.typing(speed))
      #expect(pilot.model.typingPause == pause)
    }
  }

  @Test func `keys of a tape mean what they mean where nobody has set others`() throws {
    let pilot = try pilot()
    pilot.workbench.configure {
      $0.keymap = Keymap([
        Keymap.Binding("n", .stopOrGo), Keymap.Binding(",", .quit), Keymap.Binding("b", .backEvent),
      ])
    }
    for _ in 0..<3 {
      try pilot.press("n")
      pilot.workbench.finishCaption()
    }
    #expect(pilot.captionTitle.contains("3 of 3") && pilot.model.mode == .past)
    #expect(pilot.lines[23].contains("b back a fact"))
  }

  // MARK: - Beginning and leaving

  @Test func `q leaves it, and present goes on where it was left`() throws {
    let pilot = try pilot().next(2).press("q")
    #expect(pilot.model.layout.caption.isEmpty && !pilot.workbench.isOver)
    #expect(pilot.text.contains("talk.tape is left at caption 2 of 3; present goes on"))
    try pilot.type("present")
    #expect(pilot.captionTitle.contains("2 of 3"))
    try pilot.type("present off")
    #expect(pilot.model.presented == nil)
    try pilot.type("present 1")
    pilot.workbench.finishCaption()
    #expect(pilot.captionTitle.contains("1 of 3") && pilot.model.mode == .past)
    try pilot.type("present 4")
    #expect(pilot.text.contains("There is no caption 4; there are 3."))
  }

  @Test func `Backspace shows the caption before as it left off, and nothing is done twice`() throws
  {
    let pilot = try pilot().next(2)
    let count = pilot.model.moment.timeline.count
    try pilot.press("<Backspace>")
    pilot.workbench.finishCaption()
    #expect(
      pilot.captionTitle.contains("1 of 3") && pilot.caption.joined().contains("It is there."))
    #expect(pilot.model.mode == .past && pilot.lines[0].contains("#3"))
    try pilot.press("<Backspace>")
    pilot.workbench.finishCaption()
    #expect(pilot.captionTitle.contains("Two orders") && pilot.lines[0].contains("#0"))
    try pilot.press("<Backspace>")
    #expect(pilot.text.contains("this is the beginning"))
    try pilot.next(2)
    #expect(pilot.captionTitle.contains("2 of 3") && pilot.model.mode == .live)
    #expect(pilot.model.moment.timeline.count == count && pilot.model.fork == nil)
    try pilot.next()
    #expect(pilot.captionTitle.contains("3 of 3"))
  }

  @Test func `present 3 does all captions up to it at once`() throws {
    let pilot = try pilot().type("present 3")
    pilot.workbench.finishCaption()
    #expect(pilot.captionTitle.contains("3 of 3") && pilot.model.moment.log.count == 5)
    #expect(pilot.model.presentation?.places.count == 4)
  }

  @Test func `while it presents, no time passes by itself`() throws {
    let pilot = try pilot().next()
    #expect(!pilot.workbench.isClockRunning)
    try pilot.press("q")
    #expect(pilot.workbench.isClockRunning)
  }

  @Test func `what a caption expects and is not so is said`() throws {
    let pilot = try ConsolePilot().present("# A. B.\nhold\nexpect count(*) = 7\n").next()
    #expect(pilot.model.message?.kind == .problem)
    #expect(pilot.text.contains("count"))
  }

  @Test func `a line that is refused is said, and the talk goes on`() throws {
    let pilot = try ConsolePilot().present(
      "# A. B.\ndo PlaceOrder customer=c-1 total:=0\nexpect error\n\n# C. D.\nhold\n")
    try pilot.next()
    #expect(pilot.model.bar == nil)
    #expect(pilot.text.contains("more than 0"))
    #expect(try pilot.next().model.isHeld)
  }

  @Test func `a key that is none is told with its line`() throws {
    let error = #expect(throws: PresentedTape.Problem.self) {
      try ConsolePilot().present("# A. B.\n\n#: j <Entre>\n")
    }
    #expect(error?.sentence.hasPrefix("line 3: \"<Entre>\" is not a sequence of keys") == true)
  }

  @Test func `a hostile tape reaches the screen sanitised`() throws {
    let pilot = try ConsolePilot().present(
      "# A\u{1B}[31m B. C\u{202E}D \u{7}" + String(repeating: "x", count: 3_000) + "\nhold\n")
    try pilot.next()
    for line in pilot.lines {
      #expect(!line.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
      #expect(line.count == 80)
    }
  }
}
