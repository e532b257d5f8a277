import EventicleCore
import Foundation
import TestSupport

/// What the program said of one line.
struct LineReply: Sendable {
  let isKept: Bool
  /// Why it failed.
  let problem: String?
  /// The number of events in the log then.
  let position: Int

  /// Reads a line of output; `nil` for the summary at the end.
  init?(_ text: String) throws {
    let object = try JSON(parsing: text)
    guard let isKept = object["ok"].bool else { return nil }
    self.isKept = isKept
    problem = object["error"].string
    position = object["position"].integer ?? 0
  }
}

/// How a run of the program went.
struct Outcome: Sendable {
  var replies: [LineReply] = []
  let ending: Child.Ending
  /// What it wrote to standard error.
  let complaint: String
  let report: DiskReport?
}

/// The program, run on a store in a folder of its own.
final class StoreProgram {
  private let folder: TemporaryFolder
  private let program: String
  /// The folder on the disk that fails.
  let disk: String

  /// - Parameter disk: The folder of another one, in which both work; `nil` for one of its own.
  init(disk other: String? = nil) throws {
    folder = try TemporaryFolder()
    program = try ProgramUnderTest.path()
    // The library compares paths, and the folder for temporary files may be behind a link.
    let root = URL(fileURLWithPath: folder.path).resolvingSymlinksInPath().path
    disk = other ?? root + "/disk"
    guard other == nil else { return }
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
  }

  /// The path of a store on the disk.
  func path(_ name: String = "shop") -> String { "\(disk)/\(name).eventicle" }

  /// Removes everything from the disk.
  func clear() throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: disk) {
      try FileManager.default.removeItem(atPath: "\(disk)/\(name)")
    }
  }

  /// What is on the disk, by names.
  func files() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: disk)
    where !name.hasSuffix("-shm") {
      files[name] = FileManager.default.contents(atPath: "\(disk)/\(name)").map { [UInt8]($0) }
    }
    return files
  }

  /// Makes the disk what it was.
  func restore(_ files: [String: [UInt8]]) throws {
    try clear()
    for (name, bytes) in files {
      try Data(bytes).write(to: URL(fileURLWithPath: "\(disk)/\(name)"))
    }
  }

  /// Starts the program with lines as its standard input.
  ///
  /// - Parameter fault: What goes wrong with the disk; `nil` for the disk of this machine, which is
  ///   slower: otherwise syncing is only noted.
  func start(
    _ arguments: [String], _ lines: [String] = [], _ fault: DiskFault? = .counting
  ) throws -> Child {
    try folder.write(lines.map { $0 + "\n" }.joined(), to: "tape")
    try? FileManager.default.removeItem(atPath: folder.file("report"))
    var variables = ["SWIFT_BACKTRACE": "enable=no"]
    // A mistake on purpose, in a build that has some.
    variables["EVENTICLE_PLANTED"] = TestEnvironment.variables["EVENTICLE_PLANTED"]
    if let fault {
      variables.merge(try fault.variables(folder: disk, report: folder.file("report"))) { $1 }
    }
    return try Child(
      program, arguments, environment: variables, input: folder.file("tape"),
      errors: folder.file("errors"))
  }

  /// Runs lines on a store under `strace`, which kills the program at one of its own calls: it sees
  /// those as well that no library stands before.
  ///
  /// - Returns: `nil` when there is no strace here, or it may not do that.
  func runTraced(_ lines: [String], killedAt call: Int) throws -> Outcome? {
    let strace = "/usr/bin/strace"
    guard FileManager.default.isExecutableFile(atPath: strace) else { return nil }
    try folder.write(lines.map { $0 + "\n" }.joined(), to: "tape")
    let calls = "pwrite64,fdatasync,fsync,ftruncate,unlink,openat,link,rename"
    let child = try Child(
      strace,
      [
        "-f", "-o", folder.file("trace"), "-e", "trace=\(calls)", "-e",
        "inject=\(calls):signal=KILL:when=\(call)", program,
      ] + StoreProgram.running(path()), environment: ["SWIFT_BACKTRACE": "enable=no"],
      input: folder.file("tape"), errors: folder.file("errors"))
    let outcome = try outcome(of: child)
    return (folder.text("trace") ?? "").isEmpty ? nil : outcome
  }

  /// How a child went, after the replies that were read already.
  func outcome(of child: Child, _ replies: [LineReply] = []) throws -> Outcome {
    var replies = replies
    while let line = child.line() { if let reply = try? LineReply(line) { replies.append(reply) } }
    let ending = child.wait()
    return Outcome(
      replies: replies, ending: ending, complaint: folder.text("errors") ?? "",
      report: DiskReport(folder.text("report")))
  }

  /// Runs a command to its end.
  func command(_ arguments: [String], _ fault: DiskFault? = .counting) throws -> Outcome {
    try outcome(of: start(arguments, [], fault))
  }

  /// Runs lines on a store to the end.
  func run(
    _ lines: [String], on name: String = "shop", _ fault: DiskFault? = .counting
  ) throws -> Outcome {
    try outcome(of: start(StoreProgram.running(path(name)), lines, fault))
  }

  /// The arguments with which lines run on a store.
  static func running(_ path: String) -> [String] { ["run", "-", "--store", path, "--json"] }
}
