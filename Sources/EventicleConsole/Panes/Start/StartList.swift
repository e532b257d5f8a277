import EventicleCore

/// What an empty log offers: a first event, help, and the files that were opened last.
enum StartList {
  /// The rows for a domain, with headings between them.
  static func rows(for domain: Domain, _ recent: [RecentFile]) -> [StartRow] {
    var rows = [StartRow(heading: "start here")]
    if let line = FirstLine.text(for: domain) {
      rows.append(StartRow(":\(line)", "Enter runs it", .run(line)))
    }
    rows += [
      StartRow("?", "keys", .perform(.help)),
      StartRow(":demo", "a short story", .run("demo")),
      StartRow(":help", "all verbs", .run("help")),
      StartRow("q", "leave", .perform(.quit)),
    ]
    guard !recent.isEmpty else { return rows }
    return rows + [StartRow(heading: "opened last")]
      + recent.map { StartRow($0.name, $0.note, .open($0.path)) }
  }
}
