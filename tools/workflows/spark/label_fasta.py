"""Labels proteins with `strand label` on a Spark cluster: FASTA or Parquet in, Parquet or labelled FASTA out.

    spark-submit label_fasta.py --parquet labels/ proteome.fasta.gz
    spark-submit label_fasta.py --parquet labels/ --fasta labelled/ --states 8 --probabilities uniref50/*.fasta
    spark-submit label_fasta.py --fasta labelled/ --strand build/strand --ship chains.parquet

Every record gets its number in input order. Records are cut into parts of consecutive numbers, and each part goes through
one `strand label` process. A part is committed whole or not at all, and at the end the numbers written are counted.
Spark 3.5 or later; no Python packages but pyspark.
"""
import argparse
import itertools
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import threading
from collections import Counter, deque
from urllib.parse import unquote, urlsplit

# `strand label` says by it that records were left out.
REJECTED = 3
STATES = {3: "HEC", 8: "HGIEBTSC"}


class LabelError(Exception):
    """Something that the user can fix."""


# MARK: Records

def chunk_of_first(text, path):
    """The first record of a FASTA file, cut at "\\n>", without its '>'; None where only blank lines stand before it."""
    text = bytes(text).removeprefix(b"\xef\xbb\xbf")
    if text.startswith(b">"):
        return text[1:]
    if stripped := text.lstrip(b" \t\r\n"):
        raise LabelError(f"{path}: '>' expected at the start, found {stripped[:20]!r} (is it gzip without a name in .gz?)")
    return None


def fasta_chunks(rows):
    """(file, start of split), record without its '>' from rows (file, start of split, text up to the next "\\n>")."""
    for place, group in itertools.groupby(rows, key=lambda row: (row[0], row[1])):
        for k, (path, start, text) in enumerate(group):
            chunk = bytes(text) if k or start else chunk_of_first(text, path)
            if chunk is not None:
                yield place, chunk


def table_chunks(rows):
    """The same from rows (file, start of split, header, sequence)."""
    for path, start, header, sequence in rows:
        if header is None or sequence is None:
            raise LabelError(f"{path}: a row without header or sequence (header {header!r})")
        header, sequence = (value.encode() if isinstance(value, str) else bytes(value) for value in (header, sequence))
        if b"\n" in header or b"\n" in sequence or sequence.startswith(b">"):
            raise LabelError(f"{path}: header and sequence must be a line each: {header[:60]!r}")
        yield (path, start), header + b"\n" + sequence


def numbered(chunks, offsets):
    """(number in input order, record) of chunks of whole splits, each of which starts at its offset."""
    for place, group in itertools.groupby(chunks, key=lambda pair: pair[0]):
        for number, (_, chunk) in enumerate(group, offsets[place]):
            yield number, chunk


def consecutive(records, first, end):
    """`records`, which must be those numbered from first to before end."""
    expected = first
    for number, chunk in records:
        if number != expected:
            raise LabelError(f"record {expected} expected in this part, found {number}: did the input change?")
        expected += 1
        yield number, chunk
    if expected != end:
        raise LabelError(f"record {expected} of {end} is missing in this part: did the input change?")


def header_of(chunk):
    return chunk.partition(b"\n")[0].removesuffix(b"\r")


def id_of(header):
    words = header.replace("\t", " ").lstrip(" ")
    return words.partition(" ")[0]


# MARK: One part through the program

class Feeder(threading.Thread):
    """Writes records to the program while its output is read: with one thread both would wait once the pipes are full."""

    def __init__(self, records, process):
        super().__init__(daemon=True)
        self.records, self.process = records, process
        # Records that were sent and have not come back: (number, record, its first line in what was sent).
        self.sent = deque()
        self.error = None

    def run(self):
        line = 1
        try:
            with self.process.stdin as pipe:
                for number, chunk in self.records:
                    # The number is the id, so that what comes back can be told apart whatever the ids are.
                    text = b">%d %s\n" % (number, chunk)
                    self.sent.append((number, chunk, line))
                    line += text.count(b"\n")
                    pipe.write(text)
        except BrokenPipeError:
            pass  # The program ended: its status says why.
        except BaseException as error:
            # An end of input would look like the end of the part.
            self.error = error
            self.process.kill()


def label_part(records, command, skips=False):
    """(number, record, what `strand label --format jsonl` says of it, None) in order; behind them rejected records as
    (number, record, None, reason), if they may be skipped. Raises unless every record came back once or was rejected."""
    first = next(records, None)
    if first is None:
        return
    with tempfile.TemporaryDirectory(prefix="strand-") as folder:
        rejects = os.path.join(folder, "rejects.tsv")
        command = [*command, *(["--on-error", "skip", "--rejects", rejects] if skips else []), "-"]
        with open(os.path.join(folder, "stderr"), "w+b") as messages:
            try:
                process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=messages)
            except OSError as error:
                raise LabelError(f"{command[0]} does not run on this worker: {error.strerror}") from error
            feeder = Feeder(itertools.chain([first], records), process)
            feeder.start()
            try:
                missing = yield from matched(process.stdout, feeder.sent, skips)
            except BaseException:
                process.kill()
                raise
            finally:
                process.stdout.close()
                status = process.wait()
                feeder.join()
            if feeder.error:
                raise feeder.error
            missing += feeder.sent
            said = with_ids(tail(messages), missing)
        if status not in ((0, REJECTED) if skips else (0,)):
            raise LabelError(f"{shlex.join(command)}: {status_text(status)} in the part from record {first[0]}: {said}")
        if said:
            print(said, file=sys.stderr)
        yield from rejected(missing, rejects if status == REJECTED else None)


def matched(lines, sent, skips):
    """Pairs each line of output with the record sent; returns those passed over."""
    missing = []
    for line in lines:
        if not line.endswith(b"\n"):
            break  # The last words of a program that was killed.
        answer = json.loads(line)
        while sent:
            number, chunk, first_line = sent.popleft()
            if answer["id"] == str(number):
                break
            if not skips:
                raise LabelError(f"record {number} expected from the program, found {answer['id']}")
            missing.append((number, chunk, first_line))
        else:
            raise LabelError(f"record {answer['id']} from the program was not sent to it, or came twice")
        if len(answer["labels"]) != len(answer["sequence"]):
            raise LabelError(f"record {number}: {len(answer['sequence'])} residues, {len(answer['labels'])} labels")
        yield number, chunk, answer, None
    return missing


def rejected(missing, path):
    """Records without an answer, which must be those that the program noted as rejected, with its reasons."""
    notes = []
    if path:
        with open(path, encoding="utf-8", errors="replace") as file:
            columns = file.readline().rstrip("\n").split("\t")
            rows = [dict(zip(columns, line.rstrip("\n").split("\t"))) for line in file]
        notes = [(int(row["line"]), row["reason"]) for row in rows]
    for number, chunk, first_line in missing:
        last_line = first_line + chunk.count(b"\n")
        reasons = [reason for line, reason in notes if first_line <= line <= last_line]
        if not reasons:
            raise LabelError(f"record {number} ({header_of(chunk)[:60]!r}) went into the program and did not come out")
        yield number, chunk, None, "; ".join(reasons)
    if len(missing) != len(notes):
        raise LabelError(f"{len(notes)} records rejected, {len(missing)} missing")


def tail(file, size=4000):
    file.seek(0, os.SEEK_END)
    file.seek(max(0, file.tell() - size))
    return file.read().decode("utf-8", "replace").strip()


def with_ids(said, records):
    """Messages of the program on one line; it knows records by number, and their ids are put beside it."""
    ids = {str(number): id_of(header_of(chunk).decode("utf-8", "replace")) for number, chunk, _ in records}
    named = re.sub(r"\brecord (\d+)\b", lambda found: f"{found[0]} ({ids.get(found[1], '')})", said)
    return "; ".join(named.splitlines())


def status_text(status):
    return f"ended by signal {-status}" if status < 0 else f"exit status {status}"


# MARK: Rows

def table_row(labelled, states):
    """A row of the Parquet output."""
    number, chunk, answer, reason = labelled
    if answer is None:
        header = header_of(chunk).decode("utf-8", "replace")
        return (number, id_of(header), header, None, None, reason, *[None for _ in states])
    header = answer["header"][len(str(number)) + 1:]
    probabilities = [answer["probabilities"][state] for state in states]
    return (number, id_of(header), header, answer["sequence"], answer["labels"], None, *probabilities)


def table_schema(states):
    columns = ["number long", "id string", "header string", "sequence string", "labels string", "error string"]
    return ", ".join(columns + [f"p_{state} array<float>" for state in states])


def fasta_row(labelled):
    """Three lines of labelled FASTA, the header byte for byte."""
    _, chunk, answer, _ = labelled
    lines = [b">" + header_of(chunk), answer["sequence"].encode(), answer["labels"].encode()]
    return (bytearray(b"\n".join(lines)),)


# MARK: On the cluster

def file_key(uri):
    """What tells a file, however its address is written (file:/a%20b, file:///a%20b)."""
    parts = urlsplit(uri)
    return parts.scheme, parts.netloc, unquote(parts.path)


def list_files(spark, patterns):
    """Files in the order of the arguments; those of a pattern or a folder by name."""
    hadoop = spark._jvm.org.apache.hadoop.fs
    configuration = spark._jsc.hadoopConfiguration()
    found = []
    for pattern in patterns:
        system = hadoop.Path(pattern).getFileSystem(configuration)
        statuses = list(system.globStatus(hadoop.Path(pattern)) or [])
        if not statuses:
            raise LabelError(f"{pattern}: no such file")
        paths = []
        for status in statuses:
            inside = system.listStatus(status.getPath()) if status.isDirectory() else [status]
            paths += [each.getPath() for each in inside if each.isFile()]
        found += sorted(path.toUri().toString() for path in paths if path.getName()[0] not in "._")
    keys = [file_key(uri) for uri in found]
    if doubled := sorted(path for (*_, path), count in Counter(keys).items() if count > 1):
        raise LabelError(f"given twice: {', '.join(doubled)}")
    return keys


def unparsed(key):
    scheme, host, path = key
    return f"{scheme}://{host}{path}"


def read_chunks(spark, keys, options):
    """An RDD of ((file, start of split), record)."""
    from pyspark.sql import functions as F

    place = [F.col("_metadata.file_path"), F.col("_metadata.file_block_start")]
    paths = [unparsed(key) for key in keys]
    if options.input == "fasta":
        # Hadoop's reader cuts at "\n>" across the borders of splits; the cast keeps the bytes as they are.
        frame = spark.read.option("lineSep", "\n>").text(paths).select(*place, F.col("value").cast("binary"))
        return frame.rdd.mapPartitions(fasta_chunks)
    frame = spark.read.parquet(*paths)
    header = options.header_column or ("header" if "header" in frame.columns else "id")
    frame = frame.select(*place, F.col(header), F.col(options.sequence_column))
    return frame.rdd.mapPartitions(table_chunks)


def count_splits(chunks):
    for place, group in itertools.groupby(chunks, key=lambda pair: pair[0]):
        yield place, sum(1 for _ in group)


def offsets_of(counts, keys):
    """{(file, start of split): number of its first record} and the number of all records."""
    rank = {key: k for k, key in enumerate(keys)}
    in_order = sorted(counts, key=lambda item: (rank[file_key(item[0][0])], item[0][1]))
    if empty := set(keys) - {file_key(path) for (path, _), _ in counts}:
        raise LabelError(f"no records: {', '.join(sorted(path for *_, path in empty))}")
    offsets, total = {}, 0
    for place, count in in_order:
        offsets[place] = total
        total += count
    return offsets, total


def label_all(chunks, offsets, total, command, options):
    """An RDD of what `label_part` gives, a partition for each part, in input order."""
    size, skips = options.records, options.on_error == "skip"
    ships, name = options.ship, os.path.basename(options.strand)

    def through_program(part, records):
        from pyspark import SparkFiles

        program = SparkFiles.get(name) if ships else command[0]
        whole = consecutive(records, part * size, min(total, (part + 1) * size))
        return label_part(whole, [program, *command[1:]], skips)

    indexed = chunks.mapPartitions(lambda chunks: numbered(chunks, offsets))
    parts = indexed.repartitionAndSortWithinPartitions(-(-total // size), lambda number: number // size)
    return parts.mapPartitionsWithIndex(through_program)


def write_table(spark, labelled, total, options):
    from pyspark.sql import functions as F

    states = STATES[options.states] if options.probabilities else ""
    frame = spark.createDataFrame(labelled.map(lambda each: table_row(each, states)), table_schema(states), verifySchema=False)
    frame.write.mode(options.mode).parquet(options.parquet)
    number = F.col("number")
    rows, different, first, last, faults = spark.read.parquet(options.parquet).agg(
        F.count(number), F.count_distinct(number), F.min(number), F.max(number), F.count("error")).first()
    if (rows, different, first, last) != (total, total, 0, total - 1):
        raise LabelError(f"{options.parquet}: {total} records went in, {rows} rows came out, {different} different")
    return faults


def write_fasta(spark, labelled, written, options):
    """Labelled FASTA: from Parquet that was just written, or from the records."""
    from pyspark.sql import functions as F

    if options.parquet:
        lines = F.concat(F.lit(">"), "header", F.lit("\n"), "sequence", F.lit("\n"), "labels")
        frame = spark.read.parquet(options.parquet).where("error is null").orderBy("number").select(lines.alias("value"))
    else:
        frame = spark.createDataFrame(labelled.map(fasta_row), "value binary", verifySchema=False)
        frame = frame.select(F.col("value").cast("string"))
    frame.write.mode(options.mode).text(options.fasta, compression="gzip" if options.gzip else "none")
    lines = spark.read.text(options.fasta, lineSep="\n").count()
    if lines != 3 * written:
        raise LabelError(f"{options.fasta}: {written} records, {lines} lines instead of {3 * written}")


def program_of(spark, options):
    """The command of a part, without its input."""
    if options.ship:
        spark.sparkContext.addFile(options.strand)
    threads = options.threads or int(spark.conf.get("spark.task.cpus", "1"))
    command = [options.strand, "label", "--format", "jsonl", "--states", str(options.states), "--threads", str(threads)]
    return command + shlex.split(options.label_options)


def run(spark, options):
    """Labels; returns the numbers of records and of those rejected."""
    keys = list_files(spark, options.files)
    chunks = read_chunks(spark, keys, options)
    offsets, total = offsets_of(chunks.mapPartitions(count_splits).collect(), keys)
    labelled = label_all(chunks, offsets, total, program_of(spark, options), options)
    faults = write_table(spark, labelled, total, options) if options.parquet else 0
    if options.fasta:
        write_fasta(spark, labelled, total - faults, options)
    return total, faults


def parse(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", metavar="FILE", nargs="+", help="files, folders or patterns, of FASTA (plain or .gz) or Parquet")
    parser.add_argument("--input", choices=("fasta", "parquet"), help="what the files are (by the first name)")
    parser.add_argument("--header-column", metavar="NAME", help="of Parquet input (header, else id)")
    parser.add_argument("--sequence-column", metavar="NAME", default="sequence", help="of Parquet input (sequence)")
    parser.add_argument("--parquet", metavar="FOLDER", help="write number, id, header, sequence, labels, error")
    parser.add_argument("--probabilities", action="store_true", help="also columns p_H, p_E, ... in Parquet")
    parser.add_argument("--fasta", metavar="FOLDER", help="write labelled FASTA, parts in input order")
    parser.add_argument("--gzip", action="store_true", help="compress the parts of --fasta")
    parser.add_argument("--overwrite", action="store_true", help="replace the output folders")
    parser.add_argument("--records", metavar="N", type=int, default=10_000, help="records in a part (10000)")
    parser.add_argument("--states", type=int, choices=(3, 8), default=3)
    parser.add_argument("--threads", metavar="N", type=int, help="of each program (spark.task.cpus)")
    parser.add_argument("--on-error", choices=("stop", "skip"), default="stop",
                        help="skip: a record that cannot be read becomes a row with `error`; needs --parquet")
    parser.add_argument("--strand", metavar="PROGRAM", default="strand", help="the program, on every worker (strand)")
    parser.add_argument("--ship", action="store_true", help="send the program from here to the workers")
    parser.add_argument("--label-options", metavar="TEXT", default="", help="more options of `strand label`")
    options = parser.parse_args(arguments)
    if not (options.parquet or options.fasta):
        parser.error("--parquet or --fasta says where the labels go")
    if options.on_error == "skip" and not options.parquet:
        parser.error("--on-error skip needs --parquet: rejected records have no place in FASTA")
    if options.records < 1:
        parser.error("--records must be at least 1")
    options.input = options.input or ("parquet" if options.files[0].rstrip("/").endswith(".parquet") else "fasta")
    options.mode = "overwrite" if options.overwrite else "error"
    return options


def session():
    from pyspark.sql import SparkSession

    # Version 1 moves the parts to their place when all are there; version 2 does it one by one.
    return (SparkSession.builder.appName("strand label")
            .config("spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version", "1").getOrCreate())


def main():
    options = parse()
    spark = session()
    try:
        total, faults = run(spark, options)
        print(f"{total} records in, {total - faults} labelled, {faults} rejected", file=sys.stderr)
    except Exception as error:
        # What a worker raised comes as text, under two languages' traces.
        if found := re.search(r"LabelError: (.+)", str(error)):
            raise LabelError(found[1]) from error
        raise
    finally:
        spark.stop()
    return REJECTED if faults else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LabelError as error:
        sys.exit(f"label_fasta.py: error: {error}")
