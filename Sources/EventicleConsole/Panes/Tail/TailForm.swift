/// How the rows of the tail are laid out, as a person has chosen.
struct TailForm: Hashable, Sendable {
  /// What the column of times says.
  enum Time: String, CaseIterable, Hashable, Sendable {
    case ofDay = "clock"
    /// How long after the row above it was.
    case sinceRow = "row"
    /// How long after its cause it was.
    case sinceCause = "cause"

    /// The head of the column.
    var head: DisplayText {
      switch self {
      case .ofDay: "time"
      case .sinceRow: "+ row"
      case .sinceCause: "+ cause"
      }
    }

    /// What it says, for a message.
    var words: String {
      switch self {
      case .ofDay: "the time of day"
      case .sinceRow: "the time since the row above"
      case .sinceCause: "the time since the cause"
      }
    }
  }

  /// Which columns there are, where there is room.
  enum Columns: String, CaseIterable, Hashable, Sendable {
    case all
    /// All but who reacted.
    case causes
    /// What happened: number, time, stream, event and id.
    case events

    /// What is shown, for a message.
    var words: String {
      switch self {
      case .all: "all columns"
      case .causes: "all columns but who reacted"
      case .events: "only what happened: no cause, no reactions"
      }
    }
  }

  var time = Time.ofDay
  var columns = Columns.all
  /// Whether pauses have a row.
  var hasGaps = true
}
