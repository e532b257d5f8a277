import Testing

@testable import EventicleConsole

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct TerminalReaderTests {
  /// Two pipes in place of the terminal and the wake pipe.
  struct Pipes {
    let source: [Int32]
    let wake: [Int32]

    init() {
      var (source, wake): ([Int32], [Int32]) = ([0, 0], [0, 0])
      _ = pipe(&source)
      _ = pipe(&wake)
      (self.source, self.wake) = (source, wake)
    }

    var reader: TerminalReader { TerminalReader(source: source[0], wake: wake[0]) }

    func type(_ text: String) {
      _ = write(source[1], text, text.utf8.count)
    }

    func signal(_ bytes: String) {
      _ = write(wake[1], bytes, bytes.utf8.count)
    }

    func close() {
      for file in source + wake { _ = Glibc.close(file) }
    }
  }

  @Test func `everything readable is returned at once`() {
    let pipes = Pipes()
    defer { pipes.close() }
    var reader = pipes.reader
    pipes.type(String(repeating: "j", count: 5000))
    #expect(reader.next(timeoutMilliseconds: 1000).count == 5000)
  }

  @Test func `a timeout returns nothing`() {
    let pipes = Pipes()
    defer { pipes.close() }
    var reader = pipes.reader
    #expect(reader.next(timeoutMilliseconds: 0).isEmpty)
    #expect(reader.next(timeoutMilliseconds: 5).isEmpty)
  }

  @Test func `a lone escape byte is the Escape key`() {
    let pipes = Pipes()
    defer { pipes.close() }
    var reader = pipes.reader
    pipes.type("\u{1B}")
    #expect(reader.next(timeoutMilliseconds: nil) == [.input(.key(KeyPress(.escape)))])
  }

  @Test func `an incomplete sequence does not block`() {
    let pipes = Pipes()
    defer { pipes.close() }
    var reader = pipes.reader
    pipes.type("\u{1B}[<0;5")
    #expect(reader.next(timeoutMilliseconds: 200).isEmpty)
    pipes.type("j")
    #expect(reader.next(timeoutMilliseconds: 200) == [.input(.key(KeyPress("j")))])
  }

  @Test func `several resizes are one`() {
    let pipes = Pipes()
    defer { pipes.close() }
    var reader = pipes.reader
    pipes.signal(String(repeating: "W", count: 300))
    #expect(reader.next(timeoutMilliseconds: nil) == [.resize])
  }

  @Test func `a wake returns without inputs`() {
    let pipes = Pipes()
    defer { pipes.close() }
    var reader = pipes.reader
    pipes.signal(".")
    #expect(reader.next(timeoutMilliseconds: nil).isEmpty)
  }

  @Test func `signals ask the program to end`() {
    let pipes = Pipes()
    defer { pipes.close() }
    var reader = pipes.reader
    pipes.signal("CT")
    #expect(
      reader.next(timeoutMilliseconds: nil) == [.resume, .input(.terminate(signal: SIGTERM))])
  }

  @Test func `a lost terminal stays closed`() {
    let pipes = Pipes()
    defer { _ = close(pipes.source[0]) }
    var reader = pipes.reader
    pipes.type("j")
    _ = close(pipes.source[1])
    #expect(
      reader.next(timeoutMilliseconds: nil) == [.input(.key(KeyPress("j"))), .input(.closed)])
    #expect(reader.next(timeoutMilliseconds: nil) == [.input(.closed)])
  }
}
