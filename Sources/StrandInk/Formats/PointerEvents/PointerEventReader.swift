import StrandBytes

/// The samples of a table of pointer events: separated values (RFC 4180) with a row of column names, plain or gzipped.
///
/// Columns x and y are required. Strokes come from a column `stroke`, and for each pointer (`pointerId`, `pointerType`)
/// from the first of these: events in `type`, `event`, `action` (Android's, by name or number) or `phase` (UIKit's),
/// where only points between down and up are ink; `pen_down` and its like; `eos`, true at the last point of a
/// stroke; `buttons`; `pressure`, where 0 lifts the pen and anything else, even .5 (not measured), is ink. Cancelled
/// strokes, strokes of an eraser, and of a finger beside a pen, are no ink, and rows of other events (click) are
/// skipped; all are counted in the repairs, and so are tables that become one stroke for want of a known column.
///
/// A column `t`, `time` or `timestamp` holds milliseconds, or seconds if its name ends in `_s` or `(s)`; wall-clock
/// times are counted from the first. Consecutive rows with the same `sample` belong together; without such a column
/// the file is one sample, named after it. `writer` and `text` are read too, other columns skipped. Decimal commas
/// are understood where commas do not part the cells. Tables with a column `stroke_nr` are OnlineHTR's: their times
/// are seconds, and if no y is above 0, y grows upwards and is negated.
/// ```swift
/// var reader = PointerEventReader(.file("events.csv"))
/// while let sample = try reader.next() { print(sample.id, sample.pointCount) }
/// ```
public struct PointerEventReader: ~Copyable, InkFormatReader {
    private var rows: TableRows
    private var columns: PointerEventColumns?
    /// The first row of the next sample.
    private var pending: [TableRows.Field]?
    private var hasSamples = false
    private var repairs = InkRepairs()
    private var isUndivided = false

    /// A reader of the bytes that `bytes` has not read yet.
    public init(_ bytes: consuming ByteReader) {
        rows = TableRows(LineReader(bytes))
    }

    /// The next sample, or nil after the last.
    ///
    /// - Throws: `noSamples`, `missingChannel`, `fieldCount`, `earlyEnd`, `notANumber`, `numberTooLarge`, `unexpected`
    ///   for an unknown event, or what `ByteReader` throws.
    public mutating func next() throws(FormatError) -> InkSample? {
        if columns == nil { columns = try header() }
        if pending == nil { pending = try nextRow(columns!) }
        guard let columns, let first = pending else {
            if !hasSamples { throw noSamples }
            return nil
        }
        pending = nil
        hasSamples = true
        var builder = PointerEventSample(columns, first: first, stem: rows.source.stem)
        try add(first, to: &builder)
        while let row = try nextRow(columns) {
            if !builder.owns(row) {
                pending = row
                break
            }
            try add(row, to: &builder)
        }
        return try finish(&builder, columns)
    }

    public mutating func takeRepairs() -> InkRepairs {
        defer { repairs = InkRepairs() }
        return repairs
    }

    private mutating func finish(
        _ builder: inout PointerEventSample, _ columns: PointerEventColumns
    ) throws(FormatError) -> InkSample {
        let sample: InkSample
        do throws(FormatError.Problem) {
            sample = try builder.finish()
        } catch {
            throw FormatError(file: rows.name, line: builder.otherEvent?.line, record: builder.id, problem: error)
        }
        repairs += builder.repairs
        if sample.strokes.count == 1, columns.stroke == nil, !columns.skippedNames.isEmpty, !isUndivided {
            isUndivided = true
            repairs.note(.undividedTable, example: columns.skippedNames.joined(separator: ", "))
        }
        return sample
    }

    private var noSamples: FormatError {
        FormatError(file: rows.name, problem: .ink(.noSamples(expected: "a table with columns x and y")))
    }

    private mutating func header() throws(FormatError) -> PointerEventColumns {
        guard let line = try rows.nextLine() else { throw noSamples }
        guard let columns = PointerEventColumns(header: line[...]) else {
            throw FormatError(
                file: rows.name, line: rows.rowNumber, problem: .ink(.missingChannel([String(utf8OrLatin1: line)])))
        }
        return columns
    }

    private mutating func nextRow(_ columns: PointerEventColumns) throws(FormatError) -> [TableRows.Field]? {
        guard let row = try rows.next(separator: columns.separator) else { return nil }
        if row.count == columns.count { return row }
        throw FormatError(
            file: rows.name, line: rows.rowNumber, problem: .ink(.fieldCount(row.count, expected: columns.count)))
    }

    private func add(_ row: [TableRows.Field], to builder: inout PointerEventSample) throws(FormatError) {
        do throws(FormatError.Problem) {
            try builder.add(row, line: rows.rowNumber)
        } catch {
            throw FormatError(file: rows.name, line: rows.rowNumber, record: builder.id, problem: error)
        }
    }
}
