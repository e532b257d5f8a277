import EventicleSamples
import Foundation
import TestSupport

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

/// A small store, and files that are like it but for some damage.
final class DamagedStore {
  /// What became of damage.
  enum Verdict: Sendable {
    /// Opening, reading or verifying says so.
    case found
    /// Everything that is read is the same.
    case unused
    /// Something else is read, and nobody says so.
    case silent
  }

  /// How often there was each verdict.
  struct Counts: CustomStringConvertible {
    private(set) var found = 0
    private(set) var unused = 0
    private(set) var silent = 0

    var total: Int { found + unused + silent }

    mutating func add(_ verdict: Verdict) {
      switch verdict {
      case .found: found += 1
      case .unused: unused += 1
      case .silent: silent += 1
      }
    }

    var description: String { "\(found) found, \(unused) without effect, \(silent) silent" }
  }

  /// The bytes of the store.
  let whole: [UInt8]
  private let folder: TemporaryFolder
  private var wanted: [String] = []

  /// Makes a store with pages of a size, which are smaller than those of others, so that there is less
  /// that is empty.
  init(pageSize: Int) throws {
    folder = try TemporaryFolder()
    let store = try Store.open(folder.file("large"))
    var session = try Session(.shop, store: store)
    for number in 1...12 {
      for line in ["do PlaceOrder customer=c-\(number) total:=5", "clock +30s", "do Nonsense"] {
        _ = session.run(line)
      }
    }
    store.close()
    let database = try Database(folder.file("large"), .write)
    try database.run("PRAGMA page_size=\(pageSize); VACUUM INTO '\(folder.file("small"))'")
    database.close()
    whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.file("small"))))
    wanted = try text(of: folder.file("small"))
  }

  /// What becomes of damage.
  ///
  /// - Parameter isTrusting: Whether what is read is not compared with what else is known.
  func judge(_ bytes: [UInt8], isTrusting: Bool = false) throws -> Verdict {
    let path = folder.file("damaged")
    for ending in ["-wal", "-shm", "-journal"] { unlink(path + ending) }
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    if isTrusting { return try events(path) == events(folder.file("small")) ? .unused : .silent }
    guard let found = try? text(of: path) else { return .found }
    if found == wanted { return .unused }
    return (try? Store.verify(path)) == [] ? .silent : .found
  }

  /// The data of events, by SQL alone.
  private func events(_ path: String) throws -> [String] {
    let database = try Database(path, .read)
    defer { database.close() }
    return try rows("SELECT data FROM event", database)
  }

  /// All that the program reads of a store, line by line.
  private func text(of path: String) throws -> [String] {
    let journal = try SQLiteJournal.open(SQLiteJournal.Opening(path: path), .read)
    defer { journal.close() }
    var text = ["\(journal.lines) \(journal.domain ?? "")"]
    text.append("\(CoreCodec.encodeAlone(journal.start.core(after: JournalIndex(0))))")
    journal.forEachStep(after: JournalIndex(0), upTo: journal.last) { step in
      text.append("\(StepCodec.encodeAlone(step))")
      return true
    }
    if let core = journal.core(atOrBefore: journal.last) {
      text.append("\(CoreCodec.encodeAlone(core))")
    }
    if let fault = journal.fault { throw fault }
    for table in DerivedTables.all {
      text += try rows("SELECT * FROM \(table.name)", journal.database)
      for index in table.indexes {
        let name = "\(table.name)_\(index.filter { $0.isLetter })"
        text += try rows(
          "SELECT \(index) FROM main.\(table.name) INDEXED BY \(name) ORDER BY \(index)",
          journal.database)
      }
    }
    return text
  }

  private func rows(_ query: String, _ database: Database) throws -> [String] {
    let rows = try Statement(query, database)
    defer { rows.finish() }
    var text: [String] = []
    while try rows.next() {
      text.append((0..<20).map { rows.text($0) ?? "" }.joined(separator: "|"))
    }
    return text
  }
}
