#!/usr/bin/env python3
"""The networks of the benchmarks in plain PyTorch loops: equal weights, AdamW, one thread, random data of the same shapes.

    python3 loops.py                                         every set with its defaults, for some epochs
    python3 loops.py '{"set": "pairs", "epochs": 5}'         one; other keys: see DEFAULTS
    python3 loops.py '{"set": "pairs", "turns": true}'       waits for a line on standard input before every epoch

Prints one JSON object per line: first the version of PyTorch, the threads and the number of parameters, then the seconds of every epoch.
"""
import json
import sys
import time

import numpy
import torch
from torch import nn
from torch.nn import functional as f

DEFAULTS = {
    "tables": {"rows": 10000, "batch": 128, "features": 20, "classes": 5, "hidden": [128, 128], "rate": 2e-3, "decay": 0.5},
    "pairs": {"rows": 256, "batch": 64, "side": 36, "classes": 10, "rate": 2e-3, "decay": 0.05},
    "scenes": {"rows": 64, "batch": 16, "side": 64, "classes": 6, "width": 8, "depth": 3, "rate": 2e-3, "decay": 0.05},
    "bodies": {"rows": 64, "batch": 16, "side": 64, "classes": 25, "vertices": 700, "rate": 2e-3, "decay": 0.05,
               "body": "examples/body/makehuman-cc0.npz"},
}
COMMON = {"epochs": 5, "clip": 1.0, "layout": "planes", "turns": False}


class ConvNorm(nn.Sequential):
    def __init__(self, inputs, outputs, kernel, stride=1, rectify=True):
        layers = [nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs)]
        super().__init__(*(layers + [nn.ReLU(inplace=True)] if rectify else layers))


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.change = nn.Sequential(ConvNorm(inputs, outputs, 3, stride), ConvNorm(outputs, outputs, 3, rectify=False))
        same = inputs == outputs and stride == 1
        self.shortcut = nn.Identity() if same else ConvNorm(inputs, outputs, 1, stride, rectify=False)

    def forward(self, x):
        return f.relu(self.change(x) + self.shortcut(x), inplace=True)


class ResidualCnn(nn.Module):
    """Stem of stride 2, stages of one block each, means over a grid of 2 x 2, a linear layer per task."""

    def __init__(self, channels, heads, widths=(16, 32, 64)):
        super().__init__()
        blocks, width = [ConvNorm(channels, widths[0], 3, 2)], widths[0]
        for level, wide in enumerate(widths):
            blocks.append(Block(width, wide, 2 if level > 0 else 1))
            width = wide
        self.body = nn.Sequential(*blocks)
        self.heads = nn.ModuleList(nn.Linear(4 * width, outputs) for outputs in heads)

    def forward(self, x):
        pooled = f.adaptive_avg_pool2d(self.body(x), 2).flatten(1)
        return [head(pooled) for head in self.heads]


class UNet(nn.Module):
    """Pairs of convolutions, halved and doubled in channels; one way back up for all maps, branches from the bottleneck for numbers."""

    def __init__(self, channels, maps, numbers=(), width=8, depth=3, stride=1, grid=2, branch=128):
        super().__init__()
        self.stride, self.grid, inputs = stride, grid, channels
        self.stem = nn.Identity()
        if stride > 1:
            self.stem, inputs = ConvNorm(channels, width, 2 * stride - 1, stride), width
        self.down = nn.ModuleList()
        for level in range(depth + 1):
            self.down.append(self.pair(inputs, width << level))
            inputs = width << level
        self.up, self.join = nn.ModuleList(), nn.ModuleList()
        for level in reversed(range(depth)):
            self.up.append(nn.ConvTranspose2d(width << level + 1, width << level, 2, 2))
            self.join.append(self.pair(width << level + 1, width << level))
        self.maps = nn.ModuleList(nn.Conv2d(width, outputs, 1) for outputs in maps)
        self.branches = nn.ModuleList(
            nn.Sequential(nn.Linear(inputs * grid * grid, branch), nn.ReLU(), nn.Linear(branch, branch), nn.ReLU(), nn.Linear(branch, outputs))
            for outputs in numbers)

    @staticmethod
    def pair(inputs, outputs):
        return nn.Sequential(ConvNorm(inputs, outputs, 3), ConvNorm(outputs, outputs, 3))

    def forward(self, x):
        levels = [self.down[0](self.stem(x))]
        for layer in self.down[1:]:
            levels.append(layer(f.max_pool2d(levels[-1], 2)))
        top = levels[-1]
        for up, join, level in zip(self.up, self.join, reversed(levels[:-1])):
            top = join(torch.cat([level, up(top)], 1))
        outputs = [head(top) for head in self.maps]
        if self.stride > 1:
            outputs = [f.interpolate(output, x.shape[2:], mode="bilinear", align_corners=False) for output in outputs]
        if self.branches:
            pooled = f.adaptive_avg_pool2d(levels[-1], self.grid).flatten(1)
            outputs += [branch(pooled) for branch in self.branches]
        return outputs


class Perceptron(nn.Module):
    def __init__(self, inputs, hidden, heads):
        super().__init__()
        layers = []
        for units in hidden:
            layers += [nn.Linear(inputs, units), nn.ReLU()]
            inputs = units
        self.trunk = nn.Sequential(*layers)
        self.heads = nn.ModuleList(nn.Linear(inputs, outputs) for outputs in heads)

    def forward(self, x):
        hidden = self.trunk(x)
        return [head(hidden) for head in self.heads]


class Surface:
    """Vertices of a body from shape numbers and six numbers per joint, by linear blend skinning; without pose directions."""

    def __init__(self, path, count):
        with numpy.load(path) as model:
            used = numpy.unique(model["f"])
            chosen = used if len(used) <= count else used[[i * len(used) // count for i in range(count)]]
            regressor = torch.tensor(model["J_regressor"], dtype=torch.float64)
            template, directions = (torch.tensor(model[name], dtype=torch.float64) for name in ("v_template", "shapedirs"))
            rest = torch.cat([regressor @ template, template[chosen.tolist()]])
            moves = torch.cat([torch.einsum("jv,vcs->jcs", regressor, directions), directions[chosen.tolist()]])
            self.rest, self.moves = rest.float(), moves.float()
            self.weights = torch.tensor(model["weights"])[chosen.tolist()]
            self.parents = [int(p) for p in model["kintree_table"][0]]
        self.joints = len(self.parents)
        self.shapes = self.moves.shape[2]

    def __call__(self, shape, pose):
        rows, joints = shape.shape[0], self.joints
        pairs = pose.reshape(rows, joints, 2, 3)
        first = f.normalize(pairs[:, :, 0], dim=2)
        third = f.normalize(torch.cross(first, pairs[:, :, 1], dim=2), dim=2)
        rotation = torch.stack([first, torch.cross(third, first, dim=2), third], 3)
        points = torch.einsum("pcs,bs->bpc", self.moves, shape) + self.rest
        at = points[:, :joints]
        shift = at - (rotation @ at.unsqueeze(3)).squeeze(3)
        turns, moves = [rotation[:, 0]], [shift[:, 0]]
        for joint in range(1, joints):
            parent = self.parents[joint]
            turns.append(turns[parent] @ rotation[:, joint])
            moves.append((turns[parent] @ shift[:, joint].unsqueeze(2)).squeeze(2) + moves[parent])
        own = torch.einsum("vj,bjrc->bvrc", self.weights, torch.stack(turns, 1))
        return ((own @ points[:, joints:].unsqueeze(3)).squeeze(3) + torch.einsum("vj,bjc->bvc", self.weights, torch.stack(moves, 1))).flatten(1)


def images(o, channels):
    x = (torch.randint(0, 256, (o["rows"], channels, o["side"], o["side"])).float() - 127.5) / 64
    return x


def pick(o, *shape):
    return torch.randint(0, o["classes"], (o["rows"],) + shape)


def prepare(o):
    """Network, inputs, targets and the loss of a batch."""
    rows, side = o["rows"], o.get("side")
    if o["set"] == "tables":
        network = Perceptron(o["features"], o["hidden"], [o["classes"], 1])
        return network, torch.rand(rows, o["features"]), [pick(o), torch.rand(rows, 1)], lambda y, t: f.cross_entropy(y[0], t[0]) + f.mse_loss(y[1], t[1])
    if o["set"] == "pairs":
        network = ResidualCnn(1, [o["classes"]] * 2)
        return network, images(o, 1), [pick(o), pick(o)], lambda y, t: f.cross_entropy(y[0], t[0]) + f.cross_entropy(y[1], t[1])
    if o["set"] == "scenes":
        network = UNet(3, [o["classes"], 1], width=o["width"], depth=o["depth"])
        targets = [pick(o, side, side), torch.rand(rows, 1, side, side)]
        return network, images(o, 3), targets, lambda y, t: f.cross_entropy(y[0], t[0]) + f.mse_loss(y[1], t[1])
    surface = Surface(o["body"], o["vertices"])
    network = UNet(3, [o["classes"]], [surface.shapes, 6 * surface.joints], stride=2, grid=4)
    targets = [pick(o, side, side), torch.rand(rows, surface.shapes), torch.rand(rows, 6 * surface.joints)]

    def loss(y, t):
        return f.cross_entropy(y[0], t[0]) + f.mse_loss(y[1], t[1]) + f.mse_loss(y[2], t[2]) + f.mse_loss(surface(y[1], y[2]), surface(t[1], t[2]))

    return network, images(o, 3), targets, loss


def say(**what):
    print(json.dumps(what), flush=True)


def run(options):
    o = {**COMMON, **DEFAULTS[options["set"]], **options}
    torch.manual_seed(1)
    torch.set_num_threads(1)
    network, inputs, targets, loss = prepare(o)
    last = o["layout"] == "channels last"
    if last:
        network, inputs = network.to(memory_format=torch.channels_last), inputs.to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(network.parameters(), o["rate"], weight_decay=o["decay"])
    network.train()
    say(set=o["set"], layout=o["layout"], torch=torch.__version__, threads=torch.get_num_threads(), parameters=sum(p.numel() for p in network.parameters()))
    for epoch in range(o["epochs"]):
        if o["turns"] and not sys.stdin.readline():
            return
        start = time.perf_counter()
        order = torch.randperm(o["rows"])
        for chosen in order.split(o["batch"]):
            optimiser.zero_grad(set_to_none=True)
            batch = inputs.index_select(0, chosen)
            total = loss(network(batch.contiguous(memory_format=torch.channels_last) if last else batch), [target.index_select(0, chosen) for target in targets])
            total.backward()
            nn.utils.clip_grad_norm_(network.parameters(), o["clip"])
            optimiser.step()
        say(epoch=epoch + 1, seconds=time.perf_counter() - start, loss=total.item())


if __name__ == "__main__":
    for options in [json.loads(sys.argv[1])] if len(sys.argv) > 1 else [{"set": name} for name in DEFAULTS]:
        run(options)
