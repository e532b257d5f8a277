package import EventicleCore

/// What it takes to make a fork again in a later session: where it left its parent, and the lines
/// that ran in it.
package struct ForkRecipe: Sendable, Hashable {
  /// One thing that happened in a fork.
  package enum Part: Sendable, Hashable {
    /// A line ran.
    case line(String)
    /// Time passed by itself until an instant.
    case time(Instant)
  }

  /// A moment that had a name in it.
  package struct Mark: Sendable, Hashable {
    package let name: String
    package let place: MomentName

    /// Creates a mark.
    package init(_ name: String, at place: MomentName) { (self.name, self.place) = (name, place) }
  }

  package let name: String
  /// The branch that it left, and the moment at which it did.
  package let parent: String
  package let origin: MomentName
  /// Whether deliveries waited when it left.
  package let beganHeld: Bool
  /// What happened in it, in order.
  package let parts: [Part]
  /// The instant until which time has passed by itself since; `nil` when none has.
  package var passed: Instant?
  /// How many journal entries it had, its parent's included; tells whether it is the same again.
  package let entries: Int
  /// The moment that was shown; `nil` at the head.
  package let place: MomentName?
  /// The moments that had a name, those of its parent that it left with included; `nil` when that is
  /// not known, as a parent may have named others since.
  package let marks: [Mark]?
  /// The stops that it left its parent with.
  package let stops: [StopList.Kept]

  /// Creates a recipe.
  package init(
    _ name: String, leaving parent: String, at origin: MomentName, beganHeld: Bool = false,
    _ parts: [Part], passed: Instant? = nil, entries: Int, place: MomentName? = nil,
    marks: [Mark]? = nil, stops: [StopList.Kept] = []
  ) {
    self.name = name
    self.parent = parent
    self.origin = origin
    self.beganHeld = beganHeld
    self.parts = parts
    self.passed = passed
    self.entries = entries
    self.place = place
    self.marks = marks
    self.stops = stops
  }
}

extension Session {
  /// How each fork can be made again, parents first; those that could not be made are among them.
  ///
  /// - Complexity: O(lines of the forks)
  package var recipes: [ForkRecipe] {
    let all = others + [used]
    let made = order.compactMap { name in all.first { $0.branch.name == name } }
      .compactMap { branch -> ForkRecipe? in
        guard let origin = branch.unedited ?? branch.branch.origin else { return nil }
        let timeline = branch.branch.timeline
        let isAtHead = branch.branch.cursor == timeline.headCursor
        return ForkRecipe(
          branch.branch.name, leaving: origin.parent, at: momentName(of: origin),
          beganHeld: branch.beganHeld, branch.tape.own, passed: branch.passedBehind,
          entries: timeline.count, place: isAtHead ? nil : timeline.name(of: branch.branch.cursor),
          marks: branch.marks.all.map {
            ForkRecipe.Mark($0.name, at: timeline.name(of: $0.cursor))
          }, stops: branch.beganStops)
      }
    return made + unmade
  }

  /// The moment of main that is shown, whichever branch is in use; `nil` at its head.
  package var placeInMain: MomentName? {
    let main = used.branch.isMain ? used : others.first { $0.branch.isMain } ?? used
    let timeline = main.branch.timeline
    return main.branch.cursor == timeline.headCursor ? nil : timeline.name(of: main.branch.cursor)
  }

  /// Whether deliveries wait in main, whichever branch is in use.
  package var isMainHeld: Bool {
    (used.branch.isMain ? used : others.first { $0.branch.isMain } ?? used).branch.isHeld
  }

  /// The stops of main, whichever branch is in use.
  package var stopsOfMain: [StopList.Kept] {
    (used.branch.isMain ? used : others.first { $0.branch.isMain } ?? used).stops.kept
  }

  /// Sets the stops of the branch in use as they were kept, and counts their hits.
  ///
  /// - Complexity: O(journal entries · stops)
  package mutating func restore(_ stops: [StopList.Kept]) {
    self.stops = StopList(stops)
    countHits()
  }

  /// Makes a fork again by running its lines where it left; the branch in use stays in use.
  ///
  /// A fork that cannot be made is kept in ``recipes``, so that it is not lost; discarding it by its
  /// name gives it up.
  ///
  /// - Parameters:
  ///   - files: Carries out what lines request from the surrounding program.
  /// - Returns: A sentence when it cannot be made, or is not what it was; `nil` when it is.
  package mutating func remake(
    _ recipe: ForkRecipe, reading reader: FileReader = .none,
    files: (SessionRequest, inout Session) -> Reply? = { _, _ in nil }
  ) -> String? {
    let before = used.branch.name
    do throws(BranchError) {
      try switchTo(recipe.parent)
      guard let origin = timeline.cursor(named: recipe.origin) else {
        throw .noSuchMoment(recipe.origin, in: recipe.parent)
      }
      try fork(recipe.name, at: origin)
      try switchTo(recipe.name)
    } catch {
      return giveUp(recipe, "cannot be made again: \(error)", before)
    }
    // The parent may know a later time by now.
    engine.pass(until: engine.world.clock)
    used.passed = nil
    isHeld = recipe.beganHeld
    used.beganHeld = recipe.beganHeld
    stops = StopList(recipe.stops)
    used.beganStops = recipe.stops
    countHits()
    var runner = TapeRunner()
    for (number, part) in recipe.parts.enumerated() {
      switch part {
      case .time(let instant): passAgain(until: instant)
      case .line(let line):
        let line = TapeLine(number: number + 1, text: line)
        _ = runner.run(line, in: &self, reading: reader, files: files)
        // Whoever wrote the recipe, its lines act in the fork alone.
        guard used.branch.name == recipe.name else {
          return giveUp(
            recipe, "cannot be made again: its line \(number + 1) leads out of it.", before)
        }
      }
      let activity = "making the fork \(recipe.name) again"
      guard watch.goesOn(WorkProgress(activity, done: number + 1, of: recipe.parts.count)) else {
        return giveUp(recipe, "was not made again, because you ended that.", before)
      }
    }
    if let passed = recipe.passed { passAgain(until: passed) }
    guard timeline.count == recipe.entries else {
      return giveUp(
        recipe,
        "is not what it was: its lines give \(timeline.count) entries now, not \(recipe.entries). Its "
          + "lines are kept; discard \(recipe.name) gives it up.", before)
    }
    if let named = recipe.marks {
      marks = Marks()
      for mark in named {
        if let cursor = timeline.cursor(named: mark.place) { marks.set(mark.name, to: cursor) }
      }
    }
    var remark: String?
    if let place = recipe.place, !show(place) {
      remark = "The fork \(recipe.name) has no moment \(place) any more."
    }
    try? switchTo(before)
    return remark
  }

  /// Shows a moment of the branch in use.
  ///
  /// - Returns: Whether there is such a moment.
  package mutating func show(_ place: MomentName) -> Bool {
    guard let cursor = timeline.cursor(named: place) else { return false }
    look(from: cursor)
    return self.cursor == cursor
  }

  /// Lets time pass as it did.
  ///
  /// A fork that left while deliveries waited knows what time it is, but nothing fell due in it.
  private mutating func passAgain(until instant: Instant) {
    guard isHeld else {
      _ = pass(until: instant)
      return
    }
    engine.pass(until: instant)
    used.passed = instant
  }

  private mutating func giveUp(_ recipe: ForkRecipe, _ why: String, _ before: String) -> String {
    try? switchTo(before)
    if branches.contains(where: { $0.name == recipe.name }) { try? discard(recipe.name) }
    unmade.removeAll { $0.name == recipe.name }
    unmade.append(recipe)
    return "The fork \(recipe.name) \(why)"
  }
}
