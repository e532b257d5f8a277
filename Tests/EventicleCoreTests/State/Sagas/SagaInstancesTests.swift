import TestSupport
import Testing

@testable import EventicleCore

@Suite struct SagaInstancesTests {
  private typealias Model = [SagaKey: SagaInstance]

  private static func start(_ number: Int, _ value: JSON, _ tenant: Bool) -> SagaInstance {
    SagaInstance(
      key: SagaKey("S", "saga-\(number)"), workspace: tenant ? Workspace("acme") : .system,
      version: 1, data: ["k": value, "other": .int(number)], startedAt: .standardStart,
      changedAt: .standardStart, sequence: number)
  }

  private static func compare(_ sagas: SagaInstances, _ model: Model) {
    let all = model.values.sorted { $0.sequence < $1.sequence }
    #expect(sagas.count(of: "S") == all.count)
    #expect((0..<all.count).map { sagas.instance(of: "S", at: $0) } == all)
    for value in values {
      for workspace in [Workspace.system, Workspace("acme")] {
        let expected = all.filter { $0.workspace == workspace && $0.data["k"] == value }
        #expect(sagas.instances(of: "S", property: "k", value: value, in: workspace) == expected)
        #expect(
          sagas.live(of: "S", "k", value, in: workspace) == expected.filter { !$0.hasEnded })
      }
    }
    for number in 1...12 {
      let key = SagaKey("S", "saga-\(number)")
      #expect(sagas.instance(key) == model[key])
    }
  }

  private static let values: [JSON] = ["a", "b", 1, 2.5, true, ["x", 1], ["m": 1]]

  @Test(arguments: seeds(60))
  func `instances are found by key and value in copies and after going back`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var sagas = SagaInstances()
    sagas.declare(saga: "S", properties: ["k", "unused"])
    var model: Model = [:]
    var steps: [(old: SagaInstance?, new: SagaInstance?)] = []
    var copies: [(SagaInstances, Model)] = []
    var number = 0
    func make(_ old: SagaInstance?, _ new: SagaInstance?) {
      var new = new
      if new?.place ?? 0 < 0 { new?.place = sagas.nextPlace }
      sagas.set(from: old, to: new)
      steps.append((old, new))
      if let key = (new ?? old)?.key { model[key] = new }
    }
    for _ in 0..<300 {
      let value = Self.values[Int.random(in: 0..<Self.values.count, using: &random)]
      let known = model.values.sorted { $0.sequence < $1.sequence }
      let some = known.isEmpty ? nil : known[Int.random(in: 0..<known.count, using: &random)]
      switch Int.random(in: 0..<12, using: &random) {
      case 0..<3:
        number += 1
        make(nil, Self.start(number, value, number % 3 == 0))
      case 3..<6:
        guard var next = some else { continue }
        next.data["k"] = value
        make(some, next)
      case 6:
        guard var next = some else { continue }
        next.data["other"] = value
        make(some, next)
      case 7:
        guard var next = some else { continue }
        next.hasEnded = true
        make(some, next)
      case 8: if some != nil { make(some, nil) }
      case 9:
        for _ in 0..<Int.random(in: 0..<6, using: &random) {
          guard let (old, new) = steps.popLast() else { break }
          sagas.set(from: new, to: old)
          if let key = (new ?? old)?.key { model[key] = old }
          if old == nil, let new { number = new.sequence - 1 }
        }
      case 10: sagas.dropOldStates()
      default: copies.append((sagas, model))
      }
    }
    Self.compare(sagas, model)
    for (copy, expected) in copies { Self.compare(copy, expected) }
    sagas.redeclare(saga: "S", properties: ["other"])
    #expect(sagas.instances(of: "S", property: "k", value: "a") == [])
    for instance in model.values where instance.workspace == .system {
      let found = sagas.instances(of: "S", property: "other", value: instance.data["other"])
      #expect(found.contains(instance))
    }
  }

  @Test func `past states are dropped when going back is not needed`() throws {
    let saga = Saga("S", streams: ["s"])
      .keyed(by: "k") { .string($0.key) }
      .startOn("Begun") { step, _ in step["n"] = 0 }
      .on("Counted") { step, _ in step["n"] = .int((step["n"].integer ?? 0) + 1) }
    let app = try Eventicle(Domain("test", sagas: [saga]))
    try app.eventClient.emit([NewEvent("Begun", "a")], to: "s")
    for _ in 0..<6_000 { try app.eventClient.emit([NewEvent("Counted", "a")], to: "s") }
    #expect(app.world.sagas.instances(of: "S", property: "k", value: "a").first?.data["n"] == 6_000)
    #expect(app.world.sagas.states.nextPlace <= 4_100)
  }
}
