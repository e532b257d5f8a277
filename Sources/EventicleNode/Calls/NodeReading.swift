internal import EventicleCore

/// What calls read: the world as a handler sees it, or as it is between two steps.
protocol NodeReading {
  /// The workspace of a call that names none.
  var workspace: Workspace { get }
  func record(_ type: String, _ id: String, in workspace: Workspace) -> Record?
  func records(
    _ type: String, _ query: Query, _ sort: [SortKey], in workspace: Workspace
  ) throws -> [Record]
  func page(
    _ type: String, _ query: Query, _ sort: [SortKey], _ page: Int, _ size: Int,
    in workspace: Workspace
  ) throws -> RecordPage
  func count(_ type: String, _ query: Query, in workspace: Workspace) throws -> Int
  /// The events of an aggregate, oldest first.
  func history(_ key: AggregateKey) -> [Event]
  /// An event as handlers see it.
  func opened(_ event: Event) -> Event?
  /// Lends the world.
  func lend<Result>(_ body: (borrowing World) throws -> Result) rethrows -> Result
}

/// Reads what a handler sees.
struct TransactionReading: NodeReading {
  let transaction: Transaction
  let host: NodeHost

  var workspace: Workspace { transaction.workspace }

  func record(_ type: String, _ id: String, in workspace: Workspace) -> Record? {
    transaction.record(type, id, in: workspace)
  }

  func records(
    _ type: String, _ query: Query, _ sort: [SortKey], in workspace: Workspace
  ) throws -> [Record] {
    try transaction.records(of: type, where: query, sortedBy: sort, in: workspace)
  }

  func page(
    _ type: String, _ query: Query, _ sort: [SortKey], _ page: Int, _ size: Int,
    in workspace: Workspace
  ) throws -> RecordPage {
    try transaction.records(
      of: type, where: query, sortedBy: sort, page: page, size: size, in: workspace)
  }

  func count(_ type: String, _ query: Query, in workspace: Workspace) throws -> Int {
    try transaction.count(of: type, where: query, in: workspace)
  }

  func history(_ key: AggregateKey) -> [Event] {
    transaction.history(host.root(key.type), key.id, in: key.workspace)
  }

  func opened(_ event: Event) -> Event? {
    transaction.event(event.id, in: event.workspace) ?? event
  }

  func lend<Result>(_ body: (borrowing World) throws -> Result) rethrows -> Result {
    try body(transaction.world)
  }
}

/// Reads the world between two steps.
struct WorldReading: NodeReading {
  let world: World

  init(_ world: World) { self.world = world }

  var workspace: Workspace { .system }

  func record(_ type: String, _ id: String, in workspace: Workspace) -> Record? {
    world.record(type, id, in: workspace)
  }

  func records(
    _ type: String, _ query: Query, _ sort: [SortKey], in workspace: Workspace
  ) throws -> [Record] {
    try world.records(of: type, where: query, sortedBy: sort, in: workspace)
  }

  func page(
    _ type: String, _ query: Query, _ sort: [SortKey], _ page: Int, _ size: Int,
    in workspace: Workspace
  ) throws -> RecordPage {
    try world.records(
      of: type, where: query, sortedBy: sort, page: page, size: size, in: workspace)
  }

  func count(_ type: String, _ query: Query, in workspace: Workspace) throws -> Int {
    try world.count(of: type, where: query, in: workspace)
  }

  func history(_ key: AggregateKey) -> [Event] {
    var events: [Event] = []
    world.forEachEvent(of: key) { event, _ in events.append(event) }
    return events
  }

  func opened(_ event: Event) -> Event? { event }

  func lend<Result>(_ body: (borrowing World) throws -> Result) rethrows -> Result {
    try body(world)
  }
}
