import EventicleSamples
import TestSupport
import Testing

@testable import EventicleConsole
@testable import EventicleCore
@testable import EventicleWorkbench

/// The file of a session as values.
@Suite struct KeptSessionTests {
  private static let history = "shop 2026-01-01T09:00:00.000Z 1"

  private static func session(_ random: inout SeededRandom) -> KeptSession {
    var kept = KeptSession()
    func moment(_ random: inout SeededRandom) -> MomentName {
      MomentName(Position(random.below(90)), steps: random.below(4))
    }
    let texts = [
      "order-1", "", "日本 \u{1B}[31m", "a\"b\\\n", "/x/", String(repeating: "é", count: 300),
    ]
    if random.below(2) == 0 { kept.place = moment(&random) }
    kept.isHeld = random.below(2) == 0
    if random.below(2) == 0 { kept.fork = "late-pay" }
    for number in 0..<random.below(4) {
      let parts: [ForkRecipe.Part] = (0..<random.below(5)).map { _ in
        random.below(3) == 0
          ? .time(Instant(milliseconds: Int64(random.below(1_000_000)))) : .line(random.pick(texts))
      }
      kept.forks.append(
        ForkRecipe(
          "f\(number)", leaving: random.pick(["main", "f0"]), at: moment(&random),
          beganHeld: random.below(2) == 0, parts,
          passed: random.below(2) == 0 ? Instant(milliseconds: 5) : nil, entries: random.below(90),
          place: random.below(2) == 0 ? moment(&random) : nil,
          marks: random.below(2) == 0
            ? [ForkRecipe.Mark(random.pick(texts), at: moment(&random))] : nil))
    }
    kept.look.focus = random.pick(PaneID.allCases)
    kept.look.focused = [random.pick(PaneID.allCases)]
    kept.look.isZoomed = random.pick([true, false])
    kept.look.find = random.pick(texts)
    kept.look.isFindFolded = !kept.look.find.isEmpty && random.below(2) == 0
    let tenant = Workspace("acme")
    kept.look.subjects = [
      .aggregates("Order"), .aggregate(AggregateKey("Order", "a/b", in: tenant)),
      .version(AggregateKey("Order", DomainID(random.pick(texts))), Version(3)), .view("Board"),
      .record(RecordKey("Board", random.pick(texts), in: tenant)), .sagas(nil), .sagas("S"),
      .saga(SagaKey("S", random.pick(texts))),
    ].filter { _ in random.below(2) == 0 }
    kept.look.eventTab = random.pick(EventModel.Tab.allCases)
    kept.look.stateTab = random.pick(StateModel.Tab.allCases)
    kept.look.showsWholeStates = random.below(2) == 0
    kept.look.foldedSections = Set(
      ExploreModel.Section.allCases.filter { _ in random.below(2) == 0 })
    kept.look.theme = random.below(2) == 0 ? "mono" : nil
    kept.look.isMouseOn = random.below(2) == 0
    return kept
  }

  @Test(arguments: seeds(100))
  func `any session is read as it was written`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let kept = Self.session(&random)
    #expect(try KeptSession(kept.bytes(of: Self.history), of: Self.history) == kept)
  }

  @Test(arguments: [
    (#""search":"a b","pattern":false"#, #""a b""#, false),
    (#""search":"/a[0-9]/i","pattern":true"#, "/a[0-9]/i", false),
    (#""filter":"type:A*","search":"x""#, "type:A*", true),
    (#""filter":"type:A*","aside":true"#, "type:A*", false),
  ])
  func `a text and a filter that were kept apart are one search`(
    members: String, find: String, isFolded: Bool
  ) throws {
    let text = #"{"eventicle-session":1,"history":"h","screen":{\#(members)}}"#
    let look = try KeptSession(Array(text.utf8), of: "h").look
    #expect(look.find == find && look.isFindFolded == isFolded)
  }

  @Test func `stops stay with a session, those that cannot be read are left out`() throws {
    let text = #"""
      {"eventicle-session":1,"history":"h","stops":[{"stop":2,"on":"E X if amount>5","isOn":false},\
      {"stop":3,"on":"Z"},{"on":"E Y"},{"stop":4,"on":"failure once"}]}
      """#
    let kept = try KeptSession(Array(text.replacing("\\\n", with: "").utf8), of: "h")
    #expect(kept.stops.map(\.number) == [2, 4] && kept.stops.map(\.isOn) == [false, true])
    #expect(try KeptSession(kept.bytes(of: "h"), of: "h") == kept)
    #expect(kept.summary == "as you left it: 2 stops")
  }

  @Test func `members that this program does not know stay in the file`() throws {
    var kept = try KeptSession(
      Array(#"{"eventicle-session":1,"history":"h","walls":[{"on":"E"}],"note":"x"}"#.utf8), of: "h"
    )
    kept.isHeld = true
    let text = String(decoding: kept.bytes(of: "h"), as: UTF8.self)
    #expect(text.contains(#""walls":[{"on":"E"}]"#) && text.contains(#""note":"x""#))
  }

  @Test(
    arguments: [
      ("", KeptSessionError.unreadable), ("{}", .unreadable), ("[1]", .unreadable),
      (#"{"eventicle-session":"#, .unreadable), (#"{"eventicle-session":"1"}"#, .unreadable),
      (#"{"eventicle-session":2,"history":"h"}"#, .newer(2)),
      (#"{"eventicle-session":1,"history":"other"}"#, .foreign),
      (#"{"eventicle-session":1}"#, .foreign),
    ])
  func `what is no session of this history is refused`(
    text: String, error: KeptSessionError
  ) {
    #expect(throws: error) { try KeptSession(Array(text.utf8), of: "h") }
  }

  @Test(arguments: seeds(200))
  func `damaged bytes give an error or a session, and never trap`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var bytes = Self.session(&random).bytes(of: Self.history)
    for _ in 0..<random.number(1...6) {
      switch random.below(3) {
      case 0: bytes[random.below(bytes.count)] = UInt8(random.below(256))
      case 1: bytes.removeSubrange(random.below(bytes.count)...)
      default: bytes.insert(UInt8(random.below(256)), at: random.below(bytes.count + 1))
      }
      if bytes.isEmpty { bytes = [0] }
    }
    _ = try? KeptSession(bytes, of: Self.history)
  }

  @Test func `parts with another form are left out`() throws {
    let text = #"""
      {"eventicle-session":1,"history":"h","moment":"soon","held":"yes","fork":7,
      "forks":[1,{"name":"a"},{"name":"b","parent":"main","left":"#1.0","entries":4,"lines":[1,"x"]}],
      "screen":{"focus":"moon","size":9,"shown":[{"saga":["S"]},{},7,{"view":"V"}],"folded":["x"]}}
      """#
    let kept = try KeptSession(Array(text.utf8), of: "h")
    var expected = KeptSession()
    expected.forks = [
      ForkRecipe("b", leaving: "main", at: MomentName(Position(1)), [.line("x")], entries: 4)
    ]
    expected.look.subjects = [.view("V")]
    #expect(kept == expected)
  }
}
