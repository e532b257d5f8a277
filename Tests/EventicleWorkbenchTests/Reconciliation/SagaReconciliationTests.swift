import EventicleCore
import EventicleWorkbench
import Testing

@Suite struct SagaReconciliationTests {
  private typealias Instance = SagaReconciliation.Instance

  /// The row of an instance that took some events.
  private static func row(
    _ events: [EventID], _ data: JSON = ["n": 1], ended: Bool = false, timers: [String] = [],
    id: String = "i"
  ) throws -> StoredRows.SagaRow {
    let kept: [JSON] = events.map {
      ["id": .string($0.text), "type": "T", "stream": "s", "createdAt": 1]
    }
    var content: JSON = [
      "id": "row", "saga": "S", "instanceId": .string(id), "ended": .bool(ended),
      "events": .array(kept),
      "activeTimers": .object(JSONObject(timers.map { ($0, .string("timeout")) })),
    ]
    for member in data.object?.members ?? [] { content[member.key] = member.value }
    let row = StoredRows.Row(id: "row", type: "saga-instance", content: content.utf8)
    guard case .saga(let saga) = StoredRows.read(row) else { throw NoSaga() }
    return saga
  }

  private struct NoSaga: Error {}

  private static func here(
    _ events: [EventID], _ data: JSON = ["n": 1], ended: Bool = false, timers: [String] = []
  ) -> Instance {
    Instance(
      key: SagaKey("S", "saga-1"), data: data, hasEnded: ended, events: events, timers: timers)
  }

  private static func evidence(
    captured: Set<EventID> = ["a", "b", "c"], waiting: Set<EventID> = []
  ) -> SagaReconciliation.Evidence {
    SagaReconciliation.Evidence(
      isCaptured: { captured.contains($0) }, isWaiting: { _, id in waiting.contains(id) },
      behind: { _ in waiting.isEmpty ? nil : waiting.count })
  }

  private static func reason(
    _ here: [Instance], _ stored: [StoredRows.SagaRow],
    _ evidence: SagaReconciliation.Evidence = evidence()
  ) -> [Discrepancy?] {
    SagaReconciliation(here: here, stored: stored, evidence).pairs.map(\.reason)
  }

  @Test func `equal ones belong together by their first event and have no reason`() throws {
    let both = SagaReconciliation(
      here: [Self.here(["a", "b"], timers: ["t"]), Self.here(["c"])],
      stored: [try Self.row(["c"], id: "x"), try Self.row(["a", "b"], timers: ["t"], id: "y")],
      Self.evidence())
    #expect(both.pairs.map(\.stored?.key.instanceID) == ["y", "x"])
    #expect(both.differing == [])
  }

  @Test func `one that began before the capture`() throws {
    #expect(
      Self.reason([], [try Self.row(["z", "a"])]) == [.beganBefore(missing: ["z"])])
    #expect(
      Self.reason([Self.here(["a"])], [try Self.row(["a", "y"])]) == [.beganBefore(missing: ["y"])])
  }

  @Test func `one that is not there yet`() throws {
    #expect(
      Self.reason(
        [Self.here(["a", "b"])], [try Self.row(["a"])], Self.evidence(waiting: ["b", "c"]))
        == [.notThereYet(["b"], behind: 2)])
    #expect(
      Self.reason([Self.here(["a"])], [], Self.evidence(waiting: ["a"]))
        == [.notThereYet(["a"], behind: 1)])
  }

  @Test func `one whose event was dropped there`() throws {
    #expect(
      Self.reason([Self.here(["a", "b"])], [try Self.row(["a"])]) == [.droppedThere(["b"])])
    #expect(Self.reason([Self.here(["a"])], []) == [.droppedThere(["a"])])
  }

  @Test func `one that ended here needs no row`() {
    #expect(Self.reason([Self.here(["a"], ended: true)], []) == [nil])
  }

  @Test func `one whose event the code here ignores`() throws {
    #expect(
      Self.reason([Self.here(["a"])], [try Self.row(["a", "b"])]) == [.ignoredHere(["b"])])
    #expect(Self.reason([], [try Self.row(["a"])]) == [.ignoredHere(["a"])])
  }

  @Test func `one with another order`() throws {
    #expect(
      Self.reason([Self.here(["a", "b", "c"])], [try Self.row(["a", "c", "b"])]) == [.otherOrder])
  }

  @Test func `one with other values`() throws {
    let found = Self.reason(
      [Self.here(["a"], ["n": 1, "m": 2])], [try Self.row(["a"], ["n": 3, "m": 2], ended: true)])
    guard case .otherValues(let differences) = found[0] else {
      Issue.record("\(found)")
      return
    }
    #expect(differences.map { "\($0.sign)\($0.path)" } == ["~n", "~ended"])
  }

  @Test func `one whose timer fired on one side, whatever its values are`() throws {
    #expect(
      Self.reason(
        [Self.here(["a"], ["n": 1], timers: ["t"])], [try Self.row(["a"], ["n": 2], timers: ["u"])])
        == [.timers(firedThere: ["t"], firedHere: ["u"])])
  }

  @Test func `the first reason that fits is the one`() throws {
    // All reasons at once; take away what fits first, and the next one shows.
    let here = [Self.here(["a", "b", "c"], timers: ["t"])]
    let row = try Self.row(["a", "d", "c"], ["n": 2])
    #expect(Self.reason(here, [row]) == [.beganBefore(missing: ["d"])])
    let all: Set<EventID> = ["a", "b", "c", "d"]
    #expect(
      Self.reason(here, [row], Self.evidence(captured: all, waiting: ["b"]))
        == [.notThereYet(["b"], behind: 1)])
    #expect(Self.reason(here, [row], Self.evidence(captured: all)) == [.droppedThere(["b"])])
    let fewer = [Self.here(["a", "c"], timers: ["t"])]
    #expect(Self.reason(fewer, [row], Self.evidence(captured: all)) == [.ignoredHere(["d"])])
    let turned = [Self.here(["a", "c", "d"], timers: ["t"])]
    #expect(Self.reason(turned, [row], Self.evidence(captured: all)) == [.otherOrder])
    let same = [Self.here(["a", "d", "c"], timers: ["t"])]
    #expect(
      Self.reason(same, [row], Self.evidence(captured: all))
        == [.timers(firedThere: ["t"], firedHere: [])])
  }

  @Test func `every reason is a sentence`() {
    let reasons: [Discrepancy] = [
      .beganBefore(missing: ["a"]), .notThereYet(["a", "b"], behind: 5), .droppedThere(["a"]),
      .ignoredHere(["a", "b"]), .otherOrder,
      .otherValues(differences(from: ["a": 1], to: ["a": 2])),
      .timers(firedThere: ["t"], firedHere: ["u"]), .notInHistory(["a"]), .neverPublished(["b"]),
    ]
    for reason in reasons {
      let text = reason.description
      #expect(text.hasSuffix(".") && text.first?.isLowercase == false, "\(text)")
    }
    #expect(
      Discrepancy.droppedThere(["a", "b"]).description.hasPrefix("2 events were dropped there"))
    #expect(
      reasons[6].description
        == "Timers fired or cancelled there alone: t; fired or cancelled here alone: u.")
  }
}
