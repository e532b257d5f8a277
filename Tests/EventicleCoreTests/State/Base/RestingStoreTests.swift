import BackendContract
import Testing

@testable import EventicleCore

/// A data store of which nothing stays in memory: it is rebased after every step.
private final class RestingStore: StoreUnderTest {
  // Used by one thread at a time.
  private final class History: StatePages, @unchecked Sendable {
    var states = StateHistory()
    let fault: StoreFault? = nil

    func record(_ key: RecordKey, asOf entry: JournalIndex) -> Record? {
      states.record(key, asOf: entry)
    }

    func record(number: Int, asOf entry: JournalIndex) -> Record? {
      states.record(number: number, asOf: entry)
    }

    func records(in table: TableName, asOf entry: JournalIndex) -> [Int32] {
      states.records(in: table, asOf: entry)
    }

    func instance(_ key: SagaKey, asOf entry: JournalIndex) -> SagaInstance? { nil }
    func instance(number: Int, asOf entry: JournalIndex) -> SagaInstance? { nil }
    func instances(of saga: String, asOf entry: JournalIndex) -> [Int32] { [] }
    func instances(
      of saga: String, property: String, value: JSON, in workspace: Workspace,
      asOf entry: JournalIndex
    ) -> [SagaInstance] { [] }
    func timer(_ key: TimerKey, asOf entry: JournalIndex) -> Timer? { nil }
    func timer(number: Int) -> Timer? { nil }
    func hasProcessed(
      _ consumer: ConsumerNumber, _ position: Position, asOf entry: JournalIndex
    ) -> Bool { false }
  }

  private let domain: Domain
  private let history = History()
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
      let entry = JournalIndex(steps.count)
      history.states.append(changes.others, at: entry)
      world.rebase(to: WorldBase(history, asOf: entry, events: world.log.count))
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

@Suite struct RestingStoreTests {
  private struct Backend: BackendUnderTest {
    let capabilities = Capabilities.memory

    func openStore(_ domain: Domain) throws -> any StoreUnderTest { try RestingStore(domain) }
    func openClient(_ domain: Domain) throws -> Eventicle { try Eventicle(domain) }
  }

  @Test(arguments: StoreContract.cases)
  func `a data store that rests on pages keeps the store contract`(row: ContractCase) throws {
    try #expect(row.run(on: Backend()) == .passed)
  }
}
