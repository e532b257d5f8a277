public import EventicleCore
package import EventicleHost

/// The team's own node, which runs a domain written in JavaScript or TypeScript.
///
///     let host = try NodeHost("./dist/domain.js", NodeOptions(environment: environment))
///     var session = try Session(try host.open())
///     …
///     session.perform(host: host)
///
/// Handlers of the domain are closures that ask the child process and wait. What the code wants by
/// itself is taken with ``take()`` between two steps. The child is started again when it ends, and
/// replaced by a new one when a file of the domain is saved.
public final class NodeHost: @unchecked Sendable {  // All is done under one lock.
  /// How often in a row a child may end before it is not started again.
  static let mostDeaths = 3

  let files: NodeFiles
  let options: NodeOptions
  let lock = RecursiveLock()
  let gathering: NodeGathering
  let watching: NodeWatch?

  /// The child that runs handlers; `nil` before the first start.
  var current: NodeChild?
  /// The child that loads what was saved, while the other one goes on.
  var next: NodeChild?
  /// When a file was changed last, and nothing was done about it.
  var changed: Stopwatch?
  /// The arguments of node that load TypeScript, once they have turned out to be needed.
  private var loader: [String] = []
  /// The files as they were when the current child was loaded.
  var stamps = FileStamps([])
  /// Whether the current child has run the team's code to its end.
  var loadedAt: String?
  /// The declarations that the engine knows, by their revision in the current child.
  var adopted: Int?
  /// Whether the domain is adopted next even if it declares the same.
  var adoptsAnew = false
  /// How many children have ended since the last success, and why the last one has.
  var deaths = 0
  var lastDeath: NodeError?
  /// A child for work that is only tried, and how deep the rehearsal is.
  var rehearsing: (child: NodeChild?, depth: Int) = (nil, 0)
  /// The branch whose handlers are called; `nil` for the main history.
  var branch: String?
  var forks = NodeForks()
  /// Whether many requests follow each other.
  var burst = NodeBurst()
  /// What was written by children that are gone.
  var log = NodeLog()
  /// The states that came with what was persisted.
  var persisted = PersistedStates()
  /// What handlers have thrown last, by the key of their declaration.
  var thrown: [String: ScriptError] = [:]
  var watch: (any HandlerWatch)?

  /// Finds the domain and node; nothing is started yet.
  ///
  /// - Parameter path: A file in JavaScript or TypeScript, or the folder of a package.
  /// - Throws: ``NodeError``.
  public init(_ path: String, _ options: NodeOptions) throws(NodeError) {
    files = try NodeFiles(path)
    self.options = options
    gathering = NodeGathering()
    watching = options.watchesFiles ? NodeWatch() : nil
    if let watching { gathering.add(watching.descriptor) }
  }

  deinit { close() }

  /// The name of the domain before its code says another one.
  public var name: String { files.name }

  /// Lets somebody hear how long a handler is waited for, and end the wait.
  package func setWatch(_ watch: (any HandlerWatch)?) { lock.with { self.watch = watch } }

  /// Ends node and what it has started.
  public func close() {
    lock.with {
      for child in [current, next, rehearsing.child] { child?.kill() }
      (current, next, rehearsing.child) = (nil, nil, nil)
      forks.end()
    }
  }

  // MARK: - Starting

  /// Starts node and loads the code.
  ///
  /// - Returns: The domain as it is declared when the code is loaded, or when it first wants
  ///   something of the engine, which is done with ``take()``.
  /// - Throws: ``NodeError``.
  public func open() throws(NodeError) -> Domain {
    try lock.with { () throws(NodeError) in
      let child = try started()
      current = child
      try finishFirst(child)
      adopted = (current ?? child).declarations.revision
      if isLoading { giveUp(child) }
      return domain
    }
  }

  /// Starts node without waiting for it; ``take()`` tells when the code is loaded.
  ///
  /// - Throws: ``NodeError``.
  public func begin() throws(NodeError) {
    try lock.with { () throws(NodeError) in
      guard current == nil else { return }
      let child = try started()
      current = child
      giveUp(child)
    }
  }

  /// Waits until the code is loaded or wants something of the engine.
  ///
  /// - Throws: ``NodeError`` when it cannot be loaded.
  public func waitUntilLoaded() throws(NodeError) {
    try lock.with { () throws(NodeError) in
      if current == nil { current = try started() }
      guard let child = current else { return }
      try finishFirst(child)
    }
  }

  private func finishFirst(_ child: NodeChild) throws(NodeError) {
    do throws(NodeError) { try finishLoading(child) } catch {
      note(death: error, of: current ?? child, isTold: true)
      throw error
    }
    settle(current ?? child)
  }

  /// Whether the code is still being loaded.
  public var isLoading: Bool {
    lock.with {
      if next != nil { return true }
      return switch current?.stage {
      case .starting, .greeted, .loading: current?.failure == nil
      case .loaded, .failed, nil: false
      }
    }
  }

  /// Starts a child.
  func started(verifying: Bool = false) throws(NodeError) -> NodeChild {
    let program = try options.found()
    let shim = try NodeFiles.shim(environment: options.environment)
    var environment = options.environment
    environment["EVENTICLE_VERIFY"] = verifying ? "1" : nil
    var words = options.arguments + ["--enable-source-maps"]
    if options.memory > 0 {
      words.append("--max-old-space-size=\(max(16, options.memory / 4 * 3 / 1_048_576))")
    }
    words += ["--require", "\(shim)/child/preload.cjs"] + loader + ["\(shim)/child/main.cjs"]
    let process = try NodeProcess(
      NodeProcess.Launch(
        program: program, arguments: words,
        environment: environment.map { "\($0.key)=\($0.value)" }.sorted(), folder: files.folder))
    let child = NodeChild(process, in: files.folder, memory: options.memory, server: self)
    for descriptor in child.pipes.readable { gathering.add(descriptor) }
    return child
  }

  /// Goes on with loading until the code is loaded or wants something of the engine.
  func finishLoading(_ child: NodeChild) throws(NodeError) {
    var child = child
    while true {
      child.readAvailable()
      let goesOn = try advance(&child)
      guard goesOn else { return }
      child.pipes.readAvailable(milliseconds: NodeWait.slice)
      if let limit = options.loadDeadline, child.age.milliseconds >= limit.milliseconds,
        child.failure == nil
      {
        child.kill()
        throw lateLoading(limit)
      }
    }
  }

  func lateLoading(_ limit: Interval) -> NodeError {
    .gaveUp(
      during: "loading \(files.name)", after: limit, isLate: true, near: nil, isWaiting: false)
  }

  /// Does what is next while a child is loading.
  ///
  /// - Returns: Whether there is more to wait for.
  /// - Throws: ``NodeError`` when the code cannot be loaded.
  func advance(_ child: inout NodeChild) throws(NodeError) -> Bool {
    if let failure = child.failure { throw failure }
    switch child.stage {
    case .starting: return true
    case .greeted:
      try greet(&child)
      return true
    case .loading: return !child.hasOutsideCalls
    case .loaded: return false
    case .failed(let error): throw .notLoaded(files.entry, error)
    }
  }

  /// Lets a child that has said who it is load the code, or starts another one that can.
  private func greet(_ child: inout NodeChild) throws(NodeError) {
    guard let greeting = child.greeting else { return }
    guard NodeHost.isNewEnough(greeting.version) else {
      child.kill()
      throw .tooOld(version: greeting.version, program: options.program ?? "node")
    }
    if files.isTypeScript, !greeting.stripsTypes, !hasLoader {
      let (isCurrent, isNext) = (child === current, child === next)
      child.kill()
      guard files.canResolve("tsx") else {
        throw .needsLoader(files.entry, version: greeting.version)
      }
      loader = ["--import", "tsx"]
      let other = try started()
      if isCurrent { current = other }
      if isNext { next = other }
      child = other
      giveUp(other)
      return
    }
    do { try child.load(files.entry) } catch {
      throw (error as? NodeError) ?? child.failure ?? .ended
    }
  }

  /// Whether the person has named a loader, or whether tsx has been added.
  private var hasLoader: Bool {
    options.arguments.contains { word in
      ["--import", "--require", "-r", "--loader", "--experimental-loader"].contains {
        word.hasPrefix($0)
      } || word.contains("transform-types") || word.contains("strip-types")
    } || !loader.isEmpty
  }

  static func isNewEnough(_ version: String) -> Bool {
    let parts = version.drop { $0 == "v" }.split(separator: ".").compactMap { Int($0) }
    guard parts.count >= 2 else { return false }
    return parts[0] > 20 || parts[0] == 20 && parts[1] >= 6
      || parts[0] == 19 || parts[0] == 18 && parts[1] >= 19
  }

  /// Notes that a child has become the one that runs handlers.
  func settle(_ child: NodeChild) {
    stamps = FileStamps(child.files)
    watching?.watch(child.files + ["\(files.folder)/package.json"], besides: shimFolder)
    loadedAt = NodeClock.time
  }

  var shimFolder: String {
    (try? NodeFiles.shim(environment: options.environment)) ?? "\u{0}"
  }
}
