import EventicleCore

/// One of two histories that are compared, up to a moment.
struct ComparedSide: Sendable {
  /// The name of its branch, or of the file that it is in.
  let name: String
  let isBranch: Bool
  let timeline: Timeline
  let cursor: TimeCursor
  let world: World
  let domain: Domain

  /// A branch up to a moment, by default the newest.
  init(_ branch: Branch, name: String? = nil, isBranch: Bool = true, at cursor: TimeCursor? = nil) {
    self.name = name ?? branch.name
    self.isBranch = isBranch
    timeline = branch.timeline
    domain = branch.engine.domain
    let end = cursor.map { branch.timeline.moment(of: $0.entry) } ?? branch.timeline.headCursor
    self.cursor = end
    world =
      end == branch.timeline.headCursor
      ? branch.engine.world
      : branch.timeline.world(at: end, nearby: (branch.cursor, branch.shown))
  }

  var moment: MomentView {
    MomentView(cursor: cursor, world: world, timeline: timeline, domain: domain)
  }

  var side: ComparisonNotice.Side {
    ComparisonNotice.Side(name: name, moment: timeline.name(of: cursor), isBranch: isBranch)
  }

  /// The last moment up to which two histories took the same steps, byte for byte.
  ///
  /// - Parameters:
  ///   - known: A moment up to which they are known to be the same.
  ///   - goesOn: Asked after each step; `false` ends the search with `nil`.
  /// - Complexity: O(steps that they have in common after the known moment).
  func common(
    with other: ComparedSide, after known: JournalIndex, goesOn: (Int) -> Bool
  ) -> JournalIndex? {
    let end = min(cursor.entry, other.cursor.entry)
    var place = min(known, end)
    // A part of each at a time, so that neither is read to its end for nothing.
    var size = 64
    while place < end {
      let limit = JournalIndex(min(end.number, place.number + size))
      let (mine, others) = (
        steps(after: place, upTo: limit), other.steps(after: place, upTo: limit)
      )
      var isSame = true
      for (mine, other) in zip(mine, others) {
        guard mine.bytes == other.bytes, mine.last <= end else {
          isSame = false
          break
        }
        place = mine.last
      }
      guard goesOn(place.number) else { return nil }
      guard isSame, !mine.isEmpty, mine.count == others.count else { break }
      size = min(size * 2, 8_192)
    }
    return place
  }

  private func steps(
    after low: JournalIndex, upTo high: JournalIndex
  ) -> [(last: JournalIndex, bytes: [UInt8])] {
    var found: [(JournalIndex, [UInt8])] = []
    timeline.forEachStep(after: low, upTo: high, home: domain.home(in: timeline.head)) { step in
      found.append((timeline.stepEnd(of: step.first), StepCodec.encodeAlone(step)))
      return true
    }
    return found
  }
}
