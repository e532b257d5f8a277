import EventicleCore
import EventicleWorkbench

/// Keys while a prompt is open.
enum CommandBarUpdate {
  /// The result of a key.
  enum Outcome: Hashable, Sendable {
    /// The prompt stays open.
    case editing
    /// The line is submitted.
    case submit(String)
    /// The prompt closes.
    case cancel
    /// The line is to be edited in the person's own editor.
    case edit
  }

  /// Handles a key.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - bar: The prompt.
  ///   - history: The history; remembering a submitted line is left to the caller.
  ///   - moment: The world, for completion and previews.
  ///   - themes: The names of the themes.
  ///   - settings: The settings with their possible values.
  ///   - marks: The places in time that have a name.
  ///   - branches: The names of main and the forks.
  ///   - listing: The names in the folder of a path that is being typed.
  static func handle(
    _ key: KeyPress, in bar: inout CommandBarModel, history: inout BarHistory, moment: MomentView,
    themes: [String], settings: [(name: String, values: [String])] = [], marks: Marks = Marks(),
    branches: [String] = [],
    listing: FolderListing? = nil
  ) -> Outcome {
    let source = moment.completions(
      themes: themes, settings: settings, marks: marks, branches: branches, listing: listing)
    return handle(key, in: &bar, BarContext(history, moment, source))
  }

  /// Inserts pasted text; never runs a command by itself.
  static func paste(
    _ text: String, in bar: inout CommandBarModel, history: BarHistory, moment: MomentView,
    themes: [String], settings: [(name: String, values: [String])] = [], marks: Marks = Marks(),
    branches: [String] = [],
    listing: FolderListing? = nil
  ) {
    bar.paste(text)
    let problem = bar.problem
    let source = moment.completions(
      themes: themes, settings: settings, marks: marks, branches: branches, listing: listing)
    BarContext(history, moment, source).refresh(&bar, .text)
    bar.problem = problem ?? bar.problem
  }

  /// Updates everything shown around the line, as after opening a prompt with a text.
  static func refresh(
    _ bar: inout CommandBarModel, history: BarHistory, moment: MomentView, themes: [String],
    settings: [(name: String, values: [String])] = [], marks: Marks = Marks(),
    branches: [String] = [],
    listing: FolderListing? = nil
  ) {
    let source = moment.completions(
      themes: themes, settings: settings, marks: marks, branches: branches, listing: listing)
    BarContext(history, moment, source).refresh(&bar, .text)
  }

  private static func handle(
    _ key: KeyPress, in bar: inout CommandBarModel, _ around: BarContext<some CompletionSource>
  ) -> Outcome {
    if key == KeyPress("c", .control) { return .cancel }
    let awaitsEditor = bar.awaitsEditor
    bar.awaitsEditor = key == KeyPress("x", .control)
    if bar.awaitsEditor { return .editing }
    if awaitsEditor, key == KeyPress("e", .control) { return .edit }
    if bar.search != nil {
      if let outcome = ReverseSearchKeys.press(key, &bar, around) { return outcome }
    }
    switch BarKey(key) {
    case .enter: return enter(&bar, around)
    case .escape: return escape(&bar)
    case .tab: complete(&bar, around, step: 1)
    case .backtab: complete(&bar, around, step: -1)
    case .up where bar.popup != nil: bar.select(by: -1)
    case .down where bar.popup != nil: bar.select(by: 1)
    case .up: recall(&bar, around, isOlder: true)
    case .down: recall(&bar, around, isOlder: false)
    case .search:
      bar.popup = nil
      bar.recall = nil
      bar.ghost = ""
      bar.search = CommandBarModel.ReverseSearch(original: bar.editor)
    case .right where bar.editor.isAtEnd && !bar.ghost.isEmpty:
      bar.editor.insert(bar.ghost)
      around.refresh(&bar, .text)
    case .right, .other: edit(key, &bar, around)
    }
    return .editing
  }

  private static func enter(
    _ bar: inout CommandBarModel, _ around: BarContext<some CompletionSource>
  ) -> Outcome {
    if let popup = bar.popup, let selected = popup.selected {
      around.accept(popup.candidates[selected], &bar, replacing: popup.replaced)
      return .editing
    }
    bar.popup = nil
    bar.ghost = ""
    let line = bar.text
    if bar.kind == .command, let mask = line.firstRange(of: SecretMask.mask) {
      let column = line.distance(from: line.startIndex, to: mask.lowerBound) + 1
      bar.problem = Reply.Problem(
        "A secret is not remembered; write it again in place of \(SecretMask.mask).",
        column: column, length: SecretMask.mask.count)
      return .editing
    }
    return .submit(line)
  }

  private static func escape(_ bar: inout CommandBarModel) -> Outcome {
    guard bar.popup != nil else { return .cancel }
    bar.popup = nil
    return .editing
  }

  private static func edit(
    _ key: KeyPress, _ bar: inout CommandBarModel,
    _ around: BarContext<some CompletionSource>
  ) {
    let before = bar.editor.characters
    switch bar.editor.press(key) {
    case .none: break
    case .tooLong: bar.problem = CommandBarModel.tooLong
    case .changed where bar.editor.characters != before:
      bar.recall = nil
      around.refresh(&bar, .text)
    case .changed: break
    case .moved:
      bar.recall = nil
      bar.popup = nil
      around.refresh(&bar, .caret)
    }
  }

  // MARK: - History

  private static func recall(
    _ bar: inout CommandBarModel, _ around: BarContext<some CompletionSource>, isOlder: Bool
  ) {
    let count = around.history.lines(of: bar.kind).count
    var recall = bar.recall ?? CommandBarModel.Recall(typed: bar.text, index: count)
    let place =
      isOlder
      ? around.history.older(
        bar.kind, before: recall.index, startingWith: recall.typed, than: bar.text)
      : around.history.newer(
        bar.kind, after: recall.index, startingWith: recall.typed, than: bar.text)
    if let place {
      recall.index = place
      bar.editor.set(around.history.lines(of: bar.kind)[place])
    } else if !isOlder, recall.index < count {
      recall.index = count
      bar.editor.set(recall.typed)
    } else {
      return
    }
    around.refresh(&bar, .text)
    bar.recall = recall
  }

  // MARK: - Completion

  /// Completes as far as all candidates agree, then lists them, then steps through them.
  private static func complete(
    _ bar: inout CommandBarModel, _ around: BarContext<some CompletionSource>, step: Int
  ) {
    if let popup = bar.popup {
      guard popup.candidates.count == 1 else { return bar.select(by: step) }
      return around.accept(popup.candidates[0], &bar, replacing: popup.replaced)
    }
    guard let found = around.completion(of: bar), let first = found.candidates.first else { return }
    let typed = String(bar.editor.characters[found.replaced])
    let likely = beginning(with: typed, found.candidates)
    guard likely.count > 1 else {
      return around.accept(likely.first ?? first, &bar, replacing: found.replaced)
    }
    let common = CommonPrefix.of(likely.map(\.text))
    if common.count > typed.count, common.lowercased().hasPrefix(typed.lowercased()),
      !common.contains(where: { "\"'`".contains($0) })
    {
      bar.editor.replace(found.replaced, with: common)
      around.refresh(&bar, .text)
    }
    guard let rest = around.completion(of: bar), let only = rest.candidates.first else { return }
    guard rest.candidates.count > 1 else {
      return around.accept(only, &bar, replacing: rest.replaced)
    }
    bar.popup = CommandBarModel.Popup(
      candidates: rest.candidates, selected: nil, replaced: rest.replaced)
    bar.ghost = ""
  }

  /// The candidates that begin with what is typed, before which those that only contain it step
  /// back; all of them when none does.
  private static func beginning(
    with typed: String, _ candidates: [CompletionCandidate]
  ) -> [CompletionCandidate] {
    let exact = candidates.filter { $0.text.hasPrefix(typed) }
    guard exact.isEmpty else { return exact }
    let lower = typed.lowercased()
    let found = candidates.filter { candidate in
      let text = candidate.text.lowercased()
      return text.hasPrefix(lower) || (text.hasPrefix("\"") && text.dropFirst().hasPrefix(lower))
    }
    return found.isEmpty ? candidates : found
  }
}

/// Keys with a special meaning in a prompt.
enum BarKey: Hashable, Sendable {
  case enter
  case escape
  case tab
  case backtab
  case up
  case down
  case right
  case search
  case other

  /// The meaning of a key; `nil` for a key that only edits the line.
  init(_ key: KeyPress) {
    switch (key.code, key.modifiers) {
    case (.enter, _), (.character("j"), .control), (.character("m"), .control): self = .enter
    case (.escape, _), (.character("g"), .control): self = .escape
    case (.tab, .shift), (.backtab, _): self = .backtab
    case (.tab, _), (.character("i"), .control): self = .tab
    case (.up, []), (.character("p"), .control): self = .up
    case (.down, []), (.character("n"), .control): self = .down
    case (.right, []), (.character("f"), .control), (.end, []), (.character("e"), .control):
      self = .right
    case (.character("r"), .control): self = .search
    default: self = .other
    }
  }
}

extension CommandBarModel {
  /// Selects the next or previous candidate; wraps around.
  mutating func select(by step: Int) {
    guard let popup else { return }
    let count = popup.candidates.count
    guard let selected = popup.selected else {
      self.popup?.selected = step > 0 ? 0 : count - 1
      return
    }
    self.popup?.selected = (selected + step + count) % count
  }
}

/// The common beginning of several texts.
enum CommonPrefix {
  /// The longest beginning shared by all texts.
  static func of(_ texts: [String]) -> String {
    guard var common = texts.first?[...] else { return "" }
    for text in texts {
      let length = zip(common, text).prefix { $0 == $1 }.count
      common = common.prefix(length)
    }
    return String(common)
  }
}
