import Strand

extension FormatError {
    /// The error with the option that may help, if there is one.
    var withAdvice: String { advice.map { "\(description); \($0)" } ?? description }

    private var advice: String? {
        switch problem.kind {
        case ChainProblem.gap(_, _, isRemovable: true): "use --ungap to remove gaps, or --alignments for an alignment"
        case ChainProblem.otherLength, ChainProblem.otherSequence: "or leave out with --common"
        case InkProblem.unknownInk: "if it is one, 'strand convert --from' reads it by the format's name"
        case InkProblem.idsBeforeTexts:
            "say with --format kaldi that they are ids, or with --format lines that they are text"
        case InkProblem.rowsWithoutHeader, InkProblem.missingID: "or say with --format lines that lines are text"
        case InkProblem.includeNotFound, InkProblem.includeWithoutRoot:
            "name the folder that it is in with 'strand convert --root'"
        case ChainProblem.unlabelled: "'strand label' predicts labels"
        case KindProblem.otherKind(let kind, _): kind.map(use(of:))
        case FileProblem.unfinishedRun(_, let leftovers):
            "go on with the same command and --resume, or remove \(listed(leftovers)) to start anew"
        case FileProblem.otherRun(let leftovers):
            "give what that run was given, or remove \(listed(leftovers)) to start anew"
        case FileProblem.olderThanInput, FileProblem.otherOutput: "leave out --resume to make it anew"
        case RunProblem.unfinishedTraining:
            "go on with --checkpoint and --resume, or remove it or name another file to start anew"
        case RunProblem.noEpoch: "give what 'train --log' wrote"
        default: nil
        }
    }

    /// Which command takes a file of a kind.
    private func use(of kind: FileKind) -> String {
        switch kind {
        case .model: "'strand inspect' tells about it"
        case .chains(.fasta): "'strand label' predicts labels"
        case .chains(.labelledFASTA): "'strand score' and 'strand evaluate' measure on it"
        case .chains:
            "'strand convert' makes labelled FASTA of it, 'strand score' and 'strand evaluate' measure on it"
        case .ink: "'strand read' reads it"
        }
    }

    private func listed(_ files: [String]) -> String { files.map { "'\($0)'" }.joined(separator: " and ") }
}
