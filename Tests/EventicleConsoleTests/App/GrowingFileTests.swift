import Foundation
import TestSupport
import Testing

@testable import EventicleConsole

/// A file that another program writes is read once, whatever becomes of it meanwhile.
@Suite struct GrowingFileTests {
  private let folder: TemporaryFolder
  private let file: GrowingFile
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("events.ndjson")
    file = GrowingFile(path)
  }

  private func append(_ text: String) throws { try folder.append(text, to: "events.ndjson") }

  private func text(_ reading: GrowingFile.Reading) -> String {
    String(decoding: reading.bytes, as: UTF8.self)
  }

  @Test func `what is added is read once`() throws {
    try folder.write("one\n", to: "events.ndjson")
    #expect(try text(file.read()) == "one\n")
    #expect(try file.read() == GrowingFile.Reading())
    try append("two\nth")
    #expect(try text(file.read()) == "two\nth")
    try append("ree\n")
    let last = try file.read()
    #expect(text(last) == "ree\n")
    #expect(last.change == nil)
  }

  @Test func `a file that is not there yet is read from its beginning when it comes`() throws {
    #expect(try file.read() == GrowingFile.Reading())
    try folder.write("one\n", to: "events.ndjson")
    let first = try file.read()
    #expect(text(first) == "one\n")
    #expect(first.change == .appeared)
  }

  @Test func `a file that is renamed is read to its end before the new one`() throws {
    try folder.write("one\n", to: "events.ndjson")
    _ = try file.read()
    try append("two\n")
    try FileManager.default.moveItem(atPath: path, toPath: folder.file("events.1"))
    #expect(try text(file.read()) == "two\n")
    #expect(try file.read().change == .removed)
    #expect(try file.read() == GrowingFile.Reading())
    try folder.write("three\n", to: "events.ndjson")
    let next = try file.read()
    #expect(text(next) == "three\n")
    #expect(next.change == .appeared)
  }

  @Test func `a file that another takes the place of is read from its beginning`() throws {
    try folder.write("one\n", to: "events.ndjson")
    _ = try file.read()
    try folder.write("two\n", to: "new")
    #expect(rename(folder.file("new"), path) == 0)
    let next = try file.read()
    #expect(text(next) == "two\n")
    #expect(next.change == .replaced)
  }

  @Test func `a file that is cut short is read from its beginning`() throws {
    try folder.write("one\ntwo\n", to: "events.ndjson")
    _ = try file.read()
    #expect(truncate(path, 0) == 0)
    #expect(try file.read().change == .rewritten)
    try append("three\n")
    #expect(try text(file.read()) == "three\n")
  }

  @Test func `other content is noticed although it is longer than what was read`() throws {
    try folder.write("one\n", to: "events.ndjson")
    _ = try file.read()
    #expect(truncate(path, 0) == 0)
    try append("another one\n")
    let next = try file.read()
    #expect(text(next) == "another one\n")
    #expect(next.change == .rewritten)
  }

  @Test func `much is read in portions`() throws {
    let line = String(repeating: "x", count: 1_023) + "\n"
    try folder.write(String(repeating: line, count: 2_500), to: "events.ndjson")
    var sizes: [Int] = []
    repeat { sizes.append(try file.read().bytes.count) } while sizes.last == GrowingFile.most
    #expect(sizes == [GrowingFile.most, GrowingFile.most, 2_500 * 1_024 - 2 * GrowingFile.most])
  }

  @Test func `a folder or a pipe cannot be followed`() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    #expect(
      throws: FileProblem(
        "\(path) is a folder, which cannot be followed; name a file.")
    ) { try file.read() }
    let pipe = folder.file("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(
      throws: FileProblem(
        "\(pipe) is a pipe, which cannot be followed; name a file.")
    ) { try GrowingFile(pipe).read() }
  }
}
