import StrandBytes
import StrandProteins
import TestSupport

/// All remaining chains.
func allChains(_ reader: inout PredictedChainReader) throws(FormatError) -> [PredictedChain] {
    var chains: [PredictedChain] = []
    while let chain = try reader.next() { chains.append(chain) }
    return chains
}

func chains(_ source: ByteSource, states: StateCount = .eight) throws(FormatError) -> [PredictedChain] {
    var reader = PredictedChainReader(source, states: states)
    return try allChains(&reader)
}

func chains(_ text: String, states: StateCount = .eight) throws(FormatError) -> [PredictedChain] {
    try chains(memory(text), states: states)
}
