"""ESM-2, the protein language model of Lin et al. (Science 379:1123, 2023), in the size of 6 layers and 320 features.

Shapes: B sequences, T tokens (the residues and one more at either end), D = 320 features, N = 20 heads.

Reads a `pytorch_model.bin` with the parameter names of the transformers library. A block normalises before it attends,
turns queries and keys by their position (rotary embedding), and has an exact GELU. Half of training ran with masked
tokens, so embeddings are scaled by 0.88, the share of tokens that were not masked then (`token_dropout`).
"""

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

WIDTH, HEADS, BLOCKS, INNER = 320, 20, 6, 1280
START, PADDING, END = 0, 1, 2
# Letters are tokens from 4 on. (K, Q, N, F, Y: some lists have N, Q, K, Y, F here, which fits these weights badly.)
LETTERS = "LAGVSERTIDPKQNFYMHWCXBUZO"
TOKENS = {letter: 4 + index for index, letter in enumerate(LETTERS)}
LONGEST = 1022  # residues seen at once in training
KEPT_SHARE = 0.88
FEATURES = 2 * WIDTH


class Block(nn.Module):
    """Attention and a feed-forward layer, each on normalised input and added to it."""

    def __init__(self):
        super().__init__()
        self.attention_norm = nn.LayerNorm(WIDTH)
        self.query_key_value = nn.Linear(WIDTH, 3 * WIDTH)
        self.attention_output = nn.Linear(WIDTH, WIDTH)
        self.feed_forward_norm = nn.LayerNorm(WIDTH)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)

    def forward(self, x, rotation, mask):
        """x [B, T, D]; rotation as of `rotary`; mask [B, 1, 1, T], true at tokens, or None if there is no padding."""
        batch, length, _ = x.shape
        projected = self.query_key_value(self.attention_norm(x)).view(batch, length, 3, HEADS, WIDTH // HEADS)
        query, key, value = projected.permute(2, 0, 3, 1, 4)
        attended = functional.scaled_dot_product_attention(
            rotate(query, rotation), rotate(key, rotation), value, attn_mask=mask
        )
        x = x + self.attention_output(attended.transpose(1, 2).reshape(batch, length, WIDTH))
        return x + self.outer(functional.gelu(self.inner(self.feed_forward_norm(x))))


def rotary(length, dtype):
    """Cosines and sines [T, D / N] of the angles by which position t turns each pair of features."""
    size = WIDTH // HEADS
    frequencies = 10000.0 ** (-torch.arange(0, size, 2) / size)
    angles = torch.outer(torch.arange(length), frequencies).repeat(1, 2)
    return angles.cos().to(dtype), angles.sin().to(dtype)


def rotate(x, rotation):
    """x [B, N, T, D / N], feature i paired with feature i + D / 2N, turned by the angles of its position."""
    cosine, sine = rotation
    first, second = x.chunk(2, dim=-1)
    return x * cosine + torch.cat([-second, first], dim=-1) * sine


class LanguageModel(nn.Module):
    """The model without its output layer."""

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(33, WIDTH)
        self.blocks = nn.ModuleList(Block() for _ in range(BLOCKS))
        self.norm = nn.LayerNorm(WIDTH)

    def forward(self, tokens):
        """The features [B, T - 2, 2 D] of the residues: of block 4, normalised, and of the last block."""
        there = tokens != PADDING
        x = self.embedding(tokens) * KEPT_SHARE * there[:, :, None].to(self.embedding.weight.dtype)
        mask = None if bool(there.all()) else there[:, None, None, :]
        rotation = rotary(tokens.shape[1], self.embedding.weight.dtype)
        for number, block in enumerate(self.blocks, 1):
            x = block(x, rotation, mask)
            if number == 4:
                middle = functional.layer_norm(x, (WIDTH,))
        return torch.cat([middle, self.norm(x)], dim=-1)[:, 1:-1]


def load(path):
    """The model with the weights of a `pytorch_model.bin`, or of a file of fine_tune.py (.safetensors)."""
    model = LanguageModel()
    model.load_state_dict(load_file(path) if path.endswith(".safetensors") else read_transformers(path))
    return model


def read_transformers(path):
    """The parameters of a `pytorch_model.bin` by the names they have here."""
    stored = torch.load(path, map_location="cpu", weights_only=True)
    stored = {name.removeprefix("esm."): value.float() for name, value in stored.items()}

    def pair(name):
        return stored[name + ".weight"], stored[name + ".bias"]

    layers = {"norm": pair("encoder.emb_layer_norm_after")}
    for number in range(BLOCKS):
        theirs, ours = f"encoder.layer.{number}.", f"blocks.{number}."
        projections = [pair(f"{theirs}attention.self.{part}") for part in ("query", "key", "value")]
        layers[ours + "query_key_value"] = tuple(torch.cat(parts) for parts in zip(*projections))
        for name, source in (
            ("attention_norm", "attention.LayerNorm"),
            ("attention_output", "attention.output.dense"),
            ("feed_forward_norm", "LayerNorm"),
            ("inner", "intermediate.dense"),
            ("outer", "output.dense"),
        ):
            layers[ours + name] = pair(theirs + source)
    parameters = {"embedding.weight": stored["embeddings.word_embeddings.weight"]}
    for name, (weight, bias) in layers.items():
        parameters[name + ".weight"], parameters[name + ".bias"] = weight, bias
    return parameters


def tokenise(sequences):
    """Tokens [B, T] of sequences, padded at the end. Letters that are not known are X."""
    tokens = torch.full((len(sequences), max(map(len, sequences)) + 2), PADDING)
    for row, sequence in zip(tokens, sequences):
        codes = [TOKENS.get(letter, TOKENS["X"]) for letter in sequence]
        row[: len(codes) + 2] = torch.tensor([START, *codes, END])
    return tokens
