import EventicleCore
import EventicleWorkbench

/// The presenter: how a caption is done, and what keys do meanwhile.
enum PresenterUpdate {
  // MARK: - Beginning and leaving

  /// Shows a tape from its beginning.
  static func begin(_ tape: PresentedTape, _ model: inout Model) -> [Effect] {
    var start = PresenterReturn.place(model)
    if tape.beginsEmpty { start = PresenterReturn.start }
    model.presentation = Presentation(tape, at: start)
    model.message = nil
    guard tape.beginsEmpty, model.moment.timeline.count == 0 else { return [] }
    return PresenterReturn.show(start.look, &model)
  }

  /// Carries out what the verb `present` asks for.
  static func perform(_ request: SessionRequest.Presenting, _ model: inout Model) -> [Effect] {
    switch request {
    case .tour: return [.present(nil)]
    case .tape(let path): return [.present(path)]
    case .off:
      guard model.presented != nil else { return refuse(nothing, &model) }
      leave(&model)
    case .again:
      guard model.presentation != nil else { return [.present(nil)] }
      model.presentation?.isShown = true
    case .caption(let number):
      guard let presentation = model.presentation else { return refuse(nothing, &model) }
      let count = presentation.tape.captions.count
      guard (1...count).contains(number) else {
        return refuse("There is no caption \(number); there are \(count).", &model)
      }
      model.presentation?.isShown = true
      return go(to: number, &model)
    }
    return []
  }

  private static let nothing =
    "Nothing is presented; present FILE shows a tape, demo takes the tour."

  private static func refuse(_ reason: String, _ model: inout Model) -> [Effect] {
    model.message = StatusMessage(reason, .problem)
    return []
  }

  /// Gives the screen back; the presentation can be gone on with.
  static func leave(_ model: inout Model) {
    guard var presented = model.presented else { return }
    stop(&presented)
    presented.isShown = false
    let name = presented.tape.name
    model.presentation = presented
    model.message = StatusMessage(
      presented.isAtEnd
        ? "\(name) is over; present 1 shows its first caption again"
        : "\(name) is left at caption \(presented.index) of \(presented.tape.captions.count); "
          + "present goes on")
  }

  private static func stop(_ presented: inout Presentation) {
    presented.pending = []
    presented.isHurried = false
    presented.index = min(presented.index, presented.done)
  }

  // MARK: - Keys

  /// Handles a key of a person, as far as the presenter does.
  ///
  /// - Returns: `nil` when the key does what it does everywhere.
  static func press(_ key: KeyPress, _ model: inout Model) -> [Effect]? {
    guard let presented = model.presented, model.question == nil else { return nil }
    if presented.isDoing { return interrupt(with: key, &model) }
    guard key == nextKey(model), isFree(model) else {
      note(key, &model)
      return nil
    }
    return next(&model)
  }

  /// A key while a caption is being done: the rest is done at once, and then what the key does.
  private static func interrupt(with key: KeyPress, _ model: inout Model) -> [Effect]? {
    if key == KeyPress(.escape) || key == KeyPress("c", .control) {
      if var presented = model.presentation {
        stop(&presented)
        model.presentation = presented
      }
      (model.bar, model.overlay, model.pendingKeys) = (nil, nil, [])
      let again = model.keymap.label(of: .stopOrGo)
      model.message = StatusMessage("stopped; \(again) does it again from where it began", .warning)
      return model.work.isRunning ? AppUpdate.endWork(&model) : []
    }
    model.presentation?.isHurried = true
    if key != nextKey(model) { model.presentation?.pending.append(.own(key)) }
    return []
  }

  /// The key that shows the next caption.
  private static func nextKey(_ model: Model) -> KeyPress? {
    model.keymap.notations(of: .stopOrGo).first.flatMap { KeyPress(notation: $0) }
  }

  /// Whether nothing is open that the key would go to.
  private static func isFree(_ model: Model) -> Bool {
    model.bar == nil && model.overlay == nil && model.pendingKeys.isEmpty
      && model.inspected == nil && !model.isPlaying
  }

  /// Notes a key for all to see; of a line that is typed only its end.
  private static func note(_ key: KeyPress, _ model: inout Model) {
    let ends = key == KeyPress(.enter) || key == KeyPress(.escape)
    guard model.bar == nil || ends else { return }
    model.presentation?.lastKey = key
  }

  // MARK: - Captions

  /// Shows the next caption, and does it unless it was done before.
  private static func next(_ model: inout Model) -> [Effect] {
    guard let presented = model.presented else { return [] }
    model.message = nil
    guard !presented.isAtEnd else {
      let quit = model.keymap.label(of: .quit)
      model.message = StatusMessage("that was the last caption; \(quit) leaves")
      return []
    }
    let key = nextKey(model)
    model.presentation?.lastKey = key
    return go(to: presented.index + 1, &model)
  }

  /// Shows the caption before, as it left off.
  static func previous(_ model: inout Model) -> [Effect] {
    guard let presented = model.presented, presented.index > 0 else { return [] }
    return go(to: presented.index - 1, &model)
  }

  /// Shows a caption; those before it that were not done yet are done at once.
  private static func go(to number: Int, _ model: inout Model) -> [Effect] {
    guard var presented = model.presentation else { return [] }
    let captions = presented.tape.captions
    if number <= presented.done {
      guard let back = PresenterReturn.deeds(showing: presented.places[number], model) else {
        return refuse("The fork in which caption \(number) left off is gone.", &model)
      }
      presented.index = number
      presented.pending = back
      presented.isHurried = !back.isEmpty
      model.presentation = presented
      return []
    }
    var done = presented.done
    var back = PresenterReturn.deeds(goingOnAt: presented.places[done], presented.tape, model)
    if back == nil {
      // What was done for it is not there any more; all of it is done again elsewhere.
      done = 0
      back = PresenterReturn.deeds(goingOnAt: presented.places[0], presented.tape, model)
    }
    guard let back else {
      return refuse("The place where \(presented.tape.name) began is gone.", &model)
    }
    let isBehind = done + 1 < number
    presented.places.removeSubrange((done + 1)...)
    presented.index = number
    presented.pending =
      back + captions[done..<number].flatMap { $0.deeds + [.arrive] }
    presented.isHurried = isBehind
    model.presentation = presented
    return []
  }

  // MARK: - Doing a caption

  /// Does the next thing for the caption; called when the work for the last one is over.
  static func goOn(_ model: inout Model) -> [Effect] {
    guard model.question == nil, var presented = model.presented, presented.isDoing else {
      return []
    }
    let deed = presented.pending.removeFirst()
    if presented.pending.isEmpty { presented.isHurried = false }
    model.presentation = presented
    switch deed {
    case .press(let key): return press(ofTape: key, &model)
    case .own(let key):
      note(key, &model)
      return Update.press(key, &model)
    case .check(let line): return [.check(line)]
    case .run(let line): return [.run(line)]
    case .hold(let isHeld):
      return isHeld == model.isHeld ? [] : [.run(isHeld ? "hold" : "release")]
    case .look(let look): return PresenterReturn.show(look, &model)
    case .arrive:
      let place = PresenterReturn.place(model)
      model.presentation?.places.append(place)
    }
    return []
  }

  private static func press(ofTape key: KeyPress, _ model: inout Model) -> [Effect] {
    note(key, &model)
    let own = model.keymap
    model.keymap = .standard
    let effects = Update.press(key, &model)
    model.keymap = own
    // A line that is refused is said, and does not wait to be mended; none is anybody's own.
    model.submitted = nil
    return effects.filter { if case .remember = $0 { false } else { true } }
  }
}
