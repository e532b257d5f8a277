import CSupervisor

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Measures the time from starting the program to its first screen, on a real pty.
enum FirstPaint {
  /// Starts this program once, at 80×24 or 200×50.
  @Sendable static func run(_ columns: Int) throws -> Measurement.Run {
    let rows = columns >= 200 ? 50 : 24
    setenv("TERM", "xterm-256color", 0)
    let path = "/proc/self/exe"
    guard let resolved = realpath(path, nil) else {
      throw Failure("The program cannot find its own file.", .store)
    }
    defer { free(resolved) }
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("eventicle"), nil]
    defer { free(arguments[0]) }
    var child: pid_t = 0
    let start = Measurement.now()
    let terminal = supervisor_start_on_pty(
      resolved, &arguments, Int32(columns), Int32(rows), &child)
    guard terminal >= 0 else { throw Failure("No pseudo terminal can be opened.", .store) }
    defer { close(terminal) }
    var seen: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var seconds = 0.0
    while Measurement.now() - start < 10 {
      var waiting = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, 100) > 0 else { continue }
      let count = read(terminal, &buffer, buffer.count)
      guard count > 0 else { break }
      seen += buffer[..<count]
      if String(decoding: seen, as: UTF8.self).contains("1 Start") {
        seconds = Measurement.now() - start
        break
      }
    }
    _ = write(terminal, "q", 1)
    var status: Int32 = 0
    while waitpid(child, &status, WNOHANG) == 0, Measurement.now() - start < 12 {
      var waiting = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
      if poll(&waiting, 1, 20) > 0 { _ = read(terminal, &buffer, buffer.count) }
    }
    guard seconds > 0 else { throw Failure("No first screen came within 10 seconds.", .failed) }
    return Measurement.Run(operations: 1, seconds: seconds, check: seen.count)
  }
}
