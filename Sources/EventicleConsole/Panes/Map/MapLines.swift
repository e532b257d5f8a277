import EventicleCore
import EventicleWorkbench

/// The lines of the map in a width, at a moment.
struct MapLines {
  private let texts: MapTexts
  private let columns: MapColumns
  private(set) var lines: [MapLine] = []

  private var isStacked: Bool { columns.form == .stacked }

  /// Makes the lines; O(chart).
  init(_ chart: MapChart, _ texts: MapTexts, columns width: Int) {
    self.texts = texts
    columns = MapColumns(chart, texts, columns: width)
    if !isStacked { addHeads() }
    for section in chart.sections { add(section) }
    if chart.hidden > 0 {
      var line = MapLine()
      line.add("and \(chart.hidden) more types of event", .uiMuted, at: 1)
      lines.append(line)
    }
    add(chart.timers)
    if columns.hasUnknown { addLegend() }
  }

  private mutating func addLegend() {
    lines.append(MapLine())
    let sign: DisplayText = isStacked ? "" : "┤├  "
    let text = sign + "who makes which is learnt as it happens"
    var line = MapLine()
    line.add(text.truncated(to: columns.end - 1), .uiMuted, at: 1)
    lines.append(line)
  }

  private mutating func addHeads() {
    var line = MapLine()
    line.add("asks: a command", .uiMuted, at: columns.maker)
    line.add("the event it makes", .uiMuted, at: columns.event)
    line.add("who is woken by it", .uiMuted, at: columns.wake)
    if columns.form == .four {
      line.add("what that asks for · arms", .uiMuted, at: columns.deeds)
    }
    lines.append(line)
  }

  // MARK: - Sections

  private mutating func add(_ section: MapChart.Section) {
    var line = MapLine()
    let title = PaneText.data((section.aggregate ?? "stream").uppercased(), limit: 40)
    line.add(title, .uiTitle, at: 1)
    let stream = PaneText.data(section.stream.text, limit: 40)
    let role = PaneText.role(of: section.stream, texts.domain)
    line.add("▌" + stream, role, at: title.width + 3)
    line.aggregate = section.aggregate
    lines.append(line)
    for group in section.groups { isStacked ? stack(group) : add(group) }
  }

  private mutating func add(_ group: MapChart.Group) {
    var rows = group.isKnown ? knownRows(group) : unknownRows(group)
    for (place, maker) in group.makers.enumerated() {
      let (text, role) = texts.maker(maker)
      let shown = text.truncated(to: columns.event - 6)
      if place >= rows.count { rows.append(MapLine()) }
      rows[place].add(shown, role, at: columns.maker, 0, .maker(maker))
      guard !group.isKnown else { continue }
      if group.events.isEmpty {
        rows[place].add("makes nothing yet", .uiMuted, at: columns.event)
      } else {
        rows[place].add(
          .wall(left: true, right: false), .dotted, from: columns.maker + shown.width + 1,
          trunk: columns.eventTrunk)
      }
    }
    lines += rows
  }

  /// The rows of a maker whose events are known.
  private func knownRows(_ group: MapChart.Group) -> [MapLine] {
    guard let maker = group.makers.first else { return [] }
    let width = texts.maker(maker).text.truncated(to: columns.event - 6).width
    let degrees = group.events.map { texts.degree(.makes(maker, $0.event)) }
    return group.events.enumerated().flatMap { place, node in
      var rows = rows(of: node, maker, degrees[place])
      let joint = MapJoint(place, of: group.events.count)
      rows[0].add(
        joint, degrees[place], from: place == 0 ? columns.maker + width + 1 : nil,
        trunk: columns.eventTrunk)
      if place < group.events.count - 1 {
        let below = degrees[(place + 1)...].max() ?? .dotted
        for row in 1..<max(1, rows.count) {
          rows[row].add(.down, below, from: nil, trunk: columns.eventTrunk)
        }
      }
      return rows
    }
  }

  /// The rows of events whose makers are not known.
  private func unknownRows(_ group: MapChart.Group) -> [MapLine] {
    group.events.flatMap { node in
      var rows = rows(of: node, nil, .dotted)
      let joint = MapJoint.wall(left: false, right: true)
      rows[0].add(joint, .dotted, from: nil, trunk: columns.eventTrunk)
      return rows
    }
  }

  // MARK: - Events

  /// The rows of an event, without the way to it.
  private func rows(
    of node: MapChart.EventNode, _ maker: FlowMaker?, _ degree: MapDegree
  ) -> [MapLine] {
    var rows: [MapLine] = []
    for (place, wake) in node.wakes.enumerated() {
      var own = self.rows(of: wake)
      let degree = texts.degree(wake)
      own[0].add(
        MapJoint(place, of: node.wakes.count), degree, from: columns.wakeTrunk - 2,
        trunk: columns.wakeTrunk)
      if place < node.wakes.count - 1 {
        let below = node.wakes[(place + 1)...].map { texts.degree($0) }.max() ?? .dotted
        for row in 1..<max(1, own.count) {
          own[row].add(.down, below, from: nil, trunk: columns.wakeTrunk)
        }
      }
      rows += own
    }
    if rows.isEmpty {
      rows = [MapLine()]
      let word: DisplayText = node.isRepeated ? "as above" : "nobody"
      rows[0].add(word, .uiMuted, at: columns.wake)
    }
    addEvent(node, maker, degree, to: &rows[0])
    return rows
  }

  private func addEvent(
    _ node: MapChart.EventNode, _ maker: FlowMaker?, _ degree: MapDegree, to line: inout MapLine
  ) {
    let count = texts.count(node.event)
    let room = columns.count - columns.event - 1
    // An event has happened when there is one, whoever made it.
    let hasHappened = texts.learnt.count(of: node.event, upTo: texts.end) > 0
    let shown = hasHappened ? max(degree, .solid) : .dotted
    line.add(
      texts.event(node.event).truncated(to: room), shown.role(.kindEvent), at: columns.event, 1,
      .event(node.event, maker))
    line.add(
      count.padded(to: columns.countWidth, alignment: .right), .uiMuted, at: columns.count)
  }

  // MARK: - Consumers

  /// The rows of a consumer and of what it does.
  private func rows(of wake: MapChart.Wake) -> [MapLine] {
    let names = texts.wake(wake, columns: columns.wakeWidth)
    var rows = names.map { name in
      var row = MapLine()
      row.add(name, at: columns.wake)
      return row
    }
    rows[0].cells.append(
      MapLine.Cell(
        place: 2, spot: .wake(wake.wakers), column: columns.wake, width: names[0].width))
    let isBelow = columns.form != .four
    let deeds = texts.deeds(wake)?.lines(columns: columns.deedsWidth, corner: isBelow) ?? []
    for (place, pieces) in deeds.enumerated() {
      let row = isBelow ? place + 1 : place
      if row >= rows.count { rows.append(MapLine()) }
      addDeeds(pieces, wake, to: &rows[row])
    }
    return rows
  }

  private func addDeeds(
    _ pieces: [StyledPiece], _ wake: MapChart.Wake, to line: inout MapLine
  ) {
    let text = StyledLine(pieces)
    line.add(text, at: columns.deeds)
    guard let waker = wake.wakers.first else { return }
    line.cells.append(
      MapLine.Cell(
        place: 3, spot: .deeds(waker, wake.deeds), column: columns.deeds + 3,
        width: max(0, text.width - 3)))
  }

  // MARK: - One below another

  private mutating func stack(_ group: MapChart.Group) {
    for maker in group.makers {
      var line = MapLine()
      let (text, role) = texts.maker(maker)
      line.add(text.truncated(to: columns.end - 1), role, at: 1, 0, .maker(maker))
      lines.append(line)
    }
    let maker = group.isKnown ? group.makers.first : nil
    let degrees = group.events.map { node in
      maker.map { texts.degree(.makes($0, node.event)) } ?? .dotted
    }
    for (place, node) in group.events.enumerated() {
      var line = MapLine()
      line.add(
        MapJoint(place, of: group.events.count, stacked: true), degrees[place], from: nil, trunk: 1)
      addEvent(node, maker, degrees[place], to: &line)
      let below = place < group.events.count - 1 ? degrees[(place + 1)...].max() : nil
      lines.append(line)
      for (number, wake) in node.wakes.enumerated() {
        var own = rows(of: wake)
        let joint = MapJoint(number, of: node.wakes.count, stacked: true)
        own[0].add(joint, texts.degree(wake), from: nil, trunk: columns.wakeTrunk)
        let next = node.wakes[(number + 1)...].map { texts.degree($0) }.max()
        for row in own.indices {
          if let below { own[row].add(.down, below, from: nil, trunk: 1) }
          if row > 0, let next { own[row].add(.down, next, from: nil, trunk: columns.wakeTrunk) }
        }
        lines += own
      }
    }
  }

  // MARK: - Timers

  private mutating func add(_ timers: [MapChart.TimerNode]) {
    guard !timers.isEmpty else { return }
    var head = MapLine()
    head.add("TIMERS", .uiTitle, at: 1)
    lines.append(head)
    let names = timers.map { PaneText.data($0.timer.name, limit: 24) }
    let width = names.map(\.width).max() ?? 0
    for (node, name) in zip(timers, names) {
      var rows = rows(of: node.wake)
      let degree = texts.degree(node.wake)
      if isStacked { rows.insert(MapLine(), at: 0) }
      rows[0].add(name, degree.role(.kindTimer), at: 1, 0, .timer(node.timer))
      rows[0].timer = (node.timer, width + 3)
      rows[isStacked ? 1 : 0].add(
        isStacked ? .corner : .straight, degree, from: isStacked ? nil : columns.wakeTrunk - 2,
        trunk: columns.wakeTrunk)
      lines += rows
    }
  }
}
