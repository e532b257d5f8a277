import Foundation
import TestSupport
import Testing

/// The console ends soon and gives the terminal back, whatever it is doing.
@Suite(.serialized, .timeLimit(.minutes(5))) struct EndingJourneys {
  /// A signal and who gets it: the process that was started, or the one under it that draws.
  struct Ending: CustomTestStringConvertible {
    let signal: Int32
    let toChild: Bool

    var testDescription: String {
      let names = [SIGINT: "INT", SIGQUIT: "QUIT", SIGTERM: "TERM", SIGHUP: "HUP", SIGKILL: "KILL"]
      return "SIG\(names[signal] ?? "?") to the \(toChild ? "child" : "parent")"
    }

    static let all: [Ending] =
      [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGKILL].flatMap { signal in
        [false, true].map { Ending(signal: signal, toChild: $0) }
      }
  }

  /// A promise of one second, with time for a machine that runs other tests too.
  private static let limit = Duration.seconds(3)

  private func open() throws -> (Journey, child: LiveProcess) {
    let journey = try Journey(
      ProgramUnderTest.path(), ["demo", "--story"],
      environment: ["HOME": "/nonexistent", "XDG_STATE_HOME": "/nonexistent"])
    try journey.wait(for: "HELD")
    return (journey, try #require(LiveProcess.firstChild(of: journey.process)))
  }

  private func wait(_ what: String, until condition: () -> Bool) throws {
    let deadline = ContinuousClock.now + TestEnvironment.deadline
    while !condition() {
      try #require(ContinuousClock.now < deadline, "waited for \(what)")
      sched_yield()
    }
  }

  private func send(_ ending: Ending, to journey: Journey, _ child: LiveProcess) {
    if ending.toChild {
      kill(child.pid, ending.signal)
    } else {
      journey.signal(ending.signal)
    }
  }

  @Test(arguments: Ending.all)
  func `a busy console ends at once and leaves no trace`(_ ending: Ending) throws {
    let (journey, child) = try open()
    journey.send(":live<Enter>:clock set 9999-12-31T23:59:59Z<Enter>")
    let before = child.processorTime
    try wait("the work to begin") { child.processorTime > before + 40 }
    send(ending, to: journey, child)
    try journey.waitUntilNobodyIsLeft(within: Self.limit)
    #expect(journey.leftovers == [])
  }

  @Test(arguments: Ending.all)
  func `a console whose output nobody reads ends and leaves no trace`(_ ending: Ending) throws {
    let (journey, child) = try open()
    journey.pty.resize(columns: 500, rows: 200)
    try wait("the output to be stuck") { child.isBlockedInOutput }
    send(ending, to: journey, child)
    try journey.waitUnreadUntilNobodyIsLeft(within: Self.limit)
    #expect(journey.leftovers == [])
  }
}
