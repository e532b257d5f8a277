import EventicleCore
import EventicleHost

/// A small domain for the tests: notes, and a saga that sends reminders about them.
enum Notes {
  /// Options with the same ids in every run and no log.
  static let options = HostOptions(seed: 7, logLabel: nil)

  static let note = AggregateRoot(
    "Note", stream: "notes",
    reducers: ["NoteWritten": { state, event in state["text"] = event.data["text"] }])

  static let write = Command("Write", stream: "notes", [.required("text")]) { data, transaction in
    guard data["text"] != "" else { throw Rejection("A note needs a text; add text=….") }
    var note = transaction.new(note)
    note.raise("NoteWritten", ["text": data["text"]])
    return CommandResult(
      response: ["id": .string(note.id.text)], events: try transaction.persist(&note))
  }

  static let complain = Command("Complain", stream: "notes") { _, _ in
    CommandResult(
      events: [NewEvent("NoteDisputed")], reportedError: ReportedError("The note is disputed."))
  }

  static let remind = Command("Remind", stream: "reminders", [.required("id")]) { data, _ in
    CommandResult(events: [NewEvent("NoteDue", data: ["id": data["id"]])])
  }

  static let count = EventView(
    "Count", streams: ["notes"],
    on: [
      "NoteWritten": { _, transaction in
        try transaction.change("Count", "all") { row in
          row["notes"] = .int((row["notes"].integer ?? 0) + 1)
        }
      }
    ])

  /// Sends a reminder about a note after five minutes.
  static let reminder = Saga("Reminder", streams: ["notes"])
    .startOn("NoteWritten") { step, event in
      step["id"] = JSON.string(event.domainID?.text ?? "")
      try step.upsertTimer("due", after: .minutes(5))
    }
    .onTimer("due") { step in
      try step.dispatch("Remind", ["id": step["id"]])
      step.end()
    }

  /// The domain with the given adapters.
  static func domain(_ adapters: EventAdapter...) -> Domain {
    Domain(
      "notes", aggregates: [note], commands: [write, complain, remind], views: [count],
      sagas: [reminder], adapters: adapters)
  }

  /// An adapter that fails on every event of a stream.
  static func failing(_ stream: StreamName, _ policy: ErrorPolicy = .park) -> EventAdapter {
    EventAdapter(
      "Broken", streams: [stream], options: ConsumerOptions(policy: policy),
      onAny: { _, _ in throw Rejection("It is broken.") })
  }
}
