import Foundation
import TestSupport
import Testing

@testable import EventicleCore

/// The bytes of codec 1, which never change: what was written once can be read for ever.
@Suite struct GoldenStepTests {
  private static let path = "Tests/EventicleCoreTests/Journal/codec-1.txt"

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  private static func bytes(_ hex: Substring) -> [UInt8] {
    var digits = hex[...]
    var bytes: [UInt8] = []
    while digits.count >= 2 {
      bytes.append(UInt8(digits.prefix(2), radix: 16) ?? 0)
      digits = digits.dropFirst(2)
    }
    return bytes
  }

  /// The lines of the file, `name hex`; lines for what is new are added when golden files are
  /// recorded, and none is ever changed.
  private static func golden() throws -> [String: Substring] {
    var text = Repository.text(at: path) ?? ""
    let names = Set(text.split(separator: "\n").compactMap { $0.split(separator: " ").first })
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      for (name, step) in StepFixtures.steps where !names.contains(Substring(name)) {
        text += "\(name) \(hex(StepCodec.encodeAlone(step)))\n"
      }
      if !names.contains("core") {
        text += "core \(hex(CoreCodec.encodeAlone(StepFixtures.core)))\n"
      }
      try text.write(
        toFile: "\(Repository.root)/\(path)", atomically: true,
        encoding: .utf8)
    }
    return Dictionary(
      text.split(separator: "\n").map {
        let parts = $0.split(separator: " ")
        return (String(parts[0]), parts[1])
      }, uniquingKeysWith: { first, _ in first })
  }

  @Test func `every kind of step is written as it always was, and read from it`() throws {
    let golden = try Self.golden()
    #expect(golden.count >= StepFixtures.steps.count)
    for (name, step) in StepFixtures.steps {
      let line = try #require(golden[name], "\(name)")
      #expect(Self.hex(StepCodec.encodeAlone(step)) == line, "\(name)")
      let read = try StepCodec.decodeAlone(Self.bytes(line))
      #expect(StepCodec.encodeAlone(read) == Self.bytes(line), "\(name)")
    }
  }
  @Test func `a core is written as it always was, and read from it`() throws {
    let line = try #require(Self.golden()["core"])
    #expect(Self.hex(CoreCodec.encodeAlone(StepFixtures.core)) == line)
    let read = try CoreCodec.decodeAlone(Self.bytes(line))
    #expect(CoreCodec.encodeAlone(read) == Self.bytes(line))
  }
}
