public import EventicleCore

extension EventEncryption {
  /// The event with its sealed members opened; those that cannot be opened become marks.
  ///
  /// Costs one search of the data for each path, and one key lookup for each sealed member.
  public func open(_ event: Event) -> Event {
    guard let rule = fields[event.type] else { return event }
    var parts: [(range: Range<Int>, value: [UInt8])] = []
    for path in rule.paths + rule.formerPaths {
      // Data that cannot be searched is never sealed in the first place.
      for place in (try? places(of: path, in: event)) ?? [] {
        let value = Array(event.data.utf8[place.range])
        if let opened = opened(value, place: place, of: event) {
          parts.append((place.range, opened))
        }
      }
    }
    return (try? replacing(parts, in: event)) ?? event
  }

  /// The plain value, or the mark that says why there is none; `nil` for a value not sealed.
  private func opened(_ value: [UInt8], place: SealedPlace, of event: Event) -> [UInt8]? {
    guard let json = object(in: value), ProtectionMark.claimsToBeSealed(json) else { return nil }
    func unreadable(_ subject: String, _ reason: String) -> [UInt8] {
      ProtectionMark.unreadable(subject: subject, reason: reason).json.utf8
    }
    guard case .sealed(let subject, let id, let text)? = ProtectionMark(json) else {
      return unreadable(
        json["subject"].string ?? "",
        "the box is damaged or of another version than \(ProtectionMark.version)")
    }
    switch keys.key(named: KeyID(id)) {
    case .shredded: return ProtectionMark.shredded(subject: subject).json.utf8
    case .missing(let error): return unreadable(subject, error.description)
    case .found(let key):
      let context = SealContext.bytes(event: event, subject: subject, key: key.id, place: place)
      guard let box = Base64.bytes(of: text), let plain = key.open(box, context: context),
        (try? JSONBytes(scanning: plain)) != nil
      else { return unreadable(subject, "the box was changed or belongs elsewhere") }
      return plain
    }
  }

  // MARK: - Both ways

  func places(
    of path: JSONPath, in event: Event
  ) throws(SubjectKeyError) -> [SealedPlace] {
    do throws(JSONError) {
      return SealedPlace.all(try event.data.ranges(of: path), at: path)
    } catch {
      throw .badData(event.id, reason: error.description)
    }
  }

  func replacing(
    _ parts: [(range: Range<Int>, value: [UInt8])], in event: Event
  ) throws(SubjectKeyError) -> Event {
    if parts.isEmpty { return event }
    var event = event
    do throws(JSONError) {
      event.data = try event.data.replacing(parts)
    } catch {
      throw .badData(event.id, reason: error.description)
    }
    return event
  }

  func mark(in value: [UInt8]) -> ProtectionMark? {
    object(in: value).flatMap { ProtectionMark($0) }
  }

  func object(in value: [UInt8]) -> JSON? {
    value.first == UInt8(ascii: "{") ? try? JSON(parsing: value) : nil
  }
}
