import BackendContract
import Testing

@testable import EventicleCore

/// The in-memory engine as the backend of the contract tests.
struct MemoryBackend: BackendUnderTest {
  var capabilities = Capabilities.memory

  func openStore(_ domain: Domain) throws -> any StoreUnderTest { try MemoryStore(domain) }

  func openClient(_ domain: Domain) throws -> Eventicle { try Eventicle(domain) }
}

/// A store in memory that goes back by reverting what its steps changed.
private final class MemoryStore: StoreUnderTest {
  private let domain: Domain
  private(set) var world: World
  private var steps: [StepChanges] = []

  init(_ domain: Domain) throws {
    self.domain = domain
    world = try Engine(domain).world
  }

  func transact<Result>(_ body: (Transaction) throws -> Result) throws -> Result {
    let step = try transaction(world, of: domain)
    do {
      let result = try body(step)
      let changes: StepChanges
      (world, changes) = step.commit()
      steps.append(changes)
      return result
    } catch {
      world = step.rollBack()
      throw error
    }
  }

  func pass(_ interval: Interval) throws {
    try transact { $0.make(.clock(old: world.clock, new: world.clock + interval)) }
  }

  func world(stepsAgo count: Int) throws -> World {
    var earlier = world
    for changes in steps.suffix(count).reversed() { earlier.revert(changes) }
    return earlier
  }
}

@Suite struct StoreContractTests {
  @Test(arguments: StoreContract.cases)
  func `the memory backend keeps the store contract`(row: ContractCase) throws {
    try #expect(row.run(on: MemoryBackend()) == .passed)
  }

  @Test func `the contract has many cases with unique names`() {
    let names = StoreContract.cases.map { Array($0.name.utf8) }
    #expect(names.count >= 110)
    #expect(Set(names).count == names.count)
  }

  @Test func `a case is skipped only for missing capabilities`() throws {
    let row = ContractCase("goes back", needs: [.canRewind, .canFork, .atomicBatch]) { _ in }
    let weak = MemoryBackend(capabilities: Capabilities([.atomicBatch]))
    #expect(try row.run(on: MemoryBackend()) == .passed)
    #expect(try row.run(on: weak) == .skipped([.canRewind, .canFork]))
  }

  @Test func `a store that loses writes fails the contract`() throws {
    let failing = StoreContract.cases.filter { row in
      do {
        try row.run(on: ForgetfulBackend())
        return false
      } catch {
        return true
      }
    }
    #expect(failing.count > 100)
  }

  @Test func `every capability has sentences for having and lacking it`() {
    let sentences = Capability.allCases.flatMap { [$0.promise, $0.refusal] }
    #expect(sentences.allSatisfy { $0.hasSuffix(".") && ($0.first?.isUppercase ?? false) })
    #expect(Set(sentences).count == 2 * Capability.allCases.count)
    #expect(Capabilities.memory.lacks(of: Set(Capability.allCases)) == [.durableOnAcknowledge])
    #expect(!Capabilities.memory.durableOnAcknowledge)
    #expect(Capabilities.memory.sentences.filter { !$0.isHeld }.count == 1)
  }
}

/// A store that acknowledges every step and stores none.
private struct ForgetfulBackend: BackendUnderTest {
  private final class Store: StoreUnderTest {
    let domain: Domain
    let world: World

    init(_ domain: Domain) throws {
      self.domain = domain
      world = try Engine(domain).world
    }

    func transact<Result>(_ body: (Transaction) throws -> Result) throws -> Result {
      try body(try transaction(world, of: domain))
    }

    func pass(_ interval: Interval) throws {}
    func world(stepsAgo count: Int) throws -> World { world }
  }

  let capabilities = Capabilities.memory

  func openStore(_ domain: Domain) throws -> any StoreUnderTest { try Store(domain) }
}
