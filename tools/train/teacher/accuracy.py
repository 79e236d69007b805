"""Q3 and Q8 of predicted probabilities. A state's probability is the sum of those of its labels."""

import torch

from chains import THREE_STATES, UNLABELLED, batches


class Accuracy:
    """Counts residues and those predicted right."""

    def __init__(self):
        self.residues = self.right3 = self.right8 = 0

    def add(self, probabilities, labels):
        """Probabilities [..., 8] and labels [...]; residues without a label do not count."""
        there = labels != UNLABELLED
        probabilities, labels = probabilities[there], labels[there]
        three = torch.zeros(len(labels), 3).index_add(1, THREE_STATES, probabilities)
        self.residues += len(labels)
        self.right3 += int((three.argmax(1) == THREE_STATES[labels]).sum())
        self.right8 += int((probabilities.argmax(1) == labels).sum())

    def __str__(self):
        return f"Q3 {100 * self.right3 / self.residues:.2f} Q8 {100 * self.right8 / self.residues:.2f}"


@torch.inference_mode()
def measure(heads, data, residues=16384):
    """The accuracy of the mean of heads on LabelledFeatures."""
    result = Accuracy()
    for indices in batches(data.lengths, residues):
        features, labels, lengths = data.batch(indices)
        with torch.autocast("cpu", torch.bfloat16):
            outputs = [head(features, lengths) for head in heads]
        result.add(torch.stack([output.float().softmax(-1) for output in outputs]).mean(0), labels)
    return result
