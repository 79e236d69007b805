"""What can go wrong."""


class StrandError(Exception):
    """Any error of Strand. The text says where, what is wrong, and what to do."""


class InputError(StrandError, ValueError):
    """Residues, features, strokes or a file that are not as they should be."""


class ModelError(StrandError, ValueError):
    """A file that is not a model, is damaged, or is of another kind or version."""


class RepairWarning(UserWarning):
    """Records that were changed as they were read, such as by removing a stop; or letters that are read as X."""
