import EventicleCore
import EventicleWorkbench

/// The rows of a conversation in one of its tabs.
struct FlowRows {
  /// What a row is.
  enum Row: Hashable {
    /// A node, by its place in the conversation.
    case node(Int)
    /// A line of the sequence, by its place.
    case item(Int)
    /// A group, by its place.
    case span(Int)
    /// The causes that are left out above the first node.
    case above
    /// The entries that are left out below.
    case more
  }

  let reading: FlowReading
  let tab: MapModel.Tab

  private var conversation: Conversation { reading.conversation }

  /// Whether something is said above the first node.
  private var hasHead: Bool { conversation.above > 0 || conversation.missingCause != nil }

  var count: Int {
    switch tab {
    case .map: 0
    case .flow: (hasHead ? 1 : 0) + conversation.nodes.count + (conversation.more > 0 ? 1 : 0)
    case .lanes: reading.lanes.items.count
    case .gantt: reading.spans.spans.count
    }
  }

  subscript(row: Int) -> Row {
    switch tab {
    case .lanes: return .item(row)
    case .gantt: return .span(row)
    case .map, .flow:
      let place = row - (hasHead ? 1 : 0)
      if place < 0 { return .above }
      return place < conversation.nodes.count ? .node(place) : .more
    }
  }

  /// The node that a row stands for; `nil` for a row that stands for none.
  func node(at row: Int) -> Int? {
    guard (0..<count).contains(row) else { return nil }
    switch self[row] {
    case .node(let place): return place
    case .item(let place):
      if case .row(let line) = reading.lanes.items[place] { return line.node } else { return nil }
    case .span(let place): return reading.spans.spans[place].marks.first
    case .above, .more: return nil
    }
  }

  /// The entry whose moment a row is.
  func entry(at row: Int) -> JournalIndex? {
    if let node = node(at: row) { return conversation.nodes[node].index }
    return (0..<count).contains(row) && self[row] == .above && conversation.above > 0
      ? conversation.top : nil
  }

  /// Whether nothing can be stood on in a row.
  func isHead(_ row: Int) -> Bool { entry(at: row) == nil }

  /// The row of a node.
  func row(of node: Int) -> Int? {
    switch tab {
    case .map: nil
    case .flow: node + (hasHead ? 1 : 0)
    case .lanes: reading.lanes.item(of: node)
    case .gantt: reading.spans.place(of: node)?.span
    }
  }
}
