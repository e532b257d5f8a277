import EventicleCore
import EventicleWorkbench

/// The way back to where a caption left off, whatever a person has done since.
///
/// What was done meanwhile stays: where the history of the branch has gone on, the presentation goes
/// on in a fork that leaves it at the old place.
enum PresenterReturn {
  /// The place before anything has happened.
  static var start: Presentation.Place {
    var look = KeptLook()
    look.focused = [.tail, .event, .state]
    return Presentation.Place(
      branch: Branch.mainName, head: MomentName(Position(0)), last: JournalIndex(0),
      cursor: JournalIndex(0), isHeld: false, look: look)
  }

  /// Where the console is now.
  static func place(_ model: Model) -> Presentation.Place {
    let timeline = model.moment.timeline
    return Presentation.Place(
      branch: model.fork ?? Branch.mainName, head: timeline.name(of: timeline.headCursor),
      last: timeline.last, cursor: model.moment.cursor.entry, isHeld: model.isHeld,
      look: model.look)
  }

  /// What has to be done to look at a place again.
  ///
  /// - Returns: `nil` when its branch is gone, or its history shorter.
  static func deeds(showing place: Presentation.Place, _ model: Model) -> [PresentedDeed]? {
    guard let head = head(of: place.branch, model), !isBefore(head, place.head) else { return nil }
    let here = self.place(model)
    guard here != place else { return [] }
    let isNewest = place.cursor == place.last && head == place.head
    return use(place.branch, here)
      + [.run("goto \(isNewest ? "end" : name(of: place.cursor))"), .look(place.look)]
  }

  /// What has to be done to go on at a place as if nothing had been done since.
  ///
  /// - Returns: `nil` when its branch is gone, or its history shorter.
  static func deeds(
    goingOnAt place: Presentation.Place, _ tape: PresentedTape, _ model: Model
  ) -> [PresentedDeed]? {
    guard let head = head(of: place.branch, model), !isBefore(head, place.head) else { return nil }
    let here = self.place(model)
    guard here != place else { return [] }
    var deeds = use(place.branch, here)
    if head != place.head {
      deeds.append(.run("fork \(forkName(tape, model)) \(name(of: place.last))"))
    }
    // To hold or release goes to the newest moment.
    let cursor = place.cursor == place.last ? "end" : name(of: place.cursor)
    return deeds + [.hold(place.isHeld), .run("goto \(cursor)"), .look(place.look)]
  }

  private static func use(_ branch: String, _ here: Presentation.Place) -> [PresentedDeed] {
    here.branch == branch ? [] : [.run("switch \(branch)")]
  }

  /// The last moment of a branch; `nil` when there is none of this name.
  private static func head(of branch: String, _ model: Model) -> MomentName? {
    if branch == place(model).branch { return place(model).head }
    return model.forks.first { $0.name == branch }?.head
  }

  private static func isBefore(_ moment: MomentName, _ other: MomentName) -> Bool {
    (moment.position.number, moment.steps) < (other.position.number, other.steps)
  }

  private static func name(of entry: JournalIndex) -> String {
    entry.number == 0 ? "start" : "\(entry)"
  }

  /// A name that no branch has: that of the tape, with a number if need be.
  private static func forkName(_ tape: PresentedTape, _ model: Model) -> String {
    let letters = tape.name.prefix { $0 != "." }
      .map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    let isName = letters.first?.isLetter == true && letters.count <= 24
    let base = isName ? String(letters) : "present"
    var (name, number) = (base, 1)
    while model.branches.contains(name) {
      number += 1
      name = "\(base)-\(number)"
    }
    return name
  }

  // MARK: - The screen

  /// Shows the panes as they were, in the form that the person has chosen since.
  static func show(_ look: KeptLook, _ model: inout Model) -> [Effect] {
    var look = look
    (look.wraps, look.form, look.isMouseOn) = (model.wraps, model.tail.form, model.isMouseOn)
    model.asksForStart = false
    model.finds = [:]
    let cleared =
      model.tail.find != nil && look.find.isEmpty ? FindUpdate.clear(.tail, &model) : []
    let effects = model.restore(look)
    model.message = nil
    return cleared + effects
  }
}
