/// A format that is recognised to be named, not read.
public struct ForeignFormat: Sendable, Equatable {
    /// What the file is, after "is".
    public let name: String
    /// What to do with it; `FILE` stands for the file.
    public let remedy: String

    package init(_ name: String, _ remedy: String) {
        self.name = name
        self.remedy = remedy
    }

    /// How a format is recognised.
    package enum Sign: Sendable {
        /// The file starts with these bytes.
        case bytes([UInt8])
        /// These bytes are at an offset.
        case bytesAt(Int, [UInt8])
        /// Its text, after blanks and byte order marks, starts with this.
        case text(String)
        /// A test of the lines of its text, without blank ones; the last may be cut.
        case lines(@Sendable ([ArraySlice<UInt8>]) -> Bool)
    }

    package typealias Row = (format: ForeignFormat, signs: [Sign])

    /// The format of a table that a file has which starts with these bytes; nil if it is none of them.
    package static func detect(_ start: [UInt8], among table: [Row]) -> ForeignFormat? {
        let text = start[...].withoutInvisibleStart
        // Only the first lines are looked at, however many are there.
        let lines = text.split(maxSplits: 40, whereSeparator: { $0 == 0x0A || $0 == 0x0D }).prefix(40)
            .filter { !$0.isBlankLine }
        return table.first { row in
            row.signs.contains { sign in
                switch sign {
                case .bytes(let bytes): start.starts(with: bytes)
                case .bytesAt(let offset, let bytes): start.dropFirst(offset).starts(with: bytes)
                case .text(let words): text.starts(with: words.utf8)
                case .lines(let holds): !lines.isEmpty && holds(lines)
                }
            }
        }?.format
    }
}

// MARK: Tables

extension ForeignFormat {
    private static func lowercased(_ line: ArraySlice<UInt8>) -> String {
        String(utf8OrLatin1: line.prefix(20)).lowercased()
    }

    private static func packed(by name: String, unpack command: String) -> ForeignFormat {
        ForeignFormat("compressed with \(name)", "unpack it with '\(command) FILE' first")
    }

    /// Compressed files other than gzip.
    package static let compressed: [Row] = [
        (
            packed(by: "bzip2", unpack: "bzip2 -dk"),
            // The magic number of a block, or of an empty file, follows the block size.
            ["1AY&SY", "\u{17}rE8P"].flatMap { end in (1...9).map { .bytes(Array("BZh\($0)\(end)".utf8)) } }
        ),
        // Once is read through.
        (ForeignFormat("compressed with gzip twice", "unpack it once with 'gzip -dk FILE'"), [.bytes([0x1F, 0x8B])]),
        (packed(by: "xz", unpack: "xz -dk"), [.bytes([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00])]),
        (packed(by: "zstd", unpack: "zstd -d"), [.bytes([0x28, 0xB5, 0x2F, 0xFD])]),
        (packed(by: "lz4", unpack: "lz4 -d"), [.bytes([0x04, 0x22, 0x4D, 0x18])]),
        (packed(by: "lzip", unpack: "lzip -dk"), [.bytes(Array("LZIP".utf8) + [1])]),
        (packed(by: "compress", unpack: "gzip -dk"), [.bytes([0x1F, 0x9D])]),
    ]

    /// Files of any kind that have no place here.
    package static let general: [Row] =
        compressed + [
            (
                ForeignFormat("a zip archive", "unpack it with 'unzip FILE' first"),
                [.bytes([0x50, 0x4B, 0x03, 0x04]), .bytes([0x50, 0x4B, 0x05, 0x06])]
            ),
            (
                ForeignFormat("a 7-zip archive", "unpack it with '7z x FILE' first"),
                [.bytes([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C])]
            ),
            (
                ForeignFormat("a tar archive", "unpack it with 'tar -xf FILE' first"),
                [.bytesAt(257, Array("ustar".utf8))]
            ),
            (
                ForeignFormat("a pointer of Git LFS, not the file itself", "fetch that with 'git lfs pull'"),
                [.text("version https://git-lfs.github.com/spec/")]
            ),
            (
                ForeignFormat("a web page (HTML)", "it may say why the download failed: fetch the file again"),
                [.lines { ["<!doctype html", "<html", "<head"].contains(where: lowercased($0[0]).hasPrefix) }]
            ),
            (ForeignFormat("a document in RTF", "save it as plain text"), [.text("{\\rtf")]),
            (ForeignFormat("a PDF document", "give the data themselves"), [.bytes(Array("%PDF-".utf8))]),
            (
                ForeignFormat("an array of NumPy", "write its rows as text"),
                [.bytes([0x93] + Array("NUMPY".utf8))]
            ),
            (ForeignFormat("an HDF5 file", "write its data as text"), [.bytes([0x89] + Array("HDF\r\n".utf8))]),
        ]

    /// Text in UTF-16, by its byte order mark or by its zero bytes; XML says its encoding itself.
    package static func utf16(_ start: [UInt8]) -> ForeignFormat? {
        let pairs = start.prefix(64)
        let odd = pairs.enumerated().count { $0.offset % 2 == 1 && $0.element == 0 }
        let even = pairs.enumerated().count { $0.offset % 2 == 0 && $0.element == 0 }
        let isBare = pairs.count >= 8 && max(odd, even) >= pairs.count / 2 - 1 && min(odd, even) == 0
        guard start.startsAsUTF16 || isBare else { return nil }
        if [[0xFF, 0xFE, 0, 0], [0, 0, 0xFE, 0xFF]].contains(Array(start.prefix(4))) {
            return ForeignFormat("text in UTF-32", "convert it with 'iconv -f UTF-32 -t UTF-8 FILE'")
        }
        let text = pairs.filter { $0 != 0 && $0 < 0xFE }.drop(while: \.isXMLSpace)
        if start.startsAsUTF16 && text.first == UInt8(ascii: "<") { return nil }
        // Without a mark its order must be named.
        let encoding = start.startsAsUTF16 ? "UTF-16" : even > odd ? "UTF-16BE" : "UTF-16LE"
        return ForeignFormat("text in UTF-16", "convert it with 'iconv -f \(encoding) -t UTF-8 FILE'")
    }

    /// The format of a file that starts with these bytes, if it is a general one.
    package init?(detecting start: [UInt8]) {
        guard let found = Self.detect(start, among: Self.general) ?? Self.utf16(start) else { return nil }
        self = found
    }
}
