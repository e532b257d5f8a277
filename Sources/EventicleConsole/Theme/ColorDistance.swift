#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Compares colours as eyes do.
extension RGB {
  /// The relative luminance of WCAG, from 0 for black to 1 for white.
  var luminance: Double {
    let (red, green, blue) = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }

  /// The WCAG contrast of two colours, from 1 to 21; text needs 4.5.
  func contrast(to other: RGB) -> Double {
    let (high, low) = (max(luminance, other.luminance), min(luminance, other.luminance))
    return (high + 0.05) / (low + 0.05)
  }

  /// The squared distance in OKLab, where equal distances look equal.
  func distance(to other: RGB) -> Double {
    let (first, second) = (oklab, other.oklab)
    let lightness = first.lightness - second.lightness
    let (a, b) = (first.a - second.a, first.b - second.b)
    return lightness * lightness + a * a + b * b
  }

  /// The number of the nearest colour in the usual palette.
  func nearest(of numbers: some Sequence<Int>) -> UInt8 {
    let best = numbers.min { distance(to: .palette($0)) < distance(to: .palette($1)) }
    return UInt8(clamping: best ?? 7)
  }

  private var linear: (Double, Double, Double) {
    func expand(_ part: UInt8) -> Double {
      let value = Double(part) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return (expand(red), expand(green), expand(blue))
  }

  private var oklab: (lightness: Double, a: Double, b: Double) {
    let (red, green, blue) = linear
    let long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    let medium = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    let short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
      0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
      1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
      0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    )
  }
}
