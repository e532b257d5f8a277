import ArgumentParser
import EventicleConsole
import EventicleCore
import EventicleHost
import EventicleNode
import EventicleSQLite
import EventicleSamples
import EventicleWorkbench
import Foundation

/// The options of every command: the domain, the seed, the start.
struct DomainOptions: ParsableArguments {
  @Option(
    help: """
      The domain: \(Samples.all.map(\.name).joined(separator: ", ")), a file in JavaScript or \
      TypeScript, or the folder of its package; inferred is told by the events that are taken in \
      (default: inferred with events from elsewhere, else shop).
      """)
  var domain: String?

  @OptionGroup var node: NodeArguments

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
  @Flag(help: "Go on with a store that has the history of another domain, for the one of --domain.")
  var adopt = false

  @Flag(help: "Make the tables in which a store finds things again from its history, unasked.")
  var repairDerived = false

  func validate() throws {
    guard readOnly, store == nil else { return }
    throw ValidationError("--read-only looks at a store; name one with --store FILE.")
  }

  /// The domain named by the options.
  ///
  /// One in JavaScript is started when somebody begins to run it.
  ///
  /// - Parameters:
  ///   - isWatched: Whether it is loaded again when one of its files is saved.
  ///   - areThere: Whether there are events from elsewhere, which tell a domain that nobody names.
  func chosenDomain(
    _ kept: String? = nil, watched isWatched: Bool = false, events areThere: Bool = false
  ) throws -> Domain {
    try DomainOptions.named(
      domain ?? kept ?? ConfigReport.domain(environment: ProcessInfo.processInfo.environment)
        ?? (areThere ? Domain.inferred.name : "shop"), node, watched: isWatched)
  }

  /// The domain, ready to run.
  private func readyDomain(_ kept: String? = nil, events areThere: Bool = false) throws -> Domain {
    try DomainOptions.ready(try chosenDomain(kept, events: areThere))
  }

  /// A domain as its program declares it once that has loaded it.
  static func ready(_ domain: Domain) throws -> Domain {
    guard let program = domain.domainProgram else { return domain }
    do { return try program.open() } catch {
      for case .log(let line) in program.take() { Output.log(line) }
      throw Failure("\(error)", .usage)
    }
  }

  /// The sample domain with a name, or the one in JavaScript under a path.
  static func named(
    _ domain: String, _ node: NodeArguments, watched isWatched: Bool = false
  ) throws -> Domain {
    if let found = Samples.named(domain) { return found }
    if domain == Domain.inferred.name { return .inferred }
    if NodeHost.isDomain(domain) {
      do { return try NodeHost(domain, try node.options(watched: isWatched)).domain } catch let
        error as NodeError
      {
        throw Failure(error.description, .usage)
      }
    }
    let known = Samples.all.map(\.name).joined(separator: ", ")
    throw Failure(
      "There is no domain \"\(domain)\"; there are \(known), and those in JavaScript, which are "
        + "named by a path: --domain ./domain.js.", .usage)
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
  ///
  /// - Parameter areThere: Whether there are events from elsewhere.
  func session(events areThere: Bool = false) throws -> Session {
    let start = try start() ?? .standardStart
    try prepareStore()
    guard let path = store else {
      return try Session(readyDomain(events: areThere), startingAt: start, seed: seed)
    }
    do {
      let store = try readOnly ? stores.look(path) : stores.open(path)
      let session = try Session(
        readyDomain(store.domain, events: areThere), startingAt: start, seed: seed, store: store)
      if let remark = session.storeRemark { Output.complain(remark) }
      return session
    } catch let error as StoreError {
      throw Failure(sentence(of: error, with: path), .store)
    }
  }

  /// Works with a session, and ends the work with its store, however the work ends.
  ///
  /// - Parameter areThere: Whether there are events from elsewhere.
  func withSession(
    events areThere: Bool = false, _ body: (inout Session) throws -> Void
  ) throws {
    var session = try session(events: areThere)
    // A line of a tape may have gone on with another one.
    defer { session.domain.domainProgram?.close() }
    session.hearProgram()
    let outcome = Result { try body(&session) }
    session.hearProgram()
    try leave(&session)
    try outcome.get()
  }

  /// Ends the work with the store of a session.
  private func leave(_ session: inout Session) throws(Failure) {
    guard let failure = session.leaveStore() else { return }
    throw Failure("\(store.map { "\($0): " } ?? "")\(failure)", .store)
  }

  /// The domain of the store that is named, if it has one, else the one that is named.
  ///
  /// One in JavaScript is started later, because nothing may come before the supervisor.
  func domainOfStore(
    watched isWatched: Bool = false, events areThere: Bool = false
  ) throws -> Domain {
    let kept = try prepareStore()?.domain ?? keptDomain()
    return try chosenDomain(kept, watched: isWatched, events: areThere)
  }

  /// Opens stores as the options say.
  var stores: StoreOpener {
    .files(beginningWith: store, remakingTables: repairDerived, sync: sync)
  }

  /// Makes the store that is named one that can be opened, after asking where that is needed.
  ///
  /// - Returns: What is known of it, if it stays as it is.
  @discardableResult
  private func prepareStore() throws -> Store.Outline? {
    guard let path = store else {
      guard !adopt, !repairDerived else {
        throw Failure(
          "--adopt and --repair-derived are about a store; name it with --store.", .usage)
      }
      return nil
    }
    let outline = Store.outline(of: path)
    let damage = outline == nil ? Store.tableDamage(in: path) : outline?.tableDamage
    if !repairDerived, let damage {
      guard Input.confirms("\(path): \(damage) Make them again now?") else {
        throw Failure("\(path): \(damage)", .store)
      }
      try storing(path) {
        try Store.openRemakingTables(path, progress: ProgressLine("making tables again").tell)
          .close()
      }
    }
    guard adopt else { return outline }
    guard domain != nil else {
      throw Failure("--adopt needs --domain, the domain with which the store goes on.", .usage)
    }
    let chosen = try readyDomain()
    chosen.domainProgram?.close()
    guard let known = try keptDomain(), known != chosen.name else { return outline }
    try storing(path) {
      let store = try stores.open(path)
      defer { store.close() }
      try store.adopt(chosen.name)
    }
    return nil
  }

  /// The name of the domain whose history the store has; `nil` when there is none.
  func keptDomain() throws -> String? {
    guard let path = store, Files.identity(of: path) != nil else { return nil }
    do {
      return try Store.domain(in: path)
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
  options.stores = domain.stores
  options.attacher = SystemFinder.attacher
  return options
}

extension StoreOpener {
  /// Opens stores in files.
  ///
  /// - Parameters:
  ///   - first: The path of the one that is opened before there is a screen, so that what takes long
  ///     can be told.
  ///   - remakes: Whether the tables in which that one finds things are made again.
  ///   - sync: When what is kept survives a power cut.
  static func files(
    beginningWith first: String? = nil, remakingTables remakes: Bool = false,
    sync: Store.Sync = .full
  ) -> StoreOpener {
    StoreOpener { path in
      guard path == first else { return try Store.open(path, sync: sync) }
      let line = ProgressLine("making tables again")
      return remakes
        ? try Store.openRemakingTables(path, sync: sync, progress: line.tell)
        : try Store.open(path, sync: sync, progress: line.tell)
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
