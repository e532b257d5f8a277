/// The rails at the right edge of a timeline: each joins the row that arms a timer to the row in
/// which the timer ends.
///
/// Rails stand in lanes; lane 0 is the outermost. Two rails in one lane share no row, except where
/// one ends because the next one begins.
struct RailLayout: Hashable, Sendable {
  /// The rows of one timer, both ends included.
  struct Stretch: Hashable, Sendable {
    let first: Int
    let last: Int
    /// Whether the timer has ended.
    let isOver: Bool
  }

  /// The shape of a rail in a row.
  enum Mark: Hashable, Sendable {
    case opens
    case passes
    case closes
    /// One rail ends and the next one begins.
    case turns
  }

  /// One rail in one row.
  struct Cell: Hashable, Sendable {
    let lane: Int
    let mark: Mark
    let isOver: Bool
  }

  let stretches: [Stretch]
  /// The lane of each stretch; `nil` when it has no rail or every lane is taken.
  let lanes: [Int?]

  /// Finds lanes for stretches.
  ///
  /// - Parameters:
  ///   - stretches: The stretches, ordered by first row; one that ends in its first row gets no
  ///     rail.
  ///   - most: The number of lanes.
  init(_ stretches: [Stretch], most: Int) {
    var lanes: [Int?] = []
    // The last stretch in each lane.
    var current: [Int?] = Array(repeating: nil, count: max(0, most))
    for (index, stretch) in stretches.enumerated() {
      guard stretch.last > stretch.first else {
        lanes.append(nil)
        continue
      }
      let lane = RailLayout.lane(for: stretch, stretches, current)
      lanes.append(lane)
      if let lane { current[lane] = index }
    }
    self.stretches = stretches
    self.lanes = lanes
  }

  private static func lane(
    for stretch: Stretch, _ stretches: [Stretch], _ current: [Int?]
  ) -> Int? {
    let last = current.map { index in index.map { stretches[$0].last } }
    if let turning = last.firstIndex(where: { $0 == stretch.first }) { return turning }
    let free = last.indices.filter { lane in last[lane].map { $0 < stretch.first } ?? true }
    return free.min { left, right in
      let (a, b) = (crossings(of: stretch, in: left, last), crossings(of: stretch, in: right, last))
      return (a, left) < (b, right)
    }
  }

  /// The number of crossings between the ends of a stretch and the rails of other lanes.
  private static func crossings(of stretch: Stretch, in lane: Int, _ last: [Int?]) -> Int {
    var count = 0
    for (other, end) in last.enumerated() {
      guard let end, end >= stretch.first, other != lane else { continue }
      if other > lane { count += 1 }
      if other > lane, end > stretch.last { count += 1 }
      if other < lane, end < stretch.last { count += 1 }
    }
    return count
  }

  /// The rails in a row, by lane from the outermost; O(stretches).
  func cells(in row: Int) -> [Cell] {
    var marks: [Int: Cell] = [:]
    for (stretch, lane) in zip(stretches, lanes) {
      guard let lane, stretch.first <= row, row <= stretch.last else { continue }
      let mark: Mark = row == stretch.first ? .opens : (row == stretch.last ? .closes : .passes)
      if marks[lane] != nil {
        marks[lane] = Cell(lane: lane, mark: .turns, isOver: stretch.isOver)
      } else {
        marks[lane] = Cell(lane: lane, mark: mark, isOver: stretch.isOver)
      }
    }
    return marks.values.sorted { $0.lane < $1.lane }
  }

  /// The number of timers that are armed in a row but have no lane.
  func hidden(in row: Int) -> Int {
    zip(stretches, lanes).count { stretch, lane in
      lane == nil && stretch.last > stretch.first && stretch.first <= row && row < stretch.last
    }
  }
}
