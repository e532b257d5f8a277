/// What a person changed of what a step gives, in a fork whose history is edited.
///
/// It is part of the step's input, so that performing the input again gives the same step.
public struct StepEdit: Sendable, Equatable {
  /// What becomes of one of the step's events.
  package enum EventEdit: Sendable, Equatable {
    /// It is not appended.
    case skip
    /// It is appended with other data.
    case data(JSONBytes)
  }

  /// The changed events, by their number among those that the step appends, from 1.
  package var events: [Int: EventEdit]
  /// Whether none of its events is appended.
  package var skipsAll = false
  /// The reason for which the handler refuses instead of running; `nil` when it runs.
  package var refusal: String?
  /// Where ids and numbers go on from at the latest, so that they are those that the step drew
  /// originally; `nil` where they go on by themselves.
  package var numbering: Numbering?
  /// Whether counters go on from exactly there, for a step that comes later than it did; what others
  /// have drawn since is not drawn again after it.
  package var drawsAsBefore = false

  /// Creates an edit, by default of nothing.
  package init(
    events: [Int: EventEdit] = [:], refusal: String? = nil, numbering: Numbering? = nil
  ) {
    self.events = events
    self.refusal = refusal
    self.numbering = numbering
  }

  /// An edit after which a step appends nothing.
  package static let silent: StepEdit = {
    var edit = StepEdit()
    edit.skipsAll = true
    return edit
  }()

  /// Whether it changes nothing.
  package var isEmpty: Bool { events.isEmpty && !skipsAll && refusal == nil && numbering == nil }

  /// Whether it changes more than the numbers that are drawn.
  package var changesOutcome: Bool { !events.isEmpty || skipsAll || refusal != nil }
}
