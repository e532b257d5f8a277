import Foundation
import TestSupport
import Testing

@testable import EventicleNode

/// The built program in a folder of its own, in which a shell finds it as `eventicle`.
struct NodeProgram {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let files = FileManager.default
    try files.createDirectory(atPath: folder.file("bin"), withIntermediateDirectories: true)
    try files.createSymbolicLink(
      atPath: folder.file("bin/eventicle"), withDestinationPath: try ProgramUnderTest.path())
    try files.createDirectory(atPath: folder.file("work"), withIntermediateDirectories: true)
  }

  /// The variables with which it runs: what it keeps stays in the folder.
  var environment: [String: String] {
    var variables = NodeUnderTest.environment
    variables["PATH"] = "\(folder.file("bin")):\(variables["PATH"] ?? "/usr/bin:/bin")"
    variables["HOME"] = folder.path
    variables["XDG_STATE_HOME"] = folder.file("state")
    variables["XDG_CONFIG_HOME"] = folder.file("config")
    return variables
  }

  /// Runs a line of a shell in the folder of the work.
  func shell(_ line: String) throws -> (status: Int32, output: String) {
    try Shell.run(line, in: folder.file("work"), environment)
  }

  /// The names in the folder of the work, or in one below it, hidden ones included.
  func names(_ place: String = "") -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.file("work/\(place)"))) ?? [])
      .sorted()
  }

  /// Whether the node of the tests reads TypeScript by itself.
  static let readsTypeScript: Bool = {
    guard let program = try? NodeProgram() else { return false }
    let line = "\"${EVENTICLE_NODE:-node}\" -p process.features.typescript"
    return (try? program.shell(line))?.output == "strip\n"
  }()
}
