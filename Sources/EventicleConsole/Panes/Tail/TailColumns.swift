import EventicleCore

/// The columns of the tail; they depend on the domain's declarations and the width alone, so that
/// they stay in place while rows scroll by.
///
/// What gives way for want of room, in this order: the names of who reacted, the command and the
/// instance of what it is because of, the words of streams, the time, who reacted, and the id.
struct TailColumns {
  /// The whole width.
  let all: Int
  let position: Int
  /// The width of the time; 0 when it is not shown.
  private(set) var time = TailColumns.clock
  /// The width of a stream's word; its first letters when that is short.
  private(set) var stream: Int
  /// The width of the place in the attached system; 0 when it is not shown.
  private(set) var place = 0
  private(set) var type: Int
  private(set) var id: Int
  private(set) var because: Int
  private(set) var reacted: Int
  /// Whether causes and reactions are named in full.
  private(set) var namesCauses = true
  private(set) var namesReactions = true

  /// The width from which a presented tail has room for more than what happened.
  private static let roomy = 80
  /// The width from which the place in an attached system is shown.
  private static let wide = 100
  /// The width of a time of day.
  private static let clock = 8
  /// The width of a stream's first letters.
  private static let tag = 2

  /// Whether streams are shown as a block and a word.
  var showsStreams: Bool { stream > Self.tag }

  /// Computes the columns for rows of a moment in a width.
  ///
  /// - Parameter isPresented: Whether what happened is all that is shown where there is little room,
  ///   with its stream rather than its time.
  /// - Parameter hasPlaces: Whether events have a place in an attached system, which is shown where
  ///   there is room.
  init(
    _ moment: MomentView, columns: Int, _ chosen: TailForm.Columns = .all,
    isPresented: Bool = false, hasPlaces: Bool = false
  ) {
    let domain = moment.domain
    all = columns
    let digits = "\(moment.log.count)".utf8.count
    position = max(isPresented ? 2 : 4, digits)
    func longest(_ names: [String]) -> Int { names.map(\.utf8.count).max() ?? 0 }
    let types = domain.aggregates.flatMap { $0.reducers.keys.map(\.text) }
    type = min(max(16, longest(types)), 30)
    let ids = domain.aggregates.map { root in
      "\(root.idPrefix)-\(moment.timeline.head.histories.count(of: root.type))"
    }
    id = min(max(7, longest(ids)), 16)
    stream = min(max(6, longest(PaneText.streams(of: domain).map(\.text))), 14)
    let sagas = longest(domain.sagas.map(\.name))
    because = min(30, max(5 + longest(domain.commands.map(\.type)), sagas + id + digits + 5))
    reacted = chosen == .all ? min(32, max(14, sagas + 18)) : 0
    if chosen == .events { because = 0 }
    if hasPlaces, columns >= TailColumns.wide { place = TailPlace.columns }
    if isPresented, columns < TailColumns.roomy { (because, reacted, time) = (0, 0, 0) }
    if rest < 0, reacted > 0 {
      reacted = 14
      namesReactions = false
    }
    if rest < 0, because > 0 {
      because = min(18, max(10, sagas + digits + 2))
      namesCauses = false
    }
    if rest < 0 { stream = Self.tag }
    if rest < 0, because > 0 { because = max(min(because, 14), because + rest) }
    if rest < 0 { time = 0 }
    if rest < 0 { reacted = 0 }
    if rest < 0 { id = 0 }
    if rest < 0, because > 0 { because = max(3, because + rest) }
    if rest < 0 { type = max(10, type + rest) }
    if rest < 0 { because = 0 }
    if rest > 0 { widen(by: rest) }
  }

  /// What is over for want of it: first names in full, then the last column.
  private mutating func widen(by columns: Int) {
    if reacted > 0 {
      reacted += columns
    } else if because > 0 {
      because += columns
    }
  }

  /// The columns that are left.
  private var rest: Int {
    let widths = [position, time, place, type, id, because, reacted].filter { $0 > 0 }
    // The edge, the bracket, the block, the mark, and a space between two columns.
    let marks = 1 + 1 + (showsStreams ? 1 : 0) + 1
    return all - marks - widths.reduce(0) { $0 + $1 + 1 } - stream
  }
}
