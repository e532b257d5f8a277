import EventicleCore
import EventicleSamples
import EventicleWorkbench
import TestSupport

@testable import EventicleConsole
@testable import EventicleSQLite

/// A store of the shop with so many orders, in a folder of its own.
final class StoredShop {
  let folder: TemporaryFolder
  let path: String

  init(orders: Int) throws {
    folder = try TemporaryFolder()
    path = folder.file("shop.eventicle")
    var session = try Session(.shop, store: .open(path))
    // Many orders a line, so that few commits are synced.
    for first in stride(from: 0, to: orders, by: 50) {
      let lines = (first..<min(first + 50, orders)).map { number in
        "do PlaceOrder customer=c-\(number % 40) total:=\(number % 90 + 5); clock +1s"
      }
      let reply = session.run(lines.joined(separator: "; "))
      if let problem = reply.problem { throw StoreError(problem.message) }
    }
    session.leaveStore()
  }
}

/// A console that was just opened on a store, and what it has read of it.
final class StoredConsole {
  let workbench: PatientWorkbench
  let program: ConsoleProgram
  let journal: SQLiteJournal

  init(_ shop: StoredShop) throws {
    let store = try Store.open(shop.path, .readWhole)
    guard let journal = store.file as? SQLiteJournal else { throw StoreError("no file") }
    self.journal = journal
    let session = try Session(.shop, store: store)
    workbench = PatientWorkbench(session)
    program = ConsoleProgram(
      port: workbench, notice: session.notice(), size: Size(columns: 160, rows: 50),
      effectRunner: SilentEffectRunner())
    _ = program.frame()
  }

  /// How many statements and rows were read since it was opened.
  var cost: (statements: Int, rows: Int) { (journal.database.uses, journal.database.rowsRead) }

  /// How many statements and rows something reads.
  func cost(_ body: () throws -> Void) rethrows -> (statements: Int, rows: Int) {
    let before = cost
    try body()
    return (cost.statements - before.statements, cost.rows - before.rows)
  }

  /// Carries out looks, and what their answers ask for, one after the other.
  ///
  /// - Returns: What each of them read.
  @discardableResult
  func rest() -> [(statements: Int, rows: Int)] {
    var costs: [(statements: Int, rows: Int)] = []
    while true {
      var isOver = false
      let one = cost {
        isOver = !workbench.lookOnce()
        program.collect()
      }
      guard !isOver else { return costs }
      costs.append(one)
    }
  }

  func press(_ notation: String) throws {
    for key in try FramePrinter.keys(notation) { program.send(.key(key)) }
    _ = program.frame()
  }
}
