import ArgumentParser
import EventicleCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How a command ends.
enum ExitStatus: Int32, Sendable {
  case ok = 0
  /// A line or an expectation failed.
  case failed = 1
  /// The program was used wrongly, or there is no terminal.
  case usage = 2
  /// A file cannot be read or written.
  case store = 3
}

/// Why a command ends early: a sentence, and the status it ends with.
struct Failure: Error {
  let message: String
  let code: ExitStatus

  init(_ message: String, _ code: ExitStatus) {
    self.message = message
    self.code = code
  }
}

/// Where text leaves the program.
enum Output {
  /// Writes a line to standard output.
  static func line(_ text: String) { write(text + "\n", to: 1) }

  /// Writes JSON as a line; characters that terminals act on are escaped, which changes nothing
  /// for whoever parses it.
  static func json(_ text: String) {
    var safe = ""
    for scalar in text.unicodeScalars {
      if scalar.value >= 0x20, TerminalText.isUnsafe(scalar) {
        let digits = String(scalar.value, radix: 16)
        safe += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      } else {
        safe.unicodeScalars.append(scalar)
      }
    }
    line(safe)
  }

  /// Writes a complaint to standard error; control characters in it are made visible.
  static func complain(_ text: String) {
    write("eventicle: " + TerminalText.visible(text, keepsLines: true) + "\n", to: 2)
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var copy = text
    copy.withUTF8 { send(UnsafeRawBufferPointer($0), to: descriptor) }
  }

  /// Ends the program when its output cannot be written, so that nobody takes it for complete.
  private static func refuse(_ descriptor: Int32) -> Never {
    let reason = String(cString: strerror(errno))
    if descriptor == 1, errno != EPIPE { complain("the output cannot be written: \(reason).") }
    Glibc.exit(ExitStatus.store.rawValue)
  }

  private static func send(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) {
    var start = 0
    while start < bytes.count {
      let count = Glibc.write(
        descriptor, bytes.baseAddress?.advanced(by: start), bytes.count - start)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { refuse(descriptor) }
      start += count
    }
  }
}

extension ParsableCommand {
  /// Ends the program.
  static func exit(withCode status: ExitStatus) -> Never { Glibc.exit(status.rawValue) }
}
