import EventicleCore
import EventicleWorkbench

/// The conversation as a tree of causes, row by row.
struct FlowTree {
  private let conversation: Conversation
  private let texts: FlowTexts
  private let columns: Int
  /// How many levels are left out at the left, so that the selected row has room.
  private let hidden: Int
  private let reading: FlowReading

  private static let time = 9

  /// The width of the words at the right edge.
  private var outcome: Int {
    switch columns {
    case ..<64: 0
    case ..<100: 20
    case ..<150: 24
    default: 32
    }
  }

  /// Creates the tree for a width.
  ///
  /// - Parameter selected: The place of the selected node.
  init(_ reading: FlowReading, _ moment: MomentView, columns: Int, selected: Int?) {
    conversation = reading.conversation
    self.reading = reading
    self.columns = columns
    texts = FlowTexts(moment)
    let depth = selected.map { reading.conversation.nodes[$0].depth } ?? 0
    hidden = max(0, depth - max(2, columns / 6))
  }

  /// The line of a row.
  ///
  /// - Parameters:
  ///   - above: The place of the node in the row above, whose time need not be said again.
  ///   - isHere: Whether the row is the moment.
  func line(_ row: FlowRows.Row, below above: Int?, isHere: Bool) -> StyledLine {
    switch row {
    case .node(let place): return line(place, below: above, isHere: isHere)
    case .above: return aboveLine(isHere: isHere)
    case .more:
      let least: DisplayText = conversation.isCounted ? "" : "at least "
      return StyledLine(" … and " + least + "\(conversation.more) more that followed", .uiMuted)
    case .item, .span: return .empty
    }
  }

  private func aboveLine(isHere: Bool) -> StyledLine {
    var line = StyledLine(isHere ? "►" : " ", .timeCursor)
    if let missing = conversation.missingCause {
      line.add("cause not in store: " + PaneText.data(missing, limit: 60), .statusWarn)
      return line
    }
    let least: DisplayText = conversation.isCounted ? "" : "at least "
    let causes: DisplayText = conversation.above == 1 ? " cause" : " causes"
    line.add(
      "↑ " + least + "\(conversation.above)" + causes + " above, from "
        + PaneText.data("\(conversation.top)") + " on", .uiMuted)
    return line
  }

  private func line(_ place: Int, below above: Int?, isHere: Bool) -> StyledLine {
    let node = conversation.nodes[place]
    let isLater = node.isLater(than: texts.moment)
    var title = StyledLine(rails(of: place), .uiBorder)
    title.add(texts.title(of: node))
    if isHere { title.add(" ◄", .timeCursor) }
    let room = max(8, columns - 1 - FlowTree.time - (outcome > 0 ? outcome + 2 : 1))
    title = isHere && title.width > room ? shortened(title, to: room) : title.truncated(to: room)
    title.add(.spaces(room - title.width))
    let time = FlowTexts.time(node.instant, after: conversation.start)
    let isSaid = above.map { conversation.nodes[$0].instant != node.instant } ?? true
    title.add(isSaid ? time : "", .uiMuted, columns: FlowTree.time, alignment: .right)
    if outcome > 0 {
      title.add("  ")
      title.add(
        texts.outcome(
          of: node, effects: reading.effects[place].map { conversation.nodes[$0] },
          end: end(of: place), isRoomy: columns >= 100
        ).truncated(to: outcome))
    }
    if isLater { title.pieces = title.pieces.map(\.later) }
    var line = StyledLine()
    if isHere {
      line.add("►", .timeCursor)
    } else {
      line.add(isLater ? "┊" : " ", .timeFuture)
    }
    line.add(title)
    return line
  }

  /// When another conversation called a timer off, as far as that has happened.
  private func end(of place: Int) -> Instant? {
    guard let end = reading.ends[place], end.entry <= texts.moment.cursor.entry else { return nil }
    return end.instant
  }

  /// A title that is too long, with the sign of the moment kept at its end.
  private func shortened(_ title: StyledLine, to room: Int) -> StyledLine {
    var line = StyledLine(Array(title.pieces.dropLast())).truncated(to: room - 2)
    line.add(" ◄", .timeCursor)
    return line
  }

  /// The rails of a node: one for each cause that has more effects below.
  private func rails(of place: Int) -> DisplayText {
    let node = conversation.nodes[place]
    guard node.depth > 0 else { return .empty }
    guard node.depth > hidden else { return "‹ " }
    var parts: [DisplayText] = [node.isLast ? "└─" : "├─"]
    var parent = node.parent
    while let up = parent, conversation.nodes[up].depth > hidden {
      parts.append(conversation.nodes[up].isLast ? "  " : "│ ")
      parent = conversation.nodes[up].parent
    }
    return (hidden > 0 ? "‹ " : DisplayText.empty)
      + parts.reversed().reduce(DisplayText.empty) { $0 + $1 }
  }
}
