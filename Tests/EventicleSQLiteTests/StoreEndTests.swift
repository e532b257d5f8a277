import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

/// Rows that vanish at the end of a table are missed, with nothing but the file to tell.
@Suite struct StoreEndTests {
  private func small(_ bench: StoreBench) throws -> (entries: Int, lines: Int) {
    var session = try Session(.shop, store: try Store.open(bench.path("shop")))
    for line in ["do PlaceOrder customer=c-1 total:=5", "clock +30s", "do Nonsense"] {
      _ = session.run(line)
    }
    session.leaveStore()
    return (session.timeline.count, session.tape.count)
  }

  /// Changes a copy of the store, and says what is found in it when it is checked and when it is
  /// opened.
  private func found(
    _ change: String, _ bench: StoreBench
  ) throws -> (checked: [String], opened: String?) {
    StoreFile.remove(bench.path("changed"))
    try bench.copy("shop", as: "changed")
    let database = try Database(bench.path("changed"), .write)
    try database.run(change)
    try database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    let checked = try Store.verify(bench.path("changed"))
    do {
      try Store.open(bench.path("changed")).close()
      return (checked, nil)
    } catch { return (checked, "\(error)") }
  }

  /// Everything behind an entry that ends a step.
  private func cut(after entry: Int) -> String {
    let last = "FROM journal WHERE entry = \(entry)"
    return "DELETE FROM event WHERE position > (SELECT events \(last)); "
      + "DELETE FROM kept_event WHERE number > (SELECT kept \(last)); "
      + "DELETE FROM journal WHERE entry > \(entry); "
  }

  @Test func `the last command lines are missed`() throws {
    let bench = try StoreBench()
    let (entries, lines) = try small(bench)
    let one = try found("DELETE FROM tape WHERE number = \(lines - 1)", bench)
    #expect(one.checked == ["command line \(lines) is missing"])
    #expect(
      one.opened?.hasPrefix("The store is whole up to j\(entries) (#") == true
        && one.opened?.contains("command line \(lines) is missing") == true)
    let all = try found("DELETE FROM tape", bench)
    #expect(all.checked == ["command lines 1 to \(lines) are missing"])
    #expect(all.opened?.contains("command lines 1 to \(lines) are missing") ?? false)
  }

  @Test func `the last steps are missed`() throws {
    let bench = try StoreBench()
    let (entries, _) = try small(bench)
    let database = try Database(bench.path("shop"), .read)
    let last = try database.number(
      "SELECT max(entry) FROM journal WHERE hash IS NOT NULL AND entry < (SELECT max(entry) FROM journal)"
    )
    database.close()
    let change = cut(after: last) + "DELETE FROM mark; "
    let some = try found(
      change + DerivedTables.all.map { "DELETE FROM \($0.name); " }.joined(), bench)
    let missing =
      entries - last == 1
      ? "the entry j\(entries) is missing"
      : "the entries j\(last + 1) to j\(entries) are missing"
    #expect(some.checked == [missing])
    #expect(some.opened?.contains(missing) ?? false)
  }

  @Test func `the last run, and what says how far all reaches, are missed`() throws {
    let bench = try StoreBench()
    _ = try small(bench)
    let run = try found("DELETE FROM opening", bench)
    #expect(run.checked == ["run number 1 is missing"])
    #expect(run.opened?.contains("run number 1 is missing") ?? false)
    let all = try found("DELETE FROM extent", bench)
    #expect(all.checked == ["the file does not say how far it reaches"])
    #expect(all.opened?.contains("does not say how far it reaches") ?? false)
    for change in [
      "UPDATE extent SET hash = hash + 1", "UPDATE extent SET lines = lines - 1",
      "UPDATE extent SET entry = entry - 1", "UPDATE opening SET shape = '{}'",
      "UPDATE opening SET code = 'x'", "UPDATE opening SET entry = 7",
    ] {
      let changed = try found(change, bench)
      #expect(changed.checked.count == 1 && changed.opened != nil, "\(change)")
    }
  }

  @Test func `an error inside a step is told with the step`() throws {
    let bench = try StoreBench()
    _ = try small(bench)
    for (change, words) in [
      (
        "UPDATE journal SET changes = x'01' WHERE entry = 1", "the step from j1 on cannot be read: "
      ),
      ("UPDATE journal SET detail = x'ff', tag = 99 WHERE entry = 2", "the step from j"),
      (#"UPDATE event SET data = '{"a":' WHERE position = 1"#, "has data that is no JSON"),
      ("UPDATE event SET id = x'01' WHERE position = 1", "an event's id has not 16 bytes"),
    ] {
      let changed = try found(change, bench)
      #expect(changed.checked.contains { $0.contains(words) }, "\(change): \(changed.checked)")
      #expect(!changed.checked.contains { $0.hasSuffix(".") }, "\(changed.checked)")
    }
  }

  @Test func `what says how far all reaches costs a commit one page`() throws {
    let bench = try StoreBench()
    let journal = try bench.made("shop", try Session(.shop).head)
    var pages: [Int] = []
    for number in 0..<6 {
      let log = bench.path("shop") + "-wal"
      let before = try bytes(log).count
      journal.append(line: "line \(number)")
      #expect(journal.commit() == nil)
      pages.append((try bytes(log).count - before) / 4_120)
    }
    // The first line also makes a row for the run.
    #expect(pages.dropFirst() == [2, 2, 2, 2, 2], "\(pages)")
    journal.close()
  }
}
