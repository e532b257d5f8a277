/// The rails at the right edge of a timeline: each joins the row that armed a timer to the row in
/// which that ended.
///
/// Rails stand in lanes, the outermost one being lane 0. Two rails of one lane share no row, but
/// for the row in which one ends because the other begins.
struct RailLayout: Hashable, Sendable {
  /// The rows of one timer, both ends included.
  struct Stretch: Hashable, Sendable {
    let first: Int
    let last: Int
    /// Whether its end has happened.
    let isOver: Bool
  }

  /// What a rail does in a row.
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
  /// The lane of each stretch; `nil` when all are taken.
  let lanes: [Int?]

  /// Finds lanes for stretches.
  ///
  /// - Parameters:
  ///   - stretches: In the order of their first rows; one without a row below its first has no
  ///     rail.
  ///   - most: How many lanes there are.
  init(_ stretches: [Stretch], most: Int) {
    var lanes: [Int?] = []
    // Of every lane the stretch that stands in it last.
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

  /// How many rails of other lanes are crossed by the ends of a stretch, or cross it with theirs.
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

  /// How many timers are under way in a row without having found a lane.
  func hidden(in row: Int) -> Int {
    zip(stretches, lanes).count { stretch, lane in
      lane == nil && stretch.last > stretch.first && stretch.first <= row && row < stretch.last
    }
  }
}
