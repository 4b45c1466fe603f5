"""How a glTF material looks: base color, cut-out, glass and glow, and where its pictures lie.

    base = factor * texture * vertex colors (linear),   opacity counts in BLEND, cuts in MASK at alphaCutoff
    glow = emissiveFactor * emissiveStrength * texture;  glass = transmission, of which a share stays to be seen
    uv'  = offset + R(-rotation) (scale * uv)            KHR_texture_transform
"""

from dataclasses import dataclass, field, replace

import numpy as np

from renderers.assets import Material

from ._colors import linear, srgb, to_bytes
from ._gltf_data import Gltf
from .piece import BLACK, CLAMP, GREY, MIRROR, REPEAT, Refused

WRAPS = {10497: REPEAT, 33071: CLAMP, 33648: MIRROR}
GLASS = 0.75                # of what transmission lets through that is not seen
GLOSSY, WEBP = "KHR_materials_pbrSpecularGlossiness", "EXT_texture_webp"
CUT = 0.5                   # a piece's texture has a hole below it


@dataclass(frozen=True)
class Where:
    """Which places a picture is laid at, and what is beyond it."""

    set: int = 0
    wrap: tuple[str, str] = (REPEAT, REPEAT)
    offset: tuple[float, float] = (0.0, 0.0)
    rotation: float = 0.0
    scale: tuple[float, float] = (1.0, 1.0)

    def of(self, uv: np.ndarray) -> np.ndarray:
        c, s = np.cos(self.rotation), np.sin(self.rotation)
        return (uv * self.scale) @ np.array([[c, -s], [s, c]]) + self.offset


@dataclass(frozen=True)
class Look:
    """What a primitive wears. ``factor`` is linear RGBA, None without a material; the rest as in a Piece."""

    factor: np.ndarray | None = None
    mode: str = "OPAQUE"
    cutoff: float = CUT
    glass: float = 0.0
    texture: np.ndarray | None = None           # [H, W, 4]
    where: Where = field(default_factory=Where)
    glow: tuple[float, float, float] = BLACK
    glow_texture: np.ndarray | None = None
    material: Material | None = None            # all of it, where that is asked for, and phrases of what is not in it
    left_out: tuple[str, ...] = ()

    @property
    def pictured(self) -> bool:
        return self.texture is not None or self.glow_texture is not None


def whole(materials: "Materials", entry: dict, look: Look, sets: frozenset[int]) -> Look:
    """``look`` with all of its material; a picture that lies elsewhere than the first one is left out."""
    base, more = entry.get("pbrMetallicRoughness", {}), entry.get("extensions", {})
    infos = {"texture": base.get("baseColorTexture"), "metallic_roughness": base.get("metallicRoughnessTexture"),
             "normal": entry.get("normalTexture"), "emissive_texture": entry.get("emissiveTexture")}
    values = {"color": base.get("baseColorFactor", (1, 1, 1, 1)), "metallic": base.get("metallicFactor", 1.0),
              "roughness": base.get("roughnessFactor", 1.0)}
    if GLOSSY in more:
        infos |= {"texture": more[GLOSSY].get("diffuseTexture"), "metallic_roughness": None}
        values = {"color": more[GLOSSY].get("diffuseFactor", (1, 1, 1, 1)), "metallic": 0.0,
                  "roughness": 1.0 - more[GLOSSY].get("glossinessFactor", 1.0)}
    strength = more.get("KHR_materials_emissive_strength", {}).get("emissiveStrength", 1.0)
    emissive = np.array(entry.get("emissiveFactor", BLACK), np.float64) * strength
    where, pictures, left_out = look.where if look.pictured else None, {}, []
    for name, info in infos.items():
        picture, there = materials.picture(info, sets)
        if picture is None or where is not None and there != where:
            left_out += [f"its {name} picture {'cannot be read' if picture is None else 'lies elsewhere'} and is left out"
                         ] if info is not None else []
            continue
        where = there
        opaque = name != "texture" or look.mode == "OPAQUE"
        pictures[name] = np.ascontiguousarray(picture[..., :3]) if opaque else picture
    left_out += ["its occlusion picture is left out"] if "occlusionTexture" in entry else []
    material = Material(
        tuple(map(float, values["color"])), pictures.get("texture"), float(values["metallic"]), float(values["roughness"]),
        pictures.get("metallic_roughness"), pictures.get("normal"), float((infos["normal"] or {}).get("scale", 1.0)),
        tuple(emissive.clip(0, 1).tolist()), pictures.get("emissive_texture"), look.mode, look.cutoff,
        bool(entry.get("doubleSided", False)), (where or look.where).wrap, str(entry.get("name", "")))
    return replace(look, where=where or look.where, material=material, left_out=tuple(left_out))


class Materials:
    """The looks of a file, each picture decoded once."""

    def __init__(self, file: Gltf):
        self.file = file
        self.looks: dict[tuple, Look] = {}
        self.images: dict[int, np.ndarray | None] = {}
        self.tinted: dict[tuple, np.ndarray] = {}

    def look(self, index: int | None, sets: frozenset[int]) -> Look:
        """``sets``: the UV sets that a primitive has; a picture without its own gives way to the plain color."""
        if index is None:
            return Look()
        if (index, sets) not in self.looks:
            entry = self.file.entry("materials", index)
            look = self.plain(entry, sets)
            self.looks[index, sets] = whole(self, entry, look, sets) if self.file.beside.materials else look
        return self.looks[index, sets]

    def plain(self, material: dict, sets: frozenset[int]) -> Look:
        more, base = material.get("extensions", {}), material.get("pbrMetallicRoughness", {})
        factor, picture = base.get("baseColorFactor"), base.get("baseColorTexture")
        if GLOSSY in more:
            factor, picture = more[GLOSSY].get("diffuseFactor"), more[GLOSSY].get("diffuseTexture")
        texture, where = self.picture(picture, sets)
        strength = more.get("KHR_materials_emissive_strength", {}).get("emissiveStrength", 1.0)
        glow = srgb(np.array(material.get("emissiveFactor", BLACK), np.float64) * strength)
        glow_texture, glow_where = self.picture(material.get("emissiveTexture"), sets) if glow.any() else (None, None)
        if "emissiveTexture" in material and (glow_texture is None or not glow_texture[..., :3].any()):
            glow, glow_texture, glow_where = np.zeros(3), None, None
        if texture is not None and glow_texture is not None and where != glow_where:
            raise Refused("its color and its glow lie at different places of their textures, which is not drawn")
        mode = material.get("alphaMode", "OPAQUE")
        if mode not in ("OPAQUE", "MASK", "BLEND"):
            raise ValueError(f"alphaMode is {mode}")
        transmission = more.get("KHR_materials_transmission", {}).get("transmissionFactor", 0.0)
        return Look(np.array(factor or (1, 1, 1, 1), np.float64), mode, float(material.get("alphaCutoff", CUT)),
                    GLASS * float(transmission), texture, where or glow_where or Where(), tuple(glow.tolist()),
                    None if glow_texture is None else glow_texture[..., :3])

    def picture(self, info: dict | None, sets: frozenset[int]) -> tuple[np.ndarray | None, Where | None]:
        """[H, W, 4] uint8 and where it lies, of a textureInfo."""
        if info is None:
            return None, None
        texture = self.file.entry("textures", info["index"])
        sampler = self.file.entry("samplers", texture["sampler"]) if "sampler" in texture else {}
        codes = sampler.get("wrapS", 10497), sampler.get("wrapT", 10497)
        if not set(codes) <= set(WRAPS):
            raise ValueError(f"a texture is wrapped by {codes}, which is nothing")
        where = Where(info.get("texCoord", 0), tuple(WRAPS[code] for code in codes))
        if moved := info.get("extensions", {}).get("KHR_texture_transform"):
            where = replace(where, set=moved.get("texCoord", where.set), offset=tuple(moved.get("offset", (0, 0))),
                            rotation=moved.get("rotation", 0.0), scale=tuple(moved.get("scale", (1, 1))))
        if where.set not in sets:
            return None, None
        image = self.image(self.source(texture))
        return image, where if image is not None else None

    def source(self, texture: dict) -> int:
        more = texture.get("extensions", {})
        if "source" in more.get(WEBP, {}):
            return more[WEBP]["source"]
        if "source" in texture:
            return texture["source"]
        raise Refused(f"its textures are {', '.join(more) or 'nowhere'}{', which is not read' if more else ''}")

    def image(self, index: int) -> np.ndarray | None:
        if index not in self.images:
            image = self.file.entry("images", index)
            if "bufferView" in image:
                data = bytes(self.file.view(image["bufferView"])[0])
                self.images[index] = self.file.beside.decoded(data, f"its texture {image.get('name', index)}")
            elif image.get("uri", "").startswith("data:"):
                data = self.file.uri(image["uri"])
                self.images[index] = self.file.beside.decoded(data, f"its texture {image.get('name', index)}")
            else:
                self.images[index] = self.file.beside.picture(image["uri"])
        return self.images[index]

    def worn(self, look: Look, colors: np.ndarray | None) -> dict | None:
        """color, colors and texture of a Piece; None where nothing of it is seen. ``colors``: [V, 3 or 4] linear."""
        if look.factor is None:
            look = replace(look, factor=np.ones(4)) if colors is not None else look
        if look.factor is None:
            return {"color": GREY}
        factor, alpha = look.factor[:3], float(look.factor[3])
        if colors is not None and colors.shape[1] == 4 and look.mode != "OPAQUE":
            if np.ptp(colors[:, 3]) > 1 / 255:
                raise Refused("its vertex colors are transparent in places, which is not drawn")
            alpha *= float(colors[0, 3])
        if look.mode == "OPAQUE":
            alpha = 1.0
        if look.mode == "MASK" and look.texture is None and alpha < look.cutoff:
            return None
        opacity = (alpha if look.mode == "BLEND" else 1.0) * (1 - look.glass)
        if look.texture is not None:
            texture = self.tint(look, factor, alpha)
            own = None if colors is None else to_bytes(srgb(colors[:, :3]))
            return {"color": (1.0, 1.0, 1.0, opacity), "colors": own, "texture": texture}
        if colors is not None:              # the product is one of light
            return {"color": (1.0, 1.0, 1.0, opacity), "colors": to_bytes(srgb(colors[:, :3] * factor))}
        return {"color": (*srgb(factor).tolist(), opacity)}

    def tint(self, look: Look, factor: np.ndarray, alpha: float) -> np.ndarray:
        """[H, W, 3 or 4]: the texture times the factor, in light; with the opacity that counts, cut at ``CUT``."""
        key = id(look.texture), tuple(factor), look.mode, look.cutoff, alpha
        if key not in self.tinted:
            table = linear(np.arange(256) / 255)
            rgb = look.texture[..., :3]
            if (factor != 1).any():
                rgb = np.stack([to_bytes(srgb(table * f))[rgb[..., k]] for k, f in enumerate(factor)], -1)
            if look.mode != "OPAQUE":
                opacity = np.arange(256) / 255
                if look.mode == "MASK":
                    opacity, cut = opacity * alpha, look.cutoff
                    below = opacity / max(cut, 1e-9) * (CUT - 1 / 255)
                    opacity = np.where(opacity < cut, below, CUT + 1 / 255 + (opacity - cut) / max(1 - cut, 1e-9) / 2)
                rgb = np.dstack([rgb, to_bytes(opacity)[look.texture[..., 3]]])
            self.tinted[key] = np.ascontiguousarray(rgb)
        return self.tinted[key]
