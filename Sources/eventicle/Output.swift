import ArgumentParser

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The program's exit statuses.
enum ExitStatus: Int32, Sendable {
  case ok = 0
  /// A line or an expectation failed.
  case failed = 1
  /// The program was used wrongly, or there is no terminal.
  case usage = 2
  /// A file cannot be read or written.
  case store = 3
}

/// Why a command ends early: a sentence and the exit status.
struct Failure: Error {
  let message: String
  let code: ExitStatus

  init(_ message: String, _ code: ExitStatus) {
    self.message = message
    self.code = code
  }
}

/// Writes text to standard output and standard error.
enum Output {
  /// Writes a line to standard output.
  static func line(_ text: String) { write(text + "\n", to: 1) }

  /// Writes JSON as a line; characters that terminals act on are escaped, which does not change its
  /// meaning.
  static func json(_ text: String) {
    var safe = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF:
        let digits = String(scalar.value, radix: 16)
        safe += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: safe.unicodeScalars.append(scalar)
      }
    }
    line(safe)
  }

  /// Writes an error to standard error; control characters are made visible.
  static func complain(_ text: String) {
    let safe = text.unicodeScalars.map { scalar in
      scalar == "\n" || (scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value))
        ? String(scalar) : "\\x" + String(scalar.value, radix: 16)
    }
    write("eventicle: " + safe.joined() + "\n", to: 2)
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var copy = text
    copy.withUTF8 { send(UnsafeRawBufferPointer($0), to: descriptor) }
  }

  /// Ends the program when its output cannot be written, so that it is not taken for complete.
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
  /// Ends the program with a status.
  static func exit(withCode status: ExitStatus) -> Never { Glibc.exit(status.rawValue) }
}
