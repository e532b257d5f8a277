/// What a colour says; a theme gives a colour to each.
///
/// Eight hues have one meaning each, ``dusk`` marks a fork, streams have six quiet tones, and the
/// rest is ink in three strengths. Nothing else is coloured.
enum Hue: String, CaseIterable, Sendable {
  /// Facts and state; ordinary text.
  case ink
  /// Plumbing and headings.
  case mist
  /// What exists, but after the moment that is shown.
  case later
  /// The person: focus, keys, commands, and the past that is looked at.
  case sea
  /// What waits: sagas and timers.
  case heather
  /// What reads: views and adapters.
  case lagoon
  /// What is well or new; the newest moment.
  case kelp
  /// What to look at: bad news, what was taken back or changed, the engine that is held.
  case sand
  /// What was refused or not heard.
  case rust
  /// What failed or was removed, and stops.
  case coral
  /// A fork that is not main.
  case dusk
  /// The block and the tag of a stream, and nothing else.
  case stream1, stream2, stream3, stream4, stream5, stream6
  /// Frames.
  case border

  /// Whether text in it steps back; a selected row may not be faint, and draws it as ink.
  var isFaint: Bool { self == .mist || self == .later || self == .border }

  /// The least contrast with the ground that it needs: that of text, or that of a line.
  var neededContrast: Double { self == .border ? 3 : 4.5 }

  /// What it says, in a few words.
  var meaning: String {
    switch self {
    case .ink: "facts, state"
    case .mist: "plumbing, headings"
    case .later: "after this moment"
    case .sea: "you: focus, keys, commands, PAST"
    case .heather: "what waits: sagas, timers"
    case .lagoon: "what reads: views, adapters"
    case .kelp: "well, new, LIVE"
    case .sand: "look: bad news, taken back, changed, HELD"
    case .rust: "refused, not heard"
    case .coral: "failed, removed, stop"
    case .dusk: "a fork that is not main"
    case .stream1, .stream2, .stream3, .stream4, .stream5, .stream6: "a stream's block and tag"
    case .border: "frames"
    }
  }
}

/// What lies behind text; a theme gives a colour to each.
enum Ground: String, CaseIterable, Sendable {
  /// Behind everything.
  case background
  /// Behind what lies above the panes, and the selected row of a pane without the focus.
  case surface
  /// The selected row.
  case selection
}
