import StrandBytes
import StrandProteins
import TestSupport

/// All remaining chains.
func allChains(_ reader: inout ChainReader) throws(FormatError) -> [LabelledChain] {
    var chains: [LabelledChain] = []
    while let chain = try reader.next() { chains.append(chain) }
    return chains
}

func chains(_ source: ByteSource, states: StateCount = .eight) throws(FormatError) -> [LabelledChain] {
    var reader = ChainReader(source, states: states)
    return try allChains(&reader)
}

func chains(_ text: String, states: StateCount = .eight) throws(FormatError) -> [LabelledChain] {
    try chains(memory(text), states: states)
}
