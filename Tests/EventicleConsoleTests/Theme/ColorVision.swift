import Foundation

@testable import EventicleConsole

/// How a colour looks to eyes that lack one kind of cone, after Machado, Oliveira and Fernandes.
enum ColorVision: String, CaseIterable, Sendable {
  case deuteranopia
  case tritanopia

  /// The colour as these eyes see it.
  func seen(_ color: RGB) -> RGB {
    let parts = [color.red, color.green, color.blue].map { Self.linear(Double($0) / 255) }
    let seen = matrix.map { row in zip(row, parts).map(*).reduce(0, +) }
    let bytes = seen.map { UInt8((Self.gamma(min(1, max(0, $0))) * 255).rounded()) }
    return RGB(bytes[0], bytes[1], bytes[2])
  }

  /// How far apart two colours look to them, in OKLab.
  func distance(_ first: RGB, _ second: RGB) -> Double {
    seen(first).distance(to: seen(second)).squareRoot()
  }

  private var matrix: [[Double]] {
    switch self {
    case .deuteranopia:
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    case .tritanopia:
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    }
  }

  private static func linear(_ value: Double) -> Double {
    value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }

  private static func gamma(_ value: Double) -> Double {
    value <= 0.0031308 ? value * 12.92 : 1.055 * pow(value, 1 / 2.4) - 0.055
  }
}
