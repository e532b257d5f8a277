/// The themes in the folder `themes`, as they are there; `make golden` copies them anew.
enum ShippedThemes {
  /// The text of each theme's file by its name.
  static let texts: [String: String] = [
    "harbour-dark": #"""
    # Harbour at night: deep blue-grey water, lamps in sand and coral.
    name: harbour-dark
    variant: dark
    palette:                       # truecolor | 256 | one of the terminal's sixteen
      night: "#10171f | 233 | default"
      quay: "#1c2835 | 235 | default"
      swell: "#22364a | 237 | bright-black"
      fog: "#d6dee7 | 253 | default"
      mist: "#9aa8b7 | 248 | white"
      rope: "#5d6c7c | 242 | bright-black"
      sea: "#74b9ff | 111 | cyan"
      coral: "#ff8a8f | 210 | red"
      sand: "#e6be74 | 180 | yellow"
      kelp: "#86d196 | 114 | green"
      heather: "#cba6f7 | 183 | magenta"
      lagoon: "#63cfc8 | 80 | cyan"
      rust: "#f2a876 | 216 | yellow"
    seed:
      fg: fog
      bg: night
      accent: sea
      error: coral
      warn: sand
      ok: kelp
      muted: mist
      border: rope
      surface: quay
      selection: swell
      violet: heather
      teal: lagoon
      orange: rust

    """#,
    "harbour-light": #"""
    # Harbour at noon: chalk and paper, ink for text, colours that keep their weight in the sun.
    name: harbour-light
    variant: light
    palette:                       # truecolor | 256 | one of the terminal's sixteen
      paper: "#fbfaf6 | 231 | default"
      chalk: "#f0eee6 | 255 | default"
      shallow: "#d9e6f2 | 254 | white"
      ink: "#1f2a35 | 235 | default"
      slate: "#52606d | 240 | bright-black"
      rope: "#8a94a0 | 246 | bright-black"
      sea: "#075ba8 | 25 | cyan"
      coral: "#ab1f2d | 124 | red"
      sand: "#734f00 | 58 | yellow"
      kelp: "#1c632f | 22 | green"
      heather: "#6a38a6 | 55 | magenta"
      lagoon: "#045e66 | 23 | cyan"
      rust: "#8a4010 | 94 | yellow"
    seed:
      fg: ink
      bg: paper
      accent: sea
      error: coral
      warn: sand
      ok: kelp
      muted: slate
      border: rope
      surface: chalk
      selection: shallow
      violet: heather
      teal: lagoon
      orange: rust

    """#,
  ]
}
