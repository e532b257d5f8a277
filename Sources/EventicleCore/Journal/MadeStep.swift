/// The entries of one part of a step in the making, with what the step changed.
///
/// Behind a reference, because a step is passed along as a value.
struct MadeStep: Sendable {
  /// What the entries say.
  enum Body: Sendable {
    /// The only entry, which nothing in the step itself caused.
    case one(JournalEntry.Kind)
    /// At least one entry.
    case notes([StepNote])
    /// Appends of new events as they were given, at least one, which follow each other in the log
    /// from a position.
    case appended([NewEvent], first: Position)

    /// The number of entries.
    @inline(__always)
    var count: Int {
      switch self {
      case .one: 1
      case .notes(let notes): notes.count
      case .appended(let events, _): events.count
      }
    }
  }

  /// What the entries have in common.
  struct Head: Sendable {
    /// The first entry.
    let start: JournalIndex
    let instant: Instant
    /// The entry that led to the step; `nil` for what came from outside.
    let cause: JournalIndex?
    let origin: InputOrigin
    let changes: StepChanges
  }

  struct Content: Sendable {
    let body: Body
    let head: Head
  }

  private let box: SharedStorage<Content>

  init(_ box: SharedStorage<Content>) { self.box = box }

  /// What the entries say; lent, not copied.
  var body: Body {
    @inline(__always) _read { yield box.place.pointee.body }
  }

  /// What the entries have in common; lent, not copied.
  var head: Head {
    @inline(__always) _read { yield box.place.pointee.head }
  }

  /// The number of entries.
  var count: Int { body.count }

  /// The entries, oldest first; made on each call.
  var entries: [JournalEntry] {
    switch body {
    case .one(let kind): [entry(kind, parent: nil, number: 0, of: 1)]
    case .notes(let notes):
      notes.indices.map {
        entry(notes[$0].kind, parent: notes[$0].parent, number: $0, of: notes.count)
      }
    case .appended(let events, let first):
      events.indices.map {
        let kind = JournalEntry.Kind.append(Position(first.number + $0), events[$0].type)
        return entry(kind, parent: nil, number: $0, of: events.count)
      }
    }
  }

  private func entry(
    _ kind: JournalEntry.Kind, parent: Int?, number: Int, of count: Int
  ) -> JournalEntry {
    JournalEntry(
      kind: kind, cause: cause(parent), instant: head.instant, stepStart: head.start,
      stepCount: number == 0 ? count : 0, origin: parent == nil ? head.origin : nil,
      changes: number == 0 ? head.changes : .none)
  }

  /// The entry that caused one with a parent in the step, or with none.
  @inline(__always)
  func cause(_ parent: Int?) -> JournalIndex? {
    parent.map { JournalIndex(head.start.number + $0) } ?? head.cause
  }

  /// What an entry says, by its number from 0; `nil` when there is none.
  func kind(at index: Int) -> JournalEntry.Kind? {
    guard index < count else { return nil }
    switch body {
    case .one(let kind): return kind
    case .notes(let notes): return notes[index].kind
    case .appended(let events, let first):
      return .append(Position(first.number + index), events[index].type)
    }
  }

  /// Whether all entries are appends.
  var areAppends: Bool {
    switch body {
    case .one(let kind): kind.isAppend
    case .notes(let notes):
      notes.withUnsafeBufferPointer { notes in
        notes.indices.allSatisfy { index in
          notes.baseAddress.map { $0[index].kind.isAppend } ?? false
        }
      }
    case .appended: true
    }
  }

  /// Whether its events were appended as they were given.
  @inline(__always)
  var isEmission: Bool { if case .appended = body { true } else { false } }
}
