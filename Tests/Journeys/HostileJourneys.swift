import Foundation
import TestSupport
import Testing

/// Text from outside that means to take over the terminal, in every field, on several terminals.
@Suite(.serialized, .timeLimit(.minutes(5))) struct HostileJourneys {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let nasty =
    "\u{1B}[31m\u{1B}]0;owned\u{7}\u{1B}]52;c;eA==\u{7}\r\u{8}\u{0}\u{7F}\u{9B}2J\u{9D}0;x\u{9C}"
    + "\u{202E}\u{2066}\u{200B}\u{FEFF}\u{301}\u{E}\u{F}漢"

  private static func event(_ number: Int) throws -> String {
    let fields: [String: Any] = [
      "id": "e\(number)\(nasty)", "type": "\(nasty)Type\(number)", "source": nasty,
      "causedById": "e\(number - 1)\(nasty)", "causedByType": nasty, "stream": "s\(nasty)",
      "domainId": nasty, "createdAt": 1_800_000_000_000 + number,
      "data": [nasty: nasty, "nested": [nasty: [nasty, 1]]],
    ]
    let bytes = try JSONSerialization.data(withJSONObject: fields)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What is no part of a screen among bytes that a program wrote.
  static func strangers(in bytes: [UInt8]) -> [String] {
    guard let text = String(validating: bytes, as: UTF8.self) else { return ["no UTF-8"] }
    // Escape sequences are looked at by the terminal; shifts choose the line-drawing characters.
    let allowed: Set<UInt32> = [0x08, 0x09, 0x0A, 0x0D, 0x0E, 0x0F, 0x1B]
    return text.unicodeScalars.compactMap { scalar in
      let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      let isHidden = scalar.properties.generalCategory == .format
      guard isHidden || isControl && !allowed.contains(scalar.value) else { return nil }
      return String(scalar.value, radix: 16)
    }
  }

  @Test func `the check finds each of them`() {
    #expect(Self.strangers(in: Array("\u{1B}[1mwell ►\r\n".utf8)) == [])
    for scalar in ["\u{0}", "\u{7}", "\u{7F}", "\u{9B}", "\u{202E}", "\u{200B}", "\u{FEFF}"] {
      #expect(Self.strangers(in: Array("a\(scalar)".utf8)).count == 1)
    }
    #expect(Self.strangers(in: [0x61, 0xFF]) == ["no UTF-8"])
  }

  @Test(arguments: ["xterm-256color", "linux", "vt100", "screen-256color", "tmux-256color"])
  func `nothing of hostile text reaches the terminal`(term: String) throws {
    try folder.write(
      (1...4).map { try Self.event($0) }.joined(separator: "\n") + "\n", to: "x.ndjson")
    let journey = try Journey(
      ProgramUnderTest.path(), [],
      environment: [
        "TERM": term, "HOME": folder.path, "XDG_STATE_HOME": folder.file("state"),
      ], columns: 120, rows: 40, directory: folder.path)
    try journey.wait(for: "1 Start")
    journey.send(":import x.ndjson<Enter>")
    try journey.wait("the events") { $0.contains("4 of 4") && !$0.contains(":import") }
    for keys in ["gg", "2", "]", "]", "]", "]", "3", "4", "5", "6", "7", "8", "9", "]", "]", "1"] {
      journey.send("\(keys)jjkf")
    }
    journey.send("<Esc>L/Type<Tab><Enter><Esc>?x<Tab><Esc><Esc><C-p>Type<Esc>")
    journey.send(":emit orders ")
    journey.paste(Self.nasty.filter { $0 != "\r" && $0 != "\u{1B}" })
    journey.send("<C-g><Esc><Esc>:theme inspect<Enter><Esc>")
    journey.resize(columns: 60, rows: 20)
    journey.send("jk")
    try journey.wait("the smaller screen") { $0.contains("of 4") }
    journey.send(":q!<Enter>")
    try journey.expectCleanEnd(.exited(code: 0))
    #expect(Self.strangers(in: journey.bytes) == [])
    #expect(journey.terminal.unknown == [])
    #expect(journey.terminal.bellCount == 0)
    #expect(!journey.terminal.operatingSystemCommands.contains { $0.contains("owned") })
    #expect(!journey.terminal.operatingSystemCommands.contains { $0.hasPrefix("52") })
  }
}
