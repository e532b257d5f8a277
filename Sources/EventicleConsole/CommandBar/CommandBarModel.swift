import EventicleCore
import EventicleWorkbench

/// The prompt while it is open.
struct CommandBarModel: Hashable, Sendable {
  /// Which prompt it is.
  let kind: PromptKind
  /// The line being typed.
  var editor: LineEditor
  /// Where in the lines typed before the person is.
  var recall: Recall?
  /// The search through the lines typed before, while it goes on.
  var search: ReverseSearch?
  /// The ways to go on, while they are listed.
  var popup: Popup?
  /// What is still to be written.
  var signature = ""
  /// What is likely to come next, shown in grey behind the caret.
  var ghost = ""
  /// What is wrong with the line; kept until it changes.
  var problem: Reply.Problem?
  /// What the line would do.
  var preview: [PreviewPart] = []

  /// An open prompt with a text in it.
  init(kind: PromptKind, text: String = "") {
    self.kind = kind
    editor = LineEditor(text)
  }

  /// What has been typed.
  var text: String {
    get { editor.text }
    set {
      editor.set(newValue)
      forget()
    }
  }

  /// Writes what was pasted at the caret; it never runs anything by itself.
  ///
  /// Lines become commands separated by `;` in the command prompt, and words in the others.
  mutating func paste(_ pasted: String) {
    search = nil
    let fits = editor.insert(PastedText.oneLine(pasted, kind))
    forget()
    if !fits { problem = CommandBarModel.tooLong }
  }

  /// Drops what was known about the text that stood there before.
  mutating func forget() {
    recall = nil
    popup = nil
    signature = ""
    ghost = ""
    problem = nil
    preview = []
  }

  /// The first character that the problem is about, from 0, as it stands in the prompt.
  var problemPlace: Int? {
    guard let column = problem?.column else { return nil }
    switch kind {
    case .goto: return max(0, column - 1 - kind.verb.count)
    case .filter: return column - 1 + editor.characters.prefix { $0.isWhitespace }.count
    case .command, .search: return column - 1
    }
  }

  static let tooLong = Reply.Problem(
    "A line may have at most \(Limits.lineBytes) bytes; this does not fit. "
      + "Break it into several, or import the data from a file.")
}

extension CommandBarModel {
  /// Where in the lines typed before the person is.
  struct Recall: Hashable, Sendable {
    /// What had been typed; lines that begin with it are offered.
    let typed: String
    /// Which line is shown; the number of lines for what had been typed.
    var index: Int
  }

  /// A search through the lines typed before, newest first.
  struct ReverseSearch: Hashable, Sendable {
    /// What is looked for.
    var query = ""
    /// Which line was found; `nil` when none holds the text.
    var found: Int?
    /// Whether no line holds the text.
    var hasFailed = false
    /// What stood in the line when the search began.
    let original: LineEditor
  }

  /// The ways to go on, listed above the line.
  struct Popup: Hashable, Sendable {
    /// The ways, best first; never empty.
    var candidates: [CompletionCandidate]
    /// Which one is selected, if any.
    var selected: Int?
    /// What a candidate takes the place of, in characters of the line.
    var replaced: Range<Int>

    /// The candidates in sight in so many rows, the selected one among them.
    func visible(_ rows: Int) -> Range<Int> {
      let first = max(0, min((selected ?? 0) - rows / 2, candidates.count - rows))
      return first..<min(candidates.count, first + max(0, rows))
    }
  }

  /// A piece of the line that says what would happen.
  struct PreviewPart: Hashable, Sendable {
    let text: String
    /// Whether it names something that is missing or wrong.
    let isProblem: Bool

    init(_ text: String, isProblem: Bool = false) {
      self.text = text
      self.isProblem = isProblem
    }
  }
}

extension PromptKind {
  /// What the prompt stands for in a command line; empty for the one of commands.
  var verb: String {
    switch self {
    case .command, .search: ""
    case .filter: "filter "
    case .goto: "goto "
    }
  }
}

/// Pasted text as it goes into a line.
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

  /// One of several lines, without what would stand in the way of the next.
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
