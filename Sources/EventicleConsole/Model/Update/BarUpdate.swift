import EventicleCore
import EventicleWorkbench

/// Keys while a prompt is open.
enum BarUpdate {
  /// Opens a prompt with an initial text.
  static func open(_ kind: PromptKind, text: String, _ model: inout Model) {
    var bar = CommandBarModel(kind: kind, text: text)
    CommandBarUpdate.refresh(
      &bar, history: model.history, moment: model.moment,
      themes: Settings.arguments(ofTheme: model.themeNames),
      settings: Settings.offered(themes: model.themeNames), marks: model.marks,
      branches: model.branches,
      listing: model.listing)
    model.bar = bar
    model.message = nil
  }

  /// Handles a key.
  static func press(_ key: KeyPress, _ model: inout Model) -> [Effect] {
    guard var bar = model.bar else { return [] }
    let typed = bar.text
    if bar.kind == .search, bar.search == nil, BarKey(key) == .tab {
      FindUpdate.turnFold(&model)
      return []
    }
    let outcome = CommandBarUpdate.handle(
      key, in: &bar, history: &model.history, moment: model.moment,
      themes: Settings.arguments(ofTheme: model.themeNames),
      settings: Settings.offered(themes: model.themeNames), marks: model.marks,
      branches: model.branches,
      listing: model.listing)
    switch outcome {
    case .editing:
      model.bar = bar
      return bar.kind == .search && bar.text != typed ? FindUpdate.change(to: bar.text, &model) : []
    case .cancel where bar.kind == .search: return FindUpdate.cancel(&model)
    case .cancel:
      model.bar = nil
      return []
    case .edit:
      model.bar = bar
      return [.edit(bar.text)]
    case .submit(let line):
      model.bar = bar
      return submit(line, bar.kind, &model)
    }
  }

  /// Takes the line from an editor; nothing is run by itself.
  static func take(edited text: String, _ model: inout Model) {
    guard let kind = model.bar?.kind else { return }
    open(kind, text: PastedText.oneLine(text, kind), &model)
  }

  // MARK: - Files

  /// Asks for the names in the folder of a path that is being typed, once while its prompt is open.
  static func askForFolder(_ model: inout Model) -> [Effect] {
    guard let bar = model.bar else {
      (model.listing, model.askedFolder) = (nil, nil)
      return []
    }
    guard let folder = bar.folder, folder != model.askedFolder else { return [] }
    model.askedFolder = folder
    return [.listFolder(folder)]
  }

  /// Takes the names in a folder; a list that is open shows them at once.
  static func take(_ listing: FolderListing, _ model: inout Model) {
    guard var bar = model.bar, bar.folder == listing.folder else { return }
    model.listing = listing
    guard bar.popup != nil else { return }
    CommandBarUpdate.refresh(
      &bar, history: model.history, moment: model.moment,
      themes: Settings.arguments(ofTheme: model.themeNames),
      settings: Settings.offered(themes: model.themeNames), marks: model.marks,
      branches: model.branches, listing: listing)
    model.bar = bar
  }

  private static func submit(
    _ line: String, _ kind: PromptKind, _ model: inout Model
  ) -> [Effect] {
    let remembered = model.history.remember(line, kind)
    let effects: [Effect] = remembered.map { [.remember(kind, $0)] } ?? []
    switch kind {
    case .command:
      guard !line.trimmingSpaces.isEmpty else {
        model.bar = nil
        return []
      }
      if let form = FormUpdate.form(for: line, model.moment) {
        model.bar = nil
        model.overlay = .form(form)
        return []
      }
      wait(&model)
      return effects + [.run(line)]
    case .goto:
      guard !line.trimmingSpaces.isEmpty else {
        model.bar = nil
        return []
      }
      wait(&model)
      return effects + [.run("goto \(line)")]
    case .search:
      if let error = FindUpdate.keep(line, &model) {
        let problem = Reply.Problem(error.message, column: error.column, length: error.length)
        model.bar?.problem = problem
        return []
      }
      return effects
    }
  }

  /// Closes the prompt until the outcome of its line is there.
  private static func wait(_ model: inout Model) {
    model.submitted = model.bar
    model.bar = nil
  }
}
