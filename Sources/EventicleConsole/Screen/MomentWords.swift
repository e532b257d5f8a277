/// Moments as they are named to a team.
enum MomentWords {
  /// A text in which each moment is named by its event alone: `#5` for `#5.1`.
  static func byEvent(_ text: String) -> String {
    func digits(_ text: Substring) -> Substring { text.prefix { $0.isASCII && $0.isNumber } }
    var result = ""
    var rest = Substring(text)
    while let sign = rest.firstIndex(of: "#") {
      result += rest[...sign]
      rest = rest[sign...].dropFirst()
      let number = digits(rest)
      result += number
      rest = rest.dropFirst(number.count)
      let steps = digits(rest.dropFirst())
      if !number.isEmpty, rest.first == ".", !steps.isEmpty {
        rest = rest.dropFirst(1 + steps.count)
      }
    }
    return result + rest
  }
}
