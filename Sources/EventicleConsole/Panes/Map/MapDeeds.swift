import EventicleCore
import EventicleWorkbench

/// What a handler asks for, arms and turns off, in lines.
struct MapDeeds {
  /// One item with what stands before it.
  private struct Item {
    let degree: MapDegree
    let separator: DisplayText
    let text: DisplayText
    let role: StyleRole
  }

  private var items: [Item] = []

  /// - Parameters:
  ///   - timers: How many timers the handler's owner has.
  ///   - degree: How strongly one is drawn.
  ///   - schedule: With what schedule a timer was armed last.
  init(
    _ deeds: [FlowDeed], timers: Int, degree: (FlowDeed) -> MapDegree,
    schedule: (FlowDeed) -> TimerSchedule?
  ) {
    for strength in [MapDegree.heavy, .solid, .dotted] {
      var off: [String] = []
      var isFirst = true
      func add(_ text: DisplayText, _ role: StyleRole, isAsked: Bool) {
        let separator: DisplayText = isFirst ? "" : isAsked ? ", " : " · "
        items.append(
          Item(degree: strength, separator: separator, text: text, role: strength.role(role)))
        isFirst = false
      }
      let these = deeds.filter { degree($0) == strength }
      for case .asks(let command) in these {
        add(PaneText.data(command, limit: 60), .kindCommand, isAsked: true)
      }
      for deed in these {
        guard case .arms(let name) = deed else { continue }
        let when = schedule(deed).map { " \(MapDeeds.words($0))" } ?? ""
        add(PaneText.data(name + when, limit: 60), .kindTimer, isAsked: false)
      }
      for case .turnsOff(let name) in these { off.append(name) }
      guard !off.isEmpty else { continue }
      let isAll = off.count > 1 && off.count == timers
      let names = isAll ? (timers == 2 ? "both timers" : "all timers") : off.joined(separator: ", ")
      add(PaneText.data("\(names) off", limit: 60), .kindTimer, isAsked: false)
    }
  }

  /// `5m`, `04:00` for a time of every day, `cron 0 4 * * 1` for other times.
  static func words(_ schedule: TimerSchedule) -> String {
    let fields = schedule.brief.split(separator: " ")
    guard schedule.recurs, fields.count == 5, fields[2...].allSatisfy({ $0 == "*" }),
      let minute = Int(fields[0]), let hour = Int(fields[1])
    else { return schedule.description }
    func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(digits(hour)):\(digits(minute))"
  }

  /// The lines in a width, each with the arrow of its degree.
  ///
  /// - Parameter corner: Whether the first arrow comes from above.
  func lines(columns: Int, corner: Bool = false) -> [[StyledPiece]] {
    var lines: [[StyledPiece]] = []
    var used = 0
    for (place, item) in items.enumerated() {
      let begins = item.separator.isEmpty
      let lead = begins ? 3 : item.separator.width
      let gap = begins && used > 0 ? 1 : 0
      if place == 0 || used + gap + lead + item.text.width > columns {
        lines.append([])
        used = 0
      }
      let isNew = used == 0
      var pieces: [StyledPiece] = []
      if begins {
        let first = corner && place == 0 ? item.degree.corner : item.degree.across
        let arrow = DisplayText(glyphs: [first, "►", .space])
        pieces.append(StyledPiece((isNew ? .empty : " ") + arrow, item.degree.role))
      } else {
        pieces.append(StyledPiece(isNew ? .spaces(3) : item.separator, .uiMuted))
      }
      let room = columns - used - pieces[0].text.width
      pieces.append(StyledPiece(item.text.truncated(to: max(0, room)), item.role))
      used += pieces.reduce(0) { $0 + $1.text.width }
      lines[lines.count - 1] += pieces
    }
    return lines
  }
}
