import Foundation
import Synchronization

/// The PostgreSQL server of Debian on a free port of this machine, one for all tests of a process.
///
/// It runs as nobody when the tests run as root, keeps its data in a folder of its own, and ends with
/// the process that started it: orderly when that ends, and by the system's hand when that is killed.
public final class PostgresServer: Sendable {
  /// Whether tests can count on a server; where one must be there, a missing one fails them.
  public static var isThere: Bool { TestEnvironment.requiresBackends || programs != nil }

  /// What a test says that is passed over.
  public static let absence =
    "PostgreSQL's server is not installed, so what needs one is not tested; "
    + "Scripts/install-deps tests installs it"

  /// The role of the tests, who may do everything.
  public static let user = "postgres"
  /// Its password.
  public static let password = "a b'c\\d ü"

  /// Why there is no server, with what it wrote.
  public struct StartError: Error, CustomStringConvertible {
    /// What went wrong.
    public let description: String
  }

  /// The server of this process, started when it is first asked for.
  public static func shared() throws -> PostgresServer { try one.get() }

  private static let one: Result<PostgresServer, any Error> = Result {
    let server = try PostgresServer()
    running.withLock { $0 = server }
    atexit { PostgresServer.running.withLock { $0 }?.stop() }
    return server
  }

  private static let running = Mutex<PostgresServer?>(nil)

  /// The folder of the newest version's programs.
  private static let programs: String? = {
    let base = "/usr/lib/postgresql"
    let versions = ((try? FileManager.default.contentsOfDirectory(atPath: base)) ?? [])
      .sorted { (Int($0) ?? 0) < (Int($1) ?? 0) }
    return versions.reversed().map { "\(base)/\($0)/bin" }
      .first { FileManager.default.isExecutableFile(atPath: "\($0)/initdb") }
  }()

  /// The port on 127.0.0.1.
  public let port: Int
  private let folder: String
  private let process: Mutex<Int32>
  private let ended = DispatchSemaphore(value: 0)

  private init() throws {
    guard let programs = Self.programs else { throw StartError(description: Self.absence) }
    folder = FileManager.default.temporaryDirectory.path + "/eventicle-pg-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o777])
    // Whatever the mask of the process is: the server is somebody else.
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder)
    let secret = "\(folder)/password"
    try Data(Self.password.utf8).write(to: URL(fileURLWithPath: secret))
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: secret)
    let other = geteuid() == 0 ? "--reuid=65534 --regid=65534 --clear-groups" : ""
    let made = try Shell.run(
      "setpriv \(other) --pdeathsig=KILL \(programs)/initdb -D \(folder)/data -U \(Self.user) "
        + "-A scram-sha-256 --pwfile=\(secret) --no-sync --locale=C --encoding=UTF8",
      in: folder, ["LC_ALL": "C", "PATH": "/usr/bin:/bin"])
    guard made.status == 0 else {
      throw StartError(description: "initdb failed:\n\(made.output)")
    }
    port = try FreePort.any()
    process = Mutex(0)
    try start(programs, other)
  }

  private func start(_ programs: String, _ other: String) throws {
    let log = "\(folder)/log"
    try Data().write(to: URL(fileURLWithPath: log))
    let child = Shell.process(
      "exec setpriv \(other) --pdeathsig=QUIT \(programs)/postgres -D \(folder)/data -c port=\(port) "
        + "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off "
        + "-c full_page_writes=off -c shared_buffers=16MB -c autovacuum=off -c max_connections=60",
      in: folder, ["LC_ALL": "C", "PATH": "/usr/bin:/bin"])
    child.standardInput = FileHandle.nullDevice
    child.standardOutput = FileHandle.nullDevice
    child.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
    let begun = DispatchSemaphore(value: 0)
    let failure = Mutex("")
    let ended = ended
    // The server gets its signal when the thread ends that started it, so that one waits for it.
    let thread = Thread {
      do {
        try child.run()
        begun.signal()
        child.waitUntilExit()
      } catch {
        failure.withLock { $0 = "\(error)" }
        begun.signal()
      }
      ended.signal()
    }
    thread.start()
    begun.wait()
    process.withLock { $0 = child.processIdentifier }
    for _ in 0..<600 {
      let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
      if text.contains("ready to accept connections") { return }
      if ended.wait(timeout: .now() + 0.05) == .success {
        ended.signal()
        let kept = Self.keep(log)
        throw StartError(
          description: "postgres ended (log in \(kept)): \(failure.withLock { $0 })\n\(text)")
      }
    }
    throw StartError(
      description: "postgres did not start within 30 s; its log is \(Self.keep(log))")
  }

  /// Ends the server, waits until it is gone, and removes what it kept.
  private func stop() {
    let id = process.withLock { id in
      defer { id = 0 }
      return id
    }
    guard id > 0 else { return }
    // Connections that are still open do not hold it up.
    kill(id, SIGINT)
    if ended.wait(timeout: .now() + 10) != .success {
      kill(id, SIGKILL)
      ended.wait()
    }
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Copies a log to where it stays, and returns its path.
  private static func keep(_ log: String) -> String {
    let kept = FileManager.default.temporaryDirectory.path + "/eventicle-pg-\(getpid()).log"
    try? FileManager.default.removeItem(atPath: kept)
    try? FileManager.default.copyItem(atPath: log, toPath: kept)
    return kept
  }
}
