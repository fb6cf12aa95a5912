"""Makes the HEIC files beside it, which tests read. No npm package encodes HEIC, and tests run with npm's alone.

python3 -m venv /tmp/heic
/tmp/heic/bin/pip install pillow==13.0.0 pillow-heif==1.8.1
/tmp/heic/bin/python test/core/article/heic/make.py
"""

import base64
import io
from pathlib import Path

import pillow_heif
from PIL import Image, ImageCms

pillow_heif.register_heif_opener()
here = Path(__file__).parent
best = {"quality": 95, "chroma": 444}

# Display P3, as phones write it: github.com/saucecontrol/Compact-ICC-Profiles, CC0.
p3 = base64.b64decode(
    "AAAB4GxjbXMEIAAAbW50clJHQiBYWVogB+IAAwAUAAkADgAdYWNzcE1TRlQAAAAAc2F3c2N0cmwAAAAAAAAAAAAAAAAAAPbWAAEAAAAA0y1oYW5kguKo"
    "couKP/clPrmS7iTWrgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAKZGVzYwAAAPwAAAAkY3BydAAAASAAAAAid3RwdAAAAUQAAAAUY2hhZAAA"
    "AVgAAAAsclhZWgAAAYQAAAAUZ1hZWgAAAZgAAAAUYlhZWgAAAawAAAAUclRSQwAAAcAAAAAgZ1RSQwAAAcAAAAAgYlRSQwAAAcAAAAAgbWx1YwAAAAAA"
    "AAABAAAADGVuVVMAAAAIAAAAHABzAFAAMwBDbWx1YwAAAAAAAAABAAAADGVuVVMAAAAGAAAAHABDAEMAMAAAWFlaIAAAAAAAAPbWAAEAAAAA0y1zZjMy"
    "AAAAAAABDEIAAAXe///zJQAAB5MAAP2Q///7of///k4AAAOaAADAFFhZWiAAAAAAAACD3wAAPb8AAAAAWFlaIAAAAAAAAEq/AACxNwAACrVYWVogAAAA"
    "AAAAKDgAABEKAADIeHBhcmEAAAAAAAMAAAACZmkAAPKnAAANWQAAE9AAAApb"
)


def fields(width: int, height: int) -> Image.Image:
    """Four fields, so that every turn shows: red and green over blue and yellow."""
    picture = Image.new("RGB", (width, height))
    middle, half = width // 2, height // 2
    picture.paste((200, 40, 40), (0, 0, middle, half))
    picture.paste((40, 160, 60), (middle, 0, width, half))
    picture.paste((40, 60, 200), (0, half, middle, height))
    picture.paste((220, 200, 40), (middle, half, width, height))
    return picture


def in_p3(picture: Image.Image) -> Image.Image:
    """The same colours in other numbers."""
    return ImageCms.profileToProfile(picture, ImageCms.createProfile("sRGB"), ImageCms.ImageCmsProfile(io.BytesIO(p3)))


def exif() -> Image.Exif:
    """Who, what and where, in UTF-8 as phones write it, and that it lies on its side."""
    said = Image.Exif()
    said[0x010E] = "Der Steg im Frühnebel".encode()
    said[0x013B] = "Jördis Mühlbach".encode()
    said[0x0112] = 6
    said.get_ifd(0x8825).update({1: "N", 2: (51.0, 3.0, 12.0), 3: "E", 4: (13.0, 44.0, 30.0)})
    return said


# As a phone held upright takes it: lying pixels, and a turn that stands in the file itself.
lying = in_p3(fields(64, 96)).transpose(Image.Transpose.ROTATE_90)
lying.save(here / "phone.heic", exif=exif().tobytes(), icc_profile=p3, **best)

# Three pictures in one file; the second is the one meant.
fields(96, 64).save(
    here / "burst.heic",
    save_all=True,
    append_images=[fields(48, 80), fields(32, 32)],
    primary_index=1,
    **best,
)

# Cut out of its background: what was clear must not turn black.
cut = fields(64, 64).convert("RGBA")
cut.paste((0, 0, 0, 0), (0, 0, 32, 32))
cut.save(here / "cut-out.heic", **best)
