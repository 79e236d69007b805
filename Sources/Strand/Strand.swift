/// `import Strand` is enough: it brings all modules of the library.
@_exported import StrandBytes
@_exported import StrandEngine
@_exported import StrandInk
@_exported import StrandMetrics
@_exported import StrandNetwork
@_exported import StrandProteins
@_exported import StrandResearch
