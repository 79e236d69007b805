"""From a published file to the chains of a benchmark: (id, sequence, labels) each.

Labels are DSSP's H G I E B T S, C for none of them, and - for a residue that does not count. A converter stops with a
sentence that names set, place and column where its source is not as expected; the hash in sets.json has the last word.
"""
import csv
import re
import tarfile

from sets import BenchmarkError

STATES = "HGIEBTSC"


def netsurfp(path, name):
    """A CSV of NetSurfP-2.0: residues whose disorder is 1 count, which is to say the observed ones."""
    return _netsurfp_chains(path, name, ["disorder"])


def netsurfp_domains(path, name):
    """The same of CB513: of these residues those that its mask gives to a domain."""
    return _netsurfp_chains(path, name, ["disorder", "cb513_mask"])


def cuffbarton(path, name):
    """A tar archive of a repository with the files of Cuff and Barton, data/CB513/*.all, a domain each."""
    chains = []
    with tarfile.open(path) as archive:
        for member in archive:
            if member.isfile() and re.fullmatch(r"[^/]+/data/CB513/[^/]+\.all", member.name):
                domain = member.name.rsplit("/", 1)[1][: -len(".all")]
                text = archive.extractfile(member).read().decode("latin-1")
                chains.append(_cuffbarton_chain(text, domain, name))
    if not chains:
        raise BenchmarkError(f"{name}: the archive has no file data/CB513/*.all")
    return sorted(chains)


def deepaclstm(path, name):
    """An HDF5 file of DeepACLSTM: `features` and `labels`, (chains, places, columns), of which the first are one-hot.

    The last column of each, which should say where a chain ends, is wrong: it ends where no residue is set.
    """
    try:
        import h5py
    except ImportError:
        raise BenchmarkError(
            f"{name}: it is published as HDF5, which needs the package h5py (python3 -m pip install h5py); "
            "or leave it out with --sets") from None
    with h5py.File(path, "r") as file:
        arrays = []
        for key, columns in (("features", len(ONE_HOT_RESIDUES)), ("labels", len(ONE_HOT_STATES))):
            if key not in file:
                raise BenchmarkError(f"{name}: the HDF5 file has no '{key}' but {', '.join(file) or 'nothing'}")
            if len(file[key].shape) != 3 or file[key].shape[2] < columns:
                raise BenchmarkError(f"{name}: '{key}' is {file[key].shape}, not (chains, places, {columns} or more)")
            arrays.append(file[key][:, :, :columns].tolist())
    return one_hot_chains(*arrays, name)


CONVERTERS = {f.__name__: f for f in (netsurfp, netsurfp_domains, cuffbarton, deepaclstm)}


# MARK: NetSurfP-2.0

def _netsurfp_chains(path, name, masks):
    csv.field_size_limit(1 << 24)
    with open(path, encoding="utf-8-sig", newline="") as file:
        # The headers of some copies begin with a blank, the letters of some have blanks between them.
        rows = csv.reader(file)
        header = [column.strip() for column in next(rows, [])]
        for column in ["input", "dssp8", *masks]:
            if column not in header:
                raise BenchmarkError(f"{name}: the CSV has no column '{column}' but {', '.join(header) or 'nothing'}")
        return [
            _netsurfp_chain(dict(zip(header, row)), masks, f"{name}_{number:04d}", f"{name}: row {number}")
            for number, row in enumerate((row for row in rows if row), start=1)
        ]


def _netsurfp_chain(row, masks, chain, place):
    sequence = _residues("".join(row.get("input", "").split()), f"{place}, column 'input'")
    labels = _states("".join(row.get("dssp8", "").split()), sequence, f"{place}, column 'dssp8'")
    for column in masks:
        mask = row.get(column, "").split()
        if len(mask) != len(sequence):
            raise BenchmarkError(f"{place}, column '{column}': {len(mask)} values for {len(sequence)} residues")
        if not set(mask) <= {"0", "1", "0.0", "1.0"}:
            raise BenchmarkError(f"{place}, column '{column}': '{min(set(mask) - {'0', '1', '0.0', '1.0'})}' is not 0 or 1")
        labels = "".join(label if float(value) else "-" for label, value in zip(labels, mask))
    return chain, sequence, labels


# MARK: Cuff and Barton

def _cuffbarton_chain(text, domain, name):
    place = f"{name}: {domain}.all"
    lines = {}
    for line in text.splitlines():
        key, colon, values = line.partition(":")
        if colon and key in ("RES", "DSSP"):
            lines[key] = "".join(values.replace(",", " ").split())
    for key in ("RES", "DSSP"):
        if key not in lines:
            raise BenchmarkError(f"{place}: no line '{key}:'")
    sequence = _residues(lines["RES"], f"{place}, line 'RES:'")
    labels = lines["DSSP"].replace("_", "C")
    labels = _states(labels, sequence, f"{place}, line 'DSSP:'", unknown="?").replace("?", "-")
    return domain, sequence, labels


# MARK: DeepACLSTM

ONE_HOT_RESIDUES = "ACEDGFIHKMLNQPSRTWVYX"
ONE_HOT_STATES = "LBEGIHST"


def one_hot_chains(features, labels, name):
    """Chains of one-hot rows: features (chains, places, 21 or more), labels (chains, places, 8 or more)."""
    if len(features) != len(labels):
        raise BenchmarkError(f"{name}: {len(features)} chains in 'features', {len(labels)} in 'labels'")
    chains = []
    for number, (residue_rows, state_rows) in enumerate(zip(features, labels), start=1):
        place = f"{name}: chain {number}"
        sequence = "".join(_letters(residue_rows, ONE_HOT_RESIDUES, f"{place} of 'features'"))
        length = len(sequence.rstrip("."))
        states = "".join(_letters(state_rows[:length], ONE_HOT_STATES, f"{place} of 'labels'"))
        if "." in sequence[:length] or "." in states:
            raise BenchmarkError(f"{place}: a place within its {length} residues has no residue or no label")
        if length == 0:
            raise BenchmarkError(f"{place}: no residue")
        chains.append((f"{name}_{number:03d}", sequence[:length], states.replace("L", "C")))
    return chains


def _letters(rows, alphabet, place):
    """The letter that each row sets, '.' where it sets none."""
    for row in rows:
        found = [letter for letter, value in zip(alphabet, row) if value]
        if len(found) > 1:
            raise BenchmarkError(f"{place}: more than one of {''.join(found)} is set")
        yield found[0] if found else "."


# MARK: What all must be

def _residues(sequence, place):
    wrong = re.search("[^A-Z]", sequence)
    if wrong or not sequence:
        raise BenchmarkError(f"{place}: " + (f"'{wrong[0]}' is no residue" if wrong else "no residues"))
    return sequence


def _states(labels, sequence, place, unknown=""):
    if len(labels) != len(sequence):
        raise BenchmarkError(f"{place}: {len(labels)} labels for {len(sequence)} residues")
    wrong = re.search(f"[^{STATES}{re.escape(unknown)}]", labels)
    if wrong:
        raise BenchmarkError(f"{place}: '{wrong[0]}' is no state of DSSP")
    return labels
