"""What a file or a folder IS, by the names and shapes of its tensors, its metadata and its configurations.

All ways of naming a prior use this inspection. For something that is not a prior, the answer is what it is and where it
belongs. For a single file, it finds missing parts and what the network predicts. Only headers are read.
"""

from collections.abc import Iterable
from pathlib import Path

from ...errors import PriorError
from .files import Heading, heading, read_json

UNET, VAE, TEXT = "model.diffusion_model.", "first_stage_model.", ("cond_stage_model.", "conditioner.embedders.",
                                                                  "text_encoders.")
FIRST = UNET + "input_blocks.0.0.weight"                        # [.., channels of what the network is shown]
LORA = ("lora_A", "lora_B", "lora_down", "lora_up", "lora.down", "lora.up", "_lora.", "lora_linear_layer")
UNREAD = {".hada_": "LoHa", ".lokr_": "LoKr", ".oft_": "OFT", "dora_scale": "DoRA", "lora_magnitude_vector": "DoRA",
          ".lora_mid.": "LoCon with a core (Tucker)", ".diff.": "difference of whole weights", ".on_input.": "IA3"}
SHOWN = {9: "an inpainting network (it is shown a mask and a picture, 9 channels)",
         8: "a network that edits a given picture (8 channels)", 7: "an upscaler (7 channels)",
         5: "a network that is shown a depth map (5 channels)"}
SAYS_V = "v_pred"                                               # an empty tensor of this name: the network says v
ZERO_SNR = "ztsnr"                                              # and of this one: its last level is pure noise
EDM = ("edm_vpred.", "edm_mean", "edm_std")
PREDICTED = "modelspec.prediction_type"                         # of the metadata that sd-scripts and others write
PREDICTIONS = {"v": "v_prediction", "v_prediction": "v_prediction", "epsilon": "epsilon", "eps": "epsilon"}
OPTION = "give it in prior_options.{}, beside the prior that it was made for"


def unread(names: Iterable[str]) -> str:
    """Which of UNREAD the names are of, "" for none."""
    return next((kind for name in names for mark, kind in UNREAD.items() if mark in f"{name}."), "")


def other_than_a_prior(head: Heading) -> str:
    """What a file is that is no prior, and where it belongs; "" for one that may be a prior's."""
    names = list(head.shapes)

    def some(*marks: str) -> bool:
        return any(mark in name for name in names for mark in marks)

    if any(name.startswith("control_model.") for name in names) or some("controlnet_cond_embedding", "input_hint_block"):
        return f"is a ControlNet; {OPTION.format('controlnet')}, as a folder in diffusers' layout"
    if kind := unread(names) if not some(UNET, "double_blocks.", "joint_blocks.") else "":
        return f"is a {kind}, which is not read"
    if some(*LORA):
        return f"is a LoRA; {OPTION.format('lora')}"
    if some("image_proj.", "ip_adapter."):
        return f"is an IP-Adapter; {OPTION.format('image')}"
    if some("emb_params", "string_to_param") or set(names) <= {"clip_l", "clip_g"} and names or all(
            name.startswith("<") and name.endswith(">") for name in names) and names:
        return f"is a word's (textual inversion); {OPTION.format('words')}"
    if any(name.startswith(("input_blocks.", "down_blocks.", "conv_in.")) for name in names):
        return (f"is a UNet without '{UNET}' before its names; put its folder into one in diffusers' layout, or save it "
                "with that prefix")
    if names and all(name.startswith(("encoder.", "decoder.", "quant_conv.", "post_quant_conv.")) for name in names):
        return "is a VAE alone; put it into the vae folder of a prior in diffusers' layout"
    if names and all(name.startswith(("text_model.", "transformer.text_model.")) for name in names):
        return "is a text encoder alone; put it into the text_encoder folder of a prior in diffusers' layout"
    return shown_more(head.shapes.get(FIRST, [0, 4])[1])


def shown_more(channels: int) -> str:
    """For a network over latents that is shown ``channels`` and is not read, what it is; "" for the usual 4."""
    return f"is {SHOWN[channels]}, which is not read; give the one that it was made from" if channels in SHOWN else ""


def lacking(head: Heading) -> list[str]:
    """Of a Stable Diffusion's single file, what is not in it, as diffusers names the parts."""
    if not any(name.startswith(UNET + "input_blocks.") for name in head.shapes):
        return []
    here = {"vae": any(name.startswith(VAE) for name in head.shapes),
            "text_encoder": any(name.startswith(TEXT) for name in head.shapes)}
    return [part for part, there in here.items() if not there]


def stated_prediction(file: Path, head: Heading) -> tuple[str, bool]:
    """What a single file's network predicts, as far as the file says ("" = it does not), and whether its last level is
    pure noise; raises PriorError for something that is not read."""
    if any(name.startswith(EDM) for name in head.shapes):
        raise PriorError(f"prior '{file}': was trained as EDM, whose scheduler scales the network's input; that is not read")
    stated = head.metadata.get(PREDICTED, "").lower()
    if stated and stated not in PREDICTIONS:
        raise PriorError(f"prior '{file}': its {PREDICTED} is '{stated}', have {', '.join(PREDICTIONS)}")
    return "v_prediction" if SAYS_V in head.shapes else PREDICTIONS.get(stated, ""), ZERO_SNR in head.shapes


def folder_other_than_a_prior(folder: Path) -> str:
    """What a folder is that is no prior, and where it belongs; "" where that cannot be said."""
    if (index := folder / "config.json").is_file():
        kind = read_json(index).get("_class_name") or (read_json(index).get("architectures") or ["part"])[0]
        if "ControlNet" in kind:
            return f"is a {kind}; {OPTION.format('controlnet')}"
        return f"is a {kind} alone; give the folder above it, which has the other parts"
    below = sorted(path.parent for pattern in ("*/model_index.json", "*/*/model_index.json") for path in folder.glob(pattern))
    if below:
        return f"has a prior inside; did you mean '{below[0]}'?"
    files = sorted(folder.glob("*.safetensors"))
    return other_than_a_prior(heading(files[0])) if len(files) == 1 else ""
