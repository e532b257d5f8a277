internal import EventicleCore

/// What many rows share and mention by number: names, kinds of events, consumers.
///
/// Numbers are for ever. Each row has a hash of its own, because rows that mention it say only its
/// number.
struct Catalogue {
  /// What many events have in common.
  struct Kind: Hashable {
    let type: EventType
    let stream: StreamName
    // Compared by bytes, which a String does not do.
    let source: EventType
    let aggregate: EventType?
    let isPublished: Bool
  }

  private struct LogKind: Hashable {
    let type: EventType
    let stream: StreamName
    let source: EventType
  }

  private struct Consumer: Hashable {
    let kind: ConsumerKind
    let name: EventType
  }

  /// The store's own number, from which the hashes begin.
  private let store: Int
  var pieces = StepPieces(NameBook())
  private(set) var kinds: [Kind] = []
  /// The first event of each kind: its position, or 0 for kept events.
  private var firsts: [Int] = []
  private(set) var consumers: [ConsumerName] = []
  private var kindNumbers: [Kind: Int] = [:]
  /// The first kind with each stream, by which tables name it.
  private var streams: [StreamName: Int] = [:]
  /// For each kind the number under which a log knows its type, stream and source.
  private var logNumbers: [Int32] = []
  private var logKinds: [LogKind: Int32] = [:]
  /// The kinds of a log, in the order of their numbers there.
  private(set) var inLog: [EventicleCore.LogKind] = []
  private var consumerNumbers: [Consumer: Int] = [:]
  /// How many of each are in the file.
  private var saved = (names: 0, kinds: 0, consumers: 0)

  init(of store: Int) { self.store = store }

  /// The number of a kind, which is new if the kind is.
  ///
  /// - Parameter position: That of the event; 0 for a kept one.
  mutating func number(of kind: Kind, at position: Int) -> Int {
    if let last = kinds.last, last == kind { return kinds.count - 1 }
    if let known = kindNumbers[kind] { return known }
    kindNumbers[kind] = kinds.count
    if streams[kind.stream] == nil { streams[kind.stream] = kinds.count }
    let key = LogKind(type: kind.type, stream: kind.stream, source: kind.source)
    if kind.isPublished, logKinds[key] == nil {
      logKinds[key] = Int32(logKinds.count)
      inLog.append(
        EventicleCore.LogKind(kind.type, kind.stream, kind.source.text, first: position))
    }
    logNumbers.append(kind.isPublished ? logKinds[key] ?? 0 : 0)
    kinds.append(kind)
    firsts.append(position)
    return kinds.count - 1
  }

  /// The number by which tables name a stream; `nil` when no event is in it.
  func number(of stream: StreamName) -> Int? { streams[stream] }

  /// The number by which tables name the stream of a kind.
  func stream(ofKind number: Int) -> Int {
    kinds.indices.contains(number) ? streams[kinds[number].stream] ?? number : number
  }

  /// The number under which a log knows the type, stream and source of a kind.
  func logNumber(ofKind number: Int) -> Int32 {
    logNumbers.indices.contains(number) ? logNumbers[number] : 0
  }

  mutating func number(of consumer: ConsumerName) -> Int {
    let key = Consumer(kind: consumer.kind, name: EventType(consumer.name))
    if let known = consumerNumbers[key] { return known }
    consumerNumbers[key] = consumers.count
    consumers.append(consumer)
    return consumers.count - 1
  }

  /// A name by its number.
  func name(_ number: Int) throws(StepCodecError) -> String {
    guard pieces.names.names.indices.contains(number) else {
      throw StepCodecError("A row has the name number \(number), which is not there.")
    }
    return pieces.names.names[number]
  }

  func kind(_ number: Int) throws(StepCodecError) -> Kind {
    guard kinds.indices.contains(number) else {
      throw StepCodecError("An event has the kind \(number), which is not there.")
    }
    return kinds[number]
  }

  func consumer(_ number: Int) throws(StepCodecError) -> ConsumerName {
    guard consumers.indices.contains(number) else {
      throw StepCodecError("An entry has the consumer \(number), which is not there.")
    }
    return consumers[number]
  }

  // MARK: - The file

  /// Writes what is not in the file yet.
  mutating func save(_ database: Database) throws(SQLiteError) {
    let names = pieces.names.names
    while saved.names < names.count {
      let text = names[saved.names]
      let insert = try database.statement("INSERT INTO name VALUES(?1, ?2, ?3)")
      insert.bind(1, saved.names)
      insert.bind(2, text)
      insert.bind(3, hash(saved.names) { $0.add(text) })
      try insert.run()
      saved.names += 1
    }
    while saved.kinds < kinds.count {
      let kind = kinds[saved.kinds]
      let insert = try database.statement(
        "INSERT INTO kind VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
      insert.bind(1, saved.kinds)
      insert.bind(2, kind.type.text)
      insert.bind(3, kind.stream.text)
      insert.bind(4, kind.tenant)
      insert.bind(5, kind.source.text)
      insert.bind(6, kind.aggregate?.text)
      insert.bind(7, kind.isPublished ? 1 : 0)
      let first = firsts[saved.kinds]
      insert.bind(8, first)
      insert.bind(9, hash(saved.kinds) { $0.add(kind, first) })
      try insert.run()
      saved.kinds += 1
    }
    while saved.consumers < consumers.count {
      let consumer = consumers[saved.consumers]
      let insert = try database.statement("INSERT INTO consumer VALUES(?1, ?2, ?3, ?4)")
      insert.bind(1, saved.consumers)
      insert.bind(2, consumer.kind.rawValue)
      insert.bind(3, consumer.name)
      insert.bind(4, hash(saved.consumers) { $0.add(consumer) })
      try insert.run()
      saved.consumers += 1
    }
  }

  /// Reads all of it.
  static func load(of store: Int, _ database: Database) throws -> Catalogue {
    var book = Catalogue(of: store)
    if let error = book.read(database) { throw error }
    return book
  }

  /// Reads it up to the first damage in each table.
  ///
  /// - Returns: The first damage.
  mutating func read(_ database: Database) -> (any Error)? {
    let results = [
      Result { try readNames(database) }, Result { try readKinds(database) },
      Result { try readConsumers(database) },
    ]
    saved = (pieces.names.names.count, kinds.count, consumers.count)
    for case .failure(let error) in results { return error }
    return nil
  }

  private mutating func readNames(_ database: Database) throws {
    var names: [String] = []
    defer { pieces = StepPieces(NameBook(names)) }
    let rows = try database.statement("SELECT number, text, hash FROM name ORDER BY number")
    defer { rows.reset() }
    while try rows.next() {
      let text = rows.text(1) ?? ""
      try check(rows.int(0), names.count, rows.int(2), "name") { $0.add(text) }
      names.append(text)
    }
  }

  private mutating func readKinds(_ database: Database) throws {
    let rows = try database.statement(
      """
      SELECT number, type, stream, tenant, source, aggregate, published, first, hash FROM kind \
      ORDER BY number
      """)
    defer { rows.reset() }
    while try rows.next() {
      let kind = try Kind(rows)
      let first = rows.int(7)
      try check(rows.int(0), kinds.count, rows.int(8), "kind") { $0.add(kind, first) }
      _ = number(of: kind, at: first)
    }
  }

  private mutating func readConsumers(_ database: Database) throws {
    let rows = try database.statement(
      "SELECT number, kind, name, hash FROM consumer ORDER BY number")
    defer { rows.reset() }
    while try rows.next() {
      let kind = ConsumerKind(rawValue: rows.text(1) ?? "")
      let consumer = ConsumerName(kind ?? .view, rows.text(2) ?? "")
      try check(
        kind == nil ? -1 : rows.int(0), consumers.count, rows.int(3), "consumer"
      ) { $0.add(consumer) }
      _ = number(of: consumer)
    }
  }

  /// Whether the file has nothing that this has not.
  func isUpToDate(_ database: Database) throws(SQLiteError) -> Bool {
    let count = try database.number(
      """
      SELECT (SELECT coalesce(max(number) + 1, 0) FROM name) \
      + (SELECT coalesce(max(number) + 1, 0) FROM kind) \
      + (SELECT coalesce(max(number) + 1, 0) FROM consumer)
      """)
    return count == saved.names + saved.kinds + saved.consumers
  }

  private func hash(_ number: Int, _ body: (inout StepHash) -> Void) -> Int {
    var hash = StepHash(after: store)
    hash.add(number)
    body(&hash)
    return hash.stored
  }

  private func check(
    _ number: Int, _ expected: Int, _ stored: Int, _ what: String,
    _ body: (inout StepHash) -> Void
  ) throws(StepCodecError) {
    guard number == expected, stored == hash(number, body) else {
      throw StepCodecError("the \(what) with the number \(expected) is missing or changed")
    }
  }
}

extension Catalogue.Kind {
  /// The tenant whose part of the stream it is.
  fileprivate var tenant: String? { stream.isTenants ? stream.workspace.text : nil }

  fileprivate init(_ row: Statement) throws(StepCodecError) {
    let text = row.text(2) ?? ""
    var stream = StreamName(text)
    if let tenant = row.text(3) {
      guard let whole = StreamName(shown: text, of: Workspace(tenant)) else {
        throw StepCodecError("the kind with the number \(row.int(0)) is changed")
      }
      stream = whole
    }
    self.init(
      type: EventType(row.text(1) ?? ""), stream: stream, source: EventType(row.text(4) ?? ""),
      aggregate: row.text(5).map { EventType($0) }, isPublished: row.int(6) != 0)
  }
}

extension StepHash {
  fileprivate mutating func add(_ kind: Catalogue.Kind, _ first: Int) {
    add(kind.type.text)
    add(kind.stream.text)
    add(kind.tenant)
    add(kind.source.text)
    add(kind.aggregate?.text)
    add(kind.isPublished ? 1 : 0)
    add(first)
  }

  fileprivate mutating func add(_ consumer: ConsumerName) {
    add(consumer.kind.rawValue)
    add(consumer.name)
  }
}
