import EventicleCore
import EventicleWorkbench

/// Keys while a prompt is open.
enum BarUpdate {
  /// Opens a prompt with a text in it.
  static func open(_ kind: BarHistory.Kind, text: String, _ model: inout Model) {
    var bar = CommandBarModel(kind: kind, text: text)
    CommandBarUpdate.refresh(
      &bar, history: model.history, moment: model.moment, themes: model.themeNames,
      settings: Settings.known)
    model.bar = bar
    model.message = nil
  }

  /// Takes in a key.
  static func press(_ key: KeyPress, _ model: inout Model) -> [Effect] {
    guard var bar = model.bar else { return [] }
    let outcome = CommandBarUpdate.handle(
      key, in: &bar, history: &model.history, moment: model.moment, themes: model.themeNames,
      settings: Settings.known)
    switch outcome {
    case .editing:
      model.bar = bar
      return []
    case .cancel:
      model.bar = nil
      return []
    case .submit(let line):
      model.bar = bar
      return submit(line, bar.kind, &model)
    }
  }

  private static func submit(
    _ line: String, _ kind: BarHistory.Kind, _ model: inout Model
  ) -> [Effect] {
    let remembered = model.history.remember(line, kind)
    let effects: [Effect] = remembered.map { [.remember(kind, $0)] } ?? []
    switch kind {
    case .command:
      guard !line.trimmingSpaces.isEmpty else {
        model.bar = nil
        return []
      }
      return effects + [.run(line)]
    case .goto:
      guard !line.trimmingSpaces.isEmpty else {
        model.bar = nil
        return []
      }
      return effects + [.run("goto \(line)")]
    case .filter:
      if let problem = TailUpdate.set(text: line, &model) {
        model.bar?.problem = problem
        return []
      }
      model.bar = nil
      return effects
    case .search:
      model.bar = nil
      if line.isEmpty {
        model.tail.search = nil
      } else {
        TailUpdate.find(TailUpdate.pattern(line), &model)
      }
      return effects
    }
  }
}

extension TailUpdate {
  /// What a search looks for: the text anywhere, whatever its case.
  static func pattern(_ text: String) -> TextPattern { TextPattern(containing: text) }
}
