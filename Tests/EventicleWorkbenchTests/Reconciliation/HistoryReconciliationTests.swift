import EventicleCore
import EventicleWorkbench
import Testing

@Suite struct HistoryReconciliationTests {
  private static func event(_ id: EventID, _ domain: DomainID, at moment: Int64) -> Event {
    Event(
      id: id, type: "T", source: "s", stream: "orders", domainID: domain,
      createdAt: Instant(milliseconds: moment), data: .emptyObject)
  }

  private static func row(_ id: String, _ domain: DomainID, _ events: [Event])
    -> StoredRows.AggregateRow
  {
    StoredRows.AggregateRow(
      id: id, workspace: .system, type: "orders", domainID: domain, events: events)
  }

  @Test func `what was published and not written, and what was written and not published`() {
    let (a, b, c) = (
      Self.event("a", "o", at: 10), Self.event("b", "o", at: 11), Self.event("c", "o", at: 12)
    )
    let old = Self.event("old", "o", at: 5)
    let findings = HistoryReconciliation.findings(
      [Self.row("r", "o", [old, a, c])], captured: [a, b, Self.event("x", "unknown", at: 12)],
      from: Instant(milliseconds: 10))
    #expect(
      findings.map(\.reason) == [.notInHistory(["b"]), .neverPublished(["c"])])
    #expect(findings.allSatisfy { $0.domainID == "o" })
  }

  @Test func `the newest may be on their way, and a hidden row counts`() {
    let (a, b) = (Self.event("a", "o", at: 10), Self.event("b", "o", at: 20))
    #expect(
      HistoryReconciliation.findings(
        [Self.row("r", "o", [a])], captured: [a, b], from: Instant(milliseconds: 0),
        isWaiting: { $0.createdAt > Instant(milliseconds: 15) }) == [])
    #expect(
      HistoryReconciliation.findings(
        [Self.row("r", "o", [a]), Self.row("s", "o", [b])], captured: [a, b],
        from: Instant(milliseconds: 0)) == [])
  }
}
