import ArgumentParser
import Glibc
import Strand
import StrandServer

@main
struct StrandCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "strand",
        abstract:
            "Labels sequences with a bidirectional LSTM: proteins with secondary structure, pen strokes with text.",
        discussion: """
            EXAMPLES:
              strand label proteome.fasta.gz -o proteome.ss.gz
              strand label --states 8 --format tsv chains.fa | less
              strand read --lm notes.xopp
              strand evaluate cb513.ssfa.gz
              strand audit --train-set train.ssfa.gz cb513.ssfa.gz
              strand train protein --train a.ssfa.gz --validation b.ssfa.gz \\
                -o m.safetensors
              strand inspect model.safetensors
              strand convert notes.xopp -o notes.jsonl.gz

            '-' or no file means standard input. Gzip input is recognised by its content; output whose name ends in \
            '.gz' is compressed. Messages go to standard error. 'strand --version --verbose' tells what was built.
            """,
        version: CommandLine.arguments.contains("--verbose") ? buildDescription : strandVersion,
        subcommands: [
            LabelCommand.self, ReadCommand.self, TrainCommand.self, EvaluateCommand.self, ScoreCommand.self,
            AuditCommand.self, CalibrateCommand.self, QuantizeCommand.self, ExportCommand.self, PlotCommand.self,
            ConvertCommand.self, MergeCommand.self, InspectCommand.self, ViewCommand.self, ServeCommand.self,
            DemoCommand.self,
        ])

    /// Runs the command. Bad input gives one line on standard error and status 1, wrong usage status 64.
    static func main() {
        returnLargeArrays()
        // A file over the limit of its size is then an error like a full disk, after which nothing half-written is left.
        signal(SIGXFSZ, SIG_IGN)
        // In narrower help texts, example commands would be broken.
        if Terminal.helpColumns < 80 { setenv("COLUMNS", "80", 1) }
        if let unknown = unknownCommand(in: CommandLine.arguments.dropFirst()) {
            usageError(ValidationError(unknown.message), in: unknown.in)
        }
        do {
            var command = try parseAsRoot()
            do { try command.run() } catch let error as ValidationError { usageError(error, in: type(of: command)) }
        } catch let error as Interrupted {
            Terminal.message(error.isResumable ? "\(error); the same command with --resume goes on" : "\(error)")
            Glibc.exit(128 + error.reason)
        } catch let error as WorkFailed {
            let kept = counted(error.recordsKept, "record")
            fail(
                "\(error.reason)"
                    + (error.recordsKept > 0 ? "; \(kept) kept: the same command with --resume goes on" : ""))
        } catch is RecordsRejected {
            Glibc.exit(3)
        } catch let error as FormatError {
            // If SIGPIPE is ignored, as in some workflow engines, the status says what the signal would.
            if error.isBrokenPipe { Glibc.exit(128 + SIGPIPE) }
            fail(error.withAdvice)
        } catch let error
            where error is SafetensorsError || error is TrainingDiverged || error is MmseqsError
            || error is ServerError
        {
            fail("\(error)")
        } catch {
            Self.exit(withError: error)
        }
    }

    /// Ends as for options that are refused before the run, which an error of it would not know the command of.
    private static func usageError(_ error: ValidationError, in command: ParsableCommand.Type) -> Never {
        let usage = Self.usageString(for: command)
        let name = usage.prefix { $0 != "[" && $0 != "<" }
        Terminal.write(
            "Error: \(error.message)\nUsage: \(usage)\n  See '\(name)--help' for more information.\n")
        Self.exit(withError: ExitCode.validationFailure)
    }

    private static func fail(_ error: some CustomStringConvertible) -> Never {
        Terminal.message("error: \(error)")
        Glibc.exit(1)
    }
}
