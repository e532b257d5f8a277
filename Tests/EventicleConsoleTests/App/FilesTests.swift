import EventicleCore
import Foundation
import Glibc
import TestSupport
import Testing

@testable import EventicleConsole

/// The one writer and the one reader of files.
@Suite struct FilesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func problem(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch let problem as FileProblem {
      return problem.text
    } catch {
      return "\(error)"
    }
  }

  @Test func `a new file takes the place of the old one and keeps its permissions`() throws {
    let path = try folder.write("old", to: "a", mode: 0o640)
    let old = try #require(Files.identity(of: path))
    let new = try Files.write(Array("new one".utf8), to: path)
    #expect(folder.text("a") == "new one" && folder.names == ["a"])
    #expect(try folder.mode("a") == 0o640)
    #expect(new != old && new == Files.identity(of: path))
    try Files.write([], to: path)
    #expect(folder.text("a") == "")
  }

  @Test func `a file may be made for its owner only`() throws {
    try Files.write([1], to: folder.file("secret"), mode: 0o600)
    #expect(try folder.mode("secret") == 0o600)
  }

  @Test func `a reader of the old file still has it whole`() throws {
    let path = try folder.write("old", to: "a")
    let reader = open(path, O_RDONLY)
    defer { close(reader) }
    try Files.write(Array("new".utf8), to: path)
    var bytes = [UInt8](repeating: 0, count: 10)
    #expect(read(reader, &bytes, 10) == 3 && bytes.prefix(3).elementsEqual("old".utf8))
  }

  @Test func `a link is not followed unless that is asked for, and stays`() throws {
    try folder.write("old", to: "target", mode: 0o644)
    symlink("target", folder.file("link"))
    let text = problem { try Files.write([], to: folder.file("link")) }
    #expect(text.contains("link is a link to") && text.contains("with !"))
    #expect(folder.text("target") == "old")
    try Files.write(Array("new".utf8), to: folder.file("link"), throughLinks: true)
    #expect(folder.text("target") == "new")
    #expect(Files.isLink(folder.file("link")) && folder.names == ["link", "target"])
  }

  @Test func `nothing takes the place of what is no file`() throws {
    mkfifo(folder.file("pipe"), 0o600)
    mkdir(folder.file("folder"), 0o700)
    symlink("nowhere", folder.file("lost"))
    for (name, words) in [("pipe", "a pipe"), ("folder", "a folder"), ("lost", "link to nothing")] {
      let text = problem { try Files.write([], to: folder.file(name), throughLinks: true) }
      #expect(text.contains(words), "\(text)")
    }
    #expect(problem { try Files.write([], to: "/dev/null") }.contains("a device"))
    #expect(problem { try Files.write([], to: folder.file("no/such")) }.contains("no such"))
    #expect(folder.names == ["folder", "lost", "pipe"])
  }

  // MARK: - Reading

  @Test func `files are read whole, and pipes and folders are no files`() throws {
    mkfifo(folder.file("pipe"), 0o600)
    try folder.write("some text", to: "a")
    #expect(try Files.bytes(folder.file("a")) == Array("some text".utf8))
    #expect(problem { _ = try Files.bytes(folder.file("pipe")) }.contains("is a pipe"))
    #expect(problem { _ = try Files.bytes(folder.path) }.contains("is a folder"))
    #expect(problem { _ = try Files.bytes("/dev/zero") }.contains("is a device"))
    #expect(problem { _ = try Files.bytes(folder.file("b")) }.contains("no such file"))
  }

  @Test func `a file over the limit is refused by its size, and a stream as soon as it is`() throws
  {
    let path = try folder.write(String(repeating: "x", count: 2_000), to: "a")
    #expect(try Files.bytes(path, limit: 2_000).count == 2_000)
    #expect(problem { _ = try Files.bytes(path, limit: 1_999) }.contains("more than 2 KB"))
    let endless = problem { _ = try Files.bytes("/dev/zero", limit: 5_000_000, fromPipes: true) }
    #expect(endless.hasPrefix("/dev/zero has more than 4.8 MB"))
    let line = problem { _ = try Files.bytes("/dev/zero", lineLimit: 3 << 20, fromPipes: true) }
    #expect(line.hasPrefix("/dev/zero, line 1 has more than 3 MB"))
  }

  @Test func `the limit of a line counts across blocks`() throws {
    let long = String(repeating: "x", count: (1 << 20) + 10)
    let path = try folder.write("a\n\n\(long)\nb", to: "a")
    #expect(try Files.bytes(path, lineLimit: long.utf8.count).count == long.utf8.count + 5)
    let text = problem { _ = try Files.bytes(path, lineLimit: long.utf8.count - 1) }
    #expect(text.contains("line 3 has more than 1 MB"))
  }

  @Test func `a problem names what the system says`() {
    #expect(
      FileProblem("a", cannotBe: "written", ENOSPC).text
        == "a cannot be written: the disk is full.")
    #expect(FileProblem("a", cannotBe: "read", EIO).text.hasPrefix("a cannot be read: "))
  }
}
