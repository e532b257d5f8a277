import EventicleCore
import EventicleWorkbench

/// A tape that is shown to a team, one caption at a time, and how far it is.
struct Presentation: Hashable, Sendable {
  /// Where a caption left off, so that the next one can go on there.
  struct Place: Hashable, Sendable {
    /// The branch, the last moment of its history, and the last entry of it.
    let branch: String
    let head: MomentName
    let last: JournalIndex
    /// The entry whose moment is shown.
    let cursor: JournalIndex
    let isHeld: Bool
    /// What the panes show.
    let look: KeptLook
  }

  let tape: PresentedTape
  /// The caption on the screen, from 1; 0 before the first one.
  var index = 0
  /// Whether it is on the screen; one that was left can be gone on with.
  var isShown = true
  /// What is still to be done for the caption.
  var pending: [PresentedDeed] = []
  /// Whether the rest is done at once.
  var isHurried = false
  /// Where the captions left off that were done so far; the first place is that before them all.
  var places: [Place]
  /// The key that was pressed last; `nil` before the first one.
  var lastKey: KeyPress?

  /// Begins a tape at a place.
  init(_ tape: PresentedTape, at place: Place) {
    self.tape = tape
    places = [place]
  }

  /// How many captions were done.
  var done: Int { places.count - 1 }

  /// Whether something is still done for the caption.
  var isDoing: Bool { !pending.isEmpty }

  /// Whether what the caption says is there to be seen.
  var isTrue: Bool { index <= done }

  /// Whether the caption on the screen is the last one.
  var isAtEnd: Bool { index == tape.captions.count }

  /// The caption on the screen.
  var caption: PresentedCaption { index == 0 ? tape.opening : tape.captions[index - 1] }
}

/// How fast the presenter types.
enum TypingSpeed: String, CaseIterable, Hashable, Sendable {
  case slow, normal, fast
  /// Everything is there at once.
  case off

  /// A time in milliseconds at this speed.
  func scaled(_ milliseconds: Int) -> Int {
    switch self {
    case .slow: milliseconds * 2
    case .normal: milliseconds
    case .fast: milliseconds * 2 / 5
    case .off: 0
    }
  }
}

extension Model {
  /// The presentation that is on the screen; `nil` when none is.
  var presented: Presentation? {
    guard let presentation, presentation.isShown else { return nil }
    return presentation
  }

  /// How many milliseconds pass before the presenter does the next thing; `nil` when there is
  /// nothing to do, or a question waits for its answer.
  var typingPause: Int? {
    guard let presented, presented.isDoing, question == nil else { return nil }
    guard !presented.isHurried, case .press(let key) = presented.pending.first else { return 0 }
    return typing.scaled(pause(before: key, presented))
  }

  private func pause(before key: KeyPress, _ presented: Presentation) -> Int {
    if bar != nil {
      // The line is read once more, with what it would do, before it runs.
      return key == KeyPress(.enter) ? TypingPause.line : TypingPause.letter
    }
    return key == presented.lastKey ? TypingPause.again : TypingPause.key
  }
}

/// The times between two keys at normal speed, in milliseconds.
enum TypingPause {
  /// Between two letters of a line: a little faster than one reads aloud.
  static let letter = 45
  /// Before a line that was typed is run.
  static let line = 900
  /// Before a key that does something new.
  static let key = 700
  /// Before the same key once more.
  static let again = 350
}
