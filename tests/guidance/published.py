"""The configurations of published pipelines, as their authors' config.json have them, by family.

T5-XXL has one of its 24 layers here, as whole it is larger than the machines of our tests. ``shallow`` cuts depth, never width:
every matrix keeps its published size.
"""

from dataclasses import dataclass, field

DOWN, CROSS_DOWN, UP, CROSS_UP = "DownBlock2D", "CrossAttnDownBlock2D", "UpBlock2D", "CrossAttnUpBlock2D"
CLIP_TEXT, CLIP_PROJECTED = "CLIPTextModel", "CLIPTextModelWithProjection"

UNET = {"_class_name": "UNet2DConditionModel", "act_fn": "silu", "attention_head_dim": 8,
        "block_out_channels": [320, 640, 1280, 1280], "center_input_sample": False, "cross_attention_dim": 768,
        "down_block_types": [CROSS_DOWN] * 3 + [DOWN], "downsample_padding": 1, "flip_sin_to_cos": True, "freq_shift": 0,
        "in_channels": 4, "layers_per_block": 2, "mid_block_scale_factor": 1, "norm_eps": 1e-05, "norm_num_groups": 32,
        "out_channels": 4, "sample_size": 64, "up_block_types": [UP] + [CROSS_UP] * 3}
UNET_2 = UNET | {"attention_head_dim": [5, 10, 20, 20], "cross_attention_dim": 1024, "use_linear_projection": True,
                 "sample_size": 96, "upcast_attention": True}
UNET_XL = UNET | {"addition_embed_type": "text_time", "addition_time_embed_dim": 256, "attention_head_dim": [5, 10, 20],
                  "block_out_channels": [320, 640, 1280], "cross_attention_dim": 2048,
                  "down_block_types": [DOWN, CROSS_DOWN, CROSS_DOWN], "projection_class_embeddings_input_dim": 2816,
                  "sample_size": 128, "transformer_layers_per_block": [1, 2, 10],
                  "up_block_types": [CROSS_UP, CROSS_UP, UP], "use_linear_projection": True}
UNET_IF = UNET | {"act_fn": "gelu", "addition_embed_type": "text", "addition_embed_type_num_heads": 64,          # IF-I-M
                  "attention_head_dim": 64, "block_out_channels": [192, 384, 576, 768], "cross_attention_norm": "group_norm",
                  "down_block_types": ["ResnetDownsampleBlock2D"] + ["SimpleCrossAttnDownBlock2D"] * 3,
                  "encoder_hid_dim": 4096, "encoder_hid_dim_type": "text_proj", "in_channels": 3, "layers_per_block": 3,
                  "mid_block_scale_factor": 2**0.5, "mid_block_type": "UNetMidBlock2DSimpleCrossAttn", "out_channels": 6,
                  "resnet_out_scale_factor": 2**0.5, "resnet_skip_time_act": True, "resnet_time_scale_shift": "scale_shift",
                  "time_embedding_act_fn": "gelu",
                  "up_block_types": ["SimpleCrossAttnUpBlock2D"] * 3 + ["ResnetUpsampleBlock2D"]}
MMDIT = {"_class_name": "SD3Transformer2DModel", "attention_head_dim": 64, "caption_projection_dim": 1536, "in_channels": 16,
         "joint_attention_dim": 4096, "num_attention_heads": 24, "num_layers": 24, "out_channels": 16, "patch_size": 2,
         "pooled_projection_dim": 2048, "pos_embed_max_size": 192, "sample_size": 128}                       # SD 3 medium
FLUX = {"_class_name": "FluxTransformer2DModel", "attention_head_dim": 128, "guidance_embeds": True, "in_channels": 64,
        "joint_attention_dim": 4096, "num_attention_heads": 24, "num_layers": 19, "num_single_layers": 38, "patch_size": 1,
        "pooled_projection_dim": 768}
PIXART = {"_class_name": "PixArtTransformer2DModel", "attention_head_dim": 72, "caption_channels": 4096,
          "cross_attention_dim": 1152, "in_channels": 4, "norm_type": "ada_norm_single", "num_attention_heads": 16,
          "num_layers": 28, "out_channels": 8, "patch_size": 2, "sample_size": 64}
UVIT = {"_class_name": "UniDiffuserModel", "activation_fn": "gelu", "attention_head_dim": 64, "block_type": "unidiffuser",
        "clip_img_dim": 512, "ff_final_dropout": True, "in_channels": 4, "norm_elementwise_affine": True,
        "norm_type": "layer_norm", "num_attention_heads": 24, "num_embeds_ada_norm": 1000, "num_layers": 30,
        "num_text_tokens": 77, "out_channels": 4, "patch_size": 2, "pre_layer_norm": False, "sample_size": 64, "text_dim": 64,
        "use_data_type_embedding": True, "use_patch_pos_embed": False, "use_timestep_embedding": False}
VAE = {"_class_name": "AutoencoderKL", "act_fn": "silu", "block_out_channels": [128, 256, 512, 512],
       "down_block_types": ["DownEncoderBlock2D"] * 4, "in_channels": 3, "latent_channels": 4, "layers_per_block": 2,
       "norm_num_groups": 32, "out_channels": 3, "sample_size": 512, "scaling_factor": 0.18215,
       "up_block_types": ["UpDecoderBlock2D"] * 4}
VAE_16 = VAE | {"force_upcast": True, "latent_channels": 16, "sample_size": 1024, "use_post_quant_conv": False,
                "use_quant_conv": False}
CLIP_L = {"architectures": [CLIP_TEXT], "bos_token_id": 0, "eos_token_id": 2, "hidden_act": "quick_gelu",
          "hidden_size": 768, "intermediate_size": 3072, "max_position_embeddings": 77, "model_type": "clip_text_model",
          "num_attention_heads": 12, "num_hidden_layers": 12, "pad_token_id": 1, "projection_dim": 768, "vocab_size": 49408}
CLIP_H = CLIP_L | {"hidden_act": "gelu", "hidden_size": 1024, "intermediate_size": 4096, "num_attention_heads": 16,
                   "num_hidden_layers": 23, "projection_dim": 512}
CLIP_G = CLIP_L | {"architectures": [CLIP_PROJECTED], "hidden_act": "gelu", "hidden_size": 1280, "intermediate_size": 5120,
                   "num_attention_heads": 20, "num_hidden_layers": 32, "projection_dim": 1280}
T5 = {"architectures": ["T5EncoderModel"], "d_ff": 10240, "d_kv": 64, "d_model": 4096, "decoder_start_token_id": 0,
      "eos_token_id": 1, "feed_forward_proj": "gated-gelu", "is_encoder_decoder": True, "layer_norm_epsilon": 1e-06,
      "model_type": "t5", "num_heads": 64, "num_layers": 1, "pad_token_id": 0, "relative_attention_num_buckets": 32,
      "vocab_size": 32128}
EYE = {"architectures": ["CLIPVisionModelWithProjection"], "hidden_act": "quick_gelu", "hidden_size": 768, "image_size": 224,
       "intermediate_size": 3072, "model_type": "clip_vision_model", "num_attention_heads": 12, "num_hidden_layers": 12,
       "patch_size": 32, "projection_dim": 512}
CAPTIONS = {"_class_name": "UniDiffuserTextDecoder", "n_embd": 768, "n_head": 12, "n_layer": 12, "n_positions": 1024,
            "prefix_hidden_dim": 64, "prefix_inner_dim": 768, "prefix_length": 77, "vocab_size": 50258}

LATENT = {"beta_end": 0.012, "beta_schedule": "scaled_linear", "beta_start": 0.00085, "clip_sample": False,
          "num_train_timesteps": 1000, "steps_offset": 1}
FLOW = {"_class_name": "FlowMatchEulerDiscreteScheduler", "num_train_timesteps": 1000, "shift": 3.0}


@dataclass(frozen=True)
class Kind:
    """A published pipeline.

    Attributes:
        pipeline: diffusers' class.
        parts: configuration of each part that has weights.
        tokenizers: folder: "clip" or "t5".
        scheduler: its configuration.
        more: what else model_index.json says.
        shallow: of which part which keys make it shallow.
        pixels: side of its pictures where it takes no other, else 0.
    """

    pipeline: str
    parts: dict[str, dict]
    tokenizers: dict[str, str]
    scheduler: dict
    more: dict = field(default_factory=dict)
    shallow: dict[str, dict] = field(default_factory=dict)
    pixels: int = 0


UNCHECKED = {"requires_safety_checker": False, "safety_checker": [None, None], "feature_extractor": [None, None]}
TWO_LEVELS = {"block_out_channels": [320, 640], "down_block_types": [CROSS_DOWN, DOWN], "up_block_types": [UP, CROSS_UP],
              "layers_per_block": 1}
KINDS = {
    "sd15": Kind("StableDiffusionPipeline", {"unet": UNET, "vae": VAE, "text_encoder": CLIP_L}, {"tokenizer": "clip"},
                 {"_class_name": "PNDMScheduler", **LATENT, "skip_prk_steps": True}, UNCHECKED,
                 {"unet": TWO_LEVELS, "vae": {"layers_per_block": 1}, "text_encoder": {"num_hidden_layers": 1}}),
    "sd21": Kind("StableDiffusionPipeline", {"unet": UNET_2, "vae": VAE | {"sample_size": 768}, "text_encoder": CLIP_H},
                 {"tokenizer": "clip"}, {"_class_name": "DDIMScheduler", **LATENT, "prediction_type": "v_prediction"}, UNCHECKED),
    "sdxl": Kind("StableDiffusionXLPipeline",
                 {"unet": UNET_XL, "vae": VAE | {"force_upcast": True, "sample_size": 1024, "scaling_factor": 0.13025},
                  "text_encoder": CLIP_L, "text_encoder_2": CLIP_G}, {"tokenizer": "clip", "tokenizer_2": "clip"},
                 {"_class_name": "EulerDiscreteScheduler", **LATENT}, {"force_zeros_for_empty_prompt": True},
                 {"unet": {"transformer_layers_per_block": [1, 1, 2]}}),
    "deepfloyd": Kind("IFPipeline", {"unet": UNET_IF, "text_encoder": T5}, {"tokenizer": "t5"},
                      {"_class_name": "DDPMScheduler", "beta_schedule": "squaredcos_cap_v2", "clip_sample": True,
                       "num_train_timesteps": 1000, "variance_type": "learned_range"},
                      UNCHECKED | {"watermarker": [None, None]}, pixels=64),
    "sd3": Kind("StableDiffusion3Pipeline",
                {"transformer": MMDIT, "vae": VAE_16 | {"scaling_factor": 1.5305, "shift_factor": 0.0609},
                 "text_encoder": CLIP_L | {"architectures": [CLIP_PROJECTED]}, "text_encoder_2": CLIP_G, "text_encoder_3": T5},
                {"tokenizer": "clip", "tokenizer_2": "clip", "tokenizer_3": "t5"}, FLOW,
                shallow={"transformer": {"num_layers": 6}}),
    "flux": Kind("FluxPipeline", {"transformer": FLUX, "vae": VAE_16 | {"scaling_factor": 0.3611, "shift_factor": 0.1159},
                                  "text_encoder": CLIP_L, "text_encoder_2": T5}, {"tokenizer": "clip", "tokenizer_2": "t5"},
                 FLOW | {"base_image_seq_len": 256, "base_shift": 0.5, "max_image_seq_len": 4096, "max_shift": 1.15,
                         "use_dynamic_shifting": True},
                 shallow={"transformer": {"num_layers": 1, "num_single_layers": 2}}),
    "pixart": Kind("PixArtAlphaPipeline", {"transformer": PIXART, "vae": VAE, "text_encoder": T5}, {"tokenizer": "t5"},
                   {"_class_name": "DPMSolverMultistepScheduler", "beta_end": 0.02, "beta_schedule": "linear",
                    "beta_start": 0.0001, "num_train_timesteps": 1000}),
    "unidiffuser": Kind("UniDiffuserPipeline",
                        {"unet": UVIT, "vae": VAE, "text_encoder": CLIP_L, "text_decoder": CAPTIONS, "image_encoder": EYE},
                        {"clip_tokenizer": "clip"}, {"_class_name": "DPMSolverMultistepScheduler", **LATENT},
                        shallow={"unet": {"num_layers": 6, "sample_size": 32}}, pixels=256),
}
