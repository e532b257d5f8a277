internal import EventicleCore

/// One value of an event's data that is sealed or to be sealed.
struct SealedPlace {
  /// Its byte range in the data.
  let range: Range<Int>
  let path: JSONPath

  /// The number of later values at the same path; 0 for the one that counts.
  let followers: Int

  static func all(_ ranges: [Range<Int>], at path: JSONPath) -> [SealedPlace] {
    ranges.enumerated().map { place, range in
      SealedPlace(range: range, path: path, followers: ranges.count - 1 - place)
    }
  }
}

/// What a sealed value is bound to: in any other context it does not open.
enum SealContext {
  /// The context as bytes; each part is preceded by its length, so that different contexts never
  /// give the same bytes.
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
