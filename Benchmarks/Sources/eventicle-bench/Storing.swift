import EventicleCore
import EventicleSQLite
import EventicleWorkbench

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Engines on a store in a file: writing, opening, reading and going back.
enum Storing {
  static let all = [
    Bench("append_durable_1", [2_000], runs: 3) { try append($0, inBatchesOf: 1) },
    Bench("append_durable_1000", [100_000], runs: 3) { try append($0, inBatchesOf: 1_000) },
    Bench("store_open", [10_000, 100_000, 1_000_000], runs: 3, unit: "opening", run: open),
    Bench("store_page", [10_000, 100_000, 1_000_000], runs: 3, unit: "page", run: page),
    Bench("store_id", [10_000, 100_000, 1_000_000], runs: 3, unit: "look-up", run: find),
    Bench("store_jump", [10_000, 100_000, 1_000_000], runs: 3, unit: "jump", run: jump),
  ]

  /// How often a store and the plain table take turns, so that both meet the same disk.
  private static let turns = 7

  /// Appends events durably, in turns with a plain table of SQLite.
  private static func append(_ count: Int, inBatchesOf size: Int) throws -> Sample {
    let folder = try Folder()
    let app = try Eventicle(Domain("bench"), store: .open(folder.file("ours.eventicle")))
    let bare = try BareStore(folder.file("bare.sqlite"))
    let batches = max(turns, count / size) / turns
    var (ours, theirs, done): (Double, Double, Int) = (0, 0, 0)
    let before = (Clock.now(), Clock.processor())
    for _ in 0..<turns {
      let events = (done..<(done + batches * size)).map(Payments.newEvent)
      let rows = events.enumerated().map { index, event in
        BareStore.Row(
          id(done + index), event.type.text, "payments", event.domainID?.text ?? "",
          event.data.description)
      }
      var start = Clock.now()
      for batch in 0..<batches {
        try app.eventClient.emit(
          Array(events[(batch * size)..<((batch + 1) * size)]), to: "payments")
      }
      ours += Clock.now() - start
      start = Clock.now()
      for batch in 0..<batches { try bare.append(rows[(batch * size)..<((batch + 1) * size)]) }
      theirs += Clock.now() - start
      done += batches * size
    }
    try prove(bare.rowCount(), done, "rows of the plain table")
    try app.shutdown()
    let again = try Store.open(folder.file("ours.eventicle"), .read)
    defer { again.close() }
    try prove(again.entryCount, done, "entries of the store")
    var sample = Sample(
      operations: done, seconds: ours, processor: Clock.processor() - before.1, check: done)
    sample.more = [("times_bare", ours / theirs), ("bare_ms", theirs * 1_000)]
    return sample
  }

  private static func id(_ number: Int) -> String {
    let digits = String(number)
    return "0194a000-7a3b-7c4d-8e5f-" + String(repeating: "0", count: 12 - digits.count) + digits
  }

  // MARK: - Reading

  /// A session on a store of so many events, each with what a view did with it; made in a first part
  /// of the process, so that what is measured begins with an opening.
  private static func makeStore(_ count: Int, in folder: Folder) throws -> String {
    let path = folder.file("payments.eventicle")
    let app = try Eventicle(domain, store: .open(path))
    for start in stride(from: 0, to: count, by: 1_000) {
      let events = (start..<min(start + 1_000, count)).map(Payments.newEvent)
      try app.eventClient.emit(events, to: "payments")
    }
    try app.shutdown()
    return path
  }

  private static let domain = Domain("bench", views: [Reading.view])

  @Sendable private static func open(_ count: Int) throws -> Sample {
    let folder = try Folder()
    let path = try makeStore(count, in: folder)
    var times: [Double] = []
    let memory = Clock.anonymousBytes()
    var sample = try measure(20) {
      var seen = 0
      for _ in 0..<20 {
        let before = Clock.now()
        let session = try Session(domain, store: .open(path))
        seen = session.head.log.count
        let page = (0..<50).compactMap { session.head.log.event(at: Position(seen / 2 + $0)) }
        times.append(Clock.now() - before)
        try prove(page.count, 50, "events of a page")
      }
      return seen
    }
    try prove(sample.check, count, "events in the store")
    sample.more = Percentiles(times).figures
    sample.more.append(("bytes_per_event", Double(Clock.anonymousBytes() - memory) / Double(count)))
    return sample
  }

  @Sendable private static func page(_ count: Int) throws -> Sample {
    let folder = try Folder()
    let session = try Session(domain, store: .open(makeStore(count, in: folder)))
    var (dice, times): (Dice, [Double]) = (Dice(5), [])
    var sample = try measure(1_000) {
      var sum = 0
      for _ in 0..<1_000 {
        let first = dice.next(below: count - 50) + 1
        let before = Clock.now()
        for place in first..<(first + 50) {
          sum += session.head.log.event(at: Position(place))?.data["amount"].integer ?? 0
        }
        times.append(Clock.now() - before)
      }
      return sum
    }
    guard sample.check >= 50_000 else { throw WrongContent(description: "Events are missing.") }
    sample.more = Percentiles(times).figures
    return sample
  }

  /// Events by their ids, anywhere in the log.
  @Sendable private static func find(_ count: Int) throws -> Sample {
    let folder = try Folder()
    let path = try makeStore(count, in: folder)
    var (dice, times): (Dice, [Double]) = (Dice(7), [])
    let known = try Session(domain, store: .open(path, .read)).head.log
    let targets = (0..<1_000).map { _ in dice.next(below: count) + 1 }
    let ids = targets.compactMap { known.event(at: Position($0))?.id }
    try prove(ids.count, targets.count, "events that are looked for")
    // Opened anew, so that nothing of them is held.
    let session = try Session(domain, store: .open(path))
    var sample = try measure(1_000) {
      var wrong = 0
      for (target, id) in zip(targets, ids) {
        let before = Clock.now()
        let found = session.head.log.position(of: id)
        times.append(Clock.now() - before)
        if found != Position(target) { wrong += 1 }
      }
      return wrong
    }
    try prove(sample.check, 0, "ids that were found elsewhere")
    sample.more = Percentiles(times).figures
    return sample
  }

  /// Fifty rows of the view as of any event.
  @Sendable private static func jump(_ count: Int) throws -> Sample {
    let folder = try Folder()
    let session = try Session(domain, store: .open(makeStore(count, in: folder)))
    let timeline = session.moment.timeline
    var (dice, times): (Dice, [Double]) = (Dice(11), [])
    var sample = try measure(1_000) {
      var wrong = 0
      for _ in 0..<1_000 {
        let target = dice.next(below: count) + 1
        let before = Clock.now()
        let world = timeline.world(at: timeline.cursor(after: Position(target)))
        var rows = 0
        for customer in 0..<50 {
          rows += world.record("Customers", "payment-\(customer)")?.content["count"].integer ?? 0
        }
        times.append(Clock.now() - before)
        if world.log.count < target || rows > world.log.count { wrong += 1 }
      }
      return wrong
    }
    try prove(sample.check, 0, "moments that lack an event or have rows of later ones")
    sample.more = Percentiles(times).figures
    return sample
  }
}

/// A folder for the files of one run, beside the program; gone with the run.
private final class Folder {
  private let path: String

  init() throws {
    var template = Array("eventicle-bench-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else {
      throw WrongContent(
        description: "No folder can be made here: \(String(cString: strerror(errno))).")
    }
    path = String(cString: made)
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  deinit {
    guard let folder = opendir(path) else { return }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { unlink(file(name)) }
    }
    closedir(folder)
    rmdir(path)
  }
}
