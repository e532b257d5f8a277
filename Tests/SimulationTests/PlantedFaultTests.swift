import Foundation
import TestSupport
import Testing

/// The faults of Tests/PlantedFaults, put into a copy of the sources; nothing is built.
@Suite struct PlantedFaultTests {
  private static let patches = Repository.files(in: "Tests/PlantedFaults", withSuffix: ".patch")

  @Test func `every planted fault fits the present sources`() throws {
    let folder = try TemporaryTree()
    defer { folder.remove() }
    let made = try folder.make()
    #expect(made.status == 0, "\(made.output)")
    let names = Self.patches.map { String($0.split(separator: "/")[2].dropLast(6)) }
    #expect(names.count >= 34)
    let faults = try folder.text("Sources/EventicleCore/PlantedFault.swift")
    for name in names { #expect(faults.contains("  case \(name)\n"), "\(name)") }

    // Several faults stand in the same place; none is lost among the others.
    for patch in Self.patches {
      var changed = ""
      for line in try #require(Repository.text(at: patch)).split(separator: "\n") {
        if line.hasPrefix("+++ b/") {
          changed = try folder.text(String(line.dropFirst(6)))
        } else if line.hasPrefix("+") {
          #expect(changed.contains(line.dropFirst()), "\(patch): \(line)")
        }
      }
    }
  }

  @Test func `a fault whose lines have moved is planted where they are now`() throws {
    let folder = try TemporaryTree()
    defer { folder.remove() }
    try folder.add(fault: "clockGoesBack", replacing: "@@ -2", with: "@@ -1")
    let made = try folder.make(from: folder.faults)
    #expect(made.status == 0, "\(made.output)")
    let engine = try folder.text("Sources/EventicleCore/Engine/Engine.swift")
    #expect(engine.contains("PlantedFault.clockGoesBack.isPlanted"))
  }

  @Test func `a fault that fits no more is named`() throws {
    let folder = try TemporaryTree()
    defer { folder.remove() }
    try folder.add(fault: "clockGoesBack", replacing: "instant >= now", with: "instant > now")
    let made = try folder.make(from: folder.faults)
    #expect(made.status != 0)
    #expect(made.output.contains("clockGoesBack.patch does not fit the sources any more"))
  }

  @Test func `a patch that plants another fault than its own is refused`() throws {
    let folder = try TemporaryTree()
    defer { folder.remove() }
    try folder.add(
      fault: "clockGoesBack", replacing: "PlantedFault.clockGoesBack", with: "PlantedFault.other")
    let made = try folder.make(from: folder.faults)
    #expect(made.status != 0)
    #expect(made.output.contains("asks PlantedFault.clockGoesBack.isPlanted"))
  }

  @Test func `a patch that does not say what the fault is is refused`() throws {
    let folder = try TemporaryTree()
    defer { folder.remove() }
    try folder.add(
      fault: "clockGoesBack", replacing: "The clock can be set to an earlier instant.\n", with: "")
    let made = try folder.make(from: folder.faults)
    #expect(made.status != 0)
    #expect(made.output.contains("must be a sentence"))
  }
}

/// A folder for a copy of the tree with faults in it.
private struct TemporaryTree {
  private let root: String

  init() throws {
    root = NSTemporaryDirectory() + "/planted-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: faults, withIntermediateDirectories: true)
  }

  /// A folder for patches, beside the copy.
  var faults: String { root + "/faults" }

  func remove() { try? FileManager.default.removeItem(atPath: root) }

  /// Puts a changed copy of one of the patches beside the tree.
  func add(fault name: String, replacing old: String, with new: String) throws {
    let text = try #require(Repository.text(at: "Tests/PlantedFaults/\(name).patch"))
    try #require(text.contains(old))
    try text.replacingOccurrences(of: old, with: new)
      .write(toFile: "\(faults)/\(name).patch", atomically: true, encoding: .utf8)
  }

  /// Makes the copy, with the faults of the repository or of a folder.
  func make(from faults: String? = nil) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Repository.root + "/Scripts/torture-planted")
    process.arguments =
      ["--only-apply", root + "/tree"] + (faults.map { ["--faults", $0] } ?? [])
    return try Shell.finish(process)
  }

  func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(root)/tree/\(path)", encoding: .utf8)
  }
}
