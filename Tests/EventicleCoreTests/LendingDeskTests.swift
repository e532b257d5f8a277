import EventicleCore
import Synchronization
import Testing

/// What a newcomer writes with the README and the articles alone: a lending desk.
private enum Desk {
  struct Loan: Codable {
    var book: String
    var reader: String
  }

  struct BookIsOut: RejectionError {
    let reader: String
    var description: String { "The book is out with \(reader); reserve it." }
  }

  static let mails = Mutex<[String]>([])

  static let book = AggregateRoot(
    "Book", stream: "books",
    reducers: [
      "BookAdded": { state, event in state["title"] = event.data["title"] },
      "BookLent": { state, event in
        state["reader"] = event.data["reader"]
        try state["loans"] += 1
      },
      "BookReturned": { state, _ in state["reader"] = nil },
    ])

  static let add = Command("Add", stream: "books", [.required("title")]) { data, transaction in
    var added = transaction.new(book)
    added.raise("BookAdded", data)
    try transaction.persist(&added)
    return CommandResult(response: ["book": "\(added.id)"])
  }

  static let lend = Command(
    "Lend", stream: "books", [.required("book"), .required("reader")], taking: Loan.self
  ) { loan, transaction in
    var found = try transaction.existing(book, loan.book)
    if let reader = found["reader"].string { throw BookIsOut(reader: reader) }
    try found.raise("BookLent", loan)
    try transaction.persist(&found)
    return .done
  }

  static let back = Command("Return", stream: "books", [.required("book")]) { data, transaction in
    var found = try transaction.existing(book, data["book"])
    found.raise("BookReturned")
    try transaction.persist(&found)
    return .done
  }

  static let remind = Command("Remind", stream: "books", [.required("book")]) { data, transaction in
    var found = try transaction.existing(book, data["book"])
    found.raise("ReaderReminded", ["reader": found["reader"]])
    try transaction.persist(&found)
    return .done
  }

  /// Two weeks after a loan it reminds on every working day at nine, in Berlin.
  static let overdue = Saga("Overdue", streams: ["books"])
    .startOn("BookLent", unlessLive: "book") { step, _ in
      try step.upsertTimer("due", after: .days(14))
    }
    .on("BookReturned", matching: "book") { step, _ in step.end() }
    .onTimer("due") { step in
      try step.upsertTimer("remind", cron: "0 9 * * 1-5", in: "Europe/Berlin")
    }
    .onTimer("remind") { step in
      try step["reminders"] += 1
      try step.dispatch("Remind", ["book": step["book"]])
    }

  static let shelf = EventView(
    "Shelf", streams: ["books"], indexed: ["reader"],
    rows: [
      "BookAdded": { row, event in row = ["title": event.data["title"], "reader": nil] },
      "BookLent": { row, event in row["reader"] = event.data["reader"] },
      "BookReturned": { row, _ in row["reader"] = nil },
    ])

  static let mailer = EventAdapter(
    "Mailer", streams: ["books"],
    on: ["ReaderReminded": { event, _ in send("\(event.createdAt) \(event.data["reader"])") }])

  static func send(_ mail: String) { mails.withLock { $0.append(mail) } }

  static let domain = Domain("library") {
    book
    [add, lend, back, remind]
    overdue
    mailer
    shelf
  }
}

@Suite struct LendingDeskTests {
  @Test func `a newcomer's lending desk lends, refuses by type, reminds and is queried`() throws {
    let app = try Eventicle(Desk.domain)
    for title in ["Emma", "Ulysses"] { try app.dispatch("Add", ["title": "\(title)"]) }
    try app.dispatch("Lend", Desk.Loan(book: "book-1", reader: "Ada"))
    #expect(throws: Desk.BookIsOut.self) {
      try app.dispatch("Lend", ["book": "book-1", "reader": "Eve"])
    }
    let lent = try app.world.records(of: Desk.shelf, where: "reader" == "Ada", limit: 1)
    #expect(lent.map { $0["title"] } == ["Emma"])
    // Lent on Thursday the 1st of January at nine UTC: due on the 15th, reminded from the 16th on.
    try app.advance(by: .days(19))
    #expect(
      Desk.mails.withLock { $0 } == [
        "2026-01-16T08:00:00.000Z \"Ada\"", "2026-01-19T08:00:00.000Z \"Ada\"",
        "2026-01-20T08:00:00.000Z \"Ada\"",
      ])
    try app.dispatch("Return", ["book": "book-1"])
    try app.advance(by: .days(7))
    #expect(Desk.mails.withLock { $0.count } == 3)
  }
}
