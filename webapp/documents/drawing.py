"""Pictures in pixels, for browsers that draw no SVG."""

import typst


def in_pixels(svg: bytes, side: int) -> bytes:
    """The square picture as a PNG file, so many pixels wide. Raises typst.TypstError."""
    page = f"#set page(width: {side}pt, height: {side}pt, margin: 0pt, fill: none)"
    drawing = f'#image(bytes(sys.inputs.svg), format: "svg", width: {side}pt)'
    compiler = typst.Compiler(f"{page}\n{drawing}".encode(), sys_inputs={"svg": svg.decode()})
    drawn = compiler.compile(format="png", ppi=72)
    if not isinstance(drawn, bytes):
        raise TypeError("it is one picture")
    return drawn
