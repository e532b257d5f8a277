package import EventicleCore

extension Emission {
  /// The command line that emits the same event again.
  ///
  /// Reading it gives exactly the event's stream, type, domain id, data and additional members,
  /// whatever is in them: member by member where that says it all, else the whole data as JSON.
  package static func line(of event: Event) -> String {
    var words = ["emit", Quoting.word(event.stream.text), Quoting.word(event.type.text)]
    if let id = event.domainID { words.append(Quoting.word(id.text)) }
    let data = event.data.value
    words += fields(of: data) ?? [":=\(data.printed)"]
    if let members = event.additionalMembers {
      // In quotes, so that the brace does not make the word an id with its data.
      words.append("additional:" + Quoting.quoted(members.description))
    }
    return words.joined(separator: " ")
  }

  /// The members of an object as fields; `nil` when fields would not give the same object.
  private static func fields(of data: JSON) -> [String]? {
    guard let members = data.object?.members, members.count <= Items.limit,
      Set(members.map { Array($0.key.utf8) }).count == members.count
    else { return nil }
    return members.map { member in
      let path = ItemPath([.member(member.key)]).description
      if case .string(let text) = member.value { return "\(path)=\(Quoting.word(text))" }
      return "\(path):=\(member.value.printed)"
    }
  }
}
