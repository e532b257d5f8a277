import Foundation
import Synchronization
import TestSupport
import Testing

@testable import EventicleConsole
@testable import EventicleCore

/// The list of the files that consoles opened last.
@Suite struct RecentFilesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var recent: RecentFiles { RecentFiles(folder: folder.file("state")) }

  @Test func `the newest file comes first, each once, and at most twenty`() throws {
    for number in 1...25 {
      let path = try folder.write("", to: "\(number).eventicle")
      recent.note(path, domain: "shop", events: number, at: number)
    }
    recent.note(folder.path + "/10.eventicle", domain: "shop", events: 11, at: 30)
    let entries = recent.entries
    #expect(entries.map(\.at) == [30] + (6...25).reversed().filter { $0 != 10 })
    #expect(entries.count == RecentFiles.most && entries[0].events == 11)
    let list = folder.file("state") + "/recent"
    let attributes = try FileManager.default.attributesOfItem(atPath: list)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func `what is gone or open is not offered, and names are told from their folders`() throws {
    let open = try folder.write("", to: "open.eventicle")
    let gone = try folder.write("", to: "gone.tape")
    let there = try folder.write("", to: "there.ndjson")
    for path in [open, gone, there] { recent.note(path, domain: "shop", events: nil, at: 1) }
    try FileManager.default.removeItem(atPath: gone)
    let offered = recent.offered(besides: open, at: 2)
    #expect(offered.map(\.name) == ["there.ndjson"])
    #expect(offered.first?.folder.hasSuffix(folder.path + "/") == true)
    #expect(recent.offered(besides: nil, at: 2).map(\.name) == ["there.ndjson", "open.eventicle"])
  }

  @Test func `a file that does not exist is not noted, and a list of nonsense is none`() throws {
    recent.note(folder.path + "/never", domain: "shop", events: 1)
    #expect(recent.entries.isEmpty)
    try FileManager.default.createDirectory(
      atPath: folder.file("state"), withIntermediateDirectories: true)
    let path = try folder.write("", to: "a.tape")
    _ = try folder.write("{\n\u{0}x\n[1]\n{\"path\":\"relative\"}\n\u{FFFD}", to: "state/recent")
    #expect(recent.entries.isEmpty)
    recent.note(path, domain: "shop", events: 1, at: 4)
    #expect(recent.entries.map(\.at) == [4])
  }

  @Test(arguments: [Int.max, .min, -1, 99_999_999_999_999])
  func `numbers that no file has are no reason not to begin`(number: Int) throws {
    let path = try folder.write("emit notes Noted n-1\n", to: "a.tape")
    recent.note(path, domain: "shop", events: number, at: number)
    let offered = recent.offered(besides: nil, at: 1_767_258_000)
    #expect(offered.map(\.name) == ["a.tape"])
    #expect((offered.first?.events ?? 0) >= 0)
    _ = recent.offered(besides: nil, at: number)
  }

  @Test func `consoles at work at once lose nothing of each other`() throws {
    let paths = try (0..<16).map { try folder.write("", to: "\($0).tape") }
    let recent = recent
    DispatchQueue.concurrentPerform(iterations: 16) { number in
      recent.note(paths[number], domain: "shop", events: number, at: number)
    }
    #expect(Set(recent.entries.compactMap(\.events)) == Set(0..<16))
  }

  @Test func `a list that cannot be written costs nothing else`() throws {
    let path = try folder.write("", to: "a.tape")
    let blocked = RecentFiles(folder: path)
    blocked.note(path, domain: "shop", events: 1)
    #expect(blocked.entries.isEmpty && blocked.offered(besides: nil).isEmpty)
  }

  @Test func `a time is told by the day`() {
    func when(_ text: String) -> String {
      RecentFile.when(
        CivilTime(Instant(parsing: text) ?? Instant(milliseconds: 0)),
        seenFrom: CivilTime(Instant(milliseconds: 1_767_261_600_000)))
    }
    #expect(when("2026-01-01T09:05:00Z") == "today 09:05")
    #expect(when("2025-12-31T23:59:00Z") == "yesterday 23:59")
    #expect(when("2025-12-30T23:59:00Z") == "2025-12-30")
    #expect(when("2026-01-02T00:00:00Z") == "2026-01-02")
  }
}
