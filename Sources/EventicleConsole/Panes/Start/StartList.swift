import EventicleCore

/// What an empty log offers: a first event, a look around, and the files that were opened last.
enum StartList {
  /// The rows for a domain, with headings between them.
  ///
  /// - Parameter captions: How many captions the tour of the domain has; `nil` when it has none.
  static func rows(
    for domain: Domain, _ recent: [RecentFile], _ keymap: Keymap = .standard, captions: Int?
  ) -> [StartRow] {
    let summary = domain.summary.isEmpty ? domain.name : "\(domain.name): \(domain.summary)"
    var rows = [
      StartRow(heading: summary), StartRow(heading: parts(of: domain)), StartRow(heading: ""),
    ]
    let next = keymap.label(of: .stopOrGo)
    rows.append(
      captions.map {
        StartRow(
          "Take the tour", ":demo  \($0) steps, a few minutes; \(next) goes on", .run("demo"))
      } ?? StartRow(missing: "Take the tour", "shop and bank have one: eventicle demo"))
    if let line = FirstLine.text(for: domain), let command = domain.commands.first {
      rows.append(StartRow(words(of: command.type), ":\(line)", .run(line)))
    }
    rows += [
      StartRow(
        "Play a short story", ":demo story  a few lines, and a moment to look at",
        .run("demo story")),
      StartRow("Look at the map", "what asks, what happens, who is woken", .perform(.pane7)),
      StartRow("Open something", ":open  a store, events, a tape", .fill("open ")),
      StartRow(
        "Attach read-only", ":attach redis://HOST:PORT/STREAMS  a running system",
        .fill("attach redis://")),
    ]
    guard !recent.isEmpty else { return rows }
    return rows + [StartRow(heading: ""), StartRow(heading: "opened last")]
      + recent.map { StartRow($0.name, $0.note, .open($0.path)) }
  }

  /// What stands below the list where there is room: what its keys do, a piece of the flow, and when
  /// it goes.
  ///
  /// - Parameter isEmpty: Whether nothing has happened, so that the list is there by itself.
  static func closing(_ flow: [StyledLine], _ keymap: Keymap, isEmpty: Bool) -> [StyledLine] {
    func key(_ action: Action) -> DisplayText {
      DisplayText(sanitising: keymap.label(of: action), limit: 20)
    }
    var keys = StyledLine("   ")
    for (label, words) in [
      (key(.down) + " " + key(.up), " choose   "), (key(.open), " does it   "),
    ] as [(DisplayText, DisplayText)] {
      keys.add(label, .uiHintKey)
      keys.add(words, .uiHintText)
    }
    keys.add("any other key works as everywhere", .uiHintText)
    let goes: DisplayText =
      isEmpty
      ? "This list goes when the first event is there; " : "This list goes with the next key; "
    let end = StyledLine("   " + goes + key(.palette) + " start brings it back.", .uiMuted)
    return [keys, .empty] + (flow.isEmpty ? [] : flow + [.empty]) + [end]
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

  /// `PlaceOrder` as words: `Place the first order`.
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
    guard let blank = words.firstIndex(of: " ") else { return words }
    return "\(words[..<blank]) the first\(words[blank...])"
  }
}
