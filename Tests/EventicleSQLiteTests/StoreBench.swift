import EventicleSamples
import TestSupport

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

/// Stores in files of a folder that is removed with the last reference to it.
final class StoreBench: Sendable {
  let folder: TemporaryFolder
  /// Whether caches hold one value and tables are derived every few entries.
  private let isTight: Bool

  init(isTight: Bool = false) throws {
    folder = try TemporaryFolder()
    self.isTight = isTight
  }

  /// The path of a store by its name.
  func path(_ name: String) -> String { folder.file("\(name).eventicle") }

  /// Opens the journal of a store.
  func journal(
    _ name: String = "shop", _ access: Store.Access = .write, vfs: String? = nil
  ) throws -> SQLiteJournal {
    var opening = SQLiteJournal.Opening(path: path(name), vfs: vfs, now: 1)
    if isTight { opening.deriveInterval = 8 }
    if isTight { (opening.pages, opening.changes, opening.steps) = (1, 1, 1) }
    return try SQLiteJournal.open(opening, access)
  }

  /// A session of the shop that follows a store, and the journal that it reads.
  func follower(
    _ name: String = "shop"
  ) throws -> (session: Session, journal: SQLiteJournal) {
    let journal = try journal(name, .readWhole)
    return (try Session(.shop, store: Store(journal)), journal)
  }

  /// Makes a store whose history begins with a world.
  func made(
    _ name: String, _ world: World, of domain: String = "shop"
  ) throws -> SQLiteJournal {
    let journal = try journal(name)
    if let fault = journal.begin(world, of: domain) { throw fault }
    return journal
  }

  /// What a store's files are at this moment, as another store: what is there after the program
  /// ended without a word.
  func copy(_ name: String, as other: String) throws {
    for ending in ["", "-wal"] {
      let bytes = try bytes(path(name) + ending)
      try write(bytes, path(other) + ending)
    }
  }
}

extension Session {
  /// Takes all news of a store that is followed.
  mutating func catchUp() {
    while rest().next == Interval(milliseconds: 0) {}
  }
}

/// Command lines of the shop, drawn by chance: they succeed, are refused, fail and repeat.
struct RandomTape {
  private var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func line() -> String {
    let number = random.number(1...4)
    return switch random.below(14) {
    case 0, 1, 2: "do PlaceOrder customer=c-\(number) total:=\(random.number(1...90))"
    case 3: "do DeclinePayment paymentId=pay-\(number)"
    case 4, 5: "do CapturePayment paymentId=pay-\(number)"
    case 6: "do DispatchShipment shipmentId=ship-\(number) carrier=DHL"
    case 7: "do DeliverShipment shipmentId=ship-\(number)"
    case 8: "clock +\(random.number(1...40))s"
    case 9: "clock +\(number)d"
    case 10: "emit notes Noted n-\(number) text=\"é \(number)\""
    case 11: "do Nonsense a=\(number)"
    case 12: random.chance(oneIn: 2) ? "group pause OrderBoard" : "group resume OrderBoard"
    default: "do PlaceOrder customer=c-\(number) total:=-1"
    }
  }

  mutating func lines(_ count: Int) -> [String] { (0..<count).map { _ in line() } }
}

extension SeededRandom {
  mutating func chance(oneIn odds: Int) -> Bool { below(odds) == 0 }
}

extension Session {
  /// A session of the shop that has run random lines.
  static func random(seed: UInt64, count: Int) throws -> Session {
    var session = try Session(.shop, seed: seed)
    var tape = RandomTape(seed: seed)
    for line in tape.lines(count) { _ = session.run(line) }
    return session
  }

  /// All that the session shows, as text.
  var contents: String {
    var lines = ["\(head.clock) \(head.queue.count)"]
    for verb in ["journal", "events", "streams", "aggs", "sagas", "views", "timers", "groups"] {
      var session = self
      lines.append("\(session.run(verb).output ?? .null)")
    }
    return lines.joined(separator: "\n")
  }
}
