import ArgumentParser
import EventicleCore

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
  /// Somebody ended it with ^C; what was done before stays.
  case ended = 130
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

  /// Writes JSON as a line in which nothing hides; it parses to the same value.
  static func json(_ value: JSON) { line(value.printed) }

  /// Writes text that may hold data, with what hides or acts on a terminal made visible.
  static func text(_ text: String) { line(HiddenScalar.visible(text, newlines: true)) }

  /// Writes a complaint to standard error, with what hides or acts on a terminal made visible.
  static func complain(_ text: String) {
    write("eventicle: " + HiddenScalar.visible(text, newlines: true) + "\n", to: 2)
  }

  /// Writes a line of the domain's own code to standard error, with where it was written.
  static func log(_ line: LogLine) {
    let place = line.place.map { "\($0) " } ?? ""
    let level = line.level == .info || line.level == .debug ? "" : "\(line.level.rawValue): "
    write(HiddenScalar.visible("\(place)\(level)\(line.text)", newlines: true) + "\n", to: 2)
  }

  /// Writes a question to standard error, without ending the line.
  static func ask(_ text: String) {
    write(HiddenScalar.visible(text, newlines: true), to: 2)
  }

  /// Writes over the line at the bottom of the terminal that standard error leads to.
  static func progress(_ text: String) {
    let width = 72
    let shown = HiddenScalar.visible(text, newlines: false).prefix(width)
    write("\r" + shown + String(repeating: " ", count: width - shown.count) + "\r", to: 2)
  }

  /// Writes bytes to standard output as they are, for a file or another program.
  static func bytes(_ bytes: [UInt8]) { bytes.withUnsafeBytes { send($0, to: 1) } }

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
