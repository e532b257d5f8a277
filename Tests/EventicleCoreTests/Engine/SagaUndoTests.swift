import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct SagaUndoTests {
  let book = HandlerLog()

  static func byID(_ event: Event) -> JSON? { event.domainID.map { .string($0.text) } }

  /// Commands that write down what they were asked, and refuse while the test wants it so.
  func domain(_ saga: Saga) -> Domain {
    let commands = ["Reserve", "Charge", "Ship", "Release", "Refund", "Recall"].map { type in
      Command(type, stream: "done") { [book] data, transaction in
        if book.isFailing, type == "Release" { throw Rejection("cannot release") }
        if type == "Ship", data["far"] == true { throw Rejection("too far") }
        book.note("\(type) \(data["id"].string ?? "")")
        return CommandResult(events: [NewEvent(EventType(type + "d"))])
      }
    }
    return Domain("test", commands: commands, sagas: [saga])
  }

  func saga() -> Saga {
    Saga("Trip", streams: ["st"]).keyed(by: "id", value: Self.byID)
      .startOn("Start") { step, _ in
        let id: JSON = ["id": step["id"]]
        try step.dispatch("Reserve", id, undoneBy: CommandIntent("Release", id))
      }
      .on("Pay") { step, _ in
        let id: JSON = ["id": step["id"]]
        try step.dispatch("Charge", id, undoneBy: CommandIntent("Refund", id))
      }
      .on("Go") { step, event in
        do {
          try step.dispatch(
            "Ship", ["id": step["id"], "far": event.data["far"]],
            undoneBy: CommandIntent("Recall"))
        } catch is Rejection {
          step["undone"] = .int(try step.compensate())
          step.end(keepingData: true)
        }
      }
      .on("Keep") { step, _ in step.forgetUndos() }
  }

  @Test func `compensations run in reverse order, in one journaled step`() throws {
    var bench = try RecordedEngine(domain(saga()))
    bench.emit(new("Start", of: "A"), new("Pay", of: "A"), to: "st")
    #expect(bench.world.instance("Trip")?.undos.map(\.type) == ["Release", "Refund"])
    let before = bench.timeline.count
    bench.emit(new("Go", of: "A", ["far": true]), to: "st")
    #expect(book.lines == ["Reserve A", "Charge A", "Refund A", "Release A"])
    let commands = bench.entries[before...].compactMap { entry -> String? in
      if case .command(let type, _, _, let outcome) = entry.kind {
        "\(type) \(outcome)"
      } else {
        nil
      }
    }
    #expect(commands.suffix(2) == ["Refund done", "Release done"])
    let instance = bench.world.instance("Trip")
    #expect(instance?.undos == [] && instance?.hasEnded == true && instance?.data["undone"] == 2)
  }

  @Test func `a failing compensation undoes none, and the whole step is retried`() throws {
    var bench = try RecordedEngine(domain(saga()))
    bench.emit(new("Start", of: "A"), new("Pay", of: "A"), to: "st")
    book.isFailing = true
    let events = bench.world.log.count
    bench.emit(new("Go", of: "A", ["far": true]), to: "st")
    #expect(bench.world.log.count == events + 1)
    #expect(bench.world.instance("Trip")?.undos.count == 2)
    #expect(bench.world.parked.map(\.reason) == ["cannot release"])
    book.isFailing = false
    bench.perform(.redrive(1))
    #expect(book.lines.suffix(2) == ["Refund A", "Release A"])
    #expect(bench.world.log.count == events + 3)
    #expect(bench.world.instance("Trip")?.undos == [])
  }

  @Test func `a refused command registers no compensation, and all can be cleared`() throws {
    var bench = try RecordedEngine(domain(saga()))
    bench.emit(new("Start", of: "A"), new("Go", of: "A"), to: "st")
    #expect(bench.world.instance("Trip")?.undos.map(\.type) == ["Release", "Recall"])
    bench.emit(new("Keep", of: "A"), to: "st")
    #expect(bench.world.instance("Trip")?.undos == [])
  }

  @Test func `time travel carries the registered compensations along`() throws {
    var bench = try RecordedEngine(domain(saga()))
    bench.emit(new("Start", of: "A"), new("Pay", of: "A"), to: "st")
    bench.emit(new("Go", of: "A", ["far": true]), to: "st")
    let counts = bench.moments.map { moment in
      bench.timeline.world(after: moment.last).instance("Trip")?.undos.count ?? -1
    }
    #expect(Set(counts) == [-1, 1, 2, 0])
    for moment in bench.moments {
      let travelled = bench.timeline.world(after: moment.last)
      #expect(bench.fingerprint(travelled).difference(from: moment.fingerprint) == nil)
    }
  }
}
