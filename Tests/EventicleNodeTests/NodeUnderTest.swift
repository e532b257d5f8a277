import EventicleCore
import Foundation
import TestSupport
import Testing

@testable import EventicleNode
@testable import EventicleWorkbench

/// The node with which tests run domains in JavaScript.
enum NodeUnderTest {
  /// Why a test is skipped.
  static let skipped: Comment = "There is no node 18.19 or newer, so nothing in JavaScript can run."

  /// A folder of all tests for what node loads.
  private static let cache = try? TemporaryFolder()

  static var environment: [String: String] {
    var variables = ProcessInfo.processInfo.environment
    variables["XDG_CACHE_HOME"] = cache?.path
    variables["EVENTICLE_VERIFY"] = nil
    return variables
  }

  /// Whether there is a node that is new enough.
  static let isThere: Bool = {
    guard let path = try? NodeOptions(environment: environment).found() else { return false }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["--version"]
    let pipe = Pipe()
    process.standardOutput = pipe
    guard (try? process.run()) != nil else { return false }
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return NodeHost.isNewEnough(text.trimmingCharacters(in: .whitespacesAndNewlines))
  }()

  /// The path of a domain that belongs to the tests.
  static func path(_ name: String) -> String {
    "\(Repository.root)/Tests/EventicleNodeTests/Domains/\(name)"
  }

  /// Options with which a mistake is noticed soon.
  static var options: NodeOptions {
    var options = NodeOptions(environment: environment)
    options.handlerDeadline = .seconds(20)
    return options
  }
}

/// A session on a domain in JavaScript, with all that its code has written.
struct NodeBench {
  let host: NodeHost
  var session: Session
  private(set) var lines: [LogLine] = []
  private(set) var reports: [AdoptReport] = []
  private(set) var problems: [String] = []

  init(_ path: String, _ change: (inout NodeOptions) -> Void = { _ in }) throws {
    var options = NodeUnderTest.options
    change(&options)
    host = try NodeHost(path, options)
    session = try Session(try host.open())
    hear()
  }

  /// Runs a line and then does what the code asked for by itself.
  @discardableResult
  mutating func run(_ line: String) -> Reply {
    let reply = session.run(line)
    hear()
    return reply
  }

  mutating func hear() {
    repeat {
      let turn = session.perform(host: host)
      lines += turn.lines
      reports += turn.reports
      problems += turn.problems
    } while host.isLoading && host.waitForNews(.seconds(30))
  }

  /// Hears what happens until a condition holds.
  ///
  /// - Returns: Whether it does before a minute has passed.
  mutating func hear(until condition: (NodeBench) -> Bool) -> Bool {
    let watch = Stopwatch()
    while !condition(self), watch.milliseconds < 60_000 {
      _ = host.waitForNews(.milliseconds(50))
      hear()
    }
    return condition(self)
  }

  var world: World { session.head }

  /// The contents of the records of a type.
  func records(_ type: String) -> [JSON] {
    ((try? world.records(of: type)) ?? []).map(\.content)
  }

  /// What the journal says of failures, oldest first.
  var failures: [String] {
    session.entries.compactMap(\.kind.problem)
  }
}

extension Session {
  /// All journal entries, oldest first.
  var entries: [JournalEntry] {
    (0..<timeline.count).compactMap { timeline.entry(JournalIndex($0 + 1)) }
  }
}
