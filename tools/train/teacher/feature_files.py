"""Chains with features from the files of embed.py and labels from files of labelled chains."""

import glob

from safetensors import safe_open

from chains import UNLABELLED, label_codes, padded, read_ssfa


class FeatureFiles:
    """Features by id, read from files NAME-0000.safetensors when asked for."""

    def __init__(self, name):
        self.files = [safe_open(path, "pt") for path in sorted(glob.glob(glob.escape(name) + "-*.safetensors"))]
        self.file_of = {key: file for file in self.files for key in file.keys()}

    def __contains__(self, key):
        return key in self.file_of

    def __getitem__(self, key):
        return self.file_of[key].get_tensor(key)


class LabelledFeatures:
    """The chains of a labelled set that have features; `batch` makes tensors of some of them."""

    def __init__(self, pairs):
        """Of (files of features, labelled chains), both as names."""
        self.chains, self.missing = [], 0
        for name, path in pairs:
            files = FeatureFiles(name)
            for header, _, labels in read_ssfa(path):
                key = header.split()[0]
                if key in files:
                    self.chains.append((files, key, label_codes(labels)))
                else:
                    self.missing += 1
        self.lengths = [len(labels) for *_, labels in self.chains]

    def batch(self, indices):
        """Features [B, T, I] float32, labels [B, T] and lengths of chains."""
        rows = [self.chains[k] for k in indices]
        features = padded([files[key] for files, key, _ in rows]).float()
        return features, padded([labels for *_, labels in rows], UNLABELLED), [len(labels) for *_, labels in rows]
