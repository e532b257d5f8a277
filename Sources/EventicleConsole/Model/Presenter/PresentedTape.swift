import EventicleWorkbench

/// One thing that the presenter does.
enum PresentedDeed: Hashable, Sendable {
  /// Presses a key of the tape, for all to see; it means what it means where nobody has set others.
  case press(KeyPress)
  /// Presses a key of the person, which came meanwhile.
  case own(KeyPress)
  /// Runs a line of which only a failure is said.
  case check(String)
  /// Runs a line on the way back to where the last caption left off.
  case run(String)
  /// Holds the engine, or lets it go on, as it was then.
  case hold(Bool)
  /// Shows the panes as they were then.
  case look(KeptLook)
  /// Notes that the caption is done, and where it left off.
  case arrive
}

/// A caption with the keys that do what it says.
struct PresentedCaption: Hashable, Sendable {
  let heading: String
  let text: String
  let deeds: [PresentedDeed]

  /// Reads the keys of a caption.
  ///
  /// - Throws: ``PresentedTape/Problem`` for a word that is no key.
  init(_ caption: Caption) throws(PresentedTape.Problem) {
    (heading, text) = (caption.heading, caption.text)
    var deeds: [PresentedDeed] = []
    for deed in caption.deeds {
      switch deed {
      case .line(let line): deeds += KeyPress.typing(line.trimmingSpaces).map { .press($0) }
      case .check(let line): deeds.append(.check(line))
      case .keys(let notation, let line):
        let (keys, unknown) = KeyPress.keys(inWords: notation)
        if let unknown { throw PresentedTape.Problem(word: unknown, line: line) }
        deeds += keys.map { .press($0) }
      }
    }
    self.deeds = deeds
  }
}

/// A tape that can be presented.
struct PresentedTape: Hashable, Sendable {
  /// Why a tape cannot be presented.
  struct Problem: Error, Hashable, Sendable {
    /// The word that is no key, and its line.
    let word: String
    let line: Int

    var sentence: String {
      "line \(line): \"\(word)\" is not a sequence of keys; write j, <Enter>, <C-p> or <Space>."
    }
  }

  /// What it is called: `tour`, or the name of its file.
  let name: String
  /// What is said before the first caption.
  let opening: PresentedCaption
  let captions: [PresentedCaption]
  /// Whether it begins before anything has happened.
  let beginsEmpty: Bool

  /// Reads the keys of a tape.
  ///
  /// - Throws: ``Problem`` for a word that is no key.
  init(
    _ tape: CaptionedTape, named name: String, beginsEmpty: Bool = false
  ) throws(Problem) {
    self.name = name
    self.beginsEmpty = beginsEmpty
    var captions: [PresentedCaption] = []
    for caption in tape.captions { captions.append(try PresentedCaption(caption)) }
    self.captions = captions
    let count = captions.count == 1 ? "One caption." : "\(captions.count) captions."
    opening = try PresentedCaption(
      tape.opening ?? Caption(heading: name, text: "\(count) Space shows the next one."))
  }
}
