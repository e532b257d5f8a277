/// The object of the last step, reused for the next one unless somebody still holds it.
// Safe to share: copies of an engine share the object, and a shared one is never reused; an engine
// that is not its only holder makes a new one.
struct SpareTransaction: @unchecked Sendable {
  private var object: Transaction?

  mutating func transaction(
    taking world: inout World, services: any TransactionServices, firstEntry: JournalIndex
  ) -> Transaction {
    if isKnownUniquelyReferenced(&object), let object {
      object.reopen(taking: &world, services: services, firstEntry: firstEntry)
      return object
    }
    let fresh = Transaction(taking: &world, services: services, firstEntry: firstEntry)
    object = fresh
    return fresh
  }
}
