"""Other people's pictures arrive upright, as bright as they are, and no larger than is of use."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from solids import quarters

from dreamgen.__main__ import main
from dreamgen.io import images
from dreamgen.svg import read
from dreamgen.training.data import prepared

WIDE = np.concatenate([quarters(8), np.full((8, 4, 3), 90, np.uint8)], 1)          # [8, 12, 3], no two sides alike
# What EXIF's number says was done to the picture: what undoes it, on an array.
HELD = {1: lambda x: x, 2: lambda x: x[:, ::-1], 3: lambda x: x[::-1, ::-1], 4: lambda x: x[::-1],
        5: lambda x: x.swapaxes(0, 1), 6: lambda x: np.rot90(x, 1), 7: lambda x: x[::-1, ::-1].swapaxes(0, 1),
        8: lambda x: np.rot90(x, -1)}


def saved(image: Image.Image, kind: str, **settings) -> bytes:
    data = BytesIO()
    image.save(data, kind, **settings)
    return data.getvalue()


@pytest.mark.parametrize("held", HELD)
@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
def test_a_picture_comes_upright_however_the_camera_was_held(held, kind):
    exif = Image.Exif()
    exif[images.TURN] = held
    settings = {"lossless": True} if kind == "WEBP" else {}
    data = saved(Image.fromarray(np.ascontiguousarray(HELD[held](WIDE))), kind, exif=exif, **settings)
    assert np.array_equal(images.decode(data), WIDE) and np.array_equal(images.decode_rgba(data)[..., :3], WIDE)
    assert images.measured(data) == (8, 12)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_are_scaled_to_eight(kind):
    grey = np.array([[0, 128, 129, 32896, 65406, 65407, 65535]], np.uint16)
    want = [0, 0, 1, 128, 254, 255, 255]
    assert images.decode(saved(Image.fromarray(grey), kind))[0, :, 0].tolist() == want


def test_the_one_grey_that_is_transparent_in_a_sixteen_bit_png_is():
    data = saved(Image.fromarray(np.array([[0, 65535, 257]], np.uint16)), "PNG", transparency=257)
    assert images.decode_rgba(data)[0, :, 3].tolist() == [255, 255, 0]


def test_floating_point_values_are_scaled_where_one_is_white():
    data = saved(Image.fromarray(np.array([[0, 0.25, 1]], np.float32)), "TIFF")
    assert images.decode(data)[0, :, 0].tolist() == [0, 64, 255]


@pytest.mark.parametrize("pixels, says", [
    (np.array([[0, 255]], np.float32), "floating-point values go from 0 to 255, need 0 to 1"),
    (np.array([[0.5, np.nan]], np.float32), "floating-point values go from nan to nan, need 0 to 1"),
    (np.array([[0, 1 << 20]], np.int32), "32-bit whole numbers, and nobody says which is white"),
])
def test_numbers_of_which_nobody_says_what_is_white_are_refused(pixels, says):
    with pytest.raises(ValueError, match=says):
        images.decode_rgba(saved(Image.fromarray(pixels), "TIFF"))


def test_palettes_two_colors_and_print_inks_are_read():
    red = np.full((4, 4, 3), (255, 0, 0), np.uint8)
    for mode, kind in (("P", "GIF"), ("CMYK", "TIFF"), ("RGB", "BMP")):
        assert np.abs(images.decode(saved(Image.fromarray(red).convert(mode), kind)).astype(int) - red).max() <= 2, mode
    assert images.decode(saved(Image.fromarray(red).convert("L").point(lambda _: 255).convert("1"), "PNG")).min() == 255


def test_only_what_is_of_use_is_kept_of_a_large_picture():
    large = np.kron(WIDE, np.ones((100, 100, 1), np.uint8))
    for kind in ("PNG", "JPEG"):
        small = images.decode_rgba(saved(Image.fromarray(large), kind), 120)
        assert small.shape == (80, 120, 4) and np.abs(small[5::10, 5::10, :3].astype(int) - WIDE).max() <= 3, kind
    assert images.decode_rgba(images.png(WIDE), 120).shape == (8, 12, 4)            # and nothing is made larger


def test_what_is_transparent_does_not_bleed_when_it_is_shrunk():
    picture = np.zeros((64, 64, 4), np.uint8)
    picture[..., 1] = 255
    picture[::2, ::2] = 255, 0, 0, 255
    assert images.decode_rgba(images.png(picture), 32)[3, 3].tolist() == [255, 0, 0, 64]


@pytest.mark.filterwarnings("ignore:Corrupt EXIF", "ignore:Tag data larger")
def test_a_damaged_exif_is_no_reason_to_refuse_or_to_fail():
    whole = Image.Exif()
    whole[images.TURN] = 6
    for place in range(len(whole.tobytes())):
        bytes_ = bytearray(whole.tobytes())
        bytes_[place] ^= 0xFF
        got = images.decode_rgba(saved(Image.fromarray(WIDE), "JPEG", exif=bytes(bytes_)))
        assert sorted(got.shape[:2]) == [8, 12]


def test_vectorize_draws_a_photograph_upright_in_its_own_units(tmp_path):
    exif = Image.Exif()
    exif[images.TURN] = 6
    lying = np.full((1000, 2000, 3), 255, np.uint8)
    lying[:, :1000] = 255, 0, 0                         # the left half as stored is the upper half as seen
    (tmp_path / "photo.jpg").write_bytes(saved(Image.fromarray(lying), "JPEG", exif=exif))
    assert main(["vectorize", str(tmp_path / "photo.jpg"), "--paths", "1"]) == 0
    drawing = read((tmp_path / "photo.traced.svg").read_bytes(), "photo").drawing
    assert drawing.size == (1000, 2000)


def test_a_training_picture_comes_upright():
    exif = Image.Exif()
    exif[images.TURN] = 3
    picture = np.zeros((16, 16, 4), np.uint8)
    picture[:8, :, :] = 255
    seen = prepared(saved(Image.fromarray(picture), "PNG", exif=exif), 16)
    assert seen[3, :8].max() == 0 and seen[3, 8:].min() == 1
