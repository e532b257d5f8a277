import EventicleCore
import EventicleSamples
import EventicleWorkbench
import Foundation
import TestSupport
import Testing

@testable import EventicleConsole

/// The tours that come with the program.
@Suite struct TourTests {
  static let sizes = [(80, 24), (120, 40)]

  /// Where a caption leaves off.
  private struct End: Equatable, CustomStringConvertible {
    let head: MomentName
    let cursor: JournalIndex
    let isHeld: Bool
    let types: [String]

    init(_ moment: MomentView, isHeld: Bool) {
      head = moment.timeline.name(of: moment.timeline.headCursor)
      cursor = moment.cursor.entry
      self.isHeld = isHeld
      types = (1...max(1, moment.log.count)).compactMap {
        moment.log.type(at: Position($0))?.text
      }
    }

    var description: String { "\(head), \(cursor), \(isHeld ? "held, " : "")\(types.suffix(3))" }
  }

  private static func end(_ pilot: ConsolePilot) -> End {
    End(pilot.model.moment, isHeld: pilot.model.isHeld)
  }

  /// A console in the middle of the tour of a domain, without files.
  private static func pilot(
    _ domain: Domain, _ columns: Int = 80, _ rows: Int = 24
  ) throws -> ConsolePilot {
    try ConsolePilot(columns: columns, rows: rows, domain: domain).tour()
  }

  private static func captions(of domain: Domain) throws -> [Caption] {
    try #require(ShippedTours.tape(of: domain.name)).captions
  }

  @Test func `the shop has twelve captions and the bank eight`() throws {
    #expect(try Self.captions(of: .shop).count == 12)
    #expect(try Self.captions(of: .bank).count == 8)
    let headings = [
      "An event is a fact", "A stream is a list of facts", "State is what the facts add up to",
      "A command asks, and may be refused", "A view adds up the same facts differently",
      "A saga waits", "A timer is a promise", "Fail, and make good", "Go back in time", "What if?",
      "Replay proves it", "It is one file",
    ]
    #expect(try Self.captions(of: .shop).map(\.heading) == headings)
  }

  @Test(arguments: Samples.all) func `every caption fits`(domain: Domain) throws {
    for (columns, rows) in Self.sizes {
      let pilot = try Self.pilot(domain, columns, rows)
      for (index, caption) in try Self.captions(of: domain).enumerated() {
        try pilot.next()
        #expect(pilot.captionTitle.contains("\(index + 1) of "))
        #expect(pilot.captionTitle.contains(caption.heading))
        let shown = pilot.caption.map { row in
          row.split(whereSeparator: { "│┌┐└┘─".contains($0) }).first.map { String($0) } ?? ""
        }
        let words = shown.joined(separator: " ").split(separator: " ").joined(separator: " ")
        #expect(words.hasPrefix(caption.text), "\(words)")
      }
    }
  }

  @Test(arguments: Samples.all) func `what its keys do is what its lines do`(domain: Domain) throws
  {
    // given
    let path = domain.name == "shop" ? "examples/tour.tape" : "examples/\(domain.name)/tour.tape"
    let text = try #require(Repository.text(at: path))
    let paragraphs = text.split(separator: "\n\n").map { TapeLine.lines(ofText: String($0)) }
      .filter { lines in lines.contains { !$0.text.hasPrefix("#") } }
    let pilot = try Self.pilot(domain)
    var session = try Session(domain)
    var runner = TapeRunner()
    let captions = try Self.captions(of: domain)
    try #require(paragraphs.count == captions.count)
    for (index, lines) in paragraphs.enumerated() {
      // when
      for line in lines {
        let result = runner.run(line, in: &session)
        #expect(result?.json["ok"] != false || TourStage.isRefused(line), "\(line.text)")
      }
      try pilot.next()
      // then
      #expect(
        Self.end(pilot) == End(session.moment, isHeld: session.isHeld), "caption \(index + 1)")
      #expect(pilot.model.fork == session.forkInUse, "caption \(index + 1)")
    }
    #expect(runner.failed == 0)
  }

  @Test(arguments: Samples.all)
  func `it takes less than five minutes at 200 words a minute, typing included`(
    domain: Domain
  ) throws {
    let pilot = try Self.pilot(domain)
    var (words, milliseconds) = (0, 0)
    for caption in try Self.captions(of: domain) {
      words += (caption.heading + " " + caption.text).split(separator: " ").count
      try pilot.press("<Space>")
      while let pause = pilot.model.typingPause {
        milliseconds += pause
        pilot.goOn()
      }
    }
    let reading = words * 60_000 / 200
    #expect(words > 100 && milliseconds > 10_000)
    #expect(reading + milliseconds < 5 * 60_000, "\(words) words, \(milliseconds) ms of typing")
  }

  // MARK: - Leaving and coming back

  /// What a person may do between two captions.
  private static let detours: [(name: String, keys: String)] = [
    ("another command", "L :clock +1s <Enter>"),
    ("a fork", "w <Enter> :clock +5m <Enter> 4 f"),
    ("the past", "1 gg , 8"), ("a search", "1 /type:Order* <Enter>"),
    ("help and panes", "? <Esc> 9 ] 7 f 6 z w"), ("undone", "u"), ("held", ":hold <Enter> 5"),
    ("left", "q 8 :present <Enter>"), ("another branch", ":switch main <Enter> L"),
    ("caption before", "<Backspace> <Backspace>"), ("a filter", ":filter type:Order* <Enter>"),
  ]

  @Test(arguments: Samples.all)
  func `whatever is done between two captions, what follows is the same`(domain: Domain) throws {
    let count = try Self.captions(of: domain).count
    // given
    let straight = try Self.pilot(domain)
    var ends: [End] = []
    var panes: [PaneID] = []
    for _ in 0..<count {
      try straight.next()
      ends.append(Self.end(straight))
      panes.append(straight.model.focus)
    }
    // Each at three places, which together are all places.
    let places = Self.detours.indices.flatMap { place in
      [0, 4, 8].map { (Self.detours[place], ($0 + place) % count) }
    }
    for ((name, keys), after) in places {
      let pilot = try Self.pilot(domain).next(after)
      // when
      try pilot.press(keys)
      pilot.workbench.finishCaption()
      if name == "caption before" { try pilot.next(min(after, 2)) }
      // then
      for index in after..<min(count, after + 3) {
        try pilot.next()
        // The file keeps main, also where the tour went on in a fork.
        let isForked = pilot.model.branches.contains("tour")
        let isElsewhere = domain.name == "shop" && index == 11 && isForked
        #expect(
          isElsewhere || Self.end(pilot) == ends[index],
          "\(name) after \(after): caption \(index + 1)")
        #expect(pilot.model.focus == panes[index], "\(name) after \(after): caption \(index + 1)")
        #expect(pilot.captionTitle.contains("\(index + 1) of \(count)"), "\(name) after \(after)")
      }
    }
  }

  @Test func `a session with events keeps them: the tour goes on in a fork from the start`() throws
  {
    let pilot = try ConsolePilot().type("PlaceOrder customer=c-1 total:=5").tour().next(3)
    #expect(pilot.model.fork == "tour" && pilot.model.moment.log.count == 3)
    #expect(pilot.model.forks.first?.head.position == Position(3))
    try pilot.type("switch main")
    #expect(pilot.model.moment.log.event(at: Position(1))?.data["customer"].string == "c-1")
  }

  // MARK: - In the program

  @Test func `every tour of the examples is part of the program`() throws {
    let tours = ["shop": "examples/tour.tape", "bank": "examples/bank/tour.tape"]
    var texts: [String: String] = [:]
    for (name, path) in tours { texts[name] = Repository.text(at: path) }
    let file = "Sources/EventicleConsole/Model/Presenter/ShippedTours.swift"
    guard TestEnvironment.recordsGolden else {
      #expect(ShippedTours.texts == texts, "`make golden` copies the tours into the program")
      return
    }
    var source = """
      /// The tours in the folder `examples`, as they are there; `make golden` copies them anew.
      enum ShippedTours {
        /// The text of each domain's tour by the name of the domain.
        static let texts: [String: String] = [

      """
    for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      let indented = lines.map { $0.isEmpty ? "" : "    " + $0 }.joined(separator: "\n")
      source += "    \"\(name)\": #\"\"\"\n\(indented)\n    \"\"\"#,\n"
    }
    source += "  ]\n}\n"
    try source.write(toFile: Repository.root + "/" + file, atomically: true, encoding: .utf8)
  }
}

/// What of a tour is refused on purpose.
enum TourStage {
  /// Whether a line is there to be refused.
  static func isRefused(_ line: TapeLine) -> Bool { line.text.hasSuffix("total:=0") }
}

extension TapeLine {
  fileprivate static func lines(ofText text: String) -> [TapeLine] {
    (try? lines(of: Array(text.utf8))) ?? []
  }
}
