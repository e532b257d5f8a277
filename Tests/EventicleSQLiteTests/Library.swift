import EventicleCore
import Synchronization

/// A small domain of its own, which no other code changes, that can be declared in several ways.
struct Library {
  var name = "library"
  var sagaVersion = 1
  var hasReaders = false
  var hasMailer = true
  var takesReturns = true
  /// What the view of books says of one that is lent.
  var lent: JSON = "lent"

  private static let book = AggregateRoot(
    "Book", stream: "books",
    reducers: [
      "Lent": { state, event in state["reader"] = event.data["reader"] },
      "Returned": { state, _ in state["reader"] = .null },
    ])

  var domain: Domain {
    Domain(
      name, aggregates: [Library.book], commands: takesReturns ? [lend, giveBack] : [lend],
      views: [shelf] + (hasReaders ? [readers] : []), sagas: [reminder],
      adapters: hasMailer ? [mailer] : [])
  }

  private var lend: Command {
    Command("Lend", stream: "books", [.required("book"), .required("reader")]) {
      data, transaction in
      let id = DomainID(data["book"].string ?? "")
      var book = transaction.load(Library.book, id) ?? transaction.new(Library.book, id: id)
      guard book.state["reader"].isNull else { throw Rejection("The book \(id) is lent already.") }
      book.raise("Lent", ["book": data["book"], "reader": data["reader"]])
      try transaction.persist(&book)
      return CommandResult(response: data["book"])
    }
  }

  private var giveBack: Command {
    Command("Return", stream: "books", [.required("book")]) { data, transaction in
      guard var book = transaction.load(Library.book, DomainID(data["book"].string ?? "")) else {
        throw Rejection("There is no such book.")
      }
      book.raise("Returned", ["book": data["book"]])
      try transaction.persist(&book)
      return CommandResult()
    }
  }

  private var shelf: EventView {
    EventView(
      "Shelf", streams: ["books"], indexed: ["status"],
      on: [
        "Lent": { [lent] event, transaction in
          try transaction.change("Shelf", event.key) { $0["status"] = lent }
        },
        "Returned": { event, transaction in
          try transaction.change("Shelf", event.key) { $0["status"] = "there" }
        },
      ])
  }

  private var readers: EventView {
    EventView(
      "Readers", streams: ["books"],
      on: [
        "Lent": { event, transaction in
          try transaction.change("Readers", event.data["reader"].string ?? "") {
            $0["books"] = .int(($0["books"].integer ?? 0) + 1)
          }
        }
      ])
  }

  private var reminder: Saga {
    Saga("Reminder", streams: ["books"])
      .startOn("Lent", unlessLive: "book") { step, event in
        step.data = ["book": event.data["book"], "reader": event.data["reader"]]
        try step.upsertTimer("due", after: .days(14))
      }
      .on("Returned", matching: "book") { step, _ in
        step.removeTimer("due")
        step.end(keepingData: true)
      }
      .onTimer("due") { $0["late"] = true }
      .version(sagaVersion) { data, from in data["migratedFrom"] = .int(from) }
  }

  private var mailer: EventAdapter {
    EventAdapter("Mailer", streams: ["books"], on: ["Lent": { _, _ in }])
  }

  /// Lines in which everything happens that the domain can do, refusals included.
  static let story = [
    "do Lend book=b-1 reader=ada", "do Lend book=b-2 reader=ben", "do Lend book=b-1 reader=ben",
    "clock +3d", "do Return book=b-1", "group pause Mailer", "do Lend book=b-3 reader=ada",
    "group resume Mailer", "clock +20d", #"emit notes Noted n-1 text="é ✓""#, "do Nonsense a=1",
  ]
}
