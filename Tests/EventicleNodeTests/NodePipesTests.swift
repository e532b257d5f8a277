import EventicleCore
import Foundation
import Testing

@testable import EventicleHost
@testable import EventicleNode

/// Frames to and from a child that does what a script says.
@Suite struct NodePipesTests {
  private struct Late: Error {}

  private func pipes(_ script: String, limit: Int = NodePipes.frameBytes) throws -> NodePipes {
    let process = try NodeProcess(
      NodeProcess.Launch(
        program: "/bin/sh", arguments: ["-c", script], environment: ["PATH=/usr/bin:/bin"],
        folder: "/tmp"))
    return NodePipes(process, frameLimit: limit)
  }

  /// A wait that ends a test that hangs.
  private func patience() -> () throws -> Void {
    let watch = Stopwatch()
    return { if watch.milliseconds > 30_000 { throw Late() } }
  }

  private func text(_ frame: [UInt8]) -> String { String(decoding: frame, as: UTF8.self) }

  @Test func `frames arrive whole, however the child tears them`() throws {
    let pipes = try pipes(
      #"printf '\005\000' >&4; printf '\000\000he' >&4; printf 'llo\000\000\000\000\002\000\000\000ab' >&4"#
    )
    let wait = patience()
    #expect(text(try pipes.receive(wait: wait)) == "hello")
    #expect(try pipes.receive(wait: wait).isEmpty)
    #expect(text(try pipes.receive(wait: wait)) == "ab")
    #expect(throws: NodeError.self) { try pipes.receive(wait: wait) }
  }

  @Test(arguments: 0...8) func `a child that ends within a frame has ended`(count: Int) throws {
    let frame = #"\005\000\000\000hello"#
    let bytes = ["\\005", "\\000", "\\000", "\\000", "h", "e", "l", "l", "o"]
    #expect(bytes.joined() == frame)
    let pipes = try pipes("printf '\(bytes.prefix(count).joined())' >&4")
    #expect {
      try pipes.receive(wait: patience())
    } throws: { error in
      if case NodeError.ended = error { true } else { false }
    }
  }

  @Test func `a frame that is too large is refused before it is read`() throws {
    let pipes = try pipes(#"printf '\377\377\377\177' >&4; exec sleep 1000"#, limit: 1_000)
    #expect {
      try pipes.receive(wait: patience())
    } throws: { error in
      if case NodeError.frameTooLarge(bytes: 0x7fff_ffff) = error { true } else { false }
    }
    #expect(throws: NodeError.self) {
      try pipes.send([UInt8](repeating: 0, count: 1_001), to: .requests, wait: patience())
    }
  }

  @Test func `a large frame gets through to a child that only writes at first`() throws {
    // Both sides would wait for ever if the writer did not read.
    let pipes = try pipes(
      """
      i=0; while [ $i -lt 3000 ]; do
        printf '\\144\\000\\000\\000%0100d' $i >&4; i=$((i+1))
      done
      head -c 3000004 <&3 | wc -c
      """)
    let body = [UInt8](repeating: 7, count: 3_000_000)
    try pipes.send(body, to: .requests, wait: patience())
    var count = 0
    while count < 3_000 {
      #expect(try pipes.receive(wait: patience()).count == 100)
      count += 1
    }
    pipes.process.finish(patience: 10_000, reading: pipes.readRest)
    #expect(pipes.takeLines().map(\.text) == ["3000004"])
  }

  @Test func `what is printed is cut into lines, with and without an end`() throws {
    let pipes = try pipes("echo one; printf 'two\\r\\nthree'; echo bad >&2; exit 3")
    #expect(pipes.process.finish(patience: 10_000, reading: pipes.readRest) == .status(3))
    let lines = pipes.takeLines()
    #expect(lines.filter { !$0.isError }.map(\.text) == ["one", "two", "three"])
    #expect(lines.filter(\.isError).map(\.text) == ["bad"])
    #expect(String(decoding: pipes.errorTail, as: UTF8.self) == "bad\n")
  }

  @Test func `the child has the five descriptors and no other`() throws {
    let pipes = try pipes("ls /proc/self/fd; cat <&0; pwd; ps -o pgid= -p $$ | tr -d ' '; echo $$")
    _ = pipes.process.finish(patience: 10_000, reading: pipes.readRest)
    var lines = pipes.takeLines().map(\.text)
    // The last one is that of the listing itself.
    #expect(lines.prefix(6) == ["0", "1", "2", "3", "4", "5"])
    lines.removeAll { Int($0).map { $0 < 10 } ?? false }
    #expect(lines.first == "/tmp")
    #expect(lines.count < 3 || lines[1] == lines[2])
  }

  @Test func `killing a child kills what it started`() throws {
    let pipes = try pipes("sleep 1000 & echo $!; exec sleep 1000")
    let watch = Stopwatch()
    while pipes.lines.isEmpty, watch.milliseconds < 30_000 { pipes.readAvailable(milliseconds: 20) }
    let grandchild = try #require(pipes.takeLines().first.flatMap { pid_t($0.text) })
    #expect(kill(grandchild, 0) == 0)
    pipes.process.kill()
    #expect(pipes.process.end == .signal(SIGKILL))
    #expect(kill(pipes.process.pid, 0) != 0)
    // It is a zombie of the system's first process for a moment.
    #expect(NodeOrphans.areGone([grandchild]))
  }

  @Test func `a wait ends at its deadline, and when somebody ends it`() throws {
    final class Impatient: HandlerWatch {
      func stillWaiting(_ handler: HandlerID, for waited: Interval) -> Bool { false }
    }
    let pipes = try pipes("exec sleep 1000")
    for (deadline, watch, isLate) in [
      (Interval.milliseconds(120), nil as Impatient?, true), (.seconds(30), Impatient(), false),
    ] {
      let wait = NodeWait(
        HandlerID(.command, "C"), deadline: deadline, watch, pipes.process, memory: 0)
      #expect {
        try pipes.receive(wait: wait.check)
      } throws: { error in
        (error as? HandlerGivenUpError)?.isLate == isLate
      }
    }
  }

  @Test func `a program that is not there is an error in words`() {
    #expect {
      _ = try NodeProcess(
        NodeProcess.Launch(
          program: "/nowhere/node", arguments: [], environment: [], folder: "/tmp"))
    } throws: { error in
      "\(error)".hasPrefix("/nowhere/node cannot be started: No such file or directory;")
    }
  }
}

/// Looks for processes that should be gone.
enum NodeOrphans {
  /// Whether processes are gone, at the latest after ten seconds.
  static func areGone(_ pids: [pid_t]) -> Bool {
    let watch = Stopwatch()
    while watch.milliseconds < 10_000 {
      if pids.allSatisfy({ !isRunning($0) }) { return true }
      _ = poll(nil, 0, 5)
    }
    return false
  }

  private static func isRunning(_ pid: pid_t) -> Bool {
    guard kill(pid, 0) == 0 else { return false }
    let status = FileManager.default.contents(atPath: "/proc/\(pid)/stat") ?? Data()
    // One that waits to be reaped runs no more.
    return !String(decoding: status, as: UTF8.self).contains(") Z ")
  }

  /// The processes of this one's children that run a program.
  static func children(running program: String) -> [pid_t] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return all.compactMap { pid_t($0) }.filter { pid in
      let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
      return String(decoding: line, as: UTF8.self).contains(program)
    }
  }
}
