import Foundation
import Testing

@testable import EventicleCore

/// The time zones of the system, as its package tzdata left them.
private enum SystemZones {
  static let folder = "/usr/share/zoneinfo"

  private static let index: [Substring] = {
    let text = try? String(contentsOfFile: "\(folder)/tzdata.zi", encoding: .utf8)
    return text?.split(separator: "\n") ?? []
  }()

  /// Its version, such as `2025b`; empty when there is none to compare with.
  static var version: String {
    guard let line = index.first, line.hasPrefix("# version ") else { return "" }
    return String(line.dropFirst("# version ".count))
  }

  static var isComparable: Bool { version >= TimeZoneTable.version }

  /// Why nothing is compared.
  static var remark: String {
    version.isEmpty
      ? "\(folder)/tzdata.zi is not there to compare with."
      : "The system has tzdata \(version), which is older than \(TimeZoneTable.version)."
  }

  /// Every zone and link.
  static var names: [String] {
    index.compactMap { line in
      let words = line.split(separator: " ")
      switch words.first {
      case "Z": return String(words[1])
      case "L": return String(words[2])
      default: return nil
      }
    }
  }

  /// The rule that holds in a zone now: the last line of its compiled file.
  static func rule(of name: String) throws -> String {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
    let last = data.dropLast().split(separator: 0x0A).last ?? Data()
    return String(decoding: last, as: UTF8.self)
  }
}

@Suite struct TimeZoneTableTests {
  @Test(.enabled(if: SystemZones.isComparable, "\(SystemZones.remark)"))
  func `the table has every zone and link of the system, with its rule`() throws {
    #expect(SystemZones.names.count >= 590)
    for name in SystemZones.names {
      let entry = TimeZoneTable.entry(named: name)
      #expect(
        entry?.name == name, "\(name) is missing; run Scripts/generate-time-zones")
      #expect(entry?.posix == (try SystemZones.rule(of: name)), "\(name)")
    }
  }

  @Test(.enabled(if: SystemZones.isComparable, "\(SystemZones.remark)"))
  func `no name of the table is unknown to the system`() {
    let known = Set(SystemZones.names)
    for name in TimeZoneTable.names { #expect(known.contains(name)) }
  }

  @Test(arguments: [
    "America/Argentina/Ushuaia", "America/Indiana/Knox", "Africa/Casablanca", "Asia/Gaza", "Iran",
    "GB", "US/Samoa", "EST", "EST5EDT", "MET", "NZ-CHAT", "Etc/GMT+5", "PRC", "GMT+0",
  ])
  func `links and places away from capitals are names too`(name: String) throws {
    #expect(try TimeZoneRule(name).description == name)
  }

  @Test func `the sign of Etc names counts west of Greenwich, as tzdata has it`() throws {
    #expect(try TimeZoneRule("Etc/GMT+5").offset(at: .standardStart) == .hours(-5))
    #expect(try TimeZoneRule("etc/gmt-14").offset(at: .standardStart) == .hours(14))
  }

  @Test(arguments: ["Zulu", "UCT", "Universal", "Etc/Universal", "gmt", "Etc/UTC", "z"])
  func `the other names of UTC are UTC`(name: String) throws {
    #expect(try TimeZoneRule(name) == .utc)
  }

  @Test func `the version is one of tzdata`() {
    #expect(TimeZoneRule.namesVersion.wholeMatch(of: /20[0-9]{2}[a-z]/) != nil)
  }
}
