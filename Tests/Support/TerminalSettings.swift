import CPty
import Foundation

/// The settings of a terminal, as `stty` shows them, to compare before and after a program.
public struct TerminalSettings: Sendable, Equatable, CustomStringConvertible {
  private let flags: [UInt32]
  private let characters: [UInt8]

  init?(terminal: Int32) {
    var flags = [UInt32](repeating: 0, count: 4)
    var characters = [UInt8](repeating: 0, count: 32)
    guard cpty_settings(terminal, &flags, &characters) == 0 else { return nil }
    self.flags = flags
    self.characters = characters
  }

  /// Whether input arrives line by line.
  public var isLineBuffered: Bool { flags[3] & UInt32(ICANON) != 0 }

  /// Whether typed characters are echoed.
  public var echoes: Bool { flags[3] & UInt32(ECHO) != 0 }

  /// Whether ^C and ^Z send signals.
  public var hasSignalKeys: Bool { flags[3] & UInt32(ISIG) != 0 }

  /// The settings in one line.
  public var description: String {
    let names = zip(["iflag", "oflag", "cflag", "lflag"], flags)
    let words = names.map { "\($0)=" + String($1, radix: 8) }
    return words.joined(separator: " ") + " cc=\(characters)"
  }
}
