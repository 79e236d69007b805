import StrandBytes
import StrandProteins
import Testing

@Suite struct InkNumberTests {
    @Test(arguments: ["0", "12", "-3", "+3", ".5", "5.", "-1.5e-3", "999999999999", "1E5", "999999999999.5"])
    func plainNumbers(text: String) throws {
        let value = try Double(ink: text)
        #expect(value == Double(text))
    }

    @Test(arguments: ["", "-", ".", "nan", "NaN", "inf", "-infinity", "0x10", "1,5", "1 ", "1e", "--1", "1e999999x"])
    func otherText(text: String) {
        #expect(throws: FormatError.Problem.text(.notANumber(text))) { try Double(ink: text) }
    }

    @Test(arguments: ["1e13", "-1000000000001", "1e999"]) func numbersThatAreTooLarge(text: String) {
        #expect(throws: FormatError.Problem.ink(.numberTooLarge(text))) { try Double(ink: text) }
    }

    @Test func longTextIsCutInMessages() {
        let problem = FormatError.Problem.text(.notANumber(String(repeating: "a\u{1B}", count: 99)))
        let shown = String(repeating: "a\u{FFFD}", count: 20)
        #expect(problem.description == "'\(shown)...' is not a number; fix or remove it")
    }
}
