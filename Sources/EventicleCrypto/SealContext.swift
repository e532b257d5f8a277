internal import EventicleCore

/// One value of an event's data that is or will be sealed.
struct SealedPlace {
  /// Where it lies, in bytes.
  let range: Range<Int>
  let path: JSONPath

  /// How many values of the same path follow it; 0 for the one that counts.
  let followers: Int

  static func all(_ ranges: [Range<Int>], at path: JSONPath) -> [SealedPlace] {
    ranges.enumerated().map { place, range in
      SealedPlace(range: range, path: path, followers: ranges.count - 1 - place)
    }
  }
}

/// What a box is bound to: a box whose context changed does not open.
enum SealContext {
  /// The context as bytes; two different ones never give the same, since each part has its length
  /// before it.
  static func bytes(
    event: Event, subject: String, key: KeyID, place: SealedPlace
  ) -> [UInt8] {
    var output: [UInt8] = []
    func part(_ text: some Sequence<UInt8>) {
      let bytes = Array(text)
      number(bytes.count)
      output += bytes
    }
    func number(_ value: Int) {
      withUnsafeBytes(of: UInt64(value).bigEndian) { output += $0 }
    }
    part("eventicle sealed member \(ProtectionMark.version)".utf8)
    part(event.id.text.utf8)
    part(event.type.text.utf8)
    part(subject.utf8)
    part(key.text.utf8)
    number(place.path.steps.count)
    for step in place.path.steps {
      switch step {
      case .member(let name):
        output.append(0)
        part(name.utf8)
      case .element(let index):
        output.append(1)
        number(index)
      }
    }
    number(place.followers)
    return output
  }
}
