import Foundation
import TestSupport
import Testing

/// An option that means nothing for what is given is an error, not ignored.
@Suite struct MeaninglessOptionsTests {
    let directory = TemporaryDirectory()

    init() {
        for (name, text) in [
            ("t.txt", "one\ntwo\n"), ("t.tsv", "id\ttext\na\tone\nb\ttwo\n"), ("c.ssfa", ">a\nMKTAY\nHHGET\n"),
            ("d.ssfa", ">a\nMKTAY\nDDOO-\n"), ("f.fa", ">a\nMKTAY\n"),
            ("i.jsonl", "{\"id\":\"a\",\"text\":\"l\",\"strokes\":[[[0,0],[1,30]]]}\n"),
        ] {
            _ = directory.write(Array(text.utf8), to: name)
        }
    }

    @Test(arguments: [
        ("score t.txt t.txt --common", "'--common' means nothing here: it is for chains"),
        (
            "score t.txt t.txt --reduction H/E --unmasked",
            "'--reduction' and '--unmasked' mean nothing here: it is for chains"
        ),
        ("score c.ssfa c.ssfa --format lines", "'--format' means nothing here: it is for texts"),
        ("score t.tsv t.tsv --format kaldi", "'--format' means nothing here: no file is plain text"),
        ("score d.ssfa d.ssfa --unmasked", "'--unmasked' means nothing here: 'd.ssfa' has the labels DO"),
        (
            "read i.jsonl --lm-weight 2 --lm-bonus 1",
            "'--lm-weight' and '--lm-bonus' mean nothing here: there is no language model: give '--lm' or '--lm-model'"
        ),
        ("evaluate c.ssfa --lm --only ab", "'--lm' and '--only' mean nothing here: it is for ink"),
        (
            "evaluate c.ssfa --e-value 1 --engine mmseqs",
            "'--engine' and '--e-value' mean nothing here: there is no '--train-set'"
        ),
        (
            "evaluate d.ssfa --task disorder --reduction H/E",
            "'--reduction' means nothing here: the model has the labels DO"
        ),
        ("evaluate i.jsonl --labels 8", "'--labels' means nothing here: it is for chains"),
        ("evaluate i.jsonl --task structure", "'--task' means nothing here: it names models of proteins"),
        ("evaluate i.jsonl --train-set f.fa", "'--train-set' means nothing here: it is for chains"),
        ("convert c.ssfa --to csv", "'--to' means nothing here: it is for ink"),
        ("convert c.ssfa --root x", "'--root' means nothing here: it is for UNIPEN"),
        ("convert --from jsonl i.jsonl --level WORD", "'--level' means nothing here: '--from jsonl' is not UNIPEN"),
    ]) func isRefused(command: String, message: String) throws {
        let result = try Command(command.split(separator: " ").map(String.init), in: directory.path).wait()
        #expect(result.status == 64 && result.output.isEmpty)
        #expect(result.errors.hasPrefix("Error: \(message)\n"), "\(result.errors)")
    }

    @Test func shardsThatCannotBeMergedAreSaid() throws {
        let warning =
            "cannot put shards of bed into the order of the input: its lines do not show where a record ends\n"
        let label = try Command.run("label", "--shard", "0/2", "--format", "bed", "f.fa", in: directory.path)
        #expect(label.status == 0 && label.errors.hasPrefix("strand: warning: 'strand merge' \(warning)"))
        let read = try Command.run("read", "--shard", "0/2", "i.jsonl", in: directory.path)
        #expect(read.status == 0 && read.errors.hasPrefix("strand: warning: 'strand merge' cannot put shards of text "))
        let whole = try Command.run("label", "--format", "bed", "f.fa", in: directory.path)
        let merged = try Command.run("label", "--shard", "0/2", "--format", "gff3", "f.fa", in: directory.path)
        #expect(whole.errors.isEmpty && merged.errors.isEmpty)
    }

    @Test(arguments: [
        ("lable f.fa", "'lable' is no command: did you mean 'label'?"),
        ("Evaluate f.fa", "'Evaluate' is no command: did you mean 'evaluate'?"),
        ("train protien", "'protien' is no command: did you mean 'protein'?"),
        ("f.fa", "'f.fa' is no command: commands are label, read, train, "),
    ])
    func unknownCommandIsNamed(line: String, message: String) throws {
        let result = try Command(line.split(separator: " ").map(String.init), in: directory.path).wait()
        #expect(result.status == 64 && result.text.isEmpty)
        #expect(result.errors.hasPrefix("Error: \(message)") && result.errors.contains("\nUsage: strand "))
        #expect(result.errors.contains(line.hasPrefix("train") ? "'strand train --help'" : "'strand --help'"))
    }
}
