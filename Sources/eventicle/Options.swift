import ArgumentParser
import EventicleConsole
import EventicleCore
import EventicleSQLite
import EventicleSamples
import EventicleWorkbench

/// The options of every command: the domain, the seed, the start.
struct DomainOptions: ParsableArguments {
  @Option(
    help: "The domain: \(Samples.all.map(\.name).joined(separator: ", ")) (default: shop).")
  var domain: String?

  @Option(help: "Where ids come from; the same seed gives the same ids.")
  var seed: UInt64 = 1

  @Option(help: "The moment at which the session starts, as 2026-01-01T09:00:00Z.")
  var at: String?

  @Option(help: "The store: a file that keeps everything; made when there is none.")
  var store: String?

  @Option(
    help: """
      When what is kept survives a power cut: full, before it is answered; batch, at most 50 ms \
      later.
      """, transform: sync)
  var sync = Store.Sync.full

  @Sendable private static func sync(_ word: String) throws -> Store.Sync {
    if let known = Store.Sync(rawValue: word) { return known }
    throw ValidationError("--sync takes full or batch, but it is \"\(word)\".")
  }

  @Flag(help: "Only look at the store, whoever writes to it; nothing is written.")
  var readOnly = false

  func validate() throws {
    guard readOnly, store == nil else { return }
    throw ValidationError("--read-only looks at a store; name one with --store FILE.")
  }

  /// The domain named by the options.
  func chosenDomain(_ kept: String? = nil) throws -> Domain {
    let domain = domain ?? kept ?? "shop"
    if let found = Samples.named(domain) { return found }
    let known = Samples.all.map(\.name).joined(separator: ", ")
    throw Failure("There is no domain \"\(domain)\"; there are \(known).", .usage)
  }

  /// The start of the clock, if given.
  func start() throws -> Instant? {
    guard let at else { return nil }
    guard let instant = Instant(parsing: at) else {
      throw Failure(
        "--at takes a moment such as 2026-01-01T09:00:00Z, but it is \"\(at)\".", .usage)
    }
    return instant
  }

  /// A session of the domain, for a run without a screen.
  func session() throws -> Session {
    let start = try start() ?? .standardStart
    guard let path = store else {
      return try Session(chosenDomain(), startingAt: start, seed: seed)
    }
    do {
      let store = try readOnly ? Store.open(path, .readWhole) : Store.open(path, sync: sync)
      return try Session(
        chosenDomain(store.domain), startingAt: start, seed: seed, store: store)
    } catch let error as StoreError {
      throw Failure(sentence(of: error, with: path), .store)
    }
  }

  /// Ends the work with the store of a session.
  func leave(_ session: inout Session) throws(Failure) {
    guard let failure = session.leaveStore() else { return }
    throw Failure("\(store.map { "\($0): " } ?? "")\(failure)", .store)
  }

  /// The domain of the store that is named, if it has one, else the one that is named.
  func domainOfStore() throws -> Domain { try chosenDomain(try keptDomain()) }

  /// The name of the domain whose history the store has; `nil` when there is none.
  func keptDomain() throws -> String? {
    guard let path = store, Files.identity(of: path) != nil else { return nil }
    do {
      let known = try Store.open(path, .readWhole)
      defer { known.close() }
      return known.domain
    } catch {
      throw Failure(sentence(of: error, with: path), .store)
    }
  }
}

/// The options for the look of the screen.
struct LookOptions: ParsableArguments {
  @Option(help: "A theme by name, or the path of its file.")
  var theme: String?

  @Option(help: "A folder to look for themes in first.")
  var themeDir: String?
}

/// The console's options made from the command line's.
func consoleOptions(_ domain: DomainOptions, _ look: LookOptions) throws -> ConsoleOptions {
  var options = ConsoleOptions(
    seed: domain.seed, start: try domain.start(), theme: look.theme, themeFolder: look.themeDir,
    domains: Samples.all)
  options.store = domain.store
  options.isReadOnly = domain.readOnly
  options.stores = .files(sync: domain.sync)
  return options
}

extension StoreOpener {
  /// Opens stores in files.
  static func files(sync: Store.Sync = .full) -> StoreOpener {
    StoreOpener {
      try Store.open($0, sync: sync)
    } look: {
      try Store.open($0, .readWhole)
    } backup: { path, copy in
      let store = try Store.open(path, .read)
      defer { store.close() }
      try store.backup(to: copy)
      return store.entryCount
    }
  }
}
