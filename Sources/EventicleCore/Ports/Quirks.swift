/// What was unusual about an event from elsewhere, and what was done about it.
package struct Quirks: OptionSet, Sendable, Hashable {
  package let rawValue: UInt16
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The body has no id; the header's is taken.
  package static let idOfHeader = Quirks(rawValue: 1 << 0)
  /// Neither body nor header has an id; one is made of the place.
  package static let idOfPlace = Quirks(rawValue: 1 << 1)
  /// The body has no time that counts; the header's is taken.
  package static let timeOfHeader = Quirks(rawValue: 1 << 2)
  /// The time is that at which the system took the event in.
  package static let timeOfRecord = Quirks(rawValue: 1 << 3)
  /// No time is told; it is that at which the event arrived here.
  package static let timeOfArrival = Quirks(rawValue: 1 << 4)
  /// Parts of a millisecond are left out.
  package static let fineTime = Quirks(rawValue: 1 << 5)
  /// The body names another stream; the one that it was read from counts.
  package static let otherStream = Quirks(rawValue: 1 << 6)
  /// There is no data; it is `null`.
  package static let noData = Quirks(rawValue: 1 << 7)
  /// The body has no type; the header's is taken, or `?`.
  package static let typeOfHeader = Quirks(rawValue: 1 << 8)
  /// A member is there twice; as in JavaScript the last one counts.
  package static let repeated = Quirks(rawValue: 1 << 9)
  /// Bytes that are no UTF-8, or half of a surrogate pair, are replaced by U+FFFD.
  package static let replaced = Quirks(rawValue: 1 << 10)
  /// A header says something else than the body, which counts.
  package static let otherHeader = Quirks(rawValue: 1 << 11)
  /// A member of the event has a value of another kind than it should, and is passed over.
  package static let passedOver = Quirks(rawValue: 1 << 12)

  /// The short names, in a fixed order.
  package var marks: [String] {
    Self.names.filter { contains($0.quirk) }.map(\.mark)
  }

  private static let names: [(quirk: Quirks, mark: String)] = [
    (.idOfHeader, "id:header"), (.idOfPlace, "id:place"), (.timeOfHeader, "time:header"),
    (.timeOfRecord, "time:record"), (.timeOfArrival, "time:arrival"), (.fineTime, "time:fraction"),
    (.otherStream, "stream:body"), (.noData, "data:none"), (.typeOfHeader, "type:header"),
    (.repeated, "member:twice"), (.replaced, "text:replaced"), (.otherHeader, "header:differs"),
    (.passedOver, "member:kind"),
  ]
}
