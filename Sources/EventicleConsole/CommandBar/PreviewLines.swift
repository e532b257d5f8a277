import EventicleCore
import EventicleWorkbench

/// What a line would do, as the lines of the box above the prompt.
struct PreviewLines: Hashable, Sendable {
  /// What belongs into the box's edge: `preview`, with the worst of it.
  let title: DisplayText
  let lines: [StyledLine]

  /// Makes the lines of a trial for a width; `nil` when nothing would happen.
  init?(_ notice: PreviewNotice, _ domain: Domain, columns: Int) {
    guard notice.problem != nil || !notice.lines.isEmpty else { return nil }
    var maker = Maker(notice, domain, columns: columns)
    maker.make()
    title = Self.title(notice)
    lines = maker.lines
  }

  private static func title(_ notice: PreviewNotice) -> DisplayText {
    let failures = notice.failures.count
    if failures > 0 { return "preview  ✗ \(failures) \(failures == 1 ? "failure" : "failures")" }
    return notice.problem != nil || !notice.refusals.isEmpty ? "preview  ! refused" : "preview"
  }
}

/// Makes the lines of one preview.
private struct Maker {
  let notice: PreviewNotice
  let domain: Domain
  let columns: Int
  private(set) var lines: [StyledLine] = []

  /// The columns of the numbers of events, and of the words before views and outcomes.
  private let numberColumns: Int

  init(_ notice: PreviewNotice, _ domain: Domain, columns: Int) {
    self.notice = notice
    self.domain = domain
    self.columns = columns
    numberColumns = max(5, notice.lines.map(\.number.count).max() ?? 0) + 1
  }

  mutating func make() {
    addHead()
    if let problem = notice.problem {
      // A refusal says what would be refused, and then why.
      addSentence(problem, "!", .statusRejected)
    }
    for line in notice.lines where notice.problem == nil || line.kind != .refusal { add(line) }
    guard notice.problem == nil else { return }
    addViews()
    if !notice.called.isEmpty {
      addWords("calls", notice.called.map { "X \($0)" }.joined(separator: "  "))
    }
    if notice.waiting > 0 {
      addWords("waits", "\(notice.waiting) in the queue, because the engine is held")
    }
    if notice.failures.isEmpty, notice.refusals.isEmpty, notice.isWhole {
      addWords("refuses", "nobody    fails  nobody")
    }
    if !notice.isWhole { addWords("and", "more: it was tried only so far") }
  }

  private mutating func addHead() {
    var line = StyledLine("if you press Enter", .uiMuted)
    let steps = "\(notice.steps) \(notice.steps == 1 ? "step" : "steps")"
    line.right = [StyledPiece(PaneText.data("tried in a throw-away fork, \(steps)"), .uiMuted)]
    if line.width + line.right[0].text.width + 2 > columns { line.right = [] }
    lines.append(line)
  }

  private mutating func add(_ line: PreviewNotice.Line) {
    var text = StyledLine()
    switch line.kind {
    case .event(let stream):
      text.add(PaneText.data(line.number), .diffAdd, columns: numberColumns)
      text.add(PaneText.data(line.text), .kindEvent)
      if line.reason.isEmpty {
        text.add("  ▌", PaneText.role(of: stream, domain))
        text.add(PaneText.data(stream.text, limit: 40), .uiMuted)
      } else {
        text.add("  " + PaneText.data(line.reason), .uiMuted)
      }
      lines.append(text)
    case .step:
      text.add(.spaces(numberColumns))
      let words = PaneText.data(line.text)
      let letter = words.prefix(columns: 1)
      text.add(letter, letter == "T" ? .kindTimer : .kindSaga)
      text.add(words.dropping(columns: 1))
      lines.append(text)
    case .refusal: addSentence(line.text, "!", .statusRejected)
    case .failure: addSentence(line.text, "✗", .statusError)
    }
  }

  /// A sentence with its sign, broken between words.
  private mutating func addSentence(_ sentence: String, _ sign: DisplayText, _ role: StyleRole) {
    let wrapped = Sentence(sentence).wrapped(role, columns: columns - numberColumns, most: 4)
    for (row, text) in wrapped.enumerated() {
      var line = StyledLine()
      line.add(row == 0 ? sign : "", role, columns: numberColumns)
      line.add(text)
      lines.append(line)
    }
  }

  private mutating func addViews() {
    guard notice.rows > 0 else { return addWords("views", "none changes") }
    let more = notice.rows - notice.views.count
    let texts = notice.views + (more > 0 ? ["\(more) more \(more == 1 ? "row" : "rows")"] : [])
    for (row, text) in texts.enumerated() { addWords(row == 0 ? "views" : "", text) }
  }

  private mutating func addWords(_ head: DisplayText, _ text: String) {
    var line = StyledLine(head.padded(to: max(numberColumns, head.width + 1)), .uiMuted)
    line.add(PaneText.data(text))
    lines.append(line)
  }
}
