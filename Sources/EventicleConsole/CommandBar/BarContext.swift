import EventicleCore
import EventicleWorkbench

/// What a prompt needs besides its line: the history and a source of candidates.
struct BarContext<Source: CompletionSource> {
  let history: BarHistory
  let moment: MomentView
  let source: Source

  /// What a key changed.
  enum Change: Hashable, Sendable {
    case text
    case caret
  }

  init(_ history: BarHistory, _ moment: MomentView, _ source: Source) {
    self.history = history
    self.moment = moment
    self.source = source
  }

  /// The completion at the caret; `nil` in prompts without completion.
  func completion(of bar: CommandBarModel) -> BarCompletion? {
    guard bar.kind != .search else { return nil }
    let verb = bar.kind.verb
    let found = Completion.complete(
      verb + bar.editor.before, caret: verb.count + bar.editor.caret, source: source)
    let count = bar.editor.characters.count
    let start = min(max(0, found.replaceRange.lowerBound - verb.count), count)
    let end = min(max(start, found.replaceRange.upperBound - verb.count), count)
    return BarCompletion(
      replaced: start..<end, candidates: found.candidates, signature: found.signature,
      ghost: found.ghost ?? "", folder: found.folder)
  }

  /// Updates what is shown around a line after a change.
  func refresh(_ bar: inout CommandBarModel, _ change: Change) {
    let found = completion(of: bar)
    bar.folder = found?.folder
    bar.signature = bar.text.isEmpty && bar.kind == .command ? "" : found?.signature ?? ""
    if bar.editor.characters.isEmpty { bar.popup = nil }
    if var popup = bar.popup, change == .text {
      popup.candidates = found?.candidates ?? []
      popup.replaced = found?.replaced ?? 0..<0
      popup.selected = nil
      let isDone = popup.candidates.count == 1 && isTyped(popup, bar)
      bar.popup = popup.candidates.isEmpty || isDone ? nil : popup
    }
    bar.ghost = bar.popup == nil ? ghost(of: bar, found) : ""
    guard change == .text else { return }
    bar.problem = nil
    bar.preview = []
    BarPreview.fill(&bar, moment)
  }

  private func isTyped(_ popup: CommandBarModel.Popup, _ bar: CommandBarModel) -> Bool {
    popup.candidates.first?.text == String(bar.editor.characters[popup.replaced])
  }

  private func ghost(of bar: CommandBarModel, _ found: BarCompletion?) -> String {
    guard bar.editor.isAtEnd, bar.search == nil else { return "" }
    if let rest = history.rest(of: bar.text, bar.kind), !rest.contains(SecretMask.mask) {
      return rest
    }
    // The ghost is inserted as it is, so it must not need quotes.
    let ghost = found?.ghost ?? ""
    return ghost.contains { $0.isWhitespace || "\"'`;\\".contains($0) || $0.isControl } ? "" : ghost
  }

  /// Inserts a candidate into the line, followed by the separator that has to come next.
  func accept(
    _ candidate: CompletionCandidate, _ bar: inout CommandBarModel, replacing range: Range<Int>
  ) {
    bar.popup = nil
    guard bar.editor.replace(range, with: candidate.text) else {
      bar.problem = CommandBarModel.tooLong
      return
    }
    if bar.editor.isAtEnd, let sign = sign(behind: candidate.text, bar) { bar.editor.insert(sign) }
    bar.recall = nil
    refresh(&bar, .text)
  }

  /// The separator after a text: a slash before a key, a space before another word, else `nil`.
  private func sign(behind text: String, _ bar: CommandBarModel) -> String? {
    guard bar.kind == .command, let last = text.last, !"=:(/.".contains(last),
      !text.hasPrefix("data.")
    else { return nil }
    var next = bar
    next.editor.insert("/")
    if let found = completion(of: next), !found.candidates.isEmpty,
      found.replaced.lowerBound == next.editor.caret
    {
      return "/"
    }
    next = bar
    next.editor.insert(" ")
    guard let found = completion(of: next), !found.candidates.isEmpty else { return nil }
    return " "
  }
}
