/// Which description of the terminal ncurses gets, and how many colours are asked of it.
struct TerminalChoice: Hashable, Sendable {
  /// A description to try.
  enum Candidate: Hashable, Sendable {
    /// The one that the machine has for `TERM`.
    case described
    /// One of this program's own, which fits the terminal.
    case embedded(TerminalDescription)
    /// One of this program's own, for a terminal that nobody here knows.
    case fallback(TerminalDescription)
  }

  /// The descriptions to try, best first; only a direct-colour one lets ncurses send exact colours,
  /// and many machines have none.
  let candidates: [Candidate]

  /// The number of colours that the environment asks for.
  let depth: ColorDepth

  /// Whether the terminal can be asked for its colours; an old one may print the question.
  let answersQuestions: Bool

  /// Whether the terminal can only print lines one after another.
  let isDumb: Bool

  /// The choice for a terminal.
  ///
  /// - Parameters:
  ///   - term: The value of `TERM`.
  ///   - environment: Read for `NO_COLOR`, `COLORTERM` and `TMUX`.
  init(term: String, environment: [String: String]) {
    isDumb = term == "dumb" || term.hasPrefix("dumb-")
    let isDirect = term.contains("-direct")
    let asked = ColorDepth.wanted(environment: environment, colors: isDirect ? 1 << 24 : nil)
    let isOld =
      Self.old.contains(where: term.hasPrefix)
      // GNU screen misreads exact colours; tmux, which may use its name, does not.
      || term.hasPrefix("screen") && (environment["TMUX"] ?? "").isEmpty
    answersQuestions = !isDumb && !Self.old.contains(where: term.hasPrefix)
    let isModern = Self.modern.contains(where: term.hasPrefix)
    depth = isOld ? min(asked, .palette256) : asked
    var candidates: [Candidate] = []
    if depth == .truecolor { candidates.append(.embedded(.direct)) }
    // The numbers of colours of a direct description are not those of the palette.
    if !isDirect { candidates.append(.described) }
    candidates.append(isModern ? .embedded(.palette) : .fallback(.ansi))
    self.candidates = candidates
  }

  /// Says that a terminal is driven without a description.
  static func fallbackNotice(for term: String) -> String {
    "TERM \"\(DisplayText(sanitising: term, limit: 20).string)\" is unknown here: plain ANSI; "
      + "try TERM=xterm-256color"
  }

  // Terminals that understand xterm's sequences under names that many machines do not describe.
  private static let modern = [
    "xterm", "alacritty", "kitty", "foot", "wezterm", "ghostty", "contour", "rio", "konsole",
    "gnome", "vte", "iterm", "tmux", "screen", "st-", "rxvt",
  ]

  // Terminals with a palette only, whatever `COLORTERM` inherited from elsewhere says.
  private static let old = ["linux", "vt", "ansi", "cons", "sun", "wsvt"]
}
