import CoreSupport
import TestSupport
import Testing

@testable import EventicleCore

/// What holds for every machine, whatever is sent to it.
@Suite struct MachinePropertyTests {
  /// How many machines walk in an ordinary run, and how many under torture.
  private static let walks: UInt64 = TestEnvironment.isTorture ? 100_000 : 600

  @Test func `every configuration is legal, whatever the machine and its inputs`() {
    var transitions = 0
    for seed in 0..<Self.walks {
      var random = SeededRandom(seed: seed ^ 0xA5)
      var walk = MachineWalk(RandomMachine(seed: seed))
      let fault = walk.fault(steps: 40, &random)
      #expect(fault == nil, "seed \(seed): \(fault ?? "")")
      transitions += walk.transitions
    }
    // A walk in which nothing happens would find nothing.
    #expect(transitions > Int(Self.walks) * 20)
  }

  @Test(arguments: seeds(40)) func `an aggregate reloaded before each message behaves the same`(
    seed: UInt64
  ) throws {
    let made = RandomMachine(seed: seed)
    let root = AggregateRoot("M", stream: "ms", machine: made.machine)
    let domain = Domain("test", aggregates: [root])
    var random = SeededRandom(seed: seed ^ 0x5A)
    guard var kept = try? made.machine.start(at: .standardStart).status else { return }
    var tx = try transaction(of: domain)
    var first = tx.new(root, id: "m")
    try tx.start(&first)
    try tx.emit(try tx.persist(&first), to: "ms")
    for _ in 0..<25 {
      tx = try transaction(tx.commit().0, of: domain)
      var loaded = try #require(tx.load(root, "m"))
      #expect(try loaded.machineStatus() == kept)
      switch MachineWalk.move(kept, made, &random) {
      case .send(let name):
        let expected = try? made.machine.send(
          MachineMessage(name), to: kept, at: .standardStart)
        let step = try? tx.offer(&loaded, name)
        #expect(step?.outcome == expected?.outcome)
        #expect(step?.events == expected?.events)
        guard let expected else {
          #expect(loaded.newEvents.isEmpty)
          return
        }
        kept = expected.status
        try tx.emit(try tx.persist(&loaded), to: "ms")
      case .fire(let id):
        let expected = try? made.machine.fire(id, in: kept, at: .standardStart)
        let step = try? tx.fireMachineDelay(root, "m", id)
        #expect(step?.outcome == expected?.outcome)
        guard let expected else { return }
        kept = expected.status
      }
    }
  }
}
