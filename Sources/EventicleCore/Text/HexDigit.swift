/// The value of a hexadecimal digit in ASCII, 0…15; `nil` for any other byte.
package func hexDigitValue(_ byte: UInt8) -> UInt32? {
  switch byte {
  case 0x30...0x39: UInt32(byte - 0x30)
  case 0x41...0x46: UInt32(byte - 0x41 + 10)
  case 0x61...0x66: UInt32(byte - 0x61 + 10)
  default: nil
  }
}

/// The hexadecimal digits of a number of 0 or more, in small letters, with zeros in front up to a
/// width.
package func hexDigits(_ number: some BinaryInteger, width: Int) -> String {
  let digits = String(number, radix: 16)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
