import EventicleCore
import EventicleWorkbench

/// The state of an open prompt.
struct CommandBarModel: Hashable, Sendable {
  /// The kind of prompt.
  let kind: PromptKind
  /// The line being typed.
  var editor: LineEditor
  /// The place in the history while the user goes through it.
  var recall: Recall?
  /// The search in the history while it is open.
  var search: ReverseSearch?
  /// The list of candidates while it is open.
  var popup: Popup?
  /// The folder whose names belong at the caret, when a file is to be named.
  var folder: String?
  /// The signature of what remains to be typed.
  var signature = ""
  /// The most likely continuation, shown in grey after the caret.
  var ghost = ""
  /// The problem with the line; kept until the line changes.
  var problem: Reply.Problem?
  /// A description of what the line would do.
  var preview: [PreviewPart] = []
  /// Whether Ctrl-X was pressed, behind which Ctrl-E opens the editor.
  var awaitsEditor = false
  /// What was found when the line was read last, for its preview and for its trial.
  var reading: Reading?
  /// What was tried last.
  var trial: Trial?
  /// What came of the last trial; that of the line before stays until the next one is there.
  var notice: PreviewNotice?

  /// Opens a prompt with an initial text.
  init(kind: PromptKind, text: String = "") {
    self.kind = kind
    editor = LineEditor(text)
  }

  /// The typed text.
  var text: String {
    get { editor.text }
    set {
      editor.set(newValue)
      forget()
    }
  }

  /// Inserts pasted text at the caret; never runs a command by itself.
  ///
  /// In the command prompt, lines become commands separated by `;`; in the others they become
  /// words.
  mutating func paste(_ pasted: String) {
    search = nil
    let fits = editor.insert(PastedText.oneLine(pasted, kind))
    forget()
    if !fits { problem = CommandBarModel.tooLong }
  }

  /// Drops everything that was derived from the previous text.
  mutating func forget() {
    recall = nil
    popup = nil
    signature = ""
    ghost = ""
    problem = nil
    preview = []
  }

  /// The first character of the problem, from 0, in the line of the prompt.
  var problemPlace: Int? {
    guard let column = problem?.column else { return nil }
    switch kind {
    case .goto: return max(0, column - 1 - kind.verb.count)
    case .search: return column - 1 + editor.characters.prefix { $0.isWhitespace }.count
    case .command: return column - 1
    }
  }

  static let tooLong = Reply.Problem(
    "A line may have at most \(Limits.lineBytes) bytes; this does not fit. "
      + "Break it into several, or import the data from a file.")
}

extension CommandBarModel {
  /// A place in the history.
  struct Recall: Hashable, Sendable {
    /// The text typed before; only lines that start with it are offered.
    let typed: String
    /// The index of the line shown; the number of lines stands for the typed text.
    var index: Int
  }

  /// A search in the history, newest lines first.
  struct ReverseSearch: Hashable, Sendable {
    /// The text to search for.
    var query = ""
    /// The index of the line found; `nil` when none was.
    var found: Int?
    /// Whether no line contains the text.
    var hasFailed = false
    /// The line before the search began.
    let original: LineEditor
  }

  /// The list of candidates above the line.
  struct Popup: Hashable, Sendable {
    /// The candidates, best first; never empty.
    var candidates: [CompletionCandidate]
    /// The selected candidate, if any.
    var selected: Int?
    /// The characters of the line that a candidate replaces.
    var replaced: Range<Int>

    /// The candidates visible in a number of rows, including the selected one.
    func visible(_ rows: Int) -> Range<Int> {
      let first = max(0, min((selected ?? 0) - rows / 2, candidates.count - rows))
      return first..<min(candidates.count, first + max(0, rows))
    }
  }

  /// A line that is tried at a moment.
  struct Trial: Hashable, Sendable {
    let line: String
    /// The last journal entry before it.
    let head: JournalIndex
    let isHeld: Bool
  }

  /// A line that was read with the names of a moment.
  struct Reading: Hashable, Sendable {
    let line: String
    /// The last journal entry of the moment.
    let head: JournalIndex
    /// Whether it can be tried in a fork that is thrown away.
    let isTriable: Bool
  }

  /// A piece of the preview.
  struct PreviewPart: Hashable, Sendable {
    let text: String
    /// Whether the piece names something missing or wrong.
    let isProblem: Bool

    init(_ text: String, isProblem: Bool = false) {
      self.text = text
      self.isProblem = isProblem
    }
  }
}

extension PromptKind {
  /// The verb that the prompt stands for; empty for the command prompt.
  var verb: String {
    switch self {
    case .command, .search: ""
    case .goto: "goto "
    }
  }
}

/// Prepares pasted text for a line.
enum PastedText {
  /// The text without line breaks and control characters.
  static func oneLine(_ text: String, _ kind: PromptKind) -> String {
    let lines = text.split(whereSeparator: \.isNewline).map { line in
      plain(String(line.map { $0 == "\t" ? " " : $0 }.filter { !$0.isControl }), kind)
    }.filter { !$0.isEmpty }
    guard lines.count > 1 else {
      return text.contains(where: \.isNewline)
        ? lines.joined() : String(text.map { $0 == "\t" ? " " : $0 }.filter { !$0.isControl })
    }
    return lines.joined(separator: kind == .command ? "; " : " ")
  }

  /// One of several lines, without comments or separators that would affect the next one.
  private static func plain(_ line: String, _ kind: PromptKind) -> String {
    var rest = Substring(line)
    while let last = rest.last, last == " " || (kind == .command && last == ";") {
      rest.removeLast()
    }
    while let first = rest.first, first == " " || (kind == .command && first == ":") {
      rest.removeFirst()
    }
    return String(rest)
  }
}
