/// What terminals answer when they are asked for a colour.
enum ColorReply {
  /// How the answer to the question for the colour behind the text begins, after `ESC ]`.
  static let beginning = Array("11;".utf8)

  /// The colour in `11;rgb:1010/1717/1f1f`, with or without the terminator; `nil` for anything else.
  static func background(_ content: some Collection<UInt8>) -> RGB? {
    guard content.starts(with: beginning) else { return nil }
    let text = String(decoding: content.dropFirst(beginning.count), as: UTF8.self)
      .prefix { $0 != "\u{1B}" && $0 != "\u{07}" }
    if text.first == "#" { return RGB(hex: text.dropFirst()) }
    guard let colon = text.firstIndex(of: ":"), ["rgb", "rgba"].contains(text[..<colon]) else {
      return nil
    }
    let parts = text[text.index(after: colon)...]
      .split(separator: "/", omittingEmptySubsequences: false).map(part)
    guard parts.count >= 3, let red = parts[0], let green = parts[1], let blue = parts[2] else {
      return nil
    }
    return RGB(red, green, blue)
  }

  // One to four hexadecimal digits are a share of the greatest number of so many digits.
  private static func part(_ digits: Substring) -> UInt8? {
    guard (1...4).contains(digits.count), digits.allSatisfy(\.isHexDigit),
      let value = Int(digits, radix: 16)
    else { return nil }
    let greatest = 1 << (4 * digits.count) - 1
    return UInt8((value * 255 + greatest / 2) / greatest)
  }
}
