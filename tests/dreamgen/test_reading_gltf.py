"""glTF files of others: each feature of the core as the specification has it, or a refusal by name."""

import json

import numpy as np
import pytest
from gltf_files import QUAD, UV, quad
from solids import BLUE, GREEN, RED, YELLOW, quarters

from dreamgen.io import images
from dreamgen.reading import read
from dreamgen.training.meshes import load
from dreamgen.training.render import draw

PICTURE = images.png(quarters())


def pieces(built, tmp_path, plain=False):
    (tmp_path / "a.glb").write_bytes(built if isinstance(built, bytes) else built.bytes())
    return read(tmp_path / "a.glb", plain)


def box(pieces) -> list[list[float]]:
    corners = np.concatenate([piece.vertices[piece.faces].reshape(-1, 3) for piece in pieces])
    return [corners.min(0).round(6).tolist(), corners.max(0).round(6).tolist()]


def picture(built, tmp_path) -> np.ndarray:
    """From the front, 64 pixels wide; the quad reaches from 16 to 47 or so."""
    (tmp_path / "a.glb").write_bytes(built.bytes())
    return draw(load(tmp_path / "a.glb"), [0.0], [0.0], 64)[0].astype(int)


def corners_of(image) -> list[list[int]]:
    return [image[row, column, :3].tolist() for row in (22, 41) for column in (22, 41)]


def near(found, wanted) -> bool:
    return np.allclose(found, wanted, atol=14)


def refused(built, tmp_path, said):
    with pytest.raises(ValueError, match=said) as error:
        pieces(built, tmp_path)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("kind", ["f4", "u1", "u2"])
def test_normalised_places_in_a_texture_are_places(kind, tmp_path):
    most = 1 if kind == "f4" else np.iinfo(kind).max
    built = quad(TEXCOORD_0=(UV * most).astype(kind))
    built.wear(pbrMetallicRoughness={"baseColorTexture": built.picture(PICTURE)})
    assert pieces(built, tmp_path)[0].uv.tolist() == UV.tolist()
    assert near(corners_of(picture(built, tmp_path)), [RED, GREEN, BLUE, YELLOW])


@pytest.mark.parametrize("kind", ["f4", "u1", "u2"])
@pytest.mark.parametrize("width", [3, 4])
def test_linear_vertex_colors_of_any_type_times_the_factor_are_srgb(kind, width, tmp_path):
    colors = np.full((4, width), 0.5) * (1 if kind == "f4" else np.iinfo(kind).max)
    built = quad(COLOR_0=colors.astype(kind))
    assert abs(int(pieces(built, tmp_path)[0].colors[0, 0]) - 188) <= 1
    built.wear(pbrMetallicRoughness={"baseColorFactor": [0.5, 1, 1, 1]})
    piece = pieces(built, tmp_path)[0]
    assert piece.color == (1, 1, 1, 1) and np.abs(piece.colors[0].astype(int) - [137, 188, 188]).max() <= 1


def test_the_factor_tints_a_texture_in_light(tmp_path):
    built = quad(TEXCOORD_0=UV)
    built.wear(pbrMetallicRoughness={"baseColorFactor": [0.5, 0.5, 0.5, 1], "baseColorTexture": built.picture(
        images.png(np.full((2, 2, 3), 188, np.uint8)))})
    assert np.abs(pieces(built, tmp_path)[0].texture[0, 0].astype(int) - 137).max() <= 1       # 0.5 * 0.5 linear


def test_the_set_of_places_that_is_named_is_taken(tmp_path):
    built = quad(TEXCOORD_0=np.zeros((4, 2), np.float32), TEXCOORD_1=UV)
    info = {**built.picture(PICTURE), "texCoord": 1}
    built.wear(pbrMetallicRoughness={"baseColorTexture": info})
    assert pieces(built, tmp_path)[0].uv.tolist() == UV.tolist()
    info["texCoord"] = 0
    info["extensions"] = {"KHR_texture_transform": {"texCoord": 1}}
    assert pieces(built, tmp_path)[0].uv.tolist() == UV.tolist()


def test_a_texture_is_moved_turned_and_scaled(tmp_path):
    built = quad(TEXCOORD_0=UV)
    info = built.picture(PICTURE)
    built.tree["extensionsRequired"] = ["KHR_texture_transform"]
    info["extensions"] = {"KHR_texture_transform": {"offset": [0.5, 0], "scale": [0.5, 0.5]}}
    built.wear(pbrMetallicRoughness={"baseColorTexture": info})
    assert pieces(built, tmp_path)[0].uv.tolist() == [[0.5, 0.5], [1, 0.5], [1, 0], [0.5, 0]]
    assert near(picture(built, tmp_path)[32, 32, :3], GREEN)               # the upper right quarter
    info["extensions"]["KHR_texture_transform"] = {"rotation": np.pi / 2, "scale": [2, 1]}
    found = pieces(built, tmp_path)[0].uv           # counter-clockwise where v points down: (u, v) -> (v, -u)
    assert np.allclose(found, [[1, 0], [1, -2], [0, -2], [0, 0]], atol=1e-12)


@pytest.mark.parametrize("code, places, shown", [
    (33071, UV * 3 - 1, (22, 41)),              # clamped: beyond the edge the edge, at -0.4 and 1.4 here
    (33648, UV * 2 - 0.5, (19, 44)),            # mirrored: at -0.3 what is at 0.3
    (10497, UV + 4, (22, 41))])                 # repeated
def test_what_is_beyond_a_texture_is_as_its_sampler_says(code, places, shown, tmp_path):
    built = quad(TEXCOORD_0=places.astype(np.float32))
    built.wear(pbrMetallicRoughness={"baseColorTexture": built.picture(PICTURE, wrapS=code, wrapT=code)})
    image = picture(built, tmp_path)
    assert near([image[row, column, :3] for row in shown for column in shown], [RED, GREEN, BLUE, YELLOW])


def test_sparse_rows_are_written_over(tmp_path):
    built = quad()
    built.tree["accessors"][0]["sparse"] = {
        "count": 2, "indices": {"bufferView": built.view(np.uint16([2, 3]).tobytes()), "componentType": 5123},
        "values": {"bufferView": built.view(np.float32([[0.5, 1.5, 0], [-0.5, 1.5, 0]]).tobytes())}}
    assert box(pieces(built, tmp_path)) == [[-0.5, -0.5, 0], [0.5, 1.5, 0]]
    del built.tree["accessors"][0]["bufferView"]                            # zeros, written over
    assert box(pieces(built, tmp_path)) == [[-0.5, 0, 0], [0.5, 1.5, 0]]


def test_morph_weights_of_the_mesh_or_of_the_node_are_applied(tmp_path):
    built = quad()
    built.primitive["targets"] = [{"POSITION": built.add(np.float32([[0, 0, 0], [0, 0, 0], [0, 2, 0], [0, 2, 0]]))}]
    assert box(pieces(built, tmp_path))[1] == [0.5, 0.5, 0]
    built.tree["meshes"][0]["weights"] = [0.5]
    assert box(pieces(built, tmp_path))[1] == [0.5, 1.5, 0]
    built.tree["nodes"][0]["weights"] = [1.0]
    assert box(pieces(built, tmp_path))[1] == [0.5, 2.5, 0]


def test_a_skin_poses_its_mesh_and_the_node_of_the_mesh_does_not_count(tmp_path):
    bones, shares = np.uint8([[0, 1, 0, 0]] * 4), np.float32([[1, 0, 0, 0]] * 2 + [[0, 1, 0, 0]] * 2)
    built = quad(JOINTS_0=bones, WEIGHTS_0=shares)
    inverse = np.tile(np.eye(4, dtype=np.float32), (2, 1, 1))
    inverse[1, 3, 0] = 10                                                   # column by column: x + 10 at rest
    built.tree["nodes"] = [{"mesh": 0, "skin": 0, "translation": [7, 7, 7]}, {"translation": [0, 0, 1]},
                           {"translation": [-10, 1, 0]}]
    built.tree["nodes"][1]["children"] = [2]
    built.tree["scenes"][0]["nodes"] = [0, 1]
    built.tree["skins"] = [{"joints": [1, 2], "inverseBindMatrices": built.add(inverse.reshape(2, 16))}]
    assert box(pieces(built, tmp_path)) == [[-0.5, -0.5, 1], [0.5, 1.5, 1]]


def test_instances_are_each_drawn(tmp_path):
    built = quad()
    rows = {"TRANSLATION": built.add(np.float32([[0, 0, 0], [0, 3, 0]])),
            "SCALE": built.add(np.float32([[1, 1, 1], [2, 2, 2]]))}
    built.tree["nodes"][0] |= {"extensions": {"EXT_mesh_gpu_instancing": {"attributes": rows}}, "scale": [10, 10, 10]}
    built.tree["extensionsRequired"] = ["EXT_mesh_gpu_instancing"]
    found = pieces(built, tmp_path)
    assert len(found) == 2 and box(found) == [[-10, -5, 0], [10, 40, 0]]


def test_nodes_stand_where_their_parents_put_them_and_mirrors_turn_faces(tmp_path):
    built = quad()
    half = np.sqrt(0.5)
    built.tree["nodes"] = [{"children": [1], "translation": [1, 0, 0], "rotation": [0, 0, half, half]},
                           {"mesh": 0, "matrix": [2, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1, 0, 3, 0, 0, 1]}]
    piece, = pieces(built, tmp_path)
    assert box([piece]) == [[0.5, 2, 0], [1.5, 4, 0]]
    a, b, c = piece.vertices[piece.faces[0]]
    assert np.cross(b - a, c - a)[2] < 0                # was towards +z, and z is mirrored


@pytest.mark.parametrize("mode, corners", [(5, [0, 1, 3, 2]), (6, [0, 1, 2, 3])])
def test_strips_and_fans_are_triangles(mode, corners, tmp_path):
    built = quad()
    built.primitive |= {"mode": mode, "indices": built.add(np.uint16(corners))}
    piece, = pieces(built, tmp_path)
    a, b, c = (piece.vertices[piece.faces[:, k]] for k in range(3))
    assert np.cross(b - a, c - a)[:, 2].tolist() == pytest.approx([1, 1])   # all of the quad, both to the front


def test_lines_and_points_are_left_out_and_alone_they_are_no_faces(tmp_path):
    built = quad()
    built.tree["meshes"][0]["primitives"].append({"attributes": {"POSITION": built.add(QUAD * 9)}, "mode": 1})
    assert box(pieces(built, tmp_path))[1] == [0.5, 0.5, 0]
    del built.tree["meshes"][0]["primitives"][0]
    refused(built, tmp_path, "^no faces: all is points, lines")


def test_what_glows_is_seen_where_it_is_black(tmp_path):
    built = quad(TEXCOORD_0=UV)
    built.wear(emissiveFactor=[1, 0.5, 0], pbrMetallicRoughness={"baseColorFactor": [0, 0, 0, 1]})
    assert near(picture(built, tmp_path)[32, 32, :3], [255, 188, 0])
    built.tree["materials"][0] |= {"emissiveFactor": [1, 1, 1], "emissiveTexture": built.picture(PICTURE)}
    assert near(corners_of(picture(built, tmp_path)), [RED, GREEN, BLUE, YELLOW])
    built.tree["materials"][0] = {"emissiveFactor": [0.25, 0, 0], "pbrMetallicRoughness": {"baseColorFactor": [0, 0, 0, 1]},
                                  "extensions": {"KHR_materials_emissive_strength": {"emissiveStrength": 2}}}
    assert near(picture(built, tmp_path)[32, 32, :3], [188, 0, 0])


def test_a_glow_whose_picture_is_missing_is_none(tmp_path):
    built = quad(TEXCOORD_0=UV)
    built.tree |= {"images": [{"uri": "gone.png"}], "textures": [{"source": 0}]}
    built.wear(emissiveFactor=[1, 1, 1], emissiveTexture={"index": 0})
    refused(built, tmp_path, "^gone.png, which it needs, is missing$")
    assert pieces(built, tmp_path, plain=True)[0].glow == (0, 0, 0)


def test_a_glow_and_a_color_at_different_places_are_refused(tmp_path):
    built = quad(TEXCOORD_0=UV, TEXCOORD_1=UV)
    built.wear(emissiveFactor=[1, 1, 1], emissiveTexture={**built.picture(PICTURE), "texCoord": 1},
               pbrMetallicRoughness={"baseColorTexture": built.picture(PICTURE)})
    refused(built, tmp_path, "its color and its glow lie at different places")


def test_what_lets_light_through_is_glass(tmp_path):
    built = quad()
    built.wear(extensions={"KHR_materials_transmission": {"transmissionFactor": 1}})
    assert pieces(built, tmp_path)[0].color == pytest.approx((1, 1, 1, 0.25))


def test_opacity_counts_in_blend_cuts_in_mask_and_is_nothing_else(tmp_path):
    built = quad(TEXCOORD_0=UV)
    base = {"baseColorFactor": [1, 0, 0, 0.25]}
    for mode, opacity in (("OPAQUE", 1), ("BLEND", 0.25)):
        built.wear(alphaMode=mode, pbrMetallicRoughness=base)
        assert pieces(built, tmp_path)[0].color[3] == opacity
    built.wear(alphaMode="MASK", pbrMetallicRoughness=base)
    refused(built, tmp_path, "wholly transparent")
    built.wear(alphaMode="MASK", alphaCutoff=0.2, pbrMetallicRoughness=base)
    assert pieces(built, tmp_path)[0].color[3] == 1
    half = np.full((2, 2, 4), 255, np.uint8)
    half[:, 0, 3], half[:, 1, 3] = 90, 70
    built.wear(alphaMode="MASK", alphaCutoff=0.3, pbrMetallicRoughness={"baseColorTexture": built.picture(images.png(half))})
    assert (pieces(built, tmp_path)[0].texture[0, :, 3] >= 127.5).tolist() == [True, False]     # 0.35 and 0.27


def test_what_is_compressed_or_not_known_is_refused_by_its_name(tmp_path):
    built = quad()
    built.tree["extensionsRequired"] = ["KHR_draco_mesh_compression", "ACME_thing"]
    refused(built, tmp_path, "^needs KHR_draco_mesh_compression, ACME_thing, which is not read$")
    built = quad()
    del built.tree["accessors"][0]["bufferView"]        # of one part alone, and nothing is required
    built.primitive["extensions"] = {"KHR_draco_mesh_compression": {"bufferView": 0, "attributes": {"POSITION": 0}}}
    refused(built, tmp_path, "^is compressed by KHR_draco_mesh_compression, which is not read$")
    built = quad()
    built.tree["bufferViews"][0]["buffer"] = 1
    built.bytes()
    built.tree["buffers"] = [{"byteLength": 48, "uri": "a.bin"},
                             {"byteLength": 48, "extensions": {"EXT_meshopt_compression": {"fallback": True}}}]
    (tmp_path / "m.gltf").write_text(json.dumps(built.tree))
    with pytest.raises(ValueError, match="^is compressed by EXT_meshopt_compression, which is not read$"):
        read(tmp_path / "m.gltf")
    built = quad(TEXCOORD_0=UV)
    built.wear(pbrMetallicRoughness={"baseColorTexture": {"index": 0}})
    built.tree["textures"] = [{"extensions": {"KHR_texture_basisu": {"source": 0}}}]
    refused(built, tmp_path, "its textures are KHR_texture_basisu, which is not read")


def test_pictures_of_extensions_and_of_old_materials_are_read(tmp_path):
    built = quad(TEXCOORD_0=UV)
    info = built.picture(images.webp(quarters()))
    texture = built.tree["textures"][0]
    texture["extensions"] = {"EXT_texture_webp": {"source": texture.pop("source")}}
    built.wear(extensions={"KHR_materials_pbrSpecularGlossiness": {"diffuseTexture": info}})
    assert near(corners_of(picture(built, tmp_path)), [RED, GREEN, BLUE, YELLOW])


@pytest.mark.parametrize("name", ["my%20buffer.bin", "my buffer.bin"])
def test_names_of_files_may_be_written_as_addresses(name, tmp_path):
    built = quad()
    built.bytes()
    built.tree["buffers"][0]["uri"] = name
    (tmp_path / "my buffer.bin").write_bytes(built.binary)
    (tmp_path / "a.gltf").write_bytes(b"\xef\xbb\xbf" + json.dumps(built.tree).encode())
    assert box(read(tmp_path / "a.gltf"))[1] == [0.5, 0.5, 0]
    (tmp_path / "my buffer.bin").unlink()
    with pytest.raises(ValueError, match="^my.*buffer.bin, which it needs, is missing$"):
        read(tmp_path / "a.gltf")


def test_a_file_that_lies_about_itself_is_refused(tmp_path):
    whole = quad().bytes()
    refused(whole[:-8], tmp_path, "cannot be read .cut short: ")
    for change, said in (
            (lambda tree: tree["accessors"][1].update(count=600), "goes beyond its view"),
            (lambda tree: tree["accessors"][0].update(count=3), "names number 3 of 3 vertices"),
            (lambda tree: tree["nodes"][0].update(children=[0]), "its own ancestor"),
            (lambda tree: tree["nodes"][0].update(mesh=5), "names meshes 5 of 1"),
            (lambda tree: tree["asset"].update(version="1.0"), "^is glTF 1.0, 2.0 is read"),
            (lambda tree: tree["meshes"][0]["primitives"][0].update(mode=9), "mode is 9")):
        built = quad()
        change(built.tree)
        refused(built, tmp_path, said)
