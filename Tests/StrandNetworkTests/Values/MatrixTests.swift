import Testing

@testable import StrandNetwork

@Suite struct MatrixTests {
    @Test func rowMajor() {
        let matrix = Matrix<Float>(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6])
        #expect(matrix.count == 6 && matrix[0, 2] == 3 && matrix[1, 0] == 4)
        #expect(matrix.elements == [1, 2, 3, 4, 5, 6])
        #expect(Matrix<Double>(rows: 2, columns: 2).elements == [0, 0, 0, 0])
        #expect(Matrix<Double>().elements.isEmpty)
    }

    @Test func copiesAreIndependent() {
        var original = Matrix<Float>(rows: 1, columns: 2, elements: [1, 2])
        var copy = original
        copy[0, 0] = 9
        #expect(original.elements == [1, 2] && copy.elements == [9, 2])
        original.fill(with: 7)
        #expect(original.elements == [7, 7] && copy.elements == [9, 2])
        let array = [copy, copy]
        copy.withMutableElements { $0[1] = 5 }
        #expect(copy.elements == [9, 5] && array.allSatisfy { $0.elements == [9, 2] })
    }

    @Test func reshapingACopyLeavesTheOriginal() {
        let original = Matrix<Float>(rows: 2, columns: 2, elements: [1, 2, 3, 4])
        var copy = original
        copy.reshape(rows: 1, columns: 3)
        copy.fill(with: 0)
        #expect(copy.rows == 1 && copy.columns == 3 && copy.elements == [0, 0, 0])
        #expect(original.elements == [1, 2, 3, 4])
    }

    @Test func reshapingReusesMemoryWhereItSuffices() {
        func address(_ matrix: inout Matrix<Float>) -> Int { matrix.withMutableElements { Int(bitPattern: $0) } }
        var matrix = Matrix<Float>(rows: 4, columns: 8)
        let before = address(&matrix)
        matrix.reshape(rows: 8, columns: 3)
        #expect(address(&matrix) == before)
        matrix.reshape(rows: 100, columns: 100)
        matrix.fill(with: 1)
        #expect(matrix.elements.count == 10_000)
    }

    /// A shrunken matrix that is copied before a write still has room for its old size.
    @Test func growingBackAfterACopy() {
        var matrix = Matrix<Float>(rows: 10, columns: 10)
        matrix.reshape(rows: 1, columns: 1)
        let copy = matrix
        matrix[0, 0] = 3
        matrix.reshape(rows: 10, columns: 10)
        matrix.fill(with: 2)
        #expect(matrix.elements == Array(repeating: 2, count: 100) && copy.count == 1)
    }

    @Test(arguments: [1, 3, 16, 1000]) func storageStartsOnACacheLine(count: Int) {
        var matrix = Matrix<Double>(rows: 1, columns: count)
        #expect(matrix.withMutableElements { Int(bitPattern: $0) % 64 } == 0)
    }

    @Test func rowsOfASequence() {
        let batch = RaggedBatch(lengths: [1, 3, 2])
        let all = Matrix<Float>(
            rows: 6, columns: 3, elements: (0..<6).flatMap { [Float($0), Float($0) + 0.5, -1] })
        #expect(all.rows(of: 0, in: batch, columns: 2).elements == [0, 0.5, 3, 3.5, 5, 5.5])
        #expect(all.rows(of: 1, in: batch, columns: 1).elements == [1, 4])
        #expect(all.rows(of: 2, in: batch, columns: 3).elements == [2, 2.5, -1])
    }
}
