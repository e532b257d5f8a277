/// Why a store cannot go on; it stays until the store is read again.
package enum StoreFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// There is no room; nothing of what was not acknowledged is kept.
  case full
  /// Writing failed, and whether the last writes are kept is not known; with the error's number.
  case unsure(Int32)
  /// The disk could not be read; with the error's number.
  case unread(Int32)
  /// What is stored contradicts itself, and up to where it is whole is not known; with what is wrong.
  case damaged(String)
  /// What is stored contradicts itself from some place on; everything before it is whole.
  case broken(StoreDamage)
  /// The tables that are made from steps, in which things are found, cannot be used; with what is
  /// wrong.
  case derivedDamaged(String)
  /// Another process writes to the store.
  case heldBy(StoreHolder)
  /// The store, with its name, is only read here; with who writes to it, if anybody does.
  case readOnly(String, StoreHolder?)
  /// The store was removed, renamed or replaced.
  case gone
  /// A newer program wrote the store; with its format and the newest one that this program reads.
  case newer(format: Int, readable: Int)
  /// A step does not follow the last one: somebody else has written since, or this is an old copy.
  case notAtHead(last: JournalIndex, step: JournalIndex)
  /// Reading failed; with what was asked for.
  case unreadable(String)

  /// A sentence: what happened, and the way out.
  package var description: String {
    switch self {
    case .full:
      "The store has no room left, and nothing of this was kept; make room and do it again."
    case .unsure(let number):
      "Writing to the store failed (error \(number)), and what of it was kept is not known; the "
        + "store is read again, and shows what it has."
    case .unread(let number):
      "Reading the store failed (error \(number)), so that what is shown may not be all, and nothing "
        + "is written any more; see that its disk works, and open the store again."
    case .damaged(let what):
      "The store is damaged: \(what). What is whole of it can be read, and be repaired into a new "
        + "store."
    case .broken(let damage):
      "The store is \(damage). What is whole can be read, and be repaired into a new store."
    case .derivedDamaged(let what):
      "The tables in which the store finds things are damaged: \(what). They can be made again from "
        + "its history, with --repair-derived."
    case .heldBy(let holder):
      "The store is open in \(holder); open it for reading, or end that process."
    case .readOnly(let name, let holder?):
      "\(name) is open in \(holder); this program follows it and writes nothing."
    case .readOnly(let name, nil):
      "\(name) is open for reading only and nothing is written; open it again to go on with it."
    case .gone:
      "The store was removed or replaced while it was open; open the one that is wanted again."
    case .newer(let format, let readable):
      "The store has format \(format), and this program reads up to \(readable); a newer program "
        + "opens it."
    case .notAtHead(let last, let step):
      "A step at \(step) does not follow \(last), the last one in the store; open the store again "
        + "to go on from there."
    case .unreadable(let what):
      "The store could not be read for \(what); open it again."
    }
  }
}
