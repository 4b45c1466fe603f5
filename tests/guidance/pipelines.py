"""A tiny pipeline of every family, random weights, made and saved by the real diffusers and transformers classes."""

import string
from pathlib import Path
from types import SimpleNamespace

import torch
from diffusers import (
    AutoencoderKL,
    DDIMScheduler,
    DDPMScheduler,
    DPMSolverMultistepScheduler,
    FlowMatchEulerDiscreteScheduler,
    FluxPipeline,
    FluxTransformer2DModel,
    IFPipeline,
    IFSuperResolutionPipeline,
    LatentConsistencyModelPipeline,
    LCMScheduler,
    PixArtAlphaPipeline,
    PixArtSigmaPipeline,
    PixArtTransformer2DModel,
    SD3Transformer2DModel,
    StableDiffusion3Pipeline,
    StableDiffusionPipeline,
    StableDiffusionXLPipeline,
    UNet2DConditionModel,
    UniDiffuserModel,
    UniDiffuserPipeline,
    UniDiffuserTextDecoder,
)
from transformers import (
    CLIPImageProcessor,
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPTokenizer,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
    GPT2Tokenizer,
    T5Config,
    T5EncoderModel,
    T5Tokenizer,
)

from guidance.priors import Options

PROMPT, T = "a red cat", torch.tensor([50, 700])         # what they are asked
LETTERS = string.ascii_lowercase + ",'-0123456789"
BETAS = dict(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", clip_sample=False, steps_offset=1)
WIDE, LARGE = 32, 40            # widths of the two CLIPs


def clip_tokenizer():
    marks = ["<|startoftext|>", "<|endoftext|>"]
    vocab = {token: i for i, token in enumerate([*LETTERS, *(letter + "</w>" for letter in LETTERS), *marks])}
    return CLIPTokenizer(vocab=vocab, merges=[], model_max_length=77)


def t5_tokenizer():
    words = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -2.0), *((letter, -3.0) for letter in LETTERS)]
    return T5Tokenizer(vocab=words, extra_ids=0, model_max_length=77)


def clip(width=WIDE, projection=False, layers=2):
    ends = len(clip_tokenizer()) - 1
    config = CLIPTextConfig(vocab_size=ends + 1, hidden_size=width, intermediate_size=16, num_hidden_layers=layers,
                            num_attention_heads=4, projection_dim=width, bos_token_id=ends - 1, eos_token_id=ends,
                            pad_token_id=ends)
    return (CLIPTextModelWithProjection if projection else CLIPTextModel)(config).eval()


def t5(width=24):
    return T5EncoderModel(T5Config(vocab_size=len(t5_tokenizer()), d_model=width, d_kv=8, d_ff=32, num_layers=1,
                                   num_heads=2, feed_forward_proj="gated-gelu")).eval()


def vae(channels=4, **more):
    return AutoencoderKL(block_out_channels=(8, 8), norm_num_groups=4, latent_channels=channels, layers_per_block=1,
                         down_block_types=("DownEncoderBlock2D",) * 2, up_block_types=("UpDecoderBlock2D",) * 2,
                         sample_size=16, **more)


def unet(width=WIDE, **more):
    given = dict(sample_size=8, block_out_channels=(8, 16), layers_per_block=1, norm_num_groups=4,
                 down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"), attention_head_dim=4,
                 up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"), cross_attention_dim=width)
    return UNet2DConditionModel(**given | more)


def sd15():
    scheduler = DDIMScheduler(**BETAS)
    return StableDiffusionPipeline(vae(), clip(), clip_tokenizer(), unet(), scheduler, None, None, None, False)


def sd21():
    scheduler = DDIMScheduler(**BETAS, prediction_type="v_prediction")
    return StableDiffusionPipeline(vae(), clip(), clip_tokenizer(), unet(), scheduler, None, None, None, False)


def lcm():
    return LatentConsistencyModelPipeline(vae(), clip(), clip_tokenizer(), unet(time_cond_proj_dim=16),
                                          LCMScheduler(**BETAS), None, None, None, False)


def sdxl():
    network = unet(WIDE + LARGE, addition_embed_type="text_time", addition_time_embed_dim=8,
                   projection_class_embeddings_input_dim=LARGE + 6 * 8)
    autoencoder, large = vae(scaling_factor=0.13025, force_upcast=True), clip(LARGE, projection=True)
    return StableDiffusionXLPipeline(autoencoder, clip(), large, clip_tokenizer(), clip_tokenizer(), network,
                                     DDIMScheduler(**BETAS))


def pixels(**more):
    return unet(16, in_channels=more.pop("in_channels", 3), out_channels=6, encoder_hid_dim=24,
                encoder_hid_dim_type="text_proj", **more)


def deepfloyd():
    scheduler = DDPMScheduler(beta_schedule="squaredcos_cap_v2", variance_type="learned_range")
    return IFPipeline(t5_tokenizer(), t5(), pixels(sample_size=16), scheduler, None, None, None, False)


def deepfloyd2():
    scheduler = DDPMScheduler(beta_schedule="squaredcos_cap_v2", variance_type="learned_range")
    network = pixels(sample_size=32, in_channels=6, class_embed_type="timestep")
    return IFSuperResolutionPipeline(t5_tokenizer(), t5(), network, scheduler,
                                     DDPMScheduler(beta_schedule="squaredcos_cap_v2"), None, None, None, False)


def sd3():
    network = SD3Transformer2DModel(sample_size=8, patch_size=2, in_channels=16, num_layers=1, attention_head_dim=8,
                                    num_attention_heads=2, joint_attention_dim=80, caption_projection_dim=16,
                                    pooled_projection_dim=WIDE + LARGE, out_channels=16, pos_embed_max_size=16)
    autoencoder = vae(16, scaling_factor=1.5305, shift_factor=0.0609)
    return StableDiffusion3Pipeline(network, FlowMatchEulerDiscreteScheduler(shift=3.0), autoencoder,
                                    clip(projection=True), clip_tokenizer(), clip(LARGE, projection=True),
                                    clip_tokenizer(), t5(80), t5_tokenizer())


def flux(guidance=True):
    network = FluxTransformer2DModel(in_channels=64, num_layers=1, num_single_layers=1, attention_head_dim=16,
                                     num_attention_heads=2, joint_attention_dim=24, pooled_projection_dim=WIDE,
                                     guidance_embeds=guidance, axes_dims_rope=(4, 4, 8))
    scheduler = FlowMatchEulerDiscreteScheduler(shift=3.0, use_dynamic_shifting=guidance)
    return FluxPipeline(scheduler, vae(16, scaling_factor=0.3611, shift_factor=0.1159), clip(), clip_tokenizer(), t5(),
                        t5_tokenizer(), network)


def flux_schnell():
    return flux(guidance=False)


def pixart(kind=PixArtAlphaPipeline):
    network = PixArtTransformer2DModel(num_attention_heads=2, attention_head_dim=12, in_channels=4, out_channels=8,
                                       num_layers=1, cross_attention_dim=24, sample_size=8, caption_channels=24,
                                       use_additional_conditions=kind is PixArtAlphaPipeline)
    scheduler = DPMSolverMultistepScheduler(beta_start=0.0001, beta_end=0.02, beta_schedule="linear")
    return kind(t5_tokenizer(), t5(), vae(), network, scheduler)


def pixart_sigma():
    return pixart(PixArtSigmaPipeline)


def unidiffuser():
    network = UniDiffuserModel(text_dim=8, clip_img_dim=20, num_text_tokens=77, num_attention_heads=2,
                               attention_head_dim=8, in_channels=4, out_channels=4, num_layers=1, sample_size=8,
                               patch_size=2, activation_fn="gelu", num_embeds_ada_norm=1000, norm_type="layer_norm",
                               block_type="unidiffuser", pre_layer_norm=False, use_timestep_embedding=False,
                               norm_elementwise_affine=True, use_patch_pos_embed=False, ff_final_dropout=True,
                               use_data_type_embedding=True)
    narrow = UniDiffuserTextDecoder(prefix_length=77, prefix_inner_dim=WIDE, prefix_hidden_dim=8, vocab_size=16,
                                    n_positions=80, n_embd=16, n_layer=1, n_head=2)
    head = narrow.transformer.lm_head           # tied to the embedding, which safetensors does not write
    head.weight = torch.nn.Parameter(head.weight.clone())
    eye = CLIPVisionModelWithProjection(CLIPVisionConfig(hidden_size=16, intermediate_size=16, num_hidden_layers=1,
                                                         num_attention_heads=2, image_size=16, patch_size=8,
                                                         projection_dim=20))
    words = GPT2Tokenizer(vocab={"<|endoftext|>": 0, "a": 1}, merges=[])
    return UniDiffuserPipeline(vae(), clip(), eye, CLIPImageProcessor(size={"shortest_edge": 16}, crop_size=16),
                               clip_tokenizer(), narrow, words, network, DDIMScheduler(**BETAS))


MAKERS = {f.__name__: f for f in (sd15, sd21, lcm, sdxl, deepfloyd, deepfloyd2, sd3, flux, flux_schnell, pixart,
                                  pixart_sigma, unidiffuser)}
PIXELS = ("deepfloyd", "deepfloyd2")
OPTIONS = {"flux": Options(pixels=16), "flux_schnell": Options(pixels=16)}      # with which they are loaded


def save(family: str, folder: Path):
    """The tiny pipeline of a family, the same at every call, which is written into ``folder``, too."""
    with torch.random.fork_rng():
        torch.manual_seed(0)
        pipe = MAKERS[family]()
    pipe.save_pretrained(folder)
    return pipe


def noise(*shape, seed=0):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def picture(side, seed=1):
    rgb = torch.rand(2, side, side, 3, generator=torch.Generator().manual_seed(seed)).requires_grad_()
    return SimpleNamespace(rgb=rgb, premultiplied=None, opacity=torch.ones(2, side, side, 1))
