/// Why the engine cannot do what it is asked.
///
/// What exists is listed, 12 names at the most; the others are counted.
public enum EngineError: Error, Sendable, Equatable, CustomStringConvertible {
  /// No command of this type is declared.
  case unknownCommand(String, known: [String])
  /// No such timer is armed; the first of those that are, and how many there are.
  case unknownTimer(TimerKey, known: [TimerKey], count: Int)
  /// No command is scheduled under this name.
  case unknownSchedule(String, known: [String])
  /// There is no such saga instance; the first of its saga's that live, and how many there are.
  case unknownSagaInstance(SagaKey, known: [String], count: Int)
  /// The saga instance has ended already.
  case sagaHasEnded(SagaKey)
  /// Somebody intervenes in a saga instance and says no reason.
  case interventionWithoutReason(SagaKey)
  /// The data for a saga instance is no object.
  case sagaDataNoObject(SagaKey, found: String)
  /// Another live instance of the saga has the value by which events would find this one.
  case sagaValueTaken(SagaKey, property: String, value: JSON, holder: String)
  /// Nothing waits to be delivered.
  case nothingToDeliver
  /// The clock was asked to go back.
  case clockBackwards(now: Instant, asked: Instant)
  /// The clock was asked to leave the years that a text of four digits can say.
  case clockTooLate(Instant)
  /// The group has a consumer already.
  case groupTaken(GroupName)
  /// A subscription has no group.
  case emptyGroup
  /// One of the streams to read or to listen to has no name.
  case emptyStream
  /// So many deliveries followed from one thing, and more wait.
  case endless(deliveries: Int)
  /// Nobody consumes for the group.
  case unknownGroup(GroupName, known: [GroupName])
  /// No view of this name is declared.
  case unknownView(String, known: [String])
  /// So many of a view's events are not handed out any more.
  case viewOfTrimmed(String, events: Int)
  /// A view writes rows of a type that others write as well; with the views among those.
  case viewSharesRows(String, String, with: [String])
  /// No stream of this name has events or is declared.
  case unknownStream(StreamName, known: [StreamName])
  /// Nothing is parked under the number; the first numbers that are taken, and how many there are.
  case unknownParked(Int, known: [Int], count: Int)
  /// What is parked under the number has no data.
  case nothingToEdit(Int)
  /// What is parked under the number is for somebody who is at work.
  case atWork(Int, String, until: Instant)
  /// Whoever parked what is under the number consumes no more.
  case nobodyToRedrive(Int)
  /// What is parked under the number was done again and failed again; with whom it is for, as in
  /// "the saga Payment".
  case redriveFailed(Int, consumer: String, reason: String)

  /// The same in words.
  public var description: String {
    switch self {
    case .unknownCommand(let type, let known):
      "Command not found \(type)"
        + TypoCorrection.ending(for: type, among: known, none: "this domain declares none")
    case .unknownTimer(let key, let known, let count):
      "There is no timer \(key) armed"
        + TypoCorrection.ending(
          for: key.description, among: known.map(\.description), of: count, none: "none is")
    case .unknownSchedule(let name, let known):
      "No command is scheduled as \(name)"
        + TypoCorrection.ending(for: name, among: known, none: "none is")
    case .unknownSagaInstance(let key, let known, let count):
      "There is no instance \(key)"
        + TypoCorrection.ending(
          for: key.instanceID, among: known, of: count, none: "\(key.saga) has none that lives")
    case .sagaHasEnded(let key):
      "\(key) has ended, so that nothing can be done to it any more; its data stays as it is."
    case .interventionWithoutReason(let key):
      "Whoever ends or corrects an instance says why, but for \(key) there is no reason; add one."
    case .sagaDataNoObject(let key, let found):
      "The data of \(key) is an object, but this is \(found); write its members."
    case .sagaValueTaken(let key, let property, let value, let holder):
      "\(key) cannot have \(property) \(value), because \(holder) is live and has it; end one of "
        + "them, or choose another value."
    case .nothingToDeliver: "No delivery waits."
    case .clockBackwards(let now, let asked):
      "The clock is at \(now) and goes forward only, but \(asked) was asked; "
        + "ask for a later moment."
    case .clockTooLate(let asked):
      "The clock may go to the end of the year 9999, but \(asked) was asked; events of later moments "
        + "could be saved and never be read again. Ask for an earlier moment."
    case .groupTaken(let group):
      "Consumer Group has subscribed multiple times: \(group) has a consumer already; "
        + "use another name or close it."
    case .emptyGroup:
      "A group needs a name, such as mailer, under which its position is kept, but it has none."
    case .emptyStream: "A stream needs a name, such as orders, but one of these has none."
    case .unknownGroup(let group, let known):
      "Nobody consumes for the group \(group), so nothing can be done with it"
        + TypoCorrection.ending(
          for: group.text, among: known.map(\.text), none: "there is no group")
    case .unknownView(let view, let known):
      "There is no view \(view)"
        + TypoCorrection.ending(for: view, among: known, none: "this domain declares none")
    case .viewOfTrimmed(let view, let events):
      "\(events) of the events that \(view) is made of \(events == 1 ? "is" : "are") not handed "
        + "out any more, so that its rows would be without them; they stay as they are. Ask for "
        + "the swap even so to have the rows that the other events make."
    case .viewSharesRows(let view, let type, let others) where others.isEmpty:
      "\(view) would write rows of the type \(type) for the first time, but there are such rows "
        + "that no view has written and that would be lost; let \(view) write another type."
    case .viewSharesRows(let view, let type, let others):
      "\(view) and \(others.joined(separator: ", ")) both write rows of the type \(type), so that "
        + "those of one cannot be replaced without those of the other; let each write its own type."
    case .unknownStream(let stream, let known):
      "There is no stream \(stream)"
        + TypoCorrection.ending(
          for: stream.text, among: known.map(\.text), none: "there is none yet")
    case .endless(let deliveries):
      "\(deliveries) deliveries followed from this and more wait: it looks like a loop. "
        + "Pause the group whose handler emits again what it listens to."
    case .unknownParked(let number, let known, let count):
      "Nothing is parked under \(number)"
        + TypoCorrection.ending(
          for: "", among: known.map { "\($0)" }, of: count, none: "nothing is parked")
    case .atWork(let number, let key, let until):
      "What is parked under \(number) is for \(key), which is at work until \(until); "
        + "do it again then."
    case .nobodyToRedrive(let number):
      "Whoever parked \(number) consumes no more, so it cannot be done again; let its consumer "
        + "come back, or drop it."
    case .nothingToEdit(let number):
      "What is parked under \(number) is a timer, and a timer has no data to edit."
    case .redriveFailed(let number, let consumer, let reason):
      "What is parked under \(number), for \(consumer), failed again and stays parked: \(reason)"
        + (reason.hasSuffix(".") ? "" : ".")
    }
  }
}
