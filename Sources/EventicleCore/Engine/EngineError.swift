/// Why the engine refuses an input.
///
/// Each error lists what exists, at most 12 names, and counts the rest.
public enum EngineError: Error, Sendable, Equatable, CustomStringConvertible {
  /// No command of this type is declared.
  case unknownCommand(String, known: [String])
  /// No such timer is armed; with the first armed timers as people name them, and their count.
  case unknownTimer(String, known: [String], count: Int)
  /// No command is scheduled under this name.
  case unknownSchedule(String, known: [String])
  /// There is no such saga instance; with the first live instances of the saga, and their count.
  case unknownSagaInstance(SagaKey, known: [String], count: Int)
  /// The saga instance has ended already.
  case sagaHasEnded(instance: String)
  /// The intervention in a saga instance gives no reason.
  case interventionWithoutReason(instance: String)
  /// The new data of a saga instance is not an object.
  case sagaDataNoObject(instance: String, found: String)
  /// Another live instance of the saga has the value by which events find this one.
  case sagaValueTaken(instance: String, property: String, value: JSON, holder: String)
  /// No delivery is waiting.
  case nothingToDeliver
  /// The delivery that a person acted on does not wait.
  case notWaiting(DeliveryAddress, isNothing: Bool)
  /// A delivery waits that is handled outside the engine, so nothing can be done to it here.
  case handledOutside(DeliveryAddress)
  /// The clock was asked to go back.
  case clockBackwards(now: Instant, asked: Instant)
  /// The clock would pass the year 9999, the last one that its text form can show.
  case clockTooLate(Instant)
  /// The group has a consumer already.
  case groupTaken(GroupName)
  /// A subscription names no group.
  case emptyGroup
  /// One of the streams to read or subscribe to has no name.
  case emptyStream
  /// One operation led to this many deliveries, and more are waiting.
  case endless(deliveries: Int)
  /// The recorded input was carried out by a closure that is not part of the record; with the input
  /// as it follows "asked to".
  case notRepeatable(String)
  /// One move of the clock fired this many timers, and more are due.
  case crowded(fires: Int, clock: Instant)
  /// The group has no consumer.
  case unknownGroup(GroupName, known: [GroupName])
  /// No view of this name is declared.
  case unknownView(String, known: [String])
  /// This many of the view's events are no longer handed out, so that rebuilt rows would lack them.
  case viewOfTrimmed(String, events: Int)
  /// The view writes rows of a type that other views write as well; with those views.
  case viewSharesRows(String, String, with: [String])
  /// No stream of this name is declared or has events.
  case unknownStream(StreamName, known: [StreamName])
  /// Nothing is parked under the number; with the first parked numbers, and their count.
  case unknownParked(Int, known: [Int], count: Int)
  /// The work parked under the number has no data to edit.
  case nothingToEdit(Int)
  /// The consumer or key of the parked work is busy until the given instant.
  case atWork(Int, String, until: Instant)
  /// The consumer of the parked work is no longer declared or subscribed.
  case nobodyToRedrive(Int)
  /// Retrying parked work failed again; with its consumer, as in "the saga Payment".
  case redriveFailed(Int, consumer: String, reason: String)

  /// A sentence with what was expected, what was found and what to do.
  public var description: String {
    switch self {
    case .unknownCommand(let type, let known):
      "Command not found \(type)"
        + TypoCorrection.ending(for: type, among: known, none: "this domain declares none")
    case .unknownTimer(let key, let known, let count):
      "There is no timer \(key) armed"
        + TypoCorrection.ending(for: key, among: known, of: count, none: "none is")
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
    case .notWaiting(let address, let isNothing):
      "\(address) does not wait to be delivered; "
        + (isNothing ? "no delivery waits." : "the queue lists what does.")
    case .handledOutside(let address):
      "\(address) is handled outside the engine; only what is handled here can be delayed, "
        + "dropped or repeated."
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
    case .crowded(let fires, let clock):
      "\(fires) timers fired and more are due, so that the clock stopped at \(clock); move it in "
        + "smaller parts, or look for a timer that arms itself again at once."
    case .notRepeatable(let phrase):
      "The record of an input asked to \(phrase); the closure that did it is not part of the "
        + "record, so it cannot be performed again."
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
