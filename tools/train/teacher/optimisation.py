"""What the training programs share: the average of weights, the course of the learning rate, files written whole."""

import math
import os

import torch


class Average:
    """A moving average of a network's weights; it forgets faster in the beginning."""

    def __init__(self, network, slowest=0.998):
        self.values = {name: value.clone() for name, value in network.state_dict().items()}
        self.slowest, self.steps = slowest, 0

    @torch.no_grad()
    def update(self, network):
        self.steps += 1
        share = min(self.slowest, self.steps / (self.steps + 9))
        for name, value in network.state_dict().items():
            self.values[name].lerp_(value, 1 - share)


def rate(step, steps, warm_up=100, last=0.02):
    """The share of the learning rate at a step."""
    return min(1, (step + 1) / warm_up) * (last + (1 - last) * (1 + math.cos(math.pi * min(1, step / steps))) / 2)


def save_whole(state, path):
    """Writes a state so that the file is never half written."""
    torch.save(state, path + ".part")
    os.replace(path + ".part", path)
