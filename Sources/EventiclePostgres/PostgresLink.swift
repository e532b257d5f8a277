internal import CPostgres
package import EventicleCore

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A connection that makes itself anew when it is lost; a state machine that never waits.
///
/// Somebody else polls: ``descriptors`` and ``deadline`` say for what, and ``advance(_:now:)`` goes on
/// and tells what came of it. Statements are carried out one after the other.
package final class PostgresLink {
  enum Phase {
    /// Not begun, or closed for good.
    case idle
    /// Connecting; until then.
    case connecting(until: Instant, cpg_step)
    /// Connected; the session is being looked at.
    case checking
    case open
    /// Lost, or never reached; to be tried again then.
    case waiting(until: Instant)
    /// Given up.
    case refused
  }

  /// A statement that was given a number.
  struct Job {
    let number: Int
    let statement: PostgresStatement
  }

  /// What the connection is told when it begins.
  package let settings: PostgresSettings
  let table: PostgresErrorTable
  var phase = Phase.idle
  var link: OpaquePointer?
  var waiting: [Job] = []
  /// The statement that the server works on, and until when its answer must come.
  var running: (job: Job, until: Instant)?
  var mustFlush = false
  /// Whether the server said that the session is as it was asked for.
  var isAsAsked = false
  /// The last failure of the running statement, told when the server is done with it.
  var failure: PostgresError?
  /// What the server said last of its own accord, which is why it ended a connection.
  var lastRemark: String?
  private var lastNumber = 0
  private var attempts = 0
  private let seed: UInt64
  private let home: String?

  /// A connection that is not begun yet.
  ///
  /// - Parameters:
  ///   - home: The user's home, where trusted certificates may be.
  ///   - seed: Chooses the jitter of the waits between attempts.
  package init(
    _ settings: PostgresSettings, home: String? = nil,
    seed: UInt64 = UInt64.random(in: 0...UInt64.max)
  ) {
    self.settings = settings
    self.home = home
    self.seed = seed
    table = PostgresErrorTable(address: settings.address, redaction: settings.redaction)
  }

  deinit { if let link { cpg_close(link) } }

  // MARK: - What somebody polls for

  /// The descriptors to poll; none while it waits for a moment.
  package var descriptors: [PollDescriptor] {
    guard let link, case let socket = cpg_socket(link), socket >= 0 else { return [] }
    switch phase {
    case .idle, .waiting, .refused: return []
    case .connecting(_, let step):
      let reads = step == CPG_STEP_READING
      return [PollDescriptor(socket, reads: reads, writes: !reads)]
    case .checking, .open: return [PollDescriptor(socket, reads: true, writes: mustFlush)]
    }
  }

  /// The moment at which to go on whatever the descriptors say.
  package var deadline: Instant? {
    switch phase {
    case .idle, .refused: nil
    case .connecting(let until, _): until
    case .checking, .open: running?.until
    case .waiting(let until): until
    }
  }

  /// Whether statements are carried out now.
  package var isOpen: Bool { if case .open = phase { true } else { false } }

  /// Whether the connection is encrypted.
  package var isEncrypted: Bool { link.map { isOpen && cpg_is_encrypted($0) != 0 } ?? false }

  /// Whether nothing is being carried out or waits to be.
  package var isIdle: Bool { running == nil && waiting.isEmpty }

  // MARK: - What it is told

  /// Begins to connect, at once.
  package func begin(now: Instant) -> [PostgresNotice] {
    do throws(PostgresError) {
      try PostgresLibrary.load()
    } catch {
      phase = .refused
      return [.refused(error)]
    }
    return connect(now: now)
  }

  /// Takes a statement, which is carried out behind those before it.
  ///
  /// - Returns: The number under which its notices come.
  @discardableResult
  package func send(_ statement: PostgresStatement) -> Int {
    lastNumber += 1
    waiting.append(Job(number: lastNumber, statement: statement))
    return lastNumber
  }

  /// Forgets statements that the server has not got yet.
  package func forgetWaiting() { waiting = [] }

  /// Closes the connection for good.
  package func close() {
    drop()
    waiting = []
    phase = .idle
  }

  // MARK: - Going on

  /// Goes on.
  ///
  /// - Parameters:
  ///   - ready: The descriptors that are ready for what they were polled for.
  ///   - now: The moment on any clock that never goes back.
  package func advance(_ ready: [Int32], now: Instant) -> [PostgresNotice] {
    switch phase {
    case .idle, .refused: return []
    case .waiting(let until): return now >= until ? connect(now: now) : []
    case .connecting(let until, _):
      if let link, ready.contains(cpg_socket(link)) { return goOn(now: now) }
      guard now >= until else { return [] }
      return lose(
        PostgresError(
          .unreachable,
          "\(settings.address) did not answer within \(PostgresSettings.connectLimit)."), now: now)
    case .checking, .open: return work(ready, now: now)
    }
  }

  private func connect(now: Instant) -> [PostgresNotice] {
    drop()
    let parameters = settings.parameters(home: home)
    var names = parameters.map { strdup($0.name) } + [nil]
    var values = parameters.map { strdup($0.value) } + [nil]
    defer { for text in names + values { free(text) } }
    let count = names.count
    link = names.withUnsafeMutableBufferPointer { names in
      values.withUnsafeMutableBufferPointer { values in
        guard let names = names.baseAddress, let values = values.baseAddress else { return nil }
        return names.withMemoryRebound(to: UnsafePointer<CChar>?.self, capacity: count) { names in
          values.withMemoryRebound(to: UnsafePointer<CChar>?.self, capacity: count) { values in
            cpg_start(names, values)
          }
        }
      }
    }
    guard let link, !isLost else {
      let text = self.link.map { String(cString: cpg_message($0)) } ?? "there is no memory"
      return lose(table.error(connecting: text, lacksPassword: false), now: now)
    }
    guard cpg_socket(link) >= 0 else {
      return lose(table.error(connecting: "there is no socket", lacksPassword: false), now: now)
    }
    phase = .connecting(until: now + PostgresSettings.connectLimit, CPG_STEP_WRITING)
    return []
  }

  var isLost: Bool { link.map { cpg_is_lost($0) != 0 } ?? true }

  private func goOn(now: Instant) -> [PostgresNotice] {
    guard let link, case .connecting(let until, _) = phase else { return [] }
    let step = cpg_go_on(link)
    switch step {
    case CPG_STEP_READING, CPG_STEP_WRITING:
      phase = .connecting(until: until, step)
      return []
    case CPG_STEP_DONE:
      phase = .checking
      return beginCheck(now: now)
    default:
      let error = table.error(
        connecting: String(cString: cpg_message(link)),
        lacksPassword: cpg_lacks_password(link) != 0)
      return lose(error, now: now)
    }
  }

  /// The connection is as it should be.
  func didOpen() -> [PostgresNotice] {
    attempts = 0
    phase = .open
    guard let link else { return [] }
    return [
      .connected(
        version: Int(cpg_server_version(link)), process: Int(cpg_process(link)))
    ]
  }

  /// Gives the connection up, for now or for good.
  func lose(_ error: PostgresError, now: Instant) -> [PostgresNotice] {
    drop()
    waiting = []
    guard error.isPassing else {
      phase = .refused
      return [.refused(error)]
    }
    attempts += 1
    let wait = Backoff.reconnecting.wait(before: attempts, seed: seed)
    phase = .waiting(until: now + wait)
    return [.lost(error, again: wait)]
  }

  private func drop() {
    if let link { cpg_close(link) }
    link = nil
    running = nil
    failure = nil
    lastRemark = nil
    mustFlush = false
  }
}
