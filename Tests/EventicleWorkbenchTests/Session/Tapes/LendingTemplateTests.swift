import EventicleCore
import EventicleWorkbench
import TestSupport
import Testing

// Template begins
/// A lending library: one aggregate, four commands, a view, and a saga that reminds readers.
private enum Library {
  // 1. The aggregate. A book is what its events say: commands raise them, reducers fold them.
  static let book = AggregateRoot(
    "Book", stream: "books",
    reducers: [
      "BookAdded": { state, event in
        state["title"] = event.data["title"]
        state["status"] = "in"
      },
      "BookLent": { state, event in
        state["status"] = "out"
        state["reader"] = event.data["reader"]
        state["reminders"] = 0
      },
      "ReaderReminded": { state, _ in try state["reminders"] += 1 },
      "BookReturned": { state, _ in
        state["status"] = "in"
        state["reader"] = nil
      },
    ])

  // 2. The commands. A rejection refuses one; its text is what people read.
  static let add = Command(
    "AddBook", stream: "books", [.required("book"), .required("title")]
  ) { data, transaction in
    let id = data["book"].string ?? ""
    guard transaction.load(book, id) == nil else {
      throw Rejection("There is a book \(id) already; take another id.")
    }
    var added = transaction.new(book, id: id)
    added.raise("BookAdded", ["title": data["title"]])
    try transaction.persist(&added)
    return CommandResult(response: ["book": data["book"]])
  }

  static let lend = Command(
    "LendBook", stream: "books", [.required("book"), .required("reader")]
  ) { data, transaction in
    var wanted = try transaction.existing(book, data["book"])
    if let reader = wanted["reader"].string {
      throw Rejection("\(wanted.id) is out with \(reader).")
    }
    wanted.raise("BookLent", ["reader": data["reader"]])
    try transaction.persist(&wanted)
    return .done
  }

  static let remind = Command(
    "RemindReader", stream: "books", [.required("book")]
  ) { data, transaction in
    var lent = try transaction.existing(book, data["book"])
    lent.raise("ReaderReminded")
    try transaction.persist(&lent)
    return .done
  }

  static let back = Command(
    "ReturnBook", stream: "books", [.required("book")]
  ) { data, transaction in
    var lent = try transaction.existing(book, data["book"])
    guard lent["status"] == "out" else { throw Rejection("\(lent.id) is in; nobody has it.") }
    lent.raise("BookReturned")
    try transaction.persist(&lent)
    return .done
  }

  // 3. The view: a row for each book.
  static let shelf = EventView(
    "Shelf", streams: ["books"],
    rows: [
      "BookAdded": { row, event in
        row = ["title": event.data["title"], "reader": nil, "loans": 0]
      },
      "BookLent": { row, event in
        row["reader"] = event.data["reader"]
        try row["loans"] += 1
      },
      "BookReturned": { row, _ in row["reader"] = .null },
    ])

  // 4. The saga: each loan has an instance, which reminds after two weeks and then every week.
  static let loan = Saga("LoanSaga", streams: ["books"])
    .startOn("BookLent", unlessLive: "book") { step, _ in
      step["status"] = "lent"
      try step.upsertTimer("due", after: .days(14))
    }
    .on("BookReturned", matching: "book") { step, _ in
      step["status"] = "returned"
      step.end(keepingData: true)
    }
    .onTimer("due") { step in
      step["status"] = "overdue"
      try step.dispatch("RemindReader", ["book": step["book"]])
      try step.upsertTimer("due", after: .days(7))
    }

  static let domain = Domain("lending") {
    book
    [add, lend, remind, back]
    shelf
    loan
  }
}
// Template ends

/// The project in Swift that the program makes compiles, and its tape holds.
@Suite struct LendingTemplateTests {
  private static let folder = "Sources/eventicle/New/Templates"

  @Test func `what the program writes is what is compiled here`() throws {
    let own = try #require(Snippet.compiled("Template", in: #filePath))
      .replacing("private enum Library", with: "enum Library")
    let template = try #require(Repository.text(at: "\(Self.folder)/domain.txt"))
    #expect(template == "import EventicleCore\n\n" + own)
  }

  @Test func `its tape holds, and fails where the domain is another one`() throws {
    let tape = try #require(Repository.text(at: "\(Self.folder)/lending.tape"))
    var session = try Session(Library.domain)
    #expect(session.run(tape: tape) == [])
    var other = try Session(Library.domain)
    let failures = other.run(tape: tape.replacing("in 14d", with: "in 10d"))
    #expect(failures.count == 1 && failures.first?.contains("in 10d") == true)
  }
}
