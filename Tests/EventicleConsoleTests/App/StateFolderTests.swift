import Foundation
import TestSupport
import Testing

@testable import EventicleConsole

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct StateFolderTests {
  /// A state folder in a temporary folder, removed after the test.
  private func withFolder(_ body: (StateFolder, String) throws -> Void) throws {
    let root = FileManager.default.temporaryDirectory.appending(path: "state-\(UUID())").path
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: root) }
    let state = StateFolder(environment: ["XDG_STATE_HOME": root])
    try FileManager.default.createDirectory(atPath: state.path, withIntermediateDirectories: true)
    try body(state, state.historyPath(of: .command))
  }

  @Test func `remembered lines are read again`() throws {
    try withFolder { state, path in
      state.remember("step", .command)
      state.remember("back", .command)
      #expect(state.history(of: .command) == "step\nback\n")
      #expect(state.history(of: .search) == "")
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func `a history that is too long is cut to its newest lines`() throws {
    try withFolder { state, path in
      let count = StateFolder.historyLimit / 10 + 1_000
      let text = (0..<count).map { "line \(10_000_000 + $0)\n" }.joined()
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      let kept = state.history(of: .command)
      #expect(kept.utf8.count <= StateFolder.historyLimit)
      #expect(kept.utf8.count > StateFolder.historyLimit - 20)
      #expect(kept.hasPrefix("line 1") && text.hasSuffix(kept))
      #expect(try String(contentsOfFile: path, encoding: .utf8) == kept)
      #expect(try FileManager.default.contentsOfDirectory(atPath: state.path) == ["history"])
      state.remember("newest", .command)
      #expect(state.history(of: .command).hasSuffix("\nnewest\n"))
    }
  }

  @Test func `a line that was cut off does not spoil the next`() throws {
    try withFolder { state, path in
      try "step\nba".write(toFile: path, atomically: true, encoding: .utf8)
      state.remember("live", .command)
      #expect(state.history(of: .command) == "step\nba\nlive\n")
    }
  }

  @Test(arguments: ["pipe", "folder", "device"])
  func `what is no regular file is passed over at once`(_ kind: String) throws {
    try withFolder { state, path in
      switch kind {
      case "pipe": #expect(mkfifo(path, 0o600) == 0)
      case "folder":
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      default:
        try FileManager.default.createSymbolicLink(
          atPath: path, withDestinationPath: "/dev/zero")
      }
      #expect(state.history(of: .command) == "")
      state.remember("step", .command)
      #expect(state.history(of: .command) == "")
    }
  }

  @Test func `a file that the console reads must be regular`() throws {
    try withFolder { _, path in
      #expect(mkfifo(path, 0o600) == 0)
      do throws(FileProblem) {
        _ = try Files.bytes(path)
        Issue.record("a pipe was read")
      } catch {
        #expect(error.text == "\(path) is a pipe, not a file; name a file.")
      }
    }
  }
}
