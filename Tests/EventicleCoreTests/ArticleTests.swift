import CoreSupport
import EventicleCore
import Synchronization
import TestSupport
import Testing

/// What the programs below print.
private enum Printed {
  static let lines = Mutex<[String]>([])

  /// What a program prints, line by line.
  static func run(_ program: () throws -> Void) throws -> String {
    lines.withLock { $0 = [] }
    try program()
    return lines.withLock { $0.map { $0 + "\n" }.joined() }
  }
}

/// Stands in for the function of the standard library, so that a test can read what is printed.
private func print(_ items: Any...) {
  let line = items.map { "\($0)" }.joined(separator: " ")
  Printed.lines.withLock { $0.append(line) }
}

private func tenants() throws {
  // tenants begins
  let write = Command("Write", stream: "notes", [.required("text")]) { data, _ in
    CommandResult(events: [NewEvent("NoteWritten", "note-1", data: data)])
  }
  let notes = EventView(
    "Notes", streams: ["notes"], row: { row, event in row = event.data.value })
  let app = try Eventicle(Domain("desk", commands: [write], views: [notes]))

  try app.dispatch(CommandIntent("Write", ["text": "ours"]))
  try app.dispatch(CommandIntent("Write", ["text": "theirs"], workspace: "acme"))

  print(app.world.tenants, app.world.log.streamNames)
  for workspace in [.system, "acme", "globex"] as [Workspace] {
    let note = app.world.record(notes, "note-1", in: workspace)
    print(workspace, note?["text"] ?? "has none")
  }
  // tenants ends
}

private func parkedWork() throws {
  // parked work begins
  let app = try Eventicle(source: "post-office")
  try app.eventClient.hotStream("letters", group: "sorter") { event in
    guard let town = event.data["town"].string else { throw Rejection("There is no town.") }
    print("to", town)
  }
  try app.eventClient.emit([NewEvent("LetterPosted", data: ["twon": "Ulm"])], to: "letters")
  try app.eventClient.emit([NewEvent("LetterPosted", data: ["town": "Rom"])], to: "letters")

  for parked in app.eventClient.parked { print(parked.number, parked.reason) }
  do { try app.eventClient.redrive(1) } catch { print(error) }
  try app.eventClient.redrive(1, with: ["town": "Ulm"])
  print("parked:", app.eventClient.parked.count)
  // parked work ends
}

private func versions() throws {
  // versions begins
  let account = AggregateRoot(
    "Account", stream: "accounts",
    reducers: [
      "Deposited": { state, event in try state["balance"] += event.data["sum"] }
    ])
  let deposit = Command(
    "Deposit", stream: "accounts",
    [.required("id"), .required("sum", .number), .optional("seen", .number)]
  ) { data, transaction in
    let id = data["id"].string ?? ""
    var found = transaction.load(account, id) ?? transaction.new(account, id: id)
    found.raise("Deposited", ["sum": data["sum"]])
    // What the person saw on the screen must still be true.
    let seen = data["seen"].integer.map { ExpectedVersion.exactly(Version($0)) }
    try transaction.persist(&found, expecting: seen)
    return .done
  }
  let app = try Eventicle(Domain("bank", aggregates: [account], commands: [deposit]))

  app.watch(
    account, "a-1", timeout: .minutes(5), until: { $0?["balance"] ?? 0 >= 100 }
  ) { result in
    switch result {
    case .success(let state): print("enough:", state)
    case .failure(let error): print(error)
    }
  }
  try app.dispatch("Deposit", ["id": "a-1", "sum": 60])
  try app.dispatch("Deposit", ["id": "a-1", "sum": 50, "seen": 1])
  do {
    try app.dispatch("Deposit", ["id": "a-1", "sum": 10, "seen": 1])
  } catch { print(error) }

  print(account.state(of: "a-1", in: app.world, upTo: Version(1))?.state ?? .null)
  for change in account.changes(of: "a-1", in: app.world, from: Version(1), to: Version(2)) {
    print(change)
  }
  // versions ends
}

private func data() throws {
  // data begins
  struct Loan: Codable, Equatable {
    var book: String
    var days: Int
  }
  struct BookIsOut: RejectionError {
    let book: String
    var description: String { "\(book) is out; reserve it." }
  }
  let book = AggregateRoot(
    "Book", stream: "loans",
    reducers: ["BookLent": { state, event in try state["days"] += event.data["days"] }])
  let lend = Command(
    "Lend", stream: "loans", [.required("book"), .required("days", .number)], taking: Loan.self
  ) { loan, transaction in
    var found = transaction.load(book, loan.book) ?? transaction.new(book, id: loan.book)
    guard found["days"].isNull else { throw BookIsOut(book: loan.book) }
    try found.raise("BookLent", loan)
    try transaction.persist(&found)
    return .done
  }
  let app = try Eventicle(Domain("library", aggregates: [book], commands: [lend]))

  try app.dispatch("Lend", Loan(book: "Emma", days: 14))
  try app.eventClient.coldStream("loans") { print(try $0.data.decode(Loan.self).days) }
  do { try app.dispatch("Lend", ["book": "Emma", "days": 7]) } catch let out as BookIsOut {
    print("reserving", out.book)
  }
  do { try app.dispatch("Lent") } catch let error as OperationError {
    if case .unknown(let name, let known) = error.cause { print("\(name) is none of \(known)") }
  }
  do { try app.dispatch("Lend", ["book": "Emma", "days": 1.5]) } catch { print(error) }
  // data ends
}

/// The programs of the articles: shown, compiled and run, and all three are one.
@Suite(.serialized) struct ArticleTests {
  static let programs: [(name: String, page: String, run: @Sendable () throws -> Void)] = [
    ("tenants", "Tenants", tenants), ("parked work", "ParkedWork", parkedWork),
    ("versions", "VersionsAndWaiting", versions), ("data", "DataAndErrors", data),
  ]

  @Test(arguments: programs.indices)
  func `the article's program is compiled here, and prints the quoted output`(
    index: Int
  ) throws {
    let (name, page, run) = Self.programs[index]
    let path = "Sources/EventicleCore/EventicleCore.docc/\(page).md"
    let own = try #require(Snippet.compiled(name, in: #filePath))
    #expect(Snippet.shown("program: \(name)", on: path) == own)
    let printed = try Printed.run(run)
    #expect(Snippet.shown("it prints: \(name)", on: path) == printed)
  }
}
