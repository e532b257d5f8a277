import EventicleCore

/// What an empty log offers: a first event, help, and the files that were opened last.
enum StartList {
  /// The rows for a domain, with headings between them.
  static func rows(
    for domain: Domain, _ recent: [RecentFile], _ keymap: Keymap = .standard
  ) -> [StartRow] {
    let summary = domain.summary.isEmpty ? domain.name : "\(domain.name): \(domain.summary)"
    var rows = [StartRow(heading: "start here · \(summary) \(parts(of: domain))")]
    if let line = FirstLine.text(for: domain), let command = domain.commands.first {
      rows.append(StartRow(words(of: command.type), ":\(line)", .run(line)))
    }
    rows += [
      StartRow("Play a short story", ":demo", .run("demo")),
      StartRow(
        "Look at the map", "\(keymap.label(of: .pane7))  what asks, what happens, who is woken",
        .perform(.pane7)),
      StartRow(
        "Find anything", "\(keymap.label(of: .palette))  commands, things, keys, help",
        .perform(.palette)),
      StartRow("Open something", ":open  a store, events, a tape", .fill("open ")),
    ]
    guard !recent.isEmpty else { return rows }
    return rows + [StartRow(heading: "opened last")]
      + recent.map { StartRow($0.name, $0.note, .open($0.path)) }
  }

  /// `13 commands · 3 aggregates · 3 streams · 2 sagas · 2 views · 1 adapter`.
  private static func parts(of domain: Domain) -> String {
    let counts: [(Int, String)] = [
      (domain.commands.count, "command"), (domain.aggregates.count, "aggregate"),
      (PaneText.streams(of: domain).count, "stream"), (domain.sagas.count, "saga"),
      (domain.views.count, "view"), (domain.adapters.count, "adapter"),
    ]
    return counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
      .joined(separator: " · ")
  }

  /// `PlaceOrder` as words: `Place order`.
  private static func words(of name: String) -> String {
    var words = ""
    for character in name {
      if character.isUppercase, !words.isEmpty {
        words += words.last == " " ? "" : " "
        words += character.lowercased()
      } else {
        words.append(character)
      }
    }
    return words
  }
}
