import Foundation
import Synchronization

/// A Redis server of Debian on a free port of this machine, which ends with the test that started it.
public final class RedisServer: Sendable {
  /// Whether tests can count on a server; where one must be there, a missing one fails them.
  public static var isThere: Bool {
    TestEnvironment.requiresBackends || executable != nil
  }

  /// What a test says that is passed over.
  public static let absence: String =
    "redis-server is not installed, so what needs one is not tested; make install-deps installs it"

  private static let executable: String? =
    ["/usr/bin/redis-server", "/usr/local/bin/redis-server"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// The port on 127.0.0.1.
  public let port: Int
  private let folder: TemporaryFolder
  private let options: [String]
  private let running = Mutex<Running?>(nil)

  private struct Running: Sendable {
    let process: Int32
    let log: ServerLog
    let ended: DispatchSemaphore
  }

  /// Why a server did not start, with what it wrote.
  public struct StartError: Error, CustomStringConvertible {
    /// The reason, and all that the server wrote.
    public let description: String
  }

  /// Starts a server that keeps its data in a folder of its own.
  public init(_ options: [String] = []) throws {
    port = try FreePort.any()
    self.options = options
    folder = try TemporaryFolder()
    // The server is somebody else when the tests run as root.
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
    try start()
  }

  deinit { stop() }

  /// Starts it again on the same port and data, after it was stopped.
  public func start() throws {
    guard let executable = Self.executable else { throw StartError(description: Self.absence) }
    let log = ServerLog()
    let ended = DispatchSemaphore(value: 0)
    let begun = DispatchSemaphore(value: 0)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
    let other = geteuid() == 0 ? ["--reuid=65534", "--regid=65534", "--clear-groups"] : []
    process.arguments =
      other + [
        "--pdeathsig=KILL", executable, "--bind", "127.0.0.1", "--port", "\(port)", "--dir",
        folder.path, "--save", "", "--appendonly", "yes", "--logfile", "",
      ] + options
    process.environment = [:]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = log.pipe
    process.standardError = log.pipe
    // The server gets its signal when the thread ends that started it, so that one waits for it.
    let thread = Thread {
      do {
        try process.run()
        begun.signal()
        process.waitUntilExit()
      } catch {
        log.add("\(error)")
        begun.signal()
      }
      log.end()
      ended.signal()
    }
    thread.start()
    begun.wait()
    guard log.wait(for: "eady to accept connections") else {
      throw StartError(description: "redis-server did not start:\n\(log.text)")
    }
    let id = process.processIdentifier
    running.withLock { $0 = Running(process: id, log: log, ended: ended) }
  }

  /// Ends it at once, as a crash does, and waits until it is gone; what it has is kept.
  ///
  /// No other signal reaches it for sure, because the threads of a test process block them.
  public func stop() {
    guard
      let running = running.withLock({ running in
        defer { running = nil }
        return running
      })
    else { return }
    _ = Glibc.kill(running.process, SIGKILL)
    running.ended.wait()
  }

  /// What it wrote so far.
  public var log: String { running.withLock { $0?.log.text ?? "" } }

  /// A client of it.
  public func client() throws -> RedisClient { try RedisClient(port: port) }
}

/// What a server writes, with a wait for a certain text.
final class ServerLog: Sendable {
  let pipe = Pipe()
  private let content = Mutex((text: "", isOver: false))
  private let news = DispatchSemaphore(value: 0)

  init() {
    pipe.fileHandleForReading.readabilityHandler = { [self] handle in
      let data = handle.availableData
      guard !data.isEmpty else {
        handle.readabilityHandler = nil
        return end()
      }
      add(String(decoding: data, as: UTF8.self))
    }
  }

  var text: String { content.withLock { $0.text } }

  func add(_ text: String) {
    content.withLock { $0.text += text }
    news.signal()
  }

  func end() {
    content.withLock { $0.isOver = true }
    news.signal()
  }

  /// Waits until a text was written; `false` when it ends or takes too long.
  func wait(for part: String) -> Bool {
    let limit = DispatchTime.now() + 20
    while true {
      let (isThere, isOver) = content.withLock { ($0.text.contains(part), $0.isOver) }
      if isThere { return true }
      guard !isOver, news.wait(timeout: limit) == .success else { return false }
    }
  }
}
