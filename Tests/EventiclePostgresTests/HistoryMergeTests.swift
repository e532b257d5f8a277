import EventicleCore
import EventiclePostgres
import Testing

@Suite struct HistoryMergeTests {
  private static func item(
    _ id: EventID, at moment: Int64, after cause: EventID? = nil, row: String = "r"
  ) -> HistoryMerge.Item {
    HistoryMerge.Item(
      Event(
        id: id, type: "T", source: "s", causedByID: cause, stream: "s",
        createdAt: Instant(milliseconds: moment), data: .emptyObject), row: row)
  }

  private static func ids(_ histories: [[HistoryMerge.Item]]) -> [EventID] {
    HistoryMerge.merged(histories).map(\.event.id)
  }

  @Test func `events stand by their moments`() {
    #expect(
      Self.ids([
        [Self.item("a", at: 1), Self.item("c", at: 3)],
        [Self.item("b", at: 2), Self.item("d", at: 4)], [],
      ]) == ["a", "b", "c", "d"])
  }

  @Test func `a history keeps its order when its moments go back`() {
    #expect(
      Self.ids([[Self.item("a", at: 5), Self.item("b", at: 1)], [Self.item("c", at: 3)]])
        == ["c", "a", "b"])
  }

  @Test func `at one moment a cause stands before its effect`() {
    #expect(
      Self.ids([
        [Self.item("effect", at: 1, after: "cause"), Self.item("next", at: 1)],
        [Self.item("first", at: 1), Self.item("cause", at: 1)],
      ]) == ["first", "cause", "effect", "next"])
  }

  @Test func `causes in a circle lose nothing`() {
    let ids = Self.ids([
      [Self.item("a", at: 1, after: "b")], [Self.item("b", at: 1, after: "a")],
      [Self.item("c", at: 1, after: "c")],
    ])
    #expect(Set(ids) == ["a", "b", "c"] && ids.count == 3)
  }
}
