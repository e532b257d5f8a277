import EventicleCore
import EventicleSamples
import EventicleWorkbench
import Foundation
import TestSupport
import Testing

@testable import EventicleConsole

@Suite struct WorkbenchThreadTests {
  private static let lines = [
    "do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1",
    "do CapturePayment paymentId=pay-1", "clock +2s", "clock +10m", "hold", "release", "back",
    "step",
    "live", "emit orders Noted a=1 --count 30", "do Nothing", "filter Order*", "filter", "goto #2",
    "nonsense", "fire", "view OrderBoard",
  ]

  private func runner() -> SystemEffectRunner {
    SystemEffectRunner(
      themes: ThemeKeeper(ThemeLoader(folder: nil, environment: [:]) { _ in nil }),
      state: StateFolder(environment: [:]), terminal: nil, remembersLines: false)
  }

  private func settle(_ program: ConsoleProgram) {
    let end = Date() + 60
    while program.isBusy, Date() < end {
      program.port.wait(milliseconds: 100)
      program.collect()
    }
    #expect(!program.isBusy)
  }

  @Test(arguments: seeds(12))
  func `a workbench on a thread ends with the same screen as one that works at once`(seed: UInt64)
    throws
  {
    var random = SeededRandom(seed: seed)
    let lines = (0..<12).map { _ in
      Self.lines[Int.random(in: 0..<Self.lines.count, using: &random)]
    }
    let size = Size(columns: 120, rows: 40)
    let session = try Session(.shop)
    let port = WorkbenchThread(session, wake: {})
    defer { port.close() }
    let threaded = ConsoleProgram(
      port: port, notice: session.notice(), size: size, effectRunner: runner())
    let inline = ConsoleProgram(session: session, size: size, effectRunner: runner())
    // All at once on the thread, so that they wait for each other.
    for line in lines { threaded.run(line: line) }
    settle(threaded)
    for line in lines { inline.run(line: line) }
    #expect(threaded.frame().buffer.text == inline.frame().buffer.text, "\(lines)")
  }

  private static func events(_ count: Int) -> [UInt8] {
    let lines = (1...count).map {
      #"{"id":"e\#($0)","type":"Noted","stream":"orders","domainId":"n-\#($0)","createdAt":\#(1_767_258_000_000 + $0 * 40),"data":{"n":\#($0)}}"#
    }
    return Array(lines.joined(separator: "\n").utf8)
  }

  @Test func `what is shown while an import runs is a moment each time, and grows`() throws {
    let session = try Session(.shop)
    let port = WorkbenchThread(session, wake: {})
    defer { port.close() }
    port.begin(.importEvents(Self.events(20_000), from: nil))
    var counts: [Int] = []
    var isOver = false
    let end = Date() + 120
    while !isOver, Date() < end {
      port.wait(milliseconds: 100)
      for answer in port.take() {
        switch answer {
        case .message(.notice(let notice)):
          let moment = notice.moment
          #expect(moment.isAtHead)
          #expect(moment.timeline.stepEnd(of: moment.timeline.last) == moment.timeline.last)
          #expect(moment.timeline.head.log.count == moment.log.count)
          #expect(moment.timeline.appendEntry(of: Position(moment.log.count)) != nil)
          counts.append(moment.log.count)
        case .finished: isOver = true
        default: break
        }
      }
    }
    #expect(isOver)
    #expect(counts == counts.sorted())
    #expect(counts.last == 20_000)
  }

  @Test func `an import that is ended keeps whole steps and says how many`() throws {
    let session = try Session(.shop)
    let port = WorkbenchThread(session, wake: {})
    defer { port.close() }
    let program = ConsoleProgram(
      port: port, notice: session.notice(), size: Size(columns: 120, rows: 24),
      effectRunner: runner())
    program.add(.importEvents(Self.events(60_000), from: nil))
    let end = Date() + 120
    while program.model.moment.log.count == 0, program.isBusy, Date() < end {
      port.wait(milliseconds: 100)
      program.collect()
    }
    program.send(.key(KeyPress("c", .control)))
    settle(program)
    let count = program.model.moment.log.count
    #expect(count > 0)
    if count < 60_000 {
      #expect(program.model.message?.text.contains("the import was ended: ") == true)
    }
  }
}
