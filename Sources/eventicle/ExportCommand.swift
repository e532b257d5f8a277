import ArgumentParser
import EventicleConsole
import EventicleCore
import EventicleSQLite
import EventicleWorkbench

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `eventicle export`: writes the events of a store.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the events of a store, one JSON object a line, as import takes them.")

  @Argument(help: "The file, packed with gzip when its name ends with .gz; standard output for -.")
  var file = "-"

  @Option(help: "The store; it may be in use.")
  var store: String

  @Flag(help: "Replace a file that is there.")
  var force = false

  func run() throws {
    let store: Store
    do throws(StoreError) { store = try Store.open(self.store, .read) } catch {
      throw Failure(sentence(of: error, with: self.store), .store)
    }
    defer { store.close() }
    let log = store.events
    if let fault = store.file.fault {
      throw Failure(sentence(of: fault, with: self.store), .store)
    }
    let count = log?.count ?? 0
    let interruption = Interruption()
    let progress = ProgressLine()
    func hears(_ events: Int) -> Bool {
      progress.show(WorkProgress("exporting events", done: events, of: count))
      return !interruption.isAsked
    }
    do throws(FileProblem) {
      if file == "-" {
        guard let log else { return }
        let written = try EventFile.forEachBlock(of: log) { block, events throws(FileProblem) in
          Output.bytes(isatty(1) == 1 ? Self.escaped(block) : block)
          return try goesOn(hears(events), store)
        }
        try expectAll(log, written, store)
      } else {
        try write(log, store, hears)
      }
    } catch {
      progress.clear()
      throw Failure(error.text, interruption.isAsked ? .ended : .store)
    }
    progress.clear()
    if file != "-" {
      Output.text("\(file) has \(count) \(count == 1 ? "event" : "events").")
    }
  }

  /// The same JSON without bytes that a terminal takes for commands, of which JSON leaves DEL and the
  /// controls behind ASCII as they are.
  private static func escaped(_ block: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(block.count)
    var place = 0
    while place < block.count {
      let next = place + 1 < block.count ? block[place + 1] : 0
      if block[place] == 0x7F {
        bytes += Array("\\u007f".utf8)
      } else if block[place] == 0xC2, (0x80..<0xA0).contains(next) {
        bytes += Array("\\u00\(String(next, radix: 16))".utf8)
        place += 1
      } else {
        bytes.append(block[place])
      }
      place += 1
    }
    return bytes
  }

  /// Writes a file, which is there when all of it is.
  private func write(
    _ log: EventLog?, _ store: Store, _ hears: (Int) -> Bool
  ) throws(FileProblem) {
    if StoreOpener.isBesideStore(file) || Files.isSame(file, self.store) {
      throw FileProblem("\(file) is a file of a store; name another file for its events.")
    }
    if !force, Files.isThere(file) {
      throw FileProblem("\(file) is there already; --force replaces it.")
    }
    let gzip = GzipWriter.isMeant(by: file) ? try GzipWriter() : nil
    try Files.write(to: file, throughLinks: force) { send throws(FileProblem) in
      if let log {
        let written = try EventFile.forEachBlock(of: log) { block, events throws(FileProblem) in
          try send(gzip?.add(block[...]) ?? block)
          return try goesOn(hears(events), store)
        }
        try expectAll(log, written, store)
      }
      if let gzip { try send(gzip.finish()) }
    }
  }

  /// Makes sure that no event is missing: what is not whole is no export.
  private func expectAll(
    _ log: EventLog, _ written: Int, _ store: Store
  ) throws(FileProblem) {
    guard written < log.count else { return }
    let reason = store.file.fault.map { sentence(of: $0, with: self.store) }
    throw FileProblem(
      "\(reason ?? "\(self.store) cannot be read to its end.") The export ends before event "
        + "#\(written + 1); eventicle repair saves what is whole.")
  }

  /// Whether to go on, which is `true`, because what ends early is no export.
  private func goesOn(_ goesOn: Bool, _ store: Store) throws(FileProblem) -> Bool {
    if let fault = store.file.fault {
      throw FileProblem(sentence(of: fault, with: self.store))
    }
    guard goesOn else { throw FileProblem("The export was ended; it is not whole.") }
    return true
  }
}

extension Store {
  /// All events that it has, read from it as they are asked for; `nil` while it is new.
  fileprivate var events: EventLog? {
    guard !isNew else { return nil }
    var (world, entry) = file.newestWorld()
    file.replay(after: entry, on: &world) { _, _ in }
    return world.log
  }
}
