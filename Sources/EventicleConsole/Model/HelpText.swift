import EventicleCore
import EventicleWorkbench

/// The contents of the help: the keys, from the keymap, and the verbs, from the language.
enum HelpText {
  /// All entries: what works here, then every key, then every verb.
  static func entries(_ model: Model) -> [HelpEntry] {
    hereEntries(model) + keyEntries(model) + verbEntries
  }

  /// The entries that fit the typed text, by their places; `@x` finds by key.
  static func hits(_ entries: [HelpEntry], typed: String) -> [Int] {
    guard !typed.isEmpty else { return Array(entries.indices) }
    if typed.hasPrefix("@") {
      let key = typed.dropFirst()
      return entries.indices.filter {
        entries[$0].action != nil && (key.isEmpty || entries[$0].keys.contains(key))
      }
    }
    let words = words(of: typed)
    return entries.indices.filter { place in
      let entry = entries[place]
      let text = "\(entry.keys) \(entry.title) \(entry.group) \(entry.note)".lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }

  /// The words that are underlined where they were found.
  static func words(of typed: String) -> [String] {
    if typed.hasPrefix("@") { return [String(typed.dropFirst())].filter { !$0.isEmpty } }
    return typed.lowercased().split(separator: " ").map { String($0) }
  }

  /// What works on the selected row and in the focused pane.
  private static func hereEntries(_ model: Model) -> [HelpEntry] {
    let own = PaneTable[model.focus]?.actions(model) ?? []
    let about = Action.allCases.filter(\.isAboutSelection)
    let title = PaneTable[model.focus]?.title ?? ""
    var seen: Set<Action> = []
    return (own + about).compactMap { action in
      guard seen.insert(action).inserted, !model.keymap.notations(of: action).isEmpty,
        action.disabledReason(model) == nil
      else { return nil }
      return HelpEntry(
        keys: model.keymap.labels(of: action),
        title: PaneTable[model.focus]?.hint(action, model) ?? action.title,
        group: "Here, in \(title)", note: "", action: action)
    }
  }

  private static func keyEntries(_ model: Model) -> [HelpEntry] {
    Action.Group.allCases.flatMap { group in
      Action.allCases.filter { $0.group == group && !model.keymap.notations(of: $0).isEmpty }.map {
        HelpEntry(
          keys: model.keymap.labels(of: $0),
          title: $0.title, group: group.rawValue, note: $0.disabledReason(model) ?? "",
          action: $0)
      }
    }
  }

  private static let verbEntries: [HelpEntry] = Verb.all.map { verb in
    HelpEntry(
      keys: ":\(verb.name.rawValue)", title: verb.summary, group: "Verbs",
      note: verb.signature, action: nil)
  }

  /// The help page of a verb.
  static func page(of verb: Verb) -> Overlay {
    var lines = [verb.summary, "", verb.signature, "", "for example  \(verb.example)"]
    if !verb.aliases.isEmpty {
      lines += ["", "also  \(verb.aliases.joined(separator: ", "))"]
    }
    return .text(title: "help \(verb.name.rawValue)", lines: lines, scroll: 0)
  }
}
