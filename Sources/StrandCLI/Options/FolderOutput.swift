import ArgumentParser

/// A file for each record instead of one output.
struct FolderOutput: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Instead of one output, a file for each record in this folder, which is made where it is missing. Its id \
            names it: '_' stands for what is not a letter, digit, '.', '_' or '-', and a number follows a name that \
            came before. A file that was there is an error.
            """, valueName: "folder"), completion: .directory)
    var outputDir: String?

    @Flag(help: "With --output-dir: compress each file.")
    var gzip = false

    func validate() throws {
        if gzip && outputDir == nil {
            throw ValidationError(
                "'--gzip' needs '--output-dir'; one output is compressed where its name ends in '.gz'")
        }
    }
}
