/// The themes in the folder `themes`, as they are there; `make golden` copies them anew.
enum ShippedThemes {
  /// The text of each theme's file by its name.
  static let texts: [String: String] = [
    "deuteranopia": #"""
    # For eyes that tell red and green apart by lightness alone: what is well is light, what failed
    # is dark, and yellow and blue do the rest.
    name: deuteranopia
    variant: dark
    inherits: harbour-dark
    seed:                            # exact | one of 256 | one of the terminal's sixteen
      sea: "#56a3ff"
      heather: "#dfaef6"
      lagoon: "#50c8cd"
      kelp: "#aae697 | 150 | bright-green"
      sand: "#ffd566 | 221 | bright-yellow"
      rust: "#df9b68"
      coral: "#e8809b"
      dusk: "#fa9cbe"

    """#,
    "gruvbox-dark": #"""
    system: base16
    name: gruvbox-dark
    author: Dawid Kurek, morhetz
    variant: dark
    palette:
      base00: "#282828"
      base01: "#3c3836"
      base02: "#504945"
      base03: "#665c54"
      base04: "#bdae93"
      base05: "#d5c4a1"
      base06: "#ebdbb2"
      base07: "#fbf1c7"
      base08: "#fb4934"
      base09: "#fe8019"
      base0A: "#fabd2f"
      base0B: "#b8bb26"
      base0C: "#8ec07c"
      base0D: "#83a598"
      base0E: "#d3869b"
      base0F: "#d65d0e"

    """#,
    "harbour-dark": #"""
    # Harbour at night: deep blue-grey water, lamps in sand and coral.
    name: harbour-dark
    variant: dark
    seed:                            # exact | one of 256; of 16 colours those of `terminal` are used
      background: "#10171f | 233"
      surface: "#1c2835 | 235"
      selection: "#22364a | 237"
      ink: "#d6dee7 | 253"
      mist: "#9aa8b7 | 248"
      later: "#8391a0 | 246"
      border: "#5d6c7c | 242"
      sea: "#74b9ff | 111"           # you: focus, keys, commands, PAST
      heather: "#cba6f7 | 183"       # what waits: sagas, timers
      lagoon: "#63cfc8 | 80"         # what reads: views, adapters
      kelp: "#86d196 | 114"          # well, new, LIVE
      sand: "#e6be74 | 180"          # look: bad news, taken back, changed, HELD
      rust: "#f2a876 | 216"          # refused, not heard
      coral: "#ff8a8f | 210"         # failed, removed, stop
      dusk: "#f49ac1 | 218"          # a fork that is not main
      stream1: "#8fa3bf | 110"
      stream2: "#b59a7e | 144"
      stream3: "#97a37a | 108"
      stream4: "#b896ae | 139"
      stream5: "#7fa6a0 | 109"
      stream6: "#a8a29a | 247"

    """#,
    "harbour-light": #"""
    # Harbour at noon: chalk and paper, ink for text, colours that keep their weight in the sun.
    name: harbour-light
    variant: light
    seed:                            # exact | one of 256; of 16 colours those of `terminal` are used
      background: "#fbfaf6 | 231"
      surface: "#f0eee6 | 255"
      selection: "#d9e6f2 | 254"
      ink: "#1f2a35 | 235"
      mist: "#52606d | 240"
      later: "#66727e | 242"
      border: "#7c8793 | 244"
      sea: "#075ba8 | 25"            # you: focus, keys, commands, PAST
      heather: "#6a38a6 | 55"        # what waits: sagas, timers
      lagoon: "#045e66 | 23"         # what reads: views, adapters
      kelp: "#1c632f | 22"           # well, new, LIVE
      sand: "#734f00 | 58"           # look: bad news, taken back, changed, HELD
      rust: "#8a4010 | 94"           # refused, not heard
      coral: "#ab1f2d | 124"         # failed, removed, stop
      dusk: "#97266d | 89"           # a fork that is not main
      stream1: "#51678a | 60"
      stream2: "#7d5f3c | 95"
      stream3: "#5c6b35 | 240"
      stream4: "#7d5570 | 96"
      stream5: "#3f6f68 | 241"
      stream6: "#6b665f | 59"

    """#,
    "high-contrast": #"""
    # White on black, and every colour has a contrast of at least seven.
    name: high-contrast
    variant: dark
    seed:                            # exact | one of 256 | one of the terminal's sixteen
      background: "#000000 | 16 | black"
      surface: "#0d2240 | 234"
      selection: "#12305a | 17"
      ink: "#ffffff | 231 | bright-white"
      mist: "#d2d6da | 252 | white"
      later: "#bcc2c8 | 250 | white"
      border: "#a4acb4 | 248 | white"
      sea: "#7cd0ff | 117 | bright-cyan"
      heather: "#e0b8ff | 183 | bright-magenta"
      lagoon: "#5ff0e8 | 87 | cyan"
      kelp: "#7dff8a | 120 | bright-green"
      sand: "#ffd84a | 221 | bright-yellow"
      rust: "#ffb478 | 216 | yellow"
      coral: "#ffaaaa | 217 | bright-red"
      dusk: "#ffacdc | 218 | bright-magenta"
      stream1: "#b8cbe6 | 152 | white"
      stream2: "#e0c8a8 | 187 | white"
      stream3: "#c2d0a4 | 187 | white"
      stream4: "#e0c0d8 | 182 | white"
      stream5: "#aed0ca | 152 | white"
      stream6: "#d4d0c8 | 252 | white"

    """#,
    "mono": #"""
    # No colour at all: bold, faint and reversed, in the terminal's own two colours.
    name: mono
    seed:
      background: default
      surface: default
      selection: reverse
      ink: default
      mist: dim
      later: dim
      border: dim
      sea: bold
      heather: default
      lagoon: default
      kelp: default
      sand: default
      rust: default
      coral: bold
      dusk: default

    """#,
    "solarized-light": #"""
    system: base16
    name: solarized-light
    author: Ethan Schoonover
    variant: light
    palette:
      base00: "#fdf6e3"
      base01: "#eee8d5"
      base02: "#93a1a1"
      base03: "#839496"
      base04: "#657b83"
      base05: "#586e75"
      base06: "#073642"
      base07: "#002b36"
      base08: "#dc322f"
      base09: "#cb4b16"
      base0A: "#b58900"
      base0B: "#859900"
      base0C: "#2aa198"
      base0D: "#268bd2"
      base0E: "#6c71c4"
      base0F: "#d33682"

    """#,
    "tritanopia": #"""
    # For eyes that take blue for green and yellow for grey: what to look at is light, what was
    # refused is red, and what waits is warmer than what is yours.
    name: tritanopia
    variant: dark
    inherits: harbour-dark
    seed:
      sea: "#78b2f9"
      heather: "#cba6f7"
      lagoon: "#5ed3cc"
      kelp: "#8ad096"
      sand: "#e3c981"
      rust: "#f7975c"
      coral: "#ff797d"
      dusk: "#f49fc6"

    """#,
  ]
}
